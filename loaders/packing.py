"""Writing tables as packed rows (see `orgmap.graphmodel.stores.packed`): read there, made here."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import nan
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import IN_FORCE, ChangeEvent, Relationship, Succession
from orgmap.graphmodel.store import relationship_order
from orgmap.graphmodel.stores.packed import (
    EVER,
    HEAD,
    capitals,
    number_of_day,
    struct_of,
)
from orgmap.graphmodel.stores.packed_places import GROUP_BITS, group_of, number_of_half, packed_half
from orgmap.graphmodel.stores.postcode_words import SMALL, PostcodeRow
from orgmap.graphmodel.stores.sealed import BLOCK
from orgmap.graphmodel.tables import NUMBERS, TABLES
from orgmap.loaders.dataset import columns_of
from orgmap.loaders.edge_packing import codes_of, group, pack_edges, pack_successions
from orgmap.loaders.halves import halves_of
from orgmap.loaders.rows import Row


class Packing(NamedTuple):
    """How a table is packed: its columns in order, in which order its rows stand, which columns stand by themselves
    too, which have an index, and which one without regard to capital letters; `of_bodies` are rows in the order of the
    bodies that their first column names, so that those of a body are found by its number."""

    columns: tuple[str, ...]
    order: Callable[[Row], Any]
    alone: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    of_bodies: bool = False


_DATED = ("valid_from", "valid_until")
_LIFE = (*_DATED, "from_precision", "until_precision", "source", "locator", "note")


PACKINGS = {
    "entities": Packing(
        ("id", "kind", "name", *_LIFE), itemgetter(0), ("id", "kind", *_DATED), ("kind",), (), True
    ),
    "phases": Packing(("entity", "status", *_LIFE), itemgetter(0), ("status",), of_bodies=True),
    "names": Packing(
        ("entity", "name", "use", *_LIFE), itemgetter(0, 1, 2), ("entity", *_DATED), of_bodies=True
    ),
    "identifiers": Packing(
        ("entity", "scheme", "code", *_LIFE), itemgetter(0, 1, 2), ("entity", *_DATED), (), ("code",), True
    ),
    "locations": Packing(("entity", "postcode", *_LIFE), itemgetter(0), of_bodies=True),
    "relationships": Packing(
        Relationship._fields,
        lambda row: relationship_order(Relationship._make(row)),
    ),
    "events": Packing(ChangeEvent._fields, lambda row: (row[2] or "", row[0]), ("date",), ("id",)),
    "successions": Packing(Succession._fields, itemgetter(0, 1, 2, 3), (), ("event",)),
}
"""How each packed table is packed: its rows stand in the order in which a store gives them back."""


class _Numbers(dict[str | None, int]):
    """The number of each cell that was asked for, told once by a function."""

    def __init__(self, number: Callable[[str | None], int]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, cell: str | None) -> int:
        """A cell that was not asked for yet."""
        found = self[cell] = self._number(cell)
        return found


class Packer:
    """Gathers texts and parts, and writes them behind the pages of a store."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {"": 0}
        self._parts: dict[str, Any] = {}
        self._tables: dict[str, Any] = {}
        self._days: dict[str, int] = {}
        self.nodes = 0
        self.stages: dict[str, tuple[str, str | None]] = {}
        self.edges: dict[str, Any] = {"rows": 0, "nodes": 0, "verbs": [], "statuses": []}

    def bodies(self, ids: Iterable[str]) -> None:
        """Gives every body, before anything else is added, the number by which the index of edges knows it.

        Raises `ValueError` if an id stands there twice.
        """
        listed = list(ids)
        self._texts = {"": 0, **{one: number for number, one in enumerate(listed, 1)}}
        self.nodes = len(listed)
        if len(self._texts) <= self.nodes:
            raise ValueError("The ids of bodies are not all different.")

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Packs one of the declared tables."""
        packing = PACKINGS[name]
        declared, columns = TABLES[name], packing.columns
        sorts = [_sort(declared.column(column).type) for column in columns]
        as_packed = itemgetter(*(declared.columns.index(column) for column in columns))
        ordered = sorted(map(as_packed, rows), key=packing.order)
        self._tables[name] = {"rows": len(ordered), "columns": columns, "sorts": sorts}
        words = columns_of(ordered, len(columns))
        cells = [
            self._encoded(name, sort, column)
            for name, sort, column in zip(columns, sorts, words, strict=True)
        ]
        row = struct_of(sorts)
        self._parts[name] = b"".join(row.pack(*values) for values in zip(*cells, strict=True))
        for column in packing.alone:
            self._parts[f"{name}.{column}"] = array("i", cells[columns.index(column)])
        for column in packing.indexed:
            self._index(f"{name} by {column}", cells[columns.index(column)])
        if packing.of_bodies:
            group(self, f"{name} by body", cells[0])
        for column in packing.capitals:
            place = columns.index(column)
            self._index(f"{name} by {column}", [self.number(capitals(row[place])) for row in ordered])
        if name in ("relationships", "events", "successions"):
            self._index_edges(
                name, dict(zip(columns, words, strict=True)), dict(zip(columns, cells, strict=True))
            )

    def _index_edges(
        self, name: str, words: Mapping[str, Sequence[Any]], cells: Mapping[str, Sequence[Any]]
    ) -> None:
        """Adds to the index of edges what a table has for it: its columns as they are, and packed."""
        if name == "relationships":
            (verb, verbs), (status, statuses) = codes_of(words["verb"]), codes_of(words["status"])
            pack_edges(self, {**cells, "verb": verb, "status": status}, verbs, statuses)
        elif name == "events":
            dated = zip(words["id"], cells["date"], words["status"], strict=True)
            self._days = {event: day for event, day, status in dated if IN_FORCE.shows(status)}
        else:
            pairs = zip(words["event"], words["stray"], words["status"], strict=True)
            days = [
                0 if stray or not IN_FORCE.shows(status) else self._days.get(event, 0)
                for event, stray, status in pairs
            ]
            pack_successions(self, cells["predecessor"], cells["successor"], days)

    def part(self, name: str, cells: Any) -> None:
        """Adds an array as it is."""
        self._parts[name] = cells

    def numbers(self, name: str, numbers: Iterable[int]) -> None:
        """Adds a part of four-byte numbers."""
        self._parts[name] = array("I", numbers)

    def number(self, text: str) -> int:
        """The number of a text, a new one if it has none yet."""
        return self._texts.setdefault(text, len(self._texts))

    def _encoded(self, column: str, sort: str, cells: Sequence[Any]) -> list[Any]:
        """The cells of a column as they are packed; every different one is looked at once, in the order of the rows."""
        if sort == "number":
            return [nan if cell is None else cell for cell in cells]
        if sort == "text":
            numbers = _Numbers(lambda cell: self.number(cell or ""))
        else:
            unknown = EVER if column == "valid_until" else 0
            numbers = _Numbers(lambda cell: number_of_day(cell, unknown))
        return list(map(numbers.__getitem__, cells))

    def _index(self, name: str, cells: list[int]) -> None:
        of: dict[int, list[int]] = {}
        for number, cell in enumerate(cells):
            if cell:
                of.setdefault(cell, []).append(number)
        self.index(name, of)

    def index(self, name: str, of: Mapping[int, Sequence[int]]) -> None:
        """Adds which numbers belong to which: the keys rising, where the numbers of each begin, and these."""
        keys, places, rows = sorted(of), [0], array("I")
        for key in keys:
            rows.extend(of[key])
            places.append(len(rows))
        self.ready_index(name, keys, places, rows)

    def ready_index(self, name: str, keys: list[int], places: list[int], rows: array[int]) -> None:
        """Adds an index whose parts are there already."""
        self.numbers(name, keys)
        self.numbers(f"{name}, places", places)
        self._parts[f"{name}, rows"] = rows

    def write(self, path: Path) -> None:
        """Appends everything to a file, each part from the start of a block of its own, the directory last."""
        self._parts.update(_texts(list(self._texts)))
        laid: dict[str, tuple[int, int]] = {}
        with path.open("ab") as file:
            begin, end = file.tell(), BLOCK
            for name, part in self._parts.items():
                length = memoryview(part).nbytes
                laid[name] = (end, length)
                end += -(-length // BLOCK) * BLOCK
            about = {"parts": laid, "tables": self._tables, "edges": self.edges, "stages": self.stages}
            directory = json.dumps(about).encode()
            file.write(HEAD.pack(end, len(directory)))
            for name, part in self._parts.items():
                file.write(bytes(begin + laid[name][0] - file.tell()))
                file.write(part)
            file.write(bytes(begin + end - file.tell()) + directory)
            file.write(bytes(-file.tell() % BLOCK))


def _sort(declared: str) -> str:
    """As what a cell of a declared type is packed."""
    if declared in NUMBERS:
        return "number"
    return "day" if declared == "day" else "text"


def _texts(texts: list[str]) -> Mapping[str, Any]:
    """The texts by number, where each ends, and where the number of each is found by its checksum."""
    raw = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends, end = array("I"), 0
    for one in raw:
        end += len(one)
        ends.append(end)
    size = 1 << max(4, (2 * len(raw)).bit_length())
    hashed = array("I", bytes(4 * size))
    for number, one in enumerate(raw):
        if number:
            place = crc32(one) & (size - 1)
            while hashed[place]:
                place = (place + 1) & (size - 1)
            hashed[place] = number
    return {"texts": b"".join(raw), "texts.ends": ends, "texts.hashed": hashed}


def pack_postcodes(packer: Packer, rows: Iterable[Row]) -> Callable[[str], PostcodeRow | None]:
    """Packs all postcodes, each as its second half and the number of its group, and gives what is told of each.

    A group is a row of the table; groups are numbered in each outcode from 0. Raises `DataBroken` for a second half
    that no postcode has.
    """
    import numpy as np

    outcodes, inwards, codes, seen, earlier = columns_of(rows, 5)
    halves = halves_of(outcodes, inwards)
    numbers = {outcode: packer.number(outcode) for outcode in outcodes}
    outcode_of_row = np.fromiter(map(numbers.__getitem__, outcodes), dtype=np.uint64, count=len(outcodes))
    order = np.argsort(outcode_of_row, kind="stable")
    keys, bases, sizes = np.unique(outcode_of_row[order], return_index=True, return_counts=True)
    if len(sizes) and int(sizes.max()) >> GROUP_BITS:
        raise DataBroken(
            f"The table postcodes has more than {1 << GROUP_BITS:,} rows of one outcode; no store can hold them."
        )
    group = np.empty(len(order), dtype=np.uint32)
    group[order] = np.arange(len(order)) - np.repeat(bases, sizes)
    packed = halves.numbers << GROUP_BITS | group[halves.rows]
    ordered = np.sort(outcode_of_row[halves.rows] << np.uint64(32) | packed)
    places = [*np.searchsorted(ordered, keys << np.uint64(32)).tolist(), len(ordered)]
    lows = array("I", ordered.astype(np.uint32).tobytes())
    packer.ready_index("postcodes", keys.tolist(), places, lows)
    packer.numbers("postcodes, bases", bases.tolist())
    rows_in_order = order.tolist()
    packer.numbers(
        "postcodes, groups",
        (packer.number(words[row]) for row in rows_in_order for words in (codes, seen, earlier)),
    )
    lying = dict(zip(keys.tolist(), zip(bases.tolist(), pairwise(places), strict=True), strict=True))
    number_of, found = cache(number_of_half), memoryview(lows)

    def row_of(postcode: str) -> PostcodeRow | None:
        base, (start, end) = lying.get(numbers.get(postcode[:-3], 0), (0, (0, 0)))
        half = packed_half(found[start:end], number_of(postcode[-3:]))
        if half is None:
            return None
        row = rows_in_order[base + group_of(half)]
        return PostcodeRow(str(codes[row]), str(seen[row]), str(earlier[row]))

    return row_of


def pack_neighbourhoods(packer: Packer, parts: Iterable[Row]) -> None:
    """Packs how many people of each neighbourhood live in which area (rows of code, area, people), both ways, and how
    many live in each neighbourhood and, by its small areas, in each area."""
    of_code: dict[int, list[tuple[int, float]]] = {}
    living: dict[int, float] = {}
    for code, area, people in sorted(parts):
        number = packer.number(area)
        of_code.setdefault(packer.number(code), []).append((number, people))
        if code.startswith(SMALL):
            living[number] = living.get(number, 0.0) + people
    packer.index("neighbourhoods", {code: [area for area, _ in some] for code, some in of_code.items()})
    listed = [of_code[code] for code in sorted(of_code)]
    packer.part("neighbourhoods, people", array("d", [people for some in listed for _, people in some]))
    packer.numbers("neighbourhoods, of", (place for place, some in enumerate(listed) for _ in some))
    packer.part("neighbourhoods, living", array("d", [sum(people for _, people in some) for some in listed]))
    of_area: dict[int, list[int]] = {}
    for row, (area, _) in enumerate(pair for some in listed for pair in some):
        of_area.setdefault(area, []).append(row)
    packer.index("areas", of_area)
    packer.part("areas, people", array("d", [living.get(area, nan) for area in sorted(of_area)]))
