"""The command as a shell starts it: pipes that close, damaged stores, narrow encodings, and nothing loaded in vain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Orgmap
from tests.cli.examples import ANSWERED, AT
from tests.kent import KENT_THROUGH_TIME
from tests.running import HANGS, ROOT, damage, finish, start, surroundings
from tests.worlds import write_data

UNLOADED = """
import atexit, sys
heavy = {"networkx", "pandas", "rich", "neo4j", "pyvis", "filelock", "orgmap.loaders.build"}
if "draw" not in sys.argv:
    heavy |= {"numpy", "jinja2", "orgmap.drawing", "orgmap.viz"}
atexit.register(lambda: print(*sorted(heavy & set(sys.modules)), file=sys.stderr))
"""


@pytest.fixture(scope="module")
def data(kent: Path) -> Path:
    """The tables of Kent, with their store built."""
    assert finish(start(kent / "data", kent / "cache", "build"))[0] == 0
    return kent / "data"


@pytest.fixture
def cache(data: Path) -> Path:
    """The folder of the store."""
    return data.parent / "cache"


def test_a_process_answers_like_the_tests_own(data: Path, cache: Path, orgmap: Orgmap) -> None:
    question = (*ANSWERED["find"], "--format", "json")
    assert finish(start(data, cache, *question)) == tuple(orgmap(*question))


def test_the_reference_store_answers_like_the_embedded_one(data: Path, cache: Path) -> None:
    question = (*ANSWERED["find"], "--format", "json")
    both = [finish(start(data, cache, *question, *store)) for store in ((), ("--store", "networkx:"))]
    assert both[0][:2] == both[1][:2]


@pytest.mark.parametrize("command", ["find", "show", "lineage", "list"])
def test_a_look_up_loads_nothing_heavy(data: Path, cache: Path, command: str) -> None:
    code, out, err = finish(start(data, cache, *ANSWERED[command], "--format", "json", code=UNLOADED))
    assert (code, err.splitlines()[-1]) == (0, "")
    assert out


@pytest.mark.parametrize(
    "picture",
    [
        ("reform", "2013"),
        ("map", "2013-04-01"),
        ("lineage", "--within", "Kent"),
        ("services", "CT9 1AA", "--at", "2013-06-01"),
    ],
)
def test_a_picture_loads_no_package_that_it_does_not_draw_with(
    data: Path, cache: Path, picture: tuple[str, ...]
) -> None:
    _, _, err = finish(start(data, cache, "draw", *picture, code=UNLOADED))
    assert err.splitlines()[-1] == ""


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_a_reader_who_has_had_enough_is_no_error(data: Path, cache: Path, form: str) -> None:
    read, write = os.pipe()
    os.close(read)
    process = start(data, cache, "diff", "2006-01-01", "2022-07-01", "--format", form, stdout=write)
    os.close(write)
    _, err = process.communicate(timeout=HANGS)
    assert err == ""


def test_the_first_line_of_a_long_answer(tmp_path: Path) -> None:
    rows = "\n".join(f"practice:P{number:05} | Practice {number}" for number in range(3000))
    data = write_data(tmp_path / "data", f"entities\nid | name\n{rows}")
    process = start(data, tmp_path / "cache", "list", "practice", *AT, "--format", "ndjson")
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline()
    process.stdout.close()
    assert json.loads(first)["id"] == "practice:P00000"
    assert process.wait(timeout=HANGS) is not None
    assert "building the graph" in process.stderr.readline()
    assert process.stderr.read() == ""
    process.stderr.close()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_narrow_terminal_loses_no_answer(data: Path, cache: Path, encoding: str) -> None:
    for question in (ANSWERED["lineage"], (*ANSWERED["show"], "--format", "json"), ("find", "nowhere")):
        process = start(
            data, cache, *question, code=f"import sys\nsys.stdout.reconfigure(encoding={encoding!r})"
        )
        code, _, err = finish(process)
        assert code == (1 if question == ("find", "nowhere") else 0), err


def test_json_is_the_same_in_every_encoding(tmp_path: Path) -> None:
    drawing = KENT_THROUGH_TIME.replace("| NHS Thanet CCG    |", "| Zoë → “Thanet”    |")
    data = write_data(tmp_path / "data", drawing)
    names = []
    for encoding in ("ascii", "utf-8"):
        code = f"import sys\nsys.stdout.reconfigure(encoding={encoding!r})"
        _, out, _ = finish(start(data, tmp_path / "cache", *ANSWERED["show"], "--format", "json", code=code))
        names.append(json.loads(out)["body"]["name"])
    assert names == ["Zoë → “Thanet”"] * 2


def broken_store(folder: Path) -> tuple[Path, Path]:
    """Tables and a built store of which the pages in the middle are overwritten, its size and marks unharmed."""
    data, cache = write_data(folder / "data", KENT_THROUGH_TIME), folder / "cache"
    assert finish(start(data, cache, "build"))[0] == 0
    [path] = cache.glob("*.sqlite")
    damage(path, "relationships")
    return data, cache


def test_annotate_builds_a_damaged_store_again(tmp_path: Path) -> None:
    data, cache = broken_store(tmp_path)
    (tmp_path / "in.csv").write_text("place\nCT9 1AA\n", encoding="utf-8")
    question = ("annotate", str(tmp_path / "in.csv"), "--column", "place", "-o", str(tmp_path / "out.csv"))
    code, _, err = finish(start(data, cache, *question))
    assert code == 0
    assert "damaged" in err
    assert "icb:QKS" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_annotate_into_a_pipe_says_that_the_store_is_damaged(tmp_path: Path) -> None:
    data, cache = broken_store(tmp_path)
    (tmp_path / "in.csv").write_text("place\nCT9 1AA\n", encoding="utf-8")
    code, _, err = finish(
        start(data, cache, "annotate", str(tmp_path / "in.csv"), "--column", "place", "-o", "-")
    )
    assert code == 4
    assert "Run orgmap build" in err


def test_an_interrupt_says_so_and_no_more(data: Path, cache: Path) -> None:
    code = "import orgmap.queries.place.find as room\ndef stop(*_): raise KeyboardInterrupt\nroom.find = stop"
    process = start(data, cache, *ANSWERED["find"], code=code)
    _, err = process.communicate(timeout=HANGS)
    assert process.returncode not in (0, 1, 2, 3, 4, 5)
    assert "Traceback" not in err


def test_the_module_can_be_run(data: Path, cache: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orgmap.cli.main", "--help"],
        env=surroundings(data, cache),
        cwd=ROOT,
        capture_output=True,
    )
    assert done.returncode == 0
