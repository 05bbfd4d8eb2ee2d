"""What a picture without tables offers at each body, group and line: its days, its successors and its sources."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.queries.structure.structure import BodyOnBothDays, Structure
from orgmap.viz.before_after.boxes import MANY, GroupBox
from orgmap.viz.before_after.drawn_lines import Drawn
from orgmap.viz.before_after.line_table import line_cited, when_words
from orgmap.viz.before_after.listing import listing_of, told_singly
from orgmap.viz.before_after.tables import cited_of
from orgmap.viz.kit.references import References
from orgmap.viz.kit.words import date_words, ending_words, last_day_words, listed, took_over_words


class Tips:
    """Words for a pointer that rests on something, and for who cannot see it; the sources are numbered below."""

    def __init__(self, structure: Structure, references: References) -> None:
        self._structure = structure
        self._references = references
        self._listing = listing_of(structure)

    def body(self, body_id: str) -> str:
        """A body's name and id, its days, what became of it, and who says so."""
        body = self._structure.bodies[body_id]
        entity = body.entity
        days = (
            f"from {date_words(entity.valid_from, entity.from_precision)}"
            f" to {last_day_words(entity.valid_until, entity.until_precision)}"
        )
        words = f"{entity.label} ({body_id}), {days}.{self._became(body)}"
        return words + self._sources(cited_of(self._structure, body))

    def group(self, box: GroupBox) -> str:
        """What a box of several bodies says; their names if they are not too many; and who says so."""
        bodies = [self._structure.bodies[one] for one in box.bodies]
        words = " ".join(run.text for run in (*box.head, *box.tail))
        if len(bodies) <= MANY and told_singly(self._structure, self._listing, box):
            words += f": {listed([f'{body.entity.label} ({body.id})' for body in bodies])}"
        cited = [cite for body in bodies for cite in cited_of(self._structure, body)]
        return f"{words}.{self._sources((source, '') for source, _ in cited)}"

    def line(self, line: Drawn, said: str) -> str:
        """What a line says, when, and who says so."""
        when = "; ".join(dict.fromkeys(when_words(box_line) for box_line in line.box_lines))
        return f"{said}, {when}.{self._sources(line_cited(self._structure, line.box_lines))}"

    def _became(self, body: BodyOnBothDays) -> str:
        if body.change != "ended":
            return ""
        successors = [self._structure.name(successor.body) for successor in body.became if successor.body]
        words = f"{took_over_words(body)} {listed(successors)}" if successors else ending_words(body)
        return f" {words[0].upper()}{words[1:]}."

    def _sources(self, cited: Iterable[tuple[str, str]]) -> str:
        found: dict[str, list[str]] = {}
        for source, locator in cited:
            if source in self._structure.sources:
                locators = found.setdefault(source, [])
                locators += [locator] if locator and locator not in locators[:2] else []
        titles = [
            ", ".join([self._structure.sources[source].title, *locators[:2]])
            + f" {self._references.numbers([(source, '')])}"
            for source, locators in found.items()
        ]
        return f" Sources: {'; '.join(titles)}." if titles else ""
