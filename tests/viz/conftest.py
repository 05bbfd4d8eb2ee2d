"""The real graph, and a browser to look at its pictures with, shared by the tests of this folder."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgmap.graphmodel.store import Store
from orgmap.loaders.itself import version
from orgmap.loaders.open import open_store
from orgmap.viz.explorer.columns import Json
from orgmap.viz.explorer.pack import packs
from tests.browser.page import written
from tests.once import made_once
from tests.viz.looking import Looking, looking


@pytest.fixture(scope="session")
def england() -> Iterator[Store]:
    """The embedded store of the project's own tables."""
    with open_store() as store:
        yield store


@pytest.fixture(scope="session")
def parts(england: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """The data of the explorer's page, part by part."""

    def pack(file: Path) -> None:
        file.write_bytes(pickle.dumps(packs(england, version())))

    found: dict[str, Json] = pickle.loads(made_once(tmp_path_factory, "explorer.parts", pack).read_bytes())
    return found


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer's page as the command writes it, written once for all tests."""
    return made_once(tmp_path_factory, "explore.html", written)


@pytest.fixture(scope="session")
def eyes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    """One browser for all tests."""
    with looking(tmp_path_factory.mktemp("pictures")) as eyes:
        yield eyes
