"""England over the web: what Python answers for places and days drawn by chance, the server answers."""

from __future__ import annotations

import json
import os
import re
from datetime import date, timedelta
from html import unescape
from random import Random
from typing import Any

import orgmap
from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.errors import OrgmapError
from orgmap.loaders.reading import tables_of

MANY = int(os.environ.get("ORGMAP_HOSTILE", "200"))
FIRST, LAST = date(2010, 4, 1), date(2028, 6, 1)


def places(chance: Random) -> list[str]:
    """Postcodes, outcodes, towns and codes of practices, drawn by chance."""
    rows = tables_of(data_folder())
    postcodes = [f"{row[0]} {inward}" for row in rows("postcodes") for inward in row[1].split()[:1]]
    names = sorted({f"{row[0]}, {row[2]}" for row in rows("place_names")})
    codes = [row[0].partition(":")[2] for row in rows("entities") if row[0].startswith("practice:")]
    return [
        *chance.sample(postcodes, MANY // 2),
        *chance.sample(names, MANY // 4),
        *chance.sample(codes, MANY // 8),
        *(chance.choice(postcodes).split()[0] for _ in range(MANY // 8)),
    ]


def test_places_and_days_by_chance_are_answered_as_by_python(serving: Any) -> None:
    chance = Random(os.environ.get("ORGMAP_SEED", "1"))
    client = serving(None)
    wrong = []
    with orgmap.open() as graph:
        for place in places(chance):
            day = (FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))).isoformat()
            got = client.get("/api/find", params={"place": place, "at": day})
            try:
                right = graph.find(place, day).to_json()
                same = json.loads(right) == (
                    got.json() if got.status_code == 200 else got.json().get("answer")
                )
            except OrgmapError as error:
                same = got.status_code in (404, 409, 422) and got.json()["detail"] == str(error)
            if not same:
                wrong.append((place, day, got.status_code))
    assert wrong == []


def test_england_is_compared_once(serving: Any) -> None:
    client = serving(None)
    asked = {"before": "2022-06-30", "after": "2022-07-01"}
    first = client.get("/api/diff", params=asked)
    again = client.get("/api/diff", params=asked)
    assert first.content == again.content
    with orgmap.open() as graph:
        assert first.json() == json.loads(graph.diff("2022-06-30", "2022-07-01").to_json())


def test_every_source_of_england_has_a_page(serving: Any) -> None:
    client = serving(None)
    sources = client.get("/api/sources").json()
    for row in Random(1).sample(sources, 25):
        assert client.get(f"/id/source:{row['id']}").status_code == 200


def test_every_reform_of_england_has_a_page_and_its_data(serving: Any) -> None:
    client = serving(None)
    reforms = client.get("/api/reforms").json()
    wanted = [*Random(2).sample(reforms, 4), min(reforms, key=lambda row: row["valid_from"])]
    for row in wanted:
        for form in ("html", "json", "turtle"):
            assert client.get(f"/id/{row['id']}?format={form}").status_code == 200, row["id"]


def test_a_place_on_a_day_to_come_says_of_each_row_how_sure_it_is(serving: Any) -> None:
    client = serving(None)
    for path in ("/?q=Woking&at=2027-05-01", "/id/place:Woking?at=2027-05-01"):
        page = client.get(path).text
        council = row_of(page, "Surrey County Council")
        assert "as last known" in council
        assert "<th>Status</th>" in page
        assert "sub-ICB location" in page
        assert "--include" not in page
        shown = client.get(unescape(re.search(r'<a href="([^"]+)">show what is planned</a>', page)[1])).text  # type: ignore[index]
        assert "to end on 1 April 2027 (enacted); as last known" in row_of(shown, "Surrey County Council")
        assert ">enacted</td>" in row_of(shown, "West Surrey Council")
        assert "conditional, not law" in row_of(shown, "Healthwatch West Surrey")
        assert "checked" in shown.split("Also what is planned")[0].rpartition("<input")[2]
    assert "as last known" not in client.get("/?q=Woking&at=2024-05-01").text


def test_a_body_became_only_what_took_its_place(serving: Any) -> None:
    client = serving(None)
    page = client.get("/id/pct:5P9").text
    became, went_on = page.partition("<h2>Became</h2>")[2].split("<h2>Changes in which it went on</h2>")
    assert "NHS West Kent CCG" in became
    assert "NHS Kent and Medway" not in became
    assert "NHS Kent and Medway" in went_on.partition("<h2>")[0]
    planned = client.get("/id/council:west_surrey").text
    assert "show what is planned" in planned
    assert "Came from" not in planned
    assert "Woking Borough Council" in client.get("/id/council:west_surrey?include=planned").text


def test_a_planned_body_is_no_match_without_a_word(serving: Any) -> None:
    client = serving(None)
    found = client.get("/reconcile/suggest/entity", params={"prefix": "East Surrey Council"}).json()[
        "result"
    ][0]
    assert found["id"] == "council:east_surrey"
    assert found["description"] == (
        "upper-tier council, from 1 April 2027, no end known; enacted, its day to come"
    )
    assert "; enacted." in client.get("/reconcile/preview?id=council:east_surrey").text


def row_of(page: str, name: str) -> str:
    """The row of a table in which a body stands."""
    return next(row for row in page.split("<tr>") if f">{name}</a>" in row).partition("</tr>")[0]
