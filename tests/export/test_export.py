"""An export is whole or not there, the same every time, and says what it lacks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from orgmap.cli.commands.servers import ExportFormat
from tests.cli.conftest import Orgmap
from tests.export.conftest import Export

FORMATS = [form.value for form in ExportFormat]
FOLDERS = ("csv", "parquet")


def contents(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of every file of a folder."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_tables_give_the_same_bytes_and_nothing_is_left_beside(export: Export, form: str) -> None:
    first, second = export(form), export(form)
    assert contents(first) == contents(second)
    assert all(contents(first).values())
    assert sorted(first.parent.iterdir()) == [first, second]
    assert first.is_dir() == (form in FOLDERS)


@pytest.mark.parametrize("form", FORMATS)
def test_a_day_is_less_than_everything(export: Export, form: str) -> None:
    assert contents(export(form, "--at", "2013-06-01")) != contents(export(form))


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_with_something_in_it_is_not_touched(orgmap: Orgmap, tmp_path: Path, form: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    told = orgmap("export", form, "-o", str(tmp_path / "mine"))
    assert (told.code, told.out) == (2, "")
    assert "is there already" in told.err
    assert contents(tmp_path / "mine") == {"thesis.txt": b"years of work"}


def test_an_empty_folder_is_filled(orgmap: Orgmap, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert orgmap("export", "parquet", "-o", str(tmp_path / "empty")).code == 0
    assert (tmp_path / "empty" / "entities.parquet").is_file()


def test_a_file_takes_the_place_of_an_older_one(orgmap: Orgmap, tmp_path: Path) -> None:
    (tmp_path / "kent").write_text("old", encoding="utf-8")
    assert orgmap("export", "graphml", "-o", str(tmp_path / "kent")).code == 0
    assert (tmp_path / "kent").read_text(encoding="utf-8").startswith("<?xml")


def test_a_file_cannot_take_the_place_of_a_folder(orgmap: Orgmap, tmp_path: Path) -> None:
    told = orgmap("export", "graphml", "-o", str(tmp_path))
    assert told.code == 2
    assert "Name a file" in told.err


@pytest.mark.parametrize("form", FORMATS)
def test_what_fails_leaves_nothing_and_the_old_file_stays(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    target = tmp_path / "kent"
    if form not in FOLDERS:
        target.write_text("old", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert orgmap("sources").code == 0  # the graph is built by now: that is written elsewhere

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    told = orgmap("export", form, "-o", str(target))
    assert (told.code, told.out) == (4, "")
    assert "cannot be written: No space left on device" in told.err
    assert sorted(tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_is_said(orgmap: Orgmap, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = orgmap("export", "csv", "-o", str(tmp_path / "file" / "kent"))
    assert (told.code, told.out) == (2, "")
    assert "cannot be written" in told.err


@pytest.mark.parametrize(
    ("form", "package"), [("parquet", "pyarrow"), ("turtle", "rdflib"), ("jsonld", "rdflib")]
)
def test_a_package_that_is_missing_is_named(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    told = orgmap("export", form, "-o", str(tmp_path / "kent"))
    assert (told.code, told.out) == (2, "")
    assert f"needs the package {package}: pip install 'orgmap[export]'" in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_day_before_the_tables_is_not_known(orgmap: Orgmap, tmp_path: Path) -> None:
    told = orgmap("export", "graphml", "-o", str(tmp_path / "kent"), "--at", "1998-01-01")
    assert (told.code, told.out) == (1, "")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused(orgmap: Orgmap, tmp_path: Path) -> None:
    assert orgmap("export", "word", "-o", str(tmp_path / "kent")).code == 2
