"""Following England's bodies: boundary changes on the way; commissioners whose area no table tells yet."""

from __future__ import annotations

import pytest

from orgmap.queries.change.crosswalk import crosswalk
from orgmap.queries.change.successors import successors_on
from orgmap.queries.table.annotate import Annotator, columns
from orgmap.queries.table.followed import Following


@pytest.mark.parametrize(
    ("cell", "at", "to_day", "note"),
    [
        ("Cumbria CCG", "2014-06-01", "2023-06-01", "41% of the practices went to ccg:01K, now icb:QE1"),
        ("ccg:05L", "2014-06-01", "2018-06-01", "8% of the practices went to ccg:04X"),
        ("ccg:06Y", "2014-06-01", "2018-06-01", "7% of the people went to ccg:06W"),
        ("ccg:13P", "2014-06-01", "2016-06-01", "7% of the practices went to ccg:04X"),
        ("lo:Q78", "2018-06-01", "2019-06-01", "36% of the clinical_commissioning_groups went to lo:Q79"),
        ("stp:QUA", "2021-06-01", "2023-06-01", "13% of the people went to icb:QHL"),
        (
            "pct:5NE",
            "2010-06-01",
            "2023-06-01",
            "41% of the practices of ccg:01H went to ccg:01K, now icb:QE1",
        ),
    ],
)
def test_what_a_body_gave_away_on_the_way_is_said(england, cell, at, to_day, note) -> None:
    told = Following(england, to_day).follow(cell, at)[1]
    assert note.replace("clinical_commissioning_groups", "clinical commissioning groups") in told


def test_every_boundary_change_that_is_no_stray_is_said_of_who_gave_and_of_nobody_else(england) -> None:
    for event, parts in england.events():
        if event.kind != "boundary_change":
            continue
        for part in parts:
            before, after = f"{int(event.date[:4]) - 1}-06-01", f"{event.date[:4]}-12-01"
            [giver] = england.entities(ids=[part.predecessor])
            if part.stray or not giver.period.holds(before):
                continue
            note = Following(england, after).follow(part.predecessor, before)[1]
            assert f"went to {part.successor}" in note, (event.id, note)


@pytest.mark.parametrize("at", ["2007-06-01", "2009-06-01", "2010-01-01"])
def test_a_trust_in_a_cell_is_the_commissioner_of_its_row(england, at: str) -> None:
    trusts = england.entities(kind="primary_care_trust", at=at)[::6]
    rows = Annotator(england).rows([[trust.id] for trust in trusts], 0, at=at)
    for trust, row in zip(trusts, rows, strict=True):
        told = dict(zip(columns(), row[1:], strict=True))
        if "is not known for" in told["note"]:
            continue  # no table tells its area on any day, so that it is no place, for find neither
        assert told["commissioner"] == trust.id
        assert told["commissioner_name"] == trust.label
        assert told["region"]


@pytest.mark.parametrize(
    ("cell", "board"),
    [
        ("NHS West Essex CCG", "icb:D7T5G"),
        ("NHS North East Essex CCG", "icb:D7T5G"),
        ("NHS Herts Valleys CCG", "icb:S1Y5D"),
        ("NHS East and North Hertfordshire CCG", "icb:S1Y5D"),
        ("NHS Ipswich and East Suffolk CCG", "icb:T6Y0W"),
        ("NHS West Suffolk CCG", "icb:T6Y0W"),
        ("NHS Slough CCG", "icb:S0E4D"),
        ("NHS Bracknell and Ascot CCG", "icb:S0E4D"),
        ("NHS Windsor, Ascot and Maidenhead CCG", "icb:S0E4D"),
        ("NHS Surrey Heath CCG", "icb:S9B9J"),
        ("pct:5PV", "icb:D7T5G"),
        ("pct:5PW", "icb:D7T5G"),
        ("pct:5PT", "icb:T6Y0W"),
        ("pct:5QG", "icb:S0E4D"),
    ],
)
def test_a_part_of_a_board_that_was_divided_is_followed_by_itself(england, cell, board) -> None:
    at = "2012-06-01" if cell.startswith("pct") else "2017-06-01"
    cells, _ = Following(england, "2026-11-27").follow(cell, at)
    assert (cells[0], cells[-1]) == (board, f"{board} 100%")


def test_a_part_that_lay_on_both_sides_is_told_as_split(england) -> None:
    cells, note = Following(england, "2026-11-27").follow(
        "NHS North East Hampshire and Farnham CCG", "2017-06-01"
    )
    assert cells[0] == ""
    assert "icb:QRL 77.8%, icb:S9B9J 22.2%" in note


def test_what_a_group_is_followed_to_agrees_with_the_table_of_practices(england) -> None:
    kinds = ("clinical_commissioning_group", "integrated_care_board")
    rows = crosswalk(england, kinds[0], "2022-06-30", kinds[1], "2026-04-01", "practices")["rows"]
    assert len(rows) > 100
    shares: dict[str, dict[str, float]] = {}
    for row in rows:
        shares.setdefault(row["from"], {})[row["to"]] = row["share_of_from"]
    for group, boards in shares.items():
        followed = {heir.body: heir.weight for heir in successors_on(england, group, "2026-04-01")}
        for board in followed.keys() | boards.keys():
            assert abs(followed.get(board, 0.0) - boards.get(board, 0.0)) < 0.05, (group, followed, boards)
