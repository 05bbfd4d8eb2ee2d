"""Whether a rule holds for a body or a part of a place: for all, for those named, or for some that are not known."""

from __future__ import annotations

from typing import Literal

from orgmap.graphmodel.model import Accountability, Rule
from orgmap.graphmodel.vocabulary import kind_of, of_id
from orgmap.queries.commissioning.own_relations import meeting
from orgmap.queries.place.context import Setting
from orgmap.queries.structure.hierarchy import Chains

Verdict = Literal["yes", "may", "no"]
"""Whether something holds: it does, it may (the sources say “some” and not which), or it does not."""

FOUNDATION, OTHER_TRUSTS = "foundation_trusts", "other_trusts"
"""Coverages of steps that hold for foundation trusts only, or for all other trusts: the name of the day tells."""

MAY_BE = frozenset({"not_known", FOUNDATION, OTHER_TRUSTS})
"""Coverages of which it may not be known whether they hold for a body."""

SOME = "The sources say that this held for some bodies and do not say which: it may not hold here."


def verdict(chains: Chains, rule: Rule | Accountability, body: str, at: str) -> Verdict:
    """Whether a rule or step holds for a body on a day.

    Bodies of another kind that it names are where it holds: a national body has a part there in any case, others
    only if they meet one of them. `related` is for the relations of each body to tell, not for its kind.
    """
    named = set(rule.bodies.split())
    if rule.coverage == "related" or body in named:
        return "yes" if body in named and rule.coverage == "only" else "no"
    if rule.coverage in (FOUNDATION, OTHER_TRUSTS) and (known := is_foundation(chains, body, at)) is not None:
        return "yes" if known == (rule.coverage == FOUNDATION) else "no"
    if rule.coverage in MAY_BE:
        return "may"
    if rule.coverage in ("", "all") or (of_id(body).reach == "country" and not _alike(named, body)):
        return "yes"
    meets = not _alike(named, body) and any(
        named & set(meeting(chains, body, kind, at)) for kind in sorted({kind_of(one) or "" for one in named})
    )
    return "yes" if meets == (rule.coverage == "only") else "no"


def is_foundation(chains: Chains, body: str, at: str) -> bool | None:
    """Whether an NHS trust is a foundation trust, by its name of the day; None if that does not tell.

    Before the days on which names are known a foundation trust may not have been one yet. Of what is no trust, None.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     is_foundation(Chains(store), "trust:RVV", "2018-06-01")
    True
    """
    if of_id(body).reach != "postcode" or not (trust := chains.entities({body}, at).get(body)):
        return None
    if "foundation" not in trust.name.casefold().split():
        return False
    abouts = (one for one in chains.store.about() if trust.kind in one.kinds)
    names_from = max((one.names_from for one in abouts), default="")
    return True if at >= names_from else None


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
