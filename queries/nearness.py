"""How near a statement is to a question: by the words they share, rare words counting more than common ones."""

from __future__ import annotations

from math import log

from graphmodel.model import Statement
from graphmodel.store import Store
from graphmodel.vocabulary import kinds
from queries.wording import asking, words

WEIGHTS = {"text": 1.0, "about": 0.8, "who": 0.6, "beside": 0.4}
"""How much a word counts by where it stands: in the sentence, the service, the bodies, or in list, line and note."""

NEAR = 0.45
"""A statement is an answer if it has this share of the question's words, by weight."""

AS_NEAR = 0.6
"""A statement is shown beside a nearer one if it is at least this near in comparison."""

ORDER = {"when": ("date", "milestone"), "who": ("service", "person", "relation", "process"), "many": ("number",)}
"""Kinds of question with the topics that answer them first."""


class Nearness:
    """Statements with their words, ready to be compared with a question."""

    def __init__(self, store: Store, statements: list[Statement]) -> None:
        self._statements = statements
        ids = {part for one in statements for part in f"{one.subject}; {one.object}".split("; ")}
        self._names = {e.id: e.name for e in store.entities(ids=[one for one in ids if ":" in one])}
        self._weights = [self._weigh(one) for one in statements]
        self._spread: dict[str, int] = {}
        for weights in self._weights:
            for word in weights:
                self._spread[word] = self._spread.get(word, 0) + 1

    def _weigh(self, one: Statement) -> dict[str, float]:
        """Every word of a statement with the best place it stands in."""
        who = (self._label(part) for part in f"{one.subject}; {one.object}".split("; "))
        places = {
            "beside": f"{one.series} {one.part} {one.note} {one.unit} {one.topic} {one.locator}",
            "who": " ; ".join(who),
            "about": one.about,
            "text": one.text,
        }
        return {word: WEIGHTS[place] for place, text in places.items() for word in words(text)}

    def _label(self, part: str) -> str:
        return self._names.get(part) or (kinds()[part].label if part in kinds() else part)

    def _worth(self, word: str) -> float:
        """A word that stands in few statements tells more than one that stands in many."""
        return log(1 + len(self._statements) / max(1, self._spread.get(word, 0)))

    def unknown(self, text: str) -> list[str]:
        """The words of a question that stand in none of the statements."""
        return sorted({word for word in words(text) if word not in self._spread})

    def with_all(self, text: str) -> list[Statement]:
        """The statements that have all the words, by id."""
        wanted = set(words(text))
        pairs = zip(self._statements, self._weights, strict=True)
        return [one for one, weights in pairs if wanted <= weights.keys()]

    def ranked(self, text: str) -> list[Statement]:
        """The statements near to a text, the nearest first; all of them by id if it has no words."""
        wanted = list(dict.fromkeys(words(text)))
        if not wanted:
            return [] if text.strip() else self._statements
        whole = sum(self._worth(word) for word in wanted)
        scored = []
        for one, weights in zip(self._statements, self._weights, strict=True):
            share = sum(self._worth(word) * weights.get(word, 0.0) for word in wanted) / whole
            if share >= NEAR:
                scored.append((share * self._fit(one, text, len(weights)), one))
        scored.sort(key=lambda pair: (-pair[0], pair[1].id))
        return [one for score, one in scored if score >= AS_NEAR * scored[0][0]]

    def _fit(self, one: Statement, text: str, length: int) -> float:
        """Whether it is the kind of answer that was asked for; short ones before long ones."""
        asked = asking(text)
        fit = 1.0 / (1.0 + 0.004 * length)
        if one.topic == "not_stated":
            first = one.text.split(" ", 1)[0].lower()
            return fit * (1.05 if first in asked else 0.85)
        if one.topic in ("text", "claim", "question"):
            fit *= 0.9
        many = "many" in words(text)
        if any(one.topic in ORDER[kind] for kind in (*asked, "many" if many else "") if kind in ORDER):
            fit *= 1.08
        return fit
