"""Finds what answers a question as well as the nearest fact does: other days, other bodies, other successors."""

from __future__ import annotations

import re

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds, things
from orgmap.queries.documents.words import kinds_named, words
from orgmap.queries.records.agreeing import AUXILIARY, body_asked
from orgmap.queries.records.asked import Clause
from orgmap.queries.records.facts import PLANS, Fact, Facts, Value, is_of_kind
from orgmap.queries.records.finding import NearFact
from orgmap.queries.records.parts import AnswerPart, not_stated

AS_NEAR = 0.95
"""A fact is as near as another if it is at least this near beside it."""

_AT_A_TIME = re.compile(r"\b(?:before|after|now|still|until|since|from)\b", re.IGNORECASE)
"""Words by which a question means one time of several."""


def others_alike(clause: Clause, facts: Facts, best: NearFact, found: list[NearFact]) -> list[AnswerPart]:
    """What other facts say of the same for other bodies or for another time, where the question tells none apart.

    A day of the same act for other bodies (each with theirs); who did it until then, or does it from then on.
    """
    if clause.days or _AT_A_TIME.search(clause.text):
        return []
    near = _near(best, found)
    if clause.measure == "when":
        days = [one for one in near if _is_other_day(best, one)]
        return [_day_of(facts, one) for one in (best, *days)] if days else []
    if clause.measure == "who" and not clause.kinds:
        times = [one for one in near if _is_other_time(best, one)]
        return [_timed(one) for one in (best, *times)] if times else []
    return []


def _near(best: NearFact, found: list[NearFact]) -> list[NearFact]:
    """The other facts that have as many of the words, and are as near."""
    return [
        one
        for one in found
        if one.fact.id != best.fact.id
        and one.share >= best.share - 0.001
        and one.near >= AS_NEAR * best.near
        and one.values
        and not one.lacks
    ]


def _is_other_day(best: NearFact, other: NearFact) -> bool:
    """Whether a fact gives another day of the same act, for other bodies."""
    first, second = best.values[0], other.values[0]
    same = first.of == second.of and first.measure == second.measure == "when" and bool(first.of)
    return same and first.day != second.day and not set(best.fact.subjects) & set(other.fact.subjects)


def _day_of(facts: Facts, near: NearFact) -> AnswerPart:
    """A day with the bodies whose it is."""
    value = near.values[0]
    return AnswerPart("; ".join(map(facts.name, near.fact.subjects)) or value.of, value, cited=value.cited)


def _is_other_time(best: NearFact, other: NearFact) -> bool:
    """Whether a fact says who else does the very same, at another time."""
    one, beside = best.fact, other.fact
    if one.topic != beside.topic or not one.objects or one.objects != beside.objects:
        return False
    return one.valid != beside.valid and not set(best.values[0].bodies) & set(other.values[0].bodies)


def _timed(near: NearFact) -> AnswerPart:
    """Who does something, with the day until which or from which the statement says that it is so."""
    value, (begins, ends) = near.values[0], near.fact.valid
    day, sense = (begins, "from") if begins else (ends, "until")
    if day and not value.day:
        value = value._replace(day=day, sense=sense, precision="month" if day.endswith("-01") else "day")
    return AnswerPart("who", value, cited=value.cited)


_NEW = r"(?:succeeds?|succeeded|replaces?|replaced|(?:take|takes|took) over(?: from)?|(?:take|takes|took) the place of)"
_OLD = r"(?:succeeded|successor|replaced|taken over)"
_IS = r"(?:is|are|was|were|will be|would be|has been|have been|is to be|are to be)"
_DOES = r"(?:does|do|did|will|would|is|are|shall)"
_BACKWARD = (
    re.compile(rf"^(?:who|what|which\b.*?) {_IS} (?:to be )?{_OLD} by (?P<named>.+)$", re.IGNORECASE),
    re.compile(
        rf"^(?:from )?(?:whom?|what|which\b.*?) {_DOES} (?P<named>.+?) (?:to )?{_NEW}$", re.IGNORECASE
    ),
)
"""How a question asks whom a body that is named takes over from."""

_FORWARD = (
    re.compile(
        rf"^(?:who|what|which\b.*?) (?:will |would |(?:is|are) to )?{_NEW} (?P<named>.+)$", re.IGNORECASE
    ),
    re.compile(
        rf"^by (?:whom|what|which\b.*?) {_IS.replace(' be', '')} (?P<named>.+?) (?:to be |be )?{_OLD}\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:what|who) (?:becomes?|became|will become|is to become) of (?P<named>.+)$", re.IGNORECASE
    ),
    re.compile(
        r"^(?:who|what|which\b.*?) (?:is|are|was|were|will be) the successors? (?:of|to) (?P<named>.+)$",
        re.IGNORECASE,
    ),
)
"""How a question asks who takes over from a body that is named."""

_TAKES = re.compile(r"succe|replac|takes? over|took over|takes? the place", re.IGNORECASE)
"""Verbs before which stands who takes over, and after which from whom; of the others it is the other way round."""

_PASSES_ON = re.compile(
    r"succe|replac|(?:take|takes|taken|took) over|takes? the place|becomes?\b|evolve|pass(?:es)?\b"
    r"|transfers? to|moves? (?:to|from)|absorbed",
    re.IGNORECASE,
)  # fmt: skip
"""How a fact says that something passes from one to another."""


def succession_asked(clause: Clause) -> tuple[str, bool] | None:
    """What is named by a question who takes over from whom, and whether it is that from which somebody takes over.

    >>> from orgmap.queries.records.asked import clauses
    >>> succession_asked(clauses("Who succeeds local HealthWatch?")[0])
    ('local HealthWatch', True)
    >>> succession_asked(clauses("Whom does local HealthWatch succeed?")[0])
    ('local HealthWatch', False)
    """
    for ways, old in ((_BACKWARD, False), (_FORWARD, True)):
        for way in ways:
            if said := way.match(clause.text.strip(" .?!")):
                return said["named"], old
    return None


def has_direction(clause: Clause, near: NearFact, facts: Facts) -> bool:
    """Whether a fact says who does something to whom as it is asked, and who takes over from what is named."""
    if not _is_done_by_whom_is_asked(clause, near.fact) or _is_done_to_whom_is_asked(
        clause, near.fact, facts
    ):
        return False
    asked = succession_asked(clause)
    if asked is None:
        return True
    named, old = asked
    if not old:
        return False
    fact = near.fact
    if pair := _old_and_new(fact, facts):
        return any(_is_meant(one, named, facts) for one in pair[0])
    passing = _PASSES_ON.search(fact.text)
    if not passing or any(_is_meant(one, named, facts) for value in near.values for one in value.bodies):
        return False
    before, after = words(fact.text[: passing.start()]), words(fact.text[passing.end() :])
    subject = set(words(named))
    wrong, right = (before, after) if _TAKES.match(passing.group()) else (after, before)
    return bool(subject & set(right)) and not subject & set(wrong)


def _is_done_by_whom_is_asked(clause: Clause, fact: Fact) -> bool:
    """Whether those of whom something is asked do it, where a fact says who does: “assures” is said of one alone."""
    auxiliary = AUXILIARY.search(clause.text)
    if clause.measure not in ("when", "why", "often", "where") or not auxiliary or not body_asked(clause):
        return True
    tail = clause.text[auxiliary.end() :]
    asked = kinds_named(tail)[:1]
    if not asked:
        return True
    label = set(words(kinds()[asked[0]].label))
    verb = next((word for word in words(tail) if word not in label), "")
    doing = [one for one in fact.values if one.measure == "who" and one.typed and verb in one.words]
    return not doing or any(is_of_kind(body, asked[0]) for one in doing for body in one.bodies)


_WHAT_DOES = re.compile(
    r"^(?:which|what|whom?)\b.*?\b(?:does|do|did|will|would|must|should)\s+(?:the )?(.+)$", re.IGNORECASE
)


def _is_done_to_whom_is_asked(clause: Clause, fact: Fact, facts: Facts) -> bool:
    """Whether a question asks what somebody does to whom, by the fact, another one does it: “What does X pay?”."""
    asked = _WHAT_DOES.match(clause.text)
    if not asked or not fact.objects or any(one.typed for one in fact.values if one.measure == "whether"):
        return False
    tail = f"{normalise(asked[1])} "
    done_to, doing = ({normalise(facts.name(one)) for one in ones} for ones in (fact.objects, fact.subjects))
    return any(tail.startswith(f"{one} ") for one in done_to - doing)


def predecessors(clause: Clause, facts: Facts) -> list[AnswerPart] | None:
    """From whom the body that is named takes over; None where a question does not ask that."""
    asked = succession_asked(clause)
    if asked is None or asked[1]:
        return None
    pairs = {fact.id: pair for fact in facts.all if (pair := _old_and_new(fact, facts))}
    found = {
        one: pair[0] for one, pair in pairs.items() if any(_is_meant(new, asked[0], facts) for new in pair[1])
    }
    bodies = tuple(sorted({body for olds in found.values() for body in olds}))
    if not bodies:
        return [not_stated(clause.asked)]
    value = Value("who", bodies=bodies, cited=tuple(found))
    return [AnswerPart(clause.asked, value, cited=value.cited)]


def successors(clause: Clause, facts: Facts) -> list[AnswerPart]:
    """Who takes over from the body that is named, by what a statement says of that; nothing where none does."""
    asked = succession_asked(clause)
    if asked is None or not asked[1]:
        return []
    said = set(words(asked[0]))
    for fact in facts.all:
        pair = _old_and_new(fact, facts)
        if not pair or fact.replaces or not any(said in _names(one, facts) for one in pair[0]):
            continue
        value = next(one for one in fact.values if one.typed and _SUCCEEDS & one.words)
        return [AnswerPart(clause.asked, value, cited=value.cited)]
    return []


def _is_meant(body: str, named: str, facts: Facts) -> bool:
    """Whether a body is the one that some words name."""
    said = set(words(named))
    return any(name and name <= said for name in _names(body, facts))


def _names(body: str, facts: Facts) -> list[set[str]]:
    """The words of each of the names of a body or of a kind."""
    kind = kinds().get(body)
    names = (kind.label, kind.plural, kind.short) if kind else (facts.name(body),)
    return [set(words(name)) for name in names if name]


def _old_and_new(fact: Fact, facts: Facts) -> tuple[list[str], list[str]] | None:
    """Those from whom, and those by whom something is taken over, where a fact tells them apart."""
    if fact.replaces:
        return list(fact.replaces), [one for one in fact.subjects if one not in fact.replaces]
    for value in fact.values:
        if value.typed and value.measure in ("who", "what") and _SUCCEEDS & value.words:
            parties = (*fact.subjects, *fact.objects)
            olds = [
                one for one in parties if any(name and name <= value.words for name in _names(one, facts))
            ]
            if olds:
                return olds, list(value.bodies)
    return None


_SUCCEEDS = frozenset(words("succeeds"))


def with_other_successors(clause: Clause, facts: Facts, best: NearFact | None) -> NearFact | None:
    """The fact to answer from with all that succeed the body asked about, where several plans name one each."""
    if best is None or best.fact.origin != PLANS or not best.fact.replaces or not best.values:
        return best
    if not best.values[0].bodies or clause.measure not in ("who", "what"):
        return best
    asked = succession_asked(clause)
    said = set(words(asked[0])) if asked else set()
    plain = f" {normalise(clause.text)} "
    old = {
        one
        for one in best.fact.replaces
        if said in _names(one, facts) or f" {normalise(facts.name(one))} " in plain
    }
    alike = [
        one
        for one in facts.all
        if old & set(one.replaces) and _PASSES_ON.search(one.text.replace(" goes ", " passes "))
    ]
    bodies = tuple(dict.fromkeys(body for one in (best.fact, *alike) for body in _bodies(one)))
    cited = tuple(one.id for one in (best.fact, *(one for one in alike if one.id != best.fact.id)))
    if not old or len(bodies) < 2:
        return best
    return best._replace(values=(best.values[0]._replace(bodies=tuple(sorted(bodies)), cited=cited),))


def _bodies(fact: Fact) -> tuple[str, ...]:
    """Those who take over by a plan."""
    return tuple(one for one in fact.subjects if one not in fact.replaces and kind_of(one) not in things())
