"""The compiled lists that the rules and steps were written from, for checking them back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from orgmap.loaders.published import read_table

HERE = Path(__file__).parent
MATRIX = "responsibility_matrix.csv"
CHAINS = "accountability_chains.csv"

COMMISSIONERS = {
    "PCT": "primary_care_trust",
    "CCG": "clinical_commissioning_group",
    "ICB": "integrated_care_board",
    "SHA": "strategic_health_authority",
    "NHS England": "national:nhs_england",
    "NHS Commissioning Board": "national:nhs_england",
    "upper-tier/unitary local authority": "upper_tier_council",
    "Secretary of State (DH/DHSC)": "national:secretary_of_state",
    "Public Health England": "national:public_health_england",
    "UK Health Security Agency": "national:uk_health_security_agency",
    "Ministry of Defence (DMS)": "national:ministry_of_defence",
}
"""The list's words that name one kind or body; other words name several, and the rules divide them."""

BASES = {
    "statutory": ("statutory", "joint"),
    "statutory (legacy)": ("statutory",),
    "statutory (mandated step)": ("statutory",),
    "statutory (five mandated reviews)": ("statutory",),
    "statutory (discretionary within s2B)": ("statutory",),
    "statutory (discretionary within s2B; grant condition)": ("statutory",),
    "delegated": ("delegated",),
    "joint": ("joint",),
    "on behalf of Secretary of State (s7A)": ("on_behalf_of",),
    "delegated inside NHSE / joint with CCGs and councils": ("joint",),
    "customer": ("administrative",),
    "in-house": ("administrative",),
    "provider": (),
}
"""The list's 13 kinds of role and the bases they may have; a provider does not commission."""

IN_OTHER_WORDS = (
    ("S22 states", "the source states"),
    ("S74 only shows", "the source only shows"),
    ("seed lists", "the document lists"),
    ("seed names", "the document names"),
    ("from S22", "from the source"),
    ("in S22", "in the source"),
    ('; exact day 2027-04-01 assumed from "April 2027"; Bill not law', ""),
    ('exact day 2027-04-01 assumed from "April 2027"; Bill not law', ""),
    ("PRN02352", "the direct commissioning update"),
    ("GBP ", "£"),
)
"""Words of the lists that only their compilers understand, or that a rule says in its own columns."""


def listed_rows(published: Path, name: str) -> dict[str, dict[str, str]]:
    """The rows of a compiled list by their id, each with the place where it stands."""
    path = published / "facts" / name
    found = read_table(path, "row_id", "valid_from", "valid_to", "source", "memory_part")
    return {row["row_id"]: {**row, "where": f"{path}:{line}"} for line, row in found}


def row_of(rule: str) -> str:
    """The row of the list that a rule or step is made from: RM011a is part of RM011."""
    return rule.rstrip("abcdefgh")


def verified(row: dict[str, str]) -> str:
    """Whether a row's substance was seen in a source: yes, partly or no."""
    return {"seen": "yes", "part": "partly", "memory": "no"}[row["confidence"]]


def unverified_words(row: dict[str, str]) -> str:
    """What nobody has seen in a source, as a sentence, or nothing."""
    words = row["memory_part"]
    for old, new in IN_OTHER_WORDS:
        words = words.replace(old, new)
    if row["source"].startswith("MEMORY ONLY") or words.startswith("whole"):
        return "Not verified against a source."
    return f"Not verified against a source: {words}." if words else ""


def own_table(name: str) -> list[dict[str, str]]:
    """A table that stands beside the tests."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MEMORY = "general-knowledge"
_DOCUMENT = re.compile(r"seed (\d{3})_[0-9a-f]+\.txt lines? (\d+)")
_SEEN = re.compile(r"(S\d+): ")
_IDS = {row["list"]: row["source"] for row in own_table("responsibility_list_sources")}


def cited_in(cell: str) -> set[str]:
    """The sources named in a cell of the lists."""
    if cell.startswith("MEMORY ONLY"):
        return {MEMORY}
    found = set()
    for part in cell.split(" | "):
        if document := _DOCUMENT.fullmatch(part):
            found.add(f"doc-{document[1]}")
        else:
            seen = _SEEN.match(part)
            assert seen, part
            found.add(_IDS[seen[1]])
    return found
