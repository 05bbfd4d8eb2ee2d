"""What is due: programmes on the command line, one's own file, a calendar, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import Orgmap

SURROUNDINGS = {name: os.environ.get(name) for name in ("ORGMAP_DATA", "ORGMAP_CACHE")}

ANNEX = ("due", "--programme", "nhs-2012-13")


@pytest.fixture
def orgmap(orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch) -> Orgmap:
    """Asks the project's own tables: the steps of programmes stand in them."""
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    return orgmap


def test_what_a_pct_cluster_has_to_do_for_direct_commissioning_by_september_2012(orgmap: Orgmap) -> None:
    rows = orgmap(
        *ANNEX,
        "--owner",
        "pctc",
        "--stream",
        "direct commissioning",
        "--by",
        "2012-09-30",
        "--format",
        "json",
    ).json["milestones"]
    assert [one["due"] for one in rows] == sorted(one["due"] for one in rows)
    assert all(one["due"] <= "2012-09-30" and one["workstream"] == "direct commissioning" for one in rows)
    assert {part["id"] for one in rows for part in one["owner"]} == {"primary_care_trust_cluster"}
    divest = next(one for one in rows if one["id"] == "nhs-2012-13-416-1")
    assert (divest["due"], divest["due_words"], divest["due_basis"]) == (
        "2012-08-31",
        "by August 2012",
        "stated",
    )
    assert divest["law"] is False
    assert divest["sources"][0]["locator"].endswith("line 416")


def test_where_no_day_is_stated_the_end_of_its_quarter_counts_and_is_said(orgmap: Orgmap) -> None:
    step = next(
        one
        for one in orgmap(*ANNEX, "--format", "json").json["milestones"]
        if one["id"] == "nhs-2012-13-415-1"
    )
    assert (step["due"], step["due_basis"]) == ("2012-09-30", "end of its period")
    assert step["due_words"] == "by the end of Q2 2012/13"


def test_the_owner_of_a_place_is_named(orgmap: Orgmap) -> None:
    told = orgmap(
        *ANNEX, "--owner", "pctc", "--within", "Thanet", "--by", "2012-01-31", "--format", "json"
    ).json
    bodies = {body["id"] for one in told["milestones"] for body in one["bodies"]}
    assert "pctc:kent_and_medway" in bodies
    assert all(body.startswith("pctc:") or body.startswith("council:") for body in bodies), bodies


def test_reporting_days_of_a_year_are_counted_out(orgmap: Orgmap) -> None:
    rows = orgmap("due", "--reports", "2012-04..2013-03", "--stream", "reporting", "--format", "json").json[
        "milestones"
    ]
    monthly = [one["due"] for one in rows if one["id"] == "nhs-2012-13-reports-monthly"]
    assert len(monthly) == 12
    assert {"2012-06-15", "2012-09-14", "2012-12-14", "2013-02-15", "2013-03-15"} <= set(monthly)


def test_open_says_that_no_evidence_is_recorded_and_not_that_it_was_missed(orgmap: Orgmap) -> None:
    told = orgmap("due", "--at", "2012-10-01", "--open")
    assert "open: no evidence recorded" in told.out
    assert "does not say that it was missed" in told.err
    assert "missed" not in told.out


def test_the_mergers_of_2027_are_plans_and_none_is_told_as_a_fact(orgmap: Orgmap) -> None:
    told = orgmap("due", "--programme", "icb-mergers-2027")
    assert "not law" in told.out
    assert "decision and approval not found" in told.out
    assert "in_force" not in told.out


def test_a_calendar_has_every_step_and_reads_again(orgmap: Orgmap) -> None:
    rows = orgmap(*ANNEX, "--format", "json").json["milestones"]
    entries = Calendar.from_ical(orgmap(*ANNEX, "--format", "ics").out).walk()[1:]
    assert len(entries) == len(rows)
    named = {str(entry["uid"]): entry for entry in entries}
    for row in rows:
        entry = named[f"{row['id']}-{row['due']}@orgmap"]
        assert str(entry["summary"]) == row["text"]
        if row.get("repeats"):
            assert entry["rrule"]["UNTIL"]
        elif row["due"]:
            assert entry["due"].dt.isoformat() == row["due"]


def test_each_report_is_an_entry_of_its_own_day_in_a_calendar(orgmap: Orgmap) -> None:
    asked = ("due", "--reports", "2012-04..2013-03", "--stream", "reporting")
    rows = orgmap(*asked, "--format", "json").json["milestones"]
    assert {one["due_words"].partition(" ")[0] for one in rows} == {"on"}
    entries = Calendar.from_ical(orgmap(*asked, "--format", "ics").out).walk()[1:]
    assert [entry["due"].dt.isoformat() for entry in entries] == [one["due"] for one in rows]
    assert not any("rrule" in entry for entry in entries)


def test_ones_own_steps_are_asked_instead(orgmap: Orgmap, tmp_path: Path) -> None:
    file = tmp_path / "merger.csv"
    file.write_text("id,step,due,owner,after\na,Vote,2026-12-31,icb,\nb,Begin,2027-04,the new board,a\n")
    rows = orgmap("due", "--file", str(file), "--format", "json").json["milestones"]
    assert [(one["id"], one["due"], one["programme"]) for one in rows] == [
        ("a", "2026-12-31", "merger"), ("b", "2027-04-30", "merger"),
    ]  # fmt: skip
    assert rows[0]["owner"][0]["id"] == "integrated_care_board"
    assert rows[1]["owner_words"] == "the new board"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("step,when\nVote,2026\n", ":1: the column due is missing"),
        ("step,due\nVote,31 June 2026\n", ":2:"),
        ("step,due\n,2026-06-30\n", ":2: what is to be done is missing"),
        ("step,due,colour\nVote,2026-06-30,red\n", ":1: unknown columns: colour"),
        (
            "id,step,due,after\na,Vote,2026-06-30,b\nb,Sign,2026-07-31,a\n",
            "wait for each other: a (line 2), b (line 3)",
        ),
        ("id,step,due,after\na,Vote,2026-06-30,c\n", ":2: it is to come after c"),
        ("id,step,due\na,Vote,2026-06-30\na,Sign,2026-07-31\n", ":3: the id “a” stands there twice"),
        ("step,due,repeats\nVote,2026-06-30,often\n", ":2: “OFTEN” is no rule"),
        ("step,due\n", "no step stands in it"),
        ("", ":1: it is empty"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(
    orgmap: Orgmap, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(text)
    told = orgmap("due", "--file", str(file))
    assert told.code == 2
    assert said in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--by", "31 June 2012"), 2, "June"),
        (("--stream", "colours"), 1, "There are:"),
        (("--programme", "nhs-2099"), 1, "nhs-2012-13"),
        (("--owner", "hwb", "--programme", "nhs-2012-13"), 1, "There are steps for:"),
        (("--reports", "2012-04"), 2, "2012-04..2013-03"),
        (("--reports", "2013-04..2012-03"), 2, "ends before it begins"),
        (("--open",), 2, "--at"),
        (("--at", "2009-01-01"), 1, "Nothing had been said"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    orgmap: Orgmap, options: tuple[str, ...], code: int, said: str
) -> None:
    told = orgmap("due", *options)
    assert told.code == code
    assert said in told.err


def test_steps_of_a_body_s_kind_before_the_body_began_are_said_to_be_none_of_its_own(orgmap: Orgmap) -> None:
    told = orgmap("due", "--owner", "NHS Leeds CCG", "--by", "2012-03-31")
    assert "NHS Leeds CCG was there from 2018-04-01 until 2022-07-01" in told.err
    own = orgmap(*ANNEX, "--owner", "pctc", "--by", "2012-03-31")
    assert "was there" not in own.err


def test_who_has_to_take_a_step_is_named_once(orgmap: Orgmap) -> None:
    told = orgmap("due", "--programme", "icb-mergers-2027").out
    assert "NHS England, Secretary of State for Health and Social Care; decision" in " ".join(told.split())
    assert "; ;" not in told
    assert not any(line.strip().startswith(";") for line in told.splitlines())


@pytest.mark.parametrize("asked", [("due", "--open"), ("process", "icb-merger"), ("case", "ccg:09W")])
def test_a_day_after_every_plan_is_not_known(orgmap: Orgmap, asked: tuple[str, ...]) -> None:
    """Nobody knows what is open, in force or decided in 2040: as every other question says of that day."""
    told = orgmap(*asked, "--at", "2040-01-01")
    assert (told.code, told.out, "2040-01-01 is in the future" in told.err) == (1, "", True)


@pytest.mark.parametrize(
    "asked",
    [
        ("nhs-2012-13", "--at", "2040-01-01"),
        ("nhs-2012-13", "--at", "1990-01-01"),
        ("nhs-2099",),
        ("nhs-2012-13", "--as-known-on", "2005-01-01"),
    ],
    ids=" ".join,
)
def test_the_picture_of_a_programme_refuses_what_the_command_refuses_in_the_same_words(
    orgmap: Orgmap, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    programme, *rest = asked
    told = orgmap("due", "--programme", programme, *rest)
    drawn = orgmap("draw", "programme", programme, *rest, "-o", str(tmp_path / "drawn.svg"))
    plain = told.err.replace(" (As known on 2005-01-01.)", "")
    assert (told.code, plain) == (1, drawn.err), "as known then, the command adds the day"
    assert not (tmp_path / "drawn.svg").exists()
