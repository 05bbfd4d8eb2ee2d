"""Postcodes: the directory of November 2021, the lists of 2014 and 2025, and those no longer in use."""

from __future__ import annotations

import re
from functools import partial

from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.queries.place.find import find
from tests.truth.asking import annotate, gss_of, roles
from tests.truth.comparing import Comparison, LeftOut, Picked, Row, Rows, section
from tests.truth.published import lines_of, parsed, rows_of

TITLE = "Postcodes"

DIRECTORY = "ons/nspl_nov2021/NSPL_NOV_2021_UK_{}.csv.gz"
LISTS = "ons/derived/england_postcodes_cpo2014_2025_lsoa11.csv.gz"
KENT = "ons/derived/kent_CT_ME_TN_DA_postcodes.csv.gz"
ENDED = "ons/derived/terminated_or_other_postcodes_msoa11.csv.gz"
OUTCODES = "ons/derived/outcode_centroids_england.csv"
ENGLAND = "E92000001"


def council(district: str, county: str) -> str:
    """The upper-tier council of a district: its county, or itself where its county is none with a council."""
    return county if county.startswith("E10") else district


def asked(store: SqliteStore, rows: list[tuple[str, str]], at: str, column: str, *prefixes: str) -> Rows:
    """By `annotate`: the GSS code of the body in a column, for postcodes each with the code expected."""
    codes = {body: gss for prefix in prefixes for body, gss in gss_of(store, at, prefix).items()}
    told = annotate(store, [postcode for postcode, _ in rows], at)
    for (postcode, published), row in zip(rows, told, strict=True):
        ours = codes.get(row[column], row[column]) or (
            "not known" if row["note"].startswith("postcode not known") else ""
        )
        yield Row(postcode, published, ours)


def directory(
    area: str, question: tuple[str, str, str, tuple[str, ...]], store: SqliteStore, picked: Picked
) -> Rows:
    """One column of the directory for the English postcodes of an area."""
    name, at, column, prefixes = question
    rows = []
    for row in picked.of(rows_of(DIRECTORY.format(area))):
        if row["ctry"] != ENGLAND:
            yield LeftOut("not in England")
        else:
            published = council(row["laua"], row["cty"]) if name == "council" else row[name]
            rows.append((row["pcds"], published))
    yield from asked(store, rows, at, column, *prefixes)


def elsewhere(area: str, store: SqliteStore, picked: Picked) -> Rows:
    """Whether a postcode outside England is said to be there."""
    rows = []
    for row in picked.of(rows_of(DIRECTORY.format(area))):
        if row["ctry"] == ENGLAND or not row["ctry"]:
            yield LeftOut("in England, or the directory does not say where")
        else:
            rows.append(row)
    countries = {
        "S": "Scotland",
        "W": "Wales",
        "N": "Northern Ireland",
        "M": "the Isle of Man",
        "L": "the Channel Islands",
    }
    told = annotate(store, [row["pcds"] for row in rows], "2021-11-01")
    for row, ours in zip(rows, told, strict=True):
        yield Row(
            row["pcds"],
            countries[row["ctry"][0]],
            ours["note"].partition("not in England: ")[2].removeprefix("it lies in ").rstrip("."),
        )


def long_table(table: str, picked: Picked) -> list[dict[str, str]]:
    """The rows to ask of a long table: only these are taken apart."""
    header, lines = lines_of(table)
    return parsed(header, picked.of(lines))


def lists(table: str, year: str, at: str, store: SqliteStore, picked: Picked) -> Rows:
    """The council of a postcode in the list of a year."""
    rows = []
    for row in long_table(table, picked):
        if not row[f"lad_{year}"]:
            yield LeftOut(f"not in the list of {year}, or placed nowhere there")
        else:
            rows.append((row["pcd"], council(row[f"lad_{year}"], row[f"cty_{year}"])))
    yield from asked(store, rows, at, "upper_tier_council", "council")


def authorities(table: str, store: SqliteStore, picked: Picked) -> Rows:
    """The strategic health authority of a postcode in the list of 2014."""
    rows = []
    for row in long_table(table, picked):
        if not row["sha_cpo2014"]:
            yield LeftOut("the list of 2014 names no health authority")
        else:
            rows.append((row["pcd"], row["sha_cpo2014"]))
    yield from asked(store, rows, "2012-03-01", "region", "sha")


FEW = 10_000
"""So many postcodes no longer in use are asked by `find`, which tells one at a time."""

_CODE = re.compile(r"\((E02\d{6})\)")


def ended(store: SqliteStore, picked: Picked) -> Rows:
    """The neighbourhood of a postcode that is no longer in use, as the note of `find` names it."""
    few = Picked(min(FEW, picked.most))
    rows = long_table(ENDED, few)
    picked.told = few.told
    for row in rows:
        try:
            notes = " ".join(find(store, row["postcode"], "2021-11-01")["notes"])
        except OrgmapError as error:
            notes = str(error)
        found = _CODE.search(notes)
        yield Row(row["postcode"], row["msoa11cd"], found.group(1) if found else "")


def outcodes(store: SqliteStore, picked: Picked) -> Rows:
    """Whether the district in which an outcode's centre lies is among its districts or councils."""
    at = "2025-10-17"
    codes = {
        body: gss for prefix in ("council", "district") for body, gss in gss_of(store, at, prefix).items()
    }
    for row in picked.of(rows_of(OUTCODES)):
        found = roles(store, row["out"], at)
        ours = {
            codes.get(one, "")
            for role in ("district_council", "upper_tier_council")
            for one in found.get(role, [])
        }
        yield Row(row["out"], row["lad"], row["lad"] if row["lad"] in ours else " ".join(sorted(ours)))


def of_directory(row: Row) -> str:
    """Why an answer for a postcode differs from the directory's."""
    if row.ours == "not known":
        return "in neither of the two open lists nor in that of postcodes no longer in use"
    return ""


def of_lists(row: Row) -> str:
    """Why an answer differs from the council or authority in the open lists."""
    return (
        "near a border: the list goes by the postcode's own point on its day; the graph by the neighbourhood of 2011"
        " that the directory of November 2020 puts it in, or by its point in the other list"
    )


QUESTIONS = (
    ("council", "2021-11-01", "upper_tier_council", ("council",)),
    ("ccg", "2021-11-01", "commissioner", ("ccg",)),
    ("stp", "2021-11-01", "system", ("stp",)),
    ("nhser", "2021-11-01", "region", ("region",)),
    ("pct", "2012-03-01", "commissioner", ("pct",)),
    ("hlthau", "2012-03-01", "region", ("sha",)),
)

COMPARISONS = [
    *(
        Comparison(
            DIRECTORY.format(area), f"{q[0]} on {q[1]}", 0.998, partial(directory, area, q), of_directory
        )
        for area in ("HX", "TD")
        for q in QUESTIONS
    ),
    *(
        Comparison(
            DIRECTORY.format(area), "which country it lies in", 1.0, partial(elsewhere, area), of_directory
        )
        for area in ("TD", "IM")
    ),
    Comparison(
        LISTS,
        "council on 2014-08-01",
        0.998,
        partial(lists, LISTS, "2014", "2014-08-01"),
        of_lists,
        long=True,
    ),
    Comparison(
        LISTS,
        "council on 2025-10-17",
        0.998,
        partial(lists, LISTS, "2025", "2025-10-17"),
        of_lists,
        long=True,
    ),
    Comparison(
        LISTS,
        "strategic health authority on 2012-03-01",
        0.998,
        partial(authorities, LISTS),
        of_lists,
        long=True,
    ),
    Comparison(KENT, "council on 2014-08-01", 0.998, partial(lists, KENT, "2014", "2014-08-01"), of_lists),
    Comparison(KENT, "council on 2025-10-17", 0.998, partial(lists, KENT, "2025", "2025-10-17"), of_lists),
    Comparison(ENDED, "neighbourhood", 1.0, ended),
    Comparison(OUTCODES, "is the district of its centre among its councils on 2025-10-17", 1.0, outcodes),
]


def figures() -> str:
    """The section on postcodes."""
    return section(TITLE, COMPARISONS)
