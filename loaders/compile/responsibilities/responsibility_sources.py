"""Where the rules of responsibility come from: the sources that the compiled lists cite."""

from __future__ import annotations

import re

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.curated import lookup

SERVICES = "services-2026"
"""The list of services itself, ours."""

MEMORY = "general-knowledge"

_DOCUMENT = re.compile(r"seed (\d{3})_[0-9a-f]+\.txt lines? (\d+)")
_SEEN = re.compile(r"(S\d+): ")
_MEMORY_ONLY = "MEMORY ONLY"


_IDS = lookup("responsibilities/list_sources")
"""The lists' numbers of their sources, and the sources."""


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
