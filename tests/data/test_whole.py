"""All datasets together: every row counted and cited, and nothing said of a body outside its life."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from graphmodel.datafiles import data_folder
from graphmodel.model import BASES, DATE_PRECISIONS, STATUSES
from graphmodel.tables import TABLES
from graphmodel.vocabulary import event_kinds, kind_of, kinds, verbs
from loaders.compile import ORDER
from loaders.dataset import About, dataset_folders, describe, read_rows

DATA = data_folder()
BULK = {"neighbourhoods", "postcodes", "place_names"}
"""Tables about places: large, and without periods and sources of their own."""

NAME_USES = {"official", "former", "alias", "abbreviation"}
SHOWN = 12
"""How many wrong rows a failed test shows."""


class Row(NamedTuple):
    """A row of a table, and the dataset it is in."""

    dataset: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:  # type: ignore[override]
        return self.cells[column]

    def __str__(self) -> str:
        return f"{self.dataset}: " + " ".join(f"{name}={cell}" for name, cell in self.cells.items() if cell)


def expect_none(found: Iterable[object], about: str = "") -> None:
    """Fails with the first rows that break a rule, and with how many there are in each dataset."""
    lines = [str(row) for row in found]
    if lines:
        counts = dict(Counter(line.partition(":")[0] for line in lines))
        pytest.fail("\n".join([f"{len(lines)} rows {about} {counts}", *lines[:SHOWN]]), pytrace=False)


@pytest.fixture(scope="module")
def tables() -> dict[str, list[Row]]:
    """The rows of all datasets by table, those about places left out."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for folder in dataset_folders(DATA):
        for name in TABLES.keys() - BULK:
            columns = TABLES[name].columns
            rows[name] += [
                Row(folder.name, dict(zip(columns, row, strict=True))) for row in read_rows(folder, name)
            ]
    return rows


@pytest.fixture(scope="module")
def lives(tables: dict[str, list[Row]]) -> dict[str, tuple[str, str]]:
    """The legal start and end of every entity; a blank is open or not known."""
    return {row["id"]: (row["valid_from"], row["valid_until"]) for row in tables["entities"]}


@pytest.fixture(scope="module")
def whole_lives(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """The same with the phases before and after the legal life, in which shadow and planned facts may lie."""
    out = dict(lives)
    for row in tables["phases"]:
        start, end = out[row["entity"]]
        first = "" if not start or not row["valid_from"] else min(start, row["valid_from"])
        last = "" if not end or not row["valid_until"] else max(end, row["valid_until"])
        out[row["entity"]] = (first, last)
    return out


def folders() -> list[Path]:
    """The dataset folders, for one test each."""
    return dataset_folders(DATA)


@pytest.mark.parametrize("name", ["entities", "phases", "relationships"])
def test_a_blank_start_is_said_to_be_not_known(tables: dict[str, list[Row]], name: str) -> None:
    # Codes, names and addresses may be undated: they hold as long as the body does.
    expect_none(row for row in tables[name] if not row["valid_from"] and row["from_precision"] != "not_known")


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
    assert [field for field in About._fields if not about.get(field)] == []
    date.fromisoformat(about["horizon"])
    date.fromisoformat(about["as_of"])


def test_every_dataset_can_be_compiled_again_and_is_explained() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S))
    for folder in folders():
        assert folder.name in ORDER
        assert sections[folder.name].strip()


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
    assert sorted(line for line in lines if line not in text) == []


def test_every_row_cites_a_source_that_is_described(tables: dict[str, list[Row]]) -> None:
    known = {row["id"] for row in tables["sources"]}
    for name, table in TABLES.items():
        if "source" in table.columns:
            expect_none((row for row in tables[name] if row["source"] not in known), name)


def test_a_dataset_describes_the_sources_it_cites(tables: dict[str, list[Row]]) -> None:
    own = {(row.dataset, row["id"]) for row in tables["sources"]}
    for name, table in TABLES.items():
        if "source" in table.columns:
            expect_none((row for row in tables[name] if (row.dataset, row["source"]) not in own), name)


def test_a_source_is_described_in_one_way(tables: dict[str, list[Row]]) -> None:
    ways: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in tables["sources"]:
        ways[row["id"]].add(tuple(row.cells.values()))
    assert {source for source, described in ways.items() if len(described) > 1} == set()
    expect_none(row for row in tables["sources"] if not row["title"] or row["verified"] not in {"yes", "no"})


@pytest.mark.parametrize("name", sorted(TABLES.keys() - BULK - {"sources"}))
def test_no_two_rows_say_the_same_thing(tables: dict[str, list[Row]], name: str) -> None:
    key = TABLES[name].key
    seen = Counter(tuple(row[column] for column in key) for row in tables[name])
    expect_none(row for row in tables[name] if seen[tuple(row[column] for column in key)] > 1)


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if "valid_from" in table.columns])
def test_periods_are_days_in_the_right_order(tables: dict[str, list[Row]], name: str) -> None:
    expect_none(row for row in tables[name] if not period_is_sound(row))


def period_is_sound(row: Row) -> bool:
    """Whether both dates are days or blank, in order, and as exact as the row says."""
    start, end = row["valid_from"], row["valid_until"]
    exact = (row["from_precision"], row["until_precision"])
    if not set(exact) <= set(DATE_PRECISIONS) or (start and end and start >= end):
        return False
    if not is_day(start) or not is_day(end) or (start and exact[0] == "not_known"):
        return False
    return exact[1] == "" if not end and exact[1] != "not_known" else not (end and exact[1] == "not_known")


def is_day(text: str) -> bool:
    """Whether the text is blank or an ISO date in the time that the tables speak of."""
    if not text:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text and "1850" < text < "2031"
    except ValueError:
        return False


def test_an_entity_has_a_kind_of_the_vocabulary_and_the_prefix_of_that_kind(
    tables: dict[str, list[Row]],
) -> None:
    expect_none(row for row in tables["entities"] if row["kind"] not in kinds())
    expect_none(row for row in tables["entities"] if kind_of(row["id"]) != row["kind"])


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
    expect_none(row for row in weighed if not row["counts"] or not 0 < float(row["weight"] or 0) <= 1)


def test_weights_of_one_predecessor_do_not_exceed_the_whole(tables: dict[str, list[Row]]) -> None:
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for row in tables["successions"]:
        if row["weight"]:
            sums[row["event"], row["predecessor"], row["about"], row["counts"]] += float(row["weight"])
    assert {key: total for key, total in sums.items() if total > 1.001} == {}


@pytest.mark.parametrize("name", ["phases", "names", "identifiers", "locations"])
def test_rows_about_a_body_are_about_one_that_exists(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]], name: str
) -> None:
    expect_none(row for row in tables[name] if row["entity"] not in lives)


def test_both_ends_of_every_relationship_exist(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    rows = tables["relationships"]
    expect_none(row for row in rows if row["subject"] not in lives or row["object"] not in lives)
    expect_none(row for row in rows if row["subject"] == row["object"])


def test_a_relationship_lies_within_the_lives_of_both_ends(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]], whole_lives: dict[str, tuple[str, str]]
) -> None:
    outside = []
    for row in tables["relationships"]:
        known = lives if row["status"] == "in_force" else whole_lives
        for end in (row["subject"], row["object"]):
            if end in known and not lies_within((row["valid_from"], row["valid_until"]), known[end]):
                outside.append(f"{row} [{end} lived {known[end]}]")
    expect_none(outside)


def lies_within(period: tuple[str, str], life: tuple[str, str]) -> bool:
    """Whether a period neither begins before a life nor ends after it; a blank is open."""
    starts = not life[0] or life[0] <= period[0]
    ends = not life[1] or bool(period[1] and period[1] <= life[1])
    return starts and ends


def test_a_phase_does_not_overlap_the_legal_life(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    shadow = [
        row for row in tables["phases"] if row["status"] in {"shadow", "planned"} and row["entity"] in lives
    ]
    expect_none(
        row for row in shadow if not row["valid_until"] or row["valid_until"] > lives[row["entity"]][0]
    )


CODE_OF_ITS_AREA = {"health_and_wellbeing_board", "local_healthwatch", "local_involvement_network", "area"}
"""Kinds whose ids borrow the code of their area: no register gives them one of their own."""


def test_every_organisation_of_a_register_has_its_code_as_an_identifier(tables: dict[str, list[Row]]) -> None:
    coded = {row["entity"] for row in tables["identifiers"]}
    without = [
        row
        for row in tables["entities"]
        if row["kind"] not in CODE_OF_ITS_AREA
        and re.fullmatch(r"[A-Z0-9]{3,}", row["id"].partition(":")[2])
        and row["id"] not in coded
    ]
    expect_none(without)


def test_a_code_belongs_to_one_body_at_a_time(tables: dict[str, list[Row]]) -> None:
    holders: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in tables["identifiers"]:
        if row["valid_from"] or row["valid_until"]:
            holders[row["scheme"], row["code"], row["entity"].partition(":")[0]].append(row)
    clashing = [
        f"{first} AND {second}"
        for rows in holders.values()
        for number, first in enumerate(rows)
        for second in rows[number + 1 :]
        if overlap(first, second)
    ]
    expect_none(clashing)


def overlap(first: Row, second: Row) -> bool:
    """Whether two rows hold on the same day."""
    return (first["valid_from"] < (second["valid_until"] or "9999")) and (
        second["valid_from"] < (first["valid_until"] or "9999")
    )


def ends_of_events(tables: dict[str, list[Row]]) -> dict[str, tuple[set[str], set[str]]]:
    """The predecessors and the successors of each event that has any."""
    ends: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in tables["successions"]:
        for side, column in enumerate(("predecessor", "successor")):
            ends[row["event"]][side].update(filter(None, [row[column]]))
    return ends


def test_an_event_has_as_many_predecessors_and_successors_as_its_kind_asks_for(
    tables: dict[str, list[Row]],
) -> None:
    ends = ends_of_events(tables)
    expect_none(row for row in tables["events"] if row["kind"] not in event_kinds())
    broken = []
    for row in tables["events"]:
        kind = event_kinds()[row["kind"]]
        before, after = ends[row["id"]]
        if not (fits(len(before), kind.predecessors) and fits(len(after), kind.successors)):
            broken.append(f"{row} [{sorted(before)} → {sorted(after)}]")
    expect_none(broken)


def fits(count: int, rule: str) -> bool:
    """Whether a count fits a rule such as “2+” or “1”."""
    return count >= int(rule[:-1]) if rule.endswith("+") else count == int(rule)


def test_every_succession_belongs_to_an_event_between_bodies_that_exist(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    events = {row["id"] for row in tables["events"]}
    expect_none(row for row in tables["successions"] if row["event"] not in events)
    for column in ("predecessor", "successor"):
        expect_none(row for row in tables["successions"] if row[column] and row[column] not in lives)
    expect_none(row for row in tables["successions"] if row["predecessor"] == row["successor"])


def test_an_event_has_a_day_and_says_how_exactly_it_is_known(tables: dict[str, list[Row]]) -> None:
    rows = tables["events"]
    expect_none(row for row in rows if not is_day(row["date"]) or row["precision"] not in DATE_PRECISIONS)
    expect_none(row for row in rows if (not row["date"]) != (row["precision"] == "not_known"))
    expect_none(row for row in rows if row["date"] and row["date"] not in row["id"] and not row["precision"])


ENDING = {"merged", "replaced", "renamed", "split", "reorganised", "abolished"}
"""Changes that a predecessor does not outlive, unless it is a successor too."""


def test_a_body_ends_on_the_day_it_was_merged_replaced_split_or_abolished(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    ends = ends_of_events(tables)
    other = [
        f"{row} [{body} ends {lives[body][1] or 'never'}]"
        for row in tables["events"]
        if row["kind"] in ENDING and row["date"]
        for body in sorted(ends[row["id"]][0] - ends[row["id"]][1])
        if body in lives and lives[body][1] != row["date"]
    ]
    expect_none(other)


def test_a_successor_is_there_on_the_day_of_the_change(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    ends = ends_of_events(tables)
    absent = [
        f"{row} [{body} lived {lives[body]}]"
        for row in tables["events"]
        if row["date"] and row["kind"] != "clustered"
        for body in sorted(ends[row["id"]][1])
        if body in lives and not lives[body][0] <= row["date"] < (lives[body][1] or "9999")
    ]
    expect_none(absent)


def test_a_statutory_commissioner_that_ended_has_an_event_that_says_why(tables: dict[str, list[Row]]) -> None:
    ended = {body for before, _ in ends_of_events(tables).values() for body in before}
    kinds_asked = {"primary_care_trust", "clinical_commissioning_group", "integrated_care_board"}
    rows = [row for row in tables["entities"] if row["kind"] in kinds_asked and row["valid_until"]]
    expect_none(row for row in rows if row["id"] not in ended)
