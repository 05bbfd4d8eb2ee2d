"""A register of the national one's size and shape, put together by chance from a seed, with its oddities.

Not the register: made-up codes and days. Its sizes are those of the edition of August 2026; at another scale all of
them grow alike, so that a body has as many relations as ever and only their whole number changes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

EVER = 2**31 - 1
"""The day that stands for an open end."""

BODIES, AREAS, POSTCODES, SUCCESSIONS, ROLES = 370_917, 33_755, 2_700_000, 24_373, 209
"""Organisations and sites; small areas; postcodes; successions; kinds of role."""

RELATIONS = {
    "RE2": 237,
    "RE3": 6_849,
    "RE4": 161_670,
    "RE5": 333_979,
    "RE6": 253_800,
    "RE8": 8_346,
    "RE9": 1_698,
    "RE10": 913,
    "RE11": 2_035,
    "has_role": 529_348,
}
"""How many rows the register has of each relation, its roles among them."""

COVERS = "covers"
VERBS = (*RELATIONS, COVERS)
UPWARD = ("RE6", "RE4", "RE5")
"""What a chain climbs, the first that there is: is operated by, is commissioned by, lies in the geography of."""

HUBS = {"RE2": 100, "RE3": 500, "RE4": 400, "RE5": 600, "RE6": 30_000, "RE8": 200, "RE9": 500, "RE10": 500}
"""How many bodies such relations lead to; few of them have most."""

COMMISSIONERS = {
    "pct": ("primary_care_trust", 152, "2006-10-01", "2013-04-01"),
    "ccg": ("clinical_commissioning_group", 211, "2013-04-01", "2022-07-01"),
    "icb": ("integrated_care_board", 42, "2022-07-01", ""),
    "sha": ("strategic_health_authority", 10, "2006-07-01", "2013-04-01"),
    "at": ("area_team", 27, "2013-04-01", "2015-04-01"),
    "region": ("nhs_region", 7, "2015-04-01", ""),
}
"""Who covered the areas: kind, how many, from when until when."""

RESPONSIBLE = ("pct", "ccg", "icb")
"""Those of them that commission; the others oversee."""

REGISTERED = "gp_practice"
"""The kind under which a body of the register stands here."""

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters of the second half of a postcode."""

EACH = 920
"""So many postcodes has an outcode."""


@dataclass
class Register:
    """The whole register as columns; a node's number is its place among the ids, which stand in order.

    Days are numbers of days, half-open: a row holds from `begins` until the day before `ends`.
    """

    ids: list[str]
    kinds: list[str]
    born: NDArray[np.int32]
    died: NDArray[np.int32]
    subject: NDArray[np.int32]
    verb: NDArray[np.int32]
    object: NDArray[np.int32]
    begins: NDArray[np.int32]
    ends: NDArray[np.int32]
    predecessor: NDArray[np.int32]
    successor: NDArray[np.int32]
    changed: NDArray[np.int32]
    postcodes: list[str]
    postcode_area: NDArray[np.int32]

    def save(self, folder: Path) -> None:
        """Writes every column into a folder, for processes that load it."""
        folder.mkdir(parents=True, exist_ok=True)
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, list):
                (folder / f"{one.name}.json").write_text(json.dumps(value), encoding="utf-8")
            else:
                np.save(folder / f"{one.name}.npy", value)

    @classmethod
    def load(cls, folder: Path) -> Register:
        """What `save` wrote."""
        read: dict[str, Any] = {}
        for one in fields(cls):
            path = folder / f"{one.name}.json"
            read[one.name] = (
                json.loads(path.read_text(encoding="utf-8"))
                if path.exists()
                else np.load(folder / f"{one.name}.npy")
            )
        return cls(**read)


def day(iso: str) -> int:
    """A day as a number of days; blank is for ever.

    >>> day("2013-04-01") - day("2013-03-31"), day("") == EVER
    (1, True)
    """
    return date.fromisoformat(iso).toordinal() if iso else EVER


FIRST, LAST = day("1974-04-01"), day("2026-11-01")


def make(scale: float = 1.0, seed: int = 1) -> Register:
    """A register of so many times the national size. The same scale and seed give the same register.

    >>> one, same = make(0.001), make(0.001)
    >>> len(one.ids), (one.ends == same.ends).all(), one.ids == sorted(one.ids)
    (620, np.True_, True)
    """
    chance = np.random.default_rng(seed)
    ids, kinds, of = _nodes(scale)
    count = len(ids)
    born, died = np.zeros(count, np.int32), np.full(count, EVER, np.int32)
    bodies = of["practice"]
    born[bodies] = chance.integers(FIRST, LAST - 400, len(bodies))
    closed = chance.random(len(bodies)) < 153_858 / BODIES
    lives = born[bodies] + chance.integers(1, 9_000, len(bodies))
    died[bodies] = np.where(closed, np.minimum(lives, LAST + 700), EVER)
    for prefix, (_, _, since, until) in COMMISSIONERS.items():
        born[of[prefix]], died[of[prefix]] = day(since), day(until)
    parts = [_related(chance, name, scale, of, born, died) for name in RELATIONS]
    parts += [_covered(prefix, of) for prefix in COMMISSIONERS]
    rows = np.concatenate(parts, axis=1)
    rows = _with_oddities(chance, rows)
    subject, verb, target, begins, ends = np.ascontiguousarray(rows[:, chance.permutation(rows.shape[1])])
    before, after, changed = _successions(chance, scale, of)
    postcodes, area_of = _postcodes(scale, of["area"])
    return Register(
        *(ids, kinds, born, died, subject, verb, target, begins, ends, before, after, changed),
        *(postcodes, area_of),
    )


def _nodes(scale: float) -> tuple[list[str], list[str], dict[str, NDArray[np.int32]]]:
    """Ids in order, the kind of each, and the numbers of those with each prefix."""
    sizes = {"area": ("area", AREAS), "practice": (REGISTERED, BODIES)}
    sizes |= {prefix: (kind, count) for prefix, (kind, count, _, _) in COMMISSIONERS.items()}
    ids: list[str] = []
    kinds: list[str] = []
    of = {}
    for prefix in sorted([*sizes, "role"]):
        kind, whole = sizes.get(prefix, ("role", ROLES))
        count = whole if prefix == "role" else max(1, round(whole * scale))
        form = "area:E01{:06}" if prefix == "area" else prefix + ":{:07}"
        of[prefix] = np.arange(len(ids), len(ids) + count, dtype=np.int32)
        ids += [form.format(number) for number in range(count)]
        kinds += [kind] * count
    return ids, kinds, of


def _related(
    chance: np.random.Generator,
    name: str,
    scale: float,
    of: dict[str, NDArray[np.int32]],
    born: NDArray[np.int32],
    died: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Rows of one relation: subjects by chance, objects among its hubs, within the life of the subject."""
    bodies = of["practice"]
    count = max(2, round(RELATIONS[name] * scale))
    subject = chance.choice(bodies, count)
    if name == "has_role":
        hubs, steep = of["role"], 1.1
    elif name == "RE4":
        hubs, steep = np.concatenate([of[prefix] for prefix in RESPONSIBLE]), 0.4
    else:
        hubs, steep = chance.choice(bodies, max(2, round(HUBS.get(name, 1_300) * scale))), 0.6
    weight = 1 / np.arange(1, len(hubs) + 1) ** steep
    target = hubs[chance.choice(len(hubs), count, p=weight / weight.sum())]
    since = born[subject] + chance.integers(0, 2_000, count) * (chance.random(count) < 0.5)
    until = since + chance.integers(1, 4_000, count)
    lasts = chance.random(count) < 0.6
    ends = np.where(lasts, died[subject], np.minimum(until, died[subject]))
    return _rows(subject, VERBS.index(name), target, since, np.maximum(ends, since))


def _covered(prefix: str, of: dict[str, NDArray[np.int32]]) -> NDArray[np.int32]:
    """Each area covered by one body of a kind; neighbours by the same."""
    _, _, since, until = COMMISSIONERS[prefix]
    areas, bodies = of["area"], of[prefix]
    subject = bodies[np.arange(len(areas)) * len(bodies) // len(areas)]
    shape = len(areas)
    return _rows(subject, VERBS.index(COVERS), areas, np.full(shape, day(since)), np.full(shape, day(until)))


def _rows(subject: Any, verb: int, target: Any, begins: Any, ends: Any) -> NDArray[np.int32]:
    return np.array([subject, np.full(len(subject), verb), target, begins, ends], dtype=np.int32)


def _with_oddities(chance: np.random.Generator, rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """The same with what a real register has: rows that end and restart on one day, overlaps, no length, cycles.

    Of one relation in thirty the row is cut in two on a day between; one in a hundred is told again, overlapping;
    one in two hundred has no day at all; one in ten thousand leads back.
    """
    count = rows.shape[1]
    register = rows[1] != VERBS.index(COVERS)
    end = np.minimum(rows[4], LAST)
    long = np.flatnonzero(register & (end - rows[3] > 2))
    middle = rows[3] + np.maximum((end - rows[3]) // 2, 1)
    cut = chance.choice(long, max(1, count // 30), replace=False)
    rest = rows[:, cut].copy()
    rest[3] = middle[cut]
    again = chance.choice(long, max(1, count // 100), replace=False)
    told = rows[:, again].copy()
    told[3], told[4] = middle[again], np.maximum(told[4], middle[again])
    empty = rows[:, chance.choice(np.flatnonzero(register), max(1, count // 200))].copy()
    empty[4] = empty[3]
    back = rows[:, chance.choice(long, max(1, count // 10_000))].copy()
    back[[0, 2]] = back[[2, 0]]
    rows[4, cut] = middle[cut]
    return np.concatenate([rows, rest, told, empty, back], axis=1)


def _successions(chance: np.random.Generator, scale: float, of: dict[str, NDArray[np.int32]]) -> list[Any]:
    """Predecessors, successors and days: of bodies one by one, of commissioners by reforms; some lead in circles."""
    bodies = of["practice"]
    count = max(4, round(SUCCESSIONS * scale))
    place = chance.integers(0, len(bodies) - 60, count)
    before, after = bodies[place], bodies[place + chance.integers(1, 50, count)]
    when = chance.integers(day("2000-01-01"), LAST, count)
    circle = np.arange(max(1, count // 200))
    for first, second, on in (("pct", "ccg", "2013-04-01"), ("ccg", "icb", "2022-07-01")):
        many = np.maximum(len(of[first]), len(of[second]))
        before = np.concatenate([before, of[first][np.arange(many) * len(of[first]) // many]])
        after = np.concatenate([after, of[second][np.arange(many) * len(of[second]) // many]])
        when = np.concatenate([when, np.full(many, day(on))])
    pairs = np.concatenate(
        [np.array([before, after, when]), np.array([after, before, when + 900])[:, circle]], 1
    )
    return list(pairs.astype(np.int32))


def _postcodes(scale: float, areas: NDArray[np.int32]) -> tuple[list[str], NDArray[np.int32]]:
    """Postcodes without their space, in no order, and the area of each."""
    outcodes = max(2, round(POSTCODES * scale / EACH))
    letters = [a + b for a in LETTERS for b in LETTERS]
    first = [f"{letters[n % len(letters)]}{1 + n // len(letters)}" for n in range(outcodes)]
    second = [f"{n}{a}{b}" for n in range(10) for a in LETTERS for b in LETTERS][:: 4000 // EACH][:EACH]
    total = len(first) * EACH
    return [one + half for one in first for half in second], areas[np.arange(total) * len(areas) // total]
