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


def by_container(structure: Structure, side: str, ids: tuple[str, ...]) -> tuple[Section, ...]:
    """Bodies by the larger one that contains them, where there are several of these and each body lies in one."""
    wanted = {"before", "both"} if side == "before" else {"after", "both"}
    inside: dict[str, dict[str, set[str]]] = {}
    for relation in structure.relations:
        if relation.verb in ("part_of", "member_of") and relation.side in wanted:
            for one in set(relation.subjects) & set(ids):
                for other in relation.objects:
                    if other in structure.bodies:
                        above = inside.setdefault(structure.bodies[other].kind, {})
                        above.setdefault(one, set()).add(other)
    for above in inside.values():
        single = {one: next(iter(others)) for one, others in above.items() if len(others) == 1}
        containers = sorted(set(single.values()), key=structure.name)
        if len(single) == len(ids) and 1 < len(containers) <= _SECTIONS and len(containers) < len(ids):
            return tuple(
                Section(
                    f"in {listed([short_name(structure.name(other), structure.bodies[other].kind)])}",
                    tuple(one for one in ids if single[one] == other),
                )
                for other in containers
            )
    return ()
