"""A number that a document prints stands beside what the graph counts: the length of a list, or nothing and why."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.documents.reconcile import reconcile
from tests.kent import KENT_THROUGH_TIME

NUMBERS = """
entities
id      | name
doc:000 | A paper
doc:001 | Another paper

statements
id | document | topic  | subject                     | object                       | value | unit        | status   | valid_from | stated_on  | text            | note
n1 | 000      | number | council:E10000016           | clinical_commissioning_group | 3     | clinical commissioning groups | planned  | 2013-04-01 | 2012-07-01 | Three groups.   | Two were planned first.
n2 | 000      | number |                             | clinical_commissioning_group | 2     | clinical commissioning groups | planned  |            | 2012-07-01 | Two groups.     |
n3 | 000      | number | the board                   |                              | 13    | days        | in_force |            | 2012-07-01 | Thirteen days.  |
n4 | 000      | number | Atlantis                    | clinical_commissioning_group | 8     | clinical commissioning groups | in_force | 2013-04-01 | 2012-07-01 | Eight there.    |
n5 | 001      | number | council:E10000016           |                              | 99    | people      | in_force |            | 2012-07-01 | So many people. |
n6 | 001      | number | clinical_commissioning_group |                             | 257   | pathfinder CCGs | in_force |        | 2012-07-01 | Pathfinders.    |
n7 | 001      | number | ccg:09E; ccg:10E            |                              | 2     | eager CCGs  | in_force | 2013-04-01 | 2012-07-01 | Both.           |
n8 | 001      | date   |                             |                              |       |             | in_force |            | 2012-07-01 | No number.      |
n9 | 001      | rule   | ccg:10E                     |                              | 5-7   | programmes  | in_force |            | 2012-07-01 | From 5 to 7.    |
"""  # noqa: E501 - a drawn table
WORLD = KENT_THROUGH_TIME + NUMBERS


@pytest.fixture
def rows(build):
    return {row["id"]: row for row in reconcile(build(WORLD))["numbers"]}


def test_every_number_stands_there_once(rows):
    assert list(rows) == ["n1", "n2", "n3", "n4", "n5", "n6", "n7"]


def test_a_count_is_the_length_of_the_list_of_that_day(build, rows):
    listed = list_bodies(build(WORLD), "ccg", "2013-04-01", within="council:E10000016")["bodies"]
    assert rows["n1"]["counted"] == len(rows["n1"]["bodies"]) == len(listed)
    assert rows["n1"]["difference"] == len(listed) - 3
    assert (rows["n1"]["within"], rows["n1"]["day"]) == ("council:E10000016", "2013-04-01")
    assert "Two were planned first." in rows["n1"]["reason"]


def test_what_was_not_there_yet_is_counted_on_its_first_day_and_that_is_said(rows):
    assert (rows["n2"]["day"], rows["n2"]["within"]) == ("2013-04-01", None)
    assert "Counted on 2013-04-01" in rows["n2"]["reason"]


def test_what_the_graph_does_not_count_is_said_and_no_number_made_up(rows):
    assert (rows["n3"]["counted"], rows["n3"]["reason"]) == (None, "The graph does not count days.")
    assert (rows["n4"]["counted"], rows["n4"]["difference"]) == (None, None)
    assert "“Atlantis” is no place" in rows["n4"]["reason"]
    assert rows["n6"]["counted"] is None, "pathfinders are no groups"


def test_people_are_counted_by_areas(rows):
    assert rows["n5"]["people"] is True
    assert rows["n5"]["difference"] == rows["n5"]["counted"] - 99


def test_bodies_that_are_named_one_by_one_are_those_counted(rows):
    assert [body["id"] for body in rows["n7"]["bodies"]] == ["ccg:09E", "ccg:10E"]


def test_one_document_alone_may_be_asked(build):
    store = build(WORLD)
    told = reconcile(store, "001")
    assert (told["document"], [row["id"] for row in told["numbers"]]) == ("001", ["n5", "n6", "n7"])
    with pytest.raises(WrongUse, match="Documents: 000 A paper; 001 Another paper"):
        reconcile(store, "007")
    with pytest.raises(NothingFound):
        reconcile(build(KENT_THROUGH_TIME))
