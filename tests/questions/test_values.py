"""The values that answer the eighty questions: whole, well formed, and as the question files have them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
FILES = HERE.parents[1].parent / "shared" / "questions"
VALUES: list[dict[str, Any]] = yaml.safe_load((HERE / "values.yaml").read_text(encoding="utf-8"))
QUESTIONS: dict[str, dict[str, Any]] = {
    question["id"]: question for question in json.loads((HERE / "questions.json").read_text(encoding="utf-8"))
}
KINDS_OF_VALUES = {"items", "bodies", "number", "day", "text", "not_stated", "yes_no"}
VERDICTS = {"stated", "derived", "contradicted", "partly", "not_stated"}


def test_every_question_has_its_values_and_its_lines() -> None:
    assert [answer["id"] for answer in VALUES] == list(QUESTIONS)
    assert {answer["verdict"] for answer in VALUES} == VERDICTS
    for answer in VALUES:
        assert set(answer["lines"]) == set(QUESTIONS[answer["id"]]["cited"]), answer["id"]
        assert answer.get("yes_no") in {None, "yes", "no"}, answer["id"]
        assert answer["parts"] or answer.get("yes_no"), answer["id"]


@pytest.mark.parametrize("answer", VALUES, ids=lambda answer: answer["id"])
def test_every_part_has_a_value(answer: dict[str, Any]) -> None:
    for part in answer["parts"]:
        assert part["asked"]
        assert KINDS_OF_VALUES & set(part), part
        assert ("day" in part) == ("sense" in part) == ("precision" in part), part


@pytest.mark.skipif(not FILES.is_dir(), reason="the question files are in ../shared, which is not here")
@pytest.mark.parametrize("answer", VALUES, ids=lambda answer: answer["id"])
def test_the_question_stands_where_it_is_said_to_stand(answer: dict[str, Any]) -> None:
    name, _, line = answer["from"].partition(":")
    text = (FILES / name).read_text(encoding="utf-8").splitlines()
    assert re.match(rf"## {answer['id']}\b", text[int(line) - 1])
    until = next(
        (number for number in range(int(line), len(text)) if text[number].startswith("## ")), len(text)
    )
    assert QUESTIONS[answer["id"]]["question"] in "\n".join(text[int(line) : until])
