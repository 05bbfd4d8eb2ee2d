"""Integrated care boards that are to merge, and kinds of body that are to end as a whole: none of it in force."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.loaders.compile.reform.today import Today
from orgmap.loaders.compile.shared.change_events import Handover, add_end, add_event
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import records


class BoardMerger(NamedTuple):
    """Boards that are to become one, which has no name yet; `board` is the id that it has here."""

    board: str
    name: str
    predecessors: tuple[str, ...]
    date: str
    status: str
    stated_on: str
    source: str
    precision: str = ""
    note: str = ""


class End(NamedTuple):
    """The end of all bodies of a kind that are there, and of some others; each ends by itself, with no successor."""

    event: str
    kind: str
    date: str
    status: str
    stated_on: str
    source: str
    precision: str = ""
    others: tuple[str, ...] = ()
    note: str = ""


def add_boards(dataset: Compiled, today: Today) -> None:
    """Adds each merger, with the board that would come of it, its area and its region."""
    for merger in records("reform_ahead/board_mergers", BoardMerger, key="board"):
        board, life = f"icb:{merger.board}", TwoDays(merger.date, None, merger.precision)
        cells = {"source": merger.source, "note": merger.note}
        dataset.add_entity(board, "integrated_care_board", merger.name, life=life, **cells)
        dataset.add_phase(board, merger.status, life=life, **cells)
        pairs = [Handover(today.there(old), board, 1.0) for old in merger.predecessors]
        cells |= {"status": merger.status, "stated_on": merger.stated_on}
        event = f"{merger.date}-merged-icb-{merger.board}"
        add_event(
            dataset,
            event,
            "merged",
            merger.date,
            pairs,
            counts="practices",
            precision=merger.precision,
            **cells,
        )
        cells["note"] = "derived: the whole area of the boards that are to merge"
        for area in sorted({area for old in merger.predecessors for area in today.areas(old)}):
            dataset.add_link(board, "covers", area, "derived", life=life, **cells)
        cells["note"] = "derived: the region of the boards that are to merge"
        for region in sorted({region for old in merger.predecessors for region in today.regions(old)}):
            dataset.add_link(board, "part_of", region, "derived", life=life, **cells)


def add_ends(dataset: Compiled, today: Today) -> None:
    """Adds the planned end of every body of some kinds."""
    for end in records("reform_ahead/ends", End, key="event"):
        bodies = [*map(today.there, end.others), *today.all_of(end.kind)]
        cells = {"status": end.status, "stated_on": end.stated_on, "note": end.note}
        for body in bodies:
            name = f"{end.event}-{body.replace(':', '-')}"
            add_end(dataset, end.date, name, [body], end.source, precision=end.precision, **cells)
