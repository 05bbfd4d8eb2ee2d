"""Maps of bodies' areas on one day or two, side by side: the page and the plain SVG."""

from __future__ import annotations

from collections import Counter

from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.structure.areas_ahead import Ring
from orgmap.queries.structure.backdrop import MarkedPlace, gaps_filled, marked_place
from orgmap.queries.structure.boundaries import AreaMap, area_maps, passing
from orgmap.viz.kit.page import page_html
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg_file import svg_file
from orgmap.viz.kit.widths import FONTS
from orgmap.viz.kit.words import date_words, in_words, listed
from orgmap.viz.map.colours import Colours, colours_of
from orgmap.viz.map.drawing import MapDrawing, derived_areas
from orgmap.viz.map.labels import MOST_NUMBERS, is_dashed, map_name
from orgmap.viz.map.tables import TABLE_CSS, WORDS, area_state, area_table

_COLOURED: dict[tuple[int, str], tuple[str, ...]] = {
    (1, ""): (),
    (2, ""): (),
    (2, "successor"): ("What changed has the colour and number of who took over from it; grey: unchanged.",),
    (2, "predecessor"): ("What changed has the colour and number of whom it came from; grey: unchanged.",),
}
"""What the colours of one map or of two mean, in words."""

_CSS = f"""
.map text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}
.map .b{{font-weight:700}}
.map .names text{{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round;pointer-events:none}}
.map a{{cursor:pointer;text-decoration:none}}
.map a:focus{{outline:none}}
.map a>use{{stroke:#333;stroke-width:1.7}}
.map .estimated a>use{{stroke-dasharray:8 4}}
.map .derived>use{{stroke-dasharray:2 4;stroke-width:2.4}}
.map .derived .under{{stroke:#fff;stroke-dasharray:none;fill:#fff;fill-opacity:1}}
.map .planned>use{{stroke-width:2.4;fill-opacity:.4}}
.map .gap{{fill:#dcdcd8;stroke:#8a8a84;stroke-width:1}}
.map .asked{{fill:none;stroke:#1a1a1a;stroke-width:6;stroke-linejoin:round;pointer-events:none}}
.map a:hover>use:last-child,.map a.lit>use:last-child{{stroke:#000;stroke-width:6}}
.map a:focus>use:last-child{{stroke:#000;stroke-width:7;stroke-dasharray:none}}
.maps{{display:flex;flex-wrap:wrap;gap:8px}}
figure .maps svg{{min-width:0;width:auto}}
@media screen and (max-width:999px){{figure .maps svg:nth-child(n){{flex:1 1 100%}}}}
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
  // What has the same number or colour on the other map lights with it.
  const light = (event) => {
    const link = event.target.closest && event.target.closest(".map a[data-with]");
    for (const one of document.querySelectorAll(".map a[data-with]")) {
      one.classList.toggle("lit", Boolean(link) && one.dataset.with === link.dataset.with);
    }
  };
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
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
    # A place is called as it was asked for, not as the body that bears its name on one of the days.
    place = within if within and ":" not in within else maps[0].place
    title = f"{place}: {' and '.join(names)}"
    colours = colours_of(maps, changes)
    lead = " ".join(["The areas of these bodies.", *_COLOURED[len(maps), colours.by]])
    asked = marked_place(store, within, maps[-1].at) if within else None
    if asked and asked.whole:
        asked = asked._replace(label=place)
    gaps = [("", ()) if within else gaps_filled(store, area_map) for area_map in maps]
    drawing = MapDrawing(maps, colours, asked, gaps)
    picture, height = drawing.svg(f"{title}. {lead}", form)
    keys = _keys(colours, asked, gaps)
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
        drawing.css + _CSS,
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
    parts = dict.fromkeys(
        area.joined_from.split(",")[0] for area_map in maps for area in derived_areas(area_map)
    )
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


def _keys(
    colours: Colours, asked: MarkedPlace | None, gaps: list[tuple[str, tuple[tuple[Ring, ...], ...]]]
) -> list[tuple[str, str]]:
    """What the numbers, the thick line and the grey areas mean."""
    rows = [("Numbers:", "; ".join(colours.key) + ".")] if colours.key else []
    if asked:
        where = (
            asked.label if asked.whole else f"{asked.area}, the smallest area drawn that holds {asked.label}"
        )
        rows.append(("Thick line:", f"{where}."))
    rows += [("Grey:", f"{why}.") for why in dict.fromkeys(why for why, _ in gaps) if why]
    return rows
