"""Checking the tables as a whole: every word known, every end there, every period inside its bodies' lives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.kind_rules import may_have, undeclared
from orgmap.graphmodel.model import BASES, DATE_PRECISIONS, STATUSES
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import (
    event_kinds,
    id_of,
    kind_of,
    kinds,
    populations,
    topics,
    verbs,
)
from orgmap.loaders.build import tables_of
from orgmap.loaders.rows import FACTS, Row

ALWAYS = ("", "9999-12-31")
COVERAGES = ("all", "only", "except", "not_known")


def problems(data: Path) -> list[str]:
    """Every fault in the tables as one sentence; an empty list when they are whole."""
    try:
        return list(faults(tables_of(data)))
    except DataBroken as error:
        return [str(error)]


def refuse_faults(data: Path) -> None:
    """Raises `DataBroken` with the first fault in the tables, if there is any: nothing is built from such tables."""
    found = list(islice(faults(tables_of(data)), 100))
    if found:
        more = f" ({'at least ' if len(found) == 100 else ''}{len(found)} in all)" if len(found) > 1 else ""
        raise DataBroken(f"{data}: {found[0]}{more} Nothing was built; orgmap check lists what is wrong.")


def faults(rows: Callable[[str], Iterable[Row]]) -> Iterator[str]:
    """The faults in a set of tables, given as a function from a table's name to its typed rows."""
    tables = {table: [_Cells(table, row) for row in rows(table)] for table in FACTS}
    sources = {row["id"] for row in tables["sources"]}
    lives = {
        row["id"]: (row["valid_from"] or "", row["valid_until"] or "9999-12-31") for row in tables["entities"]
    }
    for table, found in tables.items():
        yield from _keys(table, found)
        for row in found:
            # A rule may rest on several sources, divided by blanks.
            for cited in (row["source"].split() or [""]) if "source" in row.names else ():
                if cited not in sources:
                    yield f"{table} {row.key}: cites “{cited}”, which is no source."
            yield from _period(table, row)
    yield from _entities(tables["entities"])
    for table in ("phases", "names", "identifiers", "locations"):
        for row in tables[table]:
            if row["entity"] not in lives:
                yield f"{table} {row.key}: there is no entity {row['entity']}."
    for row in tables["phases"]:
        if row["status"] not in STATUSES:
            yield f"phases {row.key}: “{row['status']}” is no status."
    yield from _relationships(tables["relationships"], lives)
    yield from _events(tables["events"], tables["successions"], lives)
    yield from _rules(tables["rules"], lives)
    yield from _overlaps(tables["rules"])
    yield from _steps(tables["accountability"], lives)
    yield from _statements(tables["statements"], lives)
    yield from _places(rows, set(lives))


class _Cells:
    """A row whose cells are asked for by column."""

    def __init__(self, table: str, row: Row) -> None:
        self.names = TABLES[table].columns
        self.row = row
        self.key = " ".join(str(self[column] or "") for column in TABLES[table].key).strip()

    def __getitem__(self, column: str) -> str:
        return self.row[self.names.index(column)]  # type: ignore[no-any-return]


def _keys(table: str, rows: list[_Cells]) -> Iterator[str]:
    seen = set()
    for row in rows:
        if row.key in seen:
            yield f"{table}: {row.key} stands there twice."
        seen.add(row.key)


def _period(table: str, row: _Cells) -> Iterator[str]:
    if "valid_from" not in row.names:
        return
    start, end = row["valid_from"], row["valid_until"]
    if start and end and start >= end:
        yield f"{table} {row.key}: ends ({end}) before it begins ({start})."
    for column in ("from_precision", "until_precision"):
        if row[column] not in DATE_PRECISIONS:
            yield f"{table} {row.key}: “{row[column]}” is no precision."


def _entities(rows: list[_Cells]) -> Iterator[str]:
    for row in rows:
        if why := undeclared(row["kind"], row["id"]):
            yield f"entities {row.key}: {why}"


def _relationships(rows: list[_Cells], lives: dict[str, tuple[str, str]]) -> Iterator[str]:
    for row in rows:
        if row["verb"] not in verbs():
            yield f"relationships {row.key}: “{row['verb']}” is no verb."
        if row["basis"] not in BASES:
            yield f"relationships {row.key}: “{row['basis']}” is no basis."
        if row["status"] not in STATUSES:
            yield f"relationships {row.key}: “{row['status']}” is no status."
        start, end = row["valid_from"] or "", row["valid_until"] or "9999-12-31"
        for column in ("subject", "object"):
            if row[column] not in lives:
                yield f"relationships {row.key}: there is no entity {row[column]}."
                continue
            life = lives[row[column]]
            if row["status"] == "in_force" and (start < life[0] or end > life[1]):
                told = f"{start}–{end} is outside the life of {row[column]} ({life[0]}–{life[1]})"
                yield f"relationships {row.key}: {told}."


def _events(events: list[_Cells], parts: list[_Cells], lives: dict[str, tuple[str, str]]) -> Iterator[str]:
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for part in parts:
        # A few practices that strayed do not make a merger a reorganisation.
        for ends, column in ((before, "predecessor"), (after, "successor")):
            ends.setdefault(part["event"], set()).update(set() if part["stray"] else {part[column]} - {""})
        for column in ("predecessor", "successor"):
            if part[column] and part[column] not in lives:
                yield f"successions {part.key}: there is no entity {part[column]}."
    kinds_of = {event["id"]: event["kind"] for event in events}
    for part in parts:
        change = kinds_of.get(part["event"])
        for end in (part["predecessor"], part["successor"]) if change in event_kinds() else ():
            if end in lives and not may_have(kind_of(end) or "", str(change)):
                yield f"successions {part.key}: {end} is of a kind that cannot be {event_kinds()[str(change)].label}."
    known = {event["id"] for event in events}
    yield from (f"successions: there is no event {one}." for one in sorted(before.keys() - known))
    for event in events:
        kind = event_kinds().get(event["kind"])
        if kind is None:
            yield f"events {event.key}: “{event['kind']}” is no kind of change."
            continue
        for word, having in (("predecessors", before), ("successors", after)):
            count, allowed = len(having.get(event["id"], ())), getattr(kind, word)
            if not _fits(count, allowed):
                yield f"events {event.key}: {event['kind']} needs {allowed} {word}, it has {count}."


def _statements(rows: list[_Cells], lives: dict[str, tuple[str, str]]) -> Iterator[str]:
    known = {row["id"] for row in rows}
    for row in rows:
        if row["topic"] not in topics():
            yield f"statements {row.key}: “{row['topic']}” is no topic."
        if row["status"] not in STATUSES:
            yield f"statements {row.key}: “{row['status']}” is no status."
        if row["verb"] and row["verb"] not in verbs():
            yield f"statements {row.key}: “{row['verb']}” is no verb."
        if len(row["source"].split()) != len(row["locator"].split(" | ")):
            yield f"statements {row.key}: its sources and its locators are not as many."
        documents = [id_of("text", number) for number in row["document"].split()]
        named = [part for column in ("subject", "object", "about") for part in row[column].split("; ")]
        for one in [*documents, *(part for part in named if kind_of(part))]:
            if one not in lives:
                yield f"statements {row.key}: there is no entity {one}."
        for other in row["contradicts"].split():
            if other not in known:
                yield f"statements {row.key}: there is no statement {other}."


def _places(rows: Callable[[str], Iterable[Row]], known: set[str]) -> Iterator[str]:
    """Faults in the tables about places, which are read row by row: there are two million postcodes."""
    seen: set[str] = set()
    parents: set[str] = set()
    for code, _, parent, area, _ in rows("neighbourhoods"):
        if code in seen:
            yield f"neighbourhoods: {code} stands there twice."
        if area and area not in known:
            yield f"neighbourhoods {code}: there is no entity {area}."
        seen.add(code)
        parents.add(parent)
    for name, kind, _, area, *_ in rows("place_names"):
        if area not in known:
            yield f"place_names {name} ({kind}): there is no entity {area}."
    for code, _, kind, _, area, _ in rows("place_codes"):
        if area not in known:
            yield f"place_codes {code} ({kind}): there is no entity {area}."
    for outcode, inwards, code, _ in rows("postcodes"):
        if code.startswith("E") and code not in seen and code not in parents:
            yield f"postcodes {outcode} {inwards.partition(' ')[0]}: there is no neighbourhood {code}."


def _rules(rows: list[_Cells], lives: dict[str, tuple[str, str]]) -> Iterator[str]:
    for row in rows:
        words = " ".join(
            row[column] for column in ("commissioner", "accountable", "on_behalf_of", "acting_through")
        )
        yield from _unknown("rules", row, f"{row['service']} {words} {row['bodies']}".split(), lives)
        if row["population"] not in populations():
            yield f"rules {row.key}: “{row['population']}” is no population."
        yield from _coverage("rules", row, COVERAGES)


def _coverage(table: str, row: _Cells, allowed: tuple[str, ...]) -> Iterator[str]:
    if row["coverage"] not in allowed or (row["coverage"] in ("only", "except")) > bool(row["bodies"]):
        yield f"{table} {row.key}: the coverage “{row['coverage']}” does not fit its bodies."


def _overlaps(rows: list[_Cells]) -> Iterator[str]:
    """Rules of one basis that name two commissioners for the same service, people and bodies on one day.

    Partners in a joint arrangement are several; so are those of which only one holds and nobody knows which.
    """
    alike: dict[tuple[str, ...], list[_Cells]] = {}
    for row in rows:
        several = row["basis"] == "joint" or row["coverage"] == "not_known"
        columns = ("service", "basis", "population", "coverage", "bodies", "status")
        key = (*(row[column] for column in columns), row["commissioner"] if several else "")
        alike.setdefault(key, []).append(row)
    for group in alike.values():
        ordered = sorted(group, key=lambda row: row["valid_from"] or "")
        for first, second in pairwise(ordered):
            if (second["valid_from"] or "") < (first["valid_until"] or ALWAYS[1]):
                yield f"rules {first.key} and {second.key}: both hold on {second['valid_from']}."


def _steps(rows: list[_Cells], lives: dict[str, tuple[str, str]]) -> Iterator[str]:
    for row in rows:
        yield from _unknown(
            "accountability", row, [row["subject"], row["object"], *row["bodies"].split()], lives
        )
        if row["verb"] not in verbs():
            yield f"accountability {row.key}: “{row['verb']}” is no verb."
        yield from _coverage(
            "accountability",
            row,
            (*COVERAGES, "related", "foundation_trusts", "other_trusts", "some_other_trusts"),
        )


def _unknown(table: str, row: _Cells, words: list[str], lives: dict[str, tuple[str, str]]) -> Iterator[str]:
    for word in words:
        if word not in lives and word not in kinds():
            yield f"{table} {row.key}: “{word}” is neither a body nor a kind."
    if row["basis"] not in BASES:
        yield f"{table} {row.key}: “{row['basis']}” is no basis."
    if row["status"] not in STATUSES:
        yield f"{table} {row.key}: “{row['status']}” is no status."


def _fits(count: int, allowed: str) -> bool:
    """Whether a number is the one allowed: “1” means just one, “2+” two or more."""
    return count >= int(allowed[:-1]) if allowed.endswith("+") else count == int(allowed)
