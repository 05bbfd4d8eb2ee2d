"""Through whom a commissioner acts, who answers for it in law, and for whom it acts: its own relations decide."""

from __future__ import annotations

from orgmap.graphmodel.model import Rule
from orgmap.graphmodel.vocabulary import (
    has,
    kind_of,
    kinds,
    kinds_in_role,
    kinds_with,
    of_id,
    paired,
    reach_of,
)
from orgmap.queries.commissioning.own_relations import own_bodies
from orgmap.queries.place.context import Setting
from orgmap.queries.structure.hierarchy import Chains


def bodies_meant(chains: Chains, setting: Setting, word: str, body: str) -> list[str]:
    """The bodies that a word of a rule means for a commissioner here, the one with most of the place first.

    An id is itself; a kind is what the commissioner's own relations of the day lead to, never all of the kind
    in the place. Of a national body's teams those of the place are meant.
    """
    if ":" in word:
        return [word]
    here = setting.beside(body, word)
    if of_id(body).reach == "country":
        return [one for one in here if body in chains.belongs_to(one, setting.at)]
    if own := own_bodies(chains, body, word, setting.at):
        return [one for one in here if one in own] or own
    making = word in paired(kind_of(body) or "", "forms_beside")
    return here if making or {kind_of(body), word}.intersection(kinds_in_role("local_government")) else []


def acting_through(chains: Chains, setting: Setting, rule: Rule, body: str) -> tuple[list[str], list[str]]:
    """The bodies of the day through which a commissioner acts by a rule, and what is not known of them."""
    found: list[str] = []
    unknown, notes, team = [], [], False
    for word in rule.acting_through.split():
        if reach_of(word) == "list":
            notes.append(f"It acted through its {kinds()[word].plural}, which are too many to name.")
            continue
        if has(word, "team") and team:
            continue
        meant = [one for one in bodies_meant(chains, setting, word, body) if one != body]
        meant = chains.in_force(meant, setting.at)
        team = team or (has(word, "team") and bool(meant))
        found += [one for one in meant if one not in found]
        if not meant and _each_has_one(word) and chains.any_of_kind(word, setting.at):
            unknown.append(word)
    notes += [
        f"Which {kinds()[word].label} it acted through, if any, is not known."
        for word in unknown
        if not (team and has(word, "team"))
    ]
    elsewhere = [
        one for one in rule.acting_through.split() if ":" in one and not _is_here(setting, body, one)
    ]
    return sorted(found, key=lambda one: one in elsewhere), notes


def _is_here(setting: Setting, body: str, named: str) -> bool:
    """Whether a body that a rule names is one of the place itself: the team of the place is told first."""
    return named in setting.beside(body, kind_of(named) or "")


def _each_has_one(kind: str) -> bool:
    """Whether every commissioner that acts through such bodies had one."""
    return has(kind, "team") or has(kind, "made_of_members") or kind in kinds_in_role("local_government")


def answerable(chains: Chains, setting: Setting, rule: Rule, body: str) -> list[str]:
    """The bodies that answer in law for what a commissioner does by a rule; itself where no other is named."""
    found = bodies_meant(chains, setting, rule.accountable, body) if rule.accountable else []
    return found or [body]


def acts_by(chains: Chains, rule: Rule, body: str, at: str) -> bool:
    """Whether others act through a body by a rule on a day: it is named, or of its kind, and no nearer team is."""
    words = rule.acting_through.split()
    kind = chains.kind(body)
    if body in words:
        return True
    if kind not in words:
        return False
    teams = kinds_with("team")
    nearer = teams[: teams.index(kind)] if kind in teams else ()
    return not any(word in words and chains.any_of_kind(word, at) for word in nearer)
