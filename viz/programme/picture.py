"""The steps of a programme on a line of time, by stream: the page and the plain SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of, written
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.listed import Milestone
from orgmap.graphmodel.store import Store
from orgmap.queries.programmes.due import AHEAD, DONE, OPEN, due
from orgmap.viz.kit.links import Links
from orgmap.viz.kit.page import RowGroup, TableRow, page_html, row_of, table_html
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import Attributes, el, esc, num
from orgmap.viz.kit.svg_file import WIDTH, svg_file, text_at
from orgmap.viz.kit.time_axis import RIGHT, TimeAxis, years_of
from orgmap.viz.kit.widths import FONTS, LINE
from orgmap.viz.kit.words import listed
from orgmap.viz.programme.rows import DueRow, StreamRows, axis_of, stands, stream_rows

_TOP = 44.0
_SIZE = 7.0
_HEADS = ("Step", "Due", "Who", "How it stands", "Hangs on", "Sources")

_CSS = f"""
.due text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}
.due .b{{font-weight:700}}
.due a{{text-decoration:none;cursor:pointer}}
.due a:hover text{{text-decoration:underline}}
.due a:focus{{outline:3px solid #1a1a1a;outline-offset:1px}}
.due .year{{stroke:#dcdcd8;stroke-width:1}}
.due .rule{{stroke:#efefec;stroke-width:1}}
.due .stream{{fill:#eef1f6;stroke:none}}
.due .today{{stroke:#8a1b1b;stroke-width:2;stroke-dasharray:2 3}}
.due .day{{fill:#8a1b1b;font-weight:700}}
.due .stretch{{stroke:#6b6b66;stroke-width:3}}
.due .done{{fill:#1a1a1a;stroke:#1a1a1a;stroke-width:2}}
.due .open{{fill:#fff;stroke:#8a4b00;stroke-width:3}}
.due .ahead{{fill:#fff;stroke:#1b4b8a;stroke-width:2}}
.due .hangs{{stroke-dasharray:3 2}}
.due .again{{stroke:#1a1a1a;stroke-width:2}}
"""

_TALL = 1400.0
"""Higher than so the letters of the picture would be too small on one sheet: paper gets the table instead."""

_TABLE_ON_PAPER = """@media print{
@page{size:A3 portrait;margin:9mm}
figure svg{display:none}
.tables{display:block!important;font-size:9pt;line-height:1.2}
.tables tr{break-inside:avoid}
.tables thead{display:table-header-group}
}
"""


def draw_programme(
    store: Store,
    name: str,
    form: str = "html",
    at: AnyDay = "today",
    own: Sequence[Milestone] | None = None,
) -> str:
    """Draws the steps of a programme by stream on a line of time, and how each stood on a day.

    Only what had been said by the day is drawn. `own` are steps of one's own, drawn instead; of these all are drawn
    where no name is given. Raises `NothingFound` with the programmes that there are.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_programme(store, "icb-mergers-2027", at="2026-11-27")
    >>> "Hangs on" in page, "ahead" in page
    (True, True)
    """
    day = day_of(at)
    answer = due(store, programme=name or None, at=day, steps=own)
    if not (steps := answer["milestones"]):
        raise NothingFound("Nothing found to draw.")
    streams = stream_rows(steps, _TOP)
    axis = axis_of(streams, day)
    height = streams[-1].rows[-1].top + streams[-1].rows[-1].height + 4
    title = f"Programme {listed(sorted({one['programme'] for one in steps}))}: its steps, on {written(day)}"
    lead = _lead(steps)
    references = References(store.sources({source["source"] for one in steps for source in one["sources"]}))
    picture = _svg(streams, axis, day, height, title, Links(references, form))
    legend = _legend(steps, axis, day)
    if form == "svg":
        said = " ".join([lead, *(f"{word} {meaning}" for word, meaning in legend)])
        return svg_file(picture, height, title, said, _CSS, "due", references.lines())
    table = _table(streams, references)
    css = _CSS + (_TABLE_ON_PAPER if height > _TALL else "")
    return page_html(title, lead, picture, legend, answer["notes"], (table,), references.listed(), css)


def _lead(steps: list[dict[str, Any]]) -> str:
    """How many steps there are, and how many of them are done, open or ahead."""
    counts = {state: sum(one["state"] == state for one in steps) for state in (DONE, OPEN, AHEAD)}
    states = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
    number = f"{len(steps)} {'step' if len(steps) == 1 else 'steps'}"
    return f"{number} by stream, each on the day that counts{f': {states}' if states else ''}."


def _legend(steps: list[dict[str, Any]], axis: TimeAxis, day: str) -> tuple[tuple[str, str], ...]:
    """How to read what is there, and no more."""
    there = {one["state"] for one in steps}
    rows = [
        ("Filled square:", "done, as a source says.", DONE in there),
        ("Thick open circle:", "open: its day has passed, and no evidence is recorded; not that it was missed.",
         OPEN in there),
        ("Open triangle:", "ahead.", AHEAD in there),
        ("Dashed outline:", "hangs on something else, such as a Bill: see the words.",
         any(one.get("condition") for one in steps)),
        ("Grey line:", "the stretch in which it falls; small strokes are the days on which it comes again.",
         any(one.get("due_from") for one in steps)),
        ("Dotted line:", f"{written(day)}, the day asked for.", axis.first <= day <= axis.last),
        ("No mark:", "no day is given.", any(not one["due"] for one in steps)),
    ]  # fmt: skip
    return tuple((word, meaning) for word, meaning, shown in rows if shown)


def _svg(streams: list[StreamRows], axis: TimeAxis, day: str, height: float, label: str, links: Links) -> str:
    attributes: Attributes = {
        "class": "due",
        "viewBox": f"0 0 {num(WIDTH)} {num(height)}",
        "width": WIDTH,
        "height": height,
        "role": "group",
        "aria_label": label,
    }
    drawn = [shape for stream in streams for shape in _stream(axis, stream, links)]
    return el("svg", attributes, years_of(axis, height, _quarters(axis)), *drawn, _today(axis, day, height))


def _quarters(axis: TimeAxis) -> tuple[str, ...]:
    """The first days of quarters within a year, where there is room for a line at each."""
    if axis.years > 3:
        return ()
    years = range(int(axis.first[:4]), int(axis.last[:4]))
    return tuple(f"{year}-{month}-01" for year in years for month in ("04", "07", "10"))


def _today(axis: TimeAxis, day: str, height: float) -> str:
    """The day asked for, where the picture shows it."""
    if not axis.first <= day <= axis.last:
        return ""
    x = axis.x(day)
    line = el("line", {"class": "today", "x1": x, "x2": x, "y1": 36.0, "y2": height})
    return el("g", {"aria_hidden": "true"}, line, text_at(min(x + 4, RIGHT - 84), 34, day, "b day"))


def _stream(axis: TimeAxis, stream: StreamRows, links: Links) -> list[str]:
    band: Attributes = {
        "class": "stream", "x": 6.0, "y": stream.top, "width": RIGHT - 6.0, "height": LINE + 6.0,
    }  # fmt: skip
    number = len(stream.rows)
    words = f"{stream.name}: {number} {'step' if number == 1 else 'steps'}"
    return [
        el("g", {}, el("rect", band), text_at(12, stream.top + 16, words, "b")),
        *(_step(axis, row, links) for row in stream.rows),
    ]


def _step(axis: TimeAxis, row: DueRow, links: Links) -> str:
    """A step's words as a link to its row, and its mark on the axis: shape and fill say how it stands."""
    y = row.top + 14
    words = [text_at(30, y + LINE * n, said, "b") for n, said in enumerate(row.sentence)]
    after = y + LINE * len(row.sentence)
    words += [text_at(30, after + LINE * n, said) for n, said in enumerate(row.words)]
    rule = el("line", {"class": "rule", "x1": 12.0, "x2": RIGHT, "y1": row.top - 3, "y2": row.top - 3})
    shapes = [_mark(row, 18.0, y - 5)] if row.due else []
    if row.due:
        shapes += [*_stretch(axis, row, y - 5), _mark(row, axis.x(row.due), y - 5)]
    title = f"{row.step['text']} {' '.join(row.words)} {stands(row.step)}"
    cited = [(source["source"], source["locator"] or "") for source in row.step["sources"]]
    return rule + links.wrap(f"#{row.id}", title, cited, {"data_id": row.id}, *words, *shapes)


def _stretch(axis: TimeAxis, row: DueRow, y: float) -> list[str]:
    if row.first == row.due:
        return []
    line: Attributes = {
        "class": "stretch", "x1": axis.x(row.first), "x2": axis.x(row.due), "y1": y, "y2": y,
    }  # fmt: skip
    ticks: list[Attributes] = [
        {"class": "again", "x1": axis.x(day), "x2": axis.x(day), "y1": y - 5, "y2": y + 5}
        for day in row.again
    ]
    return [el("line", line), *(el("line", tick) for tick in ticks)]


def _mark(row: DueRow, x: float, y: float) -> str:
    look = " ".join([row.state.replace(" ", "-"), *(["hangs"] if row.hangs else [])])
    if row.state == DONE:
        box: Attributes = {
            "class": look, "x": x - _SIZE + 1, "y": y - _SIZE + 1, "width": 2 * _SIZE - 2, "height": 2 * _SIZE - 2,
        }  # fmt: skip
        return el("rect", box)
    if row.state == OPEN:
        return el("circle", {"class": look, "cx": x, "cy": y, "r": _SIZE - 1})
    points = f"{num(x - _SIZE + 1)},{num(y - _SIZE)} {num(x + _SIZE)},{num(y)} {num(x - _SIZE + 1)},{num(y + _SIZE)}"
    return el("polygon", {"class": look, "points": points})


def _table(streams: list[StreamRows], references: References) -> str:
    groups = [
        RowGroup([_row(row, references) for row in stream.rows], esc(stream.name)) for stream in streams
    ]
    return table_html("Every step in the picture", _HEADS, groups, labelled=True, sources_named=True)


def _row(row: DueRow, references: References) -> TableRow:
    step = row.step
    who = "; ".join([*(one["name"] for one in step["owner"]), *filter(None, [step.get("owner_words")])])
    note = el("small", {}, esc(step["note"])) if step.get("note") else ""
    cited = [(source["source"], source["locator"] or "") for source in step["sources"]]
    cells = (
        esc(f"{step['due'] or 'no day'} ({step['due_words']})"),
        esc(who or "nobody named"),
        esc(stands(step)) + note,
        esc(step.get("condition", "")),
        references.cite(cited),
    )
    return row_of(row.id, step["text"], step["status"], cells)
