"""GraphML read back is the graph that was written."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from orgmap.graphmodel.store import Store
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.exports.graphml import write_graphml
from tests.export.conftest import Export
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import in_sqlite, world

AHEAD = """
relationships
subject   | verb      | object         | status   | valid_from | valid_until
ccg:10E   | part_of   | at:Q67         | shadow   | 2012-04-01 | 2013-04-01
icb:QKS   | covers    | area:E01000001 | planned  | 2027-04-01 |
ccg:91Q   | covers    | area:E01000001 | disputed | 2013-01-01 | 2014-01-01
"""


@pytest.mark.parametrize("at", [None, "2013-06-01", "2013-03-31"])
def test_every_body_and_relation_in_force_comes_back(export: Export, store: Store, at: str | None) -> None:
    graph = nx.read_graphml(export("graphml", *(("--at", at) if at else ())))
    for entity in store.entities(at=at):
        cells = graph.nodes[entity.id]
        assert cells["label"] == entity.label
        told = {**entity._asdict(), **{f"code_{scheme}": code for scheme, code in entity.codes}}
        del told["codes"]
        assert {name: cells.get(name, "") for name in told} == {n: c or "" for n, c in told.items()}
    assert len(graph) == len(store.entities(at=at))
    facts = sorted(tuple(str(cell or "") for cell in fact) for fact in store.relationships(at=at))
    columns = store.relationships()[0]._fields
    relations = [e for *_, e in graph.edges(data=True) if e["verb"] != "succeeded_by"]
    assert sorted(tuple(str(e.get(c, "")) for c in columns) for e in relations) == facts


def test_everything_is_every_row_of_the_tables_whatever_its_status(tmp_path: Path) -> None:
    drawn = world(KENT_THROUGH_TIME + AHEAD)
    with in_sqlite(drawn) as store:
        write_graphml(tmp_path / "all.graphml", store, None)
    graph = nx.read_graphml(tmp_path / "all.graphml")
    columns = TABLES["relationships"].columns
    relations = [e for *_, e in graph.edges(data=True) if e["verb"] != "succeeded_by"]
    read = sorted(tuple(str(e.get(c, "")) for c in columns) for e in relations)
    rows = drawn["relationships"]
    assert read == sorted(tuple("" if cell is None else str(cell) for cell in row) for row in rows)
    assert {e["status"] for e in relations} == {"in_force", "shadow", "planned", "disputed"}


def test_everything_has_the_successions_of_the_tables(tmp_path: Path) -> None:
    drawn = world(KENT_THROUGH_TIME)
    with in_sqlite(drawn) as store:
        write_graphml(tmp_path / "all.graphml", store, None)
    graph = nx.read_graphml(tmp_path / "all.graphml")
    changes = {row[0]: row[1:3] for row in drawn["events"]}
    expected = [
        (one, other, event, *changes[event], about or None, weight)
        for event, one, other, about, weight, *_ in drawn["successions"]
        if one and other  # what began from nothing has no other end to draw
    ]
    read = [
        (one, other, *(e.get(c) for c in ("event", "kind", "date", "about", "weight")))
        for one, other, e in graph.edges(data=True)
        if e["verb"] == "succeeded_by"
    ]
    assert sorted(read, key=repr) == sorted(expected, key=repr)
    assert len(read) == len(drawn["successions"]) - 1
    assert all(e["source"] for *_, e in graph.edges(data=True))


def test_a_day_has_what_was_in_force_and_no_successions(tmp_path: Path) -> None:
    with in_sqlite(world(KENT_THROUGH_TIME + AHEAD)) as store:
        write_graphml(tmp_path / "day.graphml", store, "2013-06-01")
    graph = nx.read_graphml(tmp_path / "day.graphml")
    assert {e["status"] for *_, e in graph.edges(data=True)} == {"in_force"}
    assert "succeeded_by" not in {e["verb"] for *_, e in graph.edges(data=True)}


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    with in_sqlite(world("entities\nid | name\nccg:1 | A\x01B & <C>")) as store:
        write_graphml(tmp_path / "one.graphml", store, None)
    assert nx.read_graphml(tmp_path / "one.graphml").nodes["ccg:1"]["name"] == "AB & <C>"
