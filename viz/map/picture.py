"""Maps of bodies' areas on one day or two, side by side: the page and the plain SVG."""

from __future__ import annotations

from collections import Counter

from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.statuses import PLANS, opening
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.structure.boundaries import AreaMap, OutlinedBody, area_maps, passing
from orgmap.viz.kit.page import page_html
from orgmap.viz.kit.palette import tiers
from orgmap.viz.kit.plans import PLANNED_DASHES
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import Attributes, el, esc, num
from orgmap.viz.kit.svg_file import WIDTH, svg_file, text_at
from orgmap.viz.kit.widths import FONTS, width
from orgmap.viz.kit.words import date_words, how_many, in_words, listed
from orgmap.viz.map.labels import MOST_NUMBERS, Labels, is_dashed, is_planned, label_areas, map_name
from orgmap.viz.map.outlines import FINE, Scale, scale_for, shape
from orgmap.viz.map.tables import DERIVED, TABLE_CSS, WORDS, area_state, area_table, outline_words

_HEIGHT = 612.0
_HEAD = 26.0
_ROW = 17.0

_CSS = f"""
.map text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}
.map .b{{font-weight:700}}
.map .names text{{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round;pointer-events:none}}
.map a{{cursor:pointer;text-decoration:none}}
.map a:focus{{outline:none}}
.map a>use{{stroke:#333;stroke-width:1.7;fill-opacity:.24}}
.map .estimated a>use{{stroke-dasharray:8 4}}
.map .derived>use{{stroke-dasharray:2 4;stroke-width:2.4}}
.map .derived .under{{stroke:#fff;stroke-dasharray:none;fill:#fff;fill-opacity:1}}
.map .planned>use{{stroke-width:2.4;fill-opacity:.1}}
.map .hatch{{fill:none;stroke:#1a1a1a;stroke-width:1.4;pointer-events:none}}
.map a:hover>use:last-child{{fill-opacity:.6}}
.map a:focus>use:last-child{{fill-opacity:.7;stroke:#000;stroke-width:7;stroke-dasharray:none}}
.map a.told:focus{{outline:3px solid #1a1a1a}}
.pointed{{margin:0;font-size:15px;min-height:22px}}
{TABLE_CSS}"""

_SCRIPT = """
(() => {
  "use strict";
  const told = document.getElementById("pointed");
  const tell = (event) => {
    const link = event.target.closest && event.target.closest(".map a[data-id]");
    if (link && told) told.textContent = link.getAttribute("aria-label") || link.querySelector("title").textContent;
  };
  document.addEventListener("mouseover", tell);
  document.addEventListener("focusin", tell);
})();
"""


def draw_map(
    store: Store,
    days: list[str],
    form: str = "html",
    kind: str | None = None,
    within: str | None = None,
    include: Include = IN_FORCE,
) -> str:
    """Draws the areas of bodies on a day, or on two days side by side with what changed.

    Without a kind it draws those that commissioned on the day; where the kind asked for is of one day only, the
    other map shows the kind that came in its place. Plans that `include` asks for are dashed and say so. Raises
    `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_map(store, ["2020-03-31", "2020-04-01"], within="Kent and Medway")
    >>> "NHS Thanet CCG" in page and "Contains OS data" in page
    True
    """
    maps = area_maps(store, days, kind, within, include)
    changes = passing(store, maps)
    names = [f"{kinds()[area_map.layer.kind].plural} on {date_words(area_map.at)}" for area_map in maps]
    if len(maps) > 1 and maps[0].layer.kind == maps[1].layer.kind:
        names[1] = date_words(maps[1].at)
    title = f"{maps[0].place}: {' and '.join(names)}"
    lead = "The areas of these bodies." + (
        " Hatched: an area that no body has on the other day." if len(maps) > 1 else ""
    )
    scale = _scale(maps)
    labels = [label_areas(area_map, scale, _numbered(area_map, maps)) for area_map in maps]
    picture, height = _svg(maps, scale, labels, f"{title}. {lead}")
    keys = _keys(maps, labels)
    sources = {**changes.sources, **{key: one for area_map in maps for key, one in area_map.sources.items()}}
    references = References(sources)
    pointed = '<p class="pointed screen" id="pointed">Point at an area, or press Tab, for its name.</p>'
    tables = (area_table(maps, changes, references),)
    if form == "svg":
        lines = [f"{head} {said}" for head, said in keys]
        lines += [f"{head} {said}" for head, said in _plan_rows(maps)]
        lines += [f"Note: {note}" for note in _notes(maps)] if any(one.to_come for one in maps) else []
        return svg_file(
            picture, height, title, lead, _CSS, "map", (*dict.fromkeys(lines), *references.lines())
        )
    notes = tuple(dict.fromkeys(note for note in _notes(maps)))
    return page_html(
        title,
        lead,
        pointed + picture,
        (*keys, *_legend(maps)),
        notes,
        tables,
        references.listed(),
        _CSS,
        _SCRIPT,
    )


def _notes(maps: list[AreaMap]) -> list[str]:
    """The notes below; with days as people write them where one is to come, as plans are told so elsewhere."""
    notes = [note for area_map in maps for note in (*area_map.notes, *_missing(area_map))]
    return [in_words(note) for note in notes] if any(one.to_come for one in maps) else notes


def _missing(area_map: AreaMap) -> list[str]:
    planned = [body for body in area_map.missing if body.status in PLANS]
    in_force = [body for body in area_map.missing if body not in planned]
    day, out = date_words(area_map.at), "without an outline in the tables"
    return [
        f"{said} on {day}, but {out}: {', '.join(body.label for body in bodies)}."
        for said, bodies in (("In force", in_force), ("By a plan there", planned))
        if bodies
    ]


def _plan_rows(maps: list[AreaMap]) -> list[tuple[str, str]]:
    """What a dashed outline means, and which areas are to end: they lie below those that are planned."""
    marks = [mark for area_map in maps for mark in area_map.marks.values() if mark.dashed]
    if not marks:
        return []
    rows = [
        (
            "Dashed outline:",
            "by a plan, as its words say; the area of a planned body is joined from those that it would cover.",
        )
    ]
    for area_map in maps:
        ending = [
            ", ".join(map_name(area, area_map))
            for area in area_map.areas
            if is_dashed(area, area_map) and not area_map.marks[area.body.id].begins
        ]
        if 0 < len(ending) <= MOST_NUMBERS:
            rows.append((f"To end by {date_words(area_map.at)}:", f"{'; '.join(ending)}."))
    return rows


def _legend(maps: list[AreaMap]) -> tuple[tuple[str, str], ...]:
    rows = [("Area:", "open it for its body, its code and the sources.")]
    states = Counter(state for state, _ in _states(maps))
    if len(maps) > 1:
        said = [f"{WORDS[state]}: {states[state]}" for state in WORDS if states[state]]
        rows.append(("Areas on both days together:", "; ".join(said) + "."))
    rows += _plan_rows(maps)
    if any(area_map.layer.estimated for area_map in maps):
        rows.append(("Dashed outline:", "estimated; no published outline could be had."))
    parts = dict.fromkeys(area.joined_from.split(",")[0] for area_map in maps for area in _derived(area_map))
    if parts:
        rows.append(("Dotted outline:", f"derived, not published: joined from those of {listed([*parts])}."))
    rows.append(("Outlines:", "made from neighbourhoods (LSOAs) and simplified; not for measuring."))
    return tuple(rows)


def _states(maps: list[AreaMap]) -> set[tuple[str, str | int]]:
    """What happened, once for each body, or for each area that another body has: most stand on both maps."""
    found: set[tuple[str, str | int]] = set()
    for area_map in maps:
        for area in area_map.areas:
            state = area_state(area, area_map, maps)
            found.add((state, area.outline if state == "handed" else area.body.id))
    return found


def _keys(maps: list[AreaMap], labels: list[Labels]) -> list[tuple[str, str]]:
    """What the numbers on each map mean."""
    return [
        (f"Numbers on {date_words(area_map.at)}:", "; ".join(one.key) + ".")
        for area_map, one in zip(maps, labels, strict=True)
        if one.key
    ]


def _changed(area_map: AreaMap, maps: list[AreaMap]) -> list[OutlinedBody]:
    """The areas that the other map does not have."""
    return [area for area in area_map.areas if area_state(area, area_map, maps) in ("moved", "new", "ended")]


def _numbered(area_map: AreaMap, maps: list[AreaMap]) -> list[OutlinedBody]:
    """The areas that bear a number where their names have no room: what changed, and what is planned."""
    planned = [area for area in area_map.areas if area_state(area, area_map, maps) == "begins"]
    return [*_changed(area_map, maps), *planned]


def _room(maps: list[AreaMap]) -> float:
    return WIDTH - 24.0 if len(maps) == 1 else WIDTH / 2 - 24.0


def _scale(maps: list[AreaMap]) -> Scale:
    """How large all maps are drawn."""
    rings = [ring for area_map in maps for outline in area_map.outlines.values() for ring in outline]
    return scale_for(rings, (_room(maps), _HEIGHT))


def _svg(maps: list[AreaMap], scale: Scale, labels: list[Labels], label: str) -> tuple[str, float]:
    """The maps beside each other, and how high they are."""
    outlines = {number: rings for area_map in maps for number, rings in area_map.outlines.items()}
    drawn = [el("path", {"id": f"o{number}", "d": shape(rings, scale)}) for number, rings in outlines.items()]
    parts = [el("defs", {}, *drawn)]
    beside = _beside(maps[0], 12 + scale.width + 36) if len(maps) == 1 else ""
    for number, area_map in enumerate(maps):
        left = 12.0 + number * WIDTH / 2 + (0.0 if beside else max(0.0, (_room(maps) - scale.width) / 2))
        names = el("g", {"class": "names", "aria_hidden": "true"}, labels[number].drawn)
        parts.append(_one(area_map, maps, scale, left, number, names))
    parts.append(beside)
    height = (_HEIGHT if beside else scale.height) + _HEAD + 2
    attributes: Attributes = {
        "class": "map",
        "viewBox": f"0 0 {num(WIDTH)} {num(height)}",
        "width": WIDTH,
        "height": height,
        "role": "group",
        "aria_label": label,
    }
    return el("svg", attributes, *parts), height


def _hatching(outlines: list[int], number: int, scale: Scale) -> str:
    """Slanting lines over the areas with these outlines: one path cut to their shape, as patterns print badly."""
    if not outlines:
        return ""
    uses = [el("use", {"href": f"#o{one}"}) for one in outlines]
    across, down = round(scale.width / FINE) + 2, round(scale.height / FINE) + 2
    lines = "".join(f"M{x} 0l{-down} {down}" for x in range(0, across + down, 12))
    clip = el("clipPath", {"id": f"changed-{number}"}, *uses)
    return clip + el("path", {"class": "hatch", "d": lines, "clip-path": f"url(#changed-{number})"})


def _one(area_map: AreaMap, maps: list[AreaMap], scale: Scale, left: float, number: int, names: str) -> str:
    """One map with its heading, its areas as links, and what is written on them."""
    estimated, derived = area_map.layer.estimated, _derived(area_map)
    head = f"{date_words(area_map.at)}{_counted(area_map)}"
    if estimated:
        head += " (areas estimated)"
    elif derived:
        how_made = f" ({len(derived)} outline{'s' * (len(derived) > 1)} derived)"
        head += how_made if width(f"{head}{how_made}", bold=True) <= _room(maps) else ""
    colour = tiers()[kinds()[area_map.layer.kind].tier].colour
    # Derived outlines come late and planned ones last, so that no solid one covers their dots and dashes.
    drawn = sorted(
        area_map.areas,
        key=lambda area: (area in derived, is_dashed(area, area_map), is_planned(area, area_map)),
    )
    areas = [_area(area, area_map, area_state(area, area_map, maps)) for area in drawn]
    hatched = [area.outline for area in _changed(area_map, maps)]
    place: Attributes = {"transform": f"translate({num(left)} {num(_HEAD)}) scale({FINE})"}
    shown: Attributes = {"transform": f"translate({num(left)} {num(_HEAD)})"}
    group: Attributes = {"class": "estimated" if estimated else None, "data_map": area_map.at}
    return el(
        "g",
        group,
        text_at(12.0 + number * WIDTH / 2, 16, head, "b"),
        el("g", {**place, "fill": colour}, *areas, _hatching(hatched, number, scale)),
        el("g", shown, names),
    )


def _counted(area_map: AreaMap) -> str:
    """How many areas are drawn; those of plans apart from those in force."""
    plans = [area.body.status for area in area_map.areas if is_planned(area, area_map)]
    ending = sum(is_dashed(area, area_map) for area in area_map.areas) - len(plans)
    count = how_many(len(area_map.areas) - len(plans), area_map.layer.kind)
    words = f", as last known: {count}" if area_map.to_come else f": {count}"
    words += f" ({ending} to end by a plan)" if ending else ""
    asked = Counter(map(opening, plans))
    return words + "".join(f", {number} {word}" for word, number in sorted(asked.items()))


def _derived(area_map: AreaMap) -> list[OutlinedBody]:
    """The areas of bodies in force whose outlines were joined from others."""
    return [
        area
        for area in area_map.areas
        if outline_words(area, area_map) == DERIVED and not is_planned(area, area_map)
    ]


def _area(area: OutlinedBody, area_map: AreaMap, state: str) -> str:
    """An area as a link to its row; its name is its title, for pointers and screen readers alike."""
    body = area.body
    planned = map_name(area, area_map)[1:]
    words = (body.label, *planned, outline_words(area, area_map), "" if planned else WORDS[state])
    said = ", ".join(word for word in words if word)
    dashed = is_dashed(area, area_map)
    derived = outline_words(area, area_map) == DERIVED and not dashed
    attributes: Attributes = {
        "href": f"#{body.id}",
        "data_id": body.id,
        "class": "derived" if derived else "planned" if dashed else None,
    }
    drawn = el("use", {"href": f"#o{area.outline}", "stroke-dasharray": PLANNED_DASHES if dashed else None})
    under = el("use", {"class": "under", "href": f"#o{area.outline}"}) if derived else ""
    return el("a", attributes, el("title", {}, esc(said)), under, drawn)


def _beside(area_map: AreaMap, left: float) -> str:
    """The names of the areas beside a single map, in as many columns as there is room for."""
    rows = int((_HEIGHT - 4) // _ROW)
    names = [(", ".join(map_name(area, area_map)), area.body) for area in area_map.areas]
    out = []
    for start in range(0, len(names), rows):
        column = names[start : start + rows]
        wide = max(width(words) for words, _ in column)
        if left + wide > WIDTH - 12:
            return ""
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
    return el("g", {}, *out)
