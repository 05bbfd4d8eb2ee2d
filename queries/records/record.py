"""The answer to a question in words, as a record: what was asked, part by part, and what is stated of it, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.observed import measures
from orgmap.graphmodel.store import Store
from orgmap.queries.documents.words import words
from orgmap.queries.records.agreeing import agrees
from orgmap.queries.records.alike import (
    has_direction,
    others_alike,
    predecessors,
    successors,
    with_other_successors,
)
from orgmap.queries.records.asked import WHETHER, Clause, asks, clauses, each_document
from orgmap.queries.records.beside import tables_say
from orgmap.queries.records.cells import worked
from orgmap.queries.records.facts import PLANS, Fact, Facts, Value
from orgmap.queries.records.finding import NEAR, Finder, NearFact, is_of_the_time
from orgmap.queries.records.guard import speaks_of
from orgmap.queries.records.listing import listed
from orgmap.queries.records.lists import (
    in_the_time,
    number_of,
    of_series,
    on_day,
    rest_of,
    set_apart,
    spoken_for,
)
from orgmap.queries.records.parts import (
    NO,
    NOT_STATED,
    NOTHING,
    OPEN,
    YES,
    AnswerPart,
    evidence_of,
    not_stated,
    part_json,
    verdict_of,
)
from orgmap.queries.records.places import called_as_place, of_place
from orgmap.queries.records.printed import PrintedNumbers
from orgmap.queries.records.whether import whether

AS_NEAR = 0.82
"""A fact that has what is asked counts before a nearer one that has not, if it is at least this near beside it."""

SURE = 0.5
"""A sentence is an answer by itself if it has this share of the question's words."""

MOST = 0.7
"""A sentence that has this share of the question's words speaks of what is asked."""

ENOUGH = 0.33
"""So much is enough where all that carries the question agrees."""

MANY = 8
"""So many of the nearest facts are looked at for a list."""

_ANOTHER = re.compile(r"\b(?:another|the next)\b", re.IGNORECASE)
"""How a part asks for something else than the part before it."""

_STEPS = frozenset({"milestone"})

FAR = 0.25
"""Where no fact has this share of the words, nothing is near at all."""

OPEN_BY = 0.05
"""What is left open goes before what is said, unless that has so much more of the question's words."""

_DAYS = frozenset(words("by when ; day date month year deadline"))
"""Words of a part that only asks when."""

_MORE_THAN = re.compile(r"\b(?:more|fewer|less)\b.*\bthan\b", re.IGNORECASE)
"""How a question compares two numbers; no single number answers it."""

_IN_WORDS = ("what", "is", "status", "follows", "through", "why", "purpose", "form")
"""What a sentence may answer where no value of it was typed."""


def record(store: Store, text: str, document: str = "", facts: Facts | None = None) -> dict[str, Any] | None:
    """Answers a question in words with a record; None for a text that asks nothing.

    `document` (“003”) leaves the others out; `facts` are those of the store, read once for many questions. The record
    has the `verdict` (stated, derived, contradicted, partly, not_stated, nothing_near), `yes_no` where the question
    asks whether, the `parts` with what was asked and its value,
    `status` and `stated_on` of what answers, and the `evidence`, statement by statement.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = record(store, "Who chairs the conditions panel?")
    >>> answer["verdict"], answer["parts"][0]["text"]
    ('stated', 'Ian Dalton, chief operating officer of the NHSCB')
    """
    if not asks(text):
        return None
    answering = Answering(facts or Facts(store, document), text)
    answer = answering.record()
    unsaid = answer["verdict"] in (NOT_STATED, NOTHING)
    return answer | {"tables": tables_say(store, answering.clauses) if unsaid else None}


class Answering:
    """One question, and the facts that may answer it."""

    def __init__(self, facts: Facts, text: str) -> None:
        self.facts = facts
        self.text = text
        self.clauses = clauses(text)
        self.finder = Finder(facts, self.clauses)
        self.cells = PrintedNumbers(facts)
        self.parts: list[AnswerPart] = []
        self.yes_no: list[str] = []
        self.near = False

    def record(self) -> dict[str, Any]:
        """See `record`."""
        before = ""
        for clause in self.clauses:
            for document in self._documents(clause):
                self._answer(clause, document, before)
            before = f"{before} {clause.text}"
        self._bring_along()
        return self._told()

    def _documents(self, clause: Clause) -> list[str]:
        """The documents of which a part is asked one by one; blank for all at once."""
        if not each_document(clause.text):
            return [clause.document]
        numbers = sorted({number for fact in self.facts.all for number in fact.document.split()})
        near = {one: self.finder.ranked(clause, one)[:1] for one in numbers}
        best = max((found[0].near for found in near.values() if found), default=0.0)
        return [
            one
            for one, found in near.items()
            if found and found[0].values and found[0].near >= AS_NEAR * best
        ]

    def _answer(self, clause: Clause, document: str, before: str) -> None:
        found = self.finder.ranked(clause, document)
        if _ANOTHER.search(clause.text):
            found = [one for one in found if one.fact not in self.finder.chosen]
        if not clause.measure and len(self.clauses) > 1:
            return
        self.near = self.near or bool(
            found and found[0].share >= FAR and self._shares_words(clause, found[0].fact)
        )
        agreeing = [
            one
            for one in found[:MANY]
            if one.near >= AS_NEAR * found[0].near and agrees(clause, one, self.finder)
        ]
        made = (
            predecessors(clause, self.facts)
            or set_apart(clause, self.finder, document)
            or self._of_the_time(clause, worked(clause, self.cells, before))
            or self._of_list(clause, found)
            or in_the_time(clause, self.finder, document)
            or (None if _MORE_THAN.search(clause.text) else number_of(clause, agreeing))
            or rest_of(clause, agreeing)
            or of_series(clause, agreeing)
        )
        if made:
            self._take(clause, made)
            return
        if self._is_told(clause):
            return
        if clause.polar:
            self._take(clause, whether(clause, self.finder, found))
            return
        self._take(clause, self._values(clause, found))

    def _of_the_time(self, clause: Clause, made: list[AnswerPart] | None) -> list[AnswerPart] | None:
        """What was worked out, unless it is asked of other days than those of the numbers."""
        facts = [self.facts.by_id[one] for part in made or [] for one in part.cited]
        if clause.days and made and not all(is_of_the_time(clause, one) for one in facts):
            return [not_stated(clause.asked)]
        return made

    def _shares_words(self, clause: Clause, fact: Fact) -> bool:
        """Whether a fact has more than one word of the question, or its only one."""
        known = [word for word in {*clause.words, *words(clause.context)} if word in fact.weights]
        return len(known) > 1 or not self.finder.unknown(clause)

    def _is_told(self, clause: Clause) -> bool:
        """Whether a part that only asks when was told with a list."""
        return (
            clause.measure == "when"
            and set(clause.words) <= _DAYS
            and any(one.asked == "when" and one.value is not None for one in self.parts)
        )

    def _of_list(self, clause: Clause, found: list[NearFact]) -> list[AnswerPart] | None:
        """Steps, indicators or questions that are counted or listed; a list that a document prints goes before."""
        made = listed(clause, self.facts, self.clauses)
        if made and made[0].value and (counted := made[0].value.number) is not None:
            for near in found[:4]:
                if any(value.number == counted for value in near.fact.values):
                    made[0] = made[0]._replace(cited=(*made[0].cited, near.fact.id))
        if made and made[0].value and found and clause.measure != "count":
            for value in found[0].fact.values:
                if value.typed and len(value.items) == len(made[0].value.items):
                    return None
        return made

    def _take(self, clause: Clause, made: Iterable[AnswerPart]) -> None:
        for part in made:
            if part.yes_no and part.value and part.value.measure == WHETHER:
                self.yes_no.append(part.yes_no)
                alone = sum(1 for one in self.clauses if one.polar) == 1
                if alone and not part.value.text:
                    self.parts.append(part)
                    continue
            if part.key not in {one.key for one in self.parts}:
                self.parts.append(part)

    def _values(self, clause: Clause, found: list[NearFact]) -> list[AnswerPart]:
        """The values of the fact that is nearest and has what is asked."""
        if self.finder.unknown(clause) or not any(self._is_near(clause, one) for one in found[:MANY]):
            return [not_stated(clause.asked)]
        days = clause.days
        if clause.measure == "form" and len(days) > 0:
            return [on_day(clause, self.finder, found, day.first) for day in days]
        best = with_other_successors(clause, self.facts, self._best(clause, found))
        if clause.measure == "count" and _MORE_THAN.search(clause.text):
            best = None
        if best is None and (named := called_as_place(clause, self.facts) or successors(clause, self.facts)):
            return named
        if best is None:
            self.finder.chosen.append(found[0].fact)
            return [not_stated(clause.asked, cited=(found[0].fact.id,))]
        self.finder.chosen.append(best.fact)
        if not best.values:
            sentence = Value(clause.measure, text=best.fact.text, cited=(best.fact.id,), typed=False)
            return [AnswerPart(clause.asked, sentence, cited=(best.fact.id,))]
        made = [
            AnswerPart(one.of or clause.asked if len(best.values) > 1 else clause.asked, one, cited=one.cited)
            for one in best.values
        ]
        if clause.says:
            self.yes_no.append(YES)
        return others_alike(clause, self.facts, best, found) or of_place(clause, self.facts, made)

    def _is_near(self, clause: Clause, found: NearFact) -> bool:
        goes_on = any(one.id == found.fact.id for one in self.finder.chosen)
        if found.share >= NEAR or (goes_on and found.near >= NEAR):
            return True
        return found.share >= ENOUGH and bool(found.values) and self._agrees(clause, found)

    def _best(self, clause: Clause, found: list[NearFact]) -> NearFact | None:
        """The fact to answer from: the nearest that has what is asked, and none where the documents leave it open."""
        having_all = [one for one in found[:20] if not one.lacks and self._is_near(clause, one)]
        found = having_all or found
        first = found[0]
        if first.fact.topic == "not_stated":
            nearest = max((one.share for one in found[:6] if one.values and one.values[0].typed), default=0.0)
            if first.share >= nearest - OPEN_BY:
                return None
            found = [one for one in found if one.fact.topic != "not_stated"]
            first = found[0]
        agreeing = [one for one in found[:12] if self._agrees(clause, one)]
        having = [
            one
            for one in agreeing
            if one.values
            and not one.lacks
            and one.near >= AS_NEAR * agreeing[0].near
            and self._tells(clause, one)
            and speaks_of(clause, one, self.facts, found)
        ]
        if having:
            open_ = next((one for one in found[:3] if one.fact.topic == "not_stated"), None)
            if open_ and open_.near >= having[0].near * 0.97 and not having[0].values[0].typed:
                return None
            return having[0]
        if (spoken := spoken_for(clause, first, self.facts)) and self._agrees(clause, spoken):
            return spoken
        left_open = any(one.fact.topic == "not_stated" and one.share >= SURE for one in found[:6])
        said = clause.measure in _IN_WORDS or (
            clause.measure == "who" and first.fact.topic == "person" and not left_open
        )
        if set(words(" ".join(clause.head))) - first.fact.weights.keys():
            return None
        missing = any(self.finder.tells(word) and word not in first.fact.weights for word in clause.words)
        if said and first.share >= SURE and not first.lacks and not clause.kinds and not missing:
            return first if self._agrees(clause, first) else None
        return None

    def _agrees(self, clause: Clause, near: NearFact) -> bool:
        return agrees(clause, near, self.finder) and has_direction(clause, near, self.facts)

    def _tells(self, clause: Clause, near: NearFact) -> bool:
        """Whether a value is of what is asked: typed, of a step, or of a sentence with most or all telling words."""
        if (
            near.values[0].typed
            or near.fact.origin == PLANS
            or near.fact.topic in _STEPS
            or near.share >= MOST
        ):
            return True
        return all(word in near.fact.weights for word in clause.words if self.finder.tells(word))

    def _bring_along(self) -> None:
        """Adds what belongs to the values that were told: limits, exceptions, conditions, what is left open."""
        answering: dict[str, Fact] = {}
        for part in self.parts:
            value = part.value
            if value is None or not value.typed or not value.cited:
                continue
            fact = self.facts.by_id.get(value.cited[0])
            if fact and (value.how != "derived" or value in fact.values) and value.measure != WHETHER:
                answering[fact.id] = fact
        decided = {
            part.cited[0]
            for part in self.parts
            if part.yes_no and part.cited and part.value and part.value.typed
        }
        for one in decided:
            if (fact := self.facts.by_id.get(one)) is not None:
                answering[one] = fact
        for fact in answering.values():
            for value in fact.values:
                if value.typed and value.measure != WHETHER and self._belongs(value, fact.id in decided):
                    self._add(value)

    def _belongs(self, value: Value, decided: bool) -> bool:
        if value.brought in ("always", "asked"):
            return value.brought == "always"
        return decided or measures()[value.measure].along

    def _add(self, value: Value) -> None:
        missing = value.measure == OPEN or value.text == "not stated"
        asked = value.of or value.measure
        part = AnswerPart(
            asked, None if missing and not value.day else value, missing, main=False, cited=value.cited
        )
        if part.key not in {one.key for one in self.parts}:
            self.parts.append(part)

    def _told(self) -> dict[str, Any]:
        verdict = verdict_of(self.parts, self.near, bool(self.yes_no))
        cited = list(
            dict.fromkeys(
                one for part in self.parts for one in (*part.cited, *(part.value.cited if part.value else ()))
            )
        )
        facts = [self.facts.by_id[one] for one in cited if one in self.facts.by_id]
        answers = [
            fact
            for fact in facts
            if fact.id in {part.cited[0] for part in self.parts if part.main and part.cited}
        ]
        shown = [
            one
            for one in self.parts
            if not (
                one.yes_no
                and one.value
                and one.value.measure == WHETHER
                and not self._many_whether()
                and not one.value.text
            )
        ]
        yes_no = self.yes_no[0] if self.yes_no and len(set(self.yes_no)) == 1 else None
        if verdict == NOT_STATED and any(one.says for one in self.clauses):
            yes_no = NO
        return {
            "question": self.text,
            "verdict": verdict,
            "yes_no": yes_no,
            "parts": [part_json(one, self.facts) for one in shown] if verdict != NOTHING else [],
            "status": None
            if verdict in (NOT_STATED, NOTHING)
            else next((fact.status for fact in answers if fact.status), None),
            "stated_on": None
            if verdict in (NOT_STATED, NOTHING)
            else next((fact.stated_on for fact in answers if fact.stated_on), None),
            "evidence": [evidence_of(fact) for fact in facts],
        }

    def _many_whether(self) -> bool:
        return sum(1 for one in self.parts if one.yes_no and one.value and one.value.measure == WHETHER) > 1
