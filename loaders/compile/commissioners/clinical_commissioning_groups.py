"""Clinical commissioning groups, 2013 to 2022: lives, names, codes, and which took over from whom."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.boundary_changes import (
    ONS_LOOKUPS,
    Practices,
    add_boundary_changes,
    moved_areas,
)
from orgmap.loaders.compile.commissioners.commissioner_changes import handovers_of
from orgmap.loaders.compile.commissioners.commissioner_lives import Lives, commissioner_lives
from orgmap.loaders.compile.commissioners.group_names import (
    FULL_NAMES_FROM,
    GroupNames,
    full_name,
    group_names,
    short_name,
)
from orgmap.loaders.compile.commissioners.practice_memberships import Memberships, read_memberships
from orgmap.loaders.compile.shared.change_events import Handover, add_changes, add_event
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, Run, code_versions, join_runs
from orgmap.loaders.compile.shared.compiled import Compiled, Span
from orgmap.loaders.compile.shared.group_register import group_of_area, group_periods
from orgmap.loaders.curated import lookup
from orgmap.loaders.published import compact_day, read_table

BEGAN, ABOLISHED = "2013-04-01", "2022-07-01"
"""From the one day to the other clinical commissioning groups were the statutory local commissioners."""

REGISTER, MEMBERSHIPS = "ods-eccg-2025", "ods-epcmem-2019-08"
FIRST_GROUPS = 211

KENT_AND_MEDWAY = frozenset("09C 09E 09J 09W 10A 10D 10E 99J".split())
"""The eight groups whose time in shadow form a document dates: their rows were written by hand."""

NOTES = lookup("clinical_commissioning_groups/notes")
ENDED_BY_LAW = "Abolished by the Health and Care Act 2022; its code went on for a sub-ICB location."


def compile_dataset(published: Path) -> Compiled:
    """Compiles every clinical commissioning group and the changes among them."""
    dataset = Compiled("clinical_commissioning_groups")
    lives = group_periods(published)
    _add_groups(dataset, lives, group_names(published, lives))
    _add_identifiers(dataset, published, lives)
    _add_shadow_phases(dataset, lives)
    _add_beginnings(dataset, read_memberships(published), commissioner_lives(published))
    _add_mergers(dataset, published)
    _add_boundary_changes(dataset, published, lives)
    return dataset


def _add_groups(dataset: Compiled, lives: dict[str, Period], names: dict[str, GroupNames]) -> None:
    if sum(life.holds(BEGAN) for life in lives.values()) != FIRST_GROUPS:
        raise DataBroken(f"Not {FIRST_GROUPS} clinical commissioning groups began on {BEGAN}.")
    for code, life in lives.items():
        body, named = f"ccg:{code}", names[code]
        notes = (NOTES.get(code), ENDED_BY_LAW if life.valid_until == ABOLISHED else None)
        note = " ".join(filter(None, notes))
        dataset.add_entity(body, "clinical_commissioning_group", named.name, REGISTER, life, note=note)
        dataset.add_names(body, named.runs, CODE_HISTORY)
        current = {named.name, *(run.value for run in named.runs)}
        listed = "ons-ccg-names" if str(life.valid_until) > FULL_NAMES_FROM else "ons-ccg-2013"
        for name in sorted({short_name(n) for n in current} | {full_name(n) for n in current}):
            dataset.add_name(body, name, "alias", listed)
        if named.listed_2013:
            note = "Its name in the ONS list of April 2013."
            dataset.add_name(body, named.listed_2013, "alias", "ons-ccg-2013", note=note)


def _add_identifiers(dataset: Compiled, published: Path, lives: dict[str, Period]) -> None:
    group = group_of_area(published)
    codes: dict[str, list[Run]] = {}
    for version in code_versions(published, "E38"):
        if code := group.get(version.code):
            run = Run(version.code, version.valid_from, version.valid_until)
            codes.setdefault(code, []).extend(run.within(lives[code]))
    for code, life in lives.items():
        dataset.add_code(f"ccg:{code}", "ods", code, REGISTER)
        runs = join_runs(codes[code])
        if (runs[0].valid_from, runs[-1].valid_until) != (life.valid_from, life.valid_until):
            raise DataBroken(f"{code}: its area codes do not cover its life: {runs}.")
        for number, run in enumerate(runs):
            dated = run if len(runs) > 1 else None
            note = "Its boundary changed on the first day." if number else ""
            dataset.add_code(f"ccg:{code}", "gss", run.value, CODE_HISTORY, dated, note=note)


def _add_shadow_phases(dataset: Compiled, lives: dict[str, Period]) -> None:
    for code in sorted(code for code, life in lives.items() if life.valid_from == BEGAN):
        if code not in KENT_AND_MEDWAY:
            unknown = Span(None, BEGAN, "not_known")
            note = "Emerging group, not yet a legal body; since when is not known."
            dataset.add_phase(f"ccg:{code}", "shadow", "doc-001", unknown, note=note)


def _add_beginnings(dataset: Compiled, register: Memberships, lives: Lives) -> None:
    """Adds, for each primary care trust of 2013, the groups that took over its GP practices, all of them counted."""
    ended = {old for day, old, _ in register.flows if day == BEGAN and register.ended_on(old, day)}
    for old in sorted(ended):
        pairs = handovers_of(register, old, BEGAN)
        groups, elsewhere = [], Counter[str]()
        for pair in pairs:
            holder = _holder(lives, pair.successor, BEGAN)
            if holder.startswith("ccg:"):
                groups.append(pair._replace(predecessor=f"pct:{old}", successor=holder))
            else:
                elsewhere[holder] += pair.number or 0
        to_groups = sum(pair.number or 0 for pair in groups)
        left = register.practices_on_the_eve(old, BEGAN) - to_groups - elsewhere.total()
        add_event(
            dataset,
            f"{BEGAN}-replaced-pct-{old}",
            "replaced",
            BEGAN,
            [pair._replace(weight=(pair.number or 0) / to_groups) for pair in groups],
            MEMBERSHIPS,
            "practices",
            instrument="Health and Social Care Act 2012, s. 34",
            note=_beginning_note(elsewhere, left),
        )


def _holder(lives: Lives, code: str, day: str) -> str:
    for body in lives.get(code, ()):
        if body.life.holds(day):
            return body.id
    raise DataBroken(f"{code}: took over practices on {day} and is no body of that day.")


def _beginning_note(elsewhere: Counter[str], ended: int) -> str:
    note = (
        "Follows the GP practices, and with them most care; public health went to councils, primary care to NHS"
        " England. Weights count the practices that passed to groups; strays may be oddities of coding."
    )
    for body, many in sorted(elsewhere.items()):
        what = "a commissioning hub of NHS England" if body.startswith("hub:") else "in Wales"
        plural = f"{many} more practices were" if many > 1 else "One more practice was"
        note += f" {plural} listed under {body.partition(':')[2]}, {what}: no successor."
    if ended:
        note += f" {ended} more practice{'s have' if ended > 1 else ' has'} no membership on the next day."
    return note


def _add_mergers(dataset: Compiled, published: Path) -> None:
    path = published / "data" / "ods" / "derived_ccg_succession.csv"
    by_day: dict[str, list[Handover]] = {}
    for line, row in read_table(path, "old_code", "new_code", "effective_date", "share"):
        if row["share"] != "1.0":
            raise DataBroken(
                f"{path}:{line}: {row['old_code']} went to {row['new_code']} by {row['share']} only."
            )
        pair = Handover(f"ccg:{row['old_code']}", f"ccg:{row['new_code']}", 1.0)
        by_day.setdefault(compact_day(row["effective_date"]), []).append(pair)
    note = "Closing dates from the register; the successor is where its practices went."
    for day, pairs in sorted(by_day.items()):
        add_changes(dataset, day, pairs, REGISTER, counts="practices", note=note)


def _add_boundary_changes(dataset: Compiled, published: Path, lives: dict[str, Period]) -> None:
    register = read_memberships(published)
    passed: Practices = Counter()
    for (day, old, new), many in register.flows.items():
        passed[day, f"ccg:{old}", f"ccg:{new}"] += many
    add_boundary_changes(
        dataset,
        ONS_LOOKUPS,
        MEMBERSHIPS,
        moved_areas(published),
        {f"ccg:{code}": life for code, life in lives.items()},
        passed,
        lambda body, day: register.practices_on_the_eve(body.partition(":")[2], day),
    )
