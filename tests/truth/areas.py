"""Small areas and wards by their codes: the sub-ICB location, board and council of 2024 and of April 2026.

Asked as a user would: the code is the place. Compared are all rows of the published look-ups.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.loaders.published import read_text
from orgmap.queries.place.codes import place_of_code
from orgmap.queries.place.find import WHOLE, bodies_of_parts
from orgmap.queries.structure.hierarchy import Chains
from tests.truth.published import SHARED

_NEW = "data/ons/lookups_2019_2024/"
_LOCATIONS = _NEW + "lookup_lsoa21_icb24.csv.gz"
_WARDS = _NEW + "lookup_lsoa21_ward24_ltla24.csv.gz"
_CHANGES = _NEW + "lookup_lsoa11_lsoa21_ltla22.csv.gz"
_FRIMLEY = "data/ods/april_2026/frimley_lsoa11_2026.csv"
_BOARDS = "facts/lists/sub_icb_to_icb_2026-04.csv"
DAY_2024, DAY_2026 = "2024-04-01", "2026-04-01"
NEW_LOCATION, NEW_BOARD = "U2G6B", "S0E4D"

_BEST_FIT = (
    "the look-up fits a small area of West Northamptonshire (E01027305, named after South Northamptonshire) to a ward"
    " of Cherwell (E05010929), and gives it Cherwell's code; all other look-ups have it in West Northamptonshire"
)
EXPLAINED = {"E01027305": _BEST_FIT, "E05010929": _BEST_FIT}
"""Differences by code of the place."""


class Compared(NamedTuple):
    """One row of a look-up: what it says of a place, and what the graph answers (several: parted by blanks)."""

    code: str
    published: str
    ours: str


def rows(name: str) -> list[dict[str, str]]:
    """A published table."""
    return list(csv.DictReader(io.StringIO(read_text(SHARED / name))))


class Asked:
    """The graph, asked by codes on a day; what was answered for the same areas is asked once."""

    def __init__(self, store: Store, at: str) -> None:
        self.store, self.at, self.chains = store, at, Chains.of(store)
        self._told: dict[tuple[tuple[str, float], ...], dict[str, list[str]]] = {}

    def roles(self, code: str) -> dict[str, list[str]]:
        """The codes of the bodies by role for the place that has a code."""
        place = place_of_code(self.store, code, self.at)
        if place is None:
            return {}
        if place.parts not in self._told:
            found: dict[str, list[str]] = {}
            for share in bodies_of_parts(self.chains, place.parts, self.at):
                told = share.holder.body.partition(":")[2]
                more = "" if share.share >= WHOLE else f" ({share.share:.0%})"
                found.setdefault(share.holder.role, []).append(told + more)
            self._told[place.parts] = found
        return self._told[place.parts]

    def answer(self, code: str, *roles: str) -> str:
        """What the graph says a place lies in: the first of the roles that any body has."""
        found = self.roles(code)
        return " ".join(next((found[role] for role in roles if role in found), []))


@cache
def olds_of() -> dict[str, set[str]]:
    """The small areas of 2011 that each of 2021 was made of."""
    found: dict[str, set[str]] = {}
    for row in rows(_CHANGES):
        found.setdefault(row["lsoa21_code"], set()).add(row["lsoa11_code"])
    return found


@cache
def frimley() -> dict[str, str]:
    """The location that each of Frimley's small areas of 2011 passed to; the new one had no code yet."""
    return {
        row["LSOA11CD"]: NEW_LOCATION if "tbc" in row["SICBL25CDH"] else row["SICBL25CDH"]
        for row in rows(_FRIMLEY)
    }


@cache
def boards_2026() -> dict[str, str]:
    """The board of each location in April 2026."""
    listed = {row["sub_icb_ods"]: row["icb_2026_04_ods"] for row in rows(_BOARDS) if row["icb_2026_04_ods"]}
    return {**listed, NEW_LOCATION: NEW_BOARD}


def locations_2024(store: Store, every: int = 1) -> Iterator[tuple[str, Compared]]:
    """Location and board of each small area of 2021 on 1 April 2024."""
    asked = Asked(store, DAY_2024)
    for row in rows(_LOCATIONS)[::every]:
        code = row["lsoa21_code"]
        yield (
            "sub-ICB location",
            Compared(code, row["sicbl24_code_nhs"], asked.answer(code, "sub_icb_location")),
        )
        yield "integrated care board", Compared(code, row["icb24_code_nhs"], asked.answer(code, "system"))


def locations_2026(store: Store, every: int = 1) -> Iterator[tuple[str, Compared]]:
    """Location and board of each small area of 2021 on 1 April 2026: Frimley's by the register, others as in 2024."""
    asked = Asked(store, DAY_2026)
    for row in rows(_LOCATIONS)[::every]:
        code, location = row["lsoa21_code"], row["sicbl24_code_nhs"]
        if passed := {frimley()[old] for old in olds_of()[code] if old in frimley()}:
            location = " ".join(sorted(passed))
        yield "sub-ICB location", Compared(code, location, asked.answer(code, "sub_icb_location"))
        board = boards_2026().get(location, "")
        yield "integrated care board", Compared(code, board, asked.answer(code, "system"))


def frimley_2026(store: Store, every: int = 1) -> Iterator[tuple[str, Compared]]:
    """The location of each of Frimley's 440 small areas of 2011, the day before its split and on the day."""
    before, after = Asked(store, "2026-03-31"), Asked(store, DAY_2026)
    for code, location in list(frimley().items())[::every]:
        yield "the day before", Compared(code, "D4U1Y", before.answer(code, "sub_icb_location"))
        yield "the day", Compared(code, location, after.answer(code, "sub_icb_location"))


def councils_2024(store: Store, every: int = 1) -> Iterator[tuple[str, Compared]]:
    """The lowest council of each small area of 2021 and of each ward of 2024."""
    asked = Asked(store, DAY_2024)
    ids = _districts(store)
    told = [row for row in rows(_WARDS) if row["lsoa21_code"].startswith("E")]
    for row in told[::every]:
        code = row["lsoa21_code"]
        answer = asked.answer(code, "district_council", "upper_tier_council")
        yield "council of a small area", Compared(code, ids.get(row["ltla24_code"], ""), answer)
    wards = {row["ward24_code"]: row["ltla24_code"] for row in told}
    for code, council in sorted(wards.items())[::every]:
        answer = asked.answer(code, "district_council", "upper_tier_council")
        yield "council of a ward", Compared(code, ids.get(council, ""), answer)


def _districts(store: Store) -> dict[str, str]:
    """The code in the id of the council that had each area code on the day."""
    found = {}
    for kind in ("upper_tier_council", "district_council"):
        for body in store.entities(kind=kind, at=DAY_2024):
            found[dict(body.codes).get("gss", "")] = body.id.partition(":")[2]
    return found


COMPARED = {
    "Small areas of 2021 to locations and boards, April 2024": locations_2024,
    "Small areas of 2021 to locations and boards, April 2026": locations_2026,
    "Frimley's small areas, the register's summary of the split of April 2026": frimley_2026,
    "Small areas of 2021 and wards to councils, 2024": councils_2024,
}


def why(one: Compared) -> str:
    """Why an answer differs from a look-up; blank if nothing explains it."""
    return EXPLAINED.get(one.code, "")


def figures() -> str:
    """How often the graph agrees with each look-up, as a section in Markdown with every difference explained."""
    lines = [
        "## Places by code",
        "",
        "| look-up | what | rows | equal | different |",
        "|---|---|---|---|---|",
    ]
    differing: list[str] = []
    with open_store() as store:
        for title, compare in COMPARED.items():
            counts: dict[str, list[int]] = {}
            for what, one in compare(store):
                count = counts.setdefault(what, [0, 0])
                count[0] += 1
                if one.published != one.ours:
                    count[1] += 1
                    reason = why(one) or "**not explained**"
                    differing.append(
                        f"- {one.code}, {what}: published {one.published}, here {one.ours}: {reason}."
                    )
            lines += [
                f"| {title} | {what} | {total:,} | {total - wrong:,} | {wrong:,} |"
                for what, (total, wrong) in counts.items()
            ]
    return "\n".join([*lines, "", *sorted(set(differing)), ""])


if __name__ == "__main__":
    print(figures())
