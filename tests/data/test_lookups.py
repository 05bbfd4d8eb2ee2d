"""What the ONS published against the tables: every look-up and list of postcodes loads, and none changes a fact."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.check import messages
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.areas.history import history_coming
from orgmap.loaders.releases.areas.reading import lookup_coming
from orgmap.loaders.releases.kept import Coming
from orgmap.loaders.releases.opening import UnpackedFile, parts_of
from orgmap.loaders.releases.postcodes.release import list_coming

ONS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ons"
pytestmark = pytest.mark.skipif(
    not ONS.is_dir(), reason="../shared is not here: there are no published files to load"
)

OTHERS = ("names", "codes", "rgn", "nuts", "phec", "cauth", "ward", "ttwa", "lhb")
"""What stands in the names of files that list names alone, or tell of areas that are no bodies of the tables."""

FACTS = ("entities", "names", "identifiers", "locations", "relationships", "neighbourhoods", "place_codes")

ORDER = "combined authorities are dated by the orders that made them, before the history gave them a code"
DIFFERS = {
    "area:E01027261": "the look-up of wards of 2024 has one neighbourhood of 2021 across a district's border",
    **dict.fromkeys([f"E470000{number:02}" for number in (2, 3, 4, 5, 9, 12, 13)], ORDER),
}
"""What a look-up or the history of codes has otherwise than the tables, and why they stay."""

ABROAD = "passed over"


@cache
def looks() -> tuple[Coming, ...]:
    """Every look-up and history that was published, read; files of the same content count once."""
    found: dict[str, Coming] = {}
    files = [*(ONS / "lookups").glob("*.csv*"), *(ONS / "lookups_2019_2024").glob("*lsoa21*.csv*")]
    for path in [*sorted(files), ONS / "chd" / "chd_areas_selected.csv"]:
        [part] = parts_of(path)
        if one := lookup_coming(part) or history_coming(part):
            found.setdefault(one.release.content, one)
        else:
            assert any(word in path.name for word in (*OTHERS, "lsoa11_lsoa21")), path.name
    return tuple(found.values())


@cache
def lists() -> tuple[Coming, ...]:
    """Every list of postcodes that was published, read."""
    found = [list_coming(path) for path in sorted((ONS / "nspl_nov2021").glob("*.csv.gz"))]
    return tuple(one[0] for one in found if one)


@cache
def folded(order: int) -> Tables:
    """The bundled tables with all of them, loaded in one of several orders."""
    ways = {
        1: [*looks(), *lists()],
        2: [*lists(), *reversed(looks())],
        3: sorted([*looks(), *lists()], key=_by_digest),
    }
    return Tables.of_folder(data_folder(), [one.loaded() for one in ways.get(order, [])])


def _by_digest(one: Coming) -> str:
    return one.release.content


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """What these tests read is kept for them alone: it is large."""
    yield
    for kept in (looks, lists, folded):
        kept.cache_clear()


def test_every_look_up_and_list_is_recognised_and_none_of_their_rows_is_refused() -> None:
    assert len(looks()) > 25
    assert {one.release.refused for one in (*looks(), *lists())} == {0}
    assert [(one.release.format, one.release.as_of) for one in lists()] == [("nspl", "2021-10-01")] * 3
    assert [ABROAD in one.note for one in lists()] == [False, True, False]


def test_none_of_them_changes_a_fact_of_the_bundled_tables() -> None:
    bundled, tables = folded(0), folded(1)
    assert tables.wrong == []
    for table in FACTS:
        assert set(bundled.text(table)) == set(tables.text(table)), table
    assert {one.code for one in tables.remarks} == DIFFERS.keys()
    tallies = tables.of_lookups.values()
    assert sum(one.differs for one in tallies) == len(DIFFERS)
    assert sum(one.new for one in tallies) == 0
    assert sum(one.agreed for one in tallies) > 10_000


def test_of_postcodes_they_tell_only_those_that_no_table_had() -> None:
    bundled, tables = set(folded(0).text("postcodes")), set(folded(1).text("postcodes"))
    assert bundled <= tables
    assert {(seen, earlier) for *_, seen, earlier in tables - bundled} == {
        ("terminated", "none unknown none 2021-10-01")
    }
    assert sum(one.new for one in folded(1).of_postcodes.values()) == 27


def test_a_newer_look_up_that_moves_neighbourhoods_leaves_the_tables_whole() -> None:
    """A third of the neighbourhoods of NHS Kent and Medway pass to NHS Surrey Heartlands in a year that is made up."""
    [part] = parts_of(ONS / "lookups_2019_2024" / "lookup_lsoa21_icb24.csv.gz")
    kent, surrey = "E38000237", "E38000246"
    lines = ["LSOA21CD,SICBL26CD"]
    for number, row in enumerate(csv.DictReader(io.StringIO(part.raw.decode()))):
        location = row["sicbl24_code"]
        lines.append(f"{row['lsoa21_code']},{surrey if location == kent and number % 3 == 0 else location}")
    newer = lookup_coming(UnpackedFile("newer.csv", "\r\n".join([*lines, ""]).encode()), "2026-10-01")
    assert newer
    tables = Tables.of_folder(data_folder(), [newer.loaded()])
    assert messages(data_folder(), tables) == []
    parted = {row[0] for row in tables.text("entities")} - {row[0] for row in folded(0).text("entities")}
    assert len(parted) == tables.of_lookups[newer.release.release].new == 16
    people = [sum(float(row[4] or 0) for row in each.text("neighbourhoods")) for each in (folded(0), tables)]
    assert people[0] == people[1]


@pytest.mark.parametrize("order", [2, 3])
def test_the_order_of_loading_makes_no_difference(order: int) -> None:
    one, other = folded(1), folded(order)
    for table in (*FACTS, "postcodes", "sources"):
        assert sorted(one.text(table)) == sorted(other.text(table)), table
    assert one.remarks == other.remarks
