"""What is open in a step of a case: nobody commissions it, two do, another does than before, or nobody says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.plans.foretold import PlannedEnd
from orgmap.graphmodel.statuses import PLANS, SUPERSEDED
from orgmap.graphmodel.vocabulary import populations
from orgmap.queries.commissioning.rule_reach import SOME
from orgmap.queries.plans.marks import plan_words, when_words

GAP, TWO, MOVED, NOT_KNOWN = "GAP", "TWO", "MOVED", "NOT KNOWN"
"""The flags: the tables say that nobody commissions it; two do for the same people; another does than on the day
before; the tables are silent, or do not say which of several."""

ACTING = ("acting_through", "administrative")
"""As what a body does for another that decides."""

JOINT = "joint"
"""As what bodies commission together."""

Answers = list[dict[str, Any]]


def told_of(population: str) -> bool:
    """Whether a population is only a part of the people of any place, such as those who are detained."""
    return bool(populations()[population or "not_stated"].part)


def flags_of(
    cell: dict[str, Any],
    last: dict[str, Any] | None,
    service: Entity | None,
    ends: dict[str, PlannedEnd],
) -> list[dict[str, Any]]:
    """The flags of a cell, each with a sentence; `last` is the cell of the day before, if one was asked for, `ends`
    are those of the bodies that a plan is to end."""
    now = _deciding(cell)
    sure = _sure(now)
    flags = []
    if not now:
        flags.append(_nobody(cell, service))
    elif not sure:
        maybe = [one for one in cell["answers"] if one["counts"] and not (_by_plan(one) or _to_come(one))]
        which = "which of these" if len(_ids(maybe)) > 1 else "whether this"
        flags.append(_flag(NOT_KNOWN, f"The sources do not say {which} held here: {_names(maybe)}."))
    flags += _two(sure)
    if not _planned(cell, ends):
        flags += [_ending(one["commissioner"], ends) for one in sure if _leaves(one, ends, cell["at"])]
    if last is not None:
        flags += _moved(cell, last, ends)
    return flags


def _deciding(cell: dict[str, Any], status: Callable[[dict[str, Any]], bool] | None = None) -> Answers:
    """The answers that hold for the person and name who decides, in force or of some `status`; those for a part of the
    people only if no other is.

    Who acts by another's leave, where that one is named beside it, does not decide beside it.
    """
    wanted = status or (lambda one: not (_by_plan(one) or _to_come(one)))
    found = [one for one in cell["answers"] if one["counts"] and one["status"] != SUPERSEDED and wanted(one)]
    found = [one for one in found if one["basis"] not in ACTING] or found
    named = _ids(found)
    own = [one for one in found if one["basis"] == JOINT or not (_answers_for(one) & named)]
    return [one for one in own if not one["part"]] or own


def _by_plan(answer: dict[str, Any]) -> bool:
    """Whether only a plan says that the service is to be commissioned so."""
    return answer["status"] in PLANS


def _to_come(answer: dict[str, Any]) -> bool:
    """Whether the body is one that only a plan knows."""
    return answer["commissioner"].get("status") in PLANS


def _planned(cell: dict[str, Any], ends: dict[str, PlannedEnd]) -> Answers:
    """Who is to decide by plans: by those for the service, or else who is to come beside those whom no plan ends."""
    by_plan = _deciding(cell, _by_plan)
    to_come = [] if by_plan else _deciding(cell, lambda one: _to_come(one) and not _by_plan(one))
    staying = _sure(_deciding(cell)) if to_come else []
    return [one for one in (*by_plan, *staying, *to_come) if not _leaves(one, ends, cell["at"])]


def _sure(answers: Answers) -> Answers:
    return [one for one in answers if SOME not in one.get("notes", ())]


def _leaves(answer: dict[str, Any], ends: dict[str, PlannedEnd], at: str) -> bool:
    """Whether a plan is to end the body by the day."""
    end = ends.get(answer["commissioner"]["id"])
    return end is not None and (end.date or "9999") <= at


def _answers_for(answer: dict[str, Any]) -> set[str]:
    """Who answers in law for what a body does, where that is another one."""
    return {answer["legally_accountable"]["id"]} - {answer["commissioner"]["id"]}


def _nobody(cell: dict[str, Any], service: Entity | None) -> dict[str, Any]:
    at = cell["at"]
    if service and service.valid_until and service.valid_until <= at:
        return _flag(GAP, f"{service.name} ended on {service.valid_until}: nobody commissioned it any more.")
    why = " ".join(cell["notes"]) or "Not stated: no source says who commissions it for this person."
    return _flag(NOT_KNOWN, why)


def _two(sure: Answers) -> list[dict[str, Any]]:
    """A flag for each part of the people for whom several bodies decide."""
    flags = []
    for population in dict.fromkeys(one["population"] for one in sure):
        same = [one for one in sure if one["population"] == population]
        if len(_ids(same)) > 1:
            shared = any("share" in one for one in same)
            joint = all(one["basis"] == JOINT for one in same)
            why = "each for a part of the place" if shared else "together" if joint else "both are named"
            flags.append(_flag(TWO, f"{_names(same)}: {why}, for {population}."))
    return flags


def _ending(body: dict[str, Any], ends: dict[str, PlannedEnd]) -> dict[str, Any]:
    end = ends[body["id"]]
    when = when_words(end.date or "", end.precision)
    plan = plan_words(end.status, end.stated_on)
    words = (
        f"{body['name'] or body['id']} is to end {when} ({plan}); no plan for this service says who follows."
    )
    return _flag(NOT_KNOWN, words) | {"status": end.status}


def _moved(cell: dict[str, Any], before: dict[str, Any], ends: dict[str, PlannedEnd]) -> list[dict[str, Any]]:
    """Whether another body decides than on the day before; a plan that says so is told as one."""
    was, sure, planned = _sure(_deciding(before)), _sure(_deciding(cell)), _planned(cell, ends)
    flags = []
    if was and sure and _ids(was) != _ids(sure):
        flags.append(_flag(MOVED, f"From {_names(was)} to {_names(sure)}."))
    if planned and was and _ids(planned) not in (_ids(was), _ids(sure), _ids(_planned(before, ends))):
        plan = next((one for one in planned if _by_plan(one)), None)
        body: dict[str, Any] = next((one["commissioner"] for one in planned if _to_come(one)), {})
        status = plan["status"] if plan else body["status"]
        words = plan_words(status, plan["stated_on"] if plan else body.get("stated_on"))
        to = f"Planned: from {_names(was)} to {_names(planned)} ({words})."
        flags.append(_flag(MOVED, to) | {"status": status})
    return flags


def _flag(flag: str, text: str) -> dict[str, Any]:
    return {"flag": flag, "words": text}


def _ids(answers: Answers) -> set[str]:
    return {one["commissioner"]["id"] for one in answers}


def _names(answers: Answers) -> str:
    """“NHS Kent (60%) and NHS Surrey (40%)”."""
    names: dict[str, str] = {}
    for one in answers:
        body = one["commissioner"]
        share = f" ({one['share']:.0%})" if "share" in one else ""
        names.setdefault(body["id"], f"{body['name'] or body['id']}{share}")
    *first, last = names.values()
    return f"{', '.join(first)} and {last}" if first else last
