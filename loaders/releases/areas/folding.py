"""Folds look-ups of areas into the tables: which body covered which area, and which bodies lay in which.

What the tables have so for the year of a look-up stays as it is, and so does what they have otherwise as long as they
know more than the look-up: then the difference is remarked. A newer look-up ends what it has otherwise, and begins its
own word, on its day, and the horizon of the dataset moves to that day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.model import IN_FORCE
from orgmap.loaders.news.book import Cells
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.areas.history import FoldedHistory
from orgmap.loaders.releases.areas.parting import PartedAreas
from orgmap.loaders.releases.areas.reading import GROUND, LookLink, links, rows_kept
from orgmap.loaders.releases.areas.tally import GSS, LookupTally
from orgmap.loaders.releases.cited import source_of
from orgmap.loaders.releases.fold import Remark
from orgmap.loaders.releases.kept import Loaded, Release
from orgmap.loaders.releases.register import APPROX, CodedBodies, SaidBy

COVERS = "covers"
YEAR_ENDS = "12-31"


class LookWord(NamedTuple):
    """What a look-up says: that one body or area lies in another, and on which line."""

    lower: str
    upper: str
    line: int
    verb: str


class FoldedLookups:
    """The tables while look-ups are folded in."""

    def __init__(self, tables: Tables, known_to: dict[str, str]) -> None:
        self._tables, self._known_to = tables, known_to
        self.register = CodedBodies(tables)
        self.remarks: list[Remark] = []
        self._of_code: dict[str, list[str]] = defaultdict(list)
        for row in self.register.book.rows("identifiers"):
            if row["scheme"] == GSS and row["entity"] in self.register.bodies:
                self._of_code[row["code"]].append(row["entity"])
        self._parted = PartedAreas(tables, self.register)
        self._dataset = ""
        self._areas: dict[str, set[str]] = defaultdict(set)
        for code, _, _, area, _ in tables.text("neighbourhoods"):
            self._areas[code].update({area} - {""})
        for code, _, _, _, area, _ in tables.text("place_codes"):
            if not self._areas.get(code):
                self._areas[code].add(area)

    def fold(self, loaded: Loaded, dataset: str) -> LookupTally:
        """Folds one look-up in; they come in order of their days."""
        release, counted = loaded.release, Counter[str]()
        self._dataset = dataset
        columns, rows = rows_kept(loaded.raw())
        path = Path(release.file)
        for link in links(release.family, columns):
            lower, upper = columns.index(link.lower), columns.index(link.upper)
            pairs = [
                (codes[lower], codes[upper], line) for line, codes in rows if codes[lower] and codes[upper]
            ]
            for one in self._statements(release, link, pairs, counted):
                if self._has(one, release):
                    counted["agreed"] += 1
                elif release.as_of > self._known_to.get(dataset, ""):
                    counted["new"] += 1
                    self._begin(one, link, SaidBy(release.source, path, one.line, dataset), release)
                else:
                    counted["differs"] += 1
                    self._remark(
                        release, one.line, one.lower, f"does not lie in {one.upper} by the tables, which stay"
                    )
        if (counted["agreed"] or counted["new"]) and dataset in self._tables.about:
            about = self._tables.about[dataset]
            reach = max(str(about["horizon"]), release.as_of)
            self._tables.about[dataset] = {**about, "horizon": reach}
        return LookupTally(*(counted[name] for name in LookupTally._fields))

    def finish(self) -> None:
        """Puts the tables back."""
        self.register.finish()
        self._parted.finish()

    def cite(self, loaded: Loaded, dataset: str) -> None:
        """Adds the look-up as a source."""
        cells = source_of(loaded.release.family, loaded)
        self.register.add_source(Path(loaded.release.file), dataset, **cells)

    def _statements(
        self, release: Release, link: LookLink, pairs: Iterable[tuple[str, str, int]], counted: Counter[str]
    ) -> Iterator[LookWord]:
        """What two columns say of areas and bodies that the tables have."""
        if link.lower == GROUND:
            yield from self._of_areas(release, link, pairs, counted)
            return
        for (lower, upper), line in {
            (lower, upper): line for lower, upper, line in reversed([*pairs])
        }.items():
            body = self._body(lower, link.lower_kinds, release)
            above = self._body(upper, link.kinds, release)
            if body == above or lower == upper:
                continue
            if body and above:
                yield LookWord(body, above, line, "")
            else:
                counted["not_known"] += 1

    def _of_areas(
        self, release: Release, link: LookLink, pairs: Iterable[tuple[str, str, int]], counted: Counter[str]
    ) -> Iterator[LookWord]:
        """Which bodies cover which areas; an area that a newer look-up has in several bodies is parted."""
        found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for code, upper, line in pairs:
            areas = self._areas.get(code, ())
            if len(areas) == 1:
                found[next(iter(areas))][self._body(upper, link.kinds, release)][code] = line
            else:
                counted["not_known"] += 1
        for area, bodies in sorted(found.items()):
            first = {body: min(codes.values()) for body, codes in bodies.items()}
            if "" in bodies:
                counted["not_known"] += 1
            elif len(bodies) == 1:
                [(body, line)] = first.items()
                yield LookWord(area, body, line, COVERS)
            elif release.as_of > self._known_to.get(self._dataset, ""):
                cited = SaidBy(release.source, Path(release.file), min(first.values()), self._dataset)
                pieces = [set(codes) for codes in bodies.values()]
                for part, (body, codes) in zip(
                    self._parted.part(area, pieces, cited), bodies.items(), strict=True
                ):
                    self._areas |= {code: {part} for code in codes}
                    yield LookWord(part, body, first[body], COVERS)
            else:
                counted["differs"] += 1
                several = f"lies in several ({', '.join(sorted(bodies))}): left as it was"
                self._remark(release, min(first.values()), area, several)

    def _body(self, code: str, kinds: tuple[str, ...], release: Release) -> str:
        """The body that a code stood for in the year of a look-up; blank if there was none, or more than one."""
        first, last = _year(release)
        found = []
        for body in self._of_code.get(code, ()):
            row = self.register.bodies[body]
            lived = (not row["valid_from"] or row["valid_from"] <= last) and (
                not row["valid_until"] or row["valid_until"] > first
            )
            if lived and (not kinds or row["kind"] in kinds):
                found.append(body)
        return found[0] if len(found) == 1 else ""

    def _has(self, said: LookWord, release: Release) -> bool:
        first, last = _year(release)
        return any(
            IN_FORCE.shows(tie["status"])
            and {tie["subject"], tie["object"]} == {said.lower, said.upper}
            and (not tie["valid_from"] or tie["valid_from"] <= last)
            and (not tie["valid_until"] or tie["valid_until"] > first)
            for tie in self.register.ties[said.lower]
        )

    def _begin(self, said: LookWord, link: LookLink, cited: SaidBy, release: Release) -> None:
        """Lays a newer look-up over what the tables have: the old tie ends on its day, its own begins."""
        register, day = self.register, release.as_of
        if not register.life(said.upper).holds(day) or not register.life(said.lower).holds(day):
            self._remark(
                release, cited.line, said.lower, f"{said.upper} is not there on {day}: left as it was"
            )
            return
        ends = ("object", "subject") if said.verb else ("subject", "object")
        here = [
            tie
            for tie in register.ties[said.lower]
            if tie[ends[0]] == said.lower
            and IN_FORCE.shows(tie["status"])
            and (not said.verb or tie["verb"] == said.verb)
            and register.bodies[tie[ends[1]]]["kind"] == register.bodies[said.upper]["kind"]
            and (not tie["valid_until"] or tie["valid_until"] > day)
        ]
        verb = said.verb or next((tie["verb"] for tie in here), self._verb(said, link))
        if not verb:
            self._remark(
                release, cited.line, said.lower, f"how it lies in {said.upper} is not known: left as it was"
            )
            return
        for tie in here:
            _end(tie, day)
        lower, upper = register.bodies[said.lower], register.bodies[said.upper]
        until = min(filter(None, (lower["valid_until"], upper["valid_until"])), default="")
        life = {"valid_from": day, "from_precision": APPROX, "valid_until": until}
        both = dict(zip(ends, (said.lower, said.upper), strict=True))
        register.add("relationships", cited, verb=verb, basis="published", **both, **life)

    def _verb(self, said: LookWord, link: LookLink) -> str:
        """The word with which bodies of this kind lie in one of that kind."""
        bodies = self.register.bodies
        kind = bodies[said.lower]["kind"]
        counted = Counter(
            tie["verb"]
            for tie in self.register.book.rows("relationships")
            if tie["subject"] in bodies
            and tie["object"] in bodies
            and bodies[tie["subject"]]["kind"] == kind
            and bodies[tie["object"]]["kind"] in link.kinds
        )
        return max(sorted(counted), key=counted.__getitem__, default="")

    def _remark(self, release: Release, line: int, code: str, said: str) -> None:
        self.remarks.append(Remark(release, line, code, said))


def _end(tie: Cells, day: str) -> None:
    tie["valid_until"], tie["until_precision"] = day, APPROX


def _year(release: Release) -> tuple[str, str]:
    """The days of which a look-up may speak: from its own to the end of the year."""
    return release.as_of, max(release.as_of, f"{release.as_of[:4]}-{YEAR_ENDS}")


def fold_lookups(
    tables: Tables, releases: Iterable[Loaded], known_to: dict[str, str]
) -> dict[str, LookupTally]:
    """Folds look-ups and histories of codes into the tables, and gives what each of them told, by its name."""
    folded, tallies = FoldedLookups(tables, known_to), {}
    histories = FoldedHistory(folded.register, known_to)
    for one in sorted(releases, key=lambda one: one.release.order):
        declared = one.release.family.dataset
        dataset = declared if declared in tables.about else next(iter(tables.about), declared)
        folded.cite(one, dataset)
        looks_up = one.release.family.looks_up
        tallies[one.release.release] = folded.fold(one, dataset) if looks_up else histories.fold(one)
    folded.finish()
    tables.remarks += [*folded.remarks, *histories.remarks]
    return tallies
