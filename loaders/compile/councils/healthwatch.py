"""Local Healthwatch: one for each upper-tier council since 2013, some shared, some merged later."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.reorganisations import Reorganisation
from orgmap.loaders.compile.councils.voice import (
    FOUNDED,
    PATTERN_NAME,
    UNSEEN_NAME,
    Councils,
    OtherName,
    Tie,
    VoiceBodies,
    VoiceBody,
    read_list,
    slug,
)
from orgmap.loaders.compile.shared.change_events import Handover, kind_of_change
from orgmap.loaders.curated import records, rows

KIND = "local_healthwatch"
SECTION = "sections 221 and 222"
ACT = "lgpih-2007"


class LaterHealthwatch(NamedTuple):
    """A Healthwatch that took over from others on a day, for the councils with these codes.

    It is one of a change that no reorganisation of councils brought about by itself; its own first day may be
    less well known than the change's.
    """

    date: str
    successor: str
    councils: tuple[str, ...]
    source: str
    note: str
    precision: str = ""
    successor_precision: str = ""
    successor_note: str = ""


class Together(NamedTuple):
    """Healthwatch that kept their own names but share a provider, by their councils' codes."""

    councils: tuple[str, ...]
    note: str


CHANGES = records("public_voice/healthwatch_changes", LaterHealthwatch)
"""Later changes with a date, a year at least, from the lists and from what was read since."""

RUN_TOGETHER = records("public_voice/run_together", Together)
"""General knowledge, not verified."""

LATER_NAMES = rows("public_voice/later_healthwatch_names")
"""Later names with about when they began; general knowledge, not verified."""


class Healthwatches(VoiceBodies):
    """All local Healthwatch: some serve several councils, and some changed on a day of their own."""

    def __init__(self, published: Path, councils: Councils) -> None:
        super().__init__(councils)
        self._open: dict[str, Tie] = {}
        self._found(published)
        self._change_in_order()
        self.ties.extend(self._open.values())
        self._name_by_area()
        self._note_later_names()

    def _found(self, published: Path) -> None:
        rows = read_list(
            published, "healthwatch_2013.csv", self._councils, "name", "basis", "first_contract_start"
        )
        names = [row["name"] for row, _ in rows]
        for row, council in rows:
            if row["first_contract_start"] != FOUNDED:
                raise DataBroken(f"{row['name']} starts on {row['first_contract_start']}, not on {FOUNDED}.")
            code = council.code_on(FOUNDED)
            shared = names.count(row["name"]) > 1
            body = _shared_id(row["name"]) if shared else f"healthwatch:{code}"
            self._add(body, row["name"], FOUNDED, "", _first_note(row, code, shared))
            self._open[council.id] = Tie(body, council.id, FOUNDED, source=ACT)

    def _change_in_order(self) -> None:
        # Where both fall on one day, the councils change first: a new Healthwatch serves the new councils.
        steps: list[tuple[str, int, Callable[[], None]]] = [
            *((change.date, 0, partial(self._hand_on, change)) for change in self._councils.reorganised()),
            *((change[0], 1, partial(self._take_over, later)) for change, later in _changes()),
        ]
        for _, _, apply in sorted(steps, key=lambda step: step[:2]):
            apply()

    def _hand_on(self, change: Reorganisation) -> None:
        """The new council has the Healthwatch of the councils before it, unless a dated change says more."""
        for council_id in change.successors:
            before = {p.predecessor for p in change.passages if p.successor == council_id}
            bodies = {self._open[old].body for old in before}
            if len(bodies) != 1:
                raise DataBroken(
                    f"{change.date}: {council_id} would have several Healthwatch: {sorted(bodies)}."
                )
            note = "derived: passed on with the area of the old council; no other Healthwatch is known"
            self._open[council_id] = Tie(bodies.pop(), council_id, change.date, source=ACT, note=note)
        for council_id in change.predecessors:
            self._close(council_id, change.date, "")

    def _take_over(self, successors: list[LaterHealthwatch]) -> None:
        change = successors[0]
        pairs = [pair for later in successors for pair in self._begin(later)]
        old = sorted({pair.predecessor for pair in pairs})
        if still := {tie.body for tie in self._open.values()}.intersection(old):
            raise DataBroken(f"{change.date}: {', '.join(sorted(still))} would go on for other councils.")
        for body in old:
            ended = self.bodies[body]._replace(valid_until=change.date, until_precision=change.precision)
            self.bodies[body] = ended
        kind = kind_of_change(pairs)
        first = min(pair.successor for pair in pairs) if kind == "merged" else old[0]
        said = {"precision": change.precision, "source": change.source, "note": change.note}
        self._change(kind, change.date, first, pairs, **said)

    def _begin(self, later: LaterHealthwatch) -> list[Handover]:
        """Starts a later Healthwatch, and gives the pairs of the one before and this one."""
        first = later.councils[0]
        body = _shared_id(later.successor) if len(later.councils) > 1 else f"healthwatch:{first}"
        precision = later.successor_precision or later.precision
        self._add(body, later.successor, later.date, precision, later.successor_note, later.source)
        pairs = []
        for code in later.councils:
            council = self._councils.of_code(code)
            pairs.append(Handover(self._open[council.id].body, body))
            self._close(council.id, later.date, precision)
            tie = Tie(body, council.id, later.date, from_precision=precision, source=later.source)
            self._open[council.id] = tie
        return pairs

    def _close(self, council_id: str, date: str, precision: str) -> None:
        tie = self._open.pop(council_id)
        # A council that began on the very day of the change never had the old Healthwatch.
        if tie.valid_from < date:
            self.ties.append(tie._replace(valid_until=date, until_precision=precision))

    def _add(self, body: str, name: str, start: str, precision: str, note: str, source: str = ACT) -> None:
        locator = SECTION if source == ACT else ""
        self.bodies[body] = VoiceBody(
            body, KIND, name, start, from_precision=precision, source=source, locator=locator, note=note
        )

    def _name_by_area(self) -> None:
        """Lets a Healthwatch be found by its council's area; a shared one only while it served it."""
        for tie in self.ties:
            area = self._councils.by_id[tie.council].area
            shared = not tie.body.partition(":")[2].startswith("E")
            since, until = (tie.valid_from, tie.valid_until) if shared else ("", "")
            self._call(tie.body, (f"Healthwatch {area}", f"{area} Healthwatch"), ACT, since, until)

    def _note_later_names(self) -> None:
        for code, name, since in LATER_NAMES:
            body = f"healthwatch:{code}"
            if body not in self.bodies:
                raise DataBroken(f"{name} is a later name of {body}, which does not exist.")
            self.other_names.append(OtherName(body, name, "general-knowledge", "", since, "approx"))


def _changes() -> list[tuple[tuple[str, str], list[LaterHealthwatch]]]:
    """The changes in their order, each with the Healthwatch that came out of it: one source tells of each."""
    found: dict[tuple[str, str], list[LaterHealthwatch]] = {}
    for later in CHANGES:
        found.setdefault((later.date, later.source), []).append(later)
    return list(found.items())


def _first_note(row: dict[str, str], code: str, shared: bool) -> str:
    notes = ["one Healthwatch for three councils"] if shared else []
    if row["basis"] == "derived by pattern":
        notes.append(PATTERN_NAME)
    elif "seen" not in row["source"] and not shared:
        notes.append(UNSEEN_NAME)
    notes += [f"{note} (not verified)" for codes, note in RUN_TOGETHER if code in codes]
    return "; ".join(notes)


def _shared_id(name: str) -> str:
    return f"healthwatch:{slug(name.removeprefix('Healthwatch '))}"
