"""What is asked about many services, places and days is asked of a store by set: as few questions as for one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from orgmap.graphmodel.dates import day_after, day_before
from orgmap.graphmodel.model import Entity
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.change.crosswalk import crosswalk
from orgmap.queries.commissioning.look_up import CommissionerLookUp
from orgmap.queries.commissioning.services_of_place import services_of_place
from orgmap.queries.commissioning.who import who, who_in_all
from orgmap.queries.place.context import settings_of
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.table.annotate import Annotator
from orgmap.queries.table.change_days import find_borders
from tests.kent import KENT_THROUGH_TIME

DAYS = ("2012-06-01", "2014-06-01")
AREAS, SERVICES = 100, 150


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: Any) -> None:
        self.store, self.asked = store, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.store, name)

        def counted(*given: Any, **more: Any) -> Any:
            self.asked[name] += 1
            return found(*given, **more)

        return counted if callable(found) else found

    def questions(self) -> int:
        """How many questions it was asked since this was last called."""
        number = self.asked.total()
        self.asked.clear()
        return number


def many() -> str:
    """A world of a hundred areas, each with its own bodies on two days, and of many services."""
    rows: dict[str, list[str]] = {
        "entities\nid | name | valid_from | valid_until": [
            "sha:Q | Eastern SHA | 2006-07-01 | 2013-04-01",
            "region:Y | East of England | 2013-04-01 |",
            "national:nhs_england | NHS England | 2013-04-01 |",
            "service:local_commissioning | Everything bought locally | |",
        ],
        "relationships\nsubject | verb | object | valid_from | valid_until": [
            "region:Y | part_of | national:nhs_england | 2013-04-01 |"
        ],
        "neighbourhoods\ncode | name | parent | area | population": [],
        "postcodes\noutcode | inward | code | seen": [],
        "rules\nid | service | commissioner | acting_through | basis | valid_from | valid_until": [],
        "accountability\nid | subject | verb | object | valid_from | valid_until": [
            "A1 | clinical_commissioning_group | accountable_to | national:nhs_england | 2013-04-01 |",
            "A2 | primary_care_trust | accountable_to | strategic_health_authority | 2006-01-01 | 2013-04-01",
        ],
    }
    entities, relationships, parts, postcodes, rules, _ = rows.values()
    for n in range(AREAS):
        entities += [
            f"area:{n} | area {n} | |",
            f"council:{n} | Council {n} | 2000-04-01 |",
            f"hwb:{n} | Board {n} | 2013-04-01 |",
            f"pct:{n} | PCT {n} | 2006-10-01 | 2013-04-01",
            f"ccg:{n} | CCG {n} | 2013-04-01 |",
        ]
        relationships += [
            f"council:{n} | covers | area:{n} | |",
            f"hwb:{n} | part_of | council:{n} | 2013-04-01 |",
            f"pct:{n} | covers | area:{n} | 2006-10-01 | 2013-04-01",
            f"ccg:{n} | covers | area:{n} | 2013-04-01 |",
            f"pct:{n} | part_of | sha:Q | 2006-10-01 | 2013-04-01",
            f"ccg:{n} | part_of | region:Y | 2013-04-01 |",
        ]
        parts.append(f"E01{n:06} | N{n} | E02000001 | area:{n} | 1000")
        postcodes.append(f"AB{n // 10 + 1} | {n % 10}AA | E01{n:06} | both")
    for n in range(SERVICES):
        entities.append(f"service:s{n} | Service {n} | |")
        if n % 3 == 0:
            relationships.append(f"service:s{n} | part_of | service:local_commissioning | |")
        rules += [
            f"R{n}a | service:s{n} | primary_care_trust | | statutory | 2006-10-01 | 2013-04-01",
            f"R{n}b | service:s{n} | clinical_commissioning_group | | statutory | 2013-04-01 |",
        ]
    return "\n\n".join("\n".join([table, *lines]) for table, lines in rows.items())


def postcodes(number: int) -> list[str]:
    """Postcodes of so many areas."""
    return [f"AB{n // 10 + 1} {n % 10}AA" for n in range(number)]


def services(store: Any, number: int) -> list[Entity]:
    """So many services."""
    return store.store.entities(ids=[f"service:s{n}" for n in range(number)])


def answered(store: Any, services: list[Entity], places: list[str]) -> list[dict[str, Any]]:
    """Who commissions these services in these places on both days."""
    chains = Chains.of(store)
    return list(who_in_all(chains, services, settings_of(chains, places, DAYS)))


def test_many_services_are_asked_for_in_as_few_questions_as_few(build):
    few, lot = Counting(build(many())), Counting(build(many()))
    assert len(answered(few, services(few, 5), postcodes(1))) == 10
    assert len(answered(lot, services(lot, SERVICES), postcodes(1))) == 300
    assert lot.questions() == few.questions() <= 25


def test_many_places_are_asked_for_in_as_few_questions_as_few(build):
    few, lot = Counting(build(many())), Counting(build(many()))
    assert len(answered(few, services(few, 5), postcodes(2))) == 20
    assert len(answered(lot, services(lot, 5), postcodes(AREAS))) == 1000
    assert lot.questions() == few.questions() <= 25


def test_answers_by_set_are_those_that_are_given_one_by_one(build):
    store = build(many())
    chains = Chains.of(store)
    places, asked = postcodes(4), store.entities(ids=[f"service:s{n}" for n in range(4)])
    found = iter(list(who_in_all(chains, asked, settings_of(chains, places, DAYS))))
    for service in asked:
        for place in places:
            for day in DAYS:
                alone = who(store, service.id, place, day)
                del alone["query"]
                assert next(found) == alone
    assert not list(found)


def test_a_question_that_was_asked_before_asks_the_store_nothing(build):
    store = Counting(build(many()))
    first = who(store, "service:s1", "AB1 1AA", DAYS[1])
    assert store.questions() > 0
    assert who(store, "service:s1", "AB1 1AA", DAYS[1]) == first
    assert store.questions() == 0


def test_an_answer_that_its_reader_changes_stays_as_it_was_for_the_next(build):
    store = build(many())
    first = who(store, "service:s1", "AB1 1AA", DAYS[1])
    wanted = repr(first)
    first["for"]["name"] = "elsewhere"
    first["answers"][0]["commissioner"].clear()
    first["answers"][0]["answers_to"].clear()
    first["notes"].append("a note")
    assert repr(who(store, "service:s1", "AB1 1AA", DAYS[1])) == wanted


def test_all_services_of_a_place_are_asked_for_by_set(build):
    store = Counting(build(many()))
    answer = services_of_place(store, "AB1 1AA", DAYS)
    assert len(answer.offers) == SERVICES
    assert store.questions() <= 25


def test_a_table_from_one_structure_to_another_is_asked_for_by_set(build):
    store = Counting(build(many()))
    answer = crosswalk(store, "primary_care_trust", DAYS[0], "clinical_commissioning_group", DAYS[1])
    assert len(answer["rows"]) == AREAS
    assert store.questions() <= 15


def test_what_lies_within_a_region_is_asked_for_by_set(build):
    store = Counting(build(many()))
    answer = list_bodies(store, "clinical_commissioning_group", DAYS[1], "region:Y")
    assert len(answer["bodies"]) == AREAS
    assert store.questions() <= 45


def test_a_look_up_tells_the_commissioners_that_who_tells(build):
    store = build(many())
    look_up = CommissionerLookUp(store)
    for day in ("2005-06-01", *DAYS, "2013-03-31", "2013-04-01"):
        for service in ("service:s0", "service:s1"):
            told = who(store, service, "AB1 2AA", day)["answers"]
            assert look_up.of("area:2", service, day) == tuple(one["commissioner"]["id"] for one in told)


def test_the_rows_of_a_place_have_the_answer_of_each_day_whatever_changes_elsewhere(build):
    store = build(KENT_THROUGH_TIME)
    days = find_borders(store).days
    both = sorted({*days, *map(day_before, days), *map(day_after, days)})
    for postcode in ("CT9 1AA", "CT6 1AA", "CT9 9ZZ"):
        one_by_one = [next(Annotator(store).rows([[postcode]], 0, at=day))[1:] for day in both]
        together = [
            row[2:] for row in Annotator(store).rows([[postcode, day] for day in both], 0, at_column=1)
        ]
        assert together == one_by_one
