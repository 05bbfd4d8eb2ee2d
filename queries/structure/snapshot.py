"""The graph of one day as a real networkx graph, for analysis and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store, entity_order, surest
from orgmap.graphmodel.stores.packed_facts import PackedFacts
from orgmap.queries.commissioning.edges import commissioned
from orgmap.queries.plans.marks import planned_ends
from orgmap.queries.structure.day_graph import day_graph

if TYPE_CHECKING:
    import networkx as nx


def snapshot(
    store: Store, at: AnyDay | None = None, include: Include = IN_FORCE, commissioning: bool = False
) -> nx.MultiDiGraph[str]:
    """Gives what was in force on a day as a `networkx.MultiDiGraph`; without a day everything, with its dates.

    Nodes are entity ids with the entity's fields (what only a plan knows with its status, and with `to_end` what a plan
    is to end, if `include` asks for plans), edges carry a relationship's fields. With `commissioning` (which
    needs a day) also an edge “commissions” from each body to each service that it commissions by a rule, with the
    fields of `Commissioned`: for which places and population, as what, from when until when, and whether it is sure.
    From the embedded store it is there at once: a node's fields and edges are read when they are first asked for, those
    of all when you go through them, also after the store was closed.
    Raises `WrongUse` for what is no day, or commissioning without one.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     graph = snapshot(store, "2013-06-01")
    >>> graph.has_edge("ccg:10E", "at:Q67")
    True
    """
    import networkx as nx

    at = day_of(at) if at else None
    if commissioning and at is None:
        raise WrongUse("Who commissions what is told for a day: name one.")
    if isinstance(store, PackedFacts) and include.statuses == IN_FORCE.statuses:
        graph = day_graph(store.lasting(), at, include)
    else:
        graph = nx.MultiDiGraph(at=at)
        there = surest(store.entities(at=at, include=include))
        nodes = sorted(there.values(), key=entity_order)
        graph.add_nodes_from((entity.id, entity._asdict()) for entity in nodes)
        for body, end in planned_ends(store, there, include).items():
            graph.nodes[body]["to_end"] = end.to_json()
        for relationship in store.relationships(at=at, include=include):
            if relationship.subject in graph and relationship.object in graph:
                graph.add_edge(relationship.subject, relationship.object, **relationship._asdict())
    for one in commissioned(store, at, include) if commissioning and at else ():
        if one.subject in graph and one.object in graph:
            graph.add_edge(one.subject, one.object, **one._asdict())
    return graph
