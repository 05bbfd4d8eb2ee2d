"""Prints the oldest versions that pyproject.toml allows, as constraints for pip: `python -m tests.lowest`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

OLDEST = re.compile(r"([a-z0-9-]+)>=([0-9.]+)")
EXTRAS = ("neo4j", "export", "pictures", "serve")


def lowest() -> list[str]:
    """The packages that the program itself needs, each with its oldest version."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]
    extras = [need for name in EXTRAS for need in project["optional-dependencies"][name]]
    found = [OLDEST.match(need) for need in [*project["dependencies"], *extras]]
    return [f"{one[1]}=={one[2]}" for one in found if one]


if __name__ == "__main__":
    print("\n".join(lowest()))
