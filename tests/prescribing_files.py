"""Tables of prescribing as they are published, drawn in the test: of all years, with the titles and forms of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

CHAPTERS = {
    "02": "Cardiovascular System",
    "04": "Central Nervous System",
    "13": "Skin",
    "20": "Dressings",
}
UNIDENTIFIED = "-"


class Row(NamedTuple):
    """What a practice prescribed of one thing: costs as they are written, in pounds."""

    code: str
    chapter: str
    items: int
    ingredient_cost: str
    actual_cost: str

    @property
    def unidentified(self) -> bool:
        """Whether it is of doctors whom nobody has identified."""
        return self.code == UNIDENTIFIED


_ABOVE = {
    "2014": ("AREA_TEAM_NAME", "AREA_TEAM_CODE"),
    "2019": ("STP_NAME", "STP_CODE"),
    "2022": ("ICB_NAME", "ICB_CODE"),
    "2025": ("ICB_NAME", "ICB_CODE"),
}
"""How the bodies above are called in the editions."""

_BNF = ("BNF_CHEMICAL_SUBSTANCE", "CHEMICAL_SUBSTANCE_BNF_DESCR", "BNF_CODE", "BNF_DESCRIPTION")
_BNF_2025 = (
    "BNF_CHEMICAL_SUBSTANCE_CODE",
    "BNF_CHEMICAL_SUBSTANCE",
    "BNF_PRESENTATION_CODE",
    "BNF_PRESENTATION_NAME",
)


def epd(rows: Iterable[Row], month: str = "202510", edition: str = "2022", end: str = "\n") -> bytes:
    """The English Prescribing Dataset of a month, in the edition of a year: 2014, 2019, 2022 or 2025 (with SNOMED)."""
    newest = edition == "2025"
    titles = [
        *(
            "YEAR_MONTH",
            "REGIONAL_OFFICE_NAME",
            "REGIONAL_OFFICE_CODE",
            *_ABOVE[edition],
            "PCO_NAME",
            "PCO_CODE",
        ),
        *("PRACTICE_NAME", "PRACTICE_CODE", "ADDRESS_1", "ADDRESS_2", "ADDRESS_3", "ADDRESS_4", "POSTCODE"),
        *(_BNF_2025 if newest else _BNF),
        *(
            "BNF_CHAPTER_PLUS_CODE",
            "QUANTITY",
            "ITEMS",
            "TOTAL_QUANTITY",
            "ADQ_USAGE" if newest else "ADQUSAGE",
        ),
        *("NIC", "ACTUAL_COST", "UNIDENTIFIED", *(["SNOMED_CODE"] if newest else [])),
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end)
    writer.writerow(titles)
    for row in rows:
        bodies = ("SOUTH EAST", "Y59", "NHS KENT AND MEDWAY", "QKS", "NHS KENT AND MEDWAY ICB", "91Q00")
        practice = ("A PRACTICE, THE", row.code, "1 HIGH STREET", "", "MARGATE", "KENT", "CT9 1AA")
        if row.unidentified:
            bodies = ("UNIDENTIFIED", "-", "UNIDENTIFIED", "-", "UNIDENTIFIED", "-")
            practice = ("UNIDENTIFIED DOCTORS", row.code, "-", "-", "-", "-", "-")
        code = f"{row.chapter}03010D0AAADAD"
        bnf = (code[:9], "Something", code, "Something_Tab 5mg")
        heading = f"{row.chapter}: {CHAPTERS.get(row.chapter, 'Other')}"
        amounts = ("28", row.items, 28 * row.items, "0", row.ingredient_cost, row.actual_cost)
        flag = "Y" if row.unidentified else "N"
        more = ("319773006",) if newest else ()
        writer.writerow((month, *bodies, *practice, *bnf, heading, *amounts, flag, *more))
    return text.getvalue().encode()


def pdpi(rows: Iterable[Row], month: str = "202510", end: str = "\r\n") -> bytes:
    """Practice prescribing of 2010 to 2019: padded names and numbers, a comma behind the last cell, then blanks."""
    lines = [
        f" SHA,PCT,PRACTICE,BNF CODE,BNF NAME{' ' * 36},ITEMS  ,NIC        ,ACT COST   ,QUANTITY,PERIOD,{' ' * 33}"
    ]
    for row in rows:
        costs = f"{Decimal(row.ingredient_cost):011.2f},{Decimal(row.actual_cost):011.2f}"
        name = "Something_Tab 5mg".ljust(40)
        bnf = f"{row.chapter}03010D0AAADAD"
        lines.append(f"Q81,91Q,{row.code:6},{bnf},{name},{row.items:07},{costs},0000028,{month},{' ' * 33}")
    return "".join(f"{line}{end}" for line in lines).encode()


def total(rows: Iterable[Row]) -> tuple[int, Decimal, Decimal]:
    """What a file tells in all: items and both costs, exactly."""
    rows = list(rows)
    return (
        sum(row.items for row in rows),
        sum((Decimal(row.ingredient_cost) for row in rows), Decimal()),
        sum((Decimal(row.actual_cost) for row in rows), Decimal()),
    )
