"""A dataset in the making: what it is stands beside what people wrote for it, and what a row cites comes along."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.curated import WHY, curated_path, lines, sources
from orgmap.loaders.dataset import Dataset, DatasetDescription
from orgmap.loaders.published import read_text

ABOUT = "dataset.json"
"""The file of `data/curated/<dataset>/` that says what a reader must know of it."""

_DAYS = ("valid_from", "from_precision", "valid_until", "until_precision")


_CITING = ("source", "outcome_source")
"""The columns that name sources."""


class WithDays(Protocol):
    """Anything that holds from one day until another; it may also say how exactly each day is known."""

    @property
    def valid_from(self) -> str | None:
        """The first day."""

    @property
    def valid_until(self) -> str | None:
        """The first day on which it holds no longer."""


class Valued(WithDays, Protocol):
    """A value that holds from one day until another."""

    @property
    def value(self) -> str:
        """What holds."""


class TwoDays(NamedTuple):
    """Two days and how exactly each is known, where nothing that is read has them together."""

    valid_from: str | None = None
    valid_until: str | None = None
    from_precision: str = ""
    until_precision: str = ""


class Held(NamedTuple):
    """A name or a postcode as long as a body had it, with who says so."""

    value: str
    source: str
    valid_from: str
    valid_until: str | None
    from_precision: str = ""
    until_precision: str = ""
    note: str = ""


TIMELESS = TwoDays(from_precision="not_known")
"""What holds since nobody knows when."""


class Compiled(Dataset):
    """A dataset that the compile step fills, table by table.

    A row's sources are looked up in `data/curated/sources.csv` and come along; `life` gives a row the days of a
    period, a run, a body or whatever else is dated.

    >>> dataset = Compiled("short_names")
    >>> dataset.add_name("icb:QHG", "BLMK", "abbreviation", "curated")
    >>> [len(rows) for rows in dataset.rows.values()]
    [1, 1]
    """

    def __init__(self, name: str, **known: str) -> None:
        """`known` is what the dataset's description leaves to the tables: the day of the newest edition."""
        super().__init__(name, described(name, **known))

    def add(self, table: str, **cells: object) -> None:
        """Adds a row and the sources that it cites; a column that the table has not is refused."""
        if table != "sources":
            for column in _CITING:
                for source in str(cells.get(column, "")).split():
                    self.cite(source)
        super().add(table, **cells)

    def cite(self, source: str) -> str:
        """Takes that source along, and gives its id back. Raises `DataBroken` for one that nobody described."""
        if source not in sources():
            raise DataBroken(f"“{source}” is no source. Describe it in data/curated/sources.csv.")
        super().add("sources", **{"id": source, "verified": "yes", **sources()[source]})
        return source

    def add_entity(
        self, body: str, kind: str, name: str, source: str, life: WithDays | None = None, **cells: object
    ) -> None:
        """Adds a body."""
        self.add("entities", id=body, kind=kind, name=name, source=source, **days_of(life), **cells)

    def add_name(
        self, body: str, name: str, use: str, source: str, life: WithDays | None = None, **cells: object
    ) -> None:
        """Adds one more name of a body."""
        self.add("names", entity=body, name=name, use=use, source=source, **days_of(life), **cells)

    def add_names(self, body: str, runs: Sequence[Valued], source: str) -> None:
        """Adds the names that a body had in turn, if it was ever renamed; the last is the official one."""
        for run in runs if len({run.value for run in runs}) > 1 else ():
            self.add_name(body, run.value, "official" if run is runs[-1] else "former", source, run)

    def add_code(
        self, body: str, scheme: str, code: str, source: str, life: WithDays | None = None, **cells: object
    ) -> None:
        """Adds a code of a body."""
        self.add(
            "identifiers", entity=body, scheme=scheme, code=code, source=source, **days_of(life), **cells
        )

    def add_location(self, body: str, postcode: str, source: str, life: WithDays, **cells: object) -> None:
        """Adds a postcode at which a body was."""
        self.add("locations", entity=body, postcode=postcode, source=source, **days_of(life), **cells)

    def add_phase(
        self, body: str, status: str, source: str, life: WithDays | None = None, **cells: object
    ) -> None:
        """Adds a time in which a body was not yet in force, or no longer."""
        self.add("phases", entity=body, status=status, source=source, **days_of(life), **cells)

    def add_link(
        self,
        subject: str,
        verb: str,
        other: str,
        basis: str,
        source: str,
        life: WithDays | None = None,
        **cells: object,
    ) -> None:
        """Adds what one body is to another."""
        ends = {"subject": subject, "verb": verb, "object": other, "basis": basis, "source": source}
        self.add("relationships", **ends, **days_of(life), **cells)

    def add_rows(self, folder: str) -> None:
        """Adds the tables of a folder of `data/curated/` as they are; columns that a table has not are blank.

        Raises `DataBroken` with file and line for a table or column that the model has not, a kind that is not
        declared, and whatever `lines` refuses.
        """
        for file in sorted(curated_path(f"{folder}/x").parent.glob("*.csv")):
            if file.stem not in TABLES:
                raise DataBroken(f"{file}: is none of the tables {', '.join(TABLES)}. Rename it.")
            columns = TABLES[file.stem].columns
            self.rows.setdefault(file.stem, [])
            for where, cells in lines(f"{folder}/{file.stem}"):
                cells.pop(WHY, None)
                if unknown := [column for column in cells if column not in columns]:
                    raise DataBroken(
                        f"{file}:1: {file.stem} has no column {', '.join(unknown)}."
                        f" Its columns are {', '.join(columns)}."
                    )
                if file.stem == "entities" and cells.get("kind") not in kinds():
                    raise DataBroken(
                        f"{where}: “{cells.get('kind', '')}” is no kind."
                        " Declare it in graphmodel/terms/kinds.csv, or mend the word."
                    )
                if "source" in columns and not cells.get("source"):
                    raise DataBroken(f"{where}: no source is given. Name one of sources.csv.")
                self.add(file.stem, **cells)


def days_of(life: WithDays | None) -> dict[str, Any]:
    """The cells that date a row: the days of what is dated, and how exactly they are known where it says so.

    >>> from orgmap.graphmodel.model import Period
    >>> days_of(Period("2013-04-01", None))
    {'valid_from': '2013-04-01', 'valid_until': None}
    """
    return {day: getattr(life, day) for day in _DAYS if hasattr(life, day)}


def described_datasets() -> list[str]:
    """The names of the datasets that `data/curated/` describes, in alphabetical order."""
    return sorted(file.parent.name for file in curated_path("x").parent.glob(f"*/{ABOUT}"))


def described(name: str, **known: str) -> DatasetDescription:
    """What a reader must know of a dataset. Raises `DataBroken` with the file if it does not say all of that."""
    path = curated_path(name).parent / name / ABOUT
    try:
        about = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise DataBroken(f"{path}: is not readable JSON ({error}). Mend it.") from error
    needed = set(DatasetDescription._fields) - set(DatasetDescription._field_defaults) - set(known)
    if not isinstance(about, dict) or not needed <= about.keys() <= set(DatasetDescription._fields):
        raise DataBroken(f"{path}: must say {', '.join(sorted(needed))}, and nothing else.")
    if wrong := sorted(field for field, text in about.items() if not isinstance(text, str)):
        raise DataBroken(f"{path}: {', '.join(wrong)} must be text. Put it between quotation marks.")
    return DatasetDescription(**{**about, **known})
