"""Which boards a text means: a board by its name, all boards of a kind of body, or those of one body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.listed import BoardKind
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise, shortened
from orgmap.graphmodel.vocabulary import kinds, parse_kind
from orgmap.queries.body.resolve import life, resolve
from orgmap.queries.commissioning.climbing import targets
from orgmap.queries.commissioning.rule_reach import OTHER_TRUSTS, is_foundation
from orgmap.queries.place.names import is_a_place
from orgmap.queries.structure.hierarchy import Chains

NEAREST = 3
"""So many names are told where a text is none."""


class MeantBoard(NamedTuple):
    """A board that is meant, and the body that is it or whose it is; None where every board of the sort is meant."""

    board: BoardKind
    body: Entity | None = None

    @property
    def is_itself(self) -> bool:
        """Whether the body is the board, and not only has it."""
        return self.body is not None and _names(self.board.itself, self.body)


class MeantBoards(NamedTuple):
    """The boards that a text means, the body that it means, if it means one, and what must be said of that."""

    boards: list[MeantBoard]
    body: Entity | None
    notes: list[str]


def boards_meant(chains: Chains, text: str, at: str) -> MeantBoards:
    """The boards that a text means on a day: first those that the body is itself, then those that it has.

    Raises `NothingFound` with the nearest boards, or of a body that was not there on the day; `Ambiguous`.
    """
    store = chains.store
    everything = store.listed(BoardKind)
    wanted = normalise(text)
    if kind := _kind(text):
        found = [
            MeantBoard(board) for board in _first_itself(everything, [kind]) if not _of_bodies_only(board)
        ]
        if not found:
            raise NothingFound(f"Not stated: no rule on a board of {kinds()[kind].plural} is known here.")
        return MeantBoards(found, None, [])
    named = [
        board for board in everything if wanted in map(normalise, (board.id, board.name, *names_of(board)))
    ]
    body = _only_body(store, named[0]) if len(named) == 1 and named[0].itself else None
    if named and not body:
        return MeantBoards([MeantBoard(board, _only_body(store, board)) for board in named], None, [])
    try:
        body = next(iter(store.entities(ids=[body.id], at=at)), body) if body else resolve(store, text, at)
    except NothingFound as unknown:
        near = nearest(text, (name for board in everything for name in (board.name, *names_of(board))))
        raise NothingFound(f"{unknown}{f' Boards that come near: {near}.' if near else ''}") from None
    if is_a_place(store, text, body):
        raise NothingFound(
            f"“{text}” is a place, and no whole name of a body. Boards are asked of a body: “{body.label}”"
            f" ({body.id}), or the council of the place, which orgmap find tells."
        )
    notes: list[str] = []
    shadow = chains.in_shadow(body.id, at) if "shadow" in chains.include.statuses else None
    if not (body.in_force_on(at) or chains.is_planned(body.id, at) or shadow):
        raise NothingFound(f"{body.label} was not in force on {at}: {life(body)}.")
    found = [
        one
        for board in _first_itself(everything, [body.id, body.kind])
        for one in _at_body(chains, board, body, at)
    ]
    others = [one for one in found if one.board.coverage == OTHER_TRUSTS]
    if others and is_foundation(chains, body.id, at) is not False:
        found = [one for one in found if one not in others]
        notes.append(
            f"What is known of a {others[0].board.name} holds for no foundation trust, and {body.label} is one,"
            " or may have been: its own constitution says who sits."
        )
    if not found:
        said = notes or [f"no rule on a board of {kinds()[body.kind].plural} is known here."]
        raise NothingFound(f"Not stated: {' '.join(said)}")
    return MeantBoards(found, body, notes)


def _at_body(chains: Chains, board: BoardKind, body: Entity, at: str) -> list[MeantBoard]:
    """A board as that of a body: where bodies are such boards, those that the relations of the day name."""
    if _names(board.itself, body) or not board.itself:
        return [MeantBoard(board, body)]
    ids = [one for part in board.itself.split() for one in targets(chains, part, body.id, at) if ":" in one]
    there = chains.entities(set(ids), at)
    return [MeantBoard(board, there[one]) for one in ids if one in there]


def names_of(board: BoardKind) -> list[str]:
    """How else a board is called: in the plural, and in other words.

    >>> names_of(BoardKind("hwb", "Health and Wellbeing Board", "Health and Wellbeing Boards", "HWB"))
    ['Health and Wellbeing Boards', 'HWB']
    """
    return [name for name in (board.plural, *board.words.split("; ")) if name]


def nearest(text: str, names: Iterable[str]) -> str:
    """The names that come nearest to a text, then those that share words with it; blank if none comes near.

    >>> nearest("CCG merging", ["CCG merger", "integrated working"])
    'CCG merger'
    >>> nearest("trust partner", ["chair", "partner member of NHS trusts"])
    'partner member of NHS trusts'
    """
    from difflib import get_close_matches

    plain = {normalise(name): name for name in names}
    wanted = normalise(shortened(text))
    near = get_close_matches(wanted, plain, n=NEAREST, cutoff=0.6)
    words = {word for word in wanted.split() if len(word) > 2}
    alike = {name: len(words & set(name.split())) for name in plain if words & set(name.split())}
    near += [name for name in sorted(alike, key=lambda name: -alike[name]) if name not in near]
    return "; ".join(plain[one] for one in near[:NEAREST])


def _kind(text: str) -> str:
    try:
        return parse_kind(text)
    except WrongUse:
        return ""


def _first_itself(boards: list[BoardKind], wanted: list[str]) -> list[BoardKind]:
    """The boards that one of these kinds or bodies is, and then those that it has."""
    itself = [board for board in boards if set(wanted) & set(board.itself.split())]
    return [*itself, *(one for one in boards if one not in itself and set(wanted) & set(one.parent.split()))]


def _of_bodies_only(board: BoardKind) -> bool:
    """Whether a board is that of bodies that are named, and not of a kind."""
    return ":" in board.itself or (not board.itself and ":" in board.parent)


def _names(cell: str, body: Entity) -> bool:
    return bool({body.id, body.kind} & set(cell.split()))


def _only_body(store: Store, board: BoardKind) -> Entity | None:
    """The one body that is a board, or has it, where the tables name one."""
    ids = [part for part in (board.itself or board.parent).split() if ":" in part]
    return next(iter(store.entities(ids=ids)), None) if len(ids) == 1 else None
