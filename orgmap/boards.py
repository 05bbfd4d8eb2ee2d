"""The questions about boards: who sits on them, what they may do, on which a body sits, whether a list fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmap.answer import Answer, Statuses, answer_of, day_and_note
from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.model import Include
from orgmap.loaders.own.csvreading import Readable, readable
from orgmap.populated import Populated

if TYPE_CHECKING:
    from orgmap.shapes import board as boards


class Seated(Populated):
    """The part of a graph that tells of boards, their seats and their powers."""

    def board(
        self,
        text: str,
        *,
        at: AnyDay | None = None,
        may: str | None = None,
        sits: bool = False,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[boards.BoardTold, boards.BoardRow]:
        """Who sits on a board and what it may do, by the law of a day; `may` asks whether it may settle a matter,
        `sits` asks instead on which boards a body sits.

        >>> import orgmap
        >>> graph = orgmap.open()
        >>> graph.board("hwb:E06000035", at="2019-09-10", may="CCG merger").to_dict()["may"][0]["answer"]
        'no'
        >>> graph.board("council:E10000016", at="2019-09-10", sits=True)[0]["board_name"]
        'Kent Health and Wellbeing Board'
        """
        from orgmap.queries.boards.board import board

        day, said = day_and_note(at)
        answer = board(self.store, text, day, may or "", sits, Include.of(include))
        rows = [
            *answer["may"],
            *answer["sits"],
            *(
                row
                for one in answer["boards"]
                for part in ("seats", "powers", "of_some")
                for row in one[part]
            ),
        ]
        columns = ("what", "board", "role", "number_words", "power_words", "matter", "answer", "words")
        return answer_of(answer, rows, f"{text}, on {day}", columns, said)

    def check_board(
        self,
        file: str | Readable,
        *,
        as_: str,
        at: AnyDay | None = None,
        role: str | None = None,
        person: str | None = None,
        encoding: str = "utf-8-sig",
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[boards.MembersChecked, boards.CheckedRow]:
        """Whether a list of members (a CSV file, or its bytes, with a column of roles and one of persons) fills the
        seats of a board.

        Raises `WrongUse` where the file is no such table, `NothingFound` where no rule is known for the day.
        """
        from orgmap.boardfiles import read_members
        from orgmap.queries.boards.check import check_members

        day, said = day_and_note(at)
        members = read_members(readable(file), role, person, encoding)
        answer = check_members(self.store, as_, day, members, Include.of(include))
        rows = [*answer["seats"], *answer["members"]]
        return answer_of(answer, rows, f"{as_}, on {day}", ("what", "role", "state", "person", "line"), said)
