"""Folding releases of every sort into the tables."""

from __future__ import annotations

from collections.abc import Sequence

from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import Loaded


def fold_all(tables: Tables, releases: Sequence[Loaded]) -> None:
    """Folds lists of postcodes in, then registers of bodies; neither looks at what the other tells."""
    lists = [one for one in releases if one.release.family.lists_postcodes]
    registers = [one for one in releases if one not in lists]
    if lists:
        from orgmap.loaders.releases.postcodes.folding import fold_postcodes

        tables.of_postcodes = fold_postcodes(tables, lists)
    if registers:
        from orgmap.loaders.releases.fold import Folding

        folding = Folding(tables)
        folding.fold(registers)
        tables.remarks, tables.tallies = folding.remarks, folding.tallies
