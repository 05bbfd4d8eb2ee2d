"""The store of this project with the register in it, asked as its questions ask it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.base import STEPS, Peer
from benchmarks.questions import Case, commissions
from benchmarks.register import COVERS, EVER, LAST, UPWARD, VERBS, Register
from benchmarks.timing import Took, repeated
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.build import build_file
from orgmap.loaders.fresh import marks
from orgmap.loaders.open import open_store, store_path
from orgmap.loaders.rows import Rows
from orgmap.queries.place.location import neighbourhoods, postcodes

SOURCE = "made-up"


def row(table: str, **cells: Any) -> tuple[Any, ...]:
    """A row of one of the project's tables, what is not given being blank.

    >>> row("successions", event="e", predecessor="a")[:4]
    ('e', 'a', '', '')
    """
    blank = {
        column.name: None if column.type in ("day", "number", "share") else column.default
        for column in TABLES[table].declared
    }
    return tuple({**blank, **cells}.values())


def patterned(table: str, *given: str, **fixed: Any) -> Callable[..., tuple[Any, ...]]:
    """What makes rows of a table quickly from the cells of some columns, all others being the same in each."""
    columns, whole = list(TABLES[table].columns), list(row(table, **fixed))
    places = [columns.index(one) for one in given]

    def make(*cells: Any) -> tuple[Any, ...]:
        made = whole.copy()
        for place, cell in zip(places, cells, strict=True):
            made[place] = cell
        return tuple(made)

    return make


class Days(dict[int, str | None]):
    """Days as ISO text by their numbers; an open end is None."""

    def __missing__(self, number: int) -> str | None:
        """A day that was not asked for yet."""
        found = self[number] = None if number in (0, EVER) else date.fromordinal(number).isoformat()
        return found


def rows_of(register: Register) -> Callable[[str], Iterable[tuple[Any, ...]]]:
    """The register as rows of the project's own tables."""
    ids, days, period = register.ids, Days(), ("valid_from", "valid_until")

    def entities() -> Iterator[tuple[Any, ...]]:
        make = patterned("entities", "id", "kind", "name", *period, source=SOURCE)
        lives = zip(ids, register.kinds, register.born.tolist(), register.died.tolist(), strict=True)
        for one, kind, born, died in lives:
            yield make(one, kind, f"The Body {one.rpartition(':')[2]}", days[born], days[died])

    def relationships() -> Iterator[tuple[Any, ...]]:
        make = patterned(
            "relationships",
            "subject",
            "verb",
            "object",
            *period,
            source=SOURCE,
            basis="published",
            status="in_force",
        )
        columns = (register.subject, register.verb, register.object, register.begins, register.ends)
        for subject, verb, target, begins, ends in zip(*(one.tolist() for one in columns), strict=True):
            yield make(ids[subject], VERBS[verb], ids[target], days[begins], days[ends])

    def events() -> Iterator[tuple[Any, ...]]:
        make = patterned("events", "id", "date", kind="merger", status="in_force", source=SOURCE)
        for number, changed in enumerate(register.changed.tolist()):
            yield make(f"event:{number}", days[changed])

    def successions() -> Iterator[tuple[Any, ...]]:
        make = patterned("successions", "event", "predecessor", "successor")
        pairs = zip(register.predecessor.tolist(), register.successor.tolist(), strict=True)
        for number, (before, after) in enumerate(pairs):
            yield make(f"event:{number}", ids[before], ids[after])

    def neighbourhoods() -> Iterator[tuple[Any, ...]]:
        for one in ids:
            if one.startswith("area:"):
                yield row("neighbourhoods", code=one.removeprefix("area:"), area=one, population=1_700.0)

    def postcodes() -> Iterator[tuple[Any, ...]]:
        halves: dict[tuple[str, int], list[str]] = {}
        for postcode, area in zip(register.postcodes, register.postcode_area.tolist(), strict=True):
            halves.setdefault((postcode[:-3], area), []).append(postcode[-3:])
        for (outcode, area), listed in halves.items():
            yield (outcode, " ".join(listed), ids[area].removeprefix("area:"), "both", "")

    kinds = " ".join(sorted(set(register.kinds)))
    last = days[LAST]
    tables: dict[str, Callable[[], Iterable[tuple[Any, ...]]]] = {
        "sources": lambda: [row("sources", id=SOURCE, title="Made up")],
        "datasets": lambda: [("register", "A register made up", last, last, kinds, "", "")],
        **{
            one.__name__: one
            for one in (entities, relationships, events, successions, neighbourhoods, postcodes)
        },
    }
    return lambda table: tables[table]() if table in tables else ()


def built(register: Register, folder: Path, rows: Rows | None = None) -> Path:
    """Builds the store for a folder of tables that holds nothing but its name; `ORGMAP_DATA` and `ORGMAP_CACHE` lead to
    it, so that the command finds it. What the check of tables would refuse (rows without a day) stands in it. It is
    made of these `rows`, if any are given, else of the register's own."""
    data = folder / "data"
    (data / "register").mkdir(parents=True, exist_ok=True)
    (data / "register" / "dataset.json").write_text(
        '{"title": "A register made up", "rows": {}}', encoding="utf-8"
    )
    lead_to(folder)
    path = store_path(data)
    build_file(data, path, marks(data), force=True, read=lambda _: rows or rows_of(register))
    return path


def lead_to(folder: Path) -> None:
    """From now on this process opens the store of that folder."""
    os.environ |= {"ORGMAP_DATA": str(folder / "data"), "ORGMAP_CACHE": str(folder / "cache")}


class Own(Peer):
    """The store of one file, opened anew."""

    name = "orgmap"
    how = "the built file, mapped into memory; ids in, ids out; every block compared with its checksum when first read"

    def __init__(self, register: Register | None, folder: Path) -> None:
        """Opens the store, which `built` made in the folder above."""
        self.ids = register.ids if register else []
        lead_to(folder.parent)
        self.store: SqliteStore = open_store()
        self.edges = self.store.edges
        self.covers = self.edges.verb(COVERS) or 0

    def cases(self, question: str, cases: list[Case]) -> list[Case]:
        """Days as the store takes them: as text where a person asks, as arrays where many are asked at once."""
        days = Days()
        if question in ("leaf", "hub", "day"):
            return [(*case[:-1], days[case[-1]]) for case in cases]
        if question == "batch":
            return [(codes, np.array(own, np.int32)) for codes, own in cases]
        return cases

    def leaf(self, node: str, verb: str, day: str) -> tuple[str, ...]:
        """The other ends of a body's relations."""
        return self.edges.neighbours(node, verb, day)

    def hub(self, node: str, verb: str, day: str) -> tuple[str, ...]:
        """The bodies whose relations lead here."""
        return self.edges.neighbours(node, verb, day, back=True)

    def chain(self, node: str, day: int) -> list[str]:
        """Step by step upward, in numbers, whose order is that of the ids."""
        edges, chain = self.edges, [self.edges.node(node)]
        upward = [edges.verb(verb) for verb in UPWARD]
        while len(chain) < STEPS:
            steps = (edges.objects(chain[-1], verb, day) for verb in upward if verb is not None)
            above = next(filter(None, steps), None)
            if not above or above[0] in chain:
                break
            chain.append(above[0])
        return edges.ids(chain)

    def who(self, area: str, day: int) -> list[str]:
        """Who commissions for an area."""
        edges = self.edges
        covering = edges.subjects(edges.node(area), self.covers, day)
        return [body for body in edges.ids(covering) if commissions(body)]

    def lineage(self, node: str) -> list[str]:
        """All heirs of heirs."""
        return self.edges.ids([heir for heir, _ in self.edges.lineage(self.edges.node(node))])

    def postcode(self, postcode: str, day: int) -> list[str]:
        """Who commissions for a postcode: the area of its neighbourhood, then who covers that."""
        row = postcodes(self.store)[postcode]
        return [body for area, _ in neighbourhoods(self.store)[row.code] for body in self.who(area, day)]

    def diff(self, before: int, after: int) -> list[Any]:
        """Rows of bodies and relations that hold on one of the days alone, as arrays."""
        told = self.edges.between(before, after)
        relations = ((one.subjects, one.verbs, one.objects) for one in (told.begun, told.ended))
        return [(told.bodies_begun,), (told.bodies_ended,), *relations]

    def batch(self, postcodes: list[str], days: NDArray[np.int32]) -> list[str]:
        """Who commissions for each: in which area each lies, then who covers that on its day, as columns."""
        edges, lying = self.edges, self.store.places.lying(postcodes)
        asked, bodies = edges.subjects_on(lying.areas, self.covers, days[lying.asked])
        commissioning = np.zeros(edges.nodes + 1, dtype=bool)
        commissioning[bodies] = True
        different = np.flatnonzero(commissioning)
        commissioning[different] = [commissions(one) for one in edges.ids(different)]
        kept = commissioning[bodies]
        answers = np.zeros(len(postcodes), np.uint32)
        answers[lying.asked[asked[kept]]] = bodies[kept]
        return edges.ids(answers)

    def day(self, day: str) -> Any:
        """All that held on a day, read as a whole: the others' graphs lie there whole, too."""
        from orgmap.queries.structure.snapshot import snapshot

        graph = snapshot(self.store, day)
        read(graph)
        return graph

    def days(self, days: list[int]) -> list[Any]:
        """The bodies of each day and the relations between them, as arrays."""
        told = self.edges.on_each(days)
        return [[(one.bodies,), one[1:]] for one in told]

    def plain(self, question: str, answers: list[Any]) -> list[Any]:
        """Numbers of this index as those of the register: bodies from 0, kinds of relation in its order."""
        if question == "diff":
            answers = [[self._numbered(table) for table in one] for one in answers]
        elif question == "days":
            answers = [[[self._numbered(table) for table in day] for day in one] for one in answers]
        return super().plain(question, answers)

    def _numbered(self, table: tuple[Any, ...]) -> tuple[Any, ...]:
        verb = np.array([VERBS.index(one) for one in self.edges.verbs], np.int64)
        return tuple(
            verb[column] if number == 1 else column.astype(np.int64) - 1
            for number, column in enumerate(table)
        )

    def graphs(self, day: str) -> dict[str, Took]:
        """How long the graph of a day takes until it can be asked, until all of it was read, and NetworkX alone
        to make and read one of the same rows, which lie ready."""
        from orgmap.queries.structure.snapshot import snapshot

        def made() -> nx.MultiDiGraph[str]:
            graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
            graph.add_nodes_from(nodes)
            graph.add_edges_from(edges)
            return graph

        graph, lazy = repeated(lambda: snapshot(self.store, day))
        nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
        del graph
        _, whole = repeated(lambda: read(snapshot(self.store, day)))
        _, beside = repeated(lambda: read(made()))
        return {"lazy": lazy, "whole": whole, "beside": beside}

    def close(self) -> None:
        """Closes the file."""
        self.store.close()


def read(graph: Any) -> int:
    """Reads all nodes and edges of a graph."""
    return len(list(graph.nodes(data=True))) + len(list(graph.edges(data=True)))
