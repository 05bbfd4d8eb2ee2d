"""`orgmap walk`: cases tried step by step in the structure of a day, or of two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import typer

from orgmap.cli.commands.who import named_with_status
from orgmap.cli.kit.options import At, Commands
from orgmap.cli.kit.output import Columns, print_folded, print_rows, print_sources, with_yours, write_csv
from orgmap.cli.kit.question import question
from orgmap.queries.walks.rows import rows_of
from orgmap.queries.walks.words import body_words, case_words, cell_words, counted_words

_CASES_SENT = 200
"""So many cases a table may have that is sent over the web: each is a walk of its own."""

_SCRIPTS: Columns = {
    "Case": lambda row: row["id"],
    "Name": lambda row: row["name"],
    "Steps": lambda row: len(row["steps"]),
    "About": lambda row: row["text"],
    "Sources": lambda row: _sources(row["sources"]),
}

_CELLS: Columns = {
    "Line": lambda row: row["line"],
    "Case": lambda row: row["case"],
    "Script": lambda row: row["script"],
    "Step": lambda row: row["text"],
    "Service": lambda row: row["service"] and row["service"]["name"],
    "Service id": lambda row: row["service"] and row["service"]["id"],
    "At": lambda row: row["at"],
    "Commissioner": lambda row: row["commissioner"] and row["commissioner"]["name"],
    "Commissioner id": lambda row: row["commissioner"] and row["commissioner"]["id"],
    "Holds": lambda row: ("yes" if row["counts"] else "no") if row["commissioner"] else "",
    "Asked from": lambda row: row["side"],
    "Share": lambda row: f"{row['share']:.0%} of {row['share_of']}" if "share" in row else "",
    "Through": lambda row: "; ".join(one["name"] or one["id"] for one in row["acting_through"]),
    "For": lambda row: row["population"],
    "Basis": lambda row: row["basis"],
    "Status": lambda row: row["status"],
    "Flags": lambda row: "; ".join(one["flag"] for one in row["flags"]),
    "Flags in words": lambda row: " ".join(one["words"] for one in row["flags"]),
    "Complaint": lambda row: row["complaint"]["text"] if row["complaint"] else _not_stated(row),
    "Scrutiny": lambda row: (
        "; ".join(one["name"] or one["id"] for one in row["scrutiny"]) or _not_stated(row)
    ),
    "Note": lambda row: " ".join(row["notes"]),
    "Sources": lambda row: _sources(row["sources"]),
}


def _not_stated(row: dict[str, Any]) -> str:
    return "not stated" if row["counts"] else ""


def _sources(sources: Iterable[dict[str, Any]]) -> str:
    return "; ".join(", ".join(filter(None, (one["title"], one["locator"]))) for one in sources)


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return answer["scripts"] or [row for case in answer["cases"] for row in rows_of(case)]


def _page(answer: dict[str, Any]) -> str:
    from orgmap.viz.walks.page import walks_page

    return walks_page(answer)


def _table(answer: dict[str, Any]) -> str:
    out = StringIO()
    write_csv(out, with_yours(_SCRIPTS if answer["scripts"] else _CELLS), _rows(answer))
    return out.getvalue()


def _print(answer: dict[str, Any]) -> None:
    if answer["scripts"]:
        print_rows({name: _SCRIPTS[name] for name in ("Case", "Name", "Steps", "About")}, answer["scripts"])
        print_sources([source for one in answer["scripts"] for source in one["sources"]])
    for number, case in enumerate(answer["cases"]):
        print("\n" if number else "", end="")
        _print_case(case)
    print_sources(
        [
            source
            for case in answer["cases"]
            for row in rows_of(case)
            for source in (*row["sources"], *(row["complaint"] or {"sources": ()})["sources"])
        ]
    )


def _named(body: dict[str, Any]) -> str:
    """A body with its id and status; that days to come are told as last known stands in the notes."""
    return named_with_status(body, beside=True)


def _print_case(case: dict[str, Any]) -> None:
    """A case: each step with who commissions it on each day, then where complaints go and who oversees."""
    print_folded(case_words(case))
    if case["fault"]:
        print_folded(f"not walked: {case['fault']}", 2)
        return
    for number, step in enumerate(case["steps"], 1):
        print()
        print_folded(f"{number}. {step['text']} [{step['service']['name'] or step['service']['id']}]")
        for days, lines in cell_words(step["cells"], _named):
            print(f"   {days}")
            for line in lines:
                print_folded(line, 6)
    print("\nComplaints and scrutiny")
    for body, days, said in body_words(case["bodies"], _named):
        print_folded(f"{body}, {days}", 3)
        for text in said:
            print_folded(text, 6)
    print(f"\n{counted_words(case)}")


def _file_typed(run: Callable[..., None]) -> Callable[..., None]:
    """Takes a script that is typed as the name of a table for that table: only here, where files may be read."""

    @wraps(run)
    def typed(**asked: Any) -> None:
        script = " ".join(asked["script"] or ())
        if script.lower().endswith(".csv") and asked["file"] is None:
            asked |= {"script": [], "file": Path(script)}
        run(**asked)

    return typed


@_file_typed
@question(
    lambda asked: _CELLS if asked.get("script") or asked.get("file") else _SCRIPTS,
    lambda asked: {"scripts": [], "cases": [], "notes": []},
    rows=_rows,
    found=lambda answer: answer["scripts"] or any(not case["fault"] for case in answer["cases"]),
    people=_print,
    also={"html": _page, "csv": _table},
    most_rows=_CASES_SENT,
)
def walk(
    script: Annotated[
        list[str] | None,
        typer.Argument(
            help="A case such as child-under-5, or your own table of cases (.csv); without it they are listed."
        ),
    ] = None,
    resident: Annotated[
        str, typer.Option("--resident", metavar="PLACE", help="Where the person lives: a postcode, town …")
    ] = "",
    practice: Annotated[
        str, typer.Option("--practice", metavar="CODE", help="The practice on whose list the person is.")
    ] = "",
    at: At = "",
    and_: Annotated[str, typer.Option("--and", metavar="DATE", help="A second day: before and after.")] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            metavar="CSV",
            help="Your own cases: the columns script, resident and practice, and if you like case, at, and.",
            exists=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write a page (.html) or a table (.csv) to this file."),
    ] = None,
) -> None:
    """Tries a case step by step: who commissions what it needs, by residence or by list, where complaints go.

    Flags say what is open: GAP (the tables say that nobody commissions it), TWO (two bodies do for the same people),
    MOVED (another body than on the first day), NOT KNOWN (nobody says). A step whose service there was not yet does not
    apply, and is nothing open. A plan is named as one.
    """


COMMANDS: Commands = {"walk": walk}
