"""Names as people and publishers write them: which body is meant on a day, and what is asked back."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.body.resolve import candidates, nearest_names, resolve
from orgmap.queries.body.search import search
from orgmap.queries.body.show import show
from orgmap.queries.body.similar_names import LETTERS

SHIRE = """
entities
id | name | valid_from | valid_until
pct:5XX               | Shire Teaching PCT                        | 2006-10-01 | 2013-04-01
pct:5CC               | Leaford City PCT                          | 2006-10-01 | 2013-04-01
pctc:shire            | NHS Shire and Vale                        | 2011-06-01 | 2013-04-01
ccg:00X               | NHS Shire CCG                             | 2013-04-01 | 2022-07-01
ccg:00V               | NHS Shire and Vale CCG                    | 2020-04-01 | 2022-07-01
icb:QXX               | NHS Shire Integrated Care Board           | 2022-07-01 |
stp:QXX               | Shire                                     | 2016-04-01 | 2022-07-01
sicbl:00X             | NHS Shire ICB - 00X                       | 2022-07-01 |
sicbre:S1             | Royal Borough of Dale - Sub-ICB Reporting Entity| 2024-04-01 |
council:E10000099     | Shire County Council                      |            |
council:E09000099     | Royal Borough of Dale                     |            |
council:E06000099     | City of Minster Council                   |            |
council:E08000099     | St Swithin's Metropolitan Borough Council |            |
hwb:E10000099         | Shire Health and Wellbeing Board          | 2013-04-01 |
healthwatch:E10000099 | Healthwatch Shire                         | 2013-04-01 |
trust:RXX             | Shire NHS Foundation Trust                | 2004-04-01 |
national:nhs_shires   | NHS Dale                                  | 2013-04-01 |
at:Q99                | North and East Shire Area Team            | 2013-04-01 | 2015-04-01
region:Y99            | North East                                | 2013-04-01 |
practice:Y00002       | Shire                                     | 2010-01-01 |

entities
id | kind | name | valid_from | valid_until
practice:Y00001   | prescribing_cost_centre | NHS Shire CCG                           | 2010-01-01 |

names
entity            | name                    | use          | valid_from | valid_until
pct:5XX           | NHS Shire               | alias        |            |
ccg:00X           | NHS Shire               | alias        |            |
ccg:00V           | NHS Shire and Vale      | alias        |            |
icb:QXX           | NHS Shire ICB           | abbreviation |            |
icb:QXX           | SHI                     | abbreviation |            |
council:E10000099 | Shire                   | alias        |            |

identifiers
entity            | scheme                   | code
ccg:00X           | ods                      | 00X
sicbl:00X         | ods                      | 00X
icb:QXX           | ods                      | QXX
council:E09000099 | local_authority_register | SHI
practice:Y00002   | ods                      | Y00002
"""


@pytest.mark.parametrize(
    ("at", "body"),
    [
        ("2010-06-01", "pct:5XX"),
        ("2013-03-31", "pct:5XX"),
        ("2013-04-01", "ccg:00X"),
        ("2022-06-30", "ccg:00X"),
        ("2022-07-01", "icb:QXX"),
    ],
)
def test_a_name_that_begins_with_nhs_is_the_nhs_body_of_the_day_and_never_the_council(build, at, body):
    store = build(SHIRE)
    assert resolve(store, "NHS Shire", at).id == body
    assert not any(one.id.startswith(("council:", "hwb:", "stp:")) for one in candidates(store, "NHS Shire"))


def test_without_nhs_the_same_name_is_the_council(build):
    assert resolve(build(SHIRE), "Shire", "2010-06-01").id == "council:E10000099"


def test_where_no_nhs_body_of_the_name_is_in_force_those_of_other_days_are_offered_the_nearest_first(build):
    with pytest.raises(Ambiguous) as refused:
        resolve(build(SHIRE), "NHS Shire and Vale", "2016-01-01")
    assert [line.split()[0] for line in refused.value.candidates] == ["pctc:shire", "ccg:00V"]


def test_an_ended_body_is_not_taken_where_one_in_force_has_the_name(build):
    assert resolve(build(SHIRE), "Shire and Vale", "2021-01-01").id == "ccg:00V"


def test_a_body_that_alone_has_the_name_is_taken_after_its_end_and_the_answer_says_so(build):
    told = show(build(SHIRE), "Leaford PCT", "2020-01-01")
    assert told["body"]["id"] == "pct:5CC"
    assert told["notes"][0].startswith("Leaford City PCT was not in force on 2020-01-01")


@pytest.mark.parametrize("at", ["2013-04-01", "2016-06-01", "2022-06-30", None])
def test_a_commissioner_is_meant_and_not_the_cost_centre_of_the_same_name(build, at):
    assert resolve(build(SHIRE), "NHS Shire CCG", at).id == "ccg:00X"


def test_the_cost_centre_is_told_beside_it_and_found_by_its_code_or_kind(build):
    store = build(SHIRE)
    assert any("practice:Y00001" in note for note in show(store, "NHS Shire CCG", "2016-06-01")["notes"])
    assert resolve(store, "practice:Y00001", "2016-06-01").id == "practice:Y00001"
    only = frozenset({"prescribing_cost_centre"})
    assert resolve(store, "NHS Shire CCG", "2016-06-01", only).id == "practice:Y00001"


def test_where_a_real_choice_remains_every_candidate_has_kind_id_and_life(build):
    with pytest.raises(Ambiguous) as refused:
        resolve(build(SHIRE), "Shire", "2018-01-01")
    assert (
        "stp:QXX — Shire (sustainability and transformation partnership), from 2016-04-01 until 2022-07-01"
        in refused.value.candidates
    )
    assert len(refused.value.candidates) <= 5


def test_of_many_namesakes_five_are_named_and_the_rest_counted(build):
    drawing = "entities\nid | name\n" + "\n".join(f"practice:M{n:05} | Mill Practice" for n in range(9))
    with pytest.raises(Ambiguous, match="could be 9 bodies; name one by its id; the nearest 5") as refused:
        resolve(build(drawing), "mill practice", "2020-01-01")
    assert len(refused.value.candidates) == 5


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Shire PCT", "pct:5XX"),
        ("Shire tPCT", "pct:5XX"),
        ("shire primary care trust", "pct:5XX"),
        ("Leaford PCT", "pct:5CC"),
        ("NHS Leaford", "pct:5CC"),
        ("Shire & Vale CCG", "ccg:00V"),
        ("Shire Vale Clinical Commissioning Group", "ccg:00V"),
        ("Shire ICB", "icb:QXX"),
        ("ICB Shire", "icb:QXX"),
        ("Shire ICS", "icb:QXX"),
        ("Shire CC", "council:E10000099"),
        ("RB Dale", "council:E09000099"),
        ("Royal Borough of Dale", "council:E09000099"),
        ("Dale", "council:E09000099"),
        ("Minster", "council:E06000099"),
        ("City of Minster", "council:E06000099"),
        ("Saint Swithins MBC", "council:E08000099"),
        ("Shire HWB", "hwb:E10000099"),
        ("Shire health & wellbeing board", "hwb:E10000099"),
        ("Shire Healthwatch", "healthwatch:E10000099"),
        ("Shire FT", "trust:RXX"),
        ("Shire Foundation Trust", "trust:RXX"),
        ("N&E Shire area team", "at:Q99"),
        ("NE", "region:Y99"),
        ("NHS England North East", "region:Y99"),
        ("RB of Dale reporting entity", "sicbre:S1"),
        ("CCG 00X", "ccg:00X"),
        ("sub-ICB location 00X", "sicbl:00X"),
        ("(QXX)", "icb:QXX"),
        ("qxx.", "icb:QXX"),
        ("GB-NHS-QXX", "icb:QXX"),
        ("NHS Shire CCG (00X)", "ccg:00X"),
    ],
)
def test_a_name_is_understood_as_people_write_it(build, text, body):
    assert resolve(build(SHIRE), text).id == body


def test_nhs_cannot_be_left_out_of_a_national_bodys_name(build):
    store = build(SHIRE)
    assert resolve(store, "NHS Dale").id == "national:nhs_shires"
    assert [one.id for one in candidates(store, "Dale")] == ["council:E09000099"]


def test_letters_that_are_a_code_and_a_short_name_are_asked_back(build):
    store = build(SHIRE)
    with pytest.raises(Ambiguous) as refused:
        resolve(store, "SHI", "2023-01-01")
    assert {line.split()[0] for line in refused.value.candidates} == {"icb:QXX", "council:E09000099"}
    assert resolve(store, "shi", "2023-01-01").id == "icb:QXX"


def test_words_for_a_kind_are_never_answered_with_another_kind(build):
    with pytest.raises(NothingFound):
        resolve(build(SHIRE), "Minster CCG")


def test_suggestions_are_bodies_of_the_kinds_asked_for(build):
    store = build(SHIRE)
    assert nearest_names(store, "Shyre CCG")[0] == "NHS Shire CCG"
    assert nearest_names(store, "Shyre", kinds=frozenset({"local_healthwatch"})) == ["Healthwatch Shire"]


def test_a_body_is_told_under_its_name_of_the_day(build):
    drawing = """
entities
id      | name             | valid_from | valid_until
ccg:01H | North County CCG | 2013-04-01 | 2020-04-01

names
entity  | name             | use      | valid_from | valid_until
ccg:01H | County CCG       | former   | 2013-04-01 | 2017-04-01
ccg:01H | North County CCG | official | 2017-04-01 | 2020-04-01
"""
    store = build(drawing)
    assert resolve(store, "North County CCG", "2017-03-31").name == "County CCG"
    assert resolve(store, "County CCG", "2017-04-01").name == "North County CCG"


@pytest.mark.parametrize(
    "text", ["Shire and Vail CCG", "NHS Shire plus Vale CCG", "vale shire ccgs", "Shir and Vle"]
)
def test_one_wrong_word_still_finds(build, text):
    store = build(SHIRE)
    found = [body["id"] for body in search(store, text, at="2021-01-01")["bodies"]]
    assert "ccg:00V" in found[:3]


def test_a_long_text_is_looked_at_in_part_and_that_is_said(build):
    answer = search(build(SHIRE), "Shire " * LETTERS)
    assert answer["notes"][0] == "Only the first 8 words are looked for."


@pytest.mark.parametrize(("text", "prefix"), [("CCG", "ccg"), ("HWB", "hwb"), ("PCTs", "pct")])
def test_a_word_for_a_kind_alone_is_told_to_be_one(build, text, prefix):
    with pytest.raises(NothingFound) as refused:
        resolve(build(SHIRE), text)
    assert f"orgmap list {prefix}" in str(refused.value)
