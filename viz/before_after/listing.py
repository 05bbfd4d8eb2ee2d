"""Whom a before/after page names one by one, and whom it only counts: of a whole country there are too many."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from orgmap.queries.structure.structure import Structure
from orgmap.viz.before_after.boxes import GroupBox

MOST_LISTED = 4000
"""Bodies that a page lists one by one; of more, it only counts those in large groups that did not change."""

MOST_CHANGED = 2000
"""Bodies that changed and are listed one by one on a page with more bodies than that; of more, the largest kinds
are only counted."""


class NamedOnPage(NamedTuple):
    """What decides whom a page names: the bodies that listed ones lead to, and the kinds that are only counted."""

    led_to: set[str]
    counted: set[str]


def listing_of(structure: Structure) -> NamedOnPage:
    """What decides whom the page of a structure names: told once for all its boxes."""
    counted = counted_only(structure)
    return NamedOnPage(_led_to(structure, counted), counted)


def told_singly(structure: Structure, listing: NamedOnPage, box: GroupBox) -> list[str]:
    """The bodies of a box that the page names; the others it only counts."""
    if len(structure.bodies) <= MOST_LISTED or not (box.counted or box.change == "mixed"):
        return list(box.bodies)
    bodies = structure.bodies
    return [
        one
        for one in box.bodies
        if one in listing.led_to
        or (bodies[one].kind not in listing.counted and bodies[one].change != "unchanged")
    ]


def counted_only(structure: Structure) -> set[str]:
    """The kinds of which a page names not even the bodies that changed, as they are too many."""
    if len(structure.bodies) <= MOST_LISTED:
        return set()
    count = Counter(body.kind for body in structure.bodies.values() if body.change != "unchanged")
    found: set[str] = set()
    for kind, _ in count.most_common():
        if sum(number for other, number in count.items() if other not in found) <= MOST_CHANGED:
            break
        found.add(kind)
    return found


def _led_to(structure: Structure, counted: set[str]) -> set[str]:
    """The bodies that the rows of listed ones lead to: who took over, and from whom."""
    listed = [body for body in structure.bodies.values() if body.kind not in counted]
    found = {
        successor.body for body in listed for successor in (*body.became, *body.came_from) if successor.body
    }
    waiting = sorted(one for one in found if one in structure.bodies)
    while waiting:
        # Who is listed only because others lead to it leads on to its own successors.
        further = {
            successor.body for successor in structure.bodies[waiting.pop()].became if successor.body
        } - found
        found |= further
        waiting += sorted(one for one in further if one in structure.bodies)
    return found
