"""The recipe “The newest register and postcodes in ten minutes”, carried out on files in the shape of the real ones."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from orgmap.loaders.releases.kept import kept
from tests.cli.conftest import Orgmap
from tests.cli.test_load_files import zipped
from tests.postcode_files import NSPL_2026, listed, unit
from tests.registers import KNOWN, WORLD, xml_body, xml_register
from tests.running import ROOT
from tests.worlds import write_data

PAGE = ROOT / "docs" / "how-to" / "newest.md"
PLACES = """
entities
id                | name             | valid_from | valid_until
council:E06000001 | Eastport Council |            |
area:E01000001    | East             |            |

relationships
subject           | verb    | object         | valid_from | valid_until
council:E06000001 | covers  | area:E01000001 |            |
sicbl:92A         | covers  | area:E01000001 | 2022-07-01 |

neighbourhoods
code      | name    | parent    | area           | population
E01000001 | East 1A | E02000001 | area:E01000001 | 100

postcodes
outcode | inward  | code      | seen
CT9     | 1AA 1AB | E01000001 | both
"""
OTHERS = [
    xml_body(
        f"G83{number:03}", f"OTHER {number}", "RO177 RO76", "2020-04-01", "", "91Q", "2022-07-01", "CT9 1AA"
    )
    for number in range(20)
]


def months_register(published: str, name: str, *more: str) -> bytes:
    """The whole register of a month, full file and archive, in a zip of zips."""
    limes = xml_body("G82001", name, "RO177 RO76", "2020-04-01", "", "92A", "2025-11-01", "CT9 1AA")
    full = xml_register(limes, *OTHERS, *more, published=published)
    ended = xml_body("RXX", "WEST KENT NHS TRUST", "RO197", "1999-04-01", "2012-11-30")
    archive = xml_register(ended, published=published)
    return zipped(**{"fullfile.zip": zipped(a=full), "archive.zip": zipped(b=archive)})


def commands() -> list[str]:
    """The commands of the page, in order."""
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """A folder with the files that the page names."""
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path / "data", f"{WORLD}\n{PLACES}", horizon=KNOWN)))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / "home"))
    postcodes = listed(
        NSPL_2026, unit("CT9 1AA", "E01000001"), unit("CT9 5AA", "E01000001", introduced="202512")
    )
    files = {
        "NSPL.zip": zipped(**{"Data/NSPL_DEC_2025_UK.csv": postcodes}),
        "hscorgrefdataxml.zip": months_register("2025-12-31", "THE LIMES SURGERY"),
        "next.zip": months_register(
            "2026-01-31",
            "THE LIMES GROUP",
            xml_body("G82004", "THE ASHES", "RO177 RO76", "2026-01-10", "", "91Q", "2026-01-10", "CT9 1AA"),
        ),
    }
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_page_does_what_the_page_says(folder: Path, orgmap: Orgmap) -> None:
    told = {}
    for command in commands():
        practices = [one.release for one in kept() if one.format == "epraccur"]
        stands_for = {"NEXT": "next.zip", "CODE": "practice:G82001", "PLACE": "CT9 5AA"}
        stands_for |= dict(zip(("EARLIER", "LATER"), practices, strict=False))
        words = [
            stands_for.get(word, word)
            for word in shlex.split(command)[1:]
            if (folder / word).exists() or word != "NSPL.zip"
        ]
        done = orgmap(*words)
        assert done.code == 0, (command, done.err)
        told[command] = done.out
    assert "Would load orgrefdata-epraccur-2025-12-31-" in told[commands()[0]]
    assert "Loaded orgrefdata-epraccur-2025-12-31-" in told[commands()[1]]
    assert "nspl-2025-12-01-" in told[commands()[1]]
    assert "NSPL.zip (sha256 " in " ".join(told["orgmap sources"].split())
    # The postcode is new in the list.
    assert "Eastport Council" in told["orgmap find PLACE"]
    assert "The Limes Surgery" in told["orgmap show CODE"]
    assert "renamed: 1" in told["orgmap diff --releases EARLIER LATER"]
    assert "new: 1" in told["orgmap diff --releases EARLIER LATER"]
    then = orgmap("show", "practice:G82001", "--as-known-on", "2026-01-15").out
    assert then.startswith("The Limes Surgery")
