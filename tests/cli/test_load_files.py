"""`orgmap load FILE`: what publishers publish, onto the tables; from what a user sees."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from orgmap.graphmodel.dates import today
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases import kept as keeping
from orgmap.loaders.releases.home import home
from orgmap.loaders.releases.kept import kept
from orgmap.loaders.releases.loading import load_files
from orgmap.loaders.releases.ods_xml import XmlDays, read_bodies
from tests.broken_off import Patience
from tests.cli.conftest import File, Orgmap, files_in, onto
from tests.registers import (
    KNOWN,
    WORLD,
    commissioner,
    practice,
    register,
    trust,
    xml_body,
    xml_register,
    xml_tie,
)

AUTUMN = register(
    practice("G82001", "THE LIMES SURGERY", under="92A", joined="20251101"),
    practice("G82002", "THE ELMS", closed="20251231", postcode=""),
    practice("G82003", "THE OAKS", closed="20250630"),
    practice("G82004", "THE ASHES", opened="20251201", joined="20251201", postcode="CT9 2BB"),
)
SPRING = register(
    practice("G82001", "THE LIMES SURGERY", under="92A", joined="20251101", postcode="CT9 3CC"),
    practice(
        "G82004", "THE ASHES", opened="20251201", joined="20251201", closed="20260131", postcode="CT9 2BB"
    ),
)
LOCATIONS = register(
    commissioner("91Q", "NHS KENT ICB - 91Q", "20130401"),
    commissioner("A1A1A", "NHS SUSSEX ICB - A1A1A", "20251101"),
)
TRUSTS = register(
    trust("RVV", "EAST KENT HOSPITALS NHS TRUST", "19990401"),
    trust("RXX", "WEST KENT NHS TRUST", "19990401", closed="20251130"),
    width=24,
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Tables of three practices, and an empty folder for releases."""
    return onto(tmp_path, monkeypatch, WORLD, KNOWN)


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes a published file."""
    return files_in(tmp_path, "published.csv")


def test_a_newer_register_tells_who_opened_closed_moved_and_was_renamed(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    before = orgmap("list", "gp_practice", "--at", "2025-10-01", "--format", "json").json
    assert [one["name"] for one in before] == ["The Limes", "The Elms"]
    done = orgmap("load", str(file(AUTUMN)))
    assert done.code == 0, done.err
    assert "epraccur-2025-12-31-" in done.out
    assert "4 rows, 0 refused" in done.out
    after = orgmap("list", "gp_practice", "--at", "2025-12-31", "--format", "json").json
    assert [one["name"] for one in after] == ["The Limes Surgery", "The Elms", "The Ashes"]
    limes = orgmap("show", "practice:G82001", "--at", "2025-12-31").out
    assert "The Limes Surgery  is a member of  NHS Surrey ICB - 92A" in limes
    assert "The Limes (former from 2020-04-01 until 2025-12-31)" in limes
    elms = orgmap("show", "practice:G82002", "--format", "json").json
    assert elms["body"]["valid_until"] == "2026-01-01"
    then = orgmap("show", "practice:G82002", "--as-known-on", "2025-11-15", "--format", "json").json
    assert then["body"]["valid_until"] is None
    assert "practice:G82004" in orgmap("search", "the ashes").out
    assert '"ods-epraccur-2025-12-31-' in orgmap("sources", "--format", "json").out
    assert "known to 2025-12-31" in orgmap("show", "practice:G82002").err
    assert orgmap("check").code == 0


def test_what_is_loaded_is_listed_loaded_once_and_taken_away_again(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    bare = facts(data)
    dry = orgmap("load", str(file(AUTUMN)), "--dry-run")
    assert "Would load" in dry.out
    assert "entities: 1 new, 2 changed" in dry.out
    assert kept() == ()
    orgmap("load", str(file(AUTUMN)))
    loaded = facts(data)
    [release] = kept()
    for again in (
        file(AUTUMN),
        file(gzip.compress(AUTUMN), "again.csv.gz"),
        file(zipped(a=AUTUMN), "again.zip"),
    ):
        assert orgmap("load", str(again)).out == f"Loaded already: {release.release}\n"
    assert orgmap("load", str(file(AUTUMN.replace(b"\r\n", b"\n"), "lf.csv"))).out.startswith(
        "Loaded already"
    )
    assert facts(data) == loaded
    assert loaded != bare
    assert orgmap("load", "--list").out.startswith(f"{release.release}: 4 rows")
    assert orgmap("load", "--remove", release.release).out == f"Removed {release.release}\n"
    assert facts(data) == bare
    assert orgmap("load", "--remove", release.release).code == 2


def test_the_order_of_loading_makes_no_difference(
    data: Path, file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [file(AUTUMN, "a"), file(SPRING, "b"), file(LOCATIONS, "c"), file(TRUSTS, "d")]
    found = set()
    for number, order in enumerate([files, files[::-1], [files[2], files[0], files[3], files[1]]]):
        monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / f"home{number}"))
        for one in order:
            load_files(data, [one])
        found.add(facts(data))
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / "at-once"))
    load_files(data, files)
    assert found == {facts(data)}
    rows = dict(facts(data))["entities"]
    lives = {row[0]: (row[2], row[5]) for row in rows}
    assert lives["practice:G82004"] == ("The Ashes", "2026-02-01")
    assert lives["sicbl:A1A1A"] == ("NHS Sussex ICB - A1A1A", "")
    assert lives["trust:RVV"] == ("East Kent Hospitals NHS Trust", "")
    assert lives["trust:RXX"] == ("West Kent NHS Trust", "2025-12-01")
    places = {row[:2] for row in dict(facts(data))["locations"] if row[0] == "practice:G82001"}
    assert places == {("practice:G82001", "CT9 1AA"), ("practice:G82001", "CT9 3CC")}


def test_a_location_passes_to_another_board_when_the_register_says_so(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    moved = register(
        commissioner("91Q", "NHS KENT ICB - 91Q", "20130401"),
        commissioner("92A", "NHS SUSSEX ICB - 92A", "20130401", board="QNX"),
        commissioner("A1A1A", "NHS SUSSEX ICB - A1A1A", "20251101", board="QNX"),
        commissioner("B1B1B", "NHS NOWHERE ICB - B1B1B", "20251101", board="QZZ"),
    )
    done = orgmap("load", str(file(moved)))
    assert "B1B1B its board QZZ is in no table on that day" in done.out
    ties = {
        (row[0], row[2], row[7], row[9]) for row in dict(facts(data))["relationships"] if row[1] == "part_of"
    }
    assert ties == {
        ("sicbl:91Q", "icb:QKS", "2022-07-01", ""),
        ("sicbl:92A", "icb:QKS", "2022-07-01", "2025-11-01"),
        ("sicbl:92A", "icb:QNX", "2025-11-01", ""),
        ("sicbl:A1A1A", "icb:QNX", "2025-11-01", ""),
    }


FULL = xml_register(
    xml_body(
        "G82001",
        "THE LIMES SURGERY",
        "RO177 RO76",
        "2020-04-01",
        "",
        "92A",
        "2025-11-01",
        "CT9 1AA",
        more=(xml_tie("RE8", "U12345", "2020-07-01", role="RO313"),),
    ),
    xml_body("G82002", "THE ELMS", "RO177 RO76", "2020-04-01", "2025-12-31", "91Q", "2022-07-01"),
    xml_body("G82004", "THE ASHES", "RO177 RO76", "2025-12-01", "", "91Q", "2025-12-01", "CT9 2BB"),
    xml_body("RVV", "EAST KENT HOSPITALS NHS TRUST", "RO197 RO57", "1999-04-01", postcode="CT1 3NG"),
    xml_body(
        "A1A1A",
        "NHS SUSSEX ICB - A1A1A",
        "RO98 RO319",
        "2025-11-01",
        more=(xml_tie("RE5", "QNX", "2025-11-01"),),
    ),
    xml_body("U12345", "THANET PCN", "RO313", "2019-07-01", above="91Q"),
    xml_body("QNX", "NHS SUSSEX ICB", "RO261 RO318", "2022-07-01"),
    xml_body("FAA01", "A PHARMACY", "RO182", "2001-01-01", postcode="CT1 3NG"),
    xml_body("G82009", "THE ODD ONE", "RO177 RO999", "2001-01-01"),
    published="2025-12-31",
).replace(
    b"<Organisations>",
    b'<CodeSystems><CodeSystem><concept id="RO313" displayName="PRIMARY CARE NETWORK"/></CodeSystem></CodeSystems>'
    b"<Organisations>",
)
ARCHIVE = xml_register(
    xml_body("RXX", "WEST KENT NHS TRUST", "RO197", "1999-04-01", "2012-11-30"), published="2025-12-31"
)


def test_the_whole_register_tells_in_one_file_what_its_parts_tell(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    whole = zipped(full=zipped(full_xml=FULL), archive=zipped(archive_xml=ARCHIVE))
    done = orgmap("load", str(file(whole, "hscorgrefdataxml.zip")))
    assert done.code == 0, done.err
    assert "Loaded orgrefdata-2025-12-31-" in done.out
    assert "10 rows" in done.out
    assert "Nothing is declared for the roles RO999 1" in done.out
    assert "G82009: its roles RO999 are not understood" in done.out
    assert sorted(line.split("-2025")[0] for line in orgmap("load", "--list").out.splitlines()) == [
        "orgrefdata", "orgrefdata-eccg", "orgrefdata-epcn", "orgrefdata-epcnpartners", "orgrefdata-epraccur",
        "orgrefdata-etr",
    ]  # fmt: skip
    lives = {row[0]: (row[1], row[2], row[3], row[5]) for row in dict(facts(data))["entities"]}
    assert lives["practice:G82001"] == ("gp_practice", "The Limes Surgery", "2020-04-01", "")
    assert lives["practice:G82002"][3] == "2026-01-01"
    assert lives["practice:G82004"] == ("gp_practice", "The Ashes", "2025-12-01", "")
    assert lives["trust:RVV"][1] == "East Kent Hospitals NHS Trust"
    assert lives["trust:RXX"] == ("nhs_trust", "West Kent NHS Trust", "1999-04-01", "2012-12-01")
    assert lives["sicbl:A1A1A"][0] == "sub_icb_location"
    assert not any("FAA01" in body for body in lives)
    ties = {
        (row[2], row[7], row[9]) for row in dict(facts(data))["relationships"] if row[0] == "practice:G82001"
    }
    assert ("sicbl:92A", "2025-11-01", "") in ties
    boards = {row[2] for row in dict(facts(data))["relationships"] if row[:2] == ("sicbl:A1A1A", "part_of")}
    assert boards == {"icb:QNX"}
    # The role of networks had another number, and was called the same.
    assert lives["pcn:U12345"][:3] == ("primary_care_network", "Thanet PCN", "2019-07-01")
    assert ("pcn:U12345", "2020-07-01", "") in ties
    assert "ODS register in XML (loaded as orgrefdata-epraccur-2025-12-31-" in orgmap(
        "show", "practice:G82004"
    ).err + (orgmap("show", "practice:G82004").out)
    before = kept()
    assert orgmap("load", str(file(whole, "again.zip"))).out.count("Loaded already") == 6
    otherwise = zipped(full=zipped(full_xml=FULL + b"\n"), archive=zipped(archive_xml=ARCHIVE))
    assert orgmap("load", str(file(otherwise, "otherwise.zip"))).out.count("Loaded already") == 6
    apart = [str(file(FULL, "full.xml")), str(file(gzip.compress(ARCHIVE), "archive.xml.gz"))]
    assert orgmap("load", *apart).out.count("Loaded already") == 6
    assert kept() == before
    twice = FULL.replace(b"G82004", b"G82001").replace(b"2025-12-01", b"2020-04-01")
    assert "stands there twice" in orgmap("load", str(file(twice, "twice.xml"))).err
    assert [one.name for one in home().iterdir() if one.name.endswith(".part")] == []


def test_the_open_tables_of_the_register_tell_the_same(
    data: Path, file: File, orgmap: Orgmap, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    names = org_tables(FULL, tmp_path)
    alone = orgmap("load", names[0])
    assert (alone.code, kept()) == (4, ())
    assert "roles and relationships are missing" in alone.err
    done = orgmap("load", *names)
    assert done.code == 0, done.err
    tables = dict(facts(data))
    said = orgmap("show", "RVV", "--format", "json").json["registered"]
    assert (said["uprn"], [one["value"] for one in said["contacts"]]) == (
        "10000000001",
        ["01843 000000", "www.example.org"],
    )
    for release in kept():
        orgmap("load", "--remove", release.release)
    orgmap("load", str(file(FULL, "full.xml")))
    xml = dict(facts(data))
    for table, at in (
        ("entities", (0, 1, 2, 3, 5)),
        ("relationships", (0, 1, 2, 7, 9)),
        ("locations", (0, 1, 2, 4)),
    ):
        assert {tuple(row[n] for n in at) for row in tables[table]} == {
            tuple(row[n] for n in at) for row in xml[table]
        }
    broken = file((tmp_path / "orgs.parquet").read_bytes()[:-40] + b"PAR1", "broken.parquet")
    assert "is a damaged Parquet table" in orgmap("load", str(broken), *names[1:]).err


NAMES = {"RO313": "PRIMARY CARE NETWORK"}


def org_tables(raw: bytes, folder: Path) -> list[str]:
    """The bodies of a register in XML as the open tables have them."""
    import pyarrow
    from pyarrow import parquet

    orgs, roles, ties = [], [], []
    for body in read_bodies(io.BytesIO(raw), "full.xml"):
        released = {"trud_release_date": "2025-12-31"}
        primary = next(role.role for role in body.roles if role.is_primary)
        said = {"name": body.name, "status": body.status, "record_class": "org", "primary_role_code": primary}
        place = {"postcode": body.postcode or None, "country": body.country}
        reached = {"telephone": "01843 000000", "website": "www.example.org", "uprn": 10000000001}
        orgs.append({"ods_code": body.code, **said, **place, **reached, **four_days(body.days), **released})
        for role in body.roles:
            what = {
                "role_code": role.role,
                "role_name": NAMES.get(role.role),
                "is_primary": role.is_primary,
                "role_status": role.status,
            }
            roles.append({"ods_code": body.code, **what, **four_days(role.days), **released})
        for tie in body.relations:
            to = {"target_code": tie.target, "rel_code": tie.relation, "rel_status": tie.status}
            ties.append({"source_code": body.code, **to, **four_days(tie.days), **released})
    for name, rows in (("orgs", orgs), ("roles", roles), ("relationships", ties)):
        parquet.write_table(pyarrow.Table.from_pylist(rows), folder / f"{name}.parquet")
    return [str(folder / f"{name}.parquet") for name in ("orgs", "roles", "relationships")]


def four_days(days: XmlDays) -> dict[str, date | None]:
    """Days as the open tables have them: ends are last days included."""
    last = date.fromisoformat(days.until_day) - timedelta(1) if days.until_day else None
    start = date.fromisoformat(days.from_day)
    return {"legal_start": None, "legal_end": None, "operational_start": start, "operational_end": last}


def test_an_older_register_changes_nothing_that_the_tables_know(data: Path, file: File) -> None:
    bare = dict(facts(data))
    old = register(practice("G82001", "THE LIMES GROUP"), practice("G82003", "THE OAKS", closed="20240630"))
    loading = load_files(data, [file(old)])
    assert loading.changes == ()
    assert {table: rows for table, rows in facts(data) if table != "sources"} == {
        table: rows for table, rows in bare.items() if table != "sources"
    }


def test_a_file_that_tells_nothing_new_or_lacks_much_is_told_so(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    old = orgmap("load", str(file(register(practice("G82001", "THE LIMES", closed="20240630")))))
    assert "1 of 1 rows are of bodies that the tables know to 2024-06-30 or later" in old.out
    assert "--as-of DAY" in old.out
    cut = orgmap("load", str(file(register(practice("G82003", "THE OAKS", closed="20251231")), "cut.csv")))
    assert "2 of 3 bodies that are open are not in it: they stay. It may be cut off." in cut.out
    assert "The Limes" in orgmap("list", "gp_practice", "--at", "2025-12-31").out


def test_lines_that_did_not_count_for_one_reason_are_told_together(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    under = [practice(f"G82{number:03}", "A PRACTICE", under="99Z") for number in range(1, 30)]
    said = orgmap("load", str(file(register(*under, practice("G83001", "ANOTHER", under="99Y")))))
    [first, second] = [line for line in said.out.splitlines() if "did not count" in line]
    # The tables have the first three under another commissioner.
    assert ":4: G82004 its commissioner 99Z is in no table" in first
    assert first.endswith("(and 25 more like it)")
    assert ":30: G83001 its commissioner 99Y is in no table" in second


def test_where_another_source_says_otherwise_both_stay_and_it_is_told(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    unknown = register(
        practice("G82001", "THE LIMES", under="99Z"), practice("G82002", "THE ELMS", closed="20251231")
    )
    said = orgmap("load", str(file(unknown)))
    assert "did not count" in said.out
    assert "99Z is in no table" in said.out
    assert "sicbl:91Q" in orgmap("show", "practice:G82001", "--at", "2025-12-31", "--format", "json").out


def zipped(**members: bytes) -> bytes:
    """A zip of files by name."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, member in members.items():
            packed.writestr(name, member)
    return raw.getvalue()


def facts(data: Path) -> tuple[tuple[str, frozenset[tuple[str, ...]]], ...]:
    """All rows of the tables as they are built."""
    tables = Tables.of_folder(data)
    assert not tables.wrong
    return tuple((table, frozenset(tables.text(table))) for table in tables.files)


MANY = register(*(practice(f"G8{number:04}", f"PRACTICE {number}") for number in range(40)))

REFUSED = {
    "cut in a row": (MANY[:-30], ":40: "),
    "cut in a quote": (MANY[:-7], ":40: "),
    "of two widths": (MANY + b'"G82999","SHORT"\r\n', ":41: 2 columns where 27 are expected"),
    "UTF-16": (MANY.decode().encode("utf-16"), "published.csv:1: is UTF-16 text, which no publisher writes"),
    "cut UTF-16": (MANY.decode().encode("utf-16")[:-1], "published.csv:1: is UTF-16 text"),
    "no text": (MANY.replace(b"PRACTICE 7", b"PRACTICE \x81"), ":8: is neither UTF-8 nor Windows-1252"),
    "orders to a terminal": (
        MANY.replace(b"PRACTICE 7", b"\x1b[2J"),
        ":8: holds letters that nobody can see",
    ),
    "a page": (b"<!DOCTYPE html><title>Not found</title>", ": is a page of the web or XML (“Not found”)"),
    "a PDF": (b"%PDF-1.7", ": is a PDF. Ask whoever made it"),
    "another table": (b"mine,yours\n1,2\n", "can be loaded. It begins with “mine,yours”"),
    "nothing": (b"", ": is empty"),
    "a cut gzip": (gzip.compress(MANY)[:-20], ": is cut off or damaged"),
    "a bomb": (gzip.compress(b"0" * 60_000_000), "; refused."),
    "zips without end": (zipped(a=zipped(a=zipped(a=MANY))), "packed more than 2 times over"),
    "a damaged zip": (zipped(a=MANY)[:-10], "is a damaged zip"),
    "odd days": (MANY.replace(b"20200401", b"20201341"), ":1: its opened “20201341” is no day"),
    "a day to come": (
        MANY.replace(b'"20200401","","A"', f'"20200401","{int(today()[:4]) + 1}0101","C"'.encode(), 1),
        "still to come",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_not_whole_or_not_understood_is_refused_and_nothing_changes(
    what: str, data: Path, file: File, orgmap: Orgmap
) -> None:
    raw, said = REFUSED[what]
    told = orgmap("load", str(file(TRUSTS, "good.csv")), str(file(raw)))
    assert (told.code, told.out) == (4, "")
    assert said in told.err
    assert "published.csv" in told.err
    assert "\x1b" not in told.err
    assert kept() == ()


def test_a_row_that_is_not_understood_is_told_with_its_line_and_left_out(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    odd = MANY + register(practice("G89999", "ODD", setting="99"))
    told = orgmap("load", str(file(odd)), "--as-of", "2025-11-01")
    assert "40 rows, 1 refused" in told.out
    assert "refused published.csv:41: G89999: its sort “99” is not understood" in told.out


def test_killed_at_any_moment_nothing_is_half_there(
    data: Path, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(data, [file(TRUSTS, "t")])
    before, write, replace = kept(), keeping._to_disk, os.replace
    for moment in range(8):
        patience = Patience(moment)
        with monkeypatch.context() as killing:
            killing.setattr(keeping, "_to_disk", patience.counted(write))
            killing.setattr(os, "replace", patience.counted(replace))
            with pytest.raises(KeyboardInterrupt):
                load_files(data, [file(AUTUMN, "a"), file(SPRING, "b")])
        assert kept() == before
        facts(data)
    load_files(data, [file(AUTUMN, "a"), file(SPRING, "b")])
    assert len(kept()) == 3
    assert sorted(one.name for one in (home() / "kept").iterdir()) == sorted(one.release for one in kept())


def test_a_kept_release_that_is_damaged_is_told_with_its_mend(data: Path, file: File, orgmap: Orgmap) -> None:
    load_files(data, [file(AUTUMN)])
    [release] = kept()
    path = keeping.rows_path(release)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()) + b"1,G89999\n"))
    told = orgmap("build")
    assert told.code == 4
    assert f"orgmap load --remove {release.release}" in told.err
    orgmap("load", "--remove", release.release)
    assert orgmap("build").code == 0


def test_load_says_what_it_wants(data: Path, file: File, orgmap: Orgmap) -> None:
    assert "--list, --remove RELEASE" in orgmap("load").err
    assert "give one of them" in orgmap("load", "--list", "--remove", "x").err
    assert "leave it out" in orgmap("load", "--list", "--dry-run").err
    assert (
        "one by one"
        in orgmap("load", str(file(AUTUMN, "a")), str(file(SPRING, "b")), "--as-of", "2026-01-01").err
    )
    assert "still to come" in orgmap("load", str(file(AUTUMN)), "--as-of", "2999-01-01").err
