"""What the register of practice memberships tells of the commissioners themselves: their lives and flows.

Only GP practices proper are counted: hospices, prisons and clinics stand in the register, too, and are listed
under whom they please.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.practices.practice_register import GP_PRACTICE, last_setting, read_records
from orgmap.loaders.published import compact_day, read_headless


class Life(NamedTuple):
    """From a first day until the day after the last one; a blank end is open."""

    valid_from: str
    valid_until: str


class Memberships(NamedTuple):
    """What the register of memberships says of commissioners.

    `lives`: code → life. `flows`: (day, old code, new code) → GP practices proper that left the old one on the
    eve and joined the new one on the day. `unsure` are as many more, of which no register tells whether they
    were practices. `spells`: code → how many practices proper belonged to it from one day until another.
    """

    lives: dict[str, Life]
    flows: Counter[tuple[str, str, str]]
    unsure: Counter[tuple[str, str, str]]
    spells: dict[str, Counter[Life]]

    def ended_on(self, code: str, day: str) -> bool:
        """Whether the body's last day was the eve of `day`."""
        return self.lives[code].valid_until == day

    def practices_on_the_eve(self, code: str, day: str) -> int:
        """How many practices it had on the day before `day`."""
        return sum(
            practices
            for spell, practices in self.spells.get(code, Counter[Life]()).items()
            if spell.valid_from < day and (not spell.valid_until or spell.valid_until >= day)
        )

    def passed_on(self, code: str, day: str) -> int:
        """How many of its practices joined another body on `day`; those that closed do not count."""
        return sum(
            practices for (date, old, _), practices in self.flows.items() if date == day and old == code
        )


def read_memberships(published: Path) -> Memberships:
    """Reads ODS epcmem: every practice's memberships of a commissioner since 1999."""
    path = published / "data" / "ods" / "epcmem_2019-08.csv.gz"
    of_practice: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for line, (practice, code, kind, joined, left, _) in read_headless(path, 6):
        if kind != "W" or not joined:
            raise DataBroken(f"{path}:{line}: not a membership (kind “{kind}”, joined “{joined}”).")
        end = day_after(compact_day(left)) if left else ""
        of_practice[practice].append((compact_day(joined), end, code))
    settings = {code: last_setting(record) for code, record in read_records(published).items()}
    everyone = _spells(of_practice)
    lives = {code: _whole_life(list(seen)) for code, seen in everyone.items()}
    proper = {code: rows for code, rows in of_practice.items() if settings.get(code) == GP_PRACTICE}
    unsure = {code: rows for code, rows in of_practice.items() if not settings.get(code)}
    return Memberships(lives, _flows(proper), _flows(unsure), _spells(proper))


def _spells(of_practice: dict[str, list[tuple[str, str, str]]]) -> dict[str, Counter[Life]]:
    spells: dict[str, Counter[Life]] = defaultdict(Counter)
    for memberships in of_practice.values():
        for start, end, code in memberships:
            spells[code][Life(start, end)] += 1
    return dict(spells)


def _whole_life(spells: list[Life]) -> Life:
    ends = [spell.valid_until for spell in spells]
    return Life(min(spell.valid_from for spell in spells), max(ends) if all(ends) else "")


def _flows(of_practice: dict[str, list[tuple[str, str, str]]]) -> Counter[tuple[str, str, str]]:
    flows: Counter[tuple[str, str, str]] = Counter()
    for spans in of_practice.values():
        ordered = sorted(spans)
        for (_, end, old), (start, _, new) in pairwise(ordered):
            if end == start and old != new:
                flows[start, old, new] += 1
    return flows
