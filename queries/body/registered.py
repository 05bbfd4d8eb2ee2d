"""What the whole register says of a body, where it is loaded: of those of the graph, and of those that it alone has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous
from orgmap.graphmodel.register.bodies import (
    ACTIVE,
    PREFIX,
    FoundRecord,
    NamedBody,
    RegisteredBody,
    RegisteredDays,
    RegisterRelease,
    declared_relations,
    register_of,
    says_what_it_is,
)
from orgmap.graphmodel.register.reached import MEANS, may_be_shown
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_code, codes_beside, normalise, shortened

NAMED = 20
"""So many bodies with a relation to one are named; the rest is counted."""

ALIKE = 2000
"""So many names with the words of a text are held against it, the shortest first."""

MANY = 5
"""So many bodies of one name are told apart."""

LOOKED_AT = 60
"""So many bodies with the words of a search are looked at, to count those that the graph has not."""

SITE = "RC2"
"""The class of records of sites."""

BEFORE, AFTER = "came before", "came after"
_WAYS = {"Predecessor": (BEFORE, AFTER), "Successor": (AFTER, BEFORE)}


def registered_as(store: Store, text: str) -> FoundRecord | None:
    """The body that the register has under a code or an id with it; None if there is none, or no register."""
    register = register_of(store)
    if register is None:
        return None
    clean = text.strip()
    prefix, _, rest = clean.partition(":")
    code = as_code(rest if prefix.lower() == PREFIX else clean)
    if code and (found := register.of_code(code)):
        return found
    return next(
        (
            found
            for name, code in codes_beside(clean)
            if (found := register.of_code(code)) and set(normalise(name).split()) & _words(found)
        ),
        None,
    )


def code_in_graph(store: Store, text: str) -> str | None:
    """The code in an id of the register (`ods:10E`) that a body of the graph has; None for any other text."""
    prefix, colon, rest = text.strip().partition(":")
    code = as_code(rest) if colon and prefix.lower() == PREFIX else None
    return code.upper() if code and store.ids_of_code(code.upper()) else None


def registered_called(store: Store, text: str) -> list[NamedBody]:
    """The bodies that the register alone has and calls just so."""
    register = register_of(store)
    name = normalise(text)
    if register is None or not name:
        return []
    _, named = register.with_words(name.split(), ALIKE)
    return [one for one in named if normalise(one.name) == name and not store.ids_of_code(one.code)]


def said_of_register(store: Store, text: str) -> str:
    """What the register has under a text that no body of the graph bears, as a sentence; blank if nothing.

    A question of commissioning does not ask it: that its bodies are not in the graph is told, not that there are none.
    """
    register = register_of(store)
    if register is None:
        return ""
    if found := registered_as(store, text):
        code = found.body.code
        return (
            f"The whole register has {found.body.name or code} ({PREFIX}:{code}, {what_it_is(found)}):"
            f" orgmap show {code} tells what it says of it."
        )
    number, _ = register.with_words(normalise(text).split(), 1)
    return (
        f"Names of the whole register with these words: {number:,}; orgmap search shows them."
        if number
        else ""
    )


def _words(found: FoundRecord) -> set[str]:
    return set(normalise(found.body.name).split()) | {"code", "ods"}


def what_it_is(found: FoundRecord) -> str:
    """What a body of the register is, in words."""
    return says_what_it_is(found.body, found.words).words


def show_registered(store: Store, text: str, at: AnyDay) -> dict[str, Any] | None:
    """All that is known of a body that the register alone has, in the form of `show`; None if it has none of that code
    or name. Raises `Ambiguous` with the bodies of the name, if there are several."""
    at = day_of(at)
    found = registered_as(store, text) or _only_one_called(store, text)
    if found is None:
        return None
    body, days = found.body, found.body.days
    life = {"valid_from": days.valid_from or None, "valid_until": days.valid_until or None}
    notes = [
        f"{body.name or body.code} is no body of the graph: all of this is what the register says,"
        f" as it was published on {found.release.as_of}."
    ]
    if not _holds(days, at):
        until = f" until {days.valid_until} (not included)" if days.valid_until else ""
        notes.append(f"It was not open on {at}: from {days.valid_from or 'a day not known'}{until}.")
    return {
        "body": {
            "id": f"{PREFIX}:{body.code}",
            "kind": what_it_is(found),
            "name": body.name or None,
            **life,
            "codes": {PREFIX: body.code},
        },
        "at": at,
        "names": [],
        "codes": [{"code": body.code, "scheme": PREFIX, **life}],
        "postcodes": [{"postcode": body.postcode, "valid_from": None, "valid_until": None}]
        if body.postcode
        else [],
        "phases": [],
        "relations": [],
        "events": [],
        "registered": _record_json(store, found, at),
        "sources": [source_json(found.release)],
        "notes": [*notes, *_odd(found)],
    }


def _only_one_called(store: Store, text: str) -> FoundRecord | None:
    register, called = register_of(store), registered_called(store, text)
    if len(called) > 1:
        raise Ambiguous(
            f"“{shortened(text)}” could be {len(called):,} bodies of the register; name one by its code.",
            [
                f"{PREFIX}:{one.code} — {one.name} ({one.words}), {one.postcode or 'without a postcode'}"
                for one in called[:MANY]
            ],
        )
    return register.of_code(called[0].code) if register and called else None


class AlsoRegistered(NamedTuple):
    """What the register says of a body of the graph, as a part of an answer, and the release that says it."""

    said: dict[str, Any]
    sources: list[dict[str, Any]]


def also_registered(store: Store, code: str | None, at: AnyDay) -> AlsoRegistered:
    """What the register says of a body of the graph, to stand beside it; nothing where none is loaded."""
    at = day_of(at)
    register = register_of(store)
    found = register.of_code(code) if register and code else None
    if found is None:
        return AlsoRegistered({}, [])
    return AlsoRegistered({"registered": _record_json(store, found, at)}, [source_json(found.release)])


def _odd(found: FoundRecord) -> list[str]:
    """What must be said of a record."""
    said = []
    if found.gone_in:
        said.append(f"The release of {found.gone_in.as_of} has it no more: the register took its code away.")
    if found.body.is_stub:
        said.append("Only a stub of it was loaded: its record stands in the other file of the release.")
    return said


def _holds(days: RegisteredDays, at: str) -> bool:
    return (days.valid_from or "") <= at and (not days.valid_until or at < days.valid_until)


def _record_json(store: Store, found: FoundRecord, at: str) -> dict[str, Any]:
    """A record of the register as scripts get it, the bodies that it names by their ids in the graph where they have
    one."""
    register = register_of(store)
    assert register
    body = found.body
    pointing = register.pointing_to(body.code, NAMED)
    others = register.successions_to(body.code)
    targets = {tie.target for tie in body.ties} | {one.target for one in body.successions}
    named = register.named(targets)
    return {
        "release": found.release.release,
        "source": found.release.source,
        "as_of": found.release.as_of,
        "is": what_it_is(found),
        "record": "site" if body.record_class == SITE else "organisation",
        "status": body.status.lower() or None,
        **_days_json(body.days),
        "address": body.address or None,
        "postcode": body.postcode or None,
        "country": body.country or None,
        "uprn": body.uprn or None,
        "contacts": _contacts(body),
        "roles": [
            {
                "role": role.role,
                "is": found.words[role.role].words if role.role in found.words else role.role,
                "primary": role.is_primary,
                "status": role.status.lower() or None,
                **_days_json(role.days),
            }
            for role in body.roles
        ],
        "ties": [
            {
                "relation": tie.relation,
                "verb": _verb(tie.relation)[0],
                **_other(store, tie.target, named.get(tie.target.upper()), at),
                "status": tie.status.lower() or None,
                **_days_json(tie.days),
            }
            for tie in sorted(body.ties, key=lambda one: (one.status != ACTIVE, one.relation))
        ],
        "pointing": [
            {
                "relation": one.relation,
                "verb": _verb(one.relation)[1],
                "number": one.number,
                "bodies": [_other(store, other.code, other, at) for other in one.bodies],
            }
            for one in pointing
        ],
        "successions": _successions(store, found, named, others, at),
    }


def _contacts(body: RegisteredBody) -> list[dict[str, Any]]:
    """How a body is reached; what may be a person's has no value."""
    return [
        {
            "means": MEANS.get(one.sort, one.sort or "contact"),
            "value": one.value if may_be_shown(one, body.code, body.name) else None,
        }
        for one in body.contacts
    ]


def _verb(relation: str) -> tuple[str, str]:
    return declared_relations().get(relation) or (f"has the relation {relation} to", f"has {relation} from")


def _days_json(days: RegisteredDays) -> dict[str, Any]:
    """The days of operation, and those in law where the register has some."""
    written = {"valid_from": days.valid_from or None, "valid_until": days.valid_until or None}
    if days.legal_from or days.legal_until:
        written |= {"legal_from": days.legal_from or None, "legal_until": days.legal_until or None}
    return written


def _other(store: Store, code: str, other: NamedBody | None, at: str) -> dict[str, Any]:
    ids = store.ids_of_code(code)
    if len(ids) > 1:
        ids = [body.id for body in store.entities(ids=ids, at=at)]
    name = other.name if other else None
    return {"id": ids[0] if len(ids) == 1 else f"{PREFIX}:{code}", "code": code, "name": name or None}


def _successions(
    store: Store,
    found: FoundRecord,
    named: dict[str, NamedBody],
    others: list[tuple[NamedBody, Any]],
    at: str,
) -> list[dict[str, Any]]:
    """Who came before and after, told from either side, each once."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one in found.body.successions:
        way = _WAYS.get(one.way, (one.way.lower(), ""))[0]
        other = _other(store, one.target, named.get(one.target.upper()), at)
        rows.setdefault((way, one.target, one.day), {"way": way, **other, "date": one.day or None})
    for body, one in others:
        way = _WAYS.get(one.way, ("", one.way.lower()))[1]
        other = _other(store, body.code, body, at)
        rows.setdefault((way, body.code, one.day), {"way": way, **other, "date": one.day or None})
    return [row for _, row in sorted(rows.items(), key=lambda pair: (pair[0][2], pair[0]))]


def source_json(release: RegisterRelease) -> dict[str, Any]:
    """A release as a source."""
    return {
        "source": release.source,
        "title": f"{release.title} (loaded as {release.release})",
        "locator": None,
        "url": None,
    }


def search_registered(store: Store, text: str, limit: int) -> tuple[list[dict[str, Any]], list[str]]:
    """The bodies that the register alone has whose code is a text or whose names have all its words, with what must be
    said of them."""
    register = register_of(store)
    if register is None:
        return [], []
    rows: dict[str, dict[str, Any]] = {}
    coded = registered_as(store, text)
    if coded and not coded.gone_in:
        rows |= rows_of(store, register.named([coded.body.code]).values(), coded.release)
    number, named = register.with_words(normalise(text).split(), limit * 3 + LOOKED_AT)
    first = register.of_code(named[0].code) if named else None
    if first:
        rows |= rows_of(store, named, first.release)
    found, shown = list(rows.values()), list(rows.values())[:limit]
    if number <= len(named) and len(found) == len(shown):
        return shown, []
    if number <= len(named):
        said = f"Bodies that the whole register alone has with these words in their names: {len(found):,}"
    else:
        said = f"Names of the whole register with these words: {number:,}"
    return shown, [f"{said}; shown of its bodies: {len(shown)}. Add words."]


def rows_of(
    store: Store, named: Iterable[NamedBody], release: RegisterRelease, at: AnyDay | None = None
) -> dict[str, dict[str, Any]]:
    """Bodies of the register as scripts get them, by code; with `at` also those that the graph has, by their ids of the
    day, and else without them."""
    at = day_of(at) if at else ""
    rows = {}
    for each in named:
        ids = store.ids_of_code(each.code)
        if not at and ids:
            continue
        rows[each.code] = {
            "id": _other(store, each.code, each, at)["id"],
            "kind": each.words,
            "name": each.name or None,
            "valid_from": each.valid_from or None,
            "valid_until": each.valid_until or None,
            "codes": {PREFIX: each.code},
            "sources": [source_json(release)],
            "matched": each.name or None,
        }
    return rows
