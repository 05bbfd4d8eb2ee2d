"""The JSON that scripts rely on: the shapes of the contract, and nothing found is still valid JSON."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Orgmap
from tests.cli.examples import AMBIGUOUS, ANSWERED, AT, NOTHING

THANET = {
    "id": "ccg:10E",
    "kind": "clinical_commissioning_group",
    "name": "NHS Thanet CCG",
    "valid_from": "2013-04-01",
    "valid_until": "2020-04-01",
    "codes": {"ods": "10E"},
}
DRAWN = {"source": "drawn", "title": "Drawn for the test", "locator": None, "url": None}
CITED = {**THANET, "sources": [DRAWN]}
FACT_KEYS = [
    "subject", "verb", "object", "about", "population", "basis", "status", "valid_from", "valid_until", "stated_on",
    "sources",
]  # fmt: skip


def test_find_gives_the_place_and_a_role_for_each_body(orgmap: Orgmap) -> None:
    told = orgmap("find", "ct91aa", *AT, "--format", "json").json
    assert list(told) == ["query", "at", "place", "bodies", "notes"]
    assert (told["query"], told["at"]) == ("ct91aa", "2013-12-01")
    assert told["place"] == {"kind": "postcode", "name": "CT9 1AA", "described": "CT9 1AA, a postcode"}
    assert told["bodies"][0] == {"role": "commissioner", **THANET, "basis": "published", "sources": [DRAWN]}


def test_find_gives_shares_of_a_place_in_two_bodies(orgmap: Orgmap) -> None:
    bodies = orgmap("find", "CT9 9ZZ", *AT, "--format", "json").json["bodies"]
    shares = {
        body["id"]: (body["share"], body["share_of"]) for body in bodies if body["role"] == "commissioner"
    }
    assert shares == {"ccg:10E": (0.75, "population mid-2020"), "ccg:09E": (0.25, "population mid-2020")}


def test_an_open_end_is_null(orgmap: Orgmap) -> None:
    [board] = orgmap("list", "icb", "--at", "2022-07-01", "--format", "json").json
    assert (board["valid_from"], board["valid_until"]) == ("2022-07-01", None)


def test_list_gives_an_array_of_entities(orgmap: Orgmap) -> None:
    told = orgmap("list", "ccg", *AT, "--format", "json").json
    assert told[1] == CITED
    assert [body["id"] for body in told] == ["ccg:09E", "ccg:10E"]


def test_search_gives_entities_and_the_name_that_matched(orgmap: Orgmap) -> None:
    told = orgmap("search", "margate", "group", "--format", "json").json
    assert told == {"query": "margate group", "bodies": [{**CITED, "matched": "Margate Group"}], "notes": []}


def test_show_gives_the_body_and_facts(orgmap: Orgmap) -> None:
    told = orgmap("show", "ccg:10E", *AT, "--format", "json").json
    assert told["body"] == THANET
    [fact] = [fact for fact in told["relations"] if fact["verb"] == "part_of"]
    assert list(fact) == [*FACT_KEYS, "subject_name", "object_name"]
    assert (fact["subject"], fact["object"], fact["about"], fact["stated_on"]) == (
        "ccg:10E",
        "at:Q67",
        None,
        None,
    )
    assert (fact["basis"], fact["status"], fact["sources"]) == ("published", "in_force", [DRAWN])


def test_lineage_gives_the_body_and_events(orgmap: Orgmap) -> None:
    told = orgmap("lineage", "ccg:10E", "--forward", "--format", "json").json
    assert list(told) == ["body", "events", "notes"]
    assert told["body"] == THANET
    merger = told["events"][0]
    assert {"date", "kind", "predecessors", "successors", "about", "weight", "counts", "sources"} <= set(
        merger
    )
    assert (merger["date"], merger["kind"], merger["weight"], merger["counts"]) == (
        "2020-04-01",
        "merged",
        1.0,
        "practices",
    )
    assert merger["predecessors"] == [THANET]
    assert [body["id"] for body in merger["successors"]] == ["ccg:91Q"]


def test_diff_gives_what_started_ended_and_changed(orgmap: Orgmap) -> None:
    told = orgmap("diff", "2020-03-31", "1 April 2020", "--kind", "ccg", "--format", "json").json
    assert list(told) == [
        "before", "after", "started", "ended", "changed", "relations_started", "relations_ended", "events", "notes",
    ]  # fmt: skip
    assert (told["before"], told["after"]) == ("2020-03-31", "2020-04-01")
    assert [body["id"] for body in told["started"]] == ["ccg:91Q"]
    assert told["ended"][1] == CITED
    assert list(told["relations_ended"][0]) == FACT_KEYS
    assert [event["kind"] for event in told["events"]] == ["merged"]


def test_reform_gives_the_same_with_its_reform(orgmap: Orgmap) -> None:
    told = orgmap("reform", "2013", "--format", "json").json
    assert told.pop("reform")["id"] == "reform:2013"
    assert told == orgmap("diff", "2013-03-31", "2013-04-01", "--format", "json").json


def test_crosswalk_gives_rows_and_what_did_not_map(orgmap: Orgmap) -> None:
    told = orgmap(*ANSWERED["crosswalk"], "--format", "json").json
    assert list(told) == [
        "from",
        "to",
        "weighted_by",
        "rows",
        "unmapped",
        "unmapped_from",
        "unmapped_to",
        "notes",
    ]
    assert [(row["from"], row["to"], row["share_of_from"]) for row in told["rows"]] == [
        ("pct:5QA", "ccg:09E", 0.25),
        ("pct:5QA", "ccg:10E", 0.75),
    ]


def test_a_hidden_status_is_said_on_standard_error(orgmap: Orgmap) -> None:
    told = orgmap("list", "ccg", "--at", "2013-03-31", "--format", "json")
    assert (told.code, told.json) == (1, [])
    assert "1 more with the status “shadow” are not shown; --include shadow shows them." in told.err
    asked = orgmap("list", "ccg", "--at", "2013-03-31", "--include", "shadow", "--format", "json")
    assert [(body["id"], body["status"]) for body in asked.json] == [("ccg:10E", "shadow")]


@pytest.mark.parametrize("question", NOTHING.values(), ids=NOTHING)
def test_nothing_found_is_valid_json_and_the_reason_is_said(
    orgmap: Orgmap, question: tuple[str, ...]
) -> None:
    told = orgmap(*question, "--format", "json")
    if isinstance(told.json, list):
        assert told.json == []
    else:
        lists = [value for key, value in told.json.items() if isinstance(value, list) and key != "notes"]
        assert lists
        assert not any(lists)
    assert orgmap(*question, "--format", "ndjson").lines == []


def test_the_same_keys_stand_there_when_nothing_is_found(orgmap: Orgmap) -> None:
    for command in ("find", "search", "lineage", "diff", "show", "reform"):
        full = orgmap(*ANSWERED[command], "--format", "json").json
        empty = orgmap(*NOTHING[command], "--format", "json").json
        assert set(empty) <= set(full)
        assert {"find": "bodies", "search": "bodies"}.get(command, "events") in empty


@pytest.mark.parametrize("question", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_candidates_are_in_the_json_too(orgmap: Orgmap, question: tuple[str, ...]) -> None:
    told = orgmap(*question, "--format", "json").json
    assert len(told["candidates"]) == 2


def test_reforms_and_sources_are_arrays(orgmap: Orgmap) -> None:
    [undated, reform] = orgmap("reforms", "--format", "json").json
    assert (reform["id"], reform["sources"][0]["locator"]) == ("reform:2013", None)
    assert undated["sources"][0]["verified"] is False
    assert [source["id"] for source in orgmap("sources", "--format", "json").json] == [
        "act",
        "drawn",
        "memory",
    ]


def test_cite_gives_references(orgmap: Orgmap) -> None:
    told = orgmap(*ANSWERED["cite"], "--format", "json").json
    assert told == {
        "query": "ccg:10E member_of stp:QKS",
        "statement": "NHS Thanet CCG is a member of Kent STP",
        "references": ["Drawn for the test."],
    }


def test_data_go_to_standard_output_and_words_to_standard_error(orgmap: Orgmap) -> None:
    told = orgmap("find", "CT9 9ZZ", *AT, "--format", "json")
    assert "no longer in use" in told.json["notes"][0]
    assert told.err.splitlines() == [f"note: {note}" for note in told.json["notes"]]


@pytest.mark.parametrize("command", ["find", "list", "show", "lineage", "diff", "search"])
def test_both_stores_give_the_same(orgmap: Orgmap, command: str) -> None:
    question = (*ANSWERED[command], "--format", "json")
    assert orgmap(*question, "--store", "networkx:") == orgmap(*question)
