"""Lifelines of bodies with their changes, one below the other: the page and the plain SVG."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.change.descent import Descent, descent_within
from orgmap.queries.change.lifelines import Lifeline, Lifelines, lifelines
from orgmap.queries.coverage import is_plan
from orgmap.viz.kit.links import Links
from orgmap.viz.kit.page import RowGroup, TableRow, page_html, row_of, table_html
from orgmap.viz.kit.palette import tiers
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import Attributes, el, esc, num
from orgmap.viz.kit.svg_file import WIDTH, svg_file, text_at
from orgmap.viz.kit.time_axis import TimeAxis, years_of
from orgmap.viz.kit.widths import FONTS
from orgmap.viz.kit.words import date_words, listed
from orgmap.viz.lineage.picture import HOW_TO_OPEN, change_script
from orgmap.viz.lineage.tables import TABLE_CSS, change_numbers, change_table, first_day, last_day
from orgmap.viz.timeline.labels import (
    BAR,
    LEFT,
    ROW,
    PlacedLifeline,
    Said,
    axis_of,
    labels_of,
    life_words,
    lines_of,
)

_ROOM = 620.0
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
.lives .event:focus{{outline:0}}
.lives .event:focus .mark{{fill:#1a1a1a;stroke-width:6}}
.lives .event:focus text{{text-decoration:underline;font-weight:700}}
"""


def draw_timeline(
    store: Store,
    texts: Iterable[str],
    form: str = "html",
    at: str | None = None,
    include: Include = IN_FORCE,
    kinds: frozenset[str] | None = None,
    within: str | None = None,
) -> str:
    """Draws the lives of bodies, or of the local commissioners of a place: when each began, changed and ended.

    Plans are there only if `include` asks for them.

    Raises `WrongUse`, `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_timeline(store, ["ccg:10E", "icb:QKS"])
    >>> "1 April 2020: merged into NHS Kent and Medway CCG" in page
    True
    """
    asked = list(texts)
    if within:
        found = descent_within(store, within, include)
        asked += sorted(found.bodies, key=lambda one: (found.bodies[one].valid_from or "", one))
    answer = lifelines(store, asked, at, include, kinds)
    axis = axis_of(answer)
    # The lives of one place may run on below the window: each with its words.
    lines = lines_of(answer, axis, _TOP, float("inf") if within else _ROOM)
    names = [life.body.label for life in answer.lives]
    title = f"Timeline of {listed(names) if len(names) <= 3 else f'{len(names)} bodies'}"
    if within and not list(texts):
        title = f"{found.label}: timeline of its local commissioners"
    lead = "When each body began, changed and ended."
    legend = _legend(answer, lines)
    height = lines[-1].bottom + 2
    references = References(answer.sources)
    picture = _svg(answer, axis, lines, height, title, Links(references, form))
    if form == "svg":
        said = " ".join([lead, *(f"{word} {meaning}" for word, meaning in legend)])
        return svg_file(picture, height, title, said, _CSS, "lives", references.lines())
    tables = (_life_table(answer, references), change_table(_descent(answer), references))
    return page_html(
        title,
        lead,
        picture,
        (*legend, HOW_TO_OPEN),
        answer.notes,
        tables,
        references.listed(),
        _CSS + TABLE_CSS,
        change_script(),
    )


def _legend(lives: Lifelines, lines: list[PlacedLifeline]) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Bar:", "the body was in force."),
        ("Circle:", "a change on that day."),
    ]
    if any(life.phases for life in lives.lives):
        rows.append(("Dashed bar:", "not in force: in shadow form, or planned, as the words say."))
    if any(life.body.valid_until is None for life in lives.lives):
        rows.append(("Arrow:", f"no end known to {date_words(lives.last_day)}, the last day in the tables."))
    if any(life.body.valid_from is None for life in lives.lives):
        rows.append(("Open at the left:", "the first day is not known."))
    if not all(line.wordy for line in lines):
        rows.append(("No words at circles:", "too many for the picture."))
    return tuple(rows)


def _svg(
    lives: Lifelines, axis: TimeAxis, lines: list[PlacedLifeline], height: float, label: str, links: Links
) -> str:
    attributes: Attributes = {
        "class": "lives",
        "viewBox": f"0 0 {num(WIDTH)} {num(height)}",
        "width": WIDTH,
        "height": height,
        "role": "group",
        "aria_label": label,
    }
    drawn = [_line(lives, axis, line, links) for line in lines]
    return el("svg", attributes, years_of(axis, height), *drawn)


def _line(lives: Lifelines, axis: TimeAxis, line: PlacedLifeline, links: Links) -> str:
    """A body's name and bar as a link to its row, then its labels, each a link to what happened."""
    life, body = line.life, line.life.body
    names = [text_at(12, line.top + 12 + number * ROW, words, "b") for number, words in enumerate(line.name)]
    title = f"{body.label}, {kinds()[body.kind].label}, {life_words(life, lives.last_day)}"
    cited = [
        (body.source, body.locator),
        *((word.source, word.locator) for word in (*life.names, *life.phases)),
    ]
    bars = [*_bars(lives, axis, line)]
    bars += [
        _dashed(axis, line, phase.valid_from, phase.valid_until or body.valid_from) for phase in life.phases
    ]
    bar = links.wrap(f"#{body.id}", title, cited, {"data_id": body.id}, *names, *bars)
    threads = [_thread(line, said) for said in line.said] if line.wordy else []
    return el("g", {}, bar, *threads, *(_mark(lives, line, said, links) for said in line.said))


def _bars(lives: Lifelines, axis: TimeAxis, line: PlacedLifeline) -> list[str]:
    """The bar of a body while it was in force; what is only planned is dashed, what goes on has an arrow."""
    body = line.life.body
    if body.valid_from and is_plan(body.valid_from, lives.last_day):
        return [_dashed(axis, line, body.valid_from, body.valid_until or axis.last)]
    planned_end = is_plan(body.valid_until, lives.last_day)
    goes_on = body.valid_until is None or planned_end
    start = axis.x(body.valid_from) if body.valid_from else LEFT
    end = axis.x(lives.last_day if goes_on or body.valid_until is None else body.valid_until)
    bar: Attributes = {
        "class": "bar life",
        "x": start,
        "y": line.top,
        "width": max(2.0, end - start),
        "height": BAR,
        "fill": tiers()[kinds()[body.kind].tier].colour,
        "fill-opacity": None if body.valid_from else "0.45",
    }
    if planned_end and lives.planned:
        return [el("rect", bar), _dashed(axis, line, lives.last_day, body.valid_until)]
    if not goes_on:
        return [el("rect", bar)]
    y = line.top + BAR / 2
    tip = f"M{num(end)} {num(y - 10)}L{num(end + 11)} {num(y)}L{num(end)} {num(y + 10)}z"
    return [el("rect", bar), el("path", {"class": "open", "d": tip})]


def _dashed(axis: TimeAxis, line: PlacedLifeline, first: str | None, last: str | None) -> str:
    """A stretch in which a body was not in force, or is only planned to be."""
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


def _base(line: PlacedLifeline, said: Said) -> float:
    """Where the words of a label stand."""
    return line.top + BAR + said.line * ROW if said.line > 0 else line.top - 5 + (said.line + 1) * ROW


def _thread(line: PlacedLifeline, said: Said) -> str:
    edge = line.top + BAR if said.line > 0 else line.top
    return el(
        "line", {"class": "thread", "x1": said.x, "x2": said.x, "y1": edge, "y2": _base(line, said) - 1}
    )


def _mark(lives: Lifelines, line: PlacedLifeline, said: Said, links: Links) -> str:
    """A circle with its words; it opens the changes of that day or, if there is none, the body."""
    body = line.life.body
    events = [event for event, _ in line.life.changes if event.id in said.label.events]
    numbers = change_numbers(_descent(lives))
    rows = [numbers[event.id] for event in events]
    cited = [(event.source, event.locator) for event in events] or [(body.source, body.locator)]
    words = text_at(said.left, _base(line, said), said.words, "said") if line.wordy else ""
    circle = el("circle", {"class": "mark", "cx": said.x, "cy": line.top + BAR / 2, "r": 4.0})
    attributes: Attributes = {"class": "event", "data_changes": " ".join(rows) if rows[1:] else None}
    title = f"{body.label}: {said.label.words}"
    return links.wrap(f"#{rows[0] if rows else body.id}", title, cited, attributes, words, circle)


def _life_table(lives: Lifelines, references: References) -> str:
    rows = [_row(lives, life, references) for life in lives.lives]
    return table_html(
        "Every body in the picture",
        _HEADS,
        [RowGroup(rows)],
        marked="data-id",
        labelled=True,
        sources_named=True,
    )


def _row(lives: Lifelines, life: Lifeline, references: References) -> TableRow:
    body = life.body
    said = [esc(label.words) for label in labels_of(lives, life)] or ["no change recorded"]
    note = el("small", {}, esc(body.note)) if body.note else ""
    cited = [(body.source, body.locator)]
    cited += [(event.source, event.locator) for event, _ in life.changes]
    cited += [(word.source, word.locator) for word in (*life.names, *life.phases)]
    cells = (
        "<br/>".join(said) + note,
        first_day(body, lives.last_day),
        last_day(body, lives.last_day),
        references.cite(cited),
    )
    return row_of(body.id, body.label, f"{kinds()[body.kind].label}, {body.id}", cells, "body")


def _descent(lives: Lifelines) -> Descent:
    """The lives as a descent, for the table of changes that both pictures share."""
    bodies = {life.body.id: life.body for life in lives.lives}
    events = {event.id: (event, parts) for life in lives.lives for event, parts in life.changes}
    beside = {one: body for one, body in lives.named.items() if one not in bodies}
    return Descent("", bodies, (), events, beside, {}, lives.sources, (), lives.last_day, lives.names)
