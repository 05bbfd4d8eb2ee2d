"""What a user installs answers by itself: no checkout, no editable install, from a wheel or from an sdist."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="hatchling is not here: nothing can be built")

ROOT = Path(__file__).resolve().parents[1]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
ALONE = ("--no-deps", "--no-index", "--no-build-isolation")
"""Nothing is fetched: the dependencies are those of the tests' own environment."""


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """Runs a command and gives back what it printed; fails with its own words if it failed."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", *ALONE, "--wheel-dir", folder, ROOT, cwd=folder)
    return next(folder.glob("orgmap-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with orgmap installed from that wheel, not editable."""
    folder = tmp_path_factory.mktemp("installed")
    run(*PIP, "install", *ALONE, "--target", folder, wheel, cwd=folder)
    return folder


@pytest.fixture
def outside(installed: Path, tmp_path: Path) -> dict[str, str]:
    """The surroundings of a user: the installed packages first, a home and a cache folder of their own."""
    return {
        "PYTHONPATH": str(installed),
        "HOME": str(tmp_path),
        "ORGMAP_CACHE": str(tmp_path / "cache"),
        "COLUMNS": "120",
    }


def test_the_installed_packages_bring_their_own_data(
    installed: Path, outside: dict[str, str], tmp_path: Path
) -> None:
    code = "from orgmap.graphmodel.datafiles import data_folder; print(data_folder())"
    assert (
        Path(run(sys.executable, "-c", code, cwd=tmp_path, **outside).strip())
        == installed / "orgmap" / "data"
    )


def test_every_room_can_be_imported_outside_the_checkout(
    installed: Path, outside: dict[str, str], tmp_path: Path
) -> None:
    code = "import orgmap, orgmap.cli as c, orgmap.graphmodel as g, orgmap.loaders as l\n"
    code += "import orgmap.queries as q, orgmap.viz as v\n"
    code += "print(*(room.__file__ for room in (orgmap, c, g, l, q, v)), sep='\\n')"
    files = run(sys.executable, "-c", code, cwd=tmp_path, **outside).splitlines()
    assert all(Path(file).is_relative_to(installed) for file in files)


def test_rooms_of_other_peoples_packages_do_not_get_in_the_way(
    outside: dict[str, str], tmp_path: Path
) -> None:
    for name in ("cli", "queries", "viz", "loaders", "graphmodel"):
        (tmp_path / "others" / name).mkdir(parents=True)
        (tmp_path / "others" / name / "__init__.py").write_text("raise ImportError('the other package')")
    path = os.pathsep.join([str(tmp_path / "others"), outside["PYTHONPATH"]])
    code = "import orgmap; print(orgmap.open().find('CT9 1AA', '2013-06-01')[0]['id'])"
    found = run(sys.executable, "-c", code, cwd=tmp_path, **{**outside, "PYTHONPATH": path})
    assert found.strip() == "ccg:10E"


def test_the_installed_command_finds_a_commissioner(
    installed: Path, outside: dict[str, str], tmp_path: Path
) -> None:
    command = shutil.which("orgmap", path=str(installed / "bin"))
    assert command, "the wheel installs no command orgmap"
    assert run(command, "--version", cwd=tmp_path, **outside).strip().endswith("0.1.0")
    asked = ("find", "CT9 1AA", "--at", "2013-06-01", "--format", "json")
    answer = json.loads(run(command, *asked, cwd=tmp_path, **outside))
    assert [body["id"] for body in answer["bodies"] if body["role"] == "commissioner"] == ["ccg:10E"]
    assert list((tmp_path / "cache").glob("*.sqlite"))


def test_a_wheel_made_from_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", tmp_path, cwd=ROOT)
    sdist = next(tmp_path.glob("orgmap-*.tar.gz"))
    run(*PIP, "wheel", *ALONE, "--wheel-dir", tmp_path, sdist, cwd=tmp_path)
    again = next(tmp_path.glob("orgmap-*.whl"))
    assert contents(again) == contents(wheel)


def contents(wheel: Path) -> dict[str, int]:
    """The files in a wheel with their checksums."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.CRC for entry in archive.infolist()}


def test_the_wheel_holds_the_packages_the_data_and_the_licences_and_no_more(wheel: Path) -> None:
    names = list(contents(wheel))
    assert {name.partition("/")[0] for name in names} == {"orgmap", "orgmap-0.1.0.dist-info"}
    rooms = {"cli", "data", "graphmodel", "loaders", "queries", "server", "viz"}
    links = {path.name for path in (ROOT / "orgmap").iterdir() if path.is_symlink()}
    front = {path.name for path in (ROOT / "orgmap").iterdir()} - links - {"__pycache__"}
    assert {name.split("/")[1] for name in names if name.startswith("orgmap/")} == rooms | front
    assert "orgmap/data/README.md" in names
    assert "orgmap/data/LICENCES.md" in names
    assert "orgmap-0.1.0.dist-info/licenses/LICENSE" in names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".sqlite")]
    assert "orgmap/viz/explorer/assets/manifest.json" in names
    assert not [name for name in names if "/web/" in name or "node_modules" in name]


WRONG = """
import orgmap

with orgmap.open() as g:
    number: int = g.find("CT9 1AA")[0]["name"]
    g.find("CT9 1AA", 2013)
    g.list("ccg", on="2013")
    g.find("CT9 1AA")[0]["nmae"]
    g.fnid("CT9 1AA")
"""


def test_the_script_of_a_user_passes_mypy_strict_and_runs(
    installed: Path, outside: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("mypy")
    # As an installed package, not as a folder of sources, is how a type checker meets it.
    path = {**outside, "MYPYPATH": ""}
    shutil.copy(ROOT / "tests" / "api" / "script.py", tmp_path)
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    python = environment_with(installed, tmp_path)
    check = (sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "--no-incremental")
    assert "no issues found" in run(*check, "script.py", cwd=tmp_path, **path)
    refused = subprocess.run([*map(str, check), "wrong.py"], cwd=tmp_path, capture_output=True, text=True)
    assert [int(line.split(":")[1]) for line in refused.stdout.splitlines() if ": error:" in line] == [
        5,
        6,
        7,
        8,
        9,
    ]
    said = run(python, "script.py", cwd=tmp_path, **outside).splitlines()
    assert said[0] == "['NHS Thanet CCG'] CT9 1AA, a postcode {"
    assert said[-2:] == ["1.0 (211, 9)", "“cgc” is not a kind of body. Did you mean pcg or ccg?"]


def environment_with(installed: Path, folder: Path) -> Path:
    """An environment whose site-packages hold what was installed, and see the tests' own packages behind it."""
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    site = next((folder / "venv").glob("lib/python*/site-packages"))
    (site / "orgmap").symlink_to(installed / "orgmap")
    own = next(Path(one) for one in sys.path if one.endswith("site-packages"))
    (site / "others.pth").write_text(f"{own}\n", encoding="utf-8")
    return folder / "venv" / "bin" / "python"


def test_the_first_heading_of_the_changes_names_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    heading = re.search(r"^## (\S+) \((not released|\d{4}-\d\d-\d\d)\)$", changes(), re.M)
    assert heading
    assert heading[1] == project["version"]


def changes() -> str:
    """The changes that users notice."""
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
