"""Puts a question more plainly before it is read: what may be true as a question, a part with what it leaves out."""

from __future__ import annotations

import re

from orgmap.graphmodel.observed import plain_words

AUXILIARIES = (
    "is are was were do does did can could may might must shall should will would has have had"
).split()
"""The verbs with which a question begins that is answered by yes or no."""

_SUCCEEDED = re.compile(r"\b((?:is|are|was|were|be|been)\b.*\b)succeeded\b", re.IGNORECASE)
"""How a question asks in the passive who takes over; “what succeeded it” has the words of the statements."""

_ORDINALS = "first second third fourth fifth".split()
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}) (wave|quarter|domain)\b", re.IGNORECASE)
"""What is numbered, said with a word for its place: “the fourth wave” is wave 4."""

_IS_TRUE = re.compile(
    r"^\s*(?:true or false|right or wrong|is it (?:true|right|correct|so|the case) that)\b[:,?]?\s*(?P<said>.+?)[.?]*$"
    r"|^\s*(?P<before>[^?]+?)[,:.]?\s*(?:true or false|right or wrong|is (?:that|this) (?:true|right|so))\?$",
    re.IGNORECASE,
)
"""How a question asks whether what is said in it is true."""

_FIRST_AUXILIARY = re.compile(
    rf"^(?P<of>.*?)\s+(?P<aux>{'|'.join(AUXILIARIES)})\b\s*(?P<rest>.*)$", re.IGNORECASE
)


def as_whether(text: str) -> str:
    """A statement of which is asked whether it is true, as the question whether it is so; any other text as it is.

    >>> as_whether("True or false: the clusters were statutory bodies.")
    'Were the clusters statutory bodies?'
    >>> as_whether("Is it true that CCGs meet every month?")
    'Do CCGs meet every month?'
    """
    asked = _IS_TRUE.match(text)
    if not asked:
        return text
    said = asked["said"] or asked["before"]
    parted = _FIRST_AUXILIARY.match(said)
    if not parted:
        return f"Do {said}?"
    return f"{parted['aux'].capitalize()} {parted['of']} {parted['rest']}".strip() + "?"


_NO_VERB = rf"(?:(?!\b(?:{'|'.join(AUXILIARIES)})\b)[^,;])+"
_SHORT_OF = re.compile(
    rf"^(?P<asks>by when|when|who|what|which) (?P<of>its|their|the) (?P<noun>{_NO_VERB})$", re.IGNORECASE
)
"""A part of a question that leaves out what the part before it says: “when the final version”."""


def filled(piece: str, before: str) -> str:
    """A part that leaves out its verb, with what the part before it says in its place.

    >>> filled("when the final version", "When is the first draft of the plan due")
    'When is the final version of the plan due'
    >>> filled("who its staff", "who takes over the board's money")
    "who takes over the board's staff"
    """
    short = _SHORT_OF.match(piece)
    if not short or not re.match(rf".*\b{short['asks']}\b", before, re.IGNORECASE):
        return piece
    own = r"(?P<head>.*?\w(?:'s|s')) .+?(?P<rest>)$"
    other = r"(?P<head>.*?\bthe) [\w -]+?(?P<rest> (?:of|for|to|in|from|with) .*)$"
    whole = re.match(other if short["of"].lower() == "the" else own, before)
    return f"{whole['head']} {short['noun']}{whole['rest']}" if whole else piece


def plainly(text: str) -> str:
    """A text with one word for who takes over, numbers for places in an order, and a question for what may be true.

    >>> plainly("Who applies in the fourth wave?")
    'Who applies in the wave 4?'
    """
    text = _SUCCEEDED.sub(r"\1successor", as_whether(text))
    for said, plain in plain_words().items():
        text = re.sub(rf"(?:^|\s+){re.escape(said)}(?!\w)", f" {plain}".rstrip(), text, flags=re.IGNORECASE)
    return _ORDINAL.sub(lambda one: f"{one[2]} {_ORDINALS.index(one[1].lower()) + 1}", text)
