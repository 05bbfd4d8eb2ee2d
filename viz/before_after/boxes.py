"""The boxes of a before/after picture: bodies of one kind with one fate stand in one box, large groups as counts."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from orgmap.graphmodel.vocabulary import (
    event_kinds,
    has,
    kinds,
    kinds_beside,
    of_id,
    practice_kind,
    reach_of,
    unions,
)
from orgmap.queries.structure.relation import PLACE
from orgmap.queries.structure.stand_ins import stand_ins
from orgmap.queries.structure.structure import BodyOnBothDays, Structure
from orgmap.viz.before_after.flow import DOT, Line, StyledWords, flow, in_columns
from orgmap.viz.before_after.sections import Containers, Section, by_container, by_successors, containers_of
from orgmap.viz.kit.palette import changes
from orgmap.viz.kit.plans import planned_end
from orgmap.viz.kit.widths import LINE
from orgmap.viz.kit.words import (
    change_words,
    changed_words,
    fate,
    fate_words,
    how_many,
    listed,
    short_name,
    successors_words,
    with_kind,
)

MANY = 60
"""More bodies of a kind than this are told as numbers too."""

PLANNED_END = "end"
"""What happened to bodies that were in force when the tables ended, and are to end by a plan."""

_HERE = frozenset({"regional", "sub-regional"})
"""Tiers whose bodies often reach into a place from outside: their share of it is told."""


class GroupBox(NamedTuple):
    """Bodies that stand together: in the half before, the half after, or (span) across both."""

    key: str
    kind: str
    tier: str
    side: str
    change: str
    head: tuple[StyledWords, ...]
    tail: tuple[StyledWords, ...]
    sections: tuple[Section, ...]
    bodies: tuple[str, ...]
    names: dict[str, str]
    counted: bool = False

    @property
    def rank(self) -> int:
        """Its place in its tier: containers stand above what they contain."""
        order = list(kinds())
        if self.kind in unions():
            return unions().index(self.kind) - len(unions())
        return order.index(self.kind) if self.kind in order else len(order)


def always_counted(kind: str) -> bool:
    """Whether bodies of a kind are told as numbers in the picture, and one by one in the table.

    >>> always_counted("gp_practice"), always_counted("nhs_trust")
    (True, False)
    """
    return reach_of(kind) == "list"


def _is_national(body: str) -> bool:
    return of_id(body).reach == "country"


def boxes_of(
    structure: Structure, coarse: bool = False, many: int = MANY, alike: bool = False
) -> list[GroupBox]:
    """Every body of the structure in a box; one that changed form between the days stands in two.

    `coarse` puts ended bodies of a kind together, whatever became of them, and practices with all that their
    register lists; of a kind with more bodies than `many` there is one box, with numbers. `alike` puts national
    bodies together that have to do with the same others; the lines then say that they hold for some.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.structure.structure import structure
    >>> with open_store() as store:
    ...     boxes = boxes_of(structure(store, "2013-03-31", "2013-04-01", within="Kent and Medway"))
    >>> [box.side for box in boxes if "pct:5QA" in box.bodies]
    ['before']
    """
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    counted = _counted_kinds(structure, many)
    ties = _ties(structure, alike)
    for one, body in structure.bodies.items():
        if coarse and always_counted(body.kind):
            groups.setdefault((practice_kind(), "span", "", ""), []).append(one)
            continue
        if body.kind in counted:
            groups.setdefault((body.kind, "span", "", ""), []).append(one)
            continue
        # National bodies stand together only if the same lines lead to them: a line must not seem to mean a neighbour.
        # One that stands for many, as the drug action team of the area, is no national body.
        alone = one if one in stand_ins() else ties.get(one, "")
        for side, change in _sides(body):
            # National bodies that no line leads to stand together, whatever became of them.
            apart = change == "ended" and (alone or reach_of(body.kind) != "country") and not coarse
            word = PLANNED_END if change == "planned" and planned_end(body) else fate(body) if apart else ""
            groups.setdefault((body.kind, side, f"{change} {word}".strip(), alone), []).append(one)
    containers = containers_of(structure)
    boxes = [_box(structure, containers, key, tuple(ids)) for key, ids in groups.items()]
    if any(PLACE in relation.objects for relation in structure.relations):
        head = (StyledWords("The people of", ""), StyledWords(structure.place, "b"))
        boxes.append(GroupBox(PLACE, PLACE, "people", "span", "unchanged", head, (), (), (), {}))
    return sorted(boxes, key=lambda box: (box.rank, box.key))


def _ties(structure: Structure, alike: bool) -> dict[str, str]:
    """For each national body with a line: the first of those that have the very same lines, or the same others."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for relation in structure.relations:
        ends = (("of", relation.subjects, relation.objects), ("to", relation.objects, relation.subjects))
        for way, ones, others in ends:
            if not (national := [one for one in ones if _is_national(one)]):
                continue
            tie = {other if _is_national(other) else other.partition(":")[0] for other in others}
            said = () if alike else (relation.verb, relation.side)
            for one in national:
                found.setdefault(one, set()).update((way, other, *said) for other in tie)
    first: dict[frozenset[tuple[str, ...]], str] = {}
    return {one: first.setdefault(frozenset(found[one]), one) for one in sorted(found)}


def _counted_kinds(structure: Structure, many: int) -> set[str]:
    changed: dict[str, list[str]] = {}
    for body in structure.bodies.values():
        changed.setdefault(body.kind, []).append(body.change)
    return {
        kind
        for kind, found in changed.items()
        if (always_counted(kind) or (len(found) > many and reach_of(kind) != "country"))
        and (len(set(found)) > 1 or "unchanged" in found)
    }


def _sides(body: BodyOnBothDays) -> list[tuple[str, str]]:
    """Where a body stands, and as what."""
    if body.change in ("unchanged", "renamed"):
        return [("span", body.change)]
    if planned_end(body):
        return [("before", "planned")]
    if body.before and body.after and body.before.status == body.after.status:
        return [("span", body.change)]
    found = []
    # A body in shadow form that then began stands once, and says so; commissioners act already, and stand twice.
    twice = has(body.kind, "local_commissioner") or body.change != "new"
    if body.before and (body.before.status == "in_force" or twice):
        found.append(("before", body.before.status if body.before.status != "in_force" else body.change))
    if body.after:
        found.append(("after", body.after.status if body.after.status != "in_force" else body.change))
    return [(side, change if change in changes() else "planned") for side, change in found]


def _box(
    structure: Structure, containers: Containers, key: tuple[str, str, str, str], ids: tuple[str, ...]
) -> GroupBox:
    kind, side, how, alone = key
    change, _, word = how.partition(" ")
    # Kinds that share a prefix must not share a box's key.
    prefix = kinds()[kind].prefix if len(kinds_beside(kind)) == 1 else kind.replace("_", "-")
    slug = "-".join(part for part in (prefix, side, change, word, alone.partition(":")[2]) if part)
    names = {one: _name(structure, one, side, kind, len(ids)) for one in ids}
    ids = tuple(sorted(ids, key=lambda one: (names[one], one)))
    tier = stand_ins()[ids[0]].tier if ids[0] in stand_ins() else kinds()[kind].tier
    tier = "board" if tier == "voice" else tier
    if not change:
        head = _counted_head(structure, ids, f"#{slug}")
        found = {structure.bodies[one].change for one in ids}
        word = "unchanged" if found == {"unchanged"} else "mixed"
        return GroupBox(slug, kind, tier, side, word, head, (), (), ids, names, True)
    fates = {fate(structure.bodies[one]) for one in ids}
    word = min(fates) if change == "ended" and len(fates) == 1 else word
    link = ids[0] if len(ids) == 1 else f"#{slug}"
    title = names[ids[0]] if len(ids) == 1 else how_many(len(ids), kind)
    said = fate_words(word) if change == "ended" else change_words(structure, change)
    if word == PLANNED_END:
        said = "Planned to end"
    symbol = "→" if change == "ended" and word and word != "abolished" else changes()[change].symbol
    head = (StyledWords(f"{symbol} {said}:", f"b {change}"), StyledWords(title, "b", link))
    tail: list[StyledWords] = []
    sections: tuple[Section, ...] = ()
    if change == "ended":
        tail.append(StyledWords(f"— {_became(structure, word, ids)}", change))
        sections = by_successors(structure, word, ids)
    elif word == PLANNED_END:
        successors = [
            successor.body for one in ids for successor in structure.bodies[one].became if successor.body
        ]
        if len(fates) == 1 and successors:
            [word] = fates
            tail.append(
                StyledWords(
                    f"— {event_kinds()[word].label} {successors_words(word, successors, structure)}", change
                )
            )
    elif change == "renamed" and len(ids) == 1:
        before = structure.bodies[ids[0]].before
        tail.append(StyledWords(f"— before: {before.label if before else ''}", change))
    elif change == "new" and all(_was_shadow(structure.bodies[one]) for one in ids):
        tail.append(StyledWords("— shadow form before", change))
    if len(ids) == 1:
        return GroupBox(slug, kind, tier, side, change, head, tuple(tail), (), ids, names)
    sections = sections or by_container(structure, containers, side, ids) or (Section("", ids),)
    counted = len(ids) > MANY or 2 * sum(not structure.bodies[one].entity.name for one in ids) > len(ids)
    return GroupBox(slug, kind, tier, side, change, head, tuple(tail), sections, ids, names, counted)


def _became(structure: Structure, word: str, ids: tuple[str, ...]) -> str:
    """What became of the bodies of a box; where several things did, how many of which."""
    fates = Counter(fate(structure.bodies[one]) for one in ids)
    if len(fates) > 1:
        return listed(
            [
                f"{number} {fate_words(one).lower() if one else 'with no successor recorded'}"
                for one, number in sorted(fates.items(), key=lambda item: (not item[0], -item[1]))
            ]
        )
    return successors_words(
        word,
        [successor.body for one in ids for successor in structure.bodies[one].became if successor.body],
        structure,
    )


def _was_shadow(body: BodyOnBothDays) -> bool:
    return body.before is not None and body.before.status == "shadow"


def _name(structure: Structure, body_id: str, side: str, kind: str, among: int) -> str:
    body = structure.bodies[body_id]
    entity = (body.before if side == "before" else body.after) or body.entity
    name = short_name(entity.label, kind) if among > 1 else with_kind(entity.label, kind)
    if among > 1 and body.change == "renamed" and body.before and not always_counted(kind):
        name = f"{name} (before: {short_name(body.before.label, kind)})"
    share = body.share_before if side == "before" else body.share_after
    says_share = kinds()[kind].tier in _HERE or structure.view == "geography"
    if share is None or share >= 0.995 or not says_share or always_counted(kind):
        return name
    part = f"{share:.0%}" if share >= 0.005 else "under 1%"
    return f"{name} ({part})" if among > 1 else f"{name}, {part} of the place"


def _counted_head(structure: Structure, ids: tuple[str, ...], link: str) -> tuple[StyledWords, ...]:
    """A large group in numbers, or several in one box: how many before and after, and what happened to how many."""
    runs: list[StyledWords] = []
    found: dict[str, list[BodyOnBothDays]] = {}
    for one in ids:
        found.setdefault(structure.bodies[one].kind, []).append(structure.bodies[one])
    for kind in kinds():
        if kind in found:
            runs += [*([StyledWords(DOT)] if runs else []), *_numbers(structure, found[kind], link)]
    return tuple(runs)


def _numbers(structure: Structure, bodies: list[BodyOnBothDays], link: str) -> list[StyledWords]:
    count, kind = Counter(body.change for body in bodies), bodies[0].kind
    if set(count) == {"unchanged"}:
        return [
            StyledWords(f"= {change_words(structure, 'unchanged')}:", "b unchanged"),
            StyledWords(how_many(len(bodies), kind), "b", link),
        ]
    before = sum(body.before is not None for body in bodies)
    after = sum(body.after is not None for body in bodies)
    plural = kinds()[kind].plural
    by_plan = " by plan" if any(body.change == "planned" or planned_end(body) for body in bodies) else ""
    runs = [
        StyledWords(
            f"{plural[0].upper()}{plural[1:]}: {before:,} before, {after:,} after{by_plan}", "b", link
        ),
        StyledWords("—"),
    ]
    shown = [change for change in changes() if count[change]]
    for number, change in enumerate(shown):
        alike = [body for body in bodies if body.change == change]
        words, look = (
            changed_words(structure, alike),
            change if not all(map(planned_end, alike)) else "planned",
        )
        runs.append(StyledWords(f"{words}," if number + 1 < len(shown) else words, look))
    return runs


PADDING = 8.0
TOP = 2.0
BOTTOM = 3.0
HANG = 12.0
"""Pixels by which a box's later lines stand in from its first."""


def modes_of(box: GroupBox) -> tuple[str, ...]:
    """The ways to tell more than a heading: what became of the bodies, names in a row, or (in a half) in columns."""
    # Bodies in shadow form are named where they are in force, in the other half.
    if box.counted or len(box.bodies) < 2 or (box.side == "before" and box.change == "shadow"):
        return ("count",)
    return ("count", "row") if box.side == "span" else ("count", "row", "columns")


def lines_of(box: GroupBox, mode: str, wide: float) -> list[Line]:
    """The lines of a box that is so wide, set in that mode."""
    room = wide - 2 * PADDING - 5
    if mode == "head":
        return flow(box.head, room, hang=HANG)
    if mode == "count":
        return flow([*box.head, *box.tail], room, hang=HANG)
    if len(box.sections) == 1 and mode == "row":
        names = _dotted(box, box.sections[0].bodies)
        return flow([*box.head, StyledWords("—"), *names, *box.tail], room, hang=HANG)
    # Headings such as “into NHS North West London CCG” say what the tail would say again.
    tail = () if box.change == "ended" and all(section.heading for section in box.sections) else box.tail
    lines = flow([*box.head, *tail], room, hang=HANG)
    for section in box.sections:
        heading = [StyledWords(f"{section.heading}:", "i")] if section.heading else []
        if mode == "columns" and len(box.sections) <= 2:
            lines += flow(heading, room)
            lines += in_columns([StyledWords(box.names[one], "", one) for one in section.bodies], room)
        else:
            lines += flow([*heading, *_dotted(box, section.bodies)], room, hang=HANG)
    return lines


def _dotted(box: GroupBox, bodies: tuple[str, ...]) -> list[StyledWords]:
    runs: list[StyledWords] = []
    for number, one in enumerate(bodies):
        runs += [StyledWords(DOT)] if number else []
        runs.append(StyledWords(box.names[one], "", one))
    return runs


def height_of(lines: list[Line]) -> float:
    """How high a box with these lines is."""
    return TOP + LINE * len(lines) + BOTTOM
