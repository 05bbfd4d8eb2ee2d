"""Where a postcode lies when newer lists have it otherwise: on which day, and as was known when."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.vocabulary import has
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.all_folds import fold_all
from orgmap.loaders.releases.kept import Loaded
from orgmap.loaders.releases.postcodes.release import list_coming
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.place.find import find
from orgmap.queries.place.places import place_of
from orgmap.queries.table.annotate import Annotator
from tests.postcode_files import NSPL_2021, NSPL_2026, code_point, listed, unit
from tests.worlds import STORES, World, world

STREETS = """
entities
id                 | name                     | valid_from | valid_until
council:E06000001  | Eastport Council         |            |
council:E06000002  | Westport Council         |            |
area:E01000001     | East                     |            |
area:E01000002     | West                     |            |
practice:G82001    | The Limes                | 2000-01-01 |

relationships
subject            | verb    | object            | valid_from | valid_until
council:E06000001  | covers  | area:E01000001    |            |
council:E06000002  | covers  | area:E01000002    |            |

locations
entity          | postcode | valid_from | valid_until
practice:G82001 | CT9 2AA  |            |

neighbourhoods
code      | name     | parent    | area           | population
E01000001 | East 1A  | E02000001 | area:E01000001 | 100
E01000002 | West 1A  | E02000002 | area:E01000002 | 300

place_codes
code      | name     | kind                | area           | population
E01039001 | East 1B  | small area of 2021  | area:E01000001 | 50

postcodes
outcode | inward  | code      | seen
CT9     | 1AA 1AB | E01000001 | both
CT9     | 2AA     | E01000001 | 2025
CT9     | 3AA     | E02000001 | terminated
CT9     | 4AA     |           | both
"""
AUGUST = listed(
    NSPL_2026,
    unit("CT9 1AA", "E01000001"),
    unit("CT9 1AB", "E01000001", ended="202605"),
    unit("CT9 2AA", "E01000002"),
    unit("CT9 3AA", "E01039001", ended="199906"),
    unit("CT9 4AA", "E01000002"),
    unit("CT9 5AA", "E01000002", introduced="202608"),
    unit("TD1 1AA", "S01000001", country="S92000003"),
    unit("BT1 1AA", "N00000001", country="N92000002"),
)
EAST, WEST = "council:E06000001", "council:E06000002"


def loaded(folder: Path, *files: bytes, as_of: str = "") -> World:
    """The streets after these lists were loaded, in this order."""
    releases = []
    for number, raw in enumerate(files):
        path = folder / f"list{number}.csv"
        path.write_bytes(raw)
        coming = list_coming(path, as_of)
        assert coming
        releases.append(coming[0].loaded())
    return with_lists(releases)


def with_lists(releases: list[Loaded]) -> World:
    """The streets with these releases folded in."""
    drawn = world(STREETS)
    tables = Tables.of_rows(lambda table: drawn.get(table, ()))
    fold_all(tables, releases)
    return {**{table: list(tables.rows(table)) for table in tables.files}, "datasets": drawn["datasets"]}


@pytest.fixture(params=STORES)
def built(request: pytest.FixtureRequest, tmp_path: Path):
    """The streets with the list of August 2026, on each store."""
    with STORES[request.param](loaded(tmp_path, AUGUST)) as store:
        yield store


def council(store, text: str, at: str) -> list[str]:
    """The councils of a place."""
    return [body["id"] for body in find(store, text, at)["bodies"] if has(body["kind"], "local_authority")]


def test_a_postcode_that_a_newer_list_has_elsewhere_moves_on_its_day(built):
    assert council(built, "CT9 2AA", "2026-07-31") == [EAST]
    assert council(built, "CT9 2AA", "2026-08-01") == [WEST]
    [before, after] = (
        row[1:]
        for row in Annotator(built).rows(
            [["CT9 2AA", "2026-07-31"], ["CT9 2AA", "2026-08-01"]], 0, at_column=1
        )
    )
    assert EAST in before
    assert WEST in after


def test_what_was_known_before_the_list_is_what_the_older_ones_said(built):
    then = KnownStore(built, "2026-07-31")
    assert council(then, "CT9 2AA", "2026-08-01") == [EAST]
    with pytest.raises(NothingFound, match="Postcode not known"):
        place_of(then, "CT9 5AA", "2026-08-01")
    assert place_of(then, "CT9 1AB", "2026-08-01").notes == ()
    assert council(KnownStore(built, "2026-08-01"), "CT9 2AA", "2026-08-01") == [WEST]


def test_a_new_postcode_answers_for_every_day_for_the_ground_was_there(built):
    assert council(built, "CT9 5AA", "2026-08-01") == council(built, "CT9 5AA", "2015-01-01") == [WEST]


def test_one_that_ended_says_so_from_its_month_on_and_answers_for_where_it_lay(built):
    assert "no longer in use" not in "".join(place_of(built, "CT9 1AB", "2026-04-30").notes)
    assert "no longer in use" in "".join(place_of(built, "CT9 1AB", "2026-05-01").notes)
    assert council(built, "CT9 1AB", "2026-08-01") == [EAST]


def test_a_neighbourhood_of_2021_lies_where_those_of_2011_do_and_the_answer_says_so(built):
    place = place_of(built, "CT9 3AA", "2015-01-01")
    assert place.parts == (("area:E01000001", 1.0),)
    assert any(
        "E01039001, which is placed by the neighbourhoods of 2011 (derived)" in one for one in place.notes
    )
    assert place_of(built, "E01039001", "2015-01-01").parts == (("area:E01000001", 1.0),)


def test_one_that_was_known_but_not_placed_is_placed_for_every_day(built):
    assert council(built, "CT9 4AA", "2015-01-01") == [WEST]


def test_people_are_counted_once_and_outcodes_by_what_is_in_use(built):
    assert built.populations() == {"area:E01000001": 100, "area:E01000002": 300}
    assert parts_of(built, "CT9", "2026-08-01") == {"area:E01000002": 0.75, "area:E01000001": 0.25}
    assert parts_of(built, "CT9 5", "2026-08-01") == {"area:E01000002": 1}


def parts_of(store, text: str, at: str) -> dict[str, float]:
    """The areas of an outcode or sector with the share of its postcodes in each."""
    return dict(place_of(store, text, at).parts)


def test_an_outcode_or_sector_goes_by_what_held_on_the_day(built):
    april, july, august = "2026-04-30", "2026-07-31", "2026-08-01"
    assert parts_of(built, "CT9", april) == {"area:E01000001": 0.75, "area:E01000002": 0.25}
    assert parts_of(built, "CT9", july) == {"area:E01000001": 2 / 3, "area:E01000002": 1 / 3}
    assert parts_of(built, "CT9", august) == {"area:E01000001": 0.25, "area:E01000002": 0.75}
    assert parts_of(built, "CT9 2", july) == {"area:E01000001": 1}
    assert parts_of(built, "CT9 2", august) == {"area:E01000002": 1}
    assert council(built, "CT9 2", july) == [EAST]
    assert council(built, "CT9 2", august) == [WEST]


def test_an_outcode_is_known_on_a_day_as_lists_knew_it_by_then(built):
    then, now = (KnownStore(built, day) for day in ("2026-07-31", "2026-08-01"))
    assert parts_of(then, "CT9", "2026-08-01") == {"area:E01000001": 1}
    assert parts_of(now, "CT9", "2026-08-01") == {"area:E01000001": 0.25, "area:E01000002": 0.75}
    with pytest.raises(NothingFound, match="No English postcode in use begins with CT9 5"):
        place_of(then, "CT9 5", "2026-08-01")


def test_where_no_list_of_the_day_has_any_the_first_that_has_answers_and_says_so(built):
    place = place_of(built, "CT9 5", "2015-01-01")
    assert place.parts == (("area:E01000002", 1.0),)
    assert any(
        "No list before 2026-08-01 has a postcode that begins with CT9 5" in one for one in place.notes
    )
    assert place_of(built, "CT9 5", "2026-08-01").notes == ()


def test_a_body_stood_on_a_day_where_its_postcode_lay_on_it(built):
    east, west, limes = ["area:E01000001"], ["area:E01000002"], ["practice:G82001"]
    assert built.standing_in(east, "2026-07-31") == limes
    assert built.standing_in(west, "2026-07-31") == []
    assert built.standing_in(east, "2026-08-01") == []
    assert built.standing_in(west, "2026-08-01") == limes
    then = KnownStore(built, "2026-07-31")
    assert then.standing_in(east, "2026-08-01") == limes
    assert then.standing_in(west, "2026-08-01") == []
    for at, found in (("2026-07-31", limes), ("2026-08-01", [])):
        here = list_bodies(built, "gp practice", at, "Eastport Council")["bodies"]
        assert [body["id"] for body in here] == found


@pytest.mark.parametrize("build", STORES)
def test_a_body_whose_postcode_no_list_had_yet_was_known_to_stand_nowhere(tmp_path, build):
    newer = listed(NSPL_2026, unit("CT9 8AA", "E01000002", introduced="202608"))
    tables = loaded(tmp_path, newer)
    tables["locations"] = [(*row[:1], "CT9 8AA", *row[2:]) for row in tables["locations"]]
    with STORES[build](tables) as store:
        assert store.standing_in(["area:E01000002"], "2015-01-01") == ["practice:G82001"]
        assert KnownStore(store, "2026-07-31").standing_in(["area:E01000002"], "2015-01-01") == []


def test_a_postcode_across_the_border_is_told_as_such(built):
    with pytest.raises(NothingFound, match="it lies in Scotland"):
        place_of(built, "TD1 1AA", "2026-08-01")


@pytest.mark.parametrize("backwards", [False, True])
def test_the_order_of_loading_makes_no_difference(tmp_path, backwards):
    older = listed(
        NSPL_2021, unit("CT9 2AA", "E01000002", ended="202601"), unit("CT9 6AA", "E01000001", "202601")
    )
    files = [AUGUST, older] if backwards else [older, AUGUST]
    rows = {row[:3]: row[3:] for row in loaded(tmp_path, *files)["postcodes"]}
    [(seen, earlier)] = [said for (_, inward, _), said in rows.items() if "2AA" in inward]
    assert (seen, earlier) == (
        "in_use",
        "E01000002 terminated 2026-08-01 2026-08-01; E01000001 2025 2026-01-01 2026-01-01",
    )
    assert rows["CT9", "6AA", "E01000001"] == ("in_use", "none unknown none 2026-01-01")


def test_a_neighbourhood_in_no_table_lies_where_most_of_its_postcodes_did(tmp_path):
    newer = listed(
        NSPL_2026,
        unit("CT9 1AA", "E01099001", introduced="202801"),
        unit("CT9 7AA", "E01099001", introduced="202801"),
        unit("CT9 8AA", "E01099002", introduced="202801"),
    )
    with STORES["sqlite"](loaded(tmp_path, newer)) as store:
        place = place_of(store, "CT9 7AA", "2028-01-01")
        assert place.parts == (("area:E01000001", 1.0),)
        assert any("(estimated)" in note for note in place.notes)
        with pytest.raises(NothingFound, match="do not say where it lies"):
            place_of(store, "CT9 8AA", "2028-01-01")


def test_a_list_of_points_places_a_new_postcode_by_the_nearest_that_is_known(tmp_path):
    points = code_point(
        ("CT9 1AA", 635000, 170000),
        ("CT9 1AB", 635900, 170900),
        ("CT9 9AA", 635100, 170100),
        ("CT9 9AB", 1000, 1000),
    )
    with STORES["sqlite"](loaded(tmp_path, points, as_of="2026-08-01")) as store:
        assert council(store, "CT9 9AA", "2026-08-01") == [EAST]
        with pytest.raises(NothingFound, match="do not say where it lies"):
            place_of(store, "CT9 9AB", "2026-08-01")
