"""Compares every published table with the graph and writes the page: `python -m tests.truth SHARED PAGE`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main() -> int:
    """Writes the page; 1 if something agrees too seldom or a table is neither compared nor listed."""
    parser = argparse.ArgumentParser(prog="python -m tests.truth", description=__doc__)
    parser.add_argument("shared", type=Path, help="folder with the published tables (data/ods, data/ons)")
    parser.add_argument("page", type=Path, help="the page to write")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="tables asked side by side")
    parser.add_argument("--most", type=int, default=100_000, help="of longer tables so many rows are asked")
    parser.add_argument(
        "--whole", action="store_true", help="ask all names of places, bodies and councils: an hour"
    )
    asked = parser.parse_args()
    if not (asked.shared / "data").is_dir():
        print(f"{asked.shared} has no folder data: the published tables are not here.", file=sys.stderr)
        return 2
    os.environ["ORGMAP_SHARED"] = str(asked.shared.resolve())
    if asked.whole:
        os.environ["ORGMAP_TRUTH"] = "whole"
    from tests.truth.page import page

    text, failed = page(asked.workers, asked.most)
    asked.page.parent.mkdir(parents=True, exist_ok=True)
    asked.page.write_text(text, encoding="utf-8")
    for sentence in failed:
        print(sentence, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
