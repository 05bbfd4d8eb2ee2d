"""The tables below a network: every body and every relation, with days and sources; those of other days folded away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.model import ChangeEvent, Entity, Relationship
from orgmap.graphmodel.vocabulary import event_kinds, kinds, populations
from orgmap.queries.structure.network import Network
from orgmap.viz.kit.page import RowGroup, TableRow, row_of, table_html
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import date_words, last_day_words, listed
from orgmap.viz.network.scenes import line_name

_BODY_HEADS = ("Body", "First day", "Last day", "Before and after", "Sources")
_LINKED = 12
_RELATION_HEADS = ("Who", "What", "To whom", "First day", "Last day", "More", "Sources")


class RelationRow(NamedTuple):
    """One row of the table of relations: the same statement about one or several bodies, by their numbers."""

    id: str
    numbers: tuple[int, ...]


def rows_of(network: Network) -> list[RelationRow]:
    """Relations that differ in nothing but who, together."""
    found: dict[Relationship, list[int]] = {}
    for number, relation in enumerate(network.relations):
        found.setdefault(relation._replace(subject="", locator=""), []).append(number)
    return [
        RelationRow(f"r{number}", tuple(numbers)) for number, numbers in enumerate(found.values(), start=1)
    ]


def body_table(network: Network, references: References) -> str:
    """Every body, those within reach on the day first."""
    far = network.distances(network.at)
    order = sorted(
        network.bodies.values(),
        key=lambda body: (far.get(body.id, 99), list(kinds()).index(body.kind), body.label, body.id),
    )
    events = _events_by_body(network)
    rows = {
        here: [_body_row(network, body, events, references) for body in order if (body.id in far) == here]
        for here in (True, False)
    }
    return _both("bodies", "Every body", "Bodies within reach on other days only", _BODY_HEADS, rows)


def relation_table(network: Network, rows: list[RelationRow], references: References) -> str:
    """Every relation, those in force on the day first."""
    split: dict[bool, list[TableRow]] = {True: [], False: []}
    far = network.distances(network.at)
    for row in rows:
        relation = network.relations[row.numbers[0]]
        here = relation.period.holds(network.at) and any(
            network.relations[one].subject in far for one in row.numbers
        )
        split[here].append(_relation_row(network, row, references))
    return _both("relations", "Every relation", "Relations of other days", _RELATION_HEADS, split)


def _both(key: str, title: str, other: str, heads: Iterable[str], rows: dict[bool, list[TableRow]]) -> str:
    """The table of the day and, folded, that of other days."""
    here = table_html(title, heads, [RowGroup(rows[True], "", f"{key}-now")], "told")
    if not rows[False]:
        return here
    folded = table_html("", heads, [RowGroup(rows[False], "", f"{key}-other")], "told")
    return here + el("details", {"class": "other-days"}, el("summary", {}, other), folded)


def _link(network: Network, body: str) -> str:
    if body in network.bodies:
        return el("a", {"href": f"#{body}"}, esc(network.name(body)))
    return f"{esc(network.name(body))} ({esc(body)})"


def _body_row(
    network: Network,
    body: Entity,
    events: dict[str, list[tuple[ChangeEvent, bool, list[str]]]],
    refs: References,
) -> TableRow:
    said = []
    # A register is cited by the body's own code, which the row shows.
    cited = [(body.source, "" if body.locator == body.id.partition(":")[2] else body.locator)]
    for event, forward, others in events.get(body.id, []):
        said.append(_event_words(network, event, forward, others))
        cited.append((event.source, event.locator))
    if body.note:
        said.append(esc(body.note))
    status = "" if body.status == "in_force" else f", {body.status}"
    cells = (
        date_words(body.valid_from, body.from_precision),
        last_day_words(body.valid_until, body.until_precision),
        "<br/>".join(said),
        refs.cite(cited),
    )
    small = f"{kinds()[body.kind].label}{status}, {body.id.partition(':')[2]}"
    return row_of(body.id, body.label, small, cells)


def _event_words(network: Network, event: ChangeEvent, forward: bool, others: list[str]) -> str:
    """What happened to a body, and who stood on the other side."""
    words = f"{date_words(event.date, event.precision)}: {event_kinds()[event.kind].label}"
    words += f" ({event.status})" if event.status != "in_force" else ""
    names = listed([_link(network, one) for one in others[:8]])
    more = f" and {len(others) - 8} more" if len(others) > 8 else ""
    if not others:
        return esc(words) if event.kind != "abolished" else f"{esc(words)}; no successor named"
    return f"{esc(words)}; {'followed by' if forward else 'from'} {names}{more}"


def _events_by_body(network: Network) -> dict[str, list[tuple[ChangeEvent, bool, list[str]]]]:
    """For each body the events that it came from and that it went into, by date, with the other side."""
    found: dict[str, list[tuple[ChangeEvent, bool, list[str]]]] = {}
    for event, parts in sorted(network.events, key=lambda pair: (pair[0].date or "", pair[0].id)):
        sides: dict[tuple[str, bool], list[str]] = {}
        for part in parts:
            for here, there, forward in (
                (part.predecessor, part.successor, True),
                (part.successor, part.predecessor, False),
            ):
                if here in network.bodies:
                    others = sides.setdefault((here, forward), [])
                    if there and there not in others:
                        others.append(there)
        for (one, forward), others in sides.items():
            found.setdefault(one, []).append((event, forward, sorted(others)))
    return found


def _relation_row(network: Network, row: RelationRow, refs: References) -> TableRow:
    relations = [network.relations[number] for number in row.numbers]
    first = relations[0]
    more = [
        first.about and f"about {first.about.partition(':')[2].replace('_', ' ') or first.about}",
        first.population and f"for {populations()[first.population].label}"
        if first.population in populations()
        else "",
        "" if first.basis in ("", "published") else first.basis,
        f"{first.share:.0%} of {first.share_of or 'it'}"
        if first.share is not None and first.share < 1
        else "",
        first.note,
    ]
    # Of many, each has its own row with a link among the bodies.
    few = len(relations) <= _LINKED
    who = "; ".join(
        _link(network, relation.subject) if few else esc(network.name(relation.subject))
        for relation in relations
    )
    said = (
        esc(line_name(first)),
        _link(network, first.object),
        date_words(first.valid_from, first.from_precision),
        last_day_words(first.valid_until, first.until_precision),
        esc("; ".join(word for word in more if word)),
        refs.cite(
            (source, relation.locator) for relation in relations[:3] for source in relation.source.split()
        ),
    )
    return TableRow(row.id, who, said)
