"""What must hold of declared kinds: their words are explained, and bodies have only changes that they may have."""

from __future__ import annotations

from orgmap.graphmodel.term_tables import term_rows
from orgmap.graphmodel.vocabulary import Kind, event_kinds, facets, kinds, reach_of, roles, things


def may_have(kind: str, change: str) -> bool:
    """Whether a body of a kind may have a kind of change: a thing has none, and only an area has boundaries.

    >>> may_have("nhs_trust", "merged"), may_have("nhs_trust", "boundary_change")
    (True, False)
    """
    allowed = event_kinds()[change].reaches.split()
    return kind not in things() and (not allowed or reach_of(kind) in allowed)


def faults_of_kinds() -> list[str]:
    """What is wrong with the declared kinds themselves: words that no table explains, ids that could be two kinds'."""
    found = [said for kind in kinds().values() for said in faults_of_kind(kind)]
    for row in term_rows("kind_pairs.csv"):
        found += [
            f"kind_pairs: “{kind}” is not a known kind." for kind in (row[0], row[2]) if kind not in kinds()
        ]
    return found


def faults_of_kind(kind: Kind) -> list[str]:
    """What is wrong with one declared kind."""
    words = [
        ("standing", kind.standing),
        ("reach", kind.reach),
        *(("traits", one) for one in kind.traits),
    ]
    found = [
        f"{kind.kind}: “{word}” is not a known {column}."
        for column, word in words
        if (column, word) not in facets()
    ]
    found += [f"{kind.kind}: “{role}” is not a known role." for role in kind.roles if role not in roles()]
    above = {*kinds(), "above"}
    found += [
        f"{kind.kind}: climbs to “{one}”, which is not a known kind."
        for one in kind.climbs
        if one not in above
    ]
    tiers = {row[0] for row in term_rows("tiers.csv")}
    return found + ([f"{kind.kind}: “{kind.tier}” is not a known tier."] if kind.tier not in tiers else [])
