"""Tables as they come: every cell can be read back, no note is a formula, what would fill the memory is refused."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmap.graphmodel.text import csv_writer
from tests.cli.conftest import Orgmap

DAY = ("--at", "2013-06-01")
CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(
    ["\r", "a\rb", "\r\n", "\n", '"', '""\r', ",", "=1", "\ufeff", " ", "\x0b", "\x85", "\u2028", "\0"]
)


def tables_of(cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    """Tables of such cells, all rows as wide as the first."""
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=6)
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine, too
@given(tables_of(CELLS))
def test_what_is_written_can_be_read_back(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv_writer(text).writerows(rows)
    assert list(csv.reader(io.StringIO(text.getvalue(), newline=""), strict=True)) == rows


@given(tables_of(CELLS.filter(lambda cell: "\0" not in cell)))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_cell_survives_annotate(orgmap: Orgmap, tmp_path: Path, rows: list[list[str]]) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    width = len(rows[0]) if rows else 1
    header = ["place", *(f"column {number}" for number in range(width))]
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([header, *(["CT9 1AA", *row] for row in rows)])
    question = ("annotate", str(source), "--column", "place", *DAY, "-o", str(target))
    assert orgmap(*question).code == 0
    with target.open(encoding="utf-8", newline="") as file:
        told = list(csv.reader(file, strict=True))
    assert [row[: len(header)] for row in told] == [header, *(["CT9 1AA", *row] for row in rows)]
    again = ("annotate", str(target), "--column", "place", *DAY, "-o", str(tmp_path / "again.csv"))
    assert orgmap(*again).code == 0


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)"])
def test_no_note_is_a_formula(orgmap: Orgmap, tmp_path: Path, cell: str) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["place", "day"], [cell, "2013-06-01"], ["CT9 1AA", cell], [cell, cell]])
    orgmap("annotate", str(source), "--column", "place", "--at-column", "day", "-o", str(target))
    with target.open(encoding="utf-8", newline="") as file:
        notes = [row["note"] for row in csv.DictReader(file, strict=True)]
    assert len(notes) == 3
    assert not [note for note in notes if note[:1] in ("=", "+", "-", "@", "\t", "\r")]


def annotated(orgmap: Orgmap, tmp_path: Path, text: str, *more: str):
    """A table of this text annotated by its column “place”."""
    (tmp_path / "in.csv").write_text(text, encoding="utf-8", newline="")
    return orgmap(
        "annotate", str(tmp_path / "in.csv"), "--column", "place", "-o", str(tmp_path / "out.csv"), *more
    )


@pytest.mark.parametrize(
    ("header", "more"),
    [("place,place", DAY), ("place,day,day", ("--at-column", "day")), ("place,a,place", DAY)],
)
def test_two_columns_of_the_name_asked_for_are_refused(
    orgmap: Orgmap, tmp_path: Path, header: str, more
) -> None:
    told = annotated(orgmap, tmp_path, f"{header}\n{','.join(['CT9 1AA'] * len(header.split(',')))}\n", *more)
    assert told.code == 2
    assert "there are 2 columns" in told.err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "text", ["place,b\nCT9 1AA,x\0y\n", "place\nCT9\0 1AA\n", "pl\0ace\nCT9 1AA\n", "\0"]
)
def test_a_nul_is_no_letter_of_a_table(orgmap: Orgmap, tmp_path: Path, text: str) -> None:
    told = annotated(orgmap, tmp_path, text, *DAY)
    assert told.code == 2
    assert f"in.csv:{text.partition(chr(0))[0].count(chr(10)) + 1}: there is a NUL" in told.err
    assert not (tmp_path / "out.csv").exists()


def test_a_table_in_utf_16_is_told_apart(orgmap: Orgmap, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes("place\nCT9 1AA\n".encode("utf-16-le"))
    question = ("annotate", str(tmp_path / "in.csv"), "--column", "place", "-o", str(tmp_path / "out.csv"))
    told = orgmap(*question, *DAY)
    assert told.code == 2
    assert "--encoding utf-16" in told.err


@pytest.mark.parametrize(
    ("header", "told"),
    [("place,a,a", "“a”"), ("place,note,note,a,a", "“note”, “a”"), ("place,,", ""), ("place,Place", "")],
)
def test_two_other_columns_of_one_name_are_kept_and_told(
    orgmap: Orgmap, tmp_path: Path, header: str, told: str
) -> None:
    said = annotated(orgmap, tmp_path, f"{header}\n{','.join(['CT9 1AA'] * len(header.split(',')))}\n", *DAY)
    assert said.code == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith(f"{header},")
    assert (f"Several columns have one name: {told}." in said.err) == bool(told)


@pytest.mark.parametrize("more", [("--at", ""), ("--at", " "), ("--to-day", "")])
def test_a_blank_day_is_no_day(orgmap: Orgmap, tmp_path: Path, more: tuple[str, str]) -> None:
    told = annotated(orgmap, tmp_path, "place\nCT9 1AA\n", *more)
    assert (told.code, (tmp_path / "out.csv").exists()) == (2, False)


LONG = "x" * 30_000_000


@pytest.mark.parametrize(
    "text",
    [f"place\n{LONG}\n", f'place\n"{LONG}"\n', LONG, 'place\n"' + "x\n" * 15_000_000, "," * 30_000_000,
     '"a\n",' * 6_000_000],
    ids=["a cell", "a quoted cell", "a header", "lines in a quote", "commas", "cells of two lines"],
)  # fmt: skip
def test_what_would_fill_the_memory_is_refused(orgmap: Orgmap, tmp_path: Path, text: str) -> None:
    (tmp_path / "in.csv").write_text(text, encoding="utf-8", newline="")
    orgmap("find", "CT9 1AA")
    tracemalloc.start()
    try:
        told = orgmap(
            "annotate", str(tmp_path / "in.csv"), "--column", "place", "-o", str(tmp_path / "out.csv"), *DAY
        )
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert told.code == 2
    assert "nothing was written" in told.err
    assert most < 150_000_000
