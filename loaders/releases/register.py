"""The tables as a release sees them: bodies by their codes, with what hangs on each, to be changed row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.model import Period
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import kinds, kinds_beside
from orgmap.loaders.dataset import columns_of
from orgmap.loaders.news.book import Book, Cells
from orgmap.loaders.reading import File, Tables
from orgmap.loaders.releases.listings import RegisterRow
from orgmap.loaders.releases.stays import Bearer, Lives

APPROX = "approx"
ODS = "ods"
"""The scheme of the register's codes."""


class SaidBy(NamedTuple):
    """Which line of which release says something: its source, the published file, the dataset that its rows go into."""

    source: str
    path: Path
    line: int
    dataset: str


class CodedBodies:
    """All bodies with codes of the register, and the rows that hang on them.

    Rows that are looked up may be changed in place; `add` and `take_away` do the rest, and `finish` puts all back.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.book = Book(tables)
        self.bodies: dict[str, Cells] = {}
        self.datasets: dict[str, str] = {}
        self.names: dict[str, list[Cells]] = defaultdict(list)
        self.places: dict[str, list[Cells]] = defaultdict(list)
        self.ties: dict[str, list[Cells]] = defaultdict(list)
        self.code_of: dict[str, str] = {}
        self._of_code: dict[str, list[str]] = defaultdict(list)
        self._added: dict[tuple[str, str, Path], list[tuple[Cells, int]]] = defaultdict(list)
        self._gone: list[Cells] = []
        for file, rows in zip(tables.files["entities"], self.book.by_file("entities"), strict=True):
            for body in (Cells("entities", row) for row in rows):
                self.bodies[body["id"]] = body
                self.datasets[body["id"]] = file.dataset
        days = {row["id"]: row["date"] for row in self.book.rows("events")}
        self._ended_by = {
            (row["predecessor"], days.get(row["event"], "")) for row in self.book.rows("successions")
        }
        for table in ("identifiers", "names", "locations", "relationships"):
            for row in self.book.rows(table):
                self._index(table, row)

    def _index(self, table: str, row: Cells) -> None:
        if table == "identifiers" and row["scheme"] == ODS and row["entity"] in self.bodies:
            self._of_code[row["code"]].append(row["entity"])
            self.code_of[row["entity"]] = row["code"]
        elif table == "names":
            self.names[row["entity"]].append(row)
        elif table == "locations":
            self.places[row["entity"]].append(row)
        elif table == "relationships":
            for end in {row["subject"], row["object"]}:
                self.ties[end].append(row)

    def body_of(self, code: str, among: Iterable[str], day: str) -> str:
        """The body of one of these kinds that a code stood for on a day, or last; blank if there is none."""
        wanted = {beside for kind in among for beside in kinds_beside(kind)}
        found = [body for body in self._of_code.get(code, ()) if self.bodies[body]["kind"] in wanted]
        found.sort(key=lambda body: self.bodies[body]["valid_from"])
        there = [body for body in found if self.life(body).holds(day)]
        return (there or found or [""])[-1]

    def not_taken_in(self, listed: RegisterRow) -> str:
        """Why a list's body that the tables do not have is not taken in; blank if it is.

        A code that stands for something else in the tables makes no second body: the list is not what it was taken for.
        """
        if borne := self._of_code.get(listed.code):
            row = self.bodies[borne[-1]]
            return f"is the code of {row['name']} ({row['id']}), which is something else: not taken in"
        if listed.listing.commissioner and not (listed.listing.opened or listed.listing.joined):
            return "is in no table, and the file does not say since when it is there: not taken in"
        return ""

    def life(self, body: str) -> Period:
        """From when to when a body is there."""
        row = self.bodies[body]
        return Period(row["valid_from"] or None, row["valid_until"] or None)

    def ends_by_a_change(self, body: str) -> bool:
        """Whether a change is what ended a body: then its end does not rest on the register alone."""
        return (body, self.bodies[body]["valid_until"]) in self._ended_by

    def lives(self, among: Iterable[str]) -> Lives:
        """Which bodies of these kinds each code stood for, in order of time."""
        wanted = set(among)
        found: Lives = {}
        for code, bodies in self._of_code.items():
            ours = sorted(
                (body for body in bodies if self.bodies[body]["kind"] in wanted),
                key=lambda body: self.bodies[body]["valid_from"],
            )
            if ours:
                found[code] = tuple(Bearer(body, self.life(body)) for body in ours)
        return found

    def add(self, table: str, cited: SaidBy, **cells: str | None) -> Cells:
        """Adds a row that a line of a release tells; a cell that is not named is blank, or what a blank means."""
        declared = {column.name: column.default or "" for column in TABLES[table].declared}
        if table == "relationships":
            declared["status"] = "in_force"
        whole = {**declared, **{name: cell or "" for name, cell in cells.items()}, "source": cited.source}
        row = Cells(table, [whole.get(column, "") for column in TABLES[table].columns])
        self._added[table, cited.dataset, cited.path].append((row, cited.line))
        if table == "entities":
            self.bodies[row["id"]] = row
            self.datasets[row["id"]] = cited.dataset
        self._index(table, row)
        return row

    def add_source(self, path: Path, dataset: str, **cells: str) -> None:
        """Adds the source that a release is."""
        row = Cells("sources", [cells.get(column, "") for column in TABLES["sources"].columns])
        self._added["sources", dataset, path].append((row, 1))

    def end_about(self, row: Cells, day: str) -> None:
        """Ends a row at some time before a release's day; what another release of the same day began goes again."""
        if row["valid_from"] >= day:
            self.take_away(row)
        else:
            row["valid_until"], row["until_precision"] = day, APPROX

    def take_away(self, row: Cells) -> None:
        """Takes a row out of its table."""
        self._gone.append(row)
        for index in (self.names, self.places, self.ties):
            for end in ("entity", "subject", "object"):
                if end in row and row in index.get(row[end], ()):
                    index[row[end]].remove(row)

    def finish(self) -> None:
        """Puts everything back into the tables: what was there in its place, what was added after it."""
        self.book.take_away(self._gone)
        self.book.put_back()
        gone = {id(row.row) for row in self._gone}
        for (table, dataset, path), rows in self._added.items():
            kept = [(row.row, line) for row, line in rows if id(row.row) not in gone]
            if kept:
                columns = columns_of([row for row, _ in kept], len(TABLES[table].columns))
                file = File(dataset, path, columns, [line for _, line in kept])
                self.tables.files[table].append(file)


def of_trait(kind: str, trait: str) -> str:
    """The kind that shares its prefix with this one and has a trait; blank if there is none.

    >>> of_trait("nhs_trust", "of_wales")
    'welsh_trust'
    """
    return next((one for one in sorted(kinds_beside(kind)) if trait in kinds()[one].traits), "")
