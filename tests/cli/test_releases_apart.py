"""Between two releases of a register: what happened, what is a correction, and what was known on the days between."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from orgmap.loaders.releases.kept import kept
from orgmap.loaders.releases.loading import load_files
from tests.cli.conftest import Orgmap
from tests.registers import KNOWN, WORLD, practice, register, trust
from tests.worlds import write_data

OTHERS = [practice(f"G830{number:02}", f"OTHER {number}") for number in range(20)]
AUTUMN = register(
    *OTHERS,
    practice("G82001", "THE LIMES", under="92A", joined="20251015"),
    practice("G82002", "THE ELMS", closed="20251020"),
    practice("G82004", "THE ASHES", opened="20251010", joined="20251010", closed="20251101"),
    practice("G82005", "THE BIRCHES", opened="20251012", joined="20251012"),
    practice("G82006", "THE PINES", opened="20251012", joined="20251012"),
    practice("G82008", "THE FIRS", opened="20251012", joined="20251012", postcode="CT9 2BB"),
)
SPRING = register(
    *OTHERS,
    practice("G82001", "THE LIMES"),
    practice("G82002", "THE ELMS"),
    practice("G82004", "THE ASHES", opened="20251010", joined="20251010", closed="20251025"),
    practice("G82005", "THE BIRCHES SURGERY", opened="20251012", joined="20251012", closed="20260131"),
    practice("G82007", "THE YEWS", opened="20251009", joined="20251009"),
    practice("G82008", "THE FIRS", under="92A", opened="20251012", joined="20260101", postcode="CT9 3CC"),
    practice("G82009", "THE OAKS", opened="20251201", joined="20251201"),
    practice("G82010", "ODD", setting="99"),
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Tables of three practices, and both releases loaded onto them, the later one first."""
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path / "data", WORLD, horizon=KNOWN)))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / "home"))
    for name, raw in (("spring.csv", SPRING), ("autumn.csv", AUTUMN)):
        (tmp_path / name).write_bytes(raw)
        load_files(tmp_path / "data", [tmp_path / name])
    return tmp_path / "data"


def commissioner_of(orgmap: Orgmap, code: str, *asked: str) -> list[str]:
    """Of whom a practice was a member."""
    told = orgmap("show", f"practice:{code}", "--at", "2026-01-15", "--format", "json", *asked).json
    return [one["object"] for one in told["relations"] if one["verb"] == "member_of"]


def test_what_was_taken_back_is_told_as_known_between_the_two_releases(data: Path, orgmap: Orgmap) -> None:
    def end(code: str, *asked: str) -> str | None:
        return orgmap("show", f"practice:{code}", "--format", "json", *asked).json["body"]["valid_until"]

    between = ("--as-known-on", "2026-01-15")
    # A closure that spring took back, one that it set to an earlier day, and one that came after.
    assert (end("G82002", *between), end("G82002")) == ("2025-10-21", None)
    assert (end("G82004", *between), end("G82004")) == ("2025-11-02", "2025-10-26")
    assert (end("G82005", *between), end("G82005")) == (None, "2026-02-01")
    assert commissioner_of(orgmap, "G82001", *between) == ["sicbl:92A"]
    assert commissioner_of(orgmap, "G82001") == ["sicbl:91Q"]

    def open_on(*asked: str) -> str:
        told = orgmap("list", "gp_practice", "--at", "2026-01-15", *asked, "--format", "json").json
        return "".join(sorted(one["id"][-1] for one in told if "G8200" in one["id"]))

    # The Yews had opened by October and were in no release before spring's.
    assert (open_on(*between), open_on()) == ("15689", "1256789")
    assert orgmap("check").code == 0


def test_diff_tells_events_and_corrections_apart(data: Path, orgmap: Orgmap) -> None:
    autumn, spring = (one.release for one in kept())
    told = orgmap("diff", "--releases", autumn, spring, "--format", "json").json
    assert {(one["change"], one["id"][-3:], one["column"], one["was"], one["is"]) for one in told["changes"]} == {
        ("new", "009", "opened", "", "2025-12-01"),
        ("ended", "005", "ends", "", "2026-02-01"),
        ("renamed", "005", "name", "The Birches", "The Birches Surgery"),
        ("moved", "008", "postcode", "CT9 2BB", "CT9 3CC"),
        ("re-commissioned", "008", "commissioner", "91Q", "92A"),
        ("re-commissioned", "001", "commissioner", "92A", "91Q"),
        ("corrected", "002", "ends", "2025-10-21", ""),
        ("corrected", "004", "ends", "2025-11-02", "2025-10-26"),
        ("corrected", "007", "code", "", "G82007"),
        ("gone", "006", "code", "G82006", ""),
    }  # fmt: skip
    assert told["counts"]["corrected"] == 3
    assert (told["before"]["as_of"], told["after"]["refused"]) == ("2025-11-01", 1)
    rows = list(
        csv.DictReader(io.StringIO(orgmap("diff", "--releases", autumn, spring, "--format", "csv").out))
    )
    assert len(rows) == len(told["changes"])
    people = orgmap("diff", "--releases", autumn[:20], spring).out
    assert "new: 1, ended: 1, renamed: 1, moved: 1" in people
    assert "What is corrected is no event" in people


def test_releases_that_cannot_be_compared_are_refused(data: Path, orgmap: Orgmap, tmp_path: Path) -> None:
    autumn, spring = (one.release for one in kept())
    (tmp_path / "etr.csv").write_bytes(register(trust("RVV", "EAST KENT", "19990401", "20251130"), width=24))
    load_files(data, [tmp_path / "etr.csv"])
    trusts = next(one.release for one in kept() if one.format == "etr")
    for asked, said in (
        ((spring, autumn), "name the earlier one first"),
        ((autumn, trusts), "nothing to compare"),
        ((autumn, "nothing"), "There is no loaded release"),
        (("epraccur", spring), "Which one?"),
        ((autumn, spring, "--kind", "ccg"), "leave out --kind"),
    ):
        refused = orgmap("diff", "--releases", *asked)
        assert refused.code == 2
        assert said in refused.err
    assert orgmap("diff", "--releases", autumn, autumn).code == 1


def test_sources_tell_of_each_release_its_file_and_the_rows_that_were_refused(
    data: Path, orgmap: Orgmap
) -> None:
    told = {one["id"]: one for one in orgmap("sources", "--format", "json").json}
    [_, spring] = kept()
    one = told[spring.source]
    assert one["as_of"] == "2026-01-31"
    assert one["note"].startswith(
        f"spring.csv (sha256 {spring.file_hash}): 27 rows, 1 refused; line 28: G82010 its sort"
    )
    assert f"{spring.source}: spring.csv" in orgmap("sources").out
    assert "; refused rows: " in orgmap("load", "--list").out


def test_a_move_before_the_end_counts_and_one_after_it_does_not(
    data: Path, orgmap: Orgmap, tmp_path: Path
) -> None:
    later = register(
        *OTHERS,
        practice("G82001", "THE LIMES", under="92A", joined="20260301", closed="20260430"),
        practice("G82002", "THE ELMS", under="92A", joined="20260501", closed="20260430"),
        practice("G82011", "THE PLANES", under="92A", opened="20260601", joined="20260601"),
    )
    (tmp_path / "later.csv").write_bytes(later)
    load_files(data, [tmp_path / "later.csv"])

    def under(code: str, day: str) -> list[str]:
        told = orgmap("show", f"practice:{code}", "--at", day, "--format", "json").json
        return [one["object"] for one in told["relations"] if one["verb"] == "member_of"]

    assert (under("G82001", "2026-02-01"), under("G82001", "2026-04-01")) == (["sicbl:91Q"], ["sicbl:92A"])
    assert under("G82002", "2026-04-01") == ["sicbl:91Q"]
    assert under("G82011", "2026-06-01") == ["sicbl:92A"]


def test_of_lists_of_stays_it_is_told_who_joined_and_left(data: Path, orgmap: Orgmap, tmp_path: Path) -> None:
    def stays(*rows: tuple[str, str, str, str]) -> bytes:
        others = [(f"G830{number:02}", "91Q", "20220701", "") for number in range(20)]
        lines = [
            f'"{code}","{under}","W","{joined}","{left}","1"'
            for code, under, joined, left in (*others, *rows)
        ]
        return ("\r\n".join(lines) + "\r\n").encode()

    first = stays(("G82001", "91Q", "20220701", ""), ("G82002", "92A", "20220701", "20251031"))
    then = stays(
        ("G82001", "91Q", "20220701", "20251215"),
        ("G82001", "92A", "20251216", ""),
        ("G82002", "92A", "20220701", "20251031"),
    )
    for name, raw in (("first.csv", first), ("then.csv", then)):
        (tmp_path / name).write_bytes(raw)
        load_files(data, [tmp_path / name])
    releases = [one.release for one in kept() if one.format == "epcmem"]
    told = orgmap("diff", "--releases", *releases, "--format", "json").json
    assert [(one["change"], one["id"], one["day"], one["is"]) for one in told["changes"]] == [
        ("ended", "practice:G82001", "2025-12-16", "2025-12-16"),
        ("re-commissioned", "practice:G82001", "2025-12-16", "92A"),
    ]
