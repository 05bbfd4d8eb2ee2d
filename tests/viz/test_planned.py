"""Pictures draw what is only planned dashed and say so in words; days to come are told as last known."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.viz.before_after.picture import draw_diff
from orgmap.viz.lineage.picture import draw_lineage
from orgmap.viz.network.picture import draw_network
from orgmap.viz.services.picture import draw_services
from orgmap.viz.timeline.picture import draw_timeline
from tests.worlds import STORES, world

AHEAD = """
datasets
dataset | title | horizon    | as_of      | kinds
all     | All   | 2026-10-09 | 2026-10-09 | national_body integrated_care_board local_healthwatch upper_tier_council

entities
id                   | name              | valid_from
national:nhs_england | NHS England       | 2012-10-01
national:department_of_health_and_social_care | Department | 2018-01-08
icb:QA               | NHS A Integrated Care Board | 2022-07-01
icb:QB               | NHS B Integrated Care Board | 2022-07-01
icb:QC               | NHS C Integrated Care Board | 2099-04-01
council:E10000016    | Kent County Council | 1974-04-01
healthwatch:E10000016 | Healthwatch Kent | 2013-04-01
area:E01000001       | Margate           |
area:E01000002       | Herne Bay         |
service:gp_services  | GP services       |
service:primary_care | Primary care      |

phases
entity | status      | valid_from
icb:QC | conditional | 2099-04-01

relationships
subject | verb | object | status | valid_from | basis
icb:QA | covers | area:E01000001 | in_force | 2022-07-01 | published
icb:QB | covers | area:E01000002 | in_force | 2022-07-01 | published
icb:QC | covers | area:E01000001 | conditional | 2099-04-01 | published
icb:QC | covers | area:E01000002 | conditional | 2099-04-01 | published
icb:QA | part_of | national:nhs_england | in_force | 2022-07-01 | administrative
icb:QC | part_of | national:department_of_health_and_social_care | conditional | 2099-04-01 | statutory
council:E10000016 | covers | area:E01000001 | in_force | 1974-04-01 | published
council:E10000016 | covers | area:E01000002 | in_force | 1974-04-01 | published
council:E10000016 | holds_contract_with | healthwatch:E10000016 | in_force | 2013-04-01 | statutory
service:gp_services | part_of | service:primary_care | in_force |  | administrative

events
id     | kind      | date       | status      | stated_on
end    | replaced  | 2099-04-01 | conditional | 2026-01-28
watch  | abolished | 2099-04-01 | conditional | 2026-05-18
merger | merged    | 2099-04-01 | conditional | 2026-08-01

successions
event  | predecessor           | successor
end    | national:nhs_england  | national:department_of_health_and_social_care
watch  | healthwatch:E10000016 |
merger | icb:QA                | icb:QC
merger | icb:QB                | icb:QC

rules
id | service             | commissioner          | basis     | population | status      | valid_from
R1 | service:gp_services | national:nhs_england  | statutory | england    | in_force    | 2022-07-01
R2 | service:gp_services | integrated_care_board | statutory | own_list   | conditional | 2099-04-01
"""
PLANNED = Include.of("planned")
DAYS = ("2099-03-31", "2099-04-01")


@pytest.fixture(scope="module", params=sorted(STORES.keys() - {"neo4j"}))
def store(request: pytest.FixtureRequest) -> Store:
    """The world with plans for days that are far away, on each store."""
    return STORES[request.param](world(AHEAD))


def lines_named(svg: str, word: str) -> list[str]:
    """The lines of a picture in whose name a word stands, each with its ways."""
    lines = re.findall(r'<[ag] [^>]*class="line .*?</[ag]>', svg, re.S)
    return [line for line in lines if word in re.search(r'data-name="([^"]*)"', line).group(1)]


def test_lines_of_plans_are_dashed_and_say_so(store: Store) -> None:
    svg = draw_diff(store, *DAYS, form="svg", include=PLANNED)
    planned = [*lines_named(svg, "planned: "), *lines_named(svg, "conditional: ")]
    assert planned
    for line in planned:
        ways = re.findall(r'<path class="way[^>]*>', line)
        assert ways
        assert all("stroke-dasharray" in way for way in ways), line
    assert "Dashed line:" in svg


def test_lines_of_facts_are_not_dashed(store: Store) -> None:
    svg = draw_diff(store, *DAYS, form="svg", include=PLANNED)
    [line] = lines_named(svg, "holds a contract with")
    assert "stroke-dasharray" not in line


def test_who_is_to_end_stands_in_a_dashed_box_that_says_so(store: Store) -> None:
    svg = draw_diff(store, *DAYS, form="svg", include=PLANNED)
    for name in ("NHS England", "Healthwatch Kent"):
        [box] = [one for one in re.findall(r'<g class="box .*?</g>', svg, re.S) if f">{name}" in one]
        assert box.startswith('<g class="box planned"')
        assert "Planned to end" in box
    assert re.search(r"\.box\.planned rect\{[^}]*stroke-dasharray", svg)


@pytest.mark.parametrize("include", [IN_FORCE, PLANNED], ids=["in force", "planned"])
@pytest.mark.parametrize("form", ["svg", "html"])
def test_nothing_is_called_unchanged_on_a_day_to_come(store: Store, form: str, include: Include) -> None:
    drawn = draw_diff(store, *DAYS, form=form, include=include)
    assert "As last known" in drawn
    assert not re.search(r">[^<]*\bUnchanged\b", drawn)
    assert "in force on both days" not in drawn.lower()


def test_between_two_days_that_have_passed_what_stays_is_unchanged(store: Store) -> None:
    drawn = draw_diff(store, "2022-07-01", "2023-07-01", form="svg")
    assert "Unchanged" in drawn
    assert "As last known" not in drawn


def test_a_network_draws_planned_bodies_lines_and_ends_dashed(store: Store) -> None:
    svg = draw_network(store, "icb:QC", "svg", at="2099-04-01", include=PLANNED)
    boxes = re.findall(r'<g class="box[^"]*" data-box="icb:QC">.*?</g>', svg, re.S)
    assert len(boxes) == 1
    assert "stroke-dasharray" in boxes[0]
    assert "(conditional)" in " ".join(re.findall(r">([^<]*)<", boxes[0]))
    [line] = lines_named(svg, "part of (conditional)")
    assert "stroke-dasharray" in line
    ending = draw_network(store, "national:nhs_england", "svg", at="2099-04-01", include=PLANNED)
    [box] = re.findall(r'<g class="box[^"]*" data-box="national:nhs_england">.*?</g>', ending, re.S)
    assert "stroke-dasharray" in box
    assert "to end: 1 April 2099" in " ".join(" ".join(re.findall(r">([^<]*)<", box)).split())


def test_a_network_before_the_day_of_a_plan_is_not_dashed(store: Store) -> None:
    svg = draw_network(store, "national:nhs_england", "svg", at="2026-05-01", include=PLANNED)
    [box] = re.findall(r'<g class="box[^"]*" data-box="national:nhs_england">.*?</g>', svg, re.S)
    assert "stroke-dasharray" not in box
    assert "stroke-dasharray" not in draw_network(store, "national:nhs_england", "svg", at="2026-05-01")


def test_services_that_a_plan_would_pass_on_are_not_called_changed(store: Store) -> None:
    drawn = draw_services(store, "icb:QA", ("2026-05-01", "2099-04-01"), include=PLANNED)
    assert "Planned to change: Primary care" in drawn
    assert "conditional: statutory" in drawn
    assert not re.search(r">Changed: ", drawn)


@pytest.mark.parametrize("draw", [draw_lineage, draw_timeline], ids=["lineage", "timeline"])
def test_a_planned_successor_is_dashed_and_called_planned(store: Store, draw: Callable[..., str]) -> None:
    named = {draw_lineage: "icb:QA", draw_timeline: ["icb:QA", "icb:QC"]}[draw]
    svg = draw(store, named, form="svg", include=PLANNED)
    assert "stroke-dasharray" in svg
    assert re.search(r">[^<]*[Pp]lanned", svg)


@pytest.mark.parametrize("draw", [draw_lineage, draw_timeline, draw_network])
def test_the_page_says_how_sure_a_plan_is_and_when_that_was_said(
    store: Store, draw: Callable[..., str]
) -> None:
    named = ["icb:QA"] if draw is draw_timeline else "icb:QA"
    page = draw(store, named, include=PLANNED)
    assert "NHS A Integrated Care Board (icb:QA) is to end" in page
    assert "conditional, not law; said by Drawn for the test on 2026-08-01" in page
    assert "not law" not in draw(store, named)
