"""Local Healthwatch: one for each upper-tier council since 2013, some shared, some merged later."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.council_changes import Reorganisation, kind_of_change
from orgmap.loaders.compile.councils.council_voice import (
    FOUNDED,
    PATTERN_NAME,
    UNSEEN_NAME,
    Councils,
    OtherName,
    Tie,
    VoiceBody,
    VoiceChange,
    read_list,
    slug,
)

KIND = "local_healthwatch"
SECTION = "sections 221 and 222"
ACT = "lgpih-2007"


class LaterHealthwatch(NamedTuple):
    """A Healthwatch that took over from others, for the councils with these codes."""

    name: str
    councils: tuple[str, ...]
    note: str


class HealthwatchChange(NamedTuple):
    """A change among Healthwatch that no reorganisation of councils brought about by itself."""

    date: str
    precision: str
    source: str
    note: str
    successors: tuple[LaterHealthwatch, ...]


CHANGES = (
    HealthwatchChange(
        "2017-01-01",
        "year",
        "general-knowledge",
        "the joint name is seen in 2020; the year of the merger is not verified",
        (
            LaterHealthwatch(
                "Healthwatch Cambridgeshire and Peterborough", ("E06000031", "E10000003"), "one company"
            ),
        ),
    ),
    HealthwatchChange(
        "2018-01-01",
        "year",
        "nottingham-healthwatch-2024",
        "separate before 2018, then merged after a review of the contracts; the day is not stated",
        (LaterHealthwatch("Healthwatch Nottingham and Nottinghamshire", ("E06000018", "E10000024"), ""),),
    ),
    HealthwatchChange(
        "2022-07-01",
        "",
        "central-west-london-2022",
        "Hammersmith and Fulham had left before: later than August 2019, at the latest by May 2022",
        (
            LaterHealthwatch("Healthwatch Westminster", ("E09000033",), ""),
            LaterHealthwatch("Healthwatch Kensington and Chelsea", ("E09000020",), ""),
            LaterHealthwatch(
                "Healthwatch Hammersmith and Fulham",
                ("E09000013",),
                "began on an unknown day between August 2019 and May 2022; shown here from the day on which"
                " Healthwatch Central West London ended; " + UNSEEN_NAME,
            ),
        ),
    ),
    HealthwatchChange(
        "2023-04-01",
        "",
        "cumberland-healthwatch-2024",
        "the two began with the two councils",
        (
            LaterHealthwatch("Healthwatch Cumberland", ("E06000063",), ""),
            LaterHealthwatch("Healthwatch Westmorland and Furness", ("E06000064",), ""),
        ),
    ),
    HealthwatchChange(
        "2025-04-01",
        "",
        "west-northamptonshire-2024",
        "the joint contract ended on 31 March 2025, and West Northamptonshire set up its own",
        (
            LaterHealthwatch("Healthwatch North Northamptonshire", ("E06000061",), PATTERN_NAME),
            LaterHealthwatch("Healthwatch West Northamptonshire", ("E06000062",), "name as announced"),
        ),
    ),
)
"""Later changes with a date, a year at least, from the lists and from what was read since."""

NOT_EXACT = {"E09000013": "approx"}
"""Successors of a change whose own first day is less well known than the change's."""

RUN_TOGETHER = {
    ("E06000002", "E06000003"): "run together as Healthwatch South Tees from about 2020",
    ("E06000016", "E10000018"): "one contract for Leicester and Leicestershire from about 2018",
    ("E06000026", "E06000027", "E10000008"): "one contract for Devon, Plymouth and Torbay from April 2020",
    ("E06000049", "E06000050"): "one company, Healthwatch Cheshire, from about 2017",
}
"""Healthwatch that kept their own names but share a provider; general knowledge, not verified."""

LATER_NAMES = (
    ("E06000002", "Healthwatch South Tees", "2020-01-01"),
    ("E06000003", "Healthwatch South Tees", "2020-01-01"),
    ("E06000049", "Healthwatch Cheshire", "2017-01-01"),
    ("E06000050", "Healthwatch Cheshire", "2017-01-01"),
    ("E08000010", "Healthwatch Wigan and Leigh", "2016-01-01"),
    ("E10000021", "Healthwatch North and West Northamptonshire", "2021-04-01"),
)
"""Later names with about when they began; general knowledge, not verified."""


class Healthwatches:
    """All local Healthwatch, which served which council when, and how they changed."""

    def __init__(self, published: Path, councils: Councils) -> None:
        self.bodies: dict[str, VoiceBody] = {}
        self.ties: list[Tie] = []
        self.changes: list[VoiceChange] = []
        self.other_names: list[OtherName] = []
        self._councils = councils
        self._open: dict[str, Tie] = {}
        self._found(published)
        self.first_of = {council: tie.body for council, tie in self._open.items()}
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
            *((change.date, 1, partial(self._take_over, change)) for change in CHANGES),
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

    def _take_over(self, change: HealthwatchChange) -> None:
        pairs = [pair for later in change.successors for pair in self._begin(later, change)]
        old, new = sorted({pair[0] for pair in pairs}), sorted({pair[1] for pair in pairs})
        if still := {tie.body for tie in self._open.values()}.intersection(old):
            raise DataBroken(f"{change.date}: {', '.join(sorted(still))} would go on for other councils.")
        for body in old:
            ended = self.bodies[body]._replace(valid_until=change.date, until_precision=change.precision)
            self.bodies[body] = ended
        kind = kind_of_change(len(old), len(new))
        event = f"{change.date}-{kind}-{(new[0] if kind == 'merged' else old[0]).replace(':', '-')}"
        self.changes.append(
            VoiceChange(
                event,
                kind,
                change.date,
                tuple((*pair, None) for pair in pairs),
                precision=change.precision,
                source=change.source,
                note=change.note,
            )
        )

    def _begin(self, later: LaterHealthwatch, change: HealthwatchChange) -> list[tuple[str, str]]:
        """Starts a later Healthwatch, and gives the pairs of the one before and this one."""
        first = later.councils[0]
        body = _shared_id(later.name) if len(later.councils) > 1 else f"healthwatch:{first}"
        precision = NOT_EXACT.get(first, change.precision)
        self._add(body, later.name, change.date, precision, later.note, change.source)
        pairs = []
        for code in later.councils:
            council = self._councils.of_code(code)
            pairs.append((self._open[council.id].body, body))
            self._close(council.id, change.date, precision)
            tie = Tie(body, council.id, change.date, from_precision=precision, source=change.source)
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
            for alias in (f"Healthwatch {area}", f"{area} Healthwatch"):
                if alias != self.bodies[tie.body].name:
                    note = "made by pattern, for look-up"
                    other = OtherName(tie.body, alias, ACT, note, since, valid_until=until)
                    self.other_names.append(other)

    def _note_later_names(self) -> None:
        for code, name, since in LATER_NAMES:
            body = f"healthwatch:{code}"
            if body not in self.bodies:
                raise DataBroken(f"{name} is a later name of {body}, which does not exist.")
            self.other_names.append(OtherName(body, name, "general-knowledge", "", since, "approx"))


def _first_note(row: dict[str, str], code: str, shared: bool) -> str:
    notes = ["one Healthwatch for three councils"] if shared else []
    if row["basis"] == "derived by pattern":
        notes.append(PATTERN_NAME)
    elif "seen" not in row["source"] and not shared:
        notes.append(UNSEEN_NAME)
    notes += [f"{note} (not verified)" for codes, note in RUN_TOGETHER.items() if code in codes]
    return "; ".join(notes)


def _shared_id(name: str) -> str:
    return f"healthwatch:{slug(name.removeprefix('Healthwatch '))}"
