"""Who replaced whom over the years, as bands from bar to bar: the page and the plain SVG."""

from __future__ import annotations

from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.descent import Descent, descent_of, descent_within, transfers
from orgmap.queries.coverage import is_planned
from orgmap.viz.kit.links import Links
from orgmap.viz.kit.page import asset, page_html
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg_file import svg_file
from orgmap.viz.kit.words import listed
from orgmap.viz.lineage.bands import HEIGHT, PlacedBands, place
from orgmap.viz.lineage.columns import Node, bands, measure, nodes
from orgmap.viz.lineage.drawing import CSS, alluvial_svg, heads
from orgmap.viz.lineage.tables import TABLE_CSS, change_table, descent_table

MOST = 36
"""Bars in a column; of more bodies some are told as a number."""

_MEANING = {
    "practices": "A band is as wide as the number of GP practices that passed on: the share that went to the"
    " successor, of those listed under the predecessor on its last day.",
    "equal": "Widths do not tell numbers: every body counts the same, divided among its successors by the shares"
    " that are known, else evenly.",
}
"""What a band's width means, by measure."""

HOW_TO_OPEN = ("Details:", "a click, or Tab and Enter, opens dates and sources; Escape goes back.")
"""What a page with links says of them."""


def draw_lineage(
    store: Store,
    text: str = "",
    form: str = "html",
    within: str | None = None,
    at: str | None = None,
    include: Include = IN_FORCE,
    kinds: frozenset[str] | None = None,
) -> str:
    """Draws what a body came from and what became of it, or who the local commissioners of a place were.

    Planned changes are there only if `include` asks for them. Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_lineage(store, within="Kent and Medway")
    >>> "NHS Thanet CCG" in page and "as wide as the number of GP practices" in page
    True
    """
    answer = descent_within(store, within, include) if within else descent_of(store, text, at, include, kinds)
    asked = "" if within else resolve(store, text, at, kinds).id
    title = f"{answer.label}: who replaced whom"
    bars, placed = _fitted(answer)
    lead = " ".join([_MEANING[measure(answer)], *_lumped(bars)])
    legend = _legend(answer, placed, asked)
    references = References(answer.sources)
    picture = alluvial_svg(answer, placed, f"{title}. {lead}", asked, Links(references, form))
    if form == "svg":
        said = " ".join([lead, *(f"{word} {meaning}" for word, meaning in legend)])
        return svg_file(picture, placed.height, title, said, CSS, "flow", references.lines())
    tables = (descent_table(answer, bars, references), change_table(answer, references))
    return page_html(
        title,
        lead,
        picture,
        (*legend, HOW_TO_OPEN),
        answer.notes,
        tables,
        references.listed(),
        CSS + TABLE_CSS,
        change_script(),
    )


def _fitted(descent: Descent) -> tuple[list[Node], PlacedBands]:
    """The bars in their places; in a window that would be too low, more bodies are told as numbers."""
    for most in (MOST, 32, 28, 24, 20, 16, 12, 8, 4):
        bars = nodes(descent, most)
        placed = place(bars, bands(descent, bars), heads(descent, bars))
        if placed.height <= HEIGHT + 1:
            break
    return bars, placed


def _lumped(bars: list[Node]) -> list[str]:
    """Which bodies share a bar, as there is no room for each: nobody may think that they were one."""
    several = [bar.words for bar in bars if len(bar.ids) > 1]
    if not several:
        return []
    few = listed(several) if len(several) <= 4 else f"{len(several)} groups of bodies"
    return [f"Counted in one bar, for want of room: {few}; the table names each."]


def _legend(descent: Descent, placed: PlacedBands, asked: str) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Bar:", "a body."),
        ("Band:", "from a body, at the left, to the one that took over from it, at the right."),
    ]
    rows.append(("Columns:", "one after another, not to scale in time; the years of each stand above it."))
    if transfers(descent):
        rows.append(("Dashed arrow:", "a part passed over while both went on."))
    if asked:
        rows.append(("Thick outline:", "the body asked about."))
    if any(len(bar.node.ids) > 1 for bar in placed.bars):
        rows.append(("Number:", "several bodies in one bar."))
    if any(not ribbon.band.known for ribbon in placed.ribbons):
        rows.append(("Dashed outline:", "how much passed on is not known."))
    if any(is_planned(event, descent.last_day) for event, _ in descent.events.values()):
        rows.append(("Dotted outline:", "planned when the tables ended."))
    codes = [
        bar for bar in placed.bars if len(bar.node.ids) == 1 and not descent.bodies[bar.node.ids[0]].name
    ]
    if codes:
        rows.append(("Code alone:", "the body's name is not known."))
    return tuple(rows)


def change_script() -> str:
    """What opens the changes that a band or a mark stands for."""
    return asset("changes.js")
