"""Opening a store: the embedded one builds itself at the first question and whenever its tables changed."""

from __future__ import annotations

import os
from binascii import crc32
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.graphmodel.term_tables import laid_over
from orgmap.loaders.fresh import fresh_store, marks
from orgmap.loaders.releases.home import release_list

if TYPE_CHECKING:
    from orgmap.graphmodel.register.bodies import RegisterLookUp
    from orgmap.graphmodel.stores.memory import NetworkxStore
    from orgmap.graphmodel.stores.neo4j.store import Neo4jStore
    from orgmap.loaders.rows import Progress

AnyStore = TypeVar("AnyStore", "SqliteStore", "NetworkxStore", "Neo4jStore")


def cache_folder() -> Path:
    """Where the built store lies: the user's cache folder, or the one that ORGMAP_CACHE names."""
    if named := os.environ.get("ORGMAP_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("orgmap", appauthor=False)


def store_path(data: Path) -> Path:
    """The file that the tables in `data` are built into: one for each place where tables lie, where those lie that are
    laid over them, and where releases are kept, if there are any."""
    kept_list = release_list()
    places = (data, *laid_over(), *([kept_list.parent] if kept_list else []))
    names = [f"{crc32(os.fsencode(place.resolve())):08x}" for place in places]
    return cache_folder() / f"orgmap-{'-'.join(names)}.sqlite"


def open_store(progress: Progress | None = None, rebuild: bool = False) -> SqliteStore:
    """The embedded store, built first if it is missing, damaged or older than its tables.

    `progress` is told how far a build has come; `rebuild` builds in any case. Raises `DataBroken` if
    the tables are damaged or the cache folder cannot be written.

    >>> with open_store() as store:
    ...     len(store.entities(kind="integrated_care_board", at="2022-07-01"))
    42
    """
    data = data_folder()
    path = store_path(data)
    wanted = marks(data)
    if not rebuild and (store := fresh_store(path, data, wanted)):
        return _with_register(store)
    from orgmap.loaders.build import build_file
    from orgmap.loaders.check import checked_rows

    build_file(data, path, wanted, progress, force=rebuild, read=checked_rows)
    store = fresh_store(path, data, wanted)
    if store is None:
        raise DataBroken(f"{path} cannot be read after it was built. Delete it and run the command again.")
    return _with_register(store)


def _with_register(store: AnyStore) -> AnyStore:
    """The store with the whole register beside it, if one may be loaded: opened when something is asked of it."""
    if release_list():
        folder = cache_folder()

        @cache
        def register() -> RegisterLookUp:
            from orgmap.loaders.releases.whole.opened import KeptRegisters

            return KeptRegisters(folder)

        store.register = register
    return store


def open_url(url: str, progress: Progress | None = None) -> Store:
    """The store that `--store` names: blank for the embedded file, `networkx:` for the in-memory graph.

    An address such as `neo4j://localhost:7687` or `bolt+s://…` is a Neo4j server's. Raises `WrongUse` for
    anything else, `StoreOutOfReach` for a server that does not answer or refuses.
    """
    from orgmap.graphmodel.errors import WrongUse

    if not url:
        return open_store(progress)
    if url == "networkx:":
        from orgmap.loaders.build import fill_networkx
        from orgmap.loaders.check import checked_rows

        return _with_register(fill_networkx(checked_rows(data_folder()), progress))
    if url.partition(":")[0].partition("+")[0] in ("neo4j", "bolt"):
        from orgmap.loaders.neo4j.open import neo4j_store

        return _with_register(neo4j_store(url))
    # What may hold a password is not said again.
    shown = "This address" if set("@?#") & set(url) else f"“{url}”"
    raise WrongUse(
        f"{shown} is not a store. Leave out --store for the embedded file,"
        " or write networkx: or neo4j://localhost:7687."
    )
