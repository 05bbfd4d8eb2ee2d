"""A permalink of a body that the whole register alone has: what it gives as a page, as JSON and as Turtle."""

from __future__ import annotations

from typing import Any

from orgmap.answer import Answer
from orgmap.graph import Graph
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.register.bodies import PREFIX, register_of
from orgmap.loaders.exports.rdf import turtle
from orgmap.server.registered.turtle import record_triples

NOT_LOADED = (
    "The register of organisations is not loaded here, and {thing} is none of the graph’s bodies. Whoever runs this"
    " server loads it with orgmap load, and starts the server again."
)

NOT_PUBLISHED = "No release of the register of organisations that was published by {day} is loaded here."


def is_of_register(thing: str) -> bool:
    """Whether an id is one that the register's own bodies have.

    >>> is_of_register("ods:FAA01"), is_of_register("ccg:10E")
    (True, False)
    """
    return thing.startswith(f"{PREFIX}:")


def shown_record(
    graph: Graph, thing: str, at: str, include: tuple[str, ...] = (), known: str = ""
) -> Answer[Any, Any]:
    """What is told of an id of the register: of its own body, or of that of the graph which has its code.

    Raises `NothingFound` with what is not there, the register (as `known` on a day) or the code, and what `Graph.show`
    does.
    """
    try:
        return graph.show(thing, at or None, include=include)
    except NothingFound as error:
        register = register_of(graph.store)
        release = register.newest() if register else None
        if release is None:
            said = NOT_PUBLISHED.format(day=known) if known else NOT_LOADED.format(thing=thing)
            raise NothingFound(said) from error
        code = thing.removeprefix(f"{PREFIX}:")
        raise NothingFound(
            f"The register as it was published on {release.as_of} has no body with the code {code}."
        ) from error


def record_turtle(graph: Graph, whole: dict[str, Any]) -> str:
    """A body of the register as Turtle."""
    return turtle(record_triples(graph.store, whole))


def record_words(graph: Graph, whole: dict[str, Any]) -> dict[str, Any]:
    """What the template of such a body's page takes; a preview takes the same."""
    cited = (graph.cite(one["source"]).to_dict()["references"] for one in whole["sources"])
    references = [reference for each in cited for reference in each]
    return {"answer": whole, "kind": whole["body"]["kind"], "after": [], "references": references}
