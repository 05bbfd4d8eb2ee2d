"""`orgmap load` of lists of the register as people have them, not as they were published; from what a user sees."""

from __future__ import annotations

import bz2
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from orgmap.loaders.releases import listings
from orgmap.loaders.releases.kept import kept
from tests.cli.conftest import File, Orgmap, files_in, onto
from tests.cli.test_load_files import FULL, org_tables
from tests.registers import KNOWN, WORLD, commissioner, practice, register, trust
from tests.spoilt import (
    BESIDE_A_FILE,
    GUIDE,
    PAGE,
    POINTER,
    STANDARD_TITLES,
    rewritten,
    with_cell,
    with_numbers,
    without_blank_end,
)

PLAIN = register(
    *(practice(f"G8{number:04}", f"SURGERY, {number}") for number in range(1, 40)),
    practice("G82004", "THE ASHES", opened="20251201", joined="20251201", postcode="CT9 2BB"),
)
LOCATIONS = register(
    commissioner("91Q", "NHS KENT ICB - 91Q", "20130401"),
    commissioner("A1A1A", "NHS SUSSEX ICB - A1A1A", "20251101"),
)
HALF = PLAIN.index(b'"G80020"')
TITLES = STANDARD_TITLES.split(",")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> File:
    """Writes a file beside the tables of three practices, with an empty folder for releases."""
    onto(tmp_path, monkeypatch, WORLD, KNOWN)
    return files_in(tmp_path, "epraccur (1).csv")


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip of files in folders."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, member in members:
            packed.writestr(name, member)
    return raw.getvalue()


AS_PEOPLE_HAVE_IT = {
    "saved by a spreadsheet": rewritten(PLAIN, without_blank_end),
    "with blank columns more": rewritten(PLAIN, lambda rows: [[*row, "", ""] for row in rows]),
    "with semicolons": rewritten(PLAIN, divider=";"),
    "with tabs": rewritten(PLAIN, divider="\t"),
    "with a mark and bare line ends": b"\xef\xbb\xbf" + PLAIN.replace(b"\r\n", b"\n"),
    "with Excel's hint": b"sep=;\r\n" + rewritten(PLAIN, divider=";"),
    "under titles": rewritten(PLAIN, lambda rows: [TITLES, *rows]),
    "under titles, saved by a spreadsheet": rewritten(
        PLAIN, lambda rows: [TITLES[:26], *without_blank_end(rows)]
    ),
    "with titles again in the middle": rewritten(PLAIN, lambda rows: [TITLES, *rows[:9], TITLES, *rows[9:]]),
    "put together of two, each with its mark": b"\xef\xbb\xbf"
    + PLAIN[:HALF]
    + b"\xef\xbb\xbf"
    + PLAIN[HALF:],
    "in a zip with a guide and what macOS leaves": zipped(
        ("lists/epraccur.csv", PLAIN),
        ("lists/epraccur.pdf", GUIDE),
        ("lists/.DS_Store", b"\0\0\0\1Bud1"),
        ("__MACOSX/lists/._epraccur.csv", BESIDE_A_FILE),
    ),
}


@pytest.mark.parametrize("how", AS_PEOPLE_HAVE_IT)
def test_a_list_is_the_same_however_it_was_saved(how: str, file: File, orgmap: Orgmap) -> None:
    assert orgmap("load", str(file(PLAIN, "published.csv"))).code == 0
    [published] = kept()
    orgmap("load", "--remove", published.release)
    told = orgmap("load", str(file(AS_PEOPLE_HAVE_IT[how])))
    assert told.code == 0, told.err
    assert "40 rows, 0 refused" in told.out
    [loaded] = kept()
    assert (loaded.as_of, loaded.rows) == (published.as_of, published.rows)
    ashes = orgmap("show", "practice:G82004", "--format", "json").json["body"]
    assert (ashes["name"], ashes["valid_from"]) == ("The Ashes", "2025-12-01")
    assert "_MACOSX" not in told.err


def test_a_list_of_commissioners_saved_by_a_spreadsheet_still_says_under_which_board_each_is(
    file: File, orgmap: Orgmap
) -> None:
    told = orgmap("load", str(file(rewritten(LOCATIONS, without_blank_end), "eccg.csv")))
    assert "eccg-" in told.out
    assert "icb:QKS" in orgmap("show", "sicbl:A1A1A", "--format", "json").out


def test_a_code_that_a_spreadsheet_took_for_a_number_is_refused_with_its_line(
    file: File, orgmap: Orgmap
) -> None:
    told = orgmap("load", str(file(rewritten(PLAIN, with_cell(14, "5.00E+01", 6)))))
    assert "39 rows, 1 refused" in told.out
    assert "(1).csv:7: G80007: its commissioner “5.00E+01” is not understood" in told.out


OTHERS = register(
    *(
        {0: f"FA{number:03}", 1: "A PHARMACY", 9: "CT9 1AA", 10: "20010401", 13: "1", 21: "0"}
        for number in range(9)
    )
)
REFUSED = {
    "every code a number": (
        rewritten(PLAIN, with_cell(14, "5.00E+01")),
        ":1: its commissioner “5.00E+01” is not understood; 40 of 40 rows are not what epraccur lists. A spreadsheet",
    ),
    "every day too wide": (
        rewritten(PLAIN, with_cell(10, "########")),
        ":1: its opened “########” is not understood; 40 of 40 rows are not what epraccur lists. A spreadsheet",
    ),
    "every day otherwise": (
        rewritten(PLAIN, with_cell(10, "01/04/2020")),
        ":1: its opened “01/04/2020” is not understood; 40 of 40 rows are not what epraccur lists. A spreadsheet",
    ),
    "one behind the other": (PLAIN + PLAIN, ":41: G80001 is listed twice; 40 of 80 rows"),
    "with a column before it": (rewritten(PLAIN, with_numbers), "with a column put before the others. Take that"),
    "some columns of it": (
        rewritten(PLAIN, lambda rows: [["OrganisationCode", "Name"], *(row[:2] for row in rows)]),
        "names bodies in columns of its own. Load the list of the register as it was published",
    ),
    "another list": (OTHERS, "is like a list of the register (ODS), but of bodies that are not taken list by list"),
    "a page": (PAGE, "is a page of the web or XML (“Please sign in”). Fetch the table itself"),
    "a pointer": (POINTER, "is a pointer to a file that Git keeps elsewhere (LFS)"),
    "an answer": (
        json.dumps({"error": {"code": 400, "message": "Invalid query", "details": []}}).encode(),
        "is the answer of a server that something was wrong (“Invalid query”), and no table",
    ),
    "another XML": (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "is XML, but not the register"),
    "a guide": (GUIDE, "is a PDF"),
    "bzip2": (bz2.compress(PLAIN), "is a packed file (bzip2). Unpack it"),
    "7z": (b"7z\xbc\xaf'\x1c\0\x04" + bytes(99), "is a packed file (7z). Unpack it"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old Excel workbook (.xls)"),
    "a zip without a table": (zipped(("epraccur.pdf", GUIDE)), "(epraccur.pdf): is a PDF"),
    "another program's sheet": (zipped(("mimetype", b"x"), ("content.xml", b"<x/>")), "another packed file. Save"),
    "no text": (b"\x01\0\x02\0" * 99, "is no text and no workbook"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_list_is_refused_with_what_it_is_and_what_to_do(
    what: str, file: File, orgmap: Orgmap
) -> None:
    raw, said = REFUSED[what]
    told = orgmap("load", str(file(LOCATIONS, "eccg.csv")), str(file(raw)))
    assert (told.code, told.out) == (4, "")
    assert said in told.err
    assert "epraccur (1).csv" in told.err
    assert kept() == ()


COUNCILS = register(
    *(
        {0: f"1{number:02}", 1: "A BOROUGH COUNCIL", 9: "CT9 1AA", 10: "19740401", 21: "0"}
        for number in range(9)
    )
)


def test_bodies_of_another_list_become_none_of_those_that_are_like_them_in_form(
    file: File, orgmap: Orgmap
) -> None:
    """Codes of councils are like codes of groups; a code that stands for one thing is no other's as well."""
    told = orgmap("load", str(file(COUNCILS, "elocauth.csv")))
    assert (told.code, "an ODS list of bodies or sites that are not taken list by list" in told.err) == (
        4,
        True,
    )
    trusts = register(trust("91Q", "A KENT NHS TRUST", "20010401"), trust("RXX", "B NHS TRUST", "20010401"))
    told = orgmap("load", str(file(trusts, "etr.csv")), "--as-of", "2025-12-01")
    assert (
        "91Q is the code of NHS Kent ICB - 91Q (sicbl:91Q), which is something else: not taken in" in told.out
    )
    assert "trust:RXX" in orgmap("list", "nhs_trust", "--at", "2025-12-01").out
    assert "A Kent" not in orgmap("search", "a kent nhs trust").out


def test_practices_that_closed_long_ago_are_practices_under_the_codes_of_their_time(
    file: File, orgmap: Orgmap
) -> None:
    rows = [
        practice(
            f"G8{n:04}", "OLD SURGERY", "4QP36", "19990401", "20010331", left="20010331", opened="19740401"
        )
        for n in range(40)
    ]
    rows[7] |= {10: "20020401"}
    told = orgmap("load", str(file(register(*rows), "epracarc.csv")))
    assert "epraccur-2001-03-31-" in told.out
    assert "epracarc.csv:8: G80007: its closed 2001-03-31 comes before its opened 2002-04-01" in told.out
    assert "G80000 its commissioner 4QP36 is in no table" in told.out
    old = orgmap("show", "practice:G80001", "--at", "2001-01-01", "--format", "json").json["body"]
    assert (old["name"], old["valid_until"]) == ("Old Surgery", "2001-04-01")


def test_authorities_of_older_times_become_no_regions(file: File, orgmap: Orgmap) -> None:
    rows = [
        {
            0: f"Q3{n}",
            1: "KENT STRATEGIC HEALTH AUTHORITY",
            9: "CT9 1AA",
            10: "20060701",
            11: "20130331",
            21: "0",
        }
        for n in range(9)
    ]
    told = orgmap("load", str(file(register(*rows), "authorities.csv")))
    assert (told.code, "is like a list of the register (ODS)" in told.err) == (4, True)


def test_an_archive_in_a_packed_file_is_refused(file: File, orgmap: Orgmap) -> None:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as packed:
        member = tarfile.TarInfo("epraccur.csv")
        member.size = len(PLAIN)
        packed.addfile(member, io.BytesIO(PLAIN))
    assert "is a packed file (tar). Unpack it." in orgmap("load", str(file(raw.getvalue(), "e.tar.gz"))).err


def test_a_list_that_is_known_only_by_its_name_is_refused_by_it(file: File, orgmap: Orgmap) -> None:
    rows = b'"VL0A1","VN2B2","M","20070401"\r\n' * 9
    told = orgmap("load", str(file(rows, "ecarehomesucc (2).csv")))
    assert told.code == 4
    assert "It is ODS ecarehomesucc, which care home came after which. The whole register has" in told.err
    inside = orgmap("load", str(file(zipped(("ecarehomesucc.csv", rows)), "lists.zip")))
    assert (
        "(ecarehomesucc.csv): is none of the files that can be loaded. It is ODS ecarehomesucc" in inside.err
    )


def test_a_table_that_ends_where_a_spreadsheet_does_is_refused(
    file: File, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "ROWS_OF_A_SPREADSHEET", (40,))
    told = orgmap("load", str(file(PLAIN)))
    assert ":40: has 40 rows, the most that a spreadsheet can have: what came after them was lost" in told.err
    assert kept() == ()


def recast(table: Any, how: str) -> Any:
    """The same table as another program wrote it: days as text or as moments, words by number."""
    import pyarrow as pa

    columns = []
    for field in table.schema:
        column = table.column(field.name)
        if pa.types.is_date(field.type):
            column = column.cast(pa.string() if how == "text" else pa.timestamp("us"))
        elif pa.types.is_string(field.type):
            column = column.cast(pa.large_string()) if how == "text" else column.dictionary_encode()
        columns.append(column)
    return pa.table(columns, names=table.column_names)


@pytest.mark.parametrize(("how", "packed"), [("text", "zstd"), ("moments", "gzip")])
def test_the_open_tables_are_the_same_in_parts_and_however_they_were_written(
    how: str, packed: str, file: File, orgmap: Orgmap, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    names = org_tables(FULL, tmp_path)
    orgmap("load", *names)
    whole = kept()
    for one in whole:
        orgmap("load", "--remove", one.release)
    parts = []
    for name in names:
        table = recast(parquet.read_table(name), how)
        for number, part in enumerate((table.slice(0, 3), table.slice(3))):
            parts.append(str(tmp_path / f"{Path(name).stem}-{number}.parquet"))
            parquet.write_table(part, parts[-1], compression=packed)
    told = orgmap("load", *parts)
    assert told.code == 0, told.err
    assert [(one.release, one.content) for one in kept()] == [(one.release, one.content) for one in whole]
    twice = orgmap("load", parts[0], *parts)
    assert (twice.code, "is named twice. Name each part of a table once." in twice.err) == (4, True)
