"""Letters that are a council's code in the register and also the short name of others: asked, never taken."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous
from orgmap.queries.body.resolve import resolve

LETTERS = """
entities
id              | name                     | valid_from | valid_until
district:E07    | Selby District Council   |            |
pctc:sel        | NHS South East London    | 2011-04-01 | 2013-04-01
sicbl:72Q       | NHS South East London ICB - 72Q | 2022-07-01 |
hub:14F         | South West Commissioning Hub    | 2015-04-01 |
lo:Q80          | NHS England South (South West)  | 2015-04-01 | 2018-04-01
region:Y58      | South West               | 2018-04-01 |

identifiers
entity       | scheme | code
district:E07 | lae    | SEL

names
entity    | name                   | use
pctc:sel  | SEL                    | abbreviation
sicbl:72Q | SEL                    | abbreviation
lo:Q80    | NHS England South West | alias
"""


@pytest.mark.parametrize(("at", "other"), [("2012-06-01", "pctc:sel"), ("2023-06-01", "sicbl:72Q")])
def test_a_councils_letters_are_asked_for_where_another_in_force_is_called_so(build, at, other) -> None:
    with pytest.raises(Ambiguous) as refused:
        resolve(build(LETTERS), "SEL", at)
    assert {line.partition(" — ")[0] for line in refused.value.candidates} == {"district:E07", other}


@pytest.mark.parametrize("at", ["2005-06-01", "2015-06-01"])
def test_they_are_the_councils_where_no_body_that_commissions_is_called_so_on_the_day(build, at) -> None:
    assert resolve(build(LETTERS), "SEL", at).id == "district:E07"


def test_small_letters_are_no_code(build) -> None:
    assert resolve(build(LETTERS), "sel", "2012-06-01").id == "pctc:sel"


@pytest.mark.parametrize(("at", "body"), [("2017-01-01", "lo:Q80"), ("2019-01-01", "region:Y58")])
def test_nhs_england_with_a_place_is_its_office_or_region_and_no_hub(build, at, body) -> None:
    assert resolve(build(LETTERS), "NHS England South West", at).id == body
