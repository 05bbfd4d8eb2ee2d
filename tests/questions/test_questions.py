"""The questions that the documents were read for: each answered by the command line, narrowly and with its lines.

A question of `questions.json` has the calls that answer it (most often the question itself), what must stand
in the first statements of the answers, and the lines that must be cited there, as document:line.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from orgmap.cli.main import run

NARROW = 5
"""What is asked for must stand among so many statements of each answer; opposites of them may follow."""

QUESTIONS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "questions.json").read_text(encoding="utf-8")
)


def asked(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> tuple[dict[str, Any], int]:
    """The JSON of one call and its exit code."""
    with pytest.raises(SystemExit) as ended:
        run([*arguments, "--format", "json"])
    return json.loads(capsys.readouterr().out), int(ended.value.code or 0)


def nearest(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The statements that come first; a list asked for by its fields counts as a whole."""
    listed = "counts" in answer or not answer["query"]
    return answer["statements"] if listed else answer["statements"][:NARROW]


def lines_cited(statement: dict[str, Any]) -> set[str]:
    """What a statement cites, as document:line."""
    return {
        f"{source['source'].removeprefix('doc-')}:{line}"
        for source in statement["sources"]
        for part in (source["locator"] or "").split("; ")
        for line in re.findall(r"\d+", part.rpartition("line")[2] if "line" in part else "")
    }


def test_all_eighty_questions_are_here() -> None:
    assert len(QUESTIONS) == 80
    assert len({question["id"] for question in QUESTIONS}) == 80


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_question(question: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    answers = [asked(capsys, call) for call in question["calls"]]
    found = [statement for answer, _ in answers for statement in nearest(answer)]
    counts = [answer.get("counts", {}) for answer, _ in answers]
    told = json.dumps([found, counts], ensure_ascii=False)
    assert [fact for fact in question["expected"] if fact not in told] == []
    cited = set().union(*(lines_cited(statement) for statement in found))
    assert set(question["cited"]) <= cited
    assert answers[0][1] == question["exit"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_an_answer_says_of_each_statement_when_it_was_said_and_what_kind_it_is(
    question: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for call in question["calls"]:
        for statement in asked(capsys, call)[0]["statements"]:
            assert all(statement[key] for key in ("status", "topic", "stated_on", "sources"))
            assert all(source["locator"] for source in statement["sources"])
