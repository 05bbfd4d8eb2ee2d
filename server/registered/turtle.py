"""A body of the register in RDF: the record, its roles and relations with their days, who came before and after."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha1
from typing import Any

from orgmap.graphmodel.store import Store
from orgmap.loaders.exports.one_body import rows_of_source
from orgmap.loaders.exports.rdf_terms import Triples, name, triples_of

DAYS = ("valid_from", "valid_until", "legal_from", "legal_until")
SITE = "site"
"""What a record that is no organisation is called."""


def record_triples(store: Store, answer: dict[str, Any]) -> Iterator[Triples]:
    """The body, a thing of its own for each role, relation and succession, and the release that says so."""
    from rdflib import Literal

    body, said = answer["body"], answer["registered"]
    subject, a = name(f"body:{body['id']}"), name("rdf:type")
    sources = [one["source"] for one in answer["sources"]]
    is_site = said["record"] == SITE
    triples: Triples = [
        (subject, a, name("org:Site" if is_site else "org:Organization")),
        (subject, name("dct:identifier"), Literal(body["id"])),
        (subject, name("org:identifier"), Literal(body["codes"]["ods"], datatype=name("om:ods_code"))),
        (subject, name("dct:type"), Literal(said["is"])),
        *_days(subject, said),
        *((subject, name("prov:wasDerivedFrom"), name(f"source:{one}")) for one in sources),
    ]
    if body["name"]:
        triples.append((subject, name("skos:prefLabel"), Literal(body["name"])))
    triples += [
        (subject, name(f"om:{key}"), Literal(said[key]))
        for key in ("status", "address", "postcode", "country", "uprn")
        if said[key]
    ]
    triples += [
        (subject, name(f"om:{one['means']}"), Literal(one["value"]))
        for one in said["contacts"]
        if one["value"]
    ]
    yield triples
    for part, word in (
        ("roles", "om:RegisteredRole"),
        ("ties", "om:RegisteredRelation"),
        ("successions", "om:Succession"),
    ):
        for one in said[part]:
            yield _part(subject, name(word), one, sources)
    for source in sources:
        yield from triples_of(rows_of_source(store, source))


def _part(subject: Any, word: Any, said: dict[str, Any], sources: list[str]) -> Triples:
    """One role, relation or succession as a thing of its own, since it has days."""
    from rdflib import Literal

    key = f"{subject} {sorted(said.items(), key=str)}"
    part = name(f"fact:{sha1(key.encode(), usedforsecurity=False).hexdigest()[:20]}")
    triples: Triples = [
        (part, name("rdf:type"), word),
        (part, name("rdf:subject"), subject),
        *_days(part, said),
    ]
    triples += [
        (part, name(f"om:{column}"), Literal(said[column]))
        for column in ("role", "is", "primary", "relation", "verb", "way", "status")
        if said.get(column) is not None
    ]
    if said.get("id"):
        triples.append((part, name("rdf:object"), name(f"body:{said['id']}")))
    if said.get("date"):
        triples.append((part, name("dct:date"), Literal(said["date"], datatype=name("xsd:date"))))
    return triples + [(part, name("prov:wasDerivedFrom"), name(f"source:{one}")) for one in sources]


def _days(subject: Any, said: dict[str, Any]) -> Triples:
    from rdflib import Literal

    return [
        (subject, name(f"om:{column}"), Literal(said[column], datatype=name("xsd:date")))
        for column in DAYS
        if said.get(column)
    ]
