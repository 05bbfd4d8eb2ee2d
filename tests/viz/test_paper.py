"""Every picture on paper: one page of A3, letters as letters, nothing of the picture missing."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import pytest

from orgmap.graphmodel.store import Store
from orgmap.viz.before_after.picture import draw_diff, draw_reform
from orgmap.viz.lineage.picture import draw_lineage
from orgmap.viz.map.picture import draw_map
from orgmap.viz.network.picture import draw_network
from orgmap.viz.plans.picture import draw_plans
from orgmap.viz.programme.picture import draw_programme
from orgmap.viz.services.picture import draw_services
from orgmap.viz.timeline.picture import draw_timeline
from tests.viz.looking import Looking

KENT = "Kent and Medway"
A3 = (842, 1191)
"""Its sides in points."""

PICTURES: dict[str, Callable[[Store], str]] = {
    "reform": lambda store: draw_reform(store, "2013", within=KENT),
    "diff": lambda store: draw_diff(store, "2022-06-30", "2022-07-01", within="London"),
    "services": lambda store: draw_services(store, KENT, ["2013-03-31", "2013-04-01"]),
    "lineage": lambda store: draw_lineage(store, within=KENT),
    "timeline": lambda store: draw_timeline(store, ["ccg:10E", "pct:5QA", "icb:QKS"]),
    "map": lambda store: draw_map(store, ["2013-03-31", "2013-04-01"], within="London"),
    "network": lambda store: draw_network(store, "ccg:10E", at="2013-06-01"),
    "plans": lambda store: draw_plans(store, "2013", within="Thanet"),
    "programme": lambda store: draw_programme(store, "icb-mergers-2027", at="2026-11-27"),
}


def contents(pdf: bytes) -> bytes:
    """What is drawn on the pages of a PDF, unpacked."""
    found = []
    for start in re.finditer(rb"stream\r?\n", pdf):
        try:
            found.append(zlib.decompressobj().decompress(pdf[start.end() :]))
        except zlib.error:
            continue  # a font or something else that is no drawing
    return b"\n".join(found)


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_prints_whole_on_one_page(england: Store, eyes: Looking, picture: str) -> None:
    shown = eyes.open(PICTURES[picture](england))
    words = shown.locator("figure svg text, figure td b").count()
    pdf = shown.pdf(prefer_css_page_size=True, print_background=True)
    # A matrix takes as many pages as it needs for letters that can be read.
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1 or picture == "services"
    [sides] = {tuple(map(float, box)) for box in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)}
    assert all(abs(side - wanted) <= 2 for side, wanted in zip(sorted(sides), A3, strict=True))
    assert (sides[0] < sides[1]) == (picture == "services")  # the matrix is tall, the others are wide
    assert b"/Font" in pdf
    assert b"/Subtype /Image" not in pdf
    assert len(re.findall(rb"\bBT\b", contents(pdf))) > words > 20


@pytest.mark.parametrize("picture", PICTURES)
def test_paper_gets_the_picture_and_its_sources_without_the_tables(
    england: Store, eyes: Looking, picture: str
) -> None:
    shown = eyes.open(PICTURES[picture](england))
    shown.emulate_media(media="print")
    assert shown.locator("figure svg, figure table").first.is_visible()
    assert shown.locator("figcaption").is_visible()
    assert shown.locator("footer").is_visible()
    assert not shown.locator(".tables").is_visible()
    shown.emulate_media(media="null")


def test_letters_of_the_matrix_are_seven_points_high_on_paper(england: Store, eyes: Looking) -> None:
    shown = eyes.open(PICTURES["services"](england))
    shown.emulate_media(media="print")
    size = shown.evaluate("parseFloat(getComputedStyle(document.querySelector('.matrix td')).fontSize)")
    assert size * 72 / 96 >= 7
    assert not shown.locator("#matrix-filter").is_visible()
    shown.emulate_media(media="null")


def test_a_programme_too_long_for_a_sheet_is_printed_as_its_table(england: Store, eyes: Looking) -> None:
    shown = eyes.open(draw_programme(england, "nhs-2012-13", at="2012-08-15"))
    shown.emulate_media(media="print")
    assert shown.locator(".tables").is_visible()
    assert not shown.locator("figure svg").is_visible()
    shown.emulate_media(media="null")
