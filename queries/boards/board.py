"""A board on a day: whose it is, what it is by law, who sits on it, what it may do."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.listed import Power, Seat, seat_sorts
from orgmap.graphmodel.model import IN_FORCE, STATUSES, Include
from orgmap.graphmodel.store import Store
from orgmap.queries.boards.may import NOT_STATED, AskedPower
from orgmap.queries.boards.meant import MeantBoard, boards_meant
from orgmap.queries.boards.rows import (
    BoardRows,
    beyond_notes,
    days_words,
    holds,
    kinds_and_bodies,
    named_as,
    reaches,
)
from orgmap.queries.boards.sits import sits
from orgmap.queries.commissioning.climbing import targets
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.structure.hierarchy import Chains


def board(
    store: Store,
    text: str,
    at: AnyDay,
    may: str = "",
    sitting: bool = False,
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Tells of a board, of the boards of a kind or of a body: whose it is, its seats and powers by the law of a day.

    `may` asks whether it may settle a matter, or do another thing in it (“advise on the commissioning plan”), and
    adds the answer to each board; `sitting` asks instead on which boards the body sits. Returns `{"query", "at",
    "body", "boards", "may", "sits", "notes"}`. Raises `NothingFound` (no such board or matter, or no rule for that
    day) or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     told = board(store, "CCG governing body", "2013-06-01")
    >>> told["boards"][0]["seats"][0]["number_words"]
    'at least 6'
    """
    at = day_of(at)
    check_day(store, at)
    if may and sitting:
        raise WrongUse("--may asks of a board, --sits of whoever sits on one: name one of them.")
    chains = Chains.of(store, include)
    rows = BoardRows(store)
    if sitting:
        return {"query": text, "may": [], "boards": [], **sits(chains, rows, text, at)}
    meaning = boards_meant(chains, text, at)
    meant = [one for one in meaning.boards if holds(one.board, at, include)] or meaning.boards
    asked = AskedPower.of(rows, may, meant, at, include) if may else None
    boards = [_told(chains, rows, one, at) for one in meant]
    first_days = [said for one in meant if (said := no_rule(rows, one, at, include))]
    if not asked:
        boards = [one for one in boards if one["seats"] or one["powers"]]
        if not boards:
            raise NothingFound(" ".join(first_days) or f"Not stated: no rule for such a board holds on {at}.")
    answers = _answers(asked, meant) if asked else []
    silent = [one["words"] for one in answers if one["answer"] == NOT_STATED]
    kinds_told = {body.kind for one in meant if (body := one.body)}
    return {
        "query": text,
        "at": at,
        "body": meaning.body.to_json() if meaning.body else None,
        "boards": boards,
        "may": answers,
        "sits": [],
        "notes": [
            *silent,
            *meaning.notes,
            *first_days,
            *horizon_notes(store, kinds_told, at),
            *beyond_notes(store, at),
        ],
    }


def _answers(asked: AskedPower, meant: list[MeantBoard]) -> list[dict[str, Any]]:
    """What the boards that the body is itself may do; where nothing is stated of these, what those that it has may."""
    itself = [asked.answer(one) for one in meant if one.is_itself]
    stated = [one for one in itself if one["answer"] != NOT_STATED]
    if not stated:
        others = [asked.answer(one) for one in meant if not one.is_itself]
        stated = [one for one in others if one["answer"] != NOT_STATED]
        itself = itself or others
    return stated or itself


def _told(chains: Chains, rows: BoardRows, meant: MeantBoard, at: str) -> dict[str, Any]:
    """One board as scripts get it."""
    one, body = meant
    here = [row for row in rows.seats if row.board == one.id and holds(row, at, chains.include, one)]
    may = [row for row in rows.powers if row.board == one.id and holds(row, at, chains.include, one)]
    sorts = list(seat_sorts())
    here.sort(key=lambda seat: (sorts.index(seat.sort) if seat.sort != "total" else -1, seat.id))
    rest: list[Seat | Power] = [*here, *may]
    some = [row for row in rest if not reaches(row, body)]
    out: dict[str, Any] = {
        "id": one.id,
        "name": named_as(one, body, meant.is_itself),
        "body": body.to_json() if body else None,
        "parents": _parents(chains, meant, at),
        "form": one.form,
        "valid_from": one.valid_from,
        "valid_until": one.valid_until,
        "seats": [rows.seat_json(row) for row in here if reaches(row, body)],
        "powers": [rows.power_json(row) for row in may if reaches(row, body)],
        "of_some": [_of_some(rows, row) for row in some],
        "sources": rows.cited(one),
    }
    return out | ({"note": one.note} if one.note else {})


def _parents(chains: Chains, meant: MeantBoard, at: str) -> list[dict[str, Any]]:
    """Whose board it is: the body asked about, those that its relations of the day name, else the kind."""
    body = meant.body
    if body and not meant.is_itself:
        return [body.to_json()]
    parts: list[str] = []
    for part in meant.board.parent.split():
        parts += targets(chains, part, body.id, at) if body else [part]
    return kinds_and_bodies(" ".join(parts), chains.entities({one for one in parts if ":" in one}, at))


def _of_some(rows: BoardRows, row: Seat | Power) -> dict[str, Any]:
    """What is told of other boards of the sort, and not of this one."""
    other = rows.seat_json(row) if isinstance(row, Seat) else rows.power_json(row)
    return other | {"holds": "not stated of this one"}


def no_rule(rows: BoardRows, meant: MeantBoard, at: str, include: Include) -> str:
    """That no rule on a board's members holds on a day, and from when until when one does; blank if one holds."""
    seats = [row for row in rows.seats if row.board == meant.board.id]
    if not seats or any(holds(row, at, include, meant.board) for row in seats):
        return ""
    law = [row for row in seats if include.shows(row.status) and row.valid_from]
    plans = [
        row for row in seats if row not in law and row.valid_from and holds(row, at, Include.of(STATUSES))
    ]
    said = f"Not known: no rule on who sits on {_article(meant.board.name)} is known for {at}."
    if law:
        first = min(law, key=lambda row: row.valid_from or "")
        last = max(law, key=lambda row: row.valid_until or "9999")
        until = f", the last until {last.valid_until}" if last.valid_until else ""
        begins = days_words(first).partition(" until")[0]
        said += f" The first holds {begins} ({first.instrument or first.source}){until}."
    if plans:
        said += f" Planned then: {', '.join(row.role for row in plans)}: add --include proposed."
    return said


def _article(name: str) -> str:
    return f"{'an' if name[:1].casefold() in 'aeio' else 'a'} {name}"
