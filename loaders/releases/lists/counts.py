"""What is counted of practices, folded into the tables: people on their lists, and what they prescribed."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.counted.practices import MONTH, Amounts, pounds_text, sum_of
from orgmap.loaders.releases.formats import formats
from orgmap.loaders.releases.kept import Loaded, Release
from orgmap.loaders.releases.lists.listed_stays import NoCount
from orgmap.loaders.releases.lists.registered import fold_sizes
from orgmap.loaders.releases.register import CodedBodies, SaidBy

TABLE = "prescribing"


class KeptSum(NamedTuple):
    """What a release says of one prescriber in its month: the line where it begins, the code, all of it, and the
    chapters."""

    line: int
    code: str
    unidentified: str
    total: Amounts
    chapters: str


def fold_counts(
    register: CodedBodies, among: Sequence[str], dataset: str, releases: Sequence[Loaded]
) -> Iterator[tuple[Release, NoCount]]:
    """Adds what releases count to the tables; gives what could not count."""
    items = [one for one in releases if one.release.family.counts_items]
    people = [one for one in releases if one not in items]
    yield from fold_sizes(register, among, dataset, people)
    by_month: dict[str, list[Loaded]] = defaultdict(list)
    for one in items:
        by_month[one.release.as_of].append(one)
    for _, of_month in sorted(by_month.items()):
        yield from _fold_month(register, among, dataset, of_month)


def _fold_month(
    register: CodedBodies, among: Sequence[str], dataset: str, releases: list[Loaded]
) -> Iterator[tuple[Release, NoCount]]:
    """Adds what was prescribed in a month, by one table alone: two of a month would count twice.

    The format that is declared first counts, and of one format the table with more rows.
    """
    order = list(formats())
    first, *others = sorted(
        releases, key=lambda one: (order.index(one.release.format), -one.release.rows, one.release.content)
    )
    for one in others:
        counts = f"another table of that month counts, {first.release.release}: nothing of this one does"
        yield one.release, NoCount(1, "", counts)
        yield (
            first.release,
            NoCount(1, "", f"counts instead of {one.release.release}, which is of that month, too"),
        )
    yield from _fold_table(register, among, dataset, first)


def _fold_table(
    register: CodedBodies, among: Sequence[str], dataset: str, loaded: Loaded
) -> Iterator[tuple[Release, NoCount]]:
    release = loaded.release
    month = release.as_of[:MONTH]
    unknown: list[tuple[int, Amounts]] = []
    unidentified: list[tuple[int, Amounts]] = []
    for each in sums_of(loaded.raw()):
        total = each.total
        body = "" if each.unidentified else register.body_of(each.code, among, release.as_of)
        if each.unidentified:
            unidentified.append((each.line, total))
        elif not body:
            unknown.append((each.line, total))
        who = f"{each.code} unidentified" if each.unidentified else body or each.code
        register.add(
            TABLE,
            SaidBy(release.source, Path(release.file), each.line, dataset),
            id=f"{who} {month}",
            code=each.code,
            entity=body,
            seen_on=release.as_of,
            unidentified=each.unidentified,
            items=str(total.items),
            ingredient_cost=pounds_text(total.ingredient_cost),
            actual_cost=pounds_text(total.actual_cost),
            chapters=each.chapters,
        )
    for found, whose in (
        (unidentified, "are of prescribers whom the table does not identify"),
        (
            unknown,
            f"are of {len(unknown):,} {'practice' if len(unknown) == 1 else 'practices'} that no table has",
        ),
    ):
        if found:
            amounts = sum_of(one for _, one in found)
            cost = amounts.json()["actual_cost"]
            said = f"{amounts.items:,} items (£{cost:,.2f}) {whose}: told as under no body"
            yield release, NoCount(found[0][0], "", said)


def sums_of(raw: bytes) -> Iterator[KeptSum]:
    """The sums that are kept of a release."""
    for line, _, code, unidentified, *amounts, chapters in csv.reader(io.StringIO(raw.decode(), newline="")):
        yield KeptSum(int(line), code, unidentified, Amounts(*map(int, amounts)), chapters)
