"""How orgmap itself is cited: by its version, and by what its tables hold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.term_tables import laid_over
from orgmap.loaders.dataset import dataset_folders
from orgmap.loaders.releases.home import release_list

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

    Releases that the user keeps and tables that are laid over them in this process count as well.

    >>> len(data_hash(data_folder()))
    64
    """
    content = hashlib.sha256()
    for folder in dataset_folders(data):
        for file in sorted(folder.iterdir()):
            content.update(f"{folder.name}/{file.name} {file.stat().st_size}\n".encode())
            content.update(file.read_bytes())
    if loaded := release_list():
        content.update(loaded.read_bytes())
    if over := laid_over():
        from orgmap.loaders.own.folder import name_of, table_files

        for own in over:
            for entry in table_files(own):
                content.update(f"{name_of(own)}/{entry.name} {entry.stat().st_size}\n".encode())
                content.update(Path(entry.path).read_bytes())
    return content.hexdigest()


def own_names() -> list[str]:
    """What the folders of own tables are called that are laid over the project's in this process.

    >>> own_names()
    []
    """
    if not (over := laid_over()):
        return []
    from orgmap.loaders.own.folder import name_of

    return list(map(name_of, over))


def cite_itself() -> dict[str, Any]:
    """The reference of orgmap and of the tables that it answers from, in the shape of `cite`.

    >>> cite_itself()["statement"].startswith("orgmap ")
    True
    """
    tables = f"tables sha256:{data_hash(data_folder())[:16]}"
    if own := own_names():
        tables += f", with own tables: {', '.join(own)}"
    reference = f"{TITLE}. Version {version()}, {tables}. (MIT; the data under their own licences)"
    return {
        "query": NAME,
        "statement": f"{NAME} {version()}, {tables}",
        "references": [reference],
    }
