"""Bodies that the whole register alone has, over the web: pages, JSON and Turtle, found, linked and reconciled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rdflib import Graph as Triples
from starlette.testclient import TestClient

import orgmap
from orgmap.loaders.releases.loading import load_files
from tests.cli.test_register import ARCHIVE, BOARD, OWNER, PHARMACY, REACHED
from tests.registers import WORLD, xml_body, xml_register
from tests.server import schemas
from tests.server.conftest import Serving
from tests.server.test_openrefine import asked
from tests.worlds import write_data

HOSTILE = xml_body("EVL01", '&lt;img src=x onerror="window.harm=1"&gt; {{ 7 * 7 }}', "RO182", "2001-01-01")
TWINS = [xml_body(f"TWN0{n}", "TWIN PHARMACY", "RO182", "2001-01-01") for n in (1, 2)]
FULL = xml_register(
    PHARMACY.replace("</Location></GeoLoc>", REACHED), OWNER, BOARD, HOSTILE, *TWINS, published="2025-11-30"
)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serving: Serving) -> TestClient:
    """A server with nothing loaded."""
    return served(tmp_path, monkeypatch, serving)


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serving: Serving) -> TestClient:
    """A server with the whole register loaded."""
    return served(tmp_path, monkeypatch, serving, FULL, ARCHIVE)


def served(folder: Path, monkeypatch: pytest.MonkeyPatch, serving: Serving, *files: bytes) -> TestClient:
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(folder / "home"))
    monkeypatch.setenv("ORGMAP_CACHE", str(folder / "cache"))
    data = write_data(folder / "data", WORLD, horizon="2025-10-01")
    for number, raw in enumerate(files):
        (folder / f"{number}.xml").write_bytes(raw)
    if files:
        load_files(data, [folder / f"{number}.xml" for number in range(len(files))])
    return serving(folder)


def test_a_body_of_the_register_is_a_page_json_or_turtle_by_what_is_accepted(client: TestClient) -> None:
    page = client.get("/id/ods:FAA01", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["vary"]) == (200, "Accept")
    for words in ("A PHARMACY", "Pharmacy; an organisation, active", "01843 000000", "10000000001",
                  'href="/id/ods:P99"', 'href="/id/icb:QKS"', 'href="/id/ods:FBB01"', 'href="/id/place:CT9%201AA?at=',
                  "as it was published on 2025-11-30", "not shown, for it may be a person’s"):  # fmt: skip
        assert words in page.text, words
    assert "jane" not in page.text
    assert "<script" not in page.text
    data = client.get("/id/ods:FAA01", headers={"accept": "application/json"})
    with orgmap.open() as graph:
        assert data.json() == json.loads(graph.show("ods:FAA01").to_json())
    words = client.get("/id/ods:FAA01?format=turtle")
    said = {(str(one), str(other)) for _, one, other in Triples().parse(data=words.text, format="turtle")}
    assert ("http://www.w3.org/ns/org#identifier", "FAA01") in said
    assert ("urn:orgmap:terms:telephone", "01843 000000") in said
    assert ("http://www.w3.org/1999/02/22-rdf-syntax-ns#object", "urn:orgmap:body:ods:P99") in said
    assert "jane" not in words.text
    assert client.get("/id/ods:FAA01", headers={"accept": "image/png"}).status_code == 406
    assert len({one.headers["etag"] for one in (page, data, words)}) == 3


def test_a_day_parts_the_relations_and_a_body_that_was_not_open_says_so(client: TestClient) -> None:
    now = client.get("/id/ods:FAA01?at=2025-06-01").text
    assert (
        now.index("Relations, on 1 June 2025")
        < now.index("Relations of other days: 1")
        < now.index("NHS KENT ICB")
    )
    then = client.get("/id/ods:FAA01?at=2015-06-01").text
    assert "Relations of other days" not in then
    closed = client.get("/id/ods:FBB01?at=2020-01-01").text
    assert "It was not open on 2020-01-01" in closed
    assert "came after, on 1 April 2012" in closed
    early = client.get("/id/ods:FAA01?as-known-on=2025-01-01", headers={"accept": "application/json"})
    assert early.status_code == 404
    assert (
        "No release of the register of organisations that was published by 2025-01-01"
        in early.json()["detail"]
    )


def test_other_ways_to_name_a_body_lead_to_its_one_address(client: TestClient) -> None:
    for typed, there in (("ods:faa01", "ods:FAA01"), ("FAA01", "ods:FAA01"), ("ods:QKS", "icb:QKS")):
        got = client.get(f"/id/{typed}?at=2025-06-01")
        assert (got.status_code, got.headers["location"]) == (303, f"/id/{there}?at=2025-06-01")
    assert client.get("/id/ods:FAA01/part_of/ods:P99").status_code == 404
    gone = client.get("/id/ods:ZZZ99", headers={"accept": "application/json"})
    assert (gone.status_code, gone.json()["detail"]) == (
        404,
        "The register as it was published on 2025-11-30 has no body with the code ZZZ99.",
    )


def test_without_the_register_an_id_of_it_is_not_found_with_words(bare: TestClient) -> None:
    page = bare.get("/id/ods:FAA01", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "The register of organisations is not loaded here" in page.text
    assert bare.get("/id/ods:QKS").headers["location"] == "/id/icb:QKS"
    assert bare.get("/reconcile/preview?id=ods:FAA01").status_code == 404
    assert asked(bare, queries={"q": {"query": "A PHARMACY"}})["q"]["result"] == []


def test_names_of_the_register_do_no_harm(client: TestClient) -> None:
    for path in ("/id/ods:EVL01", "/id/ods:%22%3E%3Cscript%3E1", "/?q=onerror", "/?q=EVL01",
                 "/reconcile/preview?id=ods:EVL01", "/reconcile/flyout/entity?id=ods:EVL01"):  # fmt: skip
        got = client.get(path, headers={"accept": "text/html"})
        text = got.json()["html"] if "flyout" in path else got.text
        assert "<img" not in text, path
        assert "<script" not in text, path
        assert "49" not in text.partition("<footer")[0], path
    assert "&lt;img src=x" in client.get("/id/ods:EVL01").text


def test_what_is_searched_and_found_leads_to_its_page(client: TestClient) -> None:
    assert 'href="/id/ods:FAA01"' in client.get("/?q=pharmacy", headers={"accept": "text/html"}).text
    assert 'href="/id/ods:P99"' in client.get("/?q=P99", headers={"accept": "text/html"}).text
    listed = client.get("/api/list?kind=pharmacy&at=2025-06-01&format=csv")
    assert "ods:FAA01" in listed.text
    assert "as it was published on 2025-11-30" in listed.headers["x-orgmap-notes"]


def test_beside_a_body_of_the_graph_stands_what_the_register_says(client: TestClient) -> None:
    page = client.get("/id/icb:QKS?at=2015-06-01").text
    assert "In the register of 30 November 2025" in page
    assert 'href="/id/source:ods-orgrefdata-2025-11-30-' in page
    assert "Has in its geography: 1" in page
    assert 'href="/id/ods:FAA01"' in page


def test_the_description_of_the_api_fits_what_is_said_of_such_a_body(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    shape = document["paths"]["/api/show"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**shape, "components": document["components"]}
    for body in ("ods:FAA01", "ods:FBB01", "ods:P99", "icb:QKS"):
        answer = client.get(f"/api/show?body={body}").json()
        jsonschema.validate(answer, whole)
    record = document["components"]["schemas"]["RegisterRecord"]
    assert {*answer["registered"]} - {"legal_from", "legal_until"} <= {*record["properties"], "is"}


def test_bodies_of_the_register_are_reconciled_by_name_code_and_type(client: TestClient) -> None:
    queries = {
        "name": {"query": "a pharmacy"},
        "code": {"query": "FAA01"},
        "twins": {"query": "Twin Pharmacy"},
        "typed": {"query": "pharmacy", "type": "register:pharmacy"},
        "other": {"query": "A PHARMACY", "type": "register:pharmacy headquarter"},
        "graph": {"query": "NHS Kent ICB"},
        "kind": {"query": "A PHARMACY", "type": "gp_practice"},
        "day": {"query": "OLD PHARMACY", "properties": [{"pid": "ods", "v": "FBB01"}]},
    }
    found = asked(client, queries=queries)
    jsonschema.validate(found, schemas.RESULTS)
    best = {key: [(row["id"], row["match"]) for row in one["result"]][:1] for key, one in found.items()}
    assert best["name"] == best["code"] == [("ods:FAA01", True)]
    assert best["day"] == [("ods:FBB01", True)]
    assert [(row["id"], row["match"], row["score"]) for row in found["twins"]["result"][:2]] == [
        ("ods:TWN01", False, 100.0), ("ods:TWN02", False, 100.0),
    ]  # fmt: skip
    assert {row["type"][0]["id"] for row in found["typed"]["result"]} == {"register:pharmacy"}
    assert (found["other"]["result"], found["kind"]["result"]) == ([], [])
    assert best["graph"] == [("icb:QKS", True)]  # the register's own record of it is the same body
    types = client.get("/reconcile/suggest/type?prefix=pharm").json()["result"]
    assert {"id": "register:pharmacy", "name": "pharmacy (register)"} in types
    assert client.get("/reconcile/flyout/type?id=register:pharmacy").json()["html"]
    assert client.get("/reconcile/suggest/entity?prefix=owner").json()["result"][0]["id"] == "ods:P99"
    assert "A PHARMACY" in client.get("/reconcile/preview?id=ods:FAA01").text


def test_values_of_bodies_of_the_register_are_fetched(client: TestClient) -> None:
    wanted = ("name", "kind", "valid_from", "ods", "gss", "predecessors", "successors")
    extend: Any = {"ids": ["ods:FAA01", "ods:ZZZ99"], "properties": [{"id": one} for one in wanted]}
    rows = asked(client, extend=extend)["rows"]
    assert rows["ods:FAA01"] == {
        "name": [{"str": "A PHARMACY"}],
        "kind": [{"id": "register:pharmacy", "name": "pharmacy (register)"}],
        "valid_from": [{"date": "2001-01-01T00:00:00Z"}],
        "ods": [{"str": "FAA01"}],
        "gss": [],
        "predecessors": [{"id": "ods:FBB01", "name": "OLD PHARMACY"}],
        "successors": [],
    }
    assert set(map(str, rows["ods:ZZZ99"].values())) == {"[]"}
