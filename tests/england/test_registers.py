"""Agreements across the real reforms, ratings under the real tiers, files with as many rows as the documents ask."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.registers.handover import Handovers
from orgmap.queries.registers.rollup import RatingRow, rollup
from orgmap.queries.registers.templates import template, templates

SURREY = ["council:west_surrey", "council:east_surrey"]


@pytest.mark.parametrize(
    ("across", "party", "service", "place", "state", "word", "takers"),
    [
        ("2002-04-01", "pcg:4AA88", "GP services", "", "ended", "not known", []),
        ("2006-10-01", "East Kent Coastal PCT", "maternity", "", "ended", "one", ["pct:5QA"]),
        ("2006-10-01", "Maidstone Weald PCT", "maternity", "", "ended", "one", ["pct:5P9"]),
        ("2013-04-01", "West Kent PCT", "GP services", "", "ended", "one", ["national:nhs_england"]),
        ("2013-04-01", "West Kent PCT", "contraception", "", "ended", "one", ["council:E10000016"]),
        ("2013-04-01", "West Kent PCT", "stop smoking", "", "ended", "one", ["council:E10000016"]),
        ("2013-04-01", "West Kent PCT", "abortion", "", "ended", "two", ["ccg:99J", "ccg:09J"]),
        ("2013-04-01", "West Kent PCT", "health visiting", "", "ended", "one", ["national:nhs_england"]),
        ("2013-04-01", "West Kent PCT", "maternity", "", "ended", "two", ["ccg:99J", "ccg:09J"]),
        ("2013-04-01", "West Kent PCT", "sexual health", "", "ended", "which one?", []),
        ("2013-04-01", "West Kent PCT", "housing", "", "ended", "not known", []),
        ("2013-04-01", "Medway PCT", "school nursing", "", "ended", "one", ["council:E06000035"]),
        ("2015-10-01", "NHS England", "health visiting", "Kent", "goes on", "one", ["council:E10000016"]),
        ("2017-04-01", "NHS Cumbria CCG", "maternity", "", "goes on", "two", ["ccg:01H", "ccg:01K"]),
        ("2018-04-01", "NHS Bristol CCG", "maternity", "", "ended", "one", ["ccg:15C"]),
        ("2020-04-01", "NHS Thanet CCG", "maternity", "", "ended", "one", ["ccg:91Q"]),
        ("2020-04-01", "NHS Medway CCG", "GP services", "", "ended", "not known", []),
        ("2020-04-01", "Medway Council", "school nursing", "", "goes on", "stays", ["council:E06000035"]),
        ("2021-04-01", "NHS Central London (Westminster) CCG", "maternity", "", "ended", "one", ["ccg:W2U3Z"]),
        ("2022-07-01", "NHS Kent and Medway CCG", "maternity", "", "ended", "one", ["icb:QKS"]),
        ("2022-07-01", "NHS Kent and Medway CCG", "GP services", "", "ended", "one", ["icb:QKS"]),
        ("2023-04-01", "NHS England", "pharmacy", "Leeds", "goes on", "one", ["icb:QWO"]),
        ("2026-04-01", "NHS Surrey Heartlands ICB", "maternity", "", "ended", "one", ["icb:S9B9J"]),
        ("2026-04-01", "NHS Frimley ICB", "maternity", "", "ended", "several", ["icb:S0E4D", "icb:QRL", "icb:S9B9J"]),
        ("2026-04-01", "NHS Kent and Medway ICB", "maternity", "", "goes on", "stays", ["icb:QKS"]),
        ("2027-04-01", "Surrey County Council", "stop smoking", "", "goes on", "stays", ["council:E10000030"]),
    ],
)  # fmt: skip
def test_who_takes_over_an_agreement_across_a_reform(
    england: Store,
    across: str,
    party: str,
    service: str,
    place: str,
    state: str,
    word: str,
    takers: list[str],
) -> None:
    found = Handovers(england, across).of(party, service, place)
    assert (found.state, found.takes_over) == (state, word), found
    assert [
        one.partition(")")[0] for one in found.takers.split("(")[1:] if ":" in one.partition(")")[0]
    ] == takers
    assert found.sources or found.takes_over in ("stays", "not known")
    assert bool(found.ended_on) == (state == "ended")


@pytest.mark.parametrize(
    ("across", "party", "service", "place", "word", "takers", "status"),
    [
        ("2027-04-01", "Surrey County Council", "stop smoking", "", "planned: two", SURREY, "enacted"),
        ("2027-04-01", "Surrey County Council", "social care", "Guildford", "planned: one", SURREY[:1], "enacted"),
        ("2027-04-01", "NHS England", "vaccination", "Thanet", "planned: one", ["icb:QKS"], "conditional"),
        ("2027-04-01", "NHS England", "specialised services", "Thanet", "not known", [], "conditional"),
        ("2028-04-01", "Kent County Council", "social care", "", "not known", [], "planned"),
    ],
)  # fmt: skip
def test_what_plans_would_bring_is_called_planned(
    england: Store,
    across: str,
    party: str,
    service: str,
    place: str,
    word: str,
    takers: list[str],
    status: str,
) -> None:
    service = "service:adult_social_care" if service == "social care" else service
    found = Handovers(england, across, Include.of("planned")).of(party, service, place)
    assert (found.state, found.takes_over, found.status) == ("to end", word, status), found
    assert [one for one in (*SURREY, "icb:QKS") if f"({one}" in found.takers] == takers
    assert "as last known" in found.note
    assert "said by" in found.note


def test_a_national_body_hands_over_to_every_council(england: Store) -> None:
    found = Handovers(england, "2015-10-01").of("NHS England", "health visiting")
    assert (found.takes_over, found.takers) == ("several", "152 upper-tier councils, each for its own area")


def test_shares_of_takers_are_of_the_people_in_the_old_area(england: Store) -> None:
    found = Handovers(england, "2013-04-01").of("West Kent PCT", "maternity")
    shares = [float(one.rpartition(" ")[2].rstrip("%")) for one in found.takers.split("; ")]
    assert abs(sum(shares) - 100) < 1
    assert "Health and Social Care Act 2012" in found.act


def test_ratings_of_clusters_of_2012_roll_up_to_the_four_clusters_of_authorities(england: Store) -> None:
    rows = [RatingRow("r:2", "NHS Kent and Medway", "", "Red")]
    answer = rollup(england, rows, "strategic_health_authority_cluster", "2012-06-01")
    found = {row["parent"]["id"]: row for row in answer["parents"] if row["parent"]}
    assert {one: row["rating"] for one, row in found.items()} == {
        "shac:london": "not rated",
        "shac:midlands_and_east": "not rated",
        "shac:north_of_england": "not rated",
        "shac:south_of_england": "red",
    }
    assert [one["id"] for one in found["shac:south_of_england"]["because"]] == ["pctc:kent_and_medway"]


def test_all_groups_of_2014_are_counted_once_under_four_regions(england: Store) -> None:
    rows = [RatingRow("r:2", "NHS Thanet CCG", "", "red"), RatingRow("r:3", "ccg:02V", "", "amber")]
    answer = rollup(england, rows, "region", "2014-06-01")
    assert sum(row["children"] for row in answer["parents"]) == 211
    assert {row["parent"]["id"]: row["rating"] for row in answer["parents"]} == {
        "region:Y54": "amber or worse",
        "region:Y55": "not rated",
        "region:Y56": "not rated",
        "region:Y57": "red",
    }
    assert all(abs(sum(row["people"].values()) - 1) < 0.001 for row in answer["parents"])


def test_boards_of_today_roll_up_to_seven_regions(england: Store) -> None:
    answer = rollup(england, [RatingRow("r:2", "icb:QKS", "", "green")], "region", "2026-06-01")
    assert len(answer["parents"]) == 7
    assert "green" not in {row["rating"] for row in answer["parents"]}


def test_templates_have_as_many_rows_as_the_documents_ask_for(england: Store) -> None:
    assert {name: len(template(england, name)["rows"]) for name in templates()} == {
        "rag-domains": 13,
        "assurance-questions": 53,
        "ph-handover": 25,
        "contract-states": 8,
        "carers-plan": 7,
        "agreements": 2,
    }


def test_each_row_of_a_template_names_its_line(england: Store) -> None:
    lines = {
        name: [row["cells"]["document"] for row in template(england, name)["rows"]] for name in templates()
    }
    assert lines["rag-domains"] == [f"003:{line}" for line in range(160, 174) if line != 167]
    assert lines["contract-states"] == [f"003:{line}" for line in (333, 376, 401, 418, 454, 471, 480, 709)]
    assert lines["carers-plan"] == [f"003:{line}" for line in (634, 634, 636, 637, 638, 639, 640)]
    assert lines["agreements"] == ["002:131", "004:206"]
    assert all(510 <= int(line[4:]) <= 611 for line in lines["assurance-questions"])
    assert all(671 <= int(line[4:]) <= 717 for line in lines["ph-handover"])


def test_the_worked_examples_can_be_handed_over(england: Store) -> None:
    suffolk, medway = (row["cells"] for row in template(england, "agreements")["rows"])
    found = Handovers(england, "2013-04-01").of(suffolk["commissioner"], suffolk["service"])
    assert (found.state, found.takes_over) == ("ended", "two")
    assert "ccg:06L" in found.takers
    assert Handovers(england, "2013-04-01").of(suffolk["provider"], suffolk["service"]).state == "not known"
    group = Handovers(england, "2020-04-01").of(medway["provider"])
    assert (group.state, group.taker) == ("ended", "ccg:91Q")
