"""RDF in the W3C Organization Ontology, with PROV for who says so: Turtle, or JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orgmap.graphmodel.errors import not_installed
from orgmap.loaders.exports.rdf_terms import CONTEXT, PREFIXES, Triples, all_triples
from orgmap.loaders.rows import Progress, Rows

if TYPE_CHECKING:
    from rdflib import Graph

BLOCK = 1000
"""So many subjects are written at a time: a graph of all England would not fit into a small machine's memory."""


def write_rdf(target: Path, form: str, rows: Rows, say: Progress) -> None:
    """Writes bodies, their relations, changes, rules and sources. Raises `WrongUse` without rdflib."""
    try:
        import rdflib  # noqa: F401
    except ImportError as error:
        raise not_installed("This format", "rdflib", "export") from error
    graphs = _graphs(all_triples(rows, say))
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_turtle(graphs) if form == "turtle" else _json_ld(graphs))


def turtle(subjects: Iterable[Triples]) -> str:
    """A few subjects as Turtle, with the prefixes that they use. Raises `WrongUse` without rdflib."""
    try:
        from rdflib import Graph
    except ImportError as error:
        raise not_installed("This format", "rdflib", "export") from error
    graph = Graph(bind_namespaces="none")
    for prefix, name in PREFIXES.items():
        graph.bind(prefix, name)
    for triples in subjects:
        for triple in triples:
            graph.add(triple)
    return graph.serialize(format="turtle")


def _graphs(subjects: Iterator[Triples]) -> Iterator[Graph]:
    """Graphs of some subjects each."""
    from rdflib import Graph

    while block := list(islice(subjects, BLOCK)):
        graph = Graph(bind_namespaces="none")
        for prefix, name in PREFIXES.items():
            graph.bind(prefix, name)
        for triples in block:
            for triple in triples:
                graph.add(triple)
        yield graph


def _turtle(graphs: Iterator[Graph]) -> Iterator[str]:
    yield "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in PREFIXES.items())
    for graph in graphs:
        lines = graph.serialize(format="turtle").splitlines(keepends=True)
        # Each graph says its prefixes again: they stand above, once.
        yield "".join(lines[sum(1 for line in lines if line.startswith("@prefix ")) :])


def _json_ld(graphs: Iterator[Graph]) -> Iterator[str]:
    yield f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": ['
    divider = "\n"
    for graph in graphs:
        document: Any = json.loads(graph.serialize(format="json-ld", context=CONTEXT, auto_compact=True))
        for one in document.get("@graph", [{k: v for k, v in document.items() if k != "@context"}]):
            yield divider + json.dumps(one, ensure_ascii=False)
            divider = ",\n"
    yield "\n]}\n"
