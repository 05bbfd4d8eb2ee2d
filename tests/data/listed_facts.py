"""The statements of the five documents as they were listed before any row was written: each with its lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from tests.data.one_dataset import SHARED

FILES = ("seed_facts_000_001_002.yaml", "seed_facts_003_004.yaml")

BESIDE = frozenset("documents organisations geographies artefacts systems".split())
"""Lists of what the statements are about: an item is told where a statement cites one of its lines."""

NOT_STATED_THERE = frozenset({"outside_the_documents", "meta"})
"""What the lists add from elsewhere; it is in none of the documents and so in none of our tables."""

Place = tuple[str, int]
"""A document and a line of it."""


class Facts(NamedTuple):
    """The listed items: the list that each stands in, and the places that it cites."""

    list_of: dict[str, str]
    lines: dict[str, set[Place]]


def read_facts() -> Facts:
    """Both lists of statements."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    facts = Facts({}, {})
    for file in FILES:
        told = yaml.load((SHARED / "facts" / file).read_text(encoding="utf-8"), Loader=loader)
        for name in told.keys() - NOT_STATED_THERE:
            for item in told[name]:
                facts.list_of.setdefault(item["id"], name)
                facts.lines.setdefault(item["id"], set()).update(_places(item))
    return facts


def _places(item: dict[str, Any]) -> Iterator[Place]:
    """Every place that an item cites; ids that two lists share are kept apart by the documents they are of."""
    for one in item.get("evidence") or ():
        yield one["file"][:3], int(one["line"])
    if item.get("lines") and item.get("loc"):
        yield item["source"][:3], int(item["lines"][0])
    for part in ("transitions", "second_quote"):
        inner = item.get(part) or []
        for one in inner if isinstance(inner, list) else [inner]:
            yield from _places(one)
