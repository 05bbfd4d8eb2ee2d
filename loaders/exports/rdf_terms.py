"""What each table says in RDF: words of the W3C Organization Ontology where it has them, else words of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha1
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from orgmap.graphmodel.stores.neo4j.schema import label_of
from orgmap.graphmodel.tables import DATES, TABLES
from orgmap.graphmodel.vocabulary import event_kinds, has, kinds, of_id, things, verbs
from orgmap.loaders.rows import Progress, Row, Rows
from orgmap.loaders.statuses import not_happened, not_in_force

if TYPE_CHECKING:
    from rdflib import URIRef

Triple = tuple[Any, Any, Any]
Triples = list[Triple]

PREFIXES = {
    "body": "urn:orgmap:body:",
    "source": "urn:orgmap:source:",
    "change": "urn:orgmap:change:",
    "fact": "urn:orgmap:fact:",
    "row": "urn:orgmap:row:",
    "om": "urn:orgmap:terms:",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CONTEXT: dict[str, Any] = dict(PREFIXES)

_DIRECT = {"member_of": "org:memberOf"}
"""The ontology's own words for our verbs; others are kinds of `org:linkedTo`."""


def name(prefixed: str) -> URIRef:
    """The full name of something such as `org:hasUnit` or `body:ccg:10E`.

    >>> name("body:ccg:10E")
    rdflib.term.URIRef('urn:orgmap:body:ccg:10E')
    """
    from rdflib import URIRef

    prefix, _, rest = prefixed.partition(":")
    return URIRef(PREFIXES[prefix] + quote(rest, safe=":-._~/"))


def all_triples(rows: Rows, say: Progress) -> Iterator[Triples]:
    """The triples of one subject after another, those of our words first."""
    yield from _vocabulary()
    yield from triples_of(rows, say)


def triples_of(rows: Rows, say: Progress = lambda step, done, of: None) -> Iterator[Triples]:
    """The same without our words: what they mean stands in the whole export."""
    words: dict[str, Triples] = {}
    for table, triples_of in (("names", _other_name), ("identifiers", _code)):
        for row in rows(table):
            words.setdefault(row[0], []).append(triples_of(row))
    for body, status in not_in_force(rows).items():
        words.setdefault(body, []).append((name(f"body:{body}"), name("om:status"), _text(status)))
    plans = not_happened(rows)
    tables: dict[str, Callable[[dict[str, Any]], Triples]] = {
        "sources": _source,
        "entities": lambda cells: _entity(cells, words.get(cells["id"], [])),
        "relationships": _relationship,
        "events": _event,
        "successions": lambda cells: _succession(_as_its_change(cells, plans)),
        **{table: _row_of(table) for table in _ROWS},
    }
    for done, (table, tell) in enumerate(tables.items()):
        say(table, done, len(tables))
        columns = TABLES[table].columns
        for row in rows(table):
            yield tell(
                {column: cell for column, cell in zip(columns, row, strict=True) if cell not in (None, "")}
            )


def _as_its_change(cells: dict[str, Any], plans: dict[str, dict[str, str]]) -> dict[str, Any]:
    """A succession with status and day of saying of its change, if that has not happened; its own come first."""
    said = plans.get(cells["event"], {})
    own = {} if cells.get("status") == "in_force" else {"status": cells.get("status")}
    return {**cells, **said, **{name: cell for name, cell in own.items() if cell}} if said else cells


def _text(value: Any, kind: str = "") -> Any:
    from rdflib import Literal

    return Literal(value, datatype=name(kind)) if kind else Literal(value)


def _vocabulary() -> Iterator[Triples]:
    """Our kinds as kinds of organisation, our verbs as kinds of link, our changes as kinds of change event."""
    a, sub, label = name("rdf:type"), name("rdfs:subClassOf"), name("rdfs:label")
    for kind in kinds().values():
        word = name(f"om:{label_of(kind.kind)}")
        above = "rdfs:Resource" if kind.kind in things() else "org:Organization"
        above = "org:OrganizationalUnit" if "unit" in kind.traits else above
        yield [(word, a, name("rdfs:Class")), (word, sub, name(above)), (word, label, _text(kind.label))]
    for verb in verbs().values():
        word = name(f"om:{verb.verb}")
        yield [
            (word, a, name("rdf:Property")),
            (word, name("rdfs:subPropertyOf"), name(_DIRECT.get(verb.verb, "org:linkedTo"))),
            (word, label, _text(verb.forward)),
        ]
    for change in event_kinds().values():
        word = name(f"om:{change.kind}")
        yield [
            (word, a, name("rdfs:Class")),
            (word, sub, name("org:ChangeEvent")),
            (word, label, _text(change.label)),
        ]


def _common(subject: URIRef, cells: dict[str, Any]) -> Iterator[Triple]:
    """Days, and who says so. The end of a period is the first day on which it did not hold."""
    for column in ("valid_from", "valid_until", "stated_on"):
        if column in cells:
            yield subject, name(f"om:{column}"), _text(cells[column], "xsd:date")
    for column in ("from_precision", "until_precision", "locator", "note"):
        if column in cells:
            yield subject, name(f"om:{column}"), _text(cells[column])
    for source in cells.get("source", "").split():
        yield subject, name("prov:wasDerivedFrom"), name(f"source:{source}")


def _entity(cells: dict[str, Any], words: Triples) -> Triples:
    """A body with its other names and codes; SKOS wants no other name that is the name itself."""
    body, kind = name(f"body:{cells['id']}"), cells["kind"]
    triples = [(body, name("rdf:type"), name(f"om:{label_of(kind)}"))]
    if kind not in things():
        triples.append((body, name("rdf:type"), name("org:Organization")))
    if has(kind, "unit"):
        triples.append((body, name("rdf:type"), name("org:OrganizationalUnit")))
    if "name" in cells:
        triples.append((body, name("skos:prefLabel"), _text(cells["name"])))
        same = (body, name("skos:altLabel"), _text(cells["name"]))
        words = [word for word in words if word != same]
    return [*triples, (body, name("dct:identifier"), _text(cells["id"])), *_common(body, cells), *words]


def _other_name(row: Row) -> Triple:
    return name(f"body:{row[0]}"), name("skos:altLabel"), _text(row[1])


def _code(row: Row) -> Triple:
    return name(f"body:{row[0]}"), name("org:identifier"), _text(row[2], f"om:{row[1]}_code")


def _relationship(cells: dict[str, Any]) -> Triples:
    """The relation as one triple, which says that it held at some time, and as a thing of its own, which says when."""
    subject, target = name(f"body:{cells['subject']}"), name(f"body:{cells['object']}")
    verb = cells["verb"]
    fact = name(f"fact:{sha1(repr(sorted(cells.items())).encode(), usedforsecurity=False).hexdigest()[:20]}")
    triples: Triples = [
        (fact, name("rdf:type"), name("om:Relationship")),
        (fact, name("rdf:subject"), subject),
        (fact, name("rdf:predicate"), name(f"om:{verb}")),
        (fact, name("rdf:object"), target),
        *_common(fact, cells),
    ]
    triples += [
        (fact, name(f"om:{c}"), _text(cells[c]))
        for c in ("population", "basis", "status", "share", "share_of")
        if c in cells
    ]
    if "about" in cells:
        triples.append((fact, name("dct:subject"), name(f"body:{cells['about']}")))
    if cells.get("status") != "in_force":
        return triples  # a plan is no fact
    triples.append((subject, name(f"om:{verb}"), target))
    if verb == "part_of" and "unit" in of_id(cells["subject"]).traits:
        triples += [(target, name("org:hasUnit"), subject), (subject, name("org:unitOf"), target)]
    if verb == "member_of":
        triples += [
            (subject, name("org:memberOf"), target),
            (fact, name("rdf:type"), name("org:Membership")),
            (fact, name("org:member"), subject),
            (fact, name("org:organization"), target),
        ]
    return triples


def _event(cells: dict[str, Any]) -> Triples:
    event = name(f"change:{cells['id']}")
    triples: Triples = [
        (event, name("rdf:type"), name("org:ChangeEvent")),
        (event, name("rdf:type"), name(f"om:{cells['kind']}")),
        *_common(event, cells),
    ]
    if "date" in cells:
        triples.append((event, name("dct:date"), _text(cells["date"], "xsd:date")))
    return triples + [
        (event, name(f"om:{c}"), _text(cells[c])) for c in ("precision", "instrument", "status") if c in cells
    ]


def _succession(cells: dict[str, Any]) -> Triples:
    """Predecessor and successor at their change event, and the pair with its weight."""
    event = name(f"change:{cells['event']}")
    pair = name(f"fact:{sha1(repr(sorted(cells.items())).encode(), usedforsecurity=False).hexdigest()[:20]}")
    triples: Triples = [(pair, name("rdf:type"), name("om:Succession")), (pair, name("om:event"), event)]
    for end, of_event, of_body in (
        ("predecessor", "org:originalOrganization", "org:changedBy"),
        ("successor", "org:resultingOrganization", "org:resultedFrom"),
    ):
        if end in cells:
            body = name(f"body:{cells[end]}")
            triples.append((pair, name(f"om:{end}"), body))
            if cells.get("status", "in_force") == "in_force":  # a plan is no fact
                triples += [(event, name(of_event), body), (body, name(of_body), event)]
    if "about" in cells:
        triples.append((pair, name("dct:subject"), name(f"body:{cells['about']}")))
    if "stated_on" in cells:
        triples.append((pair, name("om:stated_on"), _text(cells["stated_on"], "xsd:date")))
    return triples + [
        (pair, name(f"om:{c}"), _text(cells[c]))
        for c in ("weight", "counts", "number", "stray", "status")
        if c in cells
    ]


def _source(cells: dict[str, Any]) -> Triples:
    source = name(f"source:{cells['id']}")
    triples: Triples = [(source, name("rdf:type"), name("prov:Entity"))]
    words = {"title": "dct:title", "publisher": "dct:publisher", "licence": "dct:license", "note": "om:note"}
    words |= {"attribution": "dct:rights", "verified": "om:verified"}
    triples += [
        (source, name(words[column]), _text(cell)) for column, cell in cells.items() if column in words
    ]
    if "as_of" in cells:
        triples.append((source, name("dct:date"), _text(cells["as_of"], "xsd:date")))
    if "url" in cells:
        triples.append((source, name("foaf:page"), _text(cells["url"], "xsd:anyURI")))
    return triples


_ROWS = {
    "rules": "om:Rule",
    "accountability": "om:Accountability",
    "statements": "om:Statement",
    "plans": "om:Plan",
    "milestones": "om:Milestone",
    "observations": "om:Observation",
    "processes": "om:ApprovalProcess",
    "stages": "om:ApprovalStage",
    "cases": "om:ApprovalCase",
    "case_events": "om:CaseEvent",
    "case_totals": "om:CaseTotal",
    "boards": "om:BoardKind",
    "seats": "om:Seat",
    "powers": "om:Power",
    "purposes": "om:Purpose",
    "contacts": "om:Contact",
    "corrections": "om:Correction",
    "list_sizes": "om:ListSize",
    "prescribing": "om:Prescribing",
    "themes": "om:Theme",
    "terms": "om:Term",
    "walks": "om:Walk",
    "walk_steps": "om:WalkStep",
}
"""The class of each table that the ontology has no words for."""


def _row_of(table: str) -> Callable[[dict[str, Any]], Triples]:
    """Rows of a table that the ontology has no words for: each cell under its column's name."""
    kind = _ROWS[table]
    common = {"id", "source", "locator", "note", "from_precision", "until_precision"}
    common |= {"valid_from", "valid_until", "stated_on"}

    def tell(cells: dict[str, Any]) -> Triples:
        row = name(f"row:{table}:{cells['id']}")
        rest = [
            (row, name(f"om:{column}"), _text(cell, "xsd:date" if column in DATES else ""))
            for column, cell in cells.items()
            if column not in common
        ]
        return [(row, name("rdf:type"), name(kind)), *_common(row, cells), *rest]

    return tell
