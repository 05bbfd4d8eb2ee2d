"""Compares the record that answers a question with the values that were read in the documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


def expected(name: str) -> list[dict[str, Any]]:
    """The questions of a file, with their values."""
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return rows


def wanted(answer: dict[str, Any]) -> tuple[Any, ...]:
    """What a record must say: the verdict, yes or no, and every value, none more; in any order."""
    parts = [part for whole in answer["parts"] for part in _one_by_one(whole)]
    return answer["verdict"], answer.get("yes_no"), sorted(map(repr, map(_typed, parts)))


def said(record: dict[str, Any]) -> tuple[Any, ...]:
    """What a record says, in the same form."""
    return record["verdict"], record["yes_no"], sorted(map(repr, map(_told, record["parts"])))


def has_all(answer: dict[str, Any], record: dict[str, Any]) -> bool:
    """Whether a record has the bodies, numbers and days that are expected, among what else it says."""
    values = {
        (bodies, first, day, missing)
        for bodies, first, _, day, _, _, _, _, missing in map(_told, record["parts"])
    }
    asked = {
        (bodies, first, day, missing)
        for bodies, first, _, day, _, _, _, _, missing in map(_typed, map(_counted, answer["parts"]))
    }
    return asked <= values


def _counted(part: dict[str, Any]) -> dict[str, Any]:
    """A value of which only the number of items was typed, as one."""
    return {key: value for key, value in part.items() if key != "items"}


def _one_by_one(part: dict[str, Any]) -> list[dict[str, Any]]:
    """A list of numbers as numbers; a pair of a range stays one value."""
    number = part.get("number")
    if not isinstance(number, list) or _is_range(part):
        return [part]
    return [{**part, "number": one} for one in number]


def _is_range(part: dict[str, Any]) -> bool:
    return isinstance(part["number"], list) and len(part["number"]) == 2


def _typed(part: dict[str, Any]) -> tuple[Any, ...]:
    number = part.get("number")
    first, last = number if isinstance(number, list) else (number, None)
    day = str(part["day"]) if "day" in part else None
    sense = "on" if part.get("sense") is True else part.get("sense")  # YAML reads a bare `on` as true
    return (
        tuple(sorted(body.removeprefix("kind:") for body in part.get("bodies", []))), first, last, day,
        sense if day else None, str(part["until"]) if "until" in part else None,
        tuple(sorted(map(str, part.get("items", [])))), part.get("text"), bool(part.get("not_stated")),
    )  # fmt: skip


def _told(part: dict[str, Any]) -> tuple[Any, ...]:
    missing = bool(part.get("not_stated"))
    return (
        tuple(sorted(body["id"] for body in part.get("bodies", []))), part.get("number"),
        part.get("number_until"), None if missing else part.get("day"), None if missing else part.get("sense"),
        part.get("until"), tuple(sorted(part.get("items", []))), part.get("text"), missing,
    )  # fmt: skip
