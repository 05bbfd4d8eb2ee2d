"""Cells as people paste them, in all of England: each row has the answer or the refusal that `find` gives."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import OrgmapError
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.place.find import find
from orgmap.queries.table.annotate import Annotator, columns

CELLS = """
CT9 1AA | ct91aa | CT9 1AA. | (CT9 1AA) | CT9 IAA | CT9 1ZZ | SW1A 1AA | IM1 1AA | CF10 1AA | CT9 | ct9 | E12 |
CT9 1 | G82064 | g82064 | practice:G82064 | G82064. | The Limes (G82064) | Margate | Margate, Kent |
Margate, Atlantis | Ashford | Ashford, Kent | Ashford, Spelthorne | Bradford, Torridge | Bradford |
Richmond, London | Barking | Newport | Atlantis | Barnsley | Camden | St Helens | Saint Helens | Barnsley MBC |
LB Camden | Kent CC | Kent | Kent County Council | Thanet | E10000016 | E07000114 | council:E10000016 | 10E |
ccg:10E | 91Q | QKS | icb:QKS | 5QA | pct:5QA | Q37 | GB-NHS-10E | GB-LAE-KEN | NHS Thanet CCG | Thanet CCG |
Kent and Medway | Greater Manchester | Yorkshire | West Midlands | E12000008 | E01024667 | E02005153 | RVV |
trust:RVV | 13Q | Chester | Rye | England | Scotland | ? | 1 | , | London | Cornwall
"""
COMPARED = (
    "commissioner",
    "sub_icb_location",
    "system",
    "region",
    "upper_tier_council",
    "health_and_wellbeing_board",
)
SHORTER = ("postcode not known", "not in England: ", "this postcode is not in England")


@pytest.mark.parametrize("at", ["2012-06-01", "2013-06-01", "2021-06-01", "2025-06-01"])
def test_a_row_has_the_answer_or_the_refusal_that_find_gives(england, at):
    cells = [cell.strip() for cell in CELLS.replace("\n", " ").split("|")]
    rows = Annotator(england).rows([[cell] for cell in cells], 0, at=at)
    for cell, row in zip(cells, rows, strict=True):
        told = dict(zip(columns(), row[1:], strict=True))
        refusal, wanted = "", dict.fromkeys(COMPARED, "")
        try:
            bodies = find(england, cell, at)["bodies"]
        except OrgmapError as error:
            refusal = str(error)
        else:
            for column in COMPARED:
                having = [body for body in bodies if body["role"] == column and body.get("share", 1) >= 0.005]
                if len(having) == 1 and having[0].get("share", 1) >= 0.995:
                    wanted[column] = having[0]["id"]
        assert {column: told[column] for column in COMPARED} == wanted, cell
        assert refusal in told["note"] or told["note"].startswith(SHORTER), cell


@pytest.mark.parametrize(
    ("cell", "council", "group", "gss"),
    [
        ("Barnsley", "council:E08000016", "02P", "E08000016"),
        ("Camden", "council:E09000007", "07R", "E09000007"),
        ("St Helens", "council:E08000013", "01X", "E08000013"),
    ],
)
def test_a_council_s_name_is_its_area(england, cell, council, group, gss):
    [row] = Annotator(england).rows([[cell]], 0, at="2013-06-01")
    told = dict(zip(columns(), row[1:], strict=True))
    assert told["upper_tier_council"] == council
    assert (told["commissioner"], told["commissioner_code"]) == (f"ccg:{group}", group)
    assert told["upper_tier_council_gss"] == gss


@pytest.mark.parametrize(
    ("cell", "day", "to_day", "successor"),
    [
        ("5QA", "2012-06-01", "2023-01-01", "icb:QKS"),
        ("5QA", "2012-06-01", "2014-01-01", ""),
        ("5L3", "2012-06-01", "2014-01-01", "ccg:09W"),
        ("10E", "2014-06-01", "2019-06-01", "ccg:10E"),
        ("10E", "2014-06-01", "2020-04-01", "ccg:91Q"),
        ("91Q", "2021-06-01", "2026-10-01", "icb:QKS"),
    ],
)
def test_an_ended_body_is_followed_to_a_day(england, cell, day, to_day, successor):
    [row] = Annotator(england).rows([[cell, day]], 0, at_column=1, to_day=to_day)
    told = dict(zip(columns(to_day), row[2:], strict=True))
    assert told["successor"] == successor
    if not successor:
        assert "split by practices" in told["note"]
        assert told["successor_shares"].startswith("ccg:10A 2")


def test_all_groups_of_2013_are_followed_to_boards_of_2023(england):
    codes = [
        body["codes"]["ods"]
        for body in list_bodies(england, "clinical_commissioning_group", "2013-04-01")["bodies"]
    ]
    rows = list(
        Annotator(england).rows([[code, "2013-06-01"] for code in codes], 0, at_column=1, to_day="2023-01-01")
    )
    place = 2 + columns("2023-01-01").index("successor")
    single = [row for row in rows if row[place]]
    assert all(row[place].startswith("icb:") for row in single)
    assert len(single) > 190
    assert all("split" in row[-1] or "no successor" in row[-1] for row in rows if not row[place])


OUTCODES = [
    f"{letters}{number}" for letters in ("RH", "GU", "CT", "SK", "DE", "BA") for number in range(1, 24)
]


def test_no_outcode_is_left_blank_for_a_share_that_is_told_as_none(england) -> None:
    told = [
        dict(zip(columns(), row[1:], strict=True))
        for row in Annotator(england).rows([[cell] for cell in OUTCODES], 0, at="2024-06-01")
    ]
    assert not [
        (cell, one["note"]) for cell, one in zip(OUTCODES, told, strict=True) if " 100%, " in one["note"]
    ]
    [dorking] = [one for cell, one in zip(OUTCODES, told, strict=True) if cell == "RH5"]
    assert dorking["commissioner"] == "icb:QXU"
    assert "commissioner for next to nothing of it: icb:QNX" in dorking["note"]
