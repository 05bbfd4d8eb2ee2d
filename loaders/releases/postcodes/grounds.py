"""The ground that a code of a list of postcodes stands for: its areas, by the neighbourhoods that the tables have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import columns_of
from orgmap.loaders.reading import File, Tables
from orgmap.loaders.releases.kept import Release
from orgmap.loaders.releases.postcodes.gathering import KEPT_ABROAD

PARTS = 10_000
"""Of a place that is known by its postcodes the table has parts in so many, as people."""

ESTIMATED = "small area (extent estimated)"
SMALL = "E01"


class Grounds:
    """The codes of neighbourhoods, numbered, with the areas of each.

    Those of 2021 that are no neighbourhoods of the tables are placed by the codes of places, which are made of those of
    2011; where a code is in no table it lies where most of its postcodes were known to lie. Both become neighbourhoods
    beside those of 2011, without people, for these are counted there.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._areas: dict[str, set[str]] = {}
        self._beside: dict[str, dict[str, float]] = {}
        self._names: dict[str, str] = {}
        self._estimated: dict[str, dict[str, float]] = {}
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []
        for code, _, parent, area, _ in tables.text("neighbourhoods"):
            for one in filter(None, (code, parent)):
                self._areas.setdefault(one, set()).update({area} - {""})
        for code, name, _, _, area, people in tables.text("place_codes"):
            if code.startswith(SMALL) and code not in self._areas:
                self._beside.setdefault(code, {})[area] = float(people or 0)
                self._names[code] = name
        self.number("")

    @property
    def count(self) -> int:
        """How many codes have a number."""
        return len(self._texts)

    def number(self, code: str) -> int:
        """The number of a code, a new one if it has none yet."""
        number = self._numbers.setdefault(code, len(self._texts))
        if number == len(self._texts):
            self._texts.append(code)
        return number

    def text(self, number: int) -> str:
        """The code of a number."""
        return self._texts[number]

    def abroad(self, number: int) -> bool:
        """Whether a numbered code is that of another country."""
        return self._texts[number] in KEPT_ABROAD.values()

    def knows(self, code: str) -> bool:
        """Whether it is known where a code lies."""
        return code in self._areas or code in self._beside or code in KEPT_ABROAD.values()

    def same(self, was: str, now: str) -> bool:
        """Whether two codes are words for the same ground, as far as areas tell; a blank one says nothing of it."""
        return was == now or not was or bool(self._of(was) & self._of(now))

    def estimate(self, code: str, known: Iterable[str]) -> bool:
        """Places a code that is in no table by where its postcodes were known to lie; False if none was."""
        counted = Counter[str]()
        for one in known:
            areas = self._of(one)
            if len(areas) == 1:
                counted.update(areas)
        if not counted:
            return False
        self._beside[code] = self._estimated[code] = {
            area: count / counted.total() for area, count in sorted(counted.items())
        }
        return True

    def finish(self, release: Release, dataset: str) -> None:
        """Adds those that are used to the neighbourhoods, and the estimated ones to the codes of places as well."""
        used = sorted(self._beside.keys() & self._numbers.keys())
        rows = [
            (code, self._names.get(code, code), "", max(sorted(parts), key=parts.__getitem__), "")
            for code in used
            if (parts := self._beside[code])
        ]
        shares = [
            (code, code, ESTIMATED, "", area, str(round(PARTS * share)))
            for code in used
            for area, share in self._estimated.get(code, {}).items()
        ]
        for table, found in (("neighbourhoods", rows), ("place_codes", shares)):
            if found:
                columns = columns_of(found, len(TABLES[table].columns))
                self._tables.files[table].append(File(dataset, Path(release.file), columns))

    def _of(self, code: str) -> set[str]:
        return self._areas.get(code) or set(self._beside.get(code, ()))
