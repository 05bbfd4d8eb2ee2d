"""Who replaced whom through all eras, as bands from bar to bar: the page and the plain SVG."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from graphmodel.palette import tiers
from graphmodel.store import Store
from graphmodel.vocabulary import event_kinds, kinds
from queries.descent import Descent, descent_of, descent_within
from queries.resolve import resolve
from viz.bands import HEIGHT, Bar, Placed, Ribbon, place
from viz.bands_room import BAR, LABEL, ROW, WIDTH
from viz.descent_tables import change_table, descent_table
from viz.eras import Node, bands, few_words, measure, nodes
from viz.page import Page, page_html
from viz.references import References
from viz.sheet import svg_sheet, text_at
from viz.svg import Attributes, el, esc, num
from viz.text import FONTS, LINE, wrap
from viz.words import date_words, last_day_words, listed

MOST = 36
"""Bars in a column; of more bodies some are told as a number."""

_MEANING = {
    "practices": "A band is as wide as the number of GP practices that passed on: the share that went to the"
    " successor, of those listed under the predecessor on its last day.",
    "equal": "Widths do not tell numbers: every body counts the same, divided among its successors by the shares"
    " that are known, else evenly.",
}
"""What a band's width means, by measure."""

_CSS = f"""
.flow text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}
.flow .b{{font-weight:700}}
.flow .halo{{paint-order:stroke;stroke:#fff;stroke-width:5px;stroke-linejoin:round}}
.flow a{{text-decoration:none;cursor:pointer}}
.flow a:hover text{{text-decoration:underline}}
.flow a:focus{{outline:3px solid #1a1a1a;outline-offset:1px}}
.flow .bar{{stroke:#1a1a1a;stroke-width:.8}}
.flow .asked .bar{{stroke-width:3}}
.flow .band{{fill-opacity:.24;stroke:#fff;stroke-width:.7}}
.flow .band.odd{{fill-opacity:.36}}
.flow .band.unknown{{fill:none;stroke:#4d4d4d;stroke-width:1.2;stroke-dasharray:5 3}}
.flow .band.thin{{fill-opacity:.6;stroke:none}}
.flow .ribbon:hover .band{{fill-opacity:.7}}
"""


def draw_lineage(
    store: Store, text: str = "", form: str = "html", within: str | None = None, at: str | None = None
) -> str:
    """Draws what a body came from and what became of it, or who the local commissioners of a place were.

    Raises `NothingFound` or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_lineage(store, within="Kent and Medway")
    >>> "NHS Thanet CCG" in page and "as wide as the number of GP practices" in page
    True
    """
    told = descent_within(store, within) if within else descent_of(store, text, at)
    asked = "" if within else resolve(store, text, at).id
    title = f"{told.label}: who replaced whom"
    lead = _MEANING[measure(told)]
    bars, placed = _fitted(told)
    picture = _svg(told, placed, f"{title}. {lead}", asked)
    if form == "svg":
        return svg_sheet(picture, placed.height, title, lead, _CSS, "flow")
    references = References(told.sources)
    tables = (descent_table(told, bars, references), change_table(told, references))
    return page_html(
        Page(
            title, lead, picture, _legend(told, placed, asked), told.notes, tables, references.listed(), _CSS
        )
    )


def _fitted(told: Descent) -> tuple[list[Node], Placed]:
    """The bars in their places; in a window that would be too low, more bodies are told as numbers."""
    for most in (MOST, 32, 28, 24, 20, 16, 12, 8, 4):
        bars = nodes(told, most)
        placed = place(bars, bands(told, bars), heads(told, bars))
        if placed.height <= HEIGHT + 1:
            break
    return bars, placed


def heads(told: Descent, bars: list[Node]) -> list[list[str]]:
    """What stands above each column: which bodies, from when to when, and how they came about."""
    came: dict[str, list[str]] = {}
    for flow in told.flows:
        kind = told.events[flow.event][0].kind
        before = few_words(2, told.bodies[flow.predecessor].kind).removeprefix("2 ")
        came.setdefault(flow.successor, []).append(f"replaced {before}" if kind == "replaced" else kind)
    out = []
    for column in range(max(bar.column for bar in bars) + 1):
        ids = [one for bar in bars if bar.column == column for one in bar.ids]
        counted = Counter(told.bodies[one].kind for one in ids)
        said = listed([few_words(number, kind) for kind, number in sorted(counted.items())])
        fates = Counter(_came_words(came[one]) for one in ids if one in came)
        how = listed(
            [f"{number} {word}" for word, number in sorted(fates.items(), key=lambda x: (-x[1], x[0]))]
        )
        if len(ids) == 1 or (len(fates) == 1 and sum(fates.values()) == len(ids)):
            how = next(iter(fates), "")
        out.append([part for part in (said, _years(told, ids), how) if part])
    return out


_CAME = {
    "merged": "merged",
    "split": "split off",
    "reorganised": "reorganised",
    "renamed": "renamed",
    "partial_transfer": "took over a part",
    "function_transfer": "took over functions",
}


def _came_words(found: list[str]) -> str:
    """How a body came about, in the past tense; replacing others is the plainest."""
    if plain := [word for word in found if word.startswith("replaced ")]:
        return min(plain)
    for kind in _CAME:
        if kind in found:
            return _CAME[kind]
    return min(found)


def _years(told: Descent, ids: list[str]) -> str:
    """From when to when the bodies of a column were there, in years, or to the day if it is one body."""
    bodies = [told.bodies[one] for one in ids]
    starts = {body.valid_from[:4] for body in bodies if body.valid_from}
    ends = {body.valid_until[:4] for body in bodies if body.valid_until}
    first = min(starts, default="start not known")
    if not ends or any(body.valid_until is None and not body.until_precision for body in bodies):
        return f"{first} to now"
    return f"{first} to {max(ends)}"


def _legend(told: Descent, placed: Placed, asked: str) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Bar:", "a body. Open it for its dates, its changes and their sources."),
        ("Band:", "from a body, at the left, to the one that took over from it, at the right."),
    ]
    if asked:
        rows.append(("Thick outline:", "the body asked about."))
    if any(len(bar.node.ids) > 1 for bar in placed.bars):
        rows.append(("Number:", "several bodies in one bar; the table lists them."))
    if any(not ribbon.band.known for ribbon in placed.ribbons):
        rows.append(("Dashed outline:", "how much passed on is not known."))
    codes = [bar for bar in placed.bars if len(bar.node.ids) == 1 and not told.bodies[bar.node.ids[0]].name]
    if codes:
        rows.append(("Code alone:", "the body's name is not known."))
    return tuple(rows)


def _svg(told: Descent, placed: Placed, label: str, asked: str) -> str:
    parts = [
        _heads(told, placed),
        *(_ribbon(told, n, ribbon, placed) for n, ribbon in enumerate(placed.ribbons)),
    ]
    leaving: dict[str, float] = {}
    for ribbon in placed.ribbons:
        leaving[ribbon.band.source] = leaving.get(ribbon.band.source, 0.0) + ribbon.height
    parts += [_bar(told, bar, asked, leaving.get(bar.node.key, 0.0)) for bar in placed.bars]
    attributes: Attributes = {
        "class": "flow",
        "viewBox": f"0 0 {num(WIDTH)} {num(placed.height)}",
        "width": WIDTH,
        "height": placed.height,
        "role": "group",
        "aria_label": label,
    }
    return el("svg", attributes, *parts)


def _heads(told: Descent, placed: Placed) -> str:
    out = []
    for column, words in enumerate(heads(told, [bar.node for bar in placed.bars])):
        y = 15.0
        for number, text in enumerate(words):
            for row in wrap(text, placed.above[column], number == 0):
                out.append(text_at(placed.xs[column], y, row, "b" if number == 0 else ""))
                y += LINE
    return el("g", {"class": "heads"}, *out)


def _bar(told: Descent, bar: Bar, asked: str, leaving: float) -> str:
    node = bar.node
    colour = tiers()[kinds()[node.kind].tier].colour
    shape: Attributes = {
        "x": bar.x,
        "y": bar.y,
        "width": BAR,
        "height": bar.height,
        "fill": colour,
        "class": "bar",
    }
    middle = bar.top + bar.room / 2 - len(bar.lines) * ROW / 2
    # Over a thin band words stand on white, over a broad one on its tint.
    look = "halo" if leaving < 10 * len(bar.lines) else ""
    words = [
        text_at(bar.x + BAR + LABEL - 1, middle + number * ROW + 12.5, row, look)
        for number, row in enumerate(bar.lines)
    ]
    if len(node.ids) > 1:
        attributes: Attributes = {
            "href": f"#group-{node.key}",
            "data_group": node.key,
            "aria_label": f"{node.words}: list",
        }
        return el("g", {"data_ids": " ".join(node.ids)}, el("a", attributes, el("rect", shape), *words))
    body = told.bodies[node.key]
    first, last = (
        date_words(body.valid_from, body.from_precision),
        last_day_words(body.valid_until, body.until_precision),
    )
    attributes = {
        "href": f"#{body.id}",
        "data_id": body.id,
        "class": "asked" if body.id == asked else None,
        "aria_label": f"{body.label}, {kinds()[body.kind].label}, {first} to {last}",
    }
    return el("a", attributes, el("rect", shape), *words)


def _ribbon(told: Descent, number: int, ribbon: Ribbon, placed: Placed) -> str:
    """A band; its row in the table of changes is a click away, its ends are on the keyboard's way."""
    band = ribbon.band
    bar_of = {bar.node.key: bar.node for bar in placed.bars}
    source, target = bar_of[band.source], bar_of[band.target]
    event = told.events[band.events[0]][0]
    word = event_kinds()[event.kind].label
    amount = f": {num(band.amount)} practices" if measure(told) == "practices" and band.known else ""
    days = sorted(
        {date_words(told.events[one][0].date, told.events[one][0].precision) for one in band.events}
    )
    said = f"{source.words} → {target.words}, {word}, {listed(days)}{amount}"
    look = f"band{' odd' if number % 2 else ''}{'' if band.known else ' unknown'}"
    look += " thin" if ribbon.height < 4 and band.known else ""
    colour = tiers()[kinds()[source.kind].tier].colour
    # Written out, because `el` knows paths as empty and a title is content.
    shape = f'<path d="{_outline(ribbon)}" class="{look}" fill="{colour}"><title>{esc(said)}</title></path>'
    attributes: Attributes = {
        "href": f"#change-{event.id}",
        "class": "ribbon",
        "data_line": "change",
        "data_from": " ".join(source.ids),
        "data_to": " ".join(target.ids),
        "tabindex": "-1",
        "aria_hidden": "true",
    }
    return el("a", attributes, shape)


def _outline(ribbon: Ribbon) -> str:
    """The outline of a band: its upper edge there, its lower edge back."""
    upper = list(ribbon.points)
    lower = [(x, y + ribbon.height) for x, y in reversed(upper)]
    return f"{_edge(upper, 'M')}{_edge(lower, 'L')}Z"


def _edge(points: list[tuple[float, float]], start: str) -> str:
    out = f"{start}{num(points[0][0])} {num(points[0][1])}"
    for (x, y), (to_x, to_y) in pairwise(points):
        if y == to_y:
            out += f"H{num(to_x)}"
        else:
            middle = num((x + to_x) / 2)
            out += f"C{middle} {num(y)} {middle} {num(to_y)} {num(to_x)} {num(to_y)}"
    return out
