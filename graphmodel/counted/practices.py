"""What tables count of practices: how many people are on their lists, and what they prescribed in a month.

Money is counted in parts of a penny, as whole numbers: sums are exact, whatever their order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MONTH = 7
"""So many letters of a day name its month."""

PARTS = 100_000
"""So many parts of a pound are counted: the published actual cost has up to five decimals."""

DECIMALS = 5
"""So many decimals have pounds that are told exactly."""


class ListSize(NamedTuple):
    """How many people were on the list of a practice on a day, as one published table has it; blank `sex`: everyone.

    `ages` has how many were of each age, as far as the table tells it.

    >>> ListSize("practice:G82001 2019-04-01", "practice:G82001", "2019-04-01", people=8000.0).sex
    ''
    """

    id: str
    entity: str
    seen_on: str | None
    sex: str = ""
    people: float | None = None
    ages: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Prescribed(NamedTuple):
    """What one practice prescribed in the month that ended on `seen_on`, as one published table has it.

    `chapters` has it chapter by chapter of the British National Formulary; `entity` is blank for a code that no table
    has, and for prescribers whom nobody has identified.

    >>> Prescribed("practice:G82001 2019-04", "G82001", "practice:G82001", "2019-04-30", items=312.0).unidentified
    ''
    """

    id: str
    code: str
    entity: str
    seen_on: str | None
    unidentified: str = ""
    items: float | None = None
    ingredient_cost: float | None = None
    actual_cost: float | None = None
    chapters: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Amounts(NamedTuple):
    """How many items were prescribed, and what they cost, in parts of a pound.

    >>> Amounts(2, 150_000, 140_000).plus(Amounts(1, 50_001, 0)).json()
    {'items': 3, 'ingredient_cost': 2.00001, 'actual_cost': 1.4}
    """

    items: int = 0
    ingredient_cost: int = 0
    actual_cost: int = 0

    def plus(self, other: Amounts) -> Amounts:
        """Both together."""
        return Amounts(*(mine + yours for mine, yours in zip(self, other, strict=True)))

    def json(self) -> dict[str, float]:
        """As answers tell it, in pounds."""
        return {
            "items": self.items,
            "ingredient_cost": round(self.ingredient_cost / PARTS, DECIMALS),
            "actual_cost": round(self.actual_cost / PARTS, DECIMALS),
        }


def sum_of(amounts: Iterable[Amounts]) -> Amounts:
    """All together.

    >>> sum_of([Amounts(1, 2, 3), Amounts(1, 1, 1)])
    Amounts(items=2, ingredient_cost=3, actual_cost=4)
    """
    return Amounts(*map(sum, zip(*amounts, strict=True))) if (amounts := list(amounts)) else Amounts()


def pounds_text(parts: int) -> str:
    """Parts of a pound as pounds, with two decimals or as many as it takes.

    >>> pounds_text(123_450_000), pounds_text(209_144), pounds_text(-5)
    ('1234.50', '2.09144', '-0.00005')
    """
    whole, rest = divmod(abs(parts), PARTS)
    decimals = f"{rest:0{DECIMALS}}"
    return f"{'-' if parts < 0 else ''}{whole}.{decimals[:2]}{decimals[2:].rstrip('0')}"


def parts_of_pounds(pounds: str | float) -> int:
    """Pounds as parts of a pound; what is finer than a part is rounded.

    >>> parts_of_pounds("2.09144"), parts_of_pounds(1234.5)
    (209144, 123450000)
    """
    return round(float(pounds) * PARTS)


def chapters_text(chapters: dict[str, Amounts]) -> str:
    """Amounts by chapter as one text, in the order of the chapters.

    >>> chapters_text({"04": Amounts(3, 150_000, 139_999), "02": Amounts(1, 50_000, 0)})
    '02:1:0.50:0.00 04:3:1.50:1.39999'
    """
    return " ".join(
        f"{chapter}:{items}:{pounds_text(ingredients)}:{pounds_text(actual)}"
        for chapter, (items, ingredients, actual) in sorted(chapters.items())
    )


def chapters_of(text: str) -> dict[str, Amounts]:
    """What `chapters_text` wrote.

    >>> chapters_of("02:1:0.50:0.00")
    {'02': Amounts(items=1, ingredient_cost=50000, actual_cost=0)}
    """
    found = {}
    for each in text.split():
        chapter, items, ingredients, actual = each.split(":")
        found[chapter] = Amounts(int(items), parts_of_pounds(ingredients), parts_of_pounds(actual))
    return found
