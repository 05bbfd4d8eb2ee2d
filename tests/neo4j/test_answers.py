"""Every question of the command line is answered by the server as by the embedded file, in few round trips."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.stores.neo4j.schema import LABELS, WORDS, label_of, type_of
from orgmap.graphmodel.stores.neo4j.server import Server, cypher_log
from orgmap.graphmodel.stores.neo4j.store import Neo4jStore
from orgmap.graphmodel.vocabulary import kinds, verbs
from orgmap.queries.change.lineage import lineage
from orgmap.queries.place.find import find
from orgmap.queries.structure.within import ids_within, scope_of
from tests.cli.conftest import Orgmap
from tests.cli.examples import ANSWERED
from tests.kent import KENT_THROUGH_TIME
from tests.mine import write_mine
from tests.neo4j.conftest import Database
from tests.neo4j.worlds import WorldStore, in_neo4j
from tests.running import ROOT
from tests.worlds import in_sqlite, world

RULES = """
rules
id | service               | commissioner                 | basis     | valid_from | source
r1 | service:public_health | upper_tier_council           | statutory | 2013-04-01 | act
r2 | service:public_health | primary_care_trust           | statutory |            | act

accountability
id | subject                      | verb           | object        | valid_from
a1 | clinical_commissioning_group | accountable_to | region:Y57    | 2013-04-01
a2 | region:Y57                   | accountable_to | sha:Q37       |

statements
id | document | topic | subject | text                   | source | stated_on
s1 | act      | body  | ccg:10E | Thanet will have a CCG | act    | 2012-01-01
"""

QUESTIONS: dict[str, tuple[str, ...]] = {
    **ANSWERED,
    "who": ("who", "public health", "--for", "CT9 1AA", "--at", "2014-01-01"),
    "what": ("what", "Kent County Council", "--at", "2014-01-01"),
    "answers-to": ("answers-to", "ccg:10E", "--at", "2014-01-01"),
}

THROUGH_OTHERS: dict[str, tuple[str, ...]] = {
    "a district": ("find", "CT9", "--at", "2013-06-01"),
    "a named place": ("find", "Thanet", "--at", "2013-06-01"),
    "a code": ("show", "10E", "--at", "2013-06-01"),
    "another's name": ("search", "app own name"),
    "another's code": ("find", "APP CODE", "--at", "2013-06-01"),
    "within": ("list", "practice", "--within", "Kent County Council", "--at", "2013-06-01"),
    "every status": ("show", "ccg:10E", "--at", "2013-01-01", "--include", "shadow"),
}
"""Questions that reach what the others do not."""


@pytest.fixture(autouse=True)
def unexplained() -> Iterator[None]:
    """What `--explain` switched on for a process is switched off for the next test."""
    yield
    cypher_log.handlers.clear()
    cypher_log.setLevel(logging.NOTSET)


@pytest.fixture
def answered(orgmap: Orgmap, loaded: Database) -> tuple[Orgmap, Database]:
    """The command, and a server with Kent on it."""
    return orgmap, loaded


@pytest.mark.parametrize("form", ["table", "json"])
def test_the_command_says_the_same_from_a_server(answered: tuple[Orgmap, Database], form: str) -> None:
    orgmap, database = answered
    for name, question in QUESTIONS.items():
        asked = (*question, "--format", form)
        assert orgmap(*asked, "--store", database.url) == orgmap(*asked), name


THEIRS = """
MATCH (n:Orgmap) WHERE n.build = $build
CREATE (f:Theirs:Name:Entity {key: 'theirs', id: 'theirs', kind: 'clinical_commissioning_group', table: $table,
  name: 'APP OWN NAME', use: 'official', code: 'APP CODE', scheme: 'ods', postcode: 'CT9 1AA', status: 'in_force',
  valid_from: date('2013-04-02'), from_precision: 'day', date: date('2013-04-02'), population: 1000000.0})
"""
"""At each node of ours one of another application, as much like ours as it can be."""

EDGE = """{status: 'in_force', population: 1000000.0, postcodes: 1000, share: 1.0, source: 'act', event: $event,
  without_successor: true, without_predecessor: true, counts: 'yes'}"""


@pytest.fixture
def beset(answered: tuple[Orgmap, Database]) -> Iterator[tuple[Orgmap, Database]]:
    """The same with another application's nodes at ours, by every relationship type of ours."""
    orgmap, database = answered
    types = [type_of(verb) for verb in verbs()]
    types += [*WORDS.values(), "LIES_IN", "SUCCEEDED_BY", "PREDECESSOR_OF", "SUCCESSOR_OF"]
    build = database.value("MATCH (g:OrgmapGraph {name: 'orgmap'}) RETURN g.current")
    event = database.value("MATCH (e:ChangeEvent)<-[:PREDECESSOR_OF]-() RETURN min(e.key)")
    edges = " ".join(f"CREATE (n)-[:{type} {EDGE}]->(f) CREATE (f)-[:{type} {EDGE}]->(n)" for type in types)
    for table in ("entities", "events", "locations", "neighbourhoods"):
        database.ask(THEIRS + edges, table=table, build=build, event=event)
    yield orgmap, database
    database.ask("MATCH (f:Theirs) DETACH DELETE f")


def test_another_applications_nodes_at_ours_are_in_no_answer(beset: tuple[Orgmap, Database]) -> None:
    orgmap, database = beset
    for name, question in {**QUESTIONS, **THROUGH_OTHERS}.items():
        asked = (*question, "--format", "json")
        assert orgmap(*asked, "--store", database.url) == orgmap(*asked), name


def test_a_table_is_annotated_from_a_server(answered: tuple[Orgmap, Database], tmp_path: Path) -> None:
    orgmap, database = answered
    table = tmp_path / "in.csv"
    table.write_text("place\nCT9 1AA\nG82064\nccg:10E\nnowhere\nCT6 1AA\n", encoding="utf-8")
    asked = ("annotate", str(table), "--column", "place", "--at", "2013-06-01", "-o", "-")
    assert orgmap(*asked, "--store", database.url) == orgmap(*asked)


def test_explain_shows_the_cypher_and_changes_no_answer(answered: tuple[Orgmap, Database]) -> None:
    orgmap, database = answered
    asked = ("show", "ccg:10E", "--at", "2013-06-01", "--store", database.url)
    plain, explained = orgmap(*asked), orgmap(*asked, "--explain")
    assert explained.out == plain.out
    assert "MATCH (e:Orgmap {build: $build, table: 'entities'})" in explained.err
    assert "ids: ['ccg:10E']" in explained.err


def test_explain_is_refused_where_there_is_no_cypher_to_show(orgmap: Orgmap) -> None:
    told = orgmap("show", "ccg:10E", "--at", "2013-06-01", "--explain")
    assert (told.code, told.out) == (2, "")
    assert "--explain shows the Cypher of a Neo4j store: name one with --store" in told.err


@pytest.fixture
def both(running: object) -> Iterator[list[Store]]:
    """A world with rules, in the server and in the embedded file."""
    drawn = world(KENT_THROUGH_TIME + RULES)
    stores: list[Store] = [in_neo4j(drawn), in_sqlite(drawn)]
    yield stores
    for store in stores:
        store.close()


def test_rules_steps_and_statements_are_the_same(both: list[Store]) -> None:
    served, embedded = both
    assert served.rules() == embedded.rules() != []
    assert served.rules(["service:public_health"]) == embedded.rules() != served.rules([])
    assert served.accountability() == embedded.accountability() != []
    assert served.statements() == embedded.statements() != []
    assert KnownStore(served, "2011-12-31").statements() == []


def test_an_answer_of_one_side_cannot_be_changed_by_who_got_it(both: list[Store]) -> None:
    asked = {"objects": ["area:E01000001"], "verbs": ["covers"]}
    for store in both:
        first = store.relationships(**asked)
        first.clear()
        assert store.relationships(**asked)


@pytest.fixture
def counted(both: list[Store], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that reach the server."""
    asked: list[str] = []
    ask = Server.ask
    monkeypatch.setattr(
        Server, "ask", lambda self, cypher, values: (asked.append(cypher), ask(self, cypher, values))[1]
    )
    return asked


def test_a_place_is_answered_in_few_round_trips(both: list[Store], counted: list[str]) -> None:
    find(both[0], "CT9 1AA", "2013-06-01")
    assert len(counted) <= 13
    counted.clear()
    lineage(both[0], "pct:5QA", True, True, None, "2013-06-01")
    assert len(counted) <= 11


def test_round_trips_do_not_grow_with_the_place(running: object, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = Server.ask
    monkeypatch.setattr(
        Server, "ask", lambda self, cypher, values: (asked.append(cypher), ask(self, cypher, values))[1]
    )
    trips = []
    for size in (20, 60):
        store = in_neo4j(world(wide(size)))
        asked.clear()
        within = ids_within(store, scope_of(store, "council:E10000016", "2013-06-01"), "2013-06-01")
        trips.append(len(asked))
        assert len(within) == size + 2
        store.close()
    assert trips[0] == trips[1] <= 17


def wide(size: int) -> str:
    """A county with so many areas, each with a group and a practice of its own."""
    numbers = [f"{number:03}" for number in range(size)]
    lines = ["entities", "id | name", "council:E10000016 | Kent", "hwb:E10000016 | Board"]
    lines += [f"area:E01000{n} | a" for n in numbers] + [f"ccg:{n} | g" for n in numbers]
    lines += [f"practice:P{n} | p" for n in numbers]
    lines += ["", "relationships", "subject | verb | object", "hwb:E10000016 | part_of | council:E10000016"]
    for n in numbers:
        lines += [
            f"council:E10000016 | covers | area:E01000{n}",
            f"ccg:{n} | covers | area:E01000{n}",
            f"practice:P{n} | member_of | ccg:{n}",
        ]
    lines += ["", "locations", "entity | postcode", *(f"practice:P{n} | CT9 1A{n[-1]}" for n in numbers)]
    return "\n".join(lines)


def test_a_name_with_quotes_and_a_code_with_cypher_are_only_values(both: list[Store]) -> None:
    for text in ("'}) MATCH (n) DETACH DELETE n //", 'a" OR forms:*', "ccg:' OR 1=1", "+build:x*"):
        for store in both:
            assert store.entities(ids=[text]) == []
            assert store.ids_of_code(text) == []
            assert store.ids_of_name(text) == []
            assert store.named([text]) == []
            assert store.relationships(verbs=[text]) == []
            assert store.postcodes([text]) == {}
            store.names_with([text])
    assert both[0].entities() == both[1].entities()


def test_labels_and_types_are_words_of_the_vocabulary() -> None:
    for text in ("no_such_kind", "Entity) DETACH DELETE (n"):
        with pytest.raises(DataBroken):
            label_of(text)
        with pytest.raises(KeyError):
            type_of(text)
    words = [label_of(kind) for kind in kinds()] + [type_of(verb) for verb in verbs()]
    assert all(re.fullmatch("[A-Za-z_]+", word) for word in words)
    assert len({*words, *LABELS.values()}) == len(words) + len(LABELS)


def cypher_on_the_page() -> list[str]:
    """The example queries for people who write Cypher, as the page on Neo4j shows them."""
    page = ROOT / "docs" / "reference" / "neo4j.md"
    blocks = re.findall(r"```cypher\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [one.strip() for block in blocks for one in block.split(";\n") if one.strip()]


def test_the_readme_has_ten_queries_and_each_finds_something(database: Database) -> None:
    from orgmap.loaders.build import from_tables
    from orgmap.loaders.neo4j.load import fill

    queries = cypher_on_the_page()
    assert len(queries) == 10
    fill(database.server, from_tables(world(KENT_THROUGH_TIME + RULES)), "examples", lambda *_: None)
    assert [query for query in queries if not database.ask(query)] == []


def test_a_store_can_be_used_again_and_again_and_closed(running: object) -> None:
    store = in_neo4j(world(KENT_THROUGH_TIME))
    assert isinstance(store, Neo4jStore)
    assert isinstance(store, WorldStore)
    with store as opened:
        assert opened.about() == opened.about() != []


def test_a_graph_with_own_tables_is_asked_with_them_and_refused_without(
    database: Database, orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_mine(tmp_path / "mine")
    write_mine(tmp_path / "yours")
    assert orgmap("--with", "mine", "load", "--store", database.url).code == 0
    asked = ("find", "CT9 1AA", "--at", "2023-01-01")
    assert orgmap("--with", "mine", *asked, "--store", database.url) == orgmap("--with", "mine", *asked)
    for others in ((), ("--with", "yours")):
        told = orgmap(*others, *asked, "--store", database.url)
        assert (told.code, told.out) == (4, "")
        assert "was loaded with the own tables mine. Ask --with mine" in told.err
    assert "Nothing to do" in orgmap("--with", "mine", "load", "--store", database.url).out
    assert orgmap("load", "--store", database.url).out.startswith("Loaded the graph into")
    assert orgmap(*asked, "--store", database.url) == orgmap(*asked)
    assert "was loaded without own tables" in orgmap("--with", "mine", *asked, "--store", database.url).err
    assert database.value("MATCH (n:PlacePartnership) RETURN count(n)") == 0
