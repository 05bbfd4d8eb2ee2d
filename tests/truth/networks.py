"""Primary care networks: every edition of their register and of their member practices."""

from __future__ import annotations

from functools import lru_cache, partial

from orgmap.graphmodel.stores.sqlite import SqliteStore
from tests.truth.asking import bare_name, bodies, code_of, roles, up
from tests.truth.comparing import Comparison, LeftOut, Picked, Row, Rows, not_explained, section
from tests.truth.published import iso, rows_of

TITLE = "Primary care networks and their practices"

EDITIONS = {"2019-12": "2019-12-01", "2023-01": "2023-01-09", "2025": "2024-10-01"}
"""The editions, each with its last opening or join."""


def _cell(row: dict[str, str], *begins: str) -> str:
    """The cell of the first column whose name begins so: the names vary between editions."""
    return next(cell for name, cell in row.items() if name.startswith(begins))


def there(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """Whether a network is in force on the edition's day just when the register has it as open."""
    at = EDITIONS[edition]
    for row in picked.of(rows_of(f"ods/pcn/epcndetails_{edition}.csv")):
        opened, closed = iso(_cell(row, "Open Date")), iso(_cell(row, "Close Date"))
        if opened > at:
            yield LeftOut("opens after the edition's day")
            continue
        is_open = not closed or closed >= at
        ours = f"pcn:{row['PCN Code']}" in bodies(store, "pcn", at)
        yield Row(row["PCN Code"], "open" if is_open else "closed", "open" if ours else "closed")


def names(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """The name of an open network on the edition's day."""
    at = EDITIONS[edition]
    for row in picked.of(rows_of(f"ods/pcn/epcndetails_{edition}.csv")):
        if iso(_cell(row, "Open Date")) > at or _cell(row, "Close Date"):
            yield LeftOut("not open on the edition's day")
            continue
        told = bodies(store, "pcn", at).get(f"pcn:{row['PCN Code']}", {})
        ours = str(told.get("name") or "")
        same = bare_name(ours) == bare_name(row["PCN Name"])
        yield Row(row["PCN Code"], row["PCN Name"], row["PCN Name"] if same else ours)


def parents(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """The group or location that an open network belongs to on the edition's day."""
    at = EDITIONS[edition]
    for row in picked.of(rows_of(f"ods/pcn/epcndetails_{edition}.csv")):
        if iso(_cell(row, "Open Date")) > at or _cell(row, "Close Date"):
            yield LeftOut("not open on the edition's day")
            continue
        published = _cell(row, "Current Clinical Commissioning Group Code", "Current Sub ICB Loc Code")
        yield Row(
            row["PCN Code"], published, code_of(up(store, f"pcn:{row['PCN Code']}", at, "ccg", "sicbl"))
        )


def members(edition: str, which: str, store: SqliteStore, picked: Picked) -> Rows:
    """A practice's network on the edition's day, or on the first or the last day of a link."""
    at = EDITIONS[edition]
    for row in picked.of(rows_of(f"ods/pcn/epcncorepartners_{edition}.csv.gz")):
        practice = _cell(row, "Partner Organisation Code", "Partner\nOrganisation\nCode")
        joined = iso(_cell(row, "Practice to PCN Relationship Start"))
        left = iso(_cell(row, "Practice to PCN Relationship End"))
        day = {"first": joined, "last": left, "then": at}[which]
        if not day or joined > day or (which == "then" and left and left < at):
            yield LeftOut("the link has not ended" if which == "last" else "no link on the edition's day")
            continue
        found = [code_of(one) for one in roles(store, practice, day).get("primary_care_network", [])]
        published = row["PCN Code"]
        yield Row(f"{practice} on {day}", published, published if published in found else " ".join(found))


THAMES_VALLEY = "U2G6B"
CLOSED = {"K81005": "the practice closed on 2025-12-31; the table of April 2026 was drawn before that"}


def location_of_2026(code: str) -> str:
    """The location's code: the new one of Thames Valley had none when the tables were made, which write it [ANANA].

    >>> location_of_2026("[ANANA]")
    'U2G6B'
    """
    return THAMES_VALLEY if code.startswith("[") else code


@lru_cache(maxsize=1)
def links() -> dict[str, list[tuple[str, str, str, str]]]:
    """Every practice's links in every edition: (network, first day, last day, edition)."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for edition in EDITIONS:
        for row in rows_of(f"ods/pcn/epcncorepartners_{edition}.csv.gz"):
            practice = _cell(row, "Partner Organisation Code", "Partner\nOrganisation\nCode")
            joined = iso(_cell(row, "Practice to PCN Relationship Start"))
            left = iso(_cell(row, "Practice to PCN Relationship End"))
            found.setdefault(practice, []).append((row["PCN Code"], joined, left or "9999", edition))
    return found


def of_member(edition: str, row: Row) -> str:
    """Why a practice's network differs: two links of one practice overlap, or a later edition has another."""
    practice, _, day = row.key.partition(" on ")
    for network, joined, left, told in links().get(practice, []):
        if network == row.ours and joined <= day <= left:
            if told == edition:
                return (
                    "two links of the practice overlap in the register: the graph tells the one that went on"
                )
            return "another edition has the network that the graph tells: corrected there, or there alone"
    return ""


def split(table: str, store: SqliteStore, picked: Picked) -> Rows:
    """Where what was Frimley's location lies from 2026-04-01: a practice's or a network's."""
    for row in picked.of(rows_of(f"ods/april_2026/{table}")):
        published = location_of_2026(row["sub_icb_location_from_2026_04_01"].rpartition(" - ")[2])
        if row["code"] in CLOSED:
            yield LeftOut(CLOSED[row["code"]])
            continue
        if table.startswith("frimley_pcns"):
            ours = code_of(up(store, f"pcn:{row['code']}", "2026-08-01", "sicbl"))
        else:
            ours = " ".join(map(code_of, roles(store, row["code"], "2026-08-01").get("sub_icb_location", [])))
        yield Row(f"{row['code']} on 2026-08-01", published, ours)


COMPARISONS = [
    Comparison(
        f"ods/pcn/epcn{table}_{edition}.csv{'.gz' if packed else ''}",
        f"{question}",
        0.993 if more == ("last",) else 0.998 if more else 1.0,
        partial(rows, edition, *more),
        partial(of_member, edition) if more else not_explained,
    )
    for edition in EDITIONS
    for table, packed, question, rows, more in (
        ("details", False, f"in force on {EDITIONS[edition]}", there, ()),
        ("details", False, f"name on {EDITIONS[edition]}", names, ()),
        ("details", False, f"what it belongs to on {EDITIONS[edition]}", parents, ()),
        ("corepartners", True, f"a practice's network on {EDITIONS[edition]}", members, ("then",)),
        ("corepartners", True, "a practice's network on the first day of each link", members, ("first",)),
        ("corepartners", True, "a practice's network on the last day of each link", members, ("last",)),
    )
    if (edition, more) != ("2019-12", ("last",))
] + [
    Comparison(
        "ods/april_2026/frimley_pcns_2026-04-01.csv",
        "a network's location on 2026-08-01",
        1.0,
        partial(split, "frimley_pcns_2026-04-01.csv"),
    ),
    Comparison(
        "ods/april_2026/frimley_practices_2026-04-01.csv",
        "a practice's location on 2026-08-01",
        1.0,
        partial(split, "frimley_practices_2026-04-01.csv"),
    ),
]


def figures() -> str:
    """The section on networks."""
    return section(TITLE, COMPARISONS)
