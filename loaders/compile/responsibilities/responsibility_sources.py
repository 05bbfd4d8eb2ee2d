"""Where the rules of responsibility come from: the sources they cite, and the tables that stand beside them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.integrated_care.integrated_care_sources import REGISTER
from orgmap.loaders.compile.integrated_care.integrated_care_sources import SOURCES as REGISTER_SOURCES

TABLES = Path(__file__).parent / "responsibility_tables"
"""Tables written by hand: services and their everyday names, rules, steps of accountability, sources."""

SERVICES = "services-2026"
"""The list of services itself, ours."""

MEMORY = "general-knowledge"

_DOCUMENT = re.compile(r"seed (\d{3})_[0-9a-f]+\.txt lines? (\d+)")
_SEEN = re.compile(r"(S\d+): ")
_MEMORY_ONLY = "MEMORY ONLY"


def hand_table(name: str) -> list[dict[str, str]]:
    """The rows of one table written by hand."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _described() -> dict[str, dict[str, str]]:
    facts = {"verified": "yes", "note": "Facts only; nothing of the text is copied."}
    sources = {
        row["id"]: {k: v for k, v in row.items() if k not in ("matrix", "id") and v} | facts
        for row in hand_table("sources")
    }
    ours = {
        "title": "Services and the words people use for them, compiled for these tables",
        "as_of": "2026-11-22",
        "note": "Names, descriptions and groups are ours; which services there are follows the rules' sources.",
    }
    return {**sources, SERVICES: ours, REGISTER: REGISTER_SOURCES[REGISTER]}


SOURCES = _described()
"""Every source that this dataset alone brings: id → cells."""

_IDS = {row["matrix"]: row["id"] for row in hand_table("sources") if row["matrix"]}


def cited_in(cell: str, where: str) -> list[tuple[str, str]]:
    """The sources named in a cell of the compiled lists, each with the lines it gives, documents first.

    Raises `DataBroken` with `where` if part of the cell names no source that is described.

    >>> cited_in("seed 000_ab.txt line 41 | seed 000_ab.txt line 95 | S30: an Act <url>", "line 1")
    [('doc-000', 'lines 41, 95'), ('si-2012-2996', '')]
    """
    if cell.startswith(_MEMORY_ONLY):
        return [(MEMORY, "")]
    lines: dict[str, list[str]] = {}
    other = []
    for part in cell.split(" | "):
        if found := _DOCUMENT.fullmatch(part):
            lines.setdefault(f"doc-{found[1]}", []).append(found[2])
        elif (found := _SEEN.match(part)) and found[1] in _IDS:
            other.append((_IDS[found[1]], ""))
        else:
            raise DataBroken(f"{where}: “{part}” names no source that is described.")
    documents = [
        (document, f"line{'s' * (len(numbers) > 1)} {', '.join(numbers)}")
        for document, numbers in sorted(lines.items())
    ]
    return [*documents, *other]
