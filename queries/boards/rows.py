"""Seats and powers of the day as scripts get them, each with who says so and how far it was read."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_before, day_of, written
from orgmap.graphmodel.listed import BoardKind, Power, Seat, power_words, seat_sorts
from orgmap.graphmodel.model import Entity, Include, Period
from orgmap.graphmodel.statuses import LAW, PLANS
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.answers import sources_json
from orgmap.queries.coverage import last_horizon

MARKS = {"no": "not read in its source", "partly": "read in part, or second-hand"}
"""What is said of a row that was not read in full in the words of its source."""


class BoardRows:
    """The boards of a store with their seats and powers, their sources and the names of bodies looked up together."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.boards = {board.id: board for board in store.listed(BoardKind)}
        # What is known of a board that is not known yet is told of nobody.
        self.seats = [row for row in store.listed(Seat) if row.board in self.boards]
        self.powers = [row for row in store.listed(Power) if row.board in self.boards]
        every: list[Any] = [*self.seats, *self.powers, *self.boards.values()]
        self._sources = store.sources({source for row in every for source in row.source.split()})
        cells = [*(row.bodies for row in self.seats), *(row.bodies for row in self.powers)]
        ids = {part for cell in cells for part in cell.split()}
        self._names = {body.id: body.label for body in store.entities(ids=sorted(ids))}

    def cited(self, row: BoardKind | Seat | Power) -> list[dict[str, Any]]:
        """The sources of a row."""
        return sources_json(self._sources, [(row.source, row.locator)])

    def seat_json(self, seat: Seat) -> dict[str, Any]:
        """A seat, with its number in words."""
        return {
            "what": "seat",
            "id": seat.id,
            "board": seat.board,
            "role": seat.role,
            "sort": seat.sort,
            "sort_words": seat_sorts()[seat.sort].label,
            "required": seat_sorts()[seat.sort].must == "yes",
            "number_min": _whole(seat.number_min),
            "number_max": _whole(seat.number_max),
            "number_words": number_words(seat),
            **_filled(seat, "appointed_by", "chair", "conditions"),
            **self._said(seat),
        }

    def power_json(self, power: Power) -> dict[str, Any]:
        """What a board may do, in words."""
        words = power_words()[power.power]
        return {
            "what": "power",
            "id": power.id,
            "board": power.board,
            "power": power.power,
            "power_words": words.one,
            "settles": words.settles == "yes",
            "matter": power.matter,
            **_filled(power, "detail", "towards", "limits"),
            **self._said(power),
        }

    def _said(self, row: Seat | Power) -> dict[str, Any]:
        named = [{"id": part, "name": self._names.get(part, part)} for part in row.bodies.split()]
        return {
            **({"bodies": named} if named else {}),
            **({"coverage": row.coverage} if row.coverage == "not_known" else {}),
            **_filled(row, "instrument"),
            "verified": row.verified,
            "status": row.status,
            **({} if row.status in LAW else {"law": False}),
            "stated_on": row.stated_on,
            "valid_from": row.valid_from,
            "valid_until": row.valid_until,
            **_filled(row, "from_precision", "until_precision", "note"),
            "sources": self.cited(row),
        }


def named_as(board: BoardKind, body: Entity | None, is_itself: bool) -> str:
    """What a board is called: by the body that is it, or as that of the body whose it is."""
    if body and is_itself:
        return body.label
    return board.name if body is None or ":" in board.parent else f"{board.name} of {body.label}"


def holds(row: BoardKind | Seat | Power, at: str, include: Include, board: BoardKind | None = None) -> bool:
    """Whether a row holds on a day, or is a plan that is asked for and had been stated by then.

    A rule whose own first day nobody states holds no longer than its board: never before there was one.
    """
    if isinstance(row, BoardKind):
        return Period(row.valid_from, row.valid_until).holds(at)
    if board and row.status not in PLANS and not row.valid_from and not holds(board, at, include):
        return False
    if not include.shows(row.status):
        return False
    if row.status in PLANS and not row.valid_from:
        return (row.stated_on or "") <= at
    return Period(row.valid_from, row.valid_until).holds(at)


def reaches(row: Seat | Power, body: Entity | None) -> bool:
    """Whether a row is told of a body: never one that the source says of some bodies only, and not of this one."""
    if body is None or row.coverage == "all":
        return True
    return row.coverage == "only" and body.id in row.bodies.split()


def number_words(seat: Seat) -> str:
    """How many, in words.

    >>> seat = Seat("a", "b", "member", number_min=8)
    >>> number_words(seat), number_words(seat._replace(number_max=14)), number_words(seat._replace(number_max=8))
    ('at least 8', '8 to 14', '8')
    """
    least, most = _whole(seat.number_min), _whole(seat.number_max)
    if seat.number_note:
        return seat.number_note
    if least and most:
        return f"{least}" if least == most else f"{least} to {most}"
    return f"at least {least}" if least else f"at most {most}" if most else ""


def kinds_and_bodies(cell: str, entities: dict[str, Entity]) -> list[dict[str, Any]]:
    """The parts of a cell of bodies and kinds, each with its id (None for a kind), its kind and its name."""
    return [
        entities[part].to_json()
        if part in entities
        else {"id": None, "kind": part, "name": kinds()[part].label if part in kinds() else part}
        for part in cell.split()
    ]


def beyond_notes(store: Store, at: AnyDay) -> list[str]:
    """That rules are shown as last known, for a day after the tables end."""
    last = last_horizon(store)
    return [f"Rules on boards are known to {last}; shown as last known."] if day_of(at) > last else []


def mark(row: Seat | Power) -> str:
    """What must be said of a row that was not read in full; blank if it was."""
    return MARKS.get(row.verified, "")


def short_cite(row: Seat | Power) -> str:
    """Where a row stands, in brackets of a sentence: its source and line, else the law."""
    place = (row.source.split()[0], row.locator) if row.locator else (row.instrument, row.source)
    return "; ".join(filter(None, (", ".join(filter(None, place)), mark(row))))


def days_words(row: Seat | Power | BoardKind) -> str:
    """The days of a row in words.

    >>> days_words(Seat("s", "b", "chair", valid_from="2019-11-01", from_precision="month", valid_until="2019-12-01"))
    'in November 2019'
    >>> days_words(Seat("s", "b", "chair", valid_from="2019-08-20", valid_until="2019-08-21"))
    'on 20 August 2019'
    """
    begins, ends = row.valid_from, row.valid_until
    if begins and ends:
        last = day_before(ends)
        if last == begins:
            return f"on {written(begins)}"
        if row.from_precision == "month" and last[:7] == begins[:7]:
            return f"in {written(begins, row.from_precision)}"
    first = f"from {written(begins, row.from_precision)}" if begins else ""
    until = f"until {written(ends, row.until_precision)}" if ends else ""
    return " ".join(filter(None, (first, until))) or "since when is not stated"


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _filled(row: Any, *fields: str) -> dict[str, Any]:
    return {field: value for field in fields if (value := getattr(row, field))}
