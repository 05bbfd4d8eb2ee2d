"""Every GP practice, 1999 to 2026, with its commissioner on each day; and the Welsh health boards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import FIRST_DAY
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.lives import commissioner_lives, group_successions
from orgmap.loaders.compile.integrated_care.april_2026 import BOARDS_CHANGED, FRIMLEY, SUMMARY, frimley_moves
from orgmap.loaders.compile.practices.register import (
    EDITIONS,
    GP_PRACTICE,
    HISTORY,
    HORIZON,
    Record,
    add_names,
    last_setting,
    listed_life,
    memberships_of_practices,
    read_records,
    runs_of,
)
from orgmap.loaders.compile.practices.timeline import opened_earlier, stays_from_history
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.published import read_table, read_text
from orgmap.loaders.releases.stays import (
    Lives,
    PracticeSuccessor,
    Rules,
    Stay,
    code_life,
    facts,
    follow,
)
from orgmap.loaders.releases.words import practice_note

CLEARED_OUT = "2012-10-01"
"""epcmem knows no closure between September 2000 and this day, when 2,418 practices leave at once."""

NOT_PASSED_ON = (
    "not among the practices and cost centres of NHS Frimley that passed to others on 1 April 2026; twelve were to "
    "close before"
)


def compile_dataset(published: Path) -> Compiled:
    """Compiles the practices from epcmem and the editions of epraccur."""
    dataset = Compiled("practices", as_of=EDITIONS[-1].as_of, horizon=HORIZON, names_from=EDITIONS[0].as_of)
    lives = commissioner_lives(published)
    records = read_records(published)
    memberships = memberships_of_practices(published)
    successions = group_successions(published)
    new_ones = [record[0][1].postcode for code, record in records.items() if code not in memberships]
    rules = Rules(
        lives=lives,
        successions=successions,
        predecessor=predecessors(published, lives, successions, new_ones),
        predecessor_by="its postcode",
        predecessor_source="ons-lsoa-ccg-lad",
        successions_source="ods-ccg-successions",
    )
    moves = frimley_moves(published, "practices")
    for code in sorted({*records, *memberships}):
        record, stays = records.get(code, []), stays_from_history(memberships.get(code, []))
        life = _add_practice(dataset, code, record, stays, lives)
        followed = passed_on(_followed(stays, record, rules), moves.get(code))
        for fact in facts(followed, Period(*life[:2]), rules, life.until_precision):
            note = fact.note
            if fact.body == f"sicbl:{FRIMLEY}" and fact.valid_until == BOARDS_CHANGED and code not in moves:
                note = NOT_PASSED_ON
            ends = (f"practice:{code}", "member_of", fact.body)
            dataset.add_link(*ends, fact.basis, fact.source, fact, note=note)
    return dataset


def _followed(stays: list[Stay], record: Record, rules: Rules) -> list[Stay]:
    """The stays of epcmem, which is exact up to its own day, and what the editions of epraccur add."""
    stays = opened_earlier(stays, record, rules.lives)
    seen_to = HISTORY.as_of if stays else ""
    for edition, listing in record:
        if edition.as_of > seen_to:
            stays = follow(stays, seen_to, edition, listing, rules)
            seen_to = edition.as_of if stays else ""
    return stays


def passed_on(stays: list[Stay], successor: str | None) -> list[Stay]:
    """The stays, with the location that took over from NHS Frimley's in April 2026 if this was one of its own."""
    if not successor or not stays or stays[-1].code != FRIMLEY or stays[-1].valid_until:
        return stays
    ended = stays[-1]._replace(valid_until=BOARDS_CHANGED)
    return [*stays[:-1], ended, Stay(successor, BOARDS_CHANGED, None, ((BOARDS_CHANGED, SUMMARY),))]


def _add_practice(dataset: Compiled, code: str, record: Record, stays: list[Stay], lives: Lives) -> TwoDays:
    """Adds the practice with its names, code and places; gives its life and how exactly that is known."""
    practice = f"practice:{code}"
    if record:
        edition, listing = record[-1]
        source, own = edition.source, listed_life(record)
        life = TwoDays(*own, "" if own.valid_from else "not_known")
        note = practice_note(edition.as_of, listing.status, last_setting(record))
        name = add_names(dataset, practice, record, own)
        _add_locations(dataset, practice, record, own)
    else:
        source = HISTORY.source
        first, last = stays[0].valid_from, stays[-1].valid_until
        life = TwoDays(None, last, "not_known", "approx" if last == CLEARED_OUT else "")
        if first > FIRST_DAY:
            life = life._replace(valid_from=first, from_precision="approx")
        name, note = "", "in no practice register: name, place and prescribing setting not known"
        if last == CLEARED_OUT:
            note += "; closed on some day until 2012-09-30 (no closure is told since September 2000)"
    dataset.add_entity(practice, _kind(record, lives), name, source, life, note=note)
    dataset.add_code(practice, "ods", code, source)
    return life


def _kind(record: Record, lives: Lives) -> str:
    """What the register last called it: a practice of England or Wales, another cost centre, or nothing at all."""
    setting = last_setting(record)
    if not setting:
        return "practice_setting_not_known"
    if setting != GP_PRACTICE:
        return "prescribing_cost_centre"
    listed_under = [listing.commissioner for _, listing in record if listing.commissioner]
    bodies = [body.id for body in lives.get(listed_under[-1], ())] if listed_under else []
    return "welsh_practice" if any(one.startswith("lhb:") for one in bodies) else "gp_practice"


def _add_locations(dataset: Compiled, practice: str, record: Record, life: Period) -> None:
    """Adds the postcodes that a practice had in its life."""
    for run in runs_of(record, life, lambda listing: listing.postcode):
        dataset.add_location(practice, run.value, run.source, run)


POSTCODES = "data/ons/derived/england_postcodes_cpo2014_2025_lsoa11.csv.gz"
_LSOA_COLUMN = 14


class Neighbourhood(NamedTuple):
    """The clinical commissioning group and the district that a neighbourhood lay in."""

    group: str
    district: str


def neighbourhoods_of(published: Path, postcodes: Iterable[str]) -> dict[str, str]:
    """The neighbourhood (LSOA 2011) of each of those postcodes that the postcode table knows."""
    wanted = set(postcodes)
    found = {}
    for line in read_text(published / POSTCODES).splitlines():
        postcode = line[: line.find(",")]
        if postcode in wanted:
            found[postcode] = line.split(",")[_LSOA_COLUMN]
    return {postcode: code for postcode, code in found.items() if code}


def read_neighbourhoods(published: Path, year: str) -> dict[str, Neighbourhood]:
    """Each neighbourhood's group and district on 1 April of the year (two digits)."""
    path = published / f"data/ons/lookups/lsoa11_ccg{year}_lad{year}.csv.gz"
    group, district = f"CCG{year}CDH", f"LAD{year}CD"
    return {
        row["LSOA11CD"]: Neighbourhood(row[group], row[district])
        for _, row in read_table(path, "LSOA11CD", group, district)
    }


def predecessors(
    published: Path, lives: Lives, successions: dict[str, PracticeSuccessor], postcodes: Iterable[str]
) -> Callable[[str, str], str | None]:
    """A function that tells the group in which a postcode lay before the commissioner with that code began.

    It answers only with a group that the commissioner is known to have taken over from.
    """
    lsoas = neighbourhoods_of(published, postcodes)
    tables = {year: read_neighbourhoods(published, year) for year in ("18", "19", "20")}

    def predecessor(code: str, postcode: str) -> str | None:
        started = code_life(lives, code).valid_from or ""
        year = f"{int(started[2:4]) - 1:02}"
        if postcode not in lsoas or year not in tables:
            return None
        group = tables[year][lsoas[postcode]].group
        handover = successions.get(group)
        return group if handover and handover.code == code else None

    return predecessor
