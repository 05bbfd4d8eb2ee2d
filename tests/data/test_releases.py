"""Every register that was published loads onto the bundled graph, in any order, and tells it nothing that it denies."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import Coming, coming
from orgmap.loaders.releases.listings import read_register
from orgmap.loaders.releases.lists.registered import counts_coming
from orgmap.loaders.releases.lists.sheets import contents_of_workbook
from orgmap.loaders.releases.opening import is_workbook, parts_of

ODS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ods"
pytestmark = pytest.mark.skipif(
    not ODS.is_dir(), reason="../shared is not here: there are no published files to load"
)

FORMATS = {
    "epraccur/*": "epraccur",
    "eccg/*": "eccg",
    "etr/*": "etr",
    "pcn/epcndetails*": "epcn",
    "pcn/epcncorepartners*": "epcnpartners",
    "epcmem*": "epcmem",
    "eauth*": "eauth",
    "list_size/*": "listsizes",
    "april_2026/ODS_Change_Summary*": "odschanges",
}
"""Where the published files of each format lie."""

FACTS = ("entities", "names", "identifiers", "locations", "relationships")


@cache
def published(name: str) -> Coming:
    """One published file as a release."""
    [part] = parts_of(ODS / name)
    if files()[name] == "listsizes":
        [counted] = counts_coming(part, "2013-04-01" if "2013" in name else "2015-04-01")
        return counted
    if is_workbook(part.raw):
        [contents] = contents_of_workbook(part.raw, name)
    else:
        contents = read_register(part.raw, name)
    assert contents is not None
    assert contents.format.format == files()[name]
    return coming(contents, name, part.raw)


@cache
def files() -> dict[str, str]:
    """Every published file with its format."""
    found = {
        str(file.relative_to(ODS)): form
        for pattern, form in FORMATS.items()
        for file in (*ODS.glob(f"{pattern}.csv*"), *ODS.glob(f"{pattern}.xlsx"))
    }
    return dict(sorted(found.items()))


def folded(releases: Iterable[Coming]) -> Tables:
    tables = Tables.of_folder(data_folder(), [one.loaded() for one in releases])
    assert tables.wrong == []
    return tables


@cache
def bundled(table: str) -> frozenset[tuple[str, ...]]:
    return frozenset(Tables.of_folder(data_folder(), []).text(table))


def test_every_published_file_is_recognised_and_only_two_rows_are_refused() -> None:
    """The two rows without a day that somebody appended to a copy of 2015."""
    refused = [(name, one.code) for name in files() for one in published(name).refused]
    assert [code for _, code in refused] == ["R0A", "R0B"]
    assert {published(name).release.rows > 20 for name in files()} == {True}


@pytest.mark.parametrize(
    "name",
    [
        "epraccur/epraccur_2015-05-26.csv.gz",
        "epraccur/epraccur_2026-02.csv.gz",
        "eccg/eccg_2025.csv",
        "etr/etr_2015.csv",
        "pcn/epcndetails_2025.csv",
        "pcn/epcncorepartners_2019-12.csv.gz",
        "epcmem_2019-08.csv.gz",
        "eauth_2018-11.csv",
        "list_size/list_size_2013_04-06.csv.gz",
    ],
)
def test_a_file_that_the_tables_were_made_from_changes_nothing_in_them(name: str) -> None:
    tables = folded([published(name)])
    assert [table for table in FACTS if frozenset(tables.text(table)) != bundled(table)] == []


def test_all_of_them_in_three_orders_give_the_same_graph() -> None:
    every = [published(name) for name in files()]
    worlds = [folded(order) for order in (every, every[::-1], every[1::2] + every[::2])]
    for table in (*FACTS, "sources", "list_sizes"):
        assert len({frozenset(tables.text(table)) for tables in worlds}) == 1
    assert all(frozenset(worlds[0].text(table)) == bundled(table) for table in FACTS)


def test_the_newest_register_told_once_more_later_is_no_news() -> None:
    """Folding goes by the rules of the compile step: what did not change since is not taken for a change.

    All that the register of February would undo in November is what passed on from NHS Frimley in April, of which
    another source tells.
    """
    first = published("epraccur/epraccur_2026-02.csv.gz")
    later = first._replace(release=first.release._replace(as_of="2026-11-01", horizon="2026-11-01"))
    tables = folded([later])
    assert [table for table in FACTS if frozenset(tables.text(table)) != bundled(table)] == []
    assert {remark.said.partition(" here")[0] for remark in tables.remarks} == {"is under D4U1Y"}


def test_the_newest_networks_told_once_more_later_are_no_news() -> None:
    """As of practices: the same list, said to know up to November, tells what the tables tell already."""
    names = ("pcn/epcndetails_2025.csv", "pcn/epcncorepartners_2025.csv.gz")
    later = {"as_of": "2026-11-01", "horizon": "2026-11-01"}
    again = [one._replace(release=one.release._replace(**later)) for one in map(published, names)]
    tables = folded(again)
    assert [table for table in FACTS if frozenset(tables.text(table)) != bundled(table)] == []
    assert {remark.said.partition(" here")[0] for remark in tables.remarks} == {"is under D4U1Y"}


def test_what_the_register_planned_for_april_2026_came_so() -> None:
    """76 lines that name a code: 23 new names, 47 moves and 6 closures, all of which the tables tell."""
    [name] = [name for name, form in files().items() if form == "odschanges"]
    tables = folded([published(name)])
    assert (published(name).release.rows, tables.remarks) == (76, [])
    assert [table for table in FACTS if frozenset(tables.text(table)) != bundled(table)] == []
