"""What a before/after page tells by name above its picture: who took over from whom, and who commissions what."""

from __future__ import annotations

from collections.abc import Container

from orgmap.graphmodel.vocabulary import has, kind_of
from orgmap.queries.structure.relation import PLACE, Relation
from orgmap.queries.structure.structure import Structure
from orgmap.viz.kit.plans import planned_end
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import date_words, how_many, listed, short_name

_MOST = 45
"""So many lines stand open; more are folded away, so that the picture stays in sight."""

_FEW = 4
"""So many services are named in a line; the others open with it."""

Names = list[tuple[str, list[str]]]
"""A body and those that it took over from, or that took over from it."""


def takeovers(structure: Structure, drawn: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """Which local commissioners took over from which, as a heading and lines, unless the picture names them all.

    Told by successor where there are fewer successors, else by predecessor; each line is a body and the others.
    """
    ended = [
        body
        for body in structure.bodies.values()
        if body.change == "ended" and has(body.kind, "local_commissioner")
        if any(takeover.body for takeover in body.became)
    ]
    into = {takeover.body for body in ended for takeover in body.became if takeover.body}
    if not ended or all(f'data-id="{one}"' in drawn for one in (*into, *(body.id for body in ended))):
        return "", []
    found: dict[str, list[str]] = {}
    forward = len(into) > len(ended)
    for body in ended:
        for takeover in body.became:
            if takeover.body:
                one, other = (body.id, takeover.body) if forward else (takeover.body, body.id)
                found.setdefault(one, []).append(other)
    planned = any(planned_end(body) for body in ended)
    heading = (
        f"Who is to {'be followed by' if forward else 'take over from'} whom, by plan"
        if planned
        else f"Who {'was followed by' if forward else 'took over from'} whom"
    )
    return heading, sorted(found.items(), key=lambda pair: (structure.name(pair[0]), pair[0]))


def takeover_words(structure: Structure, body: str, others: list[str], linked: Container[str] = ()) -> str:
    """A line of these as markup: “NHS Surrey and Sussex ← Frimley (a part), Surrey Heartlands, Sussex”."""
    forward = body in structure.bodies and structure.bodies[body].change == "ended"
    names = []
    for other in sorted(others, key=lambda other: (structure.name(other), other)):
        part = "" if forward or not _divided(structure, other) else " (a part)"
        names.append(f"{_link(other, _short(structure, other), linked)}{part}")
    arrow = "→" if forward else "←"
    return f"{el('b', {}, _link(body, structure.name(body), linked))} {arrow} {'; '.join(names)}"


def takeover_lines(structure: Structure, drawn: str) -> list[str]:
    """The same as plain words, for a picture without a page."""
    heading, rows = takeovers(structure, drawn)
    if not rows or len(rows) > _MOST:
        return []
    said = []
    for one, others in rows:
        forward = one in structure.bodies and structure.bodies[one].change == "ended"
        names = "; ".join(sorted(_short(structure, other) for other in others))
        said.append(f"{structure.name(one)} {'→' if forward else '←'} {names}")
    return [f"{heading}: {' | '.join(said)}."]


def first_html(structure: Structure, drawn: str, linked: Container[str]) -> str:
    """What stands above the picture, as markup; blank where the picture itself names all."""
    heading, rows = takeovers(structure, drawn)
    parts = []
    if rows:
        items = "".join(el("li", {}, takeover_words(structure, *row, linked)) for row in rows)
        rows_html = el("ul", {}, items)
        if len(rows) > _MOST:
            rows_html = el("details", {}, el("summary", {}, esc(f"{heading}: {len(rows)} lines")), rows_html)
        else:
            rows_html = el("h2", {}, esc(heading)) + rows_html
        parts.append(rows_html)
    if structure.view == "commissioning":
        parts.append(_services(structure))
    return el("section", {"class": "first"}, *parts) if any(parts) else ""


def _divided(structure: Structure, body: str) -> bool:
    """Whether an ended body passed on to several others."""
    became = structure.bodies[body].became if body in structure.bodies else ()
    return len({takeover.body for takeover in became if takeover.body}) > 1


def _short(structure: Structure, body: str) -> str:
    return short_name(structure.name(body), kind_of(body) or structure.bodies[body].kind)


def _link(body: str, words: str, linked: Container[str]) -> str:
    return el("a", {"href": f"#{body}"}, esc(words)) if body in linked else esc(words)


def _services(structure: Structure) -> str:
    """Who commissions which services on each day, the longest list first; a list opens where it is long."""
    days = {"before": structure.before, "after": structure.after}
    named = [one for one in structure.relations if PLACE in one.objects and one.about]
    named.sort(key=lambda one: (list(days).index(one.side), -one.about.count(";"), one.subjects))
    items = [el("li", {}, _service_words(structure, one, days[one.side])) for one in named]
    return el("h2", {}, "Who commissions what") + el("ul", {}, *items) if items else ""


def _service_words(structure: Structure, relation: Relation, day: str) -> str:
    by_kind: dict[str, int] = {}
    for one in relation.subjects:
        kind = structure.bodies[one].kind
        by_kind[kind] = by_kind.get(kind, 0) + 1
    who = (
        listed([how_many(number, kind) for kind, number in by_kind.items()])
        if len(relation.subjects) > 2
        else listed([structure.name(one) for one in relation.subjects])
    )
    count, colon, names = relation.about.partition(": ")
    head = f"{el('b', {}, esc(who))}, {esc(date_words(day))}: {esc(count)}"
    every = names.split("; ")
    if not colon or len(every) <= _FEW:
        return f"{head}{esc(colon + names)}"
    few = f", among them {esc(', '.join(every[:_FEW]))}"
    return el("details", {}, el("summary", {}, head + few), esc(names))
