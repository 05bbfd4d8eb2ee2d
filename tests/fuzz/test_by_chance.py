"""A small part of what `make fuzz` does, with the same seed each time."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.calls import calls
from tests.fuzz.processes import commands


def test_no_call_by_chance_breaks_the_contract(tmp_path: Path) -> None:
    assert calls(tmp_path, 400, 20) == []


def test_no_process_by_chance_breaks_the_contract(tmp_path: Path) -> None:
    assert commands(tmp_path, 16, 20) == []
