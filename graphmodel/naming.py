"""Reading names of bodies: what is written, which words only tell the kind, and what is left as the name itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from orgmap.graphmodel.term_tables import remembered, remembered_up_to, term_rows
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds

NEUTRAL_FIRST = frozenset({"the", "nhs"})
NEUTRAL_LAST = frozenset({"nhs", "teaching", "city", "county", "district"})
"""Words that people write or leave out: “NHS Leicester”, “Leicester City”."""

SMALL = frozenset({"and", "the", "of"})

_LETTERS = 4
"""Kinds are cut short to so few letters: CCG, HWB."""


class KindWords(NamedTuple):
    """Words that tell the kind of a body in a name, how they are cut short, and which kinds they may mean."""

    short: str
    kinds: frozenset[str]


class Reading(NamedTuple):
    """A name as it is understood.

    `plain` is the name as it is compared, `short` the same with the words for the kind cut short, `core` what is left
    without them; `kinds` are those that the words allow (none: it is not said), `nhs` whether it begins with NHS.
    `kept` is `short` without NHS before it: “Bradford City CCG”, in which City tells it from others.
    """

    plain: str
    short: str
    core: str
    kinds: frozenset[str]
    nhs: bool

    @property
    def kept(self) -> str:
        """The name with all that tells it apart: only NHS may be left out."""
        return self.short.removeprefix("the ").removeprefix("nhs ")


@remembered
def _kind_words() -> tuple[dict[tuple[str, ...], KindWords], dict[tuple[str, ...], KindWords]]:
    """The words for kinds that stand first in a name, and those that stand last."""
    by_prefix = {kind.prefix: kind.kind for kind in reversed(kinds().values())}  # the usual one of a prefix
    first: dict[tuple[str, ...], KindWords] = {}
    last: dict[tuple[str, ...], KindWords] = {}
    for words, short, prefixes, stand in term_rows("kind_words.csv"):
        meant = KindWords(short, frozenset(by_prefix[prefix] for prefix in prefixes.split()))
        for where, table in (("start", first), ("end", last)):
            if stand in (where, "both"):
                table[tuple(words.split())] = meant
    return first, last


@remembered
def _most_words() -> tuple[dict[str, int], dict[str, int]]:
    """How many words for a kind have at most that begin with a word, and that end with one."""
    first, last = _kind_words()
    most: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for table, place, found in ((first, 0, most[0]), (last, -1, most[1])):
        for words in table:
            found[words[place]] = max(len(words), found.get(words[place], 0))
    return most


@remembered
def _long_kinds() -> re.Pattern[str]:
    """Every long word for a kind that a few letters stand for, wherever it is in a name."""
    long = [
        words for words, meant in _kind_words()[1].items() if len(words) > 1 and len(meant.short) <= _LETTERS
    ]
    longest_first = sorted((" ".join(words) for words in long), key=lambda words: (-len(words), words))
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b")


def _cut_short(plain: str) -> str:
    return _long_kinds().sub(lambda found: _kind_words()[1][tuple(found.group().split())].short, plain)


@remembered
def _short_words() -> dict[tuple[str, ...], list[str]]:
    """Short words of the trade and of counties (“Bucks”), each with the words that it stands for."""
    return {tuple(short.split()): long.split() for short, long in term_rows("short_words.csv")}


@remembered
def _first_short_words() -> frozenset[str]:
    return frozenset(short[0] for short in _short_words())


@remembered_up_to(20_000)
def read_name(name: str) -> Reading:
    """Understands a name: what only tells the kind, or that it is of the NHS, is told apart from the rest.

    >>> read_name("NHS Bucks Clinical Commissioning Group").core
    'buckinghamshire'
    >>> sorted(read_name("London Borough of Camden").kinds)
    ['upper_tier_council']
    """
    plain = normalise(name)
    words = plain.split()
    first, last = _kind_words()
    # “NHS England South East” is a region: here NHS belongs to the words for the kind.
    count, meant = _longest(words, first, from_end=False)
    rest = words[count:]
    telling = meant.kinds if meant else frozenset()
    while True:
        rest = _without_neutral(rest)
        count, meant = _longest(rest, last, from_end=True)
        if meant is not None:
            rest = rest[:-count]
            # What stands last tells the kind: the Royal Borough of Greenwich HWB is a board.
            telling = (telling & meant.kinds) or meant.kinds
        else:
            count, meant = _longest(rest, first, from_end=False)
            if meant is None:
                break
            rest = rest[count:]
            telling = (telling & meant.kinds) or telling or meant.kinds
    # “Leicestershire County and Rutland” is Leicestershire and Rutland; County Durham stays.
    core = [word for word in _spelt_out(rest) if word not in SMALL]
    core = [word for place, word in enumerate(core) if not place or word != "county"]
    return Reading(plain, _cut_short(plain), " ".join(core or rest), telling, words[:1] == ["nhs"])


def kinds_named(text: str) -> frozenset[str]:
    """The kinds that a text names, if it is nothing but the words for a kind.

    >>> kinds_named("CCGs"), kinds_named("Thanet CCG")
    (frozenset({'clinical_commissioning_group'}), frozenset())
    """
    first, last = _kind_words()
    words = tuple(normalise(text).split())
    meant = last.get(words) or first.get(words)
    return meant.kinds if meant else frozenset()


@remembered
def _leaning() -> dict[str, frozenset[str]]:
    """Words that are part of a name and make a kind likely: a hospital is run by a trust."""
    by_prefix = {kind.prefix: kind.kind for kind in reversed(kinds().values())}  # the usual one of a prefix
    return {
        word: frozenset(by_prefix[prefix] for prefix in prefixes.split())
        for word, prefixes in term_rows("leaning_words.csv")
    }


def kinds_leaned_to(words: list[str]) -> frozenset[str]:
    """The kinds that words of a text make likely.

    >>> sorted(kinds_leaned_to(["torbay", "hospital"]))
    ['nhs_trust']
    """
    return frozenset[str]().union(*(_leaning().get(word, frozenset()) for word in words))


def name_forms(name: str) -> list[str]:
    """The forms under which a name is looked up: as it is, with its kind cut short, without NHS, and its core.

    >>> name_forms("NHS Isle of Wight PCT")
    ['isle of wight pct', 'isle wight', 'nhs isle of wight pct']
    """
    read = read_name(name)
    forms = {read.plain, read.short, read.core, read.plain.removeprefix("nhs ")}
    return sorted(form for form in forms if form)


def _without_neutral(words: list[str]) -> list[str]:
    """The words without those at either end that say nothing; never none of them."""
    while len(words) > 1:
        if words[0] in NEUTRAL_FIRST:
            words = words[1:]
        elif words[-1] in NEUTRAL_LAST:
            words = words[:-1]
        # The City of London is a part of London, the City of York is York.
        elif words[:2] == ["city", "of"] and words[2:3] not in ([], ["london"]):
            words = words[2:]
        else:
            break
    return words


def _longest(
    words: list[str], table: dict[tuple[str, ...], KindWords], *, from_end: bool
) -> tuple[int, KindWords | None]:
    """The longest words for a kind at one end that leave something of the name."""
    if not words:
        return 0, None
    most = _most_words()[1].get(words[-1], 0) if from_end else _most_words()[0].get(words[0], 0)
    for count in range(min(most, len(words) - 1), 0, -1):
        part = tuple(words[-count:] if from_end else words[:count])
        if meant := table.get(part):
            return count, meant
    return 0, None


def _spelt_out(words: list[str]) -> list[str]:
    """The words with short ones spelt out."""
    table = _short_words()
    if _first_short_words().isdisjoint(words):
        return words
    out: list[str] = []
    letters_only = all(len(word) == 1 or word in SMALL for word in words)
    at = 0
    while at < len(words):
        for count in (3, 2, 1):
            # “N Tees” is North Tees, but the letters of “N&W” stand for other words.
            if letters_only and count == 1 and len(words[at]) == 1:
                continue
            if long := table.get(tuple(words[at : at + count])):
                out += long
                at += count
                break
        else:
            out.append(words[at])
            at += 1
    return out
