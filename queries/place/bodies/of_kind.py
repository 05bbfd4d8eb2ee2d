"""A question about a place that is limited to bodies of some kinds: what is asked for, and which bodies are told."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_outcode
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, kinds_with
from orgmap.graphmodel.vocabulary import kinds as known_kinds
from orgmap.queries.body.resolve import resolve
from orgmap.queries.place.find import practice_of
from orgmap.queries.place.places import place_of


def asked_for(store: Store, text: str, at: AnyDay, kinds: Kinds) -> str:
    """What a question about a place is asked for: the place, or the id of the body of these kinds that the text names.

    A text that is a place stays the place. One that is none, or that names several bodies or one of another kind, is
    the body of these kinds that has the name. Raises what the place would raise if no body of these kinds has it.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [asked_for(store, name, "2024-01-01", frozenset({"national_body"})) for name in ("Kent", "CQC")]
    ['Kent', 'national:care_quality_commission']
    """
    at = day_of(at)
    kinds = chosen_kinds(kinds)
    if not kinds or practice_of(store, text):
        return text
    # Letters that are an outcode too are the code of the body whose kind was asked for.
    if as_outcode(text) and (coded := _coded(store, text, kinds, at)):
        return coded
    try:
        place = place_of(store, text, at)
    except (NothingFound, Ambiguous) as refused:
        with suppress(NothingFound, Ambiguous):
            return resolve(store, text, at, kinds).id
        raise refused
    if place.kind in known_kinds() and place.kind not in {*kinds, *kinds_with("local_authority")}:
        with suppress(NothingFound, Ambiguous):
            body = resolve(store, text, at, kinds)
            return body.id if body.in_force_on(at) else text
    return text


def _coded(store: Store, code: str, kinds: frozenset[str], at: str) -> str:
    """The id of the one body of these kinds that has a code; blank if none has it, or several."""
    with suppress(NothingFound, Ambiguous):
        return resolve(store, code, at, kinds).id
    return ""


def of_kinds(bodies: list[dict[str, Any]], kinds: frozenset[str] | None) -> list[dict[str, Any]]:
    """The bodies of these kinds; all, if no kind was asked for."""
    return [body for body in bodies if kinds is None or body["kind"] in kinds]


def answers_of_kinds(answer: dict[str, Any], kinds: frozenset[str] | None) -> dict[str, Any]:
    """What `who` told, with the commissioners of these kinds alone; all, if no kind was asked for."""
    if kinds is None:
        return answer
    return {**answer, "answers": [one for one in answer["answers"] if one["commissioner"]["kind"] in kinds]}
