"""The dated edges of a packed store as columns, of which nothing is read that was not compared."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmap.graphmodel.stores.edge_sides import AHEAD, BACK, Side
from orgmap.graphmodel.stores.grouped import BITS, Grouped
from orgmap.graphmodel.stores.packed import EVER, MANY, PackedFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]
    """An array of numbers of nodes, rows, verbs or days."""

COLUMNS = {"subject": "I", "object": "I", "valid_from": "i", "valid_until": "i", "verb": "B", "status": "B"}
"""What is kept of an edge, and how: its two nodes, its first day and that after its last, its verb and status."""

WORTH_LOADING = 20_000
"""From so many rows on, arrays filter faster than a loop even if their package must be loaded first."""


class HeldOn(NamedTuple):
    """Which edges are asked for: those in force on one day and not on another, with one of some statuses (None:
    whichever), by the numbers of these."""

    at: int | None = None
    not_at: int | None = None
    statuses: frozenset[int] | None = None


ALL = HeldOn()


class EdgeColumns:
    """The columns of the edges, which edges are wanted, and who is there when."""

    def __init__(self, file: PackedFile) -> None:
        self.file, self.texts = file, file.texts
        self.nodes: int = file.edges["nodes"]
        self.count: int = file.edges["rows"]
        self.verbs: tuple[str, ...] = tuple(file.edges["verbs"])
        self.statuses: tuple[str, ...] = tuple(file.edges["statuses"])
        self._verb = {verb: number for number, verb in enumerate(self.verbs)}
        self._width = len(self.verbs)
        self._onward, self._back = Grouped(file, "successions from"), Grouped(file, "successions to")
        self._columns = {name: file.numbers(f"edges.{name}", cell) for name, cell in COLUMNS.items()}
        self._subject, self._object = self._columns["subject"], self._columns["object"]
        self._begin, self._end = self._columns["valid_from"], self._columns["valid_until"]
        self._status = self._columns["status"]
        self._checked = bytearray(1 + (self.count >> BITS))
        known = "in_force" in self.statuses
        self.in_force = frozenset({self.statuses.index("in_force")} if known else ())
        self.one_status = self.statuses in ((), ("in_force",))
        self._from, self._to = Side(self, AHEAD), Side(self, BACK)
        self._arrays: dict[str, Numbers] = {}

    def close(self) -> None:
        """Nothing is answered any more from what was compared while the store was open."""
        self._checked = bytearray(len(self._checked))
        self._arrays = {}

    def holding(self, rows: Any, days: Any) -> Numbers:
        """Whether each of some edges is in force on a day (None: on any), or each on a day of its own."""
        import numpy as np

        begin, end = self.column("valid_from")[rows], self.column("valid_until")[rows]
        kept: Numbers = np.ones(len(begin), dtype=bool) if days is None else (begin <= days) & (days < end)
        if not self.one_status:
            kept &= np.isin(self.column("status")[rows], list(self.in_force))
        return kept

    def filtered(
        self, rows: list[int] | None, verbs: Sequence[int] | None, wanted: HeldOn
    ) -> Numbers | list[int]:
        """Those of these edges (None: of all) that are wanted."""
        if rows is not None and len(rows) <= (MANY if "numpy" in sys.modules else WORTH_LOADING):
            self._check_rows(rows)
            begins, ends, statuses = self._begin, self._end, self._status
            if (at := wanted.at) is not None:
                rows = [row for row in rows if begins[row] <= at < ends[row]]
            if (not_at := wanted.not_at) is not None:
                rows = [row for row in rows if not begins[row] <= not_at < ends[row]]
            if (of := wanted.statuses) is not None:
                rows = [row for row in rows if statuses[row] in of]
            return rows
        import numpy as np

        chosen = slice(None) if rows is None else np.asarray(rows, dtype=np.intp)
        kept = np.ones(self.count if rows is None else len(rows), dtype=bool)
        for day, holding in ((wanted.at, True), (wanted.not_at, False)):
            if day is not None:
                begins_, ends_ = self.column("valid_from")[chosen], self.column("valid_until")[chosen]
                kept &= ((begins_ <= day) & (day < ends_)) == holding
        if wanted.statuses is not None:
            kept &= np.isin(self.column("status")[chosen], list(wanted.statuses))
        if verbs is not None:
            kept &= np.isin(self.column("verb")[chosen], list(verbs))
        return np.flatnonzero(kept) if isinstance(chosen, slice) else chosen[kept]

    def lives(self) -> tuple[Numbers, Numbers]:
        """The first day of each node and the day after its last, by its number; what is no body is never there."""
        import numpy as np

        if "lives" not in self._arrays:
            ids = self.whole("entities.id")
            begin, end = np.full(self.nodes + 1, EVER, np.int32), np.zeros(self.nodes + 1, np.int32)
            begin[ids] = self.whole("entities.valid_from").view(np.int32)
            end[ids] = self.whole("entities.valid_until").view(np.int32)
            self._arrays["lives"] = np.stack([begin, end])
        begin, end = self._arrays["lives"]
        return begin, end

    def there(self, day: int | None) -> Numbers:
        """Whether each node, by its number, is a body in force on a day (None: on any)."""
        import numpy as np

        if day is None:
            known: Numbers = np.zeros(self.nodes + 1, dtype=bool)
            known[self.whole("entities.id")] = True
            return known
        begin, end = self.lives()
        there: Numbers = (begin <= day) & (day < end)
        return there

    # What is compared before it is read.

    def column(self, name: str) -> Numbers:
        """A column of all edges, in place: all of it is compared first."""
        return self.whole(f"edges.{name}", COLUMNS[name])

    def whole(self, part: str, cell: str = "I") -> Numbers:
        """A part of the file as an array, in place: all of it is compared first."""
        import numpy as np

        found = self._arrays.get(part)
        if found is None:
            view = self.file.whole(part, cell)
            found = self._arrays[part] = np.frombuffer(view, dtype=np.dtype(cell))
        return found

    def _check_rows(self, rows: Iterable[int]) -> None:
        checked = self._checked
        for row in rows:
            if not checked[row >> BITS]:
                self._check(row, row + 1)

    def _check(self, start: int, end: int) -> None:
        """Compares the blocks in which these edges stand, of every column."""
        for block in range(start >> BITS, (end - 1 >> BITS) + 1):
            if not self._checked[block]:
                first, last = block << BITS, min(block + 1 << BITS, self.count)
                for name, view in self._columns.items():
                    self.file.check(f"edges.{name}", first * view.itemsize, last * view.itemsize)
                self._checked[block] = 1
