"""Rules about places: a postcode in one place, and shares that are parts of one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgmap.loaders.check.cells import number
from orgmap.loaders.check.world import Finding, World

_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?", re.ASCII)
_INWARD = re.compile(r"[0-9][A-Z]{2}", re.ASCII)


def postcode(world: World) -> Iterator[Finding]:
    """Postcodes of another form, and postcodes in two places."""
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


RULES = (postcode, whole, parent)
