"""What became of a body, and what a body came from, in words with links to the others."""

from __future__ import annotations

from orgmap.queries.structure.structure import Body, Structure
from orgmap.viz.kit.plans import planned_end
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import date_words, fate, fate_words, heirs_words, listed, passing_words


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
