"""Where the facts stand that an answer rests on: document and lines, or source."""

from __future__ import annotations

import re
from typing import Any

from orgmap.queries.records.facts import Fact


def evidence_of(fact: Fact) -> dict[str, Any]:
    """Where a fact stands: its document and lines, or its source."""
    return {
        "id": fact.id,
        "origin": fact.origin,
        "document": fact.document or None,
        "lines": _lines(fact.locator),
        "source": fact.source,
        "locator": fact.locator,
        "text": fact.text,
    }


def _lines(locator: str) -> list[int]:
    """The numbers of the lines that a locator names.

    >>> _lines("NHS Commissioning Board (b), lines 86, 88 | The NHS Commissioning Board, line 118")
    [86, 88, 118]
    """
    found: list[int] = []
    for part in re.split(r" [|] |; ", locator):
        for first, last in re.findall(
            r"([0-9]+)(?:[-–]([0-9]+))?", part.rpartition("line")[2] if "line" in part else ""
        ):
            found += range(int(first), int(last or first) + 1)
    return found
