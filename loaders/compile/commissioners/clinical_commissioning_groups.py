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
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.code_history import Run, code_versions, join_runs
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.compile.shared.group_register import group_of_area, group_periods
from orgmap.loaders.curated import lookup, rows
from orgmap.loaders.published import compact_day, read_table

BEGAN, ABOLISHED = "2013-04-01", "2022-07-01"
"""From the one day to the other clinical commissioning groups were the statutory local commissioners."""

REGISTER = "ods-eccg-2025"
FIRST_GROUPS = 211

KENT_AND_MEDWAY = frozenset("09C 09E 09J 09W 10A 10D 10E 99J".split())
"""The eight groups whose time in shadow form a document dates."""

KENT_PHASES = rows("clinical_commissioning_groups/kent_phases")
"""Their two stages before they were legal bodies: from, until, where the document says so, and as what."""


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
    register, ons, of_2013 = REGISTER, "ons-ccg-names", "ons-ccg-2013"
    for code, life in lives.items():
        body, named = f"ccg:{code}", names[code]
        ended_by_law = ENDED_BY_LAW if life.valid_until == ABOLISHED else ""
        dataset.add_entity(
            body,
            "clinical_commissioning_group",
            named.name,
            register,
            life,
            note=" ".join(filter(None, (NOTES.get(code, ""), ended_by_law))),
        )
        for run in named.runs:
            _add_name_run(dataset, body, run, named.name, life)
        current = {named.name, *(run.value for run in named.runs)}
        listed = ons if str(life.valid_until) > FULL_NAMES_FROM else of_2013
        for name in sorted({short_name(n) for n in current} | {full_name(n) for n in current}):
            dataset.add_name(body, name, "alias", listed)
        if named.listed_2013:
            note = "Its name in the ONS list of April 2013."
            dataset.add_name(body, named.listed_2013, "alias", of_2013, note=note)


def _add_name_run(dataset: Compiled, body: str, run: Run, last: str, life: Period) -> None:
    dataset.add_name(
        body,
        run.value,
        "official" if run.value == last else "former",
        "ons-chd-2024",
        valid_from=run.valid_from,
        valid_until=life.valid_until if run.value == last else run.valid_until,
    )


def _add_identifiers(dataset: Compiled, published: Path, lives: dict[str, Period]) -> None:
    register, history = REGISTER, "ons-chd-2024"
    group = group_of_area(published)
    codes: dict[str, list[Run]] = {}
    for version in code_versions(published, "E38"):
        if code := group.get(version.code):
            codes.setdefault(code, []).append(Run(version.code, version.valid_from, version.valid_until))
    for code, life in lives.items():
        dataset.add_code(f"ccg:{code}", "ods", code, register)
        clipped = (life.clip(Period(run.valid_from, run.valid_until or None)) for run in codes[code])
        kept = [
            Run(run.value, str(period.valid_from), str(period.valid_until))
            for run, period in zip(codes[code], clipped, strict=True)
            if period
        ]
        runs = join_runs(kept)
        if (runs[0].valid_from, runs[-1].valid_until) != (life.valid_from, life.valid_until):
            raise DataBroken(f"{code}: its area codes do not cover its life: {runs}.")
        for number, run in enumerate(runs):
            dated = len(runs) > 1
            dataset.add_code(
                f"ccg:{code}",
                "gss",
                run.value,
                history,
                valid_from=run.valid_from if dated else "",
                valid_until=run.valid_until if dated else "",
                note="Its boundary changed on the first day." if number else "",
            )


def _add_shadow_phases(dataset: Compiled, lives: dict[str, Period]) -> None:
    known, unknown = "doc-000", "doc-001"
    for code in sorted(code for code, life in lives.items() if life.valid_from == BEGAN):
        if code not in KENT_AND_MEDWAY:
            dataset.add_phase(
                f"ccg:{code}",
                "shadow",
                unknown,
                from_precision="not_known",
                valid_until=BEGAN,
                note="Emerging group, not yet a legal body; since when is not known.",
            )
            continue
        for start, end, locator, note in KENT_PHASES:
            dataset.add_phase(
                f"ccg:{code}",
                "shadow",
                known,
                valid_from=start,
                from_precision="month",
                valid_until=end,
                until_precision="month" if end != BEGAN else "",
                locator=locator,
                note=note,
            )


def _add_beginnings(dataset: Compiled, register: Memberships, lives: Lives) -> None:
    """Adds, for each primary care trust of 2013, the groups that took over its GP practices, all of them counted."""
    source = "ods-epcmem-2019-08"
    for old in sorted(
        {old for day, old, _ in register.flows if day == BEGAN and register.ended_on(old, day)}
    ):
        pairs = handovers_of(register, old, BEGAN)
        holders = {pair.successor: _holder(lives, pair.successor, BEGAN) for pair in pairs}
        groups = [pair for pair in pairs if holders[pair.successor].startswith("ccg:")]
        passed_on = sum(pair.number or 0 for pair in pairs)
        event = f"{BEGAN}-replaced-pct-{old}"
        dataset.add(
            "events",
            id=event,
            kind="replaced",
            date=BEGAN,
            instrument="Health and Social Care Act 2012, s. 34",
            source=source,
            note=_beginning_note(
                Counter({holders[pair.successor]: pair.number or 0 for pair in pairs if pair not in groups}),
                register.practices_on_the_eve(old, BEGAN) - passed_on,
            ),
        )
        for pair in groups:
            dataset.add(
                "successions",
                event=event,
                predecessor=f"pct:{old}",
                successor=holders[pair.successor],
                weight=(pair.number or 0) / sum(group.number or 0 for group in groups),
                counts="practices",
                number=pair.number,
                stray="yes" if pair.stray else "",
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
    source = REGISTER
    note = "Closing dates from the register; the successor is where its practices went."
    for day, pairs in sorted(by_day.items()):
        add_changes(dataset, day, pairs, source, counts="practices", note=note)


def _add_boundary_changes(dataset: Compiled, published: Path, lives: dict[str, Period]) -> None:
    register = read_memberships(published)
    passed: Practices = Counter()
    for (day, old, new), many in register.flows.items():
        passed[day, f"ccg:{old}", f"ccg:{new}"] += many
    add_boundary_changes(
        dataset,
        ONS_LOOKUPS,
        "ods-epcmem-2019-08",
        moved_areas(published),
        {f"ccg:{code}": life for code, life in lives.items()},
        passed,
        lambda body, day: register.practices_on_the_eve(body.partition(":")[2], day),
    )
