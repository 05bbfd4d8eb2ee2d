"""Reads a question in words: its parts, what each asks for, and the kinds, days and documents that it names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from orgmap.graphmodel.dates import Span
from orgmap.graphmodel.observed import document_words, measures
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.documents.words import kinds_named, words
from orgmap.queries.records.days import days_in, span_of
from orgmap.queries.records.plainly import AUXILIARIES, as_whether, filled, plainly

WHETHER = "whether"
"""What a question asks that is answered by yes or no."""

_STOPS = frozenset(
    (
        "is are was were do does did can could may might must shall should will would has have had be been to of in on "
        "for by from at with that which who and or between under than cover covers apply take takes formed fall falls "
        "pass passes sit sits get gets become becomes there represent exists exist need needs"
    ).split()
)
"""Words at which the noun ends that a question asks for."""

_LEADING = frozenset(
    "the a an all any key of is are was were else one ones kind sort type happen happens happened".split()
)
"""Words that may stand before that noun."""

_ASKS = (
    "by when|from when|since when|until when|till when|with whom|to whom|by whom|from whom|through whom|through which|"
    "through what|"
    "for what|for whom|for which|on what|on which|on how|under what|under which|in which|in what|at which|at what|"
    "at whom|against what|how|who|whom|whose|what|which|when|where|why|" + "|".join(AUXILIARIES)
)
_PARTED = re.compile(rf"\s*(?:,|;|:)?\s+and\s+(?=(?:{_ASKS})\b)|\s*[,;:]\s+(?=(?:{_ASKS})\b)", re.IGNORECASE)
_NOT_PARTED = re.compile(
    r"^(?:is|are|was|were|do|does|did|can|could|may|might|must|shall|should|will|would|has|have|had)$"
)
_VERSUS = re.compile(r"\s+(?:versus|vs\.?|as against|compared with|compared to)\s+", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:in |of )?(?:document|doc\.?|paper|file|seed)\s*(?:no\.?\s*)?(0?0?[0-9])\b|\b(?:in|of)\s+(00[0-9])\b",
    re.I,
)
_EACH_DOCUMENT = re.compile(r"\b(?:in|by|of) (?:each|every|both|all) (?:of the )?documents?\b", re.IGNORECASE)
_PAPERS = "documents?|papers?|texts?|report|briefing|guidance"
_OF_NOTHING = re.compile(
    rf"\b(?:in|by|according to|does|do|did) (?:the|these|those|this) (?:\w+ )?(?:{_PAPERS})\b"
    rf"|\bof (?:the|these|those|this) (?:(?:one|two|three|four|five|same|other|whole) )?(?:{_PAPERS})\b"
    r"|\b(?:in|according to) the documents\b",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\bQ([1-4])\s*(?:of\s+)?(\d{4}/\d{2}|\d{2}/\d{2})\b", re.IGNORECASE)
COUNT_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen".split()
"""The numbers from one on, as they are written in words."""


_ADDRESS = re.compile(
    rf"((?:as|for) (?:a|an|the|our) [^,:?]*(?: that [^,:?]*)?)[,:]\s*(?=(?:{_ASKS})\b)", re.IGNORECASE
)
"""How a question may begin with who asks: “As a charity that worked with one PCT, what …”."""
_SAYS = re.compile(
    rf"^(?:do|does|did) (?:the|these|those|this|any of the) (?:\w+ ){{0,2}}?(?:{_PAPERS}|article)"
    r" (?:say|state|tell|name|give|mention|list|print)s?\b\s*",
    re.IGNORECASE,
)
"""How a question begins that asks whether the documents say something."""


_IMPERATIVE = re.compile(r"^\s*(?:please )?(?:name|list|give|tell me|tell|check|rank)\b", re.IGNORECASE)


class Clause(NamedTuple):
    """One part of a question: its text, what it asks for, the noun of that, and what it names."""

    text: str
    measure: str
    asked: str
    head: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    polar: bool = False
    says: bool = False
    document: str = ""
    days: tuple[Span, ...] = ()
    between: bool = False
    quarters: tuple[str, ...] = ()
    several: bool = False
    context: str = ""
    goes_on: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words of it that carry meaning, the documents that it names left out."""
        return words(_IMPERATIVE.sub("", without_documents(self.text)))

    @property
    def many(self) -> int:
        """How many are asked for, where a number of two or more says so: “which two areas”; else 0."""
        said = next((COUNT_WORDS.index(word) + 1 for word in self.head if word in COUNT_WORDS), 0)
        return said if said > 1 else 0

    @property
    def day_words(self) -> frozenset[str]:
        """The words of it that only say days."""
        return frozenset(words(" ".join(days_in(self.text))))


def without_documents(text: str) -> str:
    """A text without the words that only say which document is meant."""
    for called in document_words():
        text = re.sub(rf"\b(?:(?:in|of|by) )?(?:the )?{called}\b", " ", text, flags=re.IGNORECASE)
    return _OF_NOTHING.sub(" ", _EACH_DOCUMENT.sub(" ", _DOCUMENT.sub(" ", text)))


_ASKING = re.compile(rf" (?:{_ASKS}|list|name|check|rank|give) ")


@cache
def _phrases() -> list[tuple[str, str]]:
    """Every phrase that asks, with what it asks for, the longest first."""
    found = [(phrase, name) for name, measure in measures().items() for phrase in measure.asked]
    return sorted(found, key=lambda pair: -len(pair[0]))


@cache
def _nouns() -> dict[str, str]:
    """Single words that say what is asked (“date”, “population”), with the measure; how people begin is not there."""
    asking = {"who", "what", "which", "when", "where", "why", "whom", "list", "name"}
    found = {
        phrase: name for phrase, name in reversed(_phrases()) if " " not in phrase and phrase not in asking
    }
    return {**found, **{f"{word}s": name for word, name in found.items() if not word.endswith("s")}}


def clauses(text: str) -> list[Clause]:
    """The parts of a question, each as it is asked; a sentence before it that asks nothing is told with each.

    >>> [(one.measure, one.text) for one in clauses("Who signs it, and by when?")]
    [('who', 'Who signs it'), ('when', 'by when')]
    """
    text = plainly(text)
    addressed = _ADDRESS.match(text.strip())
    if addressed:
        text = f"{addressed[1]}. {text.strip()[addressed.end() :]}"
    sentences = [one for one in re.split(r"(?<=[.?!])\s+", text.strip()) if one.strip(" .?!")]
    asking = [one for one in sentences if one.endswith("?") or _begins(one)] or sentences[-1:]
    context = " ".join(one for one in sentences if one not in asking)
    found: list[Clause] = []
    for sentence in asking:
        pieces = [piece for part in _parts(sentence.strip(" .?!")) for piece in _VERSUS.split(part)]
        for piece in pieces:
            before = found[-1] if found else None
            found.append(_clause(filled(piece, before.text if before else ""), context, before))
    return found


def asks(text: str) -> bool:
    """Whether a text is a question, or asks for a list; a few words to look for are none.

    >>> asks("Who pays?"), asks("public health budgets")
    (True, False)
    """
    last = re.split(r"(?<=[.?!])\s+", as_whether(text).strip())[-1]
    return last.endswith("?") or _asks(last)


def each_document(text: str) -> bool:
    """Whether something is asked of each document by itself."""
    return bool(_EACH_DOCUMENT.search(text))


def _document(text: str) -> str:
    """The number of the document that a text names, by its number or by what people call it."""
    if numbers := _DOCUMENT.search(text):
        return f"{int(numbers[1] or numbers[2]):03}"
    plain = f" {normalise(text)} "
    return next((number for called, number in document_words().items() if f" {called} " in plain), "")


def _begins(sentence: str) -> bool:
    first = normalise(sentence).split()[:1]
    return bool(first) and first[0] in {
        "list",
        "name",
        "check",
        "rank",
        "give",
        "tell",
        "which",
        "what",
        "who",
        "how",
    }


def _parts(sentence: str) -> list[str]:
    """A sentence parted where another question word begins; what is named after a colon is asked of one by one."""
    head, colon, tail = sentence.partition(":")
    if colon and not re.search(rf"\b(?:{_ASKS})\b", tail, re.IGNORECASE) and _begins(head):
        return [f"{head} {one.strip()}" for one in re.split(r",|\band\b", tail) if one.strip()]
    if colon and re.search(rf"^\s*(?:{_ASKS})\b", tail, re.IGNORECASE) and not _begins(head):
        return _cut(tail.strip(), head)
    return _cut(sentence, "")


def _cut(sentence: str, before: str) -> list[str]:
    pieces, start = [], 0
    for cut in _PARTED.finditer(sentence):
        following = sentence[cut.end() :].split(" ", 1)[0].lower()
        if _NOT_PARTED.match(following) and not _asks(sentence[start : cut.start()]):
            continue
        if not sentence[start : cut.start()].strip() or _is_relative(sentence, cut):
            continue
        pieces.append(sentence[start : cut.start()])
        start = cut.end()
    pieces.append(sentence[start:])
    return [f"{before} {piece}".strip() if before else piece.strip() for piece in pieces]


def _is_relative(sentence: str, cut: re.Match[str]) -> bool:
    """Whether “, which …” goes on about what stands before it, rather than asking; “when …” may say under what."""
    following = sentence[cut.end() :].split()
    if (
        not re.search(r"\band\b", cut.group())
        and following[0].lower() in ("when", "where")
        and following[1:]
        and following[1].lower() not in AUXILIARIES
    ):
        return True
    return (
        not re.search(r"\band\b", cut.group())
        and bool(re.match(r"(?:which|who|where|when)\b", sentence[cut.end() :], re.IGNORECASE))
        and not _asks(sentence[: cut.start()])
    )


def _asks(text: str) -> bool:
    return bool(re.match(rf"\W*(?:{_ASKS})\b", text, re.IGNORECASE)) or _begins(text)


def _clause(text: str, context: str, before: Clause | None) -> Clause:
    """One part of a question; a part without a question word of its own asks what the part before it asked."""
    says = _SAYS.match(text)
    plain = f" {normalise(without_documents(text[says.end() :] if says else text))} "
    first = plain.split()[0] if plain.split() else ""
    polar = first in AUXILIARIES
    measure, phrase, at = _measure(plain)
    document = _document(text)
    if polar and (not phrase or at > 1 or phrase.split()[0] in AUXILIARIES):
        measure, phrase, at = WHETHER, first, 1
    elif not phrase and before:
        measure, phrase, at = before.measure, before.asked, -1
    tail = plain[at + len(phrase) :] if at >= 0 else plain
    head = _head(tail)
    if measure == "what" and len(head) > 1 and head[0] in COUNT_WORDS and words(head[1]) == words("body"):
        measure = "who"
    if measure in ("what", "is") and _STANDS.search(text):
        measure = "is"
    elif measure == "what" and _FOR.search(text):
        measure = "purpose"
    refined = _refined(measure, phrase, head, tail) if at >= 0 else measure
    days = tuple(span_of(one) for one in days_in(text))
    return Clause(
        text=text,
        measure=refined,
        asked=_label(phrase, head),
        head=head,
        kinds=_kinds_in(head, phrase),
        polar=measure == WHETHER,
        says=bool(says),
        document=document,
        days=tuple(one for one in days if one),
        between=bool(re.search(r"\bbetween\b|\bfrom\b.*\b(?:to|until)\b", text, re.IGNORECASE))
        and len(days) == 2,
        quarters=tuple(f"Q{one[0]} {_year(one[1])}" for one in _QUARTER.findall(text)),
        several=bool(head) and (head[-1].endswith("s") or head[0] in COUNT_WORDS),
        context=context,
        goes_on=before is not None,
    )


_STANDS = re.compile(r"\b(?:stands? for|means?)\b", re.IGNORECASE)
"""How a question asks what a word means."""

_FOR = re.compile(
    r"\bused\b.*\bfor\b|(?<!\bask)(?<!\basked)(?<!\bapply)(?<!\bcall)(?<!\bpay) for\s*$", re.IGNORECASE
)
"""How a question asks what something serves: “what is it used for”."""


def _year(text: str) -> str:
    return text if len(text) > len("12/13") else f"20{text}"


def _measure(plain: str) -> tuple[str, str, int]:
    """What is asked, by the phrase that stands first; of several that stand there the longest."""
    best: tuple[int, int, str, str] | None = None
    asks = bool(_ASKING.search(plain))
    for phrase, name in _phrases():
        if not asks and (" " not in phrase or len(plain.split()) > 3):
            continue
        place = plain.find(f" {normalise(phrase)} ")
        if place >= 0 and (best is None or (place, -len(phrase)) < best[:2]):
            best = (place, -len(phrase), name, normalise(phrase))
    return (best[2], best[3], best[0] + 1) if best else ("", "", -1)


@cache
def _kind_names() -> tuple[str, ...]:
    """What kinds of body are called, the longest first."""
    named = {
        normalise(name) for kind in kinds().values() for name in (kind.label, kind.plural) if " " in name
    }
    return tuple(sorted(named, key=len, reverse=True))


def _head(tail: str) -> tuple[str, ...]:
    """The noun that is asked for: the words after the question word, up to a verb or a small word."""
    found: list[str] = []
    for name in _kind_names():
        at = tail.find(f" {name} ")
        if at >= 0 and not set(tail[:at].split()) - _LEADING - set(COUNT_WORDS):
            return tuple(name.split())
    for word in tail.split():
        if word in _LEADING and not found:
            continue
        if word in _STOPS:
            break
        found.append(word)
        if len(found) == 6:
            break
    return tuple(found)


def _refined(measure: str, phrase: str, head: tuple[str, ...], tail: str) -> str:
    """What “what is the date …” asks is a day: the noun says more than the question word."""
    if measure in ("is", "what") and head:
        nouns = _nouns()
        after = [word for word in tail.split() if word not in ("the", "a", "an")]
        beside = after[2:3] if after[1:2] == ["and"] else []
        if beside and nouns.get(beside[0]) == "when":
            return "when"
        for word in (head[-1], head[0]):
            if word in nouns and nouns[word] not in ("before", "after", "count"):
                return nouns[word]
        if (
            measure == "is"
            and len(head) > 1
            and head[-1].endswith("s")
            and phrase.split()[-1] in ("are", "were")
        ):
            return "what"
    return measure


def _label(phrase: str, head: tuple[str, ...]) -> str:
    """What is asked, in the words of the question."""
    return " ".join((*phrase.split(), *head[:4])).strip()


def _kinds_in(head: tuple[str, ...], phrase: str) -> tuple[str, ...]:
    """The kinds of body that a noun names which is asked for, by any of their names; after “who” stands no noun."""
    if phrase.split()[:1] in (["who"], ["whom"]):
        return ()
    first = phrase == "what" and not (head and _is_number(head[0]))
    return kinds_named(" ".join(head), first)


def _is_number(word: str) -> bool:
    return word.isdigit() or word in COUNT_WORDS
