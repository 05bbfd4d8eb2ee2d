"""Everything that has an id has an address: as a page, as JSON, as Turtle, for any day."""

from __future__ import annotations

import json
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph as Triples
from starlette.testclient import TestClient

import orgmap
from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.exports.export import export
from orgmap.loaders.reading import tables_of
from tests.worlds import write_data


def test_a_body_is_a_page_json_or_turtle_by_what_is_accepted(kent: TestClient) -> None:
    page = kent.get("/id/ccg:10E", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "NHS Thanet CCG" in page.text
    assert page.headers["vary"] == "Accept"
    assert '</id/ccg:10E?format=turtle>; rel="alternate"; type="text/turtle"' in page.headers["link"]
    assert '</id/ccg:10E>; rel="canonical"' in page.headers["link"]
    data = kent.get("/id/ccg:10E", headers={"accept": "application/json"})
    with orgmap.open() as graph:
        assert data.json() == json.loads(graph.show("ccg:10E").to_json())
    words = kent.get("/id/ccg:10E", headers={"accept": "text/turtle"})
    assert words.headers["content-type"] == "text/turtle; charset=utf-8"
    assert len(Triples().parse(data=words.text, format="turtle")) > 10
    assert kent.get("/id/ccg:10E", headers={"accept": "image/png"}).status_code == 406
    assert len({one.headers["etag"] for one in (page, data, words)}) == 3


def test_a_day_makes_a_difference(kent: TestClient) -> None:
    early = kent.get("/id/ccg:10E?format=json&at=2014-01-01").json()
    late = kent.get("/id/ccg:10E?format=json&at=2018-01-01").json()
    assert {one["object"] for one in early["relations"]} != {one["object"] for one in late["relations"]}
    assert "Kent and Medway STP" in kent.get("/id/ccg:10E?at=2018-01-01").text
    assert "Kent and Medway STP" not in kent.get("/id/ccg:10E?at=2014-01-01").text
    assert "at=2014-01-01" in kent.get("/id/ccg:10E?at=2014-01-01").headers["link"]


@pytest.mark.parametrize("body", ["ccg:10E", "icb:QKS", "practice:G82064", "council:E10000016"])
def test_the_turtle_of_a_body_says_what_the_whole_export_says_of_it(
    kent: TestClient, tmp_path: Path, body: str
) -> None:
    with orgmap.open() as graph:
        export("turtle", tmp_path / "all.ttl", graph.store, tables_of(data_folder()))
    every = Triples().parse(tmp_path / "all.ttl", format="turtle")
    own = Triples().parse(data=kent.get(f"/id/{body}?format=turtle").text, format="turtle")
    assert set(own) <= set(every)
    about = {triple for triple in every if str(triple[0]) == f"urn:orgmap:body:{body}"}
    assert about <= set(own)


def test_what_leads_to_a_body_leads_to_its_address(kent: TestClient) -> None:
    got = kent.get("/id/10E?at=2014-01-01")
    assert (got.status_code, got.headers["location"]) == (303, "/id/ccg:10E?at=2014-01-01")
    assert kent.get("/id/frobnicate").status_code == 404
    assert kent.get("/id/ccg:99X", headers={"accept": "application/json"}).status_code == 404


def test_places_sources_facts_and_reforms_have_addresses_too(kent: TestClient) -> None:
    with orgmap.open() as graph:
        place = json.loads(graph.find("CT9 1AA", "2013-06-01").to_json())
        sources = [row["id"] for row in graph.sources()]
        reforms = [row["id"] for row in graph.reforms()]
    assert kent.get("/id/place:CT9%201AA?at=2013-06-01&format=json").json() == place
    assert 'href="/id/ccg:10E"' in kent.get("/id/place:CT9%201AA?at=2013-06-01").text
    found = Triples().parse(
        data=kent.get("/id/place:CT9%201AA?at=2013-06-01&format=turtle").text, format="turtle"
    )
    assert "urn:orgmap:body:ccg:10E" in {str(one) for one in found.objects()}
    things = [f"source:{sources[0]}", "ccg:10E/part_of/at:Q67", *reforms]
    for thing in things:
        for form in ("html", "json", "turtle"):
            got = kent.get(f"/id/{thing}?format={form}")
            assert got.status_code == 200, (thing, form)
    assert (
        kent.get("/id/ccg:10E/part_of/at:Q67?format=json").json()["statements"][0]["valid_until"]
        == "2015-04-01"
    )
    assert kent.get("/id/ccg:10E/frob/at:Q67").status_code == 404
    assert kent.get("/id/ccg:10E/part_of/icb:QKS").status_code == 404
    assert kent.get("/id/source:frob").status_code == 404


def test_pages_need_no_script_and_lead_on(kent: TestClient) -> None:
    page = kent.get("/id/ccg:10E?at=2014-01-01").text
    assert "<script" not in page
    assert 'href="/id/ccg:91Q"' in page
    assert 'href="/id/ccg%3A10E/part_of/at%3AQ67"' in page or 'href="/id/ccg:10E/part_of/at:Q67"' in page
    assert 'lang="en-GB"' in page
    assert "<main" in page


HARMFUL = """
entities
id         | name                                             | valid_from | valid_until
pct:5QA    | </script><script>window.harm=1</script>          | 2006-10-01 | 2013-04-01
ccg:10E    | <img src=x onerror="window.harm=1">              | 2013-04-01 |
ccg:09E    | " onfocus="window.harm=1" x="                    | 2013-04-01 |
sha:Q37    | </title></style></svg><svg onload=window.harm=1> | 2006-07-01 | 2013-04-01
region:Y57 | {{ 7 * 7 }} {% raise %}                          | 2013-04-01 |

relationships
subject | verb    | object  | valid_from | valid_until
pct:5QA | part_of | sha:Q37 | 2006-10-01 | 2013-04-01

sources
id   | title                                   | url                                      | licence     | verified
evil | <script>window.harm=1</script> & "more" | https://example.org/"><script>1</script> | <b>none</b> | yes

events
id   | kind     | date       | source
2013 | replaced | 2013-04-01 | evil

successions
event | predecessor | successor
2013  | pct:5QA     | ccg:10E
2013  | pct:5QA     | ccg:09E
"""


def test_names_that_mean_harm_do_nothing(serving: Any, tmp_path: Path) -> None:
    write_data(tmp_path / "data", HARMFUL)
    client = serving(tmp_path)
    for path in (
        "/id/pct:5QA",
        "/id/ccg:10E",
        "/id/sha:Q37",
        "/id/region:Y57",
        "/id/source:evil",
        "/id/pct:5QA/part_of/sha:Q37?at=2010-01-01",
        "/?q=img",
        "/reconcile/preview?id=ccg:10E",
    ):
        page = client.get(path).text
        assert "49" not in page.split("<main")[1].split("<footer")[0]
        tags = tags_of(page)
        assert {name for name, _ in tags} <= HARMLESS, path
        for _, attributes in tags:
            assert not [one for one in attributes if one.startswith("on") or one == "style"], path
            assert not [one for one in attributes.values() if (one or "").startswith("javascript")], path


HARMLESS = set(
    "html head meta title link body a header main footer p h1 h2 form label input small button ul li details summary"
    " table thead tbody tr th td div code dl dt dd br span strong".split()
)


def tags_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """The tags of a page as a browser sees them, with their attributes."""
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(page)
    return found


def test_the_start_page_finds_without_a_script(kent: TestClient) -> None:
    assert '<form class="ask" method="get" action="/"' in kent.get("/").text
    found = kent.get("/", params={"q": "CT9 1AA", "at": "1 June 2013"})
    assert found.status_code == 200
    assert 'href="/id/ccg:10E"' in found.text
    for page in (found.text, kent.get("/id/place:CT9%201AA?at=2013-06-01").text):
        guide = kent.get(unescape(page.split("A guide")[0].rpartition('href="')[2].partition('"')[0]))
        assert "on 1 June 2013" in guide.text or "2013-06-01" in guide.text
        assert guide.headers["content-type"] == "text/html; charset=utf-8"
    assert kent.get("/", params={"q": "Nowhereham"}).status_code == 404
    assert kent.get("/", params={"q": "CT9 1AA", "at": "frob"}).status_code == 422
    assert kent.get("/", params={"frob": "1"}).status_code == 400
    assert "&lt;b&gt;" in kent.get("/", params={"q": "<b>"}).text


def test_the_style_is_there_and_kept_long(kent: TestClient) -> None:
    address = kent.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    got = kent.get(address)
    assert (got.status_code, got.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in got.headers["cache-control"]


def test_behind_a_proxy_links_bear_its_path(serving: Any, kent_tables: Path) -> None:
    client = serving(kent_tables, address="https://example.org/orgmap/")
    assert 'href="/orgmap/id/ccg:91Q"' in client.get("/id/ccg:10E").text
    assert client.get("/id/10E?at=2014-01-01").headers["location"].startswith("/orgmap/id/ccg:10E")
    assert client.get("/reconcile").json()["view"]["url"] == "https://example.org/orgmap/id/{{id}}"
