"""How near a statement is to a question: by the words they share, rare words counting more than common ones."""

from __future__ import annotations

from math import log

from orgmap.graphmodel.model import Statement
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.documents.words import asking, names, words

WEIGHTS = {"text": 1.0, "about": 0.8, "list": 0.8, "who": 0.6, "beside": 0.4}
"""How much a word counts by where it stands: in the sentence, the service, the list, the bodies, the note."""

NEAR = 0.3
"""The nearest statement is an answer if it has this share of the question's words, by weight."""

AS_NEAR = 0.45
"""A statement is shown beside the nearest if it is at least this near in comparison."""

STRAY = 0.3
"""What a word counts that no statement has, if it is no name: how people ask, rather than what about."""

NEW = 0.5
"""How much more a statement counts for the words of a question that no nearer one has."""

ORDER = {
    "who": ("service", "person", "relation", "process"),
    "should": ("advice", "rule"),
}
"""Kinds of question with the topics that answer them first."""


COUNTING = frozenset({"how many", "how much"})
"""Kinds of question that a number answers, if it counts what the question names."""


class Ranking:
    """Statements with their words, ready to be compared with a question."""

    def __init__(self, store: Store, statements: list[Statement]) -> None:
        self._statements = statements
        cells = (cell for one in statements for cell in (one.subject, one.object, one.about))
        ids = {part for cell in cells for part in cell.split("; ") if ":" in part}
        self._names = {entity.id: entity.name for entity in store.entities(ids=ids)}
        self._weights = [self._weigh(one) for one in statements]
        self._spread: dict[str, int] = {}
        for weights in self._weights:
            for word in weights:
                self._spread[word] = self._spread.get(word, 0) + 1

    def _weigh(self, statement: Statement) -> dict[str, float]:
        """Every word of a statement with the best place it stands in."""
        who = self._labels(f"{statement.subject}; {statement.object}")
        places = {
            "beside": f"{statement.note} {statement.unit} {statement.locator}",
            "who": f"{who} ; {statement.verb.replace('_', ' ')}",
            "list": f"{statement.series} ; {statement.part} ; {statement.topic}",
            "about": self._labels(statement.about),
            "text": statement.text,
        }
        return {word: WEIGHTS[place] for place, text in places.items() for word in words(text)}

    def _labels(self, cell: str) -> str:
        """What a cell names, ids by their names and kinds by their labels."""
        return " ; ".join(
            self._names.get(part) or (kinds()[part].label if part in kinds() else part)
            for part in cell.split("; ")
        )

    def _worth(self, text: str) -> dict[str, float]:
        """What each word of a question counts: one that stands in few statements tells more."""
        named = names(text)
        worth = {}
        for word in words(text):
            spread = self._spread.get(word, 0)
            worth[word] = log(1 + len(self._statements) / max(1, spread))
            if not spread and word not in named:
                worth[word] *= STRAY
        return worth

    def unknown(self, text: str) -> list[str]:
        """The names in a question that stand in none of the statements."""
        return sorted(word for word in names(text) if word not in self._spread)

    def with_all(self, text: str) -> list[Statement]:
        """The statements that have all the words, by id."""
        wanted = set(words(text))
        pairs = zip(self._statements, self._weights, strict=True)
        return [one for one, weights in pairs if wanted <= weights.keys()]

    def ranked(self, text: str) -> list[Statement]:
        """The statements near to a text, the nearest first; all of them by id if there is no text.

        A question with several parts is answered part by part: after the nearest statement those come
        first that have words which it lacks.
        """
        worth = self._worth(text)
        if not worth:
            return [] if text.strip() else self._statements
        whole = sum(worth.values())
        shares = [
            sum(value * weights.get(word, 0.0) for word, value in worth.items()) / whole
            for weights in self._weights
        ]
        best = max(shares, default=0.0)
        if best < NEAR:
            return []
        left = {
            at: share * self._fit(self._statements[at], text, len(self._weights[at]))
            for at, share in enumerate(shares)
            if share >= AS_NEAR * best
        }
        return [self._statements[at] for at in self._in_turn(left, worth, whole)]

    def _in_turn(self, left: dict[int, float], worth: dict[str, float], whole: float) -> list[int]:
        """The places of statements in the order in which they are told."""
        order: list[int] = []
        covered: set[str] = set()

        def value(at: int) -> tuple[float, str]:
            new = sum(worth[word] for word in worth.keys() & self._weights[at].keys() - covered) / whole
            return (-(left[at] + (NEW * new if covered else 0.0)), self._statements[at].id)

        while left:
            chosen = min(left, key=value)
            del left[chosen]
            order.append(chosen)
            covered |= worth.keys() & self._weights[chosen].keys()
        return order

    def _fit(self, statement: Statement, text: str, length: int) -> float:
        """Whether it is the kind of answer that was asked for; short ones before long ones."""
        asked = asking(text)
        fit = 1.0 / (1.0 + 0.002 * length)
        opening = asking(" ".join(statement.text.split()[:2]))
        opens_so = bool(asked & opening) or ("which" in asked and "what" in opening)
        if statement.topic == "not_stated":
            return fit * (1.2 if self.unknown(text) else 1.0 if opens_so else 0.85)
        if statement.topic == "contradiction":
            return fit * (1.15 if opens_so and not statement.text.startswith("What") else 0.85)
        if statement.topic in ("text", "claim", "question"):
            fit *= 0.9
        if asked & COUNTING:
            wanted = {*words(text), *(("gbp",) if "how much" in asked else ())}
            fits = bool(set(words(statement.unit)) & wanted)
        else:
            dated = statement.valid_from or statement.valid_until or statement.due
            fits = any(statement.topic in ORDER[kind] for kind in asked & ORDER.keys()) or (
                "when" in asked and bool(dated)
            )
        return fit * 1.1 if fits else fit
