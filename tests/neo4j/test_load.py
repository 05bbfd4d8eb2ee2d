"""Loading a Neo4j server: once, whole or not at all, and nothing else in the database is touched."""

from __future__ import annotations

import signal
from pathlib import Path
from threading import Thread

import pytest

from orgmap.graphmodel.errors import DataBroken, StoreOutOfReach
from orgmap.graphmodel.stores.neo4j.server import connect
from orgmap.graphmodel.stores.neo4j.store import Neo4jStore
from orgmap.loaders.build import from_tables
from orgmap.loaders.neo4j import load as neo4j_load
from orgmap.loaders.neo4j.load import content_fingerprint, fill, load
from orgmap.loaders.reading import tables_of
from tests.cli.conftest import Orgmap
from tests.kent import KENT, KENT_THROUGH_TIME
from tests.neo4j.conftest import Database
from tests.neo4j.line import BreakingLine
from tests.running import HANGS, finish, start, surroundings
from tests.worlds import world

SILENT = lambda *_: None  # noqa: E731
SMALL = "import orgmap.loaders.neo4j.load as load; load.BATCH = 25"
"""Makes a load of Kent take several batches."""

DIES = f"""{SMALL}
import os, signal
write = load._write
def dying(server, build, batch, number):
    if number == 3: os.kill(os.getpid(), signal.SIGKILL)
    return write(server, build, batch, number)
load._write = dying
"""


def seen(database: Database) -> dict[str, int]:
    """What a person at the server sees: nodes by their label, relationships by their type, our own marks left out."""
    nodes = database.ask("MATCH (n:Orgmap) UNWIND labels(n) AS label RETURN label, count(*)")
    edges = database.ask("MATCH (:Entity)-[r]->() RETURN type(r), count(*)")
    return {label: count for label, count in [*nodes, *edges] if label != "Orgmap"}


def ours(database: Database) -> int:
    """How many nodes there are under the name of the graph, seen or not."""
    return database.value(
        "MATCH (b:OrgmapBuild {graph: 'orgmap'}) MATCH (n:Orgmap {build: b.build}) RETURN count(n)"
    )


def load_drawn(database: Database, drawing: str, fingerprint: str) -> str:
    """Loads a drawn world under the name that readers use."""
    return fill(database.server, from_tables(world(drawing)), fingerprint, SILENT)


def test_a_load_makes_nodes_by_kind_and_relationships_by_verb(loaded: Database) -> None:
    found = seen(loaded)
    assert found["ClinicalCommissioningGroup"] == 3
    assert found["Entity"] == 22
    assert found["GpPractice"] == found["Area"] - 1 == 1
    assert found["COVERS"] == 11
    assert found["HOLDS_CONTRACT_WITH"] == 2
    assert found["ChangeEvent"] == 6
    assert found["SUCCEEDED_BY"] == 7


def test_days_are_days_and_what_is_not_known_is_not_there(loaded: Database) -> None:
    [[start, end, share]] = loaded.ask(
        "MATCH (:Entity {id: 'ccg:10E'})-[r:COVERS]->() RETURN r.valid_from = date('2013-04-01'),"
        " duration.inDays(r.valid_from, r.valid_until).days, r.share"
    )
    assert (start, end, share) == (True, 2557, None)
    assert loaded.value("MATCH (c:Entity {id: 'council:E10000016'}) RETURN c.valid_from") is None


def test_sources_are_nodes_that_facts_cite(loaded: Database) -> None:
    assert loaded.ask(
        "MATCH (e:ChangeEvent {id: 'reform'})-[c:CITES]->(s:Source) RETURN s.title, c.locator"
    ) == [["Health and Social Care Act 2012", "s. 34"]]
    assert (
        loaded.value("MATCH (:Entity)-[r:COVERS]->() MATCH (s:Source {id: r.source}) RETURN count(*)") == 11
    )


def test_one_change_joins_all_predecessors_to_all_successors(loaded: Database) -> None:
    assert loaded.ask(
        "MATCH (one)-[:PREDECESSOR_OF]->(:ChangeEvent {id: 'reform'})<-[:SUCCESSOR_OF]-(other)"
        " MATCH (one)-[r:SUCCEEDED_BY {event: 'reform'}]->(other) RETURN one.id, other.id, r.weight ORDER BY r.weight"
    ) == [["pct:5QA", "ccg:09E", 0.25], ["pct:5QA", "ccg:10E", 0.75]]


def test_twice_the_same_doubles_nothing(loaded: Database, orgmap: Orgmap) -> None:
    before, nodes = seen(loaded), ours(loaded)
    told = orgmap("load", "--store", loaded.url)
    assert (told.code, told.out) == (
        0,
        f"Nothing to do: just these tables are already at {loaded.url}\n",
    )
    assert (seen(loaded), ours(loaded)) == (before, nodes)


def test_a_graph_that_lost_a_node_is_loaded_again(loaded: Database, orgmap: Orgmap) -> None:
    before = seen(loaded)
    loaded.ask("MATCH (n:ClinicalCommissioningGroup {id: 'ccg:10E'}) DETACH DELETE n")
    assert orgmap("load", "--store", loaded.url).out.startswith("Loaded")
    assert seen(loaded) == before


def test_changed_tables_take_the_place_of_the_old_ones(database: Database) -> None:
    load_drawn(database, KENT, "old")
    first = seen(database)
    assert load(database.server, from_tables(world(KENT_THROUGH_TIME)), "new")
    assert seen(database)["Entity"] == first["Entity"] + 3
    assert database.value("MATCH (b:OrgmapBuild {graph: 'orgmap'}) RETURN collect(b.fingerprint)") == ["new"]


def test_readers_see_the_old_graph_until_the_new_one_is_whole(database: Database) -> None:
    load_drawn(database, KENT, "old")
    before = seen(database)
    looks = []

    def look(step: str, done: int, of: int) -> None:
        looks.append(seen(database) == before)
        assert len(Neo4jStore(database.server).entities()) == 19

    fill(database.server, from_tables(world(KENT_THROUGH_TIME)), "new", look)
    assert len(looks) > 20
    assert all(looks)
    assert len(Neo4jStore(database.server).entities()) == 22


def test_a_load_that_is_killed_leaves_the_old_graph_and_goes_on_when_asked(
    database: Database, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_drawn(database, KENT, "old")
    before = seen(database)
    killed = start(data, tmp_path, "load", "--store", database.url, code=DIES)
    killed.communicate(timeout=HANGS)
    assert killed.returncode == -signal.SIGKILL
    assert seen(database) == before
    half = "MATCH (b:OrgmapBuild {graph: 'orgmap'}) WHERE b.finished IS NULL RETURN b.build, b.done"
    [[build, done]] = database.ask(half)
    assert done == 3

    monkeypatch.setattr(neo4j_load, "BATCH", 25)
    written = []
    write = neo4j_load._write
    monkeypatch.setattr(neo4j_load, "_write", lambda *a: (written.append(a[1::2]), write(*a))[1])
    assert load(database.server, tables_of(data), content_fingerprint(data))
    assert written[0] == (build, 3)
    assert database.value("MATCH (g:OrgmapGraph {name: 'orgmap'}) RETURN g.current") == build
    assert database.ask(half) == []
    assert seen(database)["Entity"] == 22


def test_a_person_who_stops_a_load_is_told_what_became_of_it(
    database: Database, data: Path, tmp_path: Path
) -> None:
    stopped = start(data, tmp_path, "load", "--store", database.url, code=DIES.replace("SIGKILL", "SIGINT"))
    status, out, err = finish(stopped)
    assert (status, out) == (130, "")
    assert "Stopped. What was on the server before stays in use; the same command goes on" in err
    assert seen(database) == {}


def test_a_load_whose_line_breaks_says_so_and_goes_on_when_asked(
    database: Database, data: Path, tmp_path: Path
) -> None:
    with BreakingLine(database.url, after=15_000) as line:
        code = f"{SMALL}\nimport orgmap.cli.commands.load\norgmap.cli.commands.load.LOAD_PATIENCE = 0.1"
        broken = start(data, tmp_path, "load", "--store", line.url, code=code)
        status, out, err = finish(broken)
    assert (status, out) == (5, "")
    assert f"No Neo4j answers at {line.url}" in err
    done = database.value("MATCH (b:OrgmapBuild {graph: 'orgmap'}) RETURN b.done")
    assert done > 0
    assert seen(database) == {}
    again = start(data, tmp_path, "load", "--store", database.url, code=SMALL)
    assert finish(again)[0] == 0
    assert seen(database)["Entity"] == 22
    assert database.value("MATCH (b:OrgmapBuild {graph: 'orgmap'}) RETURN count(b)") == 1


def test_a_line_that_breaks_for_a_moment_is_not_noticed(
    database: Database, data: Path, tmp_path: Path
) -> None:
    with BreakingLine(database.url, after=15_000, times=1) as line:
        done = finish(start(data, tmp_path, "load", "--store", line.url, code=SMALL))
    assert done[0] == 0, done[2]
    assert seen(database)["Entity"] == 22


def test_of_two_loaders_at_once_both_end_well_and_one_graph_is_there(
    database: Database, data: Path, tmp_path: Path
) -> None:
    both = [start(data, tmp_path, "load", "--store", database.url, code=SMALL) for _ in range(2)]
    told = [finish(one) for one in both]
    assert [code for code, _, _ in told] == [0, 0], told
    assert seen(database)["Entity"] == 22
    assert database.value("MATCH (b:OrgmapBuild {graph: 'orgmap'}) RETURN count(b)") == 1


def test_a_loader_that_another_overtook_says_so(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_load, "BATCH", 25)
    write = neo4j_load._write

    def overtaken(server, build, batch, number):
        if number == 2:
            neo4j_load.remove(server, build)
        return write(server, build, batch, number)

    monkeypatch.setattr(neo4j_load, "_write", overtaken)
    with pytest.raises(StoreOutOfReach, match="Another load took the place"):
        load_drawn(database, KENT, "mine")


def test_a_reader_of_a_graph_that_is_replaced_gets_no_half_answer(database: Database) -> None:
    load_drawn(database, KENT, "old")
    store = Neo4jStore(database.server)
    assert store.entities(kind="integrated_care_board")
    assert load(database.server, from_tables(world(KENT_THROUGH_TIME)), "new")
    with pytest.raises(StoreOutOfReach, match="was replaced while it was asked"):
        store.entities(kind="gp_practice")


def test_tables_that_name_what_is_not_there_are_refused_and_the_old_graph_stays(database: Database) -> None:
    load_drawn(database, KENT, "old")
    before = seen(database)
    with pytest.raises(DataBroken, match="names what is in no table"):
        load_drawn(
            database, KENT.replace("at:Q67             | part_of", "at:Q99             | part_of"), "new"
        )
    assert seen(database) == before


def test_the_data_of_another_application_stay_as_they_are(
    database: Database, orgmap: Orgmap, data: Path
) -> None:
    database.ask("CREATE CONSTRAINT theirs IF NOT EXISTS FOR (n:Patient) REQUIRE n.id IS UNIQUE")
    database.ask(
        "CREATE (:Theirs:Entity {id: 'ccg:10E', name: 'Theirs'})-[:COVERS {status: 'in_force'}]->(:Theirs:Area),"
        " (:Theirs:Source {id: 'act'}), (:Theirs:Patient {id: 1}), (:Theirs:Entity {id: 'ccg:10E'})"
    )
    theirs = (
        "MATCH (n:Theirs) OPTIONAL MATCH (n)-[r]->(m) RETURN labels(n), properties(n), type(r), properties(r)"
    )
    try:
        before = database.ask(theirs)
        load_drawn(database, KENT, "old")
        assert orgmap("load", "--store", database.url).code == 0
        assert database.ask(theirs) == before
        asked = ("show", "ccg:10E", "--at", "2013-06-01", "--format", "json")
        assert orgmap(*asked, "--store", database.url).json == orgmap(*asked).json
    finally:
        database.ask("MATCH (n:Theirs) DETACH DELETE n")
        database.ask("DROP CONSTRAINT theirs")


def test_a_load_says_how_far_it_has_come(database: Database, data: Path, tmp_path: Path) -> None:
    status, out, err = finish(start(data, tmp_path, "load", "--store", database.url))
    assert (status, out) == (0, f"Loaded the graph into {database.url}\n")
    assert err == "orgmap: loading the graph into the server (a minute or two) …\n"


def test_two_loaders_create_the_indexes_at_once(database: Database) -> None:
    servers = [connect(database.url, database.running[1:3]) for _ in range(2)]
    wrong: list[BaseException] = []

    def prepare(server) -> None:
        try:
            neo4j_load.prepare(server)
        except BaseException as error:
            wrong.append(error)

    threads = [Thread(target=prepare, args=[server]) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for server in servers:
        server.close()
    assert wrong == []


def test_the_password_reaches_no_output(database: Database, data: Path, tmp_path: Path) -> None:
    assert database.running.password in surroundings(data, tmp_path).values()
    for asked in (("load",), ("find", "CT9 1AA", "--explain")):
        told = finish(start(data, tmp_path, *asked, "--store", database.url))
        assert database.running.password not in "".join(map(str, told))
