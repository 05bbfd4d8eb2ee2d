# ruff: noqa: E501 - tables are wide
"""What an abbreviation or a word means: every meaning with its days and its source, and the nearest for others."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.queries.guide.explain import explain, nearest_terms
from tests.kent import KENT

WORDS = (
    KENT
    + """
names
entity  | name | use
ccg:10E | TCCG | abbreviation

purposes
id | about                 | text                     | valid_from
i  | integrated_care_board | It buys care. It is new. | 2022-07-01

terms
id    | term | other            | meaning                     | text                | about                   | valid_from | valid_until
qipp  | QIPP | QIPP programme   | Quality and other things    | A way to save.      |                         | 2009-06-01 | 2013-04-01
icp-1 | ICP  |                  | a partnership of providers  |                     |                         | 2019-01-01 | 2022-07-01
icp-2 | ICP  |                  | a joint committee           |                     |                         | 2022-07-01 |
icb   | ICB  |                  | integrated care board       |                     | integrated_care_board   | 2022-07-01 |
"""
)


@pytest.mark.parametrize("text", ["QIPP", "qipp", " Qipp ", "QIPP programme", "quality and other things"])
def test_a_term_is_found_however_it_is_written_with_its_days_and_its_source(build, text):
    [row] = explain(build(WORDS), text)["meanings"]
    assert (row["term"], row["meaning"], row["valid_from"], row["valid_until"]) == (
        "QIPP", "Quality and other things", "2009-06-01", "2013-04-01"
    )  # fmt: skip
    assert row["sources"][0]["title"] == "Drawn for the test"


@pytest.mark.parametrize(
    ("at", "first"), [("2020-01-01", "a partnership of providers"), ("2023-01-01", "a joint committee")]
)
def test_a_word_with_two_meanings_has_both_and_that_of_the_day_stands_first(build, at, first):
    meanings = [row["meaning"] for row in explain(build(WORDS), "ICP", at)["meanings"]]
    assert meanings[0] == first
    assert {"a joint committee", "a partnership of providers"} <= set(meanings)


def test_a_word_that_nobody_used_on_the_day_says_so(build):
    told = explain(build(WORDS), "QIPP", "2020-01-01")
    assert told["notes"] == ["None of its meanings was in use on 2020-01-01."]


def test_a_kind_says_what_it_is_for(build):
    [row] = explain(build(WORDS), "ICB")["meanings"]
    assert [one["text"] for one in row["purposes"]] == ["It buys care. It is new."]


def test_a_kind_that_no_term_names_is_explained_by_the_vocabulary(build):
    [row] = explain(build(WORDS), "CCG")["meanings"]
    assert (row["what"], row["meaning"]) == ("kind", "clinical commissioning group")


def test_a_body_s_short_name_leads_to_the_body(build):
    [row] = explain(build(WORDS), "TCCG")["meanings"]
    assert (row["what"], row["about"]) == ("body", [{"id": "ccg:10E", "name": "NHS Thanet CCG"}])


def test_a_word_that_is_not_known_is_refused_with_the_nearest(build):
    store = build(WORDS)
    with pytest.raises(NothingFound, match=r"called “QIIP”. The nearest: QIPP"):
        explain(store, "QIIP")
    assert len(nearest_terms(store, "QIIP")) <= 3


@pytest.mark.parametrize("text", ["", "?", "' OR 1=1 --", "<b>", "x" * 3000])
def test_a_hostile_word_is_refused(build, text):
    with pytest.raises(NothingFound):
        explain(build(WORDS), text)


def test_as_known_on_an_earlier_day_later_terms_are_not_there_and_ends_not_known(build):
    known = KnownStore(build(WORDS), "2010-01-01")
    assert explain(known, "QIPP")["meanings"][0]["valid_until"] is None


def test_an_id_is_no_word_and_is_told_whose_it_is(build):
    with pytest.raises(NothingFound, match=r"“ccg:10E” is the id of NHS Thanet CCG: orgmap show ccg:10E"):
        explain(build(WORDS), "ccg:10E")


def test_nobody_knows_what_a_word_means_in_a_future_that_no_table_reaches(build):
    with pytest.raises(NothingFound, match="2050-01-01 is in the future"):
        explain(build(WORDS), "ICB", "2050-01-01")
