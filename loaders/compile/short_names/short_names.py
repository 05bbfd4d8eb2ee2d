"""Short names and initials that everyday use gives to bodies: BLMK, NENC, K&C.

They stand in `data/curated/short_names/short_names.csv`: a row has the names, divided by “; ”,
and the ids of the bodies that are called so, divided by blanks. The bodies themselves come from other datasets.
"""

from __future__ import annotations

from pathlib import Path

from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.curated import lines


def compile_dataset(published: Path) -> Compiled:
    """Compiles the list; nothing published is needed for it."""
    dataset = Compiled("short_names")
    for where, row in lines("short_names/short_names", "names", "bodies"):
        locator = f"line {where.rpartition(':')[2]}"
        for name in row["names"].split("; "):
            use = "alias" if " " in name else "abbreviation"
            for body in row["bodies"].split():
                dataset.add_name(body, name, use, "curated", locator=locator)
    return dataset
