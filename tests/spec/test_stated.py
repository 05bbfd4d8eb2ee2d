"""What documents state: the nearest statement first, plans labelled, contradictions side by side, gaps told as gaps."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.known import KnownStore
from orgmap.loaders.build import from_tables
from orgmap.loaders.check import faults
from orgmap.queries.citing import cite
from orgmap.queries.documents.statements import stated
from tests.worlds import world


def said(id_: str, topic: str, text: str, **cells: str) -> str:
    """One statement as a table of its own: it has too many cells for a row of a drawn table."""
    number = id_[:3]
    day = {"001": "2011-08-01", "002": "2012-07-01"}[number]
    row = {"id": id_, "document": number, "topic": topic, "text": text, "stated_on": day, **cells}
    return f"\n\nstatements\n{' | '.join(row)}\n{' | '.join(row.values())}"


BODIES = """
entities
id                   | name              | valid_from
doc:001              | A briefing        | 2011-08-01
doc:002              | A later paper     | 2012-07-01
ccg:10E              | NHS Thanet CCG    | 2013-04-01
ccg:09E              | NHS Canterbury CCG | 2013-04-01
sha:Q37              | South East Coast  | 2006-07-01
national:nhs_england | NHS England       | 2012-10-01
service:gp           | General practice  |"""

SHA, PCTC = "strategic_health_authority", "primary_care_trust_cluster"
CCG = "clinical_commissioning_group"
FIRST = {"series": "Annex 2 milestones", "part": "Q1 2012/13", "due": "2012-06-30", "status": "planned"}
THIRD = {"series": "Annex 2 milestones", "part": "Q3 2012/13", "due": "2012-10", "status": "planned"}
IN_2012 = {"status": "disputed", "valid_from": "2012-10-01", "contradicts": "001-2-1"}
IN_2013 = {"status": "disputed", "valid_from": "2013-04-01", "contradicts": "001-1-1"}
GP = {"about": "GP services; service:gp", "status": "planned", "valid_from": "2013-04-01"}

PAPERS = "".join(
    (
        BODIES,
        said("001-1-1", "date", "SHAs are abolished in October 2012.", subject=SHA, **IN_2012),
        said("001-2-1", "date", "SHAs cease in April 2013, says a table.", subject=SHA, **IN_2013),
        said(
            "001-3-1",
            "service",
            "GP services are commissioned by the NHS Commissioning Board.",
            subject="national:nhs_england",
            **GP,
        ),
        said("001-4-1", "number", "There are 257 pathfinder groups.", value="257", unit="pathfinder CCGs"),
        said(
            "001-5-1",
            "not_stated",
            "Which ten area teams lead on specialised services.",
            subject="area_team",
        ),
        said(
            "001-5-2",
            "service",
            "Ten area teams lead on specialised services.",
            subject="area_team",
            status="planned",
            value="10",
            unit="area teams",
        ),
        said(
            "002-1-1",
            "milestone",
            "Clusters must agree plans.",
            subject=f"{PCTC}; {CCG}",
            about="commissioning",
            **FIRST,
        ),
        said(
            "002-2-1", "milestone", "Clusters must test them.", subject=PCTC, about="public health", **THIRD
        ),
        said(
            "002-3-1",
            "milestone",
            "Clusters must adopt a form.",
            subject=f"{SHA}_cluster",
            about="commissioning",
            **FIRST,
        ),
        said(
            "002-4-1",
            "relation",
            "Thanet and Canterbury apply in wave 4.",
            subject="ccg:10E; ccg:09E",
            status="planned",
            valid_from="2012-11-01",
            locator="line 4",
        ),
        said("002-5-1", "rule", "Groups need a registered nurse on the board.", subject=CCG),
    )
)


def ids(answer: dict) -> list[str]:
    """The ids of an answer, nearest first."""
    return [one["id"] for one in answer["statements"]]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("When are strategic health authorities abolished?", "001-1-1"),
        ("who commissions GP services", "001-3-1"),
        ("How many pathfinders are there?", "001-4-1"),
        ("registered nurses", "002-5-1"),
        ("in which wave does Thanet apply?", "002-4-1"),
        ("NHSCB commissions general practice", "001-3-1"),
    ],
)
def test_the_statement_that_answers_comes_first(build, text, first):
    assert ids(stated(build(PAPERS), text))[0] == first


def test_words_of_one_meaning_are_one_word(build):
    store = build(PAPERS)
    for text in ("SHA abolition", "strategic health authorities cease", "SHAs abolished"):
        assert set(ids(stated(store, text))[:2]) == {"001-1-1", "001-2-1"}


def test_a_contradicting_statement_stands_beside_even_if_its_words_are_far(build):
    answer = stated(build(PAPERS), "October 2012")
    assert ids(answer)[0] == "001-1-1"
    assert "001-2-1" in ids(answer)
    assert answer["statements"][0]["contradicts"] == ["001-2-1"]
    assert {one["status"] for one in answer["statements"]} == {"disputed"}


@pytest.mark.parametrize(
    ("day", "found"),
    [("2011-07-31", False), ("2011-08-01", True), ("2012-06-30", True), ("2012-07-01", True)],
)
def test_only_what_had_been_stated_by_the_day_is_known(build, day, found):
    store = build(PAPERS)
    if not found:
        with pytest.raises(NothingFound):
            stated(KnownStore(store, day), "SHAs abolished")
    else:
        assert ids(stated(KnownStore(store, day), "SHAs abolished"))[0] == "001-1-1"


def test_what_was_said_later_is_not_known_before(build):
    store = build(PAPERS)
    assert ids(stated(KnownStore(store, "2012-07-01"), "registered nurse")) == ["002-5-1"]
    with pytest.raises(NothingFound, match="Not stated"):
        stated(KnownStore(store, "2012-06-30"), "registered nurse")


def test_what_a_document_leaves_open_is_told_as_open(build):
    answer = stated(build(PAPERS), "Which ten area teams lead on specialised services?")
    assert ids(answer) == ["001-5-1", "001-5-2"]
    assert answer["stated"] is False
    assert answer["notes"] == ["Not stated: Which ten area teams lead on specialised services."]


def test_the_number_is_stated_though_the_names_are_not(build):
    answer = stated(build(PAPERS), "How many area teams lead on specialised services?")
    assert ids(answer)[0] == "001-5-2"
    assert answer["stated"] is True
    assert (answer["statements"][0]["value"], answer["statements"][0]["unit"]) == ("10", "area teams")


def test_a_name_that_no_statement_has_is_said(build):
    answer = stated(build(PAPERS), "In which wave does Dover apply?")
    assert answer["stated"] is False
    assert "Not stated: no statement has the words dover." in answer["notes"]


@pytest.mark.parametrize("text", ["the moon", "!!!", "what is it"])
def test_nothing_near_is_not_stated_with_what_was_searched(build, text):
    with pytest.raises(NothingFound, match="Not stated in the 2 documents"):
        stated(build(PAPERS), text)


def test_the_document_that_was_searched_is_named(build):
    with pytest.raises(NothingFound, match=r"Not stated in document 002 \(A later paper\)"):
        stated(build(PAPERS), "GP services", document="002")


@pytest.mark.parametrize("document", ["001", "doc:001", "1", "a briefing", "briefing"])
def test_a_document_goes_by_number_id_or_title(build, document):
    assert {one["document"] for one in stated(build(PAPERS), document=document)["statements"]} == {"001"}


def test_an_unknown_document_is_a_mistake_that_names_those_there_are(build):
    with pytest.raises(WrongUse, match="001 A briefing; 002 A later paper"):
        stated(build(PAPERS), "plans", document="009")


def test_without_a_text_all_are_listed_in_their_order(build):
    answer = stated(build(PAPERS))
    assert ids(answer) == sorted(ids(answer))
    assert len(answer["statements"]) == 11


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("NHS Thanet CCG", ["002-4-1"]),
        ("10E", ["002-4-1"]),
        ("area_team", ["001-5-1", "001-5-2"]),
        ("sha", ["001-1-1", "001-2-1"]),
        ("South East Coast", ["001-1-1", "001-2-1"]),
        ("General practice", ["001-3-1"]),
        ("GP services", ["001-3-1"]),
        ("public health", ["002-2-1"]),
    ],
)
def test_a_body_a_kind_or_a_service_leaves_others_out(build, about, found):
    assert ids(stated(build(PAPERS), about=about)) == found


def test_what_holds_for_all_of_a_kind_is_counted_beside_what_names_the_body(build):
    store = build(PAPERS)
    assert stated(store, about="ccg:10E")["notes"] == ["2 more concern every body of its kind."]
    assert ids(stated(store, "registered nurse", about="ccg:10E")) == ["002-5-1"]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ([("subject", "pctc")], ["002-1-1", "002-2-1"]),
        ([("subject", "primary_care_trust_cluster"), ("part", "Q1 2012/13")], ["002-1-1"]),
        ([("series", "annex 2")], ["002-1-1", "002-2-1", "002-3-1"]),
        ([("due", "2012-06")], ["002-1-1", "002-3-1"]),
        ([("due", "2012-06-30"), ("subject", "shac")], ["002-3-1"]),
        ([("status", "disputed")], ["001-1-1", "001-2-1"]),
        ([("valid_from", "2013")], ["001-2-1", "001-3-1"]),
    ],
)
def test_fields_choose_statements(build, where, found):
    assert ids(stated(build(PAPERS), where=where)) == found


def test_statements_are_counted_by_a_field(build):
    store = build(PAPERS)
    answer = stated(store, topic="milestone", count_by="about")
    assert answer["counts"] == {"commissioning": 2, "public health": 1}
    by_body = stated(store, topic="milestone", count_by="subject")["counts"]
    assert by_body["primary_care_trust_cluster"] == 2
    assert by_body["clinical_commissioning_group"] == 1


def test_when_counting_a_text_means_statements_with_all_its_words(build):
    answer = stated(build(PAPERS), "clusters must test", count_by="part")
    assert answer["counts"] == {"Q3 2012/13": 1}


@pytest.mark.parametrize(
    "mistake",
    [{"topic": "gossip"}, {"count_by": "text"}, {"where": [("colour", "red")]}],
)
def test_an_unknown_topic_or_field_is_a_mistake(build, mistake):
    with pytest.raises(WrongUse):
        stated(build(PAPERS), "plans", **mistake)


def test_no_more_than_the_limit_are_shown_and_the_rest_is_said(build):
    answer = stated(build(PAPERS), "clusters must", limit=1)
    assert len(answer["statements"]) == 1
    assert answer["notes"] == ["3 statements are near; the 1 nearest are shown."]


def test_a_statement_carries_its_source_its_line_and_the_names_of_its_bodies(build):
    [one] = stated(build(PAPERS), about="Thanet CCG")["statements"] or [None]
    assert one["sources"] == [
        {"source": "drawn", "title": "Drawn for the test", "locator": "line 4", "url": None}
    ]
    assert one["subject"] == ["ccg:10E", "ccg:09E"]
    assert one["subject_names"] == ["NHS Thanet CCG", "NHS Canterbury CCG"]
    assert (one["status"], one["valid_from"], one["stated_on"]) == ("planned", "2012-11-01", "2012-07-01")


def test_a_world_without_documents_states_nothing(build):
    with pytest.raises(NothingFound, match="Not stated"):
        stated(build("entities\nid | name\nccg:10E | NHS Thanet CCG"), "plans")


def test_a_statement_has_its_reference(build):
    assert cite(build(PAPERS), "002-4-1") == {
        "query": "002-4-1",
        "statement": "Thanet and Canterbury apply in wave 4.",
        "references": ["Drawn for the test, line 4."],
    }


def test_a_whole_set_of_statements_has_no_fault():
    assert [fault for fault in faults(from_tables(world(PAPERS))) if fault.startswith("statements")] == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"topic": "gossip"}, "“gossip” is not a known topic"),
        ({"status": "certain"}, "“certain” is not a known status"),
        ({"verb": "governs"}, "“governs” is not a known verb"),
        ({"subject": "ccg:99Z"}, "there is no entity ccg:99Z"),
        ({"about": "GP services; service:none"}, "there is no entity service:none"),
        ({"contradicts": "009-1-1"}, "there is no statement 009-1-1"),
        ({"source": "drawn drawn"}, "its sources and its locators are not as many"),
    ],
)
def test_the_check_finds_a_faulty_statement(cells, fault):
    row = {"topic": "rule", **cells}
    drawn = BODIES + said("001-9-1", row.pop("topic"), "A faulty one.", **row)
    assert f"statements 001-9-1: {fault}." in list(faults(from_tables(world(drawn))))


@pytest.mark.parametrize(
    "chosen",
    [
        {"where": [("subject", "???")]},
        {"where": [("object", "-")]},
        {"where": [("part", "…")]},
        {"where": [("due", "soon")]},
        {"where": [("due", "2012-1")]},
        {"where": [("valid_from", "20")]},
        {"about": "no such service"},
        {"about": "???"},
        {"about": " "},
        {"document": "or"},
        {"document": "a"},
        {"document": "the"},
        {"document": "pap"},
        {"document": "?"},
    ],
    ids=str,
)
def test_a_choice_that_names_nothing_is_refused(build, chosen) -> None:
    with pytest.raises(WrongUse):
        stated(build(PAPERS), **chosen)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"where": [("due", "2012")]}, True),
        ({"where": [("due", "2012-10")]}, True),
        ({"where": [("subject", "sha")]}, True),
        ({"about": "GP services"}, True),
        ({"about": "SHA"}, True),
        ({"document": "later"}, True),
        ({"document": "briefing"}, True),
    ],
    ids=str,
)
def test_a_choice_that_names_something_is_taken(build, chosen, found: bool) -> None:
    assert bool(stated(build(PAPERS), **chosen)["statements"]) is found


@pytest.mark.parametrize("text", ["%", "£", "%%", "…"])
def test_signs_alone_are_not_stated(build, text: str) -> None:
    with pytest.raises(NothingFound):
        stated(build(PAPERS), text)
