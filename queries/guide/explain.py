"""What an abbreviation or a word means: from the list of terms, the kinds of body, and the names that bodies bear."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.listed import Purpose, Term
from orgmap.graphmodel.model import Period
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import has, kind_of, kinds
from orgmap.queries.answers import sources_json
from orgmap.queries.body.similar_names import LETTERS
from orgmap.queries.coverage import check_day

NEAREST = 3
ALIKE = 60
"""So like (of 100) a term must be to be offered."""

MANY = 8
"""So many bodies are named that bear a name; more are counted."""


def explain(store: Store, term: str, at: AnyDay | None = None) -> dict[str, Any]:
    """What a word or an abbreviation means, with its days and who says so; the meanings of the day asked come first.

    Returns `{"query", "at", "meanings", "notes"}`; a meaning has `term`, `what` (term, kind, body or service),
    `meaning`, `text`, `about`, `valid_from`, `valid_until` and `sources`. Raises `NothingFound` with the nearest.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     explain(store, "qipp")["meanings"][0]["meaning"]
    'Quality, Innovation, Productivity and Prevention'
    """
    day = day_of(at) if at else None
    if day:
        check_day(store, day)
    wanted = normalise(term)
    terms = store.listed(Term)
    found = [_of_term(store, one, day) for one in terms if wanted and wanted in _forms(one)]
    explained = {part["id"] for row in found for part in row["about"]}
    found += [_of_kind(store, one, day) for one in _kinds_called(wanted) if one not in explained]
    bodies, more = _bodies_called(store, wanted, explained)
    found += bodies
    if not found:
        if bodies_of_id := store.entities(ids=[term.strip()]):
            raise NothingFound(
                f"“{term}” is the id of {bodies_of_id[0].label}: orgmap show {term.strip()} tells of it."
            )
        near = nearest_terms(store, term)
        hint = f" The nearest: {', '.join(near)}." if near else ""
        raise NothingFound(f"Not known: no term, kind or body is called “{term}”.{hint}")
    notes = [f"{more:,} more bodies bear this name: orgmap search “{term}” lists them."] if more else []
    if day:
        found.sort(key=lambda row: not Period(row["valid_from"], row["valid_until"]).holds(day))
        if not any(Period(row["valid_from"], row["valid_until"]).holds(day) for row in found):
            notes.append(f"None of its meanings was in use on {day}.")
    return {"query": term, "at": day, "meanings": found, "notes": notes}


def nearest_terms(store: Store, text: str) -> list[str]:
    """The terms that are likest to a text in letters or in meaning, the likest first."""
    from rapidfuzz import fuzz

    wanted = normalise(text[:LETTERS])
    weighed = []
    for one in store.listed(Term):
        letters = max(fuzz.ratio(wanted, form) for form in _forms(one))
        weighed.append((max(letters, fuzz.token_sort_ratio(wanted, normalise(one.meaning))), one.term))
    near = sorted((pair for pair in weighed if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1]))
    return list(dict.fromkeys(term for _, term in near))[:NEAREST]


def _forms(term: Term) -> set[str]:
    forms = [term.term, *term.other.split("; "), term.meaning]
    return {normalise(one) for one in forms} - {""}


def _of_term(store: Store, term: Term, day: str | None) -> dict[str, Any]:
    named = {
        one.id: one.label for one in store.entities(ids=[one for one in term.about.split() if ":" in one])
    }
    about = [
        {"id": one, "name": named.get(one) or (kinds()[one].label if one in kinds() else one)}
        for one in term.about.split()
    ]
    row: dict[str, Any] = {
        "term": term.term,
        "what": "term",
        "meaning": term.meaning,
        "text": term.text or None,
        "purposes": [
            said for one in term.about.split() if one in kinds() and (said := _purpose(store, one, day))
        ],
        "about": about,
        "valid_from": term.valid_from,
        "valid_until": term.valid_until,
        "sources": sources_json(store.sources(term.source.split()), [(term.source, term.locator)]),
    }
    if others := [one for one in term.other.split("; ") if one]:
        row["other"] = others
    return {**row, **({"note": term.note} if term.note else {})}


def _kinds_called(wanted: str) -> list[str]:
    return [
        kind.kind
        for kind in kinds().values()
        if wanted and wanted in {normalise(one) for one in (kind.short, kind.prefix, kind.label, kind.plural)}
    ]


def _of_kind(store: Store, kind: str, day: str | None) -> dict[str, Any]:
    """A kind, as the vocabulary describes it, with what it is for."""
    declared, said = kinds()[kind], _purpose(store, kind, day)
    rows = _purposes(store, kind)
    return {
        "term": declared.short or declared.label,
        "what": "kind",
        "meaning": declared.label,
        "text": declared.description,
        "purposes": [said] if said else [],
        "about": [{"id": kind, "name": declared.label}],
        "valid_from": rows[0].valid_from if rows else None,
        "valid_until": rows[-1].valid_until if rows else None,
        "sources": said["sources"] if said else [],
    }


def _purposes(store: Store, kind: str) -> list[Purpose]:
    rows = [row for row in store.listed(Purpose) if row.about == kind and not row.reader]
    return sorted(rows, key=lambda row: row.valid_from or "")


def _purpose(store: Store, kind: str, day: str | None) -> dict[str, Any] | None:
    """What a kind is for on the day; without one, or on another day than any said, as it was last."""
    rows = _purposes(store, kind)
    if not rows:
        return None
    holding = [row for row in rows if day and Period(row.valid_from, row.valid_until).holds(day)]
    row = (holding or rows)[-1]
    sources = sources_json(store.sources(row.source.split()), [(row.source, row.locator)])
    return {"about": kind, "text": row.text, "sources": sources}


def _bodies_called(store: Store, wanted: str, explained: set[str]) -> tuple[list[dict[str, Any]], int]:
    """The bodies and services that bear this name, and how many more there are; practices only if they are few."""
    ids = [one for one in store.ids_of_name(wanted) if one not in explained] if wanted else []
    bodies = store.entities(ids=ids)
    sources = store.sources({body.source for body in bodies})
    rows = [
        {
            "term": body.label,
            "what": "service" if has(kind_of(body.id) or "", "care") else "body",
            "meaning": f"{body.label}, {kinds()[body.kind].label}",
            "text": body.note or None,
            "purposes": [],
            "about": [{"id": body.id, "name": body.label}],
            "valid_from": body.valid_from,
            "valid_until": body.valid_until,
            "sources": sources_json(sources, [(body.source, body.locator)]),
        }
        for body in sorted(bodies, key=lambda one: (-kinds()[one.kind].ranking, one.id))
    ]
    return rows[:MANY], max(0, len(rows) - MANY)
