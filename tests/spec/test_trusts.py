"""To whom trusts answer: by what holds for trusts of their sort on the day, and never by where their address lies."""

from __future__ import annotations

import pytest

from orgmap.queries.commissioning.accountability import answers_to

TRUSTS = """
entities
id                   | name                      | valid_from | valid_until
trust:F              | Ash NHS Foundation Trust  | 1994-04-01 |
trust:N              | Beech NHS Trust           | 1994-04-01 |
stp:Q                | Oneshire Partnership      | 2016-04-01 |
region:Y             | South                     | 2013-04-01 |
national:nhs_england | NHS England               | 2012-10-01 |
national:monitor     | Monitor                   | 2004-01-05 | 2022-07-01
national:tda         | Trust Development Authority | 2012-06-01 | 2022-07-01
national:dh          | Department of Health      |            |

names
entity  | name                     | use      | valid_from | valid_until
trust:F | Ash NHS Foundation Trust | official | 2015-07-01 |

relationships
subject  | verb    | object               | basis          | valid_from | valid_until
trust:F  | part_of | stp:Q                | administrative | 2020-02-01 |
trust:N  | part_of | stp:Q                | administrative | 2020-02-01 |
stp:Q    | part_of | region:Y             | published      | 2018-04-01 |
region:Y | part_of | national:nhs_england | administrative | 2013-04-01 |

accountability
id | subject | verb | object | about | coverage | valid_from | valid_until
A1 | national:monitor | authorises | nhs_trust | terms | foundation_trusts | 2004-04-01 | 2013-04-01
A2 | national:monitor | licenses | nhs_trust | licence | foundation_trusts | 2013-04-01 | 2022-07-01
A3 | national:tda | performance_manages | nhs_trust | performance | other_trusts | 2013-04-01 | 2022-07-01
A4 | national:nhs_england | performance_manages | nhs_trust | oversight | all | 2022-07-01 |
A5 | national:dh | assures | nhs_trust | the way to foundation | some_other_trusts | 2011-04-01 | 2013-04-01
A6 | national:monitor | clustered_with | national:tda | as NHS Improvement | all | 2016-04-01 | 2022-07-01

datasets
name   | title  | kinds     | names_from
trusts | Trusts | nhs_trust | 2015-07-01
"""


def first_steps(answer) -> set[tuple[str, str]]:
    return {(chain[0]["verb"], chain[0]["upper"]["id"]) for chain in answer["chains"]}


@pytest.mark.parametrize(
    ("trust", "at", "expected"),
    [
        ("trust:F", "2021-06-01", {("licenses", "national:monitor")}),
        ("trust:F", "2023-06-01", {("performance_manages", "national:nhs_england")}),
        ("trust:N", "2021-06-01", {("performance_manages", "national:tda")}),
        ("trust:N", "2014-06-01", {("performance_manages", "national:tda")}),
        ("trust:N", "2023-06-01", {("performance_manages", "national:nhs_england")}),
        ("trust:N", "2010-06-01", set()),
    ],
)
def test_a_trust_answers_by_what_it_is_and_never_by_its_address(build, trust, at, expected) -> None:
    assert first_steps(answers_to(build(TRUSTS), trust, at)) == expected


def test_the_address_is_told_as_an_address(build) -> None:
    others = answers_to(build(TRUSTS), "trust:F", "2021-06-01")["others"]
    assert "Ash NHS Foundation Trust has its address in the area of Oneshire Partnership" in {
        step["sentence"] for step in others
    }


def test_a_chain_of_a_licence_says_that_it_is_one_and_who_worked_as_one(build) -> None:
    notes = answers_to(build(TRUSTS), "trust:F", "2021-06-01")["notes"]
    assert notes[0].endswith("told is who licensed or authorised it.")
    assert "Monitor shares management with Trust Development Authority: as NHS Improvement." in notes
    assert len(answers_to(build(TRUSTS), "trust:F", "2015-08-01")["notes"]) == 1


@pytest.mark.parametrize("at", ["2012-06-01", "2014-06-01"])
def test_nothing_for_other_trusts_is_told_of_one_named_foundation_trust_though_since_when_is_not_known(
    build, at
) -> None:
    answer = answers_to(build(TRUSTS), "trust:F", at)
    assert answer["chains"] == []
    assert [(step["subject"]["id"], step["holds"]) for step in answer["others"]] == [
        ("national:monitor", "may")
    ]
    assert "if it was a foundation trust by then" in answer["others"][0]["sentence"]
    assert any("is known from 2015-07-01 on" in note for note in answer["notes"])


def test_what_holds_for_some_other_trusts_may_hold_for_one_of_these(build) -> None:
    [step] = answers_to(build(TRUSTS), "trust:N", "2012-06-01")["others"]
    assert (step["subject"]["id"], step["holds"]) == ("national:dh", "may")
