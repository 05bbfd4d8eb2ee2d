"""The half of the reference store that knows where postcodes, codes and named places lie."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from orgmap.graphmodel.model import Period
from orgmap.graphmodel.store import CodedPart, PlaceName, PostcodeRow, place_order
from orgmap.graphmodel.stores.postcode_words import EVER


def _holds(row: Mapping[str, Any], at: str) -> bool:
    return Period(row["valid_from"], row["valid_until"]).holds(at)


class NetworkxPlaces:
    """Look-ups of places in tables of rows as dictionaries."""

    def __init__(self, tables: Mapping[str, list[dict[str, Any]]]) -> None:
        self.tables = tables
        self._postcodes = {row["postcode"]: row for row in tables.get("postcodes", [])}

    def postcodes(self, postcodes: list[str]) -> dict[str, PostcodeRow]:
        """See `Store.postcodes`."""
        rows = {postcode: self._postcodes.get(postcode) for postcode in postcodes}
        return {
            postcode: PostcodeRow(row["code"], row["seen"], row["earlier"])
            for postcode, row in rows.items()
            if row
        }

    def outcodes(self) -> list[str]:
        """See `Store.outcodes`."""
        return sorted(self._of_outcode)

    def of_outcode(self, outcode: str, digit: str = "") -> dict[PostcodeRow, int]:
        """See `Store.of_outcode`."""
        here = [one for one in self._of_outcode[outcode] if one[len(outcode)] == digit or not digit]
        return dict(Counter(self.postcodes(here).values()))

    @cached_property
    def _of_outcode(self) -> defaultdict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for postcode in self._postcodes:
            found[postcode[:-3]].append(postcode)
        return found

    def coded(self, code: str) -> list[CodedPart]:
        """See `Store.coded`."""
        found = [
            CodedPart(*(r[column] for column in CodedPart._fields))
            for r in self.tables.get("place_codes", [])
            if r["code"] == code
        ]
        if found:
            return sorted(found)
        name = next((r["name"] for r in self.tables.get("neighbourhoods", []) if r["code"] == code), "")
        return sorted(CodedPart(name, "", "", *part) for part in self.neighbourhoods([code])[code])

    def neighbourhoods(self, codes: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """See `Store.neighbourhoods`."""
        found: dict[str, list[tuple[str, float]]] = {code: [] for code in codes}
        for row in self.tables.get("neighbourhood_parts", []):
            if row["code"] in found:
                found[row["code"]].append((row["area"], row["population"]))
        return {code: sorted(parts) for code, parts in found.items()}

    def standing_in(self, areas: Iterable[str], at: str, known: str = "") -> list[str]:
        """See `Store.standing_in`."""
        wanted = set(areas)
        inside, people, touched = Counter[str](), Counter[str](), set[str]()
        for part in self.tables.get("neighbourhood_parts", []):
            people[part["code"]] += part["population"]
            inside[part["code"]] += part["population"] if part["area"] in wanted else 0
            touched |= {part["code"]} if part["area"] in wanted else set()
        mostly = {code for code in touched if 2 * inside[code] > people[code] or not people[code]}
        alive = {row["id"] for row in self.tables.get("entities", []) if _holds(row, at)}
        found = set()
        for row in self.tables.get("locations", []):
            there = self.postcodes([row["postcode"].replace(" ", "")])
            listed = [then for one in there.values() if (then := one.known_on(known or EVER))]
            if listed and _holds(row, at) and listed[0].on(at).code in mostly:
                found.add(row["entity"])
        return sorted(found & alive)

    def populations(self) -> dict[str, float]:
        """See `Store.populations`."""
        people: dict[str, float] = {}
        for row in sorted(self.tables.get("neighbourhood_parts", []), key=lambda r: (r["area"], r["code"])):
            if row["code"].startswith("E01"):
                people[row["area"]] = people.get(row["area"], 0.0) + row["population"]
        return people

    def place_names(self, form: str) -> list[PlaceName]:
        """See `Store.place_names`."""
        rows = (row for row in self.tables.get("place_names", []) if row["form"] == form)
        found = (PlaceName(*(row[column] for column in PlaceName._fields)) for row in rows)
        return sorted(found, key=place_order)

    def place_forms(self) -> list[str]:
        """See `Store.place_forms`."""
        return sorted({row["form"] for row in self.tables.get("place_names", [])})
