"""The layers of bodies that cover England, and when each of them covered a neighbourhood.

A look-up of the ONS says where a neighbourhood lay on one day. Between two look-ups that differ the
day of the change is that on which the new body began or the old one ended; if both went on, it is a
boundary change, and the day is that on which the area's new code began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.councils.register import CODES_BEGIN, read_councils
from orgmap.loaders.compile.councils.reorganisations import read_reorganisations
from orgmap.loaders.compile.integrated_care.april_2026 import (
    BERKSHIRE_EAST,
    BOARDS_CHANGED,
    FRIMLEY,
    LOCATION_AREAS,
    SUMMARY,
)
from orgmap.loaders.compile.places.bodies import Bodies, council_ids, first_days_of_codes, health_body_ids
from orgmap.loaders.published import read_table

MEMBERSHIP = "data/ons/derived/lsoa11_england_membership_2011_2023.csv.gz"
SUB_ICB_2024 = "data/ons/lookups_2019_2024/lookup_lsoa21_icb24.csv.gz"
LSOA_CHANGES = "data/ons/lookups_2019_2024/lookup_lsoa11_lsoa21_ltla22.csv.gz"


class Vintage(NamedTuple):
    """One look-up: its column, the first day it stands for, and the source to cite."""

    column: str
    day: str
    source: str


class CoveringKind(NamedTuple):
    """One kind of body that covers England: its look-ups in order of time, its last day, how well it is known."""

    prefix: str
    basis: str
    vintages: tuple[Vintage, ...]
    until: str | None = None


def _yearly(prefix: str, years: tuple[str, ...]) -> tuple[Vintage, ...]:
    return tuple(Vintage(f"{prefix}{y}CD", f"20{y}-04-01", f"ons-lsoa11-ccg{y}-lad{y}") for y in years)


_YEARS = ("15", "16", "17", "18", "19", "20", "21")
_LATEST_COUNCILS = (("22", "ons-lsoa11-sicbl22-lad22"), ("23", "ons-ltla22-ltla23"))


def _council_vintages(prefix: str) -> tuple[Vintage, ...]:
    return (
        # The last reorganisation before the look-up of 2011 was that of 2009-04-01.
        Vintage(f"{prefix}11CD", "2009-04-01", "ons-lsoa01-lsoa11-lad11"),
        *(v if prefix == "LAD" else v._replace(source="ons-lad-utla") for v in _yearly(prefix, _YEARS)),
        *(Vintage(f"{prefix}{y}CD", f"20{y}-04-01", source) for y, source in _LATEST_COUNCILS),
    )


LAYERS = (
    # The 151 trusts of the look-up of 2011 were complete from 2010-04-01, when Hertfordshire's two merged.
    CoveringKind(
        "pct", "estimated", (Vintage("PCT11CD_est", "2010-04-01", "pct-of-lsoa-estimate"),), "2013-04-01"
    ),
    CoveringKind(
        "sha", "derived", (Vintage("SHA10CD", "2006-07-01", "codepoint-open-2014-08"),), "2013-04-01"
    ),
    CoveringKind(
        "ccg",
        "published",
        (Vintage("CCG13CD", "2013-04-01", "ccg-of-lsoa-2013"), *_yearly("CCG", _YEARS)),
        "2022-07-01",
    ),
    CoveringKind(
        "sicbl",
        "published",
        (
            Vintage("SICBL22CD", "2022-07-01", "ons-lsoa11-sicbl22-lad22"),
            Vintage("SICBL24CD", "2024-04-01", "ons-lsoa21-sicbl24"),
            Vintage("SICBL26CD", BOARDS_CHANGED, SUMMARY),
        ),
    ),
    CoveringKind("district", "published", _council_vintages("LAD")),
    CoveringKind("council", "published", _council_vintages("UTLA")),
)
"""What is written for each area; area teams, local offices, systems, boards and regions follow from these."""

CODE_CHANGED = {"pct:5QW": "pct:TAM"}
"""Trusts of the look-up of 2011 that had another code earlier in its time (Solihull, to 2011-04-14)."""


class Lsoa(NamedTuple):
    """A neighbourhood (LSOA of 2011) with its row of the look-ups and the bodies that it lay in."""

    code: str
    name: str
    row: Mapping[str, str]
    bodies: tuple[str, ...]


class Cover(NamedTuple):
    """A body covered a neighbourhood on these days; `code` and `vintage` tell where that is written.

    A blank `basis` is the layer's.
    """

    body: str
    period: Period
    vintage: Vintage
    code: str
    note: str = ""
    basis: str = ""


def read_lsoas(published: Path) -> list[Lsoa]:
    """Every English LSOA of 2011 with the bodies that it lay in, one for each look-up of each layer."""
    sub_icb_2024, frimley = _sub_icb_of_2024(published), frimley_areas(published)
    lsoas = []
    for line, row in read_table(published / MEMBERSHIP, "LSOA11CD", "LSOA11NM", "PCT11CD_est", "UTLA23CD"):
        row["SICBL24CD"] = sub_icb_2024.get(row["LSOA11CD"], row["SICBL22CD"])
        row["SICBL26CD"] = frimley.get(row["LSOA11CD"], row["SICBL24CD"])
        try:
            bodies = tuple(body for layer in LAYERS for body in _bodies(published, layer, row))
        except KeyError as error:
            raise DataBroken(f"{published / MEMBERSHIP}:{line}: no body has the code {error}.") from error
        lsoas.append(Lsoa(row["LSOA11CD"], row["LSOA11NM"], row, bodies))
    return lsoas


def _sub_icb_of_2024(published: Path) -> dict[str, str]:
    """The sub-ICB location of 2024 of each LSOA of 2011 whose successors of 2021 all lie in one."""
    of_2021 = {
        r["lsoa21_code"]: r["sicbl24_code"] for _, r in read_table(published / SUB_ICB_2024, "sicbl24_code")
    }
    found: dict[str, set[str]] = {}
    for _, row in read_table(published / LSOA_CHANGES, "lsoa11_code", "lsoa21_code", "change_code"):
        if row["lsoa21_code"] in of_2021 and row["change_code"] != "X":  # X: redrawn, no clean successor
            found.setdefault(row["lsoa11_code"], set()).add(of_2021[row["lsoa21_code"]])
    return {lsoa: codes.pop() for lsoa, codes in found.items() if len(codes) == 1}


def _bodies(published: Path, layer: CoveringKind, row: Mapping[str, str]) -> Iterator[str]:
    """The bodies of one layer, look-up by look-up; a county's own area is no district."""
    for vintage in layer.vintages:
        code = row[vintage.column]
        if layer.prefix in ("district", "council"):
            body = council_ids(published)[code]
            yield body if body.startswith(layer.prefix) else ""
        else:
            yield health_body_ids(published)[layer.prefix][code]


def bodies_of(lsoa: Lsoa, layer: CoveringKind) -> dict[str, str]:
    """The bodies of one layer that a neighbourhood lay in, by the column of the look-up."""
    start = 0
    for other in LAYERS:
        if other == layer:
            break
        start += len(other.vintages)
    return {vintage.column: lsoa.bodies[start + n] for n, vintage in enumerate(layer.vintages)}


def covers(published: Path, bodies: Bodies, lsoa: Lsoa, layer: CoveringKind) -> list[Cover]:
    """Which bodies of a layer covered a neighbourhood, and when, clipped to the bodies' lives.

    Raises `DataBroken` if a day between the layer's first look-up and its end is left without a body
    that should have one.
    """
    spans = _spans(published, bodies, lsoa, layer)
    found: list[Cover] = []
    for span in spans:
        earlier = CODE_CHANGED.get(span.body)
        for body in (earlier, span.body) if earlier else (span.body,):
            period = span.period.clip(bodies[body].life)
            if period is None:
                raise DataBroken(
                    f"{lsoa.code}: {body} did not live when {span.vintage.column} says it lay there."
                )
            found.append(span._replace(body=body, period=period))
    for before, after in pairwise(found):
        if before.period.valid_until != after.period.valid_from:
            raise DataBroken(
                f"{lsoa.code}: days are missing or double between {before.body} and {after.body}."
            )
    if found and layer.prefix != "district" and found[0].period.valid_from != layer.vintages[0].day:
        raise DataBroken(f"{lsoa.code}: no {layer.prefix} from {layer.vintages[0].day} to {found[0].body}.")
    return found


def _spans(published: Path, bodies: Bodies, lsoa: Lsoa, layer: CoveringKind) -> list[Cover]:
    spans: list[Cover] = []
    known = [(v, body) for v, body in zip(layer.vintages, bodies_of(lsoa, layer).values(), strict=True)]
    for number, (vintage, body) in enumerate(known):
        if not body:
            continue
        if spans and spans[-1].body == body and known[number - 1][1] == body:
            continue
        day, note = vintage.day, ""
        if spans and number and (before := known[number - 1][1]):
            day, note = _day_of_change(published, bodies, lsoa, before, body, known[number - 1][0], vintage)
            spans[-1] = spans[-1]._replace(period=Period(spans[-1].period.valid_from, day))
        spans.append(Cover(body, Period(day, layer.until), vintage, lsoa.row[vintage.column], note))
    return spans


def _day_of_change(
    published: Path, bodies: Bodies, lsoa: Lsoa, before: str, after: str, old: Vintage, new: Vintage
) -> tuple[str, str]:
    """The day on which a neighbourhood passed from one body to another between two look-ups, and a note."""
    for day in (bodies[after].life.valid_from, bodies[before].life.valid_until):
        if day and old.day < day <= new.day:
            return day, ""
    day = first_days_of_codes(published).get(lsoa.row[new.column], "")
    if old.day < day <= new.day:
        return day, f"boundary change: passed from {before} on the day its new code began"
    return (
        new.day,
        f"boundary change: passed from {before} some time before this look-up; dated by the look-up",
    )


_FRIMLEY = "data/ods/april_2026/frimley_lsoa11_2026.csv"
_NOT_YET_GIVEN = "tbc"
"""Part of what the summary writes for the one location that had no code yet."""


def frimley_areas(published: Path) -> dict[str, str]:
    """The area code of the location that each of Frimley's neighbourhoods (LSOAs of 2011) lies in since the split.

    Raises `DataBroken` for a neighbourhood that was not Frimley's, or that went to none of the three.
    """
    path = published / _FRIMLEY
    found = {}
    for line, row in read_table(path, "LSOA11CD", "SICBL22CDH", "SICBL25CDH"):
        code = BERKSHIRE_EAST if _NOT_YET_GIVEN in row["SICBL25CDH"] else row["SICBL25CDH"]
        if row["SICBL22CDH"] != FRIMLEY or code not in LOCATION_AREAS:
            raise DataBroken(f"{path}:{line}: {row['LSOA11CD']} did not pass from {FRIMLEY} to {code}.")
        found[row["LSOA11CD"]] = LOCATION_AREAS[code]
    return found


REORGANISED = "2009-04-01"
"""The day of the reorganisation, from which on the look-ups tell the councils of every neighbourhood."""

COUNCIL, DISTRICT = "council", "district"
Layered = dict[str, list[Cover]]
"""The covers of a neighbourhood by the prefix of their layer, in order of time."""


def since_the_codes(published: Path, bodies: Bodies, found: Layered) -> Layered:
    """Covers by councils and districts begun on the first day of the code history.

    A council that was there before the codes had one code until the reorganisation, and so one area. One that began
    in it leads to the council that passed to it, if that was the only one of its tier: every county was, and of the
    districts Bedford's.
    """
    council = found[COUNCIL][0]
    before = Layered()
    for prefix in (COUNCIL, DISTRICT):
        covers = found[prefix]
        first = covers[0] if covers and covers[0].period.valid_from == REORGANISED else None
        if first and bodies[first.body].life.valid_from is None:
            period = Period(CODES_BEGIN, first.period.valid_until)
            before[prefix] = [first._replace(period=period), *covers[1:]]
            continue
        passed = [body for body in _passed_to(published).get(council.body, ()) if body.startswith(prefix)]
        if len(passed) == 1:
            note, period = f"through {council.body}, which followed it", Period(CODES_BEGIN, REORGANISED)
            earlier = council._replace(body=passed[0], period=period, note=note, basis="derived")
            before[prefix] = [earlier, *covers]
    return {**found, **before}


@cache
def _passed_to(published: Path) -> dict[str, tuple[str, ...]]:
    """What passed to each council that began in the reorganisation."""
    found: dict[str, tuple[str, ...]] = {}
    for change in read_reorganisations(published, read_councils(published)):
        for passage in change.passages if change.date == REORGANISED else ():
            found[passage.successor] = (*found.get(passage.successor, ()), passage.predecessor)
    return found
