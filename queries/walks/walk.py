"""Walking a case through the structure: who commissions each step, for whom, where complaints go, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.listed import Walk, WalkStep
from orgmap.graphmodel.model import IN_FORCE, Entity, Include
from orgmap.graphmodel.plans.foretold import PlannedEnd, planned_ends
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import has, kind_of, kinds, of_id, the_kind
from orgmap.queries.commissioning.exceptions import LISTED
from orgmap.queries.commissioning.who import ABROAD, who_in_all
from orgmap.queries.coverage import horizon_notes
from orgmap.queries.guide.paying import overseers
from orgmap.queries.guide.sayings import Sayings
from orgmap.queries.place.context import Setting, setting_of
from orgmap.queries.place.find import practice_of
from orgmap.queries.plans.statements import cited
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.walks.flags import NOT_KNOWN, flags_of, told_of

RESIDENT, REGISTERED = "resident", "registered"
"""The sides from which a step is asked: where the person lives, and on which practice's list they are."""

COMPLAINS = "complainant"
"""The reader for whom it is said what becomes of a complaint to a body."""

_NEAR = 3
"""So many letters a word has at least that comes near the name of a case."""

SCRUTINY = ("scrutinises",)
"""The verbs of those who question what a body does, beside those to whom it answers."""

Side = Setting | str
"""The bodies around a side on a day, or why they are not known."""

Answered = dict[str, dict[tuple[str, str], dict[str, Any]]]
"""What `who` says of each service, by side and day."""


class WalkAsked(NamedTuple):
    """Which case is walked by whom: where they live, on which practice's list they are, and on which days.

    >>> WalkAsked("child-under-5", "CT9 1AA", "", ("2026-10-01",)).resident
    'CT9 1AA'
    """

    script: str
    resident: str
    practice: str
    days: tuple[str, ...]


class CaseAsked(NamedTuple):
    """One case of many: the line on which it stands, what it is called, and what is asked, or why it cannot be."""

    line: int
    name: str
    asked: WalkAsked
    fault: str = ""


def walks(store: Store) -> list[dict[str, Any]]:
    """Every case that can be walked, with its steps and who says so. Raises `NothingFound` if there is none."""
    if not (listed := store.listed(Walk)):
        raise NothingFound("No case to walk is known.")
    steps = list(store.listed(WalkStep))
    rows: list[Walk | WalkStep] = [*listed, *steps]
    cited_by = cited(store, {one.id: [(one.source, one.locator)] for one in rows if one.source})
    names = {one.id: one for one in store.entities(ids=sorted({step.service for step in steps}))}
    return [
        {
            "id": one.id,
            "name": one.name,
            "text": one.text,
            "steps": [
                {"id": step.id, "text": step.text, "service": _service(names, step.service),
                 "sources": cited_by.get(step.id, [])}
                for step in steps
                if step.walk == one.id
            ],
            "sources": cited_by.get(one.id, []),
            **({"note": one.note} if one.note else {}),
        }
        for one in listed
    ]  # fmt: skip


def _service(names: dict[str, Entity], service: str) -> dict[str, Any]:
    return {"id": service, "name": names[service].name if service in names else None}


def script_of(scripts: Sequence[dict[str, Any]], text: str) -> dict[str, Any]:
    """The case that a word means, by id or name. Raises `NothingFound` with all that there are."""
    wanted = normalise(text)
    if found := [one for one in scripts if wanted in (normalise(one["id"]), normalise(one["name"]))]:
        return found[0]
    near = [one["id"] for one in scripts if wanted in normalise(f"{one['id']} {one['name']}")]
    nearest = f" Nearest: {', '.join(near)}." if near and len(wanted) >= _NEAR else ""
    there = ", ".join(one["id"] for one in scripts)
    raise NothingFound(f"“{text}” is no case to walk.{nearest} There are: {there}.")


def cases_walked(
    store: Store, cases: Sequence[CaseAsked], include: Include = IN_FORCE
) -> Iterator[dict[str, Any]]:
    """Walks many cases, each with its line; of one that cannot be walked the reason is kept as its `fault`."""
    scripts = walks(store)
    for case in cases:
        named = {"line": case.line, "case": case.name}
        try:
            if case.fault:
                raise WrongUse(case.fault)
            yield {**named, "fault": None, **walked(store, scripts, case.asked, include)}
        except (NothingFound, Ambiguous, WrongUse) as fault:
            yield {**named, "fault": str(fault), **_not_walked(case.asked)}


def _not_walked(asked: WalkAsked) -> dict[str, Any]:
    """What is told of a case that could not be walked."""
    typed = {RESIDENT: asked.resident, REGISTERED: asked.practice}
    return {
        "script": asked.script,
        "name": "",
        "text": "",
        "days": list(asked.days),
        "places": [{"side": side, "query": text, "described": ""} for side, text in typed.items() if text],
        "steps": [],
        "bodies": [],
        "counts": {},
        "sources": [],
        "notes": [],
    }


def walk(
    store: Store,
    script: str,
    resident: str = "",
    practice: str = "",
    days: Iterable[AnyDay] = (),
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Walks a case step by step: who commissions what it needs, on each of the days, by residence and by list.

    `resident` is the place where the person lives, `practice` the one on whose list they are; one of them must be
    given. Returns `{"script", "name", "text", "days", "places", "steps", "bodies", "counts", "notes"}`; a step has a
    cell for each day, with `answers` as `who` gives them, each with the `side` that it was asked from and whether it
    `counts` for the person (what goes by a list counts from the practice's side, all else from where they live), and
    `flags`: GAP, TWO, MOVED, NOT KNOWN; nothing `applies` where the service began later. `bodies` tells of each who
    commissions where a complaint goes and who oversees it. Raises `NothingFound`, `Ambiguous` or `WrongUse`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     walked = walk(store, "child-under-5", "CT9 1AA", days=["2015-09-30", "2015-10-01"])
    >>> [flag["flag"] for step in walked["steps"] for cell in step["cells"] for flag in cell["flags"]].count("MOVED")
    1
    """
    asked = WalkAsked(script, resident.strip(), practice.strip(), tuple(day_of(day) for day in days))
    return walked(store, walks(store), asked, include)


def walked(
    store: Store, scripts: Sequence[dict[str, Any]], asked: WalkAsked, include: Include
) -> dict[str, Any]:
    """The same for a case among these."""
    case = script_of(scripts, asked.script)
    if not (asked.resident or asked.practice):
        raise WrongUse("A case is walked by somebody: add --resident PLACE, --practice CODE, or both.")
    chains = Chains.of(store, include)
    sides = _Sides(chains, asked)
    services = {
        one.id: one for one in store.entities(ids=sorted({s["service"]["id"] for s in case["steps"]}))
    }
    answered = sides.answered([*services.values()])
    named = {
        one["commissioner"]["id"]
        for of_service in answered.values()
        for found in of_service.values()
        for one in found["answers"]
    }
    ends = planned_ends(store, named, include)
    steps = [
        _step(sides, step, services.get(step["service"]["id"]), answered, ends) for step in case["steps"]
    ]
    cells = [cell for step in steps for cell in step["cells"]]
    shown = {words for cell in cells for words in _shown(cell)}
    notes = [note for cell in cells for note in cell.pop("said") if note not in shown]
    return {
        "script": case["id"],
        "name": case["name"],
        "text": case["text"],
        "days": list(asked.days),
        "places": sides.places(),
        "steps": steps,
        "bodies": _bodies(store, sides, steps),
        "counts": dict(Counter(flag["flag"] for cell in cells for flag in cell["flags"])),
        "sources": case["sources"],
        "notes": list(dict.fromkeys([*sides.notes(), *notes])),
    }


def _shown(cell: dict[str, Any]) -> Iterator[str]:
    """What is said of a cell itself, beside its answers: it need not be said again of the whole."""
    if not cell["applies"] or any(flag["flag"] == NOT_KNOWN for flag in cell["flags"]):
        yield from cell["notes"]


class _Sides:
    """Where the person lives and on whose list they are, on each day."""

    def __init__(self, chains: Chains, asked: WalkAsked) -> None:
        self.chains, self._asked, self.days = chains, asked, asked.days
        typed = {RESIDENT: asked.resident, REGISTERED: asked.practice}
        self.typed = {side: text for side, text in typed.items() if text}
        practice = practice_of(chains.store, asked.practice, self.days[-1]) if asked.practice else None
        if asked.practice and practice is None:
            raise NothingFound(f"No practice has the code “{asked.practice}”: G82063 is such a code.")
        abroad = _abroad(practice) if practice and has(practice.kind, ABROAD) else ""
        self._unknown = {REGISTERED: f"patients registered with {practice.label}"} if practice else {}
        self._on: dict[tuple[str, str], Side] = {}
        for side, text in self.typed.items():
            if abroad and side == REGISTERED:
                self._on |= {(side, day): abroad for day in self.days}
                continue
            found = [self._side(text, day) for day in self.days]
            known = any(isinstance(one, Setting) for one in found)
            if not known and (side == RESIDENT or len(self.typed) == 1):
                raise found[0]  # type: ignore[misc]
            for day, one in zip(self.days, found, strict=True):
                self._on[side, day] = str(one) if isinstance(one, NothingFound) else one

    def _side(self, text: str, day: str) -> Setting | NothingFound:
        try:
            return setting_of(self.chains, text, day)
        except NothingFound as nothing:
            return nothing

    def on(self, side: str, day: str) -> Side | None:
        """The bodies around a side on a day, why they are not known, or nothing where it was not asked for."""
        return self._on.get((side, day))

    def answered(self, services: list[Entity]) -> Answered:
        """What `who` says of each service; everything is asked of the store together."""
        known = {key: one for key, one in self._on.items() if isinstance(one, Setting)}
        found = who_in_all(self.chains, services, list(known.values()))
        return {service.id: {key: next(found) for key in known} for service in services}

    def reasons(self, side: str, day: str, notes: list[str]) -> list[str]:
        """Why nothing is told of a step: what stands below it, without what is said of the place or of the tables."""
        setting = self.on(side, day)
        if not isinstance(setting, Setting):
            return []
        of_all = {
            *setting.notes,
            *horizon_notes(self.chains.store, {the_kind("care"), setting.layer}, day),
        }
        return [note for note in notes if note not in of_all]

    def counts(self, side: str, population: str) -> bool:
        """Whether what is asked from a side holds for the person: by list or by where they live."""
        wanted = REGISTERED if population in LISTED else RESIDENT
        return len(self.typed) == 1 or side == wanted

    def places(self) -> list[dict[str, Any]]:
        """Where the person lives and on whose list they are, as it was taken."""
        out = []
        for side, text in self.typed.items():
            known = [one for day in self.days if isinstance(one := self.on(side, day), Setting)]
            described = known[-1].label["described"] if known else self._unknown.get(side, "")
            out.append({"side": side, "query": text, "described": described})
        return out

    def notes(self) -> list[str]:
        """What must be said of the places, and why they are not known on a day."""
        said = []
        for (_, day), one in self._on.items():
            said += [f"{day}: {one}"] if isinstance(one, str) else one.notes
        return said


def _abroad(practice: Entity) -> str:
    """Why nothing is told of the list of a practice that is none of England's."""
    kind = kinds()[practice.kind].label
    return (
        f"{practice.label} is a {kind}: who commissions for its list is not told by these tables of England."
    )


def _step(
    sides: _Sides,
    step: dict[str, Any],
    service: Entity | None,
    answered: Answered,
    ends: dict[str, PlannedEnd],
) -> dict[str, Any]:
    """A step with a cell for each day; a flag may look back to the day before."""
    cells: list[dict[str, Any]] = []
    of_service = answered.get(step["service"]["id"], {})
    for day in sides.days:
        cell: dict[str, Any] = {
            "at": day,
            "applies": True,
            "answers": [],
            "flags": [],
            "notes": [],
            "said": [],
        }
        for side in sides.typed:
            if found := of_service.get((side, day)):
                cell["answers"] += [_answer(sides, side, one) for one in found["answers"]]
                cell["said"] += found["notes"]
                if not found["answers"]:
                    cell["notes"] += sides.reasons(side, day, found["notes"])
            elif isinstance(why := sides.on(side, day), str):
                cell["notes"].append(why)
        if service and not cell["answers"] and (service.valid_from or "") > day:
            why = f"{service.name} began on {service.valid_from}: the step does not apply on {day}."
            cells.append({**cell, "applies": False, "notes": [why], "said": [why]})
            continue
        cell["notes"] = list(dict.fromkeys(cell["notes"]))
        cell["flags"] = flags_of(cell, cells[-1] if cells else None, service, ends)
        cells.append(cell)
    return {**step, "cells": cells}


def _answer(sides: _Sides, side: str, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of `who`, with the side from which it was asked, and whether it holds for the person."""
    fact = answer["fact"]
    return {
        "side": side,
        "by": "list" if fact["population"] in LISTED else "place",
        "counts": sides.counts(side, fact["population"]),
        "part": told_of(fact["population"]),
        "rule": fact["rule"],
        "valid_from": fact["valid_from"],
        "valid_until": fact["valid_until"],
        "stated_on": fact["stated_on"],
        "sources": fact["sources"],
        **{
            key: answer[key]
            for key in (
                "commissioner", "acting_through", "legally_accountable", "also_accountable", "on_behalf_of",
                "population", "basis", "status", "verified", "share", "share_of", "notes",
            )
            if key in answer
        },
    }  # fmt: skip


def _bodies(store: Store, sides: _Sides, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each body that commissions a step on a day: where a complaint to it goes, and who oversees it."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for step in steps:
        for cell in step["cells"]:
            for one in cell["answers"]:
                if one["counts"]:
                    found.setdefault((cell["at"], one["commissioner"]["id"]), one["commissioner"])
    sayings = {day: Sayings(store, day, COMPLAINS) for day in sides.days}
    out = []
    for (day, body), commissioner in sorted(found.items(), key=lambda pair: pair[0]):
        around = [one for side in sides.typed if isinstance(one := sides.on(side, day), Setting)]
        here = {other for setting in around for piece in setting.pieces for other in piece.bodies}
        out.append(
            {
                "at": day,
                "body": commissioner,
                "complaint": sayings[day].of(commissioner)["for_reader"],
                "scrutiny": [
                    {"body": line["body"], "sentences": line["sentences"], "sources": line["sources"]}
                    for line in _overseeing(sides.chains, body, here, day)
                ],
            }
        )
    return out


def _overseeing(chains: Chains, body: str, here: set[str], day: str) -> list[dict[str, Any]]:
    """Who oversees a body; of a kind of which several do, and none is of this place, nobody is picked out."""
    lines = overseers(chains, [body], here, day, chains.include, SCRUTINY)
    many = Counter(kind_of(line["body"]["id"]) for line in lines if line["body"]["id"] not in here)
    return [
        line
        for line in lines
        if (one := line["body"]["id"]) in here or of_id(one).reach == "country" or many[kind_of(one)] == 1
    ]
