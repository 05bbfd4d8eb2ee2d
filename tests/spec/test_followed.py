"""Following a body to another day: what it gave away by a change of boundaries on the way stands in the note."""

from __future__ import annotations

import pytest

from orgmap.queries.table.annotate import Annotator, columns
from orgmap.queries.table.followed import Following

BOUNDARIES = """
entities
id    | name       | valid_from | valid_until
ccg:A | Hills CCG  | 2013-04-01 | 2022-07-01
ccg:B | Bay CCG    | 2013-04-01 | 2022-07-01
icb:N | North ICB  | 2022-07-01 |
icb:S | South ICB  | 2022-07-01 |
pct:P | Moors PCT  | 2006-10-01 | 2013-04-01
sha:Q | Northern SHA | 2006-07-01 | 2013-04-01
area:1 | one       |            |

relationships
subject | verb    | object | valid_from | valid_until
pct:P   | part_of | sha:Q  | 2006-10-01 | 2013-04-01
pct:P   | covers  | area:1 | 2011-01-01 | 2013-04-01
ccg:A   | covers  | area:1 | 2013-04-01 | 2022-07-01

events
id       | kind            | date
became   | replaced        | 2013-04-01
moved    | boundary_change | 2017-04-01
strayed  | boundary_change | 2018-04-01
north    | replaced        | 2022-07-01
south    | replaced        | 2022-07-01

successions
event   | predecessor | successor | weight | counts    | stray
became  | pct:P       | ccg:A     | 1.0    | practices |
moved   | ccg:A       | ccg:B     | 0.41   | practices |
strayed | ccg:A       | icb:S     | 0.01   | practices | yes
north   | ccg:A       | icb:N     | 1.0    | practices |
south   | ccg:B       | icb:S     | 1.0    | practices |
"""
GAVE = "boundary changed on 2017-04-01: 41% of the practices went to ccg:B"


@pytest.mark.parametrize(
    ("body", "at", "to_day", "note"),
    [
        ("ccg:A", "2014-06-01", "2023-06-01", f"{GAVE}, now icb:S"),
        ("ccg:A", "2014-06-01", "2019-06-01", GAVE),
        ("ccg:A", "2014-06-01", "2016-06-01", ""),
        ("ccg:A", "2018-06-01", "2023-06-01", ""),
        ("ccg:B", "2014-06-01", "2023-06-01", ""),
        (
            "pct:P",
            "2012-06-01",
            "2023-06-01",
            f"{GAVE}, now icb:S".replace("practices", "practices of ccg:A"),
        ),
    ],
)
def test_a_boundary_change_between_the_two_days_stands_in_the_note(build, body, at, to_day, note) -> None:
    assert Following(build(BOUNDARIES), to_day).follow(body, at)[1] == note


@pytest.mark.parametrize("at", ["2008-01-01", "2012-01-01"])
def test_a_commissioner_in_force_is_its_own_areas_commissioner_though_no_table_tells_the_area_yet(
    build, at
) -> None:
    [row] = Annotator(build(BOUNDARIES)).rows([["pct:P"]], 0, at=at)
    told = dict(zip(columns(), row[1:], strict=True))
    assert (told["commissioner"], told["region"]) == ("pct:P", "sha:Q")
    assert "not known for that day" not in told["note"]
