"""Rules about changes: as many before and after as the kind asks for, and lives that end and begin with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from orgmap.graphmodel.kind_rules import may_have
from orgmap.graphmodel.vocabulary import event_kinds, kinds
from orgmap.loaders.check.cells import number
from orgmap.loaders.check.world import OPEN, Finding, World

SIDES = ("predecessors", "successors")


def _ends(world: World) -> dict[str, tuple[set[str], set[str]]]:
    """The predecessors and successors of each change; who got only a few strays is neither."""
    ends: dict[str, tuple[set[str], set[str]]] = {}
    for event, before, after, stray in world.cells(
        "successions", "event", "predecessor", "successor", "stray"
    ):
        sides = ends.setdefault(event, (set(), set()))
        if not stray:
            sides[0].update({before} - {""})
            sides[1].update({after} - {""})
    return ends


@cache
def _fits(count: int, allowed: str) -> bool:
    """Whether a number is the one allowed: “1” means just one, “2+” two or more."""
    return count >= int(allowed[:-1]) if allowed.endswith("+") else count == int(allowed)


def sides(world: World) -> Iterator[Finding]:
    """Changes with too few or too many bodies before or after them."""
    ends = _ends(world)
    for row, (event, kind) in enumerate(world.cells("events", "id", "kind")):
        if declared := event_kinds().get(kind):
            for side, word in enumerate(SIDES):
                count, allowed = len(ends.get(event, ((), ()))[side]), getattr(declared, word)
                if not _fits(count, allowed):
                    yield world.fault(
                        "sides", "events", row, f"{kind} needs {allowed} {word}, it has {count}."
                    )


def itself(world: World) -> Iterator[Finding]:
    """Bodies that take over from themselves, and rows that name neither side."""
    for row, (before, after) in enumerate(world.cells("successions", "predecessor", "successor")):
        if before == after:
            said = (
                f"{before} takes over from itself." if before else "names neither predecessor nor successor."
            )
            yield world.fault("itself", "successions", row, said)


def may_change(world: World) -> Iterator[Finding]:
    """Changes of things, which have none, and of areas that are not a body's own."""
    kind_of_event = {event: kind for event, kind in world.cells("events", "id", "kind")}
    kind_of_body = {body: kind for body, kind in world.cells("entities", "id", "kind")}
    for row, (event, *both) in enumerate(world.cells("successions", "event", "predecessor", "successor")):
        change = event_kinds().get(kind_of_event.get(event, ""))
        for body in both if change else ():
            kind = kind_of_body.get(body, "")
            if change and kind in kinds() and not may_have(kind, change.kind):
                said = f"{body} is of a kind that cannot be {change.label}."
                yield world.fault("may_change", "successions", row, said)


def change_day(world: World) -> Iterator[Finding]:
    """Changes whose day is blank without a word, or given and said to be not known."""
    for row, (day, exact) in enumerate(world.cells("events", "date", "precision")):
        if (not day) != (exact == "not_known"):
            said = (
                "a day is given and said to be not known."
                if day
                else "its day is blank; say not_known in precision."
            )
            yield world.fault("change_day", "events", row, said)


def ends_with_it(world: World) -> Iterator[Finding]:
    """Bodies that outlive the change that ended them, and successors that are not there on its day."""
    ends = _ends(world)
    for row, (event, kind, day, status) in enumerate(world.cells("events", "id", "kind", "date", "status")):
        declared = event_kinds().get(kind)
        # A plan ends nobody until it is carried out.
        if not declared or not day or event not in ends or status not in ("", "in_force"):
            continue
        before, after = ends[event]
        if declared.ends == "yes":
            for body in sorted(before - after):
                lived = world.lives.get(body)
                if lived and lived.end != day:
                    its_end = f"ends on {lived.end}" if lived.end != OPEN[1] else "never ends"
                    yield world.fault(
                        "ends_with_it", "events", row, f"{body} was {kind} on {day} and {its_end}."
                    )
        if declared.begins == "yes":
            for body in sorted(after):
                lived = world.lives.get(body)
                if lived and not lived.start <= day < lived.end:
                    said = f"{body} follows on {day} and lived {lived.start}–{lived.end}."
                    yield world.fault("ends_with_it", "events", row, said)


def weight(world: World) -> Iterator[Finding]:
    """Weights of nothing, of more than the whole, or of nobody knows what."""
    sums: dict[tuple[str, ...], float] = {}
    names = ("event", "predecessor", "about", "counts", "weight", "number")
    for row, (*group, counts, share, count) in enumerate(world.cells("successions", *names)):
        if not (share or count or counts):
            continue
        if not counts or not (share or count):
            yield world.fault(
                "weight",
                "successions",
                row,
                "what is counted and how much go together.",
            )
        value = number(share) if share else None
        if value is not None:
            # An order may divide a body of which nothing that is counted passed to one of the two.
            if value == 0 and number(count or "1") != 0:
                yield world.fault("weight", "successions", row, "its weight is 0: nothing passed.")
            key = (*group, counts)
            sums[key] = sums.get(key, 0.0) + value
            if sums[key] > 1.001:
                said = f"with it more than the whole of {group[1] or 'nobody'} passed on ({sums[key]:.6g})."
                yield world.fault("weight", "successions", row, said)


def share(world: World) -> Iterator[Finding]:
    """Shares of relations that are nothing, or of nobody knows what."""
    if set(world.column("relationships", "share")) == set(world.column("relationships", "share_of")) == {""}:
        return
    for row, (part, whole) in enumerate(world.cells("relationships", "share", "share_of")):
        if bool(part) != bool(whole) or (part and number(part) == 0):
            yield world.fault("share", "relationships", row, "a share is above 0, and share_of says of what.")


RULES = (sides, itself, may_change, change_day, ends_with_it, weight, share)
