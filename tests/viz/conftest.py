"""The real graph, and a browser to look at its pictures with, shared by the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from tests.viz.looking import Looking, looking


@pytest.fixture(scope="session")
def england() -> Iterator[Store]:
    """The embedded store of the project's own tables."""
    with open_store() as store:
        yield store


@pytest.fixture(scope="session")
def eyes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    """One browser for all tests."""
    with looking(tmp_path_factory.mktemp("pictures")) as eyes:
        yield eyes
