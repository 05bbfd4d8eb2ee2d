"""On which boards a body sits on a day: by the seats that law gives to every body of its kind, and by its relations."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.listed import BoardKind, Seat
from orgmap.graphmodel.model import Entity, Relationship
from orgmap.graphmodel.vocabulary import kind_of, kinds
from orgmap.queries.answers import cited_by, sources_json
from orgmap.queries.boards.rows import BoardRows, holds, reaches
from orgmap.queries.body.resolve import life, resolve
from orgmap.queries.commissioning.own_relations import meeting
from orgmap.queries.coverage import horizon_notes
from orgmap.queries.structure.hierarchy import Chains

_JOINED = "member_of"
"""The relation by which a body sits on a board."""


def sits(chains: Chains, rows: BoardRows, text: str, at: str) -> dict[str, Any]:
    """The boards on which a body sits on a day, each with the seat and who says so.

    A seat that only some bodies of a kind hold is never told of one that no source names: it is listed apart, of the
    kind. Raises `NothingFound` where the body was not there, or nothing is told of it.
    """
    body = resolve(chains.store, text, at)
    if not body.in_force_on(at) and not chains.is_planned(body.id, at):
        raise NothingFound(f"{body.label} was not in force on {at}: {life(body)}.")
    joined = [one for one in chains.ties(body.id, at) if one.subject == body.id and one.verb == _JOINED]
    found, of_some = list[dict[str, Any]](), list[dict[str, Any]]()
    by_seat: set[str] = set()
    for seat in rows.seats:
        board = rows.boards[seat.board]
        if not {body.id, body.kind} & set(seat.holder.split()) or not holds(seat, at, chains.include, board):
            continue
        itself = _itself(chains, board, body, at)
        own = [one.object for one in joined if one.object in itself]
        certain = seat.held == "each" or (seat.held == "related" and own)
        there = own if seat.held == "related" else itself
        if not certain:
            of_some.append(_of_some(rows, seat, board, body))
            continue
        there = [one for one in there if reaches(seat, chains.entities({one}, at).get(one))]
        for one in there or ([""] if not _has_bodies(board) else []):
            by_seat.add(one)
            found.append(_by_seat(chains, rows, seat, board, one, at))
    found += [
        _by_relation(chains, rows, one, at)
        for one in joined
        if one.object not in by_seat and _board_of(rows, one)
    ]
    if not found and not of_some:
        raise NothingFound(f"Not stated: no source says on which boards {body.label} sat on {at}.")
    return {
        "at": at,
        "body": body.to_json(),
        "sits": [*found, *of_some],
        "notes": horizon_notes(chains.store, {body.kind}, at),
    }


def _itself(chains: Chains, board: BoardKind, body: Entity, at: str) -> list[str]:
    """The bodies that are a board, as far as they meet a body; of a board that is none, those whose it is."""
    found: list[str] = []
    for part in (board.itself or board.parent).split():
        if part == body.kind:
            found.append(body.id)
        elif ":" in part:
            found += [part] if part in chains.entities({part}, at) else []
        else:
            found += meeting(chains, body.id, part, at)
    return list(dict.fromkeys(found))


def _has_bodies(board: BoardKind) -> bool:
    return bool(board.itself or board.parent)


def _by_seat(
    chains: Chains, rows: BoardRows, seat: Seat, board: BoardKind, on: str, at: str
) -> dict[str, Any]:
    entity = chains.entities({on}, at).get(on) if on else None
    itself = bool(entity and {entity.id, entity.kind} & set(board.itself.split()))
    named = board.name if not entity or ":" in board.parent else f"{board.name} of {entity.label}"
    return {
        **rows.seat_json(seat),
        "what": "sits",
        "board_name": entity.label if entity and itself else named,
        "on": entity.to_json() if entity else None,
        "holds": "yes",
    }


def _board_of(rows: BoardRows, joined: Relationship) -> BoardKind | None:
    """The board that a body is which another is a member of."""
    wanted = {joined.object, kind_of(joined.object)}
    return next((board for board in rows.boards.values() if wanted & set(board.itself.split())), None)


def _by_relation(chains: Chains, rows: BoardRows, joined: Relationship, at: str) -> dict[str, Any]:
    board = _board_of(rows, joined)
    entity = chains.entities({joined.object}, at).get(joined.object)
    sources = chains.sources(joined.source.split())
    return {
        "what": "sits",
        "board": board.id if board else "",
        "board_name": entity.label if entity else joined.object,
        "on": entity.to_json() if entity else None,
        "role": "member",
        "holds": "yes",
        "verified": "yes",
        "status": joined.status,
        "stated_on": joined.stated_on,
        "valid_from": joined.valid_from,
        "valid_until": joined.valid_until,
        "sources": sources_json(sources, cited_by([joined])),
    }


def _of_some(rows: BoardRows, seat: Seat, board: BoardKind, body: Entity) -> dict[str, Any]:
    """A seat of some bodies of a kind: told of the kind, and of no body."""
    some = {**rows.seat_json(seat), "what": "of some", "board_name": board.plural or board.name, "on": None}
    words = f"Some {kinds()[body.kind].plural} only; which is not stated."
    return some | {"holds": "of some", "of_some": words}
