"""The server on a graph in Neo4j answers as on the file, also after the graph was loaded anew."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import pytest

from tests.cli.conftest import Orgmap
from tests.neo4j.conftest import Database
from tests.server.asked import ASKED

starlette = pytest.importorskip("starlette.testclient")


def test_a_server_on_neo4j_answers_as_one_on_the_file(orgmap: Orgmap, database: Database) -> None:
    from orgmap.cli.kit.everything import everything
    from orgmap.server.run import Wishes, application_of

    assert orgmap("load", "--store", database.url).code == 0
    questions, files = everything()
    with ExitStack() as both:
        file, graph = (
            both.enter_context(
                starlette.TestClient(
                    application_of(questions, files, Wishes(store=store, per_minute=0, threads=2))
                )
            )
            for store in ("", database.url)
        )

        def alike(name: str, typed: dict[str, Any]) -> None:
            mine, theirs = (client.get(f"/api/{name}", params=typed) for client in (file, graph))
            assert (mine.status_code, mine.content) == (theirs.status_code, theirs.content), name
            assert "etag" not in theirs.headers  # what is on a server may be loaded anew

        for name, typed, *_ in ASKED:
            alike(name, typed)
        assert graph.get("/id/ccg:10E").status_code == 200
        database.ask("MATCH (b:OrgmapBuild) SET b.fingerprint = 'of other tables'")
        assert orgmap("load", "--store", database.url).code == 0
        for name, typed, *_ in ASKED:
            alike(name, typed)
