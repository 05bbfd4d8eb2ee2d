"""What a body came from and what became of it, through every change, in the order of time."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.change.lineage import lineage
from tests.kent import KENT_THROUGH_TIME

BORDERS = """
entities
id    | name | valid_from | valid_until
pct:A | A    | 2001-04-01 | 2006-10-01
pct:B | B    | 2001-04-01 | 2013-04-01
pct:C | C    | 2001-04-01 | 2013-04-01
ccg:D | D    | 2013-04-01 |

events
id     | kind            | date
early  | boundary_change | 2004-04-01
taken  | replaced        | 2006-10-01
reform | reorganised     | 2013-04-01

successions
event  | predecessor | successor
early  | pct:B       | pct:C
taken  | pct:A       | pct:B
reform | pct:B       | ccg:D
reform | pct:C       | ccg:D
"""
"""B gave a street to C in 2004 and took over from A in 2006: nothing of A ever came to C."""

CIRCLE = """
entities
id         | name
pcn:T1201  | Itself
ccg:A      | A
ccg:B      | B

events
id    | kind            | date
self  | renamed         | 2020-04-01
there | boundary_change | 2015-04-01
back  | boundary_change | 2016-04-01

successions
event | predecessor | successor
self  | pcn:T1201   | pcn:T1201
there | ccg:A       | ccg:B
back  | ccg:B       | ccg:A
"""


def told(answer: dict) -> list[str]:
    """The ids of an answer's events, in its order."""
    return [event["id"] for event in answer["events"]]


@pytest.mark.parametrize(
    ("body", "back", "forward", "events"),
    [
        ("pct:5QA", False, True, ["health", "reform", "merger", "boards"]),
        ("pct:5QA", True, False, ["start"]),
        ("ccg:10E", False, True, ["merger", "boards"]),
        ("ccg:10E", True, False, ["start", "reform"]),
        ("ccg:10E", True, True, ["start", "reform", "merger", "boards"]),
        ("icb:QKS", True, False, ["start", "reform", "merger", "boards", "system"]),
        ("icb:QKS", False, True, []),
    ],
)
def test_the_changes_are_told_forwards_back_or_both_ways(build, body, back, forward, events):
    assert told(lineage(build(KENT_THROUGH_TIME), body, back, forward)) == events


def test_an_event_has_the_parts_that_scripts_rely_on(build):
    [_, reform] = lineage(build(KENT_THROUGH_TIME), "ccg:10E", forward=False)["events"]
    assert (reform["date"], reform["kind"], reform["instrument"]) == ("2013-04-01", "replaced", "the Act")
    assert [body["id"] for body in reform["predecessors"]] == ["pct:5QA"]
    assert [body["name"] for body in reform["successors"]] == ["Margate Group"]  # its name until July 2013
    assert (reform["weight"], reform["counts"], reform["about"]) == (0.75, "practices", None)
    assert [(source["source"], source["locator"]) for source in reform["sources"]] == [("act", "s. 34")]


def test_different_weights_stand_at_their_pairs(build):
    events = lineage(build(KENT_THROUGH_TIME), "pct:5QA", back=False)["events"]
    [reform] = [event for event in events if event["id"] == "reform"]
    assert reform["weight"] is None
    assert {pair["successor"]: pair["weight"] for pair in reform["pairs"]} == {
        "ccg:10E": 0.75,
        "ccg:09E": 0.25,
    }


def test_a_weight_is_explained_and_its_absence_is_not(build):
    store = build(KENT_THROUGH_TIME)
    explained = "A weight is the share of the predecessor's count that went to the successor."
    assert explained in lineage(store, "ccg:10E")["notes"]
    assert explained not in lineage(store, "stp:QKS")["notes"]


def test_only_what_passed_on_for_a_service_is_told_beside_what_passed_on_whole(build):
    dentistry = "\nentities\nid | name\nservice:dentistry | Dentistry\n"
    store = build(KENT_THROUGH_TIME + dentistry)
    for about in ("service:public_health", "public health", "Public Health services"):
        asked = lineage(store, "pct:5QA", back=False, about=about)
        assert told(asked) == ["health", "reform", "merger", "boards"]
    for about in ("service:dentistry", "dentistry"):
        assert told(lineage(store, "pct:5QA", back=False, about=about)) == ["reform", "merger", "boards"]


@pytest.mark.parametrize("about", ["no such service", "service:none", "???", "pct:5QA"])
def test_what_is_no_service_is_refused_and_not_passed_over(build, about):
    with pytest.raises(NothingFound):
        lineage(build(KENT_THROUGH_TIME), "pct:5QA", about=about)


def test_the_way_on_keeps_only_the_successions_on_it(build):
    events = lineage(build(KENT_THROUGH_TIME), "ccg:10E", back=False)["events"]
    assert [body["id"] for body in events[0]["predecessors"]] == ["ccg:10E"]


@pytest.mark.parametrize(
    ("body", "back", "forward", "events"),
    [
        ("pct:A", False, True, ["taken", "reform"]),
        ("pct:C", True, False, ["early"]),
        ("ccg:D", True, False, ["early", "taken", "reform"]),
        ("pct:B", False, True, ["early", "reform"]),
    ],
)
def test_nothing_passes_on_before_it_arrived(build, body, back, forward, events):
    assert told(lineage(build(BORDERS), body, back, forward)) == events


def test_what_a_body_gave_away_before_is_no_heir_of_what_it_got_later(build):
    events = lineage(build(BORDERS), "pct:A", back=False)["events"]
    heirs = {body["id"] for event in events for body in event["successors"]}
    givers = {body["id"] for event in events for body in event["predecessors"]}
    assert (heirs, givers) == ({"pct:B", "ccg:D"}, {"pct:A", "pct:B"})


def test_a_body_that_succeeds_itself_does_not_go_round_for_ever(build):
    assert told(lineage(build(CIRCLE), "pcn:T1201")) == ["self"]
    assert told(lineage(build(CIRCLE), "ccg:A")) == ["there", "back"]


def test_a_body_without_changes_says_so(build):
    answer = lineage(build(KENT_THROUGH_TIME), "practice:G82064")
    assert answer["events"] == []
    assert answer["notes"] == ["No change of The Limes is recorded in these directions."]


def test_a_practice_tells_under_whom_it_was_listed_and_when(build):
    listed = lineage(build(KENT_THROUGH_TIME), "practice:G82064")["memberships"]
    assert [(one["body"]["id"], one["valid_from"], one["valid_until"]) for one in listed] == [
        ("pct:5QA", "2006-10-01", "2013-04-01"),
        ("ccg:10E", "2013-04-01", "2020-04-01"),
    ]
    assert [source["source"] for source in listed[0]["sources"]] == ["drawn"]


def test_a_commissioner_under_its_name_of_the_day_on_which_the_practice_joined(build):
    [_, group] = lineage(build(KENT_THROUGH_TIME), "practice:G82064")["memberships"]
    assert group["body"]["name"] == "Margate Group"


def test_other_bodies_have_no_memberships_of_that_sort(build):
    assert "memberships" not in lineage(build(KENT_THROUGH_TIME), "ccg:10E")


LEFT_OUT = """
datasets
dataset | title  | horizon    | as_of      | kinds     | changes_left_out
trusts  | Trusts | 2026-01-01 | 2026-01-01 | nhs_trust | Most mergers of trusts are missing.

entities
id      | name    | valid_from | valid_until
trust:A | A Trust |            | 2018-04-01
trust:B | B Trust |            |
trust:C | C Trust |            | 2017-04-01

events
id   | kind              | date
took | function_transfer | 2018-04-01

successions
event | predecessor | successor
took  | trust:A     | trust:B
"""


def test_where_a_dataset_leaves_changes_out_the_answer_says_so_and_denies_nothing(build):
    store = build(LEFT_OUT)
    assert lineage(store, "trust:C")["notes"] == [
        "What C Trust came from, and what became of it, is not known.",
        "Most mergers of trusts are missing.",
    ]
    assert lineage(store, "trust:A")["notes"] == ["Most mergers of trusts are missing."]


RENAMED = """
entities
id      | name               | valid_from | valid_until
pct:A   | Old Town PCT       | 2002-04-01 | 2013-04-01
ccg:01H | NHS North Cumbria  | 2013-04-01 | 2020-04-01
ccg:01K | NHS Morecambe Bay  | 2013-04-01 |

names
entity  | name                  | use      | valid_from | valid_until
pct:A   | Old Town Teaching PCT | official | 2006-10-01 | 2013-04-01
pct:A   | Old Town PCT          | former   | 2002-04-01 | 2006-10-01
ccg:01H | NHS Cumbria           | former   | 2013-04-01 | 2017-04-01
ccg:01H | NHS North Cumbria     | official | 2017-04-01 |
ccg:01K | NHS Lancashire North  | former   | 2013-04-01 | 2017-04-01
ccg:01K | NHS Morecambe Bay     | official | 2017-04-01 |

events
id     | kind            | date
reform | replaced        | 2013-04-01
south  | boundary_change | 2017-04-01

successions
event  | predecessor | successor | weight | counts    | number | stray
reform | pct:A       | ccg:01K   | 0.02   | practices | 1      | yes
reform | pct:A       | ccg:01H   | 0.98   | practices | 49     |
south  | ccg:01H     | ccg:01K   | 0.4    | practices | 32     |
"""


def test_a_body_is_told_under_its_name_of_the_day_of_the_change(build):
    [reform, south] = lineage(build(RENAMED), "ccg:01H")["events"]
    assert [body["name"] for body in reform["predecessors"]] == ["Old Town Teaching PCT"]
    assert [body["name"] for body in reform["successors"]] == ["NHS Cumbria"]
    # What gives is told as it was on the eve, what takes as it is on the day.
    assert [body["name"] for body in south["predecessors"]] == ["NHS Cumbria"]
    assert [body["name"] for body in south["successors"]] == ["NHS Morecambe Bay"]


def test_the_largest_share_stands_first_and_a_stray_last_and_marked(build):
    [reform, *_] = lineage(build(RENAMED), "pct:A", back=False)["events"]
    pairs = [(one["successor"], one["weight"], one["number"], one["stray"]) for one in reform["pairs"]]
    assert pairs == [("ccg:01H", 0.98, 49, False), ("ccg:01K", 0.02, 1, True)]


STRAYED = """
entities
id      | name
pct:A   | A
ccg:B   | B
ccg:C   | C
ccg:D   | D

events
id     | kind     | date
reform | replaced | 2013-04-01
late   | renamed  | 2020-04-01

successions
event  | predecessor | successor | weight | stray
reform | pct:A       | ccg:B     | 0.98   |
reform | pct:A       | ccg:C     | 0.02   | yes
late   | ccg:C       | ccg:D     | 1      |
"""


def test_nothing_passes_on_through_a_stray(build):
    store = build(STRAYED)
    assert told(lineage(store, "pct:A", back=False)) == ["reform"]
    assert told(lineage(store, "ccg:C", back=False)) == ["late"]
    assert told(lineage(store, "ccg:D", forward=False)) == ["late"]


def test_a_code_of_two_bodies_is_ambiguous_without_a_day(build):
    store = build(KENT_THROUGH_TIME)
    with pytest.raises(Ambiguous):
        lineage(store, "91Q")
    assert lineage(store, "91Q", at="2022-06-30")["body"]["id"] == "ccg:91Q"
    assert lineage(store, "91Q", at="2022-07-01")["body"]["id"] == "sicbl:91Q"


def test_an_unknown_body_is_refused(build):
    with pytest.raises(NothingFound):
        lineage(build(KENT_THROUGH_TIME), "ccg:99Z")
