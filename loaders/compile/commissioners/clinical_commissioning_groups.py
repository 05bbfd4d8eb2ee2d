"""Clinical commissioning groups, 2013 to 2022: lives, names, codes, and which took over from whom."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.boundary_changes import (
    ONS_LOOKUPS,
    Practices,
    add_boundary_changes,
    moved_areas,
)
from orgmap.loaders.compile.commissioners.lives import Lives, commissioner_lives, group_of_area, group_periods
from orgmap.loaders.compile.commissioners.memberships import Memberships, handovers_of, read_memberships
from orgmap.loaders.compile.shared.change_events import Handover, add_changes, add_event
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, Run, code_versions, runs_by
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import lookup
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless, read_table

FULL_NAMES_FROM = "2015-07-01"
"""Before this day the ONS wrote “NHS Thanet” for NHS Thanet CCG; that was no change of name."""

YEARLY = (
    ("ons/lookups/ccg17_stp17.csv", "CCG17"),
    ("ons/lookups/ccg18_stp18.csv", "CCG18"),
    ("ons/lookups/ccg19_stp19.csv", "CCG19"),
    ("ons/lookups/ccg20_stp20.csv", "CCG20"),
    ("ods/lookups/CCG21_STP21_NHSER21.csv", "CCG21"),
)
"""ONS tables with the full names of each year's groups, oldest first."""


class GroupNames(NamedTuple):
    """A group's names: the last official one, dated runs if it changed, and what a list of 2013 called it.

    `listed_2013` is blank unless that list says more than the later name without “CCG”.
    """

    name: str
    runs: tuple[Run, ...]
    listed_2013: str


def group_names(published: Path, lives: dict[str, Period]) -> dict[str, GroupNames]:
    """The names of every clinical commissioning group, by register code."""
    last = _last_names(published)
    runs = _dated_names(published)
    listed = _names_of_2013(published)
    names = {}
    for code in lives:
        if code not in last:
            raise DataBroken(f"{code}: no table names this clinical commissioning group.")
        own = runs.get(code, [])
        if own and own[-1].value != last[code]:
            raise DataBroken(
                f"{code}: is “{last[code]}” in the yearly tables and “{own[-1].value}” in the history."
            )
        known = ["", short_name(last[code]), *(short_name(run.value) for run in own)]
        differs = listed.get(code, "") not in known
        if own:
            own[0] = own[0]._replace(valid_from=str(lives[code].valid_from))
            own[-1] = own[-1]._replace(valid_until=str(lives[code].valid_until))
        names[code] = GroupNames(last[code], tuple(own), listed[code] if differs else "")
    return names


def short_name(name: str) -> str:
    """A group's name without its legal form, as it stood on letters.

    >>> short_name("NHS Thanet CCG")
    'NHS Thanet'
    """
    return name.removesuffix(" CCG")


def full_name(name: str) -> str:
    """A group's name with its legal form in words.

    >>> full_name("NHS Thanet CCG")
    'NHS Thanet Clinical Commissioning Group'
    """
    return f"{short_name(name)} Clinical Commissioning Group"


def _last_names(published: Path) -> dict[str, str]:
    register = published / "data" / "ods" / "eccg" / "eccg_2016-02.csv"
    names = {
        row[0]: _spelled(readable_name(row[1])) for _, row in read_headless(register, 27) if row[13] == "C"
    }
    for name, vintage in YEARLY:
        for _, row in read_table(published / "data" / name, f"{vintage}CDH", f"{vintage}NM"):
            names[row[f"{vintage}CDH"]] = _spelled(row[f"{vintage}NM"])
    return names


def _dated_names(published: Path) -> dict[str, list[Run]]:
    group = group_of_area(published)
    return runs_by(
        (group[version.code], Run(_spelled(version.name), version.valid_from, version.valid_until))
        for version in code_versions(published, "E38")
        if version.code in group and FULL_NAMES_FROM <= version.valid_from < ABOLISHED
    )


def _spelled(name: str) -> str:
    # The tables write “&” in one year and “and” in the next, with stray blanks: no change of name.
    return " ".join(name.replace("&", " and ").replace("’", "'").split())


def _names_of_2013(published: Path) -> dict[str, str]:
    path = published / "data" / "ods" / "openprescribing" / "CCG_APR_2013.csv"
    rows = read_table(path, "CCG13CDH", "CCG13NM", encoding="cp1252")
    return {row["CCG13CDH"]: _spelled(row["CCG13NM"]) for _, row in rows}


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
    found = [
        (group[version.code], Run(version.code, version.valid_from, version.valid_until))
        for version in code_versions(published, "E38")
        if version.code in group
    ]
    codes = runs_by(found, lives)
    for code, life in lives.items():
        dataset.add_code(f"ccg:{code}", "ods", code, REGISTER)
        runs = codes[code]
        if (runs[0].valid_from, runs[-1].valid_until) != (life.valid_from, life.valid_until):
            raise DataBroken(f"{code}: its area codes do not cover its life: {runs}.")
        for number, run in enumerate(runs):
            dated = run if len(runs) > 1 else None
            note = "Its boundary changed on the first day." if number else ""
            dataset.add_code(f"ccg:{code}", "gss", run.value, CODE_HISTORY, dated, note=note)


def _add_shadow_phases(dataset: Compiled, lives: dict[str, Period]) -> None:
    for code in sorted(code for code, life in lives.items() if life.valid_from == BEGAN):
        if code not in KENT_AND_MEDWAY:
            unknown = TwoDays(None, BEGAN, "not_known")
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
        " England. Weights count the practices that passed to groups; small parts may come from how practices"
        " were coded."
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
