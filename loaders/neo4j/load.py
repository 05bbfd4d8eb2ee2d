"""Loading the graph into a Neo4j server: beside the one that is there, and in its place only when it is whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from orgmap.graphmodel.errors import DataBroken, StoreOutOfReach
from orgmap.graphmodel.stores.neo4j.schema import GRAPH, LABELS, SCHEMA, STATEMENTS, label_of
from orgmap.graphmodel.stores.neo4j.server import Server
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.neo4j.graph_rows import Nodes, cypher_of, graph_rows, search_words
from orgmap.loaders.rows import Progress, Rows

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


BATCH = 5000
"""So many nodes or relationships are written in one transaction."""

_NODES = "COUNT { MATCH (n:Orgmap WHERE n.build = b.build AND n.table IN $tables) }"
_EDGES = "COUNT { MATCH (n:Orgmap WHERE n.build = b.build AND n.table IN $tables)-[]->(:Orgmap) }"


class _Overtaken(StoreOutOfReach):
    """Another load was published, and this one swept away, before this one was whole."""

    def __init__(self) -> None:
        super().__init__("Another load took the place of this one. Run the command again.")


class LoadStep(NamedTuple):
    """One statement with the rows that it writes."""

    name: str
    cypher: str
    rows: list[Any]


class Load(NamedTuple):
    """A load under way: its id, and how many of its batches are done."""

    build: str
    done: int


def content_fingerprint(data: Path) -> str:
    """Changes when the content of a table or the shape of the graph changes; the same on every machine."""
    from orgmap.loaders.itself import data_hash

    return hashlib.sha256(f"{SCHEMA} {data_hash(data)}".encode()).hexdigest()[:32]


def load(
    server: Server, rows: Rows, fingerprint: str, progress: Progress | None = None, graph: str = GRAPH
) -> bool:
    """Loads the tables as the graph of that name; False if another load has put just these tables there, whole.

    A load of the same tables that was broken off goes on where it stopped. The graph that was there stays
    in use until the new one is whole, and is then taken away. Nothing else in the database is touched.
    """
    say = progress or (lambda step, done, of: None)
    prepare(server)
    if _is_current(server, fingerprint, graph):
        _sweep(server, graph, say)
        return False
    try:
        fill(server, rows, fingerprint, say, graph)
    except _Overtaken:
        # By a load of the same tables, all that was wanted is there.
        if _is_current(server, fingerprint, graph):
            return False
        raise
    try:
        _sweep(server, graph, say)
    except StoreOutOfReach as error:
        raise StoreOutOfReach(
            f"The new graph is in use, but the old one could not be taken away: {error}"
            " Run the same command again."
        ) from error
    return True


def prepare(server: Server) -> None:
    """Creates the constraints and indexes that are not there yet.

    Raises `StoreOutOfReach` if another application's constraint binds a label of ours: our nodes could break it.
    """
    _refuse_foreign_constraints(server)
    for statement in STATEMENTS:
        try:
            server.run(statement)
        except StoreOutOfReach as error:
            # Another loader was quicker between the server's look and its deed.
            if "AlreadyExists" not in str(getattr(error.__cause__, "code", "")):
                raise


def _refuse_foreign_constraints(server: Server) -> None:
    labels = {*LABELS.values(), *(label_of(kind) for kind in kinds())}
    for name, bound in server.run("SHOW CONSTRAINTS YIELD name, labelsOrTypes RETURN name, labelsOrTypes"):
        if taken := labels & set(bound or ()):
            raise StoreOutOfReach(
                f"In the database at {server.address} another application's constraint “{name}” binds the label"
                f" {min(taken)}, which the graph would bear too. Load it into a database of its own:"
                " ORGMAP_NEO4J_DATABASE."
            )


def fill(
    server: Server, rows: Rows, fingerprint: str, say: Progress, graph: str = GRAPH, publish: bool = True
) -> str:
    """Writes a load batch by batch and makes it the current one; gives its id.

    Without `publish` the labels that people ask by are left out.
    """
    build, done = _begin(server, fingerprint, graph)
    words: set[str] = set()
    for number, batch in enumerate(_batches(rows, words, say)):
        if number >= done:
            done = _write(server, build, batch, number)
    say("labels", 1, 1)
    server.write(lambda tx: _switch(tx, graph, build, sorted(words), publish))
    return build


def _batches(rows: Rows, words: set[str], say: Progress) -> Iterator[list[LoadStep]]:
    """All that is to be written, in the same order every time, cut so that each batch fits one transaction.

    Small steps are gathered in one batch. Every word of a name is added to `words` on the way.
    """
    parts = list(graph_rows(rows))
    batch: list[LoadStep] = []
    room = BATCH
    for number, part in enumerate(parts):
        name = part.table if isinstance(part, Nodes) else part.type
        waiting: Iterator[Any] = iter(part.rows)
        while listed := list(islice(waiting, room)):
            say(name, number, len(parts))
            if isinstance(part, Nodes):
                words |= search_words(listed)
            batch.append(LoadStep(name, cypher_of(part), listed))
            room -= len(listed)
            if not room:
                yield batch
                batch, room = [], BATCH
    yield batch


def _is_current(server: Server, fingerprint: str, graph: str) -> bool:
    """Whether the current graph was made of these tables and still has every node and relationship."""
    found = server.run(
        "MATCH (g:OrgmapGraph {name: $graph}) MATCH (b:OrgmapBuild {build: g.current, fingerprint: $fingerprint})"
        f" RETURN b.nodes = {_NODES} AND b.edges = {_EDGES}",
        graph=graph,
        fingerprint=fingerprint,
        tables=list(LABELS),
    )
    return bool(found and found[0][0])


def _begin(server: Server, fingerprint: str, graph: str) -> Load:
    """The broken-off load of the same tables, or a new one."""
    values = {
        "graph": graph,
        "fingerprint": fingerprint,
        "build": uuid4().hex[:12],
        "schema": SCHEMA,
    }

    def work(tx: ManagedTransaction) -> Load:
        # The lock on the graph's node lets only one of two loaders begin at a time.
        tx.run(
            "MERGE (g:OrgmapGraph {name: $graph}) SET g.asked = coalesce(g.asked, 0) + 1", values
        ).consume()
        found = tx.run(
            "MATCH (g:OrgmapGraph {name: $graph}) MATCH (b:OrgmapBuild {graph: $graph, fingerprint: $fingerprint})"
            " WHERE b.finished IS NULL AND b.given_up IS NULL RETURN b.build, b.done",
            values,
        ).values()
        if not found:
            found = tx.run(
                "CREATE (b:OrgmapBuild {build: $build, graph: $graph, fingerprint: $fingerprint, schema: $schema,"
                " done: 0, begun: datetime()}) RETURN b.build, b.done",
                values,
            ).values()
        return Load(*found[0])

    return server.write(work)


def _write(server: Server, build: str, batch: list[LoadStep], number: int) -> int:
    """Writes one batch exactly once, however often it is tried, and gives the number of the next."""

    def work(tx: ManagedTransaction) -> int:
        # Writing takes the lock, and only what is read after that is sure: another loader may be at the same batch.
        mine = (
            "MATCH (b:OrgmapBuild {build: $build}) SET b.asked = $number"
            " WITH b WHERE b.done = $number AND b.given_up IS NULL SET b.done = $number + 1 RETURN b.done"
        )
        if not tx.run(mine, build=build, number=number).values():
            # It was done already: by an attempt whose answer was lost, or by another loader of the same tables.
            found = tx.run(
                "MATCH (b:OrgmapBuild {build: $build}) WHERE b.given_up IS NULL RETURN b.done", build=build
            ).values()
            if not found:
                raise _Overtaken
            return int(found[0][0])
        for step in batch:
            made = tx.run(step.cypher, rows=step.rows, build=build).consume().counters
            if made.nodes_created + made.relationships_created != len(step.rows):
                raise DataBroken(f"{step.name}: a row names what is in no table. Run orgmap check.")
        return number + 1

    return server.write(work)


def _switch(tx: ManagedTransaction, graph: str, build: str, words: list[str], publish: bool) -> None:
    """Makes a whole load the current one, and gives it alone the labels that people ask by: in one transaction."""
    locked = "MATCH (g:OrgmapGraph {name: $graph}) SET g.asked = g.asked + 1 WITH g RETURN g.current"
    old = tx.run(locked, graph=graph).values()[0][0]
    if old == build:
        return  # another loader of the same tables was quicker
    ours = "MATCH (b:OrgmapBuild {build: $build}) WHERE b.given_up IS NULL RETURN count(b)"
    if not tx.run(ours, build=build).values()[0][0]:
        raise _Overtaken
    if publish:
        for statement in _label_statements():
            if old:
                tx.run(statement.replace("SET", "REMOVE"), build=old).consume()
            tx.run(statement, build=build).consume()
    counts = (
        "MATCH (b:OrgmapBuild {build: $build})"
        f" SET b.nodes = {_NODES}, b.edges = {_EDGES}, b.words = $words, b.finished = datetime()"
    )
    tx.run(counts, build=build, words=words, tables=list(LABELS)).consume()
    now = "MATCH (g:OrgmapGraph {name: $graph}) SET g.current = $build, g.loaded = datetime()"
    tx.run(now, graph=graph, build=build).consume()


def _label_statements() -> Iterator[str]:
    for table, label in LABELS.items():
        yield f"MATCH (n:Orgmap {{build: $build, table: '{table}'}}) SET n:{label}"
    for kind in kinds():
        yield (
            f"MATCH (n:Orgmap {{build: $build, table: 'entities', kind: '{kind}'}}) SET n:{label_of(kind)}"
        )


def _sweep(server: Server, graph: str, say: Progress) -> None:
    """Takes away every load of the graph that the current one replaced, or that was given up before it.

    They are marked first, under the lock on the graph's node: what is marked can neither grow nor become current.
    """
    stale = server.run(
        "MATCH (g:OrgmapGraph {name: $graph}) SET g.asked = coalesce(g.asked, 0) + 1"
        " WITH g MATCH (b:OrgmapBuild {graph: $graph})"
        " WHERE b.build <> g.current AND coalesce(b.given_up OR b.begun <= g.loaded, true)"
        " SET b.given_up = true RETURN b.build",
        graph=graph,
    )
    for (build,) in stale:
        say("taking the old graph away", 1, 1)
        remove(server, build)


def remove(server: Server, build: str) -> None:
    """Takes one load away, a batch at a time."""
    gone = (
        "MATCH (n:Orgmap WHERE n.build = $build AND n.table IN $tables)"
        " WITH n LIMIT $batch DETACH DELETE n RETURN count(*)"
    )
    while server.run(gone, build=build, batch=BATCH, tables=list(LABELS))[0][0] == BATCH:
        pass
    server.run("MATCH (b:OrgmapBuild {build: $build}) DELETE b", build=build)
