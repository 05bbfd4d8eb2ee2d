"""Whether a rule holds for a body or a part of a place: for all, for those named, or for some that are not known."""

from __future__ import annotations

from typing import Literal

from graphmodel.model import Accountability, Rule
from graphmodel.vocabulary import kind_of
from queries.chains import Chains
from queries.setting import Setting
from queries.ties import meeting

Verdict = Literal["yes", "may", "no"]
"""Whether something holds: it does, it may (the sources say “some” and not which), or it does not."""

SOME = "The sources say that this held for some bodies and do not say which: it may not hold here."


def verdict(chains: Chains, rule: Rule | Accountability, body: str, at: str) -> Verdict:
    """Whether a rule or step holds for a body on a day.

    Bodies of another kind that it names are where it holds: a national body has a part there in any case, others
    only if they meet one of them. `related` is for the relations of each body to tell, not for its kind.
    """
    named = set(rule.bodies.split())
    if rule.coverage == "related" or body in named:
        return "yes" if body in named and rule.coverage == "only" else "no"
    if rule.coverage == "not_known":
        return "may"
    if rule.coverage in ("", "all") or (kind_of(body) == "national_body" and not _alike(named, body)):
        return "yes"
    meets = not _alike(named, body) and any(
        named & set(meeting(chains, body, kind, at)) for kind in sorted({kind_of(one) or "" for one in named})
    )
    return "yes" if meets == (rule.coverage == "only") else "no"


def _alike(named: set[str], body: str) -> bool:
    return any(kind_of(one) == kind_of(body) for one in named)


def narrowed(rule: Rule, setting: Setting) -> Setting:
    """The part of a place in which a rule holds or may hold: pieces that a named body has, or that none has."""
    if rule.coverage in ("", "all"):
        return setting
    named = set(rule.bodies.split())
    only = rule.coverage == "only"
    return setting._replace(
        pieces=tuple(piece for piece in setting.pieces if bool(named & piece.bodies) == only)
    )
