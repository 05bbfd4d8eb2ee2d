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
    OtherName,
    Tie,
    VoiceBody,
    VoiceChange,
    created,
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


class Boards:
    """All Health and Wellbeing Boards, whose council's each was when, and how they changed."""

    def __init__(self, published: Path, councils: Councils) -> None:
        self.bodies: dict[str, VoiceBody] = {}
        self.ties: list[Tie] = []
        self.changes: list[VoiceChange] = []
        self.other_names: list[OtherName] = []
        self._councils = councils
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
        self.changes += [created(board, FOUNDED, act, "hsca-2012") for board in sorted(self.bodies)]

    def _add(self, board: str, name: str, start: str, note: str, council_id: str) -> None:
        council = self._councils.by_id[council_id]
        self.bodies[board] = VoiceBody(
            board, KIND, name, start, source="hsca-2012", locator=SECTION, note=note
        )
        self.ties.append(
            Tie(board, council_id, max(start, council.valid_from), council.valid_until, source="hsca-2012")
        )
        self._of_council[council_id] = board
        for alias in (f"{council.area} HWB", f"{council.area}{SUFFIX}"):
            if alias != name:
                self.other_names.append(OtherName(board, alias, "hsca-2012", "made by pattern, for look-up"))

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
        self.changes.append(
            VoiceChange(
                f"{change.date}-{kind}-{first.replace(':', '-')}",
                kind,
                change.date,
                tuple(pairs),
                instrument=change.order,
                source="hsca-2012",
                note="derived: each upper-tier council has its own board, so the boards follow the councils",
            )
        )
