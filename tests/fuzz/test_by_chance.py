"""A small part of what `make fuzz` does, with the same seed each time; and the fuzzer finds faults that are planted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import tests.fuzz.calls
import tests.fuzz.files
import tests.fuzz.processes
from orgmap.cli.main import COMMANDS
from tests.commands import EVERY
from tests.fuzz.calls import calls
from tests.fuzz.kills import kills
from tests.fuzz.processes import commands, one_process
from tests.fuzz.words import ARGUMENTS, ENDLESS, PICTURES, VALUES, command, options
from tests.running import HANGS

PATIENT = 600.0
"""Seconds of the processor: what makes a call slow here is a busy machine, never the call."""


def test_no_call_by_chance_breaks_the_contract(tmp_path: Path) -> None:
    assert calls(tmp_path, 600, 20, PATIENT) == []


def test_no_process_by_chance_breaks_the_contract(tmp_path: Path) -> None:
    assert commands(tmp_path, 16, 20, HANGS) == []


def test_a_load_that_is_killed_or_has_no_room_leaves_all_or_what_was_there(tmp_path: Path) -> None:
    assert kills(tmp_path, 5, "20") == []


def test_every_command_and_every_option_is_tried() -> None:
    assert set(ARGUMENTS) == set(COMMANDS) - ENDLESS
    known = {
        name
        for one in EVERY
        if one not in ENDLESS
        for name, option in options(one).items()
        if not option.is_flag
    }
    assert known - {"--help"} == set(VALUES)
    assert {one for one in EVERY if one.startswith("draw ")} == {f"draw {one}" for one in PICTURES}


def test_so_many_words_meet_every_command_and_option() -> None:
    chance = Random(1)
    lines = [command(chance) for _ in range(9000)]
    typed = {word.partition("=")[0] for line in lines for word in line}
    assert set(ARGUMENTS) <= {line[0] for line in lines if line}
    assert {name for one in EVERY if one not in ENDLESS for name in options(one)} <= typed | {"--help", "-o"}


def _crash(line: list[str]) -> None:
    raise RuntimeError("planted")


def _end_with_6(line: list[str]) -> None:
    print("orgmap: Something went wrong", file=sys.stderr)
    raise SystemExit(6)


def _trace(line: list[str]) -> None:
    print("Traceback (most recent call last):", file=sys.stderr)


def _order(line: list[str]) -> None:
    print("\x1b[31m", file=sys.stderr)


def _flood(line: list[str]) -> None:
    print("x" * 30_000, file=sys.stderr)


def _fail_silently(line: list[str]) -> None:
    raise SystemExit(2)


def _litter(line: list[str]) -> None:
    Path(f".orgmap-{len(list(Path().iterdir()))}.part").touch()


def _half(line: list[str]) -> None:
    Path("old").write_text("half", encoding="utf-8")
    print("orgmap: old cannot be written", file=sys.stderr)
    raise SystemExit(4)


def _take_away(line: list[str]) -> None:
    Path("link").unlink()


def _open_to_all(line: list[str]) -> None:
    Path("old").chmod(0o644)


def _spin(line: list[str]) -> None:
    while True:
        pass


PLANTED: dict[str, tuple[Callable[[list[str]], None], str]] = {
    "a crash": (_crash, "exit code -1"),
    "the code for a fault": (_end_with_6, "exit code 6"),
    "a traceback": (_trace, "a traceback"),
    "an order to the terminal": (_order, "control characters"),
    "a flood of words": (_flood, "letters of words"),
    "a failure without a word": (_fail_silently, "without a word"),
    "a file left behind": (_litter, "left behind"),
    "a file half written": (_half, "yet changed old"),
    "a file taken away": (_take_away, "took away link"),
    "a mode changed": (_open_to_all, "changed the mode of old"),
    "a call without end": (_spin, "hangs"),
}


@pytest.mark.parametrize(("fault", "told"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault, told: str) -> None:
    right = tests.fuzz.calls.run

    def broken(line: list[str]) -> None:
        if line and line[0] == "reforms":
            fault(line)
        right(line)

    monkeypatch.setattr(tests.fuzz.calls, "run", broken)
    found = calls(tmp_path, 60, 5, 0.5 if fault is _spin else PATIENT)
    assert [one for one in found if told in one and "'reforms'" in one]


PROCESSES = {
    "a crash": ("raise RuntimeError('planted')", "a traceback"),
    "a traceback": ("print('Traceback', file=sys.stderr)", "a traceback"),
    "an order to the terminal": ("print('\\x9b31m', file=sys.stderr)", "control characters"),
    "the code for a fault": ("sys.exit(6)", "exit code 6"),
    "a file left behind": ("open('.orgmap-1.part', 'w').close()", "left behind"),
    "a process without end": ("import time; time.sleep(1000)", "hangs"),
    "a process that spins": ("all(iter(lambda: 1, 0))", "takes more than 1 second"),
}


@pytest.mark.parametrize(("fault", "told"), PROCESSES.values(), ids=PROCESSES)
def test_a_fault_planted_in_a_process_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, told: str
) -> None:
    tests.fuzz.files.prepared(tmp_path)
    monkeypatch.setattr(tests.fuzz.processes, "PROGRAM", f"import sys; {fault}")
    monkeypatch.setattr(tests.fuzz.processes, "OUTPUTS", ["pipe"])
    monkeypatch.setattr(
        tests.fuzz.processes, "_damaged", lambda folder, *_: (folder / "data", folder / "cache")
    )
    monkeypatch.setattr(tests.fuzz.processes, "SIGNALS", [0])
    monkeypatch.setattr(tests.fuzz.processes, "ENCODINGS", ["utf-8"])
    monkeypatch.setattr(tests.fuzz.processes, "SLOWEST", 1 if "second" in told else 20)
    patience = 1.0 if told == "hangs" else HANGS
    assert told in one_process(tmp_path, Random("1 1"), patience, england=False)
