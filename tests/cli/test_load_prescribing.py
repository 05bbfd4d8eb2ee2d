"""`orgmap load` of tables of prescribing, and what `prescribed` and `crosswalk --by items` then answer."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import kept
from orgmap.loaders.releases.loading import load_files
from tests.cli.conftest import File, Orgmap, files_in, onto
from tests.lists import NETWORKS, patients
from tests.prescribing_files import Row, epd, pdpi
from tests.registers import KNOWN, practice, register

ROWS = (
    Row("G82001", "04", 3, "1.50", "1.40144"),
    Row("G82001", "13", 1, "0.50", "0.46"),
    Row("G82002", "04", 10, "99.99", "93.12345"),
    Row("-", "20", 2, "7", "6.5"),
    Row("G89999", "04", 5, "5.05", "5"),
    Row("G82001", "04", 1, "0.10", "0.09999"),
)
ASKED = ("prescribed", "icb", "--at", "2025-10")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Tables of three practices in two networks, and an empty folder for releases."""
    return onto(tmp_path, monkeypatch, NETWORKS, KNOWN)


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes a published file."""
    return files_in(tmp_path, "EPD_202510.csv")


def amounts(found: dict[str, Any]) -> tuple[Any, ...]:
    """Items and both costs."""
    return found["items"], found["ingredient_cost"], found["actual_cost"]


def test_boards_are_told_what_their_practices_prescribed_in_a_month(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    before = orgmap(*ASKED)
    assert (before.code, "no table of prescribing is in the graph" in before.err) == (1, True)
    done = orgmap("load", str(file(epd(ROWS))))
    assert done.code == 0, done.err
    assert "epd-2025-10-31-" in done.out
    assert "22 items in 2025-10, net ingredient cost £114.14, actual cost £106.58" in done.out
    assert "2 items (£6.50) are of prescribers whom the table does not identify" in done.out
    assert "5 items (£5.00) are of 1 practice that no table has" in done.out
    answer = orgmap(*ASKED, "--format", "json").json
    assert (answer["month"], answer["counted"]) == ("2025-10", "items prescribed by practices in 2025-10")
    assert [(row["id"], *amounts(row), row["practices"]) for row in answer["rows"]] == [
        ("icb:QKS", 15, 102.09, 95.08488, 2),
        ("icb:QNX", None, None, None, 0),
    ]
    assert amounts(answer["unidentified"]) == (2, 7, 6.5)
    assert (*amounts(answer["unknown"]), answer["unknown"]["practices"]) == (5, 5.05, 5, 1)
    assert amounts(answer["total"]) == (22, 114.14, 106.58488)
    assert "where they were dispensed can be elsewhere" in " ".join(answer["notes"])
    said = orgmap(*ASKED).out
    assert "counted: items prescribed by practices in 2025-10; costs in pounds" in said
    assert "English Prescribing Dataset (EPD), what practices prescribed in a month (loaded as epd-" in said
    assert "in all: 22 items, net ingredient cost £114.14, actual cost £106.58" in said
    assert "there is one of 2025-10" in orgmap("prescribed", "icb", "--at", "2025-11-01").err.lower()
    assert orgmap("check").code == 0


def test_a_chapter_is_told_by_its_number_or_its_name(data: Path, file: File, orgmap: Orgmap) -> None:
    load_files(data, [file(epd(ROWS))])
    found = [
        orgmap(*ASKED, "--chapter", chapter, "--format", "json").json for chapter in ("13", "skin", "Skin")
    ]
    assert [amounts(one["rows"][0]) for one in found] == [(1, 0.5, 0.46)] * 3
    assert amounts(found[0]["total"]) == (1, 0.5, 0.46)
    assert "chapter 13 (Skin)" in found[0]["counted"]
    refused = orgmap(*ASKED, "--chapter", "99")
    assert (
        refused.code,
        "“99” is no chapter" in refused.err,
        "04 Central Nervous System" in refused.err,
    ) == (
        2,
        True,
        True,
    )


def test_per_thousand_patients_only_by_a_table_of_the_same_month(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    load_files(data, [file(epd(ROWS))])
    sizes = (("G82001", "ALL", "ALL", 4000),)
    load_files(data, [file(patients("01SEP2025", *sizes), "earlier.csv")])
    without = orgmap(*ASKED, "--format", "json").json
    assert (without["lists_of"], without["rows"][0]["items_per_1000"]) == (None, None)
    assert "no table of registered patients of 2025-10" in " ".join(without["notes"])
    load_files(data, [file(patients("01OCT2025", *sizes), "same.csv")])
    rated = orgmap(*ASKED, "--format", "json").json
    row = rated["rows"][0]
    assert (rated["lists_of"], row["people"], row["without_list"]) == ("2025-10-01", 4000, 1)
    assert (row["items_per_1000"], row["cost_per_1000"]) == (3.75, 23.77)
    assert "1 of the 2 practices" in " ".join(rated["notes"])
    assert "per 1,000: patients registered on 2025-10-01" in orgmap(*ASKED).out


def test_items_and_cost_weigh_a_crosswalk(data: Path, file: File, orgmap: Orgmap) -> None:
    load_files(data, [file(epd(ROWS))])
    for by, words, weights in (
        ("items", "items", [5, 10]),
        ("cost", "actual cost in pounds of items", [1.96143, 93.12345]),
    ):
        question = ("crosswalk", "pcn", "2025-10-01", "sicbl", "2025-10-01", "--by", by)
        answer = orgmap(*question, "--format", "json").json
        assert answer["weighted_by"] == f"{words} prescribed by practices in 2025-10"
        assert [row["weight"] for row in answer["rows"]] == weights
        assert "G89999" in " ".join(answer["notes"])
    nothing = orgmap("crosswalk", "pcn", "2025-09-01", "sicbl", "2025-10-01", "--by", "items")
    assert "no table of prescribing of 2025-09 is in the graph" in nothing.err


def zipped(**members: bytes) -> bytes:
    """A zip of files by name; low lines in names are points."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("_csv", ".csv"), content)
    return raw.getvalue()


SHAPES = {
    **{edition: epd(ROWS, edition=edition) for edition in ("2014", "2019", "2022", "2025")},
    "a month with a line": epd(ROWS, "2025-10"),
    "other ends of lines": epd(ROWS, end="\r\n"),
    "a mark at the beginning": b"\xef\xbb\xbf" + epd(ROWS),
    "blank lines at the end": epd(ROWS) + b"\n\n",
    "gzipped": gzip.compress(epd(ROWS)),
    "zipped": zipped(EPD_202510_csv=epd(ROWS), readme_csv=b"a,b\n1,2\n"),
    "a name in another encoding": epd(ROWS).replace(b"A PRACTICE, THE", b"CAF\xc9, THE"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_edition_tells_the_same(shape: str, data: Path, file: File) -> None:
    load_files(data, [file(epd(ROWS))])
    rows = frozenset(Tables.of_folder(data).text("prescribing"))
    assert len(rows) == 4
    again = load_files(data, [file(SHAPES[shape], "other.csv")])
    assert [one.release for one in again.there] == [kept()[0].release]
    assert frozenset(Tables.of_folder(data).text("prescribing")) == rows


def test_the_older_files_of_practices_are_read_to_the_penny(data: Path, file: File, orgmap: Orgmap) -> None:
    older = pdpi([*ROWS, Row("G82002", "21", 2, "0.01", "0.02")])
    parcel = zipped(T202510PDPI_csv=older, T202510ADDR_csv=b"202510,G82001,THE LIMES\r\n")
    done = orgmap("load", str(file(parcel, "2025_10_October.zip")))
    assert done.code == 0, done.err
    assert "T202510ADDR.csv) is none of the formats that can be loaded; passed over" in done.err
    answer = orgmap(*ASKED, "--format", "json").json
    assert amounts(answer["rows"][0]) == (17, 102.1, 95.1)
    assert amounts(answer["total"]) == (24, 114.15, 106.6)


def test_without_pyarrow_a_table_is_read_alike(
    data: Path, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orgmap.loaders.releases.lists import prescribing

    path = file(epd(ROWS, edition="2025"))
    [quick], _ = prescribing.prescribing_coming(path) or ([], ())
    monkeypatch.setattr(prescribing, "_as_columns", prescribing._row_by_row)
    [slow], _ = prescribing.prescribing_coming(path) or ([], ())
    assert quick == slow


MANY = epd([Row(f"G8{number:04}", "04", 1, "1.25", "1.2") for number in range(40)])
REFUSED = {
    "cut in a row": (MANY[:-30], ":41: 1"),
    "cut in the last cell": (MANY[:-2], ":41: the last line does not end"),
    "cut before its end": (MANY[:-1], ":41: the last line does not end"),
    "no rows": (MANY.split(b"\n")[0] + b"\n", ":1: has a header and no rows"),
    "no number": (
        MANY.replace(b"G80007", b"G80007").replace(b",1.25,", b",1.2.5,", 1),
        ":2: its ingredient cost",
    ),
    "half an item": (MANY.replace(b",28,1,28,", b",28,1.5,28,", 1), ":2: its items is no number"),
    "no month": (MANY.replace(b"202510,", b"202513,"), ":2: “202513” is no month"),
    "a month to come": (MANY.replace(b"202510,", b"209910,"), "still to come"),
    "orders to a terminal": (MANY.replace(b"G80007", b"\x1b[2J"), ":9: "),
    "a blank line within": (MANY.replace(b"\n202510", b"\n\n202510", 2), ":2: 0 columns"),
    "a damaged zip": (zipped(EPD_csv=MANY)[:-40], "zip"),
    "a damaged gzip": (gzip.compress(MANY)[:-10], "cut off or damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_table_that_is_not_whole_or_not_understood_is_refused_and_nothing_changes(
    what: str, data: Path, file: File, orgmap: Orgmap
) -> None:
    raw, said = REFUSED[what]
    done = orgmap("load", str(file(raw)))
    assert (done.code, done.out) == (4, "")
    assert said in done.err
    assert kept() == ()


def test_a_day_is_not_said_of_a_table_that_has_its_months(data: Path, file: File, orgmap: Orgmap) -> None:
    done = orgmap("load", str(file(epd(ROWS))), "--as-of", "2025-10-31")
    assert (done.code, "leave out --as-of" in done.err) == (2, True)


def test_one_table_of_a_month_counts_whatever_the_order(data: Path, file: File, orgmap: Orgmap) -> None:
    whole, part, older = file(epd(ROWS)), file(epd(ROWS[:2]), "part.csv"), file(pdpi(ROWS), "pdpi.csv")
    found = set()
    for order in ((whole, part, older), (older, part, whole), (part, whole, older)):
        for release in kept():
            orgmap("load", "--remove", release.release)
        said = [orgmap("load", str(one)).out for one in order]
        assert "another table of that month counts" in "".join(said) or "counts instead of" in "".join(said)
        found.add(frozenset(Tables.of_folder(data).text("prescribing")))
    assert len(found) == 1
    assert amounts(orgmap(*ASKED, "--format", "json").json["total"]) == (22, 114.14, 106.58488)


def test_a_file_of_two_months_is_two_releases_and_each_is_known_from_its_end(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    september, october = epd(ROWS[:3], "202509"), epd(ROWS)
    both = september + october.split(b"\n", 1)[1]
    done = orgmap("load", str(file(both)), "--dry-run")
    assert "Would load epd-2025-09-30-" in done.out
    assert kept() == ()
    orgmap("load", str(file(both)))
    assert [one.as_of for one in kept()] == ["2025-09-30", "2025-10-31"]
    assert orgmap("prescribed", "icb", "--at", "2025-09", "--format", "json").json["total"]["items"] == 14
    early = orgmap(*ASKED, "--as-known-on", "2025-10-15")
    assert (early.code, "no table of prescribing of 2025-10" in early.err) == (1, True)
    assert orgmap(*ASKED, "--as-known-on", "2025-10-31").code == 0
    listing = orgmap("load", "--list").out
    assert ": 6 rows, 0 refused; of 2025-10-31; from EPD_202510.csv" in listing
    orgmap("load", "--remove", kept()[1].release)
    assert "there is one of 2025-09" in orgmap(*ASKED).err.lower()


def test_a_practice_that_a_later_register_has_is_placed_then(data: Path, file: File, orgmap: Orgmap) -> None:
    load_files(data, [file(epd(ROWS))])
    load_files(data, [file(register(practice("G89999", "THE BEECHES", closed="20251231")), "epraccur.csv")])
    answer = orgmap(*ASKED, "--format", "json").json
    assert answer["unknown"]["practices"] == 0
    assert amounts(answer["rows"][0]) == (20, 107.14, 100.08488)


def test_what_a_cost_centre_prescribed_counts_under_its_commissioner(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    centre = practice("Y00001", "OUT OF HOURS", setting="2")
    load_files(
        data, [file(register(centre, practice("G82009", "THE BEECHES", closed="20251231")), "epraccur.csv")]
    )
    load_files(data, [file(epd([*ROWS, Row("Y00001", "05", 100, "9.99", "9.12345")]))])
    answer = orgmap(*ASKED, "--format", "json").json
    assert (*amounts(answer["rows"][0]), answer["rows"][0]["practices"]) == (115, 112.08, 104.20833, 3)
    practices = orgmap("prescribed", "practice", "--at", "2025-10", "--format", "json").json
    assert "practice:Y00001" not in {row["id"] for row in practices["rows"]}
    assert practices["elsewhere"]["items"] == 100


def test_prescribing_is_put_under_the_first_bodies_where_there_were_none(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    load_files(data, [file(epd(ROWS, "202104", "2019"))])
    answer = orgmap("prescribed", "icb", "--at", "2021-04", "--format", "json").json
    assert (answer["bodies_of"], answer["rows"][0]["items"]) == ("2022-07-01", 15)
    assert "There were no integrated care boards on 2021-04-01" in " ".join(answer["notes"])
    groups = orgmap("prescribed", "ccg", "--at", "2021-04", "--format", "json").json
    assert [(row["id"], row["items"]) for row in groups["rows"]] == [("ccg:91Q", 5)]
    assert (groups["elsewhere"]["practices"], groups["elsewhere"]["items"]) == (1, 10)


def test_onto_nothing_all_is_told_as_under_no_body(
    tmp_path: Path, data: Path, file: File, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nothing").mkdir()
    monkeypatch.setenv("ORGMAP_DATA", str(tmp_path / "nothing"))
    done = orgmap("load", str(file(epd(ROWS))))
    assert done.code == 0, done.err
    assert "20 items (£100.08) are of 3 practices that no table has" in done.out.replace(
        "£100.08488", "£100.08"
    )
    load_files(
        tmp_path / "nothing", [file(register(practice("G82001", "THE LIMES", closed="20251231")), "gp.csv")]
    )
    answer = orgmap("prescribed", "practice", "--at", "2025-10", "--format", "json").json
    assert [(row["id"], row["items"]) for row in answer["rows"]] == [("practice:G82001", 5)]
