"""Records of the live register that somebody saved as files: one body in JSON, several in a list or a FHIR bundle."""

from __future__ import annotations

import json
from collections import Counter
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

    if raw[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return []
    text = decoded(raw, label)
    several = _records(text, label)
    bodies: list[XmlBody] = []
    days: list[str] = []
    for line, one in several:
        if (read := _of_record(one, text, label, line)) is None:
            return []
        bodies += read[0]
        days += [read[1]] if read[0] else []
        if read[0] and not is_a_day(read[1]):
            raise DataBroken(f"{label}:{line}: does not say when it was last changed. Fetch it again.")
    if not bodies:
        return []
    if twice := [code for code, count in Counter(body.code for body in bodies).items() if count > 1]:
        raise DataBroken(f"{label}:1: has {twice[0]} more than once. Load each record by itself.")
    day, alone = max(days), dict[str, list[RefusedRow]]()
    if found := list(sorted_out(bodies, registers(), day, alone=alone)):
        return found
    for row in [one for rows in alone.values() for one in rows]:
        raise DataBroken(f"{label}:{row.line}: {row.code}: {row.reason}. Fetch it again.")
    of_all = [role for body in bodies for role in body.roles]
    roles = sorted({role.role for role in of_all if role.is_primary} or {role.role for role in of_all})
    raise DataBroken(
        f"{label}:1: is of a role that no register of the graph has ({', '.join(roles) or 'none'})."
    )


def _records(text: str, label: str) -> list[tuple[int, dict[str, Any]]]:
    """The records in a text, each with its line: one, a list of them, or one on each line."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > 1 and all(line.startswith("{") and line.rstrip().endswith("}") for _, line in lines):
        found = [(number, whole_json(line, label)) for number, line in lines]
    else:
        whole = whole_json(text, label)
        found = [(1, one) for one in (whole if isinstance(whole, list) else [whole])]
    return found if all(isinstance(one, dict) for _, one in found) else []


def _of_record(record: dict[str, Any], text: str, label: str, line: int) -> tuple[list[XmlBody], str] | None:
    """The bodies of a record with the day of its last change; None if it is none."""
    if isinstance(record.get(ORD), dict):
        body = record_of(json.dumps(record).encode(), label, line)
        return [body], str(record[ORD].get("LastChangeDate") or "")
    return _of_fhir(record, text, label) if RESOURCE in record else None


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
    return bodies, max(days, default="")
