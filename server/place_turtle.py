"""The answer for a place in RDF: which body has which role for it on which day, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha1
from typing import Any

from orgmap.graphmodel.store import Store
from orgmap.loaders.exports.one_body import rows_of_source
from orgmap.loaders.exports.rdf_terms import PREFIXES, Triples, name, triples_of


def place_triples(store: Store, place: str, answer: dict[str, Any]) -> Iterator[Triples]:
    """The place, and a thing of its own for each body found, since it holds for that day."""
    from urllib.parse import quote

    from rdflib import Literal, URIRef

    a = name("rdf:type")
    where = URIRef(f"{PREFIXES['om'].replace('terms', 'place')}{quote(place, safe='')}")
    yield [(where, a, name("om:Place")), (where, name("rdfs:label"), Literal(answer["place"]["described"]))]
    for body in answer["bodies"]:
        key = f"{place} {answer['at']} {body['role']} {body['id']}"
        found = name(f"fact:{sha1(key.encode(), usedforsecurity=False).hexdigest()[:20]}")
        triples: Triples = [
            (found, a, name("om:Finding")),
            (found, name("om:place"), where),
            (found, name("om:at"), Literal(answer["at"], datatype=name("xsd:date"))),
            (found, name("om:role"), Literal(body["role"])),
            (found, name("om:body"), name(f"body:{body['id']}")),
        ]
        triples += [
            (found, name(f"om:{key}"), Literal(body[key]))
            for key in ("share", "share_of", "basis", "status", "note")
            if body.get(key) is not None
        ]
        triples += [
            (found, name("prov:wasDerivedFrom"), name(f"source:{one['source']}")) for one in body["sources"]
        ]
        yield triples
    for source in sorted({one["source"] for body in answer["bodies"] for one in body["sources"]}):
        yield from triples_of(rows_of_source(store, source))
