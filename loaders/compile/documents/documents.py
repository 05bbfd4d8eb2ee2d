"""What five documents of 2011, 2012 and 2019 state, each statement in our words, with status, date and line.

The sentences stand in `data/curated/documents/`, one row a statement, written by hand: facts carry over, a document's
own sentences do not. Each row names the listed items that it tells; the lists give the lines that it cites.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.documents.facts import BESIDE, LISTS, Facts, read_facts
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.curated import Line, lines, records, sources


class Document(NamedTuple):
    """A source document: its number, its date, and what a reader must know of it."""

    number: str
    date: str
    note: str
    precision: str = ""


DOCUMENTS = records("documents/documents", Document, key="number")


class Item(NamedTuple):
    """The first line of an item of document 002, and the day on which it was said.

    What the page says without a date counts as said by the day of its youngest dated item.
    """

    first_line: int
    stated_on: str


ITEMS_OF_002 = records("documents/items_of_002", Item)


def said_on(number: str, line: int) -> str:
    """The day on which a document said what stands in a line; line 0 is the whole document.

    >>> said_on("002", 60)
    '2012-09-25'
    """
    if number == "002" and line:
        return [item.stated_on for item in ITEMS_OF_002 if item.first_line <= line][-1]
    return next(one.date for one in DOCUMENTS if one.number == number)


AS_WRITTEN = tuple("topic subject verb object text value unit status due series part note".split())
"""Columns that our tables and the dataset's share."""

_OURS = ("lines", "items", "about", "from", "until", "key", "contradicts", "documents")
"""Columns that only our tables have."""

WHOLE = "whole text"
"""The locator of what is missing from a document."""


class Section(NamedTuple):
    """A section of a document, from that line on."""

    document: str
    line: int
    section: str


def compile_dataset(published: Path) -> Compiled:
    """Compiles the documents and their statements, and holds that no listed fact is left out."""
    facts = read_facts(published)
    for section in records("documents/sections", Section):
        facts.name_section(section.document, section.line, section.section)
    dataset = Compiled("documents")
    for document in DOCUMENTS:
        dataset.add_entity(
            f"doc:{document.number}",
            "document",
            sources()[f"doc-{document.number}"]["title"],
            f"doc-{document.number}",
            valid_from=document.date,
            from_precision=document.precision,
            note=document.note,
        )
    rows = [row for document in DOCUMENTS for row in hand_rows(document.number)]
    check_all_told(facts, rows)
    services = {
        row["about"]: row["services"].split() for _, row in lines("documents/services", "about", "services")
    }
    ids = _ids(rows)
    keys = {row["key"]: ids[where] for where, row in rows if row["key"]}
    for where, row in rows:
        _add(dataset, facts, where, row, ids, keys, services)
    return dataset


def hand_rows(number: str) -> list[Line]:
    """The rows written for one document, each with the place that it stands at, for messages."""
    return lines(f"documents/statements_{number}", *AS_WRITTEN, *_OURS)


def items_of(row: dict[str, str]) -> list[str]:
    """The listed items that a row tells."""
    return row["items"].split()


def lines_of(where: str, row: dict[str, str]) -> list[tuple[str, int]]:
    """The lines that a row cites, as (document, line), the most telling first.

    “41 001:23” is line 41 of the row's own document and line 23 of document 001. There is none if a fact is
    missing from the whole text.
    """
    named = [line.rpartition(":") for line in row["lines"].split()]
    if wrong := [line for _, _, line in named if not (line.isascii() and line.isdigit())]:
        raise DataBroken(
            f"{where}: {', '.join(wrong)} is no line. Write lines in figures, as in “41 001:23”."
        )
    return [(number or _number(where), int(line)) for number, _, line in named]


def _number(where: str) -> str:
    """The document that a place in a table is of."""
    return where.rpartition("statements_")[2][:3]


def untold(facts: Facts, rows: list[Line]) -> list[str]:
    """The listed items that no row tells."""
    told = {item for _, row in rows for item in items_of(row)}
    cited = {place for where, row in rows for place in lines_of(where, row)}
    missing = []
    for item, name in facts.list_of.items():
        beside = name in BESIDE and bool(cited & set(facts.lines[item]))
        if item not in told and not beside:
            missing.append(item)
    return missing


def check_all_told(facts: Facts, rows: list[Line]) -> None:
    """Raises `DataBroken` for a listed item that no row tells, and for a row that names an unknown one."""
    if missing := untold(facts, rows):
        raise DataBroken(
            f"data/curated/documents: {len(missing)} listed items are told nowhere: {' '.join(missing)}."
        )
    for where, row in rows:
        for item in items_of(row):
            if facts.list_of.get(item) not in LISTS | BESIDE:
                raise DataBroken(f"{where}: “{item}” is no listed item.")


def _ids(rows: list[Line]) -> dict[str, str]:
    """The id of each row: document, first line, and a number for those of one line."""
    counted: dict[str, int] = {}
    ids = {}
    for where, row in rows:
        lines = [line for number, line in lines_of(where, row) if number == _number(where)]
        start = f"{_number(where)}-{(lines or [0])[0]:03}"
        counted[start] = counted.get(start, 0) + 1
        ids[where] = f"{start}-{counted[start]}"
    return ids


def _add(
    dataset: Compiled,
    facts: Facts,
    where: str,
    row: dict[str, str],
    ids: dict[str, str],
    keys: dict[str, str],
    services: dict[str, list[str]],
) -> None:
    lines = lines_of(where, row)
    documents = sorted({*row["documents"].split(), *(number for number, _ in lines)} or {_number(where)})
    if unknown := [key for key in row["contradicts"].split() if key not in keys]:
        raise DataBroken(f"{where}: no row has the key {', '.join(unknown)}.")
    dataset.add(
        "statements",
        id=ids[where],
        document=" ".join(documents),
        about="; ".join(filter(None, [row["about"], *services.get(row["about"], [])])),
        valid_from=_first_day(row["from"]),
        from_precision=_precision(row["from"]),
        valid_until=_first_day(row["until"]),
        until_precision=_precision(row["until"]),
        stated_on=max(said_on(one, _first(lines, one)) for one in documents),
        contradicts=" ".join(
            sorted(keys[key] for key in row["contradicts"].split() if keys[key] != ids[where])
        ),
        source=" ".join(f"doc-{one}" for one in documents),
        locator=" | ".join(_locator(facts, one, lines) for one in documents),
        **{column: row[column] for column in AS_WRITTEN},
    )


def _first_day(date: str) -> str:
    """A date as the table gives it (“2012-10”, “~2012-09”), as the first day that it can mean."""
    plain = date.removeprefix("~")
    return plain + "-01" * (2 - plain.count("-")) if plain else ""


def _precision(date: str) -> str:
    if date.startswith("~"):
        return "approx"
    return {4: "year", 7: "month"}.get(len(date), "")


def _first(lines: list[tuple[str, int]], number: str) -> int:
    """The first line that is cited of a document; 0 is the document as a whole."""
    return next((line for one, line in lines if one == number), 0)


def _locator(facts: Facts, document: str, lines: list[tuple[str, int]]) -> str:
    """What finds the lines in a document: each section with its lines."""
    own = [line for number, line in lines if number == document]
    if not own:
        return WHOLE
    of_section: dict[str, list[str]] = {}
    for line in own:
        of_section.setdefault(facts.section(document, line), []).append(str(line))
    return "; ".join(
        f"{section}, line{'s' * (len(found) > 1)} {', '.join(found)}" for section, found in of_section.items()
    )
