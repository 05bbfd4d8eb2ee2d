"""Reorganisations of councils since 2009: which councils became which, with the shares of their residents."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.register import Council, ids_by_code, read_code_changes
from orgmap.loaders.compile.shared.change_events import Handover
from orgmap.loaders.published import read_table

COUNTED = "residents mid-2020"
"""What the weights of successions count."""

OLDEST_MEMBERSHIP = 2011
"""The first year for which it is known in which council each neighbourhood lay."""


class Reorganisation(NamedTuple):
    """One structural change: on a date, by an order, some councils became others; weights are shares of residents."""

    date: str
    order: str
    passages: tuple[Handover, ...]

    @property
    def predecessors(self) -> list[str]:
        """The councils that ended."""
        return sorted({passage.predecessor for passage in self.passages})

    @property
    def successors(self) -> list[str]:
        """The councils that began."""
        return sorted({passage.successor for passage in self.passages})


class _Neighbourhood(NamedTuple):
    """One LSOA: its people in mid-2020, and the councils that it lay in by year."""

    people: float
    councils: dict[int, frozenset[str]]


def read_reorganisations(published: Path, councils: list[Council]) -> list[Reorganisation]:
    """Every reorganisation of English councils since 2009, oldest first."""
    by_code = ids_by_code(councils)
    by_id = {council.id: council for council in councils}
    stated: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for change in read_code_changes(published):
        if not change.is_recode:
            stated[change.date, change.order].add((by_code[change.old], by_code[change.new]))
    neighbourhoods = _neighbourhoods(published, by_code)
    return [
        Reorganisation(date, order, _passages(date, pairs, by_id, by_code, neighbourhoods))
        for (date, order), pairs in sorted(stated.items())
    ]


def _passages(
    date: str,
    stated: set[tuple[str, str]],
    by_id: dict[str, Council],
    by_code: dict[str, str],
    neighbourhoods: list[_Neighbourhood],
) -> tuple[Handover, ...]:
    """The stated passages, and those of the counties, which the list of code changes leaves out."""
    successors = {new for _, new in stated}
    ended = {by_code[by_id[old].county] for old, _ in stated if by_id[old].county}
    counties = {county for county in ended if by_id[county].valid_until == date}
    shares = _shares(
        date, {old for old, _ in stated} | counties, successors, stated, neighbourhoods, by_id, by_code
    )
    found = {(old, new) for old, new in shares if old not in counties}
    if found != stated:
        raise DataBroken(
            f"{date}: the neighbourhoods passed as {sorted(found ^ stated)}, the orders say otherwise."
        )
    return tuple(Handover(old, new, share) for (old, new), share in sorted(shares.items()))


def _shares(
    date: str,
    predecessors: set[str],
    successors: set[str],
    stated: set[tuple[str, str]],
    neighbourhoods: list[_Neighbourhood],
    by_id: dict[str, Council],
    by_code: dict[str, str],
) -> dict[tuple[str, str], float]:
    """For each pair of councils, which share of the first one's residents the second one got."""
    year = int(date[:4])
    people: dict[tuple[str, str], float] = defaultdict(float)
    if year <= OLDEST_MEMBERSHIP:
        # No table says where each neighbourhood lay before 2009. Every district passed whole, and a
        # county was the sum of its districts, so the areas of the new councils give the shares.
        county_of = {new: by_code[by_id[old].county] for old, new in stated}
        for place in neighbourhoods:
            for new in place.councils[OLDEST_MEMBERSHIP] & successors:
                people[county_of[new], new] += place.people
        people.update({pair: 1.0 for pair in stated})
    else:
        for place in neighbourhoods:
            for old in place.councils[year - 1] & predecessors:
                for new in place.councils[year] & successors:
                    people[old, new] += place.people
    totals: dict[str, float] = defaultdict(float)
    for (old, _), count in people.items():
        totals[old] += count
    return {(old, new): round(count / totals[old], 4) for (old, new), count in people.items()}


def _neighbourhoods(published: Path, by_code: dict[str, str]) -> list[_Neighbourhood]:
    people_path = published / "data" / "ons" / "population" / "lsoa11_population_2017_2019_2020.csv.gz"
    people = {
        row["lsoa11_code"]: float(row["pop_mid2020"]) for _, row in read_table(people_path, "pop_mid2020")
    }
    path = published / "data" / "ons" / "derived" / "lsoa11_england_membership_2011_2023.csv.gz"
    years = (2011, 2018, 2019, 2020, 2021, 2022, 2023)
    columns = {year: (f"LAD{year % 100}CD", f"UTLA{year % 100}CD") for year in years}
    return [
        _Neighbourhood(
            people[row["LSOA11CD"]],
            {year: frozenset(by_code[row[column]] for column in pair) for year, pair in columns.items()},
        )
        for _, row in read_table(path, "LSOA11CD", *(name for pair in columns.values() for name in pair))
    ]
