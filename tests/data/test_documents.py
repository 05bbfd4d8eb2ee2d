"""What the five documents state: the plan of the day, its lines, nothing left out and no sentence copied."""

from __future__ import annotations

import re
from functools import cache

import pytest

from orgmap.graphmodel.vocabulary import kind_of, kinds, topics
from orgmap.loaders.curated import WHY, lines
from tests.data.one_dataset import SHARED, Rows, needs_shared, rows_of

DOCUMENTS = ("000", "001", "002", "003", "004")

TITLES = 12
"""So many words in a row may be the same as in a document: names of bodies are long."""

LISTS_OF_NAMES = {"003-158-1", "003-231-2"}
"""Statements that are lists of headings or indicators: their names are facts."""


@cache
def statements() -> tuple[dict[str, str], ...]:
    return tuple(rows_of("documents", "statements"))


def told(**cells: str) -> list[dict[str, str]]:
    """The statements with these cells."""
    return [row for row in statements() if all(row[column] == value for column, value in cells.items())]


def cites(row: dict[str, str], document: str, line: int) -> bool:
    """Whether a statement cites a line of a document."""
    return (document, line) in places_of(row)


def places_of(row: dict[str, str]) -> set[tuple[str, int]]:
    """The places that a statement cites: document and line."""
    parts = zip(row["document"].split(), row["locator"].split(" | "), strict=True)
    return {(document, int(line)) for document, part in parts for line in re.findall(r"\d+", _lines(part))}


def _lines(locator: str) -> str:
    return " ".join(part.rpartition("line")[2] for part in locator.split("; ") if "line" in part)


def test_there_are_five_documents_with_their_days():
    assert {
        row["id"]: (row["valid_from"], row["from_precision"]) for row in rows_of("documents", "entities")
    } == {
        "doc:000": ("2012-07-01", "month"),
        "doc:001": ("2011-08-01", "month"),
        "doc:002": ("2012-09-25", "approx"),
        "doc:003": ("2011-12-19", ""),
        "doc:004": ("2019-09-10", ""),
    }


def test_every_document_states_something():
    for document in DOCUMENTS:
        assert len([row for row in statements() if document in row["document"].split()]) > 100


@pytest.mark.parametrize(
    ("line", "day"),
    [(3, "2012-09-25"), (60, "2012-09-25"), (131, "2012-07-13"), (169, "2012-07-05"), (193, "2012-04-24")],
)
def test_each_item_of_a_page_was_said_on_its_own_day(line, day):
    assert {row["stated_on"] for row in told(document="002") if cites(row, "002", line)} == {day}


def test_in_august_2011_authorities_were_to_end_in_october_2012_and_in_april_2013():
    ends = [
        row for row in told(topic="date", subject="strategic_health_authority") if row["status"] == "disputed"
    ]
    ends += told(
        topic="date",
        status="disputed",
        subject="strategic_health_authority; strategic_health_authority_cluster",
    )
    assert {(row["valid_from"], row["from_precision"], row["stated_on"]) for row in ends} == {
        ("2012-10-01", "month", "2011-08-01"),
        ("2013-04-01", "month", "2011-08-01"),
    }
    assert {one["id"] for one in ends} <= {other for one in ends for other in one["contradicts"].split()}


def test_a_plan_is_never_told_as_a_fact():
    for row in told(topic="milestone"):
        assert row["status"] in ("planned", "conditional")
    for row in statements():
        if row["document"] in ("000", "001", "003") and row["valid_from"] > row["stated_on"]:
            assert row["status"] != "in_force", row["id"]


def test_what_is_likely_is_provisional():
    listed = told(series="public health services for the Secretary of State")
    assert len(listed) == 7
    assert {row["status"] for row in listed} == {"provisional"}


def test_a_condition_is_said():
    with_bill = [
        row for row in told(series="Annex 2 milestones") if "Health and Social Care Bill" in row["text"]
    ]
    assert {(row["part"], row["status"]) for row in with_bill} == {
        ("Q1 2012/13", "conditional"),
        ("Q2 2012/13", "conditional"),
        ("Q3 2012/13", "conditional"),
    }


@pytest.mark.parametrize(
    ("line", "due"), [(315, "2012-03-31"), (399, "2012-08"), (501, "2012-10"), (485, "2013-04-01")]
)
def test_deadlines_have_the_precision_of_the_text(line, due):
    assert {row["due"] for row in told(topic="milestone") if cites(row, "003", line)} == {due}


def test_the_milestones_are_counted_by_stream_and_quarter():
    listed = told(series="Annex 2 milestones", topic="milestone")
    assert len(listed) == 101
    second = [r for r in listed if r["part"] == "Q2 2012/13" and r["subject"] == "primary_care_trust_cluster"]
    assert {
        stream: len([r for r in second if r["about"].split("; ")[0] == stream])
        for stream in {r["about"].split("; ")[0] for r in second}
    } == {
        "commissioning": 10,
        "health and wellbeing boards": 2,
        "public health": 1,
    }


def test_the_indicators_are_counted_by_group():
    listed = told(topic="indicator")
    groups = [row["about"] for row in listed]
    assert {one: groups.count(one) for one in groups} == {
        "Quality": 13,
        "Public Health": 2,
        "Resources": 11,
        "Reform": 10,
    }


def test_the_cells_of_table_2_add_up_to_its_totals():
    cells = told(series="table 2, South of England") + told(subject="South of England", topic="number")
    for unit, number in (("people", 13313000), ("CCGs", 50), ("Health and Wellbeing Boards", 34)):
        teams = [row for row in cells if row["unit"] == unit and row["subject"].startswith("at:")]
        assert len(teams) == 7
        assert sum(int(row["value"]) for row in teams) == number
        assert {
            row["value"] for row in cells if row["subject"] == "South of England" and row["unit"] == unit
        } == {str(number)}
        for row in teams:
            # The sentence that tells the people of a team names its other cells, too.
            [people] = [
                one for one in teams + cells if one["subject"] == row["subject"] and one["unit"] == "people"
            ][:1]
            assert unit == "people" or re.search(rf"\b{row['value']} {unit}", people["text"])


def test_every_topic_is_used_and_explained():
    assert {row["topic"] for row in statements()} == set(topics())


def test_statements_that_contradict_are_both_there():
    ids = {row["id"]: row for row in statements()}
    for row in statements():
        for other in row["contradicts"].split():
            assert other in ids
            assert other != row["id"]


def test_what_is_not_stated_is_asked_as_one_would_ask():
    first = {row["text"].split()[0] for row in told(topic="not_stated")}
    assert first <= {"Which", "Who", "What", "When", "Where", "Whether", "How", "By"}


def test_every_statement_is_a_sentence():
    for row in statements():
        assert row["text"][0].isupper() or row["text"][0] in "“0123456789", row["id"]
        assert row["text"][-1] in ".?", row["id"]
        assert len(row["text"]) < 500, row["id"]


def test_bodies_and_kinds_are_those_of_the_graph():
    prefixes = {kind.prefix for kind in kinds().values()}
    for row in statements():
        for part in f"{row['subject']}; {row['object']}".split("; "):
            if re.match(r"[a-z]+:", part):
                assert kind_of(part), f"{row['id']} {part}"
            else:
                assert part not in prefixes, f"{row['id']} {part}"


@pytest.fixture(scope="module")
def facts():
    pytest.importorskip("yaml", reason="PyYAML is needed to read the compiled lists")
    from tests.data.listed_facts import read_facts

    return read_facts()


def written() -> list[dict[str, str]]:
    """The statements as people wrote them; in the column for people stand the listed items that each tells."""
    return [row for _, row in lines("documents/statements")]


@needs_shared
def test_every_listed_fact_is_told_by_a_statement(facts):
    from tests.data.listed_facts import BESIDE

    items = {item for row in written() for item in row[WHY].split()}
    cited = {place for row in written() for place in places_of(row)}
    assert items <= facts.list_of.keys()
    untold = facts.list_of.keys() - items
    assert [i for i in untold if facts.list_of[i] not in BESIDE or not cited & facts.lines[i]] == []


@needs_shared
def test_a_statement_cites_a_line_that_the_list_gives_for_it(facts):
    """Where a row names an item, it cites one of the item's lines; what the lists find nowhere has none."""
    from tests.data.listed_facts import BESIDE

    for row in written():
        cited = places_of(row)
        for item in row[WHY].split():
            listed = facts.lines[item]
            beside = facts.list_of[item] in BESIDE
            assert beside or not listed or not cited or listed & cited, (
                f"{row['id']} {item}: {sorted(listed)}"
            )


@needs_shared
def test_no_sentence_of_a_document_is_copied():
    runs = {tuple(words[i : i + TITLES + 1]) for words in _documents() for i in range(len(words) - TITLES)}
    copied = []
    for row in statements():
        words = _words(row["text"])
        if any(tuple(words[i : i + TITLES + 1]) in runs for i in range(len(words) - TITLES)):
            copied.append(row["id"])
    assert set(copied) <= LISTS_OF_NAMES


def _documents() -> list[list[str]]:
    return [_words(path.read_text(encoding="utf-8")) for path in sorted((SHARED / "seeds").glob("*.txt"))]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))


@needs_shared
def test_numbers_stand_in_the_lines_that_are_cited():
    """A number of a statement is read from one of its lines, unless it is counted or derived."""
    text = {p.name[:3]: p.read_text(encoding="utf-8").splitlines() for p in (SHARED / "seeds").glob("*.txt")}
    for row in told(topic="number"):
        if row["value"].isdigit() and int(row["value"]) > 100 and len(row["document"]) == 3:
            short = row["value"].rstrip("0")
            own = re.findall(r"\d+", _lines(row["locator"]))
            cited = (
                " ".join(text[row["document"]][int(line) - 1] for line in own)
                .replace(",", "")
                .replace(".", "")
            )
            assert short in cited, row["id"]


def test_the_rows_are_those_that_were_compiled() -> None:
    rows: Rows = rows_of("documents", "statements")
    assert len(rows) == len({row["id"] for row in rows}) == len(written())
