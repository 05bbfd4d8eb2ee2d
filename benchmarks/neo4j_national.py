"""A Neo4j with a register of national size: how long the load takes and what it holds, and how quickly it is asked.

`python -m benchmarks.neo4j_national FOLDER` measures it and prints JSON; the register lies in FOLDER or is made there.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.beside_neo4j import Question, timed
from benchmarks.own import built, rows_of
from benchmarks.register import REGISTERED, Register, make
from benchmarks.timing import ROOT, child, clock, peak_of
from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.stores.neo4j.store import Neo4jStore
from orgmap.loaders.neo4j.load import load
from orgmap.loaders.neo4j.open import open_server
from orgmap.loaders.open import open_store
from orgmap.loaders.reading import tables_of
from orgmap.loaders.rows import Rows
from orgmap.queries.body.show import show
from orgmap.queries.change.lineage import lineage
from orgmap.queries.commissioning.who import who
from orgmap.queries.place.find import find
from tests.neo4j.server import missing, start

HEAP = "2 GiB"

EACH = 100
"""So many different questions of each sort are measured, after half as many others that warm the server."""

DAYS = ("2008-06-01", "2012-12-01", "2013-06-01", "2016-06-01", "2019-06-01", "2021-06-01", "2023-06-01")

SPOKEN = {
    "RE2": "part_of",
    "RE3": "accountable_to",
    "RE4": "member_of",
    "RE5": "refers_to",
    "RE6": "delegates_to",
    "RE8": "clustered_with",
    "RE9": "funds",
    "RE10": "holds_contract_with",
    "RE11": "supports",
    "has_role": "provides",
}
"""What the register's relations are called on the server, whose types are the words of the vocabulary: a word for each,
that under which a practice is listed for “is commissioned by”."""

PATIENCE = 60.0
"""Seconds for which a batch is tried again, as the command does."""

Results = dict[str, Any]


def neo4j_national(folder: Path) -> Results:
    """What `measures` tells, in a process of its own: it asks another store than the rest of the program does."""
    if missing():
        return {"missing": missing()}
    command = (sys.executable, "-m", "benchmarks.neo4j_national", folder)
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measures(folder: Path, scale: float = 1.0, each: int = EACH) -> Results:
    """How long a load takes from the register's rows to the whole graph, what server and loader hold at most, and how
    long each sort of question takes on the server, its answers compared with those of the built file."""
    register = register_in(folder, scale)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        running = start(Path(home), os.getpid(), heap=HEAP.replace(" GiB", "g"), fast=True)
        os.environ |= {"ORGMAP_NEO4J_USER": running.user, "ORGMAP_NEO4J_PASSWORD": running.password}
        code = f"from pathlib import Path\nfrom benchmarks.neo4j_national import fill\nfill({running.url!r}, Path("
        took, most = child(f"{code}{str(folder)!r}))")
        rows = with_rules(rows_of(register))
        built(register, folder / "beside", rows)
        with open_store() as embedded, Neo4jStore(open_server(running.url)) as served:
            asked = questions(register, services(rows), each)
            answered = {name: compared(ask, served, embedded, each) for name, ask in asked.items()}
        held = peak_of(running.pid)
    sizes = {"bodies": len(register.ids), "relations": len(register.subject)}
    return {
        **sizes,
        "postcodes": len(register.postcodes),
        "heap": HEAP,
        "when": date.today().isoformat(),  # noqa: DTZ011
        "quiet": clock() == "wall",
        "load": took.wall,
        "loader": most,
        "server": held,
        "questions": answered,
    }


def register_in(folder: Path, scale: float) -> Register:
    """The register that lies in a folder, or a new one, which is put there."""
    kept = folder / "register"
    if not kept.exists():
        make(scale).save(kept)
    return Register.load(kept)


def fill(url: str, folder: Path) -> None:
    """Loads the register of a folder as `orgmap load --store` loads the tables, but for the check of them: it would
    refuse the oddities that the register has on purpose."""
    server = open_server(url, PATIENCE)
    load(server, with_rules(rows_of(Register.load(folder / "register"))), f"made up in {folder}")
    server.close()


def with_rules(rows: Rows) -> Rows:
    """The rows of a register in words of the vocabulary, and the services and rules of the bundled tables: without
    rules nobody is asked who."""
    bundled = tables_of(data_folder())
    rules = list(bundled("rules"))
    of_rules = {rule[1] for rule in rules}
    more: dict[str, list[tuple[Any, ...]]] = {
        "rules": rules,
        "sources": list(bundled("sources")),
        **{table: [row for row in bundled(table) if row[0] in of_rules] for table in ("entities", "names")},
    }

    def in_words(table: str) -> Iterable[tuple[Any, ...]]:
        if table != "relationships":
            return rows(table)
        return ((subject, SPOKEN.get(verb, verb), *rest) for subject, verb, *rest in rows(table))

    return lambda table: chain(in_words(table), more.get(table, ()))


def services(rows: Rows) -> list[str]:
    """The ids of all services that a rule tells of."""
    return sorted({rule[1] for rule in rows("rules")})


def questions(register: Register, asked: Sequence[str], each: int) -> dict[str, list[Question]]:
    """Different questions of each sort: postcodes, bodies and what became of them, by chance from a seed."""
    chance = random.Random(1)
    count = each + each // 2
    bodies = [one for one, kind in zip(register.ids, register.kinds, strict=True) if kind == REGISTERED]
    gone = sorted({register.ids[node] for node in register.predecessor.tolist()})

    def drawn(ask: Callable[[Any, str, str], Question], listed: Sequence[Any]) -> list[Question]:
        return [ask(chance.choice(listed), chance.choice(DAYS), chance.choice(asked)) for _ in range(count)]

    return {
        "find": drawn(lambda one, day, _: lambda store: find(store, one, day), register.postcodes),
        "show": drawn(lambda one, day, _: lambda store: show(store, one, day), bodies),
        "lineage": drawn(lambda one, *_: lambda store: lineage(store, one), gone),
        "who": drawn(
            lambda one, day, service: lambda store: who(store, service, one, day), register.postcodes
        ),
    }


def compared(asked: Iterable[Question], served: Store, embedded: Store, each: int) -> Results:
    """The times of the last so many questions on a server, in seconds, and how many of the answers are the same."""
    answers = [timed(question, served) for question in asked][-each:]
    beside = [timed(question, embedded)[0] for question in asked][-each:]
    taken = [took / 1000 for _, took in answers]
    return {
        "median": statistics.median(taken),
        "most": statistics.quantiles(taken, n=20)[-1],
        "same": sum(one == other for (one, _), other in zip(answers, beside, strict=True)),
        "of": len(taken),
    }


if __name__ == "__main__":
    print(json.dumps(measures(Path(sys.argv[1]))))
