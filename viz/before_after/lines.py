"""The lines of a before/after picture: relations and successions between boxes, each with a name and a direction."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.queries.structure.relation import PLACE, Relation
from orgmap.queries.structure.structure import Structure
from orgmap.viz.before_after.boxes import Box
from orgmap.viz.kit.words import line_words, took_over_words

SIDES = {"before": ("before", "span"), "after": ("after", "span")}
"""Which boxes show each of the two days."""


class Edge(NamedTuple):
    """A line from one box to another: what it says, on which day, and the statements behind it.

    `side` is before, after, both (one line for both days) or across (from a body to who took over from it).
    `bodies` are those that began to be in force, where no event tells it.
    """

    source: str
    target: str
    name: str
    side: str
    relations: tuple[Relation, ...] = ()
    events: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A name for the line that no other has."""
        return f"{self.source}.{self.name.replace(' ', '_')}.{self.target}.{self.side}"


def edges_of(structure: Structure, boxes: list[Box]) -> list[Edge]:
    """Every line between boxes; what holds inside one box is told by its list and in the table."""
    return [*_successions(structure, boxes), *_relations(structure, boxes)]


def boxes_by_body(boxes: list[Box], side: str) -> dict[str, Box]:
    """The box in which each body stands on one of the days."""
    found = {one: box for box in boxes if box.side in SIDES[side] for one in box.bodies}
    for box in boxes:
        if box.kind == PLACE:
            found[PLACE] = box
    return found


def _relations(structure: Structure, boxes: list[Box]) -> list[Edge]:
    found: dict[tuple[str, str, str], dict[str, list[Relation]]] = {}
    by_key = {box.key: box for box in boxes}
    for side in ("before", "after"):
        box_of = boxes_by_body(boxes, side)
        for relation in structure.relations:
            if relation.side not in (side, "both"):
                continue
            sources = {box_of[one].key for one in relation.subjects if one in box_of}
            targets = {box_of[one].key for one in relation.objects if one in box_of}
            name = line_words(relation.verb)
            if relation.status != "in_force":
                name = f"{relation.status}: {name}"
            for source in sources:
                for target in targets - {source}:
                    found.setdefault((source, target, name), {}).setdefault(side, []).append(relation)
    edges = []
    for (source, target, name), sides in sorted(found.items()):
        name = _some(structure, by_key[source], name, sides)
        both = len(sides) == 2 and by_key[source].side == by_key[target].side == "span"
        if both:
            relations = tuple(dict.fromkeys([*sides["before"], *sides["after"]]))
            edges.append(Edge(source, target, name, "both", relations))
        else:
            edges += [Edge(source, target, name, side, tuple(told)) for side, told in sides.items()]
    return edges


def _some(structure: Structure, source: Box, name: str, sides: dict[str, list[Relation]]) -> str:
    """The name of a line, with “some” where it does not hold for every body of the boxes at its ends.

    Of the box at its arrow only the coverage of a rule about whole kinds can tell that.
    """
    if any(relation.some for told in sides.values() for relation in told):
        return f"{name} (some)"
    for side, relations in sides.items():
        told = {one for relation in relations for one in relation.subjects}
        bodies = [structure.bodies[one] for one in source.bodies]
        there = {body.id for body in bodies if (body.before if side == "before" else body.after)}
        if not there <= told:
            return f"{name} (some)"
    return name


def _successions(structure: Structure, boxes: list[Box]) -> list[Edge]:
    """From ended bodies to who took over, and from bodies in shadow form to themselves in force."""
    old, new = boxes_by_body(boxes, "before"), boxes_by_body(boxes, "after")
    found: dict[tuple[str, str, str], list[str]] = {}
    began: dict[tuple[str, str, str], list[str]] = {}
    for one, body in structure.bodies.items():
        if body.change == "ended" and one in old:
            for heir in body.became:
                if heir.body in new and new[heir.body].key != old[one].key:
                    name = took_over_words(body)
                    found.setdefault((old[one].key, new[heir.body].key, name), []).append(heir.event)
        if body.change == "new" and one in old and old[one].key != new[one].key:
            began.setdefault((old[one].key, new[one].key, "in force"), []).append(one)
    return [
        Edge(*key, "across", (), tuple(dict.fromkeys(found.get(key, ()))), tuple(began.get(key, ())))
        for key in sorted(found.keys() | began.keys())
        if _says_something(boxes, key[0], key[1])
    ]


def _says_something(boxes: list[Box], source: str, target: str) -> bool:
    """Whether a succession says something: not from a large group told in numbers to another."""
    by_key = {box.key: box for box in boxes}
    return not (by_key[source].side == "span" and by_key[target].side == "span")
