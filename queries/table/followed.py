"""What has become of the body in a cell by another day: itself, its one successor, or the shares of several."""

from __future__ import annotations

from functools import lru_cache

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError
from orgmap.graphmodel.model import Entity, Succession
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.strays import LEAST_SHARE
from orgmap.graphmodel.text import safe_cell
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.successors import BOUNDARY, GOES_ON, Successor, span, successors_on
from orgmap.queries.place.find import WHOLE, practice_of
from orgmap.queries.place.places import place_of
from orgmap.queries.table.columns import joined

SUCCESSOR_COLUMNS = (
    "successor",
    "successor_name",
    "successor_code",
    "successor_gss",
    "successor_shares",
)
"""What `annotate --to-day` adds: the one body that has taken over, or is there still, and the shares of all have."""

NOBODY = ("",) * len(SUCCESSOR_COLUMNS)


class Following:
    """Follows ended bodies to those that are there on a day.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     cells, _ = Following(store, "2023-01-01").follow("ccg:10E", "2014-06-01")
    >>> cells[0]
    'icb:QKS'
    """

    def __init__(self, store: Store, to_day: AnyDay) -> None:
        self._store = store
        self._to_day = day_of(to_day)
        self.follow = lru_cache(maxsize=20_000)(self._follow)

    def _follow(self, cell: str, at: str) -> tuple[tuple[str, ...], str]:
        """The cells of `SUCCESSOR_COLUMNS` for a cell that names a body on the day `at`, and what must be said.

        A cell that names a place has no successor and no note.
        """
        try:
            body, taken = self._body(cell, at) if cell and at else (None, "")
        except OrgmapError:
            return NOBODY, ""  # why it is not known is said of the row already
        if body is None:
            return NOBODY, ""
        cells, note = self._successors_of(body)
        lost = [] if cells == NOBODY else self._boundaries(body, at)
        return cells, joined((taken, note, *lost))

    def _boundaries(self, body: Entity, at: str) -> list[str]:
        """What a body, or who took over from it, gave away by a change of boundaries between the two days."""
        sentences: list[str] = []
        waiting, seen = {body.id}, set[str]()
        while waiting:
            seen |= waiting
            onward: set[str] = set()
            for event, parts in self._store.events(ids=sorted(waiting)):
                for part in parts:
                    if part.predecessor not in waiting or not part.successor or part.stray:
                        continue
                    first = span(event)[0]
                    if event.kind == BOUNDARY and at < first <= self._to_day:
                        sentences.append(self._gave(body.id, part, first))
                    elif event.kind not in GOES_ON and first <= self._to_day:
                        onward.add(part.successor)
            waiting = onward - seen
        return sorted(dict.fromkeys(sentences))

    def _gave(self, body: str, part: Succession, day: str) -> str:
        """One change of boundaries in words, its weight with it, and who has taken over from the other by now."""
        share = "a part" if part.weight is None else f"{part.weight:.0%}"
        of = f" of the {part.counts.replace('_', ' ')}" if part.counts else ""
        whose = "" if part.predecessor == body else f" of {part.predecessor}"
        successors = ", ".join(
            successor.body
            for successor in successors_on(self._store, part.successor, self._to_day)
            if successor.body
        )
        now = f", now {successors}" if successors else ""
        return f"boundary changed on {day}: {share}{of}{whose} went to {part.successor}{now}"

    def _successors_of(self, body: Entity) -> tuple[tuple[str, ...], str]:
        if body.in_force_on(self._to_day):
            return self._one(body.id, f"{body.id} 100%"), ""
        if body.valid_from and self._to_day < body.valid_from:
            return NOBODY, f"{body.label} had not begun by {self._to_day}"
        successors = successors_on(self._store, body.id, self._to_day)
        if not successors:
            return NOBODY, f"no successor of {body.label} is known on {self._to_day}"
        shares = ", ".join(_share(successor) for successor in successors)
        if successor := _the_one(successors):
            strays = ", ".join(_share(other) for other in successors if other != successor)
            return self._one(successor.body, shares), f"strays not followed: {strays}" if strays else ""
        counts = "; ".join(sorted({successor.counts for successor in successors if successor.counts}))
        by = f" by {counts}" if counts else ""
        return (*NOBODY[:-1], shares), f"split{by} on the way to {self._to_day}: {shares}"

    def _body(self, cell: str, at: str) -> tuple[Entity | None, str]:
        """The body that a cell names, as `find` reads it, and what it is taken for; None if it names a place."""
        if practice := practice_of(self._store, cell):
            return practice, ""
        try:
            kind = place_of(self._store, cell, at).kind
        except (Ambiguous, NothingFound):
            # Its area is not known, or it is the last of those that had a code and have all ended.
            body = resolve(self._store, cell, at)
            return body, "" if cell == body.id else f"followed as {body.id}"
        return resolve(self._store, cell, at, frozenset({kind})) if kind in kinds() else None, ""

    def _one(self, body: str, shares: str) -> tuple[str, ...]:
        ids = [body]
        [entity] = self._store.entities(ids=ids, at=self._to_day) or self._store.entities(ids=ids)
        codes = dict(entity.codes)
        return body, safe_cell(entity.label), codes.get("ods", ""), codes.get("gss", ""), shares


def _the_one(successors: list[Successor]) -> Successor | None:
    """The successor that took over as a whole: all others are strays, or together got less than a few in a hundred."""
    real = [successor for successor in successors if not successor.stray]
    if len(real) > 1 and all(successor.weight is not None for successor in real):
        real = [successor for successor in real if (successor.weight or 0.0) > 1 - LEAST_SHARE] or real
    return real[0] if len(real) == 1 and real[0].body else None


def _share(successor: Successor) -> str:
    name = successor.body or "not known"
    if successor.weight is None:
        return f"{name} (share not known)"
    return f"{name} 100%" if successor.weight >= WHOLE else f"{name} {successor.weight:.1%}"
