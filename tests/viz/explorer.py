"""The model of the explorer's page, asked in node: the same TypeScript that runs in the browser, on the same data."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from orgmap.viz.explorer.columns import Json
from orgmap.viz.explorer.pack import as_bytes

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "viz" / "explorer" / "web"
MINUTES = 600
"""Seconds after which node is given up."""


class Model:
    """The parts of a pack, and the model that answers from them."""

    def __init__(self, folder: Path, parts: dict[str, Json], script: Path) -> None:
        self._folder, self._script, self.parts = folder, script, parts
        for name, part in self.parts.items():
            (folder / f"{name}.json").write_bytes(as_bytes(part))

    def answers(self, questions: Sequence[dict[str, Any]]) -> list[Any]:
        """What the model answers to each question; an error as text."""
        asked = self._folder / "questions.json"
        asked.write_text(json.dumps(questions), encoding="utf-8")
        done = subprocess.run(
            ["node", str(self._script), str(self._folder), str(asked)],
            capture_output=True,
            timeout=MINUTES,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()[:2000]
        return [one.get("answer", one.get("error")) for one in json.loads(done.stdout)["answers"]]

    def places(self) -> list[str]:
        """What a person may type to mean each named place."""
        part = self.parts["places"]
        texts = part["texts"]
        called = dict(zip(accumulate(part["called"]["k"]), part["called"]["v"], strict=True))
        local = {"town", "place", "parish", "neighbourhood", "ward"}
        found = []
        for number, name in enumerate(part["name"]):
            sort = texts[part["kind"][number]].partition(" (")[0]
            lying = f", {texts[part['within'][number]]}" if sort in local else ""
            found.append(f"{called.get(number) or name}{lying} ({sort})")
        return found


def built(folder: Path) -> Path:
    """The script that asks the model, built with esbuild; skips where node or the build's packages are not there."""
    esbuild = WEB / "node_modules" / ".bin" / "esbuild"
    if not shutil.which("node") or not esbuild.exists():
        pytest.skip("node or viz/explorer/web/node_modules is not here: `make assets` gets the packages")
    script = folder / "asked.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", "--target=es2022", "--log-level=error"]
    command = [str(esbuild), "src/model/asked.ts", *options, f"--outfile={script}"]
    subprocess.run(command, cwd=WEB, check=True, timeout=MINUTES)
    return script
