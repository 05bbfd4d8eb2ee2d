"""Kent written for other programs, and the server that some of them are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orgmap.graphmodel.store import Store
from tests.cli.conftest import Orgmap, kent, orgmap  # noqa: F401 - fixtures
from tests.kent import KENT_PRESCRIBED, KENT_THROUGH_TIME
from tests.neo4j.conftest import database, running  # noqa: F401 - fixtures
from tests.worlds import in_sqlite, world

Export = Callable[..., Path]


@pytest.fixture
def export(orgmap: Orgmap, tmp_path: Path) -> Export:  # noqa: F811
    """Writes Kent in a format and gives the file or folder."""

    def write(form: str, *options: str) -> Path:
        target = tmp_path / f"kent {len(list(tmp_path.iterdir()))}.{form}"
        told = orgmap("export", form, "-o", str(target), *options)
        assert (told.code, told.out) == (0, ""), told.err
        assert told.err.endswith(f"Wrote {target}\n")
        return target

    return write


@pytest.fixture
def store() -> Store:
    """The same world as the embedded store has it."""
    opened = in_sqlite(world(KENT_THROUGH_TIME + KENT_PRESCRIBED))
    yield opened
    opened.close()
