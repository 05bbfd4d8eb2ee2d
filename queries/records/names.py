"""What bodies are called without the words for their kind, as people name them by their place."""

from __future__ import annotations

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds


def label_of_body(subject: str, name: str) -> str:
    """What a body is called without the words for its kind.

    >>> label_of_body("at:Q69", "Thames Valley Area Team"), label_of_body("x", "North of England")
    ('thames valley', 'north of england')
    """
    found = normalise(name).removeprefix("nhs ").split()
    kind = kinds().get(kind_of(subject) or "")
    own = set(normalise(f"{kind.label} {kind.plural} {kind.short} {kind.prefix}").split()) if kind else set()
    while found and found[-1] in own:
        found.pop()
    return " ".join(found)


def first_place(name: str) -> list[str]:
    """The first of several places that a name lists means it, too: “Devon” of “Devon, Cornwall and Isles of Scilly”."""
    return [normalise(name.partition(",")[0])] if "," in name else []
