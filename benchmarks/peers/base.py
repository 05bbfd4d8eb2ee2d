"""What every peer is: it loads the register once and answers the questions that it can, each as well as it can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from benchmarks.questions import Case, commissions, of_columns
from benchmarks.register import COVERS, UPWARD, Register

STEPS = 20
"""So many steps a chain has at most; one that leads in a circle ends where it would come back."""


class Peer:
    """Another program, or ours, with the register in it; a question that it has no method for is not asked."""

    name: ClassVar[str]
    """What stands on the page."""
    how: ClassVar[str]
    """In which form it is asked: what was done to make it quick."""

    def __init__(self, register: Register, folder: Path) -> None:
        """Loads the register; `folder` is for files."""
        self.ids = register.ids

    def cases(self, question: str, cases: list[Case]) -> list[Case]:
        """The cases as this peer takes them; turning them is not timed."""
        return cases

    def ask(self, question: str, cases: list[Case]) -> list[Any]:
        """All answers to a question; this is what is timed."""
        answer = getattr(self, question)
        return [answer(*case) for case in cases]

    def plain(self, question: str, answers: list[Any]) -> list[Any]:
        """Answers in the form in which they are compared: ids, or columns of the numbers of nodes."""
        if question == "diff":
            return [of_columns(one) for one in answers]
        if question == "days":
            return [[of_columns(day) for day in one] for one in answers]
        if question == "day":
            return [of_graph(graph) for graph in answers]
        return answers

    def close(self) -> None:
        """Gives up what it holds."""

    @classmethod
    def answers(cls) -> list[str]:
        """The questions that it has a method for."""
        from benchmarks.questions import QUESTIONS

        return [question for question in QUESTIONS if hasattr(cls, question)]


class Walking(Peer):
    """A graph in memory that is walked from Python: four steps, and what follows from them."""

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        self.area = dict(
            zip(register.postcodes, map(self.ids.__getitem__, register.postcode_area.tolist()), strict=True)
        )

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        raise NotImplementedError

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        raise NotImplementedError

    def heirs(self, node: str) -> Iterable[tuple[str, int]]:
        """What a body became in one step, and on which day."""
        raise NotImplementedError

    def chain(self, node: str, day: int) -> list[str]:
        """Step by step upward."""
        return climbed(node, day, self.leaf)

    def who(self, area: str, day: int) -> list[str]:
        """Who commissions for an area."""
        return [body for body in self.hub(area, COVERS, day) if commissions(body)]

    def lineage(self, node: str) -> list[str]:
        """All heirs of heirs."""
        return reached(node, self.heirs)

    def postcode(self, postcode: str, day: int) -> list[str]:
        """Who commissions for a postcode."""
        return self.who(self.area[postcode], day)

    def batch(self, postcodes: list[str], days: list[int]) -> list[str]:
        """Who commissions for each."""
        return [self.postcode(*one)[0] for one in zip(postcodes, days, strict=True)]


def climbed(node: str, day: int, leaf: Callable[[str, str, int], list[str]]) -> list[str]:
    """A body and those above it on a day, step by step: of several the first by id, until nobody new is there."""
    chain = [node]
    while len(chain) < STEPS:
        above = next(filter(None, (leaf(chain[-1], verb, day) for verb in UPWARD)), None)
        if not above or (first := min(above)) in chain:
            break
        chain.append(first)
    return chain


def reached(node: str, heirs: Any) -> list[str]:
    """All that is reached from a node by steps of which none is earlier than the one before, without itself.

    >>> reached("a", {"a": [("b", 5)], "b": [("a", 6), ("c", 4), ("d", 5)], "d": []}.__getitem__)
    ['b', 'd']
    """
    since, waiting = {node: 0}, [node]
    for one in waiting:
        for heir, day in heirs(one):
            if day >= since[one] and day < since.get(heir, day + 1):
                since[heir] = day
                waiting.append(heir)
    del since[node]
    return list(since)


def of_graph(graph: Any) -> list[Any]:
    """A NetworkX graph as it is compared: its nodes and its relations, in order."""
    edges = ((subject, data["verb"], target) for subject, target, data in graph.edges(data=True))
    return [len(graph), hash_of(graph), hash_of("\t".join(edge) for edge in edges)]


def hash_of(texts: Iterable[str]) -> str:
    """A hash of texts in order of the alphabet."""
    import hashlib

    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()


def merged(register: Register) -> Iterator[tuple[int, int, int, int, int]]:
    """Rows of one and the same relation that touch or overlap as one stretch; rows without a day left out."""
    order = np.lexsort((register.begins, register.object, register.verb, register.subject))
    columns = (register.subject, register.verb, register.object, register.begins, register.ends)
    last: tuple[int, int, int] | None = None
    since = until = 0
    for *key, begins, ends in zip(*(column[order].tolist() for column in columns), strict=True):
        if begins >= ends:
            continue
        if tuple(key) == last and begins <= until:
            until = max(until, ends)
            continue
        if last:
            yield (*last, since, until)
        last, since, until = (key[0], key[1], key[2]), begins, ends
    if last:
        yield (*last, since, until)
