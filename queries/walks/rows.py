"""Walks as rows of a table: an answer of a step on a day in each, with its flags; no step is without a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orgmap.queries.walks.words import does_not_apply


def rows_of(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a case that was walked; of one that could not be the one that says why."""
    common = {"line": case["line"], "case": case["case"], "script": case["script"]}
    if case["fault"]:
        yield {**common, **_NOTHING, "at": " ".join(case["days"]), "notes": [case["fault"]]}
        return
    overseen = {(one["at"], one["body"]["id"]): one for one in case["bodies"]}
    for step in case["steps"]:
        in_step = {**common, "step": step["id"], "text": step["text"], "service": step["service"]}
        for cell in step["cells"]:
            on_day = {**in_step, "at": cell["at"], "flags": cell["flags"]}
            for one in cell["answers"]:
                body = overseen.get((cell["at"], one["commissioner"]["id"]), _NOBODY)
                yield {**_NOTHING, **on_day, **_of_answer(one, body)}
            if not any(one["counts"] for one in cell["answers"]):
                yield {
                    **_NOTHING,
                    **on_day,
                    "notes": [does_not_apply(cell)] if not cell["applies"] else cell["notes"],
                    "sources": step["sources"],
                }


_NOBODY: dict[str, Any] = {"complaint": None, "scrutiny": []}

_NOTHING: dict[str, Any] = {
    "step": "", "text": "", "service": None, "at": "", "side": "", "counts": False, "commissioner": None,
    "acting_through": [], "population": "", "basis": "", "status": "", "flags": [], "complaint": None,
    "scrutiny": [], "sources": [], "notes": [],
}  # fmt: skip


def _of_answer(answer: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """What a row tells of an answer, and of the body that commissions."""
    fields = ("side", "counts", "commissioner", "acting_through", "population", "basis", "status", "sources")
    return {
        **{field: answer[field] for field in fields},
        **{field: answer[field] for field in ("share", "share_of") if field in answer},
        "notes": answer.get("notes", []),
        "complaint": body["complaint"],
        "scrutiny": [one["body"] for one in body["scrutiny"]],
    }
