"""Records of the live register that somebody saved as files: one body in JSON, or several in a FHIR bundle."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.listings import Contents, RefusedRow, is_a_day
from orgmap.loaders.releases.live_register.fhir import RESOURCE, changed_on, fhir_bodies, fhir_body
from orgmap.loaders.releases.live_register.records import record_of
from orgmap.loaders.releases.ods_xml import XmlBody
from orgmap.loaders.releases.opening import HEAD
from orgmap.loaders.releases.texts import decoded, whole_json

ORD = "Organisation"
"""Where a record of the register's own interface has its body."""


def contents_of_records(raw: bytes, label: str) -> list[Contents]:
    """What saved records say, register by register; nothing if a file is none. They know what they know to the day of
    their last change.

    Raises `DataBroken` with file and line for a record that is cut off, not understood, without such a day, or of a
    body whose role is in no register of the graph.
    """
    from orgmap.loaders.releases.live_register.changes import registers, sorted_out

    if raw[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return []
    text = decoded(raw, label)
    record = whole_json(text, label)
    if isinstance(record.get(ORD), dict):
        day = str(record[ORD].get("LastChangeDate") or "")
        bodies = [record_of(raw, label, 1)]
    elif RESOURCE in record:
        bodies, day = _of_fhir(record, text, label)
    else:
        return []
    if not bodies:
        return []
    if not is_a_day(day):
        raise DataBroken(f"{label}:1: does not say when it was last changed. Fetch it again.")
    alone = dict[str, list[RefusedRow]]()
    if found := list(sorted_out(bodies, registers(), day, alone=alone)):
        return found
    for row in [one for rows in alone.values() for one in rows]:
        raise DataBroken(f"{label}:{row.line}: {row.code}: {row.reason}. Fetch it again.")
    roles = sorted({role.role for body in bodies for role in body.roles if role.is_primary})
    raise DataBroken(
        f"{label}:1: is of a role that no register of the graph has ({', '.join(roles) or 'none'})."
    )


def _of_fhir(record: dict[str, Any], text: str, label: str) -> tuple[list[XmlBody], str]:
    """The bodies of an answer in FHIR, and the last day on which one of them was changed."""
    line, at = 1, 0
    try:
        resources, _ = fhir_bodies(record)
        bodies = []
        for one in resources:
            at = max(at, text.find(f'"{one.get("id")}"', at))
            line = text.count("\n", 0, at) + 1
            bodies.append(fhir_body(one, line))
        days = [changed_on(one) for one in (record, *resources)]
    except ValueError as error:
        raise DataBroken(
            f"{label}:{line}: is no record of the register ({str(error)[:80]}). Fetch it again."
        ) from error
    return bodies, max(days)
