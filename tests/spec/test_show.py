"""Everything about one body on a day: names, codes, relations, changes, and who says so."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import Include
from orgmap.queries.body.show import MANY, show
from tests.kent import KENT_THROUGH_TIME

PLANS = """
entities
id             | name                 | valid_from | valid_until
sha:Q37        | South East Coast     | 2006-07-01 | 2013-04-01
shac:south     | South of England     | 2011-10-01 | 2013-04-01
national:dh    | Department of Health |            |
national:nhscb | NHS Commissioning Board | 2012-10-01 |

relationships
subject | verb           | object         | basis     | status   | valid_from | valid_until | stated_on
sha:Q37 | accountable_to | national:dh    | statutory | in_force | 2006-07-01 | 2013-04-01  |
sha:Q37 | member_of      | shac:south     | published | in_force | 2011-10-01 | 2013-04-01  | 2011-08-01
sha:Q37 | accountable_to | national:nhscb | published | planned  | 2012-10-01 | 2013-04-01  | 2012-01-15
"""


def triples(answer: dict) -> list[tuple[str, str, str]]:
    """The relations of an answer without their days."""
    return [(fact["subject"], fact["verb"], fact["object"]) for fact in answer["relations"]]


def test_an_answer_has_the_parts_that_scripts_rely_on(build):
    answer = show(build(KENT_THROUGH_TIME), "ccg:10E", "2013-12-01")
    assert list(answer) == [
        "body", "at", "names", "codes", "postcodes", "phases", "relations", "events", "sources", "notes",
    ]  # fmt: skip
    assert answer["body"] == {
        "id": "ccg:10E",
        "kind": "clinical_commissioning_group",
        "name": "NHS Thanet CCG",
        "valid_from": "2013-04-01",
        "valid_until": "2020-04-01",
        "codes": {"ods": "10E"},
    }


def test_names_codes_and_statuses_come_with_their_days(build):
    answer = show(build(KENT_THROUGH_TIME), "ccg:10E", "2013-06-01")
    former, short = sorted(answer["names"], key=lambda name: name["name"])
    assert former == {
        "name": "Margate Group",
        "use": "former",
        "valid_from": None,
        "valid_until": "2013-07-01",
    }
    assert (short["name"], short["use"]) == ("TCCG", "abbreviation")
    assert answer["phases"] == [{"status": "shadow", "valid_from": "2012-04-01", "valid_until": "2013-04-01"}]


@pytest.mark.parametrize(
    ("at", "name"), [("2021-03-31", "Kent and Medway STP"), ("2021-04-01", "Kent & Medway ICS")]
)
def test_a_body_is_shown_under_the_name_of_the_day(build, at, name):
    assert show(build(KENT_THROUGH_TIME), "stp:QKS", at)["body"]["name"] == name


@pytest.mark.parametrize(("at", "code"), [("2023-03-31", "E38000237"), ("2023-04-01", "E38000999")])
def test_a_body_is_shown_under_the_codes_of_the_day(build, at, code):
    assert show(build(KENT_THROUGH_TIME), "sicbl:91Q", at)["body"]["codes"]["gss"] == code


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2013-03-31", set()),
        ("2013-04-01", {("ccg:10E", "part_of", "at:Q67"), ("practice:G82064", "member_of", "ccg:10E")}),
        ("2015-03-31", {("ccg:10E", "part_of", "at:Q67"), ("practice:G82064", "member_of", "ccg:10E")}),
        ("2015-04-01", {("practice:G82064", "member_of", "ccg:10E")}),
        ("2020-04-01", set()),
    ],
)
def test_relations_are_those_of_the_day_in_both_directions(build, at, told):
    found = triples(show(build(KENT_THROUGH_TIME), "ccg:10E", at))
    assert {fact for fact in found if fact[1] != "covers"} == told


@pytest.mark.parametrize(("at", "name"), [("2013-06-30", "Margate Group"), ("2013-07-01", "NHS Thanet CCG")])
def test_a_relation_names_both_ends_as_they_were_called_and_its_source(build, at, name):
    facts = show(build(KENT_THROUGH_TIME), "ccg:10E", at)["relations"]
    [fact] = [fact for fact in facts if fact["verb"] == "part_of"]
    assert (fact["subject_name"], fact["object_name"]) == (name, "Kent Area Team")
    assert [source["title"] for source in fact["sources"]] == ["Drawn for the test"]


@pytest.mark.parametrize(
    ("at", "note"),
    [
        ("2012-12-01", "NHS Thanet CCG was not in force on 2012-12-01: from 2013-04-01 until 2020-04-01."),
        ("2020-04-01", "NHS Thanet CCG was not in force on 2020-04-01: from 2013-04-01 until 2020-04-01."),
    ],
)
def test_a_body_outside_its_life_says_so(build, at, note):
    assert note in show(build(KENT_THROUGH_TIME), "ccg:10E", at)["notes"]


@pytest.mark.parametrize("at", ["2013-04-01", "2020-03-31"])
def test_a_body_inside_its_life_does_not(build, at):
    assert show(build(KENT_THROUGH_TIME), "ccg:10E", at)["notes"] == []


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2012-03-31", None),
        ("2012-04-01", "shadow"),
        ("2013-03-31", "shadow"),
        ("2013-04-01", None),
        ("2020-03-31", None),
        ("2020-04-01", None),
    ],
)
def test_a_body_keeps_its_own_life_and_says_the_status_that_was_asked_for(build, at, status):
    store = build(KENT_THROUGH_TIME)
    assert "status" not in show(store, "ccg:10E", at)["body"]
    answer = show(store, "ccg:10E", at, Include.of(["shadow"]))
    body = answer["body"]
    assert (body["valid_from"], body["valid_until"]) == ("2013-04-01", "2020-04-01")
    assert body.get("status") == status
    told = [note for note in answer["notes"] if note.startswith("Its status")]
    assert told == ([f"Its status on {at} was “shadow”, from 2012-04-01 until 2013-04-01."] if status else [])


def test_a_body_in_shadow_form_bears_its_name_of_then(build):
    asked = show(build(KENT_THROUGH_TIME), "ccg:10E", "2012-12-01", Include.of(["shadow"]))["body"]
    assert asked["name"] == "Margate Group"


@pytest.mark.parametrize("at", ["2012-12-01", "2013-03-30"])
def test_a_status_since_a_day_that_is_not_known_is_neither_shown_nor_denied(build, at):
    drawing = KENT_THROUGH_TIME.replace(
        "entity  | status | valid_from | valid_until\nccg:10E | shadow | 2012-04-01 | 2013-04-01",
        "entity  | status | from_precision | valid_until\nccg:10E | shadow | not_known | 2013-04-01",
    )
    answer = show(build(drawing), "ccg:10E", at, Include.of(["shadow"]))
    assert "status" not in answer["body"]
    assert (
        f"Its status was “shadow” until 2013-04-01; since when is not known, so it may have been on {at}."
        in answer["notes"]
    )


def test_a_body_in_force_of_which_something_is_planned_is_in_force(build):
    drawing = KENT_THROUGH_TIME.replace(
        "ccg:10E | shadow | 2012-04-01 | 2013-04-01",
        "ccg:10E | shadow | 2012-04-01 | 2013-04-01\nccg:10E | planned | 2013-06-01 | 2013-09-01",
    )
    body = show(build(drawing), "ccg:10E", "2013-07-15", Include.of(["planned"]))["body"]
    assert "status" not in body


def test_a_plan_is_not_a_fact_unless_asked_for_and_then_labelled(build):
    store = build(PLANS)
    assert ("sha:Q37", "accountable_to", "national:nhscb") not in triples(
        show(store, "sha:Q37", "2012-12-01")
    )
    asked = show(store, "sha:Q37", "2012-12-01", Include.of(["planned"]))["relations"]
    assert [fact["object"] for fact in asked if fact["status"] == "planned"] == ["national:nhscb"]


@pytest.mark.parametrize(
    ("known_on", "objects"),
    [
        ("2011-07-31", ["national:dh"]),
        ("2011-08-01", ["national:dh", "shac:south"]),
        ("2012-01-14", ["national:dh", "shac:south"]),
        ("2012-01-15", ["national:dh", "national:nhscb", "shac:south"]),
    ],
)
def test_what_was_stated_later_was_not_known_yet(build, known_on, objects):
    answer = show(KnownStore(build(PLANS), known_on), "sha:Q37", "2012-12-01", Include.of(["planned"]))
    assert sorted(fact["object"] for fact in answer["relations"]) == objects


def test_the_changes_before_and_after_are_told(build):
    events = show(build(KENT_THROUGH_TIME), "ccg:10E", "2013-06-01")["events"]
    assert [(event["date"], event["kind"]) for event in events] == [
        ("2013-04-01", "replaced"),
        ("2020-04-01", "merged"),
    ]


def test_other_bearers_of_the_code_are_named(build):
    notes = show(build(KENT_THROUGH_TIME), "91Q", "2021-06-01")["notes"]
    assert any("also belongs to sicbl:91Q, NHS Kent - 91Q" in note for note in notes)


def test_beyond_the_tables_the_answer_says_how_far_they_reach(build):
    store = build(KENT_THROUGH_TIME)
    told = "Councils: known to 2025-04-01; shown as last known."
    assert told in show(store, "council:E10000016", "2025-04-02")["notes"]
    assert told not in show(store, "council:E10000016", "2025-04-01")["notes"]


@pytest.mark.parametrize("members", [MANY, MANY + 1])
def test_hundreds_of_members_are_counted_not_listed(build, members):
    rows = [f"practice:P{number:05}" for number in range(members)]
    drawing = "entities\nid | name\nccg:X | X\n" + "\n".join(f"{row} | Practice" for row in rows)
    drawing += "\n\nrelationships\nsubject | verb | object\n"
    drawing += "\n".join(f"{row} | member_of | ccg:X" for row in rows)
    answer = show(build(drawing), "ccg:X", "2013-06-01")
    assert len(answer["relations"]) == MANY
    counted = [note for note in answer["notes"] if "relations “member_of”" in note]
    assert bool(counted) == (members > MANY)


def test_a_source_stands_once(build):
    sources = show(build(KENT_THROUGH_TIME), "sicbl:91Q", "2023-06-01")["sources"]
    assert [source["source"] for source in sources] == ["drawn"]


def test_what_is_not_there_or_not_clear_is_refused(build):
    store = build(KENT_THROUGH_TIME)
    with pytest.raises(NothingFound):
        show(store, "ccg:99Z", "2013-06-01")
    with pytest.raises(Ambiguous):
        show(store, "91Q", "1999-06-01")


@pytest.mark.parametrize(("at", "name"), [("2013-06-30", "Margate Group"), ("2013-07-01", "NHS Thanet CCG")])
def test_a_former_name_is_shown_on_its_days(build, at, name):
    assert show(build(KENT_THROUGH_TIME), "ccg:10E", at)["body"]["name"] == name
