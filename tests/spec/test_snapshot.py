"""The graph of one day as a networkx graph: only what was in force, and nothing that hangs in the air."""

from __future__ import annotations

import networkx as nx
import pytest

from orgmap.graphmodel.model import Include
from orgmap.queries.structure.snapshot import snapshot
from tests.kent import KENT, KENT_THROUGH_TIME


@pytest.mark.parametrize(
    ("at", "there", "gone"),
    [
        ("2013-03-31", "pct:5QA", "ccg:10E"),
        ("2013-04-01", "ccg:10E", "pct:5QA"),
        ("2022-06-30", "ccg:91Q", "icb:QKS"),
        ("2022-07-01", "icb:QKS", "ccg:91Q"),
    ],
)
def test_a_day_has_the_bodies_in_force(build, at, there, gone):
    graph = snapshot(build(KENT), at)
    assert there in graph
    assert gone not in graph
    assert graph.graph["at"] == at


@pytest.mark.parametrize(("at", "holds"), [("2015-03-31", True), ("2015-04-01", False)])
def test_a_day_has_the_relations_that_hold(build, at, holds):
    graph = snapshot(build(KENT), at)
    assert graph.has_edge("ccg:10E", "at:Q67") == holds


def test_it_is_a_real_networkx_graph_with_the_fields_of_the_model(build):
    graph = snapshot(build(KENT), "2013-06-01")
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.nodes["ccg:10E"]["name"] == "NHS Thanet CCG"
    assert "region:Y57" in nx.descendants(graph, "ccg:10E")
    [edge] = graph.get_edge_data("ccg:10E", "at:Q67").values()
    assert (edge["verb"], edge["valid_from"], edge["source"]) == ("part_of", "2013-04-01", "drawn")


def test_two_statements_between_the_same_bodies_are_two_edges(build):
    drawing = KENT_THROUGH_TIME + "\nrelationships\nsubject | verb | object\nccg:10E | assures | at:Q67\n"
    graph = snapshot(build(drawing), "2013-06-01")
    assert sorted(data["verb"] for data in graph.get_edge_data("ccg:10E", "at:Q67").values()) == [
        "assures",
        "part_of",
    ]


def test_without_a_day_everything_is_there_with_its_dates(build):
    graph = snapshot(build(KENT))
    assert {"pct:5QA", "ccg:10E", "icb:QKS"} <= set(graph)
    assert graph.nodes["pct:5QA"]["valid_until"] == "2013-04-01"


def test_a_shadow_body_is_there_only_when_asked_for(build):
    assert "ccg:10E" not in snapshot(build(KENT), "2012-12-01")
    asked = snapshot(build(KENT), "2012-12-01", Include.of(["shadow"]))
    assert asked.nodes["ccg:10E"]["status"] == "shadow"


def test_a_relation_without_both_its_ends_is_left_out(build):
    drawing = KENT.replace(
        "at:Q67              | Kent Area Team    | 2013-04-01", "at:Q67  | Kent Area Team | 2014-04-01"
    )
    assert not snapshot(build(drawing), "2013-06-01").has_edge("ccg:10E", "at:Q67")
