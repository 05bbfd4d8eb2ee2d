"""Records of the register as its live interface gives them in JSON: the same bodies as in its XML."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.listings import is_a_day
from orgmap.loaders.releases.ods_xml import (
    LONGEST_TEXT,
    XmlBody,
    XmlDays,
    XmlRelation,
    XmlRole,
    XmlSuccession,
)
from orgmap.loaders.releases.texts import unseen

MOST_PARTS = 5_000
"""So many roles, relations or successions has a body at most."""


def record_of(raw: bytes, label: str, line: int) -> XmlBody:
    """The body that a record tells. Raises `DataBroken` with the label and line for what is no such record."""
    try:
        body = json.loads(raw)["Organisation"]
        return _Record(body).body(line)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        said = str(error)[:80] if isinstance(error, _Odd) else "it has not the form of a record"
        raise DataBroken(f"{label}:{line}: is no record of the register ({said}). Fetch it again.") from error


class KnownBy(NamedTuple):
    """What tells a record from others even if the rest of it is not understood: its code and its primary role."""

    code: str
    role: str


def known_by(raw: bytes) -> KnownBy:
    """The code of a record, and its primary role, blank if none is found. Raises `ValueError` for what is no record."""
    try:
        body = json.loads(raw)["Organisation"]
        code = body["OrgId"]["extension"]
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("it answers with no record") from error
    roles = body.get("Roles")
    listed = roles.get("Role") if isinstance(roles, dict) else []
    found = [one for one in listed or () if isinstance(one, dict)] if isinstance(listed, list) else []
    role = next((one.get("id") for one in found if one.get("primaryRole") is True), "")
    return KnownBy(str(code), str(role))


class _Odd(ValueError):
    """What of a record is not understood."""


class _Record:
    """One record while it is read."""

    def __init__(self, cells: dict[str, Any]) -> None:
        self._cells = cells

    def body(self, line: int) -> XmlBody:
        cells = self._cells
        roles = tuple(
            XmlRole(_text(one["id"]), one.get("primaryRole") is True, _text(one.get("Status")), _days(one))
            for one in self._parts("Roles", "Role")
        )
        ties = tuple(
            XmlRelation(_text(one["id"]), _target(one), _text(one.get("Status")), _days(one), _role(one))
            for one in self._parts("Rels", "Rel")
        )
        followed = []
        for one in self._parts("Succs", "Succ"):
            days = _days(one)
            day = days.legal_from or days.from_day
            followed.append(XmlSuccession(_text(one.get("Type")), _target(one), day))
        place = cells.get("GeoLoc", {}).get("Location", {})
        primary = next((role.status for role in roles if role.is_primary), "")
        return XmlBody(
            code=_text(cells["OrgId"]["extension"]),
            name=_text(cells["Name"]),
            record_class=_text(cells.get("orgRecordClass")),
            is_stub=cells.get("refOnly") is True,
            status=_text(cells.get("Status")) or primary,
            days=_days(cells),
            postcode=_text(place.get("PostCode")),
            country=_text(place.get("Country")),
            roles=roles,
            relations=ties,
            successions=tuple(followed),
            line=line,
        )

    def _parts(self, several: str, single: str) -> list[dict[str, Any]]:
        return _listed(self._cells.get(several, {}).get(single, []))


def _listed(found: Any) -> list[dict[str, Any]]:
    """Several of something; one alone may stand there without a list."""
    listed = found if isinstance(found, list) else [found]
    if len(listed) > MOST_PARTS or not all(isinstance(one, dict) for one in listed):
        raise _Odd("its parts are not understood")
    return listed


def _text(found: Any) -> str:
    if found is None:
        return ""
    if not isinstance(found, str) or len(found) > LONGEST_TEXT or unseen(found):
        raise _Odd("a text is missing, too long, or cannot be seen")
    return found.strip()


def _target(part: dict[str, Any]) -> str:
    return _text(part["Target"]["OrgId"]["extension"])


def _role(part: dict[str, Any]) -> str:
    """The primary role of the body at the other end, where it is said."""
    role = part["Target"].get("PrimaryRoleId")
    return _text(role.get("id")) if role else ""


def _days(part: dict[str, Any]) -> XmlDays:
    found = {"Legal": ("", ""), "Operational": ("", "")}
    for one in _listed(part.get("Date", [])):
        start, end = _text(one.get("Start")), _text(one.get("End"))
        for day in (start, end):
            if day and not is_a_day(day):
                raise _Odd(f"“{day[:20]}” is no day")
        sort = _text(one.get("Type")) or "Operational"
        if sort not in found:
            raise _Odd(f"“{sort[:20]}” is no sort of days")
        found[sort] = (start, day_after(end) if end else "")
    return XmlDays(*found["Legal"], *found["Operational"])
