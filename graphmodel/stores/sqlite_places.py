"""The half of the embedded store that knows names, postcodes and named places."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any

import apsw

from orgmap.graphmodel.errors import StoreDamaged
from orgmap.graphmodel.store import CodedPart, NamedEntity, PlaceName, PostcodeRow, place_order
from orgmap.graphmodel.stores.edges import EdgeIndex
from orgmap.graphmodel.stores.packed import PackedFile, PackedTable, capitals
from orgmap.graphmodel.stores.packed_places import PackedPlaces
from orgmap.graphmodel.stores.postcode_words import EVER
from orgmap.graphmodel.text import normalise

KEPT = 2_000
"""So many names of places are kept with what they mean: one question asks for the same name many times."""

WORDS = 40
"""So many words of a long text are looked up in the index; whether the rest is there too is seen name by name."""


class SqlitePlaces:
    """Look-ups of names and places in an open store."""

    edges: EdgeIndex
    places: PackedPlaces
    _packed: PackedFile
    _tables: dict[str, PackedTable]

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        # Python falls over where a file is closed while another thread reads it.
        self._one_at_a_time = Lock()
        self._populations: dict[str, float] = {}
        self._words: list[str] | None = None
        self._named_so: dict[str, list[PlaceName]] = {}

    def close(self) -> None:
        """Closes the file, once nobody reads it; who asks afterwards gets an error."""
        with self._one_at_a_time:
            self._named_so.clear()
            self.edges.close()
            self._packed.close()
            self._db.close()

    def _all(self, sql: str, values: dict[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._one_at_a_time:
                return self._db.execute(sql, values).fetchall()
        except (apsw.CorruptError, apsw.NotADBError, apsw.IOError) as error:
            raise StoreDamaged(str(error)) from error

    def ids_of_code(self, code: str) -> list[str]:
        """See `Store.ids_of_code`."""
        identifiers = self._tables["identifiers"]
        rows = identifiers.rows(identifiers.having("code", [capitals(code.strip())]))
        return sorted({row[0] for row in rows})

    def ids_of_name(self, normalised: str) -> list[str]:
        """See `Store.ids_of_name`."""
        rows = self._all(
            "SELECT DISTINCT entity FROM name_index WHERE normalised = :name", {"name": normalised}
        )
        return sorted(row[0] for row in rows)

    def named(self, forms: list[str]) -> list[NamedEntity]:
        """See `Store.named`."""
        rows = self._all(
            "SELECT DISTINCT entity, name, use FROM name_index"
            " WHERE normalised IN (SELECT value FROM json_each(:forms))",
            {"forms": json.dumps(sorted(set(forms)))},
        )
        return sorted(NamedEntity(*row) for row in rows)

    def names_with(self, words: list[str]) -> list[NamedEntity]:
        """See `Store.names_with`."""
        # The words are letters and digits only, so none can be taken for an operator of the search language.
        starts = list(dict.fromkeys(start for word in words if (start := normalise(word).replace(" ", ""))))
        if not starts:
            return []
        match = " AND ".join(f'"{start}"*' for start in starts[:WORDS])
        rows = self._all(
            "SELECT DISTINCT entity, name, use, normalised FROM name_index"
            " WHERE rowid IN (SELECT rowid FROM name_words WHERE name_words MATCH :match)",
            {"match": match},
        )
        more = starts[WORDS:]
        kept = {NamedEntity(*row[:3]) for row in rows if all(f" {one}" in f" {row[3]}" for one in more)}
        return sorted(kept)

    def words(self) -> list[str]:
        """See `Store.words`."""
        if self._words is None:
            self._words = sorted(row[0] for row in self._all("SELECT term FROM name_vocabulary"))
        return self._words

    def postcodes(self, postcodes: list[str]) -> dict[str, PostcodeRow]:
        """See `Store.postcodes`."""
        return self.places.postcodes(postcodes)

    def outcodes(self) -> list[str]:
        """See `Store.outcodes`."""
        return self.places.outcodes()

    def of_outcode(self, outcode: str, digit: str = "") -> dict[PostcodeRow, int]:
        """See `Store.of_outcode`."""
        return self.places.of_outcode(outcode, digit)

    def coded(self, code: str) -> list[CodedPart]:
        """See `Store.coded`."""
        rows = self._all(
            "SELECT name, kind, within, area, population FROM place_codes WHERE code = ?", (code,)
        )
        if not rows and (parts := self.places.areas(code)):
            names = self._all(
                "SELECT name FROM neighbourhoods WHERE code = ? ORDER BY rowid LIMIT 1", (code,)
            )
            rows += [(names[0][0] if names else "", "", "", *part) for part in parts]
        return sorted(CodedPart(*row) for row in rows)

    def neighbourhoods(self, codes: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """See `Store.neighbourhoods`."""
        return {code: self.places.areas(code) for code in codes}

    def standing_in(self, areas: Iterable[str], at: str, known: str = "") -> list[str]:
        """See `Store.standing_in`."""
        rows = self._all(
            "SELECT DISTINCT entity FROM standing"
            " WHERE (valid_from IS NULL OR valid_from <= :at) AND (valid_until IS NULL OR valid_until > :at)"
            " AND (known_from IS NULL OR known_from <= :known) AND (known_until IS NULL OR known_until > :known)"
            " AND code IN (SELECT value FROM json_each(:codes)) ORDER BY entity",
            {"at": at, "known": known or EVER, "codes": json.dumps(self.places.mostly_in(areas))},
        )
        return [entity for (entity,) in rows]

    def populations(self) -> dict[str, float]:
        """See `Store.populations`."""
        if not self._populations:
            self._populations = self.places.populations()
        return dict(self._populations)

    def place_names(self, form: str) -> list[PlaceName]:
        """See `Store.place_names`."""
        if (known := self._named_so.get(form)) is None:
            columns = ", ".join(PlaceName._fields)
            rows = self._all(f"SELECT {columns} FROM place_names WHERE form = :form", {"form": form})
            known = sorted((PlaceName(*row) for row in rows), key=place_order)
            if len(self._named_so) >= KEPT:
                self._named_so.clear()
            self._named_so[form] = known
        return list(known)

    def place_forms(self) -> list[str]:
        """See `Store.place_forms`."""
        return [form for (form,) in self._all("SELECT DISTINCT form FROM place_names ORDER BY form")]
