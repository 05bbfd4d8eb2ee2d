"""The tables as a graph of nodes and relationships: what a Neo4j server, its import files and scripts are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from orgmap.graphmodel.listed import LISTED
from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.store import About
from orgmap.graphmodel.stores.neo4j.schema import LABELS, NOT_PLACED, WORDS, label_of, type_of
from orgmap.graphmodel.stores.postcode_words import PostcodeLay, PostcodeRow
from orgmap.graphmodel.tables import DATES, TABLES
from orgmap.graphmodel.vocabulary import has
from orgmap.loaders.rows import Row, Rows, expand_postcodes, neighbourhood_rows, outcode_rows
from orgmap.loaders.statuses import not_happened, not_in_force

Properties = dict[str, Any]
"""What a node or a relationship says of itself; what is blank is left out."""


class Nodes(NamedTuple):
    """The nodes of one table, each with its `key` among its properties."""

    table: str
    rows: Iterable[Properties]


class Edges(NamedTuple):
    """Relationships of one type between nodes of two tables: (key of the start, key of the end, properties)."""

    type: str
    start: str
    end: str
    rows: Iterable[tuple[str, str, Properties]]


def graph_rows(rows: Rows) -> Iterator[Nodes | Edges]:
    """All nodes, then all relationships; always in the same order, so that a load can go on where it stopped.

    `rows` gives the typed rows of a table by its name, `datasets` among them.
    """
    listed = list(rows("neighbourhoods"))
    parts = list(neighbourhood_rows(listed))
    bodies = [row[0] for row in rows("entities")]
    yield Nodes("sources", _named(rows, "sources"))
    yield Nodes("entities", _entities(rows, _people(parts), not_in_force(rows)))
    for table in WORDS:
        yield Nodes(table, _words(table, rows(table)))
    for table in ("events", "rules", "accountability", "statements", "plans", *LISTED):
        yield Nodes(table, _named(rows, table))
    yield Nodes("neighbourhoods", _neighbourhoods(listed))
    outcodes = _outcodes(rows("postcodes"))
    yield Nodes("outcodes", outcodes)
    coded = list(rows("place_codes"))
    yield Nodes("place_codes", _coded(coded))
    places = _places(rows("place_names"))
    yield Nodes("places", (place for place, _ in places.values()))
    yield Nodes("datasets", _datasets(rows("datasets")))

    for table, kind in WORDS.items():
        yield Edges(kind, "entities", table, _owners(rows(table)))
    for verb, said in sorted(_by_verb(rows("relationships")).items()):
        yield Edges(type_of(verb), "entities", "entities", said)
    changes = {row[0]: _properties(("kind", "date"), row[1:3]) for row in rows("events")}
    for event, plan in not_happened(rows).items():
        changes[event] |= {f"event_{name}": cell for name, cell in _properties(plan, plan.values()).items()}
    yield from _successions(rows("successions"), changes, set(bodies))
    sources = {row[0] for row in rows("sources")}
    for table in ("entities", "events", "rules", "accountability", "statements", "plans", *LISTED):
        yield Edges("CITES", table, "sources", _citing(table, rows(table), sources))
    yield Edges("OF_SERVICE", "rules", "entities", _of_service(rows("rules"), set(bodies)))
    yield Edges("LIES_IN", "neighbourhoods", "entities", ((c, a, {"population": n}) for c, a, n in parts))
    area_of = {code: area for code, area, _ in parts if code.startswith("E01")}
    counted = outcode_rows(rows("postcodes"), area_of)
    yield Edges("LIES_IN", "outcodes", "entities", ((o, a, {"postcodes": n}) for o, a, n in counted))
    standing = _standing(rows("locations"), rows("postcodes"), {code for code, _, _ in parts})
    yield Edges("LIES_IN", "locations", "neighbourhoods", standing)
    living = ((row[0], row[4], {"population": row[5]}) for row in coded)
    yield Edges("LIES_IN", "place_codes", "entities", living)
    shares = (
        (place["key"], area, {"share": share}) for place, found in places.values() for area, share in found
    )
    yield Edges("LIES_IN", "places", "entities", shares)


def labels_of(table: str, properties: Properties) -> list[str]:
    """The labels that people ask by: that of the table, and for a body that of its kind."""
    own = [label_of(properties["kind"])] if table == "entities" else []
    return [LABELS[table], *own]


def cypher_of(part: Nodes | Edges) -> str:
    """The Cypher that writes rows of this kind. Table and type are words of ours, values are parameters."""
    if isinstance(part, Nodes):
        assert part.table in LABELS
        return (
            f"UNWIND $rows AS row CREATE (n:Orgmap) SET n = row, n.build = $build, n.table = '{part.table}'"
        )
    assert {part.start, part.end} <= set(LABELS)
    assert part.type.replace("_", "").isalpha()
    assert part.type.isupper()
    return (
        "UNWIND $rows AS row"
        f" MATCH (a:Orgmap {{build: $build, table: '{part.start}', key: row[0]}})"
        f" MATCH (b:Orgmap {{build: $build, table: '{part.end}', key: row[1]}})"
        f" CREATE (a)-[r:{part.type}]->(b) SET r = row[2]"
    )


def search_words(nodes: Iterable[Properties]) -> set[str]:
    """Every word that stands in a name, for mending what was mistyped."""
    return {word for one in nodes for form in one.get("forms", ()) for word in form.split()}


def _properties(columns: Iterable[str], row: Iterable[Any]) -> Properties:
    """The cells that are not blank, days as days."""
    return {
        column: date.fromisoformat(cell) if column in DATES else cell
        for column, cell in zip(columns, row, strict=True)
        if cell not in (None, "")
    }


def _named(rows: Rows, table: str) -> Iterator[Properties]:
    for row in rows(table):
        yield {**_properties(TABLES[table].columns, row), "key": row[0]}


def _people(parts: Iterable[Row]) -> dict[str, float]:
    """People in each area, see `Store.populations`."""
    people: dict[str, float] = {}
    for code, area, count in sorted(parts, key=lambda part: (part[1], part[0])):
        if code.startswith("E01"):
            people[area] = people.get(area, 0.0) + count
    return people


def _entities(rows: Rows, people: dict[str, float], planned: dict[str, str]) -> Iterator[Properties]:
    for body in _named(rows, "entities"):
        if "name" in body and not has(body["kind"], "ground"):
            body["forms"] = name_forms(body["name"])
        if body["key"] in people:
            body["population"] = people[body["key"]]
        if body["key"] in planned:
            body["status"] = planned[body["key"]]
        yield body


def _words(table: str, rows: Iterable[Row]) -> Iterator[Properties]:
    """What is dated about bodies; the row's number is its key, its body is the one it hangs on."""
    for number, row in enumerate(rows, start=1):
        word = {**_properties(TABLES[table].columns[1:], row[1:]), "key": str(number)}
        if table == "names":
            word["forms"] = name_forms(word["name"])
        elif table == "identifiers":
            word["word"] = word["code"].lower()
        yield word


def _owners(rows: Iterable[Row]) -> Iterator[tuple[str, str, Properties]]:
    return ((row[0], str(number), {}) for number, row in enumerate(rows, start=1))


def _neighbourhoods(rows: list[Row]) -> Iterator[Properties]:
    """LSOAs and MSOAs: those listed, and those that are only named as the larger one of another."""
    listed = {row[0] for row in rows}
    for code, name, *_ in rows:
        yield {**_properties(("code", "name"), (code, name)), "key": code}
    yield from ({"code": code, "key": code} for code in sorted({row[2] for row in rows} - listed - {""}))


def _coded(rows: list[Row]) -> Iterator[Properties]:
    """One node for each place that has a code and is no neighbourhood of 2011."""
    columns = ("code", "name", "kind", "within")
    found = {row[0]: _properties(columns, row[:4]) for row in rows}
    yield from ({**place, "key": code} for code, place in sorted(found.items()))


_OF_OUTCODE = ("inwards", "codes", "seen", "earlier")
"""What an outcode's node has of each row of its postcodes."""


def _outcodes(rows: Iterable[Row]) -> list[Properties]:
    """One node for each outcode: the inward halves of each of its neighbourhoods as one text."""
    found: dict[str, Properties] = {}
    for outcode, *cells in rows:
        node = found.setdefault(
            outcode, {"key": outcode, "outcode": outcode, **{column: [] for column in _OF_OUTCODE}}
        )
        for column, cell in zip(_OF_OUTCODE, cells, strict=True):
            node[column].append(cell or NOT_PLACED)
    return list(found.values())


def _standing(
    locations: Iterable[Row], postcodes: Iterable[Row], known: set[str]
) -> Iterator[tuple[str, str, Properties]]:
    """In which neighbourhood each postcode of a body lay, when, and when that was the last word."""
    owners: dict[str, list[str]] = {}
    for place, row in enumerate(locations, start=1):
        owners.setdefault(row[1].replace(" ", ""), []).append(str(place))
    for postcode, *words in expand_postcodes(postcodes):
        for number in owners.get(postcode, ()):
            for lay in PostcodeRow(*words).lay():
                if lay.code in known:
                    yield number, lay.code, _lasted(lay)


def _lasted(lay: PostcodeLay) -> Properties:
    days = zip(PostcodeLay._fields[1:], lay[1:], strict=True)
    return {name: date.fromisoformat(day) for name, day in days if day}


Places = dict[tuple[str, ...], tuple[Properties, list[tuple[str, float]]]]


def _places(rows: Iterable[Row]) -> Places:
    """Named places, each with its areas and the share of its people that live in each."""
    found: Places = {}
    columns = ("name", "kind", "within", *TABLES["place_names"].columns[5:])
    for name, kind, within, area, share, *more in rows:
        about = _properties(columns, (name, kind, within, *more))
        identity = (name, kind, within, about.get("called", ""))
        key = str(len(found) + 1)
        place = found.setdefault(identity, ({**about, "key": key, "word": place_form(name)}, []))
        place[1].append((area, share))
    return found


def _datasets(rows: Iterable[Row]) -> Iterator[Properties]:
    for row in rows:
        cells = dict(zip(About._fields, row, strict=True))
        cells["kinds"] = cells["kinds"].split()
        yield {**{column: cell for column, cell in cells.items() if cell}, "key": cells["dataset"]}


def _by_verb(rows: Iterable[Row]) -> dict[str, list[tuple[str, str, Properties]]]:
    columns = TABLES["relationships"].columns[3:]
    found: dict[str, list[tuple[str, str, Properties]]] = {}
    for subject, verb, other, *cells in rows:
        found.setdefault(verb, []).append((subject, other, _properties(columns, cells)))
    return found


def _successions(rows: Iterable[Row], changes: dict[str, Properties], bodies: set[str]) -> Iterator[Edges]:
    """From predecessor to successor, and from both to their change event.

    Where no source names the other side, the way to the event says so and carries the weight. A body that is not among
    those written, as in the graph of one day, has no way at all. Of what has not happened each pair bears the status.
    """
    columns = TABLES["successions"].columns[3:]
    pairs: list[tuple[str, str, Properties]] = []
    before: dict[tuple[str, str, str], tuple[str, str, Properties]] = {}
    after: dict[tuple[str, str, str], tuple[str, str, Properties]] = {}
    for event, one, other, *cells in rows:
        properties = _properties(columns, cells)
        if one and other:
            pairs.append((one, other, {"event": event, **changes.get(event, {}), **properties}))
            before.setdefault((one, event, ""), (one, event, {}))
            after.setdefault((other, event, ""), (other, event, {}))
        elif one:
            before[one, event, str(cells)] = (one, event, {**properties, "without_successor": True})
        elif other:
            after[other, event, str(cells)] = (other, event, {**properties, "without_predecessor": True})
    there = [pair for pair in pairs if pair[0] in bodies and pair[1] in bodies]
    yield Edges("SUCCEEDED_BY", "entities", "entities", there)
    yield Edges("PREDECESSOR_OF", "entities", "events", [one for one in before.values() if one[0] in bodies])
    yield Edges("SUCCESSOR_OF", "entities", "events", [one for one in after.values() if one[0] in bodies])


def _citing(table: str, rows: Iterable[Row], sources: set[str]) -> Iterator[tuple[str, str, Properties]]:
    """Who says so; where a row rests on several sources, divided by blanks, it has a locator for each."""
    divided = " | " if table == "statements" else "; "
    source, locator = (TABLES[table].columns.index(column) for column in ("source", "locator"))
    for row in rows:
        cited = row[source].split()
        where = row[locator].split(divided) if len(cited) > 1 else [row[locator]]
        for number, one in enumerate(cited):
            if one in sources:
                found = where[number] if number < len(where) else ""
                yield row[0], one, {"locator": found} if found else {}


def _of_service(rows: Iterable[Row], bodies: set[str]) -> Iterator[tuple[str, str, Properties]]:
    return ((row[0], row[1], {}) for row in rows if row[1] in bodies)
