"""Every register that was published loads onto nothing at all, and makes the graph that was compiled from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.formats import formats
from orgmap.loaders.releases.kept import Coming, coming
from orgmap.loaders.releases.listings import read_register
from orgmap.loaders.releases.opening import parts_of
from tests.truth.loaded import Facts, differences, onto_nothing

ODS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ods"
needs_files = pytest.mark.skipif(
    not ODS.is_dir(), reason="../shared is not here: there are no published files to load"
)

FACTS = ("entities", "names", "identifiers", "locations", "relationships", "corrections")
SMALL = sorted(str(file.relative_to(ODS)) for name in ("eccg", "etr") for file in (ODS / name).glob("*.csv*"))
PRACTICES = "epraccur/epraccur_2015-05-26.csv.gz"


@cache
def published(name: str) -> Coming:
    """One published file as a release."""
    [part] = parts_of(ODS / name)
    contents = read_register(part.raw, name)
    assert contents is not None
    return coming(contents, name, part.raw)


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """What these tests read is kept for them alone: it is large."""
    yield
    published.cache_clear()


@needs_files
@pytest.mark.parametrize("name", [*SMALL, PRACTICES])
def test_each_file_alone_is_a_graph(name: str) -> None:
    release = published(name)
    tables = onto_nothing([release])
    assert sum(1 for _ in tables.text("entities")) == release.release.rows
    [about] = tables.about.values()
    assert (about["as_of"], about["horizon"]) == (release.release.as_of, release.release.horizon)


@needs_files
def test_commissioners_trusts_and_practices_make_the_same_graph_in_any_order() -> None:
    every = [published(name) for name in (*SMALL, PRACTICES)]
    worlds = [onto_nothing(order) for order in (every, every[::-1], every[1::2] + every[::2])]
    for table in (*FACTS, "sources"):
        assert len({frozenset(tables.text(table)) for tables in worlds}) == 1
    under = Counter(row[1] for row in worlds[0].text("relationships"))
    assert under["member_of"] > 8_000
    assert sum(1 for _ in worlds[0].text("corrections")) > 0


@needs_files
def test_what_the_compiled_tables_tell_otherwise_of_trusts_and_commissioners_has_a_reason() -> None:
    """The whole of it, with every practice and stay, is asked by `make truth`."""
    releases = [published(name) for name in SMALL]
    wanted = {kind for name in ("eccg", "etr") for kind in formats()[name].kinds}
    wanted |= {name for name, kind in kinds().items() if "of_wales" in kind.traits and kind.prefix == "trust"}
    tables = Tables.of_folder(data_folder(), [])
    found = differences(Facts(onto_nothing(releases), wanted), Facts(tables, wanted), "2024-07-24")
    assert [one for one in found if not one.reason] == []
    assert len(found) < 200


def test_only_a_folder_in_which_nothing_lies_is_the_empty_graph(tmp_path: Path) -> None:
    assert list(Tables.of_folder(tmp_path, []).text("entities")) == []
    with pytest.raises(DataBroken, match="holds no dataset"):
        Tables.of_folder(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(DataBroken, match="holds no dataset"):
        Tables.of_folder(tmp_path, [])
