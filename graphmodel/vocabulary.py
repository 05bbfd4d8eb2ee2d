"""The words of the model, read from `graphmodel/terms`: kinds with their prefixes, verbs, kinds of change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.graphmodel.term_tables import laid_over_rows, remembered, term_rows


class Kind(NamedTuple):
    """A kind of entity, and all that the questions know of it: `terms/kind_facets.csv` says what the words mean.

    `standing` is what it is by law, `reach` whose area it has, `roles` what it can be for a place, `climbs` which
    bodies have a role for a place because it has (`above`: what it is part or a member of), `ranking` what it counts
    beside its name in a search, `traits` what else is asked of it.
    """

    kind: str
    prefix: str
    label: str
    plural: str
    short: str
    tier: str
    standing: str
    reach: str
    roles: tuple[str, ...]
    climbs: tuple[str, ...]
    ranking: float
    traits: frozenset[str]
    description: str

    @classmethod
    def of(cls, row: list[str]) -> Kind:
        """The kind that a row of `kinds.csv` tells."""
        cells: dict[str, Any] = dict(zip(cls._fields, row, strict=True))
        cells |= {column: tuple(cells[column].split()) for column in ("roles", "climbs")}
        return cls(
            **{**cells, "ranking": float(cells["ranking"]), "traits": frozenset(cells["traits"].split())}
        )


class Role(NamedTuple):
    """What a body can be for a place, the NHS's or the council's side; the column that `annotate` gives it, and with
    what (name, codes); the part of a guide that tells it."""

    role: str
    side: str
    column: str
    codes: tuple[str, ...]
    meaning: str
    guide: str


class Verb(NamedTuple):
    """A relationship's verb, with the words that read between subject and object, both ways."""

    verb: str
    forward: str
    backward: str
    description: str


class EventKind(NamedTuple):
    """A kind of change, with how many predecessors and successors it must have.

    `ends` is “yes” if it ends its predecessors, `begins` if its successors are there on its day; else “no”.
    `reaches` says whose area the bodies that may have it have; blank: any body may.
    """

    kind: str
    label: str
    predecessors: str
    successors: str
    ends: str
    begins: str
    reaches: str
    description: str


class Population(NamedTuple):
    """For whom a service is commissioned: everyone present, those on a list, residents …

    `part` is “yes” where it is only a part of the people of any place, such as those who are detained.
    """

    population: str
    label: str
    description: str
    part: str = ""


class Declared(dict[str, Kind]):
    """Kinds by their names; one that is not declared is refused in words, as a graph may know of it."""

    def __missing__(self, kind: str) -> Kind:
        raise DataBroken(
            f"The kind “{kind}” is not declared. Lay the tables over that declare it: --with FOLDER."
        )


@remembered
def kinds() -> dict[str, Kind]:
    """Every kind by its name.

    >>> kinds()["clinical_commissioning_group"].prefix
    'ccg'
    """
    found = {row[0]: Kind.of(row) for row in term_rows("kinds.csv")}
    # No kind of ours can name a user's in `climbs`: theirs say themselves that they stand for their members' places.
    own = [found[row[0]] for row in laid_over_rows("kinds.csv")]
    leading = tuple(one.kind for one in own if one.roles and one.reach in ("members", "councils"))
    return Declared(
        (name, kind if "above" in kind.climbs else kind._replace(climbs=(*kind.climbs, *leading)))
        for name, kind in found.items()
    )


@remembered
def roles() -> dict[str, Role]:
    """Every role that a body can have for a place, in the order in which they are told.

    >>> list(roles())[0]
    'commissioner'
    """
    rows = term_rows("roles.csv")
    return {
        role: Role(role, side, column, tuple(codes.split()), meaning, guide)
        for role, side, column, codes, meaning, guide in rows
    }


@remembered
def facets() -> dict[tuple[str, str], str]:
    """Every word that tells something of a kind, by the column it stands in, with its meaning."""
    return {(row[0], row[1]): row[2] for row in term_rows("kind_facets.csv")}


@remembered
def kinds_with(trait: str) -> tuple[str, ...]:
    """The kinds that have a trait, in the order of the vocabulary.

    >>> kinds_with("local_commissioner")[:2]
    ('primary_care_group', 'primary_care_trust')
    """
    assert ("traits", trait) in facets(), f"“{trait}” is no trait of kinds"
    return tuple(kind.kind for kind in kinds().values() if trait in kind.traits)


def has(kind: str, trait: str) -> bool:
    """Whether a kind has a trait.

    >>> has("upper_tier_council", "social_care")
    True
    """
    return kind in kinds_with(trait)


def reach_of(kind: str) -> str:
    """Whose area a kind of body has; blank for what is no kind.

    >>> reach_of("nhs_trust")
    'postcode'
    """
    return kinds()[kind].reach if kind in kinds() else ""


@remembered
def kinds_reaching(*reaches: str) -> tuple[str, ...]:
    """The kinds whose area is told in one of these ways."""
    assert all(("reach", reach) in facets() for reach in reaches), f"{reaches}: no such reach"
    return tuple(kind.kind for kind in kinds().values() if kind.reach in reaches)


@remembered
def kinds_in_role(side: str) -> tuple[str, ...]:
    """The kinds that have a role for a place on one side, the council's or the NHS's.

    >>> "local_healthwatch" in kinds_in_role("local_government")
    True
    """
    return tuple(
        kind.kind for kind in kinds().values() if any(roles()[role].side == side for role in kind.roles)
    )


@remembered
def the_kind(trait: str) -> str:
    """The first kind with a trait that only one kind has, or only one that is meant without another word.

    >>> the_kind("care")
    'service'
    """
    return kinds_with(trait)[0]


@remembered
def practice_kind() -> str:
    """The kind of body with a list of people: a GP practice."""
    return kinds_reaching("list")[0]


@remembered
def national_kind() -> str:
    """The kind of body that works for the whole country."""
    return kinds_reaching("country")[0]


@remembered
def things() -> frozenset[str]:
    """Kinds that are told apart in the graph and are no bodies: they do not begin or end by a reform.

    >>> sorted(things())[0]
    'area'
    """
    return frozenset(kind.kind for kind in kinds().values() if kind.standing == "thing")


@remembered
def unions() -> tuple[str, ...]:
    """Kinds that are nothing but their members and have no role for a place themselves: the members have it."""
    return tuple(kind for kind in kinds_with("made_of_members") if not kinds()[kind].roles)


@remembered
def paired(kind: str, relation: str) -> tuple[str, ...]:
    """The kinds that a kind stands in a relation with (see `kind_pairs.csv`), in the order of the vocabulary.

    >>> paired("strategic_health_authority", "yields_to")
    ('primary_care_trust',)
    """
    others = {row[2] for row in term_rows("kind_pairs.csv") if row[:2] == [kind, relation]}
    return tuple(other for other in kinds() if other in others)


@remembered
def in_place_of(kind: str) -> tuple[str, ...]:
    """A kind and those that came in its place, or it in theirs, in the order of the vocabulary.

    >>> in_place_of("local_office")
    ('area_team', 'local_office')
    """
    pairs = [{row[0], row[2]} for row in term_rows("kind_pairs.csv") if row[1] == "in_place_of"]
    near = {kind}.union(*(pair for pair in pairs if kind in pair))
    return tuple(one for one in kinds() if one in near)


@remembered
def kind_notes(where: str) -> dict[str, str]:
    """What must be said of kinds in one sort of answer: under whom a practice is listed, a picture's legend."""
    return {row[0]: row[2] for row in term_rows("kind_notes.csv") if row[1] == where}


@remembered
def verbs() -> dict[str, Verb]:
    """Every verb by its name.

    >>> verbs()["part_of"].backward
    'contains'
    """
    return {row[0]: Verb(*row) for row in term_rows("verbs.csv")}


@remembered
def event_kinds() -> dict[str, EventKind]:
    """Every kind of change by its name.

    >>> event_kinds()["merged"].successors
    '1'
    """
    return {row[0]: EventKind(*row) for row in term_rows("event_kinds.csv")}


@remembered
def populations() -> dict[str, Population]:
    """Every population by its name.

    >>> populations()["present"].label
    'everyone present in the area'
    """
    return {row[0]: Population(*row) for row in term_rows("populations.csv")}


@remembered
def topics() -> dict[str, str]:
    """Every topic of a statement with what it takes in.

    >>> "not_stated" in topics()
    True
    """
    return {row[0]: row[2] for row in term_rows("topics.csv")}


@remembered
def synonyms() -> dict[str, str]:
    """Other words for one thing, each with the word that stands for them all in a search.

    >>> synonyms()["clinical commissioning group"]
    'ccg'
    """
    return {words: row[0] for row in term_rows("synonyms.csv") for words in row[1].split("; ")}


@remembered
def _by_prefix() -> dict[str, str]:
    # Several kinds may share a prefix; the first one is the usual one.
    return {kind.prefix: kind.kind for kind in reversed(kinds().values())}


@remembered
def kinds_beside(kind: str) -> frozenset[str]:
    """The kinds whose ids look alike, this one among them: only the entity itself tells which it is.

    >>> sorted(kinds_beside("gp_practice"))[0], len(kinds_beside("integrated_care_board"))
    ('gp_practice', 1)
    """
    return frozenset(one.kind for one in kinds().values() if one.prefix == kinds()[kind].prefix)


@remembered
def _of_prefix() -> dict[str, Kind]:
    return {prefix: kinds()[kind] for prefix, kind in _by_prefix().items()}


_UNKNOWN = Kind("", "", "", "", "", "", "", "", (), (), 0.0, frozenset(), "")


def of_id(entity_id: str) -> Kind:
    """All that is known of the kind that an id's prefix names (see `kind_of`); a kind of blanks for no prefix of ours.

    >>> of_id("trust:RVV").reach, of_id("xyz:1").reach
    ('postcode', '')
    """
    return _of_prefix().get(entity_id.partition(":")[0], _UNKNOWN)


def id_of(trait: str, code: str) -> str:
    """The id of an entity of the kind that has a trait.

    >>> id_of("text", "003")
    'doc:003'
    """
    return f"{kinds()[the_kind(trait)].prefix}:{code}"


def kind_of(entity_id: str) -> str | None:
    """The kind that an id's prefix names, or None if the prefix is not one of ours.

    Where several kinds share a prefix (see `kinds_beside`) it is the usual one; the entity's own kind tells.

    >>> kind_of("ccg:10E")
    'clinical_commissioning_group'
    """
    return _by_prefix().get(entity_id.partition(":")[0])


def parse_kind(text: str) -> str:
    """Turns a kind, its prefix or its words (“ccg”, “Clinical commissioning groups”) into the kind.

    Raises `WrongUse` and names the kinds that come nearest.

    >>> parse_kind("ccg")
    'clinical_commissioning_group'
    """
    if text in kinds():
        return text
    clean = _as_kind(text)
    for kind in kinds().values():
        words = (_as_kind(kind.label), _as_kind(kind.plural))
        if clean in (kind.kind, kind.prefix, f"{kind.prefix}s", f"{kind.kind}s", *words):
            return kind.kind
    from difflib import get_close_matches

    near = get_close_matches(clean, {**kinds(), **_by_prefix()}, n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else f" Kinds: {', '.join(sorted(_by_prefix()))}."
    raise WrongUse(f"“{text}” is not a kind of body.{hint}")


Kinds = Iterable[str] | str | None
"""Kinds of body that may be meant, as people write them: one, several, or None for all."""


def chosen_kinds(meant: Kinds) -> frozenset[str] | None:
    """The kinds among which a body is looked for; None for all. Raises `WrongUse` for what is not a kind.

    >>> chosen_kinds("ccg")
    frozenset({'clinical_commissioning_group'})
    """
    if meant is None:
        return None
    return frozenset(map(parse_kind, [meant] if isinstance(meant, str) else meant))


def _as_kind(words: str) -> str:
    return words.strip().lower().replace("-", "_").replace(" ", "_")
