"""How quick the page is in Chromium: `python -m tests.browser.measures [FILE]` prints seconds as JSON.

Each is a median of many, measured within the page from what a person does (a link opened, a key pressed, a letter
typed) to the frame in which what followed stands on the screen. Beside each stands a baseline: the same of a page that
holds nothing and does nothing.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.chromium import InChromium, chromium
from tests.browser.page import written
from tests.browser.screens import SCREENS
from tests.browser.steps import BOX

OPENED, STEPS = 9, 40

TYPED = ("glossop", "west kent", "thanet ccg", "surrey and sussex", "n1", "health visiting")

_EMPTY = """<!doctype html><html lang=en data-ready=yes><title>Nothing</title><h1>Nothing</h1>
<input aria-label="Nothing"><script>performance.mark("orgmap:drawn")</script>"""

_WATCH = """() => {
  window.taken = [];
  const said = () => document.activeElement?.getAttribute("aria-valuetext");
  const watch = (event, until) => addEventListener(event, () => {
    const began = performance.now(), before = said();
    let frames = 0;
    const look = () => {
      const marked = until && performance.getEntriesByName(until, "mark").some((mark) => mark.startTime >= began);
      // A day on which the same areas are drawn needs no new drawing: then the slider's own words count.
      if (said() !== before) frames += 1;
      if (!until || marked || frames > 2) taken.push([event, performance.now() - began, true]);
      else if (performance.now() - began > 3000) taken.push([event, performance.now() - began, false]);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
  watch("keydown", UNTIL_DRAWN);
  watch("input", UNTIL_FOUND);
}"""


def _opened(person: InChromium, address: str) -> float:
    """Seconds from following the link to the first frame with the drawing in it."""
    person.open(address)
    return float(
        person.page.evaluate(
            """new Promise((done) => requestAnimationFrame(() => {
              const marked = (name) => performance.getEntriesByName(name, "mark");
              const marks = [...marked("orgmap:drawn"), ...marked("orgmap:ready")];
              done(Math.min(...marks.map((mark) => mark.startTime)) / 1000);
            }))"""
        )
    )


def _taken(person: InChromium, event: str) -> list[float]:
    found = person.page.evaluate("(event) => taken.splice(0).filter((one) => one[0] === event)", event)
    return [one[1] / 1000 for one in found if one[2]]


def _watched(person: InChromium, drawn: str, found: str) -> None:
    person.page.evaluate(_WATCH.replace("UNTIL_DRAWN", drawn).replace("UNTIL_FOUND", found))


def _steps(person: InChromium, part: Any) -> list[float]:
    part.focus()
    for number in range(STEPS):
        part.press("PageUp" if number % 2 else "ArrowLeft")
        person.waits(f"taken.filter((one) => one[0] === 'keydown').length > {number}")
    return _taken(person, "keydown")


def _letters(person: InChromium, part: Any) -> list[float]:
    taken: list[float] = []
    for text in TYPED:
        part.fill("")
        person.page.evaluate("taken.splice(0).length")
        for number, letter in enumerate(text):
            part.press_sequentially(letter)
            person.waits(f"taken.filter((one) => one[0] === 'input').length > {number}")
        taken += _taken(person, "input")
    return taken


def measures(file: Path) -> dict[str, dict[str, float]]:
    """First view, step of the slider and search, each in seconds beside its baseline."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        empty = Path(folder) / "empty.html"
        empty.write_text(_EMPTY, encoding="utf-8")
        page = browser.new_context().new_page()
        ours, nothing = InChromium(page, file), InChromium(browser.new_context().new_page(), empty)
        found: dict[str, dict[str, float]] = {}

        def beside(name: str, taken: list[float], baseline: list[float]) -> None:
            found[name] = {
                "median": statistics.median(taken),
                "slowest": max(taken),
                "baseline": statistics.median(baseline),
                "number": len(taken),
            }

        for name, address in (("first view, start", ""), ("first view, map", SCREENS["explore"])):
            beside(
                name,
                [_opened(ours, address) for _ in range(OPENED)],
                [_opened(nothing, "") for _ in range(OPENED)],
            )
        _watched(nothing, "''", "''")
        field = nothing.part("textbox", "Nothing")
        for kind in ("integrated_care_board", "clinical_commissioning_group", "district_council"):
            ours.open(f"#view=explore&kind={kind}&at=2016-06-01")
            _watched(ours, "'orgmap:drawn'", "'orgmap:found'")
            beside(f"slider step, {kind}", _steps(ours, ours.part("slider", "Day")), _steps(nothing, field))
        ours.open("")
        _watched(ours, "'orgmap:drawn'", "'orgmap:found'")
        beside("search, a letter", _letters(ours, ours.part("combobox", BOX)), _letters(nothing, field))
    return found


def main() -> None:
    """Measures a page that is there, or one written now."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[1]) if sys.argv[1:] else written(Path(folder) / "explore.html")
        print(json.dumps(measures(file.resolve()), indent=1))


if __name__ == "__main__":
    main()
