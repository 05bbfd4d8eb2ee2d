"""The lines of a before/after picture: relations and successions between boxes, each with a name and a direction."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.statuses import PLANS
from orgmap.queries.structure.relation import PLACE, Relation
from orgmap.queries.structure.structure import Structure
from orgmap.viz.before_after.boxes import GroupBox
from orgmap.viz.kit.widths import wrap
from orgmap.viz.kit.words import line_words, listed, took_over_words

SIDES = {"before": ("before", "span"), "after": ("after", "span")}
"""Which boxes show each of the two days."""


class BoxLine(NamedTuple):
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
    def planned(self) -> bool:
        """Whether it tells what only a plan knows: its name says so."""
        return self.name.partition(": ")[0] in PLANS

    @property
    def key(self) -> str:
        """A name for the line that no other has."""
        return f"{self.source}.{self.name.replace(' ', '_')}.{self.target}.{self.side}"


def box_lines_of(structure: Structure, boxes: list[GroupBox]) -> list[BoxLine]:
    """Every line between boxes; what holds inside one box is told by its list and in the table."""
    return [*_successions(structure, boxes), *_relations(structure, boxes)]


def boxes_by_body(boxes: list[GroupBox], side: str) -> dict[str, GroupBox]:
    """The box in which each body stands on one of the days."""
    found = {one: box for box in boxes if box.side in SIDES[side] for one in box.bodies}
    for box in boxes:
        if box.kind == PLACE:
            found[PLACE] = box
    return found


def _relations(structure: Structure, boxes: list[GroupBox]) -> list[BoxLine]:
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
    box_lines = []
    for (source, target, name), sides in sorted(found.items()):
        name = _some(structure, by_key[source], name, sides)
        both = len(sides) == 2 and by_key[source].side == by_key[target].side == "span"
        if both:
            relations = tuple(dict.fromkeys([*sides["before"], *sides["after"]]))
            box_lines.append(BoxLine(source, target, name, "both", relations))
        else:
            box_lines += [BoxLine(source, target, name, side, tuple(alike)) for side, alike in sides.items()]
    return box_lines


def _some(structure: Structure, source: GroupBox, name: str, sides: dict[str, list[Relation]]) -> str:
    """The name of a line, with “some” where it does not hold for every body of the boxes at its ends.

    Of the box at its arrow only the coverage of a rule about whole kinds can tell that.
    """
    if any(relation.some for relations in sides.values() for relation in relations):
        return f"{name} (some)"
    for side, relations in sides.items():
        subjects = {one for relation in relations for one in relation.subjects}
        bodies = [structure.bodies[one] for one in source.bodies]
        there = {body.id for body in bodies if (body.before if side == "before" else body.after)}
        if not there <= subjects:
            return f"{name} (some)"
    return name


def _successions(structure: Structure, boxes: list[GroupBox]) -> list[BoxLine]:
    """From ended bodies to who took over, and from bodies in shadow form to themselves in force."""
    old, new = boxes_by_body(boxes, "before"), boxes_by_body(boxes, "after")
    found: dict[tuple[str, str, str], list[str]] = {}
    began: dict[tuple[str, str, str], list[str]] = {}
    for one, body in structure.bodies.items():
        if body.change == "ended" and one in old:
            for successor in body.became:
                if successor.body in new and new[successor.body].key != old[one].key:
                    name = took_over_words(body)
                    found.setdefault((old[one].key, new[successor.body].key, name), []).append(
                        successor.event
                    )
        if body.change == "new" and one in old and old[one].key != new[one].key:
            began.setdefault((old[one].key, new[one].key, "in force"), []).append(one)
    return [
        BoxLine(*key, "across", (), tuple(dict.fromkeys(found.get(key, ()))), tuple(began.get(key, ())))
        for key in sorted(found.keys() | began.keys())
        if _says_something(boxes, key[0], key[1])
    ]


def _says_something(boxes: list[GroupBox], source: str, target: str) -> bool:
    """Whether a succession says something: not from a large group told in numbers to another."""
    by_key = {box.key: box for box in boxes}
    return not (by_key[source].side == "span" and by_key[target].side == "span")


LABEL = 107.0
"""Pixels that a lane keeps free for the names of its lines."""

LABEL_LINE = 16.0

BundleKey = tuple[str, str, bool, tuple[str, ...]]


class Bundle(NamedTuple):
    """Lines that share one end, the hub, and say the same: its name stands there.

    `outward` ones begin at the hub and have an arrow at each other end; all others have their one arrow at the hub.
    """

    lane: str
    hub: str
    outward: bool
    names: tuple[str, ...]
    box_lines: tuple[BoxLine, ...]

    @property
    def key(self) -> BundleKey:
        """What no other has: its lane, its hub, its direction and its names."""
        return self.lane, self.hub, self.outward, self.names

    @property
    def name(self) -> str:
        """What it says; two boxes may have to do with each other in several ways."""
        return listed(list(self.names))

    @property
    def bold(self) -> bool:
        """Whether it tells who took over: these lines are drawn thicker, their names bolder."""
        return self.box_lines[0].side == "across"

    @property
    def planned(self) -> bool:
        """Whether it tells what only a plan knows."""
        return self.box_lines[0].planned

    @property
    def words(self) -> list[str]:
        """Its name, in lines that fit into a lane."""
        return wrap(self.name, LABEL - 14, self.bold)

    @property
    def high(self) -> float:
        """How many pixels its name takes in a lane."""
        return LABEL_LINE * len(self.words) + 4

    @property
    def others(self) -> tuple[str, ...]:
        """The boxes at its other ends."""
        ends = (box_line.target if self.outward else box_line.source for box_line in self.box_lines)
        return tuple(dict.fromkeys(ends))


def bundles_of(lane: str, box_lines: list[BoxLine]) -> list[Bundle]:
    """As few bundles as can be that hold every line: from one box to many, or from many to one.

    >>> box_lines = [BoxLine("council", one, "scrutinises", "both") for one in ("group", "trust")]
    >>> [(bundle.hub, bundle.outward, bundle.others) for bundle in bundles_of("left", box_lines)]
    [('council', True, ('group', 'trust'))]
    """
    left = list(box_lines)
    bundles = []
    while left:
        found: dict[tuple[str, bool, str], list[BoxLine]] = {}
        for box_line in left:
            found.setdefault((box_line.target, False, box_line.name), []).append(box_line)
            if box_line.side != "across":
                found.setdefault((box_line.source, True, box_line.name), []).append(box_line)
        # Where both hold as many, the name stands at the arrow.
        best = min(found, key=lambda key: (-len(found[key]), key[1], key))
        bundles.append(Bundle(lane, *best[:2], best[2:], tuple(found[best])))
        left = [box_line for box_line in left if box_line not in found[best]]
    return merged(bundles)


def merged(bundles: list[Bundle]) -> list[Bundle]:
    """Bundles between the very same boxes as one line with several names.

    What became of bodies stays told apart, and plans from facts.
    """
    found: dict[tuple[str, str, bool, str, frozenset[tuple[str, str]]], list[Bundle]] = {}
    for bundle in bundles:
        ends = frozenset(
            (box_line.target if bundle.outward else box_line.source, box_line.side)
            for box_line in bundle.box_lines
        )
        apart = bundle.name if bundle.bold else str(bundle.planned)
        found.setdefault((bundle.lane, bundle.hub, bundle.outward, apart, ends), []).append(bundle)
    return [
        Bundle(
            *key[:3],
            tuple(sorted({name for bundle in alike for name in bundle.names})),
            tuple(box_line for bundle in alike for box_line in bundle.box_lines),
        )
        for key, alike in found.items()
    ]
