"""What is written for Neo4j becomes, in a real one, a graph that gives the same answers."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
from pathlib import Path

import pytest

from orgmap.graphmodel.errors import DataBroken, StoreOutOfReach
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.stores.neo4j.server import connect
from orgmap.graphmodel.stores.neo4j.store import Neo4jStore
from orgmap.loaders.build import from_tables
from orgmap.loaders.exports.neo4j_import import write_import_files
from orgmap.loaders.neo4j.load import load, prepare
from orgmap.queries.body.show import show
from orgmap.queries.change.lineage import lineage
from orgmap.queries.place.find import find
from tests.export.conftest import Export
from tests.kent import KENT_THROUGH_TIME
from tests.neo4j.conftest import Database
from tests.neo4j.server import OPENED, jars, skip_without, start
from tests.worlds import world

QUIET = lambda *_: None  # noqa: E731


def expect_the_same(one: Store, other: Store) -> None:
    """All that two stores hold, and what some questions get from them."""
    assert one.entities() == other.entities()
    assert one.relationships() == other.relationships()
    assert one.events() == other.events()
    assert one.sources() == other.sources()
    assert one.words() == other.words()
    assert one.names_with(["thanet"]) == other.names_with(["thanet"]) != []
    for text in ("CT9 1AA", "CT6", "practice:G82064"):
        assert find(one, text, "2013-06-01") == find(other, text, "2013-06-01")
    assert lineage(one, "pct:5QA") == lineage(other, "pct:5QA")
    assert show(one, "ccg:10E", "2013-06-01") == show(other, "ccg:10E", "2013-06-01")


def test_a_script_makes_the_same_graph(export: Export, database: Database, store: Store) -> None:
    prepare(
        database.server
    )  # a script, unlike a load, does not expect that another test makes the indexes meanwhile
    text = export("cypher").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            database.ask(statement)
    try:
        expect_the_same(Neo4jStore(database.server), store)
        covers = "MATCH (:ClinicalCommissioningGroup)-[r:COVERS]->(:Area) RETURN count(r)"
        assert database.value(covers) == 4
        # A load afterwards takes its place.
        assert load(database.server, from_tables(world(KENT_THROUGH_TIME)), "loaded")
        assert database.value(covers) == 4
        assert database.value("MATCH (n:Orgmap {build: 'exported'}) RETURN count(n)") == 0
    finally:
        database.ask("MATCH (n:Orgmap {build: 'exported'}) DETACH DELETE n")


def test_import_files_make_the_same_graph_and_it_outlives_its_server(
    export: Export, store: Store, tmp_path: Path
) -> None:
    skip_without()
    folder, home = export("csv"), tmp_path / "home"
    admin = admin_tool(tmp_path / "bin", home)
    done = subprocess.run(
        ["sh", str(folder / "import.sh")],
        env={**os.environ, "PATH": f"{admin}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    running = start(home, os.getpid(), keep=True)
    server = connect(running.url, (running.user, running.password), patience=1)
    try:
        for statement in (folder / "schema.cypher").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                server.run(statement)
        served = Neo4jStore(server)
        expect_the_same(served, store)

        # The server is killed and started again between two questions of one store.
        os.kill(running.pid, signal.SIGKILL)
        with pytest.raises(StoreOutOfReach, match="No Neo4j answers"):
            find(served, "CT9 1AA", "2021-06-01")
        running = start(home, os.getpid(), keep=True, again=running)
        assert find(served, "CT9 1AA", "2021-06-01") == find(store, "CT9 1AA", "2021-06-01")
        expect_the_same(Neo4jStore(server), store)
    finally:
        server.close()
        os.kill(running.pid, signal.SIGKILL)


def admin_tool(folder: Path, home: Path) -> Path:
    """A folder with the program `neo4j-admin`, as an installed server has it."""
    folder.mkdir()
    (home / "conf").mkdir(parents=True)
    opened = " ".join(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED)
    (folder / "neo4j-admin").write_text(
        f"#!/bin/sh\nexport NEO4J_HOME='{home}' NEO4J_CONF='{home}/conf'\n"
        f"exec java -Xmx256m {opened} -cp '{jars()}/*' org.neo4j.cli.AdminTool \"$@\"\n",
        encoding="utf-8",
    )
    (folder / "neo4j-admin").chmod(0o755)
    return folder


@pytest.mark.parametrize("form", ["cypher", "csv"])
def test_only_everything_is_a_graph_that_orgmap_answers_from(export: Export, form: str) -> None:
    def written(*options: str) -> str:
        target = export(form, *options)
        files = sorted(target.iterdir()) if target.is_dir() else [target]
        return "\n".join(text for file in files for text in (file.name, file.read_text(encoding="utf-8")))

    # The constraints name the label too: what counts is whether there is such a node.
    node = {"cypher": "CREATE (:OrgmapGraph ", "csv": "nodes-OrgmapGraph.csv"}[form]
    assert node in written()
    assert node not in written("--at", "2013-06-01")


def test_orgmap_does_not_answer_from_the_export_of_a_day(export: Export, database: Database) -> None:
    prepare(database.server)
    for statement in export("cypher", "--at", "2013-06-01").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            database.ask(statement)
    try:
        assert database.value("MATCH (:ClinicalCommissioningGroup)-[r:COVERS]->(:Area) RETURN count(r)") == 2
        with pytest.raises(DataBroken, match="There is no graph at"):
            Neo4jStore(database.server)
        # A load afterwards takes its place.
        assert load(database.server, from_tables(world(KENT_THROUGH_TIME)), "loaded")
        assert database.value("MATCH (n:Orgmap {build: 'exported'}) RETURN count(n)") == 0
        assert find(Neo4jStore(database.server), "CT9 1AA", "2020-06-01")["bodies"]
    finally:
        database.ask("MATCH (n:Orgmap {build: 'exported'}) DETACH DELETE n")


def test_no_cell_can_be_taken_for_a_formula(tmp_path: Path) -> None:
    drawn = world("entities\nid | name | note\nccg:1 | =HYPERLINK(1) | @x\nccg:2 | -2+3 | +4")
    write_import_files(tmp_path, from_tables(drawn), QUIET, whole=True)
    for file in tmp_path.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as opened:
            cells = [cell for row in csv.reader(opened) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "'=HYPERLINK(1)" in (tmp_path / "nodes-entities.csv").read_text(encoding="utf-8")


def test_every_list_can_be_divided_again(export: Export) -> None:
    with (export("csv") / "nodes-outcodes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists = [
                row[f"{column}:string[]"].split("|") for column in ("inwards", "codes", "seen", "earlier")
            ]
            assert len({len(one) for one in lists}) == 1


@pytest.mark.parametrize("text", ["St John's", "back\\slash", "two\nlines", "'}) DETACH DELETE (n", "ü–“"])
def test_any_text_comes_through_a_script_unchanged(database: Database, text: str) -> None:
    from orgmap.loaders.exports.cypher import literal

    assert database.value(f"RETURN {literal({'text': text})}.text") == text
