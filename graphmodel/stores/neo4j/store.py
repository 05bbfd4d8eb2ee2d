"""The store on a Neo4j server: every question is answered there, in Cypher, in one or few round trips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from orgmap.graphmodel.listed import Listed, table_of
from orgmap.graphmodel.model import (
    IN_FORCE,
    Accountability,
    ChangeEvent,
    Entity,
    Include,
    Relationship,
    Rule,
    Source,
    Statement,
    Succession,
)
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.register.bodies import Beside
from orgmap.graphmodel.store import About, Dated, Details, each_source, entity_order, shown_events
from orgmap.graphmodel.stores.neo4j.ahead import (
    FACT_CELLS,
    KEPT,
    Expected,
    Question,
    as_facts,
    shown,
    shown_values,
)
from orgmap.graphmodel.stores.neo4j.places import Neo4jPlaces
from orgmap.graphmodel.stores.neo4j.reader import cells, filled, holds, node, on_day, ours, where
from orgmap.graphmodel.stores.neo4j.schema import GRAPH, WORDS, types_of
from orgmap.graphmodel.stores.neo4j.server import Server

_KNOWN_FROM = (
    "CASE WHEN life.from_precision = 'not_known' AND life.valid_from IS NULL"
    " THEN life.valid_until - duration('P1D') ELSE life.valid_from END"
)
"""From when a status is known to hold, see `orgmap.graphmodel.plans.stages.known_period`."""

_LASTING = (
    f"COLLECT {{ MATCH (e)-[:{WORDS['phases']}]->(w) WHERE {ours('w')} AND w.valid_until IS NULL"
    " RETURN w ORDER BY coalesce(toString(w.valid_from), ''), w.status LIMIT 1 }[0]"
)
"""What a body is for good instead of in force, see `orgmap.graphmodel.plans.stages.lasting_stages`."""
_NOT_YET = "(stage IS NULL OR coalesce(stage.valid_from > date(${day}), false))"
_NEVER = (
    "(stage IS NOT NULL AND (stage.valid_from IS NULL OR coalesce(stage.valid_from <= e.valid_from, false)))"
)
"""Whether it was never in force, see `orgmap.graphmodel.plans.stages.in_force_life`."""

_NAMED = "w.use IN ['official', 'former'] AND coalesce(w.valid_from, w.valid_until) IS NOT NULL"
"""Names that were a body's own on some days and not on others."""
_LIFE = ("valid_from", "valid_until", "from_precision", "until_precision")
_SAYS = ("source", "locator", "note")
_DATED = {
    "names": "w.name, w.use",
    "identifiers": "w.code, w.scheme",
    "locations": "w.postcode, ''",
    "phases": "w.status, ''",
}
"""What a dated word says, and of which sort it is, by its table."""

Row = TypeVar("Row")


class Neo4jStore(Neo4jPlaces):
    """A store on a server (see `orgmap.loaders.open.open_url`). It holds a connection: close it, or use `with`."""

    register: Beside | None = None
    """The whole register beside it, if one is loaded."""

    def __init__(self, server: Server, graph: str = GRAPH) -> None:
        super().__init__(server, graph)
        self._details: dict[str, Details] = {}
        self._sources: dict[str, Source | None] = {}
        self._cited = Expected()

    def __enter__(self) -> Neo4jStore:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def entities(
        self,
        *,
        ids: Iterable[str] | None = None,
        kind: str | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Entity]:
        """See `Store.entities`."""
        values: dict[str, Any] = {"at": at, "not_at": not_at, "kind": kind}
        chosen = ["e.kind = $kind"] if kind is not None else []
        if ids is not None:
            values["ids"] = sorted(set(ids))
            chosen.append("e.key IN $ids")
        if at and len(include.statuses) > 1:
            values["statuses"] = [status for status in include.statuses if status != "in_force"]
        rows = self._rows(_bodies_question(chosen, at, not_at, include), **values)
        found = sorted((_dressed(row) for row in rows), key=entity_order)
        self._ahead.bodies.note(entity.id for entity in found)
        return found

    def entities_on(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Entity]]:
        """See `Store.entities_on`; one question for all days."""
        asked = [[day, sorted(set(ids))] for day, ids in sorted(wanted.items())]
        if not asked:
            return {}
        # What is a parameter for one day is a variable here.
        one_day = _bodies_question(["e.key IN $ids"], "at", None, IN_FORCE)
        one_day = one_day.replace("$at", "at").replace("$ids", "ids").replace("CALL () {", "CALL (at, ids) {")
        rows = self._rows(
            f"UNWIND $asked AS one WITH one[0] AS at, one[1] AS ids CALL (at, ids) {{ {one_day} }}"
            " RETURN [at, row] AS row",
            asked=asked,
        )
        found: dict[str, list[Entity]] = {day: [] for day in wanted}
        for day, row in rows:
            found[day].append(_dressed(row))
        return {day: sorted(bodies, key=entity_order) for day, bodies in found.items()}

    def relationships(
        self,
        *,
        subjects: Iterable[str] | None = None,
        objects: Iterable[str] | None = None,
        verbs: Iterable[str] | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Relationship]:
        """See `Store.relationships`."""
        froms, tos, words = (None if ends is None else set(ends) for ends in (subjects, objects, verbs))
        if not at and not not_at and words and (question := _of_one(froms, tos, words, include)):
            facts = self._ahead.answer(question)
            if facts is not None:
                return facts
        types = types_of(words)
        if not types:
            return []
        conditions = [ours("s", "o"), shown("r"), *on_day("r", at, not_at)]
        values = {"at": at, "not_at": not_at, **shown_values(include)}
        for name, ends in (("s", froms), ("o", tos)):
            if ends is not None:
                conditions.append(f"{name}.key IN ${name}")
                values[name] = sorted(ends)
        start = node("s", "entities") if froms is not None or tos is None else "(s)"
        end = node("o", "entities") if froms is None and tos is not None else "(o)"
        asked = f"MATCH {start}-[r:{types}]->{end}{where(conditions)} RETURN [{FACT_CELLS}] AS row"
        found = as_facts(self._rows(asked, **values))
        self._ahead.bodies.note(fact.subject for fact in found)
        if words == {"covers"}:
            self._ahead.areas.note(sorted({fact.object for fact in found}))
        return found

    def events(
        self,
        *,
        ids: Iterable[str] | None = None,
        after: str | None = None,
        until: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[tuple[ChangeEvent, list[Succession]]]:
        """See `Store.events`."""
        values: dict[str, Any] = {"after": after, "until": until}
        start = f"MATCH {node('e', 'events')}"
        wanted = None if ids is None else set(ids)
        if wanted is not None:
            values["ids"] = sorted(wanted)
            start = (
                f"MATCH {node('b', 'entities')} WHERE b.key IN $ids"
                f" MATCH (b)-[:PREDECESSOR_OF|SUCCESSOR_OF]->(e) WHERE {ours('e')} WITH DISTINCT e"
            )
        days = (["e.date > date($after)"] if after else []) + (["e.date <= date($until)"] if until else [])
        of_it = cells("r", Succession._fields[3:])
        rows = self._rows(
            f"{start}{where(days)} RETURN [e.key, {cells('e', ChangeEvent._fields[1:])}, COLLECT {{"
            " MATCH (e)<-[p:PREDECESSOR_OF]-(a)-[r:SUCCEEDED_BY]->(b)"
            f" WHERE {ours('a', 'b')} AND p.without_successor IS NULL AND r.event = e.key"
            f" RETURN [a.key, b.key, {of_it}] AS part"
            " UNION ALL MATCH (e)<-[r:PREDECESSOR_OF {without_successor: true}]-(a)"
            f" WHERE {ours('a')} RETURN [a.key, '', {of_it}] AS part"
            " UNION ALL MATCH (e)<-[r:SUCCESSOR_OF {without_predecessor: true}]-(b)"
            f" WHERE {ours('b')} RETURN ['', b.key, {of_it}] AS part"
            " }] AS row",
            **values,
        )
        found = []
        for *cells_of, parts in rows:
            event = ChangeEvent(*filled(ChangeEvent._fields, cells_of, "events"))
            found.append(
                (
                    event,
                    [
                        Succession(*filled(Succession._fields, [event.id, *part], "successions"))
                        for part in parts
                    ],
                )
            )
        return shown_events(found, wanted, include)

    def _listed(self, table: str, kind: type[Row], condition: str = "", **values: Any) -> list[Row]:
        """The nodes of a table as what they are in the model, by id."""
        columns: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
        rows = self._rows(
            f"MATCH {node('n', table)}{where([condition] if condition else [])}"
            f" RETURN [n.key, {cells('n', columns[1:])}] AS row",
            **values,
        )
        return [kind(*filled(columns, row, table)) for row in sorted(rows, key=lambda row: str(row[0]))]

    def rules(self, services: Iterable[str] | None = None) -> list[Rule]:
        """See `Store.rules`."""
        if services is None:
            return self._listed("rules", Rule)
        return self._listed("rules", Rule, "n.service IN $services", services=sorted(set(services)))

    def accountability(self) -> list[Accountability]:
        """See `Store.accountability`."""
        found = self._listed("accountability", Accountability)
        self._cited.note(source for step in found for source in step.source.split())
        return found

    def statements(self) -> list[Statement]:
        """See `Store.statements`."""
        return self._listed("statements", Statement)

    def plans(self) -> list[Plan]:
        """See `Store.plans`."""
        return self._listed("plans", Plan)

    def listed(self, record: type[Listed]) -> list[Listed]:
        """See `Store.listed`."""
        return self._listed(table_of(record), record)

    def sources(self, ids: Iterable[str] | None = None) -> dict[str, Source]:
        """See `Store.sources`."""
        if ids is None:
            return {source.id: source for source in self._listed("sources", Source)}
        wanted = sorted(each_source(ids))
        if missing := [one for one in wanted if one not in self._sources]:
            asked = sorted(each_source(more for one in missing for more in self._cited.next(one)))
            found = self._listed("sources", Source, "n.key IN $ids", ids=asked)
            self._sources |= {**dict.fromkeys(asked), **{source.id: source for source in found}}
        return {one: source for one in wanted if (source := self._sources[one])}

    def details(self, entity: str) -> Details:
        """See `Store.details`."""
        if entity not in self._details:
            if len(self._details) > KEPT:
                self._details.clear()
            ids = self._ahead.bodies.next(entity)
            words = (
                f"COLLECT {{ MATCH (e)-[:{WORDS[table]}]->(w) WHERE {ours('w')}"
                f" RETURN [{said}, {cells('w', (*_LIFE, *_SAYS))}] }}"
                for table, said in _DATED.items()
            )
            rows = self._rows(
                f"MATCH {node('e', 'entities')} WHERE e.key IN $ids RETURN [e.key, {', '.join(words)}] AS row",
                ids=ids,
            )
            self._details |= {one: Details([], [], [], []) for one in ids}
            self._details |= {row[0]: Details(*map(_dated, row[1:])) for row in rows}
        return self._details[entity]

    def about(self) -> list[About]:
        """See `Store.about`."""
        rows = self._rows(
            f"MATCH {node('n', 'datasets')}"
            " RETURN [n.key, n.title, n.horizon, n.as_of, n.kinds, n.names_from, n.changes_left_out] AS row"
        )
        found = [
            [*(cell or "" for cell in row[:4]), tuple(row[4] or ()), row[5] or "", row[6] or ""]
            for row in rows
        ]
        return sorted(About._make(row) for row in found)


def _of_one(
    subjects: set[str] | None, objects: set[str] | None, verbs: set[str], include: Include
) -> Question | None:
    """The question about a single body, if it is one."""
    if subjects is not None and objects is None and len(subjects) == 1:
        return Question("subject", next(iter(subjects)), frozenset(verbs), include)
    if objects is not None and subjects is None and len(objects) == 1:
        return Question("object", next(iter(objects)), frozenset(verbs), include)
    return None


def _dressed(row: list[Any]) -> Entity:
    """The entity under the name and codes of the day: where several hold, the one that began last."""
    *life, codes, names = row
    body = filled(("id", "kind", "name", *_LIFE, "status", *_SAYS), life)
    if names:
        body[2] = max((start or "", name) for start, name in names)[1]
    by_scheme = {scheme: code for _, code, scheme in sorted(codes, key=lambda c: (c[0] or "", c[1]))}
    return Entity._make([*body[:8], tuple(sorted(by_scheme.items())), *body[8:]])


def _dated(rows: list[list[Any]]) -> list[Dated]:
    found = (Dated(*filled(Dated._fields, row)) for row in rows)
    return sorted(found, key=lambda d: (d.valid_from or "", d.value, d.sort))


def _bodies_question(chosen: list[str], at: str | None, not_at: str | None, include: Include) -> str:
    """The Cypher for bodies under the names and codes of the day in the parameter `at`, if there is one."""
    left = [_NOT_YET.format(day="at")] if at else []
    if not_at:
        left.append(f"NOT ({holds('e', 'not_at')} AND (never OR {_NOT_YET.format(day='not_at')}))")
    lives = [
        f"MATCH {node('e', 'entities')}{where([*chosen, *on_day('e', at, None)])}"
        f" WITH e, {_LASTING} AS stage WITH e, stage, {_NEVER} AS never{where(left)}"
        " RETURN e, e AS life, CASE WHEN never THEN stage.status ELSE 'in_force' END AS status"
    ]
    if at and len(include.statuses) > 1:
        known = [
            ours("life"),
            "life.status IN $statuses",
            *on_day("life", at, not_at, f"({_KNOWN_FROM})"),
        ]
        lives.append(
            f"MATCH {node('e', 'entities')}{where(chosen)}"
            f" MATCH (e)-[:HAS_PHASE]->(life){where(known)} RETURN e, life, life.status AS status"
        )
    name = where([ours("w"), _NAMED, *on_day("w", at, None)])
    names = f"COLLECT {{ MATCH (e)-[:HAS_NAME]->(w){name} RETURN [{cells('w', ['valid_from', 'name'])}] }}"
    code = f"[{cells('w', ['valid_from', 'code', 'scheme'])}]"
    held = where([ours("w"), *on_day("w", at, None)])
    codes = f"COLLECT {{ MATCH (e)-[:HAS_IDENTIFIER]->(w){held} RETURN {code} }}"
    return (
        f"CALL () {{ {' UNION ALL '.join(lives)} }} RETURN [e.key, e.kind, e.name, {cells('life', _LIFE)}, status,"
        f" {cells('life', _SAYS)}, {codes}, {names if at else '[]'}] AS row"
    )
