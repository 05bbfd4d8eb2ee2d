"""Where a postcode lies by the postcode nearest to it: for lists that give points and no neighbourhoods."""

from __future__ import annotations

import numpy as np

from orgmap.loaders.releases.postcodes.columns import Numbers

CELL = 1_000
"""Metres of a cell of the grid: the nearest postcode is looked for in a cell and those around it."""

_ACROSS = 10_000
_AROUND = [east * _ACROSS + north for east in (-1, 0, 1) for north in (-1, 0, 1)]


def nearest(
    east: Numbers, north: Numbers, codes: Numbers, known: Numbers, wanted: Numbers, none: int
) -> Numbers:
    """For each `wanted` postcode the code of the nearest `known` one within a kilometre or two; `none` without one."""
    found = np.full(len(codes), none, np.int64)
    cells = (east.astype(np.int64) // CELL) * _ACROSS + north.astype(np.int64) // CELL
    there = np.flatnonzero(known & (east >= 0))
    there = there[np.argsort(cells[there], kind="stable")]
    in_cells = cells[there]
    for place in np.flatnonzero(wanted).tolist() if len(there) else ():
        near = np.concatenate(
            [
                there[slice(*np.searchsorted(in_cells, [cells[place] + step, cells[place] + step + 1]))]
                for step in _AROUND
            ]
        )
        if len(near):
            away = (east[near].astype(np.int64) - east[place]) ** 2 + (
                north[near].astype(np.int64) - north[place]
            ) ** 2
            found[place] = codes[near[np.argmin(away)]]
    return found
