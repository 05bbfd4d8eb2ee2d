"""Running text on short lines, broken where sense breaks: a name stays on one line, so that a search finds it."""

from __future__ import annotations

import re

WIDTH = 100
"""So many letters a line of running text has: no screen is narrower, and none must be moved sideways."""

_FULL = 0.45
"""So full is a line that is not broken too early; the end of a sentence always ends one."""

_SENTENCE, _PART, _CLAUSE, _BETWEEN, _EARLY, _ANYWHERE = 5, 4, 3, 2, 1, 0
"""How well a line may end somewhere; at a mark that comes early still better than within a name."""

_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:\w|St|No|no|e\.g|i\.e|cf|etc|vs|Dr|Mr|Ms|Mrs|Prof|para|reg|s|ss)\.$"
)


def folded(text: str, indent: int = 0, deeper: int = 2) -> str:
    """A text on as many lines as it needs; its later lines stand `deeper`.

    Sentences come apart first, then what a semicolon, colon, comma or bracket divides, then words of plain text;
    what is written with capitals, as the names of bodies are, is broken only where nothing else would be short enough.

    >>> print(folded("It pays for care. " + "It meets in public, " * 4 + "and answers to NHS Kent and Medway."))
    It pays for care.
      It meets in public, It meets in public, It meets in public, It meets in public,
      and answers to NHS Kent and Medway.
    """
    words = re.findall(r" *[^ ]+", text)
    lines: list[str] = []
    while words:
        before = " " * (indent + deeper * bool(lines))
        words[0] = words[0].lstrip() if lines else words[0]
        number = _so_many(words, WIDTH - len(before))
        lines.append(before + "".join(words[:number]))
        words = words[number:]
    return "\n".join(lines)


def _so_many(words: list[str], room: int) -> int:
    """How many of these words make the next line."""
    length, inside, best, chosen = 0, 0, (-1, -1), 0
    for number, word in enumerate(words):
        length += len(word)
        inside = max(0, inside + sum(map(word.count, "([")) - sum(map(word.count, ")]")))
        if length > room:
            return chosen or max(number, 1)
        if number + 1 == len(words):
            return len(words)
        rank = _rank(word.lstrip(), words[number + 1].lstrip())
        rank = min(rank, _BETWEEN) if inside else rank
        if rank not in (_SENTENCE, _ANYWHERE) and length < _FULL * room:
            rank = _EARLY
        best = max(best, (rank, number + 1))
        chosen = best[1]
    return len(words)


def _rank(word: str, following: str) -> int:
    """How well a line may end between two words."""
    if word[-1] in ".?!" and following[0].isupper() and not _ABBREVIATED.search(word):
        return _SENTENCE
    if word[-1] in ";:":
        return _PART
    if following[0] in "([→" or word.endswith("),"):
        return _CLAUSE
    if word[-1] == ",":
        # What follows with a capital may be more of a name: “Bath and North East Somerset, Swindon and Wiltshire”.
        return _BETWEEN if following[0].isupper() else _CLAUSE
    return _BETWEEN if word[0].islower() and following[0].islower() else _ANYWHERE
