"""Cells as people and spreadsheets write them, and refusals that say what does answer."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.queries.change.crosswalk import crosswalk
from orgmap.queries.place.find import find
from orgmap.queries.table.annotate import Annotator, columns


@pytest.mark.parametrize(
    "cell",
    [
        *("CT9-1AA", '="CT9 1AA"', "=CT91AA", "ct9–1aa", "'CT9 1AA'", "GP: G82064", "G82064 - Dashwood"),
        *("Dashwood Medical Centre - G82064", "practice code G82064", "G82064: Dashwood", "G82064 Dashwood"),
        *("ODS code: G82064", "G82064/Dashwood", "10E - Thanet CCG", "Thanet CCG - 10E", "CCG: 10E"),
    ],
)
def test_a_code_or_postcode_is_read_whatever_stands_around_it(england, cell: str) -> None:
    [row] = Annotator(england).rows([[cell]], 0, at="2014-06-01")
    assert dict(zip(columns(), row[1:], strict=True))["commissioner"] == "ccg:10E"
    assert [b["id"] for b in find(england, cell, "2014-06-01")["bodies"] if b["role"] == "commissioner"] == [
        "ccg:10E"
    ]


@pytest.mark.parametrize(
    "cell", ["G82064 - Bethesda", "Bradford - G82064", "10E - Leeds", "G99999 - Dashwood"]
)
def test_a_code_beside_another_bodys_name_is_not_taken(england, cell: str) -> None:
    [row] = Annotator(england).rows([[cell]], 0, at="2014-06-01")
    told = dict(zip(columns(), row[1:], strict=True))
    assert (told["commissioner"], bool(told["note"])) == ("", True)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            ("primary_care_trust", "2003-01-01"),
            ("primary_care_trust", "2013-03-31"),
            "--by practices answers",
        ),
        (
            ("primary_care_group", "2000-06-01"),
            ("primary_care_trust", "2003-06-01"),
            "--by practices answers",
        ),
        (
            ("primary_care_network", "2021-01-01"),
            ("integrated_care_board", "2023-01-01"),
            "--by practices answers",
        ),
        (
            ("nhs_trust", "2015-01-01"),
            ("clinical_commissioning_group", "2015-03-31"),
            "no table tells the areas",
        ),
        (
            ("primary_care_trust", "2014-01-01"),
            ("integrated_care_board", "2023-01-01"),
            "there are no primary care",
        ),
    ],
)
def test_a_crosswalk_that_maps_nothing_says_why_and_what_answers(england, before, after, says) -> None:
    with pytest.raises(NothingFound, match="Nothing maps") as refused:
        crosswalk(england, *before, *after)
    assert says in str(refused.value)
    if says.startswith("--by"):
        assert crosswalk(england, *before, *after, by="practices")["rows"]
