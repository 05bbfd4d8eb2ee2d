"""Plans on a line of time, dashed, each beside what came of it: the page and the plain SVG."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.queries.plans.marks import plan_words
from orgmap.queries.plans.outcome import outcome
from orgmap.queries.plans.plans import plans
from orgmap.queries.plans.statements import day_words
from orgmap.viz.kit.links import Links
from orgmap.viz.kit.page import RowGroup, TableRow, page_html, row_of, table_html
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import Attributes, el, esc, num
from orgmap.viz.kit.svg_file import WIDTH, svg_file, text_at
from orgmap.viz.kit.time_axis import RIGHT, TimeAxis, years_of
from orgmap.viz.kit.widths import FONTS, LINE
from orgmap.viz.plans.lines import PlanLine, PlannedStretch, axis_of, plan_lines

_TOP = 44.0
_THICK = 12.0
_LEAST = 10.0
_HEADS = ("Plan", "Planned for", "Said", "What came", "Sources")

_CSS = f"""
.ahead text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}
.ahead .b{{font-weight:700}}
.ahead a{{text-decoration:none;cursor:pointer}}
.ahead a:hover text{{text-decoration:underline}}
.ahead a:focus{{outline:3px solid #1a1a1a;outline-offset:1px}}
.ahead .year{{stroke:#dcdcd8;stroke-width:1}}
.ahead .rule{{stroke:#efefec;stroke-width:1}}
.ahead .plan{{fill:#fff;stroke:#332288;stroke-width:1.8;stroke-dasharray:4 3}}
.ahead .came{{fill:#1a1a1a;stroke:#1a1a1a;stroke-width:1}}
.ahead .thread{{stroke:#6b6b66;stroke-width:1}}
"""


def draw_plans(
    store: Store,
    text: str = "",
    form: str = "html",
    within: str | None = None,
    include: Include = IN_FORCE,
) -> str:
    """Draws the plans of a reform, or one plan, beside what came of them; without a name what is still to come.

    Raises `NothingFound`, `Ambiguous` or `WrongUse`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_plans(store, "merger:kent_and_medway")
    >>> "Planned for November 2019: early by 1 month, it came 21 October 2019" in page
    True
    """
    from orgmap.graphmodel.errors import NothingFound

    answer = outcome(store, text, within) if text else plans(store, within, include=include)
    rows = answer["statements"] if text else answer["plans"]
    if not rows:
        raise NothingFound("Nothing found to draw.")
    lines = plan_lines(rows, _TOP)
    called = answer["reform"]["name"] if text and answer["reform"] else text
    title = ", ".join(filter(None, (f"Plans of {called}" if called else "Plans", answer["place"])))
    lead = "Each plan with the day for which it was planned, and what came of it."
    height = lines[-1].top + lines[-1].height + 4
    cited = {source["source"] for line in lines for row in line.rows for source in _sources(row)}
    references = References(store.sources(cited))
    picture = _svg(lines, height, title, Links(references, form))
    legend = (
        ("Dashed box:", "planned for then, by somebody's word; never a fact."),
        ("Black:", "what came, on the day that the tables know."),
    )
    if form == "svg":
        said = " ".join([lead, *(f"{word} {meaning}" for word, meaning in legend)])
        return svg_file(picture, height, title, said, _CSS, "ahead", references.lines())
    table = _table(lines, references)
    return page_html(title, lead, picture, legend, answer["notes"], (table,), references.listed(), _CSS)


def _sources(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [*row["sources"], *row.get("outcome_sources", [])]


def _cited(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(source["source"], source["locator"] or "") for source in _sources(row)]


def _svg(lines: list[PlanLine], height: float, label: str, links: Links) -> str:
    axis = axis_of(lines)
    attributes: Attributes = {
        "class": "ahead",
        "viewBox": f"0 0 {num(WIDTH)} {num(height)}",
        "width": WIDTH,
        "height": height,
        "role": "group",
        "aria_label": label,
    }
    return el("svg", attributes, years_of(axis, height), *(_drawn(axis, line, links) for line in lines))


def _drawn(axis: TimeAxis, line: PlanLine, links: Links) -> str:
    """A plan's words as a link to its row, its planned days above and, below them, the days on which it came."""
    y = line.top + 14
    words = [text_at(12, y + LINE * n, said, "b") for n, said in enumerate(line.sentence)]
    after = y + LINE * len(line.sentence)
    words += [text_at(12, after + LINE * n, said) for n, said in enumerate(line.verdicts)]
    rule = el("line", {"class": "rule", "x1": 12.0, "x2": RIGHT, "y1": line.top - 4, "y2": line.top - 4})
    planned = [_box(axis, one, line.top + 2, "plan") for one in line.planned]
    came = [_box(axis, one, line.top + 2 + LINE, "came") for one in line.came]
    threads = [
        el(
            "line",
            {
                "class": "thread",
                "x1": axis.x(one.first) + 1,
                "x2": axis.x(other.first) + 1,
                "y1": line.top + 2 + _THICK,
                "y2": line.top + 2 + LINE,
            },
        )
        for one in line.planned
        for other in line.came
    ]
    title = f"{line.rows[0]['text']} {' '.join(line.verdicts)}"
    cited = [pair for row in line.rows for pair in _cited(row)]
    shapes = (*words, *threads, *planned, *came)
    return rule + links.wrap(f"#{line.id}", title, cited, {"data_id": line.id}, *shapes)


def _box(axis: TimeAxis, stretch: PlannedStretch, top: float, look: str) -> str:
    start = axis.x(stretch.first)
    place: Attributes = {
        "class": look,
        "x": start,
        "y": top,
        "width": max(_LEAST, axis.x(stretch.end) - start),
        "height": _THICK,
    }
    return el("rect", place)


def _table(lines: list[PlanLine], references: References) -> str:
    rows = [_row(row, references) for line in lines for row in line.rows]
    return table_html(
        "Every statement in the picture", _HEADS, [RowGroup(rows)], labelled=True, sources_named=True
    )


def _row(row: dict[str, Any], references: References) -> TableRow:
    came = "not known or not yet" if "verdict" in row else "still to come"
    if row.get("verdict"):
        facts = ", ".join(fact["name"] for fact in row["came"])
        day = f", {day_words(row['came_on'], row['came_precision'])}" if row["came_on"] else ""
        came = f"{row['verdict_words']}{day}{f': {facts}' if facts else ''}"
    note = el("small", {}, esc(row["note"])) if row.get("note") else ""
    cells = (
        esc(day_words(row["planned_for"], row.get("planned_precision", ""))),
        esc(plan_words(row["status"], row["stated_on"], row["said_by"] or "")),
        esc(came) + note,
        references.cite(_cited(row)),
    )
    return row_of(row["id"], row["text"], row["plan"] or row.get("what", ""), cells)
