"""What a guide says of a body beside its part: what it is for, and how it could be reached, each with who says so."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.listed import Contact, Purpose
from orgmap.graphmodel.model import Period
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import has, kind_of
from orgmap.queries.answers import sources_json

FIELDS = ("address", "telephone", "website")
"""How a body can be reached."""

HELD = "lists_for_whole"
"""Parts of a body at which it can be reached, where the register has no address of the whole."""


class _Way(NamedTuple):
    """One way to reach a body: what the register has, and the body to which it gives it."""

    contact: Contact
    of: str


class Sayings:
    """What bodies are for and how to reach them, as the tables have it, for one day and one reader."""

    def __init__(self, store: Store, at: AnyDay, reader: str = "") -> None:
        self._store, self._at, self._reader = store, day_of(at), reader
        self._purposes: dict[str, list[Purpose]] = {}
        for row in store.listed(Purpose):
            if Period(row.valid_from, row.valid_until).holds(self._at):
                self._purposes.setdefault(row.about, []).append(row)
        self._contacts: dict[str, list[Contact]] = {}
        for one in store.listed(Contact):
            self._contacts.setdefault(one.entity, []).append(one)

    def of(self, body: dict[str, Any]) -> dict[str, Any]:
        """The purpose, what it means for the reader, and the ways to reach a body; what is not known is None."""
        ids = [body["id"], body["kind"]]
        said: dict[str, Any] = {"purpose": self._purpose(ids, "")}
        if self._reader:
            said["for_reader"] = self._purpose(ids, self._reader)
        ways = self._ways(body)
        said["reach"] = {field: self._reach(ways, field, body["id"]) for field in FIELDS}
        return said

    def _purpose(self, ids: list[str], reader: str) -> dict[str, Any] | None:
        """What is said of the body itself, else of its kind."""
        for one in ids:
            for row in self._purposes.get(one, ()):
                if row.reader == reader:
                    said = {"text": row.text, "sources": self._sources(row.source, row.locator)}
                    return {**said, **({"note": row.note} if row.note else {})}
        return None

    def _ways(self, body: dict[str, Any]) -> list[_Way]:
        """What registers have of the body, that of the last register before the day first; then of its parts."""
        own = [_Way(one, body["id"]) for one in self._in_order(body["id"], body.get("valid_until"))]
        parts = [
            fact.subject
            for fact in self._store.relationships(objects=[body["id"]], verbs=["part_of"], at=self._at)
            if has(kind_of(fact.subject) or "", HELD)
        ]
        beside = [_Way(one, part) for part in sorted(parts) for one in self._in_order(part, None)[:1]]
        return [*own, *beside] if own or len(beside) == 1 else own

    def _in_order(self, body: str, until: str | None) -> list[Contact]:
        """The rows of a body: the newest register that the day had seen, else the oldest of later ones; one made after
        the body ended last of all."""
        rows = self._contacts.get(body, [])
        seen = [(one, one.seen_on or "") for one in rows]
        before = sorted(
            (pair for pair in seen if pair[1] <= self._at), key=lambda pair: pair[1], reverse=True
        )
        after = sorted((pair for pair in seen if pair[1] > self._at), key=lambda pair: pair[1])
        order = [*before, *after]
        late = [pair for pair in order if until and pair[1] >= until]
        return [one for one, _ in (*(pair for pair in order if pair not in late), *late)]

    def _reach(self, ways: list[_Way], field: str, body: str) -> dict[str, Any] | None:
        """The first register that has it, with its day; None where none has."""
        for contact, of in ways:
            if value := getattr(contact, field):
                said: dict[str, Any] = {"value": value, "seen_on": contact.seen_on}
                if of != body:
                    [part] = self._store.entities(ids=[of])
                    said |= {"of": {"id": part.id, "name": part.label}}
                if contact.note:
                    said["note"] = contact.note
                return {**said, "sources": self._sources(contact.source, contact.locator)}
        return None

    def _sources(self, source: str, locator: str) -> list[dict[str, Any]]:
        return sources_json(self._store.sources(source.split()), [(source, locator)])
