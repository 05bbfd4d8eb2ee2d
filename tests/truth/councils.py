"""Councils: look-ups from districts to counties and regions, and their names."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.graphmodel.text import normalise
from orgmap.queries.body.listing import list_bodies
from tests.truth.asking import bodies, gss_on
from tests.truth.common import above, code_like
from tests.truth.comparing import Comparison, LeftOut, Picked, Row, Rows, known, section
from tests.truth.published import rows_of

TITLE = "Councils"

TIERS = ("district", "council")
ONS, NEW, LA, CHD = "ons/lookups/", "ons/lookups_2019_2024/", "ons/la/", "ons/chd/"


def council_of(store: SqliteStore, code: str, at: str) -> str:
    """`list` of the councils of a day: the one that has the GSS code on that day."""
    return gss_on(store, at, *TIERS).get(code, "")


def counties(table: str, low: str, high: str, at: str, store: SqliteStore, picked: Picked) -> Rows:
    """The upper-tier council of a district."""
    for row in picked.of(rows_of(table)):
        code, published = row[low], row[high]
        if not code.startswith("E") or not published.startswith(("E06", "E08", "E09", "E10")):
            yield LeftOut("in Wales, Scotland or Northern Ireland, or an area that has no council")
            continue
        body = council_of(store, code, at)
        found = (
            [body] if body.startswith("council:") else above(store, body, at, ("council",)) if body else []
        )
        yield Row(
            f"{code} on {at}", published, " ".join(code_like(store, at, one, published) for one in found)
        )


@lru_cache(maxsize=100)
def within(store: SqliteStore, place: str, at: str) -> frozenset[str]:
    """`list … --within PLACE`: the councils of both tiers with more than a tenth of their share there."""
    try:
        told = [
            body
            for kind in ("upper_tier_council", "district_council")
            for body in list_bodies(store, kind, at, within=place)["bodies"]
        ]
    except OrgmapError:
        return frozenset()
    return frozenset(str(body["id"]) for body in told)


def regions(table: str, low: str, high: str, at: str, store: SqliteStore, picked: Picked) -> Rows:
    """Whether a council is within its government region, asked by the region's code."""
    for row in picked.of(rows_of(table)):
        code, region = row[low], row[high]
        if not region.startswith("E12"):
            yield LeftOut("not in England")
            continue
        inside = within(store, region, at)
        body = council_of(store, code, at)
        yield Row(f"{code} on {at}", region, region if body in inside else "" if not inside else "elsewhere")


_NOISE = frozenset(
    "council borough city county district metropolitan london royal the of corporation unitary authority".split()
)


def plain(name: str) -> str:
    """A council's name without the words for its kind.

    >>> plain("Hartlepool Borough Council")
    'hartlepool'
    """
    return " ".join(word for word in normalise(name).split() if word not in _NOISE)


def names(table: str, code: str, name: str, at: str, store: SqliteStore, picked: Picked) -> Rows:
    """What a council is called, but for the words for its kind."""
    for row in picked.of(rows_of(table)):
        if not row[code].startswith(("E06", "E07", "E08", "E09", "E10")):
            yield LeftOut("not in England, or no council")
            continue
        body = council_of(store, row[code], at)
        ours = str(bodies(store, body.partition(":")[0], at)[body]["name"]) if body else ""
        yield Row(f"{row[code]} on {at}", row[name], row[name] if plain(ours) == plain(row[name]) else ours)


KNOWN = known(
    {
        "E06000010": "the council calls itself Hull City Council",
        "E08000021": "the council calls itself Newcastle City Council",
        "E07000100": "the council calls itself St Albans City and District Council",
        "E07000240": "the council calls itself St Albans City and District Council",
        "E07000025": "a code that the Isles of Scilly had for three months in 2009",
        **dict.fromkeys(
            ("E16000014", "E16000034", "E16000098", "E16000105", "E16000106", "E17000004"),
            "a code that ended before the list of 2011, from which the graph has its codes of trusts",
        ),
        **dict.fromkeys(
            ("E54000050", "E54000051", "E54000052", "E54000053", "E54000054"),
            "entered on 2020-03-31 for one day before it began on 2020-04-01",
        ),
        **dict.fromkeys(
            ("E40000007", "E40000010"),
            "kept beside the new code from January to March 2024; the graph tells the new one from 2024-01-01",
        ),
        **dict.fromkeys(
            ("E38000021", "E38000235"),
            "the table tells the board's code of 2023 from 2022 on: the board is the same",
        ),
        **dict.fromkeys(
            ("E08000016", "E08000019"), "recoded on 2025-04-01: the table has the code before it"
        ),
    }
)


def explain(row: Row) -> str:
    """Why what the tables say of a council, or of an area's code, differs."""
    if row.published.startswith("E12"):
        return "" if row.ours else "government regions are no places in the graph"
    if why := KNOWN(row):
        return why
    if row.key.startswith("E54") and row.published.startswith("E40"):
        return (
            "the table tells the region's codes of 2019 for earlier years, or the old code beside the new one"
        )
    return ""


def compared(
    table: str, question: str, rows: Callable[..., Rows], *more: object, floor: float = 1.0
) -> Comparison:
    return Comparison(table, question, floor, partial(rows, *more), explain)


COUNTIES = [
    *(
        (f"{ONS}lad{y}_cty{y}.csv", f"LAD{y}CD", f"CTY{y}CD", day)
        for y, day in (
            ("15", "2015-12-31"),
            ("16", "2016-12-31"),
            ("17", "2017-12-31"),
            ("18", "2018-12-31"),
            ("19", "2019-04-01"),
            ("20", "2020-04-01"),
        )
    ),
    *(
        (f"{ONS}ltla{y}_utla{y}.csv", f"LTLA{y}CD", f"UTLA{y}CD", day)
        for y, day in (("17", "2017-12-31"), ("18", "2018-12-31"), ("19", "2019-04-01"))
    ),
    *(
        (f"{NEW}lookup_ltla{y}_utla{y}.csv", f"ltla{y}_code", f"utla{y}_code", f"20{y}-04-01")
        for y in ("19", "20", "21", "23")
    ),
    (f"{LA}lad21_cty21.csv", "LAD21CD", "CTY21CD", "2021-04-01"),
]
REGIONS = [
    *(
        (f"{ONS}lad{y}_rgn{y}.csv", f"LAD{y}CD", f"RGN{y}CD", f"20{y}-12-31")
        for y in ("15", "16", "17", "18")
    ),
    (f"{NEW}lookup_ltla24_region24.csv", "ltla24_code", "region24_code", "2024-12-01"),
    (f"{LA}drkane_utla_all_codes.csv", "UTLACD", "RGNCD", "2026-01-01"),
]
NAMES = [
    (f"{ONS}lad19_names.csv", "LAD19CD", "LAD19NM", "2019-12-31"),
    (f"{ONS}lad20_names.csv", "LAD20CD", "LAD20NM", "2020-04-01"),
    (f"{ONS}cty19_names.csv", "CTY19CD", "CTY19NM", "2019-04-01"),
    (f"{ONS}cty20_names.csv", "CTY20CD", "CTY20NM", "2020-04-01"),
    (f"{LA}onsvisual_cty23.csv", "areacd", "areanm", "2023-04-01"),
    (f"{LA}onsvisual_ltla23.csv", "areacd", "areanm", "2023-04-01"),
    (f"{LA}nismod_lad_nmcd_changes.csv", "lad11cd", "lad11nm", "2011-12-31"),
    (f"{LA}nismod_lad_nmcd_changes.csv", "lad15cd", "lad15nm", "2015-12-31"),
    (f"{LA}nismod_lad_nmcd_changes.csv", "lad18cd", "lad18nm", "2018-12-31"),
]

COMPARISONS = [
    *(
        compared(table, f"upper-tier council on {at}", counties, table, low, high, at, floor=1.0)
        for table, low, high, at in COUNTIES
    ),
    *(
        compared(table, f"government region on {at}", regions, table, low, high, at, floor=1.0)
        for table, low, high, at in REGIONS
    ),
    *(
        compared(table, f"{name} on {at}", names, table, code, name, at, floor=0.989)
        for table, code, name, at in NAMES
    ),
]


def figures() -> str:
    """The section on councils."""
    return section(TITLE, COMPARISONS)
