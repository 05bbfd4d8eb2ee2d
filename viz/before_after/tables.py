"""The table of bodies below a before/after picture: what happened to each, its days and its sources."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.model import ChangeEvent, Entity, Succession
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.structure.structure import Body, Structure
from orgmap.viz.before_after.boxes import Box
from orgmap.viz.before_after.compact import compact_rows, ended_html, linked
from orgmap.viz.before_after.rows import ORDER, tier_label
from orgmap.viz.kit.palette import changes
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import date_words, last_day_words, listed

_BODY_HEADS = ("Body", "What happened", "First day", "Last day", "Sources")
_SIDES = ("before", "span", "after")


def body_table(structure: Structure, boxes: list[Box], references: References) -> str:
    """Every body by row of the picture and box, with what happened to it, its days and its sources."""
    parts = [el("h2", {}, "Every body in the picture"), '<table class="bodies">', table_head(_BODY_HEADS)]
    for tier in ORDER:
        here = [box for box in boxes if box.tier == tier and box.bodies]
        for box in sorted(here, key=lambda box: (box.rank, _SIDES.index(box.side), box.key)):
            parts.append(_group(structure, box, references))
    return "".join([*parts, "</table>"])


def table_head(names: Iterable[str]) -> str:
    """The head of a table with these columns."""
    cells = (
        el("th", {"scope": "col", "class": name.split(",")[0].replace(" ", "-").lower()}, name)
        for name in names
    )
    return el("thead", {}, el("tr", {}, *cells))


def _group(structure: Structure, box: Box, references: References) -> str:
    title = f"{tier_label(box.tier)}: {_box_words(box)}"
    head = el("tr", {}, el("th", {"class": "group", "colspan": "5", "scope": "rowgroup"}, esc(title)))
    # A body that stands in two boxes (in shadow form, then in force) has its row with the later one.
    own = [one for one in box.bodies if not (box.side == "before" and structure.bodies[one].change == "new")]
    if box.counted or box.change == "mixed":
        rows = compact_rows(structure, box, own, references)
    else:
        rows = "".join(_row(structure, one, references) for one in own)
    if len(own) < len(box.bodies):
        rows += el(
            "tr", {}, el("td", {"colspan": "5", "class": "said"}, "The same bodies stand among the new ones.")
        )
    return el("tbody", {"id": f"group-{box.key}"}, head, rows)


def _box_words(box: Box) -> str:
    return " ".join(run.text for run in (*box.head, *box.tail) if "·" not in run.text)


def _row(structure: Structure, one: str, references: References) -> str:
    body = structure.bodies[one]
    entity = body.entity
    name = el("a", {"href": f"#{one}"}, esc(entity.label))
    kind = f"{kinds()[entity.kind].label}, {one}"
    said = (
        _what(structure, body),
        _first_day(entity),
        _last_day(entity),
        references.cite(cited_of(structure, body)),
    )
    cells = [el("td", {}, content) for content in said]
    return el(
        "tr",
        {"id": one, "data_id": one},
        el("th", {"scope": "row"}, name, el("small", {}, esc(kind))),
        *cells,
    )


def _first_day(entity: Entity) -> str:
    return date_words(entity.valid_from, entity.from_precision)


def _last_day(entity: Entity) -> str:
    return last_day_words(entity.valid_until, entity.until_precision)


def _what(structure: Structure, body: Body) -> str:
    """What happened to a body, with links to those that took over or that it took over from."""
    word = changes()[body.change].label
    if body.change == "ended":
        return ended_html(structure, body)
    said = esc(word)
    if body.renamed:
        old, new = body.before or body.elsewhere, body.after or body.elsewhere
        said += f". Before: {esc(old.label if old else '')}; after: {esc(new.label if new else '')}"
    if body.before and body.before.status == "shadow" and body.change == "new":
        said += "; in shadow form before"
    before = [heir for heir in body.came_from if heir.body]
    if before:
        names = [linked(structure, heir.body) for heir in before]
        said += f". Took over from {listed(names)}"
    said += "".join(f". {words}" for words in _boundary_words(structure, body.id))
    shares = [share for share in (body.share_before, body.share_after) if share is not None]
    if structure.view == "geography" and shares and shares[-1] < 0.995:
        said += f". Covers {shares[-1]:.0%} of the people here"
    note = body.entity.note
    return f"{said}.{el('small', {}, f'Note: {esc(note)}')}" if note else said


def _boundaries(structure: Structure, one: str) -> list[tuple[ChangeEvent, Succession]]:
    """What passed to or from a body that went on."""
    return [
        (event, part)
        for event, parts in structure.events.values()
        if event.kind == "boundary_change"
        for part in parts
        if one in (part.predecessor, part.successor) and part.predecessor and part.successor
    ]


def _boundary_words(structure: Structure, one: str) -> list[str]:
    """What passed to or from a body that went on, with the share of the body that gave it."""
    said = []
    for _, part in _boundaries(structure, one):
        other = linked(structure, part.successor if part.predecessor == one else part.predecessor)
        of = "" if part.weight is None else f" ({max(part.weight, 0.01):.0%} of the {esc(part.counts)})"
        gave = f"gave a part{of} to {other}" if part.predecessor == one else f"got a part{of} from {other}"
        said.append(f"Boundary changed: it {gave}")
    return said


def cited_of(structure: Structure, body: Body) -> list[tuple[str, str]]:
    """Who says what a body's row tells: sources with where in them."""
    cited = [(entity.source, entity.locator) for entity in (body.after, body.before) if entity]
    events = [structure.events[heir.event][0] for heir in (*body.became, *body.came_from)]
    events += [event for event, _ in _boundaries(structure, body.id)]
    return cited + [(event.source, event.locator) for event in events]
