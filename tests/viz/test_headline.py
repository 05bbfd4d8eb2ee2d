"""What a before/after page says first: one true sentence, who merged with whom, and what nobody need look for."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.viz.before_after.picture import draw_diff, draw_reform
from tests.viz.looking import Looking

KENT = "Kent and Medway"
SENTENCES: list[tuple[tuple[str, str], dict[str, Any], str]] = [
    (
        ("2013-03-31", "2013-04-01"),
        {},
        "151 primary care trusts gave way to 211 clinical commissioning groups",
    ),
    (("2020-03-31", "2020-04-01"), {}, "74 clinical commissioning groups gave way to 18"),
    (("2026-03-31", "2026-04-01"), {}, "12 integrated care boards ended and 6 began"),
    (
        ("2020-03-31", "2020-04-01"),
        {"within": KENT},
        "8 clinical commissioning groups gave way to NHS Kent and Medway CCG",
    ),
    (
        ("2027-03-31", "2027-04-01"),
        {"include": Include.of("planned")},
        "12 integrated care boards are to give way to 5, by plan",
    ),
]


def lead(page: str) -> str:
    found = re.search(r'<p class="lead">(.*?)</p>', page)
    assert found
    return found[1]


def first(page: str) -> str:
    found = re.search(r'<section class="first">(.*?)</section>', page)
    return re.sub(r"<[^>]+>", "", re.sub(r"</li>", "\n", found[1])) if found else ""


@pytest.mark.parametrize(("days", "asked", "said"), SENTENCES)
def test_a_sentence_on_top_says_what_changed(
    england: Store, days: tuple[str, str], asked: dict[str, Any], said: str
) -> None:
    assert said in lead(draw_diff(england, *days, **asked))
    assert said in draw_diff(england, *days, "svg", **asked)


def test_the_mergers_of_2026_are_named_with_all_twelve_and_six(england: Store) -> None:
    told = first(draw_reform(england, "2026"))
    assert "NHS Surrey and Sussex Integrated Care Board ← Frimley (a part); Surrey Heartlands; Sussex" in told
    assert "NHS West and North London Integrated Care Board ← North Central London; North West London" in told
    new = {line.split(" ←")[0] for line in told.splitlines() if "←" in line}
    assert len(new - {"NHS Hampshire and Isle of Wight Integrated Care Board"}) == 6
    for old in (
        "Bedfordshire, Luton and Milton Keynes",
        "Cambridgeshire and Peterborough",
        "Hertfordshire and West Essex",
        "Mid and South Essex",
        "Suffolk and North East Essex",
        "Norfolk and Waveney",
        "Buckinghamshire, Oxfordshire and Berkshire West",
    ):
        assert old in told


@pytest.mark.parametrize(
    ("day", "before", "line"),
    [
        (
            "2020-04-01",
            "2020-03-31",
            "NHS Tees Valley CCG ← Darlington; Hartlepool and Stockton-on-Tees; South Tees",
        ),
        (
            "2021-04-01",
            "2021-03-31",
            "NHS Frimley CCG ← East Berkshire; North East Hampshire and Farnham; Surrey Heath",
        ),
    ],
)
def test_the_mergers_of_groups_are_named(england: Store, day: str, before: str, line: str) -> None:
    assert line in first(draw_diff(england, before, day))


def test_what_the_picture_names_itself_is_not_told_twice(england: Store) -> None:
    assert first(draw_diff(england, "2020-03-31", "2020-04-01", within=KENT)) == ""


def test_that_nothing_changed_is_one_line(england: Store, eyes: Looking) -> None:
    page = draw_diff(england, "2015-01-01", "2015-02-01", within=KENT)
    assert "nothing changed in Kent and Medway" in lead(page)
    shown = eyes.open(page)
    assert not shown.locator("svg.picture").is_visible()
    shown.get_by_text("What there was on both days").click()
    assert shown.locator("svg.picture").is_visible()


def test_who_commissions_is_told_with_the_services(england: Store) -> None:
    page = draw_reform(england, "2013", within=KENT, view="commissioning")
    told = first(page)
    assert re.search(r"8 clinical commissioning groups, 1 April 2013: \d+ kinds of service", told)
    assert "Health visiting" in page


def test_what_stands_for_many_is_no_national_body(england: Store) -> None:
    page = draw_reform(england, "2013", within=KENT, view="commissioning")
    groups = re.findall(r'<th class="group"[^>]*>(.*?)</th>', page)
    many = [one for one in groups if "of the area" in one or "of the region" in one]
    assert many
    assert not any(one.startswith("National") for one in many)
    assert "Drug action team" not in draw_reform(england, "2013")
    assert "Wales, Scotland or Northern Ireland" not in page
    assert "Wales, Scotland or Northern Ireland" not in draw_diff(england, "2020-03-31", "2020-04-01")
