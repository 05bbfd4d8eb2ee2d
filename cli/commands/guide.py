"""`orgmap guide` and `orgmap explain`: whom to speak to in a place, and what a word means."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from orgmap.cli.kit.options import At, Commands
from orgmap.cli.kit.output import Columns, print_folded, print_sources
from orgmap.cli.kit.question import question
from orgmap.queries.guide.words import (
    NOT_HELD,
    all_sources,
    paid_words,
    reach_words,
    service_name,
    status_words,
)


def _page(answer: dict[str, Any]) -> str:
    from orgmap.viz.guide.page import guide_page

    return guide_page(answer)


def _body(field: str) -> Any:
    return lambda line: line["body"][field] if line["body"] else None


def _said(field: str) -> Any:
    return lambda line: (line.get(field) or {}).get("text")


def _reach(field: str, cell: str = "value") -> Any:
    def get(line: dict[str, Any]) -> Any:
        if not line["body"]:
            return None
        way = line["reach"][field]
        return way[cell] if way else NOT_HELD if cell == "value" else None

    return get


def _sources(line: dict[str, Any]) -> str:
    return "; ".join(
        ", ".join(filter(None, (source["title"], source["locator"]))) for source in line["sources"]
    )


_COLUMNS: Columns = {
    "Part": lambda line: line["part"],
    "Body": _body("name"),
    "Id": _body("id"),
    "Role": lambda line: (line["role"] or "").replace("_", " "),
    "Share": lambda line: f"{line['share']:.0%} of {line['share_of']}" if "share" in line else "",
    "Text": lambda line: line["text"] or "; ".join(one["text"] for one in line.get("sentences", ())),
    "Services": lambda line: "; ".join(map(service_name, line["services"])),
    "Service ids": lambda line: " ".join(one["id"] for one in line["services"]),
    "Purpose": _said("purpose"),
    "For reader": _said("for_reader"),
    "Address": _reach("address"),
    "Address seen on": _reach("address", "seen_on"),
    "Telephone": _reach("telephone"),
    "Telephone seen on": _reach("telephone", "seen_on"),
    "Website": _reach("website"),
    "Website seen on": _reach("website", "seen_on"),
    "Date": lambda line: line.get("date"),
    "Status": lambda line: line.get("status") or (status_words(line["body"]) if line["body"] else None),
    "Said": lambda line: line.get("said") or line.get("stated_on"),
    "Condition": lambda line: line.get("condition"),
    "Where": lambda line: line.get("where"),
    "Note": lambda line: line.get("note"),
    "Sources": _sources,
}


def _lines(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"part": part["part"], **line} for part in answer["parts"] for line in part["lines"]]


def _print(answer: dict[str, Any]) -> None:
    shown: set[str] = set()
    for number, part in enumerate(answer["parts"]):
        print("\n" if number else "", end="")
        print_folded(f"{part['heading']}. {part['meaning']}")
        for line in part["lines"]:
            if line["body"]:
                _print_body(line, shown)
            else:
                _print_sentence(line)
    cited = [source for line in _lines(answer) for source in all_sources(line)]
    print()
    print_sources(cited)


def _print_body(line: dict[str, Any], shown: set[str]) -> None:
    """A body, why it stands here, and where it first stands what it is for and how to reach it."""
    body = line["body"]
    share = f", {line['share']:.0%} of {line['share_of']}" if "share" in line else ""
    again = " (see above)" if body["id"] in shown else ""
    status = f" — {words}" if (words := status_words(body)) else ""
    print_folded(f"{body['name'] or '(name not known)'} ({body['id']}){share}{again}{status}", 2)
    if line["text"]:
        print_folded(line["text"], 6)
    for sentence in line.get("sentences", ()):
        print_folded(sentence["text"], 6)
    for verb, words in paid_words(line).items():
        print_folded(f"{verb}: {words}", 6)
    if again:
        return
    shown.add(body["id"])
    for field in ("purpose", "for_reader"):
        if field in line and (line[field] or field == "purpose"):
            print_folded((line[field] or {"text": "What it is for: not stated."})["text"], 6)
    if ways := reach_words(line["reach"]):
        print_folded("; ".join(ways), 6)


def _print_sentence(line: dict[str, Any]) -> None:
    print_folded(line["text"], 2)
    history = (
        line.get("where")
        and f"said on {line['stated_on']}; {line['where']}: history, no advice for another day"
    )
    depends = line.get("condition") and f"depends on: {line['condition']}"
    for words in (line.get("said"), depends, history, line.get("note")):
        if words:
            print_folded(words, 6)


@question(
    _COLUMNS,
    lambda asked: {
        "query": asked["place"], "at": asked["at"], "place": None, "theme": None, "reader": None,
        "parts": [], "notes": [],
    },
    heading=lambda answer, _: answer.title,
    rows=_lines,
    people=_print,
    also={"html": _page},
)  # fmt: skip
def guide(
    place: Annotated[
        list[str],
        typer.Argument(
            help="A postcode, outcode, county, council or town, or a practice's code, as for find."
        ),
    ],
    about: Annotated[
        str,
        typer.Option(
            "--about", metavar="THEME", help="Only on this: carers, dementia, housing … or a service."
        ),
    ] = "",
    as_: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="READER",
            help="Also what each body means for a charity (and what it was advised then), or for a complainant.",
        ),
    ] = "",
    at: At = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write one page that prints on A4 to this file.")
    ] = None,
) -> None:
    """Whom to speak to in a place: who pays, plans, listens, oversees, how to reach them, what changes next.

    What no source says is “not stated”, what no register gives is “not held”. A plan is named as one, with who said so.
    """


_MEANINGS: Columns = {
    "Term": lambda row: row["term"],
    "What": lambda row: row["what"],
    "Meaning": lambda row: row["meaning"],
    "Text": lambda row: row["text"],
    "Purpose": lambda row: " | ".join(one["text"] for one in row["purposes"]),
    "Also": lambda row: "; ".join(row.get("other", ())),
    "About": lambda row: "; ".join(one["id"] for one in row["about"]),
    "From": lambda row: row["valid_from"],
    "Until": lambda row: row["valid_until"],
    "Note": lambda row: row.get("note"),
    "Sources": _sources,
}


def _print_meanings(answer: dict[str, Any]) -> None:
    for row in answer["meanings"]:
        days = " to ".join(
            day or words
            for day, words in ((row["valid_from"], "a day not known"), (row["valid_until"], "today"))
        )
        dated = f" ({days}, last day not included)" if row["valid_until"] else f" (since {row['valid_from']})"
        print_folded(
            f"{row['term']}: {row['meaning']}{dated if row['valid_from'] or row['valid_until'] else ''}"
        )
        if row["text"]:
            print_folded(f"{row['text']}", 4)
        for one in row["purposes"]:
            print_folded(f"{one['text']}", 4)
        if ids := [one["id"] for one in row["about"]]:
            print_folded(f"see: {', '.join(ids)}", 4)
        if note := row.get("note"):
            print_folded(f"{note}", 4)
    cited = [source for row in answer["meanings"] for source in row["sources"]]
    cited += [source for row in answer["meanings"] for one in row["purposes"] for source in one["sources"]]
    print_sources(cited)


@question(
    _MEANINGS,
    lambda asked: {"query": asked["term"], "at": asked.get("at"), "meanings": [], "notes": []},
    statuses=False,
    people=_print_meanings,
)
def explain(
    term: Annotated[
        list[str], typer.Argument(help="An abbreviation or a word: QIPP, JSNA, ICB, CSU, Section 75 …")
    ],
    at: Annotated[
        str, typer.Option("--at", metavar="DATE", help="The meanings in use on that day come first.")
    ] = "",
) -> None:
    """What an abbreviation or a word means, since when until when, and who says so."""


COMMANDS: Commands = {"guide": guide, "explain": explain}
