"""Names of real bodies: each finds its body on the days of its life, and so do 200 ways in which people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.graphmodel.errors import Ambiguous, OrgmapError
from orgmap.loaders.published import read_table
from orgmap.queries.body.resolve import resolve
from orgmap.queries.body.search import search
from tests.truth.names import BEATEN, LISTED, WRONG, asked, everybody

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
WAYS = [row for _, row in read_table(Path(__file__).parent / "ways_of_writing.csv", "text", "day", "body")]
COMMISSIONERS = {"primary_care_trust", "clinical_commissioning_group", "integrated_care_board"}
LESSER = {"prescribing_cost_centre", "sub_icb_reporting_entity"}


def test_two_hundred_ways_of_writing_find_the_body_that_is_meant_among_the_first_three(england):
    assert len(WAYS) >= 200
    missed = {}
    for row in WAYS:
        found = [body["id"] for body in search(england, row["text"], at=row["day"], limit=3)["bodies"]]
        if row["body"] not in found:
            missed[row["text"]] = found
    assert missed == {}


def test_a_way_of_writing_is_never_taken_for_another_body(england):
    taken = {}
    for row in WAYS:
        try:
            body = resolve(england, row["text"], row["day"])
        except OrgmapError:
            continue  # asked back, or suggested
        if body.id != row["body"]:
            taken[row["text"]] = body.id
    assert taken == {}


def test_every_official_name_of_a_body_finds_it_on_the_days_of_its_life(england):
    bodies = everybody(england)
    # All names take a minute (tests/truth/names.py): here those of commissioners, and some of the others.
    chosen = [body for body in bodies if body.kind in COMMISSIONERS]
    chosen += [body for body in bodies if body.kind not in COMMISSIONERS][::40]
    found = list(asked(england, chosen))
    assert [one for one in found if one.outcome == WRONG] == []
    assert {one.body.kind for one in found if one.outcome == BEATEN} <= LESSER
    assert not [
        one for one in found if one.outcome == LISTED and one.body.kind == "clinical_commissioning_group"
    ]


SHORT = {
    "icb:QE1": "L&SC", "icb:QF7": "SY", "icb:QGH": "H&W", "icb:QH8": "MSE", "icb:QHG": "BLMK", "icb:QHL": "BSOL",
    "icb:QHM": "NENC", "icb:QJ2": "Derbyshire", "icb:QJG": "SNEE", "icb:QJK": "Devon", "icb:QJM": "Lincs",
    "icb:QK1": "LLR", "icb:QKK": "SEL", "icb:QKS": "K&M", "icb:QM7": "HWE", "icb:QMF": "NEL", "icb:QMJ": "NCL",
    "icb:QMM": "N&W", "icb:QNC": "SSOT", "icb:QNQ": "Frimley", "icb:QNX": "Sussex", "icb:QOC": "STW",
    "icb:QOP": "GM", "icb:QOQ": "HNY", "icb:QOX": "BSW", "icb:QPM": "Northants", "icb:QR1": "Glos",
    "icb:QRL": "HIOW", "icb:QRV": "NWL", "icb:QSL": "Somerset", "icb:QT1": "Notts", "icb:QT6": "CIOS",
    "icb:QU9": "BOB", "icb:QUA": "Black Country", "icb:QUE": "C&P", "icb:QUY": "BNSSG", "icb:QVV": "Dorset",
    "icb:QWE": "SWL", "icb:QWO": "WY", "icb:QWU": "C&W", "icb:QXU": "Surrey Heartlands", "icb:QYG": "C&M",
    "icb:D7T5G": "Essex", "icb:S0E4D": "Thames Valley", "icb:S1Y5D": "Central East",
    "icb:S9B9J": "Surrey & Sussex", "icb:T6Y0W": "Norfolk & Suffolk", "icb:Z9B2Z": "WNL",
}  # fmt: skip


@pytest.mark.parametrize("at", ["2022-07-01", "2026-03-31", "2026-04-01"])
def test_every_board_of_a_day_is_found_by_its_short_name(england, at):
    boards = {board.id for board in england.entities(kind="integrated_care_board", at=at)}
    assert len(boards) == (42 if at < "2026-04-01" else 36)
    assert boards <= set(SHORT)
    for body in boards:
        for text in (f"{SHORT[body]} ICB", f"{SHORT[body]} integrated care board", f"NHS {SHORT[body]} ICB"):
            assert resolve(england, text, at).id == body, text


def test_all_names_of_primary_care_trusts_of_2012_find_theirs(england):
    published = SHARED / "data" / "ods" / "openprescribing" / "PCO_2012.csv"
    if not published.exists():
        pytest.skip("the published table is not here")
    rows = [row for _, row in read_table(published, "PCO12CDO", "PCO12NM")]
    missed = []
    for row in rows:
        for text in (row["PCO12NM"], f"NHS {row['PCO12NM']}", f"{row['PCO12NM']} PCT"):
            try:
                found = [resolve(england, text, "2012-06-01").id]
            except Ambiguous as error:
                found = [line.split()[0] for line in error.candidates]
            # Without a word for the kind a council may be meant.
            if f"pct:{row['PCO12CDO']}" not in found and not (
                text == row["PCO12NM"] and found[0].startswith(("council:", "district:"))
            ):
                missed.append((text, found))
    assert len(rows) >= 151
    assert missed == []


@pytest.mark.parametrize(
    ("text", "at", "body"),
    [
        ("NHS Gloucestershire", "2010-06-01", "pct:5QH"),
        ("NHS Gloucestershire", "2015-06-01", "ccg:11M"),
        ("NHS Gloucestershire", "2023-06-01", "icb:QR1"),
        ("NHS Somerset", "2015-06-01", "ccg:11X"),
        ("NHS Cumbria", "2016-06-01", "ccg:01H"),
        ("Greater Manchester", "2026-04-01", "icb:QOP"),
        ("Cambridgeshire and Peterborough", "2025-01-01", "icb:QUE"),
        ("NHS Kent and Medway", "2012-06-01", "pctc:kent_and_medway"),
        ("NHS Kent and Medway", "2021-06-01", "ccg:91Q"),
        ("NHS Kent and Medway", "2023-06-01", "icb:QKS"),
        ("NHS South West", "2010-06-01", "sha:Q39"),
    ],
)
def test_a_name_means_the_body_in_force_on_the_day(england, text, at, body):
    assert resolve(england, text, at).id == body


def test_official_names_of_groups_are_clear_although_cost_centres_bear_them(england):
    for group in england.entities(kind="clinical_commissioning_group"):
        day = f"{int(group.valid_from[:4]) + 1}-03-01" if group.valid_from[:4] < "2021" else "2022-01-15"
        if group.period.holds(day):
            assert resolve(england, group.name, day).id == group.id


@pytest.mark.parametrize(
    ("text", "trust"),
    [
        ("John Radcliffe", "trust:RTH"),
        ("Southampton General", "trust:RHM"),
        ("Medway Maritime Hospital", "trust:RPA"),
        ("Walsall Manor", "trust:RBK"),
        ("Queen Alexandra Portsmouth", "trust:RHU"),
        ("Stepping Hill", "trust:RWJ"),
        ("Musgrove Park Hospital", "trust:RH5"),
        ("Whiston", "trust:RBN"),
        ("Derriford", "trust:RK9"),
        ("Wexham Park", "trust:RD7"),
        ("Northwick Park", "trust:R1K"),
        ("Southmead Hospital", "trust:RVJ"),
    ],
)
def test_a_hospital_that_a_trusts_address_names_finds_the_trust(england, text, trust) -> None:
    assert trust in [body["id"] for body in search(england, text, limit=3)["bodies"]]
