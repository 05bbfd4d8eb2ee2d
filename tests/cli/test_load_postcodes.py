"""`orgmap load NSPL…`: lists of postcodes of any year onto the tables; from what a user sees."""

from __future__ import annotations

import builtins
import re
from pathlib import Path

import pytest

from orgmap.graphmodel.dates import today
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import kept
from orgmap.loaders.releases.postcodes import gathering
from tests.cli.conftest import File, Orgmap, files_in, onto
from tests.postcode_files import (
    NSPL_2021,
    NSPL_2026,
    ONSPD_2023,
    VINTAGES,
    code_point,
    listed,
    nhspd,
    packed,
    unit,
    zipped,
)
from tests.spec.test_postcode_lists import AUGUST, EAST, STREETS, WEST

KNOWN = "2025-10-17"
PLAIN = (unit("CT9 1AA", "E01000001"), unit("CT9 5AA", "E01000002", introduced="202608"))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Two streets, and an empty folder for releases."""
    return onto(tmp_path, monkeypatch, STREETS, KNOWN)


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes a published file."""
    return files_in(tmp_path, "NSPL_AUG_2026_UK.csv")


def table(data: Path) -> list[tuple[str, ...]]:
    """The table of postcodes as it is now."""
    return sorted(Tables.of_folder(data).text("postcodes"))


def council(orgmap: Orgmap, *arguments: str) -> list[str]:
    """The councils in an answer of `find`."""
    answer = orgmap("find", *arguments, "--format", "json").json
    return [body["id"] for body in answer["bodies"] if body["id"].startswith("council:")]


def test_a_newer_list_tells_from_its_day_on_and_the_older_one_before(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    assert council(orgmap, "CT9 2AA", "--at", "2025-10-01") == [EAST]
    done = orgmap("load", str(file(AUGUST)))
    assert done.code == 0, done.err
    assert "nspl-2026-08-01-" in done.out
    assert "7 rows, 0 refused; of 2026-08-01" in done.out
    assert "1 of Scotland" in done.out
    assert "passed over: 1 of Northern Ireland" in done.out
    assert (
        "postcodes: 2 new, 1 no longer in use, 1 in another area than before, 2 in a neighbourhood"
        in done.out
    )
    assert council(orgmap, "CT9 2AA", "--at", "2026-07-31") == [EAST]
    assert council(orgmap, "CT9 2AA", "--at", "2026-08-01") == [WEST]
    assert council(orgmap, "CT9 2AA", "--at", "2026-08-01", "--as-known-on", "2026-07-31") == [EAST]
    assert '"ons-nspl-2026-08-01-' in orgmap("sources", "--format", "json").out
    assert orgmap("check").code == 0
    again = orgmap("load", str(file(packed(AUGUST), "again.csv.gz")))
    assert again.out.startswith("Loaded already: nspl-2026-08-01-")
    [release] = kept()
    assert orgmap("load", "--remove", release.release).code == 0
    assert council(orgmap, "CT9 2AA", "--at", "2026-08-01") == [EAST]


@pytest.mark.parametrize("header", VINTAGES)
def test_every_vintage_says_the_same_and_so_does_reading_row_by_row(
    data: Path, file: File, orgmap: Orgmap, header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert orgmap("load", str(file(listed(header, *PLAIN)))).code == 0
    [release] = kept()
    assert (release.as_of, release.rows, release.format) == (
        "2026-08-01",
        2,
        "onspd" if "oslaua" in header or "parncp26cd" in header else "nspl",
    )
    assert ("CT9", "5AA", "E01000002", "in_use", "none unknown none 2026-08-01") in table(data)
    orgmap("load", "--remove", release.release)
    without = builtins.__import__

    def no_arrow(name: str, *rest: object, **more: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return without(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", no_arrow)
    assert orgmap("load", str(file(listed(header, *PLAIN, end="\n"), "other.csv"))).code == 0
    assert [one.release for one in kept()] == [release.release]


def test_lists_without_a_header_are_told_by_the_form_of_their_rows(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    assert orgmap("load", str(file(nhspd(*PLAIN), "gridall.csv"))).code == 0
    assert [one.format for one in kept()] == ["nhspd"]
    points = code_point(("CT9 1AA", 635000, 170000), ("CT9 9AA", 635100, 170100))
    refused = orgmap("load", str(file(points, "ct.csv")))
    assert refused.code == 4
    assert "--as-of DAY" in refused.err
    assert orgmap("load", str(file(points, "ct.csv")), "--as-of", "2026-11-01").code == 0
    assert council(orgmap, "CT9 9AA", "--at", "2026-11-01") == [EAST]


def test_the_day_of_code_point_open_stands_in_what_lies_beside_it(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    raw = zipped(
        {
            "Data/CSV/ct.csv": code_point(("CT9 1AA", 635000, 170000)),
            "Data/CSV/td.csv": code_point(("CT9 9AA", 635100, 170100)),
            "Doc/metadata.txt": b"PRODUCT: OS CODE-POINT OPEN\r\nRM UPDATE DATE: 20261016\r\n",
        }
    )
    assert orgmap("load", str(file(raw, "codepo_gb.zip"))).code == 0
    assert [(one.format, one.as_of, one.rows) for one in kept()] == [("codepoint", "2026-10-16", 2)]


def test_in_a_zip_the_one_file_with_all_rows_is_read_and_not_its_parts(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    members = {
        "Data/NSPL_AUG_2026_UK.csv": AUGUST,
        "Data/multi_csv/NSPL_AUG_2026_UK_CT.csv": AUGUST,
        "Documents/names.csv": b"LAD26CD,LAD26NM\r\nE07000114,Thanet\r\n",
        "User Guide/guide.pdf": b"%PDF",
    }
    done = orgmap("load", str(file(zipped(members), "NSPL_AUG_2026.zip")))
    assert done.code == 0, done.err
    assert "names.csv" in done.err
    whole = table(data)
    [release] = kept()
    orgmap("load", "--remove", release.release)
    halves = AUGUST.splitlines(keepends=True)
    parts = {
        "multi_csv/NSPL_AUG_2026_UK_AA.csv": b"".join(halves[:4]),
        "multi_csv/NSPL_AUG_2026_UK_BB.csv": b"".join([halves[0], *halves[4:]]),
    }
    assert orgmap("load", str(file(zipped(parts), "parts.zip"))).code == 0
    assert [one.release for one in kept()] == [release.release]
    assert table(data) == whole


def test_odd_rows_are_refused_one_by_one_with_their_lines(data: Path, file: File, orgmap: Orgmap) -> None:
    many = [
        unit(f"CT9 {digit}{letter}{other}", "E01000001")
        for digit in "678"
        for letter in "ABDEF"
        for other in "ABDEFGH"
    ]
    odd = [
        unit("CT99 1A1", "E01000001"),
        unit("CT9 1AA", "E01000001", ended="202613"),
        unit("CT9 1AB", "X01000001", country=""),
        many[0],
    ]
    done = orgmap("load", str(file(listed(ONSPD_2023, *many, *odd))))
    assert done.code == 0, done.err
    assert "105 rows, 4 refused" in done.out
    assert "NSPL_AUG_2026_UK.csv:107: CT99 1A1: is no postcode" in done.out
    assert "NSPL_AUG_2026_UK.csv:108: CT9 1AA: its month “202613” is no month" in done.out
    assert "NSPL_AUG_2026_UK.csv:109: CT9 1AB: where it lies is not understood (X01000001, )" in done.out
    assert "NSPL_AUG_2026_UK.csv:110: CT9 6AA: is listed twice" in done.out


def test_letters_of_another_encoding_are_refused_where_they_count_and_only_there(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    many = [unit(f"CT9 6{letter}{other}", "E01000001") for letter in "ABDEF" for other in "ABDEFGH"]
    raw = listed(
        NSPL_2026,
        *many,
        unit("CT9 1AA", "E0100\u00e901"),
        {**unit("CT9 1AB", "E01000001"), "bua24cd": "\u00e9"},
    )
    done = orgmap("load", str(file(raw.decode().encode("cp1252"))))
    assert done.code == 0, done.err
    assert "36 rows, 1 refused" in done.out
    assert "csv:37: CT9 1AA: where it lies is not understood" in done.out


DAMAGED = {
    "cut off in a row": (AUGUST[:-120], r"NSPL_AUG_2026_UK.csv:9: \d+ columns where 35"),
    "cut off in its packing": (packed(AUGUST)[:-20], "is cut off or damaged"),
    "a header alone": (AUGUST.splitlines(keepends=True)[0], "has a header and no rows"),
    "columns that are not what their titles say": (
        listed(NSPL_2026, *(unit("CT9 1AA", "Thanet 001A", ended="x") for _ in range(3))),
        "NSPL_AUG_2026_UK.csv:2: “CT9 1AA” its month “x” is no month; 3 of 3 rows",
    ),
    "another encoding": (
        AUGUST.decode().encode("utf-16"),
        "cannot be read as it is written. Save it as UTF-8",
    ),
    "a bomb": (packed(AUGUST + b" " * 60_000_000), "unpacks to more than"),
    "a zip without a list": (zipped({"Documents/readme.csv": b"a,b\r\n1,2\r\n"}), "is none of the files"),
    "a quotation mark that is never closed": (
        AUGUST + b'"CT9 7AA',
        "NSPL_AUG_2026_UK.csv:10: cannot be read",
    ),
    "a day to come": (
        listed(NSPL_2021, unit("CT9 1AA", "E01000001", introduced=f"{int(today()[:4]) + 1}01")),
        "which is still to come",
    ),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_list_that_is_damaged_is_refused_and_nothing_has_changed(
    data: Path, file: File, orgmap: Orgmap, case: str
) -> None:
    raw, said = DAMAGED[case]
    done = orgmap("load", str(file(raw)))
    assert done.code == 4, done.out
    assert re.search(said, done.err), done.err
    assert kept() == ()
    assert not any(row[4] for row in table(data))


def test_files_put_one_behind_the_other_are_one_list(data: Path, file: File, orgmap: Orgmap) -> None:
    both = listed(NSPL_2021, PLAIN[0]) + listed(NSPL_2021, PLAIN[1])
    assert "2 rows, 0 refused; of 2026-08-01" in orgmap("load", str(file(both)), "--dry-run").out
    divided = both.replace(b",", b";").replace(b'"202608"', b"202608.0")
    told = orgmap("load", str(file(divided, "semicolons.csv")))
    assert "2 rows, 0 refused; of 2026-08-01" in told.out
    assert ("CT9", "5AA", "E01000002", "in_use", "none unknown none 2026-08-01") in table(data)


def test_a_list_that_ends_where_a_spreadsheet_does_is_refused(
    data: Path, file: File, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "ROWS_OF_A_SPREADSHEET", (3,))
    told = orgmap("load", str(file(listed(NSPL_2021, *PLAIN))))
    assert (told.code, told.out) == (4, "")
    assert ":3: has 3 rows, the most that a spreadsheet can have" in told.err
    assert kept() == ()


def test_points_alone_make_postcodes_of_which_no_place_is_known(
    file: File, orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nothing").mkdir()
    monkeypatch.setenv("ORGMAP_DATA", str(tmp_path / "nothing"))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / "home"))
    points = file(code_point(("CT9 1AA", 635000, 170000), ("CT9 1AB", 635010, 170000)), "ct.csv")
    told = orgmap("load", str(points), "--as-of", "2026-08-01")
    assert told.code == 0, told.err
    assert "2 rows, 0 refused" in told.out
