"""Wards and small areas that are called after a place: Jesmond is what North and South Jesmond are parts of."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from orgmap.graphmodel.place_words import place_form, stages_of
from orgmap.graphmodel.store import PlaceName, Store

SHORTEST = 4
"""Shorter words are pieces of too many names."""

PARTS = frozenset({"neighbourhood", "ward"})
"""Kinds of pieces of a council that are called after places in it."""

_FORMS: WeakKeyDictionary[Store, str] = WeakKeyDictionary()
"""The names of all places as one text, each between blanks on a line of its own, read once for a store."""

_BY_WORD: WeakKeyDictionary[Store, dict[str, list[str]]] = WeakKeyDictionary()
"""The same by each word in them, in order: of a store of which many names are asked."""

_UNPARTED: WeakKeyDictionary[Store, dict[str, list[str]]] = WeakKeyDictionary()
"""The same by their letters alone, without the spaces between their words."""


def parts_called_after(store: Store, name: str) -> list[PlaceName]:
    """Every ward and small area that has a place's name in its longer one; none for very short names.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     sorted({row.name for row in parts_called_after(store, "Jesmond") if row.kind == "ward"})
    ['North Jesmond', 'South Jesmond']
    """
    form = place_form(name)
    if len(form) < SHORTEST:
        return []
    longer = [one for one in forms_with(store, form) if one != form]
    return [
        row
        for one in longer
        for row in store.place_names(one)
        if row.kind in PARTS and not row.called and form in map(place_form, stages_of(row.name))
    ]


def parts_named(store: Store, name: str, council: str, longer: bool = True) -> int:
    """How many wards, or else small areas, of a council have a place's name, alone or also in a longer one."""
    rows = [row for row in store.place_names(place_form(name)) if row.kind in PARTS and not row.called]
    rows += parts_called_after(store, name) if longer else []
    return max(len({row.name for row in rows if (row.kind, row.within) == (kind, council)}) for kind in PARTS)


def parts_beginning_with(store: Store, name: str, council: str) -> int:
    """How many wards, or else small areas, of a council begin with a place's name and go on: Charlton Hornfair.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     parts_beginning_with(store, "Charlton", "Greenwich")
    2
    """
    form = place_form(name)
    longer = [one for one in forms_with(store, form) if one.startswith(f"{form} ")]
    rows = {
        (row.kind, row.name)
        for one in longer
        for row in store.place_names(one)
        if row.within == council and not row.called
    }
    return max(sum(kind == sort for kind, _ in rows) for sort in PARTS)


def ask_many(store: Store) -> None:
    """Makes the names of a store ready to be asked for many times: it takes as long as a hundred times without.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     before = forms_with(store, "jesmond")
    ...     ask_many(store)
    ...     before == forms_with(store, "jesmond")
    True
    """
    if store not in _BY_WORD:
        found: dict[str, list[str]] = {}
        for form in sorted(store.place_forms()):
            for word in dict.fromkeys(form.split()):
                found.setdefault(word, []).append(form)
        _BY_WORD[store] = found


def forms_with(store: Store, words: str) -> list[str]:
    """The names of all places, as they are compared, that have these whole words in them, one behind the other."""
    part = f" {words} "
    if (by_word := _BY_WORD.get(store)) is not None:
        fewest = min((by_word.get(word, []) for word in words.split()), key=len, default=[])
        return [form for form in fewest if part in f" {form} "]
    text, found = _all_forms(store), []
    at = text.find(part)
    while at >= 0:
        begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at + len(part) - 1)
        found.append(text[begin:end].strip())
        at = text.find(part, end)
    return found


def _all_forms(store: Store) -> str:
    if store not in _FORMS:
        _FORMS[store] = "".join(f" {form} \n" for form in sorted(store.place_forms()))
    return _FORMS[store]


def forms_unparted(store: Store, letters: str) -> list[str]:
    """The names of all places, as they are compared, that have just these letters, wherever their words are parted."""
    if store not in _UNPARTED:
        found: dict[str, list[str]] = {}
        for line in _all_forms(store).splitlines():
            found.setdefault(line.replace(" ", ""), []).append(line.strip())
        _UNPARTED[store] = found
    return _UNPARTED[store].get(letters, [])
