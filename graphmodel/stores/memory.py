"""The reference store: everything in one `networkx.MultiDiGraph` and a few lists, kept simple on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from orgmap.graphmodel.listed import Listed, table_of
from orgmap.graphmodel.model import (
    IN_FORCE,
    Accountability,
    ChangeEvent,
    Entity,
    Include,
    Period,
    Relationship,
    Rule,
    Source,
    Statement,
    Succession,
)
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.plans.stages import in_force_life, known_period, lasting_stages
from orgmap.graphmodel.register.bodies import Beside
from orgmap.graphmodel.store import (
    About,
    Dated,
    Details,
    NamedEntity,
    each_source,
    entity_order,
    relationship_order,
    shown_events,
)
from orgmap.graphmodel.stores.memory_places import NetworkxPlaces
from orgmap.graphmodel.text import normalise


def _alive(period: Period, at: str | None, not_at: str | None) -> bool:
    return (at is None or period.holds(at)) and (not_at is None or not period.holds(not_at))


def _dated(rows: Iterable[Mapping[str, Any]], value: str, sort: str = "") -> list[Dated]:
    found = [
        Dated(
            row[value],
            row[sort] if sort else "",
            row["valid_from"],
            row["valid_until"],
            row["from_precision"],
            row["until_precision"],
            row["source"],
            row["locator"],
            row["note"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda d: (d.valid_from or "", d.value, d.sort))


class NetworkxStore(NetworkxPlaces):
    """A store in memory. `graph` has every entity as a node and every relationship as a dated edge.

    `tables` are rows as dictionaries by table name (see `orgmap.graphmodel.tables`), blanks as None where a
    date or a number may stand. A question is answered by walking the rows: slow, and easy to believe.
    """

    register: Beside | None = None
    """The whole register beside it, if one is loaded."""

    def __init__(self, tables: Mapping[str, list[dict[str, Any]]]) -> None:
        super().__init__(tables)
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for row in tables.get("entities", []):
            self.graph.add_node(row["id"], **{k: v for k, v in row.items() if k != "id"})
        for row in tables.get("relationships", []):
            self.graph.add_edge(row["subject"], row["object"], fact=Relationship(**row))
        phases = tables.get("phases", [])
        self._lasting = lasting_stages(
            (one["entity"], one["status"], one["valid_from"], one["valid_until"]) for one in phases
        )
        self._of: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for table in ("names", "identifiers", "locations", "phases"):
            for row in tables.get(table, []):
                self._of.setdefault(table, {}).setdefault(row["entity"], []).append(row)

    def __enter__(self) -> NetworkxStore:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing to give up."""

    def _rows_of(self, table: str, entity: str) -> list[dict[str, Any]]:
        return self._of.get(table, {}).get(entity, [])

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
        wanted = None if ids is None else set(ids)
        found = []
        for row in self.tables.get("entities", []):
            if (wanted is not None and row["id"] not in wanted) or (kind is not None and row["kind"] != kind):
                continue
            stage, whole = self._lasting.get(row["id"]), Period(row["valid_from"], row["valid_until"])
            lives: list[tuple[str, dict[str, Any], Period]] = []
            if in_force := in_force_life(whole, stage):
                lives.append(("in_force", row, in_force))
            if not at and not lives and stage and _alive(whole, at, not_at):
                found.append(self._dressed(row, row, stage.status, at))
            if at:
                lives += [
                    (
                        one["status"],
                        one,
                        known_period(one["valid_from"], one["valid_until"], one["from_precision"]),
                    )
                    for one in self._rows_of("phases", row["id"])
                ]
            for status, life, period in lives:
                if status in include.statuses and _alive(period, at, not_at):
                    found.append(self._dressed(row, life, status, at))
        return sorted(found, key=entity_order)

    def _dressed(self, row: dict[str, Any], life: dict[str, Any], status: str, at: str | None) -> Entity:
        """The entity under the name and codes of the day."""
        codes: dict[str, str] = {}
        for word in sorted(
            self._rows_of("identifiers", row["id"]), key=lambda w: (w["valid_from"] or "", w["code"])
        ):
            if at is None or Period(word["valid_from"], word["valid_until"]).holds(at):
                codes[word["scheme"]] = word["code"]
        name = row["name"]
        for word in sorted(
            self._rows_of("names", row["id"]), key=lambda w: (w["valid_from"] or "", w["name"])
        ):
            period = Period(word["valid_from"], word["valid_until"])
            if at and word["use"] in ("official", "former") and any(period) and period.holds(at):
                name = word["name"]
        return Entity(
            row["id"],
            row["kind"],
            name,
            life["valid_from"],
            life["valid_until"],
            life["from_precision"],
            life["until_precision"],
            status,
            tuple(sorted(codes.items())),
            life["source"],
            life["locator"],
            life["note"],
        )

    def entities_on(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Entity]]:
        """See `Store.entities_on`."""
        return {day: self.entities(ids=ids, at=day) for day, ids in wanted.items()}

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
        edges: Iterable[tuple[str, str, Relationship]]
        ends = None if objects is None else set(objects)
        if subjects is not None:
            edges = self.graph.out_edges([s for s in set(subjects) if s in self.graph], data="fact")
        elif ends is not None:
            edges = self.graph.in_edges([o for o in ends if o in self.graph], data="fact")
        else:
            edges = self.graph.edges(data="fact")
        words = None if verbs is None else set(verbs)
        found = [
            fact
            for _, _, fact in edges
            if (ends is None or fact.object in ends)
            and (words is None or fact.verb in words)
            and fact.status in include.statuses
            and _alive(fact.period, at, not_at)
        ]
        return sorted(found, key=relationship_order)

    def events(
        self,
        *,
        ids: Iterable[str] | None = None,
        after: str | None = None,
        until: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[tuple[ChangeEvent, list[Succession]]]:
        """See `Store.events`."""
        parts: dict[str, list[Succession]] = {}
        for row in self.tables.get("successions", []):
            parts.setdefault(row["event"], []).append(Succession(**row))
        found = []
        for row in self.tables.get("events", []):
            event = ChangeEvent(**row)
            if (after and not (event.date and event.date > after)) or (
                until and not (event.date and event.date <= until)
            ):
                continue
            found.append((event, parts.get(event.id, [])))
        return shown_events(found, ids, include)

    def rules(self, services: Iterable[str] | None = None) -> list[Rule]:
        """See `Store.rules`."""
        wanted = None if services is None else set(services)
        rows = sorted(self.tables.get("rules", []), key=lambda row: row["id"])
        return [Rule(**row) for row in rows if wanted is None or row["service"] in wanted]

    def accountability(self) -> list[Accountability]:
        """See `Store.accountability`."""
        return [
            Accountability(**row)
            for row in sorted(self.tables.get("accountability", []), key=lambda row: row["id"])
        ]

    def statements(self) -> list[Statement]:
        """See `Store.statements`."""
        rows = sorted(self.tables.get("statements", []), key=lambda row: row["id"])
        return [Statement(**row) for row in rows]

    def plans(self) -> list[Plan]:
        """See `Store.plans`."""
        return [Plan(**row) for row in sorted(self.tables.get("plans", []), key=lambda row: row["id"])]

    def listed(self, record: type[Listed]) -> list[Listed]:
        """See `Store.listed`."""
        return [
            record(**row) for row in sorted(self.tables.get(table_of(record), []), key=lambda row: row["id"])
        ]

    def details(self, entity: str) -> Details:
        """See `Store.details`."""
        return Details(
            _dated(self._rows_of("names", entity), "name", "use"),
            _dated(self._rows_of("identifiers", entity), "code", "scheme"),
            _dated(self._rows_of("locations", entity), "postcode"),
            _dated(self._rows_of("phases", entity), "status"),
        )

    def sources(self, ids: Iterable[str] | None = None) -> dict[str, Source]:
        """See `Store.sources`."""
        wanted = None if ids is None else each_source(ids)
        rows = sorted(self.tables.get("sources", []), key=lambda row: row["id"])
        return {row["id"]: Source(**row) for row in rows if wanted is None or row["id"] in wanted}

    def ids_of_code(self, code: str) -> list[str]:
        """See `Store.ids_of_code`."""
        clean = code.strip().lower()
        return sorted(
            {row["entity"] for row in self.tables.get("identifiers", []) if row["code"].lower() == clean}
        )

    def _named(self) -> Iterable[tuple[str, NamedEntity]]:
        for row in self.tables.get("name_index", []):
            yield row["normalised"], NamedEntity(row["entity"], row["name"], row["use"])

    def ids_of_name(self, normalised: str) -> list[str]:
        """See `Store.ids_of_name`."""
        return sorted({named.id for name, named in self._named() if name == normalised})

    def named(self, forms: list[str]) -> list[NamedEntity]:
        """See `Store.named`."""
        wanted = set(forms)
        return sorted({named for name, named in self._named() if name in wanted})

    def names_with(self, words: list[str]) -> list[NamedEntity]:
        """See `Store.names_with`."""
        starts = [start for word in words if (start := normalise(word).replace(" ", ""))]
        if not starts:
            return []
        return sorted(
            {
                named
                for name, named in self._named()
                if all(any(word.startswith(start) for word in name.split()) for start in starts)
            }
        )

    def words(self) -> list[str]:
        """See `Store.words`."""
        return sorted({word for name, _ in self._named() for word in name.split()})

    def about(self) -> list[About]:
        """See `Store.about`."""
        rows = sorted(self.tables.get("datasets", []), key=lambda row: row["dataset"])
        return [About(**{**row, "kinds": tuple(row["kinds"].split())}) for row in rows]
