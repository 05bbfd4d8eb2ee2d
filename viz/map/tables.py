"""The table with a map: every area with what it did between the days, what became of its body, and the sources."""

from __future__ import annotations

from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.vocabulary import event_kinds, kinds
from orgmap.queries.change.changes import by_weight
from orgmap.queries.structure.boundaries import AreaMap, BodyChanges, OutlinedBody
from orgmap.viz.kit.page import RowGroup, TableRow, row_of, table_html
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import date_words, in_words, listed, passing_words

WORDS = {
    "": "",
    "same": "unchanged",
    "handed": "the same area, another body",
    "moved": "same body, other boundary",
    "new": "area only on the second day",
    "ended": "area only on the first day",
    "last_known": "as last known",
    "begins": "only by a plan",
    "ends": "to end by a plan",
}
"""What an area did between the two days; blank where there is one day only, unless it is to come."""

DERIVED = "outline derived"

_HEADS = ("Area", "Drawn", "What happened", "Sources")

TABLE_CSS = (
    "@media screen and (max-width:999px){"
    + "".join(
        f'.areas td:not(:empty):nth-child({number})::before{{content:"{head}: "}}'
        for number, head in enumerate(_HEADS[1:], 2)
    )
    + "}"
)
"""In a narrow window every cell says what it is; said once here, not in every cell, as England has hundreds of rows."""


def area_state(area: OutlinedBody, area_map: AreaMap, maps: list[AreaMap]) -> str:
    """What became of an area on the other map: the same, with another body, moved, new or gone; or what a plan says."""
    marks = [one.marks[area.body.id] for one in maps if area.body.id in one.marks]
    if any(mark.dashed for mark in marks):
        return "begins" if marks[0].begins else "ends"
    to_come = any(one.to_come for one in maps)
    if len(maps) < 2:
        return "last_known" if to_come else ""
    other = maps[1] if area_map is maps[0] else maps[0]
    by_body = {one.body.id: one.outline for one in other.areas}
    if by_body.get(area.body.id) == area.outline:
        return "last_known" if to_come else "same"
    if any(one.outline == area.outline for one in other.areas):
        return "handed"
    if area.body.id in by_body:
        return "moved"
    return "ended" if area_map is maps[0] else "new"


def outline_words(area: OutlinedBody, area_map: AreaMap) -> str:
    """Whether an outline was published: blank if so, else what it is."""
    if area_map.layer.estimated:
        return "area estimated"
    return DERIVED if area.joined_from else ""


def area_table(maps: list[AreaMap], changes: BodyChanges, references: References) -> str:
    """Every body on the maps, and those without an outline, each once."""
    rows: dict[str, TableRow] = {}
    for area_map in maps:
        for area in area_map.areas:
            days = [one for one in maps if any(other.body.id == area.body.id for other in one.areas)]
            state = area_state(area, area_map, maps)
            drawn = " and ".join(date_words(one.at) for one in days)
            open_part = area_map.unsettled.get(area.body.id, "")
            said = "; ".join(word for word in (drawn, WORDS[state], _made(area, area_map), open_part) if word)
            rows.setdefault(area.body.id, _row(area.body, area.gss, said, maps, changes, references))
    for area_map in maps:
        for body in area_map.missing:
            said = f"not drawn: no outline for {date_words(area_map.at)}"
            if open_part := area_map.unsettled.get(body.id, ""):
                said += f"; {open_part}"
            rows.setdefault(body.id, _row(body, "", said, maps, changes, references))
    return table_html("Every area on the map", _HEADS, [RowGroup([*rows.values()])], look="areas")


def _made(area: OutlinedBody, area_map: AreaMap) -> str:
    words = outline_words(area, area_map)
    return (
        f"{words} from its {area.joined_from}" if area.joined_from and not area_map.layer.estimated else words
    )


def _row(
    body: Entity, gss: str, drawn: str, maps: list[AreaMap], changes: BodyChanges, references: References
) -> TableRow:
    code = f", {gss}" if gss else ""
    said, cited = _happened(body.id, maps, changes)
    marks = [one.marks[body.id] for one in maps if body.id in one.marks]
    if marks:
        sentence = in_words(marks[-1].sentence)
        said = ". ".join(word for word in (said, esc(f"{sentence[0].upper()}{sentence[1:]}")) if word)
        cited += marks[-1].cited
    cells = (esc(drawn), said, references.cite([(body.source, body.locator), *cited]))
    return row_of(body.id, body.label, f"{kinds()[body.kind].label}, {body.id}{code}", cells)


def _happened(body_id: str, maps: list[AreaMap], changes: BodyChanges) -> tuple[str, list[tuple[str, str]]]:
    """What happened to a body between the days, with links to whom it passed on to or took over from."""
    on_maps = {area.body.id for area_map in maps for area in area_map.areas}
    on_maps |= {body.id for area_map in maps for body in area_map.missing}
    said, cited = [], []
    for event, parts in sorted(changes.events.values(), key=lambda pair: (pair[0].date or "", pair[0].id)):
        parts = tuple(part for part in by_weight(parts) if not part.stray)
        successors = [
            part.successor
            for part in parts
            if part.predecessor == body_id and part.successor not in ("", body_id)
        ]
        before = [
            part.predecessor
            for part in parts
            if part.successor == body_id and part.predecessor not in ("", body_id)
        ]
        alone = [part for part in parts if body_id in (part.predecessor, part.successor)]
        if not alone:
            continue
        day = f" on {date_words(event.date, event.precision)}"
        cited.append((event.source, event.locator))
        if successors:
            words = passing_words(_kind(body_id, event.kind, successors, changes))
            said.append(f"{words[0].upper()}{words[1:]} {_linked(successors, on_maps, changes)}{day}")
        elif before:
            kind = _kind(body_id, event.kind, before, changes)
            word = event_kinds()[kind].label.capitalize()
            link = " " if kind == "replaced" else " from "
            said.append(f"{word}{link}{_linked(before, on_maps, changes)}{day}")
        else:
            ended = ": no successor named" if event.kind == "abolished" else ""
            said.append(f"{event_kinds()[event.kind].label.capitalize()}{day}{ended}")
    return ". ".join(said), cited


def _kind(body_id: str, kind: str, others: list[str], changes: BodyChanges) -> str:
    """What happened to a body and the others; who keeps its name is replaced, not renamed."""
    names = [changes.named[body].label for body in (body_id, *others) if body in changes.named]
    return "replaced" if kind == "renamed" and len(names) > 1 and len(set(names)) == 1 else kind


def _linked(ids: list[str], on_maps: set[str], changes: BodyChanges) -> str:
    out = []
    for one in dict.fromkeys(ids):
        name = changes.named[one].label if one in changes.named else one
        drawn = one in on_maps
        out.append(el("a", {"href": f"#{one}"}, esc(name)) if drawn else esc(f"{name} ({one})"))
    return listed(out)
