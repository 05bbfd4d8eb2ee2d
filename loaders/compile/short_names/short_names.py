"""Short names and initials that everyday use gives to bodies: BLMK, NENC, K&C.

They stand in `data/curated/short_names/short_names.csv`: a row has the names, divided by “; ”,
and the ids of the bodies that are called so, divided by blanks. The bodies themselves come from other datasets.
"""

from __future__ import annotations

from pathlib import Path

from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.curated import lines
from orgmap.loaders.dataset import About, Dataset

ABOUT = About(
    title="Short names of bodies",
    description="Initials and short names by which people of the field call boards, groups, trusts and councils.",
    publisher="Collected by hand",
    licence="None: single words in common use",
    attribution="Short names were collected by hand.",
    coverage="England, from 2006 on; those in common use, not all",
    as_of="2026-10-09",
    horizon="2026-10-09",
)


def compile_dataset(published: Path) -> Dataset:
    """Compiles the list; nothing published is needed for it."""
    dataset = Dataset("short_names", ABOUT)
    source = cite(dataset, "curated")
    for where, row in lines("short_names/short_names", "names", "bodies"):
        for name in row["names"].split("; "):
            for body in row["bodies"].split():
                dataset.add(
                    "names",
                    entity=body,
                    name=name,
                    use="alias" if " " in name else "abbreviation",
                    source=source,
                    locator=f"line {where.rpartition(':')[2]}",
                )
    return dataset
