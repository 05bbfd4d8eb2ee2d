"""Files that swell: small as they come, without end once they are read; and tables whose columns are something else."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.fuzz.damages import in_a_zip
from tests.fuzz.published import XML, open_tables, published
from tests.postcode_files import NSPL_2026

_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_END = b"</sheetData></worksheet>"
_CELL = b'<row r="%s"><c r="%s" t="inlineStr"><is><t>U00001</t></is></c></row>'
MANY = 1 << 20


def _swollen(head: bytes, unit: bytes, times: int = 40) -> bytes:
    """A head and so many times a million bytes, gzipped by two hundred at most."""
    raw = io.BytesIO()
    with gzip.GzipFile("", "wb", 1, raw, mtime=0) as file:
        file.write(head)
        for _ in range(times):
            file.write(unit)
    return raw.getvalue()


def _workbook(sheet: bytes) -> bytes:
    """The workbook of networks with another first sheet."""
    raw = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(published()["epcn.xlsx"])) as whole,
        zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as other,
    ):
        for name in whole.namelist():
            other.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else whole.read(name))
    return raw.getvalue()


def _many_members() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as packed:
        for number in range(1_500):
            packed.writestr(f"{number}.csv", "")
    return raw.getvalue()


def _overlapping() -> bytes:
    """A zip of many members that are all one and the same place in it."""
    one = in_a_zip("a.csv", b"0" * MANY)
    start, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    entry, names = one[start:end], [b"%05d" % number for number in range(900)]
    listed = b"".join(entry[:46] + name + entry[51:] for name in names)
    counted = len(names).to_bytes(2, "little")
    tail = (
        b"PK\5\6\0\0\0\0"
        + counted * 2
        + len(listed).to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + b"\0\0"
    )
    return one[:start] + listed + tail


def _tables(**columns: Callable[[Any], Any]) -> bytes:
    """The open tables, with other columns in that of bodies."""
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet

    tables = open_tables()
    orgs = parquet.read_table(io.BytesIO(tables["orgs"]))
    for name, column in columns.items():
        orgs = orgs.set_column(orgs.column_names.index(name), name, column(pa))
    raw = io.BytesIO()
    parquet.write_table(orgs, raw)
    tables["orgs"] = raw.getvalue()
    return in_a_zip(
        "orgs.parquet", tables.pop("orgs"), **{f"{name}.parquet": one for name, one in tables.items()}
    )


def _one_row(name: str, columns: Callable[[Any], Any]) -> Callable[[], bytes]:
    return lambda: _tables(**{name: columns})


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zeros": ("a.csv", lambda: _swollen(b"", bytes(MANY), 80)),
    "a member too many": ("a.zip", _many_members),
    "members in one place": ("a.zip", _overlapping),
    "a line without end": ("a.csv", lambda: b"ab,cd," * 200_000),
    "cells without end": ("NSPL.csv", lambda: _swollen(NSPL_2026.encode() + b"\r\n", b'"' + b"a" * MANY)),
    "an attribute without end": (
        "a.xml",
        lambda: _swollen(XML.split(b'orgRecordClass="')[0] + b'orgRecordClass="', b"a" * MANY),
    ),
    "a text without end": ("a.xml", lambda: _swollen(XML.split(b"THE LIMES")[0], b"a" * MANY)),
    "a comment without end": (
        "a.xml",
        lambda: _swollen(XML.split(b"<Organisations>")[0] + b"<!--", b"a" * MANY),
    ),
    "roles without end": (
        "a.xml",
        lambda: XML.split(b"<Roles>")[0] + b"<Roles>" + b'<Role id="RO1"></Role>' * 20_000,
    ),
    "lists in JSON": ("a.json", lambda: b"[" + b"[]," * 15_000_000 + b"[]]"),
    "a row far below": (
        "a.xlsx",
        lambda: _workbook(_SHEET + _CELL % (b"99999999999", b"A99999999999") + _END),
    ),
    "a cell far to the right": ("a.xlsx", lambda: _workbook(_SHEET + _CELL % (b"1", b"ZZZZZZZ1") + _END)),
    "a cell far to the right in other marks": (
        "a.xlsx",
        lambda: _workbook(
            (_SHEET + _CELL % (b"1", b"ZZZZZZ1") + _END)
            .replace(b' r="', b"\n r = '")
            .replace(b'1" t', b"1' t")
        ),
    ),
    "a cell far to the right in numbers": (
        "a.xlsx",
        lambda: _workbook(_SHEET + _CELL % (b"1", b"&#90;" * 6 + b"1") + _END),
    ),
    "a sheet in another encoding": (
        "a.xlsx",
        lambda: _workbook(
            ('<?xml version="1.0" encoding="UTF-16"?>' + (_SHEET + _END).decode()).encode("utf-16")
        ),
    ),
    "codes that are numbers": ("a.zip", _one_row("ods_code", lambda pa: pa.array([1]))),
    "codes that are none": ("a.zip", _one_row("ods_code", lambda pa: pa.array([None], pa.string()))),
    "a code that is a path": ("a.zip", _one_row("ods_code", lambda pa: pa.array(["../ ../x"]))),
    "names with parts": ("a.zip", _one_row("name", lambda pa: pa.array([{"a": 1}]))),
    "names that are no text": (
        "a.zip",
        _one_row("name", lambda pa: pa.array([b"\xff\xfe"], pa.binary()).view(pa.string())),
    ),
    "names that turn the writing": ("a.zip", _one_row("name", lambda pa: pa.array(["\u202eX"]))),
    "days of the year 1": ("a.zip", _one_row("operational_start", lambda pa: pa.array([date(1, 1, 1)]))),
    "days that no calendar has": (
        "a.zip",
        _one_row("operational_start", lambda pa: pa.array([2**31 - 1], pa.int32()).view(pa.date32())),
    ),
    "a footer that is none": ("a.parquet", lambda: open_tables()["orgs"][:-8] + b"\xff\xff\xff\x7fPAR1"),
}
"""What each is called, in which name it comes, and how it is made."""
