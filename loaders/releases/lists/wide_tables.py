"""Tables of registered patients as they were until 2017: a row for each practice, a column for each sex and age."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

SEX, AGE, PEOPLE = "sex", "age", "people"
ALL = "all"

_TOTAL = re.compile(r"total_(all|male|female)s?|(all|male|female)_patients")
_PART = re.compile(r"(male|female)_([0-9]{1,3})(?:([-_])([0-9]{1,3})|(\+))?")


class WideColumn(NamedTuple):
    """One column that counts people: where it stands, of which sex and age they are."""

    place: int
    sex: str
    age: str


def wide_columns(titles: Sequence[str]) -> list[WideColumn]:
    """The columns of a header that count people.

    Where one age ends with the number with which the next begins, it ends before it: `male_0_1` are those under one.

    >>> [column.age for column in wide_columns(["CODE", "TOTAL_ALL", "MALE_0_1", "MALE_1_2", "MALE_95+"])]
    ['all', '0', '1', '95+']
    >>> [column.age for column in wide_columns(["MALE_0-4", "MALE_5-9"])]
    ['0-4', '5-9']
    """
    found, parts = [], []
    for place, title in enumerate(titles):
        name = title.strip().lower().replace(" ", "_")
        if total := _TOTAL.fullmatch(name):
            found.append(WideColumn(place, total[1] or total[2], ALL))
        elif part := _PART.fullmatch(name):
            parts.append((place, part))
    begins = {(part[1], part[2]) for _, part in parts}
    before = any(part[4] and part[2] != part[4] and (part[1], part[4]) in begins for _, part in parts)
    return [*found, *(WideColumn(place, part[1], _age(part, before)) for place, part in parts)]


def _age(part: re.Match[str], before: bool) -> str:
    """An age as the tables of today write it; `before`: it ends before the number at its end."""
    first = int(part[2])
    if part[5]:
        return f"{first}+"
    last = int(part[4]) - before if part[4] else first
    return f"{first}" if last <= first else f"{first}-{last}"


def counts_of(columns: Iterable[WideColumn], row: Sequence[str]) -> Iterator[dict[str, str]]:
    """What a row counts, each as a row of its own."""
    for column in columns:
        yield {SEX: column.sex, AGE: column.age, PEOPLE: row[column.place]}


def odd_sums(counts: Iterable[dict[str, str]]) -> str:
    """What of the counts of one practice do not add up; blank if all do.

    >>> odd_sums([{"sex": "male", "age": "all", "people": "5"}, {"sex": "male", "age": "0-4", "people": "6"}])
    'its ages of males add up to 6, and not to 5'
    """
    whole: dict[str, int] = {}
    parts: dict[str, int] = defaultdict(int)
    for one in counts:
        people = int(one[PEOPLE].removesuffix(".0").replace(",", ""))
        if one[AGE] == ALL:
            whole[one[SEX]] = people
        else:
            parts[one[SEX]] += people
    for sex, people in parts.items():
        if people != whole.setdefault(sex, people):
            return f"its ages of {sex}s add up to {people:,}, and not to {whole[sex]:,}"
    both = [people for sex, people in whole.items() if sex != ALL]
    if ALL in whole and len(both) > 1 and sum(both) != whole[ALL]:
        return f"its sexes add up to {sum(both):,}, and not to {whole[ALL]:,}"
    return ""
