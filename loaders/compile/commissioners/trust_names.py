"""Names of primary care trusts: of 2002 to 2006, of 2012, and of three that lived only in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, CodeVersion, code_versions
from orgmap.loaders.curated import lookup
from orgmap.loaders.published import read_table

EARLY = "pct-names-2002-2006"
LATE = "ons-pco-2012"
DISSOLVED = "si-2003-1066"

EARLY_UNTIL = "2006-10-01"
"""About the day on which a trust whose two names differ got the later one, if no other source tells it."""

OLDER_AREA_CODES = lookup("primary_care_trusts/older_area_codes")
"""Area codes that ended before 2013, with the trusts that had them; two of these got another with a new name.

Which of Hertfordshire's two was which follows from the postcodes of their practices.
"""

RENAMED = ("5HQ", "5NT")
"""Trusts that became “Teaching” while the code history watched."""

IN_BETWEEN = ("5P3", "5P4", "TAM")
"""Trusts that began after the older list and ended before the newer one: named by their areas."""

ENDED_2003 = lookup("primary_care_trusts/ended_2003")
"""Three trusts of north-east London that an order names as it dissolves them; told apart in the same way."""


class TrustName(NamedTuple):
    """A trust's name, who tells it, and from when until when it held, where that is known at all."""

    name: str
    source: str
    note: str = ""
    valid_from: str = ""
    valid_until: str = ""

    @property
    def from_precision(self) -> str:
        """Whether the day is that which stands for one that nobody tells."""
        return "approx" if self.valid_from == EARLY_UNTIL else ""

    @property
    def until_precision(self) -> str:
        """Whether the day is that which stands for one that nobody tells."""
        return "approx" if self.valid_until == EARLY_UNTIL else ""


def trust_names(published: Path) -> dict[str, list[TrustName]]:
    """The names of each primary care trust that any source names, in order of time."""
    names: dict[str, list[TrustName]] = {}
    for code, name in _named_of(published):
        known = names.setdefault(code, [])
        if known and known[-1].name == name.name:
            known.pop()
        elif known:
            day = known[-1].valid_until or EARLY_UNTIL
            known[-1] = known[-1]._replace(valid_until=day)
            name = name._replace(valid_from=day)
        known.append(name)
    return names


def older_areas(published: Path) -> dict[str, CodeVersion]:
    """The areas of trusts whose codes ended before 2013, by the trust's code."""
    versions = {v.code: v for kind in ("E16", "E17") for v in code_versions(published, kind)}
    return {code: versions[area] for code, area in OLDER_AREA_CODES.items()}


def area_names(published: Path) -> dict[str, dict[str, str]]:
    """The rows of the list of 2012, by the trust's code."""
    path = published / "data" / "ods" / "openprescribing" / "PCO_2012.csv"
    return {row["PCO12CDO"]: row for _, row in read_table(path, "PCO12CD", "PCO12CDO", "PCO12NM")}


def is_care_trust(code: str) -> bool:
    """Whether the code is one of the care trusts, which commissioned social care as well."""
    return code.startswith("T")


def trust_name(area: str, code: str) -> str:
    """A trust's name from the name of its area in the ONS list.

    >>> trust_name("Greenwich Teaching", "5A8"), trust_name("Torbay", "TAL")
    ('Greenwich Teaching PCT', 'Torbay Care Trust')
    """
    return (
        f"{area.replace('National Health Service', 'NHS')} {'Care Trust' if is_care_trust(code) else 'PCT'}"
    )


def trading_name(area: str) -> str:
    """The name that a trust put on its letters from about 2009.

    >>> trading_name("Greenwich Teaching"), trading_name("Isle of Wight National Health Service")
    ('NHS Greenwich', 'NHS Isle of Wight')
    """
    return f"NHS {area.removesuffix(' Teaching').removesuffix(' National Health Service')}"


def _named_of(published: Path) -> Iterator[tuple[str, TrustName]]:
    for code, area in ENDED_2003.items():
        note = "which code had which name follows from its practices' postcodes"
        yield code, TrustName(trust_name(area, code), DISSOLVED, note=note)
    path = published / "data" / "ods" / "pct_names_2002_2006.csv"
    for _, row in read_table(path, "code", "name"):
        yield row["code"], TrustName(row["name"], EARLY)
    versions = older_areas(published)
    for code in (*RENAMED, *IN_BETWEEN):
        older = versions[code]
        until = older.valid_until if code in RENAMED else ""
        yield code, TrustName(trust_name(older.name, code), CODE_HISTORY, valid_until=until)
    for code, row in area_names(published).items():
        yield code, TrustName(trust_name(row["PCO12NM"], code), LATE)
