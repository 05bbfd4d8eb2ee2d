"""Who commissions, through whom, and to whom a body answers: a body's own relations decide, on every store."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Rule
from orgmap.queries.commissioning.accountability import answers_to
from orgmap.queries.commissioning.services import service_of
from orgmap.queries.commissioning.what import what
from orgmap.queries.commissioning.who import answer_notes, who

ENGLAND = """
entities
id                            | name                       | valid_from | valid_until | note
council:one                   | Oneshire Council           | 2000-04-01 |             |
hwb:one                       | Oneshire Board             | 2013-04-01 |             |
pct:A                         | North PCT                  | 2006-10-01 | 2013-04-01  |
pct:B                         | South PCT                  | 2006-10-01 | 2013-04-01  |
pctc:ours                     | Oneshire Cluster           | 2011-06-01 | 2013-04-01  |
pctc:theirs                   | Cluster of another county  | 2011-06-01 | 2013-04-01  |
sha:Q                         | Eastern SHA                | 2006-07-01 | 2013-04-01  |
shac:east                     | Eastern Cluster            | 2011-10-01 | 2013-04-01  |
ccg:A                         | North CCG                  | 2013-04-01 | 2022-07-01  |
ccg:B                         | South CCG                  | 2013-04-01 | 2022-07-01  |
at:Q1                         | Our Area Team              | 2013-04-01 | 2015-04-01  |
at:Q2                         | Another Area Team          | 2013-04-01 | 2015-04-01  |
region:Y                      | East of England            | 2013-04-01 |             |
icb:A                         | North Board                | 2022-07-01 |             |
icb:B                         | South Board                | 2022-07-01 |             |
national:nhs_england          | NHS England                | 2013-04-01 |             |
national:department           | Department of Health       |            |             |
area:1                        | one                        |            |             |
area:2                        | two                        |            |             |
service:community             | Community nursing          |            |             |
service:dentistry             | Dentistry                  |            |             |
service:local_commissioning   | Everything bought locally  |            |             |
service:hospices              | Hospices                   |            |             |
service:care_for_all          | Care for everyone          |            |             |
service:not_covered           | Not in the taxonomy        |            |             |
service:not_covered_probation | Probation                  |            |             | Nearest here: Dentistry.

names
entity                        | name                  | use
service:community             | district nurses       | alias
service:dentistry             | teeth                 | alias
service:dentistry             | check-up              | alias
service:community             | check-up              | alias
service:dentistry             | teeth for soldiers    | alias
service:hospices              | dying at home         | alias
service:not_covered_probation | offenders             | alias

relationships
subject                       | verb      | object                      | valid_from | valid_until
council:one                   | covers    | area:1                      |            |
council:one                   | covers    | area:2                      |            |
pct:A                         | covers    | area:1                      | 2006-10-01 | 2013-04-01
pct:B                         | covers    | area:2                      | 2006-10-01 | 2013-04-01
ccg:A                         | covers    | area:1                      | 2013-04-01 | 2022-07-01
ccg:B                         | covers    | area:2                      | 2013-04-01 | 2022-07-01
icb:A                         | covers    | area:1                      | 2022-07-01 |
icb:B                         | covers    | area:2                      | 2022-07-01 |
hwb:one                       | part_of   | council:one                 | 2013-04-01 |
pct:A                         | part_of   | sha:Q                       | 2006-10-01 | 2013-04-01
pct:B                         | part_of   | sha:Q                       | 2006-10-01 | 2013-04-01
pct:A                         | member_of | pctc:ours                   | 2011-06-01 | 2013-04-01
pct:B                         | member_of | pctc:theirs                 | 2011-06-01 | 2013-04-01
sha:Q                         | member_of | shac:east                   | 2011-10-01 | 2013-04-01
ccg:A                         | part_of   | at:Q1                       | 2013-04-01 | 2015-04-01
ccg:B                         | part_of   | at:Q2                       | 2013-04-01 | 2015-04-01
at:Q1                         | part_of   | region:Y                    | 2013-04-01 | 2015-04-01
at:Q2                         | part_of   | region:Y                    | 2013-04-01 | 2015-04-01
region:Y                      | part_of   | national:nhs_england        | 2013-04-01 |
service:hospices              | part_of   | service:local_commissioning |            |
service:not_covered_probation | part_of   | service:not_covered         |            |

rules
id | service           | commissioner               | accountable        | basis          | valid_from | valid_until
R2 | service:community | primary_care_trust_cluster | primary_care_trust | acting_through | 2011-06-01 | 2013-04-01

rules
id | service           | commissioner         | basis     | acting_through             | valid_from | valid_until
R1 | service:community | primary_care_trust   | statutory | primary_care_trust_cluster | 2002-10-01 | 2013-04-01
R3 | service:dentistry | national:nhs_england | statutory | area_team nhs_region       | 2013-04-01 | 2022-07-01

rules
id | service           | commissioner          | accountable          | basis     | coverage | bodies | valid_from
R4 | service:dentistry | integrated_care_board | national:nhs_england | delegated | only     | icb:A  | 2022-07-01
R5 | service:dentistry | national:nhs_england  |                      | statutory | except   | icb:A  | 2022-07-01

rules
id | service                     | commissioner                 | basis     | valid_from | valid_until
R6 | service:local_commissioning | clinical_commissioning_group | statutory | 2013-04-01 | 2022-07-01

accountability
id | subject                            | verb           | object                             | valid_from | valid_until
A1 | national:nhs_england               | accountable_to | national:department                | 2013-04-01 |
A2 | primary_care_trust_cluster         | accountable_to | strategic_health_authority_cluster | 2011-10-01 | 2013-04-01
A3 | strategic_health_authority_cluster | accountable_to | national:department                | 2011-10-01 | 2013-04-01
A6 | integrated_care_board              | accountable_to | national:nhs_england               | 2022-07-01 |

accountability
id | subject               | verb           | object                | coverage  | bodies | valid_from
A4 | integrated_care_board | clustered_with | integrated_care_board | related   |        | 2022-07-01
A5 | national:department   | funds          | integrated_care_board | not_known | icb:B  | 2022-07-01
"""


def told(answer: dict, field: str) -> dict[str, list[str]]:
    """The bodies of a field by commissioner."""
    return {one["commissioner"]["id"]: [body["id"] for body in one[field]] for one in answer["answers"]}


def test_each_trust_acts_through_its_own_cluster(build) -> None:
    answer = who(build(ENGLAND), "district nurses", "council:one", "2012-08-15")
    assert told(answer, "acting_through") == {
        "pct:A": ["pctc:ours"],
        "pct:B": ["pctc:theirs"],
        "pctc:ours": [],
        "pctc:theirs": [],
    }


def test_for_each_cluster_its_own_trust_answers_in_law(build) -> None:
    answers = who(build(ENGLAND), "district nurses", "council:one", "2012-08-15")["answers"]
    assert {one["commissioner"]["id"]: one["legally_accountable"]["id"] for one in answers} == {
        "pct:A": "pct:A",
        "pct:B": "pct:B",
        "pctc:ours": "pct:A",
        "pctc:theirs": "pct:B",
    }


@pytest.mark.parametrize(("at", "through"), [("2015-03-31", ["at:Q1", "at:Q2"]), ("2015-04-01", [])])
def test_a_national_body_acts_through_its_nearest_teams_of_the_place(build, at, through) -> None:
    [one] = who(build(ENGLAND), "teeth", "council:one", at)["answers"]
    assert sorted(body["id"] for body in one["acting_through"]) == through


def test_a_rule_of_some_boards_makes_only_them_commissioners_each_for_its_part(build) -> None:
    answers = who(build(ENGLAND), "teeth", "council:one", "2023-06-01")["answers"]
    assert {one["commissioner"]["id"] for one in answers} == {"icb:A", "national:nhs_england"}
    assert all(one["share"] == 0.5 for one in answers)


def test_what_a_rule_of_some_boards_says_of_the_others_is_nothing(build) -> None:
    store = build(ENGLAND)
    assert [row["rule"] for row in what(store, "icb:A", "2023-06-01")["commissions"]] == ["R4"]
    assert what(store, "icb:B", "2023-06-01")["commissions"] == []


def test_a_step_of_some_bodies_is_told_as_may_and_never_of_those_known_to_be_out(build) -> None:
    store = build(ENGLAND)
    [step] = answers_to(store, "icb:A", "2023-06-01")["others"]
    assert (step["verb"], step["holds"]) == ("funds", "may")
    assert "which is not known" in step["sentence"]
    assert answers_to(store, "icb:B", "2023-06-01")["others"] == []


def test_chains_name_the_cluster_and_follow_what_a_team_is_part_of(build) -> None:
    store = build(ENGLAND)
    [chain] = answers_to(store, "pctc:theirs", "2012-08-15")["chains"]
    assert [step["upper"]["id"] for step in chain] == ["shac:east", "national:department"]
    [chain] = answers_to(store, "at:Q1", "2013-06-01")["chains"]
    assert [step["upper"]["id"] for step in chain] == [
        "region:Y",
        "national:nhs_england",
        "national:department",
    ]


def test_a_team_tells_for_whom_it_acted_until_it_ended(build) -> None:
    store = build(ENGLAND)
    [row] = what(store, "at:Q1", "2015-03-31")["acts_for"]
    assert (row["service"]["id"], [one["id"] for one in row["commissioners"]]) == (
        "service:dentistry",
        ["national:nhs_england"],
    )
    assert what(store, "region:Y", "2015-03-31")["acts_for"] == []
    assert [row["rule"] for row in what(store, "region:Y", "2015-04-01")["acts_for"]] == ["R3"]


def test_a_body_of_which_nothing_is_said_is_not_stated(build) -> None:
    store = build(ENGLAND)
    assert any("Not stated" in note for note in what(store, "hwb:one", "2014-06-01")["notes"])
    assert any("Not stated" in note for note in answers_to(store, "council:one", "2014-06-01")["notes"])


@pytest.mark.parametrize(
    ("at", "nearest"),
    [
        ("2014-06-01", "The last that is stated: primary care trusts and PCT clusters, until 2013-04-01."),
        ("2001-06-01", "The first that is stated: primary care trusts, from 2002-10-01."),
    ],
)
def test_where_nobody_is_stated_the_nearest_that_is_stated_is_told(build, at: str, nearest: str) -> None:
    answer = who(build(ENGLAND), "service:community", "council:one", at)
    assert answer["answers"] == []
    assert f"no source says who commissioned “Community nursing” on {at}. {nearest}" in answer["notes"][-1]


def test_a_service_without_a_rule_of_its_own_has_that_of_all_local_services_and_says_so(build) -> None:
    answers = who(build(ENGLAND), "hospice", "council:one", "2014-06-01")["answers"]
    assert {one["commissioner"]["id"] for one in answers} == {"ccg:A", "ccg:B"}
    assert all("No source speaks of “Hospices”" in one["notes"][0] for one in answers)


def test_words_are_taken_with_a_note_listed_or_refused(build) -> None:
    store = build(ENGLAND)
    assert service_of(store, "dentistry").notes == []
    assert service_of(store, "teeth").notes == ["“teeth” was taken as “Dentistry”."]
    assert "(read as “district nurses”)" in service_of(store, "distrct nurses").notes[0]
    with pytest.raises(Ambiguous, match="could be 2 services"):
        service_of(store, "check-up")
    with pytest.raises(Ambiguous, match=r" it in (a|its) name"):
        service_of(store, "soldiers")
    with pytest.raises(NothingFound, match=r"“offenders” is not in the taxonomy.*Nearest here: Dentistry"):
        service_of(store, "offenders")
    with pytest.raises(NothingFound, match="No service is called"):
        service_of(store, "Oneshire")


def test_a_name_in_fewer_words_or_an_english_word_is_offered_and_never_taken(build) -> None:
    store = build(ENGLAND)
    assert service_of(store, "find a district nurse").service.id == "service:community"
    assert service_of(store, "hospice team").service.id == "service:hospices"
    with pytest.raises(Ambiguous, match="in fewer words") as offered:
        service_of(store, "hospice centre")
    assert offered.value.candidates == ["service:hospices — Hospices"]
    with pytest.raises(NothingFound, match="No service is called “hospitalist”"):
        service_of(store, "hospitalist")


TRUSTS = """
entities
id               | name                 | valid_from | valid_until
trust:A          | Ash NHS Foundation Trust | 2001-04-01 |
ccg:A            | Ash CCG              | 2013-04-01 | 2020-04-01
ccg:B            | Beech CCG            | 2013-04-01 | 2020-04-01
csu:U            | Unit                 | 2013-04-01 | 2020-04-01
council:one      | Oneshire Council     | 2000-04-01 |
national:monitor | Monitor              | 2004-04-01 |
national:tda     | Development Authority | 2012-04-01 |
national:dh      | Department of Health |            |

names
entity  | name                     | use      | valid_from | valid_until
trust:A | Ash NHS Trust            | former   | 2001-04-01 | 2016-01-01
trust:A | Ash NHS Foundation Trust | official | 2016-01-01 |

relationships
subject | verb     | object | basis          | valid_from | valid_until
csu:U   | supports | ccg:A  | administrative | 2013-04-01 | 2020-04-01

accountability
id | subject           | verb                | object      | about        | coverage          | valid_from
F1 | national:monitor  | licenses            | nhs_trust   | licence      | foundation_trusts | 2013-04-01
F2 | national:tda      | performance_manages | nhs_trust   | performance  | other_trusts      | 2013-04-01
F3 | upper_tier_council | accountable_to     | national:dh | public money |                   | 2013-04-01
F4 | commissioning_support_unit | supports   | clinical_commissioning_group | | |
"""


@pytest.mark.parametrize(
    ("at", "who_acts"), [("2015-12-31", "national:tda"), ("2016-01-01", "national:monitor")]
)
def test_the_name_of_the_day_tells_whether_a_step_holds_for_a_foundation_trust(build, at, who_acts) -> None:
    answer = answers_to(build(TRUSTS), "trust:A", at)
    steps = [*answer["others"], *(step for chain in answer["chains"] for step in chain)]
    assert {(step["subject"]["id"], step["holds"]) for step in steps} == {(who_acts, "yes")}


def test_a_chain_says_about_what_a_body_answers(build) -> None:
    [[step]] = answers_to(build(TRUSTS), "council:one", "2014-06-01")["chains"]
    assert step["sentence"] == "Oneshire Council is accountable to Department of Health (public money)"


def test_what_a_body_does_names_the_others_each_once(build) -> None:
    rows = what(build(TRUSTS), "csu:U", "2014-06-01")["does"]
    assert [(row["object"], row["object_name"]) for row in rows] == [("ccg:A", "Ash CCG")]


HOSTS = """
rules
id | service           | commissioner         | basis     | acting_through | valid_from | valid_until
R7 | service:community | national:nhs_england | statutory | at:Q1 at:Q2    | 2013-04-01 | 2022-07-01
"""


@pytest.mark.parametrize(("place", "through"), [("ccg:A", ["at:Q1", "at:Q2"]), ("ccg:B", ["at:Q2", "at:Q1"])])
def test_of_the_teams_that_a_rule_names_that_of_the_place_comes_first(build, place, through):
    [one] = who(build(ENGLAND + HOSTS), "district nurses", place, "2014-06-01")["answers"]
    assert [team["id"] for team in one["acting_through"]] == through


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("", ["not verified against a source"]),
        ("Not verified against a source.", ["Not verified against a source."]),
        ("Not verified against a source: the day.", ["Not verified against a source: the day."]),
        ("Bought by groups.", ["Bought by groups.", "not verified against a source"]),
    ],
)
def test_that_nobody_looked_a_rule_up_is_said_once(note, told):
    rule = Rule("R", "service:hospices", "clinical_commissioning_group", verified="no", note=note)
    assert answer_notes(rule) == told
