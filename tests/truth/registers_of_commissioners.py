"""Registers of commissioners: editions of `eccg` and `eauth`, partnerships of 2019, boards, successions, clusters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.queries.body.show import show
from orgmap.queries.change.lineage import lineage
from tests.truth.asking import bare_name, bodies, code_of, up
from tests.truth.commissioner_reasons import OF_OFFICES, explain, of_cost_centres, of_hubs
from tests.truth.common import above, by_code
from tests.truth.comparing import Comparison, Explain, LeftOut, Picked, Row, Rows, section
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
        yield Row(
            row["code"],
            "open" if is_open else "closed",
            "open" if body_of(store, row["code"], at) else "closed",
        )


def names(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """What an open body is called on the edition's day."""
    at = ECCG[edition]
    for row in picked.of(register(f"ods/eccg/eccg_{edition}.csv")):
        if row["opened"] > at or row["closed"]:
            yield LeftOut("not open on the edition's day")
            continue
        body = body_of(store, row["code"], at)
        ours = str(bodies(store, body.partition(":")[0], at)[body]["name"] or "") if body else ""
        yield Row(
            row["code"], row["name"], row["name"] if bare_name(ours) == bare_name(row["name"]) else ours
        )


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
            yield Row(
                row["code"], "open", "open" if by_code(store, at, ("region", "lo"), row["code"]) else "closed"
            )


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
    table: str,
    pair: Callable[[dict[str, str]], tuple[str, str, str] | str],
    store: SqliteStore,
    picked: Picked,
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
    """First and last days of boards."""
    table = "ods/icb/stp_icb_ods_2026-10-09.csv"
    for row in picked.of(rows_of(table)):
        day = row["RO318_start(ICB)"]
        if not day:
            yield LeftOut("never a board")
            continue
        body = by_code(store, day, ("icb",), row["ods_code"])
        ours = str(bodies(store, "icb", day)[body]["valid_from"]) if body else ""
        yield Row(f"icb:{row['ods_code']} first day", day, ours)
        if row["end"] and row["RO318_start(ICB)"]:
            body = by_code(store, row["end"], ("icb",), row["ods_code"])
            ours = str(bodies(store, "icb", row["end"])[body]["valid_until"] or "") if body else ""
            yield Row(f"icb:{row['ods_code']} last day", row["end"], day_before(ours) if ours else "")


def coded_partnerships(store: SqliteStore, picked: Picked) -> Rows:
    """Whether a partnership is in force on the first day of its code; it began a year or two before."""
    for row in picked.of(rows_of("ods/icb/stp_icb_ods_2026-10-09.csv")):
        day = row["RO261_start(strategic partnership)"]
        if not day or day > "2022-07-01":
            yield LeftOut("a board that never was a partnership")
            continue
        there = by_code(store, day, ("stp",), row["ods_code"])
        yield Row(f"stp:{row['ods_code']}", "in force", "in force" if there else "")


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
        yield Row(
            row["cluster"], "one cluster", "one cluster" if len(of_each) == 1 else f"{len(of_each)} clusters"
        )


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


def _all(
    table: str, *questions: tuple[str, float, Callable[[SqliteStore, Picked], Rows], Explain]
) -> list[Comparison]:
    return [Comparison(table, question, floor, rows, why) for question, floor, rows, why in questions]


COMPARISONS = [
    comparison
    for one, day in ECCG.items()
    for comparison in _all(
        f"ods/eccg/eccg_{one}.csv",
        (f"in force on {day}", 1.0, partial(there, one), explain),
        (f"name on {day}", 1.0, partial(names, one), explain),
        ("its first day", 0.995, partial(lives, one, False), explain),
        ("its last day", 1.0, partial(lives, one, True), explain),
        (
            f"region on {day}",
            0.91 if one == "2025" else 1.0,
            partial(over, one, "region", ("region",)),
            of_hubs,
        ),
        (
            f"office or board on {day}",
            OF_OFFICES[one],
            partial(over, one, "geography", ("lo", "icb")),
            of_hubs,
        ),
    )
]
COMPARISONS += [
    *_all("ods/eauth_2018-11.csv", ("regions and offices in force on 2018-11-01", 1.0, offices, explain)),
    *(
        comparison
        for table, question, pair in (
            ("ods/derived_ccg_succession.csv", "which group followed", group),
            ("ods/icb/stp_icb_successions.csv", "which board followed", board),
            ("ods/csu/csu_partial.csv", "which unit followed", unit),
        )
        for comparison in _all(table, (question, 1.0, partial(follows, table, pair), explain))
    ),
    *_all(
        "ods/icb/stp_icb_ods_2026-10-09.csv",
        ("first and last days of boards", 1.0, boards, explain),
        ("is a partnership in force on the first day of its code", 1.0, coded_partnerships, explain),
    ),
    *_all(
        "ods/derived_pct_to_ccg_2013.csv",
        (
            "which group followed",
            0.93,
            partial(follows, "ods/derived_pct_to_ccg_2013.csv", trust),
            of_cost_centres,
        ),
    ),
    *_all("ods/csu/csu_partial.csv", ("first and last days", 0.94, units, explain)),
    *_all("ods/pct_clusters_partial.csv", ("are its trusts clustered on 2012-01-01", 1.0, clusters, explain)),
    *_all(
        STP + "current_stps.csv",
        ("partnership of a group on 2019-04-03", 1.0, partial(partnerships, "ccg_code", ("ccg",)), explain),
        (
            "partnership of a trust on 2019-04-03",
            1.0,
            partial(partnerships, "trust_code", ("trust",)),
            explain,
        ),
    ),
    *_all(
        STP + "ccgs.csv",
        ("in force on 2019-04-03", 1.0, partial(registered, "ccgs.csv", "Code", ("ccg",)), explain),
    ),
    *_all(
        STP + "trusts.csv",
        ("in force on 2019-04-03", 1.0, partial(registered, "trusts.csv", "ORG CODE", ("trust",)), explain),
    ),
    *_all(
        STP + "caretrusts.csv",
        (
            "in force on 2019-04-03",
            1.0,
            partial(registered, "caretrusts.csv", "ORG CODE", ("trust",)),
            explain,
        ),
    ),
]


def figures() -> str:
    """The section on registers of commissioners."""
    return section(TITLE, COMPARISONS)
