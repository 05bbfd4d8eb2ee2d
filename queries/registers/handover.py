"""What becomes of an agreement across the day of a reform: whether a party of it ends, and who takes over."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.errors import Ambiguous, OrgmapError
from orgmap.graphmodel.model import IN_FORCE, Entity, Include
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import safe_cell, shortened
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, kind_of, kinds
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.successors import Successor
from orgmap.queries.commissioning.services import service_of
from orgmap.queries.place.areas import named_on
from orgmap.queries.place.find import WHOLE
from orgmap.queries.registers.functions import LEAST, Function, Taker, function_across
from orgmap.queries.registers.lives import (
    LAST_KNOWN,
    NOT_BEGUN,
    ON,
    UNKNOWN,
    Across,
    PartyLife,
    least_sure,
    party_life,
)
from orgmap.queries.table.columns import joined

STAYS, NOBODY, WHICH = "stays", "nobody", "which one?"
COUNTED = {1: "one", 2: "two"}
SEVERAL = "several"
"""Who takes over: the party itself still does it; one body, two, or several do; nobody; not known; the name in the row
could be several."""

BY_PLAN = "planned: "
"""What stands before the word where a plan alone says so."""

MANY = 40
"""A word that could be more services than these is only refused."""

NAMED = 12
"""So many takers are named; of more it is told how many there are."""

KEPT = 20_000
"""So many parties with their services are remembered."""


class PartyHandover(NamedTuple):
    """What becomes of one party of an agreement, as it stands in the added columns: names, words, shares, sources.

    `state` is how the party stands (goes on, ended, had ended, to end, not begun, not known, which one?); `takes_over`
    who does on the day what it did (stays, one, two, several, nobody, not known, which one?), with “planned: ” before
    it where a plan alone says so; `taker` is the one body, `takers` all with their parts of the area, `beside` who does
    it, too, on another basis; `act` the legal acts, `status` how sure it is.
    """

    body: str = ""
    state: str = ""
    ended_on: str = ""
    successors: str = ""
    takes_over: str = ""
    taker: str = ""
    taker_name: str = ""
    takers: str = ""
    through: str = ""
    beside: str = ""
    act: str = ""
    status: str = ""
    sources: str = ""
    note: str = ""

    @property
    def word(self) -> str:
        """Who takes over, without whether it is planned."""
        return self.takes_over.removeprefix(BY_PLAN)

    @property
    def changes_hands(self) -> bool:
        """Whether somebody else, or nobody, does on the day what the party did."""
        return self.word in (*COUNTED.values(), SEVERAL, NOBODY)

    @property
    def is_open(self) -> bool:
        """Whether it is not known, or only known who could be meant."""
        return self.word in (UNKNOWN, WHICH)


class Handovers:
    """Tells what becomes of the parties of agreements across a day; remembers what it worked out.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     found = Handovers(store, "2013-04-01").of("West Kent PCT", "GP services")
    >>> found.state, found.takes_over, found.taker
    ('ended', 'one', 'national:nhs_england')
    """

    def __init__(
        self, store: Store, across: AnyDay, include: Include = IN_FORCE, kinds: Kinds = None
    ) -> None:
        self._asked = Across.of(store, across, include)
        self._kinds = chosen_kinds(kinds)
        self.of = lru_cache(maxsize=KEPT)(self._of)
        self._life = lru_cache(maxsize=KEPT)(self._life_of)
        self._function = lru_cache(maxsize=KEPT)(self._function_of)

    def _of(self, party: str, service: str | None = None, place: str = "") -> PartyHandover:
        """What becomes of a party, as a person typed it; `service` is None where nobody asked for one."""
        party = party.partition(" — ")[0].strip()  # a candidate may be typed back with its words
        if not party:
            return PartyHandover(note="empty cell")
        try:
            life = self._life(party)
        except Ambiguous as several:
            return PartyHandover(state=WHICH, takes_over=WHICH, note=safe_cell(_choices(several)))
        except OrgmapError as unknown:
            return PartyHandover(state=UNKNOWN, takes_over=UNKNOWN, note=safe_cell(str(unknown)))
        if service is None:
            notes = ["a place makes no difference without a service"] if place.strip() else []
            return self._row(life, None, None, "", notes)
        if not service.strip():
            return self._row(
                life, None, service, UNKNOWN, ["no service is named: who takes over depends on it"]
            )
        try:
            services, notes = self._services(service)
            functions = [self._function(life.body.id, party, one, place.strip()) for one in services]
        except Ambiguous as several:
            return self._row(life, None, service, WHICH, [_choices(several)])
        except OrgmapError as unknown:
            return self._row(life, None, service, UNKNOWN, [str(unknown)])
        rows = [self._row(life, function, service, "", notes) for function in functions]
        return rows[0] if len(rows) == 1 else self._together(life, service, services, rows)

    def _services(self, text: str) -> tuple[list[Entity], list[str]]:
        """The service that a word means, with what must be said of it; or all that it could be, if they are few."""
        text = text.partition(" — ")[0].strip()
        try:
            meant = service_of(self._asked.store, text)
        except Ambiguous as several:
            ids = [candidate.partition(" — ")[0] for candidate in several.candidates]
            if len(ids) > MANY:
                raise
            return self._asked.store.entities(ids=ids), []
        return [meant.service], meant.notes

    def _together(
        self, life: PartyLife, text: str, services: list[Entity], rows: list[PartyHandover]
    ) -> PartyHandover:
        """One answer for a word that could be several services: where the same takes over whichever is meant, that;
        else which one, with who takes each over."""
        alike: dict[tuple[str, str], list[str]] = {}
        for service, row in zip(services, rows, strict=True):
            named = f"{service.label} ({service.id})"
            alike.setdefault((row.takes_over, row.takers), []).append(named)
        what = f"“{shortened(text.strip())}” could be {len(services)} services"
        if len(alike) == 1 and not rows[0].is_open:
            return rows[0]._replace(note=safe_cell(f"{what}, and it is so for each; {rows[0].note}"))
        each = " | ".join(f"{takers or word}: {', '.join(names)}" for (word, takers), names in alike.items())
        return self._row(life, None, text, WHICH, [f"{what}, name one: {each}"])

    def _life_of(self, party: str) -> PartyLife:
        body = resolve(self._asked.store, party, self._asked.eve, self._kinds)
        [row] = self._asked.chains.rows([body.id]) or [body]
        life = party_life(self._asked, row)
        return life._replace(body=named_on(self._asked.store, row, life.before))

    def _function_of(self, body: str, party: str, service: Entity, place: str) -> Function:
        return function_across(self._asked, self._life(party), service, place)

    def _row(
        self, life: PartyLife, function: Function | None, service: str | None, word: str, notes: list[str]
    ) -> PartyHandover:
        """The cells of a party whose life is known."""
        takers, by_function = (list[Taker](), False)
        if not word:
            word, takers, by_function, more = self._takes_over(life, function, service)
            notes = [*notes, *more]
        statuses = [life.status] if word not in (STAYS, UNKNOWN, WHICH) or life.status in PLANS else []
        if by_function and function:
            statuses.append(function.status)
            notes += function.notes
        names = self._asked.chains.entities(
            {one.body for one in takers} | {one.body for one in life.successors if one.body}, self._asked.day
        )
        statuses += [names[one.body].status for one in takers if one.body in names]
        status = least_sure(statuses)
        planned = status in PLANS and word in (STAYS, *COUNTED.values(), SEVERAL, NOBODY)
        changed = word != STAYS
        acts = dict.fromkeys(
            [
                *(life.acts if life.ended_on else ()),
                *(function.acts if function and by_function and changed else ()),
            ]
        )
        cited = dict.fromkeys([*life.cited, *(function.cited if function and by_function else ())])
        alone = takers[0] if len(takers) == 1 else None
        return PartyHandover(
            *map(
                safe_cell,
                (
                    life.body.id,
                    life.state,
                    life.ended_on or "",
                    _listed(names, life.successors),
                    f"{BY_PLAN if planned else ''}{word}",
                    alone.body if alone else "",
                    names[alone.body].label if alone and alone.body in names else "",
                    _listed(names, takers),
                    "; ".join(function.through) if function and by_function else "",
                    "; ".join(function.beside) if function and by_function else "",
                    "; ".join(acts),
                    status,
                    "; ".join(f"{source}, {place}" if place else source for source, place in cited),
                    joined(_once((*self._ahead(life), *life.notes, *notes))),
                ),
            )
        )

    def _takes_over(
        self, life: PartyLife, function: Function | None, service: str | None
    ) -> tuple[str, list[Taker], bool, list[str]]:
        """Who takes over: in a word, the takers, whether by what the rules say, and what must be said of it."""
        if life.state in (NOT_BEGUN, UNKNOWN):
            return UNKNOWN, [], False, []
        if function is None or function.held is False:
            word, takers, notes = self._by_succession(life)
            if function is not None:
                notes.insert(0, _not_its(self._asked, life, function))
            elif word == UNKNOWN and life.successors:
                notes.append("who takes over depends on the service: name its column with --service")
            return word, takers, False, notes
        if function.held is None:
            there = {one.body for one in life.successors}
            if life.state == ON or not function.takers or not {one.body for one in function.takers} <= there:
                word, takers, notes = self._by_succession(life)
                note = (
                    f"no source names who commissioned it on {life.before}: told is what becomes of the body"
                )
                return word, takers, False, [note, *notes]
        return self._by_function(life, function)

    def _by_function(self, life: PartyLife, function: Function) -> tuple[str, list[Taker], bool, list[str]]:
        takers, notes = list(function.takers), []
        if not takers and function.left >= 1 and not function.unsure:
            stated = any(note.startswith("Not stated") for note in function.notes)
            return NOBODY if stated else UNKNOWN, [], True, []
        if function.unsure:
            return UNKNOWN, [], True, [f"it may be {self._names(takers)}"] if takers else []
        if function.left > LEAST and takers:
            notes.append(f"for {function.left:.1%} of the area the sources name nobody")
        if life.state == ON and {one.body for one in takers} == {life.body.id}:
            return STAYS, takers, True, notes
        return COUNTED.get(len(takers), SEVERAL), takers, True, notes

    def _by_succession(self, life: PartyLife) -> tuple[str, list[Taker], list[str]]:
        """Who takes over where no rule tells: the body itself, or successors of its own kind, which do all it did."""
        if life.state == ON:
            if life.gave:
                return UNKNOWN, [], ["whether this agreement went with that part is not stated"]
            return STAYS, [Taker(life.body.id, 1.0)], []
        real = [one for one in life.successors if one.body and not one.stray]
        if not real:
            return UNKNOWN, [], ["no successor is known"]
        takers = [Taker(one.body, one.weight) for one in real]
        if any(kind_of(one.body) != kind_of(life.body.id) for one in real):
            return UNKNOWN, [], []
        return COUNTED.get(len(takers), SEVERAL), takers, []

    def _ahead(self, life: PartyLife) -> tuple[str, ...]:
        return (LAST_KNOWN,) if self._asked.ahead and LAST_KNOWN not in life.notes else ()

    def _names(self, takers: list[Taker]) -> str:
        names = self._asked.chains.entities({one.body for one in takers}, self._asked.day)
        return _listed(names, takers)


def _not_its(asked: Across, life: PartyLife, function: Function) -> str:
    """What must be said where a party is not among those who commissioned the service."""
    names = asked.chains.entities({one.body for one in function.takers}, asked.day)
    now = f"; on {asked.day} it is {_listed(names, function.takers)}" if function.takers else ""
    return (
        f"{life.body.label} is not told among those who commissioned it on {life.before}: told is what becomes of the"
        f" body{now}"
    )


def _once(notes: Iterable[str]) -> list[str]:
    """Notes without those that say again what another said."""
    return list({note.casefold().rstrip("."): note for note in notes}.values())


def _choices(several: Ambiguous) -> str:
    """Why a name is not one thing, with the choices, in one cell."""
    return f"{str(several).removesuffix('.')}: {' | '.join(several.candidates)}"


def _listed(names: dict[str, Entity], bodies: list[Taker] | tuple[Successor | Taker, ...]) -> str:
    """Bodies with their shares in words; of too many only how many there are of each kind."""
    if len(bodies) > NAMED:
        counts: dict[str, int] = {}
        for one in bodies:
            counts[kind_of(one.body) or ""] = counts.get(kind_of(one.body) or "", 0) + 1
        many = " and ".join(
            f"{number:,} {kinds()[kind].plural if kind in kinds() else 'bodies'}"
            for kind, number in counts.items()
        )
        return f"{many}, each for its own area"
    return "; ".join(_with_share(names, having) for having in bodies)


def _with_share(names: dict[str, Entity], having: Successor | Taker) -> str:
    share = having.weight if isinstance(having, Successor) else having.share
    part = "(share not known)" if share is None else "100%" if share >= WHOLE else f"{share:.1%}"
    body = names.get(having.body)
    if not having.body:
        return f"nobody knows who {part}"
    planned = f", {body.status}" if body and body.status in PLANS else ""
    return f"{body.label if body else having.body} ({having.body}{planned}) {part}"
