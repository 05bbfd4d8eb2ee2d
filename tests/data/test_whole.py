"""All datasets together: every row counted, cited and well-formed, in the words of the vocabulary."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from orgmap.graphmodel.model import BASES, DATE_PRECISIONS, STATUSES
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import kinds, verbs
from orgmap.loaders.compile import ORDER
from orgmap.loaders.dataset import About, dataset_folders, describe, read_rows
from tests.data.whole import BULK, DATA, Row, expect_none, is_day

NAME_USES = {"official", "former", "alias", "abbreviation"}


def folders() -> list[Path]:
    """The dataset folders, for one test each."""
    return dataset_folders(DATA)


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_dataset_has_as_many_rows_as_it_says(folder: Path) -> None:
    stated = describe(folder)["rows"]
    files = {path.name.partition(".")[0] for path in folder.glob("*.csv*")}
    assert files == set(stated)
    for table, count in stated.items():
        assert sum(1 for _ in read_rows(folder, table)) == count


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_dataset_says_what_a_reader_must_know(folder: Path) -> None:
    about = describe(folder)
    assert [
        field for field in About._fields if not about.get(field) and field not in About._field_defaults
    ] == []
    date.fromisoformat(about["horizon"])
    date.fromisoformat(about["as_of"])


def test_every_dataset_can_be_compiled_again_and_is_explained() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S))
    names = [folder.name for folder in folders()]
    assert [name for name in names if name not in ORDER] == []
    assert [name for name in names if not sections.get(name, "").strip()] == []


def test_every_attribution_stands_in_the_licences(tables: dict[str, list[Row]]) -> None:
    text = " ".join((DATA / "LICENCES.md").read_text(encoding="utf-8").replace(">", " ").split())
    asked = {row["attribution"] for row in tables["sources"]} | {
        describe(f)["attribution"] for f in folders()
    }
    lines = {
        line
        for attribution in asked
        for line in re.split(r"(?<=\.)\s+(?=[A-Z])", attribution.strip())
        if line
    }
    expect_none(sorted(line for line in lines if line not in text))


def test_every_row_cites_a_source_that_is_described(tables: dict[str, list[Row]]) -> None:
    known = {row["id"] for row in tables["sources"]}
    for name, table in TABLES.items():
        if "source" in table.columns:
            expect_none((row for row in tables[name] if not cites_only(row, known)), name)


def cites_only(row: Row, known: set[str]) -> bool:
    """Whether a row cites at least one source, and none but these; a rule may rest on several."""
    cited = row["source"].split()
    return bool(cited) and set(cited) <= known


def test_a_dataset_describes_the_sources_it_cites(tables: dict[str, list[Row]]) -> None:
    own = {(row.dataset, row["id"]) for row in tables["sources"]}
    for name, table in TABLES.items():
        if "source" in table.columns:
            known = {dataset: {source for d, source in own if d == dataset} for dataset, _ in own}
            expect_none((row for row in tables[name] if not cites_only(row, known[row.dataset])), name)


def test_a_source_is_described_in_one_way(tables: dict[str, list[Row]]) -> None:
    ways: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in tables["sources"]:
        ways[row["id"]].add(tuple(row.cells.values()))
    expect_none(row for row in tables["sources"] if len(ways[row["id"]]) > 1)
    expect_none(row for row in tables["sources"] if not row["title"] or row["verified"] not in {"yes", "no"})


@pytest.mark.parametrize("name", sorted(TABLES.keys() - BULK - {"sources"}))
def test_no_two_rows_say_the_same_thing(tables: dict[str, list[Row]], name: str) -> None:
    key = TABLES[name].key
    seen = Counter(tuple(row[column] for column in key) for row in tables[name])
    expect_none(row for row in tables[name] if seen[tuple(row[column] for column in key)] > 1)


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if "valid_from" in table.columns])
def test_periods_are_days_in_the_right_order(tables: dict[str, list[Row]], name: str) -> None:
    expect_none(row for row in tables[name] if not period_is_sound(row))


TIMELESS = {"area", "service"}
"""Kinds that nothing began: a piece of England, a kind of care."""


@pytest.mark.parametrize("name", ["entities", "phases", "relationships"])
def test_a_blank_start_is_said_to_be_not_known(tables: dict[str, list[Row]], name: str) -> None:
    # Codes, names and addresses may be undated: they hold as long as the body does.
    undated = [row for row in tables[name] if not row["valid_from"] and row["from_precision"] != "not_known"]
    expect_none(row for row in undated if row.cells.get("kind") not in TIMELESS)


def period_is_sound(row: Row) -> bool:
    """Whether both dates are days or blank, in order, and as exact as the row says."""
    start, end = row["valid_from"], row["valid_until"]
    exact = (row["from_precision"], row["until_precision"])
    if not set(exact) <= set(DATE_PRECISIONS) or (start and end and start >= end):
        return False
    if not is_day(start) or not is_day(end) or (start and exact[0] == "not_known"):
        return False
    return exact[1] == "" if not end and exact[1] != "not_known" else not (end and exact[1] == "not_known")


def test_an_entity_has_a_kind_of_the_vocabulary_and_the_prefix_of_that_kind(
    tables: dict[str, list[Row]],
) -> None:
    expect_none(row for row in tables["entities"] if row["kind"] not in kinds())
    expect_none(
        row for row in tables["entities"] if row["id"].partition(":")[0] != kinds()[row["kind"]].prefix
    )


def test_an_id_has_no_blank_and_a_slug_is_lower_case(tables: dict[str, list[Row]]) -> None:
    shape = re.compile(r"[a-z]+:([A-Z0-9]+|[a-z0-9_]+)")
    expect_none(row for row in tables["entities"] if not shape.fullmatch(row["id"]))


def test_no_name_shouts(tables: dict[str, list[Row]]) -> None:
    def shouts(name: str) -> bool:
        return len(re.findall(r"\b[A-Z]{6,}\b", name)) > 1

    expect_none(row for row in tables["entities"] if shouts(row["name"]))
    official = [row for row in tables["names"] if row["use"] != "abbreviation"]
    expect_none(row for row in official if shouts(row["name"]) or not row["name"])


def test_relationships_use_the_words_of_the_vocabulary(tables: dict[str, list[Row]]) -> None:
    rows = tables["relationships"]
    expect_none(row for row in rows if row["verb"] not in verbs())
    expect_none(row for row in rows if row["status"] not in STATUSES)
    expect_none(row for row in rows if row["basis"] not in BASES)
    expect_none(
        row for row in tables["phases"] if row["status"] not in STATUSES or row["status"] == "in_force"
    )
    expect_none(row for row in tables["names"] if row["use"] not in NAME_USES)


def test_what_was_derived_says_how(tables: dict[str, list[Row]]) -> None:
    derived = [row for row in tables["relationships"] if row["basis"] == "derived"]
    expect_none(row for row in derived if not row["note"])


def test_shares_are_parts_of_something(tables: dict[str, list[Row]]) -> None:
    shared = [row for row in tables["relationships"] if row["share"] or row["share_of"]]
    expect_none(row for row in shared if not row["share_of"] or not 0 < float(row["share"] or 0) <= 1)
    weighed = [row for row in tables["successions"] if row["weight"] or row["counts"]]
    expect_none(row for row in weighed if not row["counts"] or not (row["weight"] or row["number"]))
    # An order may divide a body of which no practice passed to one of the two.
    named = [row for row in weighed if row["weight"] and float(row["number"] or 1)]
    expect_none(row for row in named if not 0 < float(row["weight"]) <= 1)
