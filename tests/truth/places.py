"""Every place, ward, parish, council and board by its name: the answer lies in a place of that name, or asks which.

Where a place lies is told by the postcodes nearest to its point, and by the lists of wards and parishes with
their councils; never by the outlines of which the answers were made.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from math import cos, hypot, radians
from typing import NamedTuple

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.place_words import pieces_of, place_form
from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.loaders.published import read_table, read_text
from orgmap.queries.place.areas import areas_of
from orgmap.queries.place.places import place_of
from tests.truth.published import SHARED, kept, part_told

POINTS = SHARED / "data/geonames/england_places.csv"
POSTCODES = SHARED / "data/ons/derived/england_postcodes_cpo2014_2025_lsoa11.csv.gz"
LOOKUPS = SHARED / "data/ons/lookups_2019_2024"
LATER, MSOAS = LOOKUPS / "lookup_ltla22_ltla23.csv", LOOKUPS / "lookup_msoa11_msoa21_ltla22.csv.gz"
MSOA_NAMES = SHARED / "data/ons/places/hocl_msoa11_names_centroids.geojson.gz"
LISTED = SHARED / "data/ons/places/onsvisual_cp_places.csv.gz"

AT = "2025-04-01"
LARGER = ("upper_tier_council", "district_council", "region", "county", "traditional county")

BOARDS = (
    *(
        "primary_care_trust",
        "primary_care_trust_cluster",
        "strategic_health_authority",
        "clinical_commissioning_group",
    ),
    *("area_team", "local_office", "nhs_region", "sustainability_and_transformation_partnership"),
    *("integrated_care_board", "sub_icb_location"),
)
"""Kinds of body that cover areas, councils left out."""

EVERY = 25
"""One in so many is asked for the page, unless all are."""

NEAREST = 5
"""So many postcodes nearest to a point tell in which councils it may lie."""

DEGREE = 111_320
CELL = 100
"""Cells of a hundredth of a degree, in which postcodes are looked for."""


class Spot(NamedTuple):
    """A named point with the codes of the councils of its nearest postcodes, the nearest first."""

    name: str
    latitude: float
    longitude: float
    councils: tuple[str, ...]


class Asked(NamedTuple):
    """One name, asked so, with the codes of the councils in which something of that name lies."""

    sort: str
    text: str
    name: str
    councils: frozenset[str]
    border: bool


class Verdict(NamedTuple):
    """What came back: `right`, `larger` (a council or region has the name), `which` (the place is a candidate),
    `elsewhere`, `left out` or `unknown`.
    """

    asked: Asked
    word: str
    told: str


@cache
def listed() -> dict[str, list[tuple[str, str]]]:
    """Wards and parishes of the ONS's list: compared name → (sort, code of the council)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sorts = {"E04": "parish", "E05": "ward"}
    for _, row in read_table(LISTED, "areacd", "areanm", "parentcd"):
        if sort := sorts.get(row["areacd"][:3]):
            found[row["areanm"].partition(" (")[0]].append((sort, row["parentcd"]))
    return dict(found)


@cache
def small_areas() -> dict[str, set[str]]:
    """Neighbourhoods by the names that the House of Commons Library gave them: compared name → codes of councils."""
    later = {
        row["ltla22_code"]: row["ltla23_code"] for _, row in read_table(LATER, "ltla22_code", "ltla23_code")
    }
    lying = {
        row["msoa11_code"]: row["ltla22_code"] for _, row in read_table(MSOAS, "msoa11_code", "ltla22_code")
    }
    found: dict[str, set[str]] = defaultdict(set)
    for feature in json.loads(read_text(MSOA_NAMES))["features"]:
        told = feature["properties"]
        if council := lying.get(told["msoa11cd"]):
            found[place_form(told["msoa11hclnm"])].add(later.get(council, council))
    return found


@cache
def several_called_after() -> dict[str, set[str]]:
    """Places that several wards or small areas of a council are called after: Standish, by Standish North and South."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, rows in listed().items():
        for _, code in (row for row in rows if row[0] == "ward"):
            for piece in pieces_of(name):
                found[place_form(piece), code].add(name)
    for form, codes in small_areas().items():
        for code in codes:
            for piece in pieces_of(form):
                found[place_form(piece), code].add(form)
    several: dict[str, set[str]] = defaultdict(set)
    for (piece, code), names in found.items():
        if len(names) > 1:
            several[piece].add(code)
    return several


@cache
def councils_now() -> dict[str, str]:
    """The councils of the list, by code."""
    return {
        row["areacd"]: row["areanm"]
        for _, row in read_table(LISTED, "areacd", "areanm")
        if row["areacd"][:3] in ("E06", "E07", "E08", "E09")
    }


def spots(keep: Callable[[int], bool] = lambda number: True) -> list[Spot]:
    """The points that are kept, each with the councils of its nearest postcodes."""
    rows = [row for number, (_, row) in enumerate(read_table(POINTS, "name", "latitude")) if keep(number)]
    where = [(row["name"], float(row["latitude"]), float(row["longitude"])) for row in rows]
    cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for _, latitude, longitude in where:
        for cell in _around(latitude, longitude, 2):
            cells.setdefault(cell, [])
    with gzip.open(POSTCODES, "rt", encoding="utf-8") as file:
        reader = csv.reader(io.StringIO(file.read(), newline=""))
    header = next(reader)
    lat, lon, lad = (header.index(column) for column in ("lat", "long", "lad_2025"))
    for row in reader:
        if row[lad] and row[lat]:
            cell = (int(float(row[lat]) * CELL), int(float(row[lon]) * CELL // 1))
            if (found := cells.get(cell)) is not None:
                found.append((float(row[lat]), float(row[lon]), row[lad]))
    return [Spot(name, lat, lon, _nearest(cells, lat, lon)) for name, lat, lon in where]


def _around(latitude: float, longitude: float, reach: int) -> Iterator[tuple[int, int]]:
    row, column = int(latitude * CELL), int(longitude * CELL // 1)
    for one in range(row - reach, row + reach + 1):
        for other in range(column - reach, column + reach + 1):
            yield one, other


def _nearest(
    cells: dict[tuple[int, int], list[tuple[float, float, str]]], latitude: float, longitude: float
) -> tuple[str, ...]:
    narrow = cos(radians(latitude))
    near = sorted(
        (hypot(lat - latitude, (lon - longitude) * narrow), lad)
        for cell in _around(latitude, longitude, 2)
        for lat, lon, lad in cells.get(cell, ())
    )[:NEAREST]
    return tuple(dict.fromkeys(lad for _, lad in near))


def questions(found: Iterable[Spot], keep: Callable[[int], bool] = lambda number: True) -> list[Asked]:
    """Every point, ward, parish and council, alone and with its council."""
    found = list(found)
    names = councils_now()
    lying: dict[str, set[str]] = defaultdict(set)
    for spot in found:
        lying[place_form(spot.name)] |= set(spot.councils)
    for name, rows in listed().items():
        lying[place_form(name)] |= {code for _, code in rows}
    for form, codes in small_areas().items():
        lying[form] |= codes
    for code, name in names.items():
        lying[place_form(name)].add(code)
        for half in name.split(" and "):
            lying[place_form(half)].add(code)
    for form, codes in several_called_after().items():
        lying[form] |= codes
    asked = []
    for spot in found:
        border = len(spot.councils) > 1
        everywhere = frozenset(lying[place_form(spot.name)])
        asked.append(Asked("place alone", spot.name, spot.name, everywhere, border))
        if spot.councils and spot.councils[0] in names:
            text = f"{spot.name}, {names[spot.councils[0]]}"
            asked.append(Asked("place with council", text, spot.name, frozenset(spot.councils), border))
    number = 0
    for name, rows in sorted(listed().items()):
        number += 1
        if not keep(number):
            continue
        everywhere = frozenset(lying[place_form(name)])
        asked.append(Asked("ward or parish alone", name, name, everywhere, False))
        for sort, code in sorted(set(rows)):
            if code in names:
                asked.append(
                    Asked(f"{sort} with council", f"{name}, {names[code]}", name, frozenset([code]), False)
                )
    asked += [
        Asked("council", name, name, frozenset([code]), False)
        for code, name in names.items()
        if keep(len(name))
    ]
    return asked


class Judge:
    """Asks the store, and tells in which councils an answer lies."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._codes: dict[str, set[str]] = {}
        for fact in store.relationships(verbs=["covers"], at=AT):
            if fact.subject.startswith(("council:", "district:")):
                self._codes.setdefault(fact.object, set()).add(fact.subject)
        bodies = {body for found in self._codes.values() for body in found}
        self._gss = {
            body.id: {code for scheme, code in body.codes if scheme == "gss"}
            for body in store.entities(ids=bodies, at=AT)
        }

    def councils(self, parts: Iterable[tuple[str, float]]) -> set[str]:
        """The codes of the councils that cover a place."""
        return {
            code
            for area, _ in parts
            for body in self._codes.get(area, ())
            for code in self._gss.get(body, ())
        }

    def verdict(self, asked: Asked) -> Verdict:
        """Whether the answer to a question lies where something of the name lies."""
        try:
            place = place_of(self._store, asked.text, AT)
        except NothingFound as error:
            return Verdict(asked, "unknown", str(error))
        except Ambiguous as error:
            word = "which" if self._among(asked, error.candidates) else "left out"
            return Verdict(asked, word, "; ".join(error.candidates))
        told = f"{place.described} {sorted(self.councils(place.parts))[:3]}"
        if self.councils(place.parts) & asked.councils:
            return Verdict(asked, "right", told)
        if place.kind in LARGER:
            return Verdict(asked, "larger", told)
        near = any("near the border" in note for note in place.notes)
        return Verdict(asked._replace(border=asked.border or near), "elsewhere", told)

    def _among(self, asked: Asked, candidates: list[str]) -> bool:
        """Whether a candidate, typed back, lies in each… in some council where something of the name lies."""
        for candidate in candidates:
            try:
                place = place_of(self._store, candidate, AT)
            except (NothingFound, Ambiguous):
                return False
            if self.councils(place.parts) & asked.councils:
                return True
        return False


def boards(store: Store, keep: Callable[[int], bool] = lambda number: True) -> list[tuple[str, str, str]]:
    """Every body that covers areas by its name on its first day and its last known: (body, day, what came back)."""
    found = []
    for kind in BOARDS:
        for number, body in enumerate(store.entities(kind=kind)):
            if not keep(number):
                continue
            day = max(body.valid_from or "2013-04-01", "2010-04-01")
            if not body.period.holds(day) or not body.name or not (areas := set(areas_of(store, body, day))):
                continue
            try:
                place = place_of(store, body.name, day)
                word = (
                    "right" if {area for area, _ in place.parts} == areas else f"elsewhere: {place.described}"
                )
            except Ambiguous as error:
                word = (
                    "which" if any(one.startswith(f"{body.id} ") for one in error.candidates) else "left out"
                )
            except NothingFound as error:
                word = f"unknown: {error}"
            found.append((f"{body.name} ({body.id})", day, word))
    return found


def judged(store: Store, asked: Iterable[Asked]) -> list[Verdict]:
    """The verdict on every question."""
    judge = Judge(store)
    return [judge.verdict(one) for one in asked]


def figures() -> str:
    """The section on names of places."""
    with open_store() as store:
        found = judged(store, [one for number, one in enumerate(questions(spots())) if kept(EVERY)(number)])
        bodies = boards(store, kept(EVERY))
    words = ("right", "larger", "which", "unknown", "left out", "elsewhere")
    lines = [
        "## Names of places",
        "",
        f"Every point, ward, parish and council by its name on {AT}: `find NAME`, `find NAME, COUNCIL`. *Right*: the"
        " answer lies in a council in which something of that name lies, by nearest postcodes and by the lists of"
        " wards, parishes and small areas (a place that several of these are called after among them); *larger*: a"
        " council, county or region has the name; *which*: the answer"
        " asks, with such a place among the candidates.",
        "",
        part_told(EVERY, "the questions and bodies"),
        "",
        f"| asked | {' | '.join(words)} |",
        f"|---|{'---|' * len(words)}",
    ]
    for sort in dict.fromkeys(one.asked.sort for one in found):
        counted = [sum(one.asked.sort == sort and one.word == word for one in found) for word in words]
        lines.append(f"| {sort} | {' | '.join(f'{number:,}' for number in counted)} |")
    border = [one for one in found if one.asked.border and one.word in ("elsewhere", "unknown")]
    lines += [
        "",
        f"On a border, by their nearest postcodes: {sum(one.asked.border for one in found):,} asked.",
    ]
    lines += [f"- {one.asked.text}: {one.told}" for one in border]
    wrong = [
        one for one in found if one.word in ("elsewhere", "left out", "unknown") and not one.asked.border
    ]
    lines += [
        "",
        "What differs otherwise:",
        *(f"- {one.asked.text} ({one.word}): {one.told}" for one in wrong),
    ]
    right = sum(word in ("right", "which") for _, _, word in bodies)
    lines += [
        "",
        f"Bodies that cover areas, by their names: {len(bodies):,} asked, {right:,} right or asked which.",
    ]
    lines += [f"- {name} on {day}: {word}" for name, day, word in bodies if word not in ("right", "which")]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(figures())
