"""The words of the model, read from `graphmodel/terms`: kinds with their prefixes, verbs, kinds of change."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import WrongUse

TERMS = Path(__file__).parent / "terms"

NO_BODIES = frozenset({"area", "document", "milestone", "reform", "service"})
"""Kinds that are told apart in the graph and are no bodies: they do not begin or end by a reform."""

NOT_ENGLAND = frozenset({"local_health_board", "local_health_group", "welsh_practice"})
"""Kinds of bodies of Wales: in the graph because an English register lists them, no part of England's structure."""


class Kind(NamedTuple):
    """A kind of entity: whole singular noun, short prefix of its ids, words for people."""

    kind: str
    prefix: str
    label: str
    plural: str
    tier: str
    description: str


class Verb(NamedTuple):
    """A relationship's verb, with the words that read between subject and object, both ways."""

    verb: str
    forward: str
    backward: str
    description: str


class EventKind(NamedTuple):
    """A kind of change, with how many predecessors and successors it must have."""

    kind: str
    label: str
    predecessors: str
    successors: str
    description: str


class Population(NamedTuple):
    """For whom a service is commissioned: everyone present, those on a list, residents …"""

    population: str
    label: str
    description: str


def term_rows(name: str) -> list[list[str]]:
    """The rows of a table of `terms/`, its header left out."""
    with (TERMS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name.

    >>> kinds()["clinical_commissioning_group"].prefix
    'ccg'
    """
    return {row[0]: Kind(*row) for row in term_rows("kinds.csv")}


@cache
def verbs() -> dict[str, Verb]:
    """Every verb by its name.

    >>> verbs()["part_of"].backward
    'contains'
    """
    return {row[0]: Verb(*row) for row in term_rows("verbs.csv")}


@cache
def event_kinds() -> dict[str, EventKind]:
    """Every kind of change by its name.

    >>> event_kinds()["merged"].successors
    '1'
    """
    return {row[0]: EventKind(*row) for row in term_rows("event_kinds.csv")}


@cache
def populations() -> dict[str, Population]:
    """Every population by its name.

    >>> populations()["present"].label
    'everyone present in the area'
    """
    return {row[0]: Population(*row) for row in term_rows("populations.csv")}


@cache
def topics() -> dict[str, str]:
    """Every topic of a statement with what it takes in.

    >>> "not_stated" in topics()
    True
    """
    return {row[0]: row[2] for row in term_rows("topics.csv")}


@cache
def synonyms() -> dict[str, str]:
    """Other words for one thing, each with the word that stands for them all in a search.

    >>> synonyms()["clinical commissioning group"]
    'ccg'
    """
    return {words: row[0] for row in term_rows("synonyms.csv") for words in row[1].split("; ")}


@cache
def _by_prefix() -> dict[str, str]:
    # Several kinds may share a prefix; the first one is the usual one.
    return {kind.prefix: kind.kind for kind in reversed(kinds().values())}


@cache
def kinds_beside(kind: str) -> frozenset[str]:
    """The kinds whose ids look alike, this one among them: only the entity itself tells which it is.

    >>> sorted(kinds_beside("gp_practice"))[0], len(kinds_beside("integrated_care_board"))
    ('gp_practice', 1)
    """
    return frozenset(one.kind for one in kinds().values() if one.prefix == kinds()[kind].prefix)


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
