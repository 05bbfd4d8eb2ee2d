"""Who has taken over from an ended body by a day, with the share that each heir got."""

from __future__ import annotations

import pytest

from orgmap.queries.change.successors import Successor, successors_on
from orgmap.queries.table.followed import Following
from tests.kent import KENT_THROUGH_TIME

SHARES = """
entities
id      | name | valid_from | valid_until
pct:A   | A    | 2006-10-01 | 2013-04-01
pct:B   | B    | 2006-10-01 | 2013-04-01
pct:C   | C    | 2006-10-01 | 2013-04-01
ccg:X   | X    | 2013-04-01 | 2020-04-01
ccg:Y   | Y    | 2013-04-01 | 2020-04-01
ccg:Z   | Z    | 2013-04-01 | 2019-04-01
ccg:XY  | XY   | 2020-04-01 |
council:K | K  | 2013-04-01 |

events
id      | kind             | date       | precision
gave    | partial_transfer | 2010-04-01 |
shared  | boundary_change  | 2012-04-01 |
health  | function_transfer | 2013-04-01 |
reform  | replaced         | 2013-04-01 |
other   | replaced         | 2013-04-01 |
closed  | abolished        | 2019-04-01 |
merged  | merged           | 2020-04-01 |

successions
event  | predecessor | successor | about           | weight | counts    | number | stray
gave   | pct:A       | pct:C     |                 | 0.4    | practices | 4      |
shared | pct:A       | pct:B     |                 | 0.1    | practices | 1      |
health | pct:A       | council:K | service:health  |        |           |        |
reform | pct:A       | ccg:X     |                 | 0.5    | practices | 10     |
reform | pct:A       | ccg:Y     |                 | 0.2    | practices | 4      |
reform | pct:A       | ccg:Z     |                 | 0.25   | practices | 5      |
reform | pct:A       | ccg:XY    |                 | 0.05   | practices | 1      | yes
other  | pct:B       | ccg:X     |                 |        |           |        |
closed | ccg:Z       |           |                 |        |           |        |
merged | ccg:X       | ccg:XY    |                 | 1      | people    | 9      |
merged | ccg:Y       | ccg:XY    |                 |        |           |        |
"""
"""A left half to X, and so on; X and Y merged; Z ended and nobody took over; health passed apart."""


def told(store, body: str, day: str) -> list[tuple]:
    """The heirs of a body by a day, their weights rounded."""
    return [
        (heir.body, None if heir.weight is None else round(heir.weight, 4), heir.counts, heir.stray)
        for heir in successors_on(store, body, day)
    ]


def test_a_body_that_has_not_ended_has_no_successors(build):
    store = build(SHARES)
    assert successors_on(store, "pct:A", "2013-03-31") == []
    assert successors_on(store, "ccg:XY", "2026-01-01") == []


def test_the_largest_share_comes_first_and_strays_come_last_marked(build):
    assert told(build(SHARES), "pct:A", "2013-04-01") == [
        ("ccg:X", 0.5, "practices", False),
        ("ccg:Z", 0.25, "practices", False),
        ("ccg:Y", 0.2, "practices", False),
        ("ccg:XY", 0.05, "practices", True),
    ]


def test_weights_are_multiplied_where_each_passed_whole_and_summed_where_ways_meet(build):
    assert told(build(SHARES), "pct:A", "2020-04-01") == [
        ("ccg:XY", 0.75, "people; practices", False),
        ("", 0.25, "practices", False),
    ]


def test_what_passed_to_a_single_body_passed_whole(build):
    assert told(build(SHARES), "ccg:Y", "2020-04-01") == [("ccg:XY", 1.0, "", False)]
    assert told(build(SHARES), "pct:B", "2016-01-01") == [("ccg:X", 1.0, "", False)]


def test_a_body_that_nobody_took_over_from_has_no_successors(build):
    assert successors_on(build(SHARES), "ccg:Z", "2021-01-01") == []
    assert successors_on(build(SHARES), "pct:C", "2021-01-01") == []
    assert successors_on(build(SHARES), "pct:UNKNOWN", "2021-01-01") == []


@pytest.mark.parametrize(
    ("day", "heirs"),
    [
        ("2013-03-31", []),
        ("2013-04-01", ["ccg:10E", "ccg:09E"]),
        ("2020-03-31", ["ccg:10E", "ccg:09E"]),
        ("2020-04-01", ["ccg:91Q"]),
        ("2022-06-30", ["ccg:91Q"]),
        ("2022-07-01", ["icb:QKS"]),
    ],
)
def test_the_heirs_are_those_of_the_day(build, day, heirs):
    assert [heir.body for heir in successors_on(build(KENT_THROUGH_TIME), "pct:5QA", day)] == heirs


def test_a_whole_succession_weighs_one(build):
    [heir] = successors_on(build(KENT_THROUGH_TIME), "pct:5QA", "2022-07-01")
    assert heir == Successor("icb:QKS", 1.0, "practices", False)


def test_an_event_dated_to_the_year_may_be_the_one_by_which_a_body_ended(build):
    drawing = """
entities
id      | name | valid_from | valid_until
trust:A | A    |            | 2018-06-15
trust:B | B    |            |

events
id   | kind   | date       | precision
join | merged | 2018-01-01 | year

successions
event | predecessor | successor
join  | trust:A     | trust:B
"""
    assert told(build(drawing), "trust:A", "2019-01-01") == [("trust:B", 1.0, "", False)]


SMALL = """
entities
id      | name | valid_from | valid_until
pct:A   | A    | 2006-10-01 | 2013-04-01
pct:B   | B    | 2006-10-01 | 2013-04-01
pct:C   | C    | 2006-10-01 | 2013-04-01
ccg:X   | X    | 2013-04-01 |
ccg:Y   | Y    | 2013-04-01 |
ccg:Z   | Z    | 2013-04-01 |

events
id   | kind     | date
end  | replaced | 2013-04-01

successions
event | predecessor | successor | weight | counts
end   | pct:A       | ccg:X     | 0.9996 | practices
end   | pct:A       | ccg:Y     | 0.0004 | practices
end   | pct:B       | ccg:X     | 0.94   | practices
end   | pct:B       | ccg:Y     | 0.06   | practices
end   | pct:C       | ccg:X     | 0.92   | practices
end   | pct:C       | ccg:Y     | 0.04   | practices
end   | pct:C       | ccg:Z     | 0.04   | practices
"""


@pytest.mark.parametrize(
    ("body", "successor", "note"),
    [
        ("pct:A", "ccg:X", "strays not followed: ccg:Y 0.0%"),
        ("pct:B", "", "split by practices on the way to 2014-01-01: ccg:X 94.0%, ccg:Y 6.0%"),
        ("pct:C", "", "split by practices on the way to 2014-01-01: ccg:X 92.0%, ccg:Y 4.0%, ccg:Z 4.0%"),
    ],
)
def test_next_to_nothing_that_went_elsewhere_makes_no_split(build, body, successor, note):
    cells, said = Following(build(SMALL), "2014-01-01").follow(body, "2012-01-01")
    assert (cells[0], said) == (successor, note)
