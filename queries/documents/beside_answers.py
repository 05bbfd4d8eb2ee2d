"""What the documents of the time say of a body and its kind on a day, beside what rules and relations tell."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Statement
from orgmap.graphmodel.store import Store
from orgmap.queries.commissioning.steps import BESIDE, HOLDS_TO_ACCOUNT, UPWARDS
from orgmap.queries.documents.statements import parts, statements_json

_SAYING = frozenset({"relation", "service", "process"})
"""Topics of statements that tell what a body does, or to whom it answers."""

_SPEAKS_FOR = 3
"""So many years after it was said a statement tells nothing more of a day: much had changed by then."""


def documents_say(
    store: Store, body: Entity, at: AnyDay, to_whom: bool, include: Include = IN_FORCE
) -> list[dict[str, Any]]:
    """The statements about a body or its kind that hold on a day, each with its status and the day it was said.

    Those that say `to_whom` it answers, or else those that say what it does. A plan stays a plan: its status
    tells, and what was said long before the day is left out.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [team] = store.entities(ids=["at:Q67"])
    ...     statements = documents_say(store, team, "2013-06-01", False)
    >>> "commissions" in {one.get("verb") for one in statements}
    True
    """
    at = day_of(at)
    if not body.in_force_on(at):
        return []
    found = [
        one
        for one in store.statements()
        if one.topic in _SAYING and _holds(one, at) and _says(one, body, to_whom)
    ]
    return statements_json(store, found)


def _says(statement: Statement, body: Entity, to_whom: bool) -> bool:
    """Whether a statement names the body or its kind as the one who does something, or who answers."""
    here = {body.id, body.kind}
    subject, target = bool(here & set(parts(statement.subject))), bool(here & set(parts(statement.object)))
    if to_whom:
        return (subject and statement.verb in UPWARDS) or (
            target and statement.verb in (*HOLDS_TO_ACCOUNT, *BESIDE)
        )
    return subject and (bool(statement.verb) or statement.topic == "service")


def _holds(statement: Statement, at: str) -> bool:
    """Whether a statement tells something of a day: one without dates tells of the years after it was said."""
    if statement.stated_on and not statement.valid_from and at < statement.stated_on:
        return False
    if statement.stated_on and at >= f"{int(statement.stated_on[:4]) + _SPEAKS_FOR}{statement.stated_on[4:]}":
        return False
    return (statement.valid_from is None or statement.valid_from <= at) and (
        statement.valid_until is None or at < statement.valid_until
    )
