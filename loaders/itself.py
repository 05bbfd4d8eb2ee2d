"""How orgmap itself is cited: by its version, and by what its tables hold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.dataset import dataset_folders

NAME = "orgmap"
TITLE = (
    "orgmap: who commissions what for whom in England's health and care: bodies since 1999, places since 2010"
)


def version() -> str:
    """The version that is installed, or “not installed”."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed(NAME)
    except PackageNotFoundError:
        return "not installed"


def data_hash(data: Path) -> str:
    """Tells apart what tables hold: other if a letter of one of them is, the same on every machine.

    >>> len(data_hash(data_folder()))
    64
    """
    content = hashlib.sha256()
    for folder in dataset_folders(data):
        for file in sorted(folder.iterdir()):
            content.update(f"{folder.name}/{file.name} {file.stat().st_size}\n".encode())
            content.update(file.read_bytes())
    return content.hexdigest()


def cite_itself() -> dict[str, Any]:
    """The reference of orgmap and of the tables that it answers from, in the shape of `cite`.

    >>> cite_itself()["statement"].startswith("orgmap ")
    True
    """
    tables = data_hash(data_folder())[:16]
    reference = (
        f"{TITLE}. Version {version()}, tables sha256:{tables}. (MIT; the data under their own licences)"
    )
    return {
        "query": NAME,
        "statement": f"{NAME} {version()}, tables sha256:{tables}",
        "references": [reference],
    }
