"""Whether a board may settle a matter: a straight answer, what it may do instead, and who settles it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.listed import Power, PowerWord, power_words
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.text import normalise, shortened
from orgmap.queries.boards.meant import MeantBoard, nearest
from orgmap.queries.boards.rows import BoardRows, days_words, holds, named_as, reaches, short_cite

YES, NO, NOT_STATED = "yes", "no", "not stated"

_SMALL = frozenset("a an and for in may of on or the to whether with".split())
"""Words that tell nothing of a matter."""

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


class AskedPower(NamedTuple):
    """What is asked whether a board may do it: the matter, and the thing (None: settle it), on a day."""

    rows: BoardRows
    matter: str
    verb: PowerWord | None
    at: str
    include: Include
    text: str

    @classmethod
    def of(
        cls, rows: BoardRows, text: str, boards: list[MeantBoard], at: str, include: Include
    ) -> AskedPower:
        """Reads what was typed. Raises `NothingFound` with the nearest matters, or `Ambiguous`."""
        verb, rest = _verb_of(text)
        found = _matters(rows.powers, rest)
        here = {one.board.id for one in boards}
        if len(found) > 1:
            own = {
                row.matter
                for row in rows.powers
                if row.matter in found and row.board in here and holds(row, at, include)
            }
            found = own or found
        if len(found) > 1:
            raise Ambiguous(f"“{shortened(text)}” could be {len(found)} matters.", sorted(found))
        if not found:
            raise NothingFound(_unknown(rows.powers, text, rest, here))
        return cls(rows, found.pop(), verb, at, include, text)

    def answer(self, meant: MeantBoard) -> dict[str, Any]:
        """The answer for one board, in words and with the rows that it rests on."""
        about = [row for row in self.rows.powers if row.matter == self.matter]
        own = [
            row
            for row in about
            if row.board == meant.board.id
            and reaches(row, meant.body)
            and holds(row, self.at, self.include, meant.board)
        ]
        span = self._span(own, about)
        others = [
            row
            for row in about
            if row.board != meant.board.id and self.include.shows(row.status) and _overlaps(row, *span)
        ]
        verdict = self._verdict(own)
        words = [self._first(verdict, own, meant)] if own else [self._not_stated(meant, about)]
        words += [self._other(row) for row in sorted(others, key=lambda row: (row.valid_from or "", row.id))]
        if own and not any(power_words()[row.power].settles == YES for row in (*own, *others)):
            words.append("Who settles it is not stated.")
        return {
            "board": meant.board.id,
            "name": named_as(meant.board, meant.body, meant.is_itself),
            "asked": self.text,
            "matter": self.matter,
            "answer": verdict,
            "words": " ".join(words),
            "powers": [self.rows.power_json(row) for row in own],
            "others": [
                self.rows.power_json(row) | {"board_name": self.rows.boards[row.board].name} for row in others
            ],
        }

    def _verdict(self, own: list[Power]) -> str:
        """Whether it may: to settle is asked unless another thing is; to advise is never to settle."""
        if not own:
            return NOT_STATED
        words = [power_words()[row.power] for row in own]
        if self.verb and self.verb.settles != YES:
            return YES if self.verb in words else NO
        return YES if any(word.settles == YES for word in words) else NO

    def _not_stated(self, meant: MeantBoard, about: list[Power]) -> str:
        said = (
            f"Not stated: no source says what {_subject(meant)} may do in this ({self.matter}) on {self.at}."
        )
        here = [row for row in about if row.board == meant.board.id and self.include.shows(row.status)]
        other_days = [row for row in here if reaches(row, meant.body)]
        for row in other_days:
            who = ("" if meant.body else ", ".join(self._named(row))) or "it"
            said += f" Told is that {who} {power_words()[row.power].one} it"
            said += f" {days_words(row)} ({short_cite(row)})."
        named = sorted({name for row in here for name in self._named(row)})
        return f"{said} It is told of {', '.join(named)} only." if named and not other_days else said

    def _named(self, row: Power) -> list[str]:
        """The bodies of which alone a row is told."""
        return [one["name"] for one in self.rows.power_json(row).get("bodies", ())]

    def _span(self, own: list[Power], about: list[Power]) -> tuple[str, str]:
        """The days whose powers belong to the answer: the day alone, or all of a process that begins and ends.

        To that belong the rows with both ends that overlap, one after the other: a vote, a panel that decides later.
        """
        first = last = self.at
        here = own or [row for row in about if holds(row, self.at, self.include)]
        if here and all(_is_bounded(row) for row in here):
            grows = True
            while grows:
                inside = [*here, *(row for row in about if _is_bounded(row) and _overlaps(row, first, last))]
                begins = min(row.valid_from or "" for row in inside)
                ends = max(row.valid_until or "" for row in inside)
                grows = (begins, ends) != (first, last)
                first, last = begins, ends
        return first, last

    def _other(self, row: Power) -> str:
        """Who else does something in the matter: how many, what, when, who says so."""
        one, words = self.rows.boards[row.board], power_words()[row.power]
        named = self._named(row)
        if len(named) > 1:
            count = _NUMBERS[len(named)].capitalize() if len(named) < len(_NUMBERS) else str(len(named))
            who = f"{count} {one.plural or one.name}"
        else:
            who = f"{one.name}{f' ({named[0]})' if named else ''}"
        when = "" if holds(row, self.at, self.include) else days_words(row)
        cited = "; ".join(filter(None, (row.detail, when, short_cite(row))))
        said = f"{who} {words.many if len(named) > 1 else words.one} it ({cited})."
        return said[:1].upper() + said[1:]

    def _first(self, verdict: str, own: list[Power], meant: MeantBoard) -> str:
        """The answer itself, and what the board does."""
        does = []
        for row in own:
            only = "" if meant.body else ", ".join(self._named(row))
            cited = "; ".join(
                filter(None, (row.detail, short_cite(row), f"told of {only} only" if only else ""))
            )
            limits = f". {row.limits.rstrip('.')}" if row.limits else ""
            does.append(f"it {power_words()[row.power].one} it ({cited}){limits}")
        return f"{verdict.capitalize()}: {'; '.join(does)}."


def _subject(meant: MeantBoard) -> str:
    if meant.body and meant.is_itself:
        return meant.body.label
    return f"the {meant.board.name}" + (f" of {meant.body.label}" if meant.body else "")


def _is_bounded(row: Power) -> bool:
    return bool(row.valid_from and row.valid_until)


def _overlaps(row: Power, first: str, last: str) -> bool:
    begins, ends = row.valid_from or "", row.valid_until or "9999"
    return begins <= last and first < ends if first == last else begins < last and first < ends


def _verb_of(text: str) -> tuple[PowerWord | None, str]:
    """The thing that is asked for, and the rest of the text: “advise on the plan” asks for advice."""
    plain = normalise(text)
    for word in sorted(power_words().values(), key=lambda word: -len(word.asked)):
        if plain.startswith(f"{normalise(word.asked)} "):
            return word, plain.removeprefix(f"{normalise(word.asked)} ").removeprefix("on ")
    return None, plain


def _tokens(text: str) -> frozenset[str]:
    words = (word for word in normalise(text).split() if word not in _SMALL)
    words = (word[:-3] if len(word) > 8 and word.endswith("ing") else word for word in words)
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def _names_of_matter(row: Power) -> list[str]:
    return [row.matter, *(word for word in row.words.split("; ") if word)]


def _matters(powers: Iterable[Power], text: str) -> set[str]:
    """The matters that a text means: by their very words, else those whose words hold all of the text's."""
    wanted = _tokens(text)
    if not wanted:
        return set()
    named = [(row.matter, _tokens(name)) for row in powers for name in _names_of_matter(row)]
    exact = {matter for matter, tokens in named if tokens == wanted}
    by_its_name = {matter for matter in exact if _tokens(matter) == wanted}
    return by_its_name or exact or {matter for matter, tokens in named if wanted <= tokens}


def _unknown(powers: list[Power], typed: str, text: str, boards: set[str]) -> str:
    near = nearest(text, (name for row in powers for name in _names_of_matter(row)))
    own = "; ".join(sorted({row.matter for row in powers if row.board in boards}))
    said = f"“{shortened(typed)}” is no matter that the tables know."
    said += f" Nearest: {near}." if near else ""
    return said + (f" What is told of this board: {own}." if own else "")
