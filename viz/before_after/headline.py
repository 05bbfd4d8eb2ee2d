"""The sentence above a before/after picture: what changed, in one line; and whether anything did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.vocabulary import has, kinds
from orgmap.queries.structure.structure import PLANNED, BodyOnBothDays, Structure
from orgmap.viz.before_after.boxes import always_counted
from orgmap.viz.kit.plans import planned_end
from orgmap.viz.kit.widths import width
from orgmap.viz.kit.words import date_words, how_many, listed, with_kind

_ROOM = 1210.0
"""Pixels that the sentence may take, so that it stays one line in a window of 1280."""

_FIRST = ("sub-regional", "regional", "council", "board", "voice", "national", "support", "provider")
"""After the local commissioners: tiers in the order in which their changes are told."""


class ChangedBodies(NamedTuple):
    """The bodies that began, ended or got another name, without those that registers list by the thousand."""

    ended: list[BodyOnBothDays]
    began: list[BodyOnBothDays]
    renamed: list[BodyOnBothDays]

    @property
    def every(self) -> list[BodyOnBothDays]:
        """All of them."""
        return [*self.ended, *self.began, *self.renamed]


def changed_bodies(structure: Structure) -> ChangedBodies:
    """What happened to the bodies of a structure between its days, or is to happen by a plan."""
    bodies = [body for body in structure.bodies.values() if not always_counted(body.kind)]
    return ChangedBodies(
        [body for body in bodies if body.change == "ended"],
        [body for body in bodies if body.change == "new" or (body.change == PLANNED and not body.before)],
        [body for body in bodies if body.change == "renamed"],
    )


def headline(structure: Structure) -> str:
    """What changed between the two days, as one sentence; that nothing did, where nothing did."""
    changed = changed_bodies(structure)
    one_day = structure.after == day_after(structure.before)
    days = f"{date_words(structure.before)} and {date_words(structure.after)}"
    when = f"On {date_words(structure.after)}" if one_day else f"Between {days}"
    if not changed.every:
        return _nothing(structure, days)
    first, counted = _commissioners(changed, named=2)
    if width(f"{when}, {first}; 1,000 other changes.") > _ROOM:
        first, counted = _commissioners(changed, named=0)
    said = [first] if first else []
    also = _others(changed, counted)
    # What has no room is counted: the table tells it.
    for kept in range(len(also), -1, -1):
        left = sum(number for number, _ in also[kept:])
        words = [*said, *(words for _, words in also[:kept])]
        words += [f"{left:,} other change{'s' * (left > 1)}"] if left else []
        sentence = f"{when}, {'; '.join(words)}."
        if width(sentence) <= _ROOM:
            break
    return sentence


def is_still(structure: Structure) -> bool:
    """Whether neither a body nor what bodies have to do with each other is another on the second day."""
    if changed_bodies(structure).every or any(
        body.change in ("joined", "left") for body in structure.bodies.values()
    ):
        return False
    sides: dict[str, set[tuple[object, ...]]] = {"before": set(), "after": set()}
    for relation in structure.relations:
        subjects = tuple(one for one in relation.subjects if not _listed_kind(structure, one))
        if subjects and relation.side in sides:
            sides[relation.side].add((subjects, relation.verb, relation.objects, relation.about))
    return sides["before"] == sides["after"]


def _listed_kind(structure: Structure, body: str) -> bool:
    return body in structure.bodies and always_counted(structure.bodies[body].kind)


def _nothing(structure: Structure, days: str) -> str:
    """That nothing changed, or only what registers list; in days to come nobody knows that."""
    found = [
        body for body in structure.bodies.values() if always_counted(body.kind) and body.change != "unchanged"
    ]
    still = is_still(structure)
    nothing = "nothing changed" if still else "no body began, ended or took another name"
    kinds_found = dict.fromkeys(body.kind for body in found)
    counts = [how_many(sum(body.kind == kind for body in found), kind) for kind in kinds_found]
    except_for = f", except for {listed(counts)} in the registers" if found else ""
    return f"Between {days}, {nothing} in {structure.place}{except_for}."


def _commissioners(changed: ChangedBodies, named: int) -> tuple[str, set[str]]:
    """What became of the local commissioners, in words, and of which; up to so many are `named`, more are counted."""
    ended = [body for body in changed.ended if has(body.kind, "local_commissioner")]
    began = [body for body in changed.began if has(body.kind, "local_commissioner")]
    if not ended or not began:
        return "", set()
    # Sub-areas that end and begin beside the commissioners themselves are told with the others.
    lead = max({body.kind for body in ended}, key=lambda kind: kinds()[kind].ranking)
    ended = [body for body in ended if body.kind == lead]
    new = {body.id for body in began}
    into = {takeover.body for body in ended for takeover in body.became if takeover.body}
    began = [body for body in began if body.id in into] or began
    gave_way = bool(into) and into <= new
    planned = any(planned_end(body) for body in ended) or any(body.change == PLANNED for body in began)
    first, last = _counted(ended, named), _counted(began, named)
    if len(began) > named and {body.kind for body in (*ended, *began)} == {lead}:
        last = f"{len(began):,}"
    if planned:
        verb = "are to give way to" if gave_way else "are to end by plan, and to begin"
        words = f"{first} {verb} {last}{', by plan' if gave_way else ''}"
    else:
        words = f"{first} gave way to {last}" if gave_way else f"{first} ended and {last} began"
    return words, {body.id for body in (*ended, *began)}


def _others(changed: ChangedBodies, told_already: set[str]) -> list[tuple[int, str]]:
    """The other changes, kind by kind, the nearest to the local commissioners first, each with its number."""
    verbs = {"ended": "ended", "began": "began", "renamed": "took another name"}
    parts = []
    for name, bodies in changed._asdict().items():
        rest = [body for body in bodies if body.id not in told_already]
        for kind in sorted({body.kind for body in rest}, key=_place):
            here = [body for body in rest if body.kind == kind]
            plan = any(planned_end(body) or body.change == PLANNED for body in here)
            to_be = "is to" if len(here) == 1 else "are to"
            verb = f"{to_be} {'end' if name == 'ended' else 'begin'}" if plan else verbs[name]
            words = f"{_counted(here)} {verb}{' by plan' if plan else ''}"
            parts.append((_place(kind), len(here), words))
    parts.sort(key=lambda part: part[0])
    return [(number, words) for _, number, words in parts]


def _place(kind: str) -> tuple[int, int]:
    tier = kinds()[kind].tier
    return (_FIRST.index(tier) + 1 if tier in _FIRST else 0), list(kinds()).index(kind)


def _counted(bodies: Iterable[BodyOnBothDays], named: int = 2) -> str:
    """Bodies by name if they are so few, else how many of which kind."""
    bodies = list(bodies)
    if len(bodies) <= named and all(body.entity.name for body in bodies):
        return listed([with_kind(body.entity.label, body.kind) for body in bodies])
    found = dict.fromkeys(body.kind for body in bodies)
    return listed([how_many(sum(body.kind == kind for body in bodies), kind) for kind in found])
