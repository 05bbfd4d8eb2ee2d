"""What a file is that cannot be loaded, and what to do instead: told from its begin, its titles, at last its name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from orgmap.graphmodel.term_tables import term_rows
from orgmap.loaders.own.form import BEGIN, form_of, no_table
from orgmap.loaders.releases.formats import ENOUGH, LOOKED_AT, formats, recognised, titled
from orgmap.loaders.releases.listings import first_rows
from orgmap.loaders.releases.opening import is_workbook
from orgmap.loaders.releases.texts import unseen

OUTCOME = "OperationOutcome"
"""What FHIR calls the answer of a server that something was wrong."""

SAID = 120
"""So many letters of what a page or a server says are answer again."""

DEEPEST = 4
"""So deep in an answer may stand what was wrong."""

TAR = 257
"""Where an archive of tar says that it is one."""

STANDARD = 27
"""So many columns have the register's own lists of bodies."""

OPENED = 10
"""The column of these lists that has the day on which a body opened."""

_JSON = {
    b'"Organisations"': "It is a list of names from a search in the live register. Save the record of each body"
    " (ORD/2-0-0/organisations/CODE), or load the list of the register as it was published.",
    b'"FeatureCollection"': "It is a map (GeoJSON) that does not say which area lies in which other one. Load the"
    " look-up that goes with it.",
}
"""Words that tell what a file in JSON is that was not understood."""

_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
_TITLE = re.compile(rb"<title[^>]*>([^<]*)", re.IGNORECASE)
_AREA = re.compile(r"[a-z_]{2,15}[0-9]{2}(cd[a-z]{0,2}|_code)")
_ORGANISATION = re.compile(r"(organi[sz]ation|org|practice|pcn|trust)[ _]?(code|id)", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{8}|")
_OTHERWISE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}")


def odd_file(raw: bytes) -> str:
    """What a file is that is no table at all, and what to do; blank where it may be one.

    >>> odd_file(b"%PDF-1.7")
    'is a PDF. Ask whoever made it for the table as CSV.'
    """
    if is_workbook(raw):
        return ""
    begin = raw[:BEGIN]
    if _XML.match(begin) and b"<html" not in begin.lower():
        return (
            "is XML, but not the register as it is published (HSCOrgRefData, with its head). Load that, or single"
            " records of the register as JSON."
        )
    what, do = no_table(begin)
    if what:
        said = _TITLE.search(begin)
        words = _said(said[1].decode("utf-8", "replace")) if said else ""
        return f"is {what}{words}. {do}."
    if begin[TAR : TAR + 5] == b"ustar":
        return "is a packed file (tar). Unpack it."
    if b"\0" in begin and form_of(begin).encoding in ("utf-8-sig", "utf-8"):
        return "is no text and no workbook. Load the file as it was published."
    return _answer(raw)


def _said(text: str) -> str:
    text = " ".join(text.split())[:SAID]
    return f" (“{text}”)" if text and not unseen(text) else ""


def _answer(raw: bytes) -> str:
    """What a server said instead of giving a file; blank if it gave one."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{" or len(raw) > BEGIN:
        return ""
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError):
        return ""
    wrong = (
        isinstance(answer, dict)
        and not {"features", "Organisation", "entry"} & answer.keys()
        and answer.get("resourceType", OUTCOME) == OUTCOME
    )
    if not wrong or not (said := next(_messages(answer), "")):
        return ""
    return f"is the answer of a server that something was wrong{_said(said)}, and no table. Fetch the file again."


def _messages(answer: dict[str, Any], deeper: int = DEEPEST) -> Iterator[str]:
    """The words in which a server says that something is wrong."""
    for key in (
        "error",
        "errors",
        "message",
        "errorText",
        "error_description",
        "detail",
        "issue",
        "diagnostics",
        "status",
    ):
        found = answer.get(key)
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, dict) and deeper:
                yield from _messages(one, deeper - 1)
            elif isinstance(one, str) and one.strip():
                yield one


def likeness(raw: bytes, called: str) -> str:
    """What a table seems to be that was not understood, and what to do; blank where nothing can be said."""
    if found := next((said for mark, said in _JSON.items() if mark in raw[:BEGIN]), ""):
        return found
    rows = first_rows(raw)
    titles = [title.lower() for title in (rows[0] if rows else [])]
    stem = _stem(called)
    for by, pattern, what, instead in term_rows("files_not_read.csv"):
        if any(re.fullmatch(pattern, one) for one in (titles if by == "title" else [stem])):
            return f"It is {what}. {instead}"
    if rows and (form := titled(rows[0])):
        return f"It is {form.title}, and cannot be read as it is written. Save it as UTF-8, with commas."
    return _area_lookup(titles) or _list_of_bodies(rows) or _own_columns(rows)


def _stem(called: str) -> str:
    """The bare name of a file, or of one in a zip, without what a browser adds to it.

    >>> _stem("a.zip (f/ecarehomesucc.csv)"), _stem("ecarehomesucc (1).csv")
    ('ecarehomesucc', 'ecarehomesucc')
    """
    name = called[:-1].rpartition("(")[2] if called.endswith(")") else called
    return re.sub(r" ?\(\d+\)$", "", Path(name).name.split(".")[0].lower())


def _area_lookup(titles: Sequence[str]) -> str:
    """What a look-up of areas names, if it is one that the graph has no use for."""
    found = [title for title in titles if _AREA.fullmatch(title)]
    if not found:
        return ""
    named = ", ".join(title.upper() for title in found[:6])
    return (
        f"It is a look-up of areas ({named}), and says nothing of which body the graph has where: what is read is in"
        " which group, location, district or council neighbourhoods (LSOA11CD, LSOA21CD) lie, and in which"
        " partnership, board, local office, region or county these, for one year each."
    )


def _list_of_bodies(rows: Sequence[list[str]]) -> str:
    """What a list of the register is like whose bodies are none of those that are taken, or that has other columns."""
    if rows and (form := recognised([row[1:] for row in rows][1:])):
        return f"It is {form.title}, with a column put before the others. Take that column out."
    alike = [
        row for row in rows[:LOOKED_AT] if len(row) > OPENED and _DAY.fullmatch(row[OPENED]) and row[OPENED]
    ]
    if rows and len(alike) >= ENOUGH * len(rows) and max(map(len, rows)) <= STANDARD:
        return (
            "It is like a list of the register (ODS), but of bodies that are not taken list by list. The whole"
            " register has them: load it in XML (hscorgrefdataxml.zip), then orgmap show CODE."
        )
    return ""


def _own_columns(rows: Sequence[list[str]]) -> str:
    titles = [title.lower() for title in rows[0]] if rows else []
    if {"code", "name"} <= {*titles} or any(map(_ORGANISATION.fullmatch, titles)):
        taken = ", ".join(
            form.format for form in formats().values() if form.columns and not form.lists_postcodes
        )
        return (
            "It names bodies in columns of its own. Load the list of the register as it was published, with all its"
            f" columns ({taken})."
        )
    return ""
