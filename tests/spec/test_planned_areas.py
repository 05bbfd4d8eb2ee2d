"""Maps of days to come: what is in force as last known, what is planned only on request, dashed and in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from orgmap.graph import Graph
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.structure.areas_ahead import joined
from orgmap.queries.structure.boundaries import area_map
from orgmap.viz.kit.plans import PLANNED_DASHES
from orgmap.viz.map.picture import draw_map

WORLD = """
datasets
dataset | title    | horizon    | as_of      | kinds
all     | Councils | 2026-10-09 | 2026-10-09 | upper_tier_council district_council

entities
id                 | name                       | valid_from
council:E10000030  | Surrey County Council      | 1974-04-01
district:E07000207 | Elmbridge Borough Council  | 1974-04-01
district:E07000209 | Guildford Borough Council  | 1974-04-01
district:E07000217 | Woking Borough Council     | 1974-04-01
council:west       | West Council               | 2099-04-01
council:east       | East Council               | 2099-04-01
council:unknown    | Unknown Council            | 2099-04-01
area:E01000001     | Elm                        |
area:E01000002     | Guild                      |
area:E01000003     | Wok                        |

identifiers
entity             | scheme | code
council:E10000030  | gss    | E10000030
district:E07000207 | gss    | E07000207
district:E07000209 | gss    | E07000209
district:E07000217 | gss    | E07000217

phases
entity          | status   | valid_from
council:west    | enacted  | 2099-04-01
council:east    | planned  | 2099-04-01
council:unknown | proposed | 2099-04-01

relationships
subject            | verb   | object         | status      | valid_from | note
council:E10000030  | covers | area:E01000001 | in_force    | 1974-04-01 |
council:E10000030  | covers | area:E01000002 | in_force    | 1974-04-01 |
council:E10000030  | covers | area:E01000003 | in_force    | 1974-04-01 |
district:E07000207 | covers | area:E01000001 | in_force    | 1974-04-01 |
district:E07000209 | covers | area:E01000002 | in_force    | 1974-04-01 |
district:E07000217 | covers | area:E01000003 | in_force    | 1974-04-01 |
council:west       | covers | area:E01000002 | enacted     | 2099-04-01 |
council:west       | covers | area:E01000003 | enacted     | 2099-04-01 |
council:east       | covers | area:E01000001 | planned     | 2099-04-01 |
council:east       | covers | area:E01000003 | provisional | 2099-04-01 | derived: a part of Woking passes

events
id    | kind  | date       | status  | stated_on
split | split | 2099-04-01 | enacted | 2026-03-10

successions
event | predecessor       | successor
split | council:E10000030 | council:west
split | council:E10000030 | council:east
"""
DAY = "2099-04-01"
COUNCILS = "upper_tier_council"
PLANNED = Include.of("planned")
Build = Callable[[str], Store]


@pytest.fixture
def store(build: Build) -> Store:
    """Surrey, which a plan is to end, and those that would come in its place."""
    return build(WORLD)


def areas_drawn(page: str) -> dict[str, str]:
    """The areas of the last map of a page, by the ids of their bodies."""
    last = page.split('data-map="')[-1].split('class="names"')[0]
    return {
        one: area for one, area in re.findall(r'<a [^>]*data-id="([^"]+)"(.*?)</a>', last, flags=re.DOTALL)
    }


def test_without_plans_a_day_to_come_is_as_last_known_and_plans_are_counted(store: Store) -> None:
    for days in ([DAY], ["2026-11-27", DAY]):
        page = draw_map(store, days, kind=COUNCILS)
        assert list(areas_drawn(page)) == ["council:E10000030"]
        assert "stroke-dasharray" not in areas_drawn(page)["council:E10000030"]
        assert "as last known" in page
        assert "unchanged" not in page
        assert "1 planned change until then: add --include planned." in page
        assert "West Council" not in page


@pytest.mark.parametrize("form", ["svg", "html"])
@pytest.mark.parametrize("days", [[DAY], ["2026-11-27", DAY]])
def test_planned_and_ending_areas_are_dashed_and_say_so(store: Store, days: list[str], form: str) -> None:
    page = draw_map(store, days, form, kind=COUNCILS, include=PLANNED)
    drawn = areas_drawn(page)
    assert sorted(drawn) == ["council:E10000030", "council:east", "council:west"]
    for area in drawn.values():
        assert f'stroke-dasharray="{PLANNED_DASHES}"' in area
    assert "<title>West Council, enacted, its day to come, outline derived</title>" in drawn["council:west"]
    assert "planned, not law, known only in part" in drawn["council:east"]
    assert "to end on 1 April 2099: enacted, its day to come" in drawn["council:E10000030"]
    assert "1 April 2099, as last known: 1 upper-tier council (1 to end by a plan), 2 planned" in page
    assert "To end by 1 April 2099:" in page
    assert "Dashed outline:" in page
    assert "unchanged" not in page


def test_the_table_tells_the_plan_and_what_it_leaves_open(store: Store) -> None:
    page = draw_map(store, [DAY], kind=COUNCILS, include=PLANNED)
    rows = dict(re.findall(r'<tr id="([^"]+)"(.*?)</tr>', page, flags=re.DOTALL))
    assert "Is to begin on 1 April 2099: enacted, its day to come" in rows["council:west"]
    assert "outline derived from its district councils" in rows["council:west"]
    assert "area known only in part: a part of Woking passes" in rows["council:east"]
    assert "Is to end on 1 April 2099: enacted, its day to come" in rows["council:E10000030"]
    assert "council:unknown" not in rows


def test_a_planned_body_without_an_area_is_told_and_not_drawn(store: Store) -> None:
    page = draw_map(store, [DAY], kind=COUNCILS, include=Include.of("proposed"))
    assert "council:unknown" not in areas_drawn(page)
    assert "2 planned" not in page
    assert "By a plan there on 1 April 2099, but without an outline in the tables: Unknown Council" in page


def test_before_its_day_a_plan_dashes_nothing(store: Store) -> None:
    page = draw_map(store, ["2026-05-01"], kind=COUNCILS, include=PLANNED)
    assert list(areas_drawn(page)) == ["council:E10000030"]
    assert "stroke-dasharray" not in areas_drawn(page)["council:E10000030"]


def test_a_planned_area_is_that_of_the_districts_it_would_cover(store: Store) -> None:
    told = area_map(store, DAY, COUNCILS, include=PLANNED)
    outlines = {area.body.id: told.outlines[area.outline] for area in told.areas}
    districts = area_map(store, DAY, "district_council")
    parts = {area.body.id: districts.outlines[area.outline] for area in districts.areas}
    assert outlines["council:east"] == joined([parts["district:E07000207"]])
    assert outlines["council:west"] == joined([parts["district:E07000209"], parts["district:E07000217"]])


def test_a_joined_outline_has_neither_the_shared_border_nor_threads_along_it() -> None:
    left = ((0, 0), (0, 1000), (1000, 1000), (1000, 500), (1000, 0))
    right = ((1000, 0), (1001, 250), (1000, 500), (1000, 1000), (2000, 1000), (2000, 0))
    island = ((5000, 5000), (5000, 5009), (5009, 5009))
    [around, beside] = sorted(joined([(left, island), (right,)]))
    assert set(around) == {*left, *right} - {(1000, 500), (1001, 250)}
    assert set(beside) == set(island)


def test_the_graph_draws_planned_areas_too(build: Build) -> None:
    with Graph(build(WORLD)) as graph:
        picture = graph.draw("map", DAY, kind=COUNCILS, include="planned")
    assert "council:west" in areas_drawn(picture.text)
