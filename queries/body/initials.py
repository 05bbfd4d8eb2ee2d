"""Initials by which people call trusts, groups and boards: “UHCW”, “MK CCG”; made from the bodies' own names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from weakref import WeakKeyDictionary

from orgmap.graphmodel.naming import SMALL, Reading, read_name
from orgmap.graphmodel.store import NamedEntity, Store
from orgmap.graphmodel.term_tables import remembered_up_to
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds_with, reach_of

FEWEST, MOST = 2, 9
"""So many letters initials have."""

_TAILS = ("nhs foundation trust", "foundation trust", "nhs trust", "trust")
_ENDINGS = ("", "t", "ft", "nt", "nft", "nhst", "nhsft")
"""What a trust's initials may end in."""

_DROPPED = frozenset("hospital hospitals university healthcare teaching health services general".split())
"""Words that a trust's initials may leave out."""


class _Bearers(NamedTuple):
    """The bodies of a kind, and the places of those that have the same initials."""

    bodies: list[NamedEntity]
    having: dict[str, list[int]]


_BEARERS: WeakKeyDictionary[Store, dict[str, _Bearers]] = WeakKeyDictionary()
"""The bodies of each kind by their initials."""


def letters_of(read: Reading) -> str:
    """The letters that a text may be, without the words for a kind; blank if they are no initials.

    >>> letters_of(read_name("M&A CCG")), letters_of(read_name("UHCW")), letters_of(read_name("Thanet CCG"))
    ('ma', 'uhcw', 'thanet')
    """
    words = [word for word in (read.core or read.plain).split() if word not in SMALL]
    joined = "".join(words)
    short = len(words) == 1 or all(len(word) <= FEWEST for word in words)
    return joined if short and joined.isalpha() and FEWEST <= len(joined) <= MOST else ""


def called_by_initials(store: Store, text: str, read: Reading) -> list[NamedEntity]:
    """The bodies whose initials a text may be, of the kinds that it says; of none of them for a longer text.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [one.name for one in called_by_initials(store, "UHDB", read_name("UHDB"))]
    ['University Hospitals of Derby and Burton NHS Foundation Trust']
    """
    tries = {letters_of(read), letters_of(read_name(text.replace("&", ""))), _plain_letters(text)} - {""}
    if not tries:
        return []
    kinds = [kind for kind in kinds_with("initials") if not read.kinds or kind in read.kinds]
    found: list[NamedEntity] = []
    for kind in kinds:
        bodies, having = _bearers(store, kind)
        places = {place for letters in tries for place in having.get(letters, ())}
        found += [bodies[place] for place in sorted(places)]
    return found


def _bearers(store: Store, kind: str) -> _Bearers:
    """Every body of a kind by its initials, read once for a store."""
    of_kind = _BEARERS.setdefault(store, {})
    if kind not in of_kind:
        named = [body for body in store.entities(kind=kind) if body.name]
        having: dict[str, list[int]] = {}
        for place, body in enumerate(named):
            for letters in initials(body.name, body.kind):
                having.setdefault(letters, []).append(place)
        of_kind[kind] = _Bearers([NamedEntity(body.id, body.name, "official") for body in named], having)
    return of_kind[kind]


def _plain_letters(text: str) -> str:
    """“RD&E” as it is typed: its letters alone."""
    words = [word for word in normalise(text).split() if word not in SMALL]
    joined = "".join(words)
    return joined if len(words) <= FEWEST + 1 and all(len(word) <= FEWEST for word in words) else ""


@remembered_up_to(5_000)
def initials(name: str, kind: str) -> frozenset[str]:
    """Every way of writing the initials of a body.

    >>> {"nnuh", "nnuhft"} <= initials("Norfolk and Norwich University Hospitals NHS Foundation Trust", "nhs_trust")
    True
    """
    if reach_of(kind) != "postcode":
        return frozenset({_first(read_name(name).core.split())} - {""})
    plain = normalise(name)
    tail = next((tail for tail in _TAILS if plain.endswith(f" {tail}")), "")
    words = plain.removesuffix(tail).split()
    bare = [word for word in words if word not in SMALL]
    bases = {_first(words), _first(bare), _first(word for word in words if word not in {"the", "of"})}
    bases |= {
        _first(word for word in words if word != "of"),
        _first(word for word in bare if word not in _DROPPED),
    }
    return frozenset(
        f"{base}{end}" for base in bases for end in _ENDINGS if len(base) + len(end) >= FEWEST + 1
    )


def _first(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)
