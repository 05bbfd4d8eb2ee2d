"""The page for everyone: by keyboard, by screen reader, on a phone, on paper, without script, in the dark, at rest."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.answers import answer, lacking, shown
from tests.browser.chromium import InChromium
from tests.browser.screens import SCREENS
from tests.browser.steps import BOX, SUGGESTIONS
from tests.sampled import some

_RULES = ["color-contrast", "target-size", "scrollable-region-focusable", "meta-viewport"]
"""What a window's width or a darker scheme can change."""


@pytest.mark.parametrize("screen", some(SCREENS, 2))
def test_axe_finds_nothing_serious_wide_and_narrow_light_and_dark(person: InChromium, screen: str) -> None:
    person.open(SCREENS[screen])
    faults = {"1280 light": person.axe()}
    person.page.set_viewport_size({"width": 390, "height": 844})
    faults["390 light"] = person.axe(_RULES)
    person.page.emulate_media(color_scheme="dark")
    faults["390 dark"] = person.axe(_RULES)
    person.page.set_viewport_size({"width": 1280, "height": 800})
    faults["1280 dark"] = person.axe(_RULES)
    assert {name: found for name, found in faults.items() if found} == {}


def test_axe_finds_nothing_serious_in_what_opens(person: InChromium) -> None:
    person.open(SCREENS["explore"])
    person.does("press Share")
    person.part("dialog", "Share").wait_for()
    assert person.axe() == []
    person.page.keyboard.press("Escape")
    person.type_into("combobox", BOX, "thanet", enter=False)
    person.part("listbox", SUGGESTIONS).wait_for()
    assert person.axe() == []


@pytest.mark.parametrize("screen", some(SCREENS, 2))
@pytest.mark.parametrize("width", [320, 2560])
def test_no_screen_scrolls_sideways(person: InChromium, screen: str, width: int) -> None:
    person.open(SCREENS[screen], width, 700)
    assert person.asks("document.documentElement.scrollWidth") == person.asks(
        "document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_the_map_is_there_at_every_width(person: InChromium, width: int) -> None:
    person.open(SCREENS["explore"], width, 800)
    canvas = person.page.locator("canvas").first
    assert canvas.is_visible()
    box = canvas.bounding_box()
    assert box
    assert box["width"] > 0.8 * min(width, 500)
    assert box["height"] > 150


def test_screens_have_one_heading_each_and_say_it_in_the_title(person: InChromium) -> None:
    for address in SCREENS.values():
        person.open(address)
        headings = person.page.locator("h1")
        assert headings.count() == 1
        assert person.page.title().split()[0] in headings.inner_text() or "orgmap" in person.page.title()


def test_all_can_be_done_with_the_keyboard_alone(person: InChromium) -> None:
    person.open()
    keys = person.page.keyboard
    assert _tab_to(person, BOX), "Tab never reaches the box"
    keys.type("NHS Thanet CCG")
    keys.press("Enter")
    person.part("complementary", "Chosen body").wait_for()
    assert _tab_to(person, "Day"), "Tab never reaches the slider"
    before = person.part("slider", "Day").get_attribute("aria-valuetext")
    keys.press("ArrowLeft")
    person.waits(f"document.activeElement.getAttribute('aria-valuetext') !== {json.dumps(before)}")
    assert _tab_to(person, "Map"), "Tab never reaches the tabs"
    keys.press("ArrowRight")
    person.waits("document.activeElement.getAttribute('role') === 'tab'")
    assert _tab_to(person, "Share"), "Tab never reaches “Share”"
    keys.press("Enter")
    person.part("dialog", "Share").wait_for()
    keys.press("Escape")
    person.waits("!document.querySelector('dialog[open]')")
    assert "Share" in person.asks(_FOCUSED)


_FOCUSED = """(() => {
  const one = document.activeElement;
  return one.getAttribute("aria-label") || [...(one.labels || [])].map((label) => label.textContent.trim()).join(" ")
    || (one.textContent || "").trim();
})()"""


def _tab_to(person: InChromium, name: str) -> bool:
    """Presses Tab until what has the focus is called so."""
    for _ in range(600):
        if person.asks(_FOCUSED) == name:
            return True
        person.page.keyboard.press("Tab")
    return False


def test_what_has_the_focus_is_seen_to_have_it(person: InChromium) -> None:
    person.open(SCREENS["explore"])
    unseen = []
    for _ in range(25):
        person.page.keyboard.press("Tab")
        seen = person.asks(
            """(() => { const style = getComputedStyle(document.activeElement);
            return document.activeElement === document.body
              || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
            })()"""
        )
        if not seen:
            unseen.append(person.asks("document.activeElement.outerHTML.slice(0, 100)"))
    assert unseen == []


def test_the_suggestions_can_be_walked_with_the_arrows(person: InChromium) -> None:
    person.open()
    person.type_into("combobox", BOX, "kent", enter=False)
    person.part("listbox", SUGGESTIONS).wait_for()
    box = person.part("combobox", BOX)
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert active
    assert person.page.locator(f"[id='{active}'][role=option]").count() == 1
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"


def test_nothing_moves_for_who_wants_no_motion(person: InChromium) -> None:
    person.open(SCREENS["explore"])
    person.does("press Next change")
    assert person.asks("document.getAnimations().filter((one) => one.playState === 'running').length") == 0


def test_back_and_reload_give_the_same_view(person: InChromium) -> None:
    person.open(SCREENS["explore"])
    views = [_view(person)]
    for action in ("date 2016-06-01", "find NHS Thanet CCG", "tab Table", "tab Lineage"):
        person.does(action)
        before = views[-1]
        person.waits(f"location.hash !== {json.dumps(before[0])}")
        person.page.wait_for_timeout(100)
        views.append(_view(person))
    person.page.reload()
    person.settle()
    assert _view(person) == views[-1]
    for view in reversed(views[:-1]):
        person.page.go_back()
        person.waits(f"location.hash === {json.dumps(view[0])}")
        person.page.wait_for_timeout(100)
        assert _view(person) == view
    for view in views[1:]:
        person.page.go_forward()
        person.waits(f"location.hash === {json.dumps(view[0])}")


def _view(person: InChromium) -> tuple[Any, ...]:
    hook = "[location.hash, document.querySelector('h1').innerText, JSON.stringify(window.orgmap.shown())]"
    return tuple(person.page.evaluate(hook))


def test_without_script_the_tables_of_today_are_there(browser: Any, explorer: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(explorer.as_uri())
    text = page.inner_text("body")
    for kind in ("integrated_care_board", "upper_tier_council"):
        assert lacking(text, shown(answer("list", kind), "name")) == []
    assert page.locator("table").count() >= 2
    assert page.locator("table caption").count() == page.locator("table").count()
    context.close()


def test_without_script_nothing_scrolls_sideways(browser: Any, explorer: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(explorer.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("screen", ["table", "body", "services"])
def test_on_paper_all_of_a_screen_is_there(person: InChromium, screen: str) -> None:
    person.open(SCREENS[screen])
    lines = person.page.locator("main tr, main li").count()
    person.page.emulate_media(media="print")
    cut = person.page.evaluate(
        """[...document.querySelectorAll("main *")].filter((one) => one.scrollHeight > one.clientHeight + 4
          && /(auto|scroll|hidden)/.test(getComputedStyle(one).overflowY) && one.clientHeight > 40
          && one.tagName !== "CANVAS").map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert cut == []
    pdf = person.page.pdf()
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert pages >= max(1, lines // 150)
    assert b"/Font" in pdf
