"""Changes: beyond the rules for every table, each bears its day, and no commissioner ended without one."""

from __future__ import annotations

from collections import defaultdict

from tests.data.whole import Row, expect_none


def ends_of_events(tables: dict[str, list[Row]]) -> dict[str, tuple[set[str], set[str]]]:
    """The predecessors and the successors of each event that has any; who got a few strays is neither."""
    ends: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in (row for row in tables["successions"] if not row["stray"]):
        for side, column in enumerate(("predecessor", "successor")):
            ends[row["event"]][side].update(filter(None, [row[column]]))
    return ends


def test_an_event_bears_its_day_in_its_id(tables: dict[str, list[Row]]) -> None:
    rows = tables["events"]
    expect_none(row for row in rows if row["date"] and row["date"] not in row["id"] and not row["precision"])


def test_a_statutory_commissioner_that_ended_has_an_event_that_says_why(tables: dict[str, list[Row]]) -> None:
    ended = {body for before, _ in ends_of_events(tables).values() for body in before}
    kinds_asked = {"primary_care_trust", "clinical_commissioning_group", "integrated_care_board"}
    rows = [row for row in tables["entities"] if row["kind"] in kinds_asked and row["valid_until"]]
    expect_none(row for row in rows if row["id"] not in ended)
