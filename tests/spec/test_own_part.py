"""A body that merged into another, which was divided later: its own practices or places tell who took over of it."""

from __future__ import annotations

import pytest

from orgmap.queries.change.lineage import lineage
from orgmap.queries.change.successors import successors_on
from orgmap.queries.table.followed import Following

PRACTICES = """
entities
id          | kind                         | name       | valid_from | valid_until
practice:W1 | gp_practice                  | W one      |            |
practice:W2 | gp_practice                  | W two      |            |
practice:W3 | gp_practice                  | W three    |            |
practice:H1 | gp_practice                  | H one      |            |
practice:H2 | gp_practice                  | H two      |            |
practice:H3 | gp_practice                  | H three    |            |
practice:E1 | gp_practice                  | E one      |            |
pct:P       | primary_care_trust           | P          | 2006-10-01 | 2013-04-01
ccg:W       | clinical_commissioning_group | West       | 2013-04-01 | 2022-07-01
ccg:H       | clinical_commissioning_group | Herts      | 2013-04-01 | 2022-07-01
ccg:B       | clinical_commissioning_group | Borderland | 2013-04-01 | 2022-07-01
ccg:N       | clinical_commissioning_group | No lists   | 2013-04-01 | 2022-07-01
sicbl:W     | sub_icb_location             | West       | 2022-07-01 |
sicbl:H     | sub_icb_location             | Herts      | 2022-07-01 |
icb:M       | integrated_care_board        | Merged     | 2022-07-01 | 2026-04-01
icb:E       | integrated_care_board        | Essex      | 2026-04-01 |
icb:C       | integrated_care_board        | Central    | 2026-04-01 |

relationships
subject     | verb      | object  | valid_from | valid_until
practice:W1 | member_of | pct:P   | 2006-10-01 | 2013-04-01
practice:W2 | member_of | pct:P   | 2006-10-01 | 2013-04-01
practice:W3 | member_of | pct:P   | 2006-10-01 | 2013-04-01
practice:W1 | member_of | ccg:W   | 2013-04-01 | 2022-07-01
practice:W2 | member_of | ccg:W   | 2013-04-01 | 2022-07-01
practice:W3 | member_of | ccg:W   | 2013-04-01 | 2022-07-01
practice:H1 | member_of | ccg:H   | 2013-04-01 | 2022-07-01
practice:H2 | member_of | ccg:B   | 2013-04-01 | 2022-07-01
practice:E1 | member_of | ccg:B   | 2013-04-01 | 2022-07-01
practice:W1 | member_of | sicbl:W | 2022-07-01 |
practice:W2 | member_of | sicbl:W | 2022-07-01 |
practice:E1 | member_of | sicbl:W | 2022-07-01 |
practice:H1 | member_of | sicbl:H | 2022-07-01 |
practice:H2 | member_of | sicbl:H | 2022-07-01 |
practice:H3 | member_of | sicbl:H | 2022-07-01 |
sicbl:W     | part_of   | icb:M   | 2022-07-01 | 2026-04-01
sicbl:H     | part_of   | icb:M   | 2022-07-01 | 2026-04-01
sicbl:W     | part_of   | icb:E   | 2026-04-01 |
sicbl:H     | part_of   | icb:C   | 2026-04-01 |

events
id     | kind        | date
groups | replaced    | 2013-04-01
boards | replaced    | 2022-07-01
halves | reorganised | 2026-04-01

successions
event  | predecessor | successor | weight | counts
groups | pct:P       | ccg:W     | 1      | practices
boards | ccg:W       | icb:M     | 1      | practices
boards | ccg:H       | icb:M     | 1      | practices
boards | ccg:B       | icb:M     | 1      | practices
boards | ccg:N       | icb:M     | 1      | practices
halves | icb:M       | icb:C     | 0.77   | practices
halves | icb:M       | icb:E     | 0.23   | practices
"""
"""West, Herts and others became one board, which was divided: West went to Essex whole, one of its practices closed."""


def told(store, body: str, day: str) -> list[tuple]:
    """The heirs of a body by a day with their shares and what is counted."""
    return [(heir.body, heir.weight, heir.counts) for heir in successors_on(store, body, day)]


@pytest.mark.parametrize(
    ("body", "heirs"),
    [
        ("ccg:W", [("icb:E", 1.0, "practices")]),
        ("pct:P", [("icb:E", 1.0, "practices")]),
        ("ccg:H", [("icb:C", 1.0, "practices")]),
        ("icb:M", [("icb:C", 0.77, "practices"), ("icb:E", 0.23, "practices")]),
    ],
)
def test_a_part_of_a_divided_board_went_where_its_own_practices_went(build, body, heirs):
    assert told(build(PRACTICES), body, "2026-04-01") == heirs


def test_the_part_itself_may_have_been_divided(build):
    assert {(one, weight) for one, weight, _ in told(build(PRACTICES), "ccg:B", "2026-04-01")} == {
        ("icb:C", 0.5),
        ("icb:E", 0.5),
    }


def test_where_nothing_of_the_part_is_known_no_share_is_told(build):
    assert told(build(PRACTICES), "ccg:N", "2026-04-01") == [
        ("icb:C", None, "practices"),
        ("icb:E", None, "practices"),
    ]
    cells, note = Following(build(PRACTICES), "2026-04-01").follow("ccg:N", "2020-01-01")
    assert cells[0] == ""
    assert "icb:C (share not known), icb:E (share not known)" in note


def test_a_table_has_the_board_that_took_over_of_the_part(build):
    cells, _ = Following(build(PRACTICES), "2026-04-01").follow("ccg:W", "2020-01-01")
    assert (cells[0], cells[-1]) == ("icb:E", "icb:E 100%")


def test_its_lineage_says_where_its_own_practices_went(build):
    store = build(PRACTICES)
    own = "Of West itself (ccg:W), by its practices, on 2026-04-01: icb:E 100%."
    assert own in " ".join(lineage(store, "ccg:W", back=False)["notes"])
    assert "itself" not in " ".join(lineage(store, "icb:M", back=False)["notes"])
    assert "which of them took over of No lists itself" in " ".join(lineage(store, "ccg:N")["notes"])


PLACES = """
entities
id      | name | valid_from | valid_until
ccg:A   | A    | 2013-04-01 | 2020-04-01
ccg:B   | B    | 2013-04-01 | 2020-04-01
ccg:AB  | AB   | 2020-04-01 | 2022-07-01
icb:X   | X    | 2022-07-01 |
icb:Y   | Y    | 2022-07-01 |
area:1  | One  |            |
area:2  | Two  |            |

relationships
subject | verb   | object | valid_from | valid_until
ccg:A   | covers | area:1 | 2013-04-01 | 2020-04-01
ccg:B   | covers | area:2 | 2013-04-01 | 2020-04-01
ccg:AB  | covers | area:1 | 2020-04-01 | 2022-07-01
ccg:AB  | covers | area:2 | 2020-04-01 | 2022-07-01
icb:X   | covers | area:1 | 2022-07-01 |
icb:Y   | covers | area:2 | 2022-07-01 |

neighbourhoods
code      | name | parent    | area   | population
E01000001 | O    | E02000001 | area:1 | 100
E01000002 | T    | E02000001 | area:2 | 300

events
id   | kind     | date
one  | merged   | 2020-04-01
two  | replaced | 2022-07-01

successions
event | predecessor | successor | weight
one   | ccg:A       | ccg:AB    |
one   | ccg:B       | ccg:AB    |
two   | ccg:AB      | icb:X     | 0.25
two   | ccg:AB      | icb:Y     | 0.75
"""


@pytest.mark.parametrize(("body", "heir"), [("ccg:A", "icb:X"), ("ccg:B", "icb:Y")])
def test_where_no_practices_are_listed_its_places_tell(build, body, heir):
    assert told(build(PLACES), body, "2023-01-01") == [(heir, 1.0, "residents")]
