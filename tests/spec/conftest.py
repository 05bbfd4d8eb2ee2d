"""Every test in this folder that takes `build` runs once on each store."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from orgmap.graphmodel.store import Store
from tests.neo4j.server import skip_without
from tests.worlds import STORES, world


@pytest.fixture(params=sorted({*STORES, "neo4j"}))
def build(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Store]]:
    """A function that builds a drawn world into the store under test."""
    if request.param not in STORES:
        skip_without()
    opened: list[Store] = []

    def built(drawing: str) -> Store:
        opened.append(STORES[request.param](world(drawing)))
        return opened[-1]

    yield built
    for store in opened:
        store.close()
