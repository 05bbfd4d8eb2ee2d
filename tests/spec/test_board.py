# ruff: noqa: E501 - drawn tables are wide
"""Boards: who sits on them by the law of a day, what they may do, on which a body sits, whether a list fills them."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import Include
from orgmap.queries.boards.board import board
from orgmap.queries.boards.check import Member, check_members
from tests.kent import KENT_THROUGH_TIME

BOARDS = """
boards
id     | name                | plural                | itself                    | parent                       | form
hwb    | Wellbeing Board     | Wellbeing Boards      | health_and_wellbeing_board | upper_tier_council          | a committee
body   | CCG governing body  | CCG governing bodies  |                           | clinical_commissioning_group | its governing body
panel  | national panel      | national panels       |                           | region:Y57                   | a panel
groups | Kent oversight group |                      |                           | stp:QKS                      | a group

seats
id      | board  | role                   | words                  | sort     | number_min | number_max | coverage | valid_from | valid_until | verified | holder | held
all     | body   | members in all         |                        | total    | 6          |            | all      | 2013-04-01 | 2022-07-01  | yes      |        |
officer | body   | accountable officer    | AO                     | required | 1          | 1          | all      | 2013-04-01 | 2022-07-01  | yes      |        |
nurse   | body   | registered nurse       | nurse                  | required | 1          |            | all      | 2013-04-01 | 2022-07-01  | yes      |        |
audit   | body   | lay person, audit      | lay member             | required | 1          |            | all      | 2013-04-01 | 2022-07-01  | no       |        |
area    | body   | lay person, area       | lay member             | required | 1          |            | all      | 2013-04-01 | 2022-07-01  | yes      |        |
out     | body   | excluded: a councillor | councillor             | excluded |            |            | all      | 2013-04-01 | 2022-07-01  | yes      |        |
member  | hwb    | councillor             |                        | required | 1          |            | all      | 2013-04-01 |             | yes      | upper_tier_council | each
group   | hwb    | a person of each group |                        | required | 1          |            | all      | 2013-04-01 | 2022-07-01  | yes      | clinical_commissioning_group | each
others  | hwb    | district councillor    |                        | local    |            |            | all      | 2013-04-01 |             | yes      | district_council | some
kent    | groups | Kent County Council    |                        | local    |            |            | all      | 2019-09-10 | 2019-09-11  | yes      | council:E10000016 | each

seats
id   | board | role  | sort     | number_min | coverage | status     | stated_on  | valid_from | valid_until
old  | body  | nurse | required | 1          | all      | superseded | 2011-08-01 | 2011-08-01 | 2013-04-01

seats
id   | board | role         | sort     | number_min | coverage | status      | stated_on
bill | hwb   | mayor's seat | required | 1          | all      | conditional | 2019-06-01

powers
id    | board | power              | matter     | detail           | words          | coverage | bodies          | valid_from | valid_until | verified | instrument
note  | hwb   | notes_and_comments | CCG merger |                  | merger of CCGs | only     | hwb:E10000016   | 2019-08-20 | 2020-04-01  | yes      | paper
vote  | body  | votes              | CCG merger | whether to apply | merger of CCGs | only     | ccg:09E ccg:10E | 2019-09-01 | 2019-10-01  | yes      | paper
say   | panel | decides            | CCG merger |                  | merger of CCGs | all      |                 | 2019-11-01 | 2019-12-01  | yes      | paper
plan  | hwb   | advises            | CCG plan   |                  |                | all      |                 | 2013-04-01 | 2022-07-01  | no       | an Act
needs | hwb   | decides            | needs      |                  | JSNA           | all      |                 | 2013-04-01 |             | partly   | an Act
"""


@pytest.fixture
def store(build: Any) -> Any:
    """Kent with boards."""
    return build(KENT_THROUGH_TIME + BOARDS)


def seats(answer: dict[str, Any]) -> list[str]:
    """The ids of the seats of an answer."""
    return [row["id"] for one in answer["boards"] for row in one["seats"]]


def test_who_sits_by_the_law_of_each_day(store: Any) -> None:
    """On the day before a law there is no rule, and the plan that it replaced is told as one."""
    with pytest.raises(
        NothingFound, match=r"no rule on who sits on a CCG governing body .* first holds from 1 April"
    ):
        board(store, "CCG governing body", "2013-03-31")
    planned = board(store, "CCG governing body", "2013-03-31", include=Include.of("superseded"))
    assert [(row["id"], row["law"]) for row in planned["boards"][0]["seats"]] == [("old", False)]
    law = ["all", "officer", "nurse", "audit", "area", "out"]
    assert sorted(seats(board(store, "CCG governing bodies", "2013-04-01"))) == sorted(law)
    assert sorted(seats(board(store, "ccg:10E", "2020-03-31"))) == sorted(law)
    assert sorted(seats(board(store, "ccg:91Q", "2022-06-30"))) == sorted(law)
    with pytest.raises(NothingFound, match="not in force"):
        board(store, "ccg:91Q", "2022-07-01")


def test_a_board_names_whose_it_is_its_legal_form_and_how_many(store: Any) -> None:
    [of_group] = board(store, "ccg:10E", "2019-09-10")["boards"]
    assert [one["id"] for one in of_group["parents"]] == ["ccg:10E"]
    assert (of_group["name"], of_group["form"]) == (
        "CCG governing body of NHS Thanet CCG",
        "its governing body",
    )
    numbers = {row["id"]: row["number_words"] for row in of_group["seats"]}
    assert (numbers["all"], numbers["officer"], numbers["nurse"]) == ("at least 6", "1", "at least 1")
    assert {row["id"]: row["verified"] for row in of_group["seats"]}["audit"] == "no"
    [own] = board(store, "hwb:E10000016", "2019-09-10")["boards"]
    assert [one["id"] for one in own["parents"]] == ["council:E10000016"]
    [by_council] = board(store, "council:E10000016", "2019-09-10")["boards"]
    assert by_council["body"]["id"] == "hwb:E10000016"


def test_a_bill_s_seat_is_never_in_force(store: Any) -> None:
    assert "bill" not in seats(board(store, "hwb", "2025-01-01"))
    [row] = [
        row
        for row in board(store, "hwb", "2025-01-01", include=Include.of("planned"))["boards"][0]["seats"]
        if row["id"] == "bill"
    ]
    assert (row["status"], row["law"]) == ("conditional", False)
    assert "bill" not in seats(board(store, "hwb", "2019-05-31", include=Include.of("planned")))


def test_whether_it_may_settle_a_matter_is_answered_straight(store: Any) -> None:
    [no] = board(store, "hwb:E10000016", "2019-09-10", "CCG merger")["may"]
    assert no["answer"] == "no"
    assert no["words"].startswith("No: it notes and comments on it")
    assert "Two CCG governing bodies vote on it (whether to apply" in no["words"]
    assert "National panel decides it (from 1 November 2019" in no["words"]
    [votes] = board(store, "ccg:10E", "2019-09-10", "the merger of CCGs")["may"]
    assert (votes["answer"], [row["id"] for row in votes["powers"]]) == ("no", ["vote"])


def test_of_a_body_that_is_no_board_for_a_matter_its_own_boards_are_asked(store: Any) -> None:
    [of_council] = board(store, "council:E10000016", "2019-09-10", "needs")["may"]
    assert (of_council["answer"], of_council["name"]) == ("yes", "Kent HWB")


def test_a_rule_without_its_own_first_day_never_holds_before_its_board(build: Any) -> None:
    """Nobody sits on a board that is not there yet, by guidance or otherwise."""
    undated = """
boards
id  | name            | itself                     | parent             | valid_from
hwb | Wellbeing Board | health_and_wellbeing_board | upper_tier_council | 2013-04-01

seats
id    | board | role   | sort     | number_min | coverage | valid_from
guide | hwb   | senior | guidance | 1          | all      |
dated | hwb   | chair  | required | 1          | all      | 2013-04-01
"""
    store = build(KENT_THROUGH_TIME + undated)
    assert sorted(seats(board(store, "hwb", "2013-04-01"))) == ["dated", "guide"]
    with pytest.raises(
        NothingFound, match=r"no rule on who sits on a Wellbeing Board .* first holds from 1 April"
    ):
        board(store, "hwb", "2013-03-31")
    with pytest.raises(NothingFound, match="no rule on who sits on a Wellbeing Board"):
        check_members(store, "hwb", "2013-03-31", [Member(2, "chair", "Ann")])


def test_to_advise_is_never_to_decide(store: Any) -> None:
    [no] = board(store, "hwb", "2014-01-01", "CCG plan")["may"]
    assert (no["answer"], no["words"].startswith("No: it advises on it")) == ("no", True)
    assert "not read in its source" in no["words"]
    assert "Who settles it is not stated" in no["words"]
    assert board(store, "hwb", "2014-01-01", "advise on the CCG plan")["may"][0]["answer"] == "yes"
    assert board(store, "hwb", "2014-01-01", "decide the CCG plan")["may"][0]["answer"] == "no"
    assert board(store, "hwb", "2014-01-01", "JSNA")["may"][0]["answer"] == "yes"


def test_what_no_source_says_of_this_board_is_not_stated(store: Any) -> None:
    for text, day in (("hwb:E10000016", "2015-01-01"), ("ccg:91Q", "2021-01-01")):
        [one] = board(store, text, day, "CCG merger")["may"]
        assert (one["answer"], one["words"][:11]) == ("not stated", "Not stated:")
    with pytest.raises(NothingFound, match=r"no matter that the tables know. Nearest: CCG merger"):
        board(store, "hwb", "2019-09-10", "CCG mergre")
    with pytest.raises(NothingFound, match="What is told of this board: CCG merger; CCG plan; needs"):
        board(store, "hwb", "2019-09-10", "zorkle")
    with pytest.raises(Ambiguous):
        board(store, "hwb", "2019-09-10", "CCG")


def test_on_which_boards_a_body_sits_is_told_and_some_is_told_of_no_body(store: Any) -> None:
    council = board(store, "council:E10000016", "2019-09-10", sitting=True)["sits"]
    assert [(row["id"], row["on"]["id"], row["holds"]) for row in council] == [
        ("kent", "stp:QKS", "yes"), ("member", "hwb:E10000016", "yes"),
    ]  # fmt: skip
    later = board(store, "council:E10000016", "2019-09-11", sitting=True)["sits"]
    assert [row["id"] for row in later] == ["member"]
    group = board(store, "ccg:10E", "2019-09-10", sitting=True)["sits"]
    assert [(row["id"], row["on"]["id"]) for row in group] == [("group", "hwb:E10000016")]
    [some] = board(store, "district:E07000114", "2019-09-10", sitting=True)["sits"]
    assert (some["on"], some["holds"], "which is not stated" in some["of_some"]) == (None, "of some", True)
    with pytest.raises(NothingFound, match="Not stated"):
        board(store, "pct:5QA", "2012-06-01", sitting=True)


def test_what_was_said_later_was_not_known(store: Any) -> None:
    early = KnownStore(store, "2012-01-01")
    plan = board(early, "CCG governing body", "2012-01-01", include=Include.of("planned"))
    assert [(row["id"], row["status"], row["valid_until"]) for row in plan["boards"][0]["seats"]] == [
        ("old", "planned", None)
    ]
    with pytest.raises(NothingFound):
        board(
            KnownStore(store, "2011-07-31"), "CCG governing body", "2012-01-01", include=Include.of("planned")
        )
    panel = board(KnownStore(store, "2019-09-30"), "hwb:E10000016", "2019-09-10", "CCG merger")["may"][0]
    assert "panel" not in panel["words"]
    bill = board(KnownStore(store, "2019-05-31"), "hwb", "2019-09-10", include=Include.of("planned"))
    assert "bill" not in seats(bill)


WHOLE = [
    Member(2, "Accountable officer", "Ann"),
    Member(3, "nurse", "Bob"),
    Member(4, "lay member", "Cem"),
    Member(5, "Lay member", "Dee"),
    Member(6, "GP", "Eve"),
    Member(7, "GP", "Fay"),
]


def states(answer: dict[str, Any], part: str = "seats") -> dict[Any, str]:
    """How each seat, or each line, of a checked list stands."""
    return {row["id" if part == "seats" else "line"]: row["state"] for row in answer[part]}


def checked(store: Any, *members: Member, at: str = "2014-01-01") -> dict[str, Any]:
    """A list of members checked as a group's governing body."""
    return check_members(store, "CCG governing body", at, members)


def test_a_list_that_fills_the_board_fills_each_seat_with_a_person_of_its_own(store: Any) -> None:
    answer = checked(store, *WHOLE[:4])
    assert states(answer) == {
        "all": "missing", "officer": "filled", "nurse": "filled", "audit": "filled", "area": "filled",
        "out": "to be looked at",
    }  # fmt: skip
    whole = checked(store, *(one._replace(role="lay member") if one.role == "GP" else one for one in WHOLE))
    assert whole["holds"]
    assert states(checked(store, *WHOLE), "members")[6] == "role not known"


def test_one_person_fills_one_required_seat(store: Any) -> None:
    two_roles = checked(store, Member(2, "lay person, audit", "Ann"), Member(3, "lay person, area", "Ann"))
    assert sorted(states(two_roles)[seat] for seat in ("audit", "area")) == ["filled", "missing"]
    # Whoever could have several seats leaves the one that another needs.
    freed = checked(
        store, Member(2, "lay member", "Ann"), Member(3, "nurse", "Ann"), Member(4, "lay member", "Bob"),
        Member(5, "lay member", "Cem"),
    )  # fmt: skip
    assert [states(freed)[seat] for seat in ("nurse", "audit", "area")] == ["filled"] * 3


def test_too_many_twice_unknown_excluded_and_vacant_are_told_with_their_lines(store: Any) -> None:
    answer = checked(
        store,
        Member(2, "AO", "Ann"),
        Member(3, "accountable officer", "Bob"),
        Member(4, "nurse", "Cem"),
        Member(5, "Nurse", "cem"),
        Member(6, "nursing", "Dee"),
        Member(7, "councillor", "Eve"),
        Member(8, "lay member", "vacant"),
    )
    assert states(answer)["officer"] == "too many"
    assert next(row for row in answer["seats"] if row["id"] == "officer")["lines"] == [2, 3]
    members = {row["line"]: row for row in answer["members"]}
    assert [members[line]["state"] for line in (4, 5, 6, 7, 8)] == [
        "stands twice", "stands twice", "role not known", "may not be a member", "nobody named",
    ]  # fmt: skip
    assert members[5]["words"] == "Lines 4, 5."
    assert "nurse" in members[6]["nearest"]
    assert not answer["holds"]


def test_a_day_without_a_rule_is_not_known(store: Any) -> None:
    with pytest.raises(NothingFound, match="Not known: no rule"):
        checked(store, *WHOLE, at="2012-06-01")
