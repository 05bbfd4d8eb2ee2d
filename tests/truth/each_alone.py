"""Every published file of a listed format, loaded alone and with all others, onto the bundled tables and onto nothing.

`python -m tests.truth.each_alone` reads ../shared. Alone onto the bundled tables a file changes no fact but those that
are listed; alone onto nothing it makes tables that do not contradict themselves; all together they make the same tables
in three orders, onto either. A small part of it is in tests/data.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.check import messages
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import Coming
from tests.data import test_lookups, test_releases

FACTS = ("entities", "names", "identifiers", "locations", "relationships", "neighbourhoods", "place_codes")
EVERYTHING = (*FACTS, "sources", "postcodes", "corrections", "list_sizes")


def published() -> dict[str, tuple[Coming, ...]]:
    """Every published file with its releases: the registers and lists of the NHS, and what the ONS published."""
    found = {name: test_releases.releases_of(name) for name in test_releases.files()}
    for one in (*test_lookups.looks(), *test_lookups.lists()):
        found[f"{one.release.file} ({one.release.release})"] = (one,)
    return found


def onto(folder: Path, releases: Iterable[Coming]) -> Tables:
    """The tables of a folder with releases."""
    return Tables.of_folder(folder, [one.loaded() for one in releases])


def changed(before: Tables, after: Tables, tables: Iterable[str]) -> dict[str, set[tuple[str, ...]]]:
    """The rows that only one of two has, table by table."""
    found = {table: set(before.text(table)) ^ set(after.text(table)) for table in tables}
    return {table: rows for table, rows in found.items() if rows}


def alone(files: dict[str, tuple[Coming, ...]], nothing: Path, say: Callable[[str], object]) -> list[str]:
    """What is wrong with files that are loaded one by one, onto the bundled tables and onto nothing."""
    wrong = []
    bundled = onto(data_folder(), [])
    for name, releases in files.items():
        after = onto(data_folder(), releases)
        rows = {row for each in changed(bundled, after, FACTS).values() for row in each}
        beyond = [row for row in rows if not set(row) & test_releases.EXCEPTIONS.keys()]
        if after.wrong or beyond:
            wrong.append(f"{name} onto the bundled tables: {after.wrong[:2]} {beyond[:3]}")
        by_itself = onto(nothing, releases)
        if found := messages(nothing, by_itself):
            wrong.append(f"{name} onto nothing: {found[:2]}")
        bodies = sum(1 for _ in by_itself.text("entities"))
        say(f"{name}: {len(rows)} rows changed in the bundled tables; {bodies:,} bodies of nothing")
    return wrong


def together(files: dict[str, tuple[Coming, ...]], folder: Path) -> list[str]:
    """What three orders of all files make differently."""
    every = [one for releases in files.values() for one in releases]
    orders = (every, every[::-1], sorted(every, key=lambda one: one.release.content))
    first, *others = (onto(folder, order) for order in orders)
    different = [changed(first, other, EVERYTHING) for other in others]
    wrong = [
        f"an order differs in {sorted(found)}: {next(iter(found.values()))}"[:400]
        for found in different
        if found
    ]
    return [*wrong, *(f"all together: {one}" for one in messages(folder, first)[:3])]


def main() -> int:
    """Tells of each file, and what is wrong; 1 if anything is."""
    files = published()
    with tempfile.TemporaryDirectory() as name:
        nothing = Path(name)
        wrong = alone(files, nothing, print)
        for folder, words in ((data_folder(), "the bundled tables"), (nothing, "nothing")):
            found = together(files, folder)
            wrong += [f"onto {words}: {one}" for one in found]
            print(f"all {len(files)} files in three orders onto {words}: {len(found)} faults")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
