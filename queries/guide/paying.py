"""Who decides and pays in a guide, and who questions them: the answers of `who` and `answers-to`, body by body."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity, Include
from orgmap.graphmodel.vocabulary import kind_of, populations
from orgmap.queries.commissioning.accountability import answers_to
from orgmap.queries.commissioning.services import NOT_COVERED
from orgmap.queries.commissioning.services_of_place import services_told
from orgmap.queries.commissioning.steps import HOLDS_TO_ACCOUNT
from orgmap.queries.commissioning.who import who_in_all
from orgmap.queries.guide.lines import NOT_STATED, Line, body_line, once, sentence_line
from orgmap.queries.place.context import Setting
from orgmap.queries.structure.hierarchy import Chains


def every_service(chains: Chains) -> tuple[list[Entity], dict[str, str]]:
    """Every service of which somebody may be told, and the group of each."""
    listed = services_told(chains.store)
    return [service for service, _ in listed], {service.id: group for service, group in listed}


class Paying(NamedTuple):
    """Who pays: a line for each body; for whom another body decides; and of which services nobody is named."""

    lines: list[Line]
    for_some: list[Line]
    silent: list[Line]


def payers(
    chains: Chains, setting: Setting, services: list[Entity], groups: dict[str, str], named: bool
) -> Paying:
    """A line for each body that commissions some of the services here, and one for each of which nobody is named.

    With `named` (few services, all asked for) what is not stated is told, with the reason, and for whom another body
    decides.
    """
    covered = [one for one in services if not one.id.startswith(NOT_COVERED)]
    lines: dict[str, Line] = {}
    silent = [_not_covered(one) for one in services if one not in covered]
    apart: list[tuple[Entity, dict[str, Any]]] = []
    answered = who_in_all(chains, covered, [setting])
    for service, found in zip(covered, islice(answered, len(covered)), strict=True):
        for answer in found["answers"]:
            body = answer["commissioner"]
            line = lines.setdefault(body["id"], body_line(body, []))
            _add(line["services"], _service(service, groups, answer))
            line["sources"] = once([*line["sources"], *answer["fact"]["sources"]])
            if "share" in answer and "share" not in line:
                line |= {"share": answer["share"], "share_of": answer["share_of"]}
        apart += [(service, row) for row in _apart(found)] if named else []
        if named and not found["answers"]:
            said = next((note for note in found["notes"] if service.name in note), "")
            silent.append(sentence_line(said or f"{NOT_STATED}: nobody is named for “{service.name}”."))
    return Paying(list(lines.values()), _for_some(apart), silent)


def _apart(found: dict[str, Any]) -> list[dict[str, Any]]:
    """For whom another body decides than those of the answers, where no answer of its own tells it; each is cited."""
    own = {answer["population"] for answer in found["answers"]}
    deciding = {answer["commissioner"]["id"] for answer in found["answers"] if not _limited(answer)}
    said = [source for answer in found["answers"] for source in answer["fact"]["sources"]]
    return [
        {**row, "sources": row["sources"] or said}
        for row in found["otherwise"]
        if row["population"] not in own and (row["commissioner"] or {}).get("id") not in deciding
    ]


def _limited(answer: dict[str, Any]) -> bool:
    """Whether an answer holds for a part of the people of the place only."""
    return bool(populations()[answer["fact"]["population"]].part)


def _for_some(apart: list[tuple[Entity, dict[str, Any]]]) -> list[Line]:
    """A sentence for each other body that decides for some people: for whom, and on which of the services."""
    services: dict[tuple[str, str], list[str]] = {}
    for service, row in apart:
        services.setdefault((_decides(row), row["population"]), []).append(service.name)
    people: dict[tuple[str, str], list[str]] = {}
    for (decides, population), names in services.items():
        people.setdefault((decides, "; ".join(dict.fromkeys(names))), []).append(population)
    return [
        sentence_line(
            f"For some people ({' and '.join(populations)}) {decides}. This is so of: {names}.",
            once(
                [
                    source
                    for _, row in apart
                    if _decides(row) == decides and row["population"] in populations
                    for source in row["sources"]
                ]
            ),
        )
        for (decides, names), populations in people.items()
    ]


def _decides(row: dict[str, Any]) -> str:
    """Who decides for some people, and what must be said of it."""
    body, note = row["commissioner"], row.get("note", "").rstrip(".")
    if not body:
        return f"another body decides. {note}"
    return f"{body['name'] or body['id']} decides{f'. {note}' if note else ''}"


def _service(service: Entity, groups: dict[str, str], answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "group": groups.get(service.id),
        "population": answer["population"],
        "only_for": [answer["population"]] if _limited(answer) else [],
        "basis": answer["basis"],
        "status": answer["status"],
        "through": [{"id": one["id"], "name": one.get("name")} for one in answer["acting_through"]],
        "sources": answer["fact"]["sources"],
        **({"notes": answer["notes"]} if answer.get("notes") else {}),
    }


def _add(services: list[dict[str, Any]], service: dict[str, Any]) -> None:
    """Adds a service; what a body does alike for several parts of the people is told once, for all of them."""
    alike = ("id", "basis", "status", "through")
    for one in services:
        if all(one[key] == service[key] for key in alike) and bool(one["only_for"]) == bool(
            service["only_for"]
        ):
            if service["population"] not in one["population"]:
                one["population"] = f"{one['population']}; {service['population']}"
                one["only_for"] = [*one["only_for"], *service["only_for"]]
            one["sources"] = once([*one["sources"], *service["sources"]])
            if notes := [*one.get("notes", ()), *service.get("notes", ())]:
                one["notes"] = list(dict.fromkeys(notes))
            return
    services.append(service)


def _not_covered(service: Entity) -> Line:
    """What people ask for that these tables do not cover: why, and where to look."""
    why = f" {service.note}" if service.note else ""
    return sentence_line(f"{NOT_STATED} here: {service.name}.{why}", about=service.id)


def overseers(
    chains: Chains,
    bodies: Iterable[str],
    here: set[str],
    at: AnyDay,
    include: Include,
    verbs: tuple[str, ...] = HOLDS_TO_ACCOUNT,
) -> list[Line]:
    """Who holds these bodies to account, inspects or scrutinises them: a line for each, with the sentences that say so.

    `verbs` are what may be done by those to whom they do not answer.

    Of a kind that has bodies at the place only these are told: a board answers to many councils, a place has its own.
    """
    at = day_of(at)
    kinds_here = {kind_of(one) for one in here}
    lines: dict[str, Line] = {}
    for body in bodies:
        answer = answers_to(chains.store, body, at, include)
        steps = [(chain[0], chain[0]["upper"]) for chain in answer["chains"]]
        steps += [
            (step, step["subject"])
            for step in answer["others"]
            if step["verb"] in verbs and step["object"]["id"] == body and step["holds"] == "yes"
        ]
        for step, upper in steps:
            one = upper["id"]
            if not one or (upper["kind"] in kinds_here and one not in here):
                continue
            line = lines.setdefault(one, body_line(upper, [], sentences=[]))
            if step["sentence"] not in (said["text"] for said in line["sentences"]):
                about = (
                    f" ({step['about']})"
                    if step["about"] and f"({step['about']})" not in step["sentence"]
                    else ""
                )
                line["sentences"].append({"text": f"{step['sentence']}{about}", "sources": step["sources"]})
                line["sources"] = once([*line["sources"], *step["sources"]])
    return list(lines.values())
