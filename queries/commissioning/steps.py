"""One step between two bodies: by a rule about their kinds, or by a relation of their own; with who says so."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.model import Accountability, Relationship
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import kind_of, kinds, of_id, reach_of, verbs
from orgmap.queries.answers import cited_by_rule, sources_json
from orgmap.queries.plans.marks import plan_words
from orgmap.queries.structure.hierarchy import Chains

HOLDS_TO_ACCOUNT = (
    "performance_manages",
    "assures",
    "authorises",
    "licenses",
    "regulates",
    "inspects",
    "scrutinises",
)
BESIDE = ("advises", "consults", "hosts", "funds", "delegates_to", "supports")
UPWARDS = ("accountable_to", "part_of", "member_of")
"""Verbs that lead upwards from who answers, beside those by which others hold it to account or stand by it."""

_EITHER_WAY = frozenset({"clustered_with", "holds_contract_with", "hosts", "supports"})


SOME_BODIES = "of some such bodies; which is not known"
_UNSURE = {"foundation_trusts": "if it was a foundation trust by then, which is not known"}
"""Why a step may not hold, by its coverage."""

_ADDRESS = "has its address in the area of"
"""How a trust is part of a board: it is no part of it in law."""


class Step(NamedTuple):
    """A step from one body to another, what it is about and as what; `upper` is the body it leads to,
    `unsure` why it may not hold."""

    subject: str
    verb: str
    object: str
    about: str
    basis: str
    holds: str
    status: str
    valid_from: str | None
    valid_until: str | None
    instrument: str
    instrument_verified: str
    verified: str
    cited: tuple[tuple[str, str], ...]
    note: str
    upper: str = ""
    unsure: str = ""
    stated_on: str | None = None

    @classmethod
    def of_rule(cls, rule: Accountability, ends: tuple[str, str], holds: str) -> Step:
        """The step that a rule between kinds makes between two bodies."""
        return cls(
            ends[0],
            rule.verb,
            ends[1],
            rule.about,
            rule.basis,
            holds,
            rule.status,
            rule.valid_from,
            rule.valid_until,
            rule.instrument,
            rule.instrument_verified,
            rule.verified,
            cited_by_rule(rule),
            rule.note,
            unsure=_UNSURE.get(rule.coverage, SOME_BODIES),
            stated_on=rule.stated_on,
        )

    @classmethod
    def of_relationship(cls, relationship: Relationship) -> Step:
        """The step that is a relation of its own."""
        return cls(
            relationship.subject,
            relationship.verb,
            relationship.object,
            relationship.about,
            relationship.basis,
            "yes",
            relationship.status,
            relationship.valid_from,
            relationship.valid_until,
            "",
            "yes",
            "yes",
            ((relationship.source, relationship.locator),),
            relationship.note,
            stated_on=relationship.stated_on,
        )


def own_steps(chains: Chains, body: str, at: str) -> list[Step]:
    """A body's own relations to what it belongs to or works with; those of members and parts only where it is
    nothing but these."""
    steps = []
    for relationship in chains.ties(body, at):
        members = relationship.verb == "member_of" and "made_of_members" in of_id(body).traits
        if relationship.subject == body or relationship.verb in _EITHER_WAY or members:
            steps.append(Step.of_relationship(relationship))
    return steps


def step_json(chains: Chains, step: Step, at: str) -> dict[str, Any]:
    """A step as scripts get it, with a sentence for people."""
    entities = chains.entities({step.subject, step.object}, at)
    sources = chains.sources([source for source, _ in step.cited])

    def end(one: str, other: str) -> dict[str, Any]:
        if one in entities:
            return entities[one].to_json()
        if one not in kinds():
            return {"id": one, "kind": kind_of(one), "name": None}
        return {"id": None, "kind": one, "name": unnamed(one, of_id(other).reach == "country")}

    subject, target = end(step.subject, step.object), end(step.object, step.subject)
    inside = step.verb == "part_of" and of_id(step.subject).reach == "postcode"
    words = _ADDRESS if inside else verbs()[step.verb].forward
    words = for_many(words) if _are_many(subject) else words
    unsure = "" if step.holds == "yes" else f" ({step.unsure})"
    unsure += f" ({plan_words(step.status, step.stated_on)})" if step.status in PLANS else ""
    row: dict[str, Any] = {
        "subject": subject,
        "verb": step.verb,
        "object": target,
        "sentence": f"{_called(subject)} {words} {_called(target)}{unsure}",
        "about": step.about or None,
        "basis": step.basis,
        "holds": step.holds,
        "status": step.status,
        "valid_from": step.valid_from,
        "valid_until": step.valid_until,
        "instrument": step.instrument or None,
        "instrument_verified": step.instrument_verified,
        "verified": step.verified,
        "sources": sources_json(sources, step.cited),
    }
    if step.status in PLANS:
        row["stated_on"] = step.stated_on
    if step.note:
        row["note"] = step.note
    return row


def told_of_some(row: dict[str, Any], body: str) -> dict[str, Any]:
    """A step that holds of some bodies of a kind, and no source says of which, as it is told: of the kind.

    It is told of no body that the source does not name; `body` is the one that was asked about.
    """
    mine, other = ("subject", "object") if row["subject"]["id"] == body else ("object", "subject")
    end = other if of_id(body).reach == "country" else mine
    kind = row[end]["kind"]
    if kind not in kinds():
        return row
    row[end] = {"id": None, "kind": kind, "name": f"some {kinds()[kind].plural}"}
    words = verbs()[row["verb"]].forward
    words = for_many(words) if end == "subject" else words
    planned = f" ({plan_words(row['status'], row.get('stated_on'))})" if row["status"] in PLANS else ""
    sentence = f"{_called(row['subject'])} {words} {_called(row['object'])} (which is not known){planned}"
    row["sentence"] = sentence[:1].upper() + sentence[1:]
    return row


def unnamed(kind: str, all_of_them: bool = False) -> str:
    """What stands for the bodies of a kind where none is named: those of a whole country are all meant, and
    practices and networks are too many to name."""
    if all_of_them or reach_of(kind) in ("list", "lists"):
        return kinds()[kind].plural
    label = kinds()[kind].label
    article = "an" if label.startswith(("NHS", *"aeiou")) else "a"
    return f"{article} {label} (which one is not known)"


def _are_many(end: dict[str, Any]) -> bool:
    return end["id"] is None and end["name"] == kinds()[end["kind"]].plural


def for_many(words: str) -> str:
    """A verb as it is said of several.

    >>> for_many("is accountable to"), for_many("manages the performance of"), for_many("may refer to")
    ('are accountable to', 'manage the performance of', 'may refer to')
    """
    first, _, rest = words.partition(" ")
    said = {"is": "are", "has": "have"}.get(first, first.removesuffix("s"))
    return f"{said} {rest}".rstrip().replace("are a member of", "are members of")


def _called(end: dict[str, Any]) -> str:
    """The name of a body, with its status if it is only planned."""
    planned = f" ({end['status']})" if end.get("status") in PLANS else ""
    return str(end["name"] or f"{str(end['id']).partition(':')[2]} (name not known)") + planned
