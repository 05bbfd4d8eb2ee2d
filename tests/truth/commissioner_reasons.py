"""Why a register of commissioners and the graph differ."""

from __future__ import annotations

from functools import lru_cache

from tests.truth.comparing import Row
from tests.truth.practice_reasons import EDITIONS, stays, table_of
from tests.truth.published import register


def explain(row: Row) -> str:
    """Why a register and the graph differ."""
    return SINGLE.get(row.key.removesuffix(" first day").partition(" on ")[0], "")


@lru_cache(maxsize=1)
def settings() -> dict[str, str]:
    """The prescribing setting of every practice, by the newest register that states it; 4 is a practice."""
    return {
        row["code"]: row["setting"] for one in EDITIONS for row in register(table_of(one)) if row["setting"]
    }


def of_cost_centres(row: Row) -> str:
    """Why the groups that followed a trust differ: the table counts everything that has a practice's code."""
    trust_code = row.key.partition(" on ")[0].partition(":")[2]
    passed = [
        practice
        for practice, told in stays().items()
        if any(body == trust_code and joined <= "2013-03-31" <= left for joined, left, body in told)
        and any(body == row.published and joined <= "2013-04-01" <= left for joined, left, body in told)
    ]
    if passed and not any(settings().get(one) == "4" for one in passed):
        return "none of those that passed there was a practice: prescribing cost centres make no successor"
    return ""


OF_OFFICES = {"2016-02": 1.0, "2018-11": 1.0, "2025": 0.89}
"""The register of 2025 has all hubs under the board of their shared address: so many of its lines are not theirs."""


def of_hubs(row: Row) -> str:
    """Why the region or board of a hub differs."""
    if row.ours:
        return "a hub: since 2020 the register has all where their shared office is; the graph goes by the region named"
    return (
        "a hub: since 2020 the register has all where their shared office is, but the register of practices has"
        " their practices under no board, and those of the two national hubs under no region"
    )


SINGLE = {
    "13T": "in the register from 2014-11-26; the law made the group on 2015-04-01",
    "14V": "renamed at about this edition: the graph's day of the new name is approximate",
    "14W": "renamed at about this edition: the graph's day of the new name is approximate",
    "0DE": "in the register from 2014-10-01, before it worked: the graph says so",
}
