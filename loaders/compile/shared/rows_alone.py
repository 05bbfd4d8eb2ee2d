"""Datasets that people write as they are: a folder of `data/curated/` with a `dataset.json` and the model's tables."""

from __future__ import annotations

import json

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.curated import WHY, curated_path, lines
from orgmap.loaders.dataset import About, Dataset
from orgmap.loaders.published import read_text

_ABOUT = "dataset.json"


def rows_alone() -> list[str]:
    """The names of the datasets that stand in `data/curated/` as rows alone, in alphabetical order."""
    return sorted(file.parent.name for file in curated_path("x").parent.glob(f"*/{_ABOUT}"))


def compile_rows(name: str) -> Dataset:
    """The dataset of that folder: each table has some of the model's columns, the others are blank.

    Raises `DataBroken` with file and line for a table or column that the model has not, a kind that is not declared,
    and whatever `lines` refuses.
    """
    dataset = Dataset(name, _about(name))
    for file in sorted(curated_path(f"{name}/x").parent.glob("*.csv")):
        if file.stem not in TABLES:
            raise DataBroken(f"{file}: is none of the tables {', '.join(TABLES)}. Rename it.")
        columns = TABLES[file.stem].columns
        for where, cells in lines(f"{name}/{file.stem}"):
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
            for source in cells.get("source", "").split():
                cite(dataset, source)
            dataset.add(file.stem, **cells)
    return dataset


def _about(name: str) -> About:
    path = curated_path(name).parent / name / _ABOUT
    try:
        told = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise DataBroken(f"{path}: is not readable JSON ({error}). Mend it.") from error
    needed = set(About._fields) - set(About._field_defaults)
    if not isinstance(told, dict) or not needed <= told.keys() <= set(About._fields):
        raise DataBroken(f"{path}: must say {', '.join(sorted(needed))}, and nothing else.")
    if wrong := sorted(field for field, text in told.items() if not isinstance(text, str)):
        raise DataBroken(f"{path}: {', '.join(wrong)} must be text. Put it between quotation marks.")
    return About(**told)
