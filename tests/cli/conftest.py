"""The command run inside the tests' own process, on two drawn streets in Kent: fast, and as strict as a script."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from orgmap.cli.main import run
from tests.kent import KENT_PRESCRIBED, KENT_THROUGH_TIME
from tests.worlds import write_data


class Told(NamedTuple):
    """What a command gave back: its exit code, its data, its words."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The data as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The data as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def table(self) -> list[dict[str, str]]:
        """The data as a CSV table."""
        return list(csv.DictReader(io.StringIO(self.out), strict=True))


Orgmap = Callable[..., Told]


File = Callable[..., Path]
"""Writes a published file: its bytes and, if that matters, its name."""


def onto(folder: Path, monkeypatch: pytest.MonkeyPatch, drawing: str, horizon: str) -> Path:
    """The drawn tables onto which files are loaded, with an empty folder for releases beside them."""
    data = write_data(folder / "data", drawing, horizon=horizon)
    for setting, name in (("ORGMAP_DATA", "data"), ("ORGMAP_CACHE", "cache"), ("ORGMAP_DATA_HOME", "home")):
        monkeypatch.setenv(setting, str(folder / name))
    return data


def files_in(folder: Path, name: str) -> File:
    """Writes published files into a folder, under the name given or the one given with them."""

    def write(raw: bytes, name: str = name) -> Path:
        (folder / name).write_bytes(raw)
        return folder / name

    return write


@pytest.fixture(scope="session")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tables of Kent in `data`; the store is built into `cache` beside it by the first question."""
    folder = tmp_path_factory.mktemp("kent")
    write_data(folder / "data", f"{KENT_THROUGH_TIME}{KENT_PRESCRIBED}")
    return folder


@pytest.fixture
def orgmap(kent: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Orgmap:
    """Runs a command; an error that is not told as the contract wants fails the test by itself."""
    monkeypatch.setenv("ORGMAP_DATA", str(kent / "data"))
    monkeypatch.setenv("ORGMAP_CACHE", str(kent / "cache"))
    monkeypatch.setenv("COLUMNS", "200")

    def ask(*arguments: str) -> Told:
        capsys.readouterr()
        code = 0
        try:
            run(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        err = "".join(line for line in captured.err.splitlines(True) if "building the graph" not in line)
        return Told(code, captured.out, err)

    return ask
