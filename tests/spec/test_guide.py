# ruff: noqa: E501 - tables are wide
"""Whom to speak to in a place: every body is one that other questions tell, every line is cited or “not stated”."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.vocabulary import populations
from orgmap.queries.guide.guide import guide
from orgmap.queries.guide.themes import nearest_themes
from orgmap.queries.guide.words import paid_words
from tests.kent import KENT_THROUGH_TIME

GUIDED = (
    KENT_THROUGH_TIME
    + """
entities
id                      | name            | valid_from
doc:001                 | A paper         | 2011-08-01
service:maternity       | Maternity       |
service:health_visiting | Health visiting |
service:complaints      | Complaints      |
service:not_covered_housing | Housing     |
service:needs           | Needs assessment |
service:continuing      | Continuing care |
service:prison_healthcare | Prison healthcare |
service:dementia        | Memory clinics |
service:cafes           | Memory cafes |
national:nhs_england    | NHS England     | 2012-10-01

names
entity            | name     | use
service:maternity | midwives | alias

relationships
subject                     | verb    | object              | basis
service:not_covered_housing | part_of | service:not_covered | published

entities
id                  | name
service:not_covered | What these tables do not cover

rules
id | service                 | commissioner                 | population | coverage | status   | basis     | valid_from | valid_until
m1 | service:maternity       | primary_care_trust           | resident   | all      | in_force | statutory | 2006-10-01 | 2013-04-01
m2 | service:maternity       | clinical_commissioning_group | resident   | all      | in_force | statutory | 2013-04-01 | 2022-07-01
m3 | service:maternity       | integrated_care_board        | resident   | all      | in_force | statutory | 2022-07-01 |
h1 | service:health_visiting | national:nhs_england         | resident   | all      | in_force | statutory | 2013-04-01 | 2015-10-01
h2 | service:health_visiting | upper_tier_council           | resident   | all      | in_force | statutory | 2015-10-01 |
c1 | service:complaints      | upper_tier_council           | resident   | all      | in_force | statutory | 2013-04-01 |
n1 | service:needs           | health_and_wellbeing_board   | area       | all      | in_force | statutory | 2013-04-01 |
o1 | service:continuing      | integrated_care_board        | list_and_unregistered | all | in_force | statutory | 2022-07-01 |
o2 | service:continuing      | national:nhs_england         | detained   | all      | in_force | statutory | 2022-07-01 |
o3 | service:continuing      | national:nhs_england         | forces_registered | all | in_force | statutory | 2022-07-01 |
j1 | service:prison_healthcare | national:nhs_england       | detained   | all      | in_force | statutory | 2022-07-01 |
q2 | service:cafes           | national:nhs_england         | list_and_unregistered | all | in_force | statutory | 2022-07-01 |
q1 | service:dementia        | integrated_care_board        | list_and_unregistered | all | in_force | statutory | 2022-07-01 |

accountability
id | subject                      | verb           | object                       | coverage | status   | valid_from | valid_until
a1 | clinical_commissioning_group | accountable_to | national:nhs_england         | all      | in_force | 2013-04-01 | 2022-07-01
a2 | upper_tier_council           | scrutinises    | clinical_commissioning_group | all      | in_force | 2013-04-01 | 2022-07-01

events
id   | kind     | date       | status      | stated_on
next | replaced | 2027-04-01 | conditional | 2025-04-01

successions
event | predecessor | successor
next  | icb:QKS     |

statements
id      | document | topic  | subject                    | object   | text                          | status   | stated_on  | valid_until | locator
001-1-1 | 001      | advice | voluntary and community sector | primary_care_trust | Keep in touch with the trust. | in_force | 2011-08-01 | | line 23
001-2-1 | 001      | advice | voluntary and community sector | ccg:09E  | Speak to the coastal group.   | in_force | 2011-08-01 | | line 99

plans
id | plan  | text                     | about   | replaces | planned_for | status      | stated_on  | said_by | facts
p1 | board | The board is to end.     | icb:QKS | icb:QKS  | 2027-04-01  | conditional | 2025-04-01 | a paper | next

purposes
id | about                        | reader  | text                                | valid_from | valid_until
c  | clinical_commissioning_group |         | It buys care. GPs run it.           | 2013-04-01 | 2022-07-01
i  | integrated_care_board        |         | It buys care. It is new.            | 2022-07-01 |
p  | primary_care_trust           |         | It bought care. It gave some.       | 2002-10-01 | 2013-04-01
ch | integrated_care_board        | charity | It must listen. It meets in public. | 2022-07-01 |

contacts
id  | entity            | seen_on    | address          | telephone | website
k1  | ccg:10E           | 2016-02-01 | 1 Old Street     |           |
k2  | ccg:10E           | 2018-11-01 | 2 New Street     | 01843 1   |
k3  | sicbl:91Q         | 2025-01-01 | 3 Gail House     |           |
k4  | council:E10000016 | 2025-07-01 |                  |           | https://example.org/kent

themes
id      | name              | words                | services                                   | statements
birth   | Birth             | pregnancy; babies    | service:maternity service:health_visiting  |
voice   | Voice             | complaints           | service:complaints                         |
charity | Charities         | voluntary sector     |                                            | 001-1-1 001-2-1
housing | Housing           | homelessness         | service:not_covered_housing                |
"""
)
DAYS = ("2013-03-31", "2013-04-01", "2022-06-30", "2022-07-01", "2026-03-31", "2026-04-01")


def lines(told, part=""):
    return [line for one in told["parts"] if part in ("", one["part"]) for line in one["lines"]]


def bodies(told, part=""):
    return [line["body"]["id"] for line in lines(told, part) if line["body"]]


def texts(told, part):
    return [line["text"] for line in lines(told, part)]


@pytest.mark.parametrize("at", DAYS)
@pytest.mark.parametrize("about", ["", "birth", "housing"])
def test_every_line_is_cited_or_says_that_nothing_is_stated(build, at, about):
    told = guide(build(GUIDED), "CT9 1AA", at, about, "charity")
    assert [
        line for line in lines(told) if not line["sources"] and "Not stated" not in (line["text"] or "")
    ] == []
    assert all(line["purpose"]["sources"] for line in lines(told) if line.get("purpose"))


def test_a_body_that_pays_stands_in_the_guide_of_the_days_on_which_it_did(build):
    store = build(GUIDED)
    paying = {at: bodies(guide(store, "CT9 1AA", at, "maternity"), "pays") for at in DAYS}
    assert paying == {
        "2013-03-31": ["pct:5QA"],
        "2013-04-01": ["ccg:10E"],
        "2022-06-30": ["ccg:91Q"],
        "2022-07-01": ["icb:QKS"],
        "2026-03-31": ["icb:QKS"],
        "2026-04-01": ["icb:QKS"],
    }


def test_a_theme_means_its_services_and_is_found_by_other_words_for_it(build):
    told = guide(build(GUIDED), "CT9 1AA", "2016-01-01", "Pregnancy")
    assert told["theme"]["id"] == "birth"
    paid = {line["body"]["id"]: [one["name"] for one in line["services"]] for line in lines(told, "pays")}
    assert paid == {"ccg:10E": ["Maternity"], "council:E10000016": ["Health visiting"]}
    assert "“Pregnancy” was taken as Birth." in told["notes"]


def test_a_service_is_a_theme_of_its_own(build):
    told = guide(build(GUIDED), "CT9 1AA", "2016-01-01", "midwives")
    assert [one["id"] for one in told["theme"]["services"]] == ["service:maternity"]


def test_a_theme_that_is_not_known_is_refused_with_the_three_nearest(build):
    store = build(GUIDED)
    with pytest.raises(
        NothingFound, match=r"No theme and no service is called “birht”. The nearest: “Birth”"
    ):
        guide(store, "CT9 1AA", "2016-01-01", "birht")
    assert len(nearest_themes(store, "birht")) == 3


def test_what_the_tables_do_not_cover_says_so_and_names_nobody(build):
    told = guide(build(GUIDED), "CT9 1AA", "2016-01-01", "homelessness")
    assert texts(told, "pays") == [
        "Not stated: these tables name nobody who pays for Housing; why stands below."
    ]
    assert "Not stated here: Housing." in texts(told, "open")
    assert "council:E10000016" in bodies(told, "oversees"), "the council still scrutinises"


def test_a_kind_is_for_what_it_was_for_on_the_day(build):
    store = build(GUIDED)
    said = {
        at: lines(guide(store, "CT9 1AA", at, "maternity"), "pays")[0]["purpose"]["text"]
        for at in ("2013-03-31", "2013-04-01", "2022-07-01")
    }
    assert list(said.values()) == [
        "It bought care. It gave some.",
        "It buys care. GPs run it.",
        "It buys care. It is new.",
    ]


@pytest.mark.parametrize(
    ("at", "address", "seen_on"),
    [
        ("2014-01-01", "1 Old Street", "2016-02-01"),  # no register before the day: the first after it
        ("2017-01-01", "1 Old Street", "2016-02-01"),
        ("2019-01-01", "2 New Street", "2018-11-01"),
    ],
)
def test_an_address_is_that_of_the_register_of_the_time_with_its_day(build, at, address, seen_on):
    [line] = lines(guide(build(GUIDED), "CT9 1AA", at, "maternity"), "pays")
    reach = line["reach"]["address"]
    assert (reach["value"], reach["seen_on"], reach["sources"][0]["title"]) == (
        address, seen_on, "Drawn for the test"
    )  # fmt: skip


def test_what_no_register_gives_is_not_held_field_by_field(build):
    told = guide(build(GUIDED), "CT9 1AA", "2024-01-01", "birth")
    board, council = lines(told, "pays")
    assert board["reach"]["telephone"] is None
    assert board["reach"]["address"]["of"] == {"id": "sicbl:91Q", "name": "NHS Kent - 91Q"}
    assert {field: bool(way) for field, way in council["reach"].items()} == {
        "address": False, "telephone": False, "website": True
    }  # fmt: skip
    assert any("no register held here gives" in text for text in texts(told, "open"))


def test_a_board_that_buys_nothing_is_never_told_among_those_who_pay_and_stands_where_it_plans(build):
    told = guide(build(GUIDED), "CT9 1AA", "2024-01-01")
    assert "hwb:E10000016" not in bodies(told, "pays")
    [board] = [line for line in lines(told, "plans") if line["body"]["id"] == "hwb:E10000016"]
    assert paid_words(board) == {"sees to": "Needs assessment"}
    assert board["sources"]


def test_who_asks_for_what_nobody_buys_is_told_who_sees_to_it(build):
    told = guide(build(GUIDED), "CT9 1AA", "2024-01-01", "Needs assessment")
    assert bodies(told, "pays") == []
    assert texts(told, "pays") == ["Kent HWB sees to Needs assessment, and buys nothing."]


def test_who_pays_for_some_people_only_is_told_with_that_limit_and_once(build):
    told = guide(build(GUIDED), "CT9 1AA", "2024-01-01", "Continuing care")
    board, england = [line for line in lines(told, "pays") if line["body"]]
    assert paid_words(board) == {"pays for": "Continuing care"}
    detained, forces = (populations()[one].label for one in ("detained", "forces_registered"))
    assert paid_words(england) == {"for some people": f"only for {detained} and {forces}: Continuing care"}
    assert england["body"]["id"] == "national:nhs_england"
    assert [one["only_for"] for one in england["services"]] == [[detained, forces]]


def test_for_whom_an_answer_does_not_hold_is_a_line_of_its_own(build):
    told = guide(build(GUIDED), "CT9 1AA", "2024-01-01", "Memory clinics")
    assert bodies(told, "pays") == ["icb:QKS"]
    assert [text for text in texts(told, "pays") if text] == [
        "For some people (people detained in prescribed accommodation) NHS England decides. This is so of: Memory"
        " clinics.",
        "For some people (people who live here and are on the list of a practice elsewhere) another body decides. The"
        " commissioner of that practice: ask with its code. This is so of: Memory clinics.",
    ]


def test_that_the_same_body_decides_for_some_people_too_is_no_exception(build):
    told = guide(build(GUIDED), "CT9 1AA", "2024-01-01", "Memory cafes")
    assert bodies(told, "pays") == ["national:nhs_england"]
    assert [text for text in texts(told, "pays") if text and "detained" in text] == []


def test_who_listens_is_the_voice_of_the_day_and_who_pays_for_help_with_complaints(build):
    store = build(GUIDED)
    assert bodies(guide(store, "CT9 1AA", "2013-03-31"), "listens") == ["link:E10000016"]
    assert bodies(guide(store, "CT9 1AA", "2013-04-01"), "listens") == [
        "healthwatch:E10000016", "council:E10000016"
    ]  # fmt: skip


def test_who_oversees_those_who_pay_is_told_with_the_sentence_that_says_so(build):
    told = guide(build(GUIDED), "CT9 1AA", "2014-01-01", "maternity")
    said = {
        line["body"]["id"]: [one["text"] for one in line["sentences"]] for line in lines(told, "oversees")[:2]
    }
    assert said == {
        "national:nhs_england": ["NHS Thanet CCG is accountable to NHS England"],
        "council:E10000016": ["Kent County Council scrutinises NHS Thanet CCG"],
    }


def test_a_reader_is_told_what_a_body_means_for_it_and_another_reader_is_refused(build):
    store = build(GUIDED)
    [line] = lines(guide(store, "CT9 1AA", "2024-01-01", "maternity", "Charity"), "pays")
    assert line["for_reader"]["text"] == "It must listen. It meets in public."
    assert "for_reader" not in lines(guide(store, "CT9 1AA", "2024-01-01", "maternity"), "pays")[0]
    with pytest.raises(WrongUse, match=r"“bishop” is no kind of reader. Readers: charity."):
        guide(store, "CT9 1AA", "2024-01-01", "", "bishop")


@pytest.mark.parametrize(
    ("at", "advised"),
    [
        ("2011-07-31", []),  # nobody had said it
        ("2011-08-01", ["Keep in touch with the trust."]),
        ("2013-03-31", ["Keep in touch with the trust."]),
        ("2013-04-01", []),  # another body commissions for the place
        ("2026-06-01", []),
    ],
)
def test_advice_of_a_time_is_history_and_shown_for_days_of_that_time_only(build, at, advised):
    told = guide(build(GUIDED), "CT9 1AA", at, "", "charity")
    assert texts(told, "history") == advised
    assert all(line["stated_on"] == "2011-08-01" and line["where"] for line in lines(told, "history"))
    assert texts(guide(build(GUIDED), "CT9 1AA", at), "history") == [], "only who asks as a charity is told"


def test_what_changes_next_is_the_next_change_of_each_body_and_a_plan_stays_a_plan(build):
    store = build(GUIDED)
    came = [
        line for line in lines(guide(store, "CT9 1AA", "2013-03-31"), "ahead") if line["status"] == "in_force"
    ]
    assert [line["date"] for line in came] == sorted(line["date"] for line in came)
    planned = [line for line in lines(guide(store, "CT9 1AA", "2026-04-01"), "ahead")]
    assert [(line["text"], line["said"]) for line in planned] == [
        ("1 April 2027: The board is to end.", "conditional, not law; said by a paper on 2025-04-01")
    ]


def test_a_plan_that_nobody_had_stated_by_the_day_is_not_told(build):
    assert texts(guide(build(GUIDED), "CT9 1AA", "2024-01-01"), "ahead") == []


def test_a_planned_day_is_answered_as_last_known_and_with_plans_as_planned(build):
    store = build(GUIDED)
    assert bodies(guide(store, "CT9 1AA", "2027-04-01", "maternity"), "pays") == ["icb:QKS"]
    with_plans = guide(store, "CT9 1AA", "2027-04-01", "maternity", "", Include.of("planned"))
    assert texts(with_plans, "ahead") == ["1 April 2027: The board is to end."]


def test_as_known_on_an_earlier_day_no_later_register_and_no_later_plan_is_told(build):
    known = KnownStore(build(GUIDED), "2017-01-01")
    [line] = lines(guide(known, "CT9 1AA", "2016-06-01", "maternity"), "pays")
    assert line["reach"]["address"]["seen_on"] == "2016-02-01"
    assert texts(guide(known, "CT9 1AA", "2016-06-01"), "ahead") == []


def test_a_place_in_two_groups_has_both_with_their_shares(build):
    told = guide(build(GUIDED), "Kent", "2014-01-01", "maternity")
    shares = {line["body"]["id"]: line["share"] for line in lines(told, "pays")}
    assert shares.keys() == {"ccg:10E", "ccg:09E"}
    assert sum(shares.values()) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("place", ["Atlantis", "CF10 1AA", "' OR 1=1 --", "<script>alert(1)</script>"])
def test_a_place_that_is_not_known_is_refused_as_find_refuses_it(build, place):
    with pytest.raises((NothingFound, Ambiguous, WrongUse)):
        guide(build(GUIDED), place, "2014-01-01")


@pytest.mark.parametrize("at", ["1998-01-01", "2999-01-01"])
def test_a_day_that_the_tables_do_not_know_is_not_known(build, at):
    with pytest.raises(NothingFound, match="Not known"):
        guide(build(GUIDED), "CT9 1AA", at)
