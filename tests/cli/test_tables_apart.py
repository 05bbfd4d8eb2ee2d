"""`orgmap diff --tables OLD NEW` tells which facts two folders of tables tell otherwise, and refuses faulty ones."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.worlds import write_data

BEFORE = """
entities
id       | name     | valid_from | valid_until
icb:QA   | Board A  | 2022-07-01 |
icb:QB   | Board B  | 2022-07-01 |
icb:QC   | Board C  | 2022-07-01 |

relationships
subject | verb           | object | status  | valid_from | basis
icb:QC  | clustered_with | icb:QB | planned | 2026-01-01 | administrative
"""
AFTER = """
entities
id       | name     | valid_from | valid_until
icb:QA   | Board A  | 2022-07-01 | 2026-04-01
icb:QB   | Board =B | 2022-07-01 |
icb:QC   | Board C  | 2023-07-01 |
icb:QD   | Board D  | 2023-07-01 |

relationships
subject | verb           | object | status   | valid_from | basis
icb:QC  | clustered_with | icb:QB | in_force | 2025-12-01 | administrative
"""
CHANGES = {
    ("ended", "icb:QA"),
    ("words", "icb:QB"),
    ("day", "icb:QC"),
    ("added", "icb:QD"),
    ("status", "icb:QC clustered_with icb:QB administrative"),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Two folders of tables."""
    folder = tmp_path_factory.mktemp("editions")
    return str(write_data(folder / "old", BEFORE)), str(write_data(folder / "new", AFTER))


def test_every_format_tells_the_same_differences(orgmap, folders: tuple[str, str]) -> None:
    told = json.loads(orgmap("diff", "--tables", *folders, "--format", "json").out)
    assert {(row["change"], row["id"]) for row in told["changes"]} == CHANGES
    assert told["counts"] == {"ended": 1, "status": 1, "day": 1, "added": 1, "gone": 0, "words": 1}
    rows = list(csv.DictReader(io.StringIO(orgmap("diff", "--tables", *folders, "--format", "csv").out)))
    assert {(row["change"], row["id"]) for row in rows} == CHANGES
    people = orgmap("diff", "--tables", *folders).out
    assert people.startswith("ended: 1, status: 1, day: 1, added: 1, gone: 0, words: 1")
    assert "valid_until: 2026-04-01" in people


def test_the_other_way_round_what_was_added_is_gone(orgmap, folders: tuple[str, str]) -> None:
    told = json.loads(orgmap("diff", "--tables", *reversed(folders), "--format", "json").out)
    assert ("gone", "icb:QD") in {(row["change"], row["id"]) for row in told["changes"]}


def test_folders_that_tell_the_same_have_no_difference(orgmap, folders: tuple[str, str]) -> None:
    assert orgmap("diff", "--tables", folders[0], folders[0]).code == 1


def test_what_is_no_folder_and_what_makes_no_sense_is_refused(orgmap, folders: tuple[str, str]) -> None:
    assert orgmap("diff", "--tables", folders[0], "nowhere").code == 2
    assert orgmap("diff", "--tables", *folders, "--kind", "ccg").code == 2


def test_a_faulty_folder_is_refused_by_file_and_line(
    orgmap, folders: tuple[str, str], tmp_path: Path
) -> None:
    faulty = write_data(tmp_path / "faulty", BEFORE.replace("2022-07-01 |\nicb:QB", "2022-07-91 |\nicb:QB"))
    told = orgmap("diff", "--tables", folders[0], str(faulty))
    assert told.code == 4
    assert "entities.csv:2:" in told.err
