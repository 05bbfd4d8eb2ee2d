"""Parting an area whose neighbourhoods a newer look-up has in several bodies: each part becomes an area of its own.

A new part had all that the whole area had, on all days before. What is known only to lie in the whole (a ward, a town)
lies in each of its parts by their people, and is called estimated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import columns_of
from orgmap.loaders.news.book import Cells
from orgmap.loaders.reading import File, Tables
from orgmap.loaders.releases.register import CodedBodies, SaidBy

ESTIMATED = "estimated"
LIES_IN = next(one.name for one in TABLES["neighbourhoods"].declared if one.refers_to == "entities")
"""The column that names the area in which a code lies."""

Cut = Callable[[dict[str, str]], list[dict[str, str]]]
"""What becomes of a row: rows by the names of their columns."""


class PartedAreas:
    """Areas while they are parted: where each code lies now, and by how much each new part is a part of an old area."""

    def __init__(self, tables: Tables, register: CodedBodies) -> None:
        self._tables, self._register = tables, register
        self._people: dict[str, float] = {}
        self._now: dict[str, str] = {}
        self._shares: dict[str, dict[str, float]] = {}
        self._of: dict[str, set[str]] = {}
        self._datasets: dict[int, str] = {}
        for code, _, _, area, people in tables.text("neighbourhoods"):
            if area:
                self._people[code] = float(people or 0)
                self._of.setdefault(area, set()).add(code)

    def part(self, area: str, pieces: Sequence[set[str]], cited: SaidBy) -> list[str]:
        """Parts an area by the codes in each piece, and gives the areas of the pieces in their order.

        The piece with the neighbourhood that the area is called after keeps it, else the one with most people; so do
        neighbourhoods that are in no piece.
        """
        kept = max(range(len(pieces)), key=lambda at: self._rank(area, pieces[at]))
        named: list[str] = []
        here = self._of.get(area, set())
        for at, piece in enumerate(pieces):
            named.append(area if at == kept else self._begin(area, piece, cited))
        everyone = sum(self._people.get(code, 0.0) for code in here)
        for part, piece in zip(named, pieces, strict=True):
            if part != area:
                moved = here & piece
                self._of[part] = moved
                here -= moved
                self._now |= dict.fromkeys(piece, part)
                living = sum(self._people.get(code, 0.0) for code in moved)
                self._divide(area, part, living / everyone if everyone else 0.0)
        return named

    def _rank(self, area: str, piece: set[str]) -> tuple[bool, float, list[str]]:
        living = sum(self._people.get(code, 0.0) for code in piece)
        return area.partition(":")[2] in piece, living, sorted(piece)

    def _begin(self, area: str, piece: set[str], cited: SaidBy) -> str:
        register, old = self._register, self._register.bodies[area]
        prefix = area.partition(":")[0]
        codes = sorted(piece & self._of.get(area, set())) or sorted(piece)
        new = next(one for one in (f"{prefix}:{code}" for code in codes) if one not in register.bodies)
        name = old["name"].removeprefix("all of ").removeprefix("part of ")
        cells = {column: old[column] for column in TABLES["entities"].columns}
        cells |= {"id": new, "name": f"part of {name} ({codes[0]})", "note": f"parted from {area}"}
        register.add("entities", cited, **cells)
        for tie in list(register.ties[area]):
            both = {end: new if tie[end] == area else tie[end] for end in ("subject", "object")}
            copied = {column: tie[column] for column in TABLES["relationships"].columns}
            where = cited._replace(dataset=self._dataset_of(tie) or cited.dataset)
            register.add("relationships", where, **{**copied, **both})["source"] = tie["source"]
        return new

    def _dataset_of(self, tie: Cells) -> str:
        """The dataset in whose file a tie stands, which describes its source; blank if it was only added now."""
        if not self._datasets:
            files = self._tables.files["relationships"]
            for file, rows in zip(files, self._register.book.by_file("relationships"), strict=True):
                self._datasets |= dict.fromkeys(map(id, rows), file.dataset)
        return self._datasets.get(id(tie.row), "")

    def _divide(self, area: str, part: str, share: float) -> None:
        """Notes that a part has so large a share of the area as it was before this look-up."""
        parts = self._shares.setdefault(area, {area: 1.0})
        parts[area] -= share
        parts[part] = share

    def finish(self) -> None:
        """Puts neighbourhoods, codes and names of places into the parts in which they lie."""
        if self._shares:
            self._rewrite("neighbourhoods", self._neighbourhood)
            self._rewrite("place_codes", self._coded)
            self._rewrite("place_names", self._named)

    def _neighbourhood(self, row: dict[str, str]) -> list[dict[str, str]]:
        now = self._now.get(row["code"], "") if row[LIES_IN] else ""
        return [{**row, LIES_IN: now}] if now else [row]

    def _coded(self, row: dict[str, str]) -> list[dict[str, str]]:
        if now := self._now.get(row["code"], ""):
            return [{**row, LIES_IN: now}]
        people = float(row["population"] or 0)
        return [
            {**row, LIES_IN: area, "population": f"{people * share:.6g}"}
            for area, share in self._within(row[LIES_IN])
        ] or [row]

    def _named(self, row: dict[str, str]) -> list[dict[str, str]]:
        share, basis = float(row["share"] or 0), row["basis"] or ESTIMATED
        return [
            {**row, "code": area, "share": f"{share * part:.6g}", "basis": basis}
            for area, part in self._within(row["code"])
        ] or [row]

    def _within(self, area: str) -> Iterable[tuple[str, float]]:
        """The parts of an area with their shares, those of parts of it among them; none if it was never parted."""
        found = []
        for part, share in self._shares.get(area, {}).items():
            further = [] if part == area else list(self._within(part))
            found += [(one, share * more) for one, more in further] or [(part, share)]
        return [(part, share) for part, share in found if share > 0]

    def _rewrite(self, table: str, cut: Cut) -> None:
        columns, files = TABLES[table].columns, []
        for file in self._tables.files[table]:
            rows, lines = [], []
            for number, row in enumerate(zip(*file.columns, strict=True)):
                for one in cut(dict(zip(columns, row, strict=True))):
                    rows.append(tuple(one[column] for column in columns))
                    lines.append(file.lines[number] if file.lines else number + 2)
            read = file.size if file.read is None else file.read
            files.append(File(file.dataset, file.path, columns_of(rows, len(columns)), lines, read))
        self._tables.files[table] = files
