"""The few things the model knows: a period, an entity, a relationship, a change event, a source, a place."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.statuses import IN_FORCE as IN_FORCE
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.statuses import STATUSES as STATUSES
from orgmap.graphmodel.statuses import Include as Include

DATE_PRECISIONS = ("", "month", "quarter", "year", "approx", "not_known")
"""How exactly a date is known; blank means to the day."""

BASES = (
    "statutory",
    "delegated",
    "joint",
    "hosted",
    "acting_through",
    "on_behalf_of",
    "advisory",
    "administrative",
    "published",
    "estimated",
    "derived",
)
"""As what a fact holds: a legal basis, or how a table came to it."""


YOURS = "yours."
"""What the ids of sources and datasets begin with that come from a user's own tables; the folder follows."""


def whose(cited: str) -> str:
    """The folder of a user's own tables that says what cites these sources; blank for the project's tables.

    >>> whose("yours.my-tables.minutes"), whose("hca-2022")
    ('my-tables', '')
    """
    return cited.split(".")[1].split()[0] if cited.startswith(YOURS) else ""


class Period(NamedTuple):
    """A stretch of days: `valid_from` counts, `valid_until` does not; None is open (or not known).

    >>> Period("2013-04-01", None).holds("2013-03-31")
    False
    """

    valid_from: str | None
    valid_until: str | None

    def holds(self, at: str) -> bool:
        """Whether the day `at` (ISO text) lies in the period."""
        return (self.valid_from is None or self.valid_from <= at) and (
            self.valid_until is None or at < self.valid_until
        )

    def clip(self, other: Period) -> Period | None:
        """The days that lie in both periods, or None if there is none."""
        starts = [d for d in (self.valid_from, other.valid_from) if d is not None]
        ends = [d for d in (self.valid_until, other.valid_until) if d is not None]
        start, end = max(starts, default=None), min(ends, default=None)
        return None if start is not None and end is not None and start >= end else Period(start, end)


class Entity(NamedTuple):
    """One organisation, board, area, service or reform, with its own legal start and end."""

    id: str
    kind: str
    name: str
    valid_from: str | None
    valid_until: str | None
    from_precision: str = ""
    until_precision: str = ""
    status: str = "in_force"
    codes: tuple[tuple[str, str], ...] = ()
    source: str = ""
    locator: str = ""
    note: str = ""

    @property
    def period(self) -> Period:
        """The days on which it exists."""
        return Period(self.valid_from, self.valid_until)

    def in_force_on(self, at: str) -> bool:
        """Whether it is in force on a day; what was only planned is not, whichever day it was planned for.

        >>> Entity("icb:Q", "integrated_care_board", "", "2027-04-01", None, status="enacted").in_force_on("2027-05-01")
        False
        """
        return self.status not in PLANS and self.period.holds(at)

    @property
    def label(self) -> str:
        """Its name, or its code with a word that the name is not known."""
        return self.name or f"{self.id.partition(':')[2]} (name not known)"

    def to_json(self) -> dict[str, Any]:
        """The entity as scripts get it; `valid_until` is exclusive, null is open."""
        out: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "name": self.name or None,
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
            "codes": dict(self.codes),
        }
        for key in ("from_precision", "until_precision", "note"):
            if value := getattr(self, key):
                out[key] = value
        if self.status != "in_force":
            out["status"] = self.status
        if yours := whose(self.source):
            out["yours"] = yours
        return out


class Relationship(NamedTuple):
    """One cited statement: subject, verb, object, about what, for whom, as what, from when until when."""

    subject: str
    verb: str
    object: str
    about: str = ""
    population: str = ""
    basis: str = ""
    status: str = "in_force"
    valid_from: str | None = None
    valid_until: str | None = None
    from_precision: str = ""
    until_precision: str = ""
    stated_on: str | None = None
    share: float | None = None
    share_of: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_until)


class ChangeEvent(NamedTuple):
    """One change: on a date, by an instrument, predecessors became successors; by its status a plan has not yet."""

    id: str
    kind: str
    date: str | None
    precision: str = ""
    instrument: str = ""
    status: str = "in_force"
    stated_on: str | None = None
    source: str = ""
    locator: str = ""
    note: str = ""


class Succession(NamedTuple):
    """One predecessor and one successor of a change event; a blank side means none is known.

    `weight` is the share of what `counts` names that passed from the one to the other, and `number` how many
    they were. A pair is a `stray` (“yes”) if so few passed that the one took over next to nothing from the other.
    Its `status` is blank where it is as sure as its change.
    """

    event: str
    predecessor: str
    successor: str
    about: str = ""
    weight: float | None = None
    counts: str = ""
    number: float | None = None
    stray: str = ""
    status: str = ""
    stated_on: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The pair as scripts get it."""
        number = self.number if self.number is None or self.number % 1 else int(self.number)
        out = {**self._asdict(), "number": number, "stray": bool(self.stray)}
        for key in ("status", "stated_on"):
            if out[key] in (None, "", "in_force"):
                del out[key]
        return out


class Source(NamedTuple):
    """Who says so: a published table, an Act, an instrument, a document."""

    id: str
    title: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    attribution: str = ""
    as_of: str | None = None
    verified: str = "yes"
    note: str = ""

    def to_json(self, locator: str = "") -> dict[str, Any]:
        """The source as an answer cites it."""
        out: dict[str, Any] = {"source": self.id, "title": self.title, "locator": locator or None}
        out["url"] = self.url or None
        if yours := whose(self.id):
            out["yours"] = yours
        if self.verified != "yes":
            out["verified"] = False
        return out


class Rule(NamedTuple):
    """What is true of a whole kind: which kind of body commissions a service, for whom, as what, in which cases.

    `commissioner`, `accountable`, `on_behalf_of` and `acting_through` name a kind (the place decides which
    body of it) or one body; `acting_through` may name several. `coverage` is `all`, `only` or `except` these
    `bodies`, or `not_known` where the sources say “some” and not which; `bodies` are then those known to be out.
    """

    id: str
    service: str
    commissioner: str
    basis: str = ""
    accountable: str = ""
    on_behalf_of: str = ""
    acting_through: str = ""
    population: str = ""
    coverage: str = "all"
    bodies: str = ""
    status: str = "in_force"
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    stated_on: str | None = None
    instrument: str = ""
    instrument_verified: str = "yes"
    verified: str = "yes"
    source: str = ""
    locator: str = ""
    note: str = ""

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_until)


class Accountability(NamedTuple):
    """One step of accountability between kinds or bodies: who answers to, assures, regulates or advises whom.

    `coverage` and `bodies` say for which bodies it holds, as in a rule; `related` means those whose own
    relationships say so, `foundation_trusts` and `other_trusts` the trusts that bear the name or do not,
    `some_other_trusts` some of these.
    """

    id: str
    subject: str
    verb: str
    object: str
    about: str = ""
    basis: str = ""
    coverage: str = "all"
    bodies: str = ""
    status: str = "in_force"
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    stated_on: str | None = None
    instrument: str = ""
    instrument_verified: str = "yes"
    verified: str = "yes"
    source: str = ""
    locator: str = ""
    note: str = ""

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_until)


class Statement(NamedTuple):
    """One thing that a source document states, in our words: about whom, with what status, said when, at which line.

    `subject`, `object` and `about` name bodies by id, kinds, or others in plain words, several divided by
    “; ”. `document` names several where all of them lack a fact, or where they are compared. `series` and `part`
    say in which list of the document it stands; `due` is a deadline, to the day or the month as it was given;
    `contradicts` names the statements that say otherwise. Where `source` names several sources, `locator`
    has a part for each, divided by “ | ”.
    """

    id: str
    document: str
    topic: str
    subject: str = ""
    verb: str = ""
    object: str = ""
    about: str = ""
    text: str = ""
    value: str = ""
    unit: str = ""
    status: str = "in_force"
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    due: str = ""
    stated_on: str | None = None
    series: str = ""
    part: str = ""
    contradicts: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Place(NamedTuple):
    """Somewhere in England: a postcode, an outcode, a town or a council's area, as shares of areas.

    `described` names it with its kind and council, for a heading; `basis` is “estimated” where a point placed it.
    """

    text: str
    kind: str
    label: str
    parts: tuple[tuple[str, float], ...]
    share_of: str = ""
    notes: tuple[str, ...] = ()
    described: str = ""
    basis: str = ""
