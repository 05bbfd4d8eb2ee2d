"""Trusts and councils that were members of a partnership, as the register listed them on 3 April 2019."""

from __future__ import annotations

import re
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.councils.register import Council, read_councils
from orgmap.loaders.compile.integrated_care.partnerships import (
    PARTNERS,
    ListedRow,
    listed_partners,
    read_partnerships,
)
from orgmap.loaders.compile.nhs_england.trust_register import trust_lives
from orgmap.loaders.compile.nhs_england.trusts import MERGED_CARE_TRUSTS
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import lookup
from orgmap.loaders.published import read_table

LISTED_ON = "2019-04-03"
FIRST_LISTED = "2017-04-01"
"""The list started from the plans published in the spring of 2017; who joined when is not in it."""

COUNCILS_ON = "2019-03-31"
"""The list still names Dorset's old councils, which ended on 1 April 2019."""

SEVERAL_COUNCILS = "*"
"""What the name of one line begins with, which stands for several districts of Nottinghamshire at once."""

SPELLINGS = lookup("integrated_care/spellings")
"""How the list misspells a council, and its name."""

_DECORATION = re.compile(
    r"\(.*?\)|\b(london|royal|metropolitan|borough|district|city|county|council|unitary|corporation|of|the)\b"
)


def add_partners(dataset: Compiled, published: Path) -> None:
    """Adds `member_of` between trusts or councils and partnerships, within the lives of both."""
    partnerships = {p.code: p.life for p in read_partnerships(published)}
    trusts = _trusts(published)
    councils = _councils_by_name(published)
    for row in listed_partners(published):
        life = partnerships[row.partnership]
        if row.trust_code:
            if row.trust_code not in trusts:
                raise DataBroken(f"STP partners:{row.line}: the trust {row.trust_code} is in no register.")
            _add(dataset, f"trust:{row.trust_code}", row, trusts[row.trust_code], life)
        if row.council and not row.council.startswith(SEVERAL_COUNCILS):
            council = _council(councils, row)
            own = Period(council.valid_from or None, council.valid_until or None)
            _add(dataset, council.id, row, own, life)


def _trusts(published: Path) -> dict[str, Period]:
    path = published / "data" / "ods" / "stp" / "stp_partners_caretrusts.csv"
    care = {row["ORG CODE"]: Period(None, None) for _, row in read_table(path, "ORG CODE")}
    care.update({code: Period(None, until) for code, until in MERGED_CARE_TRUSTS.items()})
    return {**care, **trust_lives(published)}


def _councils_by_name(published: Path) -> dict[str, set[Council]]:
    found: dict[str, set[Council]] = {}
    for council in read_councils(published):
        if council.holds(COUNCILS_ON):
            for name in (council.name, council.area, *council.aliases):
                found.setdefault(_plain(name), set()).add(council)
    return found


def _plain(name: str) -> str:
    text = name.lower().replace("&", "and").replace("-", " ").replace(".", "").replace("'", "")
    return " ".join(_DECORATION.sub(" ", text).split())


def _council(councils: dict[str, set[Council]], row: ListedRow) -> Council:
    found = councils.get(_plain(SPELLINGS.get(row.council, row.council)), set())
    if len(found) != 1:
        names = " or ".join(sorted(council.name for council in found)) or "none"
        raise DataBroken(f"STP partners:{row.line}: “{row.council}” is no single council ({names}).")
    return next(iter(found))


def _add(dataset: Compiled, member: str, row: ListedRow, own: Period, life: Period) -> None:
    period = life.clip(own)
    period = period and period.clip(Period(FIRST_LISTED, None))
    if period is None:
        raise DataBroken(f"STP partners:{row.line}: {member} and {row.partnership} never existed at once.")
    known_end = period.valid_until == own.valid_until or str(period.valid_until) < LISTED_ON
    listed = TwoDays(*period, "approx", "" if known_end else "approx")
    note = f"as listed on {LISTED_ON}; when it joined, and changes since, are not known"
    ends = (member, "member_of", f"stp:{row.partnership}")
    dataset.add_link(*ends, "published", PARTNERS, listed, stated_on=LISTED_ON, note=note)
