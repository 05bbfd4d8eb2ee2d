"""The page of figures: its sections, asked side by side, and the tables that are not compared."""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from loaders.open import open_store

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

- **rows** are those that ask something; **equal**, **different**, **not answered** is what came of them; **agree** is
  how many in a hundred are equal, rounded down.
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
        if "def figures()" in path.read_text(encoding="utf-8") and path.stem != "page"
    )
    return [name for name in ORDER if name in found] + [name for name in found if name not in ORDER]


def told(name: str) -> tuple[str, list[str], list[str]]:
    """One section, a sentence for everything that failed in it, and the tables that it compares."""
    module = importlib.import_module(f"tests.truth.{name}")
    tables = [comparison.table for comparison in getattr(module, "COMPARISONS", [])]
    try:
        return module.figures(), [], tables
    except AssertionError as error:
        text, *sentences = error.args or ("",)
        if sentences:
            return str(text), sentences[0], tables
        return f"## {name}\n\nBelow its floor: {text}\n", [f"{name}: {text}"], tables


def page(workers: int) -> tuple[str, list[str]]:
    """The whole page, and a sentence for everything that failed."""
    evidence = importlib.import_module("tests.truth.evidence")
    print("which tables the compilation reads", file=sys.stderr, flush=True)
    compiled = evidence.compiled_from()
    with open_store():
        pass  # Built once, before the sections ask for it side by side.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, evidence.remember, (compiled,)) as pool:
        sections = list(pool.map(told, modules()))
    compared = {table for _, _, tables in sections for table in tables}
    failed = [sentence for _, sentences, _ in sections for sentence in sentences]
    failed += [
        f"{table} is neither compared nor listed with a reason" for table in evidence.unlisted(compared)
    ]
    texts = [OPENING, *(text for text, _, _ in sections), _not_compared(compared)]
    return "\n".join(texts), failed


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
