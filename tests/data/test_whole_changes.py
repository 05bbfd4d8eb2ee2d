"""Changes: each fits its kind, and the bodies before and after it end and begin as it says."""

from __future__ import annotations

from collections import defaultdict

from orgmap.graphmodel.model import DATE_PRECISIONS
from orgmap.graphmodel.vocabulary import event_kinds
from tests.data.whole import Row, expect_none, is_day


def ends_of_events(tables: dict[str, list[Row]]) -> dict[str, tuple[set[str], set[str]]]:
    """The predecessors and the successors of each event that has any; who got a few strays is neither."""
    ends: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in (row for row in tables["successions"] if not row["stray"]):
        for side, column in enumerate(("predecessor", "successor")):
            ends[row["event"]][side].update(filter(None, [row[column]]))
    return ends


def test_an_event_has_as_many_predecessors_and_successors_as_its_kind_asks_for(
    tables: dict[str, list[Row]],
) -> None:
    ends = ends_of_events(tables)
    expect_none(row for row in tables["events"] if row["kind"] not in event_kinds())
    broken = []
    for row in tables["events"]:
        kind = event_kinds()[row["kind"]]
        before, after = ends[row["id"]]
        if not (fits(len(before), kind.predecessors) and fits(len(after), kind.successors)):
            broken.append(f"{row} [{sorted(before)} → {sorted(after)}]")
    expect_none(broken)


def fits(count: int, rule: str) -> bool:
    """Whether a count fits a rule such as “2+” or “1”."""
    return count >= int(rule[:-1]) if rule.endswith("+") else count == int(rule)


def test_every_succession_belongs_to_an_event_between_bodies_that_exist(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    events = {row["id"] for row in tables["events"]}
    expect_none(row for row in tables["successions"] if row["event"] not in events)
    for column in ("predecessor", "successor"):
        expect_none(row for row in tables["successions"] if row[column] and row[column] not in lives)
    expect_none(row for row in tables["successions"] if row["predecessor"] == row["successor"])


def test_an_event_has_a_day_and_says_how_exactly_it_is_known(tables: dict[str, list[Row]]) -> None:
    rows = tables["events"]
    expect_none(row for row in rows if not is_day(row["date"]) or row["precision"] not in DATE_PRECISIONS)
    expect_none(row for row in rows if (not row["date"]) != (row["precision"] == "not_known"))
    expect_none(row for row in rows if row["date"] and row["date"] not in row["id"] and not row["precision"])


ENDING = {"merged", "replaced", "renamed", "split", "reorganised", "abolished"}
"""Changes that a predecessor does not outlive, unless it is a successor too."""


def test_a_body_ends_on_the_day_it_was_merged_replaced_split_or_abolished(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    ends = ends_of_events(tables)
    other = [
        f"{row} [{body} ends {lives[body][1] or 'never'}]"
        for row in tables["events"]
        if row["kind"] in ENDING and row["date"]
        for body in sorted(ends[row["id"]][0] - ends[row["id"]][1])
        if body in lives and lives[body][1] != row["date"]
    ]
    expect_none(other)


def test_a_successor_is_there_on_the_day_of_the_change(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    ends = ends_of_events(tables)
    absent = [
        f"{row} [{body} lived {lives[body]}]"
        for row in tables["events"]
        if row["date"] and row["kind"] != "clustered"
        for body in sorted(ends[row["id"]][1])
        if body in lives and not lives[body][0] <= row["date"] < (lives[body][1] or "9999")
    ]
    expect_none(absent)


def test_a_statutory_commissioner_that_ended_has_an_event_that_says_why(tables: dict[str, list[Row]]) -> None:
    ended = {body for before, _ in ends_of_events(tables).values() for body in before}
    kinds_asked = {"primary_care_trust", "clinical_commissioning_group", "integrated_care_board"}
    rows = [row for row in tables["entities"] if row["kind"] in kinds_asked and row["valid_until"]]
    expect_none(row for row in rows if row["id"] not in ended)


def test_weights_of_one_predecessor_do_not_exceed_the_whole(tables: dict[str, list[Row]]) -> None:
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for row in tables["successions"]:
        if row["weight"]:
            sums[row["event"], row["predecessor"], row["about"], row["counts"]] += float(row["weight"])
    assert {key: total for key, total in sums.items() if total > 1.001} == {}
