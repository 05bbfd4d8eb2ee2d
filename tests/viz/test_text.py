"""Widths without a browser: as the browser measures them, in the font that the widths were taken from."""

from __future__ import annotations

import pytest

from orgmap.viz.before_after.flow import StyledWords, flow, in_columns
from orgmap.viz.kit.widths import width, wrap
from tests.viz.looking import Looking

WORDS = (
    "NHS Dartford, Gravesham and Swanley CCG",
    "→ Replaced: 3 primary care trusts — by 8 clinical commissioning groups · “joint”",
    "Health and Wellbeing Board (64%)",
)


@pytest.mark.parametrize("bold", [False, True])
def test_the_browser_measures_the_same(eyes: Looking, bold: bool) -> None:
    shown = eyes.open("<canvas></canvas>")
    known = shown.evaluate("document.fonts.check('14px \"Liberation Sans\"')")
    if not known:
        pytest.skip("Liberation Sans is not installed")
    for words in WORDS:
        font = f"{'bold ' if bold else ''}14px 'Liberation Sans'"
        measured = shown.evaluate(
            "([font, words]) => { const c = document.querySelector('canvas').getContext('2d');"
            " c.font = font; return c.measureText(words).width }",
            [font, words],
        )
        assert width(words, bold) == pytest.approx(measured, rel=0.01)


def test_no_line_is_wider_than_its_room() -> None:
    for room in (40, 90, 200):
        assert all(width(line) <= room for words in WORDS for line in wrap(words, room))


def test_no_word_is_lost() -> None:
    for words in WORDS:
        assert " ".join(wrap(words, 150)) == words
        pieces = [piece.text for line in flow([StyledWords(words)], 150) for piece in line]
        assert " ".join(pieces) == words


def test_columns_keep_every_item_once_and_within_the_room() -> None:
    items = [
        StyledWords(name)
        for name in (
            "Ashford",
            "Canterbury and Coastal",
            "Swale",
            "Thanet",
            "Dartford, Gravesham and Swanley",
        )
    ]
    lines = in_columns(items, 300)
    words = " ".join(piece.text for line in lines for piece in line)
    assert words.count("•") == len(items)
    assert all(piece.x + piece.width <= 300.5 for line in lines for piece in line)
