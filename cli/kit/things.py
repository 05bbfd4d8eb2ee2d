"""The columns of answers of many parts, one row a thing, so that no format loses any of it."""

from __future__ import annotations

from typing import Any

from orgmap.cli.kit.events import pairs_cell
from orgmap.cli.kit.output import Columns


def _body(row: dict[str, Any]) -> dict[str, Any]:
    """The body of a row: on the second day, if its name changed."""
    after: dict[str, Any] = row.get("after") or row
    return after


def _ends(row: dict[str, Any], side: str) -> str:
    return "; ".join(body["id"] for body in row.get(side, ()))


THING_COLUMNS: Columns = {
    "What": lambda row: row["what"],
    "Id": lambda row: row.get("id"),
    "Name": lambda row: _body(row).get("name"),
    "Name before": lambda row: row["before"]["name"] if "before" in row else None,
    "Kind": lambda row: row.get("kind"),
    "ODS": lambda row: _body(row).get("codes", {}).get("ods"),
    "GSS": lambda row: _body(row).get("codes", {}).get("gss"),
    "Subject": lambda row: row.get("subject"),
    "Verb": lambda row: row.get("verb"),
    "Object": lambda row: row.get("object"),
    "About": lambda row: _about(row.get("about")),
    "Population": lambda row: row.get("population"),
    "Basis": lambda row: row.get("basis"),
    "Status": lambda row: _body(row).get("status"),
    "From": lambda row: _body(row).get("valid_from"),
    "Until": lambda row: _body(row).get("valid_until"),
    "Date": lambda row: row.get("date"),
    "Predecessors": lambda row: _ends(row, "predecessors"),
    "Successors": lambda row: _ends(row, "successors"),
    "Pairs": lambda row: pairs_cell(row.get("pairs", [])),
    "Elsewhere": lambda row: row.get("pairs_elsewhere"),
    "Instrument": lambda row: row.get("instrument"),
    "Sources": lambda row: "; ".join(dict.fromkeys(one["source"] for one in _body(row).get("sources", ()))),
}
"""The columns of these rows in a spreadsheet; what a thing has not is blank."""


def _about(about: Any) -> str | None:
    return "; ".join(about) if isinstance(about, list) else about


def _value(row: dict[str, Any]) -> Any:
    """What a row tells first: a name, a code, a postcode, a status, or the body that a practice was listed under."""
    if "body" in row:
        return row["body"]["id"]
    return row["name"] if row["what"] == "body" else row.get(row["what"])


BODY_THING_COLUMNS: Columns = {
    "What": lambda row: row["what"],
    "Value": _value,
    "Sort": lambda row: row.get("use", row.get("scheme", row.get("kind"))),
    "Id": lambda row: row.get("id"),
    "Subject": lambda row: row.get("subject"),
    "Subject name": lambda row: row.get("subject_name"),
    "Verb": lambda row: row.get("verb"),
    "Object": lambda row: row.get("object"),
    "Object name": lambda row: row.get("object_name", row["body"].get("name") if "body" in row else None),
    "About": lambda row: _about(row.get("about")),
    "Population": lambda row: row.get("population"),
    "Basis": lambda row: row.get("basis"),
    "Status": lambda row: row.get("status"),
    "From": lambda row: row.get("valid_from"),
    "From precision": lambda row: row.get("from_precision"),
    "Until": lambda row: row.get("valid_until"),
    "Until precision": lambda row: row.get("until_precision"),
    "Date": lambda row: row.get("date"),
    "Predecessors": lambda row: _ends(row, "predecessors"),
    "Successors": lambda row: _ends(row, "successors"),
    "Pairs": lambda row: pairs_cell(row.get("pairs", [])),
    "Note": lambda row: row.get("note"),
    "Sources": lambda row: "; ".join(dict.fromkeys(one["source"] for one in row.get("sources", ()))),
}
"""The columns of these rows in a spreadsheet; what a thing has not is blank."""
