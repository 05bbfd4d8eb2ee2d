"""The script and the style sheet of the explorer come from the sources beside them, and from nothing else."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "viz" / "explorer" / "web"
ASSETS = ROOT / "viz" / "explorer" / "assets"
MADE = {"node_modules", "build"}
AGAIN = "build them again: make assets"


def manifest() -> dict[str, Any]:
    """What the build wrote of the assets: their names, their hashes, the hash of their sources."""
    read: dict[str, Any] = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))
    return read


def sha256(content: bytes) -> str:
    """The hash in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sources() -> list[str]:
    """The files the assets are built from, as paths inside their folder."""
    inside = [path.relative_to(WEB) for path in WEB.rglob("*") if path.is_file()]
    return sorted(
        path.as_posix()
        for path in inside
        if not MADE & set(path.parts) and not any(part.startswith(".") for part in path.parts)
    )


def npm(*command: str) -> str:
    """Runs one of the package's own scripts and gives back what it printed; skips where Node is not ready."""
    if not shutil.which("npm"):
        pytest.skip("no Node here: the assets cannot be built again")
    if not (WEB / "node_modules").is_dir():
        pytest.skip("the packages of the explorer's page are not fetched: make assets")
    done = subprocess.run(["npm", "run", "--silent", *command], cwd=WEB, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_assets_were_built_from_the_sources_that_lie_beside_them() -> None:
    lines = "".join(f"{sha256((WEB / path).read_bytes())}  {path}\n" for path in sources())
    assert manifest()["sources"] == sha256(lines.encode()), AGAIN


def test_every_asset_is_as_it_was_built_and_there_is_no_other() -> None:
    files = {
        path.name: sha256(path.read_bytes()) for path in ASSETS.iterdir() if path.name != "manifest.json"
    }
    assert files == manifest()["files"], AGAIN
    assert {manifest()["script"], manifest()["style"]} < set(files)


def test_the_assets_fetch_postcodes_at_most_and_run_no_text() -> None:
    script = (ASSETS / manifest()["script"]).read_text(encoding="utf-8")
    style = (ASSETS / manifest()["style"]).read_text(encoding="utf-8")
    assert not re.findall(r"\beval\(|new Function\(|XMLHttpRequest|WebSocket|sendBeacon", script)
    # Only of where the page comes from, if that says who can be asked; in a file the policy forbids it.
    assert len(re.findall(r"(?<![.\w}])fetch\(", script)) == 1
    assert re.search(r"(?<![.\w}])fetch\(\w+\?`\$\{\w+\}/postcodes/", script)
    assert not re.findall(r"url\(\s*['\"]?(?!data:)|@import", style)


def test_every_package_that_is_bundled_has_its_licence_in_the_list() -> None:
    listed = re.findall(
        r"^## (\S+) \S+ \((.+)\)$", (ASSETS / "LICENCES.md").read_text(encoding="utf-8"), re.M
    )
    direct = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {name for name, _ in listed} & set(direct)
    assert {licence for _, licence in listed} <= {"MIT", "ISC", "BSD-3-Clause", "0BSD"}


def test_every_package_is_pinned() -> None:
    package = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_the_build_gives_the_same_bytes_again(tmp_path: Path) -> None:
    npm("build", "--", "--into", str(tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in ASSETS.iterdir()
    }, AGAIN


def test_the_sources_pass_the_type_checker() -> None:
    npm("check")


def test_the_scripts_own_tests_pass() -> None:
    npm("test")
