"""`python -m orgmap.viz.explorer FOLDER`: writes the parts of the pack as JSON, for whoever works on the page."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from orgmap.loaders.open import open_store
from orgmap.viz.explorer.pack import as_bytes, packs


def main(folder: Path) -> None:
    """Writes each part as FOLDER/PART.json and says how large it is."""
    folder.mkdir(parents=True, exist_ok=True)
    with open_store() as store:
        for name, part in packs(store).items():
            written = as_bytes(part)
            (folder / f"{name}.json").write_bytes(written)
            print(f"{name}: {len(written):,} bytes, {len(gzip.compress(written, 9)):,} compressed")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
