"""Finding the project's own tables, in a checkout or in an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken


def data_folder() -> Path:
    """The folder that holds the project's tables.

    It lies beside the rooms, in a checkout and in an installed package; the environment variable
    ORGMAP_DATA names another one. Raises `DataBroken` if there is none.

    >>> (data_folder() / "README.md").name
    'README.md'
    """
    if named := os.environ.get("ORGMAP_DATA"):
        folder = Path(named)
        if not os.path.isdir(folder):
            raise DataBroken(f"ORGMAP_DATA names {folder}, which is not a folder. Unset it or mend it.")
        return folder
    folder = Path(__file__).resolve().parents[1] / "data"
    if not folder.is_dir():
        raise DataBroken(f"The project's tables are missing: {folder}. Install orgmap again.")
    return folder
