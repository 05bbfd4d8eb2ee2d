"""Following England's bodies: boundary changes on the way; commissioners whose area no table tells yet."""

from __future__ import annotations

import pytest

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
