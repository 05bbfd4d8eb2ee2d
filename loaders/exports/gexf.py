"""GEXF 1.3 with spells: bodies and relations with the days on which they hold, for Gephi's timeline.

Written here because NetworkX writes this version only in its newest releases, and with a key of its own on every edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.model import IN_FORCE, STATUSES, Entity, Include, Relationship
from orgmap.graphmodel.plans.foretold import plans_of_bodies
from orgmap.graphmodel.store import Store, surest
from orgmap.loaders.exports.graphml import cells

NAMESPACE = "http://gexf.net/1.3"

_NODE = (
    "kind",
    "status",
    "from_precision",
    "until_precision",
    "source",
    "locator",
    "note",
    "code_ods",
    "code_gss",
    "stated_on",
    "said_by",
    "to_end",
    "to_end_status",
    "to_end_stated_on",
    "to_end_said_by",
)
_EDGE = (
    "about", "population", "basis", "status", "stated_on", "share", "share_of", "from_precision", "until_precision",
    "source", "locator", "note",
)  # fmt: skip
"""What nodes and edges carry beside their names and days."""

_NUMBERS = {"share": "double"}


def write_gexf(target: Path, store: Store, at: str | None, include: Include = IN_FORCE) -> None:
    """Writes every body as a node and every relation as an edge, each with its spell, so that time can be run through.

    An edge bears its verb as kind and label, with its status if it was not in force. A relation that held twice is one
    edge with two spells, since programs take two edges of one kind between two nodes for one. GEXF counts the last day
    of a spell: the day before `valid_until`; what is open, or not known, has no start or no end. Without a day also
    the relations that were not in force; with one only what was in force on it.

    A body that a plan is to end bears `to_end` and its status.
    """
    shown = include if at else Include.of(STATUSES)
    bodies = list(surest(store.entities(at=at, include=include)).values())
    plans = plans_of_bodies(store, bodies, shown)
    there = {body.id for body in bodies}
    facts = store.relationships(at=at, include=shown)
    with target.open("w", encoding="utf-8", newline="\n") as file:
        out = _Writer(file)
        out.startDocument()
        with out.element("gexf", xmlns=NAMESPACE, version="1.3"):
            with out.element("meta"):
                out.leaf("creator", "orgmap")
                day = f"on {at}" if at else "from 1999 on"
                out.leaf("description", f"Bodies of England's health and care and their relations, {day}")
            with out.element("graph", defaultedgetype="directed", mode="dynamic", timeformat="date"):
                out.columns("node", _NODE)
                out.columns("edge", _EDGE)
                with out.element("nodes", count=str(len(bodies))):
                    for body in bodies:
                        codes = {f"code_{scheme}": code for scheme, code in body.codes}
                        said = {**body._asdict(), **codes, **plans.get(body.id, {})}
                        out.thing("node", [body], _NODE, said, id=body.id, label=body.label)
                with out.element("edges"):
                    known = (one for one in facts if one.subject in there and one.object in there)
                    for number, ((kind, one, other), alike) in enumerate(_joined(known).items()):
                        names = {
                            "id": str(number),
                            "source": one,
                            "target": other,
                            "kind": kind,
                            "label": kind,
                        }
                        out.thing("edge", alike, _EDGE, _attributes(alike), **names)
        out.endDocument()


def _joined(facts: Iterable[Relationship]) -> dict[tuple[str, str, str], list[Relationship]]:
    """The relations by their kind and ends: those that one edge tells."""
    found: dict[tuple[str, str, str], list[Relationship]] = {}
    for fact in facts:
        kind = fact.verb if fact.status == "in_force" else f"{fact.verb} ({fact.status})"
        found.setdefault((kind, fact.subject, fact.object), []).append(fact)
    return found


def _attributes(alike: list[Relationship]) -> dict[str, Any]:
    """What is known of the relations that one edge tells, what differs divided by semicolons."""
    known = alike[0]._asdict()
    for name in _EDGE if len(alike) > 1 else ():
        several = list(dict.fromkeys(getattr(one, name) for one in alike if getattr(one, name)))
        known[name] = "; ".join(several) if several and name not in _NUMBERS else known[name]
    return known


class _Element:
    """An element that ends where its `with` block ends."""

    def __init__(self, out: _Writer, name: str) -> None:
        self._out, self._name = out, name

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None:
        self._out.endElement(self._name)


class _Writer(XMLGenerator):
    """Writes elements one after another, so that no graph is too large for the memory."""

    def __init__(self, file: Any) -> None:
        super().__init__(file, "utf-8", short_empty_elements=True)

    def element(self, name: str, **attributes: str) -> _Element:
        """Begins an element."""
        plain = {key: str(cells({key: value}).get(key, "")) for key, value in attributes.items()}
        self.startElement(name, AttributesImpl(plain))
        return _Element(self, name)

    def leaf(self, name: str, text: str) -> None:
        """An element that is a text."""
        with self.element(name):
            self.characters(text)

    def columns(self, sort: str, names: Iterable[str]) -> None:
        """What the attributes of nodes or edges are called, and their types."""
        with self.element("attributes", **{"class": sort, "mode": "static"}):
            for name in names:
                with self.element("attribute", id=name, title=name, type=_NUMBERS.get(name, "string")):
                    pass

    def thing(
        self,
        sort: str,
        dated: Sequence[Entity | Relationship],
        names: Iterable[str],
        known: dict[str, Any],
        **own: str,
    ) -> None:
        """A node or an edge with its attributes and its spells; without a spell it is always there."""
        with self.element(sort, **own):
            with self.element("attvalues"):
                for name, value in cells({name: known.get(name) for name in names}).items():
                    with self.element("attvalue", **{"for": name, "value": str(value)}):
                        pass
            spells = [spell(one.valid_from, one.valid_until) for one in dated]
            if all(spells):
                with self.element("spells"):
                    for days in spells:
                        with self.element("spell", **days):
                            pass


def spell(valid_from: str | None, valid_until: str | None) -> dict[str, str]:
    """A half-open period as GEXF has it, with its last day.

    >>> spell("2013-04-01", "2020-04-01"), spell(None, "2013-04-01")
    ({'start': '2013-04-01', 'end': '2020-03-31'}, {'end': '2013-03-31'})
    """
    days = {"start": valid_from, "end": day_before(valid_until) if valid_until else None}
    return {name: day for name, day in days.items() if day}
