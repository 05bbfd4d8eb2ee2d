"""Records of the register as its FHIR interfaces give them in JSON (STU3 and R4): one body, or a bundle of several."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import day_after
from orgmap.loaders.releases.formats import ORDLIVE, formats
from orgmap.loaders.releases.listings import LONGEST, is_a_day
from orgmap.loaders.releases.ods_xml import XmlBody, XmlDays, XmlRole
from orgmap.loaders.releases.texts import unseen

MOST_PARTS = 5_000
"""So many extensions has a body at most."""

CHANGED = "LastChangeDate"
"""What the register calls the day on which it last changed a record."""

RESOURCE, BODY, BUNDLE = "resourceType", "Organization", "Bundle"

_ROLES = ("OrganizationRole-1", "OrganisationRole")
_DAYS = ("TypedDateTime", "England-DateTime")
_PERIODS = ("ActivePeriod-1", "TypedPeriod", "activePeriod")


def fhir_bodies(answer: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """The bodies of an answer, and how many other resources it has.

    >>> fhir_bodies({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Location"}}]})
    ([], 1)
    """
    if answer.get(RESOURCE) == BUNDLE:
        found = [one.get("resource") for one in _several(answer.get("entry"))]
    else:
        found = [answer]
    bodies = [one for one in found if isinstance(one, dict) and one.get(RESOURCE) == BODY]
    return bodies, len(found) - len(bodies)


def changed_on(resource: dict[str, Any]) -> str:
    """The day on which a resource was last changed, as it says itself; blank if it does not.

    What the register says of it goes before what its server says of its own copy.

    >>> changed_on({"meta": {"lastUpdated": "2026-02-03T00:00:00+00:00"}})
    '2026-02-03'
    """
    days = [
        _text(part.get("valueDateTime"))[:10]
        for one in _several(resource.get("extension"))
        if _is(one, _DAYS) and CHANGED in str(one)
        for part in _several(one.get("extension"))
    ]
    meta = resource.get("meta")
    days.append(_text(meta.get("lastUpdated"))[:10] if isinstance(meta, dict) else "")
    return next(filter(is_a_day, days), "")


def fhir_body(resource: dict[str, Any], line: int) -> XmlBody:
    """A body as the register in XML would have it. Raises `ValueError` for what is not understood."""
    roles, periods = [], []
    for one in _several(resource.get("extension")):
        if _is(one, _ROLES):
            roles.append(_role(one))
        elif _is(one, _PERIODS):
            periods.append(one)
    address = next(iter(_several(resource.get("address"))), {})
    codes = [_text(one.get("value")) for one in _several(resource.get("identifier"))]
    code = next(filter(None, codes), "") or _text(resource.get("id"))
    if not code or not _text(resource.get("name")):
        raise ValueError("it has no code or no name")
    return XmlBody(
        code=code,
        name=_text(resource.get("name")),
        record_class="",
        is_stub=False,
        status="Active" if resource.get("active") is True else "Inactive",
        days=_days(periods),
        postcode=_text(address.get("postalCode")).upper(),
        country=_text(address.get("country")),
        roles=_with_primary(roles),
        relations=(),
        successions=(),
        line=line,
    )


def _with_primary(roles: list[XmlRole]) -> tuple[XmlRole, ...]:
    """Roles of which one is the primary one; where nothing says which, it is the one that puts a body in a register."""
    if not any(role.is_primary for role in roles):
        primary = next((role for role in roles if role.role in formats()[ORDLIVE].registers), None)
        return tuple(role._replace(is_primary=role is primary) for role in roles)
    return tuple(roles)


def _is(extension: dict[str, Any], names: tuple[str, ...]) -> bool:
    """Whether an extension is one of these; an address ends with its name."""
    return _text(extension.get("url")).endswith(names)


def _role(extension: dict[str, Any]) -> XmlRole:
    code, status, primary, periods = "", "", False, []
    for one in _several(extension.get("extension")):
        match _text(one.get("url")):
            case "role" | "roleCode":
                coding = one.get("valueCoding") or next(
                    iter(_several(_part(one, "valueCodeableConcept").get("coding"))), {}
                )
                code = _text(coding.get("code"))
            case "primaryRole":
                primary = one.get("valueBoolean") is True
            case "status":
                status = _text(one.get("valueString"))
            case "active":
                status = "Active" if one.get("valueBoolean") is True else "Inactive"
            case _:
                periods += [one] if _is(one, _PERIODS) else []
    if not code:
        raise ValueError("one of its roles has no code")
    return XmlRole(code if code.startswith("RO") else f"RO{code}", primary, status, _days(periods))


def _days(periods: list[dict[str, Any]]) -> XmlDays:
    """Legal and operational days of periods; their last days are included."""
    found = {"Legal": ("", ""), "Operational": ("", "")}
    for one in periods:
        sort, period = "Operational", _part(one, "valuePeriod")
        for each in (*_several(period.get("extension")), *_several(one.get("extension"))):
            if each.get("valuePeriod"):
                period = _part(each, "valuePeriod")
            sort = _text(each.get("valueString")) or _text(_part(each, "valueCoding").get("code")) or sort
        start, end = _text(period.get("start"))[:10], _text(period.get("end"))[:10]
        for day in (start, end):
            if day and not is_a_day(day):
                raise ValueError(f"“{day}” is no day")
        if sort not in found:
            raise ValueError(f"“{sort[:20]}” is no sort of days")
        found[sort] = (start, day_after(end) if end else "")
    return XmlDays(*found["Legal"], *found["Operational"])


def _several(found: Any) -> list[dict[str, Any]]:
    """Several of something; one alone may stand there without a list."""
    listed = found if isinstance(found, list) else [] if found is None else [found]
    if len(listed) > MOST_PARTS or not all(isinstance(one, dict) for one in listed):
        raise ValueError("its parts are not understood")
    return listed


def _part(found: dict[str, Any], name: str) -> dict[str, Any]:
    part = found.get(name)
    return part if isinstance(part, dict) else {}


def _text(found: Any) -> str:
    if found is None:
        return ""
    if not isinstance(found, str) or len(found) > LONGEST or unseen(found):
        raise ValueError("a text is missing, too long, or cannot be seen")
    return found.strip()
