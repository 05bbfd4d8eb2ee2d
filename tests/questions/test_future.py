"""Questions about what is to come, as people ask them, each with what its answer must say and must not say.

A question of `future.json` has the call that answers it, its exit code, words that stand in the answer (its JSON,
with the notes), and words that must not: a plan told as a fact, or another place's plan.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orgmap.cli.main import run

QUESTIONS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "future.json").read_text(encoding="utf-8")
)


def test_there_are_at_least_thirty_questions_about_what_is_to_come() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS) >= 30


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_question_about_what_is_to_come(question: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run([*question["call"], "--format", "json"])
    answer = "".join(capsys.readouterr())
    assert int(ended.value.code or 0) == question["code"]
    assert [words for words in question["shows"] if words not in answer] == []
    assert [words for words in question["hides"] if words in answer] == []
