"""GraphML: bodies and their relations, for Gephi, yEd, igraph and other programs that draw or measure graphs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orgmap.graphmodel.model import IN_FORCE, STATUSES, Include
from orgmap.graphmodel.plans.foretold import plans_of_bodies
from orgmap.graphmodel.store import Store, surest

if TYPE_CHECKING:
    import networkx as nx

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML file may hold."""


def write_graphml(target: Path, store: Store, at: str | None, include: Include = IN_FORCE) -> None:
    """Writes every body as a node and every relation as an edge, with what is known of them; blanks are left out.

    Without a day also the relations that were not in force, each with its status, and who succeeded whom; a
    succession of which only one side is known has no edge. A body that a plan is to end bears `to_end` and its status.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    shown = include if at else Include.of(STATUSES)
    bodies = list(surest(store.entities(at=at, include=include)).values())
    plans = plans_of_bodies(store, bodies, shown)
    for entity in bodies:
        node = entity._asdict()
        codes = {f"code_{scheme}": code for scheme, code in node.pop("codes")}
        graph.add_node(
            entity.id, **cells({**node, **codes, **plans.get(entity.id, {})}), label=_plain(entity.label)
        )
    for fact in store.relationships(at=at, include=shown):
        if fact.subject in graph and fact.object in graph:
            graph.add_edge(fact.subject, fact.object, **cells(fact._asdict()))
    if not at:
        _add_successions(graph, store)
    nx.write_graphml_xml(graph, target)


def _add_successions(graph: nx.MultiDiGraph[str], store: Store) -> None:
    for event, pairs in store.events(include=Include.of(STATUSES)):
        change = {"verb": "succeeded_by", **event._asdict()}
        del change["id"]  # the pair names it
        for pair in pairs:
            if pair.predecessor and pair.successor:
                said = {"status": pair.status or event.status, "stated_on": pair.stated_on or event.stated_on}
                edge = cells({**change, **pair._asdict(), **said})
                graph.add_edge(edge.pop("predecessor"), edge.pop("successor"), **edge)


def cells(named: dict[str, Any]) -> dict[str, Any]:
    """What XML can hold of these cells; blanks are left out."""
    return {
        name: _plain(cell) if isinstance(cell, str) else cell
        for name, cell in named.items()
        if cell not in (None, "")
    }


def _plain(text: str) -> str:
    return _NO_XML.sub("", text)
