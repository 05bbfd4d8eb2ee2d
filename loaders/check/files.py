"""Rules about folders and files: every table described, counted, and there once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.text import shortened
from orgmap.loaders.check.cells import is_day
from orgmap.loaders.dataset import CURATED, not_as_many
from orgmap.loaders.reading import Tables
from orgmap.loaders.wrong import Wrong

DESCRIPTION = "dataset.json"


def wrong_files(data: Path, tables: Tables) -> Iterator[Wrong]:
    """What is wrong with the files of a folder of datasets, before their rows are looked at."""
    yield from tables.wrong
    for folder in sorted(path for path in data.iterdir() if path.is_dir() and path.name != CURATED):
        yield from _no_files(folder)
        if folder.name in tables.about:
            yield from _files(folder, tables)
            yield from _counts(folder, tables)
            yield from _days(folder, tables)
        elif not (folder / DESCRIPTION).exists():
            for path in sorted(folder.iterdir()):
                if _table(path) in TABLES:
                    yield Wrong(
                        path,
                        1,
                        f"lies in a folder without a {DESCRIPTION}: it would not be read.",
                        f"Describe the dataset in {folder / DESCRIPTION}.",
                    )


def _no_files(folder: Path) -> Iterator[Wrong]:
    """What lies among the files and is none; in the place of a table or a description that is told by their readers."""
    for path in sorted(folder.iterdir()):
        if not path.is_file() and not _table(path) and path.name != DESCRIPTION:
            yield Wrong(path, 1, "cannot be read (it is not a file).", "Take it away, or restore the file.")


def _table(path: Path) -> str:
    """The table that a file holds by its name; nothing if it is no table."""
    name = path.name
    return name.removesuffix(".gz").removesuffix(".csv") if name.endswith((".csv", ".csv.gz")) else ""


def _files(folder: Path, tables: Tables) -> Iterator[Wrong]:
    stated = tables.about[folder.name]["rows"]
    seen: set[str] = set()
    for path in sorted(folder.iterdir()):
        table = _table(path)
        if not table:
            continue
        if table not in TABLES:
            yield Wrong(
                path,
                1,
                f"is no table: there is none called {shortened(table)}.",
                f"Tables are {', '.join(TABLES)}.",
            )
        elif table not in stated:
            yield Wrong(
                path,
                1,
                f"{DESCRIPTION} does not name it: it would not be read.",
                f"State its rows in {folder / DESCRIPTION}, or take it away.",
            )
        elif table in seen:
            yield Wrong(path, 1, f"{table} stands here as .csv and as .csv.gz.", "Take one of the two away.")
        seen.add(table)


def _counts(folder: Path, tables: Tables) -> Iterator[Wrong]:
    path = folder / DESCRIPTION
    broken = {str(wrong.path) for wrong in tables.wrong}
    counts = tables.about[folder.name]["rows"]
    for table in counts:
        if table not in TABLES:
            yield Wrong(
                path,
                line_with(path, table),
                f"there is no table {shortened(table)}.",
                f"Tables are {', '.join(TABLES)}.",
            )
    for table, files in tables.files.items():
        for file in files:
            stated = counts.get(table)
            here = file.dataset == folder.name and file.path and _table(file.path) == table
            found = file.size if file.read is None else file.read
            if here and str(file.path) not in broken and found != stated:
                said = f"{file.path}: {not_as_many(found, stated)}"
                yield Wrong(path, line_with(path, table), said, "")


def _days(folder: Path, tables: Tables) -> Iterator[Wrong]:
    path = folder / DESCRIPTION
    for field in ("horizon", "as_of", "names_from"):
        day = tables.about[folder.name].get(field, "")
        if not is_day(day) and (day or field != "names_from"):
            yield Wrong(
                path,
                line_with(path, field),
                f"its {field} “{shortened(day)}” is not a day.",
                "Write it as 2013-04-01.",
            )
    if not tables.about[folder.name]["title"].strip():
        yield Wrong(
            path, line_with(path, "title"), "its title is blank.", "Say in a few words what it holds."
        )


def line_with(path: Path, field: str) -> int:
    """The line of a description that names a field; the first if none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if f'"{field}"' in line), 1)
