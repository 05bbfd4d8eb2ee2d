"""Checking the tables as a whole: files, cells, references, days, changes, arrangements and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from orgmap.graphmodel.collecting import no_collecting
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.term_tables import term_rows
from orgmap.loaders.check import arrangements, cells, changes, lives, places, plans
from orgmap.loaders.check.files import wrong_files
from orgmap.loaders.check.world import Finding, Rule, World
from orgmap.loaders.reading import Rows, Tables
from orgmap.loaders.releases.home import release_list

__all__ = ["checked_rows", "faults", "problems"]

RULES: tuple[Rule, ...] = (
    *cells.RULES,
    *lives.RULES,
    *changes.RULES,
    *arrangements.RULES,
    *plans.RULES,
    *places.RULES,
)
"""Every rule, in the order in which they are asked."""

MANY = 10_000
"""So many faults are enough to show that tables are not what they should be."""


def problems(data: Path) -> list[str]:
    """Every fault in the tables: file, line, what is wrong, how to mend it. An empty list when they are whole."""
    return problems_and_news(data)[0]


def problems_and_news(data: Path) -> tuple[list[str], list[str]]:
    """The same, with a sentence for each row of news on what it turned in the tables."""
    try:
        tables = Tables.of_folder(data)
        return messages(data, tables), tables.news
    except DataBroken as error:
        return [str(error)], []


def messages(data: Path, tables: Tables) -> list[str]:
    """Every fault in tables that were read from a folder, by file and line."""
    wrong = [(str(one.path), one.line, one.said, one.mend) for one in wrong_files(data, tables)]
    if not wrong:
        with no_collecting():
            world = World(tables)
            found = islice(findings(world), MANY)
            wrong = sorted((*world.place(one.table, one.row), one.said, mend_of(one.rule)) for one in found)
    return [f"{path}:{line}: {said} {mend}".rstrip() for path, line, said, mend in wrong]


def checked_rows(data: Path) -> Rows:
    """The typed rows of a folder's tables. Raises `DataBroken` with the first fault, if there is any."""
    tables = Tables.of_folder(data)
    if found := messages(data, tables):
        more = (
            f" ({'at least ' if len(found) >= MANY else ''}{len(found):,} in all)" if len(found) > 1 else ""
        )
        loaded = (
            " It may come of a loaded file: orgmap load --list, --remove RELEASE." if release_list() else ""
        )
        raise DataBroken(f"{found[0]}{more} Nothing was built; orgmap check lists what is wrong.{loaded}")
    return tables.rows


def faults(rows: Rows, rules: Iterable[Rule] = RULES) -> Iterator[str]:
    """The faults in a set of tables in memory, given as a function from a table's name to its typed rows."""
    yield from (one.said for one in findings(World(Tables.of_rows(rows)), rules))


def findings(world: World, rules: Iterable[Rule] = RULES) -> Iterator[Finding]:
    """Every rule that a row breaks, rule by rule."""
    for rule in rules:
        yield from rule(world)


@cache
def _mends() -> dict[str, str]:
    return {row[0]: row[2] for row in term_rows("rules.csv")}


def mend_of(rule: str) -> str:
    """What to do about a broken rule."""
    return _mends()[rule]
