"""A name that is no place's: the refusal tells where bodies stand that are called after it, if any do."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.queries.place.places import place_of

MARSH = """
entities
id                | name                  | kind                    | valid_from | valid_until
council:E08000001 | Marshborough Council  | upper_tier_council      |            |
council:E08000002 | Hilltown Council      | upper_tier_council      |            |
practice:A00001   | Fennyside Surgery     | gp_practice             | 2001-04-01 |
practice:A00002   | Fennyside Clinic      | prescribing_cost_centre | 2001-04-01 | 2010-04-01
practice:A00003   | Old Fennyside Lodge   | prescribing_cost_centre | 2001-04-01 |
practice:A00004   | Fennysidesby Practice | gp_practice             | 2001-04-01 |
area:E01000001    | One                   | area                    |            |
area:E01000002    | Two                   | area                    |            |

locations
entity          | postcode
practice:A00001 | AA1 1AA
practice:A00002 | AA1 1AA
practice:A00003 | AA1 1AB
practice:A00004 | AA1 1AB

relationships
subject           | verb   | object         | valid_from | valid_until
council:E08000001 | covers | area:E01000001 |            |
council:E08000002 | covers | area:E01000002 |            |

neighbourhoods
code      | name | parent    | area           | population
E01000001 | One  | E02000001 | area:E01000001 | 100
E01000002 | Two  | E02000001 | area:E01000002 | 100

postcodes
outcode | inward | code      | seen
AA1     | 1AA    | E01000001 | both
AA1     | 1AB    | E01000002 | both
"""


def test_a_refusal_tells_in_which_councils_bodies_of_the_name_stand(build):
    with pytest.raises(NothingFound) as refused:
        place_of(build(MARSH), "Fennyside", "2015-06-01")
    assert (
        "No place is called “Fennyside”. In the tables only bodies are called after it: Fennyside Surgery"
        " (practice:A00001) in Marshborough Council and Old Fennyside Lodge (practice:A00003) in Hilltown Council."
    ) in str(refused.value)


@pytest.mark.parametrize("text", ["Fenny", "Nowhereton", "Side"])
def test_where_no_body_has_the_name_nothing_is_said_of_bodies(build, text):
    with pytest.raises(NothingFound) as refused:
        place_of(build(MARSH), text, "2015-06-01")
    assert "called after it" not in str(refused.value)
