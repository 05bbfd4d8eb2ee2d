"""A user's own tables, laid over the bundled ones, are found, listed, shown, compared, drawn and exported as theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orgmap.graphmodel.errors import NothingFound, OrgmapError, WrongUse
from orgmap.graphmodel.model import whose
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.term_tables import laid_over, lay_over
from orgmap.graphmodel.vocabulary import kinds, parse_kind
from orgmap.loaders.build import from_tables
from orgmap.loaders.exports.export import export
from orgmap.loaders.own.words import use
from orgmap.loaders.reading import tables_of
from orgmap.queries.answers import things
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.resolve import resolve
from orgmap.queries.body.search import search
from orgmap.queries.body.show import show
from orgmap.queries.change.diff import diff
from orgmap.queries.change.lineage import lineage
from orgmap.queries.citing import cite, list_sources
from orgmap.queries.commissioning.who import who
from orgmap.queries.place.find import find
from orgmap.queries.structure.snapshot import snapshot
from orgmap.queries.table.annotate import Annotator, columns
from orgmap.viz.before_after.picture import draw_diff
from orgmap.viz.network.picture import draw_network
from tests.kent import KENT_THROUGH_TIME
from tests.mine import write_mine
from tests.neo4j.server import skip_without
from tests.worlds import STORES, World, write_data

DAY = "2023-01-01"
MARK = "(from your own tables: mine)"


@pytest.fixture
def laid(tmp_path: Path) -> Iterator[World]:
    """All rows of Kent with the user's over them; afterwards the words are Kent's again."""
    use([write_mine(tmp_path / "mine")])
    rows = tables_of(write_data(tmp_path / "data", KENT_THROUGH_TIME))
    yield {table: list(rows(table)) for table in (*TABLES, "datasets")}
    lay_over()


@pytest.fixture(params=sorted({*STORES, "neo4j"}))
def store(request: pytest.FixtureRequest, laid: World) -> Iterator[Store]:
    """These rows in each store."""
    if request.param not in STORES:
        skip_without()
    with STORES[request.param](laid) as opened:  # type: ignore[attr-defined]
        yield opened


def yours(told: object) -> set[str]:
    """Whose own tables say something anywhere in an answer."""
    if isinstance(told, dict):
        found = {str(told["yours"])} if "yours" in told else set()
        return found.union(*map(yours, told.values()))
    return set().union(*map(yours, told)) if isinstance(told, list | tuple) else set()


def test_own_kinds_are_words_like_any_other(laid):
    assert [parse_kind(text) for text in ("place", "Place partnerships", "children's trust")] == [
        "place_partnership",
        "place_partnership",
        "childrens_trust",
    ]


def test_without_them_their_kinds_are_unknown(laid):
    lay_over()
    assert "place_partnership" not in kinds()
    with pytest.raises(WrongUse):
        parse_kind("place partnership")


def test_a_place_has_the_partnership_of_its_council_and_what_covers_it(store):
    told = find(store, "CT9 1AA", DAY)
    own = [(body["role"], body["id"]) for body in told["bodies"] if yours(body)]
    assert own == [("place_partnership", "place:coast"), ("childrens_trust", "ct:margate")]
    assert yours(find(store, "CT6 1AA", DAY)) == set()


def test_each_own_fact_names_its_source_and_whose_it_is(store):
    told = {body["id"]: body["sources"] for body in find(store, "CT9 1AA", DAY)["bodies"]}
    assert [one["title"] for one in told["ct:margate"]] == [f"No other source given {MARK}"]
    minutes = told["place:coast"][-1]
    assert (minutes["title"], minutes["yours"]) == (f"Minutes of a meeting {MARK}", "mine")


def test_a_bundled_source_that_a_user_cites_is_marked_too(store):
    facts = show(store, "place:coast", DAY)["relations"]
    [funding] = [fact["sources"] for fact in facts if fact["verb"] == "funds"]
    assert [one["title"] for one in funding] == [f"Drawn for the test {MARK}"]


@pytest.mark.parametrize("within", [None, "Thanet", "Kent", "CT9 1AA"])
def test_own_bodies_are_listed_in_england_and_within_a_place(store, within):
    [body] = list_bodies(store, "place", DAY, within)["bodies"]
    assert (body["id"], yours(body)) == ("place:coast", {"mine"})
    assert [one["id"] for one in list_bodies(store, "place", "2020-01-01", within)["bodies"]] == [
        "place:shore"
    ]


def test_an_own_body_is_a_place_to_ask_within(store):
    [district] = list_bodies(store, "district council", DAY, "place:coast")["bodies"]
    assert district["id"] == "district:E07000114"
    assert [body["role"] for body in find(store, "Coast Place Partnership", DAY)["bodies"]][
        -1
    ] == "childrens_trust"


def test_own_bodies_are_meant_by_their_names_and_found_by_a_search(store):
    assert resolve(store, "coast place partnership", DAY).id == "place:coast"
    assert resolve(store, "The Margate Trust", DAY).id == "ct:margate"
    assert search(store, "coast place", None, None, 20)["bodies"][0]["id"] == "place:coast"


def test_an_own_name_of_a_bundled_body_is_marked_and_the_body_is_not(store):
    told = show(store, "Thanet's own", "2015-01-01")
    assert "yours" not in told["body"]
    assert {one["name"]: one.get("yours") for one in told["names"]}["Thanet's own"] == "mine"


def test_an_own_relation_with_an_own_verb_is_told(store):
    [fact] = [one for one in show(store, "place:coast", DAY)["relations"] if one["verb"] == "chairs"]
    assert (fact["subject"], yours(fact)) == ("council:E10000016", {"mine"})


def test_an_own_service_has_its_own_commissioner_where_that_is(store):
    told = who(store, "mentoring", "CT9 1AA", DAY)
    assert [(one["commissioner"]["id"], yours(one)) for one in told["answers"]] == [("ct:margate", {"mine"})]


def test_own_changes_are_compared_and_followed(store):
    told = diff(store, "2021-03-31", "2021-04-01", "Thanet")
    assert [one["id"] for one in told["started"]] == ["place:coast"]
    assert [one["id"] for one in told["ended"]] == ["place:shore"]
    assert [yours(one) for one in things(told) if one["what"] in ("started", "ended", "event")] == [
        {"mine"}
    ] * 3
    [event] = lineage(store, "place:coast", True, False, None, None, None)["events"]
    assert ([one["id"] for one in event["predecessors"]], yours(event)) == (["place:shore"], {"mine"})


def test_a_table_gets_the_columns_of_own_roles_and_a_word_whose_they_are(store):
    [row] = Annotator(store).rows([["CT9 1AA"]], 0, at=DAY)
    told = dict(zip(columns(), row[1:], strict=True))
    assert (told["place_partnership"], told["place_partnership_name"]) == (
        "place:coast",
        "Coast Place Partnership",
    )
    assert told["note"].endswith("from your own tables (mine): place_partnership")


def test_a_table_has_no_such_columns_without_them():
    assert "place_partnership" not in columns()


def test_sources_and_references_say_whose_they_are(store):
    own = {one["id"]: one["yours"] for one in list_sources(store) if "yours" in one}
    assert own == {"yours.mine": "mine", "yours.mine.minutes": "mine", "yours.mine.drawn": "mine"}
    assert cite(store, "place:coast")["references"] == [
        f"Kent, Minutes of a meeting {MARK}. As of 2021-03-15."
    ]


def test_pictures_show_own_bodies_and_their_notes_say_whose_they_are(store):
    for drawn in (
        draw_network(store, "place:coast", at=DAY, form="svg"),
        draw_diff(store, "2021-03-31", "2021-04-01", within="Thanet"),
    ):
        assert "Coast Place Partnership" in drawn
        assert MARK in drawn


def test_a_graph_for_networkx_has_own_bodies(store):
    graph = snapshot(store, DAY)
    assert {"place:coast", "ct:margate"} <= set(graph)


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv", "cypher", "parquet", "turtle", "jsonld"])
def test_every_export_has_own_bodies_relations_and_sources(tmp_path: Path, laid: World, form: str):
    target = tmp_path / "out"
    with STORES["sqlite"](laid) as store:  # type: ignore[attr-defined]
        export(form, target, store, from_tables(laid))
    files = sorted(target.rglob("*")) if target.is_dir() else [target]
    told = b"".join(map(_read, filter(Path.is_file, files)))
    assert b"place:coast" in told
    assert any(word in told for word in (b"place_partnership", b"PlacePartnership"))
    assert any(word in told for word in (b"chairs", b"CHAIRS"))
    assert b"yours.mine" in told


def _read(path: Path) -> bytes:
    if path.suffix != ".parquet":
        return path.read_bytes()
    from pyarrow.parquet import read_table

    return repr(read_table(path).to_pylist()).encode()


def test_own_rows_tell_no_day_to_which_they_are_known(store):
    assert [one.horizon for one in store.about() if whose(one.dataset)] == [""]
    assert not any("Your own" in note for note in find(store, "CT9 1AA", "2025-12-01")["notes"])


def test_of_two_folders_the_second_may_speak_of_the_first(tmp_path: Path, laid: World):
    second = tmp_path / "second"
    second.mkdir()
    (second / "relationships.csv").write_text(
        "subject,verb,object,basis,valid_from\nct:margate,member_of,place:coast,administrative,2021-04-01\n",
        encoding="utf-8",
    )
    use([*laid_over(), second])
    rows = list(tables_of(tmp_path / "data")("relationships"))
    assert {whose(row[-3]) for row in rows} == {"", "mine", "second"}


def test_a_graph_whose_words_were_taken_off_says_which_kind_is_not_declared(store):
    lay_over()
    assert "place:coast" not in [body["id"] for body in find(store, "CT9 1AA", DAY)["bodies"]]
    for ask in (
        lambda: show(store, "place:coast", DAY),
        lambda: search(store, "Coast Place Partnership", None, None, 5),
        lambda: draw_network(store, "place:coast", at=DAY, form="svg"),
    ):
        with pytest.raises(OrgmapError, match="place_partnership"):
            ask()


def test_a_body_that_is_nowhere_is_still_not_found(store):
    with pytest.raises(NothingFound):
        show(store, "place:nowhere", DAY)


def test_answers_without_own_tables_stay_as_they_were(tmp_path: Path, build: Callable[[str], Store]):
    plain = build(KENT_THROUGH_TIME)
    assert yours([find(plain, "CT9 1AA", DAY), list_sources(plain), show(plain, "ccg:10E", DAY)]) == set()
