"""Area or practices that passed between two commissioners that both went on.

Area is found by comparing the look-ups of neighbourhoods (ONS), practices in the registers (ODS). Where both passed on
one day the practices weigh the change, and its note tells how many people lived there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.integrated_care.partnerships import BOARDS_BEGAN, partnership_of_area
from orgmap.loaders.compile.places.bodies import first_days_of_codes
from orgmap.loaders.compile.places.layers import LAYERS, bodies_of, read_lsoas
from orgmap.loaders.compile.places.parts import read_population
from orgmap.loaders.compile.practices.register import GP_PRACTICE, read_records
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.compiled import Compiled

LEAST_PRACTICES = 5
"""Fewer practices that change hands on one day, with no neighbourhood, have moved each for itself."""

ONS_LOOKUPS = "ons-lsoa11-memberships"
"""The source to cite for areas that passed."""


class Moved(NamedTuple):
    """People (mid-2020) who live in neighbourhoods that passed from one body to another by a day.

    `of` is how many lived in all of the body that they left; a day that no new code tells is the look-up's.
    """

    day: str
    precision: str
    predecessor: str
    successor: str
    people: int
    of: int


Practices = Counter[tuple[str, str, str]]
"""How many GP practices passed on a day from one body to another: (day, old id, new id)."""


@cache
def moved_areas(published: Path) -> tuple[Moved, ...]:
    """Neighbourhoods that changed their group or location between two look-ups, whoever ended."""
    lsoas = read_lsoas(published)
    people = read_population(published, lsoas)
    first_days = first_days_of_codes(published)
    moved: Counter[tuple[str, str, str, str, str]] = Counter()
    lived: Counter[tuple[str, str]] = Counter()
    for layer in (layer for layer in LAYERS if layer.prefix in ("ccg", "sicbl")):
        for lsoa in lsoas:
            bodies, many = bodies_of(lsoa, layer), int(people[lsoa.code])
            for old, new in pairwise(layer.vintages):
                predecessor, successor = bodies[old.column], bodies[new.column]
                lived[predecessor, old.column] += many
                if predecessor and successor and predecessor != successor:
                    day = first_days.get(lsoa.row[new.column], "")
                    dated = (day, "") if old.day < day <= new.day else (new.day, "approx")
                    moved[(*dated, predecessor, successor, old.column)] += many
    return tuple(
        Moved(day, precision, predecessor, successor, many, lived[predecessor, column])
        for (day, precision, predecessor, successor, column), many in sorted(moved.items())
    )


@cache
def moved_systems(published: Path) -> tuple[Moved, ...]:
    """Neighbourhoods whose board of July 2022 is not the one that took the place of their partnership."""
    lsoas = read_lsoas(published)
    people = read_population(published, lsoas)
    of_area = partnership_of_area(published)
    moved: Counter[tuple[str, str]] = Counter()
    lived: Counter[str] = Counter()
    for lsoa in lsoas:
        partnership, board = of_area[lsoa.row["STP21CD"]], of_area[lsoa.row["ICB22CD"]]
        lived[partnership] += int(people[lsoa.code])
        if partnership != board:
            moved[partnership, board] += int(people[lsoa.code])
    return tuple(
        Moved(BOARDS_BEGAN, "", f"stp:{partnership}", f"icb:{board}", many, lived[partnership])
        for (partnership, board), many in sorted(moved.items())
    )


def moved_since_2022(published: Path) -> Practices:
    """GP practices that joined another sub-ICB location, by the day that the register gives."""
    found: Practices = Counter()
    for record in read_records(published).values():
        for (_, before), (_, now) in pairwise(record):
            moved = before.commissioner and now.commissioner and before.commissioner != now.commissioner
            if moved and now.setting == GP_PRACTICE and now.joined > BOARDS_BEGAN:
                found[now.joined, f"sicbl:{before.commissioner}", f"sicbl:{now.commissioner}"] += 1
    return found


def add_boundary_changes(
    dataset: Compiled,
    source: str,
    register: str,
    moves: Iterable[Moved],
    lives: dict[str, Period],
    practices: Practices,
    practices_of: Callable[[str, str], int] | None = None,
) -> None:
    """Adds one event for each pair of bodies that both went on, though area or practices passed between them.

    `source` is cited for areas, `register` for practices alone; `practices_of` counts those of a body on the eve
    of a day, if that is known. Bodies that are not in `lives` are left to others.
    """

    def went_on(body: str, day: str) -> bool:
        life = lives.get(body, Period(day, day))
        return (life.valid_from or "") < day and (life.valid_until is None or day < life.valid_until)

    areas = {(move.day, move.predecessor, move.successor): move for move in moves}
    alone = {key for key, many in practices.items() if many >= LEAST_PRACTICES}
    for key in sorted(areas.keys() | alone):
        day, predecessor, successor = key
        if not (went_on(predecessor, day) and went_on(successor, day)):
            continue
        move, passed = areas.get(key), practices[key]
        if move and passed < LEAST_PRACTICES:
            pair = Handover(predecessor, successor, move.people / move.of, move.people)
        else:
            all_of_it = practices_of(predecessor, day) if practices_of else 0
            pair = Handover(predecessor, successor, passed / all_of_it if all_of_it else None, passed)
        add_boundary_change(dataset, day, pair, move, source if move else register, passed)


def add_boundary_change(
    dataset: Compiled, day: str, pair: Handover, move: Moved | None, source: str, practices: int = 0
) -> None:
    """Adds one boundary change; its note tells the practices and the people of the neighbourhoods that passed."""
    by_people = move is not None and pair.number == move.people
    said = []
    if practices:
        said.append(f"{practices} GP practice{'' if practices == 1 else 's'}")
    if move:
        share = f"{move.people / move.of:.1%} of all"
        said.append(f"neighbourhoods with {move.people:,} people (mid-2020, {share})")
    note = f"{' and '.join(said)} passed{'' if move else '; no neighbourhood did'}"
    add_changes(
        dataset,
        day,
        [pair],
        source,
        counts="people" if by_people else "practices",
        kind="boundary_change",
        name=pair.predecessor.replace(":", "-"),
        precision=move.precision if move else "",
        note=f"{note[0].upper()}{note[1:]}.",
    )
