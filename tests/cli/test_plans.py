"""Plans, outcomes and counted numbers on the command line: every form tells the same, and each refusal its code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import Orgmap
from tests.spec.test_reconcile import NUMBERS
from tests.spec.test_what_is_to_change import WORLD
from tests.worlds import write_data


@pytest.fixture
def ahead(orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """Asks a world with plans."""
    without_datasets = "\n\n".join(
        part for part in (WORLD + NUMBERS).split("\n\n") if "datasets\n" not in part
    )
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path / "data", without_datasets, "2026-10-09")))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    return orgmap


def test_a_plan_is_told_with_its_status_who_said_so_and_how_it_moved(ahead: Orgmap) -> None:
    told = ahead("plans", "--about", "national:board")
    assert "April 2027  It ends in April." in told.out
    assert "    conditional, not law; said on 2026-01-28  [end]" in told.out
    assert "    moved: about 1 March 2027 → April 2027" in told.out
    assert "    before: about 1 March 2027, said on 2025-03-13: It ends in two years." in told.out
    assert "add --include proposed" in told.err


def test_people_see_first_what_is_of_the_place_and_then_what_is_for_all(ahead: Orgmap) -> None:
    told = ahead("plans", "--within", "CT9 1AA").out
    own, everybody = told.split("For the whole country:")
    assert own.startswith("In the area of CT9 1AA")
    assert "Thanet is to have it." in own
    assert "It ends in April." in everybody


def test_json_and_csv_and_ndjson_have_every_statement(ahead: Orgmap) -> None:
    whole = ahead("plans", "--format", "json").json
    ids = [row["id"] for one in whole["plans"] for row in (one, *one["earlier"])]
    table = ahead("plans", "--format", "csv").table
    assert (
        [row["id"] for row in table]
        == ids
        == [row["id"] for row in ahead("plans", "--format", "ndjson").lines]
    )
    for told, row in zip(table, (r for one in whole["plans"] for r in (one, *one["earlier"])), strict=True):
        assert (told["text"], told["status"], told["planned_for"]) == (
            row["text"],
            row["status"],
            row["planned_for"] or "",
        )
        assert told["law"] == ("" if row.get("law", True) else "no")


def test_a_calendar_has_an_entry_for_each_plan_and_tells_none_as_a_fact(ahead: Orgmap) -> None:
    text = ahead("plans", "--format", "ics").out
    calendar = Calendar.from_ical(text)
    plans = ahead("plans", "--format", "json").json["plans"]
    entries = [one for one in calendar.subcomponents if one.name in ("VEVENT", "VTODO")]
    assert {str(one["uid"]) for one in entries} == {f"{one['id'].replace(' ', '-')}@orgmap" for one in plans}
    by_id = {str(one["uid"]): one for one in entries}
    end = by_id["e2@orgmap"]
    assert end["dtstart"].dt.isoformat() == "2027-04-01"
    assert (str(end["summary"]), str(end["status"])) == (
        "Conditional, April 2027: It ends in April.",
        "TENTATIVE",
    )
    assert "conditional, not law; said on 2026-01-28" in str(end["description"])
    assert str(by_id["national:new@orgmap"]["status"]) == "CONFIRMED", "what is enacted is law"
    assert text == ahead("plans", "--format", "ics").out, "the same plans give the same bytes"


def test_an_outcome_is_told_beside_its_plan(ahead: Orgmap) -> None:
    told = ahead("outcome", "2013")
    assert told.out.startswith("Reform of 2013 (reform:2013)\n2 statements of plans: 1 kept, 1 late\n")
    assert "    late by 6 months: 1 April 2013" in told.out
    rows = ahead("outcome", "2013", "--format", "csv").table
    assert [(row["id"], row["verdict"], row["came_on"]) for row in rows] == [
        ("s1", "late", "2013-04-01"),
        ("s2", "kept", "2013-04-01"),
    ]


def test_numbers_stand_beside_what_is_counted(ahead: Orgmap) -> None:
    told = ahead("reconcile", "--in", "000")
    assert "13 days stated, not counted  [n3]\n    The graph does not count days." in told.out
    for row in ahead("reconcile", "--format", "json").json["numbers"]:
        assert row["counted"] is None or row["people"] or row["counted"] == len(row["bodies"])


@pytest.mark.parametrize(
    ("question", "code", "said"),
    [
        (("plans", "--until", "2999-01-01"), 1, "the last plan in the tables is for 2028-04-01"),
        (("plans", "--as-known-on", "2005-01-01"), 1, "Nothing had been planned"),
        (("outcome", "sha-end", "--as-known-on", "2011-07-31"), 1, "Nothing had been planned"),
        (("outcome", "the merjer"), 1, "Nearest: merger"),
        (("outcome", "in april"), 3, "merger — One group in April."),
        (("outcome",), 2, "REFORM|PLAN"),
        (("plans", "--about", "Atlantis"), 1, "Atlantis"),
        (("plans", "--within", "Atlantis"), 1, "Atlantis"),
        (("plans", "--until", "31 June 2027"), 2, "31 June 2027"),
        (("reconcile", "--in", "007"), 2, "Documents: 000 A paper"),
        (("outcome", "end", "--include", "planned"), 2, "makes no difference"),
    ],
)
def test_what_cannot_be_answered_says_why(
    ahead: Orgmap, question: tuple[str, ...], code: int, said: str
) -> None:
    told = ahead(*question)
    assert (told.code, told.out) == (code, "")
    assert said in told.err


def test_a_calendar_of_nothing_is_empty(ahead: Orgmap) -> None:
    told = ahead("plans", "--until", "2027-03-31", "--format", "ics")
    assert (told.code, told.out) == (1, "")


def test_what_was_not_known_then_is_said_with_the_day_of_the_knowledge(ahead: Orgmap) -> None:
    told = ahead("plans", "--about", "national:board", "--as-known-on", "2005-01-01")
    assert (told.code, told.out) == (1, "")
    assert told.err.rstrip().endswith("(As known on 2005-01-01.)")
