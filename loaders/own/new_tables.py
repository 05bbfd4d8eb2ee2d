"""The beginning of a folder of own tables: a few rows that work at once, and a page that says what each column is."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from orgmap.graphmodel.stores.schema import BROUGHT
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.term_tables import laid_over_columns, laid_over_tables
from orgmap.loaders.outputs import whole_folder

STARTER = Path(__file__).parent / "starter"
"""The example: a partnership of three councils."""


def new_tables(folder: Path) -> None:
    """Begins a folder of own tables. Raises `WrongUse` if there is something in it already."""
    with whole_folder(folder) as part:
        for table in sorted(STARTER.glob("*.csv")):
            (part / table.name).write_bytes(table.read_bytes())
        # A name that is no text stands in the page with “?” for what cannot be written.
        name = shlex.quote(folder.resolve().name).encode("utf-8", "replace").decode()
        page = (STARTER / "README.md").read_text(encoding="utf-8").replace("{name}", name)
        (part / "README.md").write_text(page, encoding="utf-8")
        (part / "COLUMNS.md").write_text("".join(_columns()), encoding="utf-8")


def _columns() -> Iterator[str]:
    """What each column of each table says, as it is declared."""
    yield "# The tables that you may have, and their columns\n\nThose in **bold** must be filled.\n"
    for table in laid_over_tables():
        yield f"\n## {table}.csv\n\n"
        for word in laid_over_columns(f"{table}.csv").values():
            yield _line(word.column, word.required, word.description, word.default)
    for name in BROUGHT:
        yield f"\n## {name}.csv: {TABLES[name].description}\n\n"
        for column in TABLES[name].declared:
            yield _line(column.name, column.required and column.name != "source", column.description, "")


def _line(column: str, required: bool, description: str, default: str) -> str:
    blank = f" (blank: {default})" if default else ""
    return f"- {f'**{column}**' if required else column}: {description}{blank}\n"
