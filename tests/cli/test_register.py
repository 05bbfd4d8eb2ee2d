"""The whole register, once loaded: every body in it is found by code and name, with what the register says."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from orgmap.loaders.releases.kept import Release, kept, rows_path
from orgmap.loaders.releases.loading import load_files
from orgmap.loaders.releases.whole import gathering
from tests.broken_off import Patience
from tests.cli.conftest import Orgmap, onto
from tests.registers import WORLD, xml_body, xml_register, xml_succession, xml_tie

PHARMACY = xml_body("FAA01", "A PHARMACY", "RO182", "2001-01-01", postcode="CT9 1AA", more=(
    xml_tie("RE6", "P99", "2001-01-01"), xml_tie("RE5", "QKS", "2013-04-01", "2022-06-30", active=False),
))  # fmt: skip
OWNER = xml_body("P99", "OWNER &amp; SONS LTD", "RO181", "1999-01-01", legal="1995-06-01")
CLOSED = xml_body(
    "FBB01",
    "OLD PHARMACY",
    "RO182",
    "1990-01-01",
    "2012-03-31",
    after=xml_succession("Successor", "FAA01", "2012-04-01"),
)
BOARD = xml_body("QKS", "NHS KENT ICB", "RO261 RO318", "2022-07-01", postcode="ME19 4YT")
ODD = xml_body("ZZZ01", "THE ODD ONE", "RO999", "2001-01-01")
PRACTICE = xml_body("G82001", "THE LIMES", "RO177 RO76", "2020-04-01", "", "91Q", "2025-11-01", "CT9 1AA")
AUTUMN = xml_register(PHARMACY, OWNER, BOARD, ODD, PRACTICE, published="2025-11-30")
ARCHIVE = xml_register(CLOSED, published="2025-11-30", sort="Archive")
WINTER = xml_register(PHARMACY.replace("A PHARMACY", "THE PHARMACY"), BOARD, PRACTICE, published="2025-12-31")


def zipped(**members: bytes) -> bytes:
    """A zip of files by name."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, member in members.items():
            packed.writestr(name, member)
    return raw.getvalue()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Tables of three practices and an empty folder for releases."""
    onto(tmp_path, monkeypatch, WORLD, "2025-10-01")
    return tmp_path


Load = Callable[[str, bytes], str]


@pytest.fixture
def load(data: Path, orgmap: Orgmap) -> Load:
    """Loads files of one release."""

    def do(name: str, *raw: bytes) -> str:
        paths = [data / f"{name}{number}.xml" for number in range(len(raw))]
        for path, bytes_ in zip(paths, raw, strict=True):
            path.write_bytes(bytes_)
        done = orgmap("load", *map(str, paths))
        assert done.code == 0, done.err
        return done.out

    return do


@pytest.mark.parametrize("store", [(), ("--store", "networkx:")])
def test_every_body_of_the_register_is_shown_with_all_that_it_says(
    data: Path, load: Load, orgmap: Orgmap, store: tuple[str, ...]
) -> None:
    assert "6 rows" in load("autumn", AUTUMN, ARCHIVE)
    answer = orgmap("show", "faa01", "--at", "2025-12-01", "--format", "json", *store).json
    body, said = answer["body"], answer["registered"]
    assert (body["id"], body["kind"], body["name"]) == ("ods:FAA01", "pharmacy", "A PHARMACY")
    assert (body["valid_from"], body["valid_until"]) == ("2001-01-01", None)
    assert [row["postcode"] for row in answer["postcodes"]] == ["CT9 1AA"]
    assert (said["record"], said["status"], said["country"]) == ("organisation", "active", "ENGLAND")
    ties = {(one["verb"], one["id"], one["name"], one["status"], one["valid_until"]) for one in said["ties"]}
    assert ties == {
        ("is operated by", "ods:P99", "OWNER & SONS LTD", "active", None),
        ("is located in the geography of", "icb:QKS", "NHS KENT ICB", "inactive", "2022-07-01"),
    }
    before = {
        "way": "came before",
        "id": "ods:FBB01",
        "code": "FBB01",
        "name": "OLD PHARMACY",
        "date": "2012-04-01",
    }
    assert said["successions"] == [before]
    assert answer["sources"][0]["source"].startswith("ods-orgrefdata-2025-11-30-")
    assert '"ods-orgrefdata-2025-11-30-' in orgmap("sources", "--format", "json", *store).out
    owner = orgmap("show", "ods:P99", "--format", "json", *store).json["registered"]
    assert (owner["valid_from"], owner["legal_from"]) == ("1999-01-01", "1995-06-01")
    [operates] = owner["pointing"]
    assert (operates["verb"], operates["number"], operates["bodies"][0]["id"]) == ("operates", 1, "ods:FAA01")
    # The day on which it ends is the last day included.
    assert orgmap("show", "FBB01", "--format", "json").json["body"]["valid_until"] == "2012-04-01"
    assert "It was not open on 2025-12-01" in orgmap("show", "FBB01", "--at", "2025-12-01").err


REACHED = (
    "<UPRN>10000000001</UPRN></Location></GeoLoc><Contacts>"
    '<Contact type="tel" value="01843 000000"/><Contact type="http" value="www.apharmacy.example"/>'
    '<Contact type="mailto" value="jane.doe@example.org"/><Contact type="mailto" value="info@example.org"/>'
    '<Contact type="fax" value=" "/><Contact type="pager" value="7"/></Contacts>'
)


@pytest.mark.parametrize("form", ["plain", "with an element that no edition has"])
def test_how_a_body_is_reached_is_told_and_nothing_that_may_be_a_persons(
    data: Path, load: Load, orgmap: Orgmap, form: str
) -> None:
    reached = PHARMACY.replace("</Location></GeoLoc>", REACHED)
    if form != "plain":
        reached = reached.replace("<Contacts>", "<Contacts><More/>")  # read by the slow reader
    load("reached", xml_register(reached, OWNER, published="2025-11-30"))
    answer = orgmap("show", "FAA01", "--format", "json")
    assert answer.json["registered"]["uprn"] == "10000000001"
    assert answer.json["registered"]["contacts"] == [
        {"means": "telephone", "value": "01843 000000"},
        {"means": "website", "value": "www.apharmacy.example"},
        {"means": "email", "value": None},
        {"means": "email", "value": "info@example.org"},
        {"means": "pager", "value": None},
    ]
    shown = orgmap("show", "FAA01").out
    assert "  UPRN 10000000001\n  telephone: 01843 000000\n  website: www.apharmacy.example\n" in shown
    assert "email: not shown, for it may be a person’s" in shown
    rows = orgmap("show", "FAA01", "--format", "csv")
    assert ("contact", "info@example.org") in {(row["what"], row["value"]) for row in rows.table}
    assert all("jane" not in one for one in (answer.out, shown, rows.out))
    nobody = orgmap("show", "P99", "--format", "json").json["registered"]
    assert (nobody["uprn"], nobody["contacts"]) == (None, [])


def test_a_release_that_was_kept_before_contacts_were_read_is_told_without_them(
    data: Path, load: Load, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Older(json.JSONEncoder):
        def encode(self, o: object) -> str:
            return super().encode(o[:12] if isinstance(o, tuple) else o)

    monkeypatch.setattr(gathering, "_encode", Older(ensure_ascii=False, separators=(",", ":")).encode)
    load("autumn", AUTUMN, ARCHIVE)
    said = orgmap("show", "FAA01", "--format", "json").json["registered"]
    assert (said["is"], said["uprn"], said["contacts"]) == ("pharmacy", None, [])


def test_for_people_the_register_is_told_in_sentences(data: Path, load: Load, orgmap: Orgmap) -> None:
    load("autumn", AUTUMN, ARCHIVE)
    shown = orgmap("show", "FAA01", "--at", "2025-12-01").out
    assert "A PHARMACY  (ods:FAA01, pharmacy)" in shown
    assert "is operated by OWNER & SONS LTD (ods:P99) from 2001-01-01" in shown
    assert "OLD PHARMACY (ods:FBB01) came before, on 2012-04-01" in shown
    assert "operates: 1 (A PHARMACY (ods:FAA01))" in orgmap("show", "P99").out
    rows = orgmap("show", "FAA01", "--format", "csv").table
    assert {row["what"] for row in rows} >= {"body", "registered", "role", "tie", "succession"}


def test_what_the_register_says_stands_beside_a_body_of_the_graph(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    load("autumn", AUTUMN)
    answer = orgmap("show", "icb:QKS", "--at", "2025-12-01", "--format", "json").json
    assert answer["body"]["kind"] == "integrated_care_board"
    # Its second role says what it is: the first one is only that of a partnership.
    assert answer["registered"]["is"] == "integrated care board"
    assert {role["is"] for role in answer["registered"]["roles"]} == {
        "strategic partnership",
        "integrated care board",
    }
    assert answer["registered"]["pointing"][0]["number"] == 1


def test_bodies_are_found_by_words_of_their_names_and_places_by_codes(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    load("autumn", AUTUMN, ARCHIVE)
    found = orgmap("search", "pharm", "--format", "json").json
    assert [(body["id"], body["kind"]) for body in found["bodies"]] == [
        ("ods:FAA01", "pharmacy"), ("ods:FBB01", "pharmacy"),
    ]  # fmt: skip
    assert [body["id"] for body in orgmap("search", "P99", "--format", "json").json["bodies"]] == ["ods:P99"]
    # Bodies of the graph are told once, as themselves.
    assert [body["id"] for body in orgmap("search", "limes", "--format", "json").json["bodies"]] == [
        "practice:G82001"
    ]
    assert orgmap("search", "nobody of this name").code == 1
    nowhere = orgmap("find", "P99")
    assert "OWNER & SONS LTD (ods:P99, pharmacy headquarter) has no postcode in the register" in nowhere.err
    assert "CT9 1AA" in orgmap("find", "FAA01", "--at", "2025-12-01").err  # the drawn world has no postcodes


def test_bodies_that_the_register_calls_so_are_not_hidden_behind_names_that_are_only_alike(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    limes = [xml_body(f"F{number}", f"LIMES CHEMIST {number}", "RO182", "2001-01-01") for number in range(3)]
    load("autumn", xml_register(*limes, PRACTICE, published="2025-11-30"))
    searched = orgmap("search", "limes chemist", "--limit", "2")
    assert "ods:F0" in searched.out
    assert "with these words in their names: 3; shown of its bodies: 2" in searched.err
    # All words stand in both names: the graph's comes first, and that others are left out is said.
    first = orgmap("search", "limes", "--limit", "1")
    assert "practice:G82001" in first.out
    assert "with these words in their names: 3; shown of its bodies: 0" in first.err
    whole = orgmap("search", "limes")
    assert whole.out.count("ods:F") == 3
    assert "shown" not in whole.err


def test_a_body_of_the_register_is_shown_by_its_name_and_never_said_not_to_be(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    again = xml_body("FCC01", "OWNER &amp; SONS LTD", "RO182", "2003-01-01")
    load("autumn", xml_register(PHARMACY, OWNER, again, PRACTICE, published="2025-11-30"))
    assert orgmap("show", "A", "pharmacy", "--format", "json").json["body"]["id"] == "ods:FAA01"
    two = orgmap("show", "owner & sons ltd")
    assert two.code == 3
    assert "could be 2 bodies of the register" in two.err
    assert "ods:FCC01" in two.err
    for question in ("what", "lineage", "cite"):
        refused = orgmap(question, "FAA01")
        assert refused.code == 1
        assert "The whole register has A PHARMACY (ods:FAA01, pharmacy): orgmap show FAA01" in refused.err
    assert (
        "Names of the whole register with these words: 2; orgmap search" in orgmap("show", "owner sons").err
    )
    assert "No body is called “nobody”" in orgmap("show", "nobody").err


def test_all_bodies_of_a_sort_are_listed_on_a_day(data: Path, load: Load, orgmap: Orgmap) -> None:
    before = orgmap("list", "pharmacy")
    assert (before.code, "once that is loaded: orgmap load hscorgrefdataxml.zip" in before.err) == (2, True)
    load("autumn", AUTUMN, ARCHIVE)
    for asked, day, ids in (
        ("pharmacy", "2025-12-01", ["ods:FAA01"]),
        ("pharmacies", "2005-01-01", ["ods:FAA01", "ods:FBB01"]),
        ("Pharmacy headquarter", "2005-01-01", ["ods:P99"]),
    ):
        listed = orgmap("list", asked, "--at", day, "--format", "json").json
        assert [body["id"] for body in listed] == ids
    assert "as it was published on 2025-11-30" in orgmap("list", "pharmacy", "--at", "2025-12-01").err
    none = orgmap("list", "pharmacy", "--at", "1980-01-01")
    assert (none.code, "none that was open on 1980-01-01" in none.err) == (1, True)
    assert orgmap("list", "pharmacy", "--at", "1980-01-01", "--format", "json").json == []
    moon = orgmap("list", "moon base").err
    assert "“moon base” is not a kind of body" in moon
    assert "The register lists among others: pharmacy" in moon
    assert "bodies like that as: pharmacy, pharmacy headquarter." in orgmap("list", "pharmaceutical shop").err
    assert "The register of 2025-11-30 has no body of this sort" in orgmap("list", "care home").err


@pytest.mark.parametrize(("day", "as_last_known"), [("2025-11-30", False), ("2025-12-24", True)])
def test_a_list_of_the_register_is_the_same_in_every_form_and_says_to_which_day_it_is_known(
    data: Path, load: Load, orgmap: Orgmap, day: str, as_last_known: bool
) -> None:
    load("autumn", AUTUMN, ARCHIVE)
    asked = ("list", "pharmacy", "--at", day, "--format")
    assert [row["id"] for row in orgmap(*asked, "csv").table] == ["ods:FAA01"]
    assert [row["ods"] for row in orgmap(*asked, "csv").table] == ["FAA01"]
    assert [json.loads(line)["id"] for line in orgmap(*asked, "ndjson").out.splitlines()] == ["ods:FAA01"]
    assert [row["id"] for row in orgmap(*asked, "json").json] == ["ods:FAA01"]
    assert (
        "What opened or closed after 2025-11-30 is not known" in orgmap(*asked, "csv").err
    ) == as_last_known


def test_words_for_a_kind_of_the_graph_and_a_sort_of_the_register_say_which_was_taken(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    assert "taken as the kind of the graph" not in orgmap("list", "gp practice").err
    load("autumn", AUTUMN, ARCHIVE)
    ours = orgmap("list", "gp practice", "--at", "2025-11-30")
    assert "“gp practice” was taken as the kind of the graph" in ours.err
    assert "The Elms" in ours.out
    assert "has 1 body under such words, open on 2025-11-30: orgmap list “ods:GP practice”" in ours.err
    theirs = orgmap("list", "ods:GP practice", "--at", "2025-11-30", "--format", "json")
    assert [row["id"] for row in theirs.json] == ["practice:G82001"]
    assert "taken as the kind" not in orgmap("list", "ccg", "--at", "2021-01-01").err


def test_the_id_that_the_register_would_give_leads_to_the_body_of_the_graph(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    assert orgmap("show", "ods:G82001", "--format", "json").json["body"]["id"] == "practice:G82001"
    load("autumn", AUTUMN)
    assert orgmap("show", "ods:qks", "--format", "json").json["body"]["id"] == "icb:QKS"


def test_what_the_whole_register_cannot_do_says_what_to_do_instead(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    assert "once that is loaded: orgmap load hscorgrefdataxml.zip" in orgmap("list", "pharmacy").err
    load("autumn", AUTUMN)
    load("winter", WINTER)
    refused = orgmap("diff", "--releases", "orgrefdata-2025-11", "orgrefdata-2025-12")
    assert refused.code == 2
    assert "is compared by its parts (" in refused.err
    assert "orgrefdata-epraccur-2025-11-30-" in refused.err
    many = orgmap("load", "--remove", "orgrefdata")
    assert (many.code, "may be several. Which one?" in many.err) == (2, True)
    assert orgmap("load", "--remove", "orgrefdata-2025-12").code == 0
    assert "There is no loaded release" in orgmap("load", "--remove", "orgrefdata-2025-12").err
    shown = orgmap("show", "icb:QKS", "--at", "2025-12-01", "--format", "json").json
    assert any(one["source"].startswith("ods-orgrefdata-2025-11-30-") for one in shown["sources"])


def test_a_body_of_which_nothing_is_declared_is_kept_and_told(data: Path, load: Load, orgmap: Orgmap) -> None:
    assert "Nothing is declared for the roles RO999 1" in load("autumn", AUTUMN)
    assert orgmap("show", "ZZZ01", "--format", "json").json["registered"]["is"] == "RO999"
    named = AUTUMN.replace(b"<Organisations>", b'<CodeSystems><CodeSystem><concept id="RO999" displayName="MOON BASE"/>'
                           b"</CodeSystem></CodeSystems><Organisations>")  # fmt: skip
    orgmap("load", "--remove", kept()[0].release)
    load("named", named)
    assert orgmap("show", "ZZZ01", "--format", "json").json["body"]["kind"] == "moon base"


def test_what_a_later_release_lacks_is_told_from_the_one_that_had_it(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    load("winter", WINTER)
    load("autumn", AUTUMN, ARCHIVE)
    gone = orgmap("show", "P99")
    assert "The release of 2025-12-31 has it no more" in gone.err
    assert "THE PHARMACY" in orgmap("show", "FAA01").out
    then = orgmap("show", "FAA01", "--as-known-on", "2025-12-01")
    assert "A PHARMACY" in then.out
    assert orgmap("show", "FAA01", "--as-known-on", "2025-10-01").code == 1
    assert (
        orgmap("search", "owner", "--format", "json").code == 1
    )  # the newest release has nobody of the name


OLD = xml_body("T1201", "OLD ROLE", "RO157", "2003-01-01")
NEW = xml_body("T1201", "NEW ROLE", "RO104", "2012-01-01")


@pytest.mark.parametrize("bodies", [(OLD, NEW), (NEW, OLD)])
def test_of_a_code_that_stands_twice_the_later_record_counts(
    data: Path, load: Load, orgmap: Orgmap, bodies: tuple[str, str]
) -> None:
    assert "1 codes stand there twice" in load(
        "twice", xml_register(*bodies, published="2025-11-30", sort="Archive")
    )
    assert orgmap("show", "T1201", "--format", "json").json["body"]["name"] == "NEW ROLE"


def test_the_full_file_counts_before_the_archive_and_a_stub_for_its_record(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    full = xml_body("FEF03", "WHO HAS THE CODE NOW", "RO182", "2001-01-01")
    older = xml_body("FEF03", "WHO HAD IT", "RO182", "2009-01-01", "2012-03-31")
    stub = CLOSED.replace("<Organisation ", '<Organisation refOnly="true" ')
    alone = stub.replace("FBB01", "FCC01").replace("OLD PHARMACY", "STUB ALONE")
    said = load(
        "full",
        xml_register(full, stub, alone, published="2025-11-30", sort="Full"),
        xml_register(older, CLOSED, published="2025-11-30", sort="Archive"),
    )
    assert "3 rows" in said
    assert "1 bodies have their record in a file that is not there" in said
    assert orgmap("show", "FEF03", "--format", "json").json["body"]["name"] == "WHO HAS THE CODE NOW"
    assert "Only a stub" not in orgmap("show", "FBB01").err
    assert "Only a stub" in orgmap("show", "FCC01").err


PACKED = zipped(whole=zipped(full=AUTUMN + b" " * 4_000), archive=zipped(archive=ARCHIVE))

REFUSED = {
    "cut off": (AUTUMN[:-200], ":1: is no whole XML"),
    "short of a record": (
        AUTUMN.replace(b'RecordCount value="5"', b'RecordCount value="6"'),
        "says that it holds 6 records",
    ),
    "in another encoding": (AUTUMN.replace(b"A PHARMACY", b"A PHARM\xc1CY"), ":1: is no UTF-8 text"),
    "of an encoding that is none": (
        AUTUMN.replace(b'"UTF-8"', b'"MOON-8"'),
        "is in an encoding that is not known",
    ),
    "with entities": (AUTUMN.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "a">]>', 1), "declares entities"),
    "without a day": (
        AUTUMN.replace(b"PublicationDate", b"PublicDate"),
        "does not say when it was published",
    ),
    "of a day to come": (AUTUMN.replace(b"2025-11-30", b"2099-11-30"), "still to come"),
    "a bomb": (
        zipped(full=AUTUMN.replace(b"<Organisations>", b"<Organisations>" + b" " * 60_000_000)),
        "; refused.",
    ),
    "a damaged zip": (PACKED[:900] + bytes(20) + PACKED[920:], "damaged"),
    "a cut zip": (PACKED[:-30], "is a damaged zip"),
    "a cut gzip": (gzip.compress(AUTUMN)[:-20], "is cut off or damaged"),
    "two records": (xml_register(OLD, OLD, published="2025-11-30"), ":1: T1201 stands there twice"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_register_that_is_not_whole_is_refused_with_file_and_line_and_nothing_changes(
    data: Path, load: Load, orgmap: Orgmap, what: str
) -> None:
    raw, said = REFUSED[what]
    load("before", WINTER)
    before = kept()
    (data / "broken").write_bytes(raw)
    refused = orgmap("load", str(data / "broken"))
    assert (refused.code, refused.out) == (4, "")
    assert said in refused.err
    assert "broken" in refused.err
    assert kept() == before
    assert list((data / "home").glob("*.part")) == []


def test_files_of_two_days_are_no_release_and_nothing_is_changed(data: Path, orgmap: Orgmap) -> None:
    (data / "a.xml").write_bytes(AUTUMN)
    (data / "b.xml").write_bytes(WINTER)
    refused = orgmap("load", str(data / "a.xml"), str(data / "b.xml"))
    assert refused.code == 4
    assert "Load the files of one release at a time" in refused.err
    assert kept() == ()


def test_a_damaged_register_that_is_kept_says_how_to_mend_it(data: Path, load: Load, orgmap: Orgmap) -> None:
    load("autumn", AUTUMN)
    [path] = (data / "home").rglob("register.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-30])
    for built in (data / "cache").glob("register-*"):
        built.unlink()
    broken = orgmap("show", "FAA01")
    assert (broken.code, "orgmap load --remove orgrefdata-2025-11-30-" in broken.err) == (4, True)
    assert orgmap("load", "--remove", kept()[0].release).code == 0
    assert orgmap("show", "FAA01").code == 1


def test_broken_off_at_any_moment_nothing_is_half_there(
    data: Path, load: Load, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    load("autumn", AUTUMN)
    before, replace, fsync = kept(), os.replace, os.fsync
    (data / "winter.xml").write_bytes(WINTER)
    for moment in range(14):
        patience = Patience(moment)
        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", patience.counted(replace))
            patched.setattr(os, "fsync", patience.counted(fsync))
            try:
                load_files(data / "data", [data / "winter.xml"])
            except KeyboardInterrupt:
                assert kept() in (before, kept_after(before))
            else:
                break
        assert list((data / "home").glob("register-*.part")) == []
    assert len(kept()) > len(before)
    assert "THE PHARMACY" in orgmap("show", "FAA01").out


def kept_after(before: tuple[Release, ...]) -> tuple[Release, ...]:
    """What is kept, where that is all of what was and all of what came."""
    now = kept()
    return now if {*before} < {*now} and all(rows_path(one).exists() for one in now) else ()


def test_what_is_removed_is_looked_up_no_more(data: Path, load: Load, orgmap: Orgmap) -> None:
    load("autumn", AUTUMN)
    assert len(list((data / "cache").glob("register-*.sqlite"))) == 1
    for release in kept():
        orgmap("load", "--remove", release.release)
    assert orgmap("show", "FAA01").code == 1
    assert list((data / "cache").glob("register-*")) == []


def test_an_export_says_that_it_leaves_the_registers_own_bodies_out(
    data: Path, load: Load, orgmap: Orgmap
) -> None:
    assert "are not in it" not in orgmap("export", "graphml", "-o", str(data / "a.graphml")).err
    load("autumn", AUTUMN)
    assert "Bodies that the register of 2025-11-30 alone has (ods:…) are not in it" in (
        orgmap("export", "graphml", "-o", str(data / "b.graphml")).err
    )
    assert "FAA01" not in (data / "b.graphml").read_text()
