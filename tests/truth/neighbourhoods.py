"""Neighbourhoods (LSOAs): every look-up from them to councils, commissioners, partnerships and boards."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.queries.place.codes import place_of_code
from orgmap.queries.place.find import bodies_of_parts
from orgmap.queries.structure.hierarchy import Chains
from tests.truth.areas import EXPLAINED
from tests.truth.asking import gss_of
from tests.truth.comparing import Comparison, LeftOut, Picked, Row, Rows, section
from tests.truth.networks import location_of_2026
from tests.truth.published import rows_of

TITLE = "Neighbourhoods and what covered them"

ROLE = {
    "pct": ("commissioner", ("pct",)),
    "ccg": ("commissioner", ("ccg",)),
    "sicbl": ("sub_icb_location", ("sicbl",)),
    "icb": ("commissioner", ("icb",)),
    "stp": ("system", ("stp",)),
    "sha": ("region", ("sha",)),
    "team": ("area_team", ("at", "lo")),
    "region": ("region", ("region",)),
    "council": ("upper_tier_council", ("council",)),
    "district": ("district_council", ("district",)),
}
"""What a column of a look-up asks: the role in the answer, and the kinds of body that can have it."""


@lru_cache(maxsize=200_000)
def covered(store: SqliteStore, code: str, at: str) -> dict[str, list[str]]:
    """`find CODE --at DAY`: the bodies by role for a neighbourhood or a ward, the code being the place."""
    try:
        place = place_of_code(store, code, at)
    except OrgmapError:
        return {}
    return _of_areas(store, place.parts, at) if place else {}


@lru_cache(maxsize=50_000)
def _of_areas(store: SqliteStore, shares: tuple[tuple[str, float], ...], at: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for share in bodies_of_parts(Chains.of(store), shares, at):
        found.setdefault(share.holder.role, []).append(share.holder.body)
    return found


@lru_cache(maxsize=100)
def codes_on(store: SqliteStore, at: str, prefixes: tuple[str, ...]) -> dict[str, str]:
    """The GSS codes of the day of the bodies of some kinds."""
    return {body: gss for prefix in prefixes for body, gss in gss_of(store, at, prefix).items()}


class Question(NamedTuple):
    """A column of a look-up: what it holds, and the day of which it tells."""

    place: str
    column: str
    asks: str
    at: str


def ask(question: Question, table: str, store: SqliteStore, picked: Picked) -> Rows:
    """The body for every neighbourhood of a look-up."""
    for row in picked.of(rows_of(table)):
        code, published = row[question.place], location_of_2026(row[question.column])
        if not code.startswith("E") or published in ("", "NA"):
            yield LeftOut("in Wales, or the row names no body")
            continue
        if published.startswith(("E11", "E13")):
            yield LeftOut("in a metropolitan county or Inner London, which have no council")
            continue
        yield Row(f"{code} on {question.at}", published, " ".join(answers(store, question, code)))


def answers(store: SqliteStore, question: Question, code: str) -> Iterator[str]:
    """The codes of the bodies that the graph names; a district is its council where there is but one tier."""
    found = covered(store, code, question.at)
    if question.asks == "by ODS code":
        yield from (body.partition(":")[2] for body in found.get("sub_icb_location", []))
        return
    if question.asks == "local":
        role, prefixes = ROLE["district" if found.get("district_council") else "council"]
    else:
        role, prefixes = ROLE[question.asks]
    codes = codes_on(store, question.at, prefixes)
    yield from (codes.get(body, body) for body in found.get(role, []))


L, M, K = "ons/lookups/", "ons/derived/lsoa11_england_membership_2011_2023.csv.gz", "ons/lookups_2019_2024/"

MEMBERSHIP = [
    ("LAD11CD", "local", "2011-12-31"),
    ("UTLA11CD", "council", "2011-12-31"),
    ("PCT11CD_est", "pct", "2011-12-31"),
    ("SHA10CD", "sha", "2011-12-31"),
    ("CCG13CD", "ccg", "2013-04-01"),
    ("NHSAT13CD", "team", "2013-04-01"),
    ("NHSER13CD", "region", "2013-04-01"),
    ("UTLA13CD", "council", "2013-04-01"),
    ("NHSRLO15CD", "team", "2015-07-03"),
    ("NHSRLO16CD", "team", "2016-04-01"),
    ("NHSRLO17CD", "team", "2017-04-01"),
    ("NHSRLO18CD", "team", "2018-04-01"),
    ("STP17CD", "stp", "2017-04-01"),
    ("STP18CD", "stp", "2018-04-01"),
    ("STP19CD", "stp", "2019-04-01"),
    ("STP20CD", "stp", "2020-04-01"),
    ("STP21CD", "stp", "2021-04-01"),
    ("UTLA20CD", "council", "2020-04-01"),
    ("UTLA21CD", "council", "2021-04-01"),
    ("SICBL22CD", "sicbl", "2022-07-01"),
    ("ICB22CD", "icb", "2022-07-01"),
    ("LAD23CD", "local", "2023-04-01"),
    ("UTLA23CD", "council", "2023-04-01"),
]

SPLIT = "ods/april_2026/frimley_lsoa11_2026.csv"

DAYS = {
    "15": "2015-07-03",
    "16": "2016-04-01",
    "17": "2017-04-01",
    "18": "2018-04-01",
    "19": "2019-04-01",
    "20": "2020-04-01",
    "21": "2021-04-01",
}

ASKED: list[tuple[str, Question, float]] = [
    *(
        (f"{L}lsoa11_ccg{y}_lad{y}.csv.gz", Question("LSOA11CD", column, asks, day), 0.999)
        for y, day in DAYS.items()
        for column, asks in ((f"CCG{y}CD", "ccg"), (f"LAD{y}CD", "local"))
    ),
    *(
        (f"{L}lsoa11_utla{y}.csv.gz", Question("LSOA11CD", f"UTLA{y}CD", "council", f"20{y}-12-01"), 0.999)
        for y in ("17", "18", "19")
    ),
    (f"{L}lsoa01_lsoa11_lad11.csv.gz", Question("LSOA11CD", "LAD11CD", "local", "2011-12-31"), 0.999),
    *((M, Question("LSOA11CD", column, asks, day), 0.999) for column, asks, day in MEMBERSHIP),
    (
        K + "lookup_lsoa11_ccg21_stp21_ltla21.csv.gz",
        Question("lsoa11_code", "ccg21_code", "ccg", "2021-04-01"),
        0.999,
    ),
    (
        K + "lookup_lsoa11_ccg21_stp21_ltla21.csv.gz",
        Question("lsoa11_code", "stp21_code", "stp", "2021-04-01"),
        0.999,
    ),
    (
        K + "lookup_lsoa11_ccg21_stp21_ltla21.csv.gz",
        Question("lsoa11_code", "ltla21_code", "local", "2021-04-01"),
        0.999,
    ),
    (
        K + "lookup_lsoa11_sicbl22_icb22_ltla22.csv.gz",
        Question("lsoa11_code", "sicbl22_code", "sicbl", "2022-07-01"),
        0.999,
    ),
    (
        K + "lookup_lsoa11_sicbl22_icb22_ltla22.csv.gz",
        Question("lsoa11_code", "icb22_code", "icb", "2022-07-01"),
        0.999,
    ),
    (
        K + "lookup_lsoa11_sicbl22_icb22_ltla22.csv.gz",
        Question("lsoa11_code", "ltla22_code", "local", "2022-07-01"),
        0.999,
    ),
    (
        K + "lookup_lsoa11_lsoa21_ltla22.csv.gz",
        Question("lsoa11_code", "ltla22_code", "local", "2022-07-01"),
        0.999,
    ),
    (
        K + "lookup_lsoa11_lsoa21_ltla22.csv.gz",
        Question("lsoa21_code", "ltla22_code", "local", "2022-07-01"),
        0.999,
    ),
    (
        K + "lookup_msoa11_msoa21_ltla22.csv.gz",
        Question("msoa11_code", "ltla22_code", "local", "2022-07-01"),
        0.999,
    ),
    (
        K + "lookup_msoa11_msoa21_ltla22.csv.gz",
        Question("msoa21_code", "ltla22_code", "local", "2022-07-01"),
        0.999,
    ),
    (SPLIT, Question("LSOA11CD", "SICBL22CDH", "by ODS code", "2026-03-31"), 0.999),
    (SPLIT, Question("LSOA11CD", "SICBL25CDH", "by ODS code", "2026-04-01"), 0.999),
    (K + "lookup_lsoa21_icb24.csv.gz", Question("lsoa21_code", "sicbl24_code", "sicbl", "2024-04-01"), 0.999),
    (K + "lookup_lsoa21_icb24.csv.gz", Question("lsoa21_code", "icb24_code", "icb", "2024-04-01"), 0.999),
    (
        K + "lookup_lsoa21_ward24_ltla24.csv.gz",
        Question("lsoa21_code", "ltla24_code", "local", "2024-12-01"),
        0.999,
    ),
    (
        K + "lookup_lsoa21_ward24_ltla24.csv.gz",
        Question("ward24_code", "ltla24_code", "local", "2024-12-01"),
        0.999,
    ),
]


def kin_of(table: str) -> str:
    """Why a look-up that the compilation does not read is no independent evidence."""
    if "ccg21_stp21" in table:
        return "the same look-up in another copy"
    return "the table of memberships that was read was made from it" if table.startswith(L) else ""


def explain(row: Row) -> str:
    """Why a neighbourhood's body differs."""
    code = row.key.partition(" on ")[0]
    if row.published.startswith("E18"):
        return "the place lies in another health authority than the trust that served it: the graph goes by the trust's"
    if not row.ours:
        return "neighbourhoods or wards that were drawn anew and are not in the graph"
    return (EXPLAINED | BORDERS).get(code, "")


BORDERS = {
    "E01008187": "a neighbourhood of 2011 on a border that was moved: the row is that of its smaller part",
    "E01023508": "a neighbourhood of 2011 on a border that was moved: the row is that of its smaller part",
    "E01023964": "a neighbourhood of 2011 on a border that was moved: the row is that of its smaller part",
}


COMPARISONS = [
    Comparison(
        table, f"{q.place} → {q.column} on {q.at}", floor, partial(ask, q, table), explain, kin_of(table)
    )
    for table, q, floor in ASKED
]


def figures() -> str:
    """The section on neighbourhoods."""
    return section(TITLE, COMPARISONS)
