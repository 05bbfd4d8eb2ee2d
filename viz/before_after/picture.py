"""Before and after a reform, or on any two days: the page and the plain SVG."""

from __future__ import annotations

import re
from typing import Any

from orgmap.graphmodel.dates import today
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_notes, kinds
from orgmap.queries.change.reforms import reform_days
from orgmap.queries.coverage import last_horizon
from orgmap.queries.structure.stand_ins import stand_ins
from orgmap.queries.structure.structure import Structure, structure
from orgmap.queries.structure.views import VIEWS
from orgmap.viz.before_after.drawing import DrawnPicture, draw, picture_css
from orgmap.viz.before_after.first import first_html, takeover_lines
from orgmap.viz.before_after.headline import headline, is_still
from orgmap.viz.before_after.line_table import line_table
from orgmap.viz.before_after.listing import counted_only
from orgmap.viz.before_after.tables import body_table
from orgmap.viz.before_after.tips import Tips
from orgmap.viz.kit.page import page_html
from orgmap.viz.kit.palette import changes
from orgmap.viz.kit.plans import planned_end, with_plans
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg_file import svg_file
from orgmap.viz.kit.words import change_words, date_words, in_words, with_names_told

LAST_KNOWN_MEANS = "In force on the first day, and on the second, which is to come, as last known."
"""What “unchanged” means where the second day is in the future: nobody knows that it will be in force."""


def draw_reform(store: Store, text: str, form: str = "html", **asked: Any) -> str:
    """Draws the structure on the day before a reform and on the day itself, as a page or as SVG.

    `asked` is what `draw_diff` takes: within, view, service, include. Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_reform(store, "2013", within="Kent and Medway")
    >>> "NHS Thanet CCG" in page and "Eastern and Coastal Kent PCT" in page
    True
    """
    reform, before, after = reform_days(store, text)
    return draw_diff(store, before, after, form, reform=reform.label, **asked)


def draw_diff(
    store: Store,
    before: str,
    after: str,
    form: str = "html",
    within: str | None = None,
    view: str = "structure",
    service: str | None = None,
    include: Include = IN_FORCE,
    reform: str = "",
) -> str:
    """Draws the structure on two days side by side, the earlier one at the left, as a page or as SVG.

    Raises `NothingFound`, `Ambiguous` or `WrongUse`.
    """
    before, after = sorted((before, after))
    answer = structure(store, before, after, within, view, service, include)
    answer = with_names_told(with_plans(_of_real_bodies(answer), last_horizon(store)))
    days = f"{date_words(before)} and {date_words(after)}"
    title = f"{answer.place}: {reform}" if reform else f"{answer.place} on {days}"
    shows = f"{VIEWS[view]}{f' {service}' if service else ''}"
    sentence = headline(answer)
    lead = f"{sentence} Lines tell {shows}."
    references = References(answer.sources)
    tips = Tips(answer, references) if form == "svg" else None
    picture = draw(answer, f"{title}, before and after: {days}. {lead}", tips)
    if form == "svg":
        lead = f"{lead} Rest on a body or a line for its dates and sources."
        below = takeover_lines(answer, picture.svg)
        below += [f"{word} {meaning}" for word, meaning in _legend(answer, picture, "the page")]
        below += [f"Note: {note}" for note in _notes(answer, picture)]
        below += references.lines()
        return svg_file(picture.svg, picture.height, title, lead, picture_css(), "picture", below)
    return _page(answer, picture, title, sentence, shows)


def _of_real_bodies(structure: Structure) -> Structure:
    """The structure; who stands for many, as the drug action team of the area, only where a line leads there."""
    ends = {end for relation in structure.relations for end in (*relation.subjects, *relation.objects)}
    bodies = {one: body for one, body in structure.bodies.items() if one not in stand_ins() or one in ends}
    return structure._replace(bodies=bodies)


def _page(structure: Structure, picture: DrawnPicture, title: str, sentence: str, shows: str) -> str:
    references = References(structure.sources)
    tables = (body_table(structure, picture.boxes, references), line_table(structure, picture, references))
    linked = set(re.findall(r'id="([^"#]+)"', tables[0]))
    how = (
        "Lines:",
        f"{shows}. Open a body or a line for its dates and sources; the tables below tell the same.",
    )
    return page_html(
        title,
        sentence,
        picture.svg,
        (how, *_legend(structure, picture)),
        _notes(structure, picture),
        tables,
        references.listed(),
        picture_css(),
        first=first_html(structure, picture.svg, linked),
        folded="What there was on both days" if is_still(structure) else "",
    )


def _legend(
    structure: Structure, picture: DrawnPicture, where: str = "the table"
) -> tuple[tuple[str, str], ...]:
    """How to read what is in the picture: marks, counts and lines."""
    found = {"planned" if planned_end(body) else body.change for body in structure.bodies.values()}
    found |= {box.change for box in picture.boxes}
    to_come = structure.after > today()
    rows = [
        (
            f"{change.symbol} {change_words(structure, name)}:",
            LAST_KNOWN_MEANS if to_come and name == "unchanged" else change.description,
        )
        for name, change in changes().items()
        if name in found
    ]
    same = "the same on both days"
    rows.append(("Box across both halves:", f"{same}, as far as is known." if to_come else f"{same}."))
    if any(box.change == "mixed" or box.counted for box in picture.boxes):
        some = "" if counted_only(structure) else f"; {where} lists them"
        rows.append(("Numbers:", f"large groups are counted{some}."))
    there = {body.kind for body in structure.bodies.values()}
    rows += [
        (f"{kinds()[kind].plural.capitalize()}:", note)
        for kind, note in kind_notes("legend").items()
        if kind in there
    ]
    sides = {box_line.side for line in picture.lines for box_line in line.box_lines}
    if sides - {"across"}:
        rows.append(
            (
                "Thin line:",
                "read from its beginning to its arrow; at the left on the first day, at the right on the second.",
            )
        )
    if any("(some)" in line.name for line in picture.lines):
        rows.append(
            ("(some):", "not every body of the box where the line begins, or of the one at its arrow.")
        )
    if "both" in sides:
        rows.append(("Thin line between two boxes that cross both halves:", "on both days."))
    if "across" in sides:
        rows.append(("Thick line:", "who took over from whom."))
    if any(line.planned for line in picture.lines):
        rows.append(("Dashed line:", "by a plan, as its words say."))
    return tuple(rows)


def _notes(structure: Structure, picture: DrawnPicture) -> tuple[str, ...]:
    notes = [in_words(note) for note in structure.notes]
    if not structure.relations:
        notes.append(
            f"Not stated: no source in the tables says {VIEWS[structure.view]} for these bodies and days."
        )
    if picture.untold:
        words = sorted({box_line.name for box_line in picture.untold})
        notes.append(f"For some lines there was no room ({', '.join(words)}); the table of lines tells them.")
    if not any(body.change != "unchanged" for body in structure.bodies.values()):
        lines = any(
            box_line.side in ("before", "after") for line in picture.lines for box_line in line.box_lines
        )
        notes.append(
            "No body of this place began, ended or took another name between the two days"
            f"{'; lines that stand on one side only tell what changed' if lines else ''}."
        )
    return tuple(notes)
