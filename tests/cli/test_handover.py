"""`handover` from file to file: rows in are rows out, nothing is left half written, every fault has its line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orgmap.queries.registers.handover import PartyHandover
from tests.cli.conftest import Orgmap, Told

AGREEMENTS = """agreement,commissioner,provider,note
Nurses,NHS Thanet CCG,The Limes,=1+1
Beds,ccg:09E,Serco,-5
"Wigs, hats",,NHS Thannet CCG,@x
Old,5QA,G82064,fine
"""
REFORM = ("--across", "2020-04-01")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def handover(orgmap: Orgmap, text: str | bytes, *options: str, party: str = "commissioner") -> Told:
    """Hands over a register of this text; the target is `out.csv`."""
    Path("in.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    needed = [(name, value) for name, value in (("--party", party), ("-o", "out.csv"), REFORM)]
    asked = [word for pair in needed if pair[0] not in options or pair[0] == "--party" for word in pair]
    return orgmap("handover", "in.csv", *asked, *options)


def out() -> list[dict[str, str]]:
    """The rows of the target."""
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_each_party_gets_its_columns_behind_those_of_the_file(orgmap: Orgmap, here: Path) -> None:
    told = handover(orgmap, AGREEMENTS, "--party", "provider")
    assert (told.code, told.out) == (0, "")
    assert told.err.splitlines()[-1] == "4 rows: 2 change hands, 3 with something not known."
    rows = out()
    parties = [f"{party}_{name}" for party in ("commissioner", "provider") for name in PartyHandover._fields]
    assert list(rows[0]) == ["agreement", "commissioner", "provider", "note", *parties]
    assert [row["agreement"] for row in rows] == ["Nurses", "Beds", "Wigs, hats", "Old"]
    assert [row["commissioner_taker"] for row in rows] == ["ccg:91Q", "ccg:91Q", "", ""]
    assert [row["commissioner_state"] for row in rows] == ["ended", "ended", "", "had ended"]
    assert [row["provider_state"] for row in rows] == ["goes on", "not known", "not known", "goes on"]
    assert rows[2]["commissioner_note"] == "empty cell"
    assert "Did you mean “NHS Thanet CCG”" in rows[2]["provider_note"]
    assert [path.name for path in here.iterdir() if path.name.startswith(".")] == []


def test_no_cell_is_taken_for_a_formula_and_numbers_stay(orgmap: Orgmap, here: Path) -> None:
    told = handover(orgmap, AGREEMENTS)
    assert [row["note"] for row in out()] == ["'=1+1", "-5", "'@x", "fine"]
    assert "2 cells that a spreadsheet would take for a formula" in told.err


def test_a_column_of_that_name_stays_and_the_other_is_called_otherwise(orgmap: Orgmap, here: Path) -> None:
    assert handover(orgmap, "commissioner,commissioner_state\nccg:10E,mine\n").code == 0
    [row] = out()
    assert (row["commissioner_state"], row["orgmap_commissioner_state"]) == ("mine", "ended")


def test_the_result_can_go_to_standard_output_and_one_column_is_enough(orgmap: Orgmap, here: Path) -> None:
    Path("in.csv").write_text("commissioner\nccg:10E\n\n")
    told = orgmap("handover", "in.csv", "--party", "commissioner", "-o", "-", *REFORM)
    assert [row["commissioner_taker"] for row in told.table] == ["ccg:91Q", ""]


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        (AGREEMENTS, ("--party", "buyer"), 2, ":1: there is no column “buyer”"),
        (AGREEMENTS, ("--service", "servis"), 2, ":1: there is no column “servis”"),
        (AGREEMENTS, ("--place", "town"), 2, ":1: there is no column “town”"),
        ("commissioner,commissioner\nccg:10E,x\n", (), 2, ":1: there are 2 columns “commissioner”"),
        ("commissioner,note\nccg:10E\n", (), 2, ":2: 1 cell where the header has 2"),
        (b"commissioner\n\xff\xfe\n", (), 2, ":2: this is not utf-8 text"),
        ("commissioner\nccg:10E\0\n", (), 2, ":2: there is a NUL"),
        ('commissioner\n"' + "x" * 1_100_000 + '"\n', (), 2, "in.csv:"),
        ("", (), 2, "in.csv is empty"),
        (AGREEMENTS, ("--across", "31 June 2020"), 2, "31 June 2020"),
        (AGREEMENTS, ("--across", "2999-01-01"), 1, "Not known"),
        (AGREEMENTS, ("--across", "1999-03-31"), 1, "the tables begin"),
        (AGREEMENTS, ("--encoding", "x"), 2, "not an encoding"),
        (AGREEMENTS, ("-o", "in.csv"), 2, "is the file to read"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line_and_nothing_is_written(
    orgmap: Orgmap, here: Path, text: str | bytes, options: tuple[str, ...], code: int, said: str
) -> None:
    told = handover(orgmap, text, *options)
    assert (told.code, told.out) == (code, "")
    assert said in told.err
    assert [path.name for path in here.iterdir()] == ["in.csv"]
