"""Ordinary ways of writing a place: “Co. Durham”, “The Wirral”, “Saint Albans”, “Barnsley MBC”, “N Yorks”."""

from __future__ import annotations

import re
from typing import NamedTuple

from orgmap.graphmodel.term_tables import remembered, remembered_up_to, term_rows
from orgmap.graphmodel.text import normalise

_LEFT_OUT = re.compile(r"\w{1,30}['’‘]\w{2,30}")
BETWEEN_PIECES = re.compile(r",| & | and | with ")
QUARTERS = {"north", "south", "east", "west", "northern", "southern", "eastern", "western"} | {
    *("central", "centre", "town", "old", "inner", "outer", "upper", "lower")
}
"""Words before or behind a name that tell only a part of a place."""


class _Rules(NamedTuple):
    """The rows of `terms/place_words.csv` by where in a name they hold."""

    word: dict[str, str]
    first: dict[str, str]
    last: dict[str, str]
    whole: dict[str, str]
    before: tuple[str, ...]
    after: tuple[str, ...]


@remembered
def _rules() -> _Rules:
    found: dict[str, dict[str, str]] = {}
    for typed, read, where, _ in term_rows("place_words.csv"):
        found.setdefault(where, {})[typed] = read
    styles = [tuple(sorted(found[where], key=len, reverse=True)) for where in ("before", "after")]
    return _Rules(found["word"], found["first"], found["last"], found["whole"], styles[0], styles[1])


@remembered_up_to(10_000)
def place_form(name: str) -> str:
    """A place's name as it is compared: like `normalise`, with short ways of writing spelled out.

    >>> place_form("Co. Durham"), place_form("Saint Albans"), place_form("The Wirral"), place_form("N Yorks")
    ('county durham', 'st albans', 'wirral', 'north yorkshire')
    """
    rules = _rules()
    words = [rules.word.get(word, word) for word in normalise(name).split()]
    if len(words) > 1:
        words[0] = rules.first.get(words[0], words[0])
        words[-1] = rules.last.get(words[-1], words[-1])
    form = " ".join(word for word in words if word)
    return rules.whole.get(form, form)


@remembered_up_to(5_000)
def without_style(name: str) -> str:
    """The place in a council's name: “Barnsley MBC” and “London Borough of Camden” without what makes them councils.

    Blank if the name is in no council's style.

    >>> without_style("Barnsley MBC"), without_style("LB Camden"), without_style("Margate")
    ('barnsley', 'camden', '')
    """
    rules = _rules()
    form = " ".join(word for word in normalise(name).split())
    form = form.removeprefix("the ")
    bare = form
    for style in rules.after:
        if bare.endswith(f" {style}"):
            bare = bare.removesuffix(f" {style}")
            break
    for style in rules.before:
        if bare.startswith(f"{style} "):
            bare = bare.removeprefix(f"{style} ")
            break
    return place_form(bare) if bare != form else ""


def spellings(name: str) -> list[str]:
    """Forms of a name under which a body may be known: as typed, spelled out, with “on” and “upon”.

    >>> spellings("Newcastle on Tyne")
    ['Newcastle on Tyne', 'newcastle on tyne', 'newcastle upon tyne']
    """
    form = place_form(name)
    longer = form.replace("yorkshire and humber", "yorkshire and the humber")
    return list(dict.fromkeys([name, form, form.replace(" on ", " upon "), longer]))


@remembered
def pieces_of(name: str) -> frozenset[str]:
    """The names that a name is made of, for comparing, without quarters of the compass.

    >>> sorted(pieces_of("Margate Central, Garlinge & Cliftonville West"))
    ['cliftonville', 'garlinge', 'margate']
    """
    pieces = set()
    for piece in BETWEEN_PIECES.split(name):
        words = normalise(piece).split()
        while len(words) > 1 and words[-1] in QUARTERS:
            words.pop()
        while len(words) > 1 and words[0] in QUARTERS:
            words.pop(0)
        pieces.add(" ".join(words))
    return frozenset(pieces - {""})


@remembered
def stages_of(name: str) -> frozenset[str]:
    """All that a name may be called after: its pieces, and what is left of each as quarters go one by one.

    >>> sorted(stages_of("Kentish Town East"))
    ['kentish', 'kentish town', 'kentish town east']
    """
    stages = set()
    for piece in BETWEEN_PIECES.split(name):
        waiting = [normalise(piece).split()]
        while waiting:
            words = waiting.pop()
            stages.add(" ".join(words))
            if len(words) > 1:
                waiting += [words[:-1]] if words[-1] in QUARTERS else []
                waiting += [words[1:]] if words[0] in QUARTERS else []
    return frozenset(stages - {""})


def letters_left_out(name: str) -> list[str]:
    """The words of a name in which an apostrophe stands for letters; not those that begin with D' or O'.

    Without the apostrophe another word would be read: S'well is no Swell.

    >>> letters_left_out("S'well"), letters_left_out("Stoke D'Abernon"), letters_left_out("King's Lynn")
    (["s'well"], [], [])
    """
    if "'" not in name and "’" not in name and "‘" not in name:
        return []  # a very long text is not looked through
    words = [found.lower().replace("’", "'").replace("‘", "'") for found in _LEFT_OUT.findall(name)]
    return [word for word in words if not word.startswith(("d'", "o'"))]


def has_words_cut_alike(name: str, known: str) -> bool:
    """Whether a known name is written with the same apostrophes as a typed one that leaves letters out.

    >>> has_words_cut_alike("S'well", "Swell"), has_words_cut_alike("Stoke d'Abernon", "Stoke D’Abernon")
    (False, True)
    """
    return set(letters_left_out(name)) <= set(letters_left_out(known))
