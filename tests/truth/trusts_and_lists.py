"""Trusts: every edition of their register, and where they stand; practices as the quarters of list sizes have them."""

from __future__ import annotations

from functools import lru_cache, partial

from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.queries.body.show import show
from tests.truth.asking import annotate, bodies, code_of, roles, same_name
from tests.truth.common import by_code, code_like
from tests.truth.comparing import Comparison, LeftOut, Picked, Row, Rows, section
from tests.truth.published import register, rows_of

TITLE = "Trusts, and the quarters of list sizes"

EDITIONS = {
    "2015": "2015-07-01",
    "2018-08-31": "2018-08-31",
    "2020-21": "2020-08-01",
    "2022": "2022-01-01",
    "2025-07": "2025-07-01",
    "2025": "2025-11-01",
    "2026-04": "2026-04-09",
}
"""The editions of the register of trusts, each with its day, stated or told by the newest name in it."""

QUARTERS = {"2013_04-06": "2013-06-30", "2015_04-06": "2015-06-30"}
"""The quarters of list sizes, each with its last day."""

ELSEWHERE = ("W00", "Q99")
"""What stands for a region or board of trusts in Wales."""

BY_HAND = ("R0A", "R0B")
"""Trusts of later years that somebody appended to the edition of 2015."""


def _rows(edition: str, picked: Picked) -> list[dict[str, str]]:
    return picked.of(
        [
            row
            for row in register(f"ods/etr/etr_{edition}.csv")
            if not (edition == "2015" and row["code"] in BY_HAND)
        ]
    )


def _open(row: dict[str, str], at: str) -> bool:
    return row["opened"] <= at and (not row["closed"] or row["closed"] >= at)


def there(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """Whether a trust is in force on the edition's day just when the register has it as open."""
    at = EDITIONS[edition]
    known = bodies(store, "trust", at)
    for row in _rows(edition, picked):
        ours = "open" if f"trust:{row['code']}" in known else "not open"
        yield Row(f"{row['code']} on {at}", "open" if _open(row, at) else "not open", ours)


def names(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """What an open trust is called on the edition's day."""
    at = EDITIONS[edition]
    known = bodies(store, "trust", at)
    for row in _rows(edition, picked):
        if not _open(row, at):
            yield LeftOut("not open on the edition's day")
            continue
        ours = str(known.get(f"trust:{row['code']}", {}).get("name") or "")
        yield Row(
            f"{row['code']} on {at}", row["name"], row["name"] if same_name(ours, row["name"]) else ours
        )


def postcodes(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """The postcode of an open trust on the edition's day."""
    at = EDITIONS[edition]
    for row in _rows(edition, picked):
        if not _open(row, at) or not row["postcode"]:
            yield LeftOut("not open on the edition's day")
            continue
        try:
            told = show(store, f"trust:{row['code']}", at)["postcodes"]
        except OrgmapError:
            told = []
        ours = [
            one["postcode"]
            for one in told
            if (one["valid_from"] or "") <= at and at < (one["valid_until"] or "9999")
        ]
        yield Row(f"{row['code']} on {at}", row["postcode"], " ".join(ours))


def above(edition: str, column: str, role: str, store: SqliteStore, picked: Picked) -> Rows:
    """By `find`: the region or board where a trust stands on the edition's day."""
    at = EDITIONS[edition]
    for row in _rows(edition, picked):
        if not _open(row, at):
            yield LeftOut("not open on the edition's day")
            continue
        if row[column] in ELSEWHERE:
            yield LeftOut("in Wales")
            continue
        ours = roles(store, f"trust:{row['code']}", at).get(role, [])
        yield Row(f"{row['code']} on {at}", row[column], " ".join(map(code_of, ours)))


def of_2022(
    table: str, code: str, upper: str, role: str, prefix: str, store: SqliteStore, picked: Picked
) -> Rows:
    """By `find`: the region or partnership of a trust at the beginning of 2022."""
    at = "2022-01-01"
    for row in picked.of(rows_of(f"ons/lookups_2019_2024/{table}")):
        if row.get("status", "open") != "open" or not by_code(store, at, ("trust",), row[code]):
            yield LeftOut("not open on that day")
            continue
        if row[upper] in ELSEWHERE:
            yield LeftOut("in Wales")
            continue
        ours = roles(store, f"trust:{row[code]}", at).get(role, [])
        yield Row(
            f"{row[code]} on {at}",
            row[upper],
            " ".join(code_like(store, at, one, row[upper]) for one in ours),
        )


def groups_of_trusts(store: SqliteStore, picked: Picked) -> Rows:
    """By `find`: the clinical commissioning group where a trust stands in 2020; the table, made then, has no day."""
    at = "2020-12-01"
    for row in picked.of(rows_of("ods/lookups/trust_ccg_lookup_ods_datapoint.csv")):
        code = row["Geographic Primary Care Organisation Code"]
        if not by_code(store, at, ("trust",), row["Code"]) or not by_code(store, at, ("ccg",), code):
            yield LeftOut("the trust or the group was not in force on that day")
            continue
        ours = roles(store, f"trust:{row['Code']}", at).get("commissioner", [])
        yield Row(f"{row['Code']} on {at}", code, " ".join(map(code_of, ours)))


def groups_on(store: SqliteStore, at: str) -> set[str]:
    """`list clinical_commissioning_group --at DAY`: the groups by code."""
    return set(map(code_of, bodies(store, "ccg", at)))


def lists(quarter: str, store: SqliteStore, picked: Picked) -> Rows:
    """By `annotate`: whom a practice with patients was listed under on the last day of a quarter."""
    at = QUARTERS[quarter]
    asked = []
    for row in picked.of(rows_of(f"ods/list_size/list_size_{quarter}.csv.gz")):
        code = row["PCO Code"].removesuffix("00")
        if row["patients"] in ("", "0"):
            yield LeftOut("a line without patients: a clinic, a service or a practice that has closed")
        else:
            asked.append((row["Practice Code"], code))
    told = annotate(store, [practice for practice, _ in asked], at)
    for (practice, code), ours in zip(asked, told, strict=True):
        yield Row(f"{practice} on {at}", code, code_of(ours["commissioner"]))


def explain(row: Row) -> str:
    """Why a register of trusts differs: what the other editions say."""
    code, _, day = row.key.partition(" on ")
    if row.published.startswith(("Y", "Q", "E54")) and code in BY_ADDRESS:
        return BY_ADDRESS[code]
    others = [found for edition in EDITIONS for found in _by_code(edition).get(code, [])]
    if any(one["closed"] and one["closed"] < day for one in others):
        return "closed before this day by another edition"
    if row.published == "not open":
        return "closed a few days before this edition, which the editions compiled from do not know yet"
    if not row.ours:
        return "the graph does not tell where a trust lies"
    if any(
        row.ours and (same_name(one["name"], row.ours) or one["postcode"] in row.ours.split())
        for one in others
    ):
        return "renamed or moved between two editions: another edition has what the graph says"
    return ""


BY_ADDRESS = {
    "RPG": "its head office in Dartford lies in Kent, by which the graph goes (as three other editions do);"
    " others have it in London, which it serves",
    "RXK": "its address of 2025 is in Smethwick, in the Black Country, as the next edition says, too",
    "RV3": "the look-up has its former partnership; its address on that day is in Camden by the register of 2022",
    "RP6": "the look-up goes by another site; its address is in Islington by the register",
}


@lru_cache(maxsize=20)
def _by_code(edition: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in register(f"ods/etr/etr_{edition}.csv"):
        found.setdefault(row["code"], []).append(row)
    return found


def of_list(row: Row) -> str:
    """Why a quarter's list differs."""
    if row.published.startswith(("5", "T")):
        return "the quarter still has the practice under a trust that ended on 2013-03-31"
    if row.published.startswith(("R", "NI", "1", "Q")):
        return "the list has the practice under a provider or an office, not under a commissioner"
    if not row.ours:
        return "closed before the quarter's last day, or never in the register of practices"
    return "the list goes by the day on which it was drawn, the graph by the register's days; or it stands under a hub"


LATE = ("2018-08-31", "2020-21")
"""Editions that do not know the last closures before their day."""

COMPARISONS = [
    comparison
    for edition, day in EDITIONS.items()
    for table in (f"ods/etr/etr_{edition}.csv",)
    for comparison in (
        Comparison(
            table, f"in force on {day}", 0.97 if edition in LATE else 1.0, partial(there, edition), explain
        ),
        Comparison(
            table, f"name on {day}", 0.97 if edition in LATE else 1.0, partial(names, edition), explain
        ),
        Comparison(
            table,
            f"postcode on {day}",
            0.97 if edition in LATE else 1.0,
            partial(postcodes, edition),
            explain,
        ),
        Comparison(table, f"region on {day}", 0.97, partial(above, edition, "region", "region"), explain),
        *(
            (
                Comparison(
                    table,
                    f"board or partnership on {day}",
                    0.97,
                    partial(above, edition, "geography", "system"),
                    explain,
                ),
            )
            if day > "2020"
            else ()
        ),
    )
]
COMPARISONS += [
    Comparison(
        f"ods/list_size/list_size_{quarter}.csv.gz",
        f"whom a practice is listed under on {day}",
        0.998,
        partial(lists, quarter),
        of_list,
    )
    for quarter, day in QUARTERS.items()
]
_REGION, _STP = "lookup_nhs_trusts22_nhs_region21.csv", "lookup_nhs_trusts22_stp21.csv"
COMPARISONS += [
    Comparison(
        f"ons/lookups_2019_2024/{_REGION}",
        "region on 2022-01-01",
        0.99,
        partial(of_2022, _REGION, "nhs_trust22_code", "nhs_region21_nhs_code", "region", "region"),
        explain,
    ),
    Comparison(
        f"ons/lookups_2019_2024/{_STP}",
        "partnership on 2022-01-01",
        0.98,
        partial(of_2022, _STP, "nhs_trust22_code", "stp21_code", "system", "stp"),
        explain,
    ),
    Comparison(
        "ods/lookups/trust_ccg_lookup_ods_datapoint.csv",
        "group on 2020-12-01",
        1.0,
        groups_of_trusts,
        explain,
    ),
]


def figures() -> str:
    """The section on trusts and lists."""
    return section(TITLE, COMPARISONS)
