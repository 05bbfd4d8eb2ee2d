"""The vocabulary, the drawn worlds and the specification with every kind under another name: for `test_renamed.py`.

A question that leans on the name of a kind, rather than on what the vocabulary says of it, answers something else when
that name is another one. So the tests of `spec/` are copied with every kind, every prefix and every role that is called
like a kind written differently, and run on a vocabulary in which they are called so. The code stays as it is.
"""

from __future__ import annotations

import csv
import re
import shutil
from functools import cache
from pathlib import Path

from orgmap.graphmodel.term_tables import TERMS
from orgmap.graphmodel.vocabulary import kinds
from tests.running import ROOT

KIND_COLUMNS = {
    "kinds.csv": ("kind", "roles", "climbs"),
    "roles.csv": ("role", "column"),
    "kind_pairs.csv": ("kind", "other"),
    "kind_notes.csv": ("kind",),
    "format_words.csv": ("cell", "kind"),
}
"""The columns of the vocabulary in which kinds stand, or roles that are called like them."""

PREFIX_COLUMNS = {
    "kinds.csv": ("prefix",),
    "kind_words.csv": ("kinds",),
    "leaning_words.csv": ("kinds",),
    "one_at_a_time.csv": ("subjects", "objects"),
}


def renamed(kind: str) -> str:
    """Another name for a kind, or for a prefix."""
    return f"x{kind}" if kind.lower() in prefixes() else f"some_{kind}"


@cache
def prefixes() -> frozenset[str]:
    """Every prefix; a word that is a prefix and a kind is renamed as a prefix."""
    return frozenset(kind.prefix for kind in kinds().values())


@cache
def _in_text() -> re.Pattern[str]:
    # A kind of several words is one wherever it stands, also in a column that is called after it; a kind of one word
    # only where a kind is meant.
    several = "|".join(sorted((kind for kind in kinds() if "_" in kind), key=len, reverse=True))
    single = "|".join(kind for kind in kinds() if "_" not in kind)
    prefix = "|".join(sorted(prefixes(), key=len, reverse=True))
    english = {"at", "lo", "doc", "link", *(word for kind in kinds().values() for word in kind.label.split())}
    letters = "|".join(sorted({kind.prefix for kind in kinds().values()} - english, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?P<several>{several})(?=(?:_name|_code|_gss)?(?!\w))"
        rf"|(?:(?<![\w-])|(?<=\\n))(?P<prefix>{prefix})(?=:[\w{{])"
        rf"|(?<=\[\"kind\"\] == \")(?P<compared>{single})(?=\")"
        rf"|(?<=kinds=frozenset\(\{{\")(?P<single>{single})(?=\")"
        rf"|(?<=\")(?P<typed>{letters})(?=\")|(?<=about\": \")(?P<capitals>{letters.upper()})(?=\")"
    )


def rename_text(text: str) -> str:
    """A test, or a drawn world, with its kinds and the prefixes of its ids renamed."""
    return _in_text().sub(lambda found: renamed(found.group()), text)


def write_terms(folder: Path) -> None:
    """The vocabulary's tables with every kind and prefix renamed."""
    shutil.copytree(TERMS, folder)
    known = {*kinds(), *prefixes()}
    for name in {*KIND_COLUMNS, *PREFIX_COLUMNS}:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in (*KIND_COLUMNS.get(name, ()), *PREFIX_COLUMNS.get(name, ())):
                own = kinds() if column in KIND_COLUMNS.get(name, ()) else known
                row[column] = " ".join(renamed(word) if word in own else word for word in row[column].split())
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def write_tests(folder: Path) -> None:
    """The specification and what it draws its worlds with, renamed; helpers of the tests as they are."""
    shutil.copytree(ROOT / "tests", folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (
        *(folder / f"{name}.py" for name in ("worlds", "kent", "mine", "approvals")),
        *sorted((folder / "spec").rglob("*.py")),
    ):
        path.write_text(rename_text(path.read_text(encoding="utf-8")), encoding="utf-8")
