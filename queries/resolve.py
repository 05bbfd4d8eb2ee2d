"""From what a person typed to the body that is meant, or the bodies that could be."""

from __future__ import annotations

import difflib

from graphmodel.errors import Ambiguous, NothingFound
from graphmodel.model import Entity, Period
from graphmodel.store import Store
from graphmodel.text import as_code, name_forms, normalise

BESIDE_BODIES = frozenset({"area"})
"""Kinds that nobody asks for by name."""


def life(entity: Entity) -> str:
    """The days of a body in words, its last day included in neither.

    >>> life(Entity("ccg:10E", "clinical_commissioning_group", "NHS Thanet CCG", "2013-04-01", "2020-04-01"))
    'from 2013-04-01 until 2020-04-01'
    """
    start = f"from {entity.valid_from}" if entity.valid_from else "start not known"
    if entity.from_precision not in ("", "not_known"):
        start += f" ({entity.from_precision})"
    if entity.valid_until:
        return f"{start} until {entity.valid_until}"
    return f"{start}, end not known" if entity.until_precision == "not_known" else f"{start}, no end known"


def candidates(store: Store, text: str) -> list[Entity]:
    """Every body whose id, code, name, abbreviation or alias is exactly that text.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     [body.id for body in candidates(store, "91Q")]
    ['ccg:91Q', 'sicbl:91Q']
    """
    clean = text.strip()
    if ":" in clean:
        prefix, _, code = clean.partition(":")
        ids = [
            f"{prefix.lower()}:{code}",
            f"{prefix.lower()}:{code.upper()}",
            f"{prefix.lower()}:{code.lower()}",
        ]
        if found := store.entities(ids=ids):
            return found
    ids = store.ids_of_code(as_code(clean) or clean)
    if not ids:
        ids = sorted({found for form in name_forms(clean) for found in store.ids_of_name(form)})
    return [entity for entity in store.entities(ids=ids) if entity.kind not in BESIDE_BODIES]


def resolve(store: Store, text: str, at: str | None = None, kinds: frozenset[str] | None = None) -> Entity:
    """The one body that a text means: by id, code, name, abbreviation or alias.

    Where several share it, the one in force on the day `at` is taken. Raises `Ambiguous` with the
    candidates, or `NothingFound` with the nearest names.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     resolve(store, "NHS Thanet CCG").id
    'ccg:10E'
    """
    found = [entity for entity in candidates(store, text) if kinds is None or entity.kind in kinds]
    if len(found) > 1 and at:
        found = [e for e in found if Period(e.valid_from, e.valid_until).holds(at)] or found
    if len(found) == 1:
        return found[0]
    if found:
        lines = [f"{entity.id} — {entity.label}, {life(entity)}" for entity in found]
        raise Ambiguous(f"“{text}” could be {len(found)} bodies; name one by its id.", lines)
    near = nearest_names(store, text)
    hint = f" Did you mean {' or '.join(f'“{name}”' for name in near)}?" if near else ""
    raise NothingFound(f"No body is called “{text}”.{hint} Try orgmap search.")


def nearest_names(store: Store, text: str, limit: int = 3) -> list[str]:
    """The names that come nearest to a mistyped one, best first."""
    words = [word for word in normalise(text).split() if len(word) > 1]
    if not words:
        return []
    known = store.words()
    mended = [next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.75)), word) for word in words]
    pool = store.names_with(mended) or store.names_with(mended[:1])
    keyed: dict[str, str] = {}
    for named in pool[:2000]:
        keyed.setdefault(normalise(named.name), named.name)
    return [
        keyed[key] for key in difflib.get_close_matches(normalise(text), list(keyed), n=limit, cutoff=0.5)
    ]
