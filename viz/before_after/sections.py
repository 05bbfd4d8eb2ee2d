"""The parts of a box's list: bodies by who took over from them, or by the larger one that contains them."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.queries.structure.structure import Structure
from orgmap.viz.kit.words import listed, short_name, successors_words

_SECTIONS = 6


class Section(NamedTuple):
    """A part of a box's list under a heading of its own (“into NHS North West London CCG”)."""

    heading: str
    bodies: tuple[str, ...]


def by_successors(structure: Structure, word: str, ids: tuple[str, ...]) -> tuple[Section, ...]:
    """Ended bodies by who took over from them, where that is told in a few words."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in ids:
        became = structure.bodies[one].became
        successors = {successor.body for successor in became if successor.body in structure.bodies}
        found.setdefault(tuple(sorted(successors)), []).append(one)
    if not 1 < len(found) <= min(_SECTIONS, len(ids) - 1) or any(len(successors) > 2 for successors in found):
        return ()
    return tuple(
        Section(successors_words(word, successors, structure), tuple(ones))
        for successors, ones in found.items()
    )


Containers = dict[str, list[tuple[int, int, str, str]]]
"""For each body the larger ones that contain it: the places of the relation and of its object, its side, its object."""


def containers_of(structure: Structure) -> Containers:
    """What contains each body: gathered once, for there are many boxes and thousands of relations."""
    found: Containers = {}
    for number, relation in enumerate(structure.relations):
        if relation.verb in ("part_of", "member_of"):
            above = [
                (number, place, relation.side, other)
                for place, other in enumerate(relation.objects)
                if other in structure.bodies
            ]
            for one in relation.subjects:
                found.setdefault(one, []).extend(above)
    return found


def by_container(
    structure: Structure, containers: Containers, side: str, ids: tuple[str, ...]
) -> tuple[Section, ...]:
    """Bodies by the larger one that contains them, where there are several of these and each body lies in one."""
    wanted = {"before", "both"} if side == "before" else {"after", "both"}
    held = sorted(
        (number, place, one, other)
        for one in ids
        for number, place, when, other in containers.get(one, ())
        if when in wanted
    )
    inside: dict[str, dict[str, set[str]]] = {}
    for _, _, one, other in held:
        inside.setdefault(structure.bodies[other].kind, {}).setdefault(one, set()).add(other)
    for above in inside.values():
        single = {one: next(iter(others)) for one, others in above.items() if len(others) == 1}
        larger = sorted(set(single.values()), key=structure.name)
        if len(single) == len(ids) and 1 < len(larger) <= _SECTIONS and len(larger) < len(ids):
            return tuple(
                Section(
                    f"in {listed([short_name(structure.name(other), structure.bodies[other].kind)])}",
                    tuple(one for one in ids if single[one] == other),
                )
                for other in larger
            )
    return ()
