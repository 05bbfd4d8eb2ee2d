"""Where loaded releases are kept, told without reading them: the folder of the user's, and the list in it."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "ORGMAP_DATA_HOME"
"""Names the folder in which releases are kept."""

LIST = "releases.json"

LOADED_AS = "loaded as"
"""Stands in the title of a source that is a loaded release."""


def home() -> Path:
    """Where releases are kept: the user's folder for data, or the one that ORGMAP_DATA_HOME names; never the cache."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("orgmap", appauthor=False)


def release_list() -> Path | None:
    """The list of kept releases; None if none was ever kept."""
    path = home() / LIST
    return path if os.path.lexists(path) else None
