"""Puts the pages together, those that people wrote and those that follow from the program, and builds the site."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from docs.making import asked, commands, datasets, figures, specification, vocabulary

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

FOLDERS = ("how-to", "explanation", "reference", "examples", "screens")
"""The folders of pages that people write."""

MAKERS: dict[str, Callable[[], dict[str, str]]] = {
    "commands": commands.pages,
    "asked": asked.pages,
    "vocabulary": vocabulary.pages,
    "datasets": datasets.pages,
    "figures": figures.pages,
    "specification": specification.pages,
}
"""What makes pages: each gives their texts by their place in the site."""

TAKEN = {
    "GLOSSARY.md": "reference/glossary.md",
    "data/LICENCES.md": "reference/licences.md",
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
    "docs/truth.md": "explanation/truth.md",
    "docs/speed.md": "explanation/speed.md",
}
"""Files of the project that are pages too, and where they stand in the site."""


def gather(folder: Path) -> None:
    """Writes every page of the site, as Markdown, into a folder."""
    for page in DOCS.glob("*.md"):
        if f"docs/{page.name}" not in TAKEN:
            _copied(page, folder / page.name)
    for name in FOLDERS:
        for page in (DOCS / name).rglob("*.*"):
            if "__pycache__" in page.parts:
                continue
            if page.suffix == ".md":  # the pictures lie one folder nearer in the site
                text = page.read_text(encoding="utf-8").replace("](../../pictures/", "](../pictures/")
                for source, place in TAKEN.items():
                    text = text.replace(f"](../{source.removeprefix('docs/')}", f"](../{place}")
                _written(folder / page.relative_to(DOCS), text)
            else:
                _copied(page, folder / page.relative_to(DOCS))
    for source, place in TAKEN.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        _written(folder / place, linked(text, source, place))
    for make in MAKERS.values():
        for place, text in make().items():
            _written(folder / place, text)
    shutil.copytree(ROOT / "pictures", folder / "pictures")


def linked(text: str, source: str, place: str) -> str:
    """A file's text as a page: links to other files that are pages lead there, links to what is no page are words.

    >>> linked("See [figures](docs/truth.md) and [code](cli/main.py).", "CHANGELOG.md", "changes.md")
    'See [figures](explanation/truth.md) and code (`cli/main.py`).'
    """
    here = Path(source).parent
    up = "../" * place.count("/")

    def lead(link: re.Match[str]) -> str:
        words, target = link.groups()
        if re.match(r"[a-z]+:|#", target):
            return link.group()
        path, _, part = target.partition("#")
        file = (here / path).as_posix()
        if file in TAKEN:
            return f"[{words}]({up}{TAKEN[file]}{'#' + part if part else ''})"
        if file.startswith("docs/") and (ROOT / file).suffix == ".md":
            return f"[{words}]({up}{file.removeprefix('docs/')}{'#' + part if part else ''})"
        return f"{words} (`{file}`)" if words.strip("`") != file else f"`{file}`"

    return re.sub(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)", lead, text)


def build(target: Path) -> str:
    """Builds the site into a folder, which appears only if it is whole; gives back every warning, or nothing."""
    from sphinx.cmd.build import build_main

    with tempfile.TemporaryDirectory(prefix="orgmap-site-") as made:
        pages, site = Path(made) / "pages", Path(made) / "site"
        gather(pages)
        printed, warned = io.StringIO(), io.StringIO()
        with redirect_stdout(printed), redirect_stderr(warned):
            failed = build_main(
                [
                    "-q",
                    "-W",
                    "--keep-going",
                    "-b",
                    "html",
                    "-c",
                    str(DOCS),
                    "-d",
                    f"{made}/seen",
                    str(pages),
                    str(site),
                ]
            )
        if failed or warned.getvalue().strip():
            return warned.getvalue().replace(f"{pages}/", "") or "The site could not be built."
        shutil.rmtree(site / "_sources", ignore_errors=True)
        for left in (".buildinfo", "objects.inv"):
            (site / left).unlink(missing_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(site, target)
    return ""


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _written(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
