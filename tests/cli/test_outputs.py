"""Where results go: files whole or not at all, devices and pipes written through, nothing left behind."""

from __future__ import annotations

import os
import signal
import stat
import sys
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.conftest import Orgmap
from tests.running import HANGS, ROOT, finish, start, surroundings

PLACES = "place\nCT9 1AA\n"
DAY = ("--at", "2013-06-01")
WRITERS = {
    "annotate": ("annotate", "in.csv", "--column", "place", *DAY, "-o"),
    "draw": ("draw", "timeline", "ccg:10E", "-o"),
    "export": ("export", "graphml", *DAY, "-o"),
}
each_writer = pytest.mark.parametrize("command", WRITERS.values(), ids=WRITERS)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a table to annotate."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(PLACES, encoding="utf-8")
    return tmp_path


def left(here: Path) -> list[str]:
    """What lies in the folder beside the table."""
    return sorted(path.name for path in here.iterdir() if path.name != "in.csv")


@each_writer
def test_a_named_pipe_is_written_through_and_stays(orgmap: Orgmap, here: Path, command) -> None:
    os.mkfifo("pipe")
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(Path("pipe").read_bytes()), daemon=True)
    reader.start()
    assert orgmap(*command, "pipe").code == 0
    reader.join(60)
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)
    assert len(read[0]) > 50
    assert left(here) == ["pipe"]


@each_writer
def test_a_device_is_written_through_and_stays(orgmap: Orgmap, here: Path, command) -> None:
    before = os.stat(os.devnull)
    Path("link").symlink_to(os.devnull)
    for target in (os.devnull, "link"):
        assert orgmap(*command, target).code == 0
    after = os.stat(os.devnull)
    assert (before.st_mode, before.st_ino, before.st_rdev) == (after.st_mode, after.st_ino, after.st_rdev)
    assert left(here) == ["link"]


@each_writer
@pytest.mark.parametrize("target", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_has_several_names(kent: Path, orgmap: Orgmap, here: Path, command, target) -> None:
    if not os.path.exists(target) and target != "-":
        pytest.skip("not on this system")
    ending = {"draw": "out.html"}.get(command[0], "out")
    assert orgmap(*command, ending).code == 0
    with Path("told").open("wb") as out:
        out.write(b"before\n")
        out.flush()
        asked = [str(here / "in.csv") if word == "in.csv" else word for word in command]
        code, _, err = finish(start(kent / "data", kent / "cache", *asked, target, stdout=out))
    assert code == 0, err
    assert Path("told").read_bytes() == b"before\n" + Path(ending).read_bytes()


@each_writer
def test_a_process_substitution_gets_it_all(kent: Path, orgmap: Orgmap, here: Path, command) -> None:
    read, write = os.pipe()
    asked = [str(here / "in.csv") if word == "in.csv" else word for word in command]
    process = start(kent / "data", kent / "cache", *asked, f"/dev/fd/{write}", pass_fds=(write,))
    os.close(write)
    with open(read, "rb") as pipe:
        told = pipe.read()
    code, _, err = finish(process)
    assert code == 0, err
    assert len(told) > 50


@each_writer
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_file_keeps_its_mode(orgmap: Orgmap, here: Path, command, mode: int) -> None:
    target = Path("out.html" if command[0] == "draw" else "out")
    target.write_text("older", encoding="utf-8")
    target.chmod(mode)
    assert orgmap(*command, str(target)).code == 0
    assert stat.S_IMODE(target.stat().st_mode) == mode
    assert target.read_text(encoding="utf-8") != "older"


@each_writer
def test_a_link_stays_a_link_and_what_it_names_is_written(orgmap: Orgmap, here: Path, command) -> None:
    Path("real").write_text("older", encoding="utf-8")
    Path("link").symlink_to("real")
    assert orgmap(*command, "link").code == 0
    assert Path("link").is_symlink()
    assert Path("real").read_text(encoding="utf-8") != "older"


@each_writer
def test_a_planted_link_is_not_followed(orgmap: Orgmap, here: Path, command, monkeypatch) -> None:
    Path("precious").write_text("precious", encoding="utf-8")
    for name in ("out", "out.html"):
        Path(f".{name}.{os.getpid()}.part").symlink_to("precious")
    made: list[str] = []
    opened = os.open
    monkeypatch.setattr(
        os, "open", lambda path, *rest, **more: made.append(str(path)) or opened(path, *rest, **more)
    )
    assert orgmap(*command, "out").code == 0
    assert Path("precious").read_text(encoding="utf-8") == "precious"
    assert len({name for name in made if name.endswith(".part")}) == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@each_writer
def test_a_full_device_ends_with_4(orgmap: Orgmap, here: Path, command) -> None:
    told = orgmap(*command, "/dev/full")
    assert told.code == 4
    assert "cannot be written" in told.err
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


@each_writer
def test_a_full_disk_leaves_the_older_file(orgmap: Orgmap, here: Path, command, monkeypatch) -> None:
    target = Path("out.html" if command[0] == "draw" else "out")
    target.write_text("older", encoding="utf-8")
    assert orgmap("sources").code == 0  # the graph stands before the disk is full

    def full(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    told = orgmap(*command, str(target))
    assert told.code == 4
    assert "cannot be written" in told.err
    assert target.read_text(encoding="utf-8") == "older"
    assert left(here) == [target.name]


ASKED_TO_END = """
import orgmap.loaders.outputs
inner = orgmap.loaders.outputs._as_it_was
import os, signal
def stop(*_):
    os.kill(os.getpid(), signal.{name})
orgmap.loaders.outputs._as_it_was = stop
"""


@each_writer
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_who_is_asked_to_end_leaves_nothing_behind(kent: Path, here: Path, command, name: str) -> None:
    target = here / ("out.html" if command[0] == "draw" else "out")
    target.write_text("older", encoding="utf-8")
    asked = [str(here / "in.csv") if word == "in.csv" else word for word in command]
    code = ASKED_TO_END.format(name=name)
    process = start(kent / "data", kent / "cache", *asked, str(target), code=code)
    _, err = process.communicate(timeout=HANGS)
    assert process.returncode == 128 + getattr(signal, name)
    assert "Traceback" not in err
    assert target.read_text(encoding="utf-8") == "older"
    assert left(here) == [target.name]


@pytest.mark.parametrize("extra", [(), ("--at-column", "day")])
def test_a_minus_reads_standard_input(kent: Path, extra: tuple[str, ...]) -> None:
    import subprocess

    question = ["annotate", "-", "--column", "place", *(extra or DAY), "-o", "-"]
    code = "import sys; from orgmap.cli.main import run; run(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, *question],
        input=b"place,day\nCT9 1AA,2013-06-01\n",
        env=surroundings(kent / "data", kent / "cache"),
        cwd=ROOT,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert b"\nCT9 1AA,2013-06-01,ccg:10E," in done.stdout


def test_a_source_that_breaks_off_is_not_a_target_that_cannot_be_written(orgmap: Orgmap, here: Path) -> None:
    if not os.path.exists("/proc/self/mem"):
        pytest.skip("not on this system")
    told = orgmap("annotate", "/proc/self/mem", "--column", "place", "-o", "out.csv")
    assert told.code == 2
    assert told.err == "orgmap: /proc/self/mem cannot be read: Input/output error.\n"
    assert left(here) == []


@each_writer
def test_a_name_of_300_letters_is_refused(orgmap: Orgmap, here: Path, command) -> None:
    told = orgmap(*command, "x" * 300)
    assert told.code in (2, 4)
    assert "cannot be written" in told.err
    assert len(told.err) < 400
    assert left(here) == []


@pytest.mark.parametrize("name", ["x" * 300, "x" * 5000, "a/" * 3000, "in.csv/x"])
def test_a_folder_that_cannot_be_named_so_is_refused(orgmap: Orgmap, here: Path, name: str) -> None:
    told = orgmap("export", "csv", "-o", name)
    assert told.code == 2
    assert "cannot be written" in told.err
    assert left(here) == []


def test_a_name_of_250_letters_is_taken(orgmap: Orgmap, here: Path) -> None:
    assert orgmap(*WRITERS["annotate"], "x" * 250).code == 0
    assert left(here) == ["x" * 250]


def test_a_result_is_not_appended_to_the_table_it_comes_from(kent: Path, here: Path) -> None:
    before = (here / "in.csv").read_bytes()
    question = ("annotate", str(here / "in.csv"), "--column", "place", *DAY, "-o", "-")
    with (here / "in.csv").open("ab") as out:
        code, _, err = finish(start(kent / "data", kent / "cache", *question, stdout=out))
    assert code == 2
    assert "Standard output is the file to read" in err
    assert (here / "in.csv").read_bytes() == before


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_does_not_go_to_standard_output(orgmap: Orgmap, here: Path, form: str) -> None:
    told = orgmap("export", form, "-o", "-")
    assert told.code == 2
    assert "name a folder" in told.err
    assert left(here) == []


def test_a_folder_that_is_not_there_is_not_made_for_a_file(orgmap: Orgmap, here: Path) -> None:
    for form in ("graphml", "gexf", "csv"):
        assert orgmap("export", form, "-o", "missing/out").code == 2
    assert left(here) == []


def test_a_link_to_an_empty_folder_stays_a_link(orgmap: Orgmap, here: Path) -> None:
    (here / "real").mkdir()
    (here / "link").symlink_to("real")
    assert orgmap("export", "csv", "-o", "link").code == 0
    assert (here / "link").is_symlink()
    assert list((here / "real").iterdir()) != []


@each_writer
def test_a_folder_that_was_taken_away_beneath_is_told(kent: Path, here: Path, command) -> None:
    (here / "gone").mkdir()
    code = f"import os; os.chdir({str(here / 'gone')!r}); os.rmdir({str(here / 'gone')!r})"
    asked = [str(here / "in.csv") if word == "in.csv" else word for word in command]
    ended, _, err = finish(start(kent / "data", kent / "cache", *asked, "out", code=code))
    assert ended in (2, 4)
    assert "cannot be written" in err


def test_no_room_for_a_copy_is_not_a_source_that_cannot_be_read(kent: Path, here: Path) -> None:
    question = ("annotate", "-", "--column", "place", "--at-column", "place", "-o", "-")
    code = (
        "import resource, tempfile, orgmap.loaders.open\norgmap.loaders.open.open_store().close()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))"
    )
    read, write = os.pipe()
    os.write(write, b"place\nCT9 1AA\n")
    os.close(write)
    ended, _, err = finish(start(kent / "data", kent / "cache", *question, code=code, stdin=read))
    os.close(read)
    assert ended == 4
    assert "no room for a copy" in err


def test_no_room_for_a_copy_is_not_a_target_that_cannot_be_written(kent: Path, here: Path) -> None:
    code = (
        "import resource, orgmap.loaders.open\norgmap.loaders.open.open_store().close()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))"
    )
    for target in (os.devnull, "-"):
        ended, out, err = finish(
            start(kent / "data", kent / "cache", "export", "graphml", "-o", target, code=code)
        )
        assert (ended, out) == (4, "")
        assert "no room for a copy" in err
        assert "cannot be written" not in err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@each_writer
@pytest.mark.parametrize("target", ["-", "/dev/stdout"])
def test_a_full_standard_output_ends_with_6_from_every_writer(
    kent: Path, here: Path, command, target: str
) -> None:
    asked = [str(here / "in.csv") if word == "in.csv" else word for word in command]
    with open("/dev/full", "wb") as full:
        code, _, err = finish(start(kent / "data", kent / "cache", *asked, target, stdout=full))
    assert code == 6
    assert err.endswith("orgmap: The output cannot be written: No space left on device.\n")
