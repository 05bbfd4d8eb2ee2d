"""The matrix of services: what `who` answers, for every service at once."""

from __future__ import annotations

import re

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.store import Store
from orgmap.queries.commissioning.services_of_place import services_of_place
from orgmap.queries.commissioning.who import who
from orgmap.viz.services.picture import draw_services, matrix_of
from tests.viz.looking import Looking

KENT = "Kent and Medway"


def cell(england: Store, service: str, days: list[str], column: str) -> str:
    """The words in one cell of Kent's matrix."""
    matrix = matrix_of(services_of_place(england, KENT, days))
    [cells] = [row.cells for row in matrix.rows if row.offer.service.id == service]
    assert column in {one.key for one in matrix.columns}
    return cells[column].words if column in cells else ""


DAYS = ["2015-09-30", "2015-10-01"]
ACT = ["2013-03-31", "2013-04-01"]
MERGER = ["2020-03-31", "2020-04-01"]
COUNCILS, GROUPS = "upper_tier_council unchanged", "clinical_commissioning_group unchanged"


def test_health_visiting_passed_from_nhs_england_to_the_councils(england: Store) -> None:
    assert cell(england, "service:health_visiting", DAYS, COUNCILS) == "+ after"
    assert cell(england, "service:health_visiting", DAYS, "national:nhs_england").startswith("× before")


def test_what_stayed_says_both(england: Store) -> None:
    assert cell(england, "service:maternity", DAYS, GROUPS) == "= both"


def test_groups_in_shadow_form_acted_by_delegation_first(england: Store) -> None:
    words = cell(england, "service:maternity", ACT, GROUPS)
    assert words == "= both: delegated, then statutory"


def test_groups_that_merged_and_the_group_they_became_stand_apart(england: Store) -> None:
    kind = "clinical_commissioning_group"
    assert cell(england, "service:maternity", MERGER, f"{kind} ended") == "× before"
    assert cell(england, "service:maternity", MERGER, f"{kind} new") == "+ after"
    labels = [column.label for column in matrix_of(services_of_place(england, KENT, MERGER)).columns]
    assert labels[1:3] == ["8 clinical commissioning groups", "NHS Kent and Medway CCG"]


def test_what_changed_comes_first_and_says_so(england: Store) -> None:
    rows = matrix_of(services_of_place(england, KENT, DAYS)).rows
    assert [row.offer.service.id for row in rows if row.heading.startswith("Changed: ")] == [
        row.offer.service.id for row in rows if any(cell.moved for cell in row.cells.values())
    ]
    assert rows[0].heading.startswith("Changed: ")
    assert "service:health_visiting" in {row.offer.service.id for row in rows if "Changed: " in row.heading}
    assert rows[-1].heading.startswith("Unchanged: ")


def test_where_nothing_changed_no_heading_speaks_of_it(england: Store) -> None:
    for days in (["2015-06-01"], ["2015-06-01", "2015-06-02"]):
        assert not [
            row for row in matrix_of(services_of_place(england, KENT, days)).rows if ": " in row.heading
        ]


def test_a_single_day_says_yes(england: Store) -> None:
    assert cell(england, "service:health_visiting", ["2015-10-01"], COUNCILS) == "● yes"


@pytest.mark.parametrize(
    "service", ["service:health_visiting", "service:gp_services", "service:stop_smoking"]
)
def test_it_tells_what_who_answers(england: Store, service: str) -> None:
    told = {offer.service.id: offer for offer in services_of_place(england, KENT, ["2016-06-01"]).offers}
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


UNKNOWN = ["2001-04-01", "2002-10-01"]


def test_where_one_day_is_not_stated_nothing_changed(england: Store) -> None:
    told = services_of_place(england, "Leicester", UNKNOWN)
    rows = [row for row in matrix_of(told).rows if not row.offer.answers[UNKNOWN[0]]]
    assert rows
    for row in rows:
        assert row.heading.startswith("Not stated on one of the days: ")
        for one in row.cells.values():
            assert "+ after: not stated before" in one.words
            assert not one.moved
    mirrored = [
        offer._replace(answers=dict(zip(UNKNOWN, (offer.answers[UNKNOWN[1]], []), strict=True)))
        for offer in told.offers
    ]
    for row in matrix_of(told._replace(offers=mirrored)).rows:
        assert row.heading.startswith("Not stated on one of the days: ")
        assert all("× before: not stated after" in one.words for one in row.cells.values())


def test_rows_not_stated_stand_between_changed_and_unchanged(england: Store) -> None:
    told = services_of_place(england, KENT, DAYS)
    last = told.offers[-1]
    silent = last._replace(answers={DAYS[0]: [], DAYS[1]: last.answers[DAYS[1]]})
    rows = matrix_of(told._replace(offers=[*told.offers[:-1], silent])).rows
    order = list(dict.fromkeys(row.heading.split(": ")[0] for row in rows))
    assert order == ["Changed", "Not stated on one of the days", "Unchanged"]


@pytest.mark.parametrize("form", ["html", "svg"])
def test_the_legend_does_not_deny_what_is_not_stated(england: Store, form: str) -> None:
    drawn = draw_services(england, "Leicester", UNKNOWN, form)
    assert "did not on 1 April 2001" not in drawn
    assert "+ after: not stated before" in drawn
    assert "did not on 30 September 2015" in draw_services(england, KENT, DAYS, form)


def test_england_is_told_by_rule(england: Store) -> None:
    page = draw_services(england, "England", ["2013-03-31", "2013-04-01"])
    assert "England: who commissions what, by rule, 31 March 2013 and 1 April 2013" in page
    assert "clinical commissioning groups" in page
    assert "Wales, Scotland" not in page


def test_a_filter_finds_services_and_what_changed(england: Store, eyes: Looking) -> None:
    shown = eyes.open(draw_services(england, "Thanet", ["2015-09-30", "2015-10-01"]))
    rows = ".matrix tbody tr:not([hidden]) th[scope=row]"
    every = shown.locator(rows).count()
    shown.fill("#matrix-words", "visiting")
    assert [
        one.lower() for one in shown.locator(rows).all_inner_texts() if "visiting" not in one.lower()
    ] == []
    assert 0 < shown.locator(rows).count() < every
    shown.fill("#matrix-words", "")
    shown.check("#matrix-changed")
    assert 0 < shown.locator(rows).count() < every
    assert "services" in shown.inner_text("#matrix-status")


def test_on_a_narrow_screen_each_service_is_a_list_of_its_commissioners(
    england: Store, eyes: Looking
) -> None:
    shown = eyes.open(draw_services(england, "Thanet", ["2015-09-30", "2015-10-01"]), 320, 700)
    cell = shown.locator(".matrix td:not(:empty)").first
    assert cell.is_visible()
    assert shown.evaluate(
        "getComputedStyle(document.querySelector('.matrix td:not(:empty)'), '::before').content"
    ) not in ("none", '""')
    assert not shown.evaluate("document.documentElement.scrollWidth > innerWidth")
