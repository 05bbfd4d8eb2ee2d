"""One page a dataset: what it says of itself in dataset.json, and what data/README.md tells of how it was made."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from docs.making.tables import table

TOLD = {
    "publisher": "published by",
    "licence": "licence",
    "attribution": "attribution",
    "coverage": "what it covers",
    "as_of": "as of",
    "horizon": "reaches to",
    "changes_left_out": "changes left out",
}
"""What dataset.json says that a reader wants to know first, in words."""


def pages() -> dict[str, str]:
    """A page for each dataset, one for the columns of their tables, and one that lists them."""
    from orgmap.graphmodel.datafiles import data_folder

    data = data_folder()
    sections = _sections((data / "README.md").read_text(encoding="utf-8"))
    opening, columns = sections.pop(""), sections.pop("The columns")
    made = {
        f"reference/datasets/{name}.md": _dataset(data / name, name, text) for name, text in sections.items()
    }
    listed = "\n".join(sections)
    made["reference/datasets/index.md"] = (
        f"# The datasets\n\n{_linked(opening)}\n\n"
        f"Columns: [](columns.md).\n\n```{{toctree}}\n:hidden:\n\ncolumns\n{listed}\n```\n"
    )
    made["reference/datasets/columns.md"] = f"# The columns of the tables\n\n{_linked(columns)}\n"
    return made


def _sections(text: str) -> dict[str, str]:
    """The text below each heading of the second level, what stands before the first one under the empty name."""
    opening, *rest = re.split(r"^## (.+)$", text, flags=re.M)
    sections = dict(zip(rest[::2], (part.strip() for part in rest[1::2]), strict=True))
    return {"": re.sub(r"^# .*\n", "", opening).strip(), **sections}


def _dataset(folder: Path, name: str, text: str) -> str:
    """The page of a dataset: its title, its description, where it is from, its rows, how it was made."""
    file = folder / "dataset.json"
    if not file.is_file():
        return f"# {name.replace('_', ' ').capitalize()}\n\nIn `data/{name}/`.\n\n{_linked(text)}\n"
    about: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    facts = [[words, about[key]] for key, words in TOLD.items() if about.get(key)]
    rows = [[f"`{one}`", f"{count:,}"] for one, count in about["rows"].items()]
    parts = [
        f"# {about['title']}",
        f"{about['description']} In `data/{name}/`.",
        table(["", ""], facts),
        "## What it holds and how it was made",
        _linked(text),
        "## Rows",
        table(["table", "rows"], rows),
    ]
    return "\n\n".join(parts) + "\n"


def _linked(text: str) -> str:
    """Links to another section lead to its page."""
    text = re.sub(r"\]\(#([a-z_]+)\)", r"](\1.md)", text)
    return text.replace("](LICENCES.md)", "](../licences.md)")
