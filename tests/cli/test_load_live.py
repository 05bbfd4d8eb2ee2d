"""`orgmap load --from-api`: what the live register changed, asked slowly, once, and never trusted."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from orgmap.graphmodel.errors import StoreOutOfReach, WrongUse
from orgmap.loaders.releases.home import home
from orgmap.loaders.releases.kept import kept
from orgmap.loaders.releases.live_register import asking as live
from orgmap.loaders.releases.live_register.asking import LiveRegister, fetch
from orgmap.loaders.releases.live_register.records import record_of
from tests.cli.conftest import Orgmap, onto
from tests.live_register import Answers, live_register, record
from tests.registers import WORLD

TODAY, KNOWN = "2026-02-01", "2025-10-01"
CHANGED = (
    record("G82001", "THE LIMES SURGERY", above="92A", joined="2025-11-01"),
    record("G82002", "THE ELMS", closed="2025-12-31"),
    record("G82004", "THE ASHES", opened="2025-12-01", joined="2025-12-01"),
    record("RVV", "EAST KENT HOSPITALS NHS TRUST", roles="RO197 RO57", opened="1999-04-01", above=""),
    record("FAA01", "A PHARMACY", roles="RO182", above=""),
)
SAMPLE = Path(__file__).resolve().parents[2].parent / "shared/data/ods/samples/ord_97T.json"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Tables as they were known in October, on the first of February; no pauses."""
    onto(tmp_path, monkeypatch, WORLD, KNOWN)
    for module in ("live_register.asking", "live_register.changes", "loading"):
        monkeypatch.setattr(f"orgmap.loaders.releases.{module}.today", lambda: TODAY)
    monkeypatch.setattr(live, "A_SECOND", 1000)
    monkeypatch.setattr(live.time, "sleep", lambda seconds: None)
    return tmp_path / "data"


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    """A live register in which five records changed."""
    with live_register(*CHANGED) as answers:
        monkeypatch.setenv(live.SETTING, answers.url)
        yield answers


def test_what_the_register_changed_is_a_release_like_any_other(
    data: Path, register: Answers, orgmap: Orgmap
) -> None:
    dry = orgmap("load", "--from-api", "--dry-run")
    assert (dry.code, kept()) == (0, ())
    asked = len(register.asked)
    done = orgmap("load", "--from-api")
    assert done.code == 0, done.err
    # The dry run had fetched all.
    assert len(register.asked) == asked == 6
    assert register.asked[0].endswith(f"/sync?LastChangeDate={KNOWN}")
    assert "1 changed records are of other roles (RO182 1): passed over" in done.out
    assert sorted(one.release.split("-2026")[0] for one in kept()) == ["ordlive-epraccur", "ordlive-etr"]
    assert {one.as_of for one in kept()} == {TODAY}
    # What it does not list has not changed, and is not missed.
    assert "may be cut off" not in done.out
    after = orgmap("list", "gp_practice", "--at", TODAY, "--format", "json").json
    assert {one["name"] for one in after} == {"The Ashes", "The Limes Surgery"}
    limes = orgmap("show", "practice:G82001", "--at", "2026-01-15").out
    assert "is a member of  NHS Surrey ICB - 92A" in limes
    said = " ".join(orgmap("sources").out.split())
    assert f"changes of the live register since {KNOWN} (sha256" in said
    assert not list((home() / "live").glob("*.json*"))
    again = orgmap("load", "--from-api")
    assert (again.code, len(kept())) == (0, 2)
    assert "Loaded already" in again.out
    assert "holds only what changed" in orgmap("diff", "--releases", kept()[0].release, kept()[0].release).err


def test_a_fetch_that_is_broken_off_goes_on_where_it_stopped(
    data: Path, register: Answers, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = LiveRegister._asked

    def broken(self: LiveRegister, path: str, *rest: object) -> object:
        if path.endswith("G82004"):
            raise StoreOutOfReach("gone")
        return asked(self, path, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as away:
        away.setattr(LiveRegister, "_asked", broken)
        assert orgmap("load", "--from-api").code == 5
    assert kept() == ()
    records = home() / "live" / "records.jsonl"
    assert records.read_bytes().count(b"\n") == 3
    # The last line is cut in the middle: it is asked again, and nothing else is.
    records.write_bytes(records.read_bytes()[:-9])
    register.asked.clear()
    assert orgmap("load", "--from-api").code == 0
    assert [one.rpartition("/")[2] for one in register.asked] == ["G82002", "G82004", "RVV"]
    assert len(kept()) == 2


def test_faults_of_a_moment_are_waited_out(data: Path, register: Answers, orgmap: Orgmap) -> None:
    register.faults = [
        (429, b"slow down", {"Retry-After": "1"}),
        (503, b"", {}),
        (0, b"", {}),
        (200, b"<html>proxy</html>", {}),
        (200, b'{"Organisations": [{"OrgLink": "x"}, {"OrgLink": "../../etc"}]}', {}),
    ]
    assert orgmap("load", "--from-api").code == 0
    assert len(kept()) == 2


FOR_GOOD = {
    "always too busy": ([(429, b"", {"Retry-After": "999999"})] * 6, "answers 429"),
    "another place": ([(302, b"", {"Location": "http://127.0.0.1:1/x"})], "answers 302"),
    "not allowed": ([(406, b'{"errorCode":406}', {})], "answers 406"),
    "garbage": ([(200, b"\xff\x00", {})] * 6, "cannot be asked"),
    "another list": ([(200, b'{"Organisations": {"a": 1}}', {})] * 6, "no list of changed records"),
}


@pytest.mark.parametrize("what", FOR_GOOD)
def test_a_register_that_does_not_answer_is_told_and_changes_nothing(
    what: str, data: Path, register: Answers, orgmap: Orgmap
) -> None:
    register.faults, said = FOR_GOOD[what]
    register.faults = list(register.faults)
    refused = orgmap("load", "--from-api")
    assert (refused.code, refused.out, kept()) == (5, "", ())
    assert said in refused.err
    assert "goes on where this one stopped" in refused.err
    assert not register.faults


def test_another_record_than_the_one_asked_for_is_refused(
    data: Path, register: Answers, orgmap: Orgmap
) -> None:
    register.records["G82002"] = register.records["G82001"]
    refused = orgmap("load", "--from-api")
    assert (refused.code, kept()) == (5, ())
    assert "another record" in refused.err


def test_a_record_that_is_gone_is_passed_over(data: Path, register: Answers, orgmap: Orgmap) -> None:
    del register.records["G82002"]
    assert orgmap("load", "--from-api").code == 0
    assert next(one.rows for one in kept() if one.format == "epraccur") == 2


def test_a_record_that_is_not_understood_is_refused_by_itself(
    data: Path, register: Answers, orgmap: Orgmap
) -> None:
    register.records["G82002"]["Organisation"]["Date"][0]["End"] = "2025-02-31"
    register.records["RVV"]["Organisation"]["Name"] = "EAST \x1b[2J KENT"
    done = orgmap("load", "--from-api")
    assert done.code == 0
    assert "2 rows, 1 refused" in done.out
    assert "G82002: is no record of the register (“2025-02-31” is no day)" in done.out
    # Nothing else of trusts had changed: what is refused is told even so.
    assert "RVV" in done.out + done.err
    assert "\x1b" not in done.out + done.err


def test_a_gap_is_refused_with_its_mend(
    data: Path, register: Answers, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    for said, typed in (
        ("load newer files", ("--since", "2025-12-01")),
        ("tells what changed from", ("--since", "2025-06-01")),
    ):
        refused = orgmap("load", "--from-api", *typed)
        assert refused.code in (2, 4)
        assert said in refused.err
    monkeypatch.setattr("orgmap.loaders.releases.live_register.changes.today", lambda: "2026-11-28")
    refused = orgmap("load", "--from-api")
    assert refused.code == 4
    assert f"epraccur ({KNOWN})" in refused.err
    assert register.asked == []


def test_only_an_encrypted_line_or_this_machine_is_asked() -> None:
    for address in ("http://directory.example/ORD", "ftp://x", "file:///etc/passwd", "https://u:p@x/", "x"):
        with pytest.raises(WrongUse):
            LiveRegister(address)
    assert LiveRegister("https://directory.example/ORD/").address == "https://directory.example/ORD"
    assert live.ADDRESS.startswith("https://directory.spineservices.nhs.uk/")


def test_no_more_than_five_records_are_asked_in_a_second(
    register: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("orgmap.loaders.releases.live_register.asking.today", lambda: TODAY)
    waited: list[float] = []
    stopped = SimpleNamespace(monotonic=lambda: sum(waited) + 100, sleep=waited.append)
    monkeypatch.setattr(live, "time", stopped)
    fetch(LiveRegister(), KNOWN, lambda *step: None)
    assert len(register.asked) == 6
    assert waited == pytest.approx([0.2] * 5)


@pytest.mark.skipif(not SAMPLE.exists(), reason="../shared is not here")
def test_a_real_record_is_read_as_it_stands() -> None:
    body = record_of(SAMPLE.read_bytes(), SAMPLE.name, 1)
    assert (body.code, body.name, body.status) == ("97T", "SOUTH EAST - H&J COMMISSIONING HUB", "Active")
    assert (body.days.legal_from, body.days.from_day, body.postcode) == (
        "2020-04-01",
        "2019-10-25",
        "LS2 7UA",
    )
    assert [(role.role, role.is_primary) for role in body.roles] == [("RO218", False), ("RO98", True)]
    assert [one.target for one in body.successions] == ["14W", "14V"]


LIES = {
    "lists in lists": (200, b"[" * 100_000, {}),
    "a list of something else": (200, b'{"Organisations": [{"OrgLink": 7}]}', {}),
    "a page": (200, b"<html>", {"Content-Type": "text/html"}),
    "a packed bomb": (200, gzip.compress(bytes(50_000_000)), {"Content-Encoding": "gzip"}),
    "another host": (302, b"", {"Location": "http://127.0.0.1:9/ORD"}),
    "no such list": (404, b"", {}),
    "a time that is no number": (429, b"", {"Retry-After": "\u00b2"}),
}


@pytest.mark.parametrize("what", LIES)
def test_a_register_that_lies_is_told_and_nothing_changes(
    what: str, data: Path, register: Answers, orgmap: Orgmap
) -> None:
    register.faults += [LIES[what]] * live.TRIES
    told = orgmap("load", "--from-api")
    assert (told.code, told.out) == (5, "")
    assert register.url in told.err
    assert kept() == ()


def test_a_register_that_gives_none_of_its_records_changed_nothing_is_not_said(
    data: Path, register: Answers, orgmap: Orgmap
) -> None:
    register.records.clear()
    told = orgmap("load", "--from-api")
    assert told.code == 5
    assert "gives none of the 5 records that it says have changed" in told.err
    assert kept() == ()


def test_a_register_that_sends_byte_by_byte_is_not_waited_for(register: Answers) -> None:
    register.drips = True
    asking = LiveRegister(register.url, patience=0.1, pause=0)
    with pytest.raises(StoreOutOfReach, match="an answer without end"):
        asking.record("G82001")
    register.drips = False
