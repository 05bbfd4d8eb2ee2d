"""Whether a list of members fills the seats of a board: what is filled, missing, too many; one person, one seat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.listed import Seat, seat_sorts
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.queries.boards.board import no_rule
from orgmap.queries.boards.meant import boards_meant, nearest
from orgmap.queries.boards.rows import BoardRows, beyond_notes, holds, mark, reaches
from orgmap.queries.coverage import check_day
from orgmap.queries.structure.hierarchy import Chains

FILLED, MISSING, TOO_MANY, FREE, LOOK = "filled", "missing", "too many", "may be filled", "to be looked at"
"""How a seat stands."""

SEATED, BESIDE, UNKNOWN, TWICE, EXCLUDED, VACANT, COUNTED = (
    "fills a seat",
    "fills no required seat",
    "role not known",
    "stands twice",
    "may not be a member",
    "nobody named",
    "counts in all",
)
"""How a member stands."""

_WRONG = frozenset({UNKNOWN, TWICE, EXCLUDED})

TOTAL, AT_MOST, NOT_ALLOWED = "total", "maximum", "excluded"
"""Sorts of seats that are numbers, or that nobody may have."""

_NO_SEATS = frozenset({NOT_ALLOWED, "rule", "removed", "staff"})
"""Sorts of rows that are rules, and nothing to fill."""

OTHER_ROLE = "other_role"
"""A seat that a person may fill who has another."""

_NOBODY = frozenset({"", "vacant", "vacancy", "tbc", "tba", "to be confirmed", "none"})


class Member(NamedTuple):
    """A member of a list: where it stands, in which role, who it is."""

    line: int
    role: str
    person: str


def check_members(
    store: Store, text: str, at: AnyDay, members: Iterable[Member], include: Include = IN_FORCE
) -> dict[str, Any]:
    """Checks a list of members against the seats of a board on a day.

    Each required seat wants a person of its own: they are matched so that as many seats as possible are filled. A role
    that the board does not have is told with the nearest; a member that stands there twice with both lines. Returns
    `{"board", "name", "at", "holds", "seats", "members", "notes"}`. Raises `NothingFound` where no rule is known for
    the day, `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     checked = check_members(store, "icb", "2026-06-01", [Member(2, "chair", "A. Person")])
    >>> [seat["state"] for seat in checked["seats"]][:2], checked["holds"]
    (['missing', 'filled'], False)
    """
    at = day_of(at)
    check_day(store, at)
    rows = BoardRows(store)
    meaning = boards_meant(Chains.of(store, include), text, at)
    seats: list[Seat] = []
    others: list[str] = []
    chosen = meaning.boards[0]
    for one in meaning.boards:
        found = [
            row
            for row in rows.seats
            if row.board == one.board.id and holds(row, at, include, one.board) and reaches(row, one.body)
        ]
        if found and not seats:
            seats, chosen = found, one
        elif found:
            others.append(one.board.name)
    if not seats:
        said = [no_rule(rows, one, at, include) for one in meaning.boards]
        raise NothingFound(
            " ".join(filter(None, said)) or f"Not known: no rule on who sits there holds on {at}."
        )
    checking = _Checking(rows, seats, list(members))
    notes = [f"Checked as {chosen.board.name}; there is also: {'; '.join(others)}."] if others else []
    of_seats = checking.seats_json()
    listed = checking.members_json()
    wrong = any(one["state"] in (MISSING, TOO_MANY) for one in of_seats) or any(
        one["state"] in _WRONG for one in listed
    )
    notes += beyond_notes(store, at)
    if any(one.conditions for one in seats):
        notes.append(
            "What else must hold of a person (a profession, who employs them) is told and not checked."
        )
    return {
        "board": chosen.board.id,
        "name": chosen.board.name,
        "at": at,
        "holds": not wrong,
        "seats": of_seats,
        "members": listed,
        "notes": notes,
    }


class _Checking:
    """The seats of a day and the members of a list, matched."""

    def __init__(self, rows: BoardRows, seats: list[Seat], members: list[Member]) -> None:
        self._rows, self._members = rows, members
        self._seats = sorted(
            seats, key=lambda seat: (seat.sort != TOTAL, list(seat_sorts()).index(seat.sort))
        )
        self._meant = {member: self._seats_of(member.role) for member in members}
        self._first: dict[tuple[str, str], Member] = {}
        for member in members:
            self._first.setdefault(_key(member), member)
        self._filled = self._matched()

    def _is_there(self, member: Member) -> bool:
        """Whether a member counts: somebody is named, and stands there for the first time in that role."""
        return not _is_nobody(member) and self._first[_key(member)] is member

    def _seats_of(self, role: str) -> list[Seat]:
        wanted = _words(role)
        named = [
            seat for seat in self._seats if seat.sort != NOT_ALLOWED and wanted in map(_words, _roles(seat))
        ]
        return named or [seat for seat in self._seats if wanted in map(_words, _roles(seat))]

    def _of(self, seat: Seat) -> list[Member]:
        return [one for one in self._members if self._is_there(one) and seat in self._meant[one]]

    def _matched(self) -> dict[str, list[Member]]:
        """Whom each required seat has: no person twice, and as many seats as can be."""
        from networkx import Graph
        from networkx.algorithms.bipartite import hopcroft_karp_matching

        graph: Any = Graph()
        slots: dict[tuple[str, int], Seat] = {}
        for seat in self._seats:
            if seat_sorts()[seat.sort].must != "yes" or seat.sort == TOTAL or seat.shared == OTHER_ROLE:
                continue
            for number in range(int(seat.number_min or 1)):
                slots[seat.id, number] = seat
                for member in self._of(seat):
                    graph.add_edge((seat.id, number), _plain(member.person))
        tops = [slot for slot in slots if slot in graph]
        pairs = hopcroft_karp_matching(graph, tops) if tops else {}
        found: dict[str, list[Member]] = {}
        for slot in tops:
            if slot in pairs:
                seat = slots[slot]
                member = next(one for one in self._of(seat) if _plain(one.person) == pairs[slot])
                found.setdefault(seat.id, []).append(member)
        return found

    def seats_json(self) -> list[dict[str, Any]]:
        """Each seat, how it stands, who fills it."""
        return [self._seat_json(seat) for seat in self._seats]

    def _seat_json(self, seat: Seat) -> dict[str, Any]:
        here, least = self._of(seat), int(seat.number_min or 1)
        must = seat_sorts()[seat.sort].must == "yes"
        if seat.sort == TOTAL:
            here = self._counted(seat)
            count = len({_plain(one.person) for one in here})
            least = int(seat.number_min or 0)
            state = MISSING if count < least else TOO_MANY if _over(seat, count) else FILLED
            words = f"{count} named"
        else:
            own = self._filled.get(seat.id, []) if must and seat.shared != OTHER_ROLE else here
            alone = [one for one in here if self._meant[one] == [seat]]
            count = len({_plain(one.person) for one in alone})
            if _over(seat, count):
                state, own = TOO_MANY, alone
            elif must:
                state = FILLED if len(own) >= least else MISSING
            else:
                state = LOOK if seat.sort in _NO_SEATS else FILLED if here else FREE
            here = own if state != TOO_MANY else alone
            words = "; ".join(f"{one.person} (line {one.line})" for one in here)
        return {
            **self._rows.seat_json(seat),
            "state": state,
            "words": self._said(seat, state, words, least),
            "persons": [one.person for one in here],
            "lines": [one.line for one in here],
        }

    def _has(self, member: Member, seat: Seat) -> bool:
        """Whether a member fills a seat that must be filled."""
        if seat.shared == OTHER_ROLE:
            return seat_sorts()[seat.sort].must == "yes" and self._is_there(member)
        return member in self._filled.get(seat.id, [])

    def _said(self, seat: Seat, state: str, words: str, least: int) -> str:
        said = [words]
        if state == MISSING and seat.sort != TOTAL:
            listed = self._of(seat)
            elsewhere = [one for one in listed if one not in self._filled.get(seat.id, [])]
            said.append(f"{least} wanted")
            said += [f"{one.person} (line {one.line}) fills another required seat" for one in elsewhere]
        if state == TOO_MANY:
            said.append(f"at most {int(seat.number_max or 0)}")
        return "; ".join(
            filter(None, (*said, seat.conditions and f"to be looked at: {seat.conditions}", mark(seat)))
        )

    def _counted(self, seat: Seat) -> list[Member]:
        """The members who count in a number in all: not those whose seats are left out, nor guests."""
        out = {_plain(one.person) for other in seat.but.split() for one in self._filled.get(other, [])}
        found: dict[str, Member] = {}
        for one in self._members:
            meant = self._meant[one]
            guest = bool(meant) and all(other.sort in ("invited", NOT_ALLOWED) for other in meant)
            if self._is_there(one) and not guest and _plain(one.person) not in out:
                found.setdefault(_plain(one.person), one)
        return list(found.values())

    def members_json(self) -> list[dict[str, Any]]:
        """Each member of the list, in its order, and how it stands."""
        again = Counter(_key(one) for one in self._members if not _is_nobody(one))
        return [self._member_json(one, again[_key(one)] > 1) for one in self._members]

    def _member_json(self, member: Member, twice: bool) -> dict[str, Any]:
        meant = self._meant[member]
        seat = next((one for one in meant if self._has(member, one)), None)
        near = nearest(member.role, (role for one in self._seats for role in _roles(one))).split("; ")
        words, state = "", BESIDE
        if _is_nobody(member):
            state = VACANT
        elif not meant:
            state = UNKNOWN
            words = f"Nearest: {'; '.join(near)}." if near != [""] else "Nothing comes near."
        elif twice:
            lines = [one.line for one in self._members if _key(one) == _key(member)]
            state, words = TWICE, f"Lines {', '.join(map(str, lines))}."
        elif all(one.sort == NOT_ALLOWED for one in meant):
            state, words = EXCLUDED, f"{meant[0].role[:1].upper()}{meant[0].role[1:]}."
        elif seat:
            state, words = SEATED, seat.role
        elif all(one.sort == TOTAL for one in meant):
            state = COUNTED
        else:
            words = f"{meant[0].role} ({seat_sorts()[meant[0].sort].label})"
        return {
            "what": "member",
            "line": member.line,
            "role": member.role,
            "person": member.person,
            "state": state,
            "words": words,
            "seat": seat.id if seat else None,
            "nearest": [one for one in near if one] if state == UNKNOWN else [],
        }


def _over(seat: Seat, count: int) -> bool:
    return seat.number_max is not None and count > seat.number_max


def _roles(seat: Seat) -> list[str]:
    return [seat.role, *(word for word in seat.words.split("; ") if word)]


def _words(role: str) -> frozenset[str]:
    """A role as it is compared: its words in any order, without the small ones.

    >>> _words("Director of Public Health") == _words("public health director")
    True
    """
    return frozenset(normalise(role).split()) - {"of", "the", "for", "and", "a", "an"}


def _plain(person: str) -> str:
    return normalise(person) or person.strip()


def _key(member: Member) -> tuple[str, str]:
    return _plain(member.person), normalise(member.role)


def _is_nobody(member: Member) -> bool:
    return member.person.strip().casefold() in _NOBODY
