"""Where people live: areas with the bodies that covered them, neighbourhoods, postcodes and names of places."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from orgmap.loaders.compile.places.areas import AreaGroup, area_names, areas_of
from orgmap.loaders.compile.places.bodies import Bodies, known_bodies
from orgmap.loaders.compile.places.coded_places import coded_places
from orgmap.loaders.compile.places.layers import (
    LAYERS,
    Cover,
    CoveringKind,
    Vintage,
    covers,
    read_lsoas,
    since_the_codes,
)
from orgmap.loaders.compile.places.names import read_gazetteer
from orgmap.loaders.compile.places.parts import (
    Neighbourhoods,
    Weights,
    neighbourhood_parts,
    read_neighbourhoods,
    read_population,
    small_areas,
    ward_parts,
)
from orgmap.loaders.compile.places.postcodes import SCOTLAND, put_right, read_postcodes
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.curated import column

PARTS = 10_000
"""Of parishes and of wards of other years the people are not known: the table has parts in so many instead."""

TAKEN_APART = {"LAD", "pip_mastodonc"}
"""How the three groups of 2013 that formed NHS Newcastle Gateshead in 2015 were told apart."""

_METHODS_OF_PCT = {
    "ccg-nested": "group lay in one trust",
    "ccg+lad rule": "group and district",
    "dominant PCT of CCG": "trust that held most of the group's postcodes",
    "APPROX birmingham by constituency": "constituency; approximate",
    "sha-corrected": "strategic health authority",
}


def compile_dataset(published: Path) -> Compiled:
    """Areas, neighbourhoods, postcodes and place names, from the published look-ups and postcode lists."""
    dataset = Compiled("places")
    lsoas = read_lsoas(published)
    areas = areas_of(lsoas)
    people = read_population(published, lsoas)
    bodies = known_bodies(published)
    _add_areas(dataset, published, areas, people, bodies)
    for area in areas:
        found = {layer.prefix: covers(published, bodies, area.first, layer) for layer in LAYERS}
        found = since_the_codes(published, bodies, found)
        for layer in LAYERS:
            _add_covers(dataset, area, layer, found[layer.prefix])
    neighbourhoods = read_neighbourhoods(published, lsoas)
    area_of = {lsoa.code: area.id for area in areas for lsoa in area.lsoas}
    _add_neighbourhoods(dataset, neighbourhoods, {lsoa.code: lsoa.name for lsoa in lsoas}, area_of, people)
    postcodes = read_postcodes(published, set(area_of), set(neighbourhoods.names))
    put_right(postcodes.grouped, published)
    for (outcode, code, seen), inwards in postcodes.grouped.items():
        dataset.add("postcodes", outcode=outcode, inward=" ".join(sorted(inwards)), code=code, seen=seen)
    small = small_areas(published, lsoas, people)
    wards = ward_parts(published, small)
    parts = [*neighbourhood_parts(lsoas, people, neighbourhoods), *wards]
    for coded in coded_places(published, lsoas, area_of, people, small, wards):
        for area_id, living in coded.people.items():
            cells = {"code": coded.code, "name": coded.name, "kind": coded.kind, "within": coded.within}
            dataset.add("place_codes", **cells, area=area_id, population=round(living))
    gazetteer = read_gazetteer(
        published, lsoas, area_of, people, parts, postcodes.northings, postcodes.middles
    )
    for code, place in gazetteer.coded:
        cells = {"code": code, "name": place.name, "kind": place.kind, "within": place.within}
        for area_id, share in place.shares.items():
            dataset.add("place_codes", **cells, area=area_id, population=round(share * PARTS))
    for place in gazetteer.places:
        named_place = place._asdict()
        for area_id, share in named_place.pop("shares").items():
            dataset.add("place_names", **named_place, code=area_id, share=share)
    for source in column("places/cited"):
        dataset.cite(source)
    return dataset


def _add_areas(
    dataset: Compiled, published: Path, areas: list[AreaGroup], people: Weights, bodies: Bodies
) -> None:
    names = area_names(published, areas, bodies)
    for area in areas:
        living = sum(people[lsoa.code] for lsoa in area.lsoas)
        count = len(area.lsoas)
        dataset.add_entity(
            area.id,
            "area",
            names[area.id],
            "ons-lsoa11-sicbl22-lad22",
            locator=area.first.code,
            note=f"neighbourhoods (LSOAs): {count:,}; people in mid-2020: {living:,.0f}",
        )


def _add_covers(dataset: Compiled, area: AreaGroup, layer: CoveringKind, found: list[Cover]) -> None:
    for cover in found:
        cover = _group_of_2013(area, cover)
        notes = (_method(area, cover), cover.note)
        dataset.add_link(
            cover.body,
            "covers",
            area.id,
            "derived" if cover.vintage.column == "CCG13CD" else cover.basis or layer.basis,
            cover.vintage.source,
            cover.period,
            locator=f"{cover.vintage.column.removesuffix('_est')} {cover.code}",
            note="; ".join(note for note in notes if note),
        )


def _group_of_2013(area: AreaGroup, cover: Cover) -> Cover:
    """A group of 2013 cites the look-up of 2015 that it was read in, unless it was worked back from there."""
    methods = {lsoa.row["CCG13_method"] for lsoa in area.lsoas}
    if cover.vintage.column != "CCG13CD" or methods & TAKEN_APART:
        return cover
    note = "in 2013 as in the look-up of 2015"
    if methods != {"=CCG15"}:
        note += "; a small change of boundary on 2015-07-03 is not restored"
    read_in = Vintage("CCG15CD", cover.vintage.day, "ons-lsoa11-ccg15-lad15")
    return cover._replace(vintage=read_in, code=area.first.row["CCG15CD"], note=note)


def _method(area: AreaGroup, cover: Cover) -> str:
    """How a membership that no look-up states was settled."""
    if cover.vintage.column == "PCT11CD_est":
        counted = Counter(_METHODS_OF_PCT[lsoa.row["PCT11_method"]] for lsoa in area.lsoas)
        return "estimated by " + ", ".join(f"{method} ({n})" for method, n in sorted(counted.items()))
    if cover.vintage.column == "SHA10CD":
        return "by the authority of most of its postcodes"
    if cover.vintage.column == "CCG13CD":
        return "NHS Newcastle Gateshead of 2015 taken apart by outline and district"
    return ""


def _add_neighbourhoods(
    dataset: Compiled, found: Neighbourhoods, names: dict[str, str], area_of: dict[str, str], people: Weights
) -> None:
    """LSOAs with their MSOA, area and people; MSOAs by name; and Scotland, where some border postcodes lie."""
    for code, name in names.items():
        cells = {"code": code, "name": name, "parent": found.of_lsoa[code], "area": area_of[code]}
        dataset.add("neighbourhoods", **cells, population=int(people[code]))
    for code, name in found.names.items():
        dataset.add("neighbourhoods", code=code, name=name)
    dataset.add("neighbourhoods", code=SCOTLAND, name="Scotland")
