"""`orgmap load` of lists: networks and their partners, memberships, workbooks; from what a user sees."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import kept
from orgmap.loaders.releases.loading import load_files
from tests.cli.conftest import File, Orgmap, files_in, onto
from tests.lists import DETAILS, NETWORKS, PARTNERS, epcn_workbook, listed, network, partner, workbook
from tests.registers import KNOWN, practice, register


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Tables of three practices in two networks, and an empty folder for releases."""
    return onto(tmp_path, monkeypatch, NETWORKS, KNOWN)


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes a published file."""
    return files_in(tmp_path, "published.csv")


def ties(data: Path, subject: str) -> list[tuple[str, ...]]:
    """What a body is to others: verb, the other, from when, how exactly, until when; as the tables tell it."""
    tables = Tables.of_folder(data)
    assert not tables.wrong
    rows = [row for row in tables.text("relationships") if row[0] == subject]
    return sorted((row[1], row[2], row[7], row[8], row[9]) for row in rows)


SPRING = (
    [
        network("U00001", "SHORE PCN"),
        network("U00002", "DOWNS PCN", closed="20260331"),
        network("U00003", "CLIFF PCN", opened="20260401"),
    ],
    [
        partner("G82001", "U00001", "20200401"),
        partner("G82002", "U00002", "20200401", "20260331"),
        partner("G82002", "U00003", "20260401"),
    ],
)


def test_a_newer_workbook_of_networks_tells_who_is_in_which_since_when(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    done = orgmap("load", str(file(epcn_workbook(*SPRING), "ePCN.xlsx")))
    assert done.code == 0, done.err
    assert "epcn-2026-04-01-" in done.out
    assert "epcnpartners-2026-04-01-" in done.out
    assert ties(data, "practice:G82002")[:2] == [
        ("member_of", "pcn:U00002", "2020-04-01", "", "2026-04-01"),
        ("member_of", "pcn:U00003", "2026-04-01", "", ""),
    ]
    assert ties(data, "pcn:U00003") == [("part_of", "sicbl:91Q", "2026-04-01", "", "")]
    before = orgmap("show", "practice:G82002", "--at", "2026-03-31").out
    assert "is a member of  Downs PCN" in before
    assert "is a member of  Cliff PCN" in orgmap("show", "practice:G82002", "--at", "2026-04-01").out
    there = orgmap("list", "pcn", "--at", "2026-04-01", "--format", "json").json
    assert [one["name"] for one in there] == ["Shore PCN", "Cliff PCN"]
    assert orgmap("check").code == 0


def test_the_same_networks_as_text_are_the_same_release(data: Path, file: File, orgmap: Orgmap) -> None:
    load_files(data, [file(epcn_workbook(*SPRING), "ePCN.xlsx")])
    plain = file(listed(DETAILS, *SPRING[0]), "d.csv"), file(listed(PARTNERS, *SPRING[1]), "p.csv")
    for one in plain:
        assert orgmap("load", str(one)).out.startswith("Loaded already")
    bare = file(listed(PARTNERS, *SPRING[1]).partition(b"\r\n")[2], "without-titles.csv")
    assert "Nothing changes: the tables know all of it already" in orgmap("load", str(bare), "--dry-run").out
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr("ePCN.xlsx", file(epcn_workbook(*SPRING)).read_bytes())
    assert orgmap("load", str(file(packed.getvalue(), "epcn.zip"))).out.count("Loaded already") == 2
    assert len(kept()) == 2


def test_what_an_older_list_saw_on_its_own_day_stays_when_a_newer_one_tells_another_past(
    data: Path, file: File
) -> None:
    """The newer list has the practice in the other network since 2020; on 1 October 2025 it was seen in the first."""
    rows = [partner("G82001", "U00002", "20200401"), partner("G82002", "U00002", "20260101")]
    load_files(data, [file(listed(PARTNERS, *rows))])
    assert [row for row in ties(data, "practice:G82001") if "pcn" in row[1]] == [
        ("member_of", "pcn:U00001", "2020-04-01", "", "2025-10-02"),
        ("member_of", "pcn:U00002", "2025-10-02", "approx", ""),
    ]


def test_an_older_list_changes_nothing_and_silence_ends_nothing(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    bare = ties(data, "practice:G82001"), ties(data, "practice:G82002")
    old = listed(PARTNERS, partner("G82001", "U00002", "20191001", "20240331"))
    told = orgmap("load", str(file(old)))
    assert "1 of 1 rows are of bodies that the tables know to 2024-03-31 or later" in told.out
    other = listed(PARTNERS, partner("G82001", "U00001", "20200401"), partner("G89999", "U00001", "20260201"))
    told = orgmap("load", str(file(other, "other.csv")))
    assert "other.csv:3: G89999 is in no table" in told.out
    assert (ties(data, "practice:G82001"), ties(data, "practice:G82002")) == bare


def test_a_network_is_under_another_location_since_most_of_its_practices_are(data: Path, file: File) -> None:
    """The register of networks has no day for it."""
    practices = register(
        practice("G82001", "THE LIMES", under="92A", joined="20251201"),
        practice("G82002", "THE ELMS", closed="20251231"),
    )
    load_files(data, [file(practices, "epraccur.csv")])
    rows = [network("U00001", "SHORE PCN", "92A"), network("U00002", "DOWNS PCN", "92A", closed="20260131")]
    load_files(data, [file(listed(DETAILS, *rows), "epcn.csv")])
    assert ties(data, "pcn:U00001") == [
        ("part_of", "sicbl:91Q", "2022-07-01", "", "2025-12-01"),
        ("part_of", "sicbl:92A", "2025-12-01", "", ""),
    ]


def test_the_order_of_lists_makes_no_difference(
    data: Path, file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [
        file(listed(DETAILS, *SPRING[0]), "a"),
        file(listed(PARTNERS, *SPRING[1]), "b"),
        file(listed(PARTNERS, partner("G82001", "U00002", "20251101")), "c"),
        file(
            register(practice("G82001", "THE LIMES", under="92A", joined="20251201", opened="20251201")), "d"
        ),
    ]
    found = set()
    for number, order in enumerate([files, files[::-1], files[2:] + files[:2]]):
        monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / f"home{number}"))
        for one in order:
            load_files(data, [one])
        found.add(frozenset(Tables.of_folder(data).text("relationships")))
    assert len(found) == 1


def test_who_was_a_member_of_whom_is_told_by_a_list_of_memberships(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    rows = ['"G82001","91Q","W","20220701","20251130","0"', '"G82001","92A","W","20251201","","0"']
    done = orgmap("load", str(file("\r\n".join(rows).encode(), "epcmem.csv")))
    assert "epcmem-2025-11-30-" in done.out
    found = [row for row in ties(data, "practice:G82001") if "sicbl" in row[1]]
    assert found == [
        ("member_of", "sicbl:91Q", "2022-07-01", "", "2025-12-01"),
        ("member_of", "sicbl:92A", "2025-12-01", "", ""),
    ]


MANY = [partner(f"G8{number:04}", "U00001", "20200401") for number in range(40)]
GOOD = epcn_workbook(*SPRING)


def swollen() -> bytes:
    """A workbook one sheet of which unpacks to a hundred million blanks."""
    raw = io.BytesIO(GOOD)
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet9.xml", b" " * 100_000_000)
    return raw.getvalue()


def declaring() -> bytes:
    """A workbook one sheet of which declares an entity."""
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as before, zipfile.ZipFile(raw, "w") as packed:
        for one in before.infolist():
            inside = before.read(one)
            if one.filename.endswith("sheet1.xml"):
                inside = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + inside
            packed.writestr(one.filename, inside)
    return raw.getvalue()


REFUSED = {
    "a cut workbook": (GOOD[:-100], "damaged"),
    "a swelling workbook": (swollen(), "unpacks to more than a workbook can"),
    "an entity": (declaring(), "declares entities; refused"),
    "another workbook": (workbook(Sheet=[("a", "b"), (1, 2)]), "is none of the files that can be loaded"),
    "orders in a cell": (
        workbook(S=[tuple(DETAILS.split(",")), ("U00001", "\u202eSHORE", "91Q", "", 20191001, *[None] * 6, "CT9 1AA")]),
        ":2: holds letters that nobody can see",
    ),
    "rows of two widths": (listed(PARTNERS, *MANY) + b"G82999,CUT\r\n", ":42: 2 columns where 11 are expected"),
    "a day that is none": (
        listed(PARTNERS, partner("G82001", "U00001", "20201341")), ":2: its joined “20201341” is no day"
    ),
    "days that a spreadsheet wrote": (
        listed(PARTNERS, partner("G82001", "U00001", "01/04/2020")),
        ":2: its joined “01/04/2020” is not understood; 1 of 1 rows are not what epcnpartners lists. A spreadsheet",
    ),
    "a day to come": (listed(PARTNERS, partner("G82001", "U00001", "20990101")), "further ahead"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_list_that_is_not_whole_or_not_understood_is_refused_and_nothing_changes(
    what: str, data: Path, file: File, orgmap: Orgmap
) -> None:
    raw, said = REFUSED[what]
    told = orgmap("load", str(file(raw)))
    assert (told.code, told.out) == (4, "")
    assert said in told.err
    assert "published.csv" in told.err
    assert kept() == ()


SUMMARY = {
    "Cover": [("CHANGE SUMMARY",), ("Last Updated:", "20250901")],
    "SICBL_Changes": [
        ("Sub ICB Location Code", "Current Sub ICB Location Name", "New Sub ICB Location Name"),
        ("92A", "NHS SURREY ICB - 92A", "NHS SURREY AND SUSSEX ICB - 92A"),
        (),
        ("Current Sub ICB Location Code", "SICBL Legal Code Closure Date"),
        ("91Q", 20250930),
    ],
    "GP_Practice_Moves": [
        ("Commissioner as at 1 Oct 2025", "PCC Code", "PCC Name"),
        ("NHS SURREY ICB - 92A", "G82001", "THE LIMES"),
        ("NHS THAMES ICB - [ANANA]", "G82002", "THE ELMS"),
    ],
}


def test_what_the_register_plans_is_no_fact_and_is_compared_with_what_came(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    bare = Tables.of_folder(data)
    told = orgmap("load", str(file(workbook(**SUMMARY), "summary.xlsx")))
    assert told.code == 0, told.err
    assert "odschanges-2025-09-01-" in told.out
    assert "1 lines name no code to which a body is to move" in told.out
    assert (
        "92A was to be called “NHS Surrey and Sussex ICB - 92A” from 2025-10-01, and is “NHS Surrey ICB - 92A”"
        in told.out
    )
    assert "91Q was to end on 2025-10-01, and ends on no day in the tables" in told.out
    assert "G82001 was to be under 92A from 2025-10-01, and is under 91Q, U00001" in told.out
    now = Tables.of_folder(data)
    for table in ("entities", "names", "relationships"):
        assert set(now.text(table)) == set(bare.text(table))
    ahead = {
        **SUMMARY,
        "GP_Practice_Moves": [("Commissioner as at 1 Apr 2027", "PCC Code"), ("X - 92A", "G82001")],
    }
    told = orgmap("load", str(file(workbook(**ahead), "ahead.xlsx")))
    assert "G82001 is to be moved on 2027-04-01, which the tables do not reach: no fact yet" in told.out
    undated = {**SUMMARY, "Cover": [("CHANGE SUMMARY",)]}
    assert (
        "does not say when it was last updated"
        in orgmap("load", str(file(workbook(**undated), "u.xlsx"))).err
    )


def exported(*networks: tuple[str, str, str, list[dict[str, str]]]) -> bytes:
    """Networks as Data Search and Export gives them in JSON: code, name, location, partners."""
    tie = {"relationshipTypeCode": "RE8", "status": "active"}
    bodies: list[dict[str, object]] = [
        {
            "id": code,
            "name": name,
            "primaryRole": "RO272",
            "RE4": under,
            "relationships": {
                "PRESCRIBING COST CENTRE": [{**tie, "targetOrgCode": code, **one} for one in partners]
            },
        }
        for code, name, under, partners in networks
    ]
    return json.dumps([*bodies, {"id": "G82001", "primaryRole": "RO177", "RE4": "91Q"}], indent=1).encode()


def test_networks_in_json_tell_the_same(data: Path, file: File, orgmap: Orgmap) -> None:
    left = {"sourceOrgCode": "G82002", "opStartDate": "2020-04-01", "legEndDate": "2026-03-31"}
    joined = {"sourceOrgCode": "G82002", "opStartDate": "2026-04-01"}
    retired = {"sourceOrgCode": "G82001", "opStartDate": "2020-04-01", "status": "retired"}
    raw = exported(
        ("U00001", "SHORE AND CLIFF PCN", "91Q", [joined, retired]),
        ("U00002", "DOWNS PCN", "91Q", [left]),
        ("U00009", "UNHEARD OF PCN", "91Q", []),
    )
    told = orgmap("load", str(file(raw, "export.json")))
    assert told.code == 0, told.err
    assert "odsexport-epcn-2026-04-01-" in told.out
    assert "G82001 U00001 2020-04-01: it is no more, and since when is not said" in told.out
    assert "U00009 is in no table, and the file does not say since when it is there" in told.out
    assert ties(data, "practice:G82002")[:2] == [
        ("member_of", "pcn:U00001", "2026-04-01", "", ""),
        ("member_of", "pcn:U00002", "2020-04-01", "", "2026-04-01"),
    ]
    assert "Shore and Cliff PCN" in orgmap("show", "pcn:U00001", "--at", "2026-04-01").out
    cut = orgmap("load", str(file(raw[:-40], "cut.json")))
    assert (cut.code, "cut.json:5" in cut.err, "is no whole JSON" in cut.err) == (4, True, True)
    odd = raw.replace(b'"2020-04-01"', b'"2020-04-41"')
    assert "“2020-04-41” is no day" in orgmap("load", str(file(odd, "odd.json"))).err


def test_partners_of_partnerships_are_compared_with_the_tables(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    sheets = {
        "Title_sheet": [("STP PARTNER RELATIONSHIPS",), ("Last updated:", "20220601")],
        "Current_STPs": [
            ("ODS STP Code", "STP Name", "ODS CCG Code"),
            ("QKS", "Kent STP", "91Q"),
            ("QKS", "", ""),
        ],
    }
    told = orgmap("load", str(file(workbook(**sheets), "partners.xlsx")))
    assert "odspartners-2022-06-01-" in told.out
    assert "91Q is listed under QKS on 2022-06-01, and is under none" in told.out
