"""What a store of facts can be asked; every store answers the same, and every question asks only this."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from orgmap.graphmodel.listed import Listed
from orgmap.graphmodel.model import (
    IN_FORCE,
    STATUSES,
    Accountability,
    ChangeEvent,
    Entity,
    Include,
    Relationship,
    Rule,
    Source,
    Statement,
    Succession,
)
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.stores.postcode_words import PostcodeRow as PostcodeRow


class Dated(NamedTuple):
    """A dated word about an entity: a name, an identifier, a postcode or a status."""

    value: str
    sort: str
    valid_from: str | None
    valid_until: str | None
    from_precision: str = ""
    until_precision: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Details(NamedTuple):
    """All that is known of one entity beside its relationships and events."""

    names: list[Dated]
    identifiers: list[Dated]
    locations: list[Dated]
    phases: list[Dated]


class NamedEntity(NamedTuple):
    """A name that matched a search, with the entity that has or had it."""

    id: str
    name: str
    use: str


class PlaceName(NamedTuple):
    """A named place and the share of its people that live in one area.

    `within` is its council and `county` its county; `people` ranks namesakes (None: not known) and is shown to
    nobody; `near` names the councils whose border is near; `called` is its whole name, if this is another;
    `basis` is “estimated” where it was placed by a point.
    """

    name: str
    kind: str
    within: str
    code: str
    share: float
    county: str = ""
    people: float | None = None
    near: str = ""
    called: str = ""
    basis: str = ""
    note: str = ""


class CodedPart(NamedTuple):
    """A place that has a code, and its people in one area; a neighbourhood of 2011 has no `kind`."""

    name: str
    kind: str
    within: str
    area: str
    population: float


class About(NamedTuple):
    """What a store holds: one row a dataset, with its horizon, which kinds it brings, and since when it knows names.

    On days before `names_from` a body bears the oldest name known. `changes_left_out` says in a sentence which
    successions the dataset does not tell, though they happened.
    """

    dataset: str
    title: str
    horizon: str
    as_of: str
    kinds: tuple[str, ...]
    names_from: str = ""
    changes_left_out: str = ""


def each_source(cells: Iterable[str]) -> set[str]:
    """The sources that cells name: one may name several, divided by blanks.

    >>> sorted(each_source(["hsca-2012", "hca-2022 hsca-2012"]))
    ['hca-2022', 'hsca-2012']
    """
    return {one for cell in cells for one in cell.split()}


class Store(Protocol):
    """Keeps facts and gives them back; `at` is a day (ISO text), `not_at` a second day on which a row must not hold.

    Rows come sorted, so that the same question gets the same answer from every store.
    """

    def entities(
        self,
        *,
        ids: Iterable[str] | None = None,
        kind: str | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Entity]:
        """Entities by id or kind: with `at`, those of that day under that day's names and codes; without, all.

        What a plan alone knows is in force on no day: it bears its status, and `include` must ask for it.
        """

    def entities_on(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Entity]]:
        """Entities by day and id: those of these ids that were in force on each day, under its names and codes."""

    def relationships(
        self,
        *,
        subjects: Iterable[str] | None = None,
        objects: Iterable[str] | None = None,
        verbs: Iterable[str] | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Relationship]:
        """Statements by subject, object and verb."""

    def events(
        self,
        *,
        ids: Iterable[str] | None = None,
        after: str | None = None,
        until: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[tuple[ChangeEvent, list[Succession]]]:
        """Change events, each with all its successions: of these bodies, or dated after one day until another."""

    def rules(self, services: Iterable[str] | None = None) -> list[Rule]:
        """Rules of these services, or all, by id."""

    def accountability(self) -> list[Accountability]:
        """Every step of accountability between kinds or bodies, by id."""

    def statements(self) -> list[Statement]:
        """What the source documents state, by id."""

    def plans(self) -> list[Plan]:
        """What was planned, one row for each statement of a plan, by id."""

    def listed(self, record: type[Listed]) -> list[Listed]:
        """All rows of a table that is read as a list, such as milestones or seats, by id: see `graphmodel.listed`."""

    def details(self, entity: str) -> Details:
        """Dated names, identifiers, postcodes and statuses of one entity."""

    def sources(self, ids: Iterable[str] | None = None) -> dict[str, Source]:
        """Sources by id; all of them without ids."""

    def ids_of_code(self, code: str) -> list[str]:
        """Entities that ever had that register code (in any letter case)."""

    def ids_of_name(self, normalised: str) -> list[str]:
        """Entities that ever had exactly that name, alias or abbreviation, normalised."""

    def named(self, forms: list[str]) -> list[NamedEntity]:
        """Names that have one of these forms (see `orgmap.graphmodel.naming.name_forms`), with the entity of each."""

    def names_with(self, words: list[str]) -> list[NamedEntity]:
        """Names in which every given word begins some word."""

    def words(self) -> list[str]:
        """Every word that stands in a name."""

    def postcodes(self, postcodes: list[str]) -> dict[str, PostcodeRow]:
        """The known ones of these postcodes (without space)."""

    def outcodes(self) -> list[str]:
        """Every outcode of which postcodes are listed, in order."""

    def of_outcode(self, outcode: str, digit: str = "") -> dict[PostcodeRow, int]:
        """How many postcodes of an outcode, or of its sector with this digit, are told alike by the lists."""

    def coded(self, code: str) -> list[CodedPart]:
        """The areas of a small area, neighbourhood, ward, county or region, by its code in capitals."""

    def neighbourhoods(self, codes: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """The areas of each of these LSOAs or MSOAs with its people in each, in order; one not known has none."""

    def standing_in(self, areas: Iterable[str], at: str, known: str = "") -> list[str]:
        """Entities in force on a day whose postcode lay in these areas on it, with most of its neighbourhood's people;
        by the lists of postcodes that were known on the day `known`, else by all."""

    def populations(self) -> dict[str, float]:
        """People in each area, mid-2020."""

    def place_names(self, form: str) -> list[PlaceName]:
        """Regions, counties, towns, wards, parishes and neighbourhoods of exactly that name, in `place_form`."""

    def place_forms(self) -> list[str]:
        """The name of every place, in `place_form`."""

    def about(self) -> list[About]:
        """The datasets that the store was built from."""

    def close(self) -> None:
        """Gives up the file or the connection."""


class TellsEnds(Protocol):
    """A store that tells the two ends of statements without making the statements."""

    def ends(
        self,
        *,
        subjects: Iterable[str] | None = None,
        objects: Iterable[str] | None = None,
        verbs: Iterable[str] | None = None,
        at: str | None = None,
    ) -> list[tuple[str, str]]:
        """See `ends_of`."""


def ends_of(
    store: Store,
    *,
    subjects: Iterable[str] | None = None,
    objects: Iterable[str] | None = None,
    verbs: Iterable[str] | None = None,
    at: str | None = None,
) -> list[tuple[str, str]]:
    """The subject and the object of each statement in force, in the order of `Store.relationships`.

    Who asks nothing else of the statements asks this: the embedded store need not read the rest.
    """
    # Not what a protocol that checks itself would ask: that looks at every method each time.
    tells: TellsEnds | None = store if hasattr(store, "ends") else None  # type: ignore[assignment]
    if tells is not None:
        return tells.ends(subjects=subjects, objects=objects, verbs=verbs, at=at)
    found = store.relationships(subjects=subjects, objects=objects, verbs=verbs, at=at)
    return [(fact.subject, fact.object) for fact in found]


def entity_order(entity: Entity) -> tuple[str, ...]:
    """The order in which every store gives entities back; a body may stand there once for each status."""
    return (entity.id, entity.valid_from or "", entity.status)


def surest(lives: Iterable[Entity]) -> dict[str, Entity]:
    """Each body once, by id: as in force if it was, else with the surest of its statuses."""
    found: dict[str, Entity] = {}
    for life in sorted(lives, key=lambda one: STATUSES.index(one.status)):
        found.setdefault(life.id, life)
    return found


def place_order(place: PlaceName) -> tuple[str, ...]:
    """The order in which every store gives the rows of a name back."""
    return (place.name, place.kind, place.within, place.called, place.code)


def shown_events(
    found: Iterable[tuple[ChangeEvent, Iterable[Succession]]], ids: Iterable[str] | None, include: Include
) -> list[tuple[ChangeEvent, list[Succession]]]:
    """Change events as every store gives them back: those that may be told, with the parts that may, in order.

    With `ids` only those in which one of these bodies still has a part.
    """
    wanted = None if ids is None else set(ids)
    shown = []
    for event, parts in found:
        kept = [part for part in parts if include.shows(part.status)]
        if not include.shows(event.status):
            continue
        if wanted is None or any({part.predecessor, part.successor} & wanted for part in kept):
            shown.append(
                (event, sorted(kept, key=lambda part: (part.predecessor, part.successor, part.about)))
            )
    return sorted(shown, key=lambda pair: (pair[0].date or "", pair[0].id))


def relationship_order(fact: Relationship) -> tuple[str, ...]:
    """The order in which every store gives relationships back."""
    return (
        fact.subject,
        fact.verb,
        fact.object,
        fact.about,
        fact.valid_from or "",
        fact.population,
        fact.basis,
        fact.status,
        fact.valid_until or "9999",
        fact.stated_on or "",
        fact.source,
    )
