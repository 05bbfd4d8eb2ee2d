"""Folding releases of every sort into the tables."""

from __future__ import annotations

from collections.abc import Sequence

from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import Loaded


def fold_all(tables: Tables, releases: Sequence[Loaded]) -> None:
    """Folds in lists of postcodes, then registers of bodies, then what names those bodies by codes.

    How far the bundled tables know is asked before anything is folded in.
    """
    known_to = {name: str(about.get("horizon", "")) for name, about in tables.about.items()}
    lists = [one for one in releases if one.release.family.lists_postcodes]
    looks = [one for one in releases if one.release.family.tells_areas]
    registers = [one for one in releases if one not in lists and one not in looks]
    if lists:
        from orgmap.loaders.releases.postcodes.folding import fold_postcodes

        tables.of_postcodes = fold_postcodes(tables, lists)
    if registers:
        from orgmap.loaders.releases.fold import Folding

        folding = Folding(tables)
        folding.fold(registers)
        tables.remarks, tables.tallies = folding.remarks, folding.tallies
    if looks:
        from orgmap.loaders.releases.areas.folding import fold_lookups

        tables.of_lookups = fold_lookups(tables, looks, known_to)
