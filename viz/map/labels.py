"""The names on a map: inside their areas where there is room, else a number that a key explains."""

from __future__ import annotations

from orgmap.queries.structure.boundaries import AreaMap, OutlinedBody
from orgmap.viz.kit.svg_file import text_at
from orgmap.viz.kit.widths import width, wrap
from orgmap.viz.kit.words import in_words, short_name
from orgmap.viz.map.outlines import Scale, label_place

_LINE = 16.0
_OVER = 0.42
"""The part of a name that lies inside its area at least, where it may reach over the border."""

Box = tuple[float, float, float, float]
"""Where words stand: left, top, right, bottom."""

MOST_NUMBERS = 40
"""With more areas to explain than this a key is no help: the table lists them."""


def label_areas(area_map: AreaMap, scale: Scale, numbers: dict[str, str]) -> str:
    """Writes each area's name inside it, with its number if it has one, or the number alone.

    Where nothing fits wholly, names of large areas may reach over their borders; no two ever touch.
    """
    drawn: list[str] = []
    taken: list[Box] = []
    nameless: list[OutlinedBody] = []
    # Where areas lie over each other what a plan would make has the room; what it ends stands in the key.
    planned = any(is_planned(area, area_map) for area in area_map.areas)
    for area in sorted(area_map.areas, key=lambda area: _rank(area, area_map)):
        number = numbers.get(area.body.id, "")
        below = planned and _rank(area, area_map) == 2
        words = "" if below else _name(area, area_map, scale, taken, number)
        if not words and number:
            words = _written([number], area_map, area, scale, taken)
        drawn.append(words)
        if not words and not below:
            nameless.append(area)
    for area in sorted(nameless, key=lambda area: -_size(area, area_map)):
        number = numbers.get(area.body.id, "")
        lines = [number] if number else map_name(area, area_map)[:1]
        over = number or (not area_map.marks and not area_map.unsettled)
        drawn.append(_over(lines, area_map, area, scale, taken) if over else "")
    return "".join(drawn)


def _size(area: OutlinedBody, area_map: AreaMap) -> int:
    xs, ys = zip(*(point for ring in area_map.outlines[area.outline] for point in ring), strict=True)
    return int((max(xs) - min(xs)) * (max(ys) - min(ys)))


def _over(lines: list[str], area_map: AreaMap, area: OutlinedBody, scale: Scale, taken: list[Box]) -> str:
    """A name of which a good part lies in its area, clear of all others; blank if there is no such place."""
    for count in (1, 2, 3):
        split = _lines(lines[0], count)
        if len(split) == count and (said := _written(split, area_map, area, scale, taken, _OVER)):
            return said
    return ""


def map_name(area: OutlinedBody, area_map: AreaMap) -> list[str]:
    """The short name of a body on a map, and what a plan says of it by that day, in words."""
    mark = area_map.marks.get(area.body.id)
    name = short_name(area.body.label, area.body.kind)
    said = [in_words(mark.words)] if mark and mark.dashed else []
    open_part = ["known only in part"] if area.body.id in area_map.unsettled else []
    return [name, *said, *open_part]


def is_dashed(area: OutlinedBody, area_map: AreaMap) -> bool:
    """Whether an area is there, or there no longer, only by a plan."""
    mark = area_map.marks.get(area.body.id)
    return mark is not None and mark.dashed


def is_planned(area: OutlinedBody, area_map: AreaMap) -> bool:
    """Whether only a plan says that a body will be there."""
    return is_dashed(area, area_map) and area_map.marks[area.body.id].begins


def _rank(area: OutlinedBody, area_map: AreaMap) -> int:
    return 0 if is_planned(area, area_map) else 2 if is_dashed(area, area_map) else 1


def _name(area: OutlinedBody, area_map: AreaMap, scale: Scale, taken: list[Box], number: str) -> str:
    """The name of an area on one line or up to three; blank where there is no room. A plan's words stand below it."""
    name, *said = map_name(area, area_map)
    name = f"{number} {name}" if number else name
    for count in (1, 2, 3):
        lines = _lines(name, count)
        if len(lines) != count:
            continue
        for below in (1, 2, 3) if said else (0,):
            words = _lines(", ".join(said), below) if below else []
            if written := _written([*lines, *words], area_map, area, scale, taken):
                return written
    return ""


def _written(
    lines: list[str],
    area_map: AreaMap,
    area: OutlinedBody,
    scale: Scale,
    taken: list[Box],
    inside: float = 1.0,
) -> str:
    """Lines of text inside an area (wholly, or that part of them) and clear of what is written; blank if they do not
    fit, or would leave the map."""
    wide = max(width(line) for line in lines)
    high = len(lines) * _LINE
    place = label_place(area_map.outlines[area.outline], scale, (wide + 4) * inside, high * inside)
    if not place:
        return ""
    half = (wide + 4) / 2, len(lines) * _LINE / 2
    box = (place[0] - half[0], place[1] - half[1], place[0] + half[0], place[1] + half[1])
    if any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    ):
        return ""
    if box[0] < 0 or box[1] < 0 or box[2] > scale.width or box[3] > scale.height:
        return ""
    taken.append(box)
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
