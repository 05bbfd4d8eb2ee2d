"""The maps themselves as SVG: in a page each by itself, so that a narrow window puts them below each other."""

from __future__ import annotations

from collections import Counter

from orgmap.graphmodel.statuses import opening
from orgmap.queries.structure.areas_ahead import Ring
from orgmap.queries.structure.backdrop import MarkedPlace
from orgmap.queries.structure.boundaries import AreaMap, OutlinedBody
from orgmap.viz.kit.plans import PLANNED_DASHES
from orgmap.viz.kit.svg import Attributes, el, esc, num
from orgmap.viz.kit.svg_file import WIDTH, text_at
from orgmap.viz.kit.widths import width
from orgmap.viz.kit.words import date_words, how_many
from orgmap.viz.map.colours import CALM, Colours
from orgmap.viz.map.labels import is_dashed, is_planned, label_areas, map_name
from orgmap.viz.map.outlines import FINE, Scale, scale_for, shape
from orgmap.viz.map.tables import DERIVED, WORDS, area_state, outline_words

_HEIGHT = 612.0
_HEAD = 26.0
_ROW = 17.0

Gaps = list[tuple[str, tuple[tuple[Ring, ...], ...]]]
"""For each map why there are gaps in it, and the outlines that lie in these."""


def derived_areas(area_map: AreaMap) -> list[OutlinedBody]:
    """The areas of bodies in force whose outlines were joined from others."""
    return [
        area
        for area in area_map.areas
        if outline_words(area, area_map) == DERIVED and not is_planned(area, area_map)
    ]


class MapDrawing:
    """One map, or two beside each other, drawn in one scale."""

    def __init__(self, maps: list[AreaMap], colours: Colours, asked: MarkedPlace | None, gaps: Gaps) -> None:
        self.maps, self._colours, self._asked, self._gaps = maps, colours, asked, gaps
        rings = [ring for area_map in maps for outline in area_map.outlines.values() for ring in outline]
        rings += [ring for _, found in gaps for outline in found for ring in outline]
        rings += asked.rings if asked else ()
        self.css = ""
        self._room = WIDTH - 24.0 if len(maps) == 1 else WIDTH / 2 - 24.0
        self._scale: Scale = scale_for(rings, (self._room, _HEIGHT))

    def svg(self, label: str, form: str) -> tuple[str, float]:
        """The maps as markup, and how high they are: for a page several pictures, for a file one."""
        outlines = {number: rings for area_map in self.maps for number, rings in area_map.outlines.items()}
        shapes = [
            el("path", {"id": f"o{number}", "d": shape(rings, self._scale)})
            for number, rings in outlines.items()
        ]
        defs = el("defs", {}, *shapes)
        beside, wide = self._beside() if len(self.maps) == 1 else ("", 0.0)
        height = (_HEIGHT if beside else self._scale.height) + _HEAD + 2
        half = WIDTH / 2
        room = half if len(self.maps) > 1 else self._scale.width + 24 if beside else WIDTH
        drawn = [self._one(number, room) for number in range(len(self.maps))]
        pieces = [(one, room) for one in drawn] + ([(beside, wide)] if beside else [])
        if form == "svg":
            lefts = [sum(size for _, size in pieces[:number]) for number in range(len(pieces))]
            moved = [
                el("g", {"transform": f"translate({num(left)} 0)"}, one)
                for (one, _), left in zip(pieces, lefts, strict=True)
            ]
            return el("svg", _frame(WIDTH, height, label), defs, *moved), height
        # Each as wide beside the others as it is drawn, so that all have the same scale.
        self.css = "".join(
            f".maps svg:nth-child({number}){{flex:{size:.0f} 1 0}}"
            for number, (_, size) in enumerate(pieces, start=1)
        )
        svgs = [
            el("svg", _frame(size, height, label), *([defs] if number == 0 else []), one)
            for number, (one, size) in enumerate(pieces)
        ]
        return el("div", {"class": "maps"}, *svgs), height

    def _one(self, number: int, room: float) -> str:
        """One map with its heading, its areas as links, and what is written on them."""
        area_map, scale = self.maps[number], self._scale
        left = max(12.0, (room - scale.width) / 2)
        estimated, derived = area_map.layer.estimated, derived_areas(area_map)
        head = f"{date_words(area_map.at)}{_counted(area_map)}"
        if estimated:
            head += " (areas estimated)"
        elif derived:
            how_made = f" ({len(derived)} outline{'s' * (len(derived) > 1)} derived)"
            head += how_made if width(f"{head}{how_made}", bold=True) <= self._room else ""
        # Derived outlines come late and planned ones last, so that no solid one covers their dots and dashes.
        drawn = sorted(
            area_map.areas,
            key=lambda area: (area in derived, is_dashed(area, area_map), is_planned(area, area_map)),
        )
        areas = [self._area(area, number) for area in drawn]
        gaps = [el("path", {"class": "gap", "d": shape(rings, scale)}) for rings in self._gaps[number][1]]
        asked = el("path", {"class": "asked", "d": shape(self._asked.rings, scale)}) if self._asked else ""
        place: Attributes = {"transform": f"translate({num(left)} {num(_HEAD)}) scale({FINE})"}
        shown: Attributes = {"transform": f"translate({num(left)} {num(_HEAD)})"}
        names = label_areas(area_map, scale, self._colours.numbers[number])
        return el(
            "g",
            {"class": "estimated" if estimated else None, "data_map": area_map.at},
            text_at(12.0, 16, head, "b"),
            el("g", place, *gaps, *areas, asked),
            el("g", shown, el("g", {"class": "names", "aria_hidden": "true"}, names)),
        )

    def _area(self, area: OutlinedBody, number: int) -> str:
        """An area as a link to its row; its name is its title, for pointers and screen readers alike."""
        body, area_map = area.body, self.maps[number]
        state = area_state(area, area_map, self.maps)
        planned = map_name(area, area_map)[1:]
        words = (body.label, *planned, outline_words(area, area_map), "" if planned else WORDS[state])
        said = ", ".join(word for word in words if word)
        dashed = is_dashed(area, area_map)
        derived = outline_words(area, area_map) == DERIVED and not dashed
        fill = self._colours.fills[number].get(body.id, CALM)
        attributes: Attributes = {
            "href": f"#{body.id}",
            "data_id": body.id,
            "data_with": self._colours.numbers[number].get(body.id),
            "class": "derived" if derived else "planned" if dashed else None,
            "fill": fill,
        }
        drawn = el(
            "use", {"href": f"#o{area.outline}", "stroke-dasharray": PLANNED_DASHES if dashed else None}
        )
        under = el("use", {"class": "under", "href": f"#o{area.outline}"}) if derived else ""
        return el("a", attributes, el("title", {}, esc(said)), under, drawn)

    def _beside(self) -> tuple[str, float]:
        """The names of the areas beside a single map, in as many columns as there is room for; and how wide."""
        area_map = self.maps[0]
        start, room = 12.0, WIDTH - self._scale.width - 24 - 12
        rows = int((_HEIGHT - 4) // _ROW)
        names = [(", ".join(map_name(area, area_map)), area.body) for area in area_map.areas]
        left, out = start, []
        for first in range(0, len(names), rows):
            column = names[first : first + rows]
            wide = max(width(words) for words, _ in column)
            if left + wide > room:
                return "", 0.0
            for number, (words, body) in enumerate(column):
                attributes: Attributes = {
                    "class": "told",
                    "href": f"#{body.id}",
                    "data_id": body.id,
                    "aria_label": body.label,
                    "tabindex": "-1",
                }
                out.append(el("a", attributes, text_at(left, _HEAD + 14 + number * _ROW, words)))
            left += wide + 24
        return el("g", {}, *out), WIDTH - self._scale.width - 24


def _frame(wide: float, height: float, label: str) -> Attributes:
    return {
        "class": "map",
        "viewBox": f"0 0 {num(wide)} {num(height)}",
        "width": wide,
        "height": height,
        "role": "group",
        "aria_label": label,
    }


def _counted(area_map: AreaMap) -> str:
    """How many areas are drawn; those of plans apart from those in force."""
    plans = [area.body.status for area in area_map.areas if is_planned(area, area_map)]
    ending = sum(is_dashed(area, area_map) for area in area_map.areas) - len(plans)
    count = how_many(len(area_map.areas) - len(plans), area_map.layer.kind)
    words = f", as last known: {count}" if area_map.to_come else f": {count}"
    words += f" ({ending} to end by a plan)" if ending else ""
    asked = Counter(map(opening, plans))
    return words + "".join(f", {number} {word}" for word, number in sorted(asked.items()))
