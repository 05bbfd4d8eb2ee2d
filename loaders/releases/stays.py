"""Puts one practice's memberships in order of time from everything that the registers ever said about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.releases.listings import Listing


class Edition(NamedTuple):
    """One published edition of a register: what to cite, and up to when it knows closures and joins."""

    source: str
    file: str
    as_of: str
    joins_to: str


class Bearer(NamedTuple):
    """One body that a code stood for, and the days on which it did."""

    id: str
    life: Period


class PracticeSuccessor(NamedTuple):
    """The code that took over a group's practices, and the day from which it did."""

    code: str
    date: str


Lives = dict[str, tuple[Bearer, ...]]
"""Which bodies a register's code stood for, in order of time: 91Q is a group until 30 June 2022, a location after."""


def code_life(lives: Lives, code: str) -> Period:
    """From the first to the last day on which the code stood for any body; raises `DataBroken` for others."""
    if code not in lives:
        raise DataBroken(f"“{code}” is no commissioner code of the registers eccg and epcmem.")
    bodies = lives[code]
    return Period(bodies[0].life.valid_from, bodies[-1].life.valid_until)


Predecessor = Callable[[str, str], str | None]
"""Given a commissioner's code and what tells the place (a postcode): the group there before it began."""


class Stay(NamedTuple):
    """A practice's stay with one commissioner code; the code may stand for two bodies in turn."""

    code: str
    valid_from: str
    valid_until: str | None
    sources: tuple[tuple[str, str], ...]
    derived: bool = False
    from_precision: str = ""
    note: str = ""


class PracticeMembership(NamedTuple):
    """A practice's membership of one body, ready for the table of relationships."""

    body: str
    valid_from: str
    valid_until: str | None
    basis: str
    source: str
    from_precision: str = ""
    until_precision: str = ""
    note: str = ""


class Rules(NamedTuple):
    """What the ordering needs to know of the commissioners."""

    lives: Lives
    successions: dict[str, PracticeSuccessor]
    predecessor: Predecessor
    predecessor_by: str
    predecessor_source: str
    successions_source: str


def follow(stays: list[Stay], seen_to: str, edition: Edition, listing: Listing, rules: Rules) -> list[Stay]:
    """The stays with what one later edition adds: that the practice is still there, or has moved, and when.

    `seen_to` is the day up to which the stays rest on earlier editions. The new edition's joining date
    decides, but never against what an earlier edition saw on its own day, nor against the new
    commissioner's beginning.
    """
    code = listing.commissioner
    if not code:
        return stays
    sight = (edition.as_of, edition.source)
    if len(stays) > 1 and stays[-1].valid_from > seen_to and stays[-2].code == code:
        # The move that an earlier edition announced did not come about.
        stays = [*stays[:-2], stays[-2]._replace(valid_until=None)]
    last = stays[-1] if stays else None
    if last and last.code == code:
        return [*stays[:-1], last._replace(sources=(*last.sources, sight))]
    born = code_life(rules.lives, code).valid_from or ""
    joined = max(listing.joined or listing.opened, listing.opened)
    new = Stay(code, max(joined, born), None, (sight,))
    if listing.joined and listing.joined < born:
        new = new._replace(note=f"the register says joined {listing.joined}, before the body existed")
    if last is None:
        return [*_before_birth(new, listing, rules), new]
    if new.valid_from <= seen_to:
        new = _moved_after(seen_to, new, last, listing, rules)
    kept = [stay for stay in stays if stay.valid_from < new.valid_from]
    if not kept:
        return [new]
    ends = kept[-1].valid_until
    kept[-1] = kept[-1]._replace(valid_until=min(ends, new.valid_from) if ends else new.valid_from)
    return [*kept, new]


def _before_birth(new: Stay, listing: Listing, rules: Rules) -> list[Stay]:
    """Where a practice new to the registers was before its commissioner began: with the predecessor."""
    if listing.opened >= new.valid_from or code_life(rules.lives, new.code).valid_from != new.valid_from:
        return []
    before = rules.predecessor(new.code, listing.postcode)
    if before is None:
        return []
    start = max(listing.opened, code_life(rules.lives, before).valid_from or "")
    sight = (new.sources[0][0], rules.predecessor_source)
    note = f"the register tells only {new.code}, which began later; by {rules.predecessor_by}"
    return [Stay(before, start, new.valid_from, (sight,), derived=True, note=note)]


def _moved_after(seen_to: str, new: Stay, last: Stay, listing: Listing, rules: Rules) -> Stay:
    """The new stay when its date contradicts an earlier edition, which saw the practice elsewhere after it.

    If the earlier commissioner ended and the new one took over from it, that is the day; else the move
    happened at some time after the earlier edition.
    """
    code, handover = last.code, rules.successions.get(last.code)
    while handover and code != new.code:
        code = handover.code
        if code == new.code and handover.date > seen_to:
            return new._replace(valid_from=handover.date)
        handover = rules.successions.get(code)
    start = day_after(seen_to)
    note = f"moved after {seen_to}, when an earlier edition saw it in {last.code}"
    said = f"; the register says joined {listing.joined}" if listing.joined else ""
    return new._replace(valid_from=start, from_precision="approx", note=note + said)


def facts(
    stays: list[Stay], life: Period, rules: Rules, until_precision: str = ""
) -> list[PracticeMembership]:
    """The memberships of bodies that the stays amount to, within the practice's life and the bodies' lives.

    Where a group ended before the practice is next seen, its successor takes its place: derived.
    `until_precision` is that of the practice's own end.
    """
    found: list[PracticeMembership] = []
    for at, stay in enumerate(stays):
        following = stays[at + 1] if at + 1 < len(stays) else None
        for fact in _fact_pieces(stay, life, rules):
            if fact.valid_until and fact.valid_until == life.valid_until:
                fact = fact._replace(until_precision=until_precision)
            elif following and fact.valid_until == following.valid_from:
                fact = fact._replace(until_precision=following.from_precision)
            found.append(fact)
    return _joined(found)


def _fact_pieces(stay: Stay, life: Period, rules: Rules) -> list[PracticeMembership]:
    """One stay as memberships of bodies: of each that its code stood for, then of those that took over."""
    pieces: list[PracticeMembership] = []
    period = Period(stay.valid_from, stay.valid_until).clip(life)
    code, note = stay.code, stay.note
    while period is not None:
        handed_on = code != stay.code
        for body in rules.lives[code]:
            if part := period.clip(body.life):
                start, first = str(part.valid_from), not pieces
                piece = PracticeMembership(
                    body=body.id,
                    valid_from=start,
                    valid_until=part.valid_until,
                    basis="derived" if stay.derived or handed_on else "published",
                    source=rules.successions_source if handed_on else _source(stay, start, first),
                    from_precision=stay.from_precision if first else "",
                    # A later piece says nothing about how the practice joined.
                    note=note if first or handed_on else "",
                )
                pieces.append(piece)
        handover = rules.successions.get(code)
        if handover is None:
            break
        period = period.clip(Period(handover.date, None))
        note = f"{code} was succeeded by {handover.code}; no register tells where the practice went"
        code = handover.code
    return pieces


def _source(stay: Stay, start: str, first: bool) -> str:
    """The edition that told of the stay; for a later piece, the first one of that time that still saw it."""
    if first:
        return stay.sources[0][1]
    return next((source for as_of, source in stay.sources if as_of >= start), stay.sources[-1][1])


def _joined(pieces: list[PracticeMembership]) -> list[PracticeMembership]:
    """The same facts, adjoining ones about the same body as one."""
    joined: list[PracticeMembership] = []
    for fact in pieces:
        last = joined[-1] if joined else None
        if last and last.body == fact.body and last.valid_until == fact.valid_from:
            joined[-1] = last._replace(valid_until=fact.valid_until, until_precision=fact.until_precision)
            if last.basis == "derived":
                note = f"the register says joined {fact.valid_from}; its group had become this one before"
                joined[-1] = joined[-1]._replace(basis=fact.basis, source=fact.source, note=note)
        else:
            joined.append(fact)
    return joined
