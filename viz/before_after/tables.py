"""The table of bodies below a before/after picture: what happened to each, its days and its sources."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from orgmap.graphmodel.model import ChangeEvent, Entity, Succession
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.structure.structure import BodyOnBothDays, Structure
from orgmap.viz.before_after.boxes import GroupBox
from orgmap.viz.before_after.listing import NamedOnPage, listing_of, told_singly
from orgmap.viz.before_after.rows import ORDER, tier_label
from orgmap.viz.kit.page import RowGroup, TableRow, WideRow, rendered, row_of, table_html
from orgmap.viz.kit.palette import changes
from orgmap.viz.kit.plans import planned_end
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import (
    change_words,
    changed_words,
    date_words,
    fate,
    fate_words,
    last_day_words,
    listed,
    passing_words,
    successors_words,
    took_over_words,
)

_BODY_HEADS = ("Body", "What happened", "First day", "Last day", "Sources")
_SIDES = ("before", "span", "after")


def body_table(structure: Structure, boxes: list[GroupBox], references: References) -> str:
    """Every body by row of the picture and box, with what happened to it, its days and its sources."""
    listing = listing_of(structure)
    groups = []
    for tier in ORDER:
        here = [box for box in boxes if box.tier == tier and box.bodies]
        for box in sorted(here, key=lambda box: (box.rank, _SIDES.index(box.side), box.key)):
            groups.append(_group(structure, listing, box, references))
    return table_html("Every body in the picture", _BODY_HEADS, groups, "bodies", "data-id", heads_named=True)


def _group(structure: Structure, listing: NamedOnPage, box: GroupBox, references: References) -> RowGroup:
    heading = esc(f"{tier_label(box.tier)}: {_box_words(box)}")
    rows: list[TableRow | WideRow] = []
    # A body that stands in two boxes (in shadow form, then in force) has its row with the later one.
    own = [one for one in box.bodies if not (box.side == "before" and structure.bodies[one].change == "new")]
    if box.counted or box.change == "mixed":
        rows += _compact_rows(structure, listing, box, own, references)
    else:
        rows += [_row(structure, one, references) for one in own]
    if len(own) < len(box.bodies):
        rows.append(WideRow("The same bodies stand among the new ones.", "said"))
    return RowGroup(rows, heading, f"group-{box.key}")


def _box_words(box: GroupBox) -> str:
    return " ".join(run.text for run in (*box.head, *box.tail) if "·" not in run.text)


def _row(structure: Structure, body_id: str, references: References) -> TableRow:
    body = structure.bodies[body_id]
    entity = body.entity
    cells = (
        _what(structure, body),
        _first_day(entity),
        _last_day(entity),
        references.cite(cited_of(structure, body)),
    )
    return row_of(body_id, entity.label, f"{kinds()[entity.kind].label}, {body_id}", cells)


def _first_day(entity: Entity) -> str:
    return date_words(entity.valid_from, entity.from_precision)


def _last_day(entity: Entity) -> str:
    return last_day_words(entity.valid_until, entity.until_precision)


def _what(structure: Structure, body: BodyOnBothDays) -> str:
    """What happened to a body, with links to those that took over or that it took over from."""
    word = change_words(structure, body.change)
    if body.change == "ended":
        return _ended(structure, body)
    said = esc(word)
    if body.renamed:
        old, new = body.before or body.elsewhere, body.after or body.elsewhere
        said += f". Before: {esc(old.label if old else '')}; after: {esc(new.label if new else '')}"
    if body.before and body.before.status == "shadow" and body.change == "new":
        said += "; in shadow form before"
    before = [successor for successor in body.came_from if successor.body]
    if before:
        names = [_linked(structure, successor.body) for successor in before]
        said += f". Took over from {listed(names)}"
    said += "".join(f". {words}" for words in _boundary_words(structure, body.id))
    shares = [share for share in (body.share_before, body.share_after) if share is not None]
    if structure.view == "geography" and shares and shares[-1] < 0.995:
        said += f". Covers {shares[-1]:.0%} of the people here"
    note = body.entity.note
    return f"{said}.{el('small', {}, f'Note: {esc(note)}')}" if note else said


def _boundaries(structure: Structure, body: str) -> list[tuple[ChangeEvent, Succession]]:
    """What passed to or from a body that went on."""
    return [
        (event, part)
        for event, parts in structure.events.values()
        if event.kind == "boundary_change"
        for part in parts
        if body in (part.predecessor, part.successor) and part.predecessor and part.successor
    ]


def _boundary_words(structure: Structure, body: str) -> list[str]:
    """What passed to or from a body that went on, with the share of the body that gave it."""
    said = []
    for _, part in _boundaries(structure, body):
        other = _linked(structure, part.successor if part.predecessor == body else part.predecessor)
        of = "" if part.weight is None else f" ({max(part.weight, 0.01):.0%} of the {esc(part.counts)})"
        gave = f"gave a part{of} to {other}" if part.predecessor == body else f"got a part{of} from {other}"
        said.append(f"Boundary changed: it {gave}")
    return said


def cited_of(structure: Structure, body: BodyOnBothDays) -> list[tuple[str, str]]:
    """Who says what a body's row tells: sources with where in them."""
    cited = [(entity.source, entity.locator) for entity in (body.after, body.before) if entity]
    events = [structure.events[successor.event][0] for successor in (*body.became, *body.came_from)]
    events += [event for event, _ in _boundaries(structure, body.id)]
    return cited + [(event.source, event.locator) for event in events]


_DAYS = {"new": "first day", "ended": "last day"}
"""Which day is told of each body."""


class _Item(NamedTuple):
    """One body in a list: where a link leads, its id and name, and who took over from it (markup)."""

    anchor: str
    short_id: str
    words: str
    passed_on: str


def _compact_rows(
    structure: Structure, listing: NamedOnPage, box: GroupBox, ids: list[str], references: References
) -> list[WideRow]:
    """The bodies of a large group, by what happened to them; the sources of each list stand below it."""
    rows = []
    named = set(told_singly(structure, listing, box))
    found: dict[tuple[str, str], list[BodyOnBothDays]] = {}
    for one in ids:
        body = structure.bodies[one]
        found.setdefault((body.kind, body.change), []).append(body)
    several = len({kind for kind, _ in found}) > 1
    for kind, change in product(kinds(), changes()):
        if not (alike := found.get((kind, change))):
            continue
        alike.sort(key=lambda body: (body.entity.label, body.id))
        words = (
            f"{kinds()[kind].plural}: {changed_words(structure, alike)}"
            if several
            else changed_words(structure, alike)
        )
        days = {_day(body) for body in alike}
        if change in _DAYS:
            words += (
                f", {_DAYS[change]} {min(days)}" if len(days) == 1 else f", each with its {_DAYS[change]}"
            )
        sources = references.cite((source, "") for source in sorted(_sources(structure, alike)))
        listed = [body for body in alike if body.id in named]
        if not listed:
            names = "orgmap list shows them" if change == "unchanged" else "ask --within a place for names"
            words += f": counted, not listed; {names}."
        else:
            words += f"; {len(listed):,} that others lead to are listed" if len(listed) < len(alike) else ""
            if change != "unchanged" and len(listed) < len(alike):
                words += ", the others counted; ask --within a place for names"
        start = prefix_of([body.id for body in listed])
        items = [_item(structure, body, start, len(days) > 1, body.id in listing.led_to) for body in listed]
        fields = {"words": words, "start": start, "items": items, "sources": sources}
        rows.append(WideRow(rendered("before_after/templates/compact.html", **fields)))
    return rows


def _sources(structure: Structure, bodies: list[BodyOnBothDays]) -> set[str]:
    found = {entity.source for body in bodies for entity in (body.after, body.before) if entity}
    return found | {
        structure.events[successor.event][0].source for body in bodies for successor in body.became
    }


def _day(body: BodyOnBothDays) -> str:
    """The day on which a body began or ended, if that is what happened to it."""
    entity = body.entity
    if body.change == "new":
        return date_words(entity.valid_from, entity.from_precision)
    if body.change == "ended":
        return last_day_words(entity.valid_until, entity.until_precision)
    return ""


def prefix_of(ids: list[str]) -> str:
    """The beginning that ids of one kind share, so that thousands need not repeat it.

    >>> prefix_of(["practice:G82064", "practice:F84624"]), prefix_of(["ccg:10E", "stp:QKS"])
    ('practice:', '')
    """
    found = {one.partition(":")[0] for one in ids}
    return f"{found.pop()}:" if len(found) == 1 and all(":" in one for one in ids) else ""


def _item(structure: Structure, body: BodyOnBothDays, start: str, with_day: bool, led_to: bool) -> _Item:
    words = (body.entity.name or "name not known") + (f", {_day(body)}" if with_day else "")
    passed_on = ""
    if any(successor.body for successor in body.became):
        passed_on = f"{took_over_words(body)} {_successors(structure, body, parts=False)}"
    return _Item(body.id if led_to else "", body.id.removeprefix(start), words, passed_on)


def _ended(structure: Structure, body: BodyOnBothDays) -> str:
    """How an ended body's work went on: “Merged into NHS Kent and Medway CCG on 1 April 2020”."""
    kind = fate(body)
    successors = [successor for successor in body.became if successor.body]
    if not successors:
        word = "Planned to end" if planned_end(body) else fate_words(kind)
        return f"{word}: {successors_words(kind, (), structure)}"
    events = {successor.event: structure.events[successor.event][0] for successor in successors}
    first = min(events.values(), key=lambda event: (event.date or "", event.id))
    instruments = sorted({event.instrument for event in events.values() if event.instrument})
    words = passing_words(kind)
    start = f"Planned to end: {words}" if planned_end(body) else f"{words[0].upper()}{words[1:]}"
    said = f"{start} {_successors(structure, body)}"
    said += f" on {date_words(first.date, first.precision)}" if first.date else ", date not known"
    return f"{said} ({esc('; '.join(instruments))})" if instruments else said


def _successors(structure: Structure, body: BodyOnBothDays, parts: bool = True) -> str:
    """Who took over from a body, each with its part where that is known (and wanted)."""
    names = []
    for successor in body.became:
        if successor.body:
            part = _part(structure, body.id, successor.body, successor.event) if parts else ""
            names.append(f"{_linked(structure, successor.body)}{part}")
    return listed(names)


def _part(structure: Structure, body: str, successor: str, event: str) -> str:
    for part in structure.events[event][1]:
        if (
            (part.predecessor, part.successor) == (body, successor)
            and part.weight is not None
            and part.weight < 1
        ):
            return f" ({part.weight:.0%} of its {esc(part.counts or 'share')})"
    return ""


def _linked(structure: Structure, body: str) -> str:
    """A body as a link to its row; one that is not of this place, with its id."""
    if body in structure.bodies:
        return el("a", {"href": f"#{body}"}, esc(structure.name(body)))
    return f"{esc(structure.name(body))} ({esc(body)})"
