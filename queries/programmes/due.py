"""What is due: the steps of programmes, when each has to be taken, by whom, and whether anybody says that it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from orgmap.graphmodel.dates import AnyDay, Span, day_before, day_of, days_meant, days_of, today, written
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.listed import Milestone
from orgmap.graphmodel.repeating import days_of_rule, rule_words
from orgmap.graphmodel.statuses import LAW
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of, kinds, kinds_with
from orgmap.queries.body.resolve import life
from orgmap.queries.coverage import check_day
from orgmap.queries.plans.statements import cited, meant

STATED, END_OF_PERIOD = "stated", "end of its period"
"""Where the day comes from that counts for a step."""

DONE, OPEN, AHEAD, NO_DAY = "done", "open", "ahead", "no day"
"""How a step stands on a day. Open says that no evidence is recorded, never that it was missed."""

_AFTER_ALL = "9999"
"""Stands behind every day."""

EARLY = "due before the period that it is listed under"
LATE = "due after the period that it is listed under"
ROUGH = "the day is known roughly: the last that it may mean counts"


def due(
    store: Store,
    programme: str | None = None,
    owner: str | None = None,
    stream: str | None = None,
    by: AnyDay | None = None,
    at: AnyDay | None = None,
    only_open: bool = False,
    reports: str | None = None,
    within: str | None = None,
    steps: Sequence[Milestone] | None = None,
) -> dict[str, Any]:
    """Lists the steps of programmes by the day that counts for each, with who has to take them.

    `programme` and `stream` (or workstream) narrow by name, `owner` to a kind or a body, `by` to what is due by that
    day. `at` tells how each step stood on a day (done, open, ahead), from what had been said by then; `only_open`
    keeps those that were due and of which nobody says that they were done. `reports` (“2012-04..2013-03”) counts out
    what comes again between two days. `within` names the bodies of a place that have to take each step. `steps`
    are asked instead of those of the tables. Returns `{"milestones", "counts", "place", "notes"}`.

    A plan for which nothing is law is told as it stands in its source, with its status and condition: all steps of a
    programme that runs ahead are plans. Raises `NothingFound`, with the programmes, streams or owners that there are.
    """
    day = day_of(at) if at else ""
    last = days_of(by).last if by else ""
    span = days_of_reports(reports) if reports else None
    if only_open and not day:
        raise WrongUse("What is open is so on a day: add --at DATE.")
    everything = list(store.listed(Milestone)) if steps is None else list(steps)
    if not everything:
        raise NothingFound("No step of any programme was known.")
    if day > today() and all((counted_day(one)[0] or "") < day for one in everything):
        check_day(store, day)
    chosen = _narrowed(everything, "programme", programme, lambda one: [one.programme])
    chosen = _narrowed(chosen, "stream", stream, lambda one: [one.stream, one.workstream])
    there, beside = chosen, list[str]()
    if owner:
        chosen = _owned(store, chosen, owner)
        beside = _of_members(store, there, owner)
    if day:
        chosen = [one for one in chosen if not one.stated_on or one.stated_on <= day]
        if not chosen:
            raise NothingFound(f"Nothing had been said of such steps by {day}.")
    notes: list[str] = [*beside, *_outside_its_life(store, chosen, owner)] if owner else []
    if span:
        chosen = _occurrences(chosen, span)
        if not chosen:
            raise NothingFound("No such step comes again by a rule in that time.")
    before = chosen
    if last:
        chosen = [one for one in chosen if (counted := counted_day(one)[0]) and counted <= last]
    if only_open:
        chosen = [one for one in chosen if _state(one, day) == OPEN]
        notes.append("Open: no evidence is recorded that it was done; that does not say that it was missed.")
    if not chosen:
        raise NothingFound(_none_due(before, last))
    chosen = sorted(chosen, key=lambda one: (counted_day(one)[0] or _AFTER_ALL, one.programme, one.id))
    in_full = StepsInFull(store, chosen, within)
    milestones = [in_full.json(one, day) for one in chosen]
    return {
        "milestones": milestones,
        "counts": _counts(milestones),
        "place": in_full.place,
        "notes": [*notes, *in_full.notes],
    }


def _none_due(steps: list[Milestone], last: str) -> str:
    """That none of these steps is due by a day, and when the first of them is."""
    first = min((day for one in steps if (day := counted_day(one)[0])), default="")
    if not last or not first or first <= last:
        return "No such step is due then."
    return f"No such step is due by {last}: the first is due on {first}."


def counted_day(step: Milestone) -> tuple[str | None, str]:
    """The last day that counts for a step, and whether it is stated or the end of the period it is listed under.

    >>> counted_day(Milestone("a", "p", "s", due_on="2012-08-01", due_precision="month", due_sense="by"))
    ('2012-08-31', 'stated')
    >>> counted_day(Milestone("a", "p", "s", listed_for="Q2 2012/13", listed_until="2012-09-30"))
    ('2012-09-30', 'end of its period')
    """
    if step.due_until:
        return step.due_until, STATED
    if step.due_on:
        return days_meant(step.due_on, step.due_precision).last, STATED
    return (step.listed_until, END_OF_PERIOD) if step.listed_until else (None, "")


def days_of_reports(text: str) -> Span:
    """The stretch that “2012-04..2013-03” means, from its first day to its last. Raises `WrongUse`."""
    first, dots, last = text.partition("..")
    if not dots or not first.strip() or not last.strip():
        raise WrongUse(f"“{text}” is no stretch of time: write it as 2012-04..2013-03.")
    begins, ends = days_of(first), days_of(last)
    if ends.last < begins.first:
        raise WrongUse(f"“{text}” ends before it begins.")
    return begins._replace(last=ends.last)


def _narrowed(
    steps: list[Milestone], called: str, text: str | None, words: Callable[[Milestone], list[str]]
) -> list[Milestone]:
    """The steps with one of these words. Raises `NothingFound` with all that there are."""
    if not text:
        return steps
    wanted = _plain(text)
    if found := [one for one in steps if wanted in map(_plain, words(one))]:
        return found
    all_words = Counter(word for one in steps for word in words(one) if word)
    near = sorted(word for word in all_words if wanted in _plain(word))
    there = near or sorted(all_words)
    raise NothingFound(f"“{text}” is no {called} here. There are: {', '.join(there)}.")


def _plain(words: str) -> str:
    return words.casefold().replace("-", " ").replace("&", "and").strip()


def _owned(store: Store, steps: list[Milestone], owner: str) -> list[Milestone]:
    itself, wanted = meant(store, owner)
    found = [one for one in steps if wanted & {*one.owner.split(), *one.beside.split()}]
    if found:
        return found
    names = Counter(part for one in steps for part in one.owner.split())
    labels = {part: kinds()[part].plural for part in names if part in kinds()}
    bodies = {body.id: body.label for body in store.entities(ids=[part for part in names if ":" in part])}
    there = ", ".join(sorted((labels | bodies).values()))
    asked = ", ".join(kinds()[one].plural if one in kinds() else one for one in sorted(itself))
    raise NothingFound(f"No such step is for {asked}. There are steps for: {there}.")


def _of_members(store: Store, steps: list[Milestone], owner: str) -> list[str]:
    """That others have steps of their own whom one may mean too: of whom the asked are members, or their members."""
    itself, wanted = meant(store, owner)
    asked = {kind_of(one) or one for one in itself}
    have = {kind_of(part) or part for one in steps for part in f"{one.owner} {one.beside}".split()} - wanted
    notes = []
    for union in kinds_with("made_of_members"):
        if not have & {union} and union not in asked:
            continue
        bodies = [body.id for body in store.entities(kind=union)]
        joined = store.relationships(objects=bodies, verbs=["member_of"]) if bodies else []
        members = {kind_of(one.subject) or "" for one in joined}
        if union in asked:
            notes += [
                _steps_of(one, f"the members of {kinds()[union].plural}") for one in sorted(members & have)
            ]
        elif asked & members:
            names = " and ".join(kinds()[one].plural for one in sorted(asked & members))
            notes.append(_steps_of(union, f"of which {names} are members"))
    return notes


def _steps_of(kind: str, who: str) -> str:
    plural = kinds()[kind].plural
    return f"{plural[:1].upper()}{plural[1:]}, {who}, have steps of their own here: --owner {kinds()[kind].prefix}."


def _outside_its_life(store: Store, steps: list[Milestone], owner: str) -> list[str]:
    """That steps of a body's kind were due when the body itself was not there: they were never its own."""
    itself, _ = meant(store, owner)
    days = [day for one in steps if (day := counted_day(one)[0])]
    return [
        f"{body.label} was there {life(body)}: steps that were due on other days are those of its kind, not its own."
        for body in store.entities(ids=[one for one in itself if ":" in one])
        if any(not body.in_force_on(day) for day in days)
    ]


def _occurrences(steps: Iterable[Milestone], span: Span) -> list[Milestone]:
    """Every time that a step comes again in a stretch, as a step of that day; a rule runs from first day to last."""
    return [
        one._replace(due_on=day, due_precision="", due_sense="on", due_until=None)
        for one in steps
        if one.repeats
        for day in days_of_rule(
            one.repeats, max(span.first, one.due_on or ""), min(span.last, one.due_until or span.last)
        )
    ]


def _state(step: Milestone, day: str) -> str:
    """How a step stands on a day; without a day, whether it is recorded as done."""
    if step.done_on and (not day or days_meant(step.done_on, step.done_precision).last <= day):
        return DONE
    counted = counted_day(step)[0]
    if not counted:
        return NO_DAY
    return AHEAD if not day or counted > day else OPEN


def _counts(milestones: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """How many steps there are by period, stream and kind of owner."""
    each: dict[str, Counter[str]] = {"listed_for": Counter(), "stream": Counter(), "owner": Counter()}
    for one in milestones:
        each["listed_for"][one.get("listed_for", "")] += 1
        each["stream"][one.get("stream", "")] += 1
        each["owner"].update(part["name"] for part in one["owner"])
    return {name: dict(counts) for name, counts in each.items()}


class StepsInFull:
    """Steps as scripts get them, with names, sources and, of a place, the bodies that have to take them."""

    def __init__(self, store: Store, steps: Sequence[Milestone], within: str | None) -> None:
        self._store, self._within = store, within
        ids = {part for one in steps for part in f"{one.owner} {one.beside}".split() if ":" in part}
        self._names = {body.id: body.label for body in store.entities(ids=sorted(ids))}
        self._cited = cited(store, {one.id: [(one.source, one.locator)] for one in steps if one.source})
        self._done = cited(store, {one.id: [(one.done_source, "")] for one in steps if one.done_source})
        self._within_on: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.place, self.notes = "", list[str]()

    def json(self, step: Milestone, day: str) -> dict[str, Any]:
        """One step, with the day that counts and how it stands."""
        due_on, basis = counted_day(step)
        state = _state(step, day)
        out: dict[str, Any] = {
            "id": step.id,
            "programme": step.programme,
            "stream": step.stream,
            "workstream": step.workstream,
            "text": step.text,
            "status": step.status,
            **({} if step.status in LAW else {"law": False}),
            "owner": [self._part(part) for part in step.owner.split()],
            "owner_words": step.owner_words,
            "beside": [self._part(part) for part in step.beside.split()],
            "due": due_on,
            "due_basis": basis,
            "due_words": due_words(step),
            "due_from": step.due_on if step.due_until else None,
            "listed_for": step.listed_for,
            "repeats": step.repeats,
            "repeats_words": rule_words(step.repeats) if step.repeats else "",
            "condition": step.condition,
            "state": state,
            "done_on": step.done_on if state == DONE else None,
            "done_precision": step.done_precision,
            "flags": flags(step),
            "stated_on": step.stated_on,
            "statement": step.statement,
            "sources": [*self._cited.get(step.id, []), *self._done.get(step.id, [])],
            "note": step.note,
        }
        if self._within:
            out["bodies"] = self._bodies(step, due_on)
        keep = {"text", "due", "owner", "done_on", "stated_on", "sources", "flags", "beside", "bodies"}
        return {key: value for key, value in out.items() if key in keep or value not in ("", None)}

    def _part(self, part: str) -> dict[str, str]:
        return {"id": part, "name": kinds()[part].plural if part in kinds() else self._names.get(part, part)}

    def _bodies(self, step: Milestone, due_on: str | None) -> list[dict[str, str]]:
        """The bodies of the place that have to take a step: those in force on its day, or on the day before."""
        found: dict[str, dict[str, str]] = {}
        for part in (part for cell in (step.owner, step.beside) for part in cell.split()):
            kind = part if part in kinds() else kind_of(part)
            if kind and (due_on or step.stated_on):
                day = due_on or step.stated_on or ""
                here = self._on(kind, day) or self._on(kind, day_before(day))
                found |= {body["id"]: body for body in here if part in kinds() or body["id"] == part}
        return list(found.values())

    def _on(self, kind: str, day: str) -> list[dict[str, str]]:
        from orgmap.queries.body.listing import list_bodies

        key = kind, day
        if key not in self._within_on:
            try:
                answer = list_bodies(self._store, kind, day, self._within)
            except NothingFound as unknown:
                if not self.place:
                    raise
                answer = {"bodies": [], "place": self.place, "notes": [str(unknown)]}
            self.place = self.place or answer["place"]
            self.notes += [note for note in answer["notes"] if note not in self.notes]
            self._within_on[key] = [{"id": one["id"], "name": one["name"]} for one in answer["bodies"]]
        return self._within_on[key]


def due_words(step: Milestone) -> str:
    """When a step is due, in words.

    >>> due_words(Milestone("a", "p", "s", due_on="2012-08-01", due_precision="month", due_sense="by"))
    'by August 2012'
    >>> due_words(Milestone("a", "p", "s", due_on="2026-04-01", due_precision="approx", due_sense="in"))
    'about 1 April 2026'
    """
    if step.due_until and step.due_on:
        return f"from {written(step.due_on, step.due_precision)} to {written(step.due_until, step.due_precision)}"
    if step.due_on:
        when = written(step.due_on, step.due_precision)
        near = step.due_precision == "approx" and step.due_sense in ("in", "on")
        return when if near else f"{step.due_sense or 'by'} {when}"
    return f"by the end of {step.listed_for}" if step.listed_until else "no day given"


def flags(step: Milestone) -> list[str]:
    """What is odd about when a step is due: its day is rough, or outside the period that it is listed under.

    >>> flags(Milestone("a", "p", "s", due_on="2011-12-31", listed_for="Q4 2011/12", listed_until="2012-03-31"))
    ['due before the period that it is listed under']
    """
    rough = [ROUGH] if step.due_precision == "approx" and not step.due_until else []
    if not step.due_on or not step.listed_until:
        return rough
    day = counted_day(step)[0] or step.due_on
    last = step.listed_until
    quarter = f"{last[:5]}{int(last[5:7]) - 2:02d}-01"
    return [*rough, *([EARLY] if day < quarter else [LATE] if step.due_on > last else [])]
