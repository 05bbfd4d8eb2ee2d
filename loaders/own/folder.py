"""A folder of a user's own tables: which one is meant, what lies in it, and its files read with suspicion."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.stores.schema import BROUGHT
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.term_tables import laid_over_columns, laid_over_tables
from orgmap.graphmodel.text import shortened
from orgmap.loaders.own.form import BEGIN, FileForm, form_of, no_table
from orgmap.loaders.wrong import Wrong

VARIABLE = "ORGMAP_WITH"
"""Names folders of own tables, divided as the system divides paths."""

LARGEST = 50_000_000
"""So many bytes has a table of one's own at most: what is larger was not written by people."""

LONGEST = 20_000
"""So many letters has a cell at most."""

_TOO_LONG = f"a cell has more than {LONGEST:,} letters."

BESIDE = (".md", ".txt")
"""Files that may lie beside the tables, for people."""

_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class OwnTable(NamedTuple):
    """A table of one's own: the cells of each row by column, stripped, with the line on which the row ends."""

    path: Path
    rows: list[dict[str, str]]
    lines: list[int]
    wrong: list[Wrong]


def chosen(folders: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None) -> tuple[Path, ...]:
    """The folders that are meant: those named, or without a word those of ORGMAP_WITH.

    Raises `WrongUse` for what is not a folder, is named twice, or has no name of its own.

    >>> chosen(())
    ()
    """
    if folders is None:
        folders = [one for one in os.environ.get(VARIABLE, "").split(os.pathsep) if one.strip()]
    elif isinstance(folders, str | os.PathLike):
        folders = [folders]
    found: dict[str, Path] = {}
    for named in folders:
        folder = Path(named)
        try:
            there = bool(os.fspath(named).strip()) and folder.is_dir()
        except (OSError, ValueError):
            there = False
        if not there:
            raise WrongUse(f"“{named}” is not a folder of own tables. orgmap new-tables FOLDER begins one.")
        name = name_of(folder)
        if name in found:
            raise WrongUse(
                f"Two folders of own tables are called {name}: {found[name]} and {folder}."
                " Answers could not say which one says so. Name each once, or rename one."
            )
        found[name] = folder
    return tuple(found.values())


def name_of(folder: Path) -> str:
    """What a folder is called in answers: its name, in letters that an id may have.

    >>> name_of(Path("a/My tables.v2"))
    'my-tables-v2'
    """
    return re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "tables"


def table_files(folder: Path) -> list[os.DirEntry[str]]:
    """The tables in a folder, by name."""
    return sorted((one for one in os.scandir(folder) if one.name.endswith(".csv")), key=lambda one: one.name)


def wrong_names(folder: Path) -> Iterator[Wrong]:
    """What lies in a folder of own tables and would not be read."""
    known = (*laid_over_tables(), *BROUGHT)
    for name in sorted(os.listdir(folder)):
        path = folder / name
        if name.startswith((".", "~")) or (name.endswith(BESIDE) and not path.is_dir()):
            continue
        if not name.endswith(".csv"):
            yield Wrong(
                path,
                1,
                "would not be read: own tables are CSV files.",
                "Save it as CSV, or take it out of the folder.",
            )
        elif name.removesuffix(".csv") not in known:
            said = f"is no table of one's own: there is none called {shortened(name.removesuffix('.csv'))}."
            yield Wrong(path, 1, said, f"Tables are {', '.join(known)}.")
        elif refused := _no_table(os.lstat(path)):
            yield _unreadable(path, refused)


def read_own(folder: Path, table: str) -> OwnTable:
    """The rows of one table in a folder; nothing if it is not there. Columns may be in any order, and left out."""
    path = folder / f"{table}.csv"
    words = laid_over_columns(f"{table}.csv")
    columns = list(words) if table in laid_over_tables() else list(TABLES[table].columns)
    needed = (
        [one.column for one in words.values() if one.required]
        if table in laid_over_tables()
        else list(TABLES[table].key[:1])
    )
    read = OwnTable(path, [], [], [])
    if not os.path.lexists(path):
        return read
    try:
        raw = _raw(path)
    except OSError as error:
        read.wrong.append(_unreadable(path, error.strerror or str(error)))
        return read
    what, do = no_table(raw)
    if what:
        read.wrong.append(Wrong(path, 1, f"is {what}, not a CSV table.", f"{do}."))
        return read
    form = form_of(raw[:BEGIN])
    try:
        text = raw.decode(form.encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        read.wrong.append(Wrong(path, line, "is not UTF-8 text.", "Save it as “CSV UTF-8”."))
    else:
        _fill(read, text, form, columns, needed)
    return read


def _no_table(status: os.stat_result) -> str:
    """Why what has this status is not read as a table; blank if it is."""
    if not stat.S_ISREG(status.st_mode):
        return "it is not a plain file"
    if status.st_size > LARGEST:
        return f"it has {status.st_size:,} bytes, and {LARGEST:,} are the most"
    return ""


def _unreadable(path: Path, why: str) -> Wrong:
    return Wrong(path, 1, f"cannot be read ({why}).", "Put a plain file there.")


def _raw(path: Path) -> bytes:
    """A plain file's bytes. Raises `OSError` for a link, a pipe, a device and what is too large to be a table."""
    with open(os.open(path, _OPEN), "rb") as file:
        if refused := _no_table(os.fstat(file.fileno())):
            raise OSError(refused)
        return file.read(LARGEST + 1)


def _fill(read: OwnTable, text: str, form: FileForm, columns: list[str], needed: Collection[str]) -> None:
    path = read.path
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=form.divider)
    try:
        if form.hinted:
            next(reader)
        header = [title.strip() for title in next(reader, [])]
        if wrong := _wrong_header(header, columns, needed):
            read.wrong.append(Wrong(path, 1, *wrong))
            return
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                said = f"{len(row)} columns where {len(header)} are expected."
                read.wrong.append(
                    Wrong(
                        path, reader.line_num, said, "Put a cell with a comma in it between quotation marks."
                    )
                )
            elif any(map(_odd, row)):
                said = "a cell holds letters that nobody can see (control characters)."
                read.wrong.append(Wrong(path, reader.line_num, said, "Type the cell anew."))
            elif any(len(cell) > LONGEST for cell in row):
                read.wrong.append(Wrong(path, reader.line_num, _TOO_LONG, "Shorten it."))
            else:
                read.rows.append({title: cell.strip() for title, cell in zip(header, row, strict=True)})
                read.lines.append(reader.line_num)
    except csv.Error as error:
        said = f"cannot be read ({error})."
        if "field limit" in str(error):  # which others in this process may have set
            said = _TOO_LONG
        read.wrong.append(Wrong(path, reader.line_num, said, "Mend the quotation marks."))


def _wrong_header(header: list[str], columns: list[str], needed: Collection[str]) -> tuple[str, str] | None:
    known = f"Columns are {', '.join(columns)}."
    if unknown := [title for title in header if title not in columns]:
        return f"there is no column “{shortened(unknown[0])}” in this table.", known
    if twice := [title for title, times in Counter(header).items() if times > 1]:
        return f"the column {twice[0]} stands there twice.", "Take one of the two away."
    if missing := [title for title in needed if title not in header]:
        return f"the column {missing[0]} is missing.", "Add it to the first line."
    return None


def _odd(cell: str) -> bool:
    """Whether a cell has letters that give orders: to a terminal, or to whoever writes from right to left.

    >>> _odd("Margate"), _odd("\\x1b[2J"), _odd("two\\nlines")
    (False, True, False)
    """
    return not cell.isprintable() and any(
        (unicodedata.category(letter) == "Cc" and letter not in "\n\r\t") or letter in _BIDI
        for letter in cell
    )


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
