"""What is measured of the program itself, on the graph that comes with it: commands, the build, tables of rows."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.timing import ROOT, Took, child, in_turn, median, process, repeated, timed

HELLO = "import typer\n\n\ndef main(name: str = 'world') -> None:\n    print('hello', name)\n\n\ntyper.run(main)\n"
"""The smallest program of the same library of commands."""

ORGMAP = (sys.executable, "-m", "orgmap.cli.main")
FIND = (*ORGMAP, "find", "CT9", "1AA", "--at", "2013-06-01")
WHO = (*ORGMAP, "who", "health visiting", "--for", "CT9 1AA", "--at", "2015-10-01")
PAIRS = 15

ROWS = 300_000
"""So long is the table that is annotated."""

PICTURES = {
    "reform 2013": ("reform", "2013"),
    "map 2013": ("map", "2013-03-31", "2013-04-01"),
    "diff 2013": ("diff", "2013-03-31", "2013-04-01"),
    "services London": ("services", "London", "--at", "2015-09-30", "--and", "2015-10-01"),
}
"""Pictures of England, and of its largest place."""

Results = dict[str, Any]


def parts(national: Path) -> dict[str, Callable[[], Results]]:
    """What is measured, by name, each by itself; `national` is the folder of the register of the national size."""
    return {
        "build": build,
        "cold": lambda: cold(national),
        "warm": warm,
        "annotate": annotate,
        "register": register,
        "lists": postcode_lists,
        "region": region,
        "draw": draw,
        "explorer": explorer,
        "browser": browser,
        "served": served,
        "neo4j_national": lambda: neo4j_national(national),
        "install": install,
    }


def build() -> Results:
    """The first build, and the first answer with nothing built."""
    with scratch() as folder:
        opened = "from orgmap.loaders.open import open_store\nopen_store().close()"
        took, most = child(opened, ORGMAP_CACHE=str(folder / "built"))
        first = process(FIND, ORGMAP_CACHE=str(folder / "first"))
    return {"built": took, "peak": most, "first": first}


def cold(national: Path) -> Results:
    """Look-ups as whole processes beside the smallest program of the same library, in turn."""
    with scratch() as folder:
        hello = folder / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        least = (sys.executable, hello)
        found = in_turn({"hello": least, "find": FIND, "who": WHO}, PAIRS)
        results: Results = dict(found)
        if (national / "data").exists():
            there = {"ORGMAP_DATA": str(national / "data"), "ORGMAP_CACHE": str(national / "cache")}
            ask = (*ORGMAP, "find", "AA1", "0AA", "--at", "2014-06-01")
            took = in_turn({"hello": least, "find": ask}, PAIRS, **there)
            results |= {f"national_{name}": one for name, one in took.items()}
    return results


def warm() -> Results:
    """The same questions again, the graph being open: what a further question in one process costs."""
    import orgmap

    services = ("health visiting", "planned hospital care", "GP services", "dentist", "stop smoking")
    days = ("2012-12-01", "2013-06-01", "2015-10-01", "2021-06-01", "2024-06-01")
    with orgmap.open() as graph:
        asks: dict[str, list[Callable[[], object]]] = {
            "find a postcode": [lambda day=day: graph.find("CT9 1AA", at=day) for day in days],  # type: ignore[misc]
            "find a council": [lambda day=day: graph.find("Thanet", at=day) for day in days],  # type: ignore[misc]
            "find London": [lambda day=day: graph.find("London", at=day) for day in days],  # type: ignore[misc]
            "who": [
                lambda day=day, one=one: graph.who(one, "CT9 1AA", at=day)  # type: ignore[misc]
                for day in days
                for one in services
            ],
            "lineage": [lambda: graph.lineage("pct:5QA"), lambda: graph.lineage("icb:QKS")],
        }
        results = {}
        for name, listed in asks.items():
            for ask in listed:
                ask()
            results[name] = median([timed(ask)[1] for ask in listed * 5])
    return results


def annotate() -> Results:
    """A table with postcodes and days of their own, streamed, beside reading and writing the same table alone."""
    results: Results = {"rows": ROWS, "libraries": {}}
    with scratch() as folder:
        source, target = folder / "rows.csv", folder / "out.csv"
        write_table(source)
        for label, when in (("one day", "'2013-06-01', None"), ("own days", "None, 'day'")):
            took, most = child(
                "from pathlib import Path\nfrom orgmap.loaders.open import open_store\n"
                "from orgmap.csvfiles import annotate_file\n"
                f"annotate_file(open_store(), Path({str(source)!r}), Path({str(target)!r}), 'postcode', {when},"
                " 'utf-8')"
            )
            results[label] = {"took": took, "peak": most}
        for name, code in LIBRARIES.items():
            took, _ = child(code.format(source=str(target), target=str(folder / "copy.csv")))
            results["libraries"][name] = took
    return results


LIBRARIES = {
    "csv": "import csv\nwith open({source!r}, newline='') as a, open({target!r}, 'w', newline='') as b:\n"
    "    csv.writer(b).writerows(csv.reader(a))",
    "pyarrow": "from pyarrow import csv\ncsv.write_csv(csv.read_csv({source!r}), {target!r})",
    "polars": "import polars\npolars.read_csv({source!r}, infer_schema=False).write_csv({target!r})",
}
"""Programs that read the annotated table and write it again, as whole processes like ours."""


def write_table(path: Path) -> None:
    """A table of known postcodes and days put together by chance."""
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.reading import tables_of
    from orgmap.loaders.rows import expand_postcodes

    every = [postcode for postcode, *_ in expand_postcodes(tables_of(data_folder())("postcodes"))]
    known = random.Random(1).sample(every, 200_000)
    days = [f"20{year:02}-{month:02}-15" for year in range(11, 26) for month in range(1, 13)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "postcode", "day"])
        writer.writerows([n, known[n * 7919 % len(known)], days[n * 31 % len(days)]] for n in range(ROWS))


def postcode_lists() -> Results:
    """A list of postcodes of the national size: read, loaded, built."""
    from benchmarks.lists import lists

    with scratch() as folder:
        return lists(folder)


def region() -> Results:
    """What a reform changed in one region, as rows, the graph being open."""
    import orgmap

    with orgmap.open() as graph:
        answer, took = repeated(lambda: graph.diff("2013-03-31", "2013-04-01", within="South East"), 4)
        return {"diff": took, "rows": len(list(answer))}


def register() -> Results:
    """The whole register in XML: reading it, and loading a release of the national size."""
    from benchmarks.register_file import loading, reading

    with scratch() as folder:
        return {**reading(), **loading(folder)}


def draw() -> Results:
    """Pictures of England as whole processes."""
    with scratch() as folder:
        taken = in_turn(
            {
                name: (*ORGMAP, "draw", *words, "-o", folder / "picture.html")
                for name, words in PICTURES.items()
            },
            2,
        )
    return dict(taken)


def explorer() -> Results:
    """The picture of a network of 2,000 bodies that were made up."""
    from orgmap.viz.network.picture import draw_network
    from tests.worlds import in_sqlite, many, world

    page, took = timed(
        lambda: draw_network(in_sqlite(world(many(2_000))), "region:Y57", "html", 2, "2014-01-01")
    )
    return {"drawn": took, "bytes": len(page.encode())}


def browser() -> Results:
    """The explorer's page in a browser, beside an empty one; asked in the project's own environment."""
    python = ROOT / ".venv" / "bin" / "python"
    done = subprocess.run((python, "-m", "tests.browser.measures"), check=True, capture_output=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


def served() -> Results:
    """A server of its own, asked over the line by two clients; the soak of ten minutes is `make bench-server`."""
    from benchmarks.served import measures

    return measures()


def neo4j_national(national: Path) -> Results:
    """The register of national size on a Neo4j, loaded and asked; some minutes."""
    from benchmarks.neo4j_national import neo4j_national

    return neo4j_national(national)


def install() -> Results:
    """Installing the wheel with all that it needs, and all that it needs alone, from files on this disk."""
    python = ROOT / ".venv" / "bin" / "python"
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    with scratch() as folder:
        wheels = folder / "wheels"
        process((python, "-m", "hatchling", "build", "--target", "wheel", "--directory", wheels))
        wheel = next(wheels.glob("orgmap-*.whl"))
        process((python, *pip, "download", "--dest", wheels, wheel))
        others = [path for path in wheels.glob("*.whl") if path != wheel]
        taken: dict[str, list[Took]] = {"others": [], "all": []}
        for _ in range(2):
            for name, chosen in (("others", others), ("all", [wheel, *others])):
                place = folder / "environment"
                process((sys.executable, "-m", "venv", "--clear", place))
                offline = ("install", "--no-index", "--find-links", wheels)
                taken[name].append(process((place / "bin" / "python", *pip, *offline, *chosen)))
    return {name: min(some, key=lambda one: one.cpu) for name, some in taken.items()}


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that goes when its block ends."""
    with tempfile.TemporaryDirectory(prefix="orgmap-bench-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def measured(national: Path, wanted: list[str]) -> Iterator[tuple[str, Results, float]]:
    """Every part in turn, and how many seconds it took; one that cannot be measured here says why."""
    for name, part in parts(national).items():
        if name in wanted:
            began = time.perf_counter()
            try:
                results = part()
            except (subprocess.CalledProcessError, OSError) as error:
                said = getattr(error, "stderr", None) or b""
                results = {"missing": f"{error} {said.decode(errors='replace')[-300:]}".strip()}
            yield name, results, time.perf_counter() - began
