"""How the page looks and what it refuses: no other day than the asked one, no empty sheet, the answer first, paper."""

from __future__ import annotations

import pytest

from tests.browser.chromium import InChromium


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("#view=explore&at=1998-01-01", "1 January 1998"),
        ("#body=ccg:10E&at=2050-01-01", "31 December 2028"),
        ("#view=explore&at=2021-02-30", "no day of the calendar"),
    ],
)
def test_a_day_that_cannot_be_shown_is_refused_in_the_headline_and_no_other_shown(
    person: InChromium, address: str, says: str
) -> None:
    person.open(address)
    assert says in person.text("heading", "")
    assert person.page.locator("main canvas, main [role=complementary]").count() == 0
    assert person.asks("window.orgmap.shown()") is None
    person.does("follow 1 April 1999")
    person.waits("window.orgmap.state()?.at !== undefined")
    assert person.asks("window.orgmap.model.iso(window.orgmap.state().at)") == "1999-04-01"


def test_without_a_choice_structure_and_lineage_tell_of_england_and_offer_its_bodies(
    person: InChromium,
) -> None:
    person.open("#view=explore&at=2015-01-01&tab=structure")
    structure = person.text("region", "Structure")
    assert "211 clinical commissioning groups" in structure
    assert "NHS England" in structure
    person.does("tab Lineage")
    assert "151 primary care trusts gave way to 211 clinical" in person.text("region", "Lineage")
    person.does("open choose one of")
    person.does("follow NHS Thanet CCG")
    assert "13 bodies before it" in person.text("region", "Lineage")


def test_on_a_phone_the_answer_stands_above_the_map_and_all_tabs_are_seen(person: InChromium) -> None:
    person.open("#place=Glossop,+High+Peak+(town)", 390, 844)
    answer = person.part("complementary", "Chosen place").bounding_box()
    canvas = person.page.locator("canvas").first.bounding_box()
    assert answer
    assert canvas
    assert answer["y"] < 250
    assert canvas["y"] > answer["y"]
    for tab in person.page.get_by_role("tab").all():
        box = tab.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390


def test_a_comparison_bears_the_name_of_a_plan_only_while_plans_are_shown(person: InChromium) -> None:
    person.open("#view=compare&at=2028-03-31&and=2028-04-01&include=planned")
    reform = "document.querySelector('select[aria-label=Reform]').selectedOptions[0].textContent"
    assert "(planned)" in person.asks(reform)
    person.does("tick Planned")
    person.waits(f"!{reform}.includes('planned')")
    person.does("tick Planned")
    person.waits(f"{reform}.includes('planned')")


def test_on_paper_the_lineage_stands_below_its_heading_and_sources_are_unfolded(person: InChromium) -> None:
    person.open("#body=icb:S9B9J")
    person.page.emulate_media(media="print")
    person.waits("document.querySelectorAll('main details.sources:not([open])').length === 0")
    river = person.page.locator("svg.river").bounding_box()
    assert river
    # A page of A4 has room for the heading and the drawing, and neither the line of time nor what is pressed.
    assert river["height"] < 900
    assert not person.part("slider", "Day").is_visible()
    person.page.emulate_media(media="screen")
    person.waits("document.querySelectorAll('main details.sources:not([open])').length > 0")
