"""Whether a rule holds for a body or a part of a place: for all, for those named, or for some that are not known."""

from __future__ import annotations

from typing import Literal

from orgmap.graphmodel.model import Accountability, Rule
from orgmap.graphmodel.vocabulary import kind_of, kinds_reaching, of_id
from orgmap.queries.commissioning.own_relations import meeting
from orgmap.queries.coverage import abouts
from orgmap.queries.place.context import Setting
from orgmap.queries.structure.hierarchy import Chains

Verdict = Literal["yes", "may", "no"]
"""Whether something holds: it does, it may (the sources say “some” and not which), or it does not."""

FOUNDATION, OTHER_TRUSTS, SOME_OTHERS = "foundation_trusts", "other_trusts", "some_other_trusts"
"""Coverages of steps that hold for foundation trusts only, for all other trusts, or for some of these and no source
says which: the name of the day tells."""

OF_TRUSTS = frozenset({FOUNDATION, OTHER_TRUSTS, SOME_OTHERS})

MAY_BE = frozenset({"not_known", *OF_TRUSTS})
"""Coverages of which it may not be known whether they hold for a body."""

SOME = "The sources say that this held for some bodies and do not say which: it may not hold here."


def verdict(chains: Chains, rule: Rule | Accountability, body: str, at: str) -> Verdict:
    """Whether a rule or step holds for a body on a day.

    Bodies of another kind that it names are where it holds: a national body has a part there in any case, others
    only if they meet one of them. `related` is for the relations of each body to tell, not for its kind.
    """
    if not in_its_time(chains, rule, body, at):
        return "no"
    named = set(rule.bodies.split())
    if rule.coverage == "related" or body in named:
        return "yes" if body in named and rule.coverage == "only" else "no"
    if rule.coverage in OF_TRUSTS and of_id(body).reach == "postcode":
        return _of_trust(rule.coverage, is_foundation(chains, body, at))
    if rule.coverage in MAY_BE:
        return "may"
    if rule.coverage in ("", "all") or (of_id(body).reach == "country" and not _alike(named, body)):
        return "yes"
    meets = not _alike(named, body) and any(
        named & set(meeting(chains, body, kind, at)) for kind in sorted({kind_of(one) or "" for one in named})
    )
    return "yes" if meets == (rule.coverage == "only") else "no"


def in_its_time(chains: Chains, rule: Rule | Accountability, body: str, at: str) -> bool:
    """Whether a body has begun as far as a rule asks: for one in shadow form holds only what ends with that time.

    An emerging group bought by rules of its year in shadow form; a council in shadow form has no duty of councils yet.

    >>> from orgmap.graphmodel.model import Include
    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     chains = Chains.of(store, Include.of("shadow"))
    ...     duties = [one for one in store.rules() if one.commissioner == "upper_tier_council"]
    ...     duty = next(one for one in duties if not one.valid_until)
    ...     [in_its_time(chains, duty, "council:west_surrey", day) for day in ("2026-11-27", "2027-06-01")]
    [False, True]
    """
    stage = chains.in_shadow(body, at)
    return stage is None or bool(
        rule.valid_until and rule.valid_until <= (stage.valid_until or rule.valid_until)
    )


def _of_trust(coverage: str, foundation: bool | None) -> Verdict:
    """Whether what holds for one sort of trusts holds for a trust; None if it may have been another sort before.

    Nothing that holds for other trusts only is told of one that is named a foundation trust.
    """
    if coverage == FOUNDATION:
        return "may" if foundation is None else "yes" if foundation else "no"
    if foundation is not False:
        return "no"
    return "may" if coverage == SOME_OTHERS else "yes"


def is_foundation(chains: Chains, body: str, at: str) -> bool | None:
    """Whether an NHS trust is a foundation trust, by its name of the day; None if that does not tell.

    Before the days on which names are known a foundation trust may not have been one yet; before the first day of
    any rule for foundation trusts there was none. Of what is no trust, None.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [is_foundation(Chains(store), "trust:RVV", f"{year}-06-01") for year in (2003, 2014, 2018)]
    [False, None, True]
    """
    if of_id(body).reach != "postcode" or not (trust := chains.entities({body}, at).get(body)):
        return None
    if "foundation" not in trust.name.casefold().split():
        return False
    first = min(
        (rule.valid_from or "" for rule in chains.accountability() if rule.coverage == FOUNDATION), default=""
    )
    if at < first:
        return False
    return True if at >= _names_from(chains) else None


def _names_from(chains: Chains) -> str:
    trusts = set(kinds_reaching("postcode"))
    return max((one.names_from for one in abouts(chains.store) if trusts & set(one.kinds)), default="")


def not_known_yet(chains: Chains, body: str, at: str) -> list[str]:
    """A sentence on a trust of which it is not known whether it was a foundation trust already.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     not_known_yet(Chains(store), "trust:RWF", "2014-06-01")
    []
    """
    if of_id(body).reach != "postcode" or is_foundation(chains, body, at) is not None:
        return []
    trust = chains.entities({body}, at).get(body)
    if trust is None:
        return []
    return [
        f"That {trust.label} was a foundation trust is known from {_names_from(chains)} on: what holds for"
        f" foundation trusts may hold on {at}, and nothing is told that holds for other NHS trusts only."
    ]


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
