"""Compares every published table with the graph and writes the page: `python -m tests.truth SHARED PAGE`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parent

ORDER = (
    "practices networks commissioners registers_of_commissioners trusts_and_lists councils council_history"
    " neighbourhoods postcodes people"
).split()
"""The sections in the order of the page; other modules of this folder that have figures follow by name."""

OPENING = """# How often the answers agree with the published tables

Every published table from which this graph was made, and every one that was kept back, is asked again here, row by row:
the question is put to the graph as a user would put it, and the answer is compared with what the row says.
`make truth` does it and writes this page; it fails if a table agrees less often than its last column says.

How to read the figures:

- **rows** are those that ask something; **equal**, **different**, **not answered** is what came of them; **agree** is how
  many in a hundred are equal, rounded down.
- **evidence** tells how much a figure proves. A table that the graph was *compiled from* checks that it was read
  rightly and that the questions find it again: it is no independent evidence that the world was so. A table that was
  *held back* was never read when the graph was made: its figure says how right the answers are. “Not read, but …” is in
  between: made from a table that was read, or the other way round.
- Every difference is counted below its table, with the reason and examples. A difference is not always a fault of the
  graph: published tables contradict each other.
- Where a table has more than 100,000 rows, or where a question takes long, a sample is asked: drawn at random, always
  the same one.

The tables themselves are not part of this project; where they come from is told in `data/*/sources.csv`.
"""


def modules() -> list[str]:
    """The modules of this folder that have figures."""
    found = sorted(
        path.stem
        for path in FOLDER.glob("*.py")
        if "def figures()" in path.read_text(encoding="utf-8") and path.stem != "__main__"
    )
    return [name for name in ORDER if name in found] + [name for name in found if name not in ORDER]


def page() -> tuple[str, list[str]]:
    """The whole page, and a sentence for everything that failed."""
    from tests.truth.evidence import unlisted

    parts, failed = [OPENING], []
    compared: set[str] = set()
    for name in modules():
        print(name, file=sys.stderr, flush=True)
        module = importlib.import_module(f"tests.truth.{name}")
        try:
            parts.append(module.figures())
        except AssertionError as error:
            text, *sentences = error.args
            parts.append(str(text) if sentences else f"## {name}\n\nBelow its floor: {text}\n")
            failed += sentences[0] if sentences else [f"{name}: {text}"]
        for comparison in getattr(module, "COMPARISONS", []):
            compared.add(getattr(comparison, "table", ""))
    failed += [f"{table} is neither compared nor listed with a reason" for table in unlisted(compared)]
    parts.append(_not_compared(compared))
    return "\n".join(parts), failed


def _not_compared(compared: set[str]) -> str:
    from tests.truth.evidence import every_table, reason_of

    by_reason: dict[str, list[str]] = {}
    for table in every_table():
        if table not in compared:
            by_reason.setdefault(reason_of(table), []).append(table)
    lines = ["## Tables that are not compared here", ""]
    for why, tables in sorted(by_reason.items()):
        lines.append(f"- {why or '**no reason is given**'}: {', '.join(f'`{table}`' for table in tables)}")
    return "\n".join([*lines, ""])


def main() -> int:
    """Writes the page; 1 if something agrees too seldom or a table is neither compared nor listed."""
    parser = argparse.ArgumentParser(prog="python -m tests.truth", description=__doc__)
    parser.add_argument("shared", type=Path, help="folder with the published tables (data/ods, data/ons)")
    parser.add_argument("page", type=Path, help="the page to write")
    asked = parser.parse_args()
    if not (asked.shared / "data").is_dir():
        print(f"{asked.shared} has no folder data: the published tables are not here.", file=sys.stderr)
        return 2
    os.environ["ORGMAP_SHARED"] = str(asked.shared.resolve())
    text, failed = page()
    asked.page.parent.mkdir(parents=True, exist_ok=True)
    asked.page.write_text(text, encoding="utf-8")
    for sentence in failed:
        print(sentence, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
