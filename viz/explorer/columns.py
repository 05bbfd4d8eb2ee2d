"""Putting facts into columns of numbers: days as whole days since 1970, bodies by their number, citations once each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from orgmap.graphmodel.model import Source
from orgmap.queries.answers import each_cited

T = TypeVar("T", bound=Hashable)

EPOCH = date(1970, 1, 1).toordinal()

Json = dict[str, Any]


def day_number(day: str | None) -> int | None:
    """A day as the number of days since 1970-01-01; None for what is open or not known.

    >>> day_number("1970-01-02"), day_number("1948-07-05"), day_number(None)
    (1, -7850, None)
    """
    return date.fromisoformat(day).toordinal() - EPOCH if day else None


def day_text(number: int) -> str:
    """The day of a number.

    >>> day_text(day_number("2013-04-01"))
    '2013-04-01'
    """
    return date.fromordinal(number + EPOCH).isoformat()


class Once(Generic[T]):
    """Values that are kept once, each with its number.

    >>> once = Once()
    >>> [once.number(word) for word in ("a", "b", "a")], once.values
    ([0, 1, 0], ['a', 'b'])
    """

    def __init__(self, values: Iterable[T] = ()) -> None:
        self.values: list[T] = []
        self._numbers: dict[T, int] = {}
        for value in values:
            self.number(value)

    def __contains__(self, value: T) -> bool:
        return value in self._numbers

    def number(self, value: T) -> int:
        """The number of a value, a new one if it was not met before."""
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]


class Citations:
    """Which sources facts cite, at which line: each list of them once."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self._sources, self._numbers = sources, {one: number for number, one in enumerate(sources)}
        self._lists = Once[tuple[tuple[int, str], ...]]([()])

    def number(self, cited: Iterable[tuple[str, str]], with_locators: bool = True) -> int:
        """The number of a list of (source, locator); several sources may stand in one cell."""
        found = dict.fromkeys(each_cited(cited))
        return self._lists.number(
            tuple(
                dict.fromkeys(
                    (self._numbers[source], locator if with_locators else "")
                    for source, locator in found
                    if source in self._numbers
                )
            )
        )

    def to_json(self) -> list[Any]:
        """All the lists, by number."""
        return self._lists.values

    def sources_json(self) -> Json:
        """The sources, in columns."""
        found = list(self._sources.values())
        return {
            "id": [one.id for one in found],
            "title": [one.title for one in found],
            "publisher": [one.publisher for one in found],
            "url": [one.url for one in found],
            "licence": [one.licence for one in found],
            "asOf": [day_number(one.as_of) for one in found],
        }


def sparse(values: Iterable[Any], usual: Any = "") -> Json:
    """Those of a column's values that are not the usual one, with their places, each as the step from the one before.

    >>> sparse(["", "month", "", "year"])
    {'k': [1, 2], 'v': ['month', 'year']}
    """
    found = [(number, value) for number, value in enumerate(values) if value != usual]
    return {"k": steps([number for number, _ in found]), "v": [value for _, value in found]}


def rising(values: Sequence[int]) -> Json:
    """A column of numbers that mostly rise a little, each as the step from the one before: it packs to a fraction.

    >>> rising([5, 6, 6, 9])
    {'d': [5, 1, 0, 3]}
    """
    return {"d": steps(values)}


def steps(values: Sequence[int]) -> list[int]:
    """Each number as the step from the one before, the first from nought.

    >>> steps([5, 6, 9])
    [5, 1, 3]
    """
    return [value - before for before, value in zip([0, *values[:-1]], values, strict=True)] if values else []
