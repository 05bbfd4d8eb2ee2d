"""How the model looks in Neo4j: labels by kind, relationship types by verb, what is unique and what is indexed.

Every node of ours has the label `Orgmap` and the properties `build` (which load it belongs to), `table`
and `key` (what it is in the project's own tables). The labels that people ask by, such as `Entity` or
`ClinicalCommissioningGroup`, stand only on the graph that is current: a load that is under way is not seen.
"""

from __future__ import annotations

from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import kinds, verbs

SCHEMA = "14"
"""Changes when nodes or relationships change their shape: a graph of another shape must be loaded again."""

GRAPH = "orgmap"
"""The name under which readers find the current graph."""

LABELS = {
    "sources": "Source",
    "entities": "Entity",
    "phases": "Phase",
    "names": "Name",
    "identifiers": "Identifier",
    "locations": "Location",
    "events": "ChangeEvent",
    "rules": "Rule",
    "accountability": "Accountability",
    "statements": "Statement",
    "plans": "Plan",
    "milestones": "ProgrammeStep",
    "observations": "Observation",
    "processes": "ApprovalProcess",
    "stages": "ApprovalStage",
    "cases": "ApprovalCase",
    "case_events": "CaseEvent",
    "case_totals": "CaseTotal",
    "boards": "BoardKind",
    "seats": "Seat",
    "powers": "Power",
    "purposes": "Purpose",
    "contacts": "Contact",
    "corrections": "Correction",
    "list_sizes": "ListSize",
    "prescribing": "Prescribing",
    "themes": "Theme",
    "terms": "Term",
    "walks": "Walk",
    "walk_steps": "WalkStep",
    "neighbourhoods": "Neighbourhood",
    "outcodes": "Outcode",
    "places": "Place",
    "place_codes": "CodedPlace",
    "datasets": "Dataset",
}
"""The label of the nodes made of each table; an entity also has that of its kind."""

WORDS = {
    "phases": "HAS_PHASE",
    "names": "HAS_NAME",
    "identifiers": "HAS_IDENTIFIER",
    "locations": "HAS_LOCATION",
}
"""The relationship from an entity to what is dated about it."""

NOT_PLACED = "none"
"""What stands in the lists of an outcode where a table has a blank: lists have no gaps."""

STATEMENTS = (
    "CREATE CONSTRAINT orgmap_graph IF NOT EXISTS FOR (g:OrgmapGraph) REQUIRE g.name IS UNIQUE",
    "CREATE CONSTRAINT orgmap_build IF NOT EXISTS FOR (b:OrgmapBuild) REQUIRE b.build IS UNIQUE",
    "CREATE CONSTRAINT orgmap_key IF NOT EXISTS FOR (n:Orgmap) REQUIRE (n.build, n.table, n.key) IS UNIQUE",
    "CREATE INDEX orgmap_table IF NOT EXISTS FOR (n:Orgmap) ON (n.build, n.table)",
    "CREATE INDEX orgmap_kind IF NOT EXISTS FOR (n:Orgmap) ON (n.build, n.table, n.kind)",
    "CREATE INDEX orgmap_word IF NOT EXISTS FOR (n:Orgmap) ON (n.build, n.table, n.word)",
    "CREATE FULLTEXT INDEX orgmap_forms IF NOT EXISTS FOR (n:Orgmap) ON EACH [n.build, n.forms]"
    " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
    *(
        f"CREATE INDEX orgmap_{table}_{TABLES[table].key[0]} IF NOT EXISTS"
        f" FOR (n:{label}) ON (n.{TABLES[table].key[0]})"
        for table, label in LABELS.items()
        if table in TABLES and len(TABLES[table].key) == 1
    ),
    "CREATE INDEX orgmap_entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name)",
    "CREATE INDEX orgmap_identifier_code IF NOT EXISTS FOR (n:Identifier) ON (n.code)",
    "CREATE INDEX orgmap_outcode IF NOT EXISTS FOR (n:Outcode) ON (n.outcode)",
    "CREATE INDEX orgmap_change_date IF NOT EXISTS FOR (n:ChangeEvent) ON (n.date)",
    "CALL db.awaitIndexes(300)",
)
"""What a load creates first: a key for every row, and indexes for the declared keys and what else people ask by.

Constraints bind only labels that begin with Orgmap: no other application's data.
"""


def label_of(kind: str) -> str:
    """The label of a kind of the vocabulary; anything else is refused with `KeyError`.

    >>> label_of("clinical_commissioning_group")
    'ClinicalCommissioningGroup'
    """
    return "".join(word.capitalize() for word in kinds()[kind].kind.split("_"))


def type_of(verb: str) -> str:
    """The relationship type of a verb of the vocabulary; anything else is refused with `KeyError`.

    >>> type_of("member_of")
    'MEMBER_OF'
    """
    return verbs()[verb].verb.upper()


def types_of(words: set[str] | None) -> str:
    """The types of these verbs as a pattern has them, unknown ones left out; of all verbs for None.

    >>> types_of({"part_of", "member_of", "no such verb"})
    'MEMBER_OF|PART_OF'
    """
    return "|".join(type_of(verb) for verb in sorted(verbs()) if words is None or verb in words)
