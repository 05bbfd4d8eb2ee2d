"""Compiles the outlines: `python -m orgmap.loaders.compile.boundaries PUBLISHED [DATA]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from orgmap.graphmodel.errors import OrgmapError
from orgmap.loaders.compile.boundaries.boundaries import compile_boundaries


def main() -> int:
    """Compiles every layer and says how many areas and outlines there are."""
    parser = argparse.ArgumentParser(prog="python -m orgmap.loaders.compile.boundaries", description=__doc__)
    parser.add_argument("published", type=Path, help="folder with the published tables")
    parser.add_argument("data", type=Path, nargs="?", default=Path("data"), help="where to write")
    asked = parser.parse_args()
    try:
        made = compile_boundaries(asked.published, asked.data)
        made.write(asked.data)
    except OrgmapError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    counts = f"{len(made.layers)} layers, {len(made.areas)} areas, {len(made.outlines)} outlines"
    print(f"boundaries {counts}, {len(made.points)} points", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
