"""Loads that get in each other's way, and what else stands in a load's way on a shared server."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.graphmodel.errors import StoreOutOfReach
from orgmap.loaders.build import from_tables
from orgmap.loaders.neo4j import load as neo4j_load
from orgmap.loaders.neo4j.load import fill, load
from orgmap.loaders.reading import tables_of
from tests.kent import KENT, KENT_THROUGH_TIME
from tests.neo4j.conftest import Database
from tests.neo4j.test_load import SILENT, load_drawn, ours, seen
from tests.worlds import world


def test_a_load_that_is_swept_away_can_neither_grow_nor_become_current(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_drawn(database, KENT, "old")
    # The second loader has begun; the first one publishes, and while it takes the old graph away the second goes on.
    begun = neo4j_load._begin(database.server, "second", "orgmap")
    remove, swept = neo4j_load.remove, []

    def slow(server, build):
        if not swept:
            with pytest.raises(StoreOutOfReach, match="Another load took the place"):
                neo4j_load._write(server, begun.build, [], 0)
            with pytest.raises(StoreOutOfReach, match="Another load took the place"):
                server.write(lambda tx: neo4j_load._switch(tx, "orgmap", begun.build, [], True))
            fill(server, from_tables(world(KENT_THROUGH_TIME)), "second", SILENT)  # begins anew
        swept.append(build)
        remove(server, build)

    monkeypatch.setattr(neo4j_load, "remove", slow)
    assert load(database.server, from_tables(world(KENT)), "first")
    assert begun.build in swept
    current = "MATCH (g:OrgmapGraph {name: 'orgmap'}) MATCH (b:OrgmapBuild {build: g.current})"
    assert database.ask(f"{current} RETURN b.fingerprint") == [["second"]]
    whole = f"{current} MATCH (n:Orgmap {{build: b.build}}) WITH b, count(n.table) AS found RETURN b.nodes = found"
    assert database.value(whole)
    assert seen(database)["Entity"] == 22
    gone = "MATCH (n:Orgmap) WHERE n.build IN $gone RETURN count(n)"
    assert database.value(gone, gone=swept) == 0


@pytest.mark.parametrize("same", [True, False], ids=["the same tables", "other tables"])
def test_a_load_swept_away_by_one_of_the_same_tables_ends_well_and_by_one_of_other_tables_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    load_drawn(database, KENT, "old")
    rows = from_tables(world(KENT_THROUGH_TIME))
    begin, begun = neo4j_load._begin, []

    def overtaken(server, fingerprint, graph):
        mine = begin(server, fingerprint, graph)
        if not begun:
            begun.append(mine)
            monkeypatch.setattr(neo4j_load, "_begin", begin)
            # The other load began before this one and is whole just after this one has begun.
            server.run("MATCH (b:OrgmapBuild {build: $b}) SET b.fingerprint = 'later'", b=mine.build)
            load(server, rows if same else from_tables(world(KENT)), "new" if same else "other")
        return mine

    monkeypatch.setattr(neo4j_load, "_begin", overtaken)
    if same:
        assert not load(database.server, rows, "new")
    else:
        with pytest.raises(StoreOutOfReach, match="Another load took the place"):
            load(database.server, rows, "new")
    assert database.ask("MATCH (g:OrgmapGraph {name: 'orgmap'}) RETURN g.current <> $b", b=begun[0].build)
    current = (
        "MATCH (g:OrgmapGraph {name: 'orgmap'}) MATCH (b:OrgmapBuild {build: g.current}) RETURN b.fingerprint"
    )
    assert database.value(current) == ("new" if same else "other")


def test_a_constraint_of_another_application_on_our_labels_is_said_before_anything_is_written(
    database: Database, data: Path
) -> None:
    database.ask("CREATE CONSTRAINT theirs IF NOT EXISTS FOR (n:Outcode) REQUIRE n.theirs IS UNIQUE")
    try:
        with pytest.raises(StoreOutOfReach, match="constraint “theirs” binds the label Outcode"):
            load(database.server, tables_of(data), "new")
        assert ours(database) == 0
    finally:
        database.ask("DROP CONSTRAINT theirs")


def test_an_old_graph_that_cannot_be_taken_away_is_no_failed_load(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_drawn(database, KENT, "old")

    def full(*_: object) -> None:
        raise StoreOutOfReach("Its memory does not suffice.")

    with monkeypatch.context() as patched:
        patched.setattr(neo4j_load, "remove", full)
        with pytest.raises(
            StoreOutOfReach, match=r"The new graph is in use, but the old one.*Run the same command"
        ):
            load(database.server, from_tables(world(KENT_THROUGH_TIME)), "new")
    assert not load(database.server, from_tables(world(KENT_THROUGH_TIME)), "new")
    assert database.value("MATCH (b:OrgmapBuild {graph: 'orgmap'}) RETURN count(b)") == 1
