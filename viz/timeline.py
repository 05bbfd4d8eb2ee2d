"""Lifelines of bodies with their changes, one below the other: the page and the plain SVG."""

from __future__ import annotations

from collections.abc import Iterable

from graphmodel.palette import tiers
from graphmodel.store import Store
from graphmodel.vocabulary import kinds
from queries.descent import Descent
from queries.lifelines import Life, Lifelines, lifelines
from viz.descent_tables import change_table
from viz.marks import BAR, LEFT, RIGHT, ROW, Axis, Line, axis_of, life_words, lines_of, marks_of, tip
from viz.page import Page, page_html
from viz.references import References
from viz.sheet import WIDTH, svg_sheet, text_at
from viz.svg import Attributes, el, esc, num
from viz.text import FONTS
from viz.words import date_words, last_day_words, listed

_ROOM = 660.0
_TOP = 44.0
_HEADS = ("Body", "What happened", "First day", "Last day", "Sources")

_CSS = f"""
.lives text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}
.lives .b{{font-weight:700}}
.lives a{{text-decoration:none;cursor:pointer}}
.lives a:hover text{{text-decoration:underline}}
.lives a:focus{{outline:3px solid #1a1a1a;outline-offset:1px}}
.lives .year{{stroke:#dcdcd8;stroke-width:1}}
.lives .life{{stroke:#1a1a1a;stroke-width:1}}
.lives .phase{{fill:#fff;stroke:#332288;stroke-width:1.6;stroke-dasharray:5 3}}
.lives .open{{fill:#1a1a1a}}
.lives .said{{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}}
.lives .thread{{stroke:#6b6b66;stroke-width:1}}
.lives .mark{{fill:#fff;stroke:#1a1a1a;stroke-width:2}}
"""


def draw_timeline(store: Store, texts: Iterable[str], form: str = "html", at: str | None = None) -> str:
    """Draws the lives of bodies: when each began, changed and ended.

    Raises `WrongUse`, `NothingFound` or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_timeline(store, ["ccg:10E", "icb:QKS"])
    >>> "1 April 2020: merged into NHS Kent and Medway CCG" in page
    True
    """
    told = lifelines(store, texts, at)
    axis = axis_of(told)
    lines, wordy = lines_of(told, axis, _TOP, _ROOM)
    names = [life.body.label for life in told.lives]
    title = f"Timeline of {listed(names) if len(names) <= 3 else f'{len(names)} bodies'}"
    lead = "When each body began, changed and ended. Its row in the table below tells the same, with the sources."
    height = lines[-1].bottom + 2
    picture = _svg(told, axis, lines, wordy, height, title)
    if form == "svg":
        return svg_sheet(picture, height, title, lead, _CSS, "lives")
    references = References(told.sources)
    tables = (_life_table(told, references), change_table(_descent(told), references))
    return page_html(
        Page(title, lead, picture, _legend(told, wordy), told.notes, tables, references.listed(), _CSS)
    )


def _legend(told: Lifelines, wordy: bool) -> tuple[tuple[str, str], ...]:
    rows = [("Bar:", "the body was in force."), ("Circle:", "a change on that day.")]
    if any(life.phases for life in told.lives):
        rows.append(("Dashed bar:", "not in force: in shadow form, or planned, as the words say."))
    if any(life.body.valid_until is None for life in told.lives):
        rows.append(("Arrow:", f"no end known to {date_words(told.last_day)}, the last day in the tables."))
    if any(life.body.valid_from is None for life in told.lives):
        rows.append(("Open at the left:", "the first day is not known."))
    if not wordy:
        rows.append(("No words at the circles:", "too many for the picture; the table tells every change."))
    return tuple(rows)


def _svg(told: Lifelines, axis: Axis, lines: list[Line], wordy: bool, height: float, label: str) -> str:
    attributes: Attributes = {
        "class": "lives",
        "viewBox": f"0 0 {num(WIDTH)} {num(height)}",
        "width": WIDTH,
        "height": height,
        "role": "group",
        "aria_label": label,
    }
    return el("svg", attributes, _years(axis, height), *(_line(told, axis, line, wordy) for line in lines))


def _years(axis: Axis, height: float) -> str:
    first, last = int(axis.first[:4]), int(axis.last[:4])
    step = next(n for n in (1, 2, 5, 10) if (RIGHT - LEFT) * n / max(1, last - first) > 44)
    out = []
    for year in range(first, last + 1):
        x = axis.x(f"{year}-01-01")
        if (year - first) % step == 0:
            out.append(el("line", {"class": "year", "x1": x, "x2": x, "y1": 24.0, "y2": height}))
            if x < RIGHT - 20:
                out.append(text_at(x + 3, 17, str(year)))
    return el("g", {"aria_hidden": "true"}, *out)


def _line(told: Lifelines, axis: Axis, line: Line, wordy: bool) -> str:
    """A body's name, its bar and its marks, as one link to its row."""
    body = line.life.body
    colour = tiers()[kinds()[body.kind].tier].colour
    start = axis.x(body.valid_from) if body.valid_from else LEFT
    end = axis.x(body.valid_until or told.last_day)
    bar: Attributes = {
        "class": "bar life",
        "x": start,
        "y": line.top,
        "width": max(2.0, end - start),
        "height": BAR,
        "fill": colour,
        "stroke-dasharray": None,
    }
    parts = [text_at(12, line.top + 12 + number * ROW, words, "b") for number, words in enumerate(line.label)]
    if body.valid_from is None:
        bar = {**bar, "x": start, "fill-opacity": "0.45"}
    parts.append(el("rect", bar))
    if body.valid_until is None:
        y = line.top + BAR / 2
        parts.append(
            el(
                "path",
                {
                    "class": "open",
                    "d": f"M{num(end)} {num(y - 10)}L{num(end + 11)} {num(y)}L{num(end)} {num(y + 10)}z",
                },
            )
        )
    parts += [
        _phase(axis, line, phase.valid_from, phase.valid_until or body.valid_from)
        for phase in line.life.phases
    ]
    threads, words = [], []
    for said in line.said:
        base = line.top + BAR + said.line * ROW if said.line > 0 else line.top - 5 + (said.line + 1) * ROW
        if wordy:
            edge = line.top + BAR if said.line > 0 else line.top
            thread: Attributes = {"class": "thread", "x1": said.x, "x2": said.x, "y1": edge, "y2": base - 1}
            threads.append(el("line", thread))
            words.append(text_at(said.left, base, said.mark.words, "said"))
        circle = el("circle", {"class": "mark", "cx": said.x, "cy": line.top + BAR / 2, "r": 4.0})
        words.append(f"<g>{tip(said.mark.words)}{circle}</g>")
    attributes: Attributes = {
        "href": f"#{body.id}",
        "data_id": body.id,
        "aria_label": f"{body.label}, {kinds()[body.kind].label}, {life_words(line.life)}",
    }
    return el("a", attributes, *parts, *threads, *words)


def _phase(axis: Axis, line: Line, first: str | None, last: str | None) -> str:
    if not last:
        return ""
    start = axis.x(first) if first else max(LEFT, axis.x(last) - 24)
    place: Attributes = {
        "x": start,
        "y": line.top + 2,
        "width": max(2.0, axis.x(last) - start),
        "height": BAR - 4,
    }
    return el("rect", {"class": "bar phase", **place})


def _life_table(told: Lifelines, references: References) -> str:
    head = el("tr", {}, *(el("th", {"scope": "col"}, name) for name in _HEADS))
    rows = "".join(_row(told, life, references) for life in told.lives)
    return f"{el('h2', {}, 'Every body in the picture')}<table>{el('thead', {}, head)}<tbody>{rows}</tbody></table>"


def _row(told: Lifelines, life: Life, references: References) -> str:
    body = life.body
    name = el("a", {"class": "body", "href": f"#{body.id}"}, esc(body.label))
    small = el("small", {}, esc(f"{kinds()[body.kind].label}, {body.id}"))
    said = [esc(mark.words) for mark in marks_of(told, life)] or ["no change recorded"]
    note = el("small", {}, esc(body.note)) if body.note else ""
    cited = [(body.source, body.locator)]
    cited += [(event.source, event.locator) for event, _ in life.changes]
    cited += [(word.source, word.locator) for word in (*life.names, *life.phases)]
    cells = (
        "<br/>".join(said) + note,
        date_words(body.valid_from, body.from_precision),
        last_day_words(body.valid_until, body.until_precision),
        references.cite(cited),
    )
    told_cells = [
        el("td", {"data_label": label, "class": "refs" if label == "Sources" else None}, cell)
        for label, cell in zip(_HEADS[1:], cells, strict=True)
    ]
    return el(
        "tr", {"id": body.id, "data_id": body.id}, el("th", {"scope": "row"}, name + small), *told_cells
    )


def _descent(told: Lifelines) -> Descent:
    """The lives as a descent, for the table of changes that both pictures share."""
    bodies = {life.body.id: life.body for life in told.lives}
    events = {event.id: (event, parts) for life in told.lives for event, parts in life.changes}
    beside = {one: body for one, body in told.named.items() if one not in bodies}
    return Descent("", bodies, (), events, beside, {}, told.sources, ())
