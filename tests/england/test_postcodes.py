"""Postcodes against the published directory of November 2021, live and terminated apart."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter

import pytest

from orgmap.queries.place.find import find
from orgmap.queries.table.annotate import Annotator, columns
from tests.england.conftest import SHARED, published

COUNCIL, NOTE = columns().index("upper_tier_council") + 1, columns().index("note") + 1
COMMISSIONER, SYSTEM = columns().index("commissioner") + 1, columns().index("system") + 1


def directory(area: str) -> list[dict[str, str]]:
    """The rows of one postcode area."""
    path = SHARED / "data" / "ons" / "nspl_nov2021" / f"NSPL_NOV_2021_UK_{area}.csv.gz"
    with gzip.open(path, "rb") as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


def annotated(store, rows: list[dict[str, str]], at: str) -> list[list[str]]:
    """The postcodes of these rows with the columns of `annotate`."""
    return list(Annotator(store).rows([[row["pcds"]] for row in rows], 0, at=at))


def gss_codes(store, at: str) -> dict[str, set[str]]:
    """Every GSS code that a body ever had (its area's code changes with its boundary)."""
    codes: dict[str, set[str]] = {}
    for entity, scheme, code in store._tables["identifiers"].cells(("entity", "scheme", "code")):
        if scheme == "gss":
            codes.setdefault(entity, set()).add(code)
    return codes


@published
@pytest.mark.parametrize("area", ["HX", "TD"])
@pytest.mark.parametrize("live", [True, False], ids=["live", "terminated"])
def test_council_group_partnership_and_trust_agree_with_the_directory(england, area, live):
    rows = [row for row in directory(area) if row["ctry"] == "E92000001" and (not row["doterm"]) == live]
    codes = gss_codes(england, "2021-11-01")
    right: Counter[str] = Counter()
    known: Counter[str] = Counter()
    told = {at: annotated(england, rows, at) for at in ("2021-11-01", "2012-03-01")}
    unknown = 0
    everywhere = [row for row in directory(area) if row["ctry"] == "E92000001"]
    for row, now, then in zip(rows, told["2021-11-01"], told["2012-03-01"], strict=True):
        if now[NOTE] == "postcode not known":
            unknown += 1
            continue
        council = row["laua"] if row["cty"].startswith(("E99", "E11")) else row["cty"]
        for what, body, code in (
            ("council", now[COUNCIL], council),
            ("group", now[COMMISSIONER], row["ccg"]),
            ("partnership", now[SYSTEM], row["stp"]),
            ("trust", then[COMMISSIONER], row["pct"]),
        ):
            known[what] += 1
            right[what] += code in codes.get(body, ())
    assert unknown <= 0.005 * len(everywhere)
    assert {what: right[what] / known[what] for what in known if right[what] < 0.999 * known[what]} == {}
    assert set(known) == {"council", "group", "partnership", "trust"}


@pytest.mark.parametrize(
    ("postcode", "council"),
    [
        ("B62 0DJ", "E07000234"),
        ("B64 5QY", "E08000028"),
        ("B65 0RY", "E08000027"),
        ("B76 9AF", "E07000218"),
        ("B94 6BP", "E08000029"),
        ("BA21 5BQ", "E06000066"),
        ("BS40 6EW", "E06000022"),
        ("CB1 0LE", "E07000008"),
        ("B76 9JD", "E07000218"),
    ],
)
def test_a_live_postcode_lies_in_the_council_that_the_list_of_2025_names(england, postcode, council):
    bodies = find(england, postcode, "2025-10-17")["bodies"]
    role = "district_council" if council.startswith("E07") else "upper_tier_council"
    assert [body["codes"]["gss"] for body in bodies if body["role"] == role] == [council]


@published
@pytest.mark.parametrize(("area", "country"), [("TD", "Scotland"), ("IM", "the Isle of Man")])
def test_postcodes_elsewhere_say_that_they_are_not_in_england(england, area, country):
    # A few terminated postcodes have no grid reference: the directory itself does not say where they lay.
    rows = [row for row in directory(area) if row["ctry"] and row["ctry"] != "E92000001"]
    notes = Counter(row[NOTE] for row in annotated(england, rows, "2021-11-01"))
    assert len(rows) > 4000
    assert all("not in England" in note and country in note for note in notes), notes.most_common(5)
