"""People: the populations by which the graph weighs, told by `crosswalk` and by the shares of neighbourhoods."""

from __future__ import annotations

from functools import lru_cache

from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.graphmodel.vocabulary import parse_kind
from orgmap.queries.change.crosswalk import crosswalk
from tests.truth.asking import gss_of
from tests.truth.comparing import Comparison, LeftOut, Picked, Row, Rows, section
from tests.truth.published import rows_of

TITLE = "People"

AREAS = "ons/population/population_mid2020_by_area_aggregated.csv"
SMALL = "ons/population/lsoa11_population_2017_2019_2020.csv.gz"
GROUPS = "ons/population/ccg21_population_mid2020.csv"

LAYERS = {
    "SHA10CD": ("sha", "2011-12-31"),
    "PCT11CD_est": ("pct", "2011-12-31"),
    "CCG13CD": ("ccg", "2013-04-01"),
    "NHSAT13CD": ("at", "2013-04-01"),
    "UTLA13CD": ("council", "2013-04-01"),
    "CCG15CD": ("ccg", "2015-07-03"),
    "CCG17CD": ("ccg", "2017-04-01"),
    "CCG18CD": ("ccg", "2018-04-01"),
    "CCG19CD": ("ccg", "2019-04-01"),
    "CCG20CD": ("ccg", "2020-04-01"),
    "CCG21CD": ("ccg", "2021-04-01"),
    "STP21CD": ("stp", "2021-04-01"),
    "UTLA20CD": ("council", "2020-04-01"),
    "SICBL22CD": ("sicbl", "2022-07-01"),
    "ICB22CD": ("icb", "2022-07-01"),
    "UTLA23CD": ("council", "2023-04-01"),
}
"""The layers of the table that the graph can tell, with their kind of body and day."""


@lru_cache(maxsize=40)
def people_of(store: SqliteStore, kind: str, at: str) -> dict[str, int]:
    """`crosswalk KIND DAY KIND DAY`: the people of each body, by the GSS code of the day."""
    codes = gss_of(store, at, kind)
    name = parse_kind(kind)
    found: dict[str, float] = {}
    for row in crosswalk(store, name, at, name, at)["rows"]:
        body = row["from"]["id"] if isinstance(row["from"], dict) else row["from"]
        found[codes.get(body, body)] = found.get(codes.get(body, body), 0.0) + row["weight"]
    return {code: round(weight) for code, weight in found.items()}


def by_area(store: SqliteStore, picked: Picked) -> Rows:
    """The people of a body in mid-2020, in every layer."""
    for row in picked.of(rows_of(AREAS)):
        layer = LAYERS.get(row["geography"])
        if not layer:
            yield LeftOut("a layer that no body here has")
            continue
        ours = people_of(store, *layer).get(row["code"])
        yield Row(
            f"{row['code']} on {layer[1]}",
            str(round(float(row["pop_mid2020"]))),
            "" if ours is None else str(ours),
        )


def by_group(store: SqliteStore, picked: Picked) -> Rows:
    """The people of a group of 2021 in mid-2020."""
    for row in picked.of(rows_of(GROUPS)):
        ours = people_of(store, "ccg", "2021-04-01").get(row["CCG Code"])
        yield Row(row["CCG Code"], row["All Ages"], "" if ours is None else str(ours))


def by_neighbourhood(store: SqliteStore, picked: Picked) -> Rows:
    """The people of a neighbourhood in mid-2020, by which shares of places are weighed."""
    for row in picked.of(rows_of(SMALL)):
        if not row["lsoa11_code"].startswith("E"):
            yield LeftOut("in Wales")
            continue
        ours = round(
            sum(people for _, people in store.neighbourhoods([row["lsoa11_code"]])[row["lsoa11_code"]])
        )
        yield Row(row["lsoa11_code"], str(round(float(row["pop_mid2020"]))), str(ours or ""))


def by_trust(row: Row) -> str:
    """Why the people of a health authority differ."""
    if not row.key.startswith("E18"):
        return ""
    return (
        "31 neighbourhoods lie in another health authority than the trust that served them: the table goes by place,"
        " the graph by the trust's own authority"
    )


COMPARISONS = [
    Comparison(AREAS, "people in mid-2020", 0.997, by_area, by_trust),
    Comparison(GROUPS, "people in mid-2020", 1.0, by_group),
    Comparison(SMALL, "people in mid-2020", 1.0, by_neighbourhood),
]


def figures() -> str:
    """The section on people."""
    return section(TITLE, COMPARISONS)
