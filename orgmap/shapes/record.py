"""The shapes of the record that answers a question in words, as its JSON is."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from orgmap.shapes.plan import NamedPart


class RecordPart(TypedDict):
    """One thing that was asked, or that belongs to its answer, with one value: `bodies`, a `number` (up to
    `number_until`) of a `unit`, a `day` with its sense, `items` (`complete` or not), or `text`.

    `not_stated` says that the documents leave it open; a day beside it was inferred. `how` tells what is not said in
    words: derived, inferred, opinion, contradicted.
    """

    asked: str
    yes_no: NotRequired[str]
    not_stated: NotRequired[bool]
    bodies: NotRequired[list[NamedPart]]
    number: NotRequired[float]
    number_until: NotRequired[float]
    unit: NotRequired[str]
    compared: NotRequired[str]
    day: NotRequired[str]
    sense: NotRequired[str]
    precision: NotRequired[str]
    until: NotRequired[str]
    items: NotRequired[list[str]]
    complete: NotRequired[bool]
    text: NotRequired[str]
    how: NotRequired[str]


class RecordEvidence(TypedDict):
    """A statement, a plan or a step that the record rests on, with its document and lines."""

    id: str
    origin: str
    document: str | None
    lines: list[int]
    source: str
    locator: str
    text: str


class TablesTold(TypedDict):
    """What the tables know where the documents do not say: bodies of a day, and the command that tells more."""

    text: str
    day: str
    bodies: list[NamedPart]
    command: str


class AnswerRecord(TypedDict):
    """What answers a question in words. `verdict`: stated, derived, contradicted, partly, not_stated, nothing_near."""

    question: str
    verdict: str
    yes_no: str | None
    parts: list[RecordPart]
    status: str | None
    stated_on: str | None
    evidence: list[RecordEvidence]
    tables: TablesTold | None
