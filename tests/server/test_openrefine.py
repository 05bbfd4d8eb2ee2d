"""Reconciliation as OpenRefine wants it, asked by a client that others wrote, and as the specification says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest
from starlette.testclient import TestClient

from tests.server import schemas
from tests.server.conftest import process


def asked(client: TestClient, **fields: Any) -> Any:
    """What the service answers to a form."""
    got = client.post("/reconcile", data={key: json.dumps(one) for key, one in fields.items()})
    assert got.status_code == 200, got.text
    return got.json()


def test_the_manifest_is_as_the_specification_says(kent: TestClient) -> None:
    manifest = kent.get("/reconcile").json()
    jsonschema.validate(manifest, schemas.MANIFEST)
    assert kent.get("/reconcile").headers["access-control-allow-origin"] == "*"
    assert {"id": "clinical_commissioning_group", "name": "clinical commissioning group"} in manifest[
        "defaultTypes"
    ]


def test_a_name_is_matched_where_it_means_one_body(kent: TestClient) -> None:
    queries = {
        "q0": {"query": "NHS Coastal CCG"},
        "q1": {"query": "coastal", "type": "clinical_commissioning_group", "limit": 3},
        "q2": {"query": "10E"},
        "q3": {"query": "Kent"},
        "q4": {"query": "frobnicate"},
        "q5": {"query": "NHS Coastal CCG", "type": "gp_practice"},
        "q6": {"query": "NHS Coastal CCG", "properties": [{"pid": "ods", "v": "XXX"}]},
    }
    found = asked(kent, queries=queries)
    jsonschema.validate(found, schemas.RESULTS)
    best = {key: [(row["id"], row["match"]) for row in one["result"]][:1] for key, one in found.items()}
    assert best["q0"] == [("ccg:09E", True)]
    assert best["q1"][0][0] == "ccg:09E"
    assert best["q2"] == [("ccg:10E", True)]
    assert not [row for row in found["q3"]["result"] if row["match"]]  # several are called Kent: which one?
    assert len(found["q3"]["result"]) > 1
    assert found["q4"]["result"] == []
    assert found["q5"]["result"] == []
    assert not found["q6"]["result"][0]["match"]


def test_values_are_fetched_of_a_day(kent: TestClient) -> None:
    wanted = {
        "ids": ["ccg:10E", "ccg:frob"],
        "properties": [
            {"id": "valid_from"},
            {"id": "successors"},
            {"id": "ods"},
            {"id": "region", "settings": {"at": "2014-01-01"}},
        ],
    }
    found = asked(kent, extend=wanted)
    jsonschema.validate(found, schemas.EXTENSION)
    assert found["rows"]["ccg:10E"]["valid_from"] == [{"date": "2013-04-01T00:00:00Z"}]
    assert found["rows"]["ccg:10E"]["successors"] == [{"id": "ccg:91Q", "name": "NHS Kent CCG"}]
    assert found["rows"]["ccg:10E"]["ods"] == [{"str": "10E"}]
    assert found["rows"]["ccg:10E"]["region"][0]["id"] == "region:Y57"
    assert set(map(str, found["rows"]["ccg:frob"].values())) == {"[]"}
    proposed = kent.get("/reconcile/properties?type=clinical_commissioning_group&limit=4").json()
    jsonschema.validate(proposed, schemas.PROPOSED)
    assert len(proposed["properties"]) == 4


def test_names_are_suggested_and_shown(kent: TestClient) -> None:
    for what, prefix in (("entity", "coast"), ("type", "clin"), ("property", "suc")):
        found = kent.get(f"/reconcile/suggest/{what}", params={"prefix": prefix}).json()
        jsonschema.validate(found, schemas.SUGGESTED)
        first = found["result"][0]["id"]
        assert kent.get(f"/reconcile/flyout/{what}", params={"id": first}).json()["id"] == first
    preview = kent.get("/reconcile/preview?id=ccg:10E")
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert kent.get("/reconcile/preview?id=x").status_code == 404
    assert kent.get("/reconcile/suggest/frob").status_code == 404


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("queries", "["),
        ("queries", "[]"),
        ("queries", '{"q0": 1}'),
        ("queries", '{"q0": {"query": 1}}'),
        ("queries", '{"q0": {"query": "x", "limit": "y"}}'),
        ("queries", '{"q0": {"query": "x", "limit": NaN}}'),
        ("queries", '{"q0": {"query": "x", "type": {}}}'),
        ("queries", '{"q0": {"query": "x", "properties": "y"}}'),
        ("queries", '{"q0": {"query": "x", "properties": [{"pid": "at", "v": "frob"}]}}'),
        ("queries", "[" * 15_000),
        ("queries", json.dumps({str(key): {"query": "x"} for key in range(60)})),
        ("extend", "{}"),
        ("extend", '{"ids": [1], "properties": []}'),
        ("extend", '{"ids": ["ccg:10E"], "properties": [{"id": "frob"}]}'),
        ("frob", "{}"),
    ],
)
def test_what_the_specification_does_not_allow_is_refused(kent: TestClient, field: str, text: str) -> None:
    got = kent.post("/reconcile", data={field: text})
    assert (got.status_code, got.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.filterwarnings("ignore")
def test_a_client_of_others_reconciles_a_column(kent_tables: Path) -> None:
    from reconciler import reconcile

    names = pd.Series(["NHS Coastal CCG", "NHS Coastal CCG", "Kent County Council"])
    with process(kent_tables) as (_, address):
        found = reconcile(names, reconciliation_endpoint=f"{address}/reconcile", top_res=1)
    by_name = {row["input_value"]: row for row in found.to_dict("records")}
    assert (by_name["NHS Coastal CCG"]["id"], by_name["NHS Coastal CCG"]["match"]) == ("ccg:09E", True)
    assert by_name["Kent County Council"]["id"] == "council:E10000016"
