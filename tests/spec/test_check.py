"""The table check finds every kind of fault, and none in tables that are whole."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.build import from_tables
from orgmap.loaders.check import faults, problems
from orgmap.loaders.dataset import dataset_folders, describe, read_rows
from tests.kent import KENT, KENT_THROUGH_TIME
from tests.worlds import world, write_data

TWO = """
entities
id    | name | valid_from | valid_until
ccg:A | A    | 2013-04-01 | 2020-04-01
ccg:B | B    | 2013-04-01 |
"""


def found(drawing: str) -> list[str]:
    """The faults of a drawn world."""
    return list(faults(from_tables(world(drawing))))


@pytest.mark.parametrize("drawing", [TWO, KENT, KENT_THROUGH_TIME])
def test_whole_tables_have_no_fault(drawing):
    assert found(drawing) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("entities\nid | name\nccg:A | A", "entities: ccg:A stands there twice."),
        ("entities\nid | kind\nccg:C | clan", "entities ccg:C: “clan” is not a known kind."),
        (
            "entities\nid | kind\nccg:C | gp_practice",
            "entities ccg:C: its prefix is not that of a gp_practice.",
        ),
        (
            "entities\nid | source\nccg:C | rumour",
            "entities ccg:C: cites “rumour”, which is not a known source.",
        ),
        (
            "entities\nid | valid_from | valid_until\nccg:C | 2013-04-01 | 2013-04-01",
            "entities ccg:C: ends (2013-04-01) before it begins (2013-04-01).",
        ),
        (
            "entities\nid | from_precision\nccg:C | roughly",
            "entities ccg:C: “roughly” is not a known precision.",
        ),
        (
            "entities\nid | until_precision\nccg:C | roughly",
            "entities ccg:C: “roughly” is not a known precision.",
        ),
        ("names\nentity | name | use\nccg:Z | Z | alias", "names ccg:Z Z alias: there is no entity ccg:Z."),
        (
            "names\nentity | name | use\nccg:A | X | alias\nccg:A | X | alias",
            "names: ccg:A X alias stands there twice.",
        ),
        (
            "identifiers\nentity | scheme | code\nccg:Z | ods | Z",
            "identifiers ccg:Z ods Z: there is no entity ccg:Z.",
        ),
        (
            "locations\nentity | postcode\npractice:Z | AA1 1AA",
            "locations practice:Z AA1 1AA: there is no entity practice:Z.",
        ),
        ("phases\nentity | status\nccg:A | ghost", "phases ccg:A ghost: “ghost” is not a known status."),
        ("phases\nentity | status\nccg:Z | shadow", "phases ccg:Z shadow: there is no entity ccg:Z."),
        (
            "relationships\nsubject | verb | object | valid_from\nccg:B | likes | ccg:B | 2013-04-01",
            "relationships ccg:B likes ccg:B   published in_force 2013-04-01: “likes” is not a known verb.",
        ),
        (
            "relationships\nsubject | verb | object | basis | valid_from\nccg:B | hosts | ccg:B | hearsay | 2013-04-01",
            "relationships ccg:B hosts ccg:B   hearsay in_force 2013-04-01: “hearsay” is not a known basis.",
        ),
        (
            "relationships\nsubject | verb | object | status | valid_from\nccg:B | hosts | ccg:B | ghost | 2013-04-01",
            "relationships ccg:B hosts ccg:B   published ghost 2013-04-01: “ghost” is not a known status.",
        ),
        (
            "relationships\nsubject | verb | object | valid_from\nccg:B | hosts | ccg:Z | 2013-04-01",
            "relationships ccg:B hosts ccg:Z   published in_force 2013-04-01: there is no entity ccg:Z.",
        ),
        (
            "relationships\nsubject | verb | object | valid_from | valid_until\n"
            "ccg:B | hosts | ccg:A | 2013-04-01 | 2020-04-02",
            "relationships ccg:B hosts ccg:A   published in_force 2013-04-01: 2013-04-01–2020-04-02 is outside"
            " the life of ccg:A (2013-04-01–2020-04-01).",
        ),
        (
            "events\nid | kind | date\ne | exploded | 2020-04-01",
            "events e: “exploded” is not a known kind of change.",
        ),
        ("successions\nevent | predecessor\nnone | ccg:A", "successions none ccg:A: there is no event none."),
        (
            "events\nid | kind | date\ne | abolished | 2020-04-01\n\nsuccessions\nevent | predecessor\ne | ccg:Z",
            "successions e ccg:Z: there is no entity ccg:Z.",
        ),
        (
            "events\nid | kind | date\ne | merged | 2020-04-01\n\nsuccessions\nevent | predecessor | successor\n"
            "e | ccg:A | ccg:B",
            "events e: merged needs 2+ predecessors, it has 1.",
        ),
        (
            "events\nid | kind | date\ne | created | 2020-04-01\n\nsuccessions\nevent | predecessor | successor\n"
            "e | ccg:A | ccg:B",
            "events e: created needs 0 predecessors, it has 1.",
        ),
        (
            "entities\nid | name\ntrust:T | T\n\nevents\nid | kind | date\ne | boundary_change | 2020-04-01\n\n"
            "successions\nevent | predecessor | successor\ne | ccg:B | trust:T",
            "successions e ccg:B trust:T: trust:T is of a kind that cannot be boundary changed.",
        ),
        (
            "entities\nid | name\nservice:s | S\n\nevents\nid | kind | date\ne | replaced | 2020-04-01\n\n"
            "successions\nevent | predecessor | successor\ne | ccg:A | service:s",
            "successions e ccg:A service:s: service:s is of a kind that cannot be replaced.",
        ),
    ],
)
def test_each_fault_is_told_in_one_sentence(rows, told):
    assert found(f"{TWO}\n{rows}") == [told]


@pytest.mark.parametrize(("until", "faulty"), [("2020-04-01", False), ("2020-04-02", True), ("", True)])
def test_a_relation_ends_with_the_bodies_it_joins(until, faulty):
    rows = "relationships\nsubject | verb | object | valid_from | valid_until\n"
    rows += f"ccg:A | hosts | ccg:B | 2013-04-01 | {until}"
    assert bool(found(f"{TWO}\n{rows}")) == faulty


@pytest.mark.parametrize(("start", "faulty"), [("2013-04-01", False), ("2013-03-31", True), ("", True)])
def test_a_relation_begins_with_the_bodies_it_joins(start, faulty):
    rows = "relationships\nsubject | verb | object | valid_from | valid_until\n"
    rows += f"ccg:B | hosts | ccg:A | {start} | 2020-04-01"
    assert bool(found(f"{TWO}\n{rows}")) == faulty


def test_a_plan_may_reach_beyond_the_bodies_it_joins():
    rows = "relationships\nsubject | verb | object | status\nccg:A | hosts | ccg:B | planned"
    assert found(f"{TWO}\n{rows}") == []


def test_a_folder_of_whole_tables_has_no_problem(tmp_path):
    assert problems(write_data(tmp_path, KENT_THROUGH_TIME)) == []


@pytest.mark.parametrize("table", ["entities", "relationships", "neighbourhoods", "postcodes"])
def test_a_table_that_lost_its_last_row_is_named(tmp_path, table):
    path = write_data(tmp_path, KENT) / "drawn" / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    [problem] = problems(tmp_path)
    assert f"{path}: {len(lines) - 2} rows where {len(lines) - 1} are expected." in problem


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            "neighbourhoods\ncode | area\nE01000009 | area:E01999999",
            "neighbourhoods E01000009: there is no entity area:E01999999.",
        ),
        ("neighbourhoods\ncode | area\nE01000001 | ", "neighbourhoods: E01000001 stands there twice."),
        (
            "place_names\nname | kind | code\nEden | town | area:E01999999",
            "place_names Eden (town): there is no entity area:E01999999.",
        ),
        (
            "postcodes\noutcode | inward | code\nCT1 | 1AA | E01999999",
            "postcodes CT1 1AA: there is no neighbourhood E01999999.",
        ),
    ],
)
def test_a_place_that_lies_nowhere_is_told(rows, told):
    assert found(f"{KENT}\n{rows}") == [told]


def test_a_folder_without_datasets_is_refused(tmp_path):
    with pytest.raises(DataBroken, match="holds no dataset"):
        dataset_folders(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '"rows"', "{}", '{"rows": 5}'])
def test_a_description_that_cannot_be_read_is_refused_with_its_file(tmp_path, text):
    folder = write_data(tmp_path, KENT) / "drawn"
    (folder / "dataset.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataBroken, match=r"dataset\.json"):
        describe(folder)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ccg:X,clinical_commissioning_group\n", "2 columns where 10 are expected"),
        ("ccg:X" + "," * 10 + "\n", "11 columns where 10 are expected"),
    ],
)
def test_a_row_of_another_width_is_refused_with_file_and_line(tmp_path, line, told):
    folder = write_data(tmp_path, TWO) / "drawn"
    with (folder / "entities.csv").open("a", encoding="utf-8") as file:
        file.write(line)
    with pytest.raises(DataBroken, match=rf"entities\.csv:4: {told}"):
        list(read_rows(folder, "entities"))


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b\x08\x00broken", b"no gzip at all"])
def test_a_packed_table_that_cannot_be_unpacked_is_refused_with_its_name(tmp_path, damage):
    folder = write_data(tmp_path, TWO) / "drawn"
    (folder / "entities.csv").unlink()
    (folder / "entities.csv.gz").write_bytes(damage)
    with pytest.raises(DataBroken, match=r"entities\.csv\.gz"):
        list(read_rows(folder, "entities"))


@pytest.mark.parametrize("start", [2000, 3000, 5000])
def test_a_packed_table_with_damage_in_the_middle_is_refused_with_its_name(tmp_path, start):
    names = "\n".join(f"practice:P{number:05} | Practice {number * 7919 % 10007}" for number in range(3000))
    folder = write_data(tmp_path, f"entities\nid | name\n{names}") / "drawn"
    path = folder / "entities.csv.gz"
    raw = path.read_bytes()
    path.write_bytes(raw[:start] + b"\xff" * 50 + raw[start + 50 :])
    with pytest.raises(DataBroken, match=r"entities\.csv\.gz"):
        list(read_rows(folder, "entities"))


def test_other_columns_are_refused(tmp_path):
    folder = write_data(tmp_path, TWO) / "drawn"
    path = folder / "entities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("id,kind", "id,sort"), encoding="utf-8")
    with pytest.raises(DataBroken, match=r"entities\.csv:1: the columns are"):
        list(read_rows(folder, "entities"))


def test_a_text_in_another_encoding_is_refused(tmp_path):
    folder = write_data(tmp_path, TWO) / "drawn"
    path = folder / "entities.csv"
    path.write_bytes(path.read_bytes().replace(b"A,2013", b"\xc9,2013"))
    with pytest.raises(DataBroken, match=r"entities\.csv:2: cannot be read"):
        list(read_rows(folder, "entities"))


def test_what_is_not_a_number_is_refused_where_one_must_stand(tmp_path):
    folder = write_data(tmp_path, KENT) / "drawn"
    path = folder / "neighbourhoods.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",300", ",many"), encoding="utf-8")
    [problem] = problems(tmp_path)
    assert problem.startswith(f"{path}:2: neighbourhoods E01000001: “many” in population is not a number.")
