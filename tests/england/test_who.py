"""Who commissions what in Thanet and beyond, on both sides of every boundary of responsibility."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import suppress

import pytest

from orgmap.cli.main import run
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Include
from orgmap.queries.commissioning.who import compare, who
from orgmap.queries.place.find import find
from tests.england.golden import FILE, table

NHSE = "national:nhs_england"
KENT = "council:E10000016"

BOUNDARIES = [
    ("planned hospital care", "2013-03-31", {"pct:5QA": "statutory", "ccg:10E": "delegated"}),
    ("planned hospital care", "2013-04-01", {"ccg:10E": "statutory"}),
    ("GP services", "2013-03-31", {"pct:5QA": "statutory"}),
    ("GP services", "2013-04-01", {NHSE: "statutory"}),
    ("stop smoking", "2013-03-31", {"pct:5QA": "statutory"}),
    ("stop smoking", "2013-04-01", {KENT: "statutory"}),
    ("Healthwatch", "2013-04-01", {KENT: "statutory"}),
    ("better care fund", "2015-03-31", {}),
    ("better care fund", "2015-04-01", {KENT: "joint", "ccg:10E": "joint"}),
    ("health visiting", "2015-09-30", {NHSE: "on_behalf_of"}),
    ("health visiting", "2015-10-01", {KENT: "statutory"}),
    ("PCN contract", "2019-06-30", {}),
    ("PCN contract", "2019-07-01", {"ccg:10E": "delegated"}),
    ("maternity", "2022-06-30", {"ccg:91Q": "statutory"}),
    ("maternity", "2022-07-01", {"icb:QKS": "statutory"}),
    ("GP services", "2022-06-30", {"ccg:91Q": "delegated"}),
    ("GP services", "2022-07-01", {"icb:QKS": "delegated"}),
    ("dentist", "2022-06-30", {NHSE: "statutory"}),
    ("dentist", "2023-04-01", {"icb:QKS": "delegated"}),
    ("service:specialised_services_first_59", "2023-03-31", {NHSE: "statutory"}),
    ("service:specialised_services_first_59", "2023-04-01", {NHSE: "joint", "icb:QKS": "joint"}),
    ("service:specialised_services_first_59", "2025-04-01", {"icb:QKS": "delegated"}),
    ("HIV treatment", "2013-04-01", {NHSE: "statutory"}),
    ("prison health", "2013-03-31", {"pct:5QA": "statutory"}),
    ("prison health", "2013-04-01", {NHSE: "statutory"}),
]


def commissioners(answer: dict) -> dict[str, str]:
    """Each commissioner with its basis; the management of clusters left out."""
    return {
        one["commissioner"]["id"]: one["basis"]
        for one in answer["answers"]
        if one["basis"] != "acting_through"
    }


@pytest.mark.parametrize(("service", "at", "expected"), BOUNDARIES)
def test_in_thanet_this_body_commissions(england, service, at, expected):
    assert commissioners(who(england, service, "CT9 1AA", at)) == expected


def test_59_services_reach_three_regions_a_year_before_the_others(england):
    early = who(england, "service:specialised_services_first_59", "Birmingham", "2024-04-01")
    assert {one["basis"] for one in early["answers"]} == {"delegated"}
    before = who(england, "service:specialised_services_first_59", "Birmingham", "2024-03-31")
    late = who(england, "service:specialised_services_first_59", "Thanet", "2024-04-01")
    assert {one["basis"] for one in (*before["answers"], *late["answers"])} == {"joint"}


def test_in_2012_three_layers_answer_at_once_each_with_its_label(england):
    told = {
        one["commissioner"]["id"]: one for one in who(england, "hospital", "CT9 1AA", "2012-12-01")["answers"]
    }
    assert {body: one["basis"] for body, one in told.items()} == {
        "pct:5QA": "statutory",
        "ccg:10E": "delegated",
        "pctc:kent_and_medway": "acting_through",
    }
    assert {one["legally_accountable"]["id"] for one in told.values()} == {"pct:5QA"}


def test_delegation_moves_the_doing_and_not_the_accountability(england):
    [one] = who(england, "GP services", "CT9 1AA", "2023-06-01")["answers"]
    assert one["commissioner"]["id"] == "icb:QKS"
    assert one["legally_accountable"]["id"] == NHSE


def test_health_visiting_changes_its_commissioner_and_whom_it_is_for(england):
    told = compare(england, "health visiting", "Thanet", "2015-09-30", "2015-10-01")
    changed = {change["what"]: (change["before"], change["after"]) for change in told["changes"]}
    assert changed["commissioner"] == ([NHSE], [KENT])
    assert "population" in changed


def test_nothing_is_found_of_2015_in_an_answer_of_the_day_before(england):
    assert compare(england, "health visiting", "Thanet", "2015-09-30", "2015-09-30")["changes"] == []


@pytest.mark.parametrize("word", ["sexual health", "screening"])
def test_a_word_for_several_services_lists_them(england, word):
    with pytest.raises(Ambiguous) as refused:
        who(england, word, "Thanet", "2016-06-01")
    assert len(refused.value.candidates) > 1


def test_an_unknown_service_is_said_to_be_unknown(england):
    with pytest.raises(NothingFound, match="No service"):
        who(england, "teleportation", "Thanet", "2016-06-01")


def test_a_plan_is_shown_only_when_asked_for_and_labelled(england):
    told = who(england, "GP services", "CT9 1AA", "2016-06-01", Include.of(["planned"]))
    assert all(one["status"] in ("in_force", "planned") for one in told["answers"])


def test_a_service_that_no_source_speaks_of_on_a_day_is_not_stated(england):
    told = who(england, "NHS Direct", "Thanet", "2021-06-01")
    assert told["answers"] == []
    assert any("Not stated" in note for note in told["notes"])


def test_every_answer_has_a_source(england):
    for service in ("hospital", "health visiting", "dentist", "prison health", "social care"):
        try:
            answers = who(england, service, "Thanet", "2016-06-01")["answers"]
        except Ambiguous:
            continue
        assert all(one["fact"]["sources"] for one in answers)


def test_the_table_read_by_eye_still_holds(england):
    assert table(england) == FILE.read_text(encoding="utf-8"), (
        "read the difference, then python -m tests.england.golden"
    )


def test_an_answer_by_list_says_for_whom_it_does_not_hold_in_the_laws_order(england):
    told = who(england, "hospital", "CT9 1AA", "2016-06-01")["otherwise"]
    assert [one["population"] for one in told] == [
        "people detained in prescribed accommodation",
        "people registered with Defence Medical Services",
        "people who live here and are on the list of a practice elsewhere",
    ]
    assert [one["commissioner"] and one["commissioner"]["id"] for one in told] == [NHSE, NHSE, None]


def test_an_answer_by_presence_or_residence_needs_no_such_words(england):
    assert who(england, "A&E", "CT9 1AA", "2016-06-01")["otherwise"] == []
    assert who(england, "health visiting", "CT9 1AA", "2016-06-01")["otherwise"] == []


def test_for_a_practice_the_answer_is_for_its_registered_patients(england):
    told = who(england, "hospital", "G82052", "2016-06-01")
    assert "registered with" in told["for"]["name"]
    assert all("elsewhere" not in one["population"] for one in told["otherwise"])


@pytest.mark.parametrize("days", [("--at", "2014-06-01"), ("--at", "2012-06-01", "--and", "2014-06-01")])
def test_no_format_loses_those_for_whom_an_answer_does_not_hold(england, capsys, days):
    def told(form: str) -> str:
        capsys.readouterr()
        with suppress(SystemExit):
            run(["who", "planned hospital care", "--for", "CT9 1AA", *days, "--format", form])
        return capsys.readouterr().out

    whole = json.loads(told("json"))
    sides = [whole["before"], whole["after"]] if len(days) > 2 else [whole]
    expected = []
    for side in sides:
        assert side["answers"]
        expected += ["answer"] * len(side["answers"]) + ["otherwise"] * len(side["otherwise"])
    assert "otherwise" in expected
    assert [row["what"] for row in csv.DictReader(io.StringIO(told("csv")))] == expected
    assert [json.loads(line)["what"] for line in told("ndjson").splitlines()] == expected
    assert "rows" not in whole


def test_a_note_that_tells_to_ask_for_the_part_names_parts_that_can_be_asked_for(england):
    [answer] = who(england, "chemotherapy", "Kent", "2025-06-01")["answers"]
    [note] = [note for note in answer["notes"] if "ask for the part" in note]
    parts = re.findall("“(.+?)”", note)
    assert len(parts) == 4
    for part in parts:
        assert who(england, part, "Kent", "2025-06-01")["answers"]


@pytest.mark.parametrize("day", ["2015-03-31", "2015-04-01", "2015-09-30"])
def test_a_note_about_area_teams_fits_days_after_them(england, day):
    [answer] = who(england, "health visiting", "Thanet", day)["answers"]
    assert any("Until April 2015 all area teams" in note for note in answer["notes"])


@pytest.mark.parametrize(("day", "name"), [("2019-09-30", "Aintree"), ("2019-10-01", "Liverpool University")])
def test_a_heading_bears_the_name_of_the_day(england, day, name):
    assert find(england, "REM", day)["place"]["described"].startswith(name)


@pytest.mark.parametrize(
    ("place", "team"),
    [
        ("Kent", "at:Q67"),
        ("Leeds", "at:Q52"),
        ("Buckinghamshire", "at:Q69"),
        ("Norfolk", "at:Q56"),
        ("Camden", "at:Q71"),
    ],
)
def test_the_own_team_of_a_place_comes_first_among_those_that_bought_prison_health(england, place, team):
    answers = who(england, "prison healthcare", place, "2013-06-01")["answers"]
    [through] = [one["acting_through"] for one in answers if one.get("acting_through")]
    assert through[0]["id"] == team
    assert len(through) == 10
