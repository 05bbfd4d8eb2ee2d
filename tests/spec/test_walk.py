# ruff: noqa: E501 - tables are wide
"""A case walked through the structure: each step is answered as who answers it, and what is open is flagged."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import Include
from orgmap.queries.commissioning.who import who
from orgmap.queries.walks.rows import rows_of
from orgmap.queries.walks.walk import CaseAsked, WalkAsked, cases_walked, walk, walks
from orgmap.queries.walks.words import counted_words
from tests.kent import KENT_THROUGH_TIME

WALKED = (
    KENT_THROUGH_TIME
    + """
entities
id                   | name              | valid_from | valid_until
practice:G82999      | The Quay          | 1990-01-01 |
service:hospital     | Hospital care     |            |
service:visiting     | Health visiting   |            |
service:screening    | Screening         |            |
service:needs        | Needs assessment  |            |
service:helpline     | Helpline          | 2008-01-01 | 2014-04-01
service:silent       | Of which no rule speaks |      |
service:surgery      | GP services       |            |
service:jab          | A new jab         | 2020-12-08 |
national:nhs_england | NHS England       | 2012-10-01 |

identifiers
entity          | scheme | code
practice:G82999 | ods    | G82999

relationships
subject         | verb      | object    | basis     | valid_from | valid_until
practice:G82999 | member_of | ccg:09E   | published | 2013-04-01 | 2020-04-01
practice:G82999 | member_of | sicbl:91Q | published | 2022-07-01 |

rules
id | service           | commissioner                 | population            | coverage  | status   | basis     | valid_from | valid_until
h1 | service:hospital  | primary_care_trust           | list_and_unregistered | all       | in_force | statutory | 2006-10-01 | 2013-04-01
h2 | service:hospital  | clinical_commissioning_group | list_and_unregistered | all       | in_force | statutory | 2013-04-01 | 2022-07-01
h3 | service:hospital  | integrated_care_board        | list_and_unregistered | all       | in_force | statutory | 2022-07-01 |
v1 | service:visiting  | national:nhs_england         | resident              | all       | in_force | statutory | 2013-04-01 | 2015-10-01
v2 | service:visiting  | upper_tier_council           | resident              | all       | in_force | statutory | 2015-10-01 |
n1 | service:needs     | upper_tier_council           | resident              | all       | in_force | joint     | 2013-04-01 |
n2 | service:needs     | clinical_commissioning_group | resident              | all       | in_force | joint     | 2013-04-01 | 2022-07-01
l1 | service:helpline  | national:nhs_england         | england               | all       | in_force | statutory | 2012-10-01 | 2014-04-01
g1 | service:surgery   | national:nhs_england         | own_list              | not_known | in_force | statutory | 2015-04-01 | 2022-07-01
g2 | service:surgery   | clinical_commissioning_group | own_list              | not_known | in_force | delegated | 2015-04-01 | 2022-07-01
s1 | service:screening | national:nhs_england         | england               | all       | in_force | statutory | 2013-04-01 |
j1 | service:jab       | national:nhs_england         | england               | all       | in_force | statutory | 2020-12-08 |

rules
id | service           | commissioner          | population | coverage | status      | basis     | valid_from | stated_on
s2 | service:screening | integrated_care_board | resident   | all      | conditional | statutory | 2026-04-01 | 2025-05-18

accountability
id | subject                      | verb           | object                       | coverage | status   | valid_from | valid_until
a1 | clinical_commissioning_group | accountable_to | national:nhs_england         | all      | in_force | 2013-04-01 | 2022-07-01
a2 | upper_tier_council           | scrutinises    | clinical_commissioning_group | all      | in_force | 2013-04-01 | 2022-07-01

purposes
id | about                        | reader      | text                              | valid_from | valid_until
c1 | clinical_commissioning_group |             | It buys care. GPs run it.         | 2013-04-01 | 2022-07-01
c2 | clinical_commissioning_group | complainant | A complaint can go there. Or not. | 2013-04-01 | 2022-07-01

walks
id    | name          | text
stay  | A stay        | In hospital and home again.
child | A small child | From birth on.
round | A round       | Who vaccinates.

walk_steps
id       | walk  | text              | service
stay-01  | stay  | The hospital.     | service:hospital
stay-02  | stay  | Somebody asks.    | service:helpline
stay-03  | stay  | Nobody told.      | service:silent
stay-04  | stay  | The practice.     | service:surgery
child-01 | child | A visit.          | service:visiting
child-02 | child | A needle.         | service:screening
child-03 | child | What is needed.   | service:needs
child-04 | child | A fall.           | service:hospital
round-01 | round | The new one.      | service:jab
round-02 | round | The practice.     | service:surgery
"""
)
PLANNED = Include.of("planned")


def flags(walked: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    """The flags by step and day."""
    return {
        (step["id"], cell["at"]): [flag["flag"] for flag in cell["flags"]]
        for step in walked["steps"]
        for cell in step["cells"]
    }


def bodies(walked: dict[str, Any], step: str, counting: bool = True) -> list[list[str]]:
    """Who commissions a step on each day, for the person or (not `counting`) for others."""
    [found] = [one for one in walked["steps"] if one["id"] == step]
    return [
        [one["commissioner"]["id"] for one in cell["answers"] if one["counts"] == counting]
        for cell in found["cells"]
    ]


@pytest.mark.parametrize(
    "at", ["2012-12-01", "2013-03-31", "2013-04-01", "2015-10-01", "2020-04-01", "2025-01-01"]
)
@pytest.mark.parametrize("script", ["stay", "child"])
def test_a_step_is_answered_as_who_answers_it_for_that_service_place_and_day(build, script, at):
    store = build(WALKED)
    walked = walk(store, script, "CT9 1AA", days=[at], include=PLANNED)
    for step in walked["steps"]:
        asked = who(store, step["service"]["id"], "CT9 1AA", at, PLANNED)
        [cell] = step["cells"]
        for mine, its in zip(cell["answers"], asked["answers"], strict=True):
            for field in ("commissioner", "acting_through", "population", "basis", "status"):
                assert mine[field] == its[field]
            assert mine["sources"] == its["fact"]["sources"]


@pytest.mark.parametrize("at", ["2013-03-31", "2016-01-01", "2025-01-01"])
def test_the_same_day_twice_moves_nothing(build, at):
    store = build(WALKED)
    for script in ("stay", "child"):
        walked = walk(store, script, "CT9 1AA", "G82999", days=[at, at], include=PLANNED)
        assert "MOVED" not in walked["counts"]


def test_another_body_than_on_the_first_day_is_flagged_and_named(build):
    walked = walk(build(WALKED), "child", "CT9 1AA", days=["2015-09-30", "2015-10-01"])
    assert flags(walked)["child-01", "2015-09-30"] == []
    assert flags(walked)["child-01", "2015-10-01"] == ["MOVED"]
    moved = walked["steps"][0]["cells"][1]["flags"][0]
    assert moved["words"] == "From NHS England to Kent County Council."
    assert walked["counts"]["MOVED"] == 1


def test_who_lives_here_and_is_registered_there_is_told_both(build):
    walked = walk(build(WALKED), "stay", "CT9 1AA", "G82999", days=["2018-06-01"])
    assert bodies(walked, "stay-01") == [["ccg:09E"]], "a list decides"
    assert bodies(walked, "stay-01", counting=False) == [["ccg:10E"]], "and where they live is told beside it"
    assert [one["side"] for one in walked["places"]] == ["resident", "registered"]
    walked = walk(build(WALKED), "child", "CT9 1AA", "G82999", days=["2018-06-01"])
    assert bodies(walked, "child-03") == [["council:E10000016", "ccg:10E"]], "by where they live"


def test_nobody_is_a_gap_only_where_the_tables_say_so(build):
    walked = walk(build(WALKED), "stay", "CT9 1AA", days=["2013-06-01", "2014-04-01"])
    assert flags(walked)["stay-02", "2013-06-01"] == []
    assert flags(walked)["stay-02", "2014-04-01"] == ["GAP"], "the helpline had ended"
    assert flags(walked)["stay-03", "2014-04-01"] == ["NOT KNOWN"], "no rule speaks of it"
    assert walked["steps"][1]["cells"][1]["flags"][0]["words"].startswith("Helpline ended on 2014-04-01")


def test_a_step_whose_service_had_not_begun_does_not_apply_and_is_no_gap(build):
    walked = walk(build(WALKED), "round", "CT9 1AA", days=["2018-06-01", "2020-12-08"])
    before, after = walked["steps"][0]["cells"]
    assert (before["applies"], before["answers"], before["flags"]) == (False, [], [])
    assert before["notes"] == ["A new jab began on 2020-12-08: the step does not apply on 2018-06-01."]
    assert not any("Not stated" in note for note in walked["notes"])
    assert (after["applies"], after["flags"]) == (True, []), "it is new, and nobody had it before"
    alone = walk(build(WALKED), "round", "CT9 1AA", days=["2018-06-01"])
    assert counted_words(alone) == "2 steps on 1 day: 1 NOT KNOWN; 1 does not apply"
    [row] = [
        row
        for row in rows_of({"line": None, "case": "", "fault": None, **alone})
        if row["step"] == "round-01"
    ]
    assert (row["commissioner"], row["flags"]) == (None, [])
    assert row["notes"][0].startswith("does not apply: A new jab began")


def test_which_of_several_is_not_known_where_the_sources_do_not_say(build):
    walked = walk(build(WALKED), "stay", "CT9 1AA", days=["2016-01-01"])
    assert flags(walked)["stay-04", "2016-01-01"] == ["NOT KNOWN"]
    assert "do not say which" in walked["steps"][3]["cells"][0]["flags"][0]["words"]


def test_two_that_do_it_together_are_two_and_so_is_a_place_in_two_with_shares(build):
    walked = walk(build(WALKED), "child", "CT9 1AA", days=["2016-01-01"])
    assert flags(walked)["child-03", "2016-01-01"] == ["TWO"]
    walked = walk(build(WALKED), "stay", "Kent", days=["2018-06-01"])
    [cell] = walked["steps"][0]["cells"]
    assert [(one["commissioner"]["id"], one["share"]) for one in cell["answers"]] == [
        ("ccg:10E", 0.75),
        ("ccg:09E", 0.25),
    ]
    assert [flag["flag"] for flag in cell["flags"]] == ["TWO"]
    assert "(75%)" in cell["flags"][0]["words"]


def test_a_plan_is_marked_and_never_told_as_a_fact(build):
    store = build(WALKED)
    days = ["2025-01-01", "2026-06-01"]
    silent = walk(store, "child", "CT9 1AA", days=days)
    assert bodies(silent, "child-02")[1] == ["national:nhs_england"]
    assert flags(silent)["child-02", "2026-06-01"] == []
    told = walk(store, "child", "CT9 1AA", days=days, include=PLANNED)
    [cell] = [cell for cell in told["steps"][1]["cells"] if cell["at"] == "2026-06-01"]
    assert {one["commissioner"]["id"]: one["status"] for one in cell["answers"]} == {
        "national:nhs_england": "in_force",
        "icb:QKS": "conditional",
    }
    [moved] = cell["flags"]
    assert moved["status"] == "conditional"
    assert "conditional, not law" in moved["words"]


def test_every_line_is_cited_or_says_that_nothing_is_stated(build):
    store = build(WALKED)
    for script in ("stay", "child"):
        walked = walk(store, script, "CT9 1AA", "G82999", ["2013-03-31", "2016-01-01", "2025-01-01"], PLANNED)
        cells = [cell for step in walked["steps"] for cell in step["cells"]]
        assert all(one["sources"] for cell in cells for one in cell["answers"])
        assert all(cell["flags"] for cell in cells if not any(one["counts"] for one in cell["answers"]))
        assert all(one["complaint"] is None or one["complaint"]["sources"] for one in walked["bodies"])
        assert all(line["sources"] for one in walked["bodies"] for line in one["scrutiny"])


def test_a_body_that_a_plan_is_to_end_is_not_known_afterwards_unless_a_plan_says_who_follows(build):
    ending = """
events
id   | kind      | date       | status      | stated_on
over | abolished | 2027-04-01 | conditional | 2026-01-28

successions
event | predecessor          | successor
over  | national:nhs_england |

entities
id           | name
service:late | Later

rules
id | service      | commissioner         | population | coverage | status   | basis     | valid_from
z1 | service:late | national:nhs_england | england    | all      | in_force | statutory | 2013-04-01

walk_steps
id       | walk  | text    | service
child-05 | child | Later.  | service:late
"""
    days = ["2027-03-31", "2027-04-01"]
    walked = walk(build(WALKED + ending), "child", "CT9 1AA", days=days, include=PLANNED)
    assert flags(walked)["child-05", "2027-03-31"] == []
    assert flags(walked)["child-05", "2027-04-01"] == ["NOT KNOWN"]
    assert "conditional, not law" in walked["steps"][4]["cells"][1]["flags"][0]["words"]
    assert flags(walked)["child-02", "2027-04-01"] == [], "a plan says who follows, on both days alike"


def test_a_board_that_only_a_plan_knows_moves_as_a_plan_and_who_works_with_it_stays(build):
    merging = """
entities
id      | name      | valid_from | valid_until
icb:NEW | New board |            |

phases
entity  | status      | valid_from | valid_until
icb:NEW | conditional | 2027-04-01 |

events
id   | kind   | date       | status      | stated_on
next | merged | 2027-04-01 | conditional | 2026-08-01

successions
event | predecessor | successor
next  | icb:QKS     | icb:NEW

relationships
subject | verb   | object         | status      | valid_from | stated_on
icb:NEW | covers | area:E01000001 | conditional | 2027-04-01 | 2026-08-01
icb:NEW | covers | area:E01000002 | conditional | 2027-04-01 | 2026-08-01

rules
id | service       | commissioner          | population | coverage | status   | basis | valid_from
n3 | service:needs | integrated_care_board | resident   | all      | in_force | joint | 2022-07-01
"""
    days = ["2027-03-31", "2027-04-01"]
    walked = walk(build(WALKED + merging), "child", "CT9 1AA", days=days, include=PLANNED)
    [hospital] = walked["steps"][3]["cells"][1]["flags"]
    assert (hospital["flag"], hospital["status"]) == ("MOVED", "conditional")
    assert hospital["words"].startswith("Planned: from NHS Kent ICB to New board (conditional, not law")
    [*_, needs] = walked["steps"][2]["cells"][1]["flags"]
    assert needs["words"].startswith(
        "Planned: from Kent County Council and NHS Kent ICB to Kent County Council and New board"
    )


def test_where_a_complaint_goes_and_who_oversees_is_told_of_each_body_that_commissions(build):
    walked = walk(build(WALKED), "stay", "CT9 1AA", days=["2018-06-01"])
    [group] = [one for one in walked["bodies"] if one["body"]["id"] == "ccg:10E"]
    assert group["complaint"]["text"] == "A complaint can go there. Or not."
    assert [line["body"]["id"] for line in group["scrutiny"]] == ["national:nhs_england", "council:E10000016"]
    walked = walk(build(WALKED), "stay", "CT9 1AA", days=["2025-01-01"])
    assert walked["bodies"][0]["complaint"] is None, "not stated of a board"


def test_a_practice_under_nobody_on_a_day_is_not_known_and_the_reason_is_told(build):
    walked = walk(build(WALKED), "stay", "CT9 1AA", "G82999", days=["2018-06-01", "2021-06-01"])
    assert flags(walked)["stay-01", "2021-06-01"] == ["NOT KNOWN"]
    assert "No table says" in walked["steps"][0]["cells"][1]["flags"][0]["words"]


def test_cases_are_listed_and_those_that_are_not_there_are_refused_with_those_that_are(build):
    store = build(WALKED)
    assert [(one["id"], len(one["steps"])) for one in walks(store)] == [
        ("child", 4),
        ("round", 2),
        ("stay", 4),
    ]
    with pytest.raises(NothingFound, match=r"is no case to walk\. There are: child, round, stay"):
        walk(store, "holiday", "CT9 1AA", days=["2018-06-01"])
    with pytest.raises(WrongUse, match="--resident"):
        walk(store, "stay", days=["2018-06-01"])
    with pytest.raises(NothingFound, match="No practice has the code"):
        walk(store, "stay", "CT9 1AA", "CT9 1AA", days=["2018-06-01"])
    with pytest.raises(NothingFound):
        walk(store, "stay", "CT1 1XX", days=["2018-06-01"])
    with pytest.raises(NothingFound, match="No case to walk"):
        walks(build(KENT_THROUGH_TIME))


def test_of_many_cases_a_bad_one_is_kept_with_its_reason(build):
    day = ("2018-06-01",)
    cases = [
        CaseAsked(2, "Ann", WalkAsked("stay", "CT9 1AA", "", day)),
        CaseAsked(3, "Bob", WalkAsked("holiday", "CT9 1AA", "", day)),
        CaseAsked(4, "Cy", WalkAsked("stay", "", "", ()), "it is not whole."),
    ]
    found = list(cases_walked(build(WALKED), cases))
    assert [(one["line"], one["case"], bool(one["fault"])) for one in found] == [
        (2, "Ann", False), (3, "Bob", True), (4, "Cy", True),
    ]  # fmt: skip
    assert found[2]["fault"] == "it is not whole."


def test_what_was_known_on_a_day_is_walked_as_it_was_known(build):
    store = build(WALKED)
    before = walk(KnownStore(store, "2025-05-17"), "child", "CT9 1AA", days=["2026-06-01"], include=PLANNED)
    after = walk(KnownStore(store, "2025-05-18"), "child", "CT9 1AA", days=["2026-06-01"], include=PLANNED)
    assert "icb:QKS" not in bodies(before, "child-02")[0]
    assert "icb:QKS" in bodies(after, "child-02")[0]


def test_a_reason_that_a_step_tells_is_not_told_again_below(build):
    walked = walk(build(WALKED), "stay", "CT9 1AA", days=["2014-04-01"])
    [flag] = walked["steps"][2]["cells"][0]["flags"]
    assert flag["flag"] == "NOT KNOWN"
    assert not any(note in flag["words"] for note in walked["notes"])


def test_letters_that_stand_in_every_name_come_near_none(build):
    store = build(WALKED)
    with pytest.raises(NothingFound, match=r"^“<h>” is no case to walk\. There are: child, round, stay\.$"):
        walk(store, "<h>", "CT9 1AA", days=["2014-04-01"])
    with pytest.raises(NothingFound, match=r"Nearest: child\. There are: child, round, stay\."):
        walk(store, "small", "CT9 1AA", days=["2014-04-01"])
