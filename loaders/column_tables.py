"""The tables of columns and rules in `data/README.md`: `python -m orgmap.loaders.column_tables` writes them anew."""

from __future__ import annotations

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES, Column, shared_columns, words_of
from orgmap.graphmodel.term_tables import term_rows

BEGINS, ENDS = "<!-- from graphmodel/terms: begin -->", "<!-- from graphmodel/terms: end -->"
"""Between these lines of the README stands what is made here."""

FEW = 8
"""So many words of a column are named; longer lists are in the vocabulary."""


def column_tables() -> str:
    """The tables that describe every column and every rule, as Markdown."""
    shared = shared_columns()
    lines = ["Columns that many tables share:", "", "| column | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {_cell(_said(column))} |" for name, column in shared.items()]
    lines += ["", "| table | one row is | its own columns |", "|---|---|---|"]
    for table in TABLES.values():
        own = [column for column in table.declared if column != shared.get(column.name)]
        said = "; ".join(f"`{column.name}`: {_said(column)}" for column in own)
        rest = [f"`{column.name}`" for column in table.declared if column not in own]
        more = f"; and {', '.join(rest)}" if rest else ""
        lines.append(f"| `{table.name}` | {_cell(table.description)} | {_cell(said + more)} |")
    lines += ["", "What `orgmap check` asks of the tables, and every build before it begins:", ""]
    lines += ["| rule | mend |", "|---|---|"]
    lines += [f"| {_cell(says)} | {_cell(mend)} |" for _, says, mend in term_rows("rules.csv")]
    return "\n".join(lines)


def _said(column: Column) -> str:
    """What a column says, with its words where they are few."""
    words = sorted(words_of(column))
    named = ", ".join(f"`{word}`" for word in words)
    listed = (
        f" ({named})"
        if 1 < len(words) <= FEW and not all(word in column.description for word in words)
        else ""
    )
    return f"{column.description}{listed}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def with_tables(text: str) -> str:
    """A README with the tables of now between its two lines. Raises `ValueError` if it has not both."""
    before, _, rest = text.partition(BEGINS)
    _, found, after = rest.partition(ENDS)
    if not found:
        raise ValueError(f"the README has no {BEGINS} … {ENDS}")
    return f"{before}{BEGINS}\n\n{column_tables()}\n\n{ENDS}{after}"


if __name__ == "__main__":
    readme = data_folder() / "README.md"
    readme.write_text(with_tables(readme.read_text(encoding="utf-8")), encoding="utf-8")
