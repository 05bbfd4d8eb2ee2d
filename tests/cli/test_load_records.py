"""`orgmap load` of single records of the register that somebody saved: in its own JSON, and in FHIR."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orgmap.loaders.releases.kept import kept
from tests.cli.conftest import File, Orgmap, files_in, onto
from tests.registers import KNOWN, WORLD

OPERATIONAL = {"Type": "Operational", "Start": "2020-04-01"}
STU3 = "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-ODSAPI-"
R4 = "https://fhir.nhs.uk/England/StructureDefinition/Extension-England-"


def ord_record(name: str, end: str = "", role: str = "RO177") -> bytes:
    """A record of the register's own interface."""
    days = [OPERATIONAL | ({"End": end} if end else {})]
    said = {"Date": days, "Status": "Inactive" if end else "Active"}
    body = {
        "Name": name,
        "OrgId": {"extension": "G82001"},
        "LastChangeDate": "2026-02-03",
        "orgRecordClass": "RC1",
        "GeoLoc": {"Location": {"PostCode": "CT9 3CC", "Country": "ENGLAND"}},
        "Roles": {"Role": [{"id": role, "primaryRole": True, **said}, {"id": "RO76", **said}]},
        "Rels": {"Rel": [{"id": "RE4", "Target": {"OrgId": {"extension": "91Q"}}, **said}]},
        **said,
    }
    return json.dumps({"Organisation": body}, indent=1).encode()


def stu3(name: str) -> bytes:
    """A body in the FHIR of the register that was there first."""
    sort = [{"url": f"{STU3}DateType-1", "valueString": "Operational"}]
    period = {"valuePeriod": {"extension": sort, "start": "2020-04-01"}}
    roles = [
        {
            "url": f"{STU3}OrganizationRole-1",
            "extension": [
                {"url": "role", "valueCoding": {"code": code}},
                {"url": "primaryRole", "valueBoolean": code == "177"},
                {"url": "activePeriod", **period},
                {"url": "status", "valueString": "Active"},
            ],
        }
        for code in ("177", "76")
    ]
    body: dict[str, Any] = {
        "resourceType": "Organization",
        "id": "G82001",
        "meta": {"lastUpdated": "2026-02-03T00:00:00+00:00"},
        "extension": [{"url": f"{STU3}ActivePeriod-1", **period}, *roles],
        "identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "G82001"},
        "active": True,
        "name": name,
        "address": {"postalCode": "CT9 3CC", "country": "ENGLAND"},
    }
    return json.dumps(body, indent=1).encode()


def r4(name: str) -> bytes:
    """A bundle with a body in the FHIR that came after it, and with something else."""
    days = {
        "url": f"{R4}TypedPeriod",
        "extension": [
            {"url": "dateType", "valueCoding": {"code": "Operational"}},
            {"url": "period", "valuePeriod": {"start": "2020-04-01"}},
        ],
    }
    roles = [
        {
            "url": f"{R4}OrganisationRole",
            "extension": [
                {"url": "instanceID", "valueInteger": 1},
                {"url": "roleCode", "valueCodeableConcept": {"coding": [{"code": code}]}},
                days,
                {"url": "active", "valueBoolean": True},
            ],
        }
        for code in ("RO177", "RO76")
    ]
    changed = {
        "url": f"{R4}TypedDateTime",
        "extension": [
            {"url": "type", "valueCoding": {"code": "LastChangeDate"}},
            {"url": "dateTime", "valueDateTime": "2026-02-03"},
        ],
    }
    body = {
        "resourceType": "Organization",
        "id": "G82001",
        "meta": {"lastUpdated": "2026-05-05T00:00:00+00:00"},
        "extension": [changed, *roles, days],
        "identifier": [{"value": "G82001"}],
        "active": True,
        "name": name,
        "address": [{"postalCode": "CT9 3CC"}],
    }
    entries = [{"resource": body}, {"resource": {"resourceType": "OrganizationAffiliation"}}]
    return json.dumps({"resourceType": "Bundle", "entry": entries}, indent=1).encode()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Tables of three practices, and an empty folder for releases."""
    return onto(tmp_path, monkeypatch, WORLD, KNOWN)


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes a saved record."""
    return files_in(tmp_path, "record.json")


@pytest.mark.parametrize("record", [ord_record, stu3, r4], ids=["ORD", "FHIR STU3", "FHIR R4"])
def test_one_body_as_the_register_gives_it_is_a_release_of_the_day_of_its_last_change(
    record: Callable[[str], bytes], data: Path, file: File, orgmap: Orgmap
) -> None:
    done = orgmap("load", str(file(record("THE LIME TREES"))))
    assert done.code == 0, done.err
    assert "ordlive-epraccur-2026-02-03-" in done.out
    assert "are not in it" not in done.out
    limes = orgmap("show", "practice:G82001", "--at", "2026-02-03").out
    assert "The Lime Trees" in limes
    assert "is a member of  NHS Kent ICB - 91Q" in limes
    assert "The Elms" in orgmap("list", "gp_practice", "--at", "2026-02-03").out
    assert orgmap("load", str(file(record("THE LIME TREES"), "again.json"))).out.startswith("Loaded already")


REFUSED = {
    "cut": (ord_record("THE LIMES")[:-30], ":64", "is no whole JSON"),
    "without a day": (
        stu3("X").replace(b"lastUpdated", b"when"),
        ":1: ",
        "does not say when it was last changed",
    ),
    "with a day that is none": (
        stu3("X").replace(b"2020-04-01", b"2020-04-31"),
        ":3: ",
        "“2020-04-31” is no day",
    ),
    "with an odd part": (r4("X").replace(b'"CT9 3CC"', b"[1]"), ":7: ", "a text is missing, too long"),
    "of another role": (ord_record("X", role="RO182"), ":1: ", "no register of the graph has (RO182)"),
    "of orders to a terminal": (
        ord_record("X").replace(b'"X"', b'"\x1b[2J"'),
        ":3: ",
        "letters that nobody can see",
    ),
    "of written orders": (stu3("\x1b[2J"), ":3: ", "a text is missing"),
    "of written orders in ORD": (ord_record("\x1b[2J"), ":1: ", "a text is missing"),
    "a list": (b'{"Organisations": []}', ": ", "is none of the files that can be loaded"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_record_that_is_not_whole_or_not_understood_is_refused_and_nothing_changes(
    what: str, data: Path, file: File, orgmap: Orgmap
) -> None:
    raw, where, said = REFUSED[what]
    told = orgmap("load", str(file(raw)))
    assert (told.code, told.out) == (4, "")
    assert f"record.json{where}" in told.err
    assert said in told.err
    assert kept() == ()


def test_several_records_stand_in_a_list_or_each_on_its_line(data: Path, file: File, orgmap: Orgmap) -> None:
    both = [json.loads(ord_record("THE LIME TREES")), json.loads(ord_record("THE ELM TREES"))]
    both[1]["Organisation"]["OrgId"]["extension"] = "G82002"
    listed = json.dumps(both).encode()
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in both)
    assert "2 rows, 0 refused; of 2026-02-03" in orgmap("load", str(file(listed)), "--dry-run").out
    assert "2 rows, 0 refused; of 2026-02-03" in orgmap("load", str(file(lines, "records.jsonl"))).out
    assert "The Elm Trees" in orgmap("show", "practice:G82002", "--at", "2026-02-03").out
    twice = orgmap("load", str(file(json.dumps([both[0], both[0]]).encode(), "twice.json")))
    assert (twice.code, "has G82001 more than once. Load each record by itself" in twice.err) == (4, True)
    del both[1]["Organisation"]["LastChangeDate"]
    undated = orgmap("load", str(file(json.dumps(both).encode(), "undated.json")))
    assert (undated.code, "does not say when it was last changed" in undated.err) == (4, True)
