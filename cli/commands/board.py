"""`orgmap board`, `orgmap check-board`: who sits on a board, what it may do, and whether a list fills its seats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from orgmap.cli.kit.options import At, Commands
from orgmap.cli.kit.output import Columns, print_folded, print_sources, print_table
from orgmap.cli.kit.question import question

_MARKS = {"no": "not read in its source", "partly": "read in part"}


def _sources(row: dict[str, Any]) -> str:
    return "; ".join(
        ", ".join(filter(None, (one["title"], one["locator"]))) for one in row.get("sources", ())
    )


_COLUMNS: Columns = {
    "What": lambda row: row.get("what", "may"),
    "Board": lambda row: row.get("board_name") or row.get("board"),
    "On": lambda row: row["on"]["id"] if row.get("on") else None,
    "Role": lambda row: row.get("role"),
    "Sort": lambda row: row.get("sort"),
    "Number": lambda row: row.get("number_words"),
    "Appointed by": lambda row: row.get("appointed_by"),
    "Conditions": lambda row: "; ".join(filter(None, (row.get("conditions"), row.get("chair")))),
    "Power": lambda row: row.get("power"),
    "Settles": lambda row: {True: "yes", False: "no"}.get(row["settles"]) if "settles" in row else None,
    "Matter": lambda row: row.get("matter"),
    "Detail": lambda row: row.get("detail"),
    "Towards": lambda row: row.get("towards"),
    "Limits": lambda row: row.get("limits"),
    "Answer": lambda row: row.get("answer"),
    "In words": lambda row: row.get("words") or row.get("of_some"),
    "Holds": lambda row: row.get("holds"),
    "Instrument": lambda row: row.get("instrument"),
    "Status": lambda row: row.get("status"),
    "Law": lambda row: "" if row.get("law", True) else "no",
    "From": lambda row: row.get("valid_from"),
    "Until": lambda row: row.get("valid_until"),
    "Verified": lambda row: row.get("verified"),
    "Sources": _sources,
    "Note": lambda row: row.get("note"),
}


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [{"what": "may", **row, "sources": _of_answer(row)} for row in answer["may"]] or [
        *answer["sits"],
        *(
            {**row, "board_name": one["name"]}
            for one in answer["boards"]
            for part in ("seats", "powers", "of_some")
            for row in one[part]
        ),
    ]
    return rows


def _of_answer(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [source for one in (*row["powers"], *row["others"]) for source in one["sources"]]


def _found(answer: dict[str, Any]) -> bool:
    """Whether there is an answer: not where no source states what a board may do."""
    if answer["may"]:
        return any(one["answer"] != "not stated" for one in answer["may"])
    return bool(answer["sits"] or answer["boards"])


def _print(answer: dict[str, Any]) -> None:
    rows = _rows(answer)
    if answer["may"]:
        for one in answer["may"]:
            print(f"{one['name']} on {answer['at']}: {one['matter']}")
            print_folded(one["words"], 2)
    elif answer["sits"]:
        print(f"{answer['body']['name']} ({answer['body']['id']}) on {answer['at']} sits on")
        for row in answer["sits"]:
            print(f"  {row['board_name']}: {row['role']}{_said(row)}")
    else:
        for before, one in zip([None, *answer["boards"]], answer["boards"], strict=False):
            again = bool(before and one["body"]) and (before["name"], before["body"]) == (
                one["name"],
                one["body"],
            )
            _print_board(one, answer["at"], again)
    print_sources([source for row in rows for source in row["sources"]])


def _print_board(board: dict[str, Any], at: str, again: bool) -> None:
    """A board in short blocks; `again` where the one before is the same body, as any of its sort."""
    named = f" ({board['body']['id']})" if board["body"] else ""
    print(f"{board['name']}{named} on {at}{': what is told of it alone' if again else ''}")
    if board["parents"] and not again:
        print_folded(f"of: {', '.join(one['name'] or one['id'] for one in board['parents'])}", 2)
    if board["form"]:
        print_folded(f"by law: {board['form']}", 2)
    if board["seats"]:
        print("  Who sits")
    for row in board["seats"]:
        must = " ".join(filter(None, (row["sort_words"], row["number_words"])))
        by = row.get("appointed_by") or ""
        by = (
            f"appointed by: {by}"
            if by and not by.startswith("by ")
            else by.replace("by ", "appointed by ", 1)
        )
        said = (by, row.get("conditions"), row.get("chair"), row.get("note"))
        _print_row(f"{row['role']}: {must}", said, row)
    if board["powers"]:
        print("  What it may do")
    for row in board["powers"]:
        detail = f" ({row['detail']})" if row.get("detail") else ""
        towards = f"towards: {row['towards']}" if row.get("towards") else ""
        _print_row(f"{row['power_words']}: {row['matter']}{detail}", (towards, row.get("limits")), row)
    if board["of_some"]:
        print(f"  {len(board['of_some'])} more told of other such boards only.")
    print()


def _print_row(first: str, said: tuple[str | None, ...], row: dict[str, Any]) -> None:
    """A seat or a power: what it is, what is said of it, on what it rests."""
    print_folded(first, 4)
    if words := "; ".join(part.rstrip(".") for part in said if part):
        print_folded(words, 8)
    if basis := ((row.get("instrument") or "") + _said(row)).strip():
        print_folded(f"basis: {basis}", 8)


def _said(row: dict[str, Any]) -> str:
    """What must be said beside a row: that it is a plan, how far it was read, of whom alone it is told."""
    from orgmap.queries.plans.marks import plan_words

    said = [
        "" if row.get("law", True) else plan_words(row["status"], row.get("stated_on")),
        _MARKS.get(row.get("verified", ""), ""),
        row.get("of_some", ""),
        f"told of {', '.join(one['name'] for one in row['bodies'])} only" if row.get("bodies") else "",
    ]
    words = "; ".join(filter(None, said))
    return f" [{words}]" if words else ""


@question(
    _COLUMNS,
    lambda asked: {
        "query": asked["text"],
        "at": asked["at"],
        "body": None,
        **{part: [] for part in ("boards", "may", "sits", "notes")},
    },
    rows=_rows,
    found=_found,
    people=_print,
)
def board(
    text: Annotated[
        list[str],
        typer.Argument(
            help="A board by its name, a kind (hwb, icb), or a body whose boards are meant (ccg:09W)."
        ),
    ],
    at: At = "",
    may: Annotated[
        str,
        typer.Option(
            "--may",
            metavar="MATTER",
            help="May it settle this? “CCG merger”, “advise on the joint forward plan”.",
        ),
    ] = "",
    sits: Annotated[
        bool, typer.Option("--sits", help="On which boards the body sits, instead of its own.")
    ] = False,
) -> None:
    """A board: whose it is, its legal form, who sits on it, what it may decide, advise on, scrutinise or note.

    With --may a straight answer, and who settles the matter; with --sits the boards on which a body has a seat.
    """


_CHECKED: Columns = {
    "What": lambda row: row["what"],
    "Line": lambda row: row.get("line"),
    "Role": lambda row: row["role"],
    "Person": lambda row: row.get("person") or "; ".join(row.get("persons", ())),
    "State": lambda row: row["state"],
    "Must be": lambda row: " ".join(filter(None, (row.get("sort_words"), row.get("number_words")))),
    "In words": lambda row: row["words"],
    "Seat": lambda row: row.get("seat") or row.get("id"),
    "Basis": lambda row: row.get("instrument"),
    "Sources": _sources,
}


def _checked_rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [*answer["seats"], *answer["members"]]


def _print_checked(answer: dict[str, Any]) -> None:
    from orgmap.graphmodel.text import shortened

    print(f"{answer['name']} on {answer['at']}")
    seats = [row for row in answer["seats"] if row["required"] or row["state"] != "may be filled"]
    for row in seats:
        must = " ".join(filter(None, (row.get("sort_words"), row.get("number_words"))))
        print_folded(": ".join(filter(None, (row["state"], row["role"], must))), 2)
        if row["words"]:
            print_folded(row["words"], 6)
    print()
    print_table(
        ["Line", "Role", "Person", "State", "In words"],
        [
            [str(row["line"]), shortened(row["role"]), shortened(row["person"]), row["state"], row["words"]]
            for row in answer["members"]
        ],
    )
    print_sources([source for row in seats for source in row["sources"]])


def _refuse_unfilled(answer: dict[str, Any]) -> None:
    """Raises `NothingFound` where the list does not fill the board: scripts see that by the exit code."""
    from orgmap.graphmodel.errors import NothingFound

    if answer["holds"]:
        return
    seats = [
        f"{row['role']}: {row['state']}" for row in answer["seats"] if row["state"] in ("missing", "too many")
    ]
    wrong = ("role not known", "stands twice", "may not be a member")
    lines = [f"line {row['line']}: {row['state']}" for row in answer["members"] if row["state"] in wrong]
    raise NothingFound(f"The list does not fill the board: {'; '.join((*seats, *lines))}.")


@question(
    _CHECKED,
    lambda asked: {
        "board": "",
        "name": asked["as_"],
        "at": asked["at"],
        "holds": False,
        **{part: [] for part in ("seats", "members", "notes")},
    },
    rows=_checked_rows,
    people=_print_checked,
    after=_refuse_unfilled,
    most_rows=2_000,
)
def check_board(
    file: Annotated[
        Path, typer.Argument(help="A CSV file with a header: a column of roles, one of persons.")
    ],
    as_: Annotated[
        str, typer.Option("--as", metavar="BOARD", help="The board: icb, hwb, “CCG governing body” …")
    ],
    at: At = "",
    role: Annotated[
        str, typer.Option("--role", metavar="COLUMN", help="The column of roles, if it is not called role.")
    ] = "",
    person: Annotated[
        str,
        typer.Option("--person", metavar="COLUMN", help="The column of persons, if it is not called name."),
    ] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="The file's encoding.")] = "utf-8-sig",
) -> None:
    """Whether a list of members fills the seats of a board by the law of a day: filled, missing, too many.

    One person fills one required seat. Exit code 0: every seat is filled; 1: one is not, or a row is wrong or unknown.
    """


COMMANDS: Commands = {"board": board, "check-board": check_board}
