"""Every register that was published loads onto the bundled graph, in any order, and tells it nothing that it denies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import Coming
from orgmap.loaders.releases.loading import _read
from orgmap.loaders.releases.whole.release import WholeRelease

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
    "samples/ods_dse*": "odsexport",
    "samples/ord_*": "ordlive",
    "stp/ODS_STP*": "odspartners",
}
"""Where the published files of each format lie."""

FACTS = ("entities", "names", "identifiers", "locations", "relationships")


EXCEPTIONS = {
    "practice:M85171": "an export has it leave its network in March 2026, after the newest list in the tables",
}
"""The only bodies of which a published file tells what the tables do not, and why."""


@cache
def releases_of(name: str) -> tuple[Coming, ...]:
    """The releases that one published file makes."""
    day = {"list_size_2013": "2013-04-01", "list_size_2015": "2015-04-01"}.get(Path(name).name[:14], "")
    with TemporaryDirectory() as folder, closing(WholeRelease(Path(folder))) as whole:
        found = _read([ODS / name], day, {}, whole).new
    assert {one.release.by or one.release.format for one in found} == {files()[name]}
    return found


def published(name: str) -> Coming:
    """The one release that a published file makes."""
    [release] = releases_of(name)
    return release


@cache
def files() -> dict[str, str]:
    """Every published file with its format."""
    found = {
        str(file.relative_to(ODS)): form
        for pattern, form in FORMATS.items()
        for file in (*ODS.glob(f"{pattern}.csv*"), *ODS.glob(f"{pattern}.xlsx"), *ODS.glob(f"{pattern}.json"))
    }
    return dict(sorted(found.items()))


def folded(releases: Iterable[Coming]) -> Tables:
    tables = Tables.of_folder(data_folder(), [one.loaded() for one in releases])
    assert tables.wrong == []
    return tables


@cache
def bundled(table: str) -> frozenset[tuple[str, ...]]:
    return frozenset(Tables.of_folder(data_folder(), []).text(table))


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """What these tests read is kept for them alone: it is large."""
    yield
    for kept in (releases_of, files, bundled):
        kept.cache_clear()


def test_every_published_file_is_recognised_and_only_three_rows_are_refused() -> None:
    """The two without a day that somebody appended to a copy of 2015, and a stay of which no end is told."""
    refused = [(one.code) for name in files() for each in releases_of(name) for one in each.refused]
    assert refused == ["R0A", "R0B", "M85171 U25891 2026-04-01"]
    assert all(releases_of(name) for name in files())


@pytest.mark.parametrize(
    "name",
    [
        "epraccur/epraccur_2015-05-26.csv.gz",
        "eccg/eccg_2025.csv",
        "etr/etr_2015.csv",
        "pcn/epcncorepartners_2019-12.csv.gz",
        "epcmem_2019-08.csv.gz",
        "eauth_2018-11.csv",
        "list_size/list_size_2013_04-06.csv.gz",
    ],
)
def test_a_file_that_the_tables_were_made_from_changes_nothing_in_them(name: str) -> None:
    """The newest registers of practices and networks are asked further below."""
    tables = folded([published(name)])
    assert [table for table in FACTS if frozenset(tables.text(table)) != bundled(table)] == []


def test_all_of_them_in_three_orders_give_the_same_graph() -> None:
    every = [one for name in files() for one in releases_of(name)]
    worlds = [folded(order) for order in (every, every[::-1], every[1::2] + every[::2])]
    for table in (*FACTS, "sources", "list_sizes"):
        assert len({frozenset(tables.text(table)) for tables in worlds}) == 1
    other = [row for table in FACTS for row in frozenset(worlds[0].text(table)) ^ bundled(table)]
    assert {row[0] for row in other} == EXCEPTIONS.keys()


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
