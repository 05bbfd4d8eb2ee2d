"""How something is approved: the stages of a process, who recommends and decides, and the days that its limits make.

What a source does not state stays open, and is told as open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of, today, written
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.listed import Milestone
from orgmap.graphmodel.model import Period
from orgmap.graphmodel.plans.cases import ApprovalCase, ApprovalProcess, ApprovalStage, CaseEvent
from orgmap.graphmodel.statuses import LAW
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.coverage import check_day
from orgmap.queries.plans.statements import cited
from orgmap.queries.programmes.due import due_words

RECOMMENDS, DECIDES = "recommends", "decides"
"""What the actor of a stage does there, where the two must never be confused."""

PROCEDURE = "procedure"
"""The sort of a case that is no application, but the making of the process."""

NOT_STATED = "working or calendar days: not stated"
NOT_FOUND = "not found: no source that was read says what this stage is"
_ALIKE = 60


class PlannedDay(NamedTuple):
    """The day by which a stage is to be through, in calendar days and if working days are meant; the same for weeks."""

    calendar: str
    working: str
    least: str = ""

    @property
    def words(self) -> str:
        """The day in words, with what is not stated.

        >>> PlannedDay("2012-10-23", "2012-10-29").words
        'by 23 October 2012 if calendar days are meant, by 29 October 2012 if working days are: not stated which'
        >>> PlannedDay("2012-10-31", "2012-10-31", "2012-10-24").words
        'from 24 October 2012 to 31 October 2012'
        """
        if self.calendar != self.working:
            return (
                f"by {written(self.calendar)} if calendar days are meant, by {written(self.working)} if working days"
                " are: not stated which"
            )
        begins = f"from {written(self.least)} to" if self.least else "by"
        return f"{begins} {written(self.calendar)}"


def process(
    store: Store, name: str | None = None, at: AnyDay | None = None, from_: str | None = None
) -> dict[str, Any]:
    """Lists the stages of an approval process, or without a name all processes.

    `at` keeps the stages that held on a day. `from_` (“site-visit=2012-10-10”) gives the day of one stage; from it
    the days of those follow that have a time limit. Returns `{"processes", "stages", "made", "notes"}`; `made`
    are the events by which the process itself came about. Raises `NothingFound` with the names of processes and
    stages, and for a day on which the process was not there; `WrongUse` for a start on such a day.
    """
    day = day_of(at) if at else ""
    if day > today():
        check_day(store, day)
    known = store.listed(ApprovalProcess)
    if not known:
        raise NothingFound("No approval process was known.")
    stages = store.listed(ApprovalStage)
    if not name:
        if from_:
            raise WrongUse("A start is that of one process: name it.")
        if day:
            known = [one for one in known if held(one, day)]
            stages = [one for one in stages if held(one, day)]
            if not known:
                raise NothingFound(f"No approval process is known on {day}.")
        return {"processes": _processes(store, known, stages), "stages": [], "made": [], "notes": []}
    chosen = one_process(known, name)
    own = sorted((one for one in stages if one.process == chosen.id), key=lambda one: (one.number, one.id))
    notes = [chosen.note] if chosen.note else []
    begins: tuple[ApprovalStage, str] | None = None
    if from_:
        begins = _start(chosen, own, from_)
        own = [one for one in own if held(one, begins[1])]
    if day:
        if not held(chosen, day):
            raise NothingFound(f"{chosen.name} was not there on {day}: it {life_words(chosen)}.")
        own = [one for one in own if held(one, day)]
        if not own:
            raise NothingFound(f"No stage of {chosen.name} is stated for {day}.")
    planned = planned_days(own, {begins[0].id: begins[1]}) if begins else {}
    if begins:
        notes.append(_follows(begins, own, planned))
    return {
        "processes": _processes(store, [chosen], own),
        "stages": StagesInFull(store, own).rows(planned, begins[0].id if begins else ""),
        "made": _made(store, chosen),
        "notes": notes,
    }


def held(row: ApprovalProcess | ApprovalStage, day: str) -> bool:
    """Whether a process or a stage held on a day; one known to the month holds in all of it."""
    return Period(row.valid_from, row.valid_until).holds(day)


def life_words(process: ApprovalProcess) -> str:
    """Since when until when a process is known, in words.

    >>> life_words(ApprovalProcess("a", "A", valid_from="2012-04-01", from_precision="month", valid_until="2014-04-01"))
    'is known since April 2012, until 1 April 2014'
    """
    since = written(process.valid_from, process.from_precision) if process.valid_from else "a day not known"
    until = (
        f", until {written(process.valid_until, process.until_precision)}"
        if process.valid_until
        else ", its end not known"
        if process.until_precision
        else ""
    )
    return f"is known since {since}{until}"


def one_process(known: Sequence[ApprovalProcess], text: str) -> ApprovalProcess:
    """The process that a text means: by id, name or another name, else by words that stand in one of them alone.

    Raises `Ambiguous`, or `NothingFound` with the nearest names and all that there are.
    """
    wanted = normalise(text.replace("-", " "))
    called = {
        one.id: {normalise(word.replace("-", " ")) for word in (one.id, one.name, *one.other.split("; "))}
        for one in known
    }
    by_id = {one.id: one for one in known}
    if exact := [one for one, names in called.items() if wanted in names - {""}]:
        return by_id[exact[0]]
    holding = [
        one
        for one, names in called.items()
        if wanted and any(set(wanted.split()) <= set(name.split()) for name in names)
    ]
    if len(holding) == 1:
        return by_id[holding[0]]
    if holding:
        offers = [f"{one} — {by_id[one].name}" for one in holding]
        raise Ambiguous(f"Several processes are called “{text}”; name one.", offers)
    near = nearest(wanted, {one: max(names, key=len) for one, names in called.items()})
    meant = f" Nearest: {', '.join(near)}." if near else ""
    raise NothingFound(f"“{text}” is no process here.{meant} There are: {', '.join(by_id)}.")


def nearest(text: str, called: dict[str, str]) -> list[str]:
    """The ids whose names come nearest to a text, the nearest first; none where nothing is like it."""
    from rapidfuzz import fuzz, process

    names = {one: f"{one.replace('-', ' ')} {name}" for one, name in called.items()}
    found = process.extract(text, names, scorer=fuzz.token_set_ratio, limit=3, score_cutoff=_ALIKE)
    return [one for _, _, one in found]


def one_stage(stages: Iterable[ApprovalStage], text: str) -> ApprovalStage:
    """The stage that a text means, by its id without that of the process, or a name. Raises `NothingFound`."""
    wanted = normalise(text.replace("-", " "))
    listed = list(stages)
    for one in listed:
        names = (one.id, short_id(one), one.name, *one.other.split("; "))
        if wanted and wanted in {normalise(name.replace("-", " ")) for name in names}:
            return one
    there = ", ".join(dict.fromkeys(short_id(one) for one in listed))
    raise NothingFound(f"“{text}” is no stage of it. The stages are: {there}.")


def short_id(stage: ApprovalStage) -> str:
    """A stage's id without that of its process: what is typed before the day of `--from`.

    >>> short_id(ApprovalStage("ccg-authorisation-site-visit", "ccg-authorisation", 4, "site visit"))
    'site-visit'
    """
    return stage.id.removeprefix(f"{stage.process}-")


def _start(process: ApprovalProcess, stages: Sequence[ApprovalStage], text: str) -> tuple[ApprovalStage, str]:
    """The stage and the day that `from_` gives. Raises `WrongUse` where the process was not there on the day."""
    stage, equals, typed = text.partition("=")
    if not equals or not stage.strip() or not typed.strip():
        raise WrongUse(f"“{text}” is no start: write a stage and its day, as site-visit=2012-10-10.")
    day = day_of(typed)
    if not held(process, day):
        raise WrongUse(f"{process.name} {life_words(process)}: {day} is not in that time.")
    return one_stage([one for one in stages if held(one, day)] or stages, stage), day


def planned_days(stages: Sequence[ApprovalStage], known: dict[str, str]) -> dict[str, PlannedDay]:
    """The days that follow from those of some stages by the time limits, stage by stage.

    >>> report = ApprovalStage("b", "p", 2, "report", limit_from="a", limit_most=13.0, limit_unit="day")
    >>> planned_days([report], {"a": "2012-10-10"})["b"].calendar
    '2012-10-23'
    """
    days = {one: PlannedDay(day, day) for one, day in known.items()}
    found: dict[str, PlannedDay] = {}
    for stage in sorted(stages, key=lambda one: one.number):
        begins = days.get(stage.limit_from)
        if stage.id in days or begins is None or stage.limit_most is None:
            continue
        most, least = int(stage.limit_most), int(stage.limit_least or 0)
        if stage.limit_unit == "week":
            made = PlannedDay(
                _later(begins.calendar, 7 * most),
                _later(begins.working, 7 * most),
                _later(begins.calendar, 7 * least) if least else "",
            )
        else:
            made = PlannedDay(_later(begins.calendar, most), _working(begins.working, most))
        days[stage.id] = found[stage.id] = made
    return found


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _working(day: str, days: int) -> str:
    """So many weekdays later; public holidays are not left out."""
    found = date.fromisoformat(day)
    while days:
        found += timedelta(days=1)
        days -= found.weekday() < 5
    return found.isoformat()


def _follows(
    begins: tuple[ApprovalStage, str], stages: Sequence[ApprovalStage], planned: dict[str, PlannedDay]
) -> str:
    stage, day = begins
    if not planned:
        return f"No day follows from {stage.name} on {day}: no time limit runs from it."
    unclear = any(one.limit_unit == "day" for one in stages if one.id in planned)
    holidays = f"; {NOT_STATED}, and public holidays are not left out" if unclear else ""
    return f"Days computed from {stage.name} on {day} by the limits{holidays}."


def _processes(
    store: Store, processes: Sequence[ApprovalProcess], stages: Sequence[ApprovalStage]
) -> list[dict[str, Any]]:
    sources = cited(store, {one.id: [(one.source, one.locator)] for one in processes})
    ids = {part for one in stages for part in one.actor.split() if ":" in part}
    names = {body.id: body.label for body in store.entities(ids=sorted(ids))} if ids else {}
    names |= {kind: one.plural for kind, one in kinds().items()}
    rows = []
    for one in processes:
        own = sorted((stage for stage in stages if stage.process == one.id), key=lambda stage: stage.number)
        rows.append(
            {
                "id": one.id,
                "name": one.name,
                "text": one.text,
                "approves": one.approves or None,
                "valid_from": one.valid_from,
                "from_precision": one.from_precision,
                "valid_until": one.valid_until,
                "until_precision": one.until_precision,
                "recommends": _who(own, RECOMMENDS, names),
                "decides": _who(own, DECIDES, names),
                "stages": len(own),
                "stages_not_found": sum(not stage.text for stage in own),
                "sources": sources[one.id],
                "note": one.note,
            }
        )
    return rows


def _who(stages: Sequence[ApprovalStage], role: str, names: dict[str, str]) -> list[str]:
    """Who recommends, or who decides, in the order of the stages; none where no source says it."""
    words = (
        one.actor_words or ", ".join(names.get(part, part) for part in one.actor.split())
        for one in stages
        if one.role == role
    )
    return list(dict.fromkeys(filter(None, words)))


def _made(store: Store, process: ApprovalProcess) -> list[dict[str, Any]]:
    """The events by which a process came about, in order."""
    cases = {
        one.id for one in store.listed(ApprovalCase) if one.process == process.id and one.sort == PROCEDURE
    }
    events = [one for one in store.listed(CaseEvent) if one.of_case in cases] if cases else []
    sources = cited(store, {one.id: [(one.source, one.locator)] for one in events})
    return [
        {
            "id": one.id,
            "date": one.date,
            "date_words": written(one.date, one.precision) if one.date else "day not known",
            "text": one.text,
            "status": one.status,
            **({} if one.status in LAW else {"law": False}),
            "confidence": one.confidence,
            "sources": sources[one.id],
            "note": one.note,
        }
        for one in sorted(events, key=lambda one: (one.date or "", one.id))
    ]


class StagesInFull:
    """Stages as scripts get them, with the names of who acts, and who says so."""

    def __init__(self, store: Store, stages: Sequence[ApprovalStage]) -> None:
        self._stages = stages
        ids = {part for one in stages for part in one.actor.split() if ":" in part}
        self._names = {body.id: body.label for body in store.entities(ids=sorted(ids))} if ids else {}
        self._cited = cited(store, {one.id: [(one.source, one.locator)] for one in stages})
        self._by_id = {one.id: one for one in stages}

    def rows(self, planned: dict[str, PlannedDay], started: str = "") -> list[dict[str, Any]]:
        """The stages in their order, with the days that were computed for them."""
        return [self._row(one, planned.get(one.id), one.id == started) for one in self._stages]

    def _row(self, stage: ApprovalStage, planned: PlannedDay | None, started: bool) -> dict[str, Any]:
        out: dict[str, Any] = {
            "id": stage.id,
            "stage": short_id(stage),
            "process": stage.process,
            "number": int(stage.number),
            "name": stage.name,
            "text": stage.text or NOT_FOUND,
            "found": bool(stage.text),
            "role": stage.role,
            "actor": [{"id": part, "name": self._name(part)} for part in stage.actor.split()],
            "actor_words": stage.actor_words,
            "gate": stage.gate,
            "limit": stage.limit_words,
            "limit_from": self._by_id[stage.limit_from].name if stage.limit_from in self._by_id else "",
            "limit_note": NOT_STATED if stage.limit_unit == "day" else "",
            "due": stage.due_until or stage.due_on,
            "due_words": _due_words(stage),
            "started": started or None,
            "planned_by": planned.calendar if planned else None,
            "planned_by_if_working_days": planned.working if planned else None,
            "planned_from": planned.least if planned else None,
            "planned_words": planned.words if planned else "",
            "valid_from": stage.valid_from,
            "valid_until": stage.valid_until,
            "status": stage.status,
            **({} if stage.status in LAW else {"law": False}),
            "stated_on": stage.stated_on,
            "sources": self._cited[stage.id],
            "note": stage.note,
        }
        keep = {"text", "role", "actor", "found", "law", "valid_from", "valid_until", "stated_on"}
        return {key: value for key, value in out.items() if key in keep or value not in ("", None)}

    def _name(self, part: str) -> str:
        return kinds()[part].plural if part in kinds() else self._names.get(part, part)


def _due_words(stage: ApprovalStage) -> str:
    """When the timetable has a stage, in words; blank if it gives no day."""
    if not stage.due_on:
        return ""
    if stage.due_until:
        return f"from {written(stage.due_on, stage.due_precision)} to {written(stage.due_until)}"
    step = Milestone(
        "", "", "", due_on=stage.due_on, due_precision=stage.due_precision, due_sense=stage.due_sense
    )
    return due_words(step)
