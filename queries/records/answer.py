"""The answer of `stated`: a record for a question in words, and the statements that are near to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.store import Store
from orgmap.queries.documents.statements import one_document, stated
from orgmap.queries.records.parts import NOT_STATED, NOTHING
from orgmap.queries.records.record import record


def answered(
    store: Store,
    text: str = "",
    document: str | None = None,
    about: str | None = None,
    topic: str | None = None,
    where: Iterable[tuple[str, str]] = (),
    count_by: str | None = None,
    limit: int | None = None,
) -> dict[str, Any]:
    """Answers a question in words by a record, with the statements near to it as evidence; see `stated` for the rest.

    Where statements are chosen by a field (`about`, `topic`, `where`) or counted, nothing is read as a question.
    `stated` is then false where the record says that the documents do not say. Raises what `stated` raises,
    but a question has its record, though no statement is near.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answered(store, "Which CCG covers Dover?")["record"]["verdict"]
    'not_stated'
    """
    pairs = list(where)
    number = one_document(store, document) if document else ""
    asked = not (about or topic or pairs or count_by)
    answering = record(store, text, number) if asked and text.strip() else None
    try:
        rests_on = {one["id"] for one in answering["evidence"]} if answering else set()
        answer = stated(store, text, document, about, topic, pairs, count_by, limit, rests_on)
    except NothingFound as nothing:
        if answering is None:
            raise
        answer = {"query": text, "stated": True, "statements": [], "notes": [str(nothing)]}
    if answering is None:
        return answer
    said = answering["verdict"] not in (NOT_STATED, NOTHING)
    notes = [one for one in answer["notes"] if not one.startswith("Not stated")]
    return answer | {"stated": said, "record": answering, "notes": notes}
