"""The pages of words: every kind of body, relation and change, from the tables of the vocabulary themselves."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from docs.making.tables import code, table

TERMS = Path(__file__).resolve().parents[2] / "graphmodel" / "terms"
"""Where the vocabulary lies."""


class VocabularyTable(NamedTuple):
    """A table of the vocabulary that is shown: its file, its heading, what it is, its columns (none named: all)."""

    file: str
    heading: str
    about: str
    columns: tuple[str, ...] = ()


SHOWN = (
    VocabularyTable(
        "kinds",
        "Kinds",
        "What a body or thing is. An id begins with the prefix of its kind (`ccg:10E`); where a command asks for a"
        " kind, the kind, its prefix or its everyday words will do.",
        ("kind", "prefix", "label", "tier", "description"),
    ),
    VocabularyTable("roles", "Roles", "What a body is to a place, as `find` tells it.", ("role", "meaning")),
    VocabularyTable("tiers", "Tiers", "Where a kind stands between the nation and a place."),
    VocabularyTable(
        "verbs",
        "Relations",
        "The word between two bodies, with a sentence in both directions. To advise, to scrutinise and to decide are"
        " different, so there is no word “governs”.",
    ),
    VocabularyTable(
        "event_kinds",
        "Kinds of change",
        "What may happen on a day, with how many bodies stand before and after it.",
    ),
    VocabularyTable(
        "changes", "Words for what changed between two days", "As `diff` and its picture tell it."
    ),
    VocabularyTable("populations", "For whom", "The people for whom a service is commissioned."),
    VocabularyTable(
        "bnf_chapters",
        "Chapters of the British National Formulary",
        "What `prescribed --chapter` takes, by number or name; those from 18 on are the prescribing services' own.",
    ),
    VocabularyTable("topics", "Topics of statements", "What a statement of a document is about."),
)


def pages() -> dict[str, str]:
    """The page with every word of the vocabulary, table by table."""
    parts = [
        "# Words of the tables",
        "Every kind, relation and kind of change that the tables may use, with its meaning. This page is made from"
        " `graphmodel/terms/`, which the program itself reads. Longer explanations: [](glossary.md).",
    ]
    for words in SHOWN:
        header, rows = read(words.file, words.columns)
        parts += [f"## {words.heading}", words.about, table(header, rows)]
    return {"reference/vocabulary.md": "\n\n".join(parts) + "\n"}


def read(name: str, columns: tuple[str, ...] = ()) -> tuple[list[str], list[list[str]]]:
    """A table of the vocabulary: its header in words, and its rows with what is typed as code."""
    with (TERMS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = columns or tuple(rows[0])
    typed = {shown[0], "prefix", "colour"}
    return (
        [column.replace("_", " ") for column in shown],
        [[code(row[column]) if column in typed else row[column] for column in shown] for row in rows],
    )
