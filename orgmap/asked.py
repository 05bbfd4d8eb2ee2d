"""What all questions of a graph have in common: the day of knowledge that they take, and the marks of plans."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from orgmap.answer import Answer
from orgmap.graphmodel.dates import day_of, today
from orgmap.graphmodel.model import Include

G = TypeVar("G")

_DAYS = ("at", "and_", "before", "after", "from_day", "to_day")
"""What days that a question is asked for are called."""


def asked_alike(graph: type[G]) -> type[G]:
    """A class of graphs whose questions tell what was known on `as_known_on`, and whose answers mark what is a plan.

    What a graph knew on an earlier day is another graph (its `known_on`), which is asked the same; so a question
    itself knows nothing of that day. Today and later days make no difference: nothing was said after them.
    """
    for name, method in inspect.getmembers(graph, inspect.isfunction):
        taken = inspect.signature(method).parameters
        if not name.startswith("_") and "as_known_on" in taken:
            setattr(graph, name, _alike(method, inspect.signature(method)))
    return graph


def _alike(method: Callable[..., Any], signature: inspect.Signature) -> Callable[..., Any]:
    @wraps(method)
    def asked(graph: Any, *arguments: Any, as_known_on: Any = None, **options: Any) -> Any:
        day = day_of(as_known_on) if as_known_on else None
        if day and day < today():
            graph = graph.known_on(day)
        answer = method(graph, *arguments, **options)
        if not isinstance(answer, Answer):
            return answer
        from orgmap.queries.coverage import known_on_note
        from orgmap.queries.plans.marks import ADD_PLANNED, marked

        given = signature.bind(graph, *arguments, **options).arguments
        days = [day_of(given[name]) for name in _DAYS if given.get(name)]
        parts = (answer.to_dict(), answer.rows)
        said = [note for note in known_on_note(graph.store) if note not in answer.notes]
        shown = Include.of(given.get("include", ()))
        marks = marked(graph.store, parts, shown, max(days, default=None))
        if any(note.endswith(ADD_PLANNED) for note in answer.notes):
            marks = [note for note in marks if not note.endswith(ADD_PLANNED)]
        return answer.noting([*said, *(note for note in marks if note not in answer.notes)])

    return asked
