"""Practices: every edition of the register of practices, and the register of their memberships since 1999."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.stores.sqlite import SqliteStore
from tests.truth.asking import annotate_days, bodies, code_of, roles, same_name
from tests.truth.comparing import Comparison, Explain, LeftOut, Picked, Row, Rows, section
from tests.truth.practice_reasons import EDITIONS, HISTORY, of_life, of_listing, of_name, table_of
from tests.truth.published import iso, register, rows_of

TITLE = "Practices and whom they were listed under"


def listed_under(store: SqliteStore, cells: list[tuple[str, str]]) -> list[str]:
    """By `annotate`: the location, or where there is none the commissioner, of practices on a day each."""
    told = annotate_days(store, cells)
    found = [code_of(row["sub_icb_location"] or row["commissioner"]) for row in told]
    # A primary care group was a committee of its health authority, no commissioner: `find` tells it as managing.
    return [
        ours or " ".join(code_of(one) for one in roles(store, code, day).get("managing_body", []))
        if day < "2003-04"
        else ours
        for ours, (code, day) in zip(found, cells, strict=True)
    ]


def commissioners(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """Every row's commissioner: on the day of the edition, or on the last day of a listing that has ended."""
    as_of = EDITIONS[edition]
    asked: list[tuple[str, str, str]] = []
    for row in picked.of(register(table_of(edition))):
        last = row["left"] or row["closed"]
        day = last or max(as_of, row["joined"])
        if not row["commissioner"]:
            yield LeftOut("the row names no commissioner")
        elif row["joined"] > day:
            yield LeftOut("the listing ends before it begins")
        else:
            asked.append((row["code"], day, row["commissioner"]))
    ours = listed_under(store, [(code, day) for code, day, _ in asked])
    for (code, day, published), told in zip(asked, ours, strict=True):
        yield Row(f"{code} on {day}", published, told)


def in_force(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """Whether a practice is among those of the day just when the register has it as open."""
    as_of = EDITIONS[edition]
    there = {code_of(body) for body in bodies(store, "practice", as_of)}
    for row in picked.of(register(table_of(edition))):
        if row["opened"] > as_of:
            yield LeftOut("opens after the edition's day")
            continue
        if row["status"] in ("P", "PROPOSED"):
            yield LeftOut("proposed")
            continue
        open_then = not row["closed"] or row["closed"] >= as_of
        published = "open" if open_then else "closed"
        yield Row(row["code"], published, "open" if row["code"] in there else "closed")


def names(edition: str, store: SqliteStore, picked: Picked) -> Rows:
    """The name of an open practice on the edition's day."""
    as_of = EDITIONS[edition]
    there = {code_of(body): str(told["name"]) for body, told in bodies(store, "practice", as_of).items()}
    for row in picked.of(register(table_of(edition))):
        if row["closed"] or row["opened"] > as_of:
            yield LeftOut("not open on the edition's day")
        else:
            ours = there.get(row["code"], "")
            yield Row(row["code"], row["name"], row["name"] if same_name(row["name"], ours) else ours)


def open_rows(edition: str, column: str, day: str, picked: Picked) -> list[dict[str, str]]:
    """The open and listed practices of an edition whose column names a body in England."""
    return picked.of(
        [
            row
            for row in register(table_of(edition))
            if not row["closed"]
            and not row["left"]
            and row["opened"] <= day
            and row["commissioner"]
            and row["joined"] <= day
            and row[column] not in ("Q99", "Y99", "W00", "")
            and row[column][0] in "QYZSD"
        ]
    )


def above(edition: str, column: str, day: str, role: str, store: SqliteStore, picked: Picked) -> Rows:
    """By `annotate`: the region, partnership or board of an open practice."""
    rows = open_rows(edition, column, day, picked)
    told = annotate_days(store, [(row["code"], day) for row in rows])
    for row, ours in zip(rows, told, strict=True):
        yield Row(f"{row['code']} on {day}", row[column], code_of(ours[role]))


def offices(edition: str, column: str, day: str, store: SqliteStore, picked: Picked) -> Rows:
    """By `find`: the area team or local office of an open practice."""
    few = Picked(min(FEW, picked.most))
    for row in open_rows(edition, column, day, few):
        found = roles(store, row["code"], day).get("area_team", [])
        yield Row(f"{row['code']} on {day}", row[column], " ".join(map(code_of, found)))
    picked.told = few.told


FEW = 2000
"""So many practices are asked by `find`, which tells one at a time."""

OFFICES_ON = {"2015-05-26": "2015-05-01"}
"""The edition of May 2015 has the offices that replaced the area teams a month after its last known closure."""


def memberships(day_of: Callable[[dict[str, str]], str], store: SqliteStore, picked: Picked) -> Rows:
    """Whom a practice was listed under on a day of each membership."""
    asked = []
    for row in picked.of(rows_of(HISTORY, "practice", "org", "kind", "joined", "left", "amended")):
        day = day_of(row)
        if not day:
            yield LeftOut("the membership has not ended")
        else:
            asked.append((row["practice"], day, row["org"]))
    ours = listed_under(store, [(code, day) for code, day, _ in asked])
    for (code, day, published), told in zip(asked, ours, strict=True):
        yield Row(f"{code} on {day}", published, told)


def gone(store: SqliteStore, picked: Picked) -> Rows:
    """The other side of the end: the day after a membership its body is no longer the practice's."""
    asked, next_of = [], {}
    history = rows_of(HISTORY, "practice", "org", "kind", "joined", "left", "amended")
    for row in history:
        next_of[row["practice"], iso(row["joined"])] = row["org"]
    for row in picked.of(history):
        if not row["left"]:
            yield LeftOut("the membership has not ended")
            continue
        day = day_after(iso(row["left"]))
        asked.append((row["practice"], day, next_of.get((row["practice"], day), "none")))
    ours = listed_under(store, [(code, day) for code, day, _ in asked])
    for (code, day, published), told in zip(asked, ours, strict=True):
        yield Row(f"{code} on {day}", published, told or "none")


def _about(
    edition: str, question: str, floor: float, rows: Callable[..., Rows], explain: Explain
) -> Comparison:
    return Comparison(table_of(edition), question, floor, rows, explain)


def _upwards(edition: str, day: str) -> list[Comparison]:
    explain = by_address if edition == "2026-02" else of_hub
    regions = partial(above, edition, "region", day, "region")
    # In 2026 the column goes by the address.
    floor = 0.98 if edition == "2026-02" else 0.998
    made = [_about(edition, f"region on {day}", floor, regions, explain)]
    if day < "2020":
        made.append(
            _about(
                edition, f"area office on {day}", 0.996, partial(offices, edition, "geography", day), explain
            )
        )
    else:
        boards = partial(above, edition, "geography", day, "system")
        made.append(
            _about(edition, f"board on {day}", 0.96 if edition == "2026-02" else 0.998, boards, explain)
        )
    return made


def of_hub(row: Row) -> str:
    """Why what stands above a practice differs."""
    if not row.ours:
        return "listed under nothing whose office, region or board a table tells for that day"
    if row.published.startswith("Q7") and row.ours.startswith("Q7"):
        return (
            "in 2015 some of a hub's practices stood under an office beside its own; a quarter later none did"
        )
    return "the register's column goes by what stood above the body when it was published"


def by_address(row: Row) -> str:
    """Why what stands above a practice differs in 2026."""
    return (
        "this edition's column goes by the practice's address, the graph by the body that it is listed under"
    )


COMPARISONS = [
    comparison
    for edition, day in EDITIONS.items()
    for comparison in (
        _about(
            edition,
            "whom it is listed under",
            0.998,
            partial(commissioners, edition),
            partial(of_listing, edition),
        ),
        _about(edition, f"in force on {day}", 0.998, partial(in_force, edition), partial(of_life, edition)),
        _about(edition, f"name on {day}", 0.99, partial(names, edition), partial(of_name, edition)),
        *_upwards(edition, OFFICES_ON.get(edition, day)),
    )
] + [
    Comparison(
        HISTORY,
        "whom on its first day",
        0.99,
        partial(memberships, lambda row: iso(row["joined"])),
        partial(of_listing, "history"),
    ),
    Comparison(
        HISTORY,
        "whom on its last day",
        0.98,
        partial(memberships, lambda row: iso(row["left"])),
        partial(of_listing, "history"),
    ),
    Comparison(HISTORY, "whom on the day after", 0.999, gone, partial(of_listing, "history")),
]


def figures() -> str:
    """The section on practices."""
    return section(TITLE, COMPARISONS)
