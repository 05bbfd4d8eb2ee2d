"""A picture's page as people use it: keyboard, screen reader, phone, paper, no script, and names that mean harm."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.store import Store
from orgmap.viz.before_after.picture import draw_diff, draw_reform
from orgmap.viz.kit.page import page_html
from orgmap.viz.kit.palette import changes, tiers
from orgmap.viz.services.picture import draw_services
from tests.viz.looking import Looking
from tests.worlds import STORES, world

KENT = "Kent and Medway"


@pytest.fixture(scope="module")
def page(england: Store) -> str:
    return draw_reform(england, "2013", within=KENT)


@pytest.fixture(scope="module")
def matrix(england: Store) -> str:
    return draw_services(england, KENT, ["2013-03-31", "2013-04-01"])


def test_axe_finds_nothing_serious(page: str, matrix: str, eyes: Looking) -> None:
    for html in (page, matrix):
        shown = eyes.open(html)
        assert eyes.axe() == []
        shown.locator("figure a[data-id]").first.click()
        assert eyes.axe() == []


def test_tab_reaches_every_body_and_line(page: str, eyes: Looking) -> None:
    shown = eyes.open(page)
    wanted = shown.evaluate("document.querySelectorAll('svg a').length")
    reached = set()
    for _ in range(wanted + 3):
        shown.keyboard.press("Tab")
        # By its place in the picture: its looks change while it has the focus.
        reached.add(shown.evaluate("[...document.querySelectorAll('svg a')].indexOf(document.activeElement)"))
    assert reached - {-1} == set(range(wanted))


@pytest.mark.parametrize("one", ["pct:5QA", "ccg:10E", "national:nhs_england"])
def test_enter_opens_a_body_and_escape_gives_the_focus_back(page: str, eyes: Looking, one: str) -> None:
    eyes.open(page)
    shown, focused = eyes.opens(one)
    assert shown
    assert focused == one


def test_the_details_tell_days_fate_and_full_sources(page: str, eyes: Looking) -> None:
    shown = eyes.open(page)
    shown.locator('svg a[data-id="pct:5QA"]').click()
    words = shown.locator("dialog").inner_text()
    for one in (
        "Eastern and Coastal Kent PCT",
        "pct:5QA",
        "1 October 2006",
        "31 March 2013",
        "Replaced by",
        "ODS",
    ):
        assert one in words
    shown.locator('dialog a[href="#ccg:10E"]').click()
    assert shown.locator("dialog h2").inner_text() == "NHS Thanet CCG"


def test_a_line_and_a_group_open_too(page: str, eyes: Looking) -> None:
    shown = eyes.open(page)
    shown.locator("svg a[data-line]").first.press("Enter")
    assert "→" in shown.locator("dialog").inner_text()
    shown.keyboard.press("Escape")
    shown.locator("svg a[data-group]").last.press("Enter")
    assert shown.locator("dialog[open]").count() == 1


def test_without_a_script_the_page_still_tells_all(page: str, eyes: Looking) -> None:
    browser = eyes.open(page).context.browser
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    path = eyes._folder / "bare.html"
    path.write_text(page, encoding="utf-8")
    bare.goto(path.as_uri())
    assert bare.locator("svg.picture").is_visible()
    assert bare.locator("table.bodies").is_visible()
    bare.locator('svg a[data-id="ccg:10E"]').click()
    assert bare.url.endswith("#ccg:10E")
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 853, 960])
def test_a_picture_is_there_at_every_width(page: str, matrix: str, eyes: Looking, width: int) -> None:
    for html in (page, matrix):
        shown = eyes.open(html, width, 700)
        assert shown.locator(".picture").first.is_visible()
        assert shown.locator(".tables table").first.is_visible()
        assert not shown.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_wide_picture_is_scrolled_in_full_size_or_seen_whole(page: str, eyes: Looking) -> None:
    shown = eyes.open(page, 390, 800)
    wide = "document.querySelector('svg.picture').getBoundingClientRect().width"
    assert shown.evaluate(wide) > 1200
    shown.get_by_role("button", name="The whole picture").click()
    assert shown.evaluate(wide) < 380
    shown.get_by_role("button", name="Letters in full size").click()
    assert shown.evaluate(wide) > 1200
    assert eyes.open(page, 1280, 800).get_by_role("button", name="The whole picture").count() == 0


_APART = """(one) => {
  const panel = document.getElementById("details").getBoundingClientRect();
  const pressed = document.querySelector(one).getBoundingClientRect();
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return [meet(panel, pressed), panel.right <= innerWidth + 1, panel.top < innerHeight];
}"""


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_details_stand_beside_what_was_pressed_and_never_over_it(
    page: str, eyes: Looking, width: int
) -> None:
    shown = eyes.open(page, width, 800)
    one = 'svg a[data-id="pct:5QA"]'
    shown.locator(one).click()
    assert shown.locator("dialog[open] h2").inner_text() == "Eastern and Coastal Kent PCT"
    assert shown.evaluate(_APART, one) == [False, True, True]
    shown.locator('svg a[data-id="ccg:10E"]').click()  # the page stays in reach
    assert shown.locator("dialog[open] h2").inner_text() == "NHS Thanet CCG"


def test_resting_on_a_line_lights_it_and_its_ends(page: str, eyes: Looking) -> None:
    shown = eyes.open(page)
    lines = shown.locator("svg .line").all()
    assert len(lines) > 10
    for line in lines:
        line.locator(".hit").first.dispatch_event("mouseover", {"bubbles": True})
        ends = f"{line.get_attribute('data-from')} {line.get_attribute('data-to')}".split()
        lit = [box.get_attribute("data-box") for box in shown.locator(".box.lit").all()]
        assert sorted(lit) == sorted(set(ends))
        assert shown.locator(".line.lit").count() == 1
    shown.locator("svg").first.dispatch_event("mouseleave")
    assert shown.locator(".lit").count() == 0


HARMFUL = """
entities
id           | name                                                | valid_from | valid_until
pct:5QA      | </script><script>window.harm=1</script>             | 2006-10-01 | 2013-04-01
ccg:10E      | <img src=x onerror="window.harm=1">                 | 2013-04-01 |
ccg:09E      | " onfocus="window.harm=1" x="                       | 2013-04-01 |
ccg:09C      | ' onmouseover='window.harm=1                        | 2013-04-01 |
sha:Q37      | </title></style></svg><svg onload=window.harm=1>    | 2006-07-01 | 2013-04-01
region:Y57   | javascript:window.harm=1                            | 2013-04-01 |
council:E1   | ]]><script>window.harm=1</script>                   |            |

relationships
subject | verb    | object  | valid_from | valid_until
pct:5QA | part_of | sha:Q37 | 2006-10-01 | 2013-04-01

sources
id   | title                                   | url
evil | <script>window.harm=1</script> & "more" | javascript:window.harm=1

events
id   | kind     | date       | source
2013 | replaced | 2013-04-01 | evil

successions
event | predecessor | successor
2013  | pct:5QA     | ccg:10E
2013  | pct:5QA     | ccg:09E
"""


def test_names_that_mean_harm_do_nothing(eyes: Looking) -> None:
    store = STORES["sqlite"](world(HARMFUL))
    for view in ("structure", "membership"):
        shown = eyes.open(draw_diff(store, "2013-03-31", "2013-04-01", view=view))
        for link in shown.locator("svg a").all():
            link.hover()
            link.press("Enter")
            shown.keyboard.press("Escape")
        assert (eyes.requests, eyes.errors) == ([], [])
        assert shown.evaluate("window.harm") is None
        assert (
            shown.locator("img, script[src], svg[onload], [onerror], [onfocus], [onmouseover]").count() == 0
        )
        assert shown.evaluate("document.scripts.length") == 1
    svg = draw_diff(store, "2013-03-31", "2013-04-01", "svg")
    assert "<script" not in svg
    assert "<img" not in svg


def test_the_page_allows_its_own_script_alone(page: str, eyes: Looking) -> None:
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    shown = eyes.open(page)
    shown.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.harm = 1';"
        " document.body.append(s) }"
    )
    assert shown.evaluate("window.harm") is None


def test_a_page_of_another_picture_brings_its_own_script(eyes: Looking) -> None:
    shown = eyes.open(page_html("Title", "Lead", "<p>Here</p>", script='document.title = "ran";'))
    assert shown.title() == "ran"


def luminance(colour: str) -> float:
    """How bright a colour looks, by the rule of WCAG."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("background", ["#ffffff", "#f3f3f1"])
def test_every_mark_can_be_read(background: str) -> None:
    for change in changes().values():
        assert contrast(change.colour, background) >= 4.5, change.change


def test_marks_differ_in_word_and_symbol_not_in_colour_alone() -> None:
    said = [(change.label, change.symbol) for change in changes().values()]
    assert len({label for label, _ in said}) == len(said)
    assert all(change.symbol for change in changes().values())


def test_every_kind_has_the_colour_of_its_tier() -> None:
    from orgmap.graphmodel.vocabulary import kinds

    assert {kind.tier for kind in kinds().values()} <= set(tiers())
