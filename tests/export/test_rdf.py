"""RDF read back says what the tables say, in the words of the Organization Ontology, and keeps its shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

rdflib = pytest.importorskip("rdflib", reason="rdflib is not here: no RDF can be written")

from rdflib import Graph, Literal  # noqa: E402
from rdflib.compare import to_isomorphic  # noqa: E402
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SKOS, XSD  # noqa: E402

from orgmap.graphmodel.model import STATUSES  # noqa: E402
from orgmap.graphmodel.store import Store  # noqa: E402
from orgmap.graphmodel.stores.neo4j.schema import label_of  # noqa: E402
from orgmap.graphmodel.vocabulary import things  # noqa: E402
from orgmap.loaders.build import from_tables  # noqa: E402
from orgmap.loaders.exports import rdf as export_rdf  # noqa: E402
from orgmap.loaders.exports.rdf_terms import all_triples, name  # noqa: E402
from tests.export.conftest import Export  # noqa: E402
from tests.kent import KENT_PRESCRIBED, KENT_THROUGH_TIME  # noqa: E402
from tests.running import ROOT  # noqa: E402
from tests.worlds import World, world  # noqa: E402

# What these packages say to each other is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph).*deprecated:DeprecationWarning")
SHAPES = ROOT / "loaders" / "exports" / "shapes.ttl"

# What the tables say beside bodies, relations and changes.
SAID = """
rules
id | service               | commissioner     | status   | valid_from | valid_until
R1 | service:public_health | upper_tier_council | in_force | 2013-04-01 | 2022-07-01

accountability
id | subject | verb    | object | status   | valid_from | valid_until
A1 | pct:5QA | part_of | sha:Q37 | in_force | 2006-10-01 | 2013-04-01

statements
id | topic  | subject | text  | status  | valid_from | valid_until
S1 | reform | icb:QKS | Plans | planned | 2026-04-01 | 2027-04-01
"""


def read(path: Path, form: str = "turtle") -> Graph:
    """The triples of a file."""
    return Graph().parse(path, format="turtle" if form == "turtle" else "json-ld")


def all_of(drawn: World) -> Graph:
    """The triples of tables drawn in a test."""
    graph = Graph()
    for triples in all_triples(from_tables(drawn), lambda *_: None):
        for triple in triples:
            graph.add(triple)
    return graph


def faults(graph: Graph) -> set[object]:
    """Which subjects break the shapes."""
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not here: shapes cannot be checked")
    whole, found, _ = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    subjects = set(found.objects(None, rdflib.SH.focusNode))
    assert whole == (not subjects)
    return subjects


@pytest.fixture
def graph(export: Export) -> Graph:
    """All of Kent."""
    return read(export("turtle"))


def test_json_ld_says_what_turtle_says(export: Export, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_rdf, "BLOCK", 7)  # put together from many pieces
    for form in ("turtle", "jsonld"):
        assert to_isomorphic(read(export(form), form)) == to_isomorphic(graph)
    assert len(graph) > 600


def test_bodies_come_back_with_kind_name_codes_days_and_source(graph: Graph, store: Store) -> None:
    for entity in store.entities():
        body = name(f"body:{entity.id}")
        assert graph.value(body, DCTERMS.identifier) == Literal(entity.id)
        assert str(graph.value(body, SKOS.prefLabel) or "") == entity.name
        for column in ("valid_from", "valid_until"):
            day = getattr(entity, column)
            expected = Literal(day, datatype=XSD.date) if day else None
            assert graph.value(body, name(f"om:{column}")) == expected
        assert graph.value(body, PROV.wasDerivedFrom) == name(f"source:{entity.source}")
        codes = {str(code) for code in graph.objects(body, ORG.identifier)}
        assert {code for _, code in entity.codes} <= codes
    organisations = set(graph.subjects(RDF.type, ORG.Organization))
    assert name("body:ccg:10E") in organisations
    assert name("body:area:E01000001") not in organisations


def test_relations_come_back_with_their_days(graph: Graph, store: Store) -> None:
    told = set()
    for fact in graph.subjects(RDF.type, name("om:Relationship")):
        ends = [graph.value(fact, part) for part in (RDF.subject, RDF.predicate, RDF.object)]
        days = [graph.value(fact, name(f"om:{column}")) for column in ("valid_from", "valid_until")]
        one, verb, other = (str(end).removeprefix("urn:orgmap:").partition(":")[2] for end in ends)
        told.add((one, verb, other, *(str(day) if day else None for day in days)))
    assert told == {(f.subject, f.verb, f.object, f.valid_from, f.valid_until) for f in store.relationships()}


def test_units_members_and_plain_triples(graph: Graph) -> None:
    board, council = name("body:hwb:E10000016"), name("body:council:E10000016")
    assert (council, ORG.hasUnit, board) in graph
    assert (board, RDF.type, ORG.OrganizationalUnit) in graph
    practice, group = name("body:practice:G82064"), name("body:ccg:10E")
    assert (practice, ORG.memberOf, group) in graph
    assert [m for m in graph.subjects(ORG.member, practice) if (m, ORG.organization, group) in graph] != []
    # A group was no unit of the area team that assured it.
    assert (name("body:at:Q67"), ORG.hasUnit, group) not in graph
    assert (group, name("om:part_of"), name("body:at:Q67")) in graph


def test_a_change_joins_all_its_bodies_and_cites_its_source(graph: Graph) -> None:
    change = name("change:reform")
    assert (change, RDF.type, ORG.ChangeEvent) in graph
    assert set(graph.objects(change, ORG.originalOrganization)) == {name("body:pct:5QA")}
    assert set(graph.objects(change, ORG.resultingOrganization)) == {
        name("body:ccg:10E"),
        name("body:ccg:09E"),
    }
    assert graph.value(change, DCTERMS.date) == Literal("2013-04-01", datatype=XSD.date)
    assert graph.value(change, PROV.wasDerivedFrom) == name("source:act")
    assert graph.value(name("source:act"), DCTERMS.title) == Literal("Health and Social Care Act 2012")
    weights = {str(graph.value(pair, name("om:successor"))): float(graph.value(pair, name("om:weight")))
               for pair in graph.subjects(name("om:event"), change)}  # fmt: skip
    assert weights == {"urn:orgmap:body:ccg:10E": 0.75, "urn:orgmap:body:ccg:09E": 0.25}


def test_a_day_has_only_what_was_in_force(export: Export, store: Store) -> None:
    at = "2013-06-01"
    graph = read(export("turtle", "--at", at))
    bodies = {str(body) for body in graph.subjects(DCTERMS.identifier)}
    assert bodies == {f"urn:orgmap:body:{entity.id}" for entity in store.entities(at=at)}
    assert list(graph.subjects(RDF.type, ORG.ChangeEvent)) == []
    assert len(set(graph.subjects(RDF.type, name("om:Relationship")))) == len(store.relationships(at=at))


def test_no_other_name_is_the_name_itself(graph: Graph) -> None:
    # SKOS S13: the name of the day stands among the dated names too.
    for body in graph.subjects(DCTERMS.identifier):
        assert (body, SKOS.altLabel, graph.value(body, SKOS.prefLabel)) not in graph
    board = name("body:stp:QKS")
    assert {str(other) for other in graph.objects(board, SKOS.altLabel)} == {
        "Kent and Medway STP",
        "Kent & Medway ICS",
    }
    drawn = world(
        KENT_THROUGH_TIME + KENT_PRESCRIBED + "\nnames\nentity | name | use\nstp:QKS | Kent STP | official"
    )
    assert to_isomorphic(all_of(drawn)) == to_isomorphic(graph)


def test_a_name_of_the_day_is_no_other_name(export: Export) -> None:
    day, board = read(export("turtle", "--at", "2020-06-01")), name("body:stp:QKS")
    assert str(day.value(board, SKOS.prefLabel)) == "Kent and Medway STP"
    assert list(day.objects(board, SKOS.altLabel)) == []


def test_an_export_keeps_the_shapes(export: Export) -> None:
    for options in ((), ("--at", "2013-06-01")):
        assert faults(read(export("turtle", *options))) == set()
    assert faults(all_of(world(KENT_THROUGH_TIME + KENT_PRESCRIBED + SAID))) == set()


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("body:ccg:10E", "dct:identifier", Literal("another")),
        ("body:ccg:10E", "om:valid_from", Literal("2013-04-02", datatype=XSD.date)),
        ("body:ccg:10E", "om:from_precision", Literal("roughly")),
        ("body:ccg:10E", "org:hasUnit", name("body:area:E01000001")),
        ("body:stp:QKS", "prov:wasDerivedFrom", name("source:nobody")),
        ("change:reform", "org:resultingOrganization", name("body:nobody")),
        ("source:act", "dct:title", Literal("Another Act")),
        ("body:ccg:10E", "skos:altLabel", Literal("NHS Thanet CCG")),
        ("body:area:E01000001", "dct:identifier", Literal("another")),
        ("row:rules:R1", "om:status", Literal("planned")),
        ("row:statements:S1", "prov:wasDerivedFrom", name("source:nobody")),
    ],
)
def test_what_breaks_a_shape_is_found(subject: str, predicate: str, value: object) -> None:
    graph = all_of(world(KENT_THROUGH_TIME + KENT_PRESCRIBED + SAID))
    graph.add((name(subject), name(predicate), value))
    assert name(subject) in faults(graph)


@pytest.mark.parametrize(
    "subject",
    [
        *("change:reform", "body:ccg:10E", "body:area:E01000001", "body:service:public_health"),
        *("row:rules:R1", "row:accountability:A1", "row:statements:S1"),
    ],
)
def test_what_lacks_its_source_is_found(subject: str) -> None:
    graph = all_of(world(KENT_THROUGH_TIME + KENT_PRESCRIBED + SAID))
    graph.remove((name(subject), PROV.wasDerivedFrom, None))
    assert name(subject) in faults(graph)


@pytest.mark.parametrize("subject", ["row:rules:R1", "row:accountability:A1", "row:statements:S1"])
@pytest.mark.parametrize("column", ["valid_until", "status"])
def test_no_period_ends_before_it_begins_and_no_status_is_made_up(subject: str, column: str) -> None:
    graph = all_of(world(KENT_THROUGH_TIME + KENT_PRESCRIBED + SAID))
    wrong = {"valid_until": Literal("2001-01-01", datatype=XSD.date), "status": Literal("rumoured")}[column]
    assert (name(subject), name(f"om:{column}"), None) in graph
    graph.set((name(subject), name(f"om:{column}"), wrong))
    assert name(subject) in faults(graph)


def test_a_relation_with_a_status_made_up_is_found(graph: Graph) -> None:
    fact = next(iter(sorted(graph.subjects(RDF.type, name("om:Relationship")))))
    graph.set((fact, name("om:status"), Literal("rumoured")))
    assert fact in faults(graph)


def test_a_succession_without_any_end_is_found(graph: Graph) -> None:
    start = next(graph.subjects(name("om:event"), name("change:start")))
    graph.remove((start, name("om:successor"), None))
    assert start in faults(graph)


def test_the_shapes_know_the_statuses_and_kinds_of_the_vocabulary() -> None:
    shapes, sh = Graph().parse(SHAPES), rdflib.SH
    listed = [
        {str(one) for one in shapes.items(shapes.value(rule, sh["in"]))}
        for rule in shapes.subjects(sh.path, name("om:status"))
    ]
    assert listed == [set(STATUSES)]
    classes = {name(f"om:{label_of(kind)}") for kind in things()}
    assert classes <= set(shapes.objects(None, sh.targetClass))
