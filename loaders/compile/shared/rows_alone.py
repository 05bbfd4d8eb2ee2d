"""Rows that people write as they are: folders of `data/curated/` with some of the model's tables."""

from __future__ import annotations

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.compile.shared.compiled import ABOUT, Compiled
from orgmap.loaders.curated import WHY, curated_path, lines


def described_datasets() -> list[str]:
    """The names of the datasets that `data/curated/` describes, in alphabetical order."""
    return sorted(file.parent.name for file in curated_path("x").parent.glob(f"*/{ABOUT}"))


def add_rows(dataset: Compiled, folder: str) -> None:
    """Adds the tables of a folder: each has some of the model's columns, the others are blank.

    Raises `DataBroken` with file and line for a table or column that the model has not, a kind that is not declared,
    and whatever `lines` refuses.
    """
    for file in sorted(curated_path(f"{folder}/x").parent.glob("*.csv")):
        if file.stem not in TABLES:
            raise DataBroken(f"{file}: is none of the tables {', '.join(TABLES)}. Rename it.")
        columns = TABLES[file.stem].columns
        for where, cells in lines(f"{folder}/{file.stem}"):
            cells.pop(WHY, None)
            if unknown := [column for column in cells if column not in columns]:
                raise DataBroken(
                    f"{file}:1: {file.stem} has no column {', '.join(unknown)}. Its columns are {', '.join(columns)}."
                )
            if file.stem == "entities" and cells.get("kind") not in kinds():
                raise DataBroken(
                    f"{where}: “{cells.get('kind', '')}” is no kind."
                    " Declare it in graphmodel/terms/kinds.csv, or mend the word."
                )
            if "source" in columns and not cells.get("source"):
                raise DataBroken(f"{where}: no source is given. Name one of sources.csv.")
            dataset.add(file.stem, **cells)
