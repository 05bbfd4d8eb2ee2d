"""Finding the project's own tables, in a checkout or in an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken


def data_folder() -> Path:
    """The folder that holds the project's tables.

    In a wheel it is `graphmodel/data`, in a checkout `data/` beside the packages; the environment
    variable ORGMAP_DATA names another one. Raises `DataBroken` if there is none.

    >>> (data_folder() / "README.md").name
    'README.md'
    """
    if named := os.environ.get("ORGMAP_DATA"):
        folder = Path(named)
        if not os.path.isdir(folder):
            raise DataBroken(f"ORGMAP_DATA names {folder}, which is not a folder. Unset it or mend it.")
        return folder
    here = Path(__file__).resolve().parent
    for folder in (here / "data", here.parent / "data"):
        if folder.is_dir():
            return folder
    raise DataBroken(f"The project's tables are missing beside {here}. Install orgmap again.")
