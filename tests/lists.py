"""Lists as publishers publish them, drawn in the test: networks and their partners, as text and as workbooks."""

from __future__ import annotations

import csv
import io

from tests.registers import WORLD

DETAILS = (
    "PCN Code,PCN Name,Current Sub ICB Loc Code,Sub ICB Location,Open Date,Close Date,"
    "Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Postcode"
)
PARTNERS = (
    "Partner Organisation Code,Partner Name,Practice Parent Sub ICB Loc Code,Practice Parent Sub ICB Loc Name,"
    "PCN Code,PCN Name,PCN Parent Sub ICB Loc Code,PCN Parent Sub ICB Loc Name,"
    "Practice to PCN Relationship Start Date,Practice to PCN Relationship End Date,"
    "Practice Sub ICB Loc and PCN Sub ICB Loc Match"
)
PARTNER_SHEET = "PCN Core Partner Details"

_MORE = {
    "entities": (
        "pcn:U00001 | primary_care_network | Shore PCN | 2019-10-01 | | ods-epcn-drawn",
        "pcn:U00002 | primary_care_network | Downs PCN | 2019-10-01 | | ods-epcn-drawn",
    ),
    "sources": ("ods-epcn-drawn | ODS epcn | 2025-10-01 | yes",),
    "identifiers": ("pcn:U00001 | ods | U00001", "pcn:U00002 | ods | U00002"),
    "relationships": (
        "pcn:U00001 | part_of | sicbl:91Q | published | 2022-07-01 | | ods-epcn-drawn",
        "pcn:U00002 | part_of | sicbl:91Q | published | 2022-07-01 | | ods-epcn-drawn",
        "practice:G82001 | member_of | pcn:U00001 | published | 2020-04-01 | | ods-epcn-drawn",
        "practice:G82002 | member_of | pcn:U00002 | published | 2020-04-01 | | ods-epcn-drawn",
    ),
}


def _with_more(world: str) -> str:
    """The drawn world with rows at the end of its tables."""
    sections = world.strip().split("\n\n")
    return "\n\n".join("\n".join([one, *_MORE.get(one.split("\n")[0].strip(), ())]) for one in sections)


NETWORKS = _with_more(WORLD)
"""The three practices, and two networks of them, as they were known on 1 October 2025."""


def listed(titles: str, *rows: tuple[str, ...]) -> bytes:
    """Rows under a line of titles."""
    text = io.StringIO()
    text.write(f"{titles}\r\n")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def network(
    code: str, name: str, under: str = "91Q", opened: str = "20191001", closed: str = ""
) -> tuple[str, ...]:
    """A row of epcn."""
    return (
        code,
        name,
        under,
        f"NHS ICB - {under}",
        opened,
        closed,
        "1 HIGH STREET",
        "",
        "",
        "",
        "",
        "CT9 1AA",
    )


def partner(
    code: str, network: str, joined: str, left: str = "", under: str = "91Q", name: str = "A PRACTICE"
) -> tuple[str, ...]:
    """A row of the core partners of epcn."""
    place = (under, f"NHS ICB - {under}")
    return (code, name, *place, network, "A PCN", *place, joined, left, "True")


def workbook(**sheets: list[tuple[object, ...]]) -> bytes:
    """A workbook of sheets by name; an underscore in a name is a space."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def epcn_workbook(networks: list[tuple[str, ...]], partners: list[tuple[str, ...]]) -> bytes:
    """ePCN.xlsx as it is published: two sheets whose titles are broken into lines, days as whole numbers."""
    titles = [tuple(one.replace(" ", "\r\n") for one in each.split(",")) for each in (DETAILS, PARTNERS)]
    titles[0] = tuple(DETAILS.split(","))

    def cells(row: tuple[str, ...]) -> tuple[object, ...]:
        return tuple(int(cell) if cell.isdigit() and len(cell) == 8 else cell or None for cell in row)

    return workbook(
        PCNDetails=[titles[0], *map(cells, networks)],
        PCN_Core_Partner_Details=[titles[1], *map(cells, partners)],
    )


def patients(day: str, *rows: tuple[str, str, str, int]) -> bytes:
    """A table of registered patients in the form of gp-reg-pat-prac-all.csv and quin-age: code, sex, age, number."""
    titles = (
        "PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,CODE,POSTCODE,SEX,AGE,"
        "NUMBER_OF_PATIENTS"
    )
    lines = [
        ("GP_PRAC_PAT_LIST", day, "GP", "91Q", "E38000237", code, "CT9 1AA", *rest) for code, *rest in rows
    ]
    return listed(titles, *lines)
