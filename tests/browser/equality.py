"""Pairs of a place and a day drawn by chance, and what Python answers for them, as the page's hook writes it."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from orgmap.graph import Graph
from orgmap.graphmodel.errors import Ambiguous, NothingFound

ROOT = Path(__file__).resolve().parents[2]
FIRST, LAST = date(2010, 4, 1), date(2028, 6, 30)
"""The days for which a place has bodies, and past the last plan."""

Pair = tuple[str, str]


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the project's tables."""
    path = ROOT / "data" / f"{name}.csv"
    packed = path.with_name(f"{path.name}.gz")
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"), newline="")))


def names(drawn: Random, number: int, whole: bool) -> list[str]:
    """Names of places of every kind: towns and parishes, outcodes, councils, practices, bodies that once were.

    Towns and parishes with the council and what they are ("Glossop, High Peak (town)"), or by their bare names.
    """
    rows = table("places/place_names")
    towns = sorted({_typed(row) for row in rows} if whole else {row["name"] for row in rows})
    outcodes = sorted({row["outcode"] for row in table("places/postcodes")})
    ids = sorted(row["id"] for folder in _FOLDERS for row in table(f"{folder}/entities"))
    practices = [one.partition(":")[2] for one in ids if one.startswith("practice:")]
    bodies = [one for one in ids if one.partition(":")[0] in _PREFIXES]
    kinds: Sequence[Sequence[str]] = (towns, towns, outcodes, practices, bodies)
    return [drawn.choice(kinds[turn % len(kinds)]) for turn in range(number)]


def _typed(row: dict[str, str]) -> str:
    kind = row["kind"].partition(" (")[0]
    name = row["called"] or row["name"]
    return f"{name}, {row['within']} ({kind})" if kind in _LOCAL else f"{name} ({kind})"


_LOCAL = ("town", "place", "parish", "neighbourhood", "ward")
_FOLDERS = (
    "clinical_commissioning_groups",
    "primary_care_trusts",
    "integrated_care",
    "councils",
    "practices",
)
_PREFIXES = ("ccg", "pct", "icb", "council", "district")


def days(graph: Graph, drawn: Random, number: int) -> list[str]:
    """Days by chance, half of them the day of a reform or the day before it."""
    reforms = [date.fromisoformat(row["valid_from"]) for row in graph.reforms()]
    turns = [day - timedelta(days=before) for day in reforms for before in (0, 1) if FIRST < day <= LAST]
    span = (LAST - FIRST).days
    return [
        (drawn.choice(turns) if turn % 2 else FIRST + timedelta(days=drawn.randrange(span))).isoformat()
        for turn in range(number)
    ]


def pairs(graph: Graph, number: int, seed: int, whole: bool = True) -> list[Pair]:
    """So many places, each with a day; the same seed draws the same."""
    drawn = Random(seed)
    return list(zip(names(drawn, number, whole), days(graph, drawn, number), strict=True))


def found(graph: Graph, place: str, day: str, include: Sequence[str] = ()) -> Any:
    """The bodies of a place in the command's order; none where nothing is found, "which" where it asks which one."""
    try:
        answer = graph.find(place, day, include=tuple(include))
    except NothingFound:
        return []
    except Ambiguous:
        return "which"
    return [[row["role"], row["id"], round(row.get("share", 1), 4)] for row in answer]


def commissioned(graph: Graph, service: str, place: str, day: str) -> Any:
    """Who commissions a service for a place: ids of commissioners with those they act through.

    `None` where the word stands for several services, of which one must be named.
    """
    try:
        answer = graph.who(service, place, day)
    except NothingFound:
        return []
    except Ambiguous:
        return None
    return sorted(
        [row["commissioner"]["id"], sorted(one["id"] for one in row["acting_through"]), row["basis"]]
        for row in answer
    )
