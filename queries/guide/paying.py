"""Who decides and pays in a guide, and who questions them: the answers of `who` and `answers-to`, body by body."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity, Include
from orgmap.graphmodel.vocabulary import kind_of
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


def payers(
    chains: Chains, setting: Setting, services: list[Entity], groups: dict[str, str], named: bool
) -> tuple[list[Line], list[Line]]:
    """A line for each body that commissions some of the services here, and one for each of which nobody is named.

    With `named` (few services, all asked for) what is not stated is told, with the reason.
    """
    covered = [one for one in services if not one.id.startswith(NOT_COVERED)]
    lines: dict[str, Line] = {}
    silent = [_not_covered(one) for one in services if one not in covered]
    answered = who_in_all(chains, covered, [setting])
    for service, found in zip(covered, islice(answered, len(covered)), strict=True):
        for answer in found["answers"]:
            body = answer["commissioner"]
            line = lines.setdefault(body["id"], body_line(body, []))
            line["services"].append(_service(service, groups, answer))
            line["sources"] = once([*line["sources"], *answer["fact"]["sources"]])
            if "share" in answer and "share" not in line:
                line |= {"share": answer["share"], "share_of": answer["share_of"]}
        if named and not found["answers"]:
            said = next((note for note in found["notes"] if service.name in note), "")
            silent.append(sentence_line(said or f"{NOT_STATED}: nobody is named for “{service.name}”."))
    return list(lines.values()), silent


def _service(service: Entity, groups: dict[str, str], answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "group": groups.get(service.id),
        "population": answer["population"],
        "basis": answer["basis"],
        "status": answer["status"],
        "through": [{"id": one["id"], "name": one.get("name")} for one in answer["acting_through"]],
        "sources": answer["fact"]["sources"],
        **({"notes": answer["notes"]} if answer.get("notes") else {}),
    }


def _not_covered(service: Entity) -> Line:
    """What people ask for that these tables do not cover: why, and where to look."""
    why = f" {service.note}" if service.note else ""
    return sentence_line(f"{NOT_STATED} here: {service.name}.{why}", about=service.id)


def overseers(
    chains: Chains, bodies: Iterable[str], here: set[str], at: AnyDay, include: Include
) -> list[Line]:
    """Who holds these bodies to account, inspects or scrutinises them: a line for each, with the sentences that say so.

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
            if step["verb"] in HOLDS_TO_ACCOUNT and step["object"]["id"] == body and step["holds"] == "yes"
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
