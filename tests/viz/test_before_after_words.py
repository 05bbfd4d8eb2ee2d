"""What a before/after picture says of bodies and lines: nothing that no source says, and of whom."""

from __future__ import annotations

import re

import pytest

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.store import Store
from orgmap.queries.structure.structure import structure
from orgmap.viz.before_after.boxes import boxes_of
from orgmap.viz.before_after.line_table import line_cited
from orgmap.viz.before_after.lines import box_lines_of
from orgmap.viz.before_after.picture import draw_diff, draw_reform
from tests.viz.looking import Looking
from tests.viz.test_before_after import measured
from tests.worlds import STORES, world


def lines(html: str) -> dict[str, str]:
    """The rows of the table of lines as text, by the line's name; rows of one name together."""
    found: dict[str, str] = {}
    for row in re.findall(r'<tr id="(?:line|untold)-\d+".*?</tr>', html, flags=re.S):
        name, _, rest = re.sub(r"<[^>]+>", "|", row).strip("|").partition("|")
        found[name] = found.get(name, "") + rest
    return found


def test_a_line_in_force_cites_its_own_bodies_only(england: Store) -> None:
    told = structure(england, "2013-03-31", "2013-04-01", within="Cornwall")
    box_lines = [box_line for box_line in box_lines_of(told, boxes_of(told)) if box_line.name == "in force"]
    assert box_lines
    for box_line in box_lines:
        box = next(box for box in boxes_of(told) if box.key == box_line.target)
        own = {(told.bodies[one].entity.source, told.bodies[one].entity.locator) for one in box.bodies}
        assert set(line_cited(told, [box_line])) == own


RENAMED = """
entities
id      | name       | valid_from | valid_until
ccg:10E | Thanet     | 2013-04-01 | 2015-04-01
ccg:09E | Thanet     | 2015-04-01 |
ccg:10A | Swale      | 2013-04-01 | 2015-04-01
ccg:10B | North Kent | 2015-04-01 |

events
id    | kind    | date
same  | renamed | 2015-04-01
other | renamed | 2015-04-01

successions
event | predecessor | successor
same  | ccg:10E     | ccg:09E
other | ccg:10A     | ccg:10B
"""


@pytest.mark.parametrize("form", ["html", "svg"])
def test_who_keeps_its_name_is_replaced_and_not_renamed(form: str) -> None:
    html = draw_diff(STORES["sqlite"](world(RENAMED)), "2015-03-31", "2015-04-01", form)
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    if form == "html":
        assert "Replaced by Thanet" in words
        assert "Renamed as North Kent" in words
        assert "replaced by" in lines(html)
    # Texts that only stand beside each other, as the name of a line and a box, are no sentence.
    assert "enamed as Thanet" not in re.sub(r"<[^>]+>", "|", html)
    assert "→ Replaced:" in words


def test_north_yorkshires_board_is_not_renamed_as_itself(england: Store) -> None:
    html = draw_reform(england, "2023_councils", within="North Yorkshire")
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "enamed as North Yorkshire Health and Wellbeing Board" not in words
    assert "eplaced by North Yorkshire Health and Wellbeing Board" in words


def test_days_that_are_not_known_at_either_end_are_not_told(england: Store) -> None:
    html = draw_reform(england, "2013", within="Leicester", view="commissioning")
    assert "on the first day" in html
    assert "(date not known to no end known)" not in html


@pytest.mark.parametrize("day", ["2012-06-01", "2016-04-01"])
def test_what_holds_for_foundation_trusts_only_is_called_some(england: Store, day: str) -> None:
    told = draw_diff(england, day_before(day), day, within="Kent and Medway", view="accountability")
    partial = {
        name: row for name, row in lines(told).items() if re.match(r"(authorises|regulates|licenses)\b", name)
    }
    monitor = {name: row for name, row in partial.items() if "Foundation trusts only" in row}
    assert monitor
    assert [name for name in monitor if not name.endswith("(some)")] == []
    assert "(some):" in told


def test_where_practices_are_counted_the_legend_says_what_they_are(england: Store) -> None:
    said = "what the register of GP practices lists beside them: clinics, prisons, hospices, nurse teams."
    assert said in draw_reform(england, "2013", within="Kent and Medway")
    assert said not in draw_diff(STORES["sqlite"](world(RENAMED)), "2015-03-31", "2015-04-01")


def test_all_of_england_over_sixteen_years_is_counted(england: Store, eyes: Looking) -> None:
    html = draw_diff(england, "2010-04-01", "2026-04-02")
    assert len(html.encode()) <= 300 * 1024
    found = measured(eyes, html)
    assert found["drawn"] == found["listed"]
    tables = html.split('id="tables">', 1)[1]
    assert "counted, not listed; ask --within a place for names" in tables
    for one in ("5QA Eastern and Coastal Kent PCT", "icb:QKS"):  # smaller kinds still stand by name
        assert one in tables
    shown = eyes.open(html)
    dangling = shown.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map((a) => a.getAttribute('href').slice(1))"
        ".filter((id) => !document.getElementById(id))"
    )
    assert dangling == []
