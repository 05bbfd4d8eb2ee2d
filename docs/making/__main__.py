"""Builds the site: `python -m docs.making build/site`, from the checkout's top folder; `make site` does it."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.making.site import build

if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "build/site")
    problems = build(target)
    print(problems or f"The site is in {target}: open {target / 'index.html'}", file=sys.stderr)
    sys.exit(1 if problems else 0)
