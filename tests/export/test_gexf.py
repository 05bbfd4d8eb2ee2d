"""GEXF 1.3: every body and relation with the days on which it holds, as Gephi's timeline reads them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from orgmap.graphmodel.store import Store
from orgmap.loaders.exports.gexf import NAMESPACE, write_gexf
from tests.export.conftest import Export
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import in_sqlite, world

NS = {"g": NAMESPACE}
ATTRIBUTES = {
    "gexf": {"version"},
    "graph": {"defaultedgetype", "mode", "timeformat"},
    "attributes": {"class", "mode"},
    "attribute": {"id", "title", "type"},
    "nodes": {"count"},
    "node": {"id", "label"},
    "edge": {"id", "source", "target", "kind", "label"},
    "attvalue": {"for", "value"},
    "spell": {"start", "end"},
}
INSIDE = {
    "gexf": ["meta", "graph"],
    "graph": ["attributes", "attributes", "nodes", "edges"],
    "node": ["attvalues", "spells"],
    "edge": ["attvalues", "spells"],
    "spells": ["spell"],
}
"""What the schema of GEXF 1.3 lets stand in each element, of what is used here."""


TWICE = """
relationships
subject | verb   | object         | status   | valid_from | valid_until | locator
icb:QKS | covers | area:E01000001 | in_force | 2023-01-01 | 2024-01-01  | first
icb:QKS | covers | area:E01000001 | in_force | 2025-01-01 |             | second
icb:QKS | covers | area:E01000001 | planned  | 2027-04-01 |             |
"""
ENDS = ("icb:QKS", "area:E01000001")


@pytest.mark.parametrize("at", [None, "2013-06-01"])
def test_a_file_has_the_structure_of_the_format(export: Export, at: str | None) -> None:
    root = ElementTree.parse(export("gexf", *(("--at", at) if at else ()))).getroot()
    assert root.tag == f"{{{NAMESPACE}}}gexf"
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        assert set(element.attrib) <= ATTRIBUTES.get(name, set()), name
        inside = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
        if name in INSIDE:
            assert inside == [one for one in INSIDE[name] if one in inside], name
    nodes = [node.get("id") for node in root.findall(".//g:node", NS)]
    edges = root.findall(".//g:edge", NS)
    assert len(set(nodes)) == len(nodes) == int(root.find(".//g:nodes", NS).get("count"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(nodes)
    for sort, things in (("node", root.findall(".//g:node", NS)), ("edge", edges)):
        declared = {
            one.get("id") for one in root.findall(f".//g:attributes[@class='{sort}']/g:attribute", NS)
        }
        assert {cell.get("for") for one in things for cell in one.findall(".//g:attvalue", NS)} <= declared


def test_a_spell_ends_on_the_last_day_and_is_open_where_the_tables_are(export: Export, store: Store) -> None:
    root = ElementTree.parse(export("gexf")).getroot()
    spells = {
        node.get("id"): dict(found[0].attrib) if (found := node.findall(".//g:spell", NS)) else {}
        for node in root.findall(".//g:node", NS)
    }
    assert spells["ccg:10E"] == {"start": "2013-04-01", "end": "2020-03-31"}
    assert spells["icb:QKS"] == {"start": "2022-07-01"}
    assert spells["council:E10000016"] == {}
    for spell in root.findall(".//g:spell", NS):
        days = [date.fromisoformat(spell.get(end)) for end in ("start", "end") if spell.get(end)]
        assert days
        assert days == sorted(days)
    assert set(spells) == {entity.id for entity in store.entities()}


def test_on_any_day_the_spells_give_what_was_in_force(export: Export, store: Store) -> None:
    root = ElementTree.parse(export("gexf")).getroot()

    def holds(element: ElementTree.Element, day: str) -> bool:
        spells = element.findall(".//g:spell", NS)
        return not spells or any(s.get("start", "") <= day <= s.get("end", "9999") for s in spells)

    def status(edge: ElementTree.Element) -> str | None:
        return next(c.get("value") for c in edge.findall(".//g:attvalue", NS) if c.get("for") == "status")

    for day in ("2013-03-31", "2013-04-01", "2020-03-31", "2020-04-01", "2022-07-01"):
        there = {node.get("id") for node in root.findall(".//g:node", NS) if holds(node, day)}
        assert there == {entity.id for entity in store.entities(at=day)}
        edges = sorted(
            (edge.get("source"), edge.get("kind"), edge.get("target"))
            for edge in root.findall(".//g:edge", NS)
            if holds(edge, day) and status(edge) == "in_force"
        )
        assert edges == sorted((one.subject, one.verb, one.object) for one in store.relationships(at=day))


def test_what_was_only_planned_is_there_with_its_status_when_no_day_is_asked_for(tmp_path: Path) -> None:
    with in_sqlite(world(KENT_THROUGH_TIME + TWICE)) as store:
        write_gexf(tmp_path / "all.gexf", store, None)
    edges = ElementTree.parse(tmp_path / "all.gexf").getroot().findall(".//g:edge", NS)
    kinds = [edge.get("kind") for edge in edges if (edge.get("source"), edge.get("target")) == ENDS]
    assert kinds == ["covers", "covers (planned)"]


def test_a_relation_that_held_twice_is_one_edge_with_two_spells(tmp_path: Path) -> None:
    with in_sqlite(world(KENT_THROUGH_TIME + TWICE)) as store:
        write_gexf(tmp_path / "all.gexf", store, None)
    edges = ElementTree.parse(tmp_path / "all.gexf").getroot().findall(".//g:edge", NS)
    [edge] = [
        one for one in edges if (one.get("source"), one.get("target")) == ENDS and one.get("kind") == "covers"
    ]
    assert [spell.attrib for spell in edge.findall(".//g:spell", NS)] == [
        {"start": "2023-01-01", "end": "2023-12-31"},
        {"start": "2025-01-01"},
    ]
    cells = {cell.get("for"): cell.get("value") for cell in edge.findall(".//g:attvalue", NS)}
    assert cells["locator"] == "first; second"


def test_hostile_names_stay_names(tmp_path: Path) -> None:
    name = "<edge/> \"&\" '\x07'"
    with in_sqlite(world(KENT_THROUGH_TIME.replace("NHS Kent ICB", name))) as store:
        write_gexf(tmp_path / "all.gexf", store, None)
    root = ElementTree.parse(tmp_path / "all.gexf").getroot()
    [node] = [one for one in root.findall(".//g:node", NS) if one.get("id") == "icb:QKS"]
    assert node.get("label") == re.sub("\x07", "", name)


def test_networkx_reads_it(export: Export, store: Store) -> None:
    text = export("gexf", "--at", "2013-06-01").read_text(encoding="utf-8")
    # Its reader of older releases knows the format's older address only.
    old = export("gexf").with_name("older.gexf")
    old.write_text(text.replace(NAMESPACE, "http://www.gexf.net/1.2draft"), encoding="utf-8")
    graph = nx.read_gexf(old)
    assert set(graph) == {entity.id for entity in store.entities(at="2013-06-01")}
    assert graph.nodes["ccg:10E"]["label"] == "Margate Group"
