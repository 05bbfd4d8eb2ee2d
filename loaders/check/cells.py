"""What may stand in a cell: the declaration of the tables, carried out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import cache, partial

from orgmap.graphmodel.tables import NUMBERS, TABLES, Column, words_of
from orgmap.graphmodel.vocabulary import id_of, kind_of, kinds
from orgmap.loaders.check.world import Finding, World

Known = dict[str, frozenset[str]]
"""The ids of what is there, by table."""

FIRST_YEAR, LAST_YEAR = 1850, 2049
"""No day of the tables lies outside these years: what does was mistyped."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d+(\.\d+)?(e-?\d+)?", re.ASCII)
_ID = re.compile(r"[a-z]+:[A-Za-z0-9_]+", re.ASCII)
_URL = re.compile(r"https?://[^\s/]+\S*")
_ABROAD = re.compile(r"[SWNLM]\d{8}", re.ASCII)

_CALLED = {
    "kinds": "kind",
    "event_kinds": "kind of change",
    "news": "kind of news",
    "verbs": "verb",
    "statuses": "status",
    "bases": "basis",
    "precisions": "precision",
    "populations": "population",
    "topics": "topic",
    "measures": "measure",
    "outcomes": "outcome",
}
"""What a word of each list is called."""


@cache
def is_day(text: str) -> bool:
    """Whether a text is a day as the tables write it: it exists, and lies in the time that they speak of.

    >>> is_day("2013-04-01"), is_day("2013-02-30"), is_day("20130401"), is_day("0203-04-01")
    (True, False, False, False)
    """
    try:
        return bool(_DAY.fullmatch(text)) and FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


def number(text: str) -> float | None:
    """The number that a text is, if it is 0 or more and not without end; else None.

    >>> number("0.25"), number("nan"), number("-1"), number("1e999")
    (0.25, None, None, None)
    """
    value = float(text) if _NUMBER.fullmatch(text) else math.inf
    return value if math.isfinite(value) else None


def _wrong_form(column: Column, text: str) -> str:
    """What is wrong with a cell that is not blank; nothing if it may stand in this column."""
    if column.type == "day" and not is_day(text):
        return f"“{text}” in {column.name} is not a day."
    if column.type in NUMBERS:
        value = number(text)
        if value is None:
            return f"“{text}” in {column.name} is not a number."
        if column.type == "share" and value > 1:
            return f"“{text}” in {column.name} is more than the whole."
    if column.type == "id" and not all(_ID.fullmatch(one) for one in _parts(column, text)):
        return f"“{text}” in {column.name} is not an id."
    if column.type == "url" and not _URL.fullmatch(text):
        return f"“{text}” in {column.name} is not an address."
    return ""


def _parts(column: Column, text: str) -> list[str]:
    return text.split(column.divided_by) if column.divided_by else [text]


def blank(world: World) -> Iterator[Finding]:
    """Cells that must not be blank."""
    for table, column in _columns():
        different = world.distinct(table, column.name) if column.required else ()
        if "" in different or any(map(str.isspace, different)):
            for row, cell in enumerate(world.column(table, column.name)):
                if not cell.strip():
                    yield world.fault("blank", table, row, f"{column.name} is blank.")


def form(world: World) -> Iterator[Finding]:
    """Days that are none, numbers that are none, ids and addresses of another form."""
    for table, column in _columns():
        # What points to a body has the form of one if that is there.
        if column.type != "text" and not (column.type == "id" and column.refers_to):
            yield from _bad_cells(world, "form", table, column, partial(_wrong_form, column))


def word(world: World) -> Iterator[Finding]:
    """Words that the vocabulary does not have."""
    for table, column in _columns():
        if allowed := words_of(column):
            yield from _bad_cells(world, "word", table, column, partial(_unknown_word, column, allowed))


def _unknown_word(column: Column, allowed: Collection[str], text: str) -> str:
    if text in allowed:
        return ""
    if called := _CALLED.get(column.words):
        return f"“{text}” is not a known {called}."
    return f"“{text}” in {column.name} is none of {', '.join(sorted(allowed))}."


def reference(world: World) -> Iterator[Finding]:
    """Ids of what is not there."""
    known: Known = {
        table: world.distinct(table, "id")
        for table in ("entities", "sources", "events", "statements", "boards")
    }
    carriers = ("entities", "events", "rules", "accountability")
    known["facts"] = frozenset().union(*(world.distinct(table, "id") for table in carriers))
    coded = ("code", "parent")
    known["neighbourhoods"] = frozenset().union(*(world.distinct("neighbourhoods", name) for name in coded))
    for table, column in _columns():
        if column.refers_to:
            there = known.get(column.refers_to, known["entities"])
            if world.distinct(table, column.name) - there - {""}:
                yield from _bad_cells(world, "reference", table, column, partial(_missing, column, known))


def _missing(column: Column, known: Known, text: str) -> str:
    """What to say of the first word of a cell that points to nothing; nothing if all of them point to something."""
    missing = MISSING[column.refers_to]
    return next((said for one in _parts(column, text) if (said := missing(one, known))), "")


def _no_entity(entity: str, known: Known) -> str:
    return "" if entity in known["entities"] else f"there is no entity {entity}."


def _no_neighbourhood(area: str, known: Known) -> str:
    if area in known["neighbourhoods"] or _ABROAD.fullmatch(area):
        return ""
    return f"there is no neighbourhood {area}."


MISSING: dict[str, Callable[[str, Known], str]] = {
    "entities": _no_entity,
    "documents": lambda one, known: _no_entity(id_of("text", one), known),
    "words_or_bodies": lambda one, known: _no_entity(one, known) if kind_of(one) else "",
    "bodies_or_kinds": lambda one, known: (
        "" if one in known["entities"] or one in kinds() else f"“{one}” is neither a body nor a kind."
    ),
    "sources": lambda one, known: (
        "" if one in known["sources"] else f"cites “{one}”, which is not a known source."
    ),
    "events": lambda one, known: "" if one in known["events"] else f"there is no event {one}.",
    "boards": lambda one, known: "" if one in known["boards"] else f"there is no board {one}.",
    "statements": lambda one, known: "" if one in known["statements"] else f"there is no statement {one}.",
    "facts": lambda one, known: (
        "" if one in known["facts"] else f"there is no body, event, rule or step of accountability {one}."
    ),
    "neighbourhoods": _no_neighbourhood,
}
"""What to say of a word that points to nothing, by what a column refers to."""


def twice(world: World) -> Iterator[Finding]:
    """Rows that say the same as another; a source may stand in several datasets, if they describe it alike."""
    yield from _described_twice(world)
    for table, declared in TABLES.items():
        # Of rows whose key holds a day the rule on overlaps finds those of the same day as well.
        asked = table != "sources" and "valid_from" not in declared.key
        keys = list(world.cells(table, *declared.key)) if asked else []
        if len(set(keys)) < len(keys):
            seen: Counter[tuple[str, ...]] = Counter()
            for row, key in enumerate(keys):
                seen[key] += 1
                if seen[key] == 2:
                    said = f"{table}: {world.key(table, row)} stands there twice."
                    yield Finding("twice", table, row, said)


def _described_twice(world: World) -> Iterator[Finding]:
    first: dict[str, tuple[str, ...]] = {}
    own: set[tuple[str, str]] = set()
    for number, (dataset, row) in enumerate(
        zip(world.dataset("sources"), world.tables.text("sources"), strict=True)
    ):
        if (dataset, row[0]) in own:
            yield Finding("twice", "sources", number, f"sources: {row[0]} stands there twice.")
        elif first.setdefault(row[0], row) != row:
            yield Finding("twice", "sources", number, f"sources: “{row[0]}” is described in two ways.")
        own.add((dataset, row[0]))


def _columns() -> Iterator[tuple[str, Column]]:
    for table, declared in TABLES.items():
        for column in declared.declared:
            yield table, column


def _bad_cells(
    world: World, rule: str, table: str, column: Column, wrong: Callable[[str], str]
) -> Iterator[Finding]:
    """The rows whose cell in a column is wrong; every different cell is looked at once."""
    different = world.distinct(table, column.name)
    bad = {text: said for text in different if text and (said := wrong(text))}
    if bad:
        for row, text in enumerate(world.column(table, column.name)):
            if text in bad:
                yield world.fault(rule, table, row, bad[text])


RULES = (blank, form, word, reference, twice)
