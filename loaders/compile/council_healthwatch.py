"""Local Healthwatch and the LINks before them: for each upper-tier council one, some shared."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from graphmodel.errors import DataBroken
from loaders.compile.council_changes import Reorganisation, kind_of_change
from loaders.compile.council_voice import (
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
LINKS_FROM = "2008-04-01"
LINK_SECTION = "section 221"
HEALTHWATCH_SECTION = "sections 221 and 222"


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
    """All local Healthwatch and LINks, whose council's each was when, and how they changed."""

    def __init__(self, published: Path, councils: Councils) -> None:
        self.bodies: dict[str, VoiceBody] = {}
        self.ties: list[Tie] = []
        self.changes: list[VoiceChange] = []
        self.other_names: list[OtherName] = []
        self._councils = councils
        self._open: dict[str, Tie] = {}
        self._found(published)
        self._found_links(published)
        self._change_in_order()
        self._note_later_names()
        self.ties.extend(self._open.values())

    def _found(self, published: Path) -> None:
        rows = read_list(
            published, "healthwatch_2013.csv", self._councils, "name", "basis", "first_contract_start"
        )
        names = [row["name"] for row, _ in rows]
        together = {code: note for codes, note in RUN_TOGETHER.items() for code in codes}
        for row, council in rows:
            if row["first_contract_start"] != FOUNDED:
                raise DataBroken(f"{row['name']} starts on {row['first_contract_start']}, not on {FOUNDED}.")
            code = council.code_on(FOUNDED)
            shared = names.count(row["name"]) > 1
            body = _healthwatch_id(row["name"]) if shared else f"healthwatch:{code}"
            notes = ["one Healthwatch for three councils"] if shared else []
            if row["basis"] == "derived by pattern":
                notes.append(PATTERN_NAME)
            elif "seen" not in row["source"]:
                notes.append(UNSEEN_NAME)
            if code in together:
                notes.append(f"{together[code]} (not verified)")
            self._add(body, row["name"], FOUNDED, "", "; ".join(notes))
            self._open[council.id] = Tie(body, council.id, FOUNDED)
            self._name_after(body, row["name"], council.area)

    def _found_links(self, published: Path) -> None:
        rows = read_list(published, "links_2008_2013.csv", self._councils, "name", "start", "end")
        replaced: dict[str, list[str]] = {}
        first = []
        for row, council in rows:
            if (row["start"], row["end"]) != (LINKS_FROM, "2013-03-31"):
                raise DataBroken(
                    f"{row['name']} runs from {row['start']} to {row['end']}; 2008 to 2013 was expected."
                )
            start = max(LINKS_FROM, council.valid_from)
            body, notes, precision = f"link:{council.code_on(start)}", [PATTERN_NAME], ""
            if start > LINKS_FROM:
                notes.append(
                    "shown from the council's own start; what was there in 2008 for the old council is not"
                )
            else:
                first.append(body)
                precision = "approx"
                notes.append("the duty began on that day; the day of each network is not known")
            self.bodies[body] = VoiceBody(
                body,
                "local_involvement_network",
                row["name"],
                start,
                FOUNDED,
                from_precision=precision,
                source="lgpih-2007",
                locator=LINK_SECTION,
                note="; ".join(notes),
            )
            self.ties.append(Tie(body, council.id, start, FOUNDED, from_precision=precision))
            alias = f"{council.area} Local Involvement Network"
            self.other_names.append(OtherName(body, alias, "lgpih-2007", "made by pattern, for look-up"))
            replaced.setdefault(self._open[council.id].body, []).append(body)
        self.changes.append(
            VoiceChange(
                f"{LINKS_FROM}-created-links",
                "created",
                LINKS_FROM,
                tuple(("", body, None) for body in sorted(first)),
                precision="approx",
                instrument=f"Local Government and Public Involvement in Health Act 2007, {LINK_SECTION}",
                source="lgpih-2007",
            )
        )
        for healthwatch, links in sorted(replaced.items()):
            self.changes.append(
                VoiceChange(
                    f"{FOUNDED}-replaced-{healthwatch.replace(':', '-')}",
                    "replaced",
                    FOUNDED,
                    tuple((link, healthwatch, None) for link in sorted(links)),
                    instrument="Health and Social Care Act 2012, sections 182 to 187",
                    source="hsca-2012",
                )
            )

    def _change_in_order(self) -> None:
        reorganisations = list(self._councils.upper_tier_reorganisations())
        dated = [(change.date, 0, change) for change in reorganisations]
        dated += [(change.date, 1, change) for change in CHANGES]  # type: ignore[misc]
        for _, _, change in sorted(dated, key=lambda item: item[:2]):
            if isinstance(change, Reorganisation):
                self._hand_on(change)
            else:
                self._take_over(change)

    def _hand_on(self, change: Reorganisation) -> None:
        """The new council has the Healthwatch of the councils before it, unless a dated change says more."""
        for council_id in change.successors:
            before = {p.predecessor for p in change.passages if p.successor == council_id}
            bodies = {self._open[old].body for old in before}
            if len(bodies) != 1:
                raise DataBroken(
                    f"{change.date}: {council_id} would have several Healthwatch: {sorted(bodies)}."
                )
            self._open[council_id] = Tie(bodies.pop(), council_id, change.date)
            body = self._open[council_id].body
            self._name_after(body, self.bodies[body].name, self._councils.by_id[council_id].area)
        for council_id in change.predecessors:
            self._close(council_id, change.date, "")

    def _take_over(self, change: HealthwatchChange) -> None:
        pairs = []
        for later in change.successors:
            body = (
                _healthwatch_id(later.name) if len(later.councils) > 1 else f"healthwatch:{later.councils[0]}"
            )
            precision = max((NOT_EXACT.get(code, change.precision) for code in later.councils), key=len)
            self._add(body, later.name, change.date, precision, later.note, change.source)
            for code in later.councils:
                council = self._councils.of_code(code)
                pairs.append((self._open[council.id].body, body, None))
                self._close(council.id, change.date, precision)
                self._open[council.id] = Tie(body, council.id, change.date, from_precision=precision)
                self._name_after(body, later.name, council.area)
        old = sorted({pair[0] for pair in pairs})
        still = sorted({tie.body for tie in self._open.values()} & set(old))
        if still:
            raise DataBroken(f"{change.date}: {', '.join(still)} would go on for other councils.")
        for body in old:
            ended = {"valid_until": change.date, "until_precision": change.precision}
            self.bodies[body] = self.bodies[body]._replace(**ended)
        new = sorted({pair[1] for pair in pairs})
        kind = kind_of_change(len(old), len(new))
        name = f"{change.date}-{kind}-{(new[0] if kind == 'merged' else old[0]).replace(':', '-')}"
        event = VoiceChange(name, kind, change.date, tuple(pairs), change.precision)
        self.changes.append(event._replace(source=change.source, note=change.note))

    def _close(self, council_id: str, date: str, precision: str) -> None:
        tie = self._open.pop(council_id)
        # A council that began on the very day of the change never had the old Healthwatch.
        if tie.valid_from < date:
            self.ties.append(tie._replace(valid_until=date, until_precision=precision))

    def _add(
        self, body: str, name: str, start: str, precision: str, note: str, source: str = "lgpih-2007"
    ) -> None:
        locator = HEALTHWATCH_SECTION if source == "lgpih-2007" else ""
        self.bodies[body] = VoiceBody(
            body, KIND, name, start, from_precision=precision, source=source, locator=locator, note=note
        )

    def _name_after(self, body: str, name: str, area: str) -> None:
        for alias in (f"Healthwatch {area}", f"{area} Healthwatch"):
            if alias != name:
                self.other_names.append(OtherName(body, alias, "lgpih-2007", "made by pattern, for look-up"))

    def _note_later_names(self) -> None:
        for code, name, since in LATER_NAMES:
            body = f"healthwatch:{code}"
            if body not in self.bodies:
                raise DataBroken(f"{name} is a later name of {body}, which does not exist.")
            self.other_names.append(OtherName(body, name, "general-knowledge", "", since, "approx"))


def _healthwatch_id(name: str) -> str:
    return f"healthwatch:{slug(name.removeprefix('Healthwatch '))}"
