"""Registers of commissioners: editions of `eccg` and `eauth`, partnerships of 2019, boards, successions, clusters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from graphmodel.dates import day_after, day_before
from graphmodel.errors import OrgmapError
from graphmodel.sqlite_store import SqliteStore
from queries.lineage import lineage
from queries.show import show
from tests.truth.asking import bare_name, bodies, code_of, up
from tests.truth.common import above, belongs, by_code
from tests.truth.comparing import Comparison, LeftOut, Picked, Row, Rows, known, section
from tests.truth.published import iso, register, rows_of

TITLE = "Registers of commissioners, and what became of them"

ECCG = {"2016-02": "2016-02-01", "2018-11": "2018-11-01", "2025": "2025-01-01"}
LOCAL = ("ccg", "sicbl", "hub", "sicbre", "icb")
OFFICES = ("region", "lo", "at", "national", "lhb", "area")


def body_of(store: SqliteStore, code: str, at: str) -> str:
    """The commissioner, location, hub or reporting entity that bears an ODS code on a day."""
    return next((body for one in LOCAL if (body := by_code(store, at, (one,), code))), "")


def lives(edition: str, end: bool, store: SqliteStore, picked: Picked) -> Rows:
    """The first and the last day of a body, as `show` tells them of the body that bears the code on that day."""
    for row in picked.of(register(f"ods/eccg/eccg_{edition}.csv")):
        published = row["closed" if end else "opened"]
        if not published:
            yield LeftOut("no end is stated")
            continue
        body = body_of(store, row["code"], published)
        told = show(store, body, published)["body"] if body else {}
        ours = str(told.get("valid_until" if end else "valid_from") or "")
        yield Row(row["code"], published, day_before(ours) if end and ours else ours)


def there(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """Whether a code is borne by a body on the edition's day just when the register has it as open."""
    at = ECCG[edition]
    for row in picked.of(register(f"ods/eccg/eccg_{edition}.csv")):
        if row["opened"] > at:
            yield LeftOut("opens after the edition's day")
            continue
        is_open = not row["closed"] or row["closed"] >= at
        yield Row(row["code"], "open" if is_open else "closed", "open" if body_of(store, row["code"], at) else "closed")


def names(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """What an open body is called on the edition's day."""
    at = ECCG[edition]
    for row in picked.of(register(f"ods/eccg/eccg_{edition}.csv")):
        if row["opened"] > at or row["closed"]:
            yield LeftOut("not open on the edition's day")
            continue
        body = body_of(store, row["code"], at)
        ours = str(bodies(store, body.partition(":")[0], at)[body]["name"] or "") if body else ""
        yield Row(row["code"], row["name"], row["name"] if bare_name(ours) == bare_name(row["name"]) else ours)


def over(edition: str, column: str, prefixes: tuple[str, ...], store: SqliteStore, picked: Picked) -> Rows:
    """What an open body belongs to on the edition's day."""
    at = ECCG[edition]
    for row in picked.of(register(f"ods/eccg/eccg_{edition}.csv")):
        if row["opened"] > at or row["closed"]:
            yield LeftOut("not open on the edition's day")
            continue
        body = body_of(store, row["code"], at)
        found = above(store, body, at, prefixes) if body else []
        yield Row(row["code"], row[column], " ".join(map(code_of, found)))


def offices(store: SqliteStore, picked: Picked) -> Rows:
    """Which regions and offices of November 2018 the graph knows by these codes."""
    at = "2018-11-01"
    for row in picked.of(register("ods/eauth_2018-11.csv")):
        if not row["code"].startswith(("Y5", "Q7", "Q8")):
            yield LeftOut("a government region, or in Wales, or a code for none of them")
        elif row["opened"] > at or row["closed"]:
            yield LeftOut("not open on that day")
        else:
            yield Row(row["code"], "open", "open" if by_code(store, at, ("region", "lo"), row["code"]) else "closed")


def successors(store: SqliteStore, body: str, day: str) -> set[str]:
    """`lineage BODY --forward`: the codes that followed on that day."""
    try:
        told = lineage(store, body, back=False)
    except OrgmapError:
        return set()
    return {
        code_of(str(pair["successor"]))
        for event in told["events"]
        if event["date"] == day
        for pair in event["pairs"]
        if pair["predecessor"] == body
    }


def follows(
    table: str, pair: Callable[[dict[str, str]], tuple[str, str, str] | str], store: SqliteStore, picked: Picked
) -> Rows:
    """Whether `lineage` tells a succession that the table states: `pair` gives (body, code of the successor, day)."""
    for row in picked.of(rows_of(table)):
        asked = pair(row)
        if isinstance(asked, str):
            yield LeftOut(asked)
            continue
        body, after, day = asked
        found = successors(store, body, day)
        yield Row(f"{body} on {day}", after, after if after in found else " ".join(sorted(found)))


def group(row: dict[str, str]) -> tuple[str, str, str] | str:
    """A succession of groups."""
    return f"ccg:{row['old_code']}", row["new_code"], iso(row["effective_date"])


def trust(row: dict[str, str]) -> tuple[str, str, str] | str:
    """A succession of a trust by its practices."""
    if float(row["share_of_pct_practices"]) < 0.05:
        return "under 5 % of the trust's practices: a stray"
    if not row["org_code_2013_04_01"]:
        return "no successor is stated"
    return f"pct:{row['pct_code']}", row["org_code_2013_04_01"], "2013-04-01"


def board(row: dict[str, str]) -> tuple[str, str, str] | str:
    """A succession of boards."""
    kind = "stp" if row["legal_start"] < "2022" else "icb"
    return f"{kind}:{row['predecessor_code']}", row["successor_code"], row["legal_start"]


def unit(row: dict[str, str]) -> tuple[str, str, str] | str:
    """A succession of support units."""
    if not row["successor"]:
        return "no successor is stated"
    return f"csu:{row['ods_code']}", row["successor"], row["succession_date"]


def boards(store: SqliteStore, picked: Picked) -> Rows:
    """First and last days of partnerships and boards."""
    table = "ods/icb/stp_icb_ods_2026-10-09.csv"
    for row in picked.of(rows_of(table)):
        for prefix, column in (("stp", "RO261_start(strategic partnership)"), ("icb", "RO318_start(ICB)")):
            day = row[column]
            if not day:
                yield LeftOut("no such role is stated")
                continue
            body = by_code(store, day, (prefix,), row["ods_code"])
            yield Row(
                f"{prefix}:{row['ods_code']} first day",
                day,
                str(bodies(store, prefix, day)[body]["valid_from"]) if body else "",
            )
        if row["end"] and row["RO318_start(ICB)"]:
            body = by_code(store, row["end"], ("icb",), row["ods_code"])
            ours = str(bodies(store, "icb", row["end"])[body]["valid_until"] or "") if body else ""
            yield Row(f"icb:{row['ods_code']} last day", row["end"], day_before(ours) if ours else "")


def units(store: SqliteStore, picked: Picked) -> Rows:
    """First and last days of support units."""
    for row in picked.of(rows_of("ods/csu/csu_partial.csv")):
        body = by_code(store, row["start"], ("csu",), row["ods_code"])
        told = bodies(store, "csu", row["start"])[body] if body else {}
        yield Row(f"{row['ods_code']} first day", row["start"], str(told.get("valid_from") or ""))
        until = str(told.get("valid_until") or "")
        if row["end"]:
            yield Row(f"{row['ods_code']} last day", row["end"], day_before(until) if until else "")


def clusters(store: SqliteStore, picked: Picked) -> Rows:
    """Whether trusts of one cluster share it: `show TRUST` on 2012-01-01."""
    at = "2012-01-01"
    by_name = {bare_name(str(told["name"])): body for body, told in bodies(store, "pct", at).items()}
    for row in picked.of(rows_of("ods/pct_clusters_partial.csv")):
        members = [by_name.get(bare_name(name), "") for name in row["member_pcts"].split(";")]
        of_each = {up(store, body, at, "pctc") for body in members if body}
        if not of_each:
            yield LeftOut("none of its members is named as a trust of that day")
            continue
        yield Row(row["cluster"], "one cluster", "one cluster" if len(of_each) == 1 else f"{len(of_each)} clusters")


STP = "ods/stp/stp_partners_"
STP_COLUMNS = tuple(
    "region stp_code footprint ons_code name ics lead address email ccg ccg_code la la_code trust trust_code other"
    " other_code links hsj hsj_notes notes".split()
)


def partnerships(column: str, prefixes: tuple[str, ...], store: SqliteStore, picked: Picked) -> Rows:
    """Which partnership a partner belongs to on 2019-04-03."""
    at, stp = "2019-04-03", ""
    for row in picked.of(rows_of(STP + "current_stps.csv", *STP_COLUMNS)):
        stp = row["stp_code"] or stp
        code = row[column]
        if not stp.startswith("Q") or not code or code[:1] in "#?" or not code.isalnum() or len(code) > 5:
            yield LeftOut("the line names no partner with a code")
            continue
        body = by_code(store, at, prefixes, code)
        found = [code_of(one) for one in above(store, body, at, ("stp",))] if body else []
        # A trust is a partner of several partnerships, each in a line of its own.
        yield Row(f"{code} on {at}", stp, stp if stp in found else " ".join(found))


def registered(table: str, code: str, prefixes: tuple[str, ...], store: SqliteStore, picked: Picked) -> Rows:
    """Whether the graph knows the body of a code on 2019-04-03."""
    at = "2019-04-03"
    for row in picked.of(rows_of(STP + table)):
        closed = row.get("Close Date", "")
        opened = row.get("Open date", "")
        lookup = next((cell for name, cell in row.items() if name.lower().startswith("lookup")), "")
        if lookup == "#N/A":
            yield LeftOut("listed as no partner of a partnership")
            continue
        if closed or opened.replace("-", "") > at.replace("-", ""):
            yield LeftOut("not open on that day")
            continue
        yield Row(row[code], "open", "open" if by_code(store, at, prefixes, row[code]) else "closed")


COMPARISONS = [
    *(Comparison(f"ods/eccg/eccg_{one}.csv", f"in force on {day}", 0.9, partial(there, one)) for one, day in ECCG.items()),
    *(Comparison(f"ods/eccg/eccg_{one}.csv", f"name on {day}", 0.9, partial(names, one)) for one, day in ECCG.items()),
    *(Comparison(f"ods/eccg/eccg_{one}.csv", "its first day", 0.9, partial(lives, one, False)) for one in ECCG),
    *(Comparison(f"ods/eccg/eccg_{one}.csv", "its last day", 0.9, partial(lives, one, True)) for one in ECCG),
    *(
        Comparison(
            f"ods/eccg/eccg_{one}.csv",
            f"region on {day}",
            0.9,
            partial(over, one, "region", ("region",)),
        )
        for one, day in ECCG.items()
    ),
    *(
        Comparison(
            f"ods/eccg/eccg_{one}.csv",
            f"office or board on {day}",
            0.9,
            partial(over, one, "geography", ("lo", "icb")),
        )
        for one, day in ECCG.items()
    ),
    Comparison("ods/eauth_2018-11.csv", "regions and offices in force on 2018-11-01", 1.0, offices),
    Comparison("ods/derived_ccg_succession.csv", "which group followed", 1.0, partial(follows, "ods/derived_ccg_succession.csv", group)),
    Comparison("ods/derived_pct_to_ccg_2013.csv", "which group followed", 0.9, partial(follows, "ods/derived_pct_to_ccg_2013.csv", trust)),
    Comparison("ods/icb/stp_icb_successions.csv", "which board followed", 1.0, partial(follows, "ods/icb/stp_icb_successions.csv", board)),
    Comparison("ods/icb/stp_icb_ods_2026-10-09.csv", "first and last days", 1.0, boards),
    Comparison("ods/csu/csu_partial.csv", "first and last days", 0.9, units),
    Comparison("ods/csu/csu_partial.csv", "which unit followed", 0.9, partial(follows, "ods/csu/csu_partial.csv", unit)),
    Comparison("ods/pct_clusters_partial.csv", "are its trusts clustered on 2012-01-01", 0.9, clusters),
    Comparison(STP + "current_stps.csv", "partnership of a group on 2019-04-03", 0.9, partial(partnerships, "ccg_code", ("ccg",))),
    Comparison(STP + "current_stps.csv", "partnership of a trust on 2019-04-03", 0.9, partial(partnerships, "trust_code", ("trust",))),
    Comparison(STP + "ccgs.csv", "in force on 2019-04-03", 0.9, partial(registered, "ccgs.csv", "Code", ("ccg",))),
    Comparison(STP + "trusts.csv", "in force on 2019-04-03", 0.9, partial(registered, "trusts.csv", "ORG CODE", ("trust",))),
    Comparison(STP + "caretrusts.csv", "in force on 2019-04-03", 0.0, partial(registered, "caretrusts.csv", "ORG CODE", ("trust",))),
]


def figures() -> str:
    """The section on registers of commissioners."""
    return section(TITLE, COMPARISONS)
