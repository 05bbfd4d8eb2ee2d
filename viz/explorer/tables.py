"""What the page shows where no script runs: the bodies of today, with their days, and what plans say of them."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.dates import today
from orgmap.graphmodel.model import Entity, Include
from orgmap.graphmodel.plans.foretold import planned_ends
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kind, kinds, roles
from orgmap.queries.coverage import last_horizon
from orgmap.queries.plans.marks import plan_words, when_words
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import date_words

MOST = 400
"""Kinds with more bodies than this are no table that anybody would read."""


def tables_of_today(store: Store) -> list[str]:
    """A table for each kind that has a role for a place and is there today, as HTML.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     tables = tables_of_today(store)
    >>> any("NHS Kent and Medway" in table for table in tables)
    True
    """
    day = min(today(), last_horizon(store))
    planned = Include.of("planned")
    found = []
    for kind in _kinds_of_places():
        bodies = store.entities(kind=kind.kind, at=day)
        if 0 < len(bodies) <= MOST:
            ends = planned_ends(store, [body.id for body in bodies], planned)
            rows = sorted(bodies, key=lambda body: body.label)
            found.append(
                _table(
                    kind,
                    day,
                    rows,
                    {one: _end(end.date, end.precision, end.status) for one, end in ends.items()},
                )
            )
    return found


def _kinds_of_places() -> list[Kind]:
    """Kinds that have a role for a place, those with the first roles first."""
    order = list(roles())
    return sorted(
        (kind for kind in kinds().values() if kind.roles and kind.reach not in ("lists", "none")),
        key=lambda kind: min(order.index(role) for role in kind.roles),
    )


def _end(day: str | None, precision: str, status: str) -> str:
    when = when_words(day, precision) if day else "on a day not known"
    return f"is to end {when}: {plan_words(status)}"


def _table(kind: Kind, day: str, bodies: Iterable[Entity], ends: dict[str, str]) -> str:
    """One kind: names, codes, since when, and what a plan says."""
    rows = [
        el(
            "tr",
            {},
            el("th", {"scope": "row"}, esc(body.label)),
            el("td", {}, esc(" ".join(code for _, code in body.codes))),
            el("td", {}, esc(date_words(body.valid_from) if body.valid_from else "not known")),
            el("td", {}, esc(ends.get(body.id, ""))),
        )
        for body in bodies
    ]
    heads = "".join(el("th", {"scope": "col"}, word) for word in ("Name", "Codes", "Since", "Plan"))
    title = f"{kind.plural[:1].upper()}{kind.plural[1:]} on {date_words(day)}"
    return el(
        "table",
        {},
        el("caption", {}, esc(title)),
        el("thead", {}, el("tr", {}, heads)),
        el("tbody", {}, *rows),
    )
