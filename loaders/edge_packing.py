"""Writing the index of dated edges (see `orgmap.graphmodel.stores.edges`): from packed rows, or from arrays alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmap.graphmodel.stores.edge_columns import COLUMNS
from orgmap.graphmodel.stores.edge_sides import AHEAD, BACK, LOOKED_AT, column_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from orgmap.loaders.packing import Packer


class Register(NamedTuple):
    """A register of bodies, dated edges and successions as columns; a body is its place among `ids`, from 0.

    A day is a number (`number_of_day`), an open end `EVER`; a verb is its place among `verbs`. A succession leads from
    a predecessor to a successor on a day.
    """

    ids: Sequence[str]
    begin: NDArray[np.int32]
    end: NDArray[np.int32]
    verbs: Sequence[str]
    subject: NDArray[np.integer[Any]]
    verb: NDArray[np.integer[Any]]
    object: NDArray[np.integer[Any]]
    valid_from: NDArray[np.int32]
    valid_until: NDArray[np.int32]
    predecessor: NDArray[np.integer[Any]]
    successor: NDArray[np.integer[Any]]
    day: NDArray[np.int32]


def write_index(path: Path, register: Register) -> None:
    """Writes a file that holds nothing but the index of a register; `EdgeIndex(PackedFile(path))` reads it.

    Raises `ValueError` if an id stands there twice.
    """
    import numpy as np

    from orgmap.graphmodel.stores.sealed import seal
    from orgmap.loaders.packing import Packer

    packer = Packer()
    packer.bodies(register.ids)
    nodes = np.arange(1, len(register.ids) + 1, dtype=np.uint32)
    packer.part("entities.id", nodes)
    packer.part("entities.valid_from", register.begin.astype(np.int32))
    packer.part("entities.valid_until", register.end.astype(np.int32))
    ordered = np.lexsort((register.valid_from, register.object, register.verb, register.subject))
    columns = {
        "subject": register.subject[ordered] + 1,
        "object": register.object[ordered] + 1,
        "valid_from": register.valid_from[ordered],
        "valid_until": register.valid_until[ordered],
        "verb": register.verb[ordered],
        "status": np.zeros(len(ordered), dtype=np.uint8),
    }
    pack_edges(packer, columns, list(register.verbs), ["in_force"])
    pack_successions(packer, register.predecessor + 1, register.successor + 1, register.day)
    path.unlink(missing_ok=True)
    packer.write(path)
    seal(path, 0)


def pack_edges(
    packer: Packer, columns: Mapping[str, Any], verbs: Sequence[str], statuses: Sequence[str]
) -> None:
    """Packs edges that stand in the order of their subjects and verbs, their columns as numbers."""
    import numpy as np

    packed = {name: np.asarray(columns[name], dtype=cell) for name, cell in COLUMNS.items()}
    for name, column in packed.items():
        packer.part(f"edges.{name}", column)
    verb = packed["verb"].astype(np.int64)
    for name, end in ((AHEAD, "subject"), (BACK, "object")):
        order = group(packer, name, packed[end] * np.int64(len(verbs)) + verb, len(verbs), name == BACK)
    for looked_at in ("subject", *LOOKED_AT):
        packer.part(column_of(BACK, looked_at), packed[looked_at][order])
    packer.edges = {"rows": len(verb), "nodes": packer.nodes, "verbs": verbs, "statuses": statuses}


def pack_successions(packer: Packer, predecessors: Any, successors: Any, days: Any) -> None:
    """Packs successions by either side, with the day of each; 0 where it leads nowhere, or the day is not known."""
    import numpy as np

    for name, column in (("predecessor", predecessors), ("successor", successors)):
        packer.part(f"successions.{name}", np.asarray(column, dtype=np.uint32))
    packer.part("successions.day", np.asarray(days, dtype=np.int32))
    group(packer, "successions from", predecessors, listed=True)
    group(packer, "successions to", successors, listed=True)


def group(packer: Packer, name: str, keys: Any, width: int = 1, listed: bool = False) -> Any:
    """Adds where the rows of each key of each body begin, and with `listed` the rows, which then need not stand in the
    order of the keys. Gives the rows in that order."""
    import numpy as np

    counted = np.asarray(keys, dtype=np.int64)
    places = np.zeros((packer.nodes + 1) * width + 1, dtype=np.uint32)
    np.cumsum(np.bincount(counted, minlength=len(places) - 1), out=places[1:])
    packer.part(name, places)
    if not listed:
        return slice(None)
    order = np.argsort(counted, kind="stable").astype(np.uint32)
    packer.part(f"{name}, rows", order)
    return order


def codes_of(words: Iterable[str]) -> tuple[list[int], list[str]]:
    """Words as numbers in the order of the alphabet, and the words."""
    listed = list(words)
    known = sorted(set(listed))
    number = {word: place for place, word in enumerate(known)}
    return [number[word] for word in listed], known
