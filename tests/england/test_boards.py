"""The seats and powers of boards: every fact that was gathered is there or has its reason, each day has its own law."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import Any

import pytest

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.listed import BoardKind, Power, Seat, power_words, seat_sorts
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.boards.board import board
from orgmap.queries.boards.check import Member, check_members

LEFT_OUT = {
    "BP038": "that partnerships are to end is no power: it is a plan, and its seat-row says so",
    "BP051": "that local Healthwatch is to end is no power: the plan of that says so",
}
"""Rows of the gathered facts that are no row here, each with the reason."""

SEATS, POWERS = 99, 72
"""So many facts were gathered."""


@pytest.fixture(scope="module")
def rows(england: Store) -> dict[str, list[Any]]:
    """All boards, seats and powers."""
    return {
        "boards": list(england.listed(BoardKind)),
        "seats": list(england.listed(Seat)),
        "powers": list(england.listed(Power)),
    }


def test_every_gathered_fact_is_there_or_left_out_with_its_reason(rows: dict[str, list[Any]]) -> None:
    named = [part for table in rows.values() for row in table for part in row.row.split()]
    assert {one for one in named if one.startswith("BS")} == {f"BS{n:03}" for n in range(1, SEATS + 1)}
    powers = {f"BP{n:03}" for n in range(1, POWERS + 1)}
    assert {one for one in named if one.startswith("BP")} == powers - LEFT_OUT.keys()
    again = {one: times for one, times in Counter(named).items() if times > 1}
    assert again == {"BS016": 2, "BS057": 2, "BS092": 4}  # each names several posts
    assert sum(not row.row for row in rows["seats"]) == 7  # what a council's paper says of its own seats


def test_each_row_hangs_on_a_board_has_a_source_and_says_how_far_it_was_read(
    england: Store, rows: dict[str, list[Any]]
) -> None:
    boards = {one.id for one in rows["boards"]}
    sources = england.sources()
    for row in (*rows["seats"], *rows["powers"]):
        assert row.board in boards, row.id
        assert row.source in sources, row.id
        assert row.verified in {"yes", "partly", "no"}, row.id
        assert (row.source == "general-knowledge") <= (row.verified != "yes"), row.id
    assert Counter(row.verified for row in (*rows["seats"], *rows["powers"]))["no"] >= 16
    seats = {row.id for row in rows["seats"]}
    assert all(other in seats for row in rows["seats"] for other in row.but.split())


def test_one_matter_has_one_name_and_words_mean_one_matter(rows: dict[str, list[Any]]) -> None:
    assert {row.power for row in rows["powers"]} <= power_words().keys()
    assert {row.sort for row in rows["seats"]} <= seat_sorts().keys()
    plain = {row.matter.casefold() for row in rows["powers"]}
    assert len(plain) == len({row.matter for row in rows["powers"]})


def of(answer: dict[str, Any], board_id: str) -> dict[str, dict[str, Any]]:
    """The seats of one board of an answer, by role."""
    [found] = [one for one in answer["boards"] if one["id"] == board_id]
    return {row["role"]: row for row in found["seats"]}


BODY = "ccg-governing-body"
LAW_OF_2012 = {
    "members in all", "accountable officer", "chief finance officer", "registered nurse",
    "secondary care specialist", "lay person, audit and governance", "lay person, knowledge of the area",
}  # fmt: skip


def test_the_list_of_2011_was_a_plan_and_the_regulations_hold_from_their_day(england: Store) -> None:
    with pytest.raises(NothingFound, match=r"1 October 2012 \(SI 2012/1631"):
        board(england, "CCG governing body", "2012-06-20")
    planned = of(board(england, "CCG governing body", "2012-06-20", include=Include.of("proposed")), BODY)
    assert {row["status"] for row in planned.values()} == {"superseded"}
    assert len(planned) == 4
    with pytest.raises(NothingFound):
        board(england, "CCG governing body", "2012-06-21", include=Include.of("proposed"))
    with pytest.raises(NothingFound):
        board(england, "CCG governing body", "2012-09-30")
    for day in ("2012-10-01", "2022-06-30"):
        seats = of(board(england, "CCG governing body", day), BODY)
        assert {role for role, row in seats.items() if row["required"]} == LAW_OF_2012
        assert seats["members in all"]["number_words"] == "at least 6"
    with pytest.raises(NothingFound):
        board(england, "CCG governing body", "2022-07-01")


@pytest.mark.parametrize(
    ("text", "board_id", "before", "after", "role"),
    [
        ("hwb", "health-and-wellbeing-board", "2013-03-31", "2013-04-01", "director of public health"),
        ("hwb", "health-and-wellbeing-board", "2022-06-30", "2022-07-01", "representative of each relevant ICB"),
        ("PCT board", "pct-board", "2002-03-31", "2002-04-01", "director of public health"),
        ("integrated care board", "integrated-care-board", "2022-06-30", "2022-07-01", "chief executive"),
        ("council executive", "council-executive", "2012-05-03", "2012-05-04", "other cabinet councillors"),
        ("SHA board", "sha-board", "2007-02-28", "2007-03-01", "chairman"),
    ],
)  # fmt: skip
def test_a_seat_is_there_from_its_day_on(
    england: Store, text: str, board_id: str, before: str, after: str, role: str
) -> None:
    assert role in of(board(england, text, after), board_id)
    with suppress(NothingFound):
        assert role not in of(board(england, text, before), board_id)


@pytest.mark.parametrize(
    ("text", "board_id", "last", "role"),
    [
        ("hwb", "health-and-wellbeing-board", "2022-06-30", "representative of each relevant CCG"),
        ("PCT board", "pct-board", "2013-03-31", "chief executive"),
        ("SHA board", "sha-board", "2006-06-30", "non-officer from higher education for health professions"),
    ],
)
def test_a_seat_is_there_until_its_last_day(
    england: Store, text: str, board_id: str, last: str, role: str
) -> None:
    assert role in of(board(england, text, last), board_id)
    with suppress(NothingFound):
        assert role not in of(board(england, text, day_after(last)), board_id)


def test_the_bill_s_clause_on_seats_is_never_in_force(england: Store) -> None:
    for day in ("2026-06-01", "2027-06-01"):
        seats = of(board(england, "icb", day), "integrated-care-board")
        assert "partner member of local authorities" in seats
        assert not any("mayor" in role for role in seats)
        planned = of(board(england, "icb", day, include=Include.of("planned")), "integrated-care-board")
        mayor = next(row for role, row in planned.items() if "mayor" in role)
        assert (mayor["status"], mayor["law"]) == ("conditional", False)


def words(england: Store, text: str, at: str, may: str) -> tuple[str, str]:
    """The first answer to what a board may do."""
    answer = board(england, text, at, may)["may"][0]
    return answer["answer"], answer["words"]


def test_medway_s_board_notes_and_comments_and_a_national_panel_decides(england: Store) -> None:
    answer, said = words(england, "hwb:E06000035", "2019-09-10", "CCG merger")
    assert answer == "no"
    assert said.startswith("No: it notes and comments on it (doc-004, lines 26, 210, 212)")
    for part in (
        "Eight CCG governing bodies vote on it (whether to apply; doc-004, line 86)",
        "Eight memberships of CCGs vote on it",
        "National panel of NHS England on mergers of groups decides it (approval or refusal; in November 2019;",
    ):
        assert part in said
    assert words(england, "hwb:E10000016", "2019-09-10", "CCG merger")[0] == "not stated"
    assert words(england, "hwb:E06000035", "2018-09-10", "CCG merger")[0] == "not stated"


def test_on_the_day_of_the_paper_its_panels_to_come_were_known(england: Store) -> None:
    then = board(KnownStore(england, "2019-09-10"), "hwb:E06000035", "2019-09-10", "CCG merger")["may"][0]
    assert "in November 2019" in then["words"]
    with pytest.raises(NothingFound, match="no matter that the tables know"):
        board(KnownStore(england, "2019-09-09"), "hwb:E06000035", "2019-09-10", "CCG merger")


def test_referral_by_councils_ended_on_31_january_2024(england: Store) -> None:
    assert "may refer it" in words(england, "HOSC", "2024-01-30", "reconfiguration of services")[1]
    last = words(england, "HOSC", "2024-01-31", "reconfiguration of services")[1]
    assert "refer" not in last
    assert "Secretary of State may take the decision" in last


def test_what_is_not_read_in_its_source_says_so(england: Store) -> None:
    answer, said = words(england, "hwb:E10000016", "2014-01-01", "joint health and wellbeing strategy")
    assert (answer, "not read in its source" in said) == ("yes", True)
    assert words(england, "hwb:E10000016", "2014-01-01", "commissioning plan")[0] == "no"


def test_a_foundation_trust_is_told_no_rule_for_other_trusts(england: Store) -> None:
    for day in ("2014-01-01", "2018-01-01"):
        with pytest.raises(NothingFound, match="holds for no foundation trust"):
            board(england, "trust:RVV", day)
    assert board(england, "trust:RWF", "2018-01-01")["boards"][0]["id"] == "nhs-trust-board"


def test_medway_council_sat_on_six_groups_of_the_partnership_on_one_day(england: Store) -> None:
    there = board(england, "council:E06000035", "2019-09-10", sitting=True)["sits"]
    sure = {row["board"] for row in there if row["holds"] == "yes"}
    assert {"kent-programme-board", "medway-and-swale-board", "health-and-wellbeing-board"} <= sure
    assert sum(one.startswith(("kent-", "medway-")) for one in sure) == 6
    later = board(england, "council:E06000035", "2019-09-11", sitting=True)["sits"]
    assert not any(row["board"].startswith("kent-") for row in later)


def test_a_whole_board_of_2026_holds_and_one_without_a_council_s_member_does_not(england: Store) -> None:
    people = [
        Member(2, "Chair", "A"), Member(3, "Chief executive", "B"), Member(4, "Trust partner member", "C"),
        Member(5, "GP partner member", "D"), Member(6, "Local authority partner member", "E"),
        Member(7, "member with knowledge of mental health", "C"),
    ]  # fmt: skip
    assert check_members(england, "icb", "2026-06-01", people)["holds"]
    short = check_members(england, "icb", "2026-06-01", [*people[:4], people[5]])
    assert [row["role"] for row in short["seats"] if row["state"] == "missing"] == [
        "ordinary members in all", "partner member of local authorities",
    ]  # fmt: skip


def test_a_town_is_never_taken_for_a_network_that_bears_its_name(england: Store) -> None:
    with pytest.raises(NothingFound, match="Glossop” is a place"):
        board(england, "Glossop", "2026-06-01")
    assert board(england, "Glossop PCN", "2026-06-01")["body"]["id"] == "pcn:U60978"


def test_a_group_s_own_boards_are_asked_where_nothing_is_stated_of_the_group(england: Store) -> None:
    told = board(england, "ccg:09W", "2019-09-10", "CCG merger")["may"]
    assert {(one["name"], one["answer"]) for one in told} == {
        ("CCG governing body of NHS Medway CCG", "no"),
        ("membership of a CCG of NHS Medway CCG", "no"),
    }


def test_who_asks_whether_a_partnership_may_commission_is_told_who_does(england: Store) -> None:
    [told] = board(england, "icp", "2026-06-01", "commission")["may"]
    assert (told["matter"], told["answer"]) == ("commissioning", "not stated")
    assert "Integrated care board decides it" in told["words"]


def test_nobody_sits_on_an_integrated_care_board_before_there_is_one(england: Store) -> None:
    with pytest.raises(NothingFound, match="no rule on who sits on an integrated care board"):
        board(england, "icb", "2010-01-01")
