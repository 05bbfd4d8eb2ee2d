"""The page of figures: its sections, asked side by side, and the tables that are not compared."""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from orgmap.loaders.open import open_store
from tests.truth import evidence
from tests.truth.comparing import MOST, Tally, compare, section

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


class Task(NamedTuple):
    """What one process does at a time: the comparisons of one table in a module, or a whole section."""

    module: str
    table: str
    most: int


def tasks(most: int) -> list[Task]:
    """Everything that is to be asked, table by table; a module without comparisons of its own as one section."""
    found = []
    for name in modules():
        comparisons = getattr(importlib.import_module(f"tests.truth.{name}"), "COMPARISONS", [])
        tables = dict.fromkeys(comparison.table for comparison in comparisons)
        found += [Task(name, table, most) for table in tables] or [Task(name, "", most)]
    return found


def ask(task: Task) -> list[Tally] | str:
    """The tallies of a task's comparisons, or a section."""
    module = importlib.import_module(f"tests.truth.{task.module}")
    if not task.table:
        return _section(task.module, module.figures)[0]
    with open_store() as store:
        asked = [one for one in module.COMPARISONS if one.table == task.table]
        tallies = [compare(store, one, task.most) for one in asked]
    for one, tally in zip(asked, tallies, strict=True):
        figures = f"{tally.equal:,} of {tally.asked:,} agree"
        print(f"{task.module}: {one.table}, {one.question}: {figures}", file=sys.stderr, flush=True)
    return tallies


def _section(name: str, figures: Callable[[], str]) -> tuple[str, list[str]]:
    """A section, and a sentence for everything in it that failed."""
    try:
        return figures(), []
    except AssertionError as error:
        text, *sentences = error.args or ("",)
        return (
            (str(text), sentences[0])
            if sentences
            else (f"## {name}\n\n**Failed**: {text}\n", [f"{name}: {text}"])
        )


def page(workers: int, most: int = MOST) -> tuple[str, list[str]]:
    """The whole page, and a sentence for everything that failed."""
    with open_store():
        pass  # Built once, before the tables ask for it side by side.
    asked = tasks(most)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context) as pool:
        compiled = pool.submit(evidence.compiled_from)
        answers = dict(zip(asked, pool.map(ask, asked), strict=True))
        evidence.remember(compiled.result())
    texts, failed = [OPENING.replace("100,000", f"{most:,}")], []
    for name in modules():
        text, sentences = _put_together(
            name, {task: got for task, got in answers.items() if task.module == name}
        )
        texts.append(text)
        failed += sentences
    compared = {task.table for task in asked}
    failed += [
        f"{table} is neither compared nor listed with a reason" for table in evidence.unlisted(compared)
    ]
    return "\n".join([*texts, _not_compared(compared)]), failed


def _put_together(name: str, answers: dict[Task, list[Tally] | str]) -> tuple[str, list[str]]:
    """A module's section from the answers to its tasks."""
    [*texts] = (got for got in answers.values() if isinstance(got, str))
    if texts:
        failed = [f"{name}: see its section"] if "**Failed**" in texts[0] else []
        return texts[0], failed
    module = importlib.import_module(f"tests.truth.{name}")
    waiting = {task.table: iter(got) for task, got in answers.items() if not isinstance(got, str)}
    tallies = [next(waiting[comparison.table]) for comparison in module.COMPARISONS]
    return _section(name, lambda: section(module.TITLE, module.COMPARISONS, tallies))


def _not_compared(compared: set[str]) -> str:
    by_reason: dict[str, list[str]] = {}
    for table in evidence.every_table():
        if table not in compared:
            by_reason.setdefault(evidence.reason_of(table), []).append(table)
    lines = ["## Tables that are not compared here", ""]
    for why, tables in sorted(by_reason.items()):
        lines.append(f"- {why or '**no reason is given**'}: {', '.join(f'`{table}`' for table in tables)}")
    return "\n".join([*lines, ""])
