"""Commas in what was typed: between a name and what tells it from its namesakes, or within a name itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.place_words import spellings
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise

_LIKE_COMMAS = re.compile(r"\s+[-–]\s+|\s*;\s*")
_TURNED = re.compile(r"(?P<name>[^,]+), *(?P<style>(?:[a-z]+ ){0,3}of)", re.IGNORECASE)
_IN_LISTS = re.compile(r",|\band\b|&")


def with_commas(text: str) -> str:
    """A text with commas for dashes and semicolons, and a council's style that was put behind its name before it.

    >>> with_commas("Margate - Kent"), with_commas("Newport; Isle of Wight"), with_commas("Bristol, City of")
    ('Margate, Kent', 'Newport, Isle of Wight', 'City of Bristol')
    """
    text = _LIKE_COMMAS.sub(", ", text)
    turned = _TURNED.fullmatch(text.strip())
    return f"{turned['style']} {turned['name']}" if turned else text


def written_so(text: str, name: str) -> bool:
    """Whether what stands at both sides of each comma of a text is also told apart in a name that has commas.

    “Derby, Derbyshire” is Derby in Derbyshire and never Derby and Derbyshire. A dash in the name is a comma.

    >>> written_so("Derby, Derbyshire", "NHS Derby and Derbyshire ICB")
    False
    >>> written_so("Dartford, Gravesham & Swanley", "NHS Dartford, Gravesham and Swanley CCG")
    True
    >>> written_so("NHS West Yorkshire ICB, 02T", "NHS West Yorkshire ICB - 02T")
    True
    """
    name = _LIKE_COMMAS.sub(", ", name)
    typed = _neighbours(text.split(","))
    return not typed or ("," in name and typed <= _neighbours(_IN_LISTS.split(name)))


def _neighbours(pieces: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The last word of each piece with the first of the next."""
    words = [normalise(piece).removeprefix("and ").split() for piece in pieces]
    named = [piece for piece in words if piece]
    return frozenset((one[-1], other[0]) for one, other in pairwise(named))


def names_like(store: Store, text: str, body: str) -> set[str]:
    """The names of a body, by its id, that a text meets."""
    forms = sorted({form for spelling in spellings(text) for form in name_forms(spelling)})
    return {one.name for one in store.named(forms) if one.id == body}
