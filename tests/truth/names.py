"""Every official name that the tables hold, asked for on days of its life: which body is taken for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from orgmap.graphmodel.dates import FIRST_DAY, day_before
from orgmap.graphmodel.errors import Ambiguous, OrgmapError
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds, things
from orgmap.queries.body.resolve import candidates, resolve, standing
from tests.truth.published import kept, part_told

LAST_DAY = "2026-10-01"

FOUND, LISTED, NAMESAKE, BEATEN, WRONG = "found", "listed", "namesake", "beaten", "wrong"
OUTCOMES = {
    FOUND: "the body itself",
    LISTED: "exit 3, the body among at most five candidates",
    NAMESAKE: "exit 3, one of more than five namesakes",
    BEATEN: "a body of law or an office of the same name, this one told beside it",
    WRONG: "anything else",
}
"""What may come of asking for a body by its official name, and in words."""


class Asked(NamedTuple):
    """A name on a day of a body's life, and what came of asking for it."""

    body: Entity
    name: str
    at: str
    outcome: str
    told: str = ""


EVERY = 20
"""One body in so many is asked for the page, unless all are."""


def official_names(store: Store, body: Entity) -> Iterator[tuple[str, str, str]]:
    """The official names of a body, each with the first and the last day of it within the body's life."""
    first, end = body.valid_from or FIRST_DAY, body.valid_until or "9999"
    own = [
        word
        for word in store.details(body.id).names
        if word.sort in ("official", "former") and (word.valid_from or word.valid_until)
    ]
    for word in own:
        start, until = max(first, word.valid_from or ""), min(end, word.valid_until or "9999")
        if start < until and start <= LAST_DAY:
            yield word.value, start, LAST_DAY if until > LAST_DAY else day_before(until)
    if not own and body.name and first < end and first <= LAST_DAY:
        yield body.name, first, LAST_DAY if end > LAST_DAY else day_before(end)


def asked(store: Store, bodies: Iterable[Entity]) -> Iterator[Asked]:
    """Each official name of these bodies, on every day on which the answer may be another than the day before."""
    for body in bodies:
        for name, first, last in official_names(store, body):
            days = {first, last}
            for other in candidates(store, name):
                days |= {day for day in other.period if day and first < day <= last}
            for at in sorted(days):
                # Where names overlap, the later one is that of the day.
                [of_day] = store.entities(ids=[body.id], at=at)
                if of_day.name == name:
                    yield _ask(store, body, name, at)


def _ask(store: Store, body: Entity, name: str, at: str) -> Asked:
    try:
        taken = resolve(store, name, at)
    except Ambiguous as error:
        if any(line.startswith(f"{body.id} ") for line in error.candidates):
            return Asked(body, name, at, LISTED)
        told = "; ".join(error.candidates)
        return Asked(body, name, at, NAMESAKE if len(error.candidates) == 5 else WRONG, told)
    except OrgmapError as error:
        return Asked(body, name, at, WRONG, str(error))
    if taken.id == body.id:
        return Asked(body, name, at, FOUND)
    beaten = standing(taken.kind) > standing(body.kind)
    return Asked(body, name, at, BEATEN if beaten else WRONG, f"{taken.id} {taken.name}")


def everybody(store: Store) -> list[Entity]:
    """Every body of the tables."""
    return [body for body in store.entities() if body.kind not in things()]


def figures() -> str:
    """How often a body's official name finds it on the days of its life, by kind, as a section of a page."""
    from orgmap.loaders.open import open_store

    with open_store() as store:
        worst: dict[str, dict[str, str]] = {}
        for one in asked(store, [one for number, one in enumerate(everybody(store)) if kept(EVERY)(number)]):
            known = worst.setdefault(one.body.kind, {})
            key = f"{one.body.id} {one.name}"
            known[key] = max(known.get(key, FOUND), one.outcome, key=list(OUTCOMES).index)
    counts = {kind: Counter(found.values()) for kind, found in worst.items()}
    lines = [
        "## Official names",
        "",
        "Every official name is asked for on each day of the body's life on which the answer may change; counted is the"
        " worst that came of it.",
        "",
        part_told(EVERY, "the bodies"),
        "",
        f"| kind | names | {' | '.join(OUTCOMES.values())} |",
        f"|---|{'--:|' * (len(OUTCOMES) + 1)}",
    ]
    for kind in sorted(counts, key=lambda kind: kinds()[kind].label):
        cells = [f"{counts[kind][outcome]:,}" for outcome in OUTCOMES]
        lines.append(f"| {kinds()[kind].label} | {sum(counts[kind].values()):,} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(figures())
