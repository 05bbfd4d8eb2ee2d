"""Comparing a published table with the answers to questions, row by row, and telling it as a section of the page."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.loaders.open import open_store

T = TypeVar("T")

MOST = 100_000
"""Tables with more rows are compared by a sample."""

SHOWN = 3
"""So many differences of one kind are told one by one."""


class BelowFloor(AssertionError):
    """A comparison agrees less often than it must, or a difference has no explanation."""


class Row(NamedTuple):
    """One row of a published table: what it says, what the graph answers; blank is “not answered”."""

    key: str
    published: str
    ours: str


class LeftOut(NamedTuple):
    """A row that asks nothing of the graph, and why."""

    why: str


Explain = Callable[[Row], str]
Rows = Iterator[Row | LeftOut]


def not_explained(row: Row) -> str:
    """Says nothing: the difference stands as not explained."""
    return ""


def known(texts: dict[str, str], otherwise: str = "") -> Explain:
    """Explains the differences of rows by their keys (up to “ on ”), all others alike."""
    return lambda row: texts.get(row.key.partition(" on ")[0], otherwise)


def first_of(*explanations: Explain) -> Explain:
    """The first explanation that says something."""
    return lambda row: next((why for explain in explanations if (why := explain(row))), "")


@dataclass(frozen=True)
class Comparison:
    """A published table, the question asked of every row, and how often the answers must agree at least.

    `rows` gets a store and a `Picked`; `explain` says why a row differs (blank: not explained); `kin` says of a table
    that was not compiled from why it is no independent evidence all the same; `long`: no sample is asked in the tests.
    """

    table: str
    question: str
    floor: float
    rows: Callable[[SqliteStore, Picked], Rows]
    explain: Explain = not_explained
    kin: str = ""
    long: bool = False


@dataclass
class Tally:
    """What a comparison found."""

    equal: int = 0
    different: int = 0
    unanswered: int = 0
    sampled: str = ""
    left_out: dict[str, int] = field(default_factory=dict)
    differing: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """Rows that ask something."""
        return self.equal + self.different + self.unanswered

    @property
    def agreement(self) -> float:
        """The share of the rows asked that the graph answers as the table does."""
        return self.equal / self.asked if self.asked else 0.0

    def count(self, row: Row | LeftOut, explain: Explain) -> None:
        """Counts one row."""
        if isinstance(row, LeftOut):
            self.left_out[row.why] = self.left_out.get(row.why, 0) + 1
        elif row.published == row.ours:
            self.equal += 1
        else:
            if row.ours:
                self.different += 1
            else:
                self.unanswered += 1
            self.differing.setdefault(explain(row), []).append(row)


class Picked:
    """Which rows of a table are asked: all, or a sample that is the same every time."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.told = ""

    def of(self, rows: list[T]) -> list[T]:
        """The rows to ask, in their order."""
        if len(rows) <= self.most:
            return rows
        self.told = f"{self.most:,} of {len(rows):,} rows, drawn at random with a fixed seed"
        chosen = random.Random(1999).sample(range(len(rows)), self.most)
        return [rows[i] for i in sorted(chosen)]


def compare(store: SqliteStore, comparison: Comparison, most: int = MOST) -> Tally:
    """Asks the comparison's question for its rows, or for a sample of `most` of them."""
    tally = Tally()
    picked = Picked(most)
    for row in comparison.rows(store, picked):
        tally.count(row, comparison.explain)
    tally.sampled = picked.told
    return tally


def below_floor(comparison: Comparison, tally: Tally, slack: float = 0.0) -> str:
    """A sentence if the comparison agrees less often than it must (less `slack`, which a sample needs), else blank."""
    if tally.agreement >= comparison.floor - slack:
        return ""
    worst = [row for rows in tally.differing.values() for row in rows[:SHOWN]][:SHOWN]
    return (
        f"{comparison.table}, {comparison.question}: {tally.agreement:.2%} agree where at least"
        f" {comparison.floor:.2%} must; for example {'; '.join(_told(row) for row in worst)}."
    )


def section(title: str, comparisons: list[Comparison], tallies: list[Tally] | None = None) -> str:
    """A section of the page: a table of figures, then the differences of each comparison with their explanations.

    `tallies` are those of the comparisons if they were asked already. Raises `BelowFloor` with the section and a
    sentence for each comparison that agrees too seldom.
    """
    if tallies is None:
        with open_store() as store:
            tallies = [compare(store, comparison) for comparison in comparisons]
    lines = [f"## {title}", "", *HEAD]
    differences: list[str] = []
    failed: list[str] = []
    for comparison, tally in zip(comparisons, tallies, strict=True):
        lines.append(_figures(comparison, tally))
        differences += _differences(comparison, tally)
        failed += [sentence] if (sentence := below_floor(comparison, tally)) else []
    if differences:
        lines += ["", "Differences, and rows that ask nothing:", "", *differences]
    text = "\n".join([*lines, ""])
    if failed:
        raise BelowFloor(text, failed)
    return text


HEAD = [
    "| published table | evidence | question | rows | equal | different | not answered | agree | at least |",
    "|---|---|---|---:|---:|---:|---:|---:|---:|",
]


def _figures(comparison: Comparison, tally: Tally) -> str:
    from tests.truth.evidence import evidence_of

    cells = [
        f"`{comparison.table}`",
        evidence_of(comparison.table, comparison.kin),
        comparison.question,
        f"{tally.asked:,}",
        f"{tally.equal:,}",
        f"{tally.different:,}",
        f"{tally.unanswered:,}",
        # Rounded down: a hundred per cent is said only of a table without a difference.
        f"{int(tally.agreement * 10_000) / 100:.2f} %",
        f"{comparison.floor:.1%}",
    ]
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _differences(comparison: Comparison, tally: Tally) -> list[str]:
    lines = []
    if tally.sampled:
        lines.append(f"  - asked: {tally.sampled}")
    for why, count in sorted(tally.left_out.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"  - left out, {count:,}: {why}")
    for why, rows in sorted(tally.differing.items(), key=lambda item: (-len(item[1]), item[0])):
        examples = "; ".join(_told(row) for row in rows[:SHOWN])
        more = " …" if len(rows) > SHOWN else ""
        lines.append(f"  - {len(rows):,}: {why or '**not explained**'} ({examples}{more})")
    return [f"- `{comparison.table}`, {comparison.question}:", *lines] if lines else []


def _told(row: Row) -> str:
    return f"{row.key}: table “{row.published or 'nothing'}”, graph “{row.ours or 'no answer'}”"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
