"""GraphML read back is the graph that was written."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from graphmodel.store import Store
from loaders.export_graphml import write_graphml
from tests.export.conftest import Export
from tests.worlds import in_sqlite, world


@pytest.mark.parametrize("at", [None, "2013-06-01", "2013-03-31"])
def test_every_body_and_relation_comes_back(export: Export, store: Store, at: str | None) -> None:
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
    assert sorted(tuple(str(e.get(c, "")) for c in columns) for *_, e in graph.edges(data=True)) == facts


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    with in_sqlite(world("entities\nid | name\nccg:1 | A\x01B & <C>")) as store:
        write_graphml(tmp_path / "one.graphml", store, None)
    assert nx.read_graphml(tmp_path / "one.graphml").nodes["ccg:1"]["name"] == "AB & <C>"
