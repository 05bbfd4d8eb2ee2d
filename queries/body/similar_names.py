"""Which bodies have a name like a text: spelling errors, missing and wrong words forgiven; the same on every store."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.naming import Reading, kinds_leaned_to, read_name
from orgmap.graphmodel.store import NamedEntity, Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, things
from orgmap.graphmodel.vocabulary import kinds as declared
from orgmap.queries.body.initials import called_by_initials

LETTERS = 200
WORDS = 8
"""So many letters and words of a text are looked at; the rest makes no difference."""

POOL = 400
"""So many names are weighed closely, the likest first."""

ALIKE = 72
FURTHER = 15
"""Names less like the text than this (of 100), or so much less than the likest one, are no suggestions."""

WORD_ALIKE = 0.7
"""Words less like than this (of 1) are not taken for one another."""

LONGEST = 30
"""Longer words are in no name."""

BY_INITIALS = 97.0
"""How like a text is a body whose initials it is, of 100."""

LEANING = 10
"""What speaks for a body of a kind to which a word of the text leans."""

BEGINNING = 5
"""What speaks for a name that begins with the whole text."""


class Hit(NamedTuple):
    """A body whose name is like a text: the name, and how like it is, of 100."""

    body: Entity
    name: str
    likeness: float


def nearest(
    store: Store,
    text: str,
    kinds: Kinds = None,
    at: AnyDay | None = None,
    limit: int = 3,
) -> list[Hit]:
    """The bodies whose names are likest to a text, the likest first; only those like enough.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     nearest(store, "NHS Thannet CCG")[0].name
    'NHS Thanet CCG'
    """
    kinds = chosen_kinds(kinds)
    at = day_of(at) if at else None
    hits = [
        hit
        for hit in weigh(store, text, pool_of(store, text)[0], at)
        if hit.body.kind not in things() and (kinds is None or hit.body.kind in kinds)
    ]
    least = max([ALIKE, *(hit.likeness - FURTHER for hit in hits[:1])])
    return [hit for hit in hits if hit.likeness >= least][:limit]


def pool_of(store: Store, text: str) -> tuple[list[NamedEntity], list[str]]:
    """The names that have the words of a text, and these words as they were understood.

    First those with all words, else with mistyped ones mended, else with all but one, the rarest words first. Where the
    text says which kind of body it means, those bodies of the kind whose names are like it are there in any case.
    """
    words = search_words(text)
    if not words:
        return [], []
    read = read_name(text[:LETTERS])
    mended = words
    found = store.names_with(words)
    if not found and (mended := mend(store, words)) != words:
        found = store.names_with(mended)
    if not found:
        core = mend(store, read.core.split()[:WORDS])
        pools = [store.names_with(core)]
        if len(core) > 1:
            pools += [store.names_with(core[:i] + core[i + 1 :]) for i in range(len(core))]
        for pool in sorted(filter(None, pools), key=len):
            if not found or len(found) + len(pool) <= POOL:
                found = [*found, *pool]
    found = [
        *found,
        *_of_kinds(store, read),
        *_leaned_to(store, words),
        *called_by_initials(store, text, read),
    ]
    return list(dict.fromkeys(found)), mended


def _leaned_to(store: Store, words: list[str]) -> list[NamedEntity]:
    """The bodies of the kinds to which a text leans (“hospital” to trusts) that have all its other words."""
    kinds = kinds_leaned_to(words)
    others = [word for word in words if not kinds_leaned_to([word])]
    if not kinds or not others:
        return []
    named = store.names_with(others)
    of_kind = {body.id for body in store.entities(ids={one.id for one in named}) if body.kind in kinds}
    return [one for one in named if one.id in of_kind]


def _of_kinds(store: Store, read: Reading) -> list[NamedEntity]:
    """The bodies of the kinds that a text says whose names are like it."""
    from rapidfuzz import fuzz, process

    bodies = [body for kind in sorted(read.kinds) for body in store.entities(kind=kind) if body.name]
    cores = [read_name(body.name).core for body in bodies]
    alike = process.extract(read.core, cores, scorer=fuzz.ratio, limit=WORDS, score_cutoff=ALIKE)
    return [NamedEntity(bodies[place].id, bodies[place].name, "official") for _, _, place in alike]


def search_words(text: str) -> list[str]:
    """The words of a text that are looked for: not too many."""
    return normalise(text[:LETTERS]).split()[:WORDS]


def mend(store: Store, words: list[str]) -> list[str]:
    """The words of the names that come nearest to mistyped ones; a word that is known, or begins one, stays."""
    known = store.words()
    return [word if _begins_one(word, known) else _nearest_word(word, known) for word in words]


def _begins_one(word: str, known: list[str]) -> bool:
    place = bisect_left(known, word)
    return place < len(known) and known[place].startswith(word)


def _nearest_word(word: str, known: list[str]) -> str:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) > LONGEST:
        return word
    found = process.extractOne(word, known, scorer=OSA.normalized_similarity, score_cutoff=WORD_ALIKE)
    return found[0] if found else word


def weigh(store: Store, text: str, pool: list[NamedEntity], at: AnyDay | None = None) -> list[Hit]:
    """The bodies of these names, each with its likest name, best first.

    What the text says of the kind counts, and whether a body was in force on the day; of equals a body of law comes
    before an office, and both before practices.
    """
    at = day_of(at) if at else None
    read = read_name(text[:LETTERS])
    leaned = kinds_leaned_to(search_words(text))
    initials = {one.id for one in called_by_initials(store, text, read)}
    best: dict[str, tuple[float, str]] = {}
    for likeness, one in _likest(read, pool):
        if likeness > best.get(one.id, (-1.0, ""))[0]:
            best[one.id] = (likeness, one.name)
    found = []
    for body in store.entities(ids=best):
        likeness, name = best[body.id]
        likeness = max(likeness, BY_INITIALS) if body.id in initials else likeness
        bonus = _bonus(read, body, at) + (LEANING if body.kind in leaned else 0) + _begins(read, name)
        found.append((bonus, Hit(body, name, likeness)))
    found.sort(key=lambda pair: (-pair[0] - pair[1].likeness, pair[1].body.id))
    return [hit for _, hit in found]


def _likest(read: Reading, pool: list[NamedEntity]) -> list[tuple[float, NamedEntity]]:
    from rapidfuzz import fuzz, process

    if len(pool) > POOL:
        names = [one.name.lower() for one in pool]
        nearest_ones = process.extract(read.plain, names, scorer=fuzz.token_sort_ratio, limit=POOL)
        pool = [pool[place] for _, _, place in sorted(nearest_ones, key=lambda one: one[2])]
    weighed = []
    for one in pool:
        name = read_name(one.name)
        alike = max(
            fuzz.token_sort_ratio(read.plain, name.plain),
            fuzz.token_sort_ratio(read.short, name.short),
            fuzz.token_sort_ratio(read.core, name.core) - 3,
            fuzz.token_set_ratio(read.core, name.core) - 12,
        )
        weighed.append((round(alike, 3), one))
    return weighed


def _begins(read: Reading, name: str) -> float:
    """What speaks for a name that begins with the whole text: “Cornwall” of Cornwall and Isles of Scilly."""
    return BEGINNING if read.core and read_name(name).core.startswith(f"{read.core} ") else 0.0


def _bonus(read: Reading, body: Entity, at: str | None) -> float:
    """What speaks for a body beside its name."""
    bonus = 0.0
    if read.kinds:
        bonus += 12 if body.kind in read.kinds else -12
    if at and body.in_force_on(at):
        bonus += 8
    return bonus + declared()[body.kind].ranking
