"""A small file of every format that can be loaded, in its exact shape, and tables onto which all can be laid."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date
from functools import cache

from tests.lists import DETAILS, NETWORKS, PARTNERS, epcn_workbook, listed, network, partner, patients
from tests.live_register import record
from tests.postcode_files import NSPL_2026, ONSPD_2011, code_point, nhspd, unit
from tests.postcode_files import listed as postcodes
from tests.registers import (
    commissioner,
    practice,
    register,
    trust,
    xml_body,
    xml_register,
    xml_tie,
)

_MORE = {
    "entities": ("area:E01000001 | area | East | | | drawn", "area:E01000002 | area | West | | | drawn"),
    "identifiers": (
        "sicbl:91Q | gss | E38000237",
        "sicbl:92A | gss | E38000246",
        "icb:QKS | gss | E54000032",
    ),
    "relationships": (
        "sicbl:91Q | covers | area:E01000001 | published | 2022-07-01 | | ods-eccg-drawn",
        "sicbl:91Q | covers | area:E01000002 | published | 2022-07-01 | | ods-eccg-drawn",
    ),
}
_PLACES = """

neighbourhoods
code      | name     | parent    | area           | population
E01000001 | East 1A  | E02000001 | area:E01000001 | 100
E01000002 | West 1A  | E02000002 | area:E01000002 | 300

postcodes
outcode | inward  | code      | seen
CT9     | 1AA     | E01000001 | both
CT9     | 2AA     | E01000002 | both
"""


def _world() -> str:
    """The practices and networks of the tests, two areas with neighbourhoods, and two postcodes."""
    sections = NETWORKS.strip().split("\n\n")
    filled = ["\n".join([one, *_MORE.get(one.split("\n")[0].strip(), ())]) for one in sections]
    return "\n\n".join(filled) + _PLACES


TABLES = _world()

PRACTICES = tuple(practice(f"G82{number:03}", f"SURGERY {number}") for number in range(1, 9))
REGISTER = register(
    *PRACTICES[2:], practice("G82001", "THE LIMES"), practice("G82002", "THE ELMS", closed="20251231")
)
UNITS = [unit(f"CT9 {number}AA", f"E0100000{1 + number % 2}", "202511") for number in range(1, 9)]
LOOK_UP = (
    "LSOA21CD,LSOA21NM,SICBL26CD,SICBL26CDH,SICBL26NM,ICB26CD,ICB26CDH,ICB26NM",
    ("E01000001", "East 1A", "E38000237", "91Q", "NHS Kent", "E54000032", "QKS", "Kent"),
    ("E01000002", "West 1A", "E38000237", "91Q", "NHS Kent", "E54000032", "QKS", "Kent"),
)
HISTORY = (
    "GEOGCD,GEOGNM,GEOGNMW,OPER_DATE,TERM_DATE,PARENTCD,ENTITYCD,STATUS",
    ("E38000237", "NHS Kent ICB - 91Q", "", "01/07/2022 00:00:00", "", "", "E38", "live"),
    ("E38000246", "NHS Surrey ICB - 92A", "", "01/07/2022 00:00:00", "", "", "E38", "live"),
)
MAP = "EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,SUB_ICB_LOCATION_CODE"
NETWORK_ROWS = [network("U00001", "SHORE PCN"), network("U00002", "DOWNS PCN", closed="20251231")]
PARTNER_ROWS = [partner("G82001", "U00001", "20200401", "20251231"), partner("G82002", "U00002", "20200401")]
XML = xml_register(
    xml_body("G82001", "THE LIMES", "RO177 RO76", "2020-04-01", "", "91Q", "2022-07-01", "CT9 1AA"),
    xml_body("G82002", "THE ELMS", "RO177 RO76", "2020-04-01", "2025-12-31", "91Q", "2022-07-01"),
    xml_body("RVV", "EAST KENT NHS TRUST", "RO197 RO57", "1999-04-01", postcode="CT1 3NG"),
    xml_body("U00001", "SHORE PCN", "RO272", "2019-10-01", above="91Q"),
    xml_body("QNX", "NHS SUSSEX ICB", "RO261 RO318", "2022-07-01"),
    xml_body(
        "92A", "NHS SURREY ICB - 92A", "RO98 RO319", "2022-07-01", more=(xml_tie("RE5", "QKS", "2022-07-01"),)
    ),
    xml_body("FAA01", "A PHARMACY", "RO182", "2001-01-01", postcode="CT1 3NG"),
    published="2025-12-31",
).replace(b"</Organisation>", b"</Organisation>\n")


def _export() -> bytes:
    """Networks as Data Search and Export gives them."""
    tie = {"relationshipTypeCode": "RE8", "sourceOrgCode": "G82001", "targetOrgCode": "U00001"}
    tie |= {"opStartDate": "2020-04-01", "opEndDate": "2025-12-31", "status": "inactive"}
    body = {
        "id": "U00001",
        "name": "SHORE PCN",
        "primaryRole": "RO272",
        "RE4": "91Q",
        "relationships": {"X": [tie]},
    }
    return json.dumps([body], indent=2).encode()


def _fhir() -> bytes:
    """A body in the FHIR of the register."""
    place = "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-ODSAPI-"
    sort = [{"url": f"{place}DateType-1", "valueString": "Operational"}]
    period = {"valuePeriod": {"extension": sort, "start": "2020-04-01"}}
    said = [
        {"url": "role", "valueCoding": {"code": "177"}},
        {"url": "primaryRole", "valueBoolean": True},
        {"url": "activePeriod", **period},
        {"url": "status", "valueString": "Active"},
    ]
    body = {
        "resourceType": "Organization",
        "id": "G82001",
        "meta": {"lastUpdated": "2026-02-03T00:00:00+00:00"},
        "extension": [
            {"url": f"{place}ActivePeriod-1", **period},
            {"url": f"{place}OrganizationRole-1", "extension": said},
        ],
        "active": True,
        "name": "THE LIME TREES",
        "address": {"postalCode": "CT9 3CC"},
    }
    return json.dumps(body, indent=1).encode()


def open_tables() -> dict[str, bytes]:
    """The open tables of a register."""
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet

    days = {
        "legal_start": None,
        "legal_end": None,
        "operational_start": date(2020, 4, 1),
        "operational_end": None,
    }
    said = {"name": "THE LIMES", "status": "active", "record_class": "org", "primary_role_code": "RO177"}
    orgs = {"ods_code": "G82001", **said, "postcode": "CT9 1AA", "country": "ENGLAND", **days}
    role = {"ods_code": "G82001", "role_code": "RO177", "is_primary": True, "role_status": "active", **days}
    tie = {"source_code": "G82001", "target_code": "91Q", "rel_code": "RE4", "rel_status": "active", **days}
    found = {}
    for name, row in (("orgs", orgs), ("roles", role), ("relationships", tie)):
        raw = io.BytesIO()
        parquet.write_table(pyarrow.Table.from_pylist([{**row, "trud_release_date": "2025-12-31"}]), raw)
        found[name] = raw.getvalue()
    return found


def zipped(**members: bytes) -> bytes:
    """A zip with these files."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("_", "."), content)
    return raw.getvalue()


@cache
def published() -> dict[str, bytes]:
    """A file of each format, by what it is; those that are loaded together are members of one zip."""
    return {
        "epraccur.csv": REGISTER,
        "etr.csv": register(
            trust("RVV", "EAST KENT", "19990401"), trust("RXX", "WEST KENT", "19990401", "20251130"), width=24
        ),
        "eccg.csv": register(
            commissioner("91Q", "NHS KENT ICB - 91Q", "20130401"),
            commissioner("A1A1A", "NHS SUSSEX ICB", "20251101"),
        ),
        "epcmem.csv": "".join(
            f'"G8200{n}","91Q","W","20220701","{e}","0"\r\n' for n, e in ((1, ""), (2, "20251231"))
        ).encode(),
        "eauth.csv": register({0: "Y59", 1: "SOUTH EAST", 9: "CT9 1AA", 10: "20180401", 21: "0"}),
        "epcn.csv": listed(DETAILS, *NETWORK_ROWS),
        "epcnpartners.csv": listed(PARTNERS, *PARTNER_ROWS),
        "epcn.xlsx": epcn_workbook(NETWORK_ROWS, PARTNER_ROWS),
        "epcn.json": _export(),
        "patients.csv": patients("01OCT2025", ("G82001", "ALL", "ALL", 900), ("G82002", "ALL", "ALL", 600)),
        "map.csv": listed(
            MAP,
            ("01NOV2025", "G82001", "X", "CT9 1AA", "92A"),
            ("01NOV2025", "G82002", "Y", "CT9 1AA", "91Q"),
        ),
        "record.json": json.dumps(record("G82001", "THE LIME TREES"), indent=1).encode(),
        "fhir.json": _fhir(),
        "NSPL.csv": postcodes(NSPL_2026, *UNITS),
        "ONSPD.csv": postcodes(ONSPD_2011, *UNITS),
        "nhspd.csv": nhspd(*UNITS),
        "NSPL.zip": zipped(NSPL_csv=postcodes(NSPL_2026, *UNITS)),
        "codepoint.zip": zipped(
            ct_csv=code_point(("CT9 1AA", 635000, 171000), ("CT9 7AA", 635100, 171000)),
            metadata_txt=b"ORDNANCE SURVEY\nRM UPDATE DATE:  2025-11-15\n",
        ),
        "lookup.csv": listed(*LOOK_UP),
        "history.csv": listed(*HISTORY),
        "register.xml": XML,
        "register.xml.gz": gzip.compress(XML, mtime=0),
        "register.zip": zipped(full_zip=zipped(full_xml=XML), note_txt=b"read me"),
        "tables.zip": zipped(**{f"{name}_parquet": raw for name, raw in open_tables().items()}),
    }
