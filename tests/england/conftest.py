"""The real graph, built once from the compiled tables and shared by the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.loaders.open import open_store

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
published = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)


@pytest.fixture(scope="session")
def england() -> Iterator[SqliteStore]:
    """The embedded store of the project's own tables, built first if it is not there yet."""
    with open_store() as store:
        yield store
