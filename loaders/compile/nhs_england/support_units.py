"""Commissioning support units as the list has them: who, when, on whose word, and who followed whom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.published import read_table

REGISTER = "ods-ord-2026-10"
PRESS = "csu-press"
UNVERIFIED = "general-knowledge"

BEGAN_LATER_THAN_REGISTERED = {"0DE": "2015-04-01"}
"""Arden and Greater East Midlands stands in the register from 1 October 2014 and worked from this day."""

UNITS_SET_UP = "2012-10-01"
"""The day from which the register has the first units, and which the list assumes for the others."""

OPENED_FOR_BUSINESS = "2013-04-01"
"""By this day the working units of 2012 had merged into the nineteen that opened for business."""

_WORKING = "CSU12-"
_NO_LONGER = "earlier "
_REMARKS = ("commissioning support service",)


class Word(NamedTuple):
    """A day, the source it rests on, and whether it is exact."""

    day: str
    source: str
    exact: bool


class Unit(NamedTuple):
    """One unit: its key in the list, its code if it has one, its names, its dates, and whom it served."""

    key: str
    code: str
    id: str
    name: str
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    begun: Word
    ended: Word | None
    end_unknown: bool
    groups: tuple[str, ...]
    followed_by: str


class Following(NamedTuple):
    """One unit that took over from another: by id, with its day, and whether only part passed."""

    predecessor: str
    successor: str
    date: Word
    partial: bool


def read_units(published: Path) -> list[Unit]:
    """Every unit of the list, in its order. Raises `DataBroken` for a date that rests on nothing known."""
    path = published / "facts" / "lists" / "csus.csv"
    needed = (
        "csu_id",
        "ods_code",
        "name",
        "aliases",
        "start",
        "start_basis",
        "end",
        "end_basis",
        "successors",
    )
    rows = list(read_table(path, *needed))
    starts = {row["ods_code"]: row["start"] for _, row in rows}
    return [_unit(f"{path}:{line}", row, starts) for line, row in rows]


def _unit(where: str, row: dict[str, str], starts: dict[str, str]) -> Unit:
    open_end = row["end_basis"].startswith(("still open", "open", "unknown"))
    if not row["start"] or bool(row["end"]) == open_end:
        raise DataBroken(f"{where}: the dates of {row['csu_id']} are not as expected.")
    code, working = row["ods_code"], row["csu_id"].startswith(_WORKING)
    names = [name for name in row["aliases"].split("; ") if name and not name.startswith(_REMARKS)]
    day = BEGAN_LATER_THAN_REGISTERED.get(code, row["start"])
    ended = Word(day_after(row["end"]), *_word(row["end_basis"])) if row["end"] else None
    if working:
        merged = starts[row["successors"]]
        # The list says "before 1 April 2013 (some by January)": then it is the day the successor began.
        ended = Word(merged if merged > UNITS_SET_UP else OPENED_FOR_BUSINESS, PRESS, False)
    return Unit(
        key=row["csu_id"],
        code=code,
        id=f"csu:{code or slug(row['name'])}",
        name=row["name"],
        aliases=tuple(name.partition(" (")[0] for name in names if not name.startswith(_NO_LONGER)),
        former=tuple(_former(names)),
        begun=Word(day, *_word(row["start_basis"])),
        ended=ended,
        end_unknown=row["end_basis"] == "unknown",
        groups=tuple(re.findall(r"\b\d\d[A-Z]\b", row["ccgs_supported"])),
        followed_by=f"csu:{row['successors']}" if working else "",
    )


def _word(basis: str) -> tuple[str, bool]:
    """Whose word a date rests on (the register's, the press's, nobody's that was at hand), and if it is exact."""
    if basis.startswith("ODS"):
        return REGISTER, True
    if basis == "approx" or any(word in basis for word in ("memory", "assumed", "inferred")):
        return UNVERIFIED, False
    return PRESS, basis.startswith("own website")


def _former(names: list[str]) -> list[str]:
    """Earlier names; where there are two of them they are units of their own that had merged."""
    earlier = [name.removeprefix(_NO_LONGER) for name in names if name.startswith(_NO_LONGER)]
    return [name for name in earlier if name.count(" CSU") == 1 and " CSU and " not in name]


def slug(name: str) -> str:
    """The part of a unit's id that stands in for a missing code.

    >>> slug("NHS South West Commissioning Support Unit")
    'south_west'
    """
    short = re.sub(r"^NHS |( Integrated)? Commissioning Support( Unit)?$", "", name)
    return re.sub(r"[^a-z0-9]+", "_", short.lower()).strip("_")


def read_followings(published: Path, units: list[Unit]) -> list[Following]:
    """Who followed whom: the list of successions, then the working units that merged before April 2013."""
    path = published / "facts" / "lists" / "csu_successions.csv"
    ids = {name: unit.id for unit in units for name in (unit.key, unit.code) if name}
    followings = []
    for line, row in read_table(path, "predecessor", "successor", "date", "source"):
        if missing := {row["predecessor"], row["successor"]} - set(ids):
            raise DataBroken(f"{path}:{line}: {', '.join(sorted(missing))} is no unit of the list.")
        said, old, new = row["source"], ids[row["predecessor"]], ids[row["successor"]]
        partial = said.startswith("partial") or "acquirer" in said
        followings.append(Following(old, new, Word(row["date"], *_word(said)), partial))
    for unit in units:
        if unit.followed_by and unit.ended:
            followings.append(Following(unit.id, unit.followed_by, unit.ended, False))
    return followings
