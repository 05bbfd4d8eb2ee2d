"""What the whole register says of a body, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NAMED = 5
"""So many bodies are named where many have a relation to one."""


def registered_lines(said: dict[str, Any]) -> Iterator[str]:
    """A record of the register, line by line."""
    yield (
        f"In the register of {said['as_of']}: {said['is']}, {said['record']}, {said['status'] or 'of no status'}"
        f"{_life(said)}"
    )
    if where := ", ".join(filter(None, (said["address"], said["postcode"], said["country"]))):
        yield f"  at {where}"
    if said["uprn"]:
        yield f"  UPRN {said['uprn']}"
    for one in said["contacts"]:
        yield f"  {one['means']}: {one['value'] or 'not shown, for it may be a person’s'}"
    for role in said["roles"]:
        yield f"  role: {role['is']} ({role['role']}){_in_use(role)}{_life(role)}"
    for tie in said["ties"]:
        yield f"  {tie['verb']} {_body(tie)}{_in_use(tie)}{_life(tie)}"
    for one in said["successions"]:
        yield f"  {_body(one)} {one['way']}{', on ' + one['date'] if one['date'] else ''}"
    for one in said["pointing"]:
        bodies = one["bodies"][:NAMED]
        more = f"; and {one['number'] - len(bodies):,} more" if one["number"] > len(bodies) else ""
        yield f"  {one['verb']}: {one['number']:,} ({'; '.join(map(_body, bodies))}{more})"


def _body(body: dict[str, Any]) -> str:
    return f"{body['name'] or '(name not known)'} ({body['id']})"


def _in_use(row: dict[str, Any]) -> str:
    return "" if row["status"] == "active" else f", {row['status'] or 'of no status'}"


def _life(row: dict[str, Any]) -> str:
    written = f" from {row['valid_from']}" if row["valid_from"] else ""
    written += f" until {row['valid_until']} (not included)" if row["valid_until"] else ""
    if "legal_from" in row:
        law = f" from {row['legal_from']}" if row["legal_from"] else ""
        law += f" until {row['legal_until']}" if row["legal_until"] else ""
        written += f"; in law{law}"
    return written
