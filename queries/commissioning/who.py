"""Who commissions a service, for whom, through whom, answerable to whom, since when, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Rule, Source
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import has, kind_of, kinds, populations
from orgmap.queries.answers import cited_by_rule, sources_json
from orgmap.queries.commissioning.acting import acting_through, answerable
from orgmap.queries.commissioning.climbing import answers_to_chains
from orgmap.queries.commissioning.exceptions import otherwise
from orgmap.queries.commissioning.rule_reach import SOME, in_its_time, narrowed
from orgmap.queries.commissioning.rules import ServiceRules
from orgmap.queries.commissioning.services import SCOPE, service_of
from orgmap.queries.coverage import horizon_notes, kinds_of
from orgmap.queries.place.context import Setting, named, setting_of, share_json
from orgmap.queries.structure.hierarchy import Chains

LAYERS = ("statutory", "delegated", "joint", "on_behalf_of", "acting_through", "administrative")
"""The order in which simultaneous answers are told: the statutory commissioner first."""

ABROAD = "of_wales"
"""The trait of kinds of bodies that are not England's: no rule of these tables holds for their people."""

UNSEEN = "The instrument named"
"""So begins what is said of an instrument that nobody has seen in a source."""


def who(store: Store, service: str, place: str, at: AnyDay, include: Include = IN_FORCE) -> dict[str, Any]:
    """Tells who commissions a service for a place or practice on a day; each layer is an answer of its own.

    Returns `{"query", "at", "service", "for", "answers", "otherwise", "notes"}`; `otherwise` tells for whom
    the answers do not hold (detained, serving, registered elsewhere). An answer has `commissioner`,
    `acting_through`, `legally_accountable` (and `also_accountable` where several bodies are), `on_behalf_of`,
    `supported_by`, `for`, `population`, `basis`, `verified`, `fact`, `answers_to`. No answer means that the
    sources do not state one for that day: a note says so, and another how the word was taken. Raises
    `NothingFound` (no such service or place) or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = who(store, "health visiting", "CT9 1AA", "2015-10-01")
    >>> [one["commissioner"]["name"] for one in answer["answers"]]
    ['Kent County Council']
    """
    at = day_of(at)
    meant = service_of(store, service)
    chains = Chains.of(store, include)
    answer = who_in(chains, meant.service, setting_of(chains, place, at))
    return {"query": {"service": service, "for": place}, **answer, "notes": [*meant.notes, *answer["notes"]]}


def who_in(chains: Chains, service: Entity, setting: Setting) -> dict[str, Any]:
    """The same for a service and a place that are known: all of `who` but its query."""
    [answer] = who_in_all(chains, [service], [setting])
    return answer


def who_in_all(
    chains: Chains, services: Sequence[Entity], settings: Sequence[Setting]
) -> Iterator[dict[str, Any]]:
    """The same for many services in many places on many days: each service in all settings before the next.

    However many they are, what is needed for them is asked of the store together.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.place.context import settings_of
    >>> with open_store() as store:
    ...     chains = Chains.of(store)
    ...     settings = settings_of(chains, ["CT9 1AA", "Leeds"], ["2015-10-01"])
    ...     found = list(who_in_all(chains, store.entities(ids=["service:health_visiting"]), settings))
    >>> [answer["commissioner"]["name"] for one in found for answer in one["answers"]]
    ['Kent County Council', 'Leeds City Council']
    """
    rules = ServiceRules.of(chains.store)
    rules.expect([service.id for service in services])
    asked = [(service, rules.of_service(service.id)) for service in services]
    _expect(chains, [rule for _, of_service in asked for rule in of_service], settings)
    return (
        _answered(chains, service, of_service, setting)
        for service, of_service in asked
        for setting in settings
    )


def _expect(chains: Chains, rules: list[Rule], settings: Sequence[Setting]) -> None:
    """Says what will be asked for the answers: the bodies of the places and those that rules name, and sources."""
    steps = chains.accountability()
    above = {end for step in steps for end in (step.subject, step.object) if ":" in end}
    for setting in settings:
        bodies = {body for piece in setting.pieces for body in piece.bodies}
        for rule in rules:
            if rule.period.holds(setting.at):
                words = (rule.commissioner, rule.accountable, rule.on_behalf_of, *rule.acting_through.split())
                bodies.update(word for word in words if ":" in word)
                chains.expect_sources(rule.source.split())
        chains.expect(bodies | above, setting.at)
        chains.expect_relations(bodies | above)


def _answered(chains: Chains, service: Entity, rules: list[Rule], setting: Setting) -> dict[str, Any]:
    setting = setting._replace(
        label=dict(setting.label)
    )  # the setting is kept, and an answer is its reader's
    shown = [rule for rule in rules if rule.period.holds(setting.at) and chains.include.shows(rule.status)]
    answers = [answer for rule in in_order(shown) for answer in _answers(chains, setting, service, rule)]
    notes = [*setting.notes, *_notes(chains, rules, service, setting, answers)]
    notes += horizon_notes(chains.store, {service.kind, setting.layer, *kinds_of(answers)}, setting.at)
    return {
        "at": setting.at,
        "service": service.to_json(),
        "for": setting.label,
        "answers": answers,
        "otherwise": otherwise(chains, setting, answers),
        "notes": notes,
    }


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """Rules in the order in which what they say is told."""
    return sorted(rules, key=lambda rule: (_layer(rule), rule.id))


def _layer(rule: Rule) -> int:
    return LAYERS.index(rule.basis) if rule.basis in LAYERS else len(LAYERS)


def _answers(chains: Chains, setting: Setting, service: Entity, rule: Rule) -> list[dict[str, Any]]:
    """An answer for each commissioner that the rule has here; a national body needs no place."""
    part = narrowed(rule, setting)
    if (not part.pieces and setting.pieces) or is_abroad(setting):
        return []
    if ":" in rule.commissioner:
        whole = len(part.pieces) == len(setting.pieces)
        found = [(rule.commissioner, 1.0 if whole else part.share())]
    else:
        found = part.bodies(rule.commissioner)
        found = [(body, share) for body, share in found if in_its_time(chains, rule, body, setting.at)]
    return [_answer(chains, part, service, rule, body, share) for body, share in found]


def is_abroad(setting: Setting) -> bool:
    """Whether a practice is listed under a body of Wales: England's commissioners, national or not, are not its own."""
    return setting.registered and any(has(kind_of(one.holder.body) or "", ABROAD) for one in setting.shares)


def _answer(
    chains: Chains, setting: Setting, service: Entity, rule: Rule, body: str, share: float
) -> dict[str, Any]:
    through, unknown = acting_through(chains, setting, rule, body)
    accountable = answerable(chains, setting, rule, body)
    behalf = [rule.on_behalf_of] if rule.on_behalf_of else []
    supporters = _supporters(chains, body, setting.at)
    entities = chains.entities({body, *accountable, *through, *behalf, *supporters}, setting.at)
    sources = chains.sources(rule.source.split())
    answer: dict[str, Any] = {
        "commissioner": named(entities, body),
        "acting_through": [named(entities, one) for one in through],
        "legally_accountable": named(entities, accountable[0]),
        "on_behalf_of": [named(entities, one) for one in behalf],
        "supported_by": [named(entities, one) for one in supporters],
        "for": setting.label,
        "population": populations()[rule.population or "not_stated"].label,
        "basis": rule.basis,
        "status": rule.status,
        "verified": rule.verified,
        "fact": _fact(rule, body, setting, service, entities.get(body), sources),
        "answers_to": [chain for one in accountable for chain in answers_to_chains(chains, one, setting.at)],
        **share_json(share, setting.share_of),
    }
    if len(accountable) > 1:
        answer["also_accountable"] = [named(entities, one) for one in accountable[1:]]
    if notes := [*_by_scope(rule, service), *answer_notes(rule), *unknown]:
        answer["notes"] = notes
    return answer


def _by_scope(rule: Rule, service: Entity) -> list[str]:
    """What must be said where a service has no rule of its own."""
    if rule.service != SCOPE or service.id == SCOPE:
        return []
    return [
        f"No source speaks of “{service.name}” by itself: it is told by the rule for everything that local"
        " commissioners buy."
    ]


def _supporters(chains: Chains, body: str, at: str) -> list[str]:
    return [relationship.subject for relationship in Chains.of(chains.store).supporters(body, at)]


def _fact(
    rule: Rule,
    body: str,
    setting: Setting,
    service: Entity,
    entity: Entity | None,
    sources: dict[str, Source],
) -> dict[str, Any]:
    starts = [day for day in (rule.valid_from, entity.valid_from if entity else None) if day]
    ends = [day for day in (rule.valid_until, entity.valid_until if entity else None) if day]
    return {
        "rule": rule.id,
        "subject": body,
        "verb": "commissions",
        "object": setting.label["id"] or setting.label["name"],
        "about": service.id,
        "population": rule.population or "not_stated",
        "basis": rule.basis,
        "status": rule.status,
        "valid_from": max(starts, default=None),
        "from_precision": rule.from_precision if rule.valid_from == max(starts, default=None) else "",
        "valid_until": min(ends, default=None),
        "stated_on": rule.stated_on,
        "instrument": rule.instrument or None,
        "instrument_verified": rule.instrument_verified,
        "sources": sources_json(sources, cited_by_rule(rule)),
    }


UNVERIFIED = "not verified against a source"
"""What is said of what nobody has looked up."""


def answer_notes(rule: Rule) -> list[str]:
    """What must be said of every answer that a rule gives: its own note, and what is not verified of it."""
    notes = [rule.note] if rule.note else []
    if rule.coverage == "not_known":
        notes.insert(0, SOME)
    if rule.verified == "no" and UNVERIFIED not in rule.note.lower():
        notes.append(UNVERIFIED)
    if rule.instrument and rule.instrument_verified != "yes":
        notes.append(f"{UNSEEN} ({rule.instrument}) was not seen in a source: citation unverified.")
    return notes


def _notes(
    chains: Chains, rules: list[Rule], service: Entity, setting: Setting, answers: list[dict[str, Any]]
) -> list[str]:
    """What the answer as a whole must say: nothing stated, plans left out."""
    at, include = setting.at, chains.include
    notes = [] if answers else [_why_not(chains, rules, setting, service)]
    hidden = [rule for rule in rules if rule.period.holds(at) and not include.shows(rule.status)]
    if hidden:
        words = ", ".join(sorted({rule.status for rule in hidden}))
        notes.append(
            f"{len(hidden)} statement(s) with the status {words} are not shown; --include shows them."
        )
    return notes


def _why_not(chains: Chains, rules: list[Rule], setting: Setting, service: Entity) -> str:
    at = setting.at
    if is_abroad(setting):
        return f"Not stated: who commissioned “{service.name}” in Wales on {at}. These tables tell England's services."
    holding = [rule for rule in rules if rule.period.holds(at) and rule.status == "in_force"]
    if not holding:
        nothing = f"Not stated: no source says who commissioned “{service.name}” on {at}."
        return nothing + _stated_nearest(chains, rules, at)
    wanted = sorted({rule.commissioner for rule in holding if ":" not in rule.commissioner})
    words = " or ".join(kinds()[kind].label for kind in wanted if kind in kinds())
    if any(narrowed(rule, setting).pieces or not setting.pieces for rule in holding) and words:
        article = "An" if words[:1] in "aeio" or words.startswith("up") else "A"
        return (
            f"{article} {words} commissioned “{service.name}” on {at}; which one for this place is not known."
        )
    return f"Not stated: the sources name no commissioner of “{service.name}” for this place on {at}."


def _stated_nearest(chains: Chains, rules: list[Rule], at: str) -> str:
    """Who did it by the last rule that had ended by a day, else by the first that came later; blank without one."""
    held = [rule for rule in rules if rule.status == "in_force"]
    if last := max(
        (rule.valid_until for rule in held if rule.valid_until and rule.valid_until <= at), default=""
    ):
        return f" The last that is stated: {_called(chains, held, valid_until=last)}, until {last}."
    if first := min(
        (rule.valid_from for rule in held if rule.valid_from and rule.valid_from > at), default=""
    ):
        return f" The first that is stated: {_called(chains, held, valid_from=first)}, from {first}."
    return ""


def _called(chains: Chains, rules: list[Rule], **day: str) -> str:
    """The commissioners of the rules with a day, kinds in the plural and bodies by name."""
    [(field, at)] = day.items()
    named_by = dict.fromkeys(rule.commissioner for rule in rules if getattr(rule, field) == at)
    bodies = {one.id: one.name for one in chains.store.entities(ids={one for one in named_by if ":" in one})}
    return " and ".join(kinds()[one].plural if one in kinds() else bodies.get(one, one) for one in named_by)


def compare(
    store: Store, service: str, place: str, before: AnyDay, after: AnyDay, include: Include = IN_FORCE
) -> dict[str, Any]:
    """Tells who commissioned a service on two days, and what is different.

    Returns `{"before", "after", "changes", "notes", "answers"}`, the first two as `who` gives them; `answers` are
    those of both days, each with its day.
    """
    before = day_of(before)
    after = day_of(after)
    one, other = (who(store, service, place, day, include) for day in (before, after))
    changes = []
    for field, words in (("commissioner", "commissioner"), ("legally_accountable", "legally accountable")):
        old, new = _ids(one, field), _ids(other, field)
        if old != new:
            changes.append({"what": words, "before": old, "after": new})
    for field in ("population", "basis"):
        old = sorted({answer[field] for answer in one["answers"]})
        new = sorted({answer[field] for answer in other["answers"]})
        if old != new:
            changes.append({"what": field, "before": old, "after": new})
    notes = list(dict.fromkeys([*one["notes"], *other["notes"]]))
    answers = [{"at": side["at"], **answer} for side in (one, other) for answer in side["answers"]]
    return {"before": one, "after": other, "changes": changes, "notes": notes, "answers": answers}


def _ids(side: dict[str, Any], field: str) -> list[str]:
    """The bodies that stand in a field of the answers; those that answer in law beside another one, too."""
    answers = side["answers"]
    found = {answer[field]["id"] for answer in answers}
    if field == "legally_accountable":
        found |= {one["id"] for answer in answers for one in answer.get("also_accountable", ())}
    return sorted(found)
