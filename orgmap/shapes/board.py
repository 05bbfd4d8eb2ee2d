"""The shapes of boards, their seats and their powers, as their JSON is."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from orgmap.shapes.plan import NamedPart
from orgmap.shapes.row import BodyRow, Notes, SourceRef


class BoardRow(TypedDict, total=False):
    """A seat, a power, an answer to what a board may do, or a board on which a body sits; `what` tells which.

    `sort` is what sort of seat it is, `required` whether a board must have it, `number_words` how many; `settles`
    whether a power settles its matter; `verified` how far the row was read in its source; `bodies` are those alone
    of which it is told; `answer` is yes, no or not stated, `words` the answer in words.
    """

    what: str
    id: str
    board: str
    board_name: str
    on: BodyRow | None
    name: str
    role: str
    sort: str
    sort_words: str
    required: bool
    number_min: int | None
    number_max: int | None
    number_words: str
    appointed_by: str
    chair: str
    conditions: str
    power: str
    power_words: str
    settles: bool
    matter: str
    detail: str
    towards: str
    limits: str
    bodies: list[NamedPart]
    coverage: str
    instrument: str
    verified: str
    status: str
    law: bool
    stated_on: str | None
    valid_from: str | None
    valid_until: str | None
    from_precision: str
    until_precision: str
    note: str
    holds: str
    of_some: str
    asked: str
    answer: str
    words: str
    powers: list[BoardRow]
    others: list[BoardRow]
    sources: list[SourceRef]


class BoardOnDay(TypedDict):
    """One board: the body that it is or whose it is, whose it is (`parents`), its legal form, its seats and powers;
    `of_some` are rows that are told of other such boards only."""

    id: str
    name: str
    body: BodyRow | None
    parents: list[BodyRow]
    form: str
    valid_from: str | None
    valid_until: str | None
    seats: list[BoardRow]
    powers: list[BoardRow]
    of_some: list[BoardRow]
    sources: list[SourceRef]
    note: NotRequired[str]


class BoardTold(TypedDict):
    """The boards that a text means, what they may do in a matter if that was asked, or where a body sits."""

    query: str
    at: str
    body: BodyRow | None
    boards: list[BoardOnDay]
    may: list[BoardRow]
    sits: list[BoardRow]
    notes: Notes


class CheckedRow(TypedDict, total=False):
    """A seat or a member of a list that was checked: `state` tells how it stands, `words` the same in words, `line`
    where the member stands in the file, `lines` which members fill the seat."""

    what: str
    id: str
    role: str
    sort: str
    required: bool
    number_words: str
    state: str
    words: str
    person: str
    line: int
    lines: list[int]
    persons: list[str]
    seat: str | None
    nearest: list[str]
    verified: str
    sources: list[SourceRef]


class MembersChecked(TypedDict):
    """A list of members against the seats of a board: `holds` is whether every seat that must be is filled, by persons
    of its own, and no row is wrong or unknown."""

    board: str
    name: str
    at: str
    holds: bool
    seats: list[CheckedRow]
    members: list[CheckedRow]
    notes: Notes
