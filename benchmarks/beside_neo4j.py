"""How fast a Neo4j answers beside the embedded store, in one run; printed, never asserted."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.stores.neo4j.server import Server, connect
from orgmap.graphmodel.stores.neo4j.store import Neo4jStore
from orgmap.loaders.neo4j.load import content_fingerprint, load
from orgmap.loaders.neo4j.open import open_server
from orgmap.loaders.open import open_store
from orgmap.loaders.reading import tables_of
from orgmap.queries.change.lineage import lineage
from orgmap.queries.commissioning.who import who
from orgmap.queries.place.find import find
from tests.neo4j.server import missing, start

EACH = 60
"""So many different questions of each sort are measured, after as many others that warm the server."""

Question = Callable[[Store], Any]


def beside_neo4j() -> dict[str, Any]:
    """Loads England and asks: a server that ORGMAP_BENCH_NEO4J names, else one of the tests' own with 1 GiB of heap."""
    if url := os.environ.get("ORGMAP_BENCH_NEO4J"):
        return measure(open_server(url, 60))
    if missing():
        return {"missing": missing()}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = start(Path(folder), os.getpid(), heap="1g", fast=True)
        return measure(connect(running.url, (running.user, running.password), patience=60))


def measure(server: Server) -> dict[str, Any]:
    """How long the load took, and the medians of the questions on the server and beside it."""
    data = data_folder()
    began = time.perf_counter()
    loaded = load(server, tables_of(data), content_fingerprint(data))
    results: dict[str, Any] = {"load": time.perf_counter() - began if loaded else None, "questions": {}}
    with open_store() as embedded, Neo4jStore(server) as served:
        for name, ask in questions(embedded).items():
            warming, measured = ask[:EACH], ask[EACH : 2 * EACH]
            for question in warming:
                timed(question, served)
            ours = [timed(question, served) for question in measured]
            beside = [timed(question, embedded) for question in measured]
            results["questions"][name] = {
                "neo4j": statistics.median(took for _, took in ours) / 1000,
                "orgmap": statistics.median(took for _, took in beside) / 1000,
                "same": sum(one == other for (one, _), (other, _) in zip(ours, beside, strict=True)),
                "of": len(measured),
            }
    return results


def timed(question: Question, store: Store) -> tuple[Any, float]:
    """What a question gives (or how it is refused), and how many milliseconds it took."""
    began = time.perf_counter()
    try:
        told = question(store)
    except OrgmapError as error:
        told = str(error)
    return told, (time.perf_counter() - began) * 1000


def questions(store: Store) -> dict[str, list[Question]]:
    """Different questions of each sort: places, practices, services and bodies all over England and the years."""
    days = ("2008-06-01", "2012-12-01", "2013-06-01", "2016-06-01", "2019-06-01", "2021-06-01", "2023-06-01")
    practices = store.entities(kind="gp_practice")[:: 20_000 // (4 * EACH)]
    places = [one.value for body in practices for one in store.details(body.id).locations[:1]]
    services = [one.name for one in store.entities(kind="service")]
    bodies = [
        body.id
        for kind in ("primary_care_trust", "clinical_commissioning_group", "integrated_care_board")
        for body in store.entities(kind=kind)
    ]

    def pick(listed: list[Any], number: int) -> Any:
        return listed[number * 7 % len(listed)]

    def finds(number: int) -> Question:
        return lambda one: find(one, pick(places, number), days[number % len(days)])

    def whos(number: int) -> Question:
        return lambda one: who(
            one, services[number % len(services)], pick(places, number), days[number % 5 + 2]
        )

    def lineages(number: int) -> Question:
        return lambda one: lineage(one, pick(bodies, number))

    asks = {"find": finds, "who": whos, "lineage": lineages}
    return {name: [ask(number) for number in range(2 * EACH)] for name, ask in asks.items()}
