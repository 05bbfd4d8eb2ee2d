"""Rules about places: a postcode in one place, and shares that are parts of one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgmap.graphmodel.stores.postcode_words import FORM
from orgmap.loaders.check.cells import number
from orgmap.loaders.check.world import Finding, World
from orgmap.loaders.halves import HALVES, halves_in

_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?", re.ASCII)
_INWARD = re.compile(r"[0-9][A-Z]{2}", re.ASCII)


def postcode(world: World) -> Iterator[Finding]:
    """Postcodes of another form, and postcodes in two places."""
    if not _well_formed(world):
        yield from _badly_formed(world)


def _well_formed(world: World) -> bool:
    """Whether all postcodes have the form of one, and each stands there once: told of all of them at once."""
    import numpy as np

    outcodes = world.column("postcodes", "outcode")
    halves = halves_in(world.column("postcodes", "inward"))
    numbers = {outcode: number for number, outcode in enumerate(world.distinct("postcodes", "outcode"))}
    if halves is None or not all(map(_OUTCODE.fullmatch, numbers)):
        return False
    first = np.fromiter(map(numbers.__getitem__, outcodes), dtype=np.int64, count=len(outcodes))
    whole = np.sort(first[halves.rows] * HALVES + halves.numbers)
    return not (whole[1:] == whole[:-1]).any()


def _badly_formed(world: World) -> Iterator[Finding]:
    halves: dict[str, list[str]] = {}
    for outcode, inward in world.cells("postcodes", "outcode", "inward"):
        halves.setdefault(outcode, []).append(inward)
    bad_inward: set[str] = set()
    bad_outcodes = {outcode for outcode in halves if not _OUTCODE.fullmatch(outcode)}
    twice: set[str] = set()
    known: set[str] = set()
    for outcode, texts in halves.items():
        parts = " ".join(texts).split(" ")
        different = set(parts)
        known.update(different)
        if len(different) < len(parts):
            twice.add(outcode)
    bad_inward = {half for half in known if not _INWARD.fullmatch(half)}
    if bad_inward or bad_outcodes or twice:
        yield from _told(world, bad_inward, bad_outcodes, twice)


def _told(world: World, bad_inward: set[str], bad_outcodes: set[str], twice: set[str]) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for row, (outcode, inward) in enumerate(world.cells("postcodes", "outcode", "inward")):
        for half in inward.split(" "):
            if outcode in bad_outcodes or half in bad_inward:
                yield world.fault("postcode", "postcodes", row, f"“{outcode} {half}” is not a postcode.")
            elif outcode in twice:
                if (outcode, half) in seen:
                    yield world.fault("postcode", "postcodes", row, f"{outcode} {half} stands in two places.")
                seen.add((outcode, half))


def earlier(world: World) -> Iterator[Finding]:
    """What lists said of postcodes earlier, where it is not written as it should be."""
    if not all(map(FORM.fullmatch, world.distinct("postcodes", "earlier"))):
        for row, (cell,) in enumerate(world.cells("postcodes", "earlier")):
            if not FORM.fullmatch(cell):
                yield world.fault(
                    "earlier", "postcodes", row, f"“{cell[:40]}” is not what a list said earlier."
                )


def whole(world: World) -> Iterator[Finding]:
    """Named places whose shares add up to more than their people."""
    sums: dict[tuple[str, ...], float] = {}
    names = ("name", "kind", "within", "called", "share")
    for row, (*place, share) in enumerate(world.cells("place_names", *names)):
        if share and share != "1":
            key = tuple(place)
            sums[key] = sums.get(key, 0.0) + (number(share) or 0.0)
            if sums[key] > 1.01:
                yield world.fault(
                    "whole", "place_names", row, f"with it the shares of {place[0]} are {sums[key]:.4g}."
                )


def parent(world: World) -> Iterator[Finding]:
    """Neighbourhoods that lie in themselves, or in one that lies in another again."""
    inner = {code for code, above in world.cells("neighbourhoods", "code", "parent") if above}
    for row, (code, above) in enumerate(world.cells("neighbourhoods", "code", "parent")):
        if above == code or (above and above in inner):
            yield world.fault(
                "parent", "neighbourhoods", row, f"lies in {above}, which lies in another itself."
            )


RULES = (postcode, earlier, whole, parent)
