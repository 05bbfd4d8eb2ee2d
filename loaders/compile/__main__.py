"""Compiles the project's tables: `python -m orgmap.loaders.compile [PUBLISHED] [DATA] [--only NAME …]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from orgmap.graphmodel.errors import OrgmapError
from orgmap.loaders.compile import compile_dataset, datasets
from orgmap.loaders.compile.places.outside_england import write_names


def main() -> int:
    """Compiles every dataset, or those named, and says how many rows each table has."""
    try:
        parser = argparse.ArgumentParser(prog="python -m orgmap.loaders.compile", description=__doc__)
        parser.add_argument(
            "published",
            type=Path,
            nargs="?",
            default=Path("../shared"),
            help="folder with the published tables (ods/, ons/) and lists; datasets of rows alone need none",
        )
        parser.add_argument("data", type=Path, nargs="?", default=Path("data"), help="where to write")
        parser.add_argument(
            "--only", nargs="*", default=None, choices=datasets(), help="these datasets alone"
        )
        asked = parser.parse_args()
        for name in asked.only or datasets():
            dataset = compile_dataset(name, asked.published)
            dataset.write(asked.data)
            print(name, {table: len(set(rows)) for table, rows in dataset.rows.items()}, file=sys.stderr)
        if "places" in (asked.only or datasets()):
            write_names(asked.published)
    except OrgmapError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
