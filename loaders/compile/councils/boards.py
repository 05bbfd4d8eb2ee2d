"""Health and Wellbeing Boards: one for each upper-tier council since 2013."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.reorganisations import Reorganisation
from orgmap.loaders.compile.councils.voice import (
    FOUNDED,
    PATTERN_NAME,
    UNSEEN_NAME,
    Councils,
    Tie,
    VoiceBodies,
    VoiceBody,
    read_list,
    slug,
)
from orgmap.loaders.compile.shared.change_events import Handover, kind_of_change

KIND = "health_and_wellbeing_board"
SUFFIX = " Health and Wellbeing Board"
SECTION = "section 194"

SHADOW_FROM = "2012-04-01"
"""The month from which boards are said to have met in shadow form."""

KENT_BOARD = "hwb:E10000016"
"""The one board that a document shows meeting in shadow form earlier; its rows were written by hand."""


class Boards(VoiceBodies):
    """All Health and Wellbeing Boards: each is its council's."""

    def __init__(self, published: Path, councils: Councils) -> None:
        super().__init__(councils)
        self._of_council: dict[str, str] = {}
        self._found(published)
        for change in councils.reorganised():
            self._reorganise(change)

    def _found(self, published: Path) -> None:
        rows = read_list(
            published, "health_and_wellbeing_boards_2013.csv", self._councils, "hwb_id", "name", "basis"
        )
        for row, council in rows:
            own = row["hwb_id"] == f"HWB-{row['utla_ons']}"
            board = (
                f"hwb:{council.code_on(FOUNDED)}" if own else f"hwb:{slug(row['name'].removesuffix(SUFFIX))}"
            )
            if row["basis"] == "derived by pattern":
                note = PATTERN_NAME
            else:
                note = UNSEEN_NAME if "memory" in row["source"] else "one board for two councils"
            self._add(board, row["name"], FOUNDED, note, council.id)
        act = f"Health and Social Care Act 2012, {SECTION}"
        for board in sorted(self.bodies):
            begun = [Handover("", board)]
            self._change("created", FOUNDED, board, begun, instrument=act, source="hsca-2012")

    def _add(self, board: str, name: str, start: str, note: str, council_id: str) -> None:
        council = self._councils.by_id[council_id]
        self.bodies[board] = VoiceBody(
            board, KIND, name, start, source="hsca-2012", locator=SECTION, note=note
        )
        self.ties.append(
            Tie(board, council_id, max(start, council.valid_from), council.valid_until, source="hsca-2012")
        )
        self._of_council[council_id] = board
        self._call(board, (f"{council.area} HWB", f"{council.area}{SUFFIX}"), "hsca-2012")

    def _reorganise(self, change: Reorganisation) -> None:
        """New councils set up boards of their own; those of the old councils end."""
        for council_id in change.successors:
            council = self._councils.by_id[council_id]
            board = f"hwb:{council.code_on(change.date)}"
            self._add(board, council.area + SUFFIX, change.date, PATTERN_NAME, council_id)
        shares: dict[tuple[str, str], set[float | None]] = {}
        for passage in change.passages:
            pair = (self._of_council[passage.predecessor], self._of_council[passage.successor])
            shares.setdefault(pair, set()).add(passage.weight)
        if any(len(found) > 1 for found in shares.values()):
            raise DataBroken(
                f"{change.date}: a joint board's councils went different ways; its shares are unclear."
            )
        pairs = [Handover(*pair, found.pop()) for pair, found in sorted(shares.items())]
        for old, _ in shares:
            self.bodies[old] = self.bodies[old]._replace(valid_until=change.date)
        kind, first = kind_of_change(pairs), min(new for _, new in shares)
        note = "derived: each upper-tier council has its own board, so the boards follow the councils"
        said = {"instrument": change.order, "source": "hsca-2012", "note": note}
        self._change(kind, change.date, first, pairs, **said)
