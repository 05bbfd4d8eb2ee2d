"""What became of whom in the real tables: as people ask it, on both sides of each day."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.queries.change.crosswalk import crosswalk
from orgmap.queries.change.descent import descent_of
from orgmap.queries.change.diff import diff
from orgmap.queries.change.lineage import lineage
from orgmap.queries.change.reforms import reform
from orgmap.queries.change.successors import successors_on

CCG, ICB = "clinical_commissioning_group", "integrated_care_board"


def heirs(store: SqliteStore, body: str, day: str, least: float = 0.0) -> dict[str, float | None]:
    """The heirs of a body on a day with their weights, strays left out."""
    return {
        heir.body: round(heir.weight, 2) if heir.weight is not None else None
        for heir in successors_on(store, body, day)
        if not heir.stray and (heir.weight or 1) > least
    }


@pytest.mark.parametrize(
    ("body", "day", "expected"),
    [
        ("pct:5A9", "2013-03-31", {}),
        ("pct:5A9", "2013-04-01", {"ccg:07M": 1.0}),  # Barnet
        ("pct:5A9", "2020-04-01", {"ccg:93C": 1.0}),
        ("pct:5A9", "2026-03-31", {"icb:QMJ": 1.0}),
        ("pct:5A9", "2026-04-01", {"icb:Z9B2Z": 1.0}),
        ("ccg:10E", "2020-03-31", {}),
        ("ccg:10E", "2020-04-01", {"ccg:91Q": 1.0}),
        ("ccg:10E", "2022-07-01", {"icb:QKS": 1.0}),
        ("ccg:01Y", "2022-07-01", {"icb:QOP": 0.84, "icb:QJ2": 0.16}),  # Glossop went another way
        ("icb:QJG", "2026-04-01", {"icb:T6Y0W": 0.64, "icb:D7T5G": 0.36}),
        ("pct:5HD", "2006-10-01", {"pct:5NG": 0.93, "pct:5NH": 0.07}),  # Preston, divided by order
        ("trust:RC1", "2020-03-31", {}),
        ("trust:RC1", "2020-04-01", {"trust:RC9": 1.0}),  # Bedford
    ],
)
def test_who_has_taken_over_by_a_day(england: SqliteStore, body, day, expected) -> None:
    assert heirs(england, body, day) == expected


@pytest.mark.parametrize("body", ["pct:5JV", "pct:5KV"])
def test_what_an_order_divided_keeps_both_heirs(england: SqliteStore, body: str) -> None:
    assert len([heir for heir in successors_on(england, body, "2006-10-01") if not heir.stray]) == 2


def test_no_heir_of_a_trust_group_or_board_is_a_code_of_another_sort(england: SqliteStore) -> None:
    wanted = {"pct": {"pct", "ccg"}, "ccg": {"ccg", "icb"}, "icb": {"icb"}}
    for event, parts in england.events():
        for part in parts if event.kind in ("replaced", "merged", "split", "reorganised", "renamed") else ():
            before, after = part.predecessor.partition(":")[0], part.successor.partition(":")[0]
            if before in wanted and part.successor and not part.about:
                assert after in wanted[before] | {"lhb"}, part


def test_every_share_of_practices_of_2013_sums_to_one_and_strays_are_few(england: SqliteStore) -> None:
    told = [
        parts
        for event, parts in england.events(after="2013-03-31", until="2013-04-01")
        if event.kind == "replaced"
    ]
    shared = [
        parts for parts in told if parts[0].predecessor.startswith("pct:") and parts[0].counts == "practices"
    ]
    assert len(shared) == 151
    for parts in shared:
        assert sum(part.weight or 0 for part in parts) == pytest.approx(1, abs=1e-4)
        assert sum(part.weight or 0 for part in parts if part.stray) < 0.1
        assert not all(part.stray for part in parts)


BOUNDARIES = [
    ("2017-04-01", "ccg:01H", "ccg:01K", "NHS Cumbria CCG", "NHS Morecambe Bay CCG"),
    ("2022-07-01", "stp:QOP", "icb:QJ2", None, "NHS Derby and Derbyshire Integrated Care Board"),
    ("2022-07-01", "stp:QF7", "icb:QT1", None, "NHS Nottingham and Nottinghamshire Integrated Care Board"),
]


@pytest.mark.parametrize(("day", "old", "new", "old_name", "new_name"), BOUNDARIES)
def test_a_boundary_change_is_told_by_lineage_and_diff_under_the_names_of_the_day(
    england: SqliteStore, day, old, new, old_name, new_name
) -> None:
    before = f"{day[:4]}-0{int(day[6]) - 1}-{'31' if day[6] == '4' else '30'}"
    for body in (old, new):
        [event] = [
            one
            for one in lineage(england, body)["events"]
            if one["kind"] == "boundary_change"
            and {pair["successor"] for pair in one["pairs"]} == {new}
            and one["date"] == day
        ]
        assert [one["id"] for one in event["predecessors"]] == [old]
        assert old_name in (None, event["predecessors"][0]["name"])
        assert event["successors"][0]["name"] == new_name
    found = diff(england, before, day)["events"]
    assert event["id"] in {one["id"] for one in found}
    assert old in descent_of(england, old).bodies


def test_cumbria_s_group_had_its_old_name_in_2013_and_the_new_one_in_2022(england: SqliteStore) -> None:
    events = {event["id"]: event for event in lineage(england, "ccg:01H")["events"]}
    names = {
        event["date"]: body["name"]
        for event in events.values()
        for body in (*event["predecessors"], *event["successors"])
        if body["id"] == "ccg:01H"
    }
    assert names["2013-04-01"] == names["2017-04-01"] == "NHS Cumbria CCG"
    assert names["2022-07-01"] == "NHS North Cumbria CCG"


def test_a_reform_within_a_place_tells_the_pairs_of_the_place(england: SqliteStore) -> None:
    told = reform(england, "2022", within="Essex")
    created = next(event for event in told["events"] if event["kind"] == "created")
    assert {body["id"] for body in created["successors"]} == {
        "sicbl:06Q",
        "sicbl:06T",
        "sicbl:07H",
        "sicbl:99E",
        "sicbl:99F",
    }
    assert created["pairs_elsewhere"] == 101
    bodies = {body["id"] for part in ("started", "ended") for body in told[part]}
    assert not [one for one in bodies if one.startswith("national:")]
    assert "national:monitor" in {body["id"] for body in told["above"]["ended"]}


def test_in_april_2026_every_board_tells_where_it_went_with_weights(england: SqliteStore) -> None:
    pairs = [
        pair
        for event in reform(england, "2026")["events"]
        for pair in event["pairs"]
        if pair["predecessor"].startswith("icb:") and pair["predecessor"] != "icb:QNQ"
    ]
    sums: dict[str, float] = {}
    for pair in pairs:
        sums[pair["predecessor"]] = sums.get(pair["predecessor"], 0.0) + pair["weight"]
    assert len(sums) == 11
    assert all(total == pytest.approx(1, abs=1e-4) for total in sums.values())


def test_a_practice_tells_its_commissioners_through_all_eras(england: SqliteStore) -> None:
    listed = lineage(england, "G82064")["memberships"]
    told = [
        (one["body"]["id"], one["valid_from"]) for one in listed if not one["body"]["id"].startswith("pcn:")
    ]
    assert told == [
        ("pcg:4QJ84", "1999-04-01"),
        ("pct:5LN", "2002-04-01"),
        ("pct:5QA", "2006-10-01"),
        ("ccg:10E", "2013-04-01"),
        ("ccg:91Q", "2020-04-01"),
        ("sicbl:91Q", "2022-07-01"),
    ]


@pytest.mark.parametrize("body", ["trust:RM2", "practice:G82064", "pcn:U11684"])
def test_what_the_tables_leave_out_is_not_denied(england: SqliteStore, body: str) -> None:
    notes = lineage(england, body)["notes"]
    assert any("missing" in note for note in notes)
    assert not any("No change" in note for note in notes)


@pytest.mark.parametrize(
    ("first", "before", "second", "after", "by"),
    [
        ("primary_care_trust", "2013-03-31", CCG, "2013-04-01", "practices"),
        (CCG, "2022-06-30", ICB, "2022-07-01", "practices"),
        (CCG, "2013-04-01", ICB, "2024-04-01", "practices"),
        (CCG, "2013-04-01", ICB, "2022-07-01", "population"),
        ("gp_practice", "2019-04-01", CCG, "2019-04-01", "practices"),
        ("gp_practice", "2013-04-01", ICB, "2024-04-01", "practices"),
    ],
)
def test_a_crosswalk_leaves_no_body_out_and_its_totals_reconcile(
    england: SqliteStore, first, before, second, after, by
) -> None:
    told = crosswalk(england, first, before, second, after, by)
    rows = [*told["rows"], *told["unmapped"]]
    for kind, day, end in ((first, before, "from"), (second, after, "to")):
        assert {row[end] for row in rows} - {None} == {
            body.id for body in england.entities(kind=kind, at=day)
        }
    if by == "population":
        people = sum(england.populations().values())
        assert sum(row["weight"] for row in rows if row["from"]) == pytest.approx(people, abs=len(rows))
    if first == "gp_practice":
        alive = {body.id for body in england.entities(kind=first, at=before)}
        assert sum(row["weight"] or 0 for row in rows if row["from"]) <= len(alive) * 1.001


@pytest.mark.parametrize(
    ("county", "districts"),
    [
        ("Cornwall", {f"district:E070000{number}" for number in range(19, 25)}),
        ("Wiltshire", {f"district:E07000{number}" for number in range(230, 234)}),
        ("Northumberland", {f"district:E07000{number}" for number in range(157, 163)}),
    ],
)
def test_the_districts_of_a_county_that_became_one_council_ended_there(england, county, districts) -> None:
    answer = diff(england, "2009-03-31", "2009-04-01", within=county)
    ended = {one["id"] for one in answer["ended"]}
    assert {one for one in ended if one.startswith("district:")} == districts
