"""A kind that is added by rows alone is found, listed, shown, compared, drawn and exported like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orgmap.graphmodel.kind_rules import faults_of_kinds
from orgmap.graphmodel.stores.neo4j.schema import label_of
from orgmap.graphmodel.term_tables import lay_over
from orgmap.graphmodel.vocabulary import parse_kind
from orgmap.loaders.build import from_tables
from orgmap.loaders.exports.export import export
from orgmap.loaders.neo4j.graph_rows import Nodes, graph_rows, labels_of
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.resolve import resolve
from orgmap.queries.body.show import show
from orgmap.queries.change.diff import diff
from orgmap.queries.place.find import find
from orgmap.queries.structure.network import network
from orgmap.viz.before_after.picture import draw_diff
from orgmap.viz.network.picture import draw_network
from tests.kent import KENT
from tests.worlds import in_networkx, world

KINDS = """\
kind,prefix,label,plural,short,tier,standing,reach,roles,climbs,ranking,traits,description
parish_forum,forum,parish forum,parish forums,,board,office,own,forum,above,0,,Where neighbours meet.
forum_alliance,alliance,forum alliance,forum alliances,,board,office,own,alliance,above,0,,What forums join.
"""
ROLES = """\
role,side,column,codes,meaning
forum,local_government,,,Where neighbours meet.
alliance,local_government,,,What forums join.
"""
WORDS = """\
words,short,kinds,where
parish forum,parish forum,forum,end
"""

FORUM = (
    KENT
    + """
entities
id             | name                  | valid_from | valid_until
forum:margate  | Margate Parish Forum  | 2016-04-01 |
alliance:coast | The Coast Alliance    | 2016-04-01 |

relationships
subject       | verb    | object         | basis     | valid_from
forum:margate | covers  | area:E01000001 | published | 2016-04-01
forum:margate | part_of | alliance:coast | published | 2016-04-01
"""
)

DAY = "2017-06-01"


@pytest.fixture(autouse=True)
def words(tmp_path: Path) -> Iterator[None]:
    """The model's words, and those of a user's folder over them."""
    for name, text in (("kinds.csv", KINDS), ("roles.csv", ROLES), ("kind_words.csv", WORDS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    lay_over(tmp_path)
    yield
    lay_over()


def test_the_rows_are_whole_and_their_words_are_understood():
    assert faults_of_kinds() == []
    assert [parse_kind(text) for text in ("forum", "Parish forums")] == ["parish_forum", "parish_forum"]


def test_it_is_found_for_a_place_with_what_it_belongs_to(build):
    told = find(build(FORUM), "CT9 1AA", DAY)
    found = [(body["role"], body["id"]) for body in told["bodies"]]
    assert found[-2:] == [("forum", "forum:margate"), ("alliance", "alliance:coast")]
    assert "forum:margate" not in {body["id"] for body in find(build(FORUM), "CT6 1AA", DAY)["bodies"]}


@pytest.mark.parametrize(("within", "share"), [(None, None), ("Thanet", None), ("Kent", 0.75)])
def test_it_is_listed_in_england_and_within_a_place(build, within, share):
    [body] = list_bodies(build(FORUM), "parish_forum", DAY, within)["bodies"]
    assert (body["id"], body.get("share")) == ("forum:margate", share)
    assert [one["id"] for one in list_bodies(build(FORUM), "forum_alliance", DAY, within)["bodies"]] == [
        "alliance:coast"
    ]


def test_it_is_meant_by_its_name_and_by_its_core_with_its_words_only(build):
    store = build(FORUM)
    assert resolve(store, "margate parish forum", DAY).id == "forum:margate"
    assert show(store, "Margate Parish Forum", DAY)["body"]["kind"] == "parish_forum"


def test_it_is_a_place_to_ask_within(build):
    store = build(FORUM)
    assert [one["id"] for one in list_bodies(store, "district_council", DAY, "forum:margate")["bodies"]] == [
        "district:E07000114"
    ]
    assert [one["id"] for one in list_bodies(store, "parish_forum", DAY, "alliance:coast")["bodies"]] == [
        "forum:margate"
    ]


def test_what_changed_tells_it_with_its_relations(build):
    store = build(FORUM)
    for within in (None, "Kent"):
        told = diff(store, "2016-03-31", "2016-04-01", within)
        assert [one["id"] for one in told["started"]] == ["alliance:coast", "forum:margate"]
        assert ("forum:margate", "part_of") in {(f["subject"], f["verb"]) for f in told["relations_started"]}


def test_pictures_show_it(build):
    store = build(FORUM)
    assert "forum:margate" in network(store, "alliance:coast", 1, DAY).bodies
    assert "Margate" in draw_network(store, "forum:margate", at=DAY, form="svg")
    for within in (None, "Kent"):
        page = draw_diff(store, "2016-03-31", "2016-04-01", within=within)
        assert "parish forum" in page
        assert "Margate Parish Forum" in page


def test_a_server_labels_it_by_its_kind():
    labels = {
        tuple(labels_of(part.table, row))
        for part in graph_rows(from_tables(world(FORUM)))
        if isinstance(part, Nodes) and part.table == "entities"
        for row in part.rows
    }
    assert label_of("parish_forum") == "ParishForum"
    assert any("ParishForum" in one for one in labels)


@pytest.mark.parametrize("form", ["graphml", "csv", "cypher", "parquet", "turtle", "jsonld"])
def test_every_export_has_it(tmp_path: Path, form: str):
    tables = world(FORUM)
    store = in_networkx(tables)
    target = tmp_path / "out"
    export(form, target, store, from_tables(tables))
    files = sorted(target.rglob("*")) if target.is_dir() else [target]
    told = b"".join(path.read_bytes() for path in files if path.is_file())
    assert b"forum:margate" in told
    assert any(word in told for word in (b"parish_forum", b"ParishForum"))


def test_without_its_rows_it_is_unknown_and_refused(build: Callable):
    from orgmap.loaders.check import faults

    lay_over()
    tables = world(FORUM)
    kinds = {"forum:margate": "parish_forum", "alliance:coast": "forum_alliance"}
    tables["entities"] = [(row[0], kinds.get(row[0], row[1]), *row[2:]) for row in tables["entities"]]
    told = list(faults(from_tables(tables)))
    assert "entities forum:margate: “parish_forum” is not a known kind." in told
