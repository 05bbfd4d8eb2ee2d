"""The pictures of the pages: each one that `make pictures` draws is there, is shown, and is what is drawn today."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pytest

from orgmap.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "pictures.md").read_text(encoding="utf-8")
SPEED = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
"""The page whose pictures `make bench` draws."""

CALLS = {
    call.split()[-1]: shlex.split(call)
    for call in re.findall(r"\$\(BIN\)/orgmap (draw .+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
}
"""What `make pictures` draws, by file."""


def test_each_picture_that_is_made_is_there_and_shown_and_no_other() -> None:
    kinds = {"reform", "diff", "services", "lineage", "timeline", "map", "network"}
    assert set(CALLS) == {f"pictures/{kind}.svg" for kind in kinds}
    measured = set(re.findall(r"\]\(\.\./(pictures/[^)]+)\)", SPEED))
    assert measured
    assert {f"pictures/{path.name}" for path in (ROOT / "pictures").iterdir()} == {*CALLS, *measured}
    shown = re.findall(r"!\[([^\]]+)\]\(\.\./\.\./(pictures/[^)]+)\)", PAGE)
    assert sorted(file for _, file in shown) == sorted(CALLS)
    assert all(len(words) > 40 for words, _ in shown), "a picture needs words for who cannot see it"


@pytest.mark.parametrize("file", sorted(CALLS))
def test_a_picture_of_the_pages_is_what_is_drawn_today(file: str, tmp_path: Path) -> None:
    target = tmp_path / "picture.svg"
    with pytest.raises(SystemExit) as ended:
        run([*CALLS[file][:-1], str(target)])
    assert ended.value.code in (0, None)
    # Not compared by `==` alone: the difference of two long lines would fill a screen.
    same = target.read_bytes() == (ROOT / file).read_bytes()
    assert same, f"{file} is out of date: make pictures"


@pytest.mark.parametrize("file", sorted(CALLS))
def test_a_picture_of_the_pages_is_small_and_needs_nothing_else(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    root = ElementTree.fromstring(text.encode())
    assert len(text.encode()) <= 100_000
    assert not {one.tag.rpartition("}")[2] for one in root.iter()} & {"script", "foreignObject", "image"}
    assert not re.search(r"url\((?!#)|@import|@font-face|\son[a-z]+=", text)
    assert "Contains OS data" in text
