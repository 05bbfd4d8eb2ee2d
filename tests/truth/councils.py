"""Councils: look-ups of districts, counties and regions, names and codes, the Code History Database, successions."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from graphmodel.dates import day_after, day_before
from graphmodel.errors import OrgmapError
from graphmodel.sqlite_store import SqliteStore
from graphmodel.text import normalise
from queries.lineage import lineage
from queries.listing import list_bodies
from queries.show import show
from tests.truth.asking import bodies, gss_on
from tests.truth.common import above, code_like
from tests.truth.comparing import Comparison, LeftOut, Picked, Row, Rows, known, section
from tests.truth.published import iso, rows_of

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


@lru_cache(maxsize=5000)
def followed_by(store: SqliteStore, body: str) -> dict[str, frozenset[str]]:
    """`lineage BODY --forward`: the bodies that followed it, by day."""
    found: dict[str, set[str]] = {}
    try:
        for event in lineage(store, body, back=False)["events"]:
            for pair in event["pairs"]:
                if pair["predecessor"] == body and pair["successor"]:
                    found.setdefault(event["date"], set()).add(pair["successor"])
    except OrgmapError:
        return {}
    return {day: frozenset(ids) for day, ids in found.items()}


def recodes(store: SqliteStore, body: str) -> frozenset[str]:
    """`show BODY`: every GSS code that the body ever had."""
    return frozenset(
        one["code"] for one in show(store, body, "2020-01-01")["codes"] if one["scheme"] == "gss"
    )


Pair = Callable[[dict[str, str]], tuple[str, str, str] | str]


def changes(table: str, pair: Pair, store: SqliteStore, picked: Picked) -> Rows:
    """What became of a council or its code on a day: `pair` gives (old code, new code, day)."""
    for row in picked.of(rows_of(table)):
        asked = pair(row)
        if isinstance(asked, str):
            yield LeftOut(asked)
            continue
        old, new, day = asked
        before = _eve_of(store, old, day)
        if not before:
            yield Row(f"{old} on {day}", new, "")
            continue
        if new in recodes(store, before):
            yield Row(f"{old} on {day}", new, new)
            continue
        after = followed_by(store, before).get(day, frozenset())
        codes = [code for one in sorted(after) for code in sorted(recodes(store, one))]
        yield Row(f"{old} on {day}", new, new if new in codes else " ".join(codes))


def _eve_of(store: SqliteStore, code: str, day: str) -> str:
    return council_of(store, code, day_before(day))


def of_gsscoder(row: dict[str, str]) -> tuple[str, str, str] | str:
    """A row of the code changes."""
    if not row["changed_from_code"].startswith(("E06", "E07", "E08", "E09", "E10")):
        return "not in England"
    if row["date"] <= "2009-04-01":
        return "before codes began: the graph knows no councils that ended then or earlier"
    return row["changed_from_code"], row["changed_to_code"], row["date"]


def of_visual(row: dict[str, str]) -> tuple[str, str, str] | str:
    """A row of the changes of 2014 to 2020, which tell only the year."""
    if not row["oldcd"].startswith(("E06", "E07", "E08", "E09", "E10")) or row["newcd"].startswith("E47"):
        return "not in England, or a combined authority"
    if not row["newcd"]:
        return "the table says that the county ended, and not what followed"
    return row["oldcd"], row["newcd"], f"{row['start']}-04-01"


def of_years(row: dict[str, str]) -> tuple[str, str, str] | str:
    """A row from the districts of 2022 to those of 2023."""
    if not row["ltla22_code"].startswith("E"):
        return "not in England"
    if row["ltla22_code"] == row["ltla23_code"]:
        return "nothing changed"
    return row["ltla22_code"], row["ltla23_code"], "2023-04-01"


def chain(year: int, store: SqliteStore, picked: Picked) -> Rows:
    """What became of a district between two Decembers, through the codes of the table of nine years."""
    table, old, new = NEW + "lookup_ltla_ltla.csv", f"ltla{year}_code", f"ltla{year + 1}_code"
    for row in picked.of(rows_of(table)):
        if not row[old].startswith("E") or not row[new].startswith("E"):
            yield LeftOut("not in England, or no district in one of the years")
            continue
        before = council_of(store, row[old], f"20{year}-12-31")
        codes = recodes(store, before) if before else frozenset()
        for day, after in (followed_by(store, before) if before else {}).items():
            if f"20{year}-12-31" < day <= f"20{year + 1}-12-31":
                codes |= {code for one in after for code in recodes(store, one)}
        ours = row[new] if row[new] in codes else " ".join(sorted(codes))
        yield Row(f"{row[old]} from December 20{year}", row[new], ours)


PREFIXES = {
    "E06": ("council",),
    "E07": ("district",),
    "E08": ("council",),
    "E09": ("council",),
    "E10": ("council",),
    "E16": ("pct",),
    "E17": ("pct",),
    "E18": ("sha",),
    "E38": ("ccg", "sicbl"),
    "E39": ("at", "lo"),
    "E40": ("region",),
    "E54": ("stp", "icb"),
}
"""The kinds of body whose areas have GSS codes that begin so."""


def history(edge: str, store: SqliteStore, picked: Picked) -> Rows:
    """Whether a body has a code on the first day that the Code History Database gives, on the last, and not after."""
    for row in picked.of(rows_of(CHD + "chd_areas_selected.csv")):
        prefixes = PREFIXES.get(row["entity"])
        if not prefixes:
            yield LeftOut("an area of a kind that has no body here")
            continue
        day = row["start"] if edge == "first day" else row["end"]
        if not day:
            yield LeftOut("live")
            continue
        ours = gss_on(store, day, *prefixes).get(row["code"], "")
        yield Row(f"{row['code']} on {day}", row["code"], row["code"] if ours else "")


def membership(store: SqliteStore, picked: Picked) -> Rows:
    """What an area belonged to at each snapshot of the Code History Database."""
    for row in picked.of(rows_of(CHD + "chd_snapshot_membership.csv.gz")):
        prefixes, upper = PREFIXES.get(row["entity"]), PREFIXES.get(row["parent"][:3])
        if not prefixes or not upper:
            yield LeftOut("an area of a kind that has no body here, or its parent is one")
            continue
        at = row["snapshot"]
        body = gss_on(store, at, *prefixes).get(row["code"], "")
        found = above(store, body, at, upper) if body else []
        yield Row(
            f"{row['code']} on {at}",
            row["parent"],
            " ".join(code_like(store, at, one, row["parent"]) for one in found),
        )


def registered(store: SqliteStore, picked: Picked) -> Rows:
    """Whether a council is in force on the first and the last day that the register of councils gives."""
    for row in picked.of(rows_of(LA + "mysociety_uk_local_authorities.csv")):
        code = row["gss-code"]
        if row["nation"] != "England" or not code.startswith(("E06", "E07", "E08", "E09", "E10")):
            yield LeftOut("not in England, or no council")
            continue
        known = {c for c in (code, *row["former-gss-codes"].replace(";", ",").split(",")) if c}
        day = row["end-date"] and iso(row["end-date"].replace("-", ""))
        if not day:
            there = any(council_of(store, c.strip(), "2026-01-01") for c in known)
            yield Row(f"{code} on 2026-01-01", "in force", "in force" if there else "not in force")
            continue
        if day < "2009-04-02":
            yield LeftOut("ended before codes began")
            continue
        for at, published in ((_last(day), "in force"), (day_after(day), "not in force")):
            there = any(council_of(store, c.strip(), at) for c in known)
            yield Row(f"{code} on {at}", published, "in force" if there else "not in force")


def _last(day: str) -> str:
    return day_before(day) if day.endswith("-04-01") else day


def known_codes(table: str, code: str, upper: str, store: SqliteStore, picked: Picked) -> Rows:
    """The upper-tier council by today's codes of every district code since 2011."""
    at = "2026-01-01"
    for row in picked.of(rows_of(table)):
        if not row[code].startswith("E") or not row[upper].startswith("E"):
            yield LeftOut("not in England")
            continue
        if row["LADCD_ACTIVE"] != row[code]:
            yield LeftOut("a code that ended: today's code has a row of its own")
            continue
        body = council_of(store, row[code], at)
        found = (
            [body] if body.startswith("council:") else above(store, body, at, ("council",)) if body else []
        )
        yield Row(
            f"{row[code]} on {at}",
            row[upper],
            " ".join(code_like(store, at, one, "E06000001") for one in found),
        )


def lives(store: SqliteStore, picked: Picked) -> Rows:
    """Whether a code is a council's on its first day and on its last."""
    for row in picked.of(rows_of(CHD + "gsscoder_all_lad_codes_dates.csv")):
        if not row["gss_code"].startswith("E"):
            yield LeftOut("in Wales")
            continue
        for day in (row["start_date"], row["end_date"]):
            if day and day not in ("NA", "9999-12-31"):
                ours = council_of(store, row["gss_code"], day)
                yield Row(f"{row['gss_code']} on {day}", row["gss_code"], row["gss_code"] if ours else "")


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


def _c(
    table: str, question: str, rows: Callable[..., Rows], *more: object, floor: float = 0.98
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
        _c(table, f"upper-tier council on {at}", counties, table, low, high, at)
        for table, low, high, at in COUNTIES
    ),
    *(
        _c(table, f"government region on {at}", regions, table, low, high, at, floor=0.0)
        for table, low, high, at in REGIONS
    ),
    *(_c(table, f"{name} on {at}", names, table, code, name, at) for table, code, name, at in NAMES),
    _c(
        CHD + "gsscoder_lad_code_changes.csv",
        "what became of a council",
        changes,
        CHD + "gsscoder_lad_code_changes.csv",
        of_gsscoder,
    ),
    _c(
        LA + "onsvisual_changes_2014_2020.csv",
        "what became of a council",
        changes,
        LA + "onsvisual_changes_2014_2020.csv",
        of_visual,
    ),
    _c(
        NEW + "lookup_ltla22_ltla23.csv",
        "what became of a council",
        changes,
        NEW + "lookup_ltla22_ltla23.csv",
        of_years,
    ),
    *(
        _c(NEW + "lookup_ltla_ltla.csv", f"districts of 20{year} in 20{year + 1}", chain, year)
        for year in range(16, 24)
    ),
    _c(CHD + "gsscoder_all_lad_codes_dates.csv", "the code on its first and last day", lives),
    _c(CHD + "chd_areas_selected.csv", "the code on its first day", history, "first day"),
    _c(CHD + "chd_areas_selected.csv", "the code on its last day", history, "last day"),
    _c(CHD + "chd_snapshot_membership.csv.gz", "what an area belonged to", membership),
    _c(LA + "mysociety_uk_local_authorities.csv", "in force or not on both sides of its end", registered),
    _c(
        LA + "drkane_la_all_codes.csv",
        "upper-tier council on 2026-01-01",
        known_codes,
        LA + "drkane_la_all_codes.csv",
        "LADCD",
        "UTLACD",
    ),
]


def figures() -> str:
    """The section on councils."""
    return section(TITLE, COMPARISONS)
