"""What became of councils and of areas' codes: successions, the Code History Database, the register of councils."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from orgmap.graphmodel.dates import day_after, day_before
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.queries.body.show import show
from orgmap.queries.change.lineage import lineage
from tests.truth.asking import gss_on
from tests.truth.common import above, code_like
from tests.truth.comparing import LeftOut, Picked, Row, Rows, section
from tests.truth.councils import CHD, LA, NEW, council_of
from tests.truth.councils import compared as _c
from tests.truth.published import iso, rows_of

TITLE = "What became of councils and of the codes of areas"


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


COMPARISONS = [
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
    _c(CHD + "chd_areas_selected.csv", "the code on its first day", history, "first day", floor=0.996),
    _c(CHD + "chd_areas_selected.csv", "the code on its last day", history, "last day", floor=0.993),
    _c(CHD + "chd_snapshot_membership.csv.gz", "what an area belonged to", membership, floor=0.985),
    _c(
        LA + "mysociety_uk_local_authorities.csv",
        "in force or not on both sides of its end",
        registered,
        floor=0.995,
    ),
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
    """The section on what became of councils."""
    return section(TITLE, COMPARISONS)
