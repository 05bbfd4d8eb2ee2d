"""`orgmap build`, `check`, `sources`, `cite`: the store and who says so."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import Commands, Kind
from orgmap.cli.kit.output import Columns, print_folded, print_rows, with_yours
from orgmap.cli.kit.question import question
from orgmap.cli.kit.session import store_at
from orgmap.graphmodel.errors import DataBroken


def build() -> None:
    """Builds the embedded graph from the project's tables now, even if it is there already."""
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.open import store_path

    with store_at("", rebuild=True):
        pass
    print(f"Built {store_path(data_folder())}")


def check() -> None:
    """Checks the project's tables (every row, source, period and change) and reads the built graph byte by byte."""
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.check import problems_and_news
    from orgmap.loaders.fresh import damage
    from orgmap.loaders.open import store_path

    data = data_folder()
    found, news = problems_and_news(data)
    for problem in found[:100]:
        print(problem)
    if found:
        raise DataBroken(f"{len(found):,} problems in the tables; the first are above.")
    print("The tables are whole: rows, sources, words, periods and changes all hold.")
    for sentence in news:
        print(sentence)
    path = store_path(data)
    if wrong := damage(path):
        raise DataBroken(f"The built graph {path} is damaged ({wrong}). Run orgmap build.")
    print(_of_the_graph(data, path))


def _of_the_graph(data: Path, path: Path) -> str:
    """What there is to say of a built graph that is not damaged."""
    from orgmap.loaders.fresh import fresh_store, marks

    if not path.exists():
        return "No graph is built from them yet; the first question builds it."
    if (store := fresh_store(path, data, marks(data))) is None:
        return "The built graph is not of these tables, or others may have written it; the next question builds it."
    store.close()
    return "The built graph is whole: every byte is as it was built."


def new_tables(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet, or an empty one.")],
) -> None:
    """Begins a folder of your own tables, with an example that works at once and a page on what each column is."""
    from orgmap.loaders.own.new_tables import new_tables as begin

    begin(folder)
    typed = in_a_cell(shlex.quote(str(folder)))
    print(f"Wrote {typed}. Its README.md says how to go on: orgmap --with {typed} check", file=sys.stderr)


_SOURCE_COLUMNS: Columns = {
    "Id": lambda one: one["id"],
    "Title": lambda one: one["title"],
    "Publisher": lambda one: one["publisher"],
    "As of": lambda one: one["as_of"],
    "Licence": lambda one: one["licence"],
    "Verified": lambda one: one["verified"],
}


def _print_source_list(answer: list[dict[str, Any]]) -> None:
    """The sources as a table, and below it what each loaded release was read from."""
    from orgmap.loaders.releases.home import LOADED_AS

    print_rows(with_yours(_SOURCE_COLUMNS), answer)
    for one in answer:
        if f"({LOADED_AS} " in one["title"]:
            print_folded(f"{in_a_cell(one['id'])}: {in_a_cell(one['note'])}")


@question(
    {**_SOURCE_COLUMNS, "Note": lambda one: one["note"]},
    lambda asked: [],
    statuses=False,
    people=_print_source_list,
)
def sources() -> None:
    """Every source that the graph cites, with its licence; of a loaded release its file, rows and refused rows."""


def _print_references(answer: dict[str, Any]) -> None:
    print("\n".join([answer["statement"], *answer["references"]]))


@question(
    {"Reference": lambda reference: reference},
    lambda asked: {
        "query": asked.get("fact", "orgmap"),
        "statement": None,
        "references": [],
        "notes": [],
    },
    statuses=False,
    rows=lambda answer: answer["references"],
    people=_print_references,
)
def cite(
    fact: Annotated[
        list[str] | None,
        typer.Argument(
            help="A fact (“ccg:10E member_of stp:QKS”), a body, a change or a source; without one, orgmap itself."
        ),
    ] = None,
    kind: Kind = "",
) -> None:
    """The source of a fact as a reference to put below a text."""


COMMANDS: Commands = {
    "build": build,
    "check": check,
    "sources": sources,
    "cite": cite,
    "new-tables": new_tables,
}
