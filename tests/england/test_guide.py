"""The guide to real places: what it says of bodies is what find, who and answers-to say, on both sides of reforms."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.listed import Contact, Purpose, Term, Theme
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import has, kind_of, kinds, roles
from orgmap.queries.commissioning.accountability import answers_to
from orgmap.queries.commissioning.services_of_place import services_of_place
from orgmap.queries.commissioning.who import who
from orgmap.queries.guide.explain import explain
from orgmap.queries.guide.guide import guide
from orgmap.queries.guide.words import paid_words, status_words
from orgmap.queries.place.find import find
from tests.england.conftest import SHARED, published

PLANNED = Include.of("planned")
BOTH_SIDES = (
    ("2013-03-31", Include()), ("2013-04-01", Include()), ("2022-06-30", Include()), ("2022-07-01", Include()),
    ("2026-03-31", Include()), ("2026-04-01", Include()), ("2027-03-31", PLANNED), ("2027-04-01", PLANNED),
)  # fmt: skip
PLACES = ("CT9 1AA", "Woking", "G82063")


def lines(told, part=""):
    return [line for one in told["parts"] if part in ("", one["part"]) for line in one["lines"]]


def bodies(told, part=""):
    return {line["body"]["id"] for line in lines(told, part) if line["body"]}


@pytest.mark.parametrize(("at", "include"), BOTH_SIDES)
@pytest.mark.parametrize("place", PLACES)
def test_every_body_of_a_guide_is_one_that_find_who_or_answers_to_tells_for_that_day(
    england, place, at, include
):
    if place == "G82063" and at > "2026-04-01":
        pytest.skip("practices are known to February 2026")
    told = guide(england, place, at, include=include)
    found = {body["id"] for body in find(england, place, at, include)["bodies"]}
    offers = services_of_place(england, place, [at], include).offers
    paying = {one["commissioner"]["id"] for offer in offers for one in offer.answers[at]}
    above = set()
    for body in found & bodies(told, "pays"):
        answer = answers_to(england, body, at, include)
        steps = [*(step for chain in answer["chains"] for step in chain), *answer["others"]]
        above |= {end["id"] for step in steps for end in (step["subject"], step["object"])}
    assert bodies(told) <= found | paying | above
    buying = {one for one in paying if not has(kind_of(one) or "", "buys_nothing")}
    assert bodies(told, "pays") >= buying
    assert not bodies(told, "pays") & (paying - buying)
    assert bodies(told) >= paying
    listed = {
        body["id"] for body in find(england, place, at, include)["bodies"] if roles()[body["role"]].guide
    }
    assert bodies(told) >= listed, "nobody whom find names is left out"


@pytest.mark.parametrize(("at", "include"), BOTH_SIDES)
@pytest.mark.parametrize("about", ["", "carers", "housing", "dementia"])
def test_every_line_is_cited_or_not_stated_and_every_body_says_what_it_is_for(england, about, at, include):
    told = guide(england, "Thanet", at, about, "charity", include)
    assert [
        line for line in lines(told) if not line["sources"] and "Not stated" not in (line["text"] or "")
    ] == []
    assert [line["body"]["name"] for line in lines(told) if line["body"] and not line["purpose"]] == []


@pytest.mark.parametrize(
    "at", ["2013-03-31", "2013-04-01", "2019-09-10", "2020-03-31", "2020-04-01", "2026-11-27"]
)
def test_advice_of_2011_and_2019_is_told_for_days_of_its_time_only(england, at):
    said = {line["statement"][:3] for line in lines(guide(england, "Medway", at, "", "charity"), "history")}
    wanted = {"2013-03-31": {"001", "002"}, "2019-09-10": {"004"}, "2020-03-31": {"004"}}
    assert said == wanted.get(at, set())


def test_what_was_said_of_kent_and_medway_is_told_to_nobody_else(england):
    assert lines(guide(england, "Leeds", "2019-10-01", "", "charity"), "history") == []
    assert len(lines(guide(england, "Thanet", "2019-10-01", "", "charity"), "history")) == 5


def test_what_is_planned_for_2027_is_never_in_force(england):
    before = guide(england, "Woking", "2027-04-01")
    assert bodies(before, "pays") >= {"council:E10000030", "icb:S9B9J"}
    assert all(line["said"] for line in lines(before, "ahead"))
    with_plans = guide(england, "Woking", "2027-04-01", include=PLANNED)
    [west] = [line for line in lines(with_plans, "pays") if line["body"]["id"] == "council:west_surrey"]
    assert west["body"]["status"] == "enacted"
    assert status_words(west["body"]).startswith("enacted, its day to come")


def test_a_charity_of_glossop_that_asks_about_dementia_is_told_that_nhs_england_pays_for_some_people_only(
    england,
):
    told = guide(england, "Glossop", "2026-11-27", "dementia", "charity")
    paid = {line["body"]["name"]: paid_words(line) for line in lines(told, "pays") if line["body"]}
    assert list(paid) == [
        "NHS Derby and Derbyshire Integrated Care Board", "Derbyshire County Council", "NHS England",
    ]  # fmt: skip
    assert paid["NHS England"] == {
        "for some people": "only for people detained in prescribed accommodation and people registered with Defence"
        " Medical Services: NHS continuing healthcare and funded nursing care"
    }
    others = [line["text"] for line in lines(told, "pays") if not line["body"]]
    assert others[0] == (
        "For some people (people detained in prescribed accommodation and people registered with Defence Medical"
        " Services) NHS England decides. This is so of: Mental health services for adults."
    )


@pytest.mark.parametrize("place", ["Woking", "Ashford", "RG45"])
def test_a_health_and_wellbeing_board_buys_nothing_and_sees_to_the_needs_assessment_where_it_plans(
    england, place
):
    told = guide(england, place, "2026-11-27")
    boards = {line["body"]["id"] for line in lines(told, "plans") if "sees to" in paid_words(line)}
    assert boards
    assert not boards & bodies(told, "pays")


def test_a_cluster_that_acts_for_a_trust_is_not_said_to_pay(england):
    told = guide(england, "Leeds", "2012-06-01", "mental health")
    paid = {line["body"]["name"]: list(paid_words(line)) for line in lines(told, "pays") if line["body"]}
    assert paid["Leeds PCT"] == ["pays for"]
    assert paid["NHS Airedale, Bradford and Leeds"] == ["acts for the body that pays for"]


def test_a_place_in_two_boards_has_both_with_their_shares(england):
    told = guide(england, "Hampshire", "2024-06-01", "maternity")
    shares = {
        line["body"]["id"]: line["share"] for line in lines(told, "pays") if line["role"] == "commissioner"
    }
    assert len(shares) > 1
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)


def test_a_welsh_place_is_refused_and_a_welsh_practice_says_that_its_board_is_welsh(england):
    with pytest.raises(NothingFound, match="Wales"):
        guide(england, "Cardiff", "2024-06-01")
    told = guide(england, "W91002", "2015-06-01")
    assert {kinds()[line["body"]["kind"]].label for line in lines(told, "pays")} == {"local health board"}


def test_no_commissioner_of_england_is_told_of_a_practice_in_wales(england):
    """A national body of England commissions for England alone: water, screening and health protection, too."""
    for service in ("Water fluoridation", "National health protection", "GP services"):
        told = who(england, service, "W91002", "2024-06-01")
        assert told["answers"] == []
        assert "in Wales" in " ".join(told["notes"])


@pytest.mark.parametrize("theme", ["Carers", "dementia", "Maternity", "mental health", "alcohol", "public health",
                                   "GP", "dentist", "999", "safeguarding", "homeless", "veterans"])  # fmt: skip
def test_the_words_of_charities_lead_to_themes(england, theme):
    assert guide(england, "Thanet", "2026-06-01", theme)["theme"]


def test_every_theme_answers_for_its_services_or_says_why_not(england):
    for theme in england.listed(Theme):
        told = guide(england, "Leeds", "2026-06-01", theme.name)
        named = [*lines(told, "pays"), *lines(told, "plans")]
        paid = {one["id"] for line in named for one in line["services"]}
        silent = [line["text"] for line in lines(told, "open")]
        names = {one.id: one.name for one in england.entities(ids=theme.services.split())}
        assert len(names) == len(theme.services.split()), theme.id
        assert [name for one, name in names.items() if one not in paid and name not in " ".join(silent)] == []


def test_every_way_to_reach_a_body_bears_the_day_of_a_register_and_leads_somewhere(england):
    rows = england.listed(Contact)
    there = {body.id for body in england.entities(ids={row.entity for row in rows})}
    assert {row.entity for row in rows} <= there
    assert all(row.seen_on and (row.address or row.telephone or row.website) for row in rows)
    assert all(row.website.startswith("https://www.gov.uk/") for row in rows if row.website)


def test_what_a_kind_is_for_is_said_once_a_day(england):
    by_subject: dict[tuple[str, str], list[Purpose]] = {}
    for row in england.listed(Purpose):
        by_subject.setdefault((row.about, row.reader), []).append(row)
    for rows in by_subject.values():
        rows.sort(key=lambda row: row.valid_from or "")
        for one, other in pairwise(rows):
            assert (one.valid_until or "9999") <= (other.valid_from or ""), (one.id, other.id)


def test_a_purpose_is_two_plain_sentences(england):
    for row in england.listed(Purpose):
        assert row.text.endswith("."), row.id
        assert 1 <= row.text.count(". ") <= 2, row.id


@published
def test_every_alias_of_the_given_list_is_explained(england):
    path = Path(SHARED) / "facts" / "lists" / "aliases_flat.csv"
    with path.open(encoding="utf-8", newline="") as file:
        aliases = [row["alias"] for row in csv.DictReader(file)]
    assert len(aliases) == 132
    unexplained = []
    for alias in aliases:
        words = alias.partition(" (")[0].removeprefix("still called ").strip('" ')
        if not all(_is_explained(england, one) for one in words.split("; ")):
            unexplained.append(alias)
    assert unexplained == SENTENCES


def _is_explained(store, text):
    try:
        explain(store, text)
    except NothingFound:
        return False
    return True


SENTENCES = [
    "NHSE/I and NHSEI (with NHS Improvement, 2019-2022)",
    "the body IS the NHS Commissioning Board renamed",
    '"NHS South East Coast" etc.',
    'trading as "NHS <area>"',
    "ICS is the partnership, not the body",
    "part of NHS Improvement from 2016",
    "part of NHS Improvement from 2016",
    "operating name of Monitor and NHS TDA together",
    "NHS Protect before",
    '"Health Education <area>"',
    "operating name of NHSLA",
]
"""What stands among the aliases and is a sentence about one: what it says is told by the term itself."""


def test_no_two_terms_are_written_alike_without_another_meaning(england):
    seen: dict[str, set[str]] = {}
    for term in england.listed(Term):
        for form in {normalise(one) for one in (term.term, *term.other.split("; "))} - {""}:
            seen.setdefault(form, set()).add(term.id)
    assert {form: ids for form, ids in seen.items() if len(ids) > 1} == {}
