"""The matrix of services: what `who` answers, for every service at once."""

from __future__ import annotations

import re

import pytest

from graphmodel.errors import NothingFound
from graphmodel.store import Store
from queries.portfolio import portfolio
from queries.who import who
from tests.viz.looking import Looking
from viz.services import draw_services, matrix_of

KENT = "Kent and Medway"


def cell(england: Store, service: str, days: list[str], column: str) -> str:
    """The words in one cell of Kent's matrix."""
    for offer, cells in matrix_of(portfolio(england, KENT, days)).rows:
        if offer.service.id == service:
            return cells[column].words if column in cells else ""
    return "no such service"


DAYS = ["2015-09-30", "2015-10-01"]


def test_health_visiting_passed_from_nhs_england_to_the_councils(england: Store) -> None:
    assert cell(england, "service:health_visiting", DAYS, "upper_tier_council") == "+ after"
    assert cell(england, "service:health_visiting", DAYS, "national:nhs_england").startswith("× before")


def test_what_stayed_says_both(england: Store) -> None:
    assert cell(england, "service:maternity", DAYS, "clinical_commissioning_group") == "= both"


def test_groups_in_shadow_form_acted_by_delegation_first(england: Store) -> None:
    words = cell(england, "service:maternity", ["2013-03-31", "2013-04-01"], "clinical_commissioning_group")
    assert words == "= both: delegated, then statutory"


def test_a_single_day_says_yes(england: Store) -> None:
    assert cell(england, "service:health_visiting", ["2015-10-01"], "upper_tier_council") == "● yes"


@pytest.mark.parametrize(
    "service", ["service:health_visiting", "service:gp_services", "service:stop_smoking"]
)
def test_it_tells_what_who_answers(england: Store, service: str) -> None:
    told = {offer.service.id: offer for offer in portfolio(england, KENT, ["2016-06-01"]).offers}
    answers = who(england, service, KENT, "2016-06-01")["answers"]
    assert [one["commissioner"]["id"] for one in told[service].answers["2016-06-01"]] == [
        one["commissioner"]["id"] for one in answers
    ]


@pytest.mark.parametrize("place", [KENT, "Cumbria", "CT9 1AA"])
def test_picture_and_tables_hold_the_same(england: Store, eyes: Looking, place: str) -> None:
    html = draw_services(england, place, DAYS)
    shown = eyes.open(html)
    assert (eyes.requests, eyes.errors) == ([], [])
    assert not shown.evaluate("document.documentElement.scrollWidth > innerWidth")
    picture, tables = html.split('id="tables">', 1)
    drawn = set(re.findall(r'data-id="([^"]+)"', picture))
    drawn |= {one for ids in re.findall(r'data-ids="([^"]+)"', picture) for one in ids.split()}
    assert drawn == set(re.findall(r'<tr id="[^"]+" data-id="([^"]+)"', tables))
    assert len(html.encode()) <= 300 * 1024


def test_the_same_question_gives_the_same_bytes(england: Store) -> None:
    for form in ("html", "svg"):
        assert draw_services(england, KENT, DAYS, form) == draw_services(england, KENT, DAYS, form)


def test_plain_svg_offers_commissioners_and_sources(england: Store) -> None:
    svg = draw_services(england, KENT, DAYS, "svg")
    told = re.findall(r'<g data-id="[^"]+"><title>([^<]+)</title>', svg)
    assert len(told) > 20
    assert [one for one in told if not re.search(r"Sources: \[\d+\]", one)] == []
    for number in {number for one in told for number in re.findall(r"\[(\d+)\]", one)}:
        assert f">[{number}] " in svg


def test_services_that_no_source_speaks_of_are_named(england: Store) -> None:
    assert "Not stated for these days: " in draw_services(england, KENT, ["2013-03-31"])


def test_a_place_that_is_none_is_refused(england: Store) -> None:
    with pytest.raises(NothingFound):
        draw_services(england, "Atlantis", DAYS)
