"""The table of lines below a before/after picture: who, what, to whom, when, about what, according to whom."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.queries.structure.relation import PLACE, Relation
from orgmap.queries.structure.structure import Structure
from orgmap.viz.before_after.drawing import DrawnPicture, box_title
from orgmap.viz.before_after.lines import BoxLine
from orgmap.viz.kit.page import RowGroup, TableRow, table_html
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import date_words, last_day_words

_LINE_HEADS = ("Line", "Who, and to whom", "When", "About", "Sources")
_FEW = 12


def line_table(structure: Structure, picture: DrawnPicture, references: References) -> str:
    """Every line of the picture, and those it had no room for, with the statements behind it."""
    rows = []
    titles = {box.key: box_title(box) for box in picture.boxes}
    for number, line in enumerate(picture.lines, start=1):
        rows.append(_line_row(structure, f"line-{number}", line.name, line.box_lines, titles, references))
    for number, box_line in enumerate(picture.untold, start=1):
        name = f"{box_line.name} (not drawn: no room)"
        rows.append(_line_row(structure, f"untold-{number}", name, (box_line,), titles, references))
    if not rows:
        return ""
    title = "Every line in the picture"
    return table_html(title, _LINE_HEADS, [RowGroup(rows)], "lines", "data-line", heads_named=True)


def _line_row(
    structure: Structure,
    anchor: str,
    name: str,
    box_lines: tuple[BoxLine, ...],
    titles: dict[str, str],
    references: References,
) -> TableRow:
    who, when, about = [], [], []
    several = len({box_line.name for box_line in box_lines}) > 1
    for box_line in box_lines:
        ends = (
            f"{titles.get(box_line.source, box_line.source)} → {titles.get(box_line.target, box_line.target)}"
        )
        ends = f"{box_line.name}: {ends}" if several else ends
        who.append(el("b", {}, esc(ends)) + _pairs(structure, box_line))
        when.append(when_words(box_line))
        about += [relation.about for relation in box_line.relations if relation.about]
        about += [relation.note for relation in box_line.relations if relation.note]
        about += (
            []
            if all(relation.verified for relation in box_line.relations)
            else ["not verified against a source"]
        )
    said = ("<br/>".join(who), esc("; ".join(dict.fromkeys(when))), esc("; ".join(dict.fromkeys(about))))
    cells = (*said, references.cite(line_cited(structure, box_lines)))
    return TableRow(anchor, el("b", {}, esc(name)), cells)


def _pairs(structure: Structure, box_line: BoxLine) -> str:
    """Who exactly: for each body at the arrow those at the beginning, by name if they are few."""
    found: dict[str, list[str]] = {}
    for relation in box_line.relations:
        for target in relation.objects:
            found.setdefault(target, []).extend(relation.subjects)
    if not found or (all(len(set(ones)) == 1 for ones in found.values()) and len(found) == 1):
        return ""
    lines = []
    for target in sorted(found, key=structure.name):
        ones = sorted(set(found[target]), key=structure.name)
        known = [one for one in ones if one in structure.bodies]
        name = structure.place if target == PLACE else structure.name(target)
        words = ", ".join(structure.name(one) for one in known) if len(ones) <= _FEW else f"{len(ones):,}"
        lines.append(f"{esc(name)}: {esc(words)}")
    return el("small", {}, "<br/>".join(lines)) if len(lines) <= 20 else ""


_WHEN = {
    "before": "on the first day",
    "after": "on the second day",
    "both": "on both days",
    "across": "between the two days",
}
_UNKNOWN = date_words(None)


def when_words(box_line: BoxLine) -> str:
    """On which of the days a line holds, and from when to when if its statements agree."""
    return _WHEN[box_line.side] + _days(box_line.relations)


def line_cited(structure: Structure, box_lines: Iterable[BoxLine]) -> list[tuple[str, str]]:
    """Who says what the lines tell: sources with where in them."""
    cited: list[tuple[str, str]] = []
    for box_line in box_lines:
        cited += [cite for relation in box_line.relations for cite in relation.cited]
        events = [structure.events[event][0] for event in box_line.events]
        cited += [(event.source, event.locator) for event in events]
        if box_line.side == "across" and not box_line.events:
            began = [structure.bodies[one].entity for one in box_line.bodies]
            cited += [(entity.source, entity.locator) for entity in began]
    return cited


def _days(relations: Iterable[Relation]) -> str:
    """From when to when, if all statements of a line agree and tell one of them."""
    days = {(one.valid_from, one.from_precision, one.valid_until, one.until_precision) for one in relations}
    if len(days) != 1:
        return ""
    start, start_precision, end, end_precision = days.pop()
    first, last = date_words(start, start_precision), last_day_words(end, end_precision)
    if first == _UNKNOWN and (end is None or last == _UNKNOWN):
        return ""
    return f" ({first} to {last})"
