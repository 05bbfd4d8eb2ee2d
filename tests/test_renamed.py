"""No question knows a kind by its name: with every kind and prefix renamed the whole specification still holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from orgmap.graphmodel.vocabulary import kinds
from tests.renamed import rename_text, write_terms, write_tests
from tests.running import ROOT

RUN = """
import sys
from pathlib import Path
import orgmap.graphmodel.term_tables as tables
tables.TERMS = Path(sys.argv[1])
import pytest
sys.exit(pytest.main(sys.argv[2:]))
"""

LEFT_OUT = (
    "test_vocabulary.py",
    "test_entrances.py",
    "test_build.py",
    "test_planned_areas.py",
    "test_newer_releases.py",
)
"""Two are about the very words that people type, one about processes of their own, which read the usual words, and
two about maps and published files, which name the usual kinds."""


def test_a_test_is_renamed_where_it_means_kinds_and_nowhere_else() -> None:
    assert rename_text("ccg:10E | covers | area:E1") == "xccg:10E | covers | xarea:E1"
    assert rename_text("kind=“gp_practice” of that practice: upper_tier_council_name") == (
        "kind=“some_gp_practice” of that practice: some_upper_tier_council_name"
    )


def test_with_every_kind_and_prefix_renamed_the_specification_holds(tmp_path: Path) -> None:
    write_terms(tmp_path / "terms")
    write_tests(tmp_path / "tests")
    told = (tmp_path / "terms" / "kinds.csv").read_text(encoding="utf-8")
    assert not any(f"\n{kind.kind},{kind.prefix}," in told for kind in kinds().values())
    ignored = [f"--ignore=tests/spec/{name}" for name in LEFT_OUT]
    options = [
        "-q",
        "-p",
        "no:cacheprovider",
        f"--rootdir={tmp_path}",
        "--import-mode=importlib",
        "-k",
        "not neo4j and not sqlite",
    ]
    # The tests are those of the copy, the code is that of the checkout.
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "terms"), *options, *ignored, "tests/spec"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths, "ORGMAP_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
