"""The names on a map: inside their areas where there is room, else a number that a key explains."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.queries.structure.boundaries import AreaMap, OutlinedBody
from orgmap.viz.kit.svg_file import text_at
from orgmap.viz.kit.widths import width, wrap
from orgmap.viz.kit.words import short_name
from orgmap.viz.map.outlines import Scale, label_place

_LINE = 16.0
_MOST_NUMBERS = 40
"""With more areas to explain than this a key is no help: the table lists them."""


class Labels(NamedTuple):
    """What is written on a map, and the key to its numbers: “1 Central East”."""

    drawn: str
    key: tuple[str, ...]


def label_areas(area_map: AreaMap, scale: Scale, changed: list[OutlinedBody]) -> Labels:
    """Writes each area's name inside it; those that changed and have no room get a number, by the alphabet."""
    drawn: list[str] = []
    nameless: list[tuple[str, OutlinedBody]] = []
    for area in area_map.areas:
        words = _name(area, area_map, scale)
        drawn.append(words)
        if not words and area in changed:
            nameless.append((short_name(area.body.label, area.body.kind), area))
    if len(nameless) > _MOST_NUMBERS:
        return Labels("".join(drawn), ())
    key: list[str] = []
    for name, area in sorted(nameless, key=lambda one: (one[0], one[1].body.id)):
        number = str(len(key) + 1)
        if written := _written([number], area_map, area, scale):
            drawn.append(written)
            key.append(f"{number} {name}")
    return Labels("".join(drawn), tuple(key))


def _name(area: OutlinedBody, area_map: AreaMap, scale: Scale) -> str:
    """The name of an area on one line or up to three; blank where there is no room."""
    words = short_name(area.body.label, area.body.kind)
    for count in (1, 2, 3):
        lines = _lines(words, count)
        if len(lines) == count and (written := _written(lines, area_map, area, scale)):
            return written
    return ""


def _written(lines: list[str], area_map: AreaMap, area: OutlinedBody, scale: Scale) -> str:
    """Lines of text wholly inside an area; blank if they do not fit."""
    wide = max(width(line) for line in lines)
    place = label_place(area_map.outlines[area.outline], scale, wide + 4, len(lines) * _LINE)
    if not place:
        return ""
    top = place[1] - len(lines) * _LINE / 2 + 12.5
    return "".join(
        text_at(place[0] - width(line) / 2, top + number * _LINE, line) for number, line in enumerate(lines)
    )


def _lines(words: str, count: int) -> list[str]:
    """Words in so many lines, as narrow as they can be."""
    room = max(width(word) for word in words.split())
    while len(wrap(words, room)) > count:
        room += 4
    return wrap(words, room)
