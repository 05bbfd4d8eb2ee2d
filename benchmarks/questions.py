"""The questions that all are asked: what each asks, which cases are drawn, and how answers are compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from benchmarks.register import RESPONSIBLE, UPWARD, VERBS, Register, day

MANY, FEW = 1_000, 40
"""So many different cases a question has; whoever takes long for one is asked the first few of them."""

BATCH = 100_000
"""So many postcodes, each with its own day, are looked up at once in a register of the national size."""

HUB = 1_000
"""The relations of a body that counts as a hub: those nearest to so many are asked, at every scale."""


class Question(NamedTuple):
    """A question: its number in the table, what it asks, whether its answer is a set, whose order says nothing."""

    number: str
    asks: str
    unordered: bool = True


QUESTIONS = {
    "leaf": Question("Q1", "whom a body has a relation of one kind to on a day"),
    "hub": Question("Q1", "which bodies have a relation of one kind to a hub on a day"),
    "chain": Question("Q2", "the chain upward from a body on a day, step by step", unordered=False),
    "who": Question("Q3", "who commissions for a small area on a day"),
    "lineage": Question("Q4", "all that became of a body, each change no earlier than the one before"),
    "diff": Question("Q5", "all rows of bodies and relations that hold on one of two days alone, as columns"),
    "postcode": Question("Q6", "who commissions for a postcode on a day"),
    "batch": Question("Q7", "the same for 100,000 postcodes, each with its own day", unordered=False),
    "day": Question("Q8", "all bodies of a day and the relations between them, as a NetworkX graph"),
    "days": Question("Q9", "the same on each of 28 days, as columns"),
}
"""All questions, by the name that a peer answers them under. A relation that stands in several rows counts once among
neighbours, and in Q5, Q8 and Q9 as often as it stands."""

PAIRS = (("2013-03-31", "2013-04-01"), ("2022-06-30", "2022-07-01"), ("2015-04-01", "2016-04-01"))
"""The days between which all is compared: two reforms, and an ordinary year."""

SNAPSHOT = "2014-06-01"
DAYS = [f"{year}-{month:02}-01" for year in range(2010, 2024) for month in (4, 10)]
"""The days of Q8 and Q9."""

Case = tuple[Any, ...]


def draw(register: Register, seed: int = 2) -> dict[str, list[Case]]:
    """The cases of every question, days as numbers of days. The same register gives the same ones."""
    chance = np.random.default_rng(seed)
    ids = register.ids
    some = [chance.integers(day("2007-01-01"), day("2026-01-01"), MANY).tolist() for _ in range(6)]
    kinds = [VERBS.index(verb) for verb in UPWARD]
    rows = chance.choice(np.flatnonzero(np.isin(register.verb, kinds)), (2, MANY))
    subjects = [[ids[node] for node in register.subject[chosen]] for chosen in rows]
    verbs = [VERBS[number] for number in register.verb[rows[0]]]
    areas = [ids[node] for node in chance.choice(np.unique(register.postcode_area), MANY)]
    gone = [ids[node] for node in chance.choice(register.predecessor, MANY)]
    postcodes = [register.postcodes[place] for place in chance.integers(0, len(register.postcodes), MANY)]
    batch = max(MANY, round(BATCH * len(register.postcodes) / 2_700_200))
    looked_up = [register.postcodes[place] for place in chance.integers(0, len(register.postcodes), batch)]
    own = chance.integers(day("2007-01-01"), day("2026-01-01"), batch).tolist()
    return {
        "leaf": list(zip(subjects[0], verbs, some[0], strict=True)),
        "hub": list(zip(_hubs(register), ["RE4"] * FEW, some[1], strict=False)),
        "chain": list(zip(subjects[1], some[2], strict=True)),
        "who": list(zip(areas, some[3], strict=True)),
        "lineage": [(one,) for one in gone],
        "diff": [(day(before), day(after)) for before, after in PAIRS],
        "postcode": list(zip(postcodes, some[4], strict=True)),
        "batch": [(looked_up, own)],
        "day": [(day(SNAPSHOT),)],
        "days": [([day(one) for one in DAYS],)],
    }


def _hubs(register: Register) -> list[str]:
    count = np.bincount(register.object[register.verb == VERBS.index("RE4")], minlength=len(register.ids))
    nearest = np.argsort(np.abs(count - HUB), kind="stable")[: FEW // 2]
    return [register.ids[node] for node in nearest] * 2


def commissions(identity: str) -> bool:
    """Whether a body is one of those that commission for the areas that they cover.

    >>> commissions("ccg:0000001"), commissions("sha:0000001")
    (True, False)
    """
    return identity.partition(":")[0] in RESPONSIBLE


def mark(question: str, answers: list[Any]) -> str:
    """A short hash of answers, equal for equal answers whoever gave them.

    >>> [mark(one, [["b", "a"]]) == mark(one, [("a", "b", "a")]) for one in ("leaf", "chain")]
    [True, False]
    """
    if question in ("leaf", "hub", "who", "lineage", "postcode"):
        answers = [sorted(set(answer)) for answer in answers]
    text = json.dumps(answers, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else list(value)


def of_columns(columns: Any) -> list[Any]:
    """Tables of columns of node numbers as they are compared: the rows of each sorted, and hashed."""
    return [_sorted_rows(table) for table in columns]


def _sorted_rows(table: Any) -> str:
    columns = [np.asarray(column, dtype=np.int64) for column in table]
    order = np.lexsort(columns[::-1])
    digest = hashlib.sha256()
    for column in columns:
        digest.update(np.ascontiguousarray(column[order]).tobytes())
    return f"{len(order)} {digest.hexdigest()}"


Answer = Callable[..., Any]
