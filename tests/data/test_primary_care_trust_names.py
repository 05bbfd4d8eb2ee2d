"""Names of primary care trusts and strategic health authorities on both sides of their changes."""

from __future__ import annotations

import re

import pytest

from orgmap.loaders.published import read_table
from tests.data.one_dataset import SHARED, code_on, holds, needs_shared, rows_of

TABLES_OF = {
    table: rows_of("primary_care_trusts", table)
    for table in ("entities", "names", "identifiers", "successions")
}
ODS = SHARED / "data" / "ods"


def rows(table: str) -> list[dict[str, str]]:
    return TABLES_OF[table]


def in_force(kind: str, at: str) -> set[str]:
    return {row["id"] for row in rows("entities") if row["kind"] == kind and holds(row, at)}


def test_all_303_trusts_of_2002_to_2006_and_all_since_have_names() -> None:
    named = {row["id"] for row in rows("entities") if row["name"]}
    trusts = {row["id"]: row for row in rows("entities") if row["kind"] == "primary_care_trust"}
    for at, many in (("2006-04-01", 303), ("2006-09-30", 303), ("2006-10-01", 152), ("2013-03-31", 151)):
        there = in_force("primary_care_trust", at)
        assert len(there) == many
        assert there <= named
    # Eighteen that ended before the list of 2002 to 2006 was made are in no table that has names.
    unnamed = set(trusts) - named
    assert len(trusts) == 401
    assert len(unnamed) == 18
    assert max(trusts[body]["valid_until"] for body in unnamed) == "2005-10-01"
    assert not any(body.startswith("pcg:") for body in named)


@pytest.mark.parametrize(
    ("body", "at", "name"),
    [
        ("pct:5A1", "2006-09-30", "New Forest PCT"),
        ("pct:5CC", "2010-03-31", "Blackburn with Darwen PCT"),
        ("pct:TAP", "2010-04-01", "Blackburn with Darwen Teaching Care Trust"),
        ("pct:5HQ", "2009-11-30", "Bolton PCT"),
        ("pct:5HQ", "2009-12-01", "Bolton Teaching PCT"),
        ("pct:5NT", "2009-11-30", "Manchester PCT"),
        ("pct:5NT", "2009-12-01", "Manchester Teaching PCT"),
        ("pct:5E1", "2006-09-30", "North Tees PCT"),
        ("pct:5E1", "2006-10-01", "Stockton-on-Tees Teaching PCT"),
        ("pct:5A8", "2006-09-30", "Greenwich PCT"),
        ("pct:5A8", "2013-03-31", "Greenwich Teaching PCT"),
        ("pct:5P4", "2009-06-01", "West Hertfordshire PCT"),
        ("pct:TAM", "2010-01-01", "Solihull Care Trust"),
        ("pct:5C8", "2003-03-31", "Redbridge PCT"),
        ("pct:TAG", "2006-09-30", "Witham, Braintree and Halstead Care Trust"),
    ],
)
def test_a_trust_has_the_name_of_the_day(body: str, at: str, name: str) -> None:
    dated = [row for row in rows("names") if row["entity"] == body and row["use"] in ("official", "former")]
    assert [row["name"] for row in dated if holds(row, at)] == [name]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("pct:5QA", "Eastern and Coastal Kent PCT"),
        ("pct:5QT", "Isle of Wight NHS PCT"),
        ("pct:5C3", "City and Hackney Teaching PCT"),
        ("pct:TAL", "Torbay Care Trust"),
        ("pct:5QW", "Solihull PCT"),
        ("sha:Q37", "South East Coast Strategic Health Authority"),
        ("pctc:kent_and_medway", "NHS Kent and Medway"),
        ("shac:south_of_england", "NHS South of England"),
    ],
)
def test_bodies_have_their_names(body: str, name: str) -> None:
    assert {row["id"]: row["name"] for row in rows("entities")}[body] == name


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("NHS Eastern and Coastal Kent", "pct:5QA"),
        ("NHS City and Hackney", "pct:5C3"),
        ("NHS Isle of Wight", "pct:5QT"),
        ("NHS South East Coast", "sha:Q37"),
        ("NELC", "pctc:north_east_london_and_the_city"),
        ("Kent and Medway PCT cluster", "pctc:kent_and_medway"),
        ("INEL", "pctc:east_london_and_the_city"),
    ],
)
def test_bodies_are_found_by_the_names_they_went_by(name: str, body: str) -> None:
    assert body in {row["entity"] for row in rows("names") if row["name"] == name}


def test_each_of_the_28_authorities_was_replaced_by_the_one_in_whose_area_it_lay() -> None:
    first, ten = (in_force("strategic_health_authority", at) for at in ("2006-06-30", "2006-07-01"))
    heirs = {
        row["predecessor"]: row["successor"] for row in rows("successions") if row["predecessor"] in first
    }
    assert set(heirs) == first
    assert set(heirs.values()) == ten
    assert heirs["sha:thames_valley"] == "sha:Q38"
    assert heirs["sha:north_east_london"] == heirs["sha:south_west_london"] == "sha:Q36"
    assert heirs["sha:trent"] == "sha:Q33"


@needs_shared
def test_checked_back_the_trusts_of_2012_with_codes_and_names() -> None:
    published = {
        row["PCO12CDO"]: (row["PCO12CD"], row["PCO12NM"])
        for _, row in read_table(ODS / "openprescribing" / "PCO_2012.csv", "PCO12CD", "PCO12CDO", "PCO12NM")
    }
    assert {f"pct:{code}" for code in published} == in_force("primary_care_trust", "2012-04-01")
    assert sum(code.startswith("T") for code in published) == 5
    gss = {row["entity"]: row["code"] for row in rows("identifiers") if row["scheme"] == "gss"}
    names = {row["id"]: row["name"] for row in rows("entities")}
    for code, (area, name) in published.items():
        assert gss[f"pct:{code}"] == area
        plain = names[f"pct:{code}"].replace("NHS PCT", "National Health Service PCT")
        assert re.sub(r" (PCT|Care Trust)$", "", plain) == name


@needs_shared
def test_checked_back_the_names_of_2011_are_those_of_2012() -> None:
    # The header of this table has one cell more than its rows, and one row is blank.
    lines = (
        (SHARED / "data/ons/pct/pco11_names_codes_2011-04.csv").read_text(encoding="utf-8-sig").splitlines()
    )
    names = {row["id"]: row["name"] for row in rows("entities")}
    seen = 0
    for line in lines[1:]:
        _, code, name = (*re.sub(r"\s*,\s*$", "", line).split(",", 2), "", "")[:3]
        if code:
            seen += 1
            plain = names[f"pct:{code}"].replace("NHS PCT", "National Health Service PCT")
            assert re.sub(r" (PCT|Care Trust)$", "", plain) == name.strip('"')
    assert seen == 151


@pytest.mark.parametrize(
    ("body", "last", "old", "first", "new"),
    [
        ("pct:5HQ", "2009-11-30", ["E16000034"], "2009-12-01", ["E16000148"]),
        ("pct:5CC", "2010-03-31", ["E16000014"], "2010-04-01", []),
        ("pct:5P3", "2010-03-31", ["E16000105"], "2010-04-01", []),
        ("pct:5P4", "2010-03-31", ["E16000106"], "2010-04-01", []),
        ("pct:TAM", "2011-04-14", ["E17000004"], "2011-04-15", []),
    ],
)
def test_area_codes_that_ended_before_2013_are_dated(
    body: str, last: str, old: list[str], first: str, new: list[str]
) -> None:
    assert code_on(rows("identifiers"), body, "gss", last) == old
    assert code_on(rows("identifiers"), body, "gss", first) == new
