"""An index of the dated edges of a packed store, answering in numbers: nothing is read that the answer does not need.

A node is the number of its id among the store's texts (from 1; 0 is none), a verb its place among `EdgeIndex.verbs`,
a day a number that grows from day to day (`number_of_day`). The edges of a node by a verb stand side by side, those
that point to it are listed beside; a block of either is compared with its checksum when it is first read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmap.graphmodel.stores.edge_columns import ALL, EdgeColumns, HeldOn
from orgmap.graphmodel.stores.packed import EVER, MANY, number_of_day

if TYPE_CHECKING:
    from orgmap.graphmodel.stores.edge_columns import Numbers


MOST = 40
"""For more than one in so many nodes it is quicker to go through all edges than through those of each node."""


TOGETHER = 32
"""So many days are told at one pass over the edges."""


class FoundEdges(NamedTuple):
    """Some edges as columns: the numbers of their rows in the table of relationships, and what stands there."""

    rows: Numbers
    subjects: Numbers
    verbs: Numbers
    objects: Numbers


class Difference(NamedTuple):
    """What holds on the second of two days and not on the first (`begun`), and the other way round (`ended`)."""

    bodies_begun: Numbers
    bodies_ended: Numbers
    begun: FoundEdges
    ended: FoundEdges


class Day(NamedTuple):
    """The bodies in force on a day, and the edges between them as columns."""

    bodies: Numbers
    subjects: Numbers
    verbs: Numbers
    objects: Numbers


class EdgeIndex(EdgeColumns):
    """The edges of a store by node and verb, from either end, and the successions by either side.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     store.edges.neighbours("ccg:10E", "part_of", "2013-06-01")
    ('at:Q67',)
    """

    # Numbers for words, and words for numbers.

    def node(self, body: str) -> int:
        """The number of an id; 0 for what is no body of this store."""
        found = self.texts.known.get(body) or self.texts.number(body)
        return found if found and found <= self.nodes else 0

    def nodes_of(self, bodies: Iterable[str]) -> Numbers:
        """The numbers of ids, 0 for what is no body of this store, as an array."""
        import numpy as np

        return np.fromiter(map(self.node, bodies), dtype=np.uint32)

    def ids(self, nodes: Iterable[int] | Numbers) -> list[str]:
        """The ids of nodes."""
        if isinstance(nodes, list):
            return list(map(self.texts.__getitem__, nodes))
        import numpy as np

        return self.texts.column(np.asarray(nodes))

    def verb(self, verb: str) -> int | None:
        """The number of a verb, or None if no edge has it."""
        return self._verb.get(verb)

    def statuses_of(self, statuses: Iterable[str]) -> frozenset[int] | None:
        """The numbers of those of these statuses that any edge has; None if every edge has one of them."""
        wanted = set(statuses)
        found = frozenset(number for number, status in enumerate(self.statuses) if status in wanted)
        return None if len(found) == len(self.statuses) else found

    # One node.

    def objects(self, node: int, verb: int, day: int) -> list[int]:
        """What a node points to by a verb on a day, in order; what is stated twice stands there twice."""
        found = self._from.near(node * self._width + verb, day)
        return found if isinstance(found, list) else list(found.tolist())

    def subjects(self, node: int, verb: int, day: int) -> list[int]:
        """What points to a node by a verb on a day, in order; what is stated twice stands there twice."""
        found = self._to.near(node * self._width + verb, day)
        return found if isinstance(found, list) else list(found.tolist())

    def neighbours(self, body: str, verb: str, at: str, back: bool = False) -> tuple[str, ...]:
        """The ids of what a body points to by a verb on a day, each once; with `back` of what points to it."""
        node, number = self.node(body), self._verb.get(verb)
        if not node or number is None:
            return ()
        found = (self._to if back else self._from).different(node * self._width + number, number_of_day(at))
        return (self.texts[found[0]],) if len(found) == 1 else tuple(self.ids(found))

    def above(self, node: int, verbs: Sequence[int], day: int) -> list[int]:
        """Everything that a node points to by these verbs on a day, what that points to, and so on, nearest first."""
        found = [node]
        seen = {node}
        for one in found:
            for verb in verbs:
                for upper in self.objects(one, verb, day):
                    if upper not in seen:
                        seen.add(upper)
                        found.append(upper)
        return found[1:]

    def lineage(self, node: int, back: bool = False) -> list[tuple[int, int]]:
        """Everything that a body became, step by step and each step no earlier than the one before, with the first day
        on which it is reached; with `back` everything that it came from, each step no later, with the last such day.

        Steps of which no day is known are not taken.
        """
        grouped, column = (self._back, "predecessor") if back else (self._onward, "successor")
        others, days = self.file.whole(f"successions.{column}"), self.file.whole("successions.day")
        reached = {node: EVER if back else 0}
        waiting = [node]
        for one in waiting:
            for row in grouped.rows(one, one + 1):
                there, day = others[row], days[row]
                if not (there and day and (day <= reached[one] if back else day >= reached[one])):
                    continue
                known = reached.get(there)
                if known is None or (day > known if back else day < known):
                    reached[there] = day
                    waiting.append(there)
        del reached[node]
        return list(reached.items())

    def successions(self, bodies: Iterable[str]) -> list[int]:
        """The rows, rising, of the successions in which one of these bodies has a part."""
        nodes = [node for body in bodies if (node := self.node(body))]
        sides = (self._onward, self._back)
        return sorted({row for node in nodes for side in sides for row in side.rows(node, node + 1)})

    # Many nodes at once.

    def objects_on(self, nodes: Numbers, verb: int, days: Numbers) -> tuple[Numbers, Numbers]:
        """What each of many nodes points to by a verb on a day of its own: the places of the questions that have an
        answer, rising, and the answers; a question with several answers stands there several times."""
        import numpy as np

        return self._from.on_days(nodes.astype(np.int64) * self._width + verb, days)

    def subjects_on(self, nodes: Numbers, verb: int, days: Numbers) -> tuple[Numbers, Numbers]:
        """What points to each of many nodes by a verb on a day of its own, as `objects_on` tells it."""
        import numpy as np

        return self._to.on_days(nodes.astype(np.int64) * self._width + verb, days)

    # The whole graph.

    def between(self, before: int, after: int) -> Difference:
        """What two days differ in, by the numbers of bodies and edges; bodies and edges that are in force alone."""
        import numpy as np

        begin, end = self.lives()
        bodies = [np.flatnonzero(one) for one in _changed(begin, end, before, after)]
        begun, ended = _changed(self.column("valid_from"), self.column("valid_until"), before, after)
        if not self.one_status:
            holding = np.isin(self.column("status"), list(self.in_force))
            begun, ended = begun & holding, ended & holding
        first, last = (one.astype(np.uint32) for one in bodies)
        return Difference(first, last, *(self.edges(np.flatnonzero(one)) for one in (begun, ended)))

    def on_each(self, days: Sequence[int]) -> Iterator[Day]:
        """The bodies in force on each of some days, and the edges in force between them."""
        for start in range(0, len(days), TOGETHER):
            yield from self._on_some(days[start : start + TOGETHER])

    def _on_some(self, days: Sequence[int]) -> Iterator[Day]:
        """The same for so many that all edges are gone through once: each gets a number with a bit for each day."""
        import numpy as np

        there = _bits(*self.lives(), days)
        held = _bits(self.column("valid_from"), self.column("valid_until"), days)
        if not self.one_status:
            held[~np.isin(self.column("status"), list(self.in_force))] = 0
        ever = np.flatnonzero(held != 0)
        held, columns = held[ever], self.edges(ever)[1:]
        held &= there[columns[0]]
        held &= there[columns[2]]
        ends = [0, *np.cumsum([np.count_nonzero(held & bit) for bit in _each_bit(days)])]
        # All days of a column together: what is asked for in large pieces the system gives out in large pages.
        cells = [np.empty(ends[-1], dtype=column.dtype) for column in columns]
        for bit, start, end in zip(_each_bit(days), ends, ends[1:], strict=False):
            kept = np.flatnonzero(held & bit != 0)
            for column, out in zip(columns, cells, strict=True):
                column.take(kept, out=out[start:end], mode="clip")
            bodies = np.flatnonzero(there & bit != 0).astype(np.uint32)
            yield Day(bodies, *(out[start:end] for out in cells))

    def rows_between(self, there: Numbers, day: int | None) -> Numbers:
        """The rows of the edges in force on a day (None: on any) both of whose ends are there (see `there`)."""
        import numpy as np

        rows = np.flatnonzero(self.holding(slice(None), day))
        return rows[there[self.column("subject")[rows]] & there[self.column("object")[rows]]]

    def _with_end(self, rows: Any, side: str, nodes: Iterable[int]) -> Numbers:
        """Those of these edges that have one of these nodes at one end."""
        import numpy as np

        among = np.zeros(self.nodes + 1, dtype=bool)
        among[list(nodes)] = True
        among[0] = False
        kept: Numbers = rows[among[self.column(side)[rows]]]
        return kept

    def ends(self, rows: Numbers | list[int]) -> list[tuple[str, str]]:
        """The ids of both ends of some edges, in their order."""
        if len(rows) <= MANY:
            self._check_rows(rows)
            ends = [[column[row] for row in rows] for column in (self._subject, self._object)]
        else:
            ends = [self.column(name)[rows].tolist() for name in ("subject", "object")]
        subjects, objects = map(self.ids, ends)
        return list(zip(subjects, objects, strict=True))

    def edges(self, rows: Numbers) -> FoundEdges:
        """Some edges as columns."""
        return FoundEdges(rows, *(self.column(name)[rows] for name in ("subject", "verb", "object")))

    def rows(
        self,
        subjects: Iterable[int] | None = None,
        objects: Iterable[int] | None = None,
        verbs: Iterable[int] | None = None,
        wanted: HeldOn = ALL,
    ) -> Numbers | list[int]:
        """The rows, rising, of the edges that are wanted, from some nodes, to some, by some verbs (None: any)."""
        words = None if verbs is None else sorted(verbs)
        if subjects is None and objects is None:
            return self.filtered(None, words, wanted)
        nodes, grouped = (subjects, self._from) if subjects is not None else (objects, self._to)
        assert nodes is not None
        nodes = list(nodes)
        if len(nodes) * MOST > self.count and len(nodes) > MANY:
            kept = self.filtered(None, words, wanted)
            for side, ends in (("subject", nodes if subjects is not None else None), ("object", objects)):
                kept = kept if ends is None else self._with_end(kept, side, ends)
            return kept
        keys = [node * self._width for node in sorted(set(nodes)) if node]
        if words is None:
            spans = [grouped.rows(key, key + self._width) for key in keys]
        else:
            spans = [grouped.rows(key + verb, key + verb + 1) for key in keys for verb in words]
        found = list(chain.from_iterable(spans))
        if grouped is self._to:
            found.sort()
        elif objects is not None:
            ends = set(objects)
            self._check_rows(found)
            found = [row for row in found if self._object[row] in ends]
        return self.filtered(found, None, wanted)


def _each_bit(days: Sequence[int]) -> Iterator[Any]:
    """The bit of each day in the numbers that `_bits` tells."""
    import numpy as np

    return (np.uint32(1 << place) for place in range(len(days)))


def _bits(begin: Numbers, end: Numbers, days: Sequence[int]) -> Numbers:
    """For each of these periods a number that has a bit for each of some days, one if it holds on that day."""
    import numpy as np

    first, behind = min(days), max(days) + 1
    every = np.arange(first, behind + 1)
    begun, lasting = np.zeros((2, len(every)), dtype=np.uint32)
    for bit, day in zip(_each_bit(days), days, strict=True):
        begun[every <= day] |= bit
        lasting[every > day] |= bit
    found: Numbers = begun[np.clip(begin, first, behind) - first]
    found &= lasting[np.clip(end, first, behind) - first]
    return found


def _changed(begin: Numbers, end: Numbers, before: int, after: int) -> tuple[Numbers, Numbers]:
    """Which of these periods hold on the second of two days and not on the first, and the other way round."""
    then, now = ((begin <= day) & (day < end) for day in (before, after))
    return now & ~then, then & ~now
