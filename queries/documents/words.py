"""The words of a question or a statement, made comparable: one form for one meaning, small words left out."""

from __future__ import annotations

from functools import cache, lru_cache

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import synonyms

_SMALL = frozenset(
    """
    a according actually also am amount an and any anyone anything are as asked at be been being both but
    by can cannot could count did do doc document documents does doing done each either else ever every
    exactly exist existed for from further give given gives go goes had has have having i if in into is it
    its itself just know like list lists made make makes may me might mine must my no not number numbers
    of off on one only onto or other others our out over own paper papers please reform said same say says
    shall she should show so some someone something state stated states still such tell tells text than
    that the their them then there these they this those through to too under until up upon us very was we
    well were will with within without would yet you your
    """.split()
)
"""Words that say nothing about what is asked."""

ASKING = frozenset("how should what when where whether which who whom whose why".split())
"""Words that say what kind of answer is wanted; they count only where a statement begins with one."""

MEASURES = frozenset("far long many much often".split())
"""Words that go with “how”."""

_LEFT_OUT = _SMALL | ASKING | MEASURES

_ENDINGS = tuple(
    sorted(
        """
        abilities ability ibilities ibility ations ation ators ator atory ated ates ate ating itions ition
        ements ement ments ment ship ships ings ing ions ion ers er ies ied ible able ish ed es e s ly y
        al
        """.split(),
        key=len,
        reverse=True,
    )
)
"""Endings of words, the longest first."""

_ROOT = 4
"""What is left of a word must have so many letters."""


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its endings, so that “commissioned” and “commissioners” meet.

    >>> stem("commissioners") == stem("commissioned") == stem("commissioning")
    True
    """
    while True:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
                word = word[: -len(ending)]
                break
        else:
            return word


@cache
def _meanings() -> dict[tuple[str, ...], str]:
    """Word sequences that stand for one thing, each with the word for it."""
    return {tuple(normalise(others).split()): word for others, word in synonyms().items()}


@cache
def _stems() -> dict[str, str]:
    """What is left of the words for them, so that “provides” and “provision” meet as well."""
    return {stem(word): word for word in synonyms().values()}


@cache
def _longest() -> dict[str, int]:
    """How many words the longest sequence has that begins with a word."""
    longest: dict[str, int] = {}
    for sequence in filter(None, _meanings()):
        longest[sequence[0]] = max(len(sequence), longest.get(sequence[0], 0))
    return longest


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words that carry meaning, in their order, as stems; “clinical commissioning groups” is one word.

    >>> words("Which services do the Clinical Commissioning Groups commission?")
    ('servic', 'ccg', 'commi')
    """
    plain = normalise(text.replace("%", " per cent ").replace("£", " gbp ")).split()
    found, at, meanings, longest = [], 0, _meanings(), _longest()
    while at < len(plain):
        for length in range(min(longest.get(plain[at], 0), len(plain) - at), 0, -1):
            if word := meanings.get(tuple(plain[at : at + length])):
                found.append(word)
                at += length
                break
        else:
            if plain[at] not in _LEFT_OUT:
                found.append(_stems().get(stem(plain[at]), stem(plain[at])))
            at += 1
    return tuple(found)


@lru_cache(maxsize=256)
def names(text: str) -> frozenset[str]:
    """The words of a text that are written large, as names are, but not because a sentence begins.

    >>> sorted(names("Which group covers Dover?"))
    ['dover']
    """
    typed = text.split()
    large = [word for word in typed[1:] if word[:1].isupper()]
    return frozenset() if len(large) == len(typed) - 1 else frozenset(words(" ".join(large)))


def asking(text: str) -> frozenset[str]:
    """The words of a question that say what kind of answer is wanted.

    >>> sorted(asking("How many teams lead, and when?"))
    ['how many', 'when']
    """
    plain = normalise(text).split()
    return frozenset(
        f"{word} {after}" if word == "how" and after in MEASURES else word
        for word, after in zip(plain, [*plain[1:], ""], strict=False)
        if word in ASKING
    )
