"""The words of a user's own tables: checked against the project's, then laid over them for this process."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.graphmodel.kind_rules import faults_of_kind
from orgmap.graphmodel.term_tables import (
    WordColumn,
    laid_over,
    laid_over_columns,
    laid_over_tables,
    lay_over,
    term_rows,
)
from orgmap.graphmodel.vocabulary import kinds, parse_kind
from orgmap.loaders.own.folder import OwnTable, chosen, read_own, wrong_names
from orgmap.loaders.wrong import Wrong

Folders = str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
"""Folders of own tables as people name them: one, several, none, or None for those of ORGMAP_WITH."""

_FORMS = {
    "word": re.compile(r"[a-z][a-z_]*"),
    "letters": re.compile(r"[a-z]+"),
    "number": re.compile(r"-?[0-9]{1,3}"),
    "words": re.compile(r"[a-z0-9]+( [a-z0-9]+)*"),
}
_SAID = {
    "word": "small letters and low lines",
    "letters": "small letters",
    "number": "a whole number",
    "words": "words in small letters, without punctuation",
}
"""What may stand in a column of words, and how that is said."""


def use(folders: Folders, tell: Callable[[str], None] | None = None) -> tuple[Path, ...]:
    """Lays folders of own tables over the project's for this process, and takes off those laid over before.

    Only their words are looked at; their rows are checked when a graph is built from them. Gives the folders.
    `tell` is told every fault. Raises `WrongUse` for what is not a folder, `DataBroken` with the first fault.
    """
    found = chosen(folders)
    lay_over()
    if found:
        # What lies over faulty words is not looked at: it could lean on them.
        every = (wrong_words(folder, found) for folder in found)
        if wrong := next(filter(None, every), []):
            messages = [f"{one.path}:{one.line}: {one.said} {one.mend}" for one in wrong]
            if tell:
                for line in messages:
                    tell(line)
            more = f" ({len(wrong):,} in all; orgmap check lists them)" if len(wrong) > 1 else ""
            raise DataBroken(messages[0] + more)
        lay_over(*found)
    return found


def wrong_words(folder: Path, every: tuple[Path, ...]) -> list[Wrong]:
    """Every fault in the names of a folder's files and in its words, laid over those before it in `every`."""
    before = laid_over()
    try:
        lay_over(*every[: every.index(folder)])
        wrong = list(wrong_names(folder))
        refused = {one.path for one in wrong}
        read = {
            table: read_own(folder, table)
            for table in laid_over_tables()
            if folder / f"{table}.csv" not in refused
        }
        for table in read.values():
            wrong += table.wrong
        if not wrong:
            wrong = [*_each_alone(read), *_against_the_others(read)]
        if not wrong:
            lay_over(*every[: every.index(folder) + 1])
            wrong = list(_kinds(read["kinds"]))
        return wrong
    except OSError as error:
        raise WrongUse(f"{folder} cannot be read ({error.strerror or error}).") from error
    finally:
        lay_over(*before)


def _each_alone(read: dict[str, OwnTable]) -> Iterator[Wrong]:
    """Cells that are blank or of another form."""
    for table, own in read.items():
        columns = laid_over_columns(f"{table}.csv")
        for row, line in zip(own.rows, own.lines, strict=True):
            for column in columns.values():
                if said := _wrong_cell(column, row.get(column.column, "")):
                    yield Wrong(own.path, line, said, f"It is {column.description}.")


def _wrong_cell(column: WordColumn, cell: str) -> str:
    if not cell:
        return f"{column.column} is blank." if column.required else ""
    if column.form and not _FORMS[column.form].fullmatch(cell):
        return f"“{cell}” in {column.column} is not written in {_SAID[column.form]}."
    return ""


def _against_the_others(read: dict[str, OwnTable]) -> Iterator[Wrong]:
    """Words that are taken, or that mean nothing, beside those that are there already."""
    yield from _taken(read["kinds"], "kind", {word: f"the kind “{word}”" for word in kinds()})
    # Of several kinds with one prefix the usual one, which is the first, is named.
    there = {one.prefix: f"the prefix of {one.plural}" for one in reversed(kinds().values())}
    yield from _taken(read["kinds"], "prefix", there)
    for column in ("label", "plural"):
        words = {getattr(one, column): f"what the kind {one.kind} is called" for one in kinds().values()}
        yield from _taken(read["kinds"], column, words)
    columns = {row[2]: f"a column of the role “{row[0]}”" for row in term_rows("roles.csv") if row[2]}
    yield from _taken(
        read["roles"], "role", {row[0]: f"the role “{row[0]}”" for row in term_rows("roles.csv")}
    )
    yield from _taken(read["roles"], "column", columns)
    yield from _taken(
        read["verbs"], "verb", {row[0]: f"the verb “{row[0]}”" for row in term_rows("verbs.csv")}
    )
    taken = {row[0]: f"words for {row[2]}" for row in term_rows("kind_words.csv")}
    yield from _taken(read["kind_words"], "words", taken)
    prefixes = {one.prefix for one in kinds().values()} | {row["prefix"] for row in read["kinds"].rows}
    yield from _unknown(read["kind_words"], "kinds", prefixes.__contains__, "the prefix of a kind")
    columns_of_words = (
        ("kind_words", "where", 3), ("roles", "side", 1), ("roles", "codes", 3), ("roles", "guide", 5)
    )  # fmt: skip
    for table, column, place in columns_of_words:
        known = {word for row in term_rows(f"{table}.csv") for word in row[place].split()}
        yield from _unknown(read[table], column, known.__contains__, " or ".join(sorted(known)))


def _taken(own: OwnTable, column: str, there: dict[str, str]) -> Iterator[Wrong]:
    known = {word.casefold(): what for word, what in there.items()}
    for row, line in zip(own.rows, own.lines, strict=True):
        word = row.get(column, "")
        if what := known.get(word.casefold()):
            yield Wrong(own.path, line, f"“{word}” in {column} is {what} already.", "Choose another.")
        elif word:
            known[word.casefold()] = f"in an earlier row, for “{next(iter(row.values()))}”,"


def _unknown(own: OwnTable, column: str, known: Callable[[str], bool], what: str) -> Iterator[Wrong]:
    for row, line in zip(own.rows, own.lines, strict=True):
        for word in row.get(column, "").split():
            if not known(word):
                yield Wrong(own.path, line, f"“{word}” in {column} is not {what}.", "Write one of those.")


def _kinds(own: OwnTable) -> Iterator[Wrong]:
    """Own kinds whose roles, tiers or other words nobody explains."""
    for row, line in zip(own.rows, own.lines, strict=True):
        kind = row["kind"]
        for said in faults_of_kind(kinds()[kind]):
            mend = "Write a word that is known; an own role stands in a roles.csv beside it."
            yield Wrong(own.path, line, said, mend)
        for column in ("prefix", "label", "plural"):
            if (meant := parse_kind(row[column])) != kind:
                said = f"“{row[column]}” in {column} means the kind {meant} already."
                yield Wrong(own.path, line, said, "Choose another.")
