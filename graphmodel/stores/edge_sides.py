"""The dated edges as seen from one of their ends: those of a node by a verb side by side, with what is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmap.graphmodel.stores.grouped import BITS, Grouped, spread
from orgmap.graphmodel.stores.packed import MANY

if TYPE_CHECKING:
    from orgmap.graphmodel.stores.edge_columns import EdgeColumns, Numbers

AHEAD, BACK = "edges from", "edges to"
"""The parts in which the edges are grouped by their subject and verb, and by their object and verb."""

LOOKED_AT = ("valid_from", "valid_until", "status")
"""What is looked at of each edge beside its other end."""


def column_of(side: str, column: str) -> str:
    """The part in which a column of the edges stands in the order of one of their sides.

    >>> column_of(AHEAD, "object"), column_of(BACK, "subject")
    ('edges.object', 'edges to.subject')
    """
    return f"edges.{column}" if side == AHEAD else f"{side}.{column}"


class Side(Grouped):
    """The edges of each node and verb (a key), from one end; the other ends of a key rise."""

    def __init__(self, edges: EdgeColumns, name: str) -> None:
        super().__init__(edges.file, name)
        self._edges = edges
        other = "object" if name == AHEAD else "subject"
        self._parts = [column_of(name, column) for column in (other, *LOOKED_AT)]
        self._views = [self._file.numbers(part, cell) for part, cell in zip(self._parts, "IiiB", strict=True)]
        self.other, self.begin, self.end, self.status = self._views
        self._compared = bytearray(1 + (len(self.other) >> BITS))

    def near(self, key: int, day: int) -> Numbers | list[int]:
        """The other ends of a key's edges on a day, a column where there are many; what is stated twice stands there
        twice."""
        if not self.checked[key >> BITS]:
            self.check(key >> BITS)
        start, end = self.places[key], self.places[key + 1]
        if start == end:
            return []
        if end - start > MANY:
            return self._array(start, end, day)
        if not (self._compared[start >> BITS] and self._compared[end - 1 >> BITS]):
            self._compare(start, end)
        begins, ends, others, every = self.begin, self.end, self.other, self._edges.one_status
        found = []
        for row in range(start, end):
            if begins[row] <= day < ends[row] and (every or self.status[row] in self._edges.in_force):
                found.append(others[row])
        return found

    def different(self, key: int, day: int) -> Numbers | list[int]:
        """The same, each once."""
        found = self.near(key, day)
        if len(found) < 2:
            return found
        if isinstance(found, list):
            return list(dict.fromkeys(found))
        import numpy as np

        new = np.ones(len(found), dtype=bool)
        np.not_equal(found[1:], found[:-1], out=new[1:])
        return found[new]

    def _array(self, start: int, end: int, day: int) -> Numbers:
        """The other ends of some edges that are in force on a day, from slices of the columns in place."""
        import numpy as np

        self._compare(start, end)
        begin, until = (np.frombuffer(view, np.int32)[start:end] for view in (self.begin, self.end))
        kept = begin <= day
        kept &= until > day
        if not self._edges.one_status:
            status = np.frombuffer(self.status, np.uint8)[start:end]
            kept &= np.isin(status, list(self._edges.in_force))
        found: Numbers = np.frombuffer(self.other, np.uint32)[start:end][kept]
        return found

    def on_days(self, keys: Numbers, days: Numbers) -> tuple[Numbers, Numbers]:
        """The other ends of the edges of many keys, each on a day of its own: the places of the keys that have any,
        rising, and the other ends; a key with several stands there several times."""
        import numpy as np

        whole = self._edges.whole
        asked, rows = spread(whole(self.name), keys)
        other, begin, end, status = (
            whole(part, cell) for part, cell in zip(self._parts, "IiiB", strict=True)
        )
        at = days[asked]
        kept = begin[rows] <= at
        kept &= end[rows] > at
        if not self._edges.one_status:
            kept &= np.isin(status[rows], list(self._edges.in_force))
        return asked[kept], other[rows[kept]]

    def _compare(self, start: int, end: int) -> None:
        """Compares the blocks in which these edges stand, of every column that is looked at."""
        for block in range(start >> BITS, (end - 1 >> BITS) + 1):
            if not self._compared[block]:
                first, last = block << BITS, min(block + 1 << BITS, len(self.other))
                for part, view in zip(self._parts, self._views, strict=True):
                    self._file.check(part, first * view.itemsize, last * view.itemsize)
                self._compared[block] = 1

    def close(self) -> None:
        """The file is closed: every block is compared again before it is read."""
        super().close()
        self._compared = bytearray(len(self._compared))
