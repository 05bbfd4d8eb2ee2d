"""What a release takes back of what was said before it: kept, so that it is still told as known until that release."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.releases.register import CodedBodies, SaidBy

CORRECTIONS, TIES, BODIES = "corrections", "relationships", "entities"
NAMES, PLACES = "names", "locations"

Said = tuple[str, ...]
"""The cells of a row."""


class SaidBefore:
    """All that the tables say of one body (blank: of none yet), its names, postcodes and relations before a release
    tells of it.

    What happened after the day up to which these knew is an event, not a correction: it is known from its own day on.
    """

    def __init__(self, register: CodedBodies, body: str) -> None:
        self._register = register
        row = register.bodies.get(body)
        self._life = tuple(row.row) if row else None
        self._ties = [(tie, tuple(tie.row)) for tie in register.ties.get(body, ())]
        words = ((NAMES, register.names), (PLACES, register.places))
        self._words = [(table, row, tuple(row.row)) for table, index in words for row in index.get(body, ())]

    def corrected(self, body: str, knew_to: str, day: str, cited: SaidBy) -> None:
        """Notes what a release of a day took back of it; the tables knew up to the day `knew_to`."""
        life = tuple(self._register.bodies[body].row)
        for table, was, now in [(BODIES, self._life, life), *self._ties_now(body)]:
            if said := _taken_back(table, was, now, knew_to, day):
                self._note(table, said, bool(was), day, cited)
                if table == BODIES and was:
                    self._note_words(body, day, cited)

    def _ties_now(self, body: str) -> Iterator[tuple[str, Said | None, Said | None]]:
        now = self._register.ties.get(body, [])
        there = {id(tie) for tie in now}
        before = {id(tie) for tie, _ in self._ties}
        for tie, was in self._ties:
            yield TIES, was, tuple(tie.row) if id(tie) in there else None
        for tie in now:
            if id(tie) not in before:
                yield TIES, None, tuple(tie.row)

    def _note_words(self, body: str, day: str, cited: SaidBy) -> None:
        """Notes its names and postcodes as they were, if one of them began only after its end as it is told now."""
        there = {id(row) for index in (self._register.names, self._register.places) for row in index[body]}
        gone = {table for table, row, _ in self._words if id(row) not in there}
        for table, _, was in self._words:
            if table in gone:
                self._note(table, was, True, day, cited)

    def _note(self, table: str, said: Said, was: bool, day: str, cited: SaidBy) -> None:
        cells = dict(zip(TABLES[table].columns, said, strict=True))
        if table == BODIES:
            named = {"subject": cells["id"]}
        elif table == NAMES:
            named = {"subject": cells["entity"], "value": cells["name"], "use": cells["use"]}
        elif table == PLACES:
            named = {"subject": cells["entity"], "value": cells["postcode"]}
        else:
            named = {
                name: cells[name] for name in ("subject", "verb", "object", "about", "population", "basis")
            }
        key = [*named.values(), cells["valid_from"], cited.source]
        known = {column.name for column in TABLES[CORRECTIONS].declared} - {"id", "note"}
        shared = {name: cell for name, cell in cells.items() if name in known}
        held = {"was": "yes"} if was else {}
        row = self._register.add(
            CORRECTIONS, cited, **shared | named | held, id=" ".join(filter(None, key)), known_until=day
        )
        row["source"] = cells["source"]


def _taken_back(table: str, was: Said | None, now: Said | None, knew_to: str, day: str) -> Said | None:
    """What of a row is kept as known until a day: the row as it was, or one that nobody knew of; None if neither."""
    if now is None:
        return was
    if was is None:
        return now if knew_to and _is_late(table, now, "from", knew_to, day) else None
    before, after = (_cell(table, row, "valid_until") for row in (was, now))
    if before == after:
        return None
    was_due = bool(before) and before < day
    return was if was_due or (after and _is_late(table, now, "until", knew_to, day)) else None


def _is_late(table: str, row: Said, end: str, knew_to: str, day: str) -> bool:
    """Whether a release tells too late of a day: one up to which the tables knew, or that nobody states exactly."""
    stated = _cell(table, row, f"valid_{end}")
    return stated <= knew_to or (stated < day and bool(_cell(table, row, f"{end}_precision")))


def _cell(table: str, row: Said, column: str) -> str:
    return row[TABLES[table].columns.index(column)]
