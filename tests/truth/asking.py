"""The questions that the comparisons ask, all through `queries`: what a user would be told."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from weakref import WeakKeyDictionary

from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.show import show
from orgmap.queries.place.find import find
from orgmap.queries.table.annotate import Annotator, columns

_ANNOTATORS: WeakKeyDictionary[SqliteStore, Annotator] = WeakKeyDictionary()
ALL = Include.of(["shadow", "planned"])


def kinds_of(prefix: str) -> list[str]:
    """The kinds whose ids have a prefix."""
    return [kind.kind for kind in kinds().values() if kind.prefix == prefix] or [prefix]


def annotate(store: SqliteStore, cells: list[str], at: str) -> list[dict[str, str]]:
    """What `annotate` adds to a table of these cells on one day."""
    return annotate_days(store, [(cell, at) for cell in cells])


def annotate_days(store: SqliteStore, cells: list[tuple[str, str]]) -> list[dict[str, str]]:
    """What `annotate` adds to a table of cells with a day each."""
    if store not in _ANNOTATORS:
        _ANNOTATORS[store] = Annotator(store)
    rows = _ANNOTATORS[store].rows([list(cell) for cell in cells], 0, at_column=1)
    return [dict(zip(columns(), row[2:], strict=True)) for row in rows]


def code_of(body: str) -> str:
    """The code in a body's id.

    >>> code_of("ccg:10E")
    '10E'
    """
    return body.partition(":")[2]


@lru_cache(maxsize=200)
def bodies(store: SqliteStore, kind: str, at: str) -> dict[str, dict[str, object]]:
    """`list KIND --at DAY`: the bodies of the kinds of a prefix by id."""
    found = {}
    for one in kinds_of(kind):
        found |= {body["id"]: body for body in list_bodies(store, one, at)["bodies"]}
    return found


@lru_cache(maxsize=400)
def gss_on(store: SqliteStore, at: str, *prefixes: str) -> dict[str, str]:
    """The bodies of these kinds on a day by the GSS code of that day."""
    found = {}
    for prefix in prefixes:
        for body, told in bodies(store, prefix, at).items():
            if gss := told["codes"].get("gss"):  # type: ignore[attr-defined]
                found[gss] = body
    return found


@lru_cache(maxsize=400)
def gss_of(store: SqliteStore, at: str, *prefixes: str) -> dict[str, str]:
    """The GSS code of the day of each body of these kinds."""
    return {body: gss for gss, body in gss_on(store, at, *prefixes).items()}


@lru_cache(maxsize=60_000)
def roles(store: SqliteStore, place: str, at: str) -> dict[str, list[str]]:
    """`find PLACE --at DAY`: the ids by role, largest share first; blank if it is refused."""
    try:
        answer = find(store, place, at)
    except OrgmapError:
        return {}
    found: dict[str, list[str]] = {}
    for body in answer["bodies"]:
        found.setdefault(body["role"], []).append(body["id"])
    return found


def up(store: SqliteStore, body: str, at: str, *prefixes: str) -> str:
    """`show BODY --at DAY`: what the body belongs to on that day, of these kinds; blank if nothing, all if several."""
    return " ".join(_up(store, body, at).get(prefix, "") for prefix in prefixes).strip()


@lru_cache(maxsize=60_000)
def _up(store: SqliteStore, body: str, at: str) -> dict[str, str]:
    try:
        told = show(store, body, at)
    except OrgmapError:
        return {}
    found: dict[str, list[str]] = {}
    for fact in told["relations"]:
        if fact["subject"] == body and fact["verb"] in ("part_of", "member_of"):
            found.setdefault(fact["object"].partition(":")[0], []).append(fact["object"])
    return {prefix: " ".join(sorted(ids)) for prefix, ids in found.items()}


def same_name(one: str, other: str) -> bool:
    """Whether two names differ by nothing but case, punctuation, and the words for a body's kind."""
    return bare_name(one) == bare_name(other)


_KIND_WORDS: Iterable[tuple[str, str]] = (
    ("clinical commissioning group", "ccg"),
    ("integrated care board", "icb"),
    ("primary care trust", "pct"),
    ("primary care network", "pcn"),
    ("foundation trust", "ft"),
    ("strategic health authority", "sha"),
    ("area team", "at"),
    ("care trust", "ct"),
    ("national health service", "nhs"),
)
_NOISE = frozenset({"the", "nhs", "ccg", "icb", "pct", "pcn", "stp", "sha", "at", "ct", "teaching"})


def bare_name(name: str) -> str:
    """A name without case, punctuation and the words for its kind.

    >>> bare_name("NHS AIREDALE, WHARFEDALE & CRAVEN CCG")
    'airedale wharfedale and craven'
    """
    plain = normalise(name)
    for long, short in _KIND_WORDS:
        plain = plain.replace(long, short)
    return " ".join(word for word in plain.split() if word not in _NOISE)
