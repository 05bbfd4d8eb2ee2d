"""The councils of England since 2009, read from the tables of area codes and of council names."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.place_words import without_style
from orgmap.loaders.curated import lookup, records, rows
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import read_table

ENDED_2009 = lookup("councils/ended_2009")
"""Read in MapIt's list of areas that ended in 2009 (source `mapit-2009`)."""

ENDED_2009_UNSEEN = lookup("councils/ended_2009_unseen")
"""MapIt carried these on under the unitary council, so the older name is general knowledge."""


class Style(NamedTuple):
    """A council's style before and since a day, each with its source; the day is general knowledge, not verified."""

    code: str
    older: str
    older_source: str
    newer: str
    newer_source: str
    day: str


CITIES_SINCE = {style.code: style for style in records("councils/cities", Style, key="code")}
"""The four councils that became a city's in 2022: the register of 2025 shows one so, a list of 2019 its older style."""


CODES_BEGIN = "2009-01-01"
"""The day on which today's nine-character codes begin; as a council's start it means "not known"."""

COUNCIL_CODES = ("E06", "E07", "E08", "E09", "E10")
"""Unitary, district, metropolitan, London and county councils; E11 metropolitan counties have no council."""

SAME_BODY_IN_ANOTHER_KIND_OF_CODE = {"E07000025": "E06000053"}
"""The Council of the Isles of Scilly always did a county's work: its new code of 2009 is a mere recode."""

BARNSLEY_AND_SHEFFIELD = "The Barnsley and Sheffield (Boundary Change) Order 2024"
RECODED_SINCE = {(old, new): (order, day) for old, new, order, day in rows("councils/recoded")}
"""Recodes of which the newer list of changes says only the year; the day is the order's."""


class AreaCode(NamedTuple):
    """One code that a council's area had, and the order that brought it; blank dates: not known, open."""

    code: str
    valid_from: str
    valid_until: str
    order: str


class Council(NamedTuple):
    """One council: its own start and end, every code, its names, and the county it lay in."""

    id: str
    kind: str
    name: str
    name_source: str
    area: str
    codes: tuple[AreaCode, ...]
    county: str
    register_code: str
    aliases: tuple[str, ...]
    earlier_area: str
    renamed_on: str

    @property
    def valid_from(self) -> str:
        """The first day, blank if it began before the codes did."""
        return self.codes[0].valid_from

    @property
    def valid_until(self) -> str:
        """The day after the last, blank if it goes on."""
        return self.codes[-1].valid_until

    @property
    def is_upper_tier(self) -> bool:
        """Whether it is responsible for social care (and for public health since 2013)."""
        return self.kind == "upper_tier_council"

    def holds(self, at: str) -> bool:
        """Whether it existed on that day, as far as the codes can tell."""
        return self.valid_from <= at and (not self.valid_until or at < self.valid_until)

    def code_on(self, at: str) -> str:
        """The code of its area on a day; the first one for days before the codes."""
        return next(
            (c.code for c in self.codes if not c.valid_until or at < c.valid_until), self.codes[-1].code
        )


class CodeChange(NamedTuple):
    """One line of the list of code changes: which code became which, by what order, and whether alone."""

    old: str
    new: str
    order: str
    date: str
    alone: bool

    @property
    def is_recode(self) -> bool:
        """Whether the same council only got another code, most often because its boundary moved."""
        same_kind = (
            self.old[:3] == self.new[:3] or SAME_BODY_IN_ANOTHER_KIND_OF_CODE.get(self.old) == self.new
        )
        return self.alone and same_kind and self.old != self.new


class _Version(NamedTuple):
    name: str
    start: str
    end: str
    parent: str


def read_councils(published: Path) -> list[Council]:
    """Every council of England with a code since 2009, in the order of their first codes."""
    versions = _code_versions(published)
    recodes = {change.old: change for change in read_code_changes(published) if change.is_recode}
    later_codes = {change.new for change in recodes.values()}
    register = _register_rows(published)
    first_codes = [code for code in sorted(versions) if code not in later_codes]
    councils = [_council(code, versions, recodes, register) for code in first_codes]
    areas = {_key(council.area) for council in councils}
    return [
        council._replace(aliases=tuple(alias for alias in council.aliases if not _of_two(alias, areas)))
        for council in councils
    ]


def ids_by_code(councils: list[Council]) -> dict[str, str]:
    """From any code that a council's area ever had to the council's id."""
    return {code.code: council.id for council in councils for code in council.codes}


def read_code_changes(published: Path) -> list[CodeChange]:
    """Every change of an English council's code since 2009; Wales and mere renamings are left out."""
    path = published / "data" / "ons" / "chd" / "gsscoder_lad_code_changes.csv"
    changes = []
    needed = ("changed_to_code", "changed_from_code", "desc", "date", "split", "merge")
    for line, row in read_table(path, *needed):
        old, new = row["changed_from_code"], row["changed_to_code"]
        if old[0] == new[0] == "W" or row["desc"] == "Name Change":
            continue
        if not {old[:3], new[:3]} <= set(COUNCIL_CODES):
            raise DataBroken(f"{path}:{line}: {old} → {new} is no change between English councils.")
        alone = row["split"] == row["merge"] == "False"
        changes.append(CodeChange(old, new, row["desc"], row["date"], alone))
    return changes + _recodes_since(published)


def _recodes_since(published: Path) -> list[CodeChange]:
    path = published / "data" / "ons" / "la" / "onsvisual_changes_2014_2020.csv"
    changes = []
    for line, row in read_table(path, "oldcd", "newcd", "type", "start"):
        if row["type"] != "new_code" or row["oldcd"][:3] not in COUNCIL_CODES:
            continue
        pair = (row["oldcd"], row["newcd"])
        if pair not in RECODED_SINCE or not RECODED_SINCE[pair][1].startswith(row["start"]):
            raise DataBroken(
                f"{path}:{line}: a recode {pair} in {row['start']} whose order is not known here."
            )
        changes.append(CodeChange(*pair, *RECODED_SINCE[pair], alone=True))
    return changes


def _code_versions(published: Path) -> dict[str, list[_Version]]:
    path = published / "data" / "ons" / "chd" / "chd_areas_selected.csv"
    versions: dict[str, list[_Version]] = {}
    for _, row in read_table(path, "entity", "code", "name", "start", "end", "parent"):
        if row["entity"] in COUNCIL_CODES:
            version = _Version(row["name"], row["start"], row["end"], row["parent"])
            versions.setdefault(row["code"], []).append(version)
    for code, found in versions.items():
        found.sort(key=lambda version: version.start)
        for earlier, later in pairwise(found):
            if not earlier.end or day_after(earlier.end) != later.start:
                raise DataBroken(f"{path}: the versions of {code} do not follow one another.")
    # The history ends in July 2024; the codes that later orders brought continue their forerunners.
    for (old, new), (_, date) in RECODED_SINCE.items():
        if old in versions and new not in versions:
            last = versions[old][-1]
            versions[new] = [_Version(last.name, date, "", last.parent)]
    return versions


def _register_rows(published: Path) -> dict[str, dict[str, str]]:
    path = published / "data" / "ons" / "la" / "mysociety_uk_local_authorities.csv"
    needed = ("local-authority-code", "official-name", "nice-name", "gss-code", "alt-names", "nation")
    return {row["gss-code"]: row for _, row in read_table(path, *needed) if row["nation"] == "England"}


def _council(
    first: str,
    versions: dict[str, list[_Version]],
    recodes: dict[str, CodeChange],
    register: dict[str, dict[str, str]],
) -> Council:
    codes = _codes(first, versions, recodes)
    history = [version for code in codes for version in versions[code.code]]
    area = _plain_area(history[-1].name)
    earlier = next((v for v in history if _plain_area(v.name) != area), None)
    row = next((register[code.code] for code in codes if code.code in register), {})
    name, name_source = _official_name(first, row)
    district = first.startswith("E07") and first not in SAME_BODY_IN_ANOTHER_KIND_OF_CODE
    counties = (
        {version.parent for version in history if version.parent.startswith("E10")} if district else set()
    )
    if district and len(counties) != 1:
        raise DataBroken(f"The district {first} lies in {sorted(counties)}; one county is expected.")
    return Council(
        id=f"{'district' if district else 'council'}:{SAME_BODY_IN_ANOTHER_KIND_OF_CODE.get(first, first)}",
        kind="district_council" if district else "upper_tier_council",
        name=name,
        name_source=name_source,
        area=area,
        codes=codes,
        county=counties.pop() if counties else "",
        register_code=row.get("local-authority-code", ""),
        aliases=_aliases(name, [area, *(v.name for v in history)], row),
        earlier_area=earlier.name if earlier else "",
        renamed_on=day_after(earlier.end) if earlier else "",
    )


def _codes(
    first: str, versions: dict[str, list[_Version]], recodes: dict[str, CodeChange]
) -> tuple[AreaCode, ...]:
    start = versions[first][0].start
    codes, code, valid_from, order = [], first, "" if start == CODES_BEGIN else start, ""
    while change := recodes.get(code):
        codes.append(AreaCode(code, valid_from, change.date, order))
        code, valid_from, order = change.new, change.date, change.order
        if versions[code][0].start != valid_from:
            raise DataBroken(
                f"{code} begins on {versions[code][0].start}, but the recode is of {valid_from}."
            )
    end = versions[code][-1].end
    return (*codes, AreaCode(code, valid_from, day_after(end) if end else "", order))


def _plain_area(name: str) -> str:
    """The area's name as its council uses it: "Bristol, City of" is Bristol."""
    return (
        re.sub(r", (City|County) of$| and Isles of Scilly$", "", name)
        .replace("St. ", "St ")
        .replace("&", "and")
    )


def _official_name(first: str, row: dict[str, str]) -> tuple[str, str]:
    if row:
        return " ".join(row["official-name"].split()), "mysociety-local-authorities"
    if first in ENDED_2009:
        return ENDED_2009[first], "mapit-2009"
    if first in ENDED_2009_UNSEEN:
        return ENDED_2009_UNSEEN[first], "general-knowledge"
    raise DataBroken(
        f"No table names the council {first}. Add it to data/curated/councils/ended_2009_unseen.csv."
    )


_ONLY_A_LABEL = re.compile(r"( UA| london boro| district| county| city)$")


def _aliases(name: str, areas: list[str], row: dict[str, str]) -> tuple[str, ...]:
    """Other names to be found by; spellings that differ only in capitals or "&" say nothing new."""
    # A comma inside a name has a space after it, the commas between the names have none.
    others = re.split(r",(?! )", row.get("alt-names", ""))
    seen, aliases = {_key(name)}, []
    for alias in [*areas, row.get("nice-name", ""), *others]:
        if not alias or _ONLY_A_LABEL.search(alias) or _key(alias) in seen:
            continue
        seen.add(_key(alias))
        aliases.append(readable_name(alias.upper()) if alias == alias.lower() else alias)
    return tuple(aliases)


def _of_two(alias: str, areas: set[str]) -> bool:
    """Whether a name is that of two councils that share their staff: Adur and Worthing is neither of the two.

    >>> areas = {"adur", "worthing", "brighton", "brightonandhove"}
    >>> _of_two("Adur and Worthing Borough Council", areas), _of_two("Brighton and Hove", areas)
    (True, False)
    """
    first, _, second = (without_style(alias) or alias).partition(" and ")
    return {_key(first), _key(second)} <= areas


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("&", "and"))
