"""All tables of a folder, read once: as text for the check, as typed rows for the stores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmap.graphmodel.collecting import no_collecting
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.plans.stages import lasting_stages
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.term_tables import laid_over
from orgmap.loaders.dataset import columns_of, dataset_folders, describe, read_file, table_file
from orgmap.loaders.news import apply_news
from orgmap.loaders.releases.home import release_list
from orgmap.loaders.rows import Row, typed
from orgmap.loaders.wrong import Wrong

if TYPE_CHECKING:
    from orgmap.loaders.releases.areas.tally import LookupTally
    from orgmap.loaders.releases.fold import Remark, Tally
    from orgmap.loaders.releases.kept import Loaded
    from orgmap.loaders.releases.postcodes.folding import PostcodeTally

Rows = Callable[[str], Iterable[Row]]
"""A function from a table's name to its typed rows."""


class File(NamedTuple):
    """One table of one dataset: where it lies (None: only in memory), its cells as text, column by column, and the
    lines on which its rows end where that is not known from their number; `read` is how many the file held where
    news took some away."""

    dataset: str
    path: Path | None
    columns: list[Sequence[str]]
    lines: Sequence[int] = ()
    read: int | None = None

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.columns[0])


class Tables:
    """The rows of every table of every dataset, each file read once.

    `files` has them by table, `about` what each dataset says of itself, `wrong` what is wrong with the form of the
    files; where that is not empty the rows are not all there, and nothing must be built from them. `news` says in a
    sentence what each row of news turned, `remarks` and `tallies` what loaded releases told that did
    not count.
    """

    def __init__(self) -> None:
        self.files: dict[str, list[File]] = {table: [] for table in TABLES}
        self.about: dict[str, Mapping[str, Any]] = {}
        self.wrong: list[Wrong] = []
        self.news: list[str] = []
        self.remarks: list[Remark] = []
        self.tallies: dict[str, Tally] = {}
        self.of_postcodes: dict[str, PostcodeTally] = {}
        self.of_lookups: dict[str, LookupTally] = {}

    @classmethod
    def of_folder(cls, data: Path, releases: Sequence[Loaded] | None = None) -> Tables:
        """The tables of a folder of datasets, the releases that the user keeps folded in (or those that are given),
        and the tables that are laid over them in this process.

        Raises `DataBroken` if the folder holds none, unless nothing at all lies in it: then what is loaded is all.
        """
        tables = cls()
        with no_collecting():
            if releases is None and release_list():
                from orgmap.loaders.releases.kept import kept_with_rows

                releases = kept_with_rows()
            for folder in dataset_folders(data, may_be_empty=releases is not None):
                tables._read(folder)
            if releases and not tables.wrong:
                from orgmap.loaders.releases.all_folds import fold_all

                fold_all(tables, releases)
        if over := laid_over():
            from orgmap.loaders.own.laying import lay

            for own in over:
                lay(tables, own)
        apply_news(tables)
        return tables

    @classmethod
    def of_rows(cls, rows: Rows) -> Tables:
        """Tables that stand in memory as typed rows."""
        tables = cls()
        for table in TABLES:
            text = (["" if cell is None else str(cell) for cell in row] for row in rows(table))
            tables.files[table].append(File("", None, columns_of(text, len(TABLES[table].columns))))
        return tables

    def _read(self, folder: Path) -> None:
        try:
            self.about[folder.name] = about = describe(folder)
        except DataBroken as error:
            path = folder / "dataset.json"
            self.wrong.append(Wrong(path, 1, str(error).removeprefix(f"{path}: "), ""))
            return
        for table in about["rows"]:
            if table in TABLES:
                path = table_file(folder, table)
                columns, wrong = read_file(path, table)
                self.wrong += [Wrong(path, line or 1, said, "") for line, said in wrong]
                self.files[table].append(File(folder.name, path, columns))

    def text(self, table: str) -> Iterator[tuple[str, ...]]:
        """The rows of a table from all datasets, every cell as it stands there."""
        for file in self.files[table]:
            yield from zip(*file.columns, strict=True)

    def rows(self, table: str) -> Iterator[Row]:
        """The typed rows of a table; a source that several datasets cite comes once, `datasets` has one for each."""
        if table == "datasets":
            return self._datasets()
        found = chain.from_iterable(typed(table, file.columns) for file in self.files[table])
        return iter({row[0]: row for row in found}.values()) if table == "sources" else found

    def _datasets(self) -> Iterator[Row]:
        meant = self._only_meant()
        kinds: dict[str, set[str]] = {}
        for file in self.files["entities"]:  # a release that was loaded adds files to a dataset
            found = {kind for body, kind, *_ in zip(*file.columns, strict=True) if body not in meant}
            kinds.setdefault(file.dataset, set()).update(found)
        for name, about in self.about.items():
            cells = (about["title"], about["horizon"], about["as_of"], " ".join(sorted(kinds.get(name, ()))))
            yield (name, *cells, about.get("names_from", ""), about.get("changes_left_out", ""))

    def _only_meant(self) -> set[str]:
        """The bodies that only plans know: how far the plans reach says nothing of how far facts of their kind do."""
        cells = itemgetter(
            *map(TABLES["phases"].columns.index, ("entity", "status", "valid_from", "valid_until"))
        )
        stages = lasting_stages(map(cells, self.text("phases")))
        return {body for body, stage in stages.items() if stage.status in PLANS}


def tables_of(data: Path) -> Rows:
    """A function that gives the typed rows of any table of `data`, datasets included.

    Raises `DataBroken` with file and line if a file has not the form of its table; nothing else is checked.
    """
    tables = Tables.of_folder(data)
    for wrong in tables.wrong:
        raise DataBroken(f"{wrong.path}:{wrong.line}: {wrong.said}")
    return tables.rows
