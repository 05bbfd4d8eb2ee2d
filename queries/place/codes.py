"""From a code to the place that has it: outcodes, postcode sectors, codes of areas, and bodies by org-id."""

from __future__ import annotations

import re
from collections import Counter
from string import ascii_uppercase

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Entity, Place
from orgmap.graphmodel.store import CodedPart, Store
from orgmap.graphmodel.text import as_code, as_outcode, as_sector, country_of_postcode
from orgmap.queries.place.bodies.meant import body_by_id
from orgmap.queries.place.location import COUNTRIES, POPULATION, Within, in_use_within, shares_of

POSTCODES = "live postcodes"

_AREA_CODE = re.compile(r"[EWSNKLM][0-9]{8}", re.IGNORECASE)
_UNFINISHED = re.compile(r"[A-Z]{1,2}[0-9]")
_ENGLAND = "E92000001"
_KINDS = {"E01": "small area", "E02": "neighbourhood"}
_WANTED = {
    "E01": "small area (LSOA) of 2011 or 2021",
    "E02": "neighbourhood (MSOA) of 2011 or 2021",
    "E04": "parish of the list of 2022",
    "E05": "ward of 2024 or of the lists of 2016 to 2026",
    "E11": "metropolitan county",
    "E12": "region",
    "E47": "combined authority of 2019",
}
"""What codes of places begin with; others are those of bodies."""

_OTHERS = {
    "E04": "; those of other years are in no table",
    "E05": "; wards that ended before 2016 are in no table",
}
"""What is said of the codes that no table has."""

_NOTES = {
    "small area of 2021": "{code} is a small area of 2021, placed by those of 2011 that it was made of (derived).",
    "neighbourhood of 2021": "{code} is a neighbourhood of 2021, placed by the small areas of 2011 in it (derived).",
    "ward": "{code} is a ward of 2024, placed by the small areas that fit it best (derived).",
    "combined authority": "{code} is a combined authority with its councils of 2019.",
}
_PLACED = {
    "": "{what}, placed by its council, whose area the tables never part.",
    "by its middle": "{what}, placed by its middle and the small area nearest to that (estimated).",
    "extent estimated": "{what}, placed by wards and neighbourhoods of its name (estimated).",
    "extent not known": "{what}; how far it reaches in {within} is not known, the answer is for all of it.",
}
"""What stands behind the kind of a parish, or a ward of another year, with what it says of its extent."""

_EDITION = 2024
"""The year whose wards are known by the small areas that they are made of."""

_ORG_ID = re.compile(r"GB-(NHS|LAE|GOR|GSS)-", re.IGNORECASE)
_SCHEMES = {"NHS": "ods", "LAE": "local_authority_register", "GSS": "gss"}
"""Lists of org-id.guide, with the scheme of their codes in the registers."""


def place_of_code(store: Store, text: str, at: AnyDay) -> Place | None:
    """The place that a text means as a code, in any letter case, in brackets or with dots; None if it is none.

    Codes of places: outcodes (“CT9”), postcode sectors (“CT9 1”), small areas and neighbourhoods (LSOA, MSOA) of 2011
    and 2021, wards of 2024 and of other years, parishes, metropolitan counties, regions of government, combined
    authorities; and bodies by their org-id (“GB-NHS-10E”). Other codes of bodies are left to those who look for
    bodies. Raises `NothingFound` for a code that could be nothing else and is not known or lies abroad, `Ambiguous`
    for an org-id of two bodies.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     place_of_code(store, "E12000008", "2020-01-01").label
    'South East'
    """
    at = day_of(at)
    if sector := as_sector(text):
        found = in_use_within(store, sector[:-1], at, sector[-1])
        return _postcodes(found, text, "postcode sector", f"{sector[:-1]} {sector[-1]}")
    if outcode := as_outcode(text):
        return _outcode(store, outcode, text, at)
    code = as_code(text)
    if code is None:
        return _of_org_id(store, text, at)
    if _ORG_ID.match(text.strip()):
        return _of_org_id(store, text, at)
    return _area(store, code.upper(), text) if _AREA_CODE.fullmatch(code) else None


def _outcode(store: Store, outcode: str, text: str, at: str) -> Place | None:
    if (found := in_use_within(store, outcode, at)).parts:
        return _postcodes(found, text, "outcode", outcode)
    if _UNFINISHED.fullmatch(outcode) and (place := _outcodes(store, outcode, text, at)):
        return place
    country = country_of_postcode(outcode)
    if country and not store.ids_of_code(outcode):
        raise NothingFound(f"{outcode} is not in England: its letters belong to {country}.")
    return None


def _outcodes(store: Store, start: str, text: str, at: str) -> Place | None:
    """The outcodes of which a text is the beginning, taken together: W1 stands for W1A to W1W."""
    longer = (start + letter for letter in ascii_uppercase)
    found = {outcode: within for outcode in longer if (within := in_use_within(store, outcode, at)).parts}
    if there := {outcode: within for outcode, within in found.items() if not within.since}:
        found = there
    if not found or store.ids_of_code(start):
        return None
    counts: Counter[str] = Counter()
    for within in found.values():
        counts.update(dict(within.parts))
    since = min(within.since for within in found.values())
    place = _postcodes(Within(sorted(counts.items()), since), text, "outcode", start)
    note = f"{start} is no whole outcode; the answer is for {', '.join(found)} together."
    return place._replace(notes=(note, *place.notes))


def _postcodes(within: Within, text: str, kind: str, label: str) -> Place:
    """The place of all live postcodes that begin alike. Raises `NothingFound` if there are none."""
    parts, since = within
    if not parts:
        if country := country_of_postcode(label):
            raise NothingFound(f"{label} is not in England: its letters belong to {country}.")
        raise NothingFound(f"No English postcode in use begins with {label}.")
    total = sum(count for _, count in parts)
    none_yet = f"No list before {since} has a postcode that begins with {label}; the answer is for those of that day."
    shares = tuple((area, count / total) for area, count in parts)
    return Place(text, kind, label, shares, POSTCODES, (none_yet,) if since else ())


def _area(store: Store, code: str, text: str) -> Place | None:
    """The place that has an area code; None if it is the code of a body, or of a kind that no table holds."""
    if country := COUNTRIES.get(code[0]):
        raise NothingFound(f"{code} is not in England: it lies in {country}.")
    if code == _ENGLAND:
        return Place(text, "country", "England", shares_of(sorted(store.populations().items())), POPULATION)
    parts = store.coded(code)
    if parts:
        return _coded_place(parts, code, text)
    if code[:3] in _WANTED:
        others = _OTHERS.get(code[:3], "")
        raise NothingFound(f"{code} is not known: no {_WANTED[code[:3]]} has that code{others}.")
    return None


def _coded_place(parts: list[CodedPart], code: str, text: str) -> Place:
    first = parts[0]
    kind, _, extent = (first.kind or _KINDS[code[:3]]).removesuffix(")").partition(" (")
    name = ", ".join(part for part in (first.name, first.within) if part)
    label = (
        name if kind in ("region", "county", "combined authority") else f"{name} ({code})" if name else code
    )
    notes = (_NOTES[kind].format(code=code),) if kind in _NOTES else ()
    if what := _of_edition(code, kind):
        notes = (_PLACED[extent].format(what=what, within=first.within),)
    shares = shares_of([(part.area, part.population) for part in parts])
    return Place(text, kind, label, shares, POPULATION, notes, basis="estimated" if extent else "")


def _of_edition(code: str, kind: str) -> str:
    """What a parish or a ward of another year than 2024 is, and in which lists; blank for everything else."""
    if kind == "parish":
        return f"{code} is a parish of the list of 2022"
    if not kind.startswith("ward of "):
        return ""
    year = kind.removeprefix("ward of ")
    gone = " and gone by 2024" if int(year) < _EDITION else ""
    return f"{code} is a ward first listed in {year}{gone}"


def _of_org_id(store: Store, text: str, at: str) -> Place | None:
    """The area of the body that has an org-id; None if the text is none."""
    given = _ORG_ID.match(text.strip())
    if given is None:
        return None
    code, scheme = as_code(text) or "", _SCHEMES.get(given[1].upper(), "")
    bodies = [body for body in store.entities(ids=store.ids_of_code(code)) if _has(body, scheme, code)]
    alive = [body for body in bodies if body.in_force_on(at)] or bodies
    if not alive:
        raise NothingFound(f"“{text}” is not known: no body in the tables has that org-id.")
    if len(alive) > 1:
        raise Ambiguous(
            f"“{text}” could be {len(alive)} bodies; name one by its id.",
            [f"{body.id} — {body.label}" for body in alive],
        )
    return body_by_id(store, alive[0], at, text)


def _has(body: Entity, scheme: str, code: str) -> bool:
    """Whether a body has a code in that register; a body of the NHS has one code, an area has had several."""
    schemes = dict(body.codes)
    return scheme == "gss" or schemes.get(scheme, "").lower() == code.lower()
