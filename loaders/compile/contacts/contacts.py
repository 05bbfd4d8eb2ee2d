"""Addresses of groups, boards' locations, regions and partnerships, and the page on GOV.UK of each council.

Only bodies that a guide names are in it. No register that was read gives the addresses of integrated care boards,
councils, Health and Wellbeing Boards or local Healthwatch: of these nothing is told but what leads to a council.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.curated import sources
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import read_headless, read_table

GROUPS = {
    "eccg/eccg_2016-02.csv": "ods-eccg-2016-02",
    "eccg/eccg_2018-11.csv": "ods-eccg-2018-11",
    "eccg/eccg_2025.csv": "ods-eccg-2025",
}
"""The editions of the register of commissioners, each with what to cite."""

TEAMS = ("eauth_2018-11.csv", "ods-eauth-2018-11")
PARTNERSHIPS = ("stp/stp_partners_current_stps.csv", "ods-stp-partners-2019-04")
COUNCILS = "mysociety-local-authorities"
PAGE = "https://www.gov.uk/find-local-council/{}"

_CODE, _ADDRESS, _CLOSED, _PHONE = 0, slice(4, 10), 11, 17
_PARTNERSHIP_CODE, _PARTNERSHIP_ADDRESS, _ABOVE = 1, 7, 5
_LED_FROM = "the office that led the partnership"
_LEADS_ON = "GOV.UK's page, which leads to its own"


def compile_dataset(published: Path) -> Compiled:
    """What each register gives of each body, with the day of the register."""
    dataset = Compiled("contacts")
    bodies = _ids(published, "clinical_commissioning_groups", "integrated_care", "nhs_england_teams")
    ods = published / "data" / "ods"
    for file, source in GROUPS.items():
        for _, row in read_headless(ods / file, 27):
            # A group's record went on as that of the board's location: only a closed one is the group's.
            later = source == "ods-eccg-2025" and not row[_CLOSED]
            for body in (f"sicbl:{row[_CODE]}" if later else f"ccg:{row[_CODE]}",):
                _add(dataset, body, source, bodies, _address(row[_ADDRESS]), row[_PHONE])
    for _, row in read_headless(ods / TEAMS[0], 27):
        for prefix in ("region", "lo"):
            _add(dataset, f"{prefix}:{row[_CODE]}", TEAMS[1], bodies, _address(row[_ADDRESS]), row[_PHONE])
    for row in _partnerships(ods / PARTNERSHIPS[0]):
        address = " ".join(row[_PARTNERSHIP_ADDRESS].split())
        _add(dataset, f"stp:{row[_PARTNERSHIP_CODE]}", PARTNERSHIPS[1], bodies, address, note=_LED_FROM)
    _add_councils(dataset, published)
    return dataset


def _add(
    dataset: Compiled,
    body: str,
    source: str,
    bodies: frozenset[str],
    address: str,
    telephone: str = "",
    note: str = "",
) -> None:
    if body in bodies and (address or telephone):
        day = sources()[source]["as_of"]
        cells = {"entity": body, "seen_on": day, "address": address, "telephone": telephone, "note": note}
        dataset.add("contacts", id=f"{body} {day}", source=source, **cells)


def _address(lines: list[str]) -> str:
    """The lines of an address as people write them, each once; the postcode stays as it is.

    >>> _address(["THANET DISTRICT COUNCIL", "CECIL STREET", "", "MARGATE", "KENT", "CT9 1XZ"])
    'Thanet District Council, Cecil Street, Margate, Kent, CT9 1XZ'
    """
    words = [readable_name(line) for line in lines[:-1] if line.strip()]
    return ", ".join(dict.fromkeys([*words, lines[-1]] if lines[-1] else words))


def _partnerships(path: Path) -> Iterator[list[str]]:
    """The rows that begin a partnership and give its address."""
    for number, (_, row) in enumerate(read_headless(path, 21)):
        if number >= _ABOVE and row[_PARTNERSHIP_CODE] and row[_PARTNERSHIP_ADDRESS] not in ("", "tbc"):
            yield row


def _add_councils(dataset: Compiled, published: Path) -> None:
    from orgmap.loaders.compile import compile_dataset as compiled

    columns = TABLES["identifiers"].columns
    entity, scheme, code = (columns.index(name) for name in ("entity", "scheme", "code"))
    coded = {
        row[code]: row[entity]
        for row in compiled("councils", published).rows["identifiers"]
        if row[scheme] == "gss"
    }
    path = published / "data" / "ons" / "la" / "mysociety_uk_local_authorities.csv"
    day = sources()[COUNCILS]["as_of"]
    for _, row in read_table(path, "gss-code", "gov-uk-slug", "current-authority"):
        body, slug = coded.get(row["gss-code"]), row["gov-uk-slug"]
        if body and slug and row["current-authority"] == "True":
            cells = {"entity": body, "seen_on": day, "website": PAGE.format(slug), "note": _LEADS_ON}
            dataset.add("contacts", id=f"{body} {day}", source=COUNCILS, locator=row["gss-code"], **cells)


def _ids(published: Path, *names: str) -> frozenset[str]:
    from orgmap.loaders.compile import compile_dataset as compiled

    place = TABLES["entities"].columns.index("id")
    return frozenset(row[place] for name in names for row in compiled(name, published).rows["entities"])
