"""Why a register of practices and the graph differ: what the other registers say of the same practice and day."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tests.truth.comparing import Row
from tests.truth.published import iso, register, rows_of

EDITIONS = {
    "2015-05-26": "2015-03-31",
    "2015-11": "2015-08-31",
    "2016-02": "2015-09-30",
    "2018-05": "2018-04-30",
    "2019-08": "2019-07-31",
    "2020-01": "2019-10-31",
    "2023-01": "2022-07-31",
    "2023-02": "2022-11-30",
    "2023-11": "2023-09-30",
    "2025-04": "2024-12-31",
    "2025-08": "2025-06-30",
    "2026-02": "2026-01-31",
}
"""The editions of the register, each with the last day of which it knows the closures."""

HISTORY = "ods/epcmem_2019-08.csv.gz"
MOVED = {"13T": "2015-04-01"}
"""A group that the register opens before the law made it."""


def table_of(edition: str) -> str:
    """The path of an edition."""
    return f"ods/epraccur/epraccur_{edition}.csv.gz"


class Listing(NamedTuple):
    """What an edition says of one practice."""

    name: str
    opened: str
    closed: str
    body: str
    joined: str
    left: str


@lru_cache(maxsize=20)
def listings(edition: str) -> dict[str, Listing]:
    """Every practice of an edition."""
    return {
        row["code"]: Listing(
            row["name"], row["opened"], row["closed"], row["commissioner"], row["joined"], row["left"]
        )
        for row in register(table_of(edition))
    }


@lru_cache(maxsize=1)
def stays() -> dict[str, list[tuple[str, str, str]]]:
    """Every practice's memberships by the register of 2019: (joined, left, body)."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows_of(HISTORY, "practice", "org", "kind", "joined", "left", "amended"):
        found.setdefault(row["practice"], []).append(
            (iso(row["joined"]), iso(row["left"]) or "9999", row["org"])
        )
    return found


@lru_cache(maxsize=1)
def begun() -> dict[str, str]:
    """The day on which each commissioner began, by the register of commissioners."""
    return {row["code"]: row["opened"] for row in register("ods/eccg/eccg_2025.csv")} | MOVED


@lru_cache(maxsize=1)
def ended() -> dict[str, str]:
    """The last day of each commissioner that ended."""
    return {row["code"]: row["closed"] for row in register("ods/eccg/eccg_2025.csv") if row["closed"]}


def later(edition: str) -> list[str]:
    """The editions after one."""
    names = list(EDITIONS)
    return names[names.index(edition) + 1 :] if edition in names else names


def of_listing(edition: str, row: Row) -> str:
    """Why the commissioner of a practice differs."""
    code, _, day = row.key.partition(" on ")
    if begun().get(row.published, "") > day:
        return "the register dates the listing back before its commissioner began; the graph names the one of the day"
    if ended().get(row.published, "9999") < day and row.ours:
        return "the register lists it on under a body that had ended; the graph names the one that followed"
    if row.published.startswith("4W"):
        return "a local health group in Wales before April 2003, of which the graph knows nothing"
    for joined, left, body in stays().get(code, []):
        if joined <= day <= left and body == row.ours:
            return "the register of memberships of 2019, which tells every day, names what the graph names"
    if not row.ours and min((joined for joined, _, _ in stays().get(code, [])), default="") > day:
        return "the register of memberships of 2019, which tells every day, lists it from a later day on"
    for other in later(edition):
        listing = listings(other).get(code)
        if listing is None:
            continue
        if listing.closed and listing.closed < day:
            return "a later edition ends the practice before this day"
        if listing.opened > day:
            return "the practice opened later by another edition: it was registered before it opened"
        if listing.body == row.ours:
            return (
                "a later edition names what the graph names: corrected, or moved on a day that is not known"
            )
    return ""


def of_life(edition: str, row: Row) -> str:
    """Why a practice is in force in one and not in the other."""
    day = EDITIONS[edition]
    for other in later(edition):
        if (listing := listings(other).get(row.key)) and listing.closed and listing.closed < day:
            return "a later edition ends the practice before this day"
    return ""


def of_name(edition: str, row: Row) -> str:
    """Why the name of a practice differs."""
    names = list(EDITIONS)
    near = [other for other in names if other != edition]
    if any((one := listings(other).get(row.key)) and _same(one.name, row.ours) for other in near):
        return "renamed between two editions on a day that is not known: another edition has the graph's name"
    return of_life(edition, row)


def _same(one: str, other: str) -> bool:
    from tests.truth.asking import same_name

    return same_name(one, other)
