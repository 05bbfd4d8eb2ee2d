"""From the words that people use to the service that is meant; what was taken is said, and nothing is guessed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache, lru_cache, partial
from typing import NamedTuple

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.term_tables import term_rows
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import id_of, of_id, the_kind
from orgmap.queries.by_set import kept_with

SCOPE = id_of("care", "local_commissioning")
"""The group whose rules hold for everything that local commissioners buy."""

LAYERS = (id_of("care", "scope_emerging_groups"), id_of("care", "scope_trust_clusters"))
"""Rules for everything that local commissioners buy, too: who bought beside the statutory commissioner."""

ABOUT_ALL = id_of("care", "scope_")
"""So begin the ids of such rules."""

NOT_COVERED = id_of("care", "not_covered")
"""The group of what people ask for that is no service of these tables: each says why, and where to look."""

_JOINING = frozenset(
    "a an and area at by find finding for from get getting in local me my near nearest need nhs of on or our service"
    " services the to with".split()
)
_HARMLESS = frozenset("clinic clinics help programme provision support team teams treatment".split())
"""Words that most services have, so that they tell none apart; tried only when all words find nothing."""

_GENERAL = _HARMLESS | frozenset("care centre centres center unit units".split())
"""Words that many services have, and other things too: what is called so without them is offered, and not taken."""

_WIDE = frozenset("adult child children community crisis day emergency family health hospital trauma".split())
"""Words so wide that without another they name no service for sure: a community team is not all community health."""

_ENDINGS = (("ies", ""), ("es", ("ch", "sh", "ss", "x")), ("y", ""), ("s", ""))
"""Endings that number gives a word, each with how what is left must end."""
_LIKE = 0.84
"""How like a known word a mistyped one must be; shorter words than `_LONG` are never mended."""
_LONG = 5
_FEW = 4
MEANT = 2000
"""So many words are remembered with the service that each means."""
_SEVERAL = 2


class ServiceMeant(NamedTuple):
    """The service that a word means, and what must be said of how it was taken."""

    service: Entity
    notes: list[str]


def service_of(store: Store, text: str) -> ServiceMeant:
    """The one service that a word means; raises `Ambiguous` with the services if it means several.

    What a store's words mean is remembered.

    Raises `NothingFound` if no service has that name, also for what is known and not covered here.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     service_of(store, "health visitors").service.name
    'Health visiting and Family Nurse Partnership (0 to 5)'
    """
    return kept_with(store, "services meant", lambda: lru_cache(maxsize=MEANT)(partial(_meant, store)))(text)


def _meant(store: Store, text: str) -> ServiceMeant:
    found, spelt = _named(store, text)
    inside = {one.id for one in _within(store, [NOT_COVERED])}
    covered = [service for service in found if service.id not in inside]
    if not covered:
        raise NothingFound(" ".join([_not_covered(text, spelt), *(service.note for service in found)]))
    leaves, groups = _leaves(store, covered)
    if len(leaves) > 1:
        taken = "" if spelt == text else f", read as “{spelt}”,"
        raise _several(f"“{text}”{taken} could be {len(leaves)} services; name one.", leaves)
    return ServiceMeant(leaves[0], _taken_as(store, text, spelt, leaves[0], groups))


def any_of(store: Store, text: str) -> set[str]:
    """The ids of all that a word may mean: services, groups and what is in them. Raises `NothingFound` if nothing is.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     sorted(any_of(store, "health visitors"))
    ['service:health_visiting']
    """
    found, _ = _named(store, text)
    ids = {one.id for one in found}
    return ids | {one.id for one in _within(store, sorted(ids))}


def _named(store: Store, text: str) -> tuple[list[Entity], str]:
    """What a word names, and how it was spelt for that."""
    if found := services_named(store, text):
        return found, text
    if (mended := _mended(store, text)) and (found := services_named(store, mended)):
        return found, mended
    raise _unknown(store, text)


def services_named(store: Store, text: str) -> list[Entity]:
    """Services whose id, name or alias is the text, or differs from it only in small words and endings.

    A word that is only part of a name names nothing: “IVF” in “IVF for armed forces” is another thing.
    """
    if ":" in text:
        return [one for one in store.entities(ids=[text.strip().lower()]) if one.kind == the_kind("care")]
    exact = [one for one in store.ids_of_name(normalise(text)) if _is_service(one)]
    if exact:
        return store.entities(ids=exact)
    for small in (_JOINING, _JOINING | _HARMLESS):
        wanted = _core(text, small)
        if small is not _JOINING and wanted <= _stems(_WIDE):
            break
        if same := _called(store, wanted) or _called_alike(store, wanted):
            return store.entities(ids=same)
    return _by_own_name(store, _core(text, _JOINING))


def _called(store: Store, wanted: frozenset[str]) -> set[str]:
    """The services that are called just so, but for small words and endings."""
    return {one for one, name in _names_with(store, wanted) if _core(name, _JOINING) == wanted}


def _called_alike(store: Store, wanted: frozenset[str]) -> set[str]:
    """The services that are called so with another word for one of the words: a knee operation is knee surgery."""
    return {
        one
        for word in wanted
        for other in _same_words().get(word, ())
        for one in _called(store, (wanted - {word}) | {other})
    }


@cache
def _same_words() -> dict[str, frozenset[str]]:
    """Words that mean the same in the names of services, by the stem of each: the stems of the others."""
    groups = [_stems([word, *others.split("; ")]) for word, others in term_rows("same_words.csv")]
    return {word: group - {word} for group in groups for word in group}


def _by_own_name(store: Store, stems: frozenset[str]) -> list[Entity]:
    """The one service in whose own name several words stand: “planned hospital care” of planned hospital care and
    tests. One word is never enough, and neither is a part of an alias."""
    if len(stems) < _SEVERAL:
        return []
    found = _beside(store, stems)
    named = [
        one for one in found if stems <= (own := _core(one.name, _JOINING)) and 2 * len(stems) >= len(own)
    ]
    return named if len(named) == 1 else []


def _core(text: str, small: frozenset[str]) -> frozenset[str]:
    """The words of a name that tell it apart, without their endings."""
    return _stems(word for word in normalise(text).split() if word not in small)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_stem(word) for word in words)


def _stem(word: str) -> str:
    """A word without the ending that number gives it: what is left begins both its forms."""
    for ending, left in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and stem.endswith(left) and not word.endswith("ss"):
            return stem
    return word


def _is_service(entity_id: str) -> bool:
    return "care" in of_id(entity_id).traits


def _names_with(store: Store, stems: frozenset[str]) -> list[tuple[str, str]]:
    """Every service and name of it in which all the stems stand."""
    if not stems:
        return []
    found = [named for named in store.names_with(sorted(stems)) if _is_service(named.id)]
    return [(one.id, one.name) for one in found if stems <= _core(one.name, frozenset())]


@cache
def _other_words() -> frozenset[str]:
    """English words that are spelt much like a word of a service and mean something else: “rental” is not “renal”."""
    return frozenset(row[0] for row in term_rows("other_words.csv"))


def _mended(store: Store, text: str, certain: bool = True) -> str:
    """The text with its mistyped words put right, or nothing if a word is known, a place's, or like none.

    An English word is not mistyped, so that it is no certain mend.
    """
    words = normalise(text).split()
    if store.place_names(" ".join(words)):
        return ""
    known, mended = store.words(), []
    for word in words:
        if word in _JOINING or word in known:
            mended.append(word)
            continue
        if certain and word in _other_words():
            return ""
        near = difflib.get_close_matches(word, known, n=8, cutoff=_LIKE) if len(word) >= _LONG else []
        near = [one for one in near if one[0] == word[0] and _names_with(store, frozenset({_stem(one)}))]
        if not near or store.place_names(word):
            return ""
        mended.append(near[0])
    return "" if mended == words else " ".join(mended)


def _these(found: list[Entity], several: str, single: str) -> str:
    """How services are offered: “these are. Name one.”, or of a single one “this one is.”"""
    return f"these {several}. Name one." if len(found) > 1 else f"this one {single}."


def _unknown(store: Store, text: str) -> Ambiguous | NothingFound:
    """What to say of a word that is no service's name: the services in whose names it stands, or none."""
    wanted = _core(text, _JOINING)
    left = _core(text, _JOINING | _GENERAL)
    if left != wanted and (thinned := _leaves(store, store.entities(ids=_called(store, left)))[0]):
        return _several(
            f"No service is called “{text}”; in fewer words {_these(thinned, 'are', 'is')}", thinned
        )
    with_it = _beside(store, wanted)
    if with_it:
        return _several(
            f"No service is called “{text}”; {_these(with_it, 'have it in a name', 'has it in its name')}",
            with_it,
        )
    near = {
        one
        for stem in wanted
        for one, name in _names_with(store, frozenset({stem}))
        if _core(name, _JOINING) <= wanted
    }
    spelt = "" if near else _mended(store, text, certain=False)
    found = services_named(store, spelt) if spelt else store.entities(ids=near)
    names = " or ".join(f"“{one.name}”" for one in found[:_FEW])
    like = f" in spelling: “{spelt}” for" if spelt else ":"
    hint = f" Nearest{like} {names}." if names else ""
    return NothingFound(f"No service is called “{text}”.{hint} orgmap list service shows them all.")


def _beside(store: Store, stems: frozenset[str]) -> list[Entity]:
    """The services of these tables in one of whose names all these words stand."""
    ids = {one for one, _ in _names_with(store, stems) if not one.startswith(NOT_COVERED)}
    return _leaves(store, store.entities(ids=ids))[0]


def _several(message: str, services: list[Entity]) -> Ambiguous:
    return Ambiguous(message, [f"{service.id} — {service.label}" for service in services])


def _not_covered(text: str, spelt: str) -> str:
    read = "" if spelt == text else f", read as “{spelt}”,"
    return f"“{text}”{read} is not in the taxonomy of services."


def _taken_as(store: Store, text: str, spelt: str, service: Entity, groups: list[Entity]) -> list[str]:
    """How a word was taken, unless it is the service's own name or id."""
    if text.strip().lower() == service.id or normalise(text) == normalise(service.name):
        return []
    mended = "" if spelt == text else f" (read as “{spelt}”)"
    beside = [one.name for group in groups for one in _within(store, [group.id]) if one.id != service.id]
    if not beside:
        beside = _others_called_so(store, _core(spelt, _JOINING), service)
    others = f" Apart from it: {'; '.join(dict.fromkeys(beside))}." if beside else ""
    return [f"“{text}”{mended} was taken as “{service.name}”.{others}"]


def _others_called_so(store: Store, stems: frozenset[str], service: Entity) -> list[str]:
    """Other services in whose names the words stand, each with the name that has them, if its own has not.

    A single letter (“A&E”) is no word that tells. More than a few tell nothing.
    """
    if all(len(stem) == 1 for stem in stems):
        return []
    others = [one for one in _beside(store, stems) if one.id != service.id]
    if not 0 < len(others) < _FEW:
        return []
    called: dict[str, list[str]] = {}
    for called_so, name in _names_with(store, stems):
        called.setdefault(called_so, []).append(name)
    names = []
    for one in others:
        own = stems <= _core(one.name, frozenset())
        shortest = min(called.get(one.id, ()), key=lambda name: (len(name), name), default="")
        names.append(one.name if own or not shortest else f"{one.name} (“{shortest}”)")
    return names


def _within(store: Store, groups: list[str]) -> list[Entity]:
    """The services of groups."""
    inside = store.relationships(objects=groups, verbs=["part_of"])
    return store.entities(ids={relationship.subject for relationship in inside})


def _leaves(store: Store, found: list[Entity]) -> tuple[list[Entity], list[Entity]]:
    """The services themselves, and the groups left aside: a group stands for those in it.

    Where a word names a service and also its group, the service is meant.
    """
    ids = {service.id for service in found} - {SCOPE}
    holding = {relationship.object for relationship in store.relationships(objects=ids, verbs=["part_of"])}
    groups = [service for service in found if service.id in holding]
    plain = [service for service in found if service.id not in holding]
    return (plain, groups) if plain else (_within(store, sorted(holding)), [])
