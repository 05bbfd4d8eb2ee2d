"""A graph of which nothing was read yet is in everything the graph that was put together edge by edge."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmap.graphmodel.errors import StoreDamaged
from orgmap.graphmodel.known import known_then
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store, entity_order, surest
from orgmap.graphmodel.stores.packed_facts import PackedFacts
from orgmap.queries.structure.day_graph import LaterPart, day_graph
from orgmap.queries.structure.snapshot import snapshot
from tests.kent import KENT_THROUGH_TIME
from tests.properties.strategies import IDS, days, worlds
from tests.worlds import World, in_networkx, in_sqlite, world

Graph = Any
PARTS = ("_node", "_adj", "_pred")

ids = st.sampled_from((*IDS, "ccg:none"))


def eager(store: Store, at: str | None, include: Include = IN_FORCE) -> Graph:
    """The graph as networkx itself puts it together."""
    graph: Graph = nx.MultiDiGraph(at=at)
    for entity in sorted(surest(store.entities(at=at, include=include)).values(), key=entity_order):
        graph.add_node(entity.id, **entity._asdict())
    for fact in store.relationships(at=at, include=include):
        if fact.subject in graph and fact.object in graph:
            graph.add_edge(fact.subject, fact.object, **fact._asdict())
    return graph


def whole(graph: Graph) -> Any:
    """All of a graph, with the order of everything."""
    return (
        graph.graph,
        list(graph.nodes(data=True)),
        list(graph.edges(keys=True, data=True)),
        list(graph.in_edges(keys=True, data=True)),
        [(node, list(near)) for node, near in graph.pred.items()],
        type(graph),
    )


def tried(do: Callable[[], Any]) -> Any:
    """What comes of it, or what is raised."""
    try:
        return do()
    except Exception as error:
        return type(error), str(error)


def colour(graph: Graph, body: str) -> None:
    graph.nodes[body]["colour"] = "red"


LOOKS: dict[str, Callable[[Graph, str, str], Any]] = {
    "it has a node": lambda g, a, b: (a in g, g.has_node(b), g.has_node(7), g.has_node([]), 7 in g),
    "it has an edge": lambda g, a, b: (g.has_edge(a, b), g.has_edge(b, a), g.has_edge(a, b, 1)),
    "how many": lambda g, a, b: (len(g), g.order(), g.number_of_edges(a, b), bool(g)),
    "how many edges": lambda g, a, b: (g.size(), g.number_of_edges()),
    "nodes": lambda g, a, b: list(g),
    "a node's fields": lambda g, a, b: g.nodes[a],
    "names": lambda g, a, b: list(g.nodes(data="name")),
    "from it": lambda g, a, b: (dict(g[a]), list(g.successors(b)), list(g.edges(a, data="verb"))),
    "to it": lambda g, a, b: (list(g.predecessors(a)), list(g.in_edges(b, keys=True, data=True))),
    "between": lambda g, a, b: (g.get_edge_data(a, b), g.get_edge_data(b, a, 0)),
    "degrees": lambda g, a, b: (dict(g.degree([a])), dict(g.in_degree([b])), dict(g.out_degree())),
    "adjacency": lambda g, a, b: [(node, dict(near)) for node, near in g.adjacency()],
    "dictionaries": lambda g, a, b: (dict(g._node), {**g._adj}, g._pred.copy(), g._adj.get(a), g._node.get("?", 1)),
    "compared": lambda g, a, b: (g._node == dict(g._node), g._adj != {}, repr(g._pred), list(reversed(g._node))),
    "no such node": lambda g, a, b: g["nobody"],
    "no such fields": lambda g, a, b: g.nodes["nobody"],
    "a copy": lambda g, a, b: whole(g.copy()),
    "a view of it": lambda g, a, b: whole(g.copy(as_view=True)),
    "a deep copy": lambda g, a, b: whole(copy.deepcopy(g)),
    "pickled": lambda g, a, b: whole(pickle.loads(pickle.dumps(g))),
    "a part": lambda g, a, b: whole(g.subgraph([a, b, "nobody"])),
    "a part, copied": lambda g, a, b: whole(g.subgraph([a, b]).copy()),
    "some edges": lambda g, a, b: whole(g.edge_subgraph(list(g.edges(a, keys=True)))),
    "undirected": lambda g, a, b: nx.to_dict_of_dicts(g.to_undirected()),
    "undirected, as a view": lambda g, a, b: sorted(g.to_undirected(as_view=True).edges(keys=True)),
    "directed": lambda g, a, b: whole(g.to_directed()),
    "reversed": lambda g, a, b: whole(g.reverse()),
    "reversed, as a view": lambda g, a, b: whole(g.reverse(copy=False)),
    "without parallels": lambda g, a, b: list(nx.DiGraph(g).edges(data=True)),
    "parts that hang together": lambda g, a, b: sorted(map(sorted, nx.weakly_connected_components(g))),
    "circles": lambda g, a, b: sorted(map(sorted, nx.strongly_connected_components(g))),
    "all ahead": lambda g, a, b: (nx.descendants(g, a), nx.ancestors(g, b)),
    "a way": lambda g, a, b: nx.shortest_path(g, a, b),
    "rank": lambda g, a, b: nx.degree_centrality(g),
    "for other programs": lambda g, a, b: nx.node_link_data(g, edges="edges"),
    "relabelled": lambda g, a, b: whole(nx.relabel_nodes(g, {a: "renamed"})),
    "composed": lambda g, a, b: whole(nx.compose(g, nx.MultiDiGraph([(a, "new")]))),
    "equal": lambda g, a, b: nx.utils.graphs_equal(g, g.copy()),
}  # fmt: skip

CHANGES: dict[str, Callable[[Graph, str, str], Any]] = {
    "a field of a node": lambda g, a, b: colour(g, a),
    "fields of all": lambda g, a, b: nx.set_node_attributes(g, 1, "weight"),
    "a field of an edge": lambda g, a, b: [
        fields.update(weight=2) for *_, fields in g.out_edges(a, data=True)
    ],
    "an edge": lambda g, a, b: g.add_edge(a, b, verb="knows"),
    "an edge with a key": lambda g, a, b: g.add_edge(b, a, key=7),
    "an edge to nowhere": lambda g, a, b: g.add_edge(a, "new", verb="knows"),
    "a node": lambda g, a, b: g.add_node("new", name="New"),
    "the same node": lambda g, a, b: g.add_node(a, name="New"),
    "no edges to it": lambda g, a, b: g.remove_edges_from(list(g.in_edges(b, keys=True))),
    "one edge less": lambda g, a, b: g.remove_edge(a, b),
    "one node less": lambda g, a, b: g.remove_node(a),
    "no edges": lambda g, a, b: g.clear_edges(),
    "nothing": lambda g, a, b: g.clear(),
    "frozen": lambda g, a, b: nx.freeze(g) and None,
    "updated": lambda g, a, b: g.update(edges=[(a, b), (b, a)]),
}


@given(worlds(), st.none() | days, st.none() | days, ids, ids, st.data())
def test_whatever_is_looked_at_or_changed_in_whatever_order(
    drawn: World, at: str | None, known: str | None, one: str, other: str, data: st.DataObject
) -> None:
    expected = eager(known_then(in_networkx(drawn), known), at)
    store = in_sqlite(drawn)
    graph: Graph = snapshot(known_then(store, known), at)
    store.close()
    names = st.sampled_from((*LOOKS, *CHANGES))
    for name in data.draw(st.lists(names, min_size=1, max_size=6)):
        do = LOOKS.get(name) or CHANGES[name]
        assert tried(lambda do=do: do(graph, one, other)) == tried(lambda do=do: do(expected, one, other)), (
            name
        )
    assert whole(graph) == whole(expected)


@pytest.fixture
def store() -> Store:
    return in_sqlite(world(KENT_THROUGH_TIME))


@pytest.mark.parametrize("name", [*LOOKS, *CHANGES])
def test_nothing_was_read_before(store: Store, name: str) -> None:
    expected = eager(store, "2013-06-01")
    graph: Graph = snapshot(store, "2013-06-01")
    assert all(type(getattr(graph, part)) is LaterPart for part in PARTS)
    do = LOOKS.get(name) or CHANGES[name]
    assert tried(lambda: do(graph, "ccg:10E", "at:Q67")) == tried(lambda: do(expected, "ccg:10E", "at:Q67"))
    assert whole(graph) == whole(expected)
    assert not any(type(getattr(graph, part)) is LaterPart for part in PARTS)


def test_looking_at_one_body_reads_that_body_alone(store: Store) -> None:
    graph: Graph = snapshot(store, "2013-06-01")
    assert graph.has_edge("ccg:10E", "at:Q67")
    assert list(graph) == sorted(graph)
    assert all(type(getattr(graph, part)) is LaterPart for part in PARTS)
    assert [len(list(dict.keys(getattr(graph, part)))) for part in PARTS] == [0, 1, 0]


def test_an_edge_is_the_same_from_both_its_ends(store: Store) -> None:
    graph: Graph = snapshot(store, "2013-06-01")
    assert graph._pred["at:Q67"]["ccg:10E"] is graph._adj["ccg:10E"]["at:Q67"]
    list(graph.edges)
    assert graph._pred["at:Q67"]["ccg:10E"] is graph._adj["ccg:10E"]["at:Q67"]
    assert graph._succ is graph._adj


def test_a_graph_is_there_when_its_store_is_closed(store: Store) -> None:
    expected, graph = eager(store, "2013-06-01"), snapshot(store, "2013-06-01")
    assert "ccg:10E" in graph
    store.close()
    assert whole(graph) == whole(expected)


def test_two_graphs_share_nothing_that_can_be_changed(store: Store) -> None:
    one, other = (snapshot(store, "2013-06-01") for _ in range(2))
    one.nodes["ccg:10E"]["name"] = "changed"
    assert other.nodes["ccg:10E"]["name"] != "changed"
    one.remove_node("ccg:10E")
    assert "ccg:10E" in other


def test_after_many_looks_the_rest_is_read_at_once(store: Store) -> None:
    assert isinstance(store, PackedFacts)
    graph: Graph = day_graph(store.lasting(), None)
    reached = [graph.degree(one) for one in graph for _ in range(3)]
    assert sum(reached) == 2 * 3 * eager(store, None).size()


def test_damage_is_found_when_the_graph_is_looked_at(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(store, PackedFacts)
    graph: Graph = snapshot(store, "2013-06-01")

    def damaged(*_: object) -> None:
        raise StoreDamaged("block 7 of its 9 is not what was built")

    monkeypatch.setattr(store.lasting()._packed.mapped, "check", damaged)
    store.lasting().edges.close()
    with pytest.raises(StoreDamaged):
        list(graph.edges(data=True))
