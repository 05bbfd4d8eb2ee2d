"""The relations of a structure, by view: what belongs to what, who answers to whom, who commissions, covers or pays."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.model import IN_FORCE, Accountability, Include, Relationship
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of, of_id, unions
from orgmap.queries.answers import cited_by_rule
from orgmap.queries.commissioning.on_two_days import commissioning
from orgmap.queries.commissioning.rule_reach import MAY_BE, verdict
from orgmap.queries.commissioning.steps import HOLDS_TO_ACCOUNT
from orgmap.queries.place.find import WHOLE
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.structure.relation import PLACE, Relation
from orgmap.queries.structure.stand_ins import stand_ins
from orgmap.queries.structure.within import LOCATED, Shares, ids_within, scopes_of

VIEWS = {
    "structure": "what belongs to what, and who answers to whom",
    "accountability": "who answers to whom, and who assures, regulates, inspects or scrutinises",
    "commissioning": "who commissions",
    "membership": "what is part or a member of what",
    "geography": "who covers how much of the place",
    "money": "who funds whom",
}
"""Every view with what it shows."""

_FACTS = {
    "structure": ("part_of", "member_of", "clustered_with", "holds_contract_with"),
    "membership": ("part_of", "member_of", "clustered_with"),
    "money": ("funds",),
}
_ROWS = {
    "structure": ("accountable_to",),
    "accountability": ("accountable_to", *HOLDS_TO_ACCOUNT),
    "money": ("funds",),
}


def relations_of(
    store: Store,
    days: tuple[AnyDay, AnyDay],
    wanted: set[str],
    view: str,
    service: str | None = None,
    within: str | None = None,
    include: Include = IN_FORCE,
) -> tuple[list[Relation], set[str]]:
    """Gives the relations that a view shows among bodies on two days, and the bodies above them that they lead to.

    Raises `WrongUse` for an unknown view, or a service where it has no place.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     found, above = relations_of(store, ("2013-04-01", "2013-04-01"), {"region:Y57"}, "membership")
    >>> found[0].verb, sorted(above)
    ('part_of', ['national:nhs_england'])
    """
    days = (day_of(days[0]), day_of(days[1]))
    if view not in VIEWS:
        raise WrongUse(f"“{view}” is not a view. Views: {', '.join(VIEWS)}.")
    if service and view != "commissioning":
        raise WrongUse("A service belongs to the view commissioning: add --view commissioning.")
    if view == "geography":
        return _covering(store, days, wanted, within), set()
    if view == "commissioning":
        found, beside = commissioning(store, days, wanted, service, within, include)
        return _of_england(found), {one for one in beside if not _elsewhere(one)}
    relationships = _facts(store, days, wanted, view, include)
    rows = _rows(store, days, wanted, _ROWS.get(view, ()), include, chains=view != "structure")
    relations = [*relationships, *rows]
    ends = {one for relation in relations for one in (*relation.subjects, *relation.objects)}
    return relations, ends - wanted


def _elsewhere(body: str) -> bool:
    """Whether a body stands for those of another country."""
    return body in stand_ins() and bool(stand_ins()[body].country)


def _of_england(relations: list[Relation]) -> list[Relation]:
    """The relations without bodies that stand for those of other countries: no commissioners of England's."""
    kept = []
    for relation in relations:
        subjects = tuple(one for one in relation.subjects if not _elsewhere(one))
        if subjects and not any(map(_elsewhere, relation.objects)):
            kept.append(relation._replace(subjects=subjects))
    return kept


def _facts(
    store: Store, days: tuple[str, str], wanted: set[str], view: str, include: Include
) -> list[Relation]:
    """Statements between two bodies, each once, with the day or days on which it holds."""
    verbs = list(_FACTS.get(view, ()))
    if not verbs:
        return []
    sides: list[dict[tuple[str, ...], Relationship]] = []
    for day in days:
        found = store.relationships(subjects=wanted, verbs=verbs, at=day, include=include)
        sides.append(
            {
                (
                    relationship.subject,
                    relationship.verb,
                    relationship.object,
                    relationship.about,
                    relationship.status,
                ): relationship
                for relationship in found
                if (relationship.object in wanted or _stands_above(relationship.object))
                and not (view == "structure" and of_id(relationship.subject).reach == "country")
            }
        )
    before, after = sides
    out = []
    for key in sorted({*before, *after}):
        relationship = after.get(key) or before[key]
        side = "both" if key in before and key in after else "after" if key in after else "before"
        out.append(
            Relation(
                (relationship.subject,),
                relationship.verb,
                (relationship.object,),
                side,
                relationship.about,
                relationship.basis,
                relationship.status,
                relationship.valid_from,
                relationship.valid_until,
                relationship.from_precision,
                relationship.until_precision,
                ((relationship.source, relationship.locator),),
                relationship.note,
            )
        )
    return out


def _stands_above(body: str) -> bool:
    """Whether a body is above those of a place without having a role for it itself."""
    return kind_of(body) in unions() or of_id(body).reach == "country"


def _rows(
    store: Store,
    days: tuple[str, str],
    wanted: set[str],
    verbs: Iterable[str],
    include: Include,
    chains: bool,
) -> list[Relation]:
    """Steps of accountability or money between kinds, each day by itself; `chains` follows them above the place."""
    verbs = set(verbs)
    rows = [row for row in store.accountability() if row.verb in verbs and include.shows(row.status)]
    out = []
    holders = Chains.of(store, include)
    for side, day in zip(("before", "after"), days, strict=True):
        of_day = [row for row in rows if row.period.holds(day) and row.coverage != "related"]
        reached = {one for one in wanted if of_id(one).reach != "country"} or set(wanted)
        done: set[str] = set()
        while fresh := [row for row in of_day if row.id not in done and _ends(row, reached, wanted)]:
            for row in fresh:
                done.add(row.id)
                subjects, objects = _ends(row, reached, wanted) or ((), ())
                subjects = _held_by(holders, row, subjects, day)
                objects = _held_by(holders, row, objects, day)
                if subjects and objects:
                    out.append(_row(row, subjects, objects, side))
            if not chains:
                break
            reached |= {
                one for relation in out for one in relation.objects if relation.verb == "accountable_to"
            }
    return out


def _ends(
    row: Accountability, reached: set[str], wanted: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The bodies that a row speaks of here; None if it says nothing of a body already reached."""
    ends = []
    for token in (row.subject, row.object):
        if ":" not in token:
            ends.append(tuple(sorted(one for one in wanted if kind_of(one) == token)))
        else:
            ends.append((token,) if token in wanted or of_id(token).reach == "country" else ())
    if not all(ends) or not (
        reached & set(ends[0]) or (row.verb != "accountable_to" and reached & set(ends[1]))
    ):
        return None
    return ends[0], ends[1]


def _held_by(holders: Chains, row: Accountability, bodies: tuple[str, ...], day: str) -> tuple[str, ...]:
    """The bodies for which a row holds or may hold: it says for which."""
    if row.coverage in ("", "all"):
        return bodies
    return tuple(one for one in bodies if verdict(holders, row, one, day) != "no")


def _row(row: Accountability, subjects: tuple[str, ...], objects: tuple[str, ...], side: str) -> Relation:
    return Relation(
        subjects,
        row.verb,
        objects,
        side,
        row.about,
        row.basis,
        row.status,
        row.valid_from,
        row.valid_until,
        row.from_precision,
        row.until_precision,
        cited_by_rule(row),
        row.note,
        row.verified != "no",
        row.coverage in MAY_BE,
    )


def _covering(store: Store, days: tuple[str, str], wanted: set[str], within: str | None) -> list[Relation]:
    """How much of the place each body covers, by where people live."""
    out = []
    scopes = scopes_of(store, within, days) if within else (None, None)
    for side, day, scope in zip(("before", "after"), days, scopes, strict=True):
        if scope is None:
            covering: Shares = {
                relationship.subject: 1.0
                for relationship in store.relationships(subjects=wanted, verbs=["covers"], at=day)
            }
        else:
            covering = ids_within(store, scope, day)
        for one in sorted(covering):
            share = covering[one]
            if share is None or of_id(one).reach in LOCATED:
                continue
            about = "" if within is None else "all of it" if share >= WHOLE else f"{share:.0%} of its people"
            out.append(Relation((one,), "covers", (PLACE,), side, about))
    return out
