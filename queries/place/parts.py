"""Places that only wards and small areas are called after: Jesmond, of which North and South Jesmond are parts."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from orgmap.graphmodel.place_words import pieces_of, place_form
from orgmap.graphmodel.store import PlaceName, Store
from orgmap.queries.place.names import CALLED_AFTER, Named

SHORTEST = 4
"""Shorter words are pieces of too many names."""

_PARTS = frozenset({"neighbourhood", "ward"})
_FORMS: WeakKeyDictionary[Store, dict[str, list[str]]] = WeakKeyDictionary()
"""The names of all places by each word in them, read once for a store."""


def called_after(store: Store, name: str) -> list[Named]:
    """For each council the place of that name that its wards and small areas have in their longer names.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [place.typed for place in called_after(store, "Jesmond")]
    ['Jesmond, Newcastle upon Tyne (place)']
    """
    form = place_form(name)
    if len(form) < SHORTEST:
        return []
    words = form.split()
    holding = [one for one in _forms(store).get(words[0], ()) if f" {form} " in f" {one} " and one != form]
    by_council: dict[str, list[PlaceName]] = {}
    for one in holding:
        for row in store.place_names(one):
            if row.kind in _PARTS and not row.called and form in map(place_form, pieces_of(row.name)):
                by_council.setdefault(row.within, []).append(row)
    return [_place(name, rows) for _, rows in sorted(by_council.items())]


def _forms(store: Store) -> dict[str, list[str]]:
    if store not in _FORMS:
        found: dict[str, list[str]] = {}
        for form in sorted(store.place_forms()):
            for word in dict.fromkeys(form.split()):
                found.setdefault(word, []).append(form)
        _FORMS[store] = found
    return _FORMS[store]


def _place(name: str, rows: list[PlaceName]) -> Named:
    """All that is called after a place in one council, as one place by equal shares."""
    total = sum(row.share for row in rows)
    shares: dict[str, float] = {}
    for row in rows:
        shares[row.code] = shares.get(row.code, 0.0) + row.share / total
    kind = "place (extent estimated)" if len(shares) > 1 else "place"
    title = name.strip() if name.strip() != name.strip().lower() else name.strip().title()
    parts = tuple(sorted(shares.items()))
    return Named(title, kind, rows[0].within, "", rows[0].county, None, "", CALLED_AFTER, "", parts)
