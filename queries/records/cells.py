"""Works with the numbers of a table: largest and smallest, more than, per, together, shares, sums that are checked."""

from __future__ import annotations

import operator
import re

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds, synonyms
from orgmap.queries.documents.words import names, words
from orgmap.queries.records.asked import WHETHER, Clause
from orgmap.queries.records.facts import Facts, Value
from orgmap.queries.records.limits import Limit, limit_of
from orgmap.queries.records.parts import NO, YES, AnswerPart, derived, not_stated
from orgmap.queries.records.printed import PEOPLE, PrintedNumber, PrintedNumbers

_MOST = frozenset("most largest highest greatest biggest".split())
_LEAST = frozenset("fewest least smallest lowest".split())
_TOGETHER = frozenset("together altogether total combined sum jointly".split())
_MEAN = frozenset("average mean".split())
_TWO_UNITS = re.compile(r"\b(more|fewer|less|as many|same number of|equal numbers? of|equally many)\b")


def worked(clause: Clause, cells: PrintedNumbers, before: str) -> list[AnswerPart] | None:
    """What a part of a question asks of the numbers of a table, worked out; None if it asks nothing of the kind.

    `before` is the part of the question before it, which may say of what this part asks. Of places that are not in
    the table nothing is told.
    """
    made = _worked(clause, cells, before)
    return [not_stated(clause.asked)] if made and _names_others(clause, cells) else made


def _names_others(clause: Clause, cells: PrintedNumbers) -> bool:
    """Whether a part of a question names a place of which the table says nothing."""
    units = cells.units(clause.text)
    having = [one for one in cells.labels if not units or any(cells.cell(one, unit) for unit in units)]
    known = {word for one in having for word in words(f"{cells.labels[one]} ; {cells.facts.name(one)}")}
    named = names("x " + clause.text) & set(clause.words)
    return bool(
        {word for word in named if _IS_PLACE.match(word)} - known - set(units) - set(synonyms().values())
    )


_IS_PLACE = re.compile(r"[a-z]{4,}")


def _worked(clause: Clause, cells: PrintedNumbers, before: str) -> list[AnswerPart] | None:
    """What a part of a question asks of the numbers of a table, worked out; None if it asks nothing of the kind.

    `before` is the part of the question before it, which may say of what this part asks.
    """
    text = clause.text
    plain = set(normalise(text).split())
    units = cells.units(text)
    best = re.search(rf"(?<!\bat )\b({'|'.join(sorted(_MOST | _LEAST))})\b", text.lower())
    if best and len(units) > 1:
        units = cells.units(text[best.end() :]) or units
    if not (best and cells.units(text[best.end() :])):
        plain -= _MOST | _LEAST
    subjects = cells.subjects(text, units) or cells.subjects(before, units)
    if {"rows", "totals", "total", "add", "sum"} & plain and clause.polar:
        return _checked(clause, cells, units or cells.units(before), plain)
    if not units:
        return None
    if " per " in f" {normalise(text)} " and len(units) > 1:
        return _ratio(clause, cells, units, subjects, plain)
    if plain & _MEAN:
        return _mean(clause, cells, units[0])
    if clause.polar and len(subjects) == 2:
        return _compared(clause, cells, units[0], subjects, plain)
    if (
        len(units) > 1
        and not subjects_narrow(subjects, cells, units[0])
        and (how := _TWO_UNITS.search(normalise(text)))
    ):
        return _by_two(clause, cells, units, how[1])
    if (limit := limit_of(text, units)) and (
        clause.polar or clause.measure in ("what", "who", "where", "count")
    ):
        made = _within(clause, cells, units[-1], limit, subjects) if clause.polar else None
        return made or (None if clause.polar else _over(clause, cells, units[-1], limit))
    return _of_one_unit(clause, cells, units, subjects, plain)


def subjects_narrow(subjects: list[str], cells: PrintedNumbers, unit: str) -> bool:
    """Whether rows of the table are named, rather than all of it."""
    return any(one.subject in subjects for one in cells.rows(unit))


def _of_one_unit(
    clause: Clause, cells: PrintedNumbers, units: list[str], subjects: list[str], plain: set[str]
) -> list[AnswerPart] | None:
    unit = units[0]
    if clause.measure == "share" and len(subjects) in (1, 2):
        return _share(clause, cells, unit, subjects)
    if plain & {"rank", "order", "sort", "ranked", "sorted"}:
        return _ranked(clause, cells, unit, bool(plain & _LEAST))
    if plain & (_MOST | _LEAST) and clause.measure in ("what", "who", "where"):
        best = min if plain & _LEAST else max
        rows = cells.rows(unit)
        if (many := clause.many) and many < len(rows):
            first = sorted(rows, key=lambda one: one.number if best is min else -one.number)[:many]
            return [derived(clause.asked, "who", _cited(first), **_value_of(first, cells.facts))]
        number = best(one.number for one in rows)
        return _which(clause, cells, [one for one in rows if one.number == number], unit, number)
    if clause.measure == "what" and "same number of" in normalise(clause.text):
        rows = cells.rows(unit)
        alike = [one for one in rows if sum(other.number == one.number for other in rows) > 1]
        return (
            [derived(clause.asked, "who", _cited(alike), **_value_of(alike, cells.facts))] if alike else None
        )
    found = [cell for subject in subjects if (cell := cells.cell(subject, unit))]
    if len(found) == 2 and (
        plain & {"difference", "exceed", "exceeds"} or {"more", "than"} <= plain or "fewer" in plain
    ):
        number = abs(found[0].number - found[1].number)
        return [derived(clause.asked, "count", _cited(found), number=number, unit=_unit(unit))]
    if len(found) > 1 and plain & (_TOGETHER | {"both"}):
        number = sum(one.number for one in found)
        return [derived(clause.asked, "count", _cited(found), number=number, unit=_unit(unit))]
    others = [word for word in names("x " + clause.text) & set(clause.words) if word not in units]
    labels = {
        word for subject in subjects for word in words(f"{cells.labels[subject]} {cells.facts.name(subject)}")
    }
    if found and clause.measure in ("count", "people") and set(others) <= labels:
        return [
            AnswerPart(
                _unit(one),
                Value("count", number=cell.number, unit=_unit(one), cited=(cell.fact.id,)),
                cited=(cell.fact.id,),
            )
            for one in units
            for subject in subjects
            if (cell := cells.cell(subject, one))
        ]  # fmt: skip
    return None


def _mean(clause: Clause, cells: PrintedNumbers, unit: str) -> list[AnswerPart]:
    rows = cells.rows(unit)
    mean = round(sum(one.number for one in rows) / len(rows), 1)
    return [derived(clause.asked, "count", _cited(rows), number=mean, unit=_unit(unit))]


def _unit(unit: str) -> str:
    if unit == PEOPLE:
        return "persons"
    named = [kind.plural for kind in kinds().values() if unit in words(kind.plural)]
    return named[0] if named else unit


def _cited(cells: list[PrintedNumber]) -> tuple[str, ...]:
    return tuple(one.fact.id for one in cells)


def _value_of(cells: list[PrintedNumber], facts: Facts) -> dict[str, object]:
    """Bodies by id, regions by name."""
    subjects = tuple(one.subject for one in cells)
    if all(":" in one for one in subjects):
        return {"bodies": subjects, "complete": "yes"}
    if len(subjects) == 1:
        return {"text": facts.name(subjects[0])}
    return {"items": tuple(map(facts.name, subjects)), "complete": "yes"}


def _which(
    clause: Clause, cells: PrintedNumbers, found: list[PrintedNumber], unit: str, number: float
) -> list[AnswerPart]:
    return [
        derived(clause.asked, "who", _cited(found), **_value_of(found, cells.facts)),
        derived("how many", "count", _cited(found), number=number, unit=_unit(unit)),
    ]


def _ranked(clause: Clause, cells: PrintedNumbers, unit: str, rising: bool) -> list[AnswerPart]:
    rows = sorted(cells.rows(unit), key=lambda one: one.number if rising else -one.number)
    items = tuple(f"{cells.facts.name(one.subject)}: {one.number:,.0f}" for one in rows)
    return [derived(clause.asked, "what", _cited(rows), items=items, complete="yes")]


def _ratio(
    clause: Clause, cells: PrintedNumbers, units: list[str], subjects: list[str], plain: set[str]
) -> list[AnswerPart] | None:
    over, under = units[:2]
    rated = {
        one.subject: (one, other, round(one.number / other.number))
        for one in cells.rows(over)
        if (other := cells.cell(one.subject, under)) and other.number
    }
    unit = f"{_unit(over)} per {_unit(under)}"
    named = [one for one in subjects if one in rated]
    if (
        not named
        and subjects
        and (first := cells.cell(subjects[0], over))
        and (second := cells.cell(subjects[0], under))
    ):
        return [
            derived(
                clause.asked,
                "count",
                _cited([first, second]),
                number=round(first.number / second.number),
                unit=unit,
            )
        ]
    if named:
        return [
            derived(clause.asked, "count", _cited(list(rated[one][:2])), number=rated[one][2], unit=unit)
            for one in named
        ]
    if not plain & (_MOST | _LEAST) or not rated:
        return _ratio_of_totals(clause, cells, over, under, unit) if plain & _MEAN else None
    best = (min if plain & _LEAST else max)(rated.values(), key=lambda one: one[0].number / one[1].number)
    return [
        derived(clause.asked, "who", _cited(list(best[:2])), **_value_of([best[0]], cells.facts)),
        derived("how many", "count", _cited(list(best[:2])), number=best[2], unit=unit),
    ]


def _ratio_of_totals(
    clause: Clause, cells: PrintedNumbers, over: str, under: str, unit: str
) -> list[AnswerPart] | None:
    first, second = cells.total(over), cells.total(under)
    if not first or not second:
        return None
    mean = round(first.number / second.number)
    return [derived(clause.asked, "count", _cited([first, second]), number=mean, unit=unit)]


def _by_two(clause: Clause, cells: PrintedNumbers, units: list[str], how: str) -> list[AnswerPart]:
    compare = {"more": operator.gt, "fewer": operator.lt, "less": operator.lt}.get(how, operator.eq)
    pairs = [(one, other) for one in cells.rows(units[0]) if (other := cells.cell(one.subject, units[1]))]
    found = [pair for pair in pairs if compare(pair[0].number, pair[1].number)]
    cited = tuple(one.fact.id for pair in found or pairs for one in pair)
    if clause.measure == "count":
        return [derived(clause.asked, "count", cited, number=len(found), unit="rows")]
    if not found:
        return [derived(clause.asked, "who", cited, text="none of them")]
    return [derived(clause.asked, "who", cited, **_value_of([pair[0] for pair in found], cells.facts))]


def _over(clause: Clause, cells: PrintedNumbers, unit: str, limit: Limit) -> list[AnswerPart]:
    rows = cells.rows(unit)
    found = [one for one in rows if limit.holds(one.number)]
    if clause.measure == "count":
        return [derived(clause.asked, "count", _cited(found or rows), number=len(found), unit="rows")]
    if not found:
        return [derived(clause.asked, "who", _cited(rows), text="none of them")]
    return [derived(clause.asked, "who", _cited(found), **_value_of(found, cells.facts))]


def _within(
    clause: Clause, cells: PrintedNumbers, unit: str, limit: Limit, subjects: list[str]
) -> list[AnswerPart] | None:
    """Whether the number of one row is within a limit, with that number."""
    cell = cells.cell(subjects[0], unit) if len(subjects) == 1 else None
    if cell is None:
        return None
    asked = Value(WHETHER, how="derived", cited=(cell.fact.id,))
    number = Value("count", number=cell.number, unit=_unit(unit), cited=(cell.fact.id,))
    return [
        AnswerPart(clause.asked, asked, yes_no=YES if limit.holds(cell.number) else NO),
        AnswerPart(cells.facts.name(cell.subject), number, cited=number.cited),
    ]


def _share(clause: Clause, cells: PrintedNumbers, unit: str, subjects: list[str]) -> list[AnswerPart] | None:
    found = [cell for one in subjects if (cell := cells.cell(one, unit))]
    if len(found) == 1 and (total := cells.total(unit)):
        found.append(total)
    if len(found) != 2:
        return None
    share = round(100 * min(one.number for one in found) / max(one.number for one in found), 1)
    return [derived(clause.asked, "share", _cited(found), number=share, unit="per cent")]


def _compared(
    clause: Clause, cells: PrintedNumbers, unit: str, subjects: list[str], plain: set[str]
) -> list[AnswerPart] | None:
    pair = [cells.cell(one, unit) for one in subjects]
    if pair[0] is None or pair[1] is None:
        return None
    first, second = pair[0].number, pair[1].number
    if plain & {"more", "larger", "greater", "bigger", "higher", "exceed"}:
        holds = first > second
    elif plain & {"fewer", "less", "smaller", "lower"}:
        holds = first < second
    elif plain & {"same", "equal", "many"}:
        holds = first == second
    else:
        return None
    numbers = [
        AnswerPart(
            cells.facts.name(one.subject),
            Value("count", number=one.number, unit=_unit(unit), cited=(one.fact.id,)),
        )
        for one in pair
        if one
    ]
    cited = tuple(one.fact.id for one in pair if one)
    return [
        AnswerPart(clause.asked, Value(WHETHER, how="derived", cited=cited), yes_no=YES if holds else NO),
        *numbers,
    ]


def _checked(
    clause: Clause, cells: PrintedNumbers, units: list[str], plain: set[str]
) -> list[AnswerPart] | None:
    """Whether the rows sum to the total: of what is named, or else of every column of the table that has one."""
    asked = units or [
        unit for unit in cells.groups if cells.total(unit) and kind_of(cells.rows(unit)[0].subject)
    ]
    found = []
    for unit in asked:
        rows = cells.rows(unit)
        total = cells.total(unit)
        if total is None:
            printed = [one for one in cells.all if one.unit == unit and one not in rows]
            if not printed:
                return None
            return [AnswerPart(clause.asked, Value(WHETHER, how="derived", cited=_cited(rows)), yes_no=NO)]
        found.append(
            derived(_unit(unit), "count", _cited([*rows, total]), number=total.number, unit=_unit(unit))
        )
    if not found:
        return None
    cited = tuple(one for part in found for one in part.cited)
    return [AnswerPart(clause.asked, Value(WHETHER, how="derived", cited=cited), yes_no=YES), *found]
