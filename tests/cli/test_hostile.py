"""Hostile words, odd surroundings, crashes: a clear sentence, the exit code of the contract, no orders to terminals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Orgmap
from tests.cli.examples import ANSWERED
from tests.kent import KENT_THROUGH_TIME
from tests.running import ROOT, finish, start, surroundings
from tests.worlds import write_data

PROGRAM = "import sys; from orgmap.cli.main import run; run(sys.argv[1:])"
FIND = ("find", "CT9 1AA", "--at", "2013-06-01")


def asked(kent: Path, *words: str | bytes, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """What a process said that was asked with these words."""
    env = surroundings(kent / "data", kent / "cache", **more.pop("env", {}))
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env=env,
        cwd=ROOT,
        timeout=300,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
    )


@pytest.mark.parametrize(
    "command", ["find", "show", "search", "stated", "lineage", "cite", "what", "reform", "list"]
)
def test_bytes_that_are_no_text_are_wrong_use(kent: Path, command: str) -> None:
    done = asked(kent, command, b"Kent\xff\xfe")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["--at", "--store", "--within", "--include", "--kind", "--format"])
def test_bytes_that_are_no_text_are_wrong_use_in_an_option(kent: Path, option: str) -> None:
    assert asked(kent, "list", "ccg", option, b"\xe9").returncode == 2


def test_an_address_with_bytes_that_are_no_text_is_not_said_again(orgmap: Orgmap) -> None:
    told = orgmap("find", "CT9 1AA", "--store", "bolt://me:passw0rd@\udcff")
    assert (told.code, "passw0rd" in told.out + told.err) == (2, False)
    assert "is not UTF-8 text" in told.err


def test_a_files_name_may_be_any_bytes(kent: Path, tmp_path: Path) -> None:
    source = os.fsencode(tmp_path) + b"/caf\xe9.csv"
    with open(source, "wb") as file:
        file.write(b"p\nCT9 1AA\n")
    done = asked(kent, "annotate", source, "--column", "p", "--at", "2013-06-01", "-o", source + b".out")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["in.cs\ud800", "\ud800", "out\udfff.csv"])
def test_half_a_letter_is_no_files_name(orgmap: Orgmap, name: str) -> None:
    for source, target in ((".", name), (name, "-")):
        told = orgmap("annotate", source, "--column", "place", "-o", target)
        assert told.code == 2
        assert (
            "surrogates not allowed" in told.err or "half of a letter" in told.err or "cannot be" in told.err
        )


@pytest.mark.parametrize(
    "command",
    [
        ("new-tables", "out\0here"),
        ("annotate", "in\0.csv", "--column", "place", "-o", "-"),
        ("annotate", ".", "--column", "place", "-o", "out\0.csv"),
        ("draw", "reform", "2013", "-o", "out\0.html"),
        ("export", "csv", "-o", "out\0"),
    ],
)
def test_a_zero_byte_is_in_no_files_name(orgmap: Orgmap, command: tuple[str, ...]) -> None:
    told = orgmap(*command)
    assert told.code == 2
    assert "Traceback" not in told.err


@pytest.mark.parametrize("text", ["%", "£", "£ %", "—", "?", "the", "%%%% ££££", "٣", "\u202e"])
@pytest.mark.parametrize("more", [(), ("--count-by", "topic")])
def test_signs_are_no_question_to_the_documents(orgmap: Orgmap, text: str, more: tuple[str, ...]) -> None:
    assert orgmap("stated", text, *more).code in (0, 1)


@pytest.mark.parametrize("question", [FIND, ("--help",), ("find", "--help"), ("--version",), ("list", "icb")])
def test_a_full_standard_output_ends_with_6(kent: Path, question: tuple[str, ...]) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = asked(kent, *question, stdout=full)
    assert done.returncode == 6
    assert done.stderr.splitlines()[-1] == b"orgmap: The output cannot be written: No space left on device."


@pytest.mark.parametrize(
    ("question", "code"), [(FIND, 0), (("--help",), 0), (("find", "nowhere"), 1), (("find",), 2)]
)
@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2), (0, 1, 2)])
def test_closed_streams_change_no_exit_code(kent: Path, question, code: int, closed: tuple[int, ...]) -> None:
    shut = " ".join(f"{number}>&-" for number in closed)
    line = ["sh", "-c", f'exec "$@" {shut}', "sh", sys.executable, "-c", PROGRAM, *question]
    done = subprocess.run(
        line, env=surroundings(kent / "data", kent / "cache"), cwd=ROOT, capture_output=True
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (FIND, 0),
        (("find", "nowhere"), 1),
        (("find",), 2),
        (("frobnicate",), 2),
        (("list", "ccg", "--at", "2013-06"), 0),
        (("list", "ccg", "--format", "x"), 2),
        (("annotate", "missing.csv", "--column", "p", "-o", "-"), 2),
    ],
)
@pytest.mark.parametrize("where", ["full", "gone", "full, in ASCII"])
def test_words_that_cannot_be_told_change_no_exit_code(kent: Path, question, code: int, where: str) -> None:
    env = {"PYTHONIOENCODING": "ascii"} if "ASCII" in where else {}
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    if where != "gone":
        with open("/dev/full", "wb") as sink:
            assert asked(kent, *question, stderr=sink, env=env).returncode == code
        return
    read, write = os.pipe()
    os.close(read)
    done = asked(kent, *question, stderr=write)
    os.close(write)
    assert done.returncode == code


@pytest.mark.parametrize("question", [("list", "icb"), ("--help",), ("find", "--help"), ("--version",)])
def test_a_reader_who_is_gone_ends_with_0(kent: Path, question: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = asked(kent, *question, stdout=write)
    os.close(write)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    "encoding", ["ascii", "ascii:strict", "latin-1", "utf-16", "utf-7", "cp037", "idna", "punycode"]
)
def test_any_encoding_of_the_streams_will_do(kent: Path, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding}
    assert asked(kent, *FIND, env=env).returncode == 0
    assert asked(kent, "find", "nowhere → £", env=env).returncode == 1
    assert asked(kent, *FIND, "--format", "json", env=env).returncode == 0


@pytest.mark.parametrize("extra", [(), ("--at-column", "p")])
def test_a_pipe_with_a_bad_byte_is_told(kent: Path, tmp_path: Path, extra: tuple[str, ...]) -> None:
    out = tmp_path / "out.csv"
    rows = b"p\n" + b"CT9 1AA\n" * 3 + b"\xff\n"
    done = asked(kent, "annotate", "-", "--column", "p", *extra, "-o", str(out), input=rows)
    assert done.returncode == 2
    assert b"this is not utf-8 text" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-7", "punycode", "unicode_escape", "idna", "utf-32", "mbcs", "undefined"]
)
def test_no_encoding_crashes(orgmap: Orgmap, tmp_path: Path, encoding: str) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(b"p,q\nCT9 1AA,\\ud800 +2AA- \\x\n")
    question = (
        "annotate",
        str(source),
        "--column",
        "p",
        "-o",
        str(tmp_path / "out.csv"),
        "--at",
        "2013-06-01",
    )
    told = orgmap(*question, "--encoding", encoding)
    assert told.code in (0, 2), told.err


@pytest.mark.parametrize("name", ["x" * 300, "/" + "x" * 300 + "/y", "a\0b"])
@pytest.mark.parametrize("variable", ["ORGMAP_DATA", "ORGMAP_CACHE"])
def test_an_impossible_folder_ends_with_4(orgmap: Orgmap, monkeypatch, variable: str, name: str) -> None:
    if "\0" in name:
        pytest.skip("no environment can hold it")
    monkeypatch.setenv(variable, name)
    assert orgmap(*FIND).code == 4


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rows", {"entities": "5"}),
        ("rows", {"entities": -1}),
        ("rows", {"entities": True}),
        ("rows", {"entities": 1.5}),
        ("rows", ["entities"]),
        ("title", 5),
        ("horizon", None),
        ("horizon", ["x"]),
    ],
)
@pytest.mark.parametrize("question", [FIND, ("build",), ("check",)], ids=["find", "build", "check"])
def test_a_description_of_another_form_ends_with_4(
    orgmap: Orgmap, tmp_path, monkeypatch, question, field, value
) -> None:
    data = write_data(tmp_path / "data", KENT_THROUGH_TIME)
    [path] = data.glob("*/dataset.json")
    path.write_text(
        json.dumps({**json.loads(path.read_text(encoding="utf-8")), field: value}), encoding="utf-8"
    )
    monkeypatch.setenv("ORGMAP_DATA", str(data))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    told = orgmap(*question)
    assert told.code == 4
    assert "dataset.json" in told.out + told.err


@pytest.mark.parametrize(
    "error", ["MemoryError()", "RecursionError()", "KeyError('secret')", "ValueError('secret')"]
)
def test_a_fault_of_the_program_is_one_line_to_report(kent: Path, error: str) -> None:
    code = "import orgmap.queries.place.find\ndef broken(*_):\n    password = 'secret'\n"
    code += f"    raise {error}\norgmap.queries.place.find.find = broken"
    code, out, err = finish(start(kent / "data", kent / "cache", *FIND, code=code))
    assert (code, out) == (6, "")
    assert len(err.splitlines()) == 1
    assert "secret" not in err
    assert "memory" in err if "Memory" in error else "Please report" in err


def test_ctrl_c_ends_with_130(kent: Path) -> None:
    code = "import orgmap.queries.place.find as room\ndef stop(*_): raise KeyboardInterrupt\nroom.find = stop"
    process = start(kent / "data", kent / "cache", *FIND, code=code)
    process.communicate()
    assert process.returncode == 130


@pytest.mark.parametrize(
    "address",
    [
        "neo4j://no host",
        "neo4j://a..b",
        "bolt://-",
        "neo4j://%00",
        "neo4j://pass/word:7687",
        "neo4j://ho\u202est",
        "bolt://" + "x" * 300,
        "neo4j://[::zz]",
        "neo4j://p$ss!word",
        "neo4j://:7687",
        "bolt://[x]",
    ],
)
def test_an_address_that_is_no_host_name_is_wrong_use(orgmap: Orgmap, monkeypatch, address: str) -> None:
    monkeypatch.setenv("ORGMAP_NEO4J_PASSWORD", "sesame-open")
    told = orgmap("find", "CT9 1AA", "--store", address)
    assert (told.code, told.out) == (2, ""), told.err
    assert "sesame" not in told.err


HOSTILE = [
    "Kent\x1b[31m",
    "\x1b]0;title\x07",
    "\x9b31m",
    "a\rb",
    "\u202eKent",
    "\x7f",
    "\x08\x08",
    "a\norgmap: all is well",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "question",
    [
        ("find",),
        ("show",),
        ("search",),
        ("stated",),
        ("cite",),
        ("list",),
        ("list", "ccg", "--within"),
        ("find", "CT9 1AA", "--at"),
        ("find", "CT9 1AA", "--store"),
        ("find", "CT9 1AA", "--format"),
        ("find", "CT9 1AA", "--kind"),
        ("draw",),
        ("who", "maternity", "--for"),
        ("annotate", "x.csv", "-o", "y", "--column"),
        ("draw", "timeline", "ccg:10E", "-o"),
        (),
    ],
    ids=" ".join,
)
def test_control_characters_are_spelled_out(
    orgmap: Orgmap, tmp_path, monkeypatch, question, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text(f"p{text}q\n", encoding="utf-8")
    told = orgmap(*question, text)
    shown = (told.out + told.err).replace("\n", "")
    assert not [
        letter for letter in shown if ord(letter) < 32 or 127 <= ord(letter) < 160 or letter == "\u202e"
    ]
    assert "\norgmap: all is well" not in told.err


def world_with(name: str) -> str:
    return KENT_THROUGH_TIME.replace("| NHS Thanet CCG    |", f"| {name} |")


@pytest.mark.parametrize("form", ["table", "json", "ndjson"])
def test_names_in_the_tables_give_no_orders_to_a_terminal(
    orgmap: Orgmap, tmp_path, monkeypatch, form: str
) -> None:
    data = write_data(tmp_path / "data", world_with("NHS \x1b[31m\x9b31m\u202e CCG"))
    monkeypatch.setenv("ORGMAP_DATA", str(data))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    for question in (
        ANSWERED["show"],
        ANSWERED["find"],
        ("list", "ccg", "--at", "2013-06-01"),
        ("cite", "ccg:10E"),
    ):
        told = orgmap(*question, "--format", form)
        assert not set(told.out + told.err) & set("\x1b\x9b\u202e")
        if form == "json" and question[0] == "show":
            assert told.json["body"]["name"] == "NHS \x1b[31m\x9b31m\u202e CCG"


@pytest.mark.parametrize(
    "command", ["find", "show", "list", "stated", "reform", "draw", "frobnicate", "cite", "search"]
)
def test_echoes_are_cut(orgmap: Orgmap, command: str) -> None:
    for long in ("x" * 100_000, "ab cd " * 20_000):
        told = orgmap(command, long)
        assert told.code in (1, 2)
        assert len(told.err) < 5_000
