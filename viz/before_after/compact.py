"""Large groups on a page: names in columns, those that changed with what became of them."""

from __future__ import annotations

from itertools import product

from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.structure.structure import Body, Structure
from orgmap.viz.before_after.boxes import Box, changed_words, referred, told_singly
from orgmap.viz.kit.palette import changes
from orgmap.viz.kit.plans import planned_end
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import (
    date_words,
    fate,
    fate_words,
    heirs_words,
    last_day_words,
    listed,
    passing_words,
    took_over_words,
)

_DAYS = {"new": "first day", "ended": "last day"}
"""Which day is told of each body."""


def compact_rows(structure: Structure, box: Box, ids: list[str], references: References) -> str:
    """The bodies of a large group, by what happened to them; the sources of each list stand below it."""
    rows = []
    named = set(told_singly(structure, box))
    led_to = referred(structure)
    several = len({structure.bodies[one].kind for one in ids}) > 1
    for kind, change in product(kinds(), changes()):
        there = [structure.bodies[one] for one in ids]
        alike = [body for body in there if (body.kind, body.change) == (kind, change)]
        if not alike:
            continue
        alike.sort(key=lambda body: (body.entity.label, body.id))
        words = f"{kinds()[kind].plural}: {changed_words(alike)}" if several else changed_words(alike)
        days = {_day(body) for body in alike}
        if change in _DAYS:
            words += (
                f", {_DAYS[change]} {min(days)}" if len(days) == 1 else f", each with its {_DAYS[change]}"
            )
        refs = f" {references.cite((source, '') for source in sorted(_sources(structure, alike)))}"
        listed = [body for body in alike if body.id in named]
        if not listed:
            names = "orgmap list shows them" if change == "unchanged" else "ask --within a place for names"
            counted = esc(f"{words}: counted, not listed; {names}.")
            said = el("p", {"class": "said"}, counted, refs)
        else:
            words += f"; {len(listed):,} that others lead to are listed" if len(listed) < len(alike) else ""
            if change != "unchanged" and len(listed) < len(alike):
                words += ", the others counted; ask --within a place for names"
            start = prefix_of([body.id for body in listed])
            items = [_item(structure, body, start, len(days) > 1, body.id in led_to) for body in listed]
            names = el("ul", {"class": "compact", "data_of": start or None}, *items)
            said = el("details", {}, el("summary", {}, esc(words)), names, el("p", {}, "Sources:", refs))
        rows.append(el("tr", {}, el("td", {"colspan": "5"}, said)))
    return "".join(rows)


def _sources(structure: Structure, bodies: list[Body]) -> set[str]:
    found = {entity.source for body in bodies for entity in (body.after, body.before) if entity}
    return found | {structure.events[heir.event][0].source for body in bodies for heir in body.became}


def _day(body: Body) -> str:
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


def _item(structure: Structure, body: Body, start: str, with_day: bool, led_to: bool) -> str:
    one = esc(body.id.removeprefix(start))
    # There may be thousands: the list says what ids begin with, HTML needs no end of an item, only some are led to.
    anchor = f' id="{esc(body.id)}"' if led_to else ""
    words = esc((body.entity.name or "name not known") + (f", {_day(body)}" if with_day else ""))
    if any(heir.body for heir in body.became):
        words += f", {took_over_words(body)} {heirs_html(structure, body, parts=False)}"
    return f"<li{anchor}>{one} {words}"


def ended_html(structure: Structure, body: Body) -> str:
    """How an ended body's work went on: “Merged into NHS Kent and Medway CCG on 1 April 2020”."""
    kind = fate(body)
    heirs = [heir for heir in body.became if heir.body]
    if not heirs:
        word = "Planned to end" if planned_end(body) else fate_words(kind)
        return f"{word}: {heirs_words(kind, (), structure)}"
    events = {heir.event: structure.events[heir.event][0] for heir in heirs}
    first = min(events.values(), key=lambda event: (event.date or "", event.id))
    instruments = sorted({event.instrument for event in events.values() if event.instrument})
    words = passing_words(kind)
    start = f"Planned to end: {words}" if planned_end(body) else f"{words[0].upper()}{words[1:]}"
    said = f"{start} {heirs_html(structure, body)}"
    said += f" on {date_words(first.date, first.precision)}" if first.date else ", date not known"
    return f"{said} ({esc('; '.join(instruments))})" if instruments else said


def heirs_html(structure: Structure, body: Body, parts: bool = True) -> str:
    """Who took over from a body, each with its part where that is known (and wanted)."""
    told = []
    for heir in body.became:
        if heir.body:
            part = _part(structure, body.id, heir.body, heir.event) if parts else ""
            told.append(f"{linked(structure, heir.body)}{part}")
    return listed(told)


def _part(structure: Structure, one: str, heir: str, event: str) -> str:
    for part in structure.events[event][1]:
        if (part.predecessor, part.successor) == (one, heir) and part.weight is not None and part.weight < 1:
            return f" ({part.weight:.0%} of its {esc(part.counts or 'share')})"
    return ""


def linked(structure: Structure, one: str) -> str:
    """A body as a link to its row; one that is not of this place, with its id."""
    if one in structure.bodies:
        return el("a", {"href": f"#{one}"}, esc(structure.name(one)))
    return f"{esc(structure.name(one))} ({esc(one)})"
