"""Names of places in Wales, Scotland, Northern Ireland and the islands, so that a refusal may say where they lie."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.term_tables import TERMS
from orgmap.loaders.curated import lines
from orgmap.loaders.published import read_table

WRITTEN = TERMS / "outside_england.csv"
COLUMNS = ("name", "country", "source")

PLACES = "data/ons/places/onsvisual_cp_places.csv.gz"
WARDS = "data/ons/places/drkane_wards_latlong.csv.gz"
COUNCILS = "data/ons/la/mysociety_uk_local_authorities.csv"

_COUNTRIES = {"W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
_OF_WALES = ("W04", "W45", "W06")
_OF_WARDS = ("S13", "N08")


def outside_england(published: Path) -> list[tuple[str, str, str]]:
    """Every name once with its country and the list that has it: councils, towns and communities, wards."""
    found: dict[str, tuple[str, str, str]] = {}
    for name, country, source in _listed(published):
        found.setdefault(place_form(name), (name, country, source))
    return sorted(row for form, row in found.items() if form)


def write_names(published: Path, path: Path = WRITTEN) -> None:
    """Writes the names beside the other words of the vocabulary."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(outside_england(published))


def _listed(published: Path) -> Iterator[tuple[str, str, str]]:
    for _, row in lines("places/towns_outside_england", "name", "country"):
        yield row["name"], row["country"], "towns-outside-england"
    for _, row in read_table(published / COUNCILS, "official-name", "nice-name", "nation"):
        if row["nation"] in _COUNTRIES.values():
            for name in (row["nice-name"], row["official-name"]):
                yield name, row["nation"], "mysociety-local-authorities"
    for _, row in read_table(published / PLACES, "areacd", "areanm"):
        if row["areacd"].startswith(_OF_WALES):
            yield row["areanm"].partition(" (")[0], "Wales", "ons-places-2025"
    for _, row in read_table(published / WARDS, "WDCD", "WDNM"):
        if row["WDCD"].startswith(_OF_WARDS):
            yield row["WDNM"], _COUNTRIES[row["WDCD"][0]], "ons-wards"
