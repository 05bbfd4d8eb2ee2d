"""All datasets together: whole by the rules for every table, and by what is asked of the bundled ones beyond them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from orgmap.loaders.check import problems
from orgmap.loaders.compile import datasets
from orgmap.loaders.dataset import DatasetDescription, dataset_folders, describe
from tests.data.whole import DATA, Row, expect_none


def folders() -> list[Path]:
    """The dataset folders, for one test each."""
    return dataset_folders(DATA)


def test_the_check_finds_no_fault() -> None:
    assert problems(DATA) == []


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_dataset_says_what_a_reader_must_know(folder: Path) -> None:
    about = describe(folder)
    assert [
        field
        for field in DatasetDescription._fields
        if not about.get(field) and field not in DatasetDescription._field_defaults
    ] == []
    date.fromisoformat(about["horizon"])
    date.fromisoformat(about["as_of"])


def test_every_dataset_can_be_compiled_again_and_is_explained() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S))
    names = [folder.name for folder in folders()]
    assert [name for name in names if name not in datasets()] == []
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


TIMELESS = {"area", "service"}
"""Kinds that nothing began: a piece of England, a kind of care."""


@pytest.mark.parametrize("name", ["entities", "phases", "relationships"])
def test_a_blank_start_is_said_to_be_not_known(tables: dict[str, list[Row]], name: str) -> None:
    # Codes, names and addresses may be undated: they hold as long as the body does.
    undated = [row for row in tables[name] if not row["valid_from"] and row["from_precision"] != "not_known"]
    expect_none(row for row in undated if row.cells.get("kind") not in TIMELESS)


def test_an_id_has_no_blank_and_a_slug_is_lower_case(tables: dict[str, list[Row]]) -> None:
    shape = re.compile(r"[a-z]+:([A-Z0-9]+|[a-z0-9_]+)")
    expect_none(row for row in tables["entities"] if not shape.fullmatch(row["id"]))


def test_no_name_shouts(tables: dict[str, list[Row]]) -> None:
    def shouts(name: str) -> bool:
        return len(re.findall(r"\b[A-Z]{6,}\b", name)) > 1

    expect_none(row for row in tables["entities"] if shouts(row["name"]))
    official = [row for row in tables["names"] if row["use"] != "abbreviation"]
    expect_none(row for row in official if shouts(row["name"]) or not row["name"])
