"""How one practice's memberships are put in order of time, told with small made-up registers."""

from __future__ import annotations

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.practices.register import Membership
from orgmap.loaders.compile.practices.timeline import stays_from_history
from orgmap.loaders.releases.listings import Listing
from orgmap.loaders.releases.lists.network_stays import Partner, network_stays
from orgmap.loaders.releases.stays import (
    Bearer,
    Edition,
    PracticeMembership,
    PracticeSuccessor,
    Rules,
    Stay,
    facts,
    follow,
)

ALWAYS = Period(None, None)
LIVES = {
    "10E": (Bearer("ccg:10E", Period("2013-04-01", "2020-04-01")),),
    "09C": (Bearer("ccg:09C", Period("2013-04-01", "2020-04-01")),),
    "91Q": (
        Bearer("ccg:91Q", Period("2020-04-01", "2022-07-01")),
        Bearer("sicbl:91Q", Period("2022-07-01", None)),
    ),
    "97R": (
        Bearer("ccg:97R", Period("2020-04-01", "2022-07-01")),
        Bearer("sicbl:97R", Period("2022-07-01", None)),
    ),
}
RULES = Rules(
    lives=LIVES,
    successions={
        "10E": PracticeSuccessor("91Q", "2020-04-01"),
        "09C": PracticeSuccessor("91Q", "2020-04-01"),
    },
    predecessor=lambda code, postcode: {"CT9 1AA": "10E"}.get(postcode),
    predecessor_by="its postcode",
    predecessor_source="look-up",
    successions_source="successions",
)
OLD, NEW = Edition("old", "", "2019-07-31", ""), Edition("new", "", "2022-07-31", "")
THANET = [Membership("10E", "2013-04-01", "")]


def listed(commissioner: str, joined: str, opened: str = "2001-01-01", postcode: str = "") -> Listing:
    return Listing("", postcode, opened, "", "active", commissioner, joined, "4")


def told(found: list[PracticeMembership]) -> list[tuple[str, str, str | None, str]]:
    return [(fact.body, fact.valid_from, fact.valid_until, fact.basis) for fact in found]


def after(commissioner: str, joined: str) -> list[tuple[str, str, str | None, str]]:
    """A practice of Thanet that the new edition finds with that commissioner, joined on that day."""
    stays = follow(stays_from_history(THANET), OLD.as_of, NEW, listed(commissioner, joined), RULES)
    return told(facts(stays, ALWAYS, RULES))


def test_a_move_on_the_day_of_the_merger_is_taken_as_published() -> None:
    assert after("91Q", "2020-04-01") == [
        ("ccg:10E", "2013-04-01", "2020-04-01", "published"),
        ("ccg:91Q", "2020-04-01", "2022-07-01", "published"),
        ("sicbl:91Q", "2022-07-01", None, "published"),
    ]


def test_a_join_never_precedes_the_body() -> None:
    assert after("91Q", "2013-04-01") == after("91Q", "2020-04-01")


def test_a_gap_between_two_editions_is_filled_through_the_succession() -> None:
    assert after("97R", "2021-06-01") == [
        ("ccg:10E", "2013-04-01", "2020-04-01", "published"),
        ("ccg:91Q", "2020-04-01", "2021-06-01", "derived"),
        ("ccg:97R", "2021-06-01", "2022-07-01", "published"),
        ("sicbl:97R", "2022-07-01", None, "published"),
    ]


def test_an_older_edition_is_right_about_its_own_day() -> None:
    stays = follow(stays_from_history(THANET), OLD.as_of, NEW, listed("09C", "2014-01-01"), RULES)
    found = facts(stays, ALWAYS, RULES)
    assert told(found)[:2] == [
        ("ccg:10E", "2013-04-01", "2019-08-01", "published"),
        ("ccg:09C", "2019-08-01", "2020-04-01", "published"),
    ]
    assert found[0].until_precision == found[1].from_precision == "approx"


def test_an_announced_move_that_did_not_happen_is_dropped() -> None:
    announced = follow(stays_from_history(THANET), "2019-07-31", OLD, listed("09C", "2019-10-01"), RULES)
    kept = follow(announced, OLD.as_of, NEW, listed("10E", "2013-04-01"), RULES)
    assert [stay.code for stay in kept] == ["10E"]


def test_a_new_practice_whose_commissioner_is_younger_was_with_the_predecessor_of_its_place() -> None:
    listing = listed("91Q", "2019-11-01", opened="2019-11-01", postcode="CT9 1AA")
    assert told(facts(follow([], "", NEW, listing, RULES), ALWAYS, RULES)) == [
        ("ccg:10E", "2019-11-01", "2020-04-01", "derived"),
        ("ccg:91Q", "2020-04-01", "2022-07-01", "published"),
        ("sicbl:91Q", "2022-07-01", None, "published"),
    ]


def test_where_the_place_is_not_known_nothing_is_guessed() -> None:
    listing = listed("91Q", "2019-11-01", opened="2019-11-01", postcode="ZZ1 1ZZ")
    assert told(facts(follow([], "", NEW, listing, RULES), ALWAYS, RULES))[0][1] == "2020-04-01"


def test_a_membership_ends_with_the_practice() -> None:
    stays = [Stay("10E", "2013-04-01", None, (("2019-07-31", "old"),))]
    assert told(facts(stays, Period("2014-01-01", "2018-02-01"), RULES)) == [
        ("ccg:10E", "2014-01-01", "2018-02-01", "published")
    ]


def test_a_network_seen_on_a_day_is_kept_for_that_day() -> None:
    first = [Partner("G1", "U1", "2019-10-01", "", "10E")]
    second = [Partner("G1", "U2", "2019-10-01", "", "91Q")]
    found = network_stays([(OLD._replace(as_of="2019-12-01"), first), (NEW, second)], ALWAYS)
    assert [(stay.network, stay.valid_from, stay.valid_until) for stay in found] == [
        ("U1", "2019-10-01", "2019-12-02"),
        ("U2", "2019-12-02", None),
    ]


def test_of_two_networks_on_one_day_the_later_one_counts() -> None:
    rows = [Partner("G1", "U1", "2019-10-01", "2022-07-02", ""), Partner("G1", "U2", "2022-07-01", "", "")]
    found = network_stays([(NEW, rows)], ALWAYS)
    assert [(stay.network, stay.valid_until) for stay in found] == [("U1", "2022-07-01"), ("U2", None)]
