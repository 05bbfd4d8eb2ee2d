"""Cases of approval: one, those of a body, or a list of them with the totals that sources count.

Nothing recorded says neither yes nor no: a case that is not there was never passed, and a count never looks complete
when it is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from orgmap.graphmodel.dates import AnyDay, today
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.plans.cases import ApprovalCase, ApprovalProcess, counted_as, outcomes
from orgmap.graphmodel.statuses import PLANS, opening
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.body.resolve import as_candidate, candidates, resolve
from orgmap.queries.coverage import check_day
from orgmap.queries.plans.marks import last_day_known
from orgmap.queries.plans.statements import Reach
from orgmap.queries.programmes.case_book import IN_EFFECT, NOT_KNOWN, CaseBook, outcome_words
from orgmap.queries.programmes.case_rows import CasesInFull
from orgmap.queries.programmes.case_totals import totals_of, without_case
from orgmap.queries.programmes.process import nearest, one_process

FIELDS = ("process", "wave", "outcome", "stands", "year", "confidence", "basis", "status")
"""What cases can be chosen and counted by."""

NO_CASE = "no case recorded"
UNKNOWN = "not known"


def case(
    store: Store,
    text: str | None = None,
    process: str | None = None,
    within: str | None = None,
    where: Iterable[tuple[str, str]] = (),
    count_by: str | None = None,
    at: AnyDay | None = None,
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Tells one case, those of a body, or lists cases of a process or a place.

    `text` is a case or a body; `where` keeps those with a value of a field (see `FIELDS`), `count_by` counts by one.
    `at` tells each case as it stood on a day. Cases that are only planned are listed if `include` asks for plans,
    and told where they are asked for by name. Returns `{"cases", "counts", "totals", "without_case", "place",
    "notes"}`: `totals` are those that sources count, with how many of each are named; `without_case` names the
    bodies that went through a process of which no case is recorded. Raises `NothingFound` where none is, never a guess;
    `Ambiguous`, and `WrongUse` for a field that there is not.
    """
    book = CaseBook(store, at or last_day_known(store))
    if at and book.day > today():
        check_day(store, book.day)
    pairs = [(_field(field), value) for field, value in where]
    if count_by:
        count_by = _field(count_by)
    chosen = one_process(list(book.processes.values()), process) if process else None
    if chosen and at and chosen.valid_from and chosen.valid_from > book.day:
        raise NothingFound(f"{chosen.name} had not begun on {book.day}.")
    cases = [one for one in book.cases if not chosen or one.process == chosen.id]
    notes: list[str] = []
    if text:
        cases = _meant(store, book, text, cases, chosen)
        notes += _silent(store, book, text, cases, chosen)
    else:
        cases = [one for one in cases if not one.sort]
        hidden = [one for one in cases if one.status in PLANS and not include.shows(one.status)]
        cases = [one for one in cases if one not in hidden]
        words = Counter(opening(one.status) for one in hidden)
        notes += [
            f"{number} more {'case is' if number == 1 else 'cases are'} only {word}: add --include {word}."
            for word, number in sorted(words.items())
        ]
    place = ""
    if within:
        reach = Reach(store, within, {part for one in cases for part in _parts(one)})
        place = reach.place
        notes += reach.notes
        cases = [one for one in cases if reach.is_here(_parts(one))]
    waves = frozenset(value for field, value in pairs if field == "wave")
    listed = {chosen.id} if chosen else {one.process for one in cases}
    missing: list[dict[str, str]] = []
    if not text:
        for one in (book.processes[name] for name in sorted(listed) if name in book.processes):
            rows, said = without_case(store, book, one, within)
            missing += rows
            notes += [note for note in said if note not in notes]
    kept = [one for one in cases if all(_has(book, one, field, value) for field, value in pairs)]
    if not kept and not (missing and not pairs and count_by):
        raise NothingFound(_nothing(book, cases, missing, chosen, place, pairs))
    totals = totals_of(book, listed, waves) if not text else []
    notes += _incomplete(book, kept, missing, totals, place, pairs)
    counts = _counts(book, kept, count_by, missing if not pairs else []) if count_by else None
    in_full = CasesInFull(book, kept)
    answer = {
        "cases": [in_full.row(one) for one in kept],
        "totals": totals,
        "without_case": missing,
        "place": place,
        "notes": notes,
    }
    if at and (later := sum(book.later.get(one.id, 0) for one in kept)):
        answer["notes"] = [
            *notes,
            f"{later:,} later events are not told: they came, or were said, after {book.day}.",
        ]
    return answer if counts is None else {**answer, "count_by": count_by, "counts": counts}


def _parts(case: ApprovalCase) -> list[str]:
    return [*case.bodies.split(), *case.makes.split()]


def _field(text: str) -> str:
    field = text.strip().casefold().replace("-", "_")
    if field not in FIELDS:
        raise WrongUse(f"Cases have no field “{text}”. Fields: {', '.join(FIELDS)}.")
    return field


def _meant(
    store: Store, book: CaseBook, text: str, cases: Sequence[ApprovalCase], process: ApprovalProcess | None
) -> list[ApprovalCase]:
    """The case that a text means by its id or the beginning of it, else those of the body that it means, else the one
    case in whose name its words stand."""
    clean = text.strip().casefold()
    if exact := [one for one in cases if one.id.casefold() == clean]:
        return exact
    begun = [one for one in cases if clean and one.id.casefold().startswith(f"{clean}_")]
    if len(begun) == 1:
        return begun
    if begun:
        raise Ambiguous(f"Several cases begin with “{text}”; name one.", [_offer(one) for one in begun])
    bodies = candidates(store, text)
    ids = {one.id for one in bodies}
    if found := [one for one in cases if ids & set(_parts(one))]:
        return sorted(found, key=lambda one: (one.stated_on or "", one.id))
    words = set(normalise(text).split())
    named = [one for one in cases if words and words <= set(normalise(f"{one.name} {one.id}").split())]
    if len(named) == 1:
        return named
    if named:
        raise Ambiguous(f"Several cases are about “{text}”; name one.", [_offer(one) for one in named])
    if not bodies:
        if near := nearest(normalise(text), {one.id: one.name for one in cases}):
            raise NothingFound(f"No case recorded of “{text}”. Nearest: {', '.join(near)}.")
        bodies = [resolve(store, text)]
    of = f" in {process.name}" if process else ""
    called = "; ".join(as_candidate(one) for one in bodies[:3])
    by = f" by {book.day}" if book.day < today() else ""
    raise NothingFound(f"No case recorded of {called}{of}{by}. {_silence(book, ids, process)}".strip())


def _silent(
    store: Store, book: CaseBook, text: str, cases: Sequence[ApprovalCase], chosen: ApprovalProcess | None
) -> list[str]:
    """A sentence for each process that a body went through, as all of its kind did, and of which it has no case."""
    named = {one.id for one in cases}
    ids = {one.id for one in candidates(store, text)} if text.strip().casefold() not in named else set[str]()
    notes = []
    for one in () if chosen else book.processes.values():
        if not one.whole_on or any(case.process == one.id for case in cases):
            continue
        there = store.entities(ids=sorted(ids), kind=one.approves, at=one.whole_on) if ids else []
        notes += [
            f"No case recorded of {body.label} in {one.name}. {_silence(book, {body.id}, one)}"
            for body in there
        ]
    return notes


def _offer(case: ApprovalCase) -> str:
    return f"{case.id} — {case.name}"


def _silence(book: CaseBook, ids: set[str], chosen: ApprovalProcess | None) -> str:
    """What the silence of the tables on a body means."""
    for one in [chosen] if chosen else book.processes.values():
        if one.whole_on and any(kind_of(body) == one.approves for body in ids):
            return (
                f"Of {one.name} only some cases are named, and of the others totals: whether and how it was decided"
                " here is not known."
            )
    return "That says neither that it passed nor that it failed."


def _value(book: CaseBook, case: ApprovalCase, field: str) -> str:
    """What a case has in a field; blank where that is not known."""
    match field:
        case "process" | "status":
            return str(getattr(case, field))
        case "wave":
            return book.wave(case)
        case "outcome":
            return book.outcome(case)
        case "stands":
            stands = book.stands(case)
            return stands.outcome if stands else NOT_KNOWN
    decided = book.decision(case)
    if field == "year":
        came = [event.date for event, _ in book.changes(case) if event.date]
        day = (decided.date if decided else None) or (came[0] if came else None)
        return (day or "")[:4]
    return str(getattr(decided, field)) if decided else ""


def _has(book: CaseBook, case: ApprovalCase, field: str, value: str) -> bool:
    """Whether a case has a value; with directions means with conditions, too, as sources count it."""
    own = _value(book, case, field)
    wanted = normalise(value)
    words = [own] if field not in ("outcome", "stands") else [own, outcome_words(own), *counted_as(own)]
    if field == "process" and own in book.processes:
        words.append(book.processes[own].name)
    if not own:
        words = [UNKNOWN]
    return wanted in {normalise(one.replace("_", " ")) for one in words} | {normalise(own)}


def _counts(
    book: CaseBook, cases: Sequence[ApprovalCase], field: str, missing: Sequence[dict[str, str]]
) -> dict[str, int]:
    """How many cases have each value of a field, and of how many bodies no case is recorded."""
    counted = Counter(_value(book, one, field) or NOT_KNOWN for one in cases)
    found = dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
    return {**found, **({NO_CASE: len(missing)} if missing else {})}


def _nothing(
    book: CaseBook,
    cases: Sequence[ApprovalCase],
    missing: Sequence[dict[str, str]],
    process: ApprovalProcess | None,
    place: str,
    pairs: Sequence[tuple[str, str]],
) -> str:
    of = f" of {process.name}" if process else ""
    there = f" in {place}" if place else ""
    if not pairs or not cases:
        left = (
            f" {len(missing):,} bodies there went through it, and nothing of them is recorded."
            if missing
            else ""
        )
        return f"No case recorded{of}{there}.{left}"
    asked = " and ".join(f"{field} “{value}”" for field, value in pairs)
    field = pairs[0][0]
    values = Counter(_value(book, one, field) or NOT_KNOWN for one in cases)
    words = ", ".join(f"{value_words(value)} ({number})" for value, number in values.most_common())
    left = f", and of {len(missing):,} more bodies no case is recorded" if missing else ""
    return f"No case recorded has {asked}{of}{there}. By {field} there are: {words}{left}."


def value_words(value: str) -> str:
    """A value of a case in words: an outcome by its name, all else without the marks of a key."""
    if value in outcomes() or value == NOT_KNOWN:
        return outcome_words(value)
    return value.replace("_", " ")


def _incomplete(
    book: CaseBook,
    cases: Sequence[ApprovalCase],
    missing: Sequence[dict[str, str]],
    totals: Sequence[dict[str, Any]],
    place: str,
    pairs: Sequence[tuple[str, str]],
) -> list[str]:
    """Sentences that say how far a list is from complete."""
    notes = []
    open_ones = sum(book.outcome(one) in (NOT_KNOWN, IN_EFFECT) for one in cases)
    if open_ones and len(cases) > 1:
        notes.append(f"Of {open_ones:,} of these {len(cases):,} cases no decision is recorded.")
    if missing:
        there = " there" if place else ""
        verb = "body" if len(missing) == 1 else "bodies"
        names = " and ".join(one.name for one in book.processes.values() if one.whole_on)
        notes.append(
            f"{len(missing):,} more {verb}{there} went through {names}, and no case of them is recorded."
        )
    if totals and place:
        notes.append("The totals are of England, not of the place.")
    if any(field == "outcome" and value == "conditions" for field, value in pairs):
        among = sum(book.outcome(one) == "directions" for one in cases)
        if among:
            notes.append(f"Those with directions are among them: {among}.")
    return notes
