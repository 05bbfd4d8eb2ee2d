"""What a refusal offers instead: places of nearly that name, those within what was typed behind it first."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple
from weakref import WeakKeyDictionary

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.place_words import (
    BETWEEN_PIECES,
    QUARTERS,
    letters_left_out,
    place_form,
    without_style,
)
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_outcode, normalise
from orgmap.graphmodel.vocabulary import has, kinds_with, things
from orgmap.queries.body.resolve import matches, nearest_names
from orgmap.queries.place.names import POSTAL, Named, largest_first, named_places
from orgmap.queries.place.part_names import SHORTEST
from orgmap.queries.place.parts import called_after
from orgmap.queries.place.qualifiers import Qualifier, bodies_called, qualifier_of, splits
from orgmap.queries.place.refused.abroad import why_abroad
from orgmap.queries.place.refused.hints import stand_there

OFFERED = 3
"""So many places a refusal offers."""

LONGER = 5
"""So many names that begin with what was typed are looked at."""

_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)

_AROUND = ("near ", "nearby ", "around ", "outside ", "isle of ", "isle ", "island of ", "mid ")
"""What people put before a name that is a place's without it."""

NEAR, NEARLY = 78, 8
"""How alike two names must be (of 100) for one to be offered for the other, and how little less alike the next."""


def typed_codes(store: Store, text: str) -> list[str]:
    """Says of a place's name typed in capitals that it is a register's code as well."""
    if not text.isupper() or not text.isalpha():
        return []
    bodies = store.entities(ids=store.ids_of_code(text))
    return [f"{text} is also a code of {body.label} ({body.id}), which is not meant." for body in bodies]


def nothing_called(
    store: Store,
    text: str,
    named: list[Named],
    refused: list[Qualifier],
    unknown: list[str],
    at: AnyDay,
    no_places: list[str] | None = None,
) -> NothingFound:
    """The refusal of a text that is no place: why, and which places may be meant.

    `named` are places of the name without what stood behind it, `refused` what none of them lies in, `unknown` what
    was typed behind it and is no place; `no_places` are sentences on what has the name and is no place.
    """
    at = day_of(at)
    if abroad := why_abroad(store, text, bool(named or no_places), unknown):
        return NothingFound(abroad)
    if unknown:
        reason = f" No council, county, region or body is called “{unknown[0]}”."
    elif refused:
        words = " and ".join(one.text or one.kind for one in refused)
        reason = f" No place of that name lies in {words}."
    else:
        reason = ""
    if postal := [place for place in named_places(store, text) if place.sort == POSTAL]:
        return NothingFound(
            f"“{text}” is a county that is only written in addresses ({postal[0].note.partition(';')[0]}):"
            " name a town or a council in it."
        )
    names = [place.typed for place in largest_first(named) if place.sort != POSTAL]
    if "nhs" in normalise(text).split():
        offers = nearest_names(store, text)
    elif letters_left_out(text):
        offers = []  # S'well may be Southwell, and is not nearly Swell
    elif parts := [*_halves(store, text), *_in_longer_names(store, text)]:
        offers = parts
    else:
        offers = [*_divided(store, text, at), *_near(store, text, refused)]
    if names:
        offers = [*(offers if refused else []), *names]
    if "," in text:
        offers += [body.label for body in bodies_called(store, text)]  # Hastings and Rother
    once = {normalise(one): one for one in reversed(offers)}
    offers = list(dict.fromkeys(once[normalise(one)] for one in offers))[
        : max(OFFERED, min(len(names), 2 * OFFERED))
    ]
    hint = f" Did you mean {' or '.join(f'“{one}”' for one in offers)}?" if offers else ""
    standing = "" if reason or offers or no_places or letters_left_out(text) else stand_there(store, text, at)
    service = _service(store, text) if not named else ""
    code = service or _only_in_capitals(store, text) + "".join(f" {one}" for one in no_places or ())
    return NothingFound(f"No place is called “{text}”.{reason}{hint}{standing}{code} {_sure_way(text)}")


def _service(store: Store, text: str) -> str:
    """What can be asked of a service, which people type where a place is asked for."""
    found = [match.body for match in matches(store, text) if match.body.kind in things()]
    return (
        f" {found[0].label} is a service: orgmap who “{text}” --for PLACE tells who commissions it."
        if found
        else ""
    )


def _sure_way(text: str) -> str:
    """What always finds a place in England; who began to type a postcode is asked for the whole of it."""
    begun = any(as_outcode(word) for word in text.replace(",", " ").split())
    return f"{'A whole' if begun else 'An English'} postcode always works."


def _only_in_capitals(store: Store, text: str) -> str:
    if not text.isalpha() or text.isupper():
        return ""
    bodies = store.entities(ids=store.ids_of_code(text))
    return f" (In capitals {text.upper()} is a code of {bodies[0].label}, {bodies[0].id}.)" if bodies else ""


def _halves(store: Store, text: str) -> list[str]:
    """“Wigan” and “Leigh” for “Wigan and Leigh”: the places or councils that a name is made of."""
    halves = [half.strip() for half in _AND.split(text)]
    known = _known(store).councils
    if len(halves) < 2 or not all(normalise(half) in known or named_places(store, half) for half in halves):
        return []
    return [half.title() if half.islower() else half for half in halves]


def _divided(store: Store, text: str, at: str) -> list[str]:
    """“Ashford, Kent” for “Ashford Kent”."""
    words = text.split()
    if "," in text or not 1 < len(words) <= 6:
        return []
    for cut in range(len(words) - 1, 0, -1):
        name, behind = " ".join(words[:cut]), " ".join(words[cut:])
        if places := named_places(store, name):
            qualifier = qualifier_of(store, behind, at)
            if qualifier and not qualifier.kind and any(qualifier.holds_for(place) for place in places):
                return [f"{name}, {behind}"]
    return []


class _Known(NamedTuple):
    """Every form that a place's name may have, and of councils the name that each is of."""

    places: list[str]
    councils: dict[str, str]
    forms: list[str]


_KNOWN: WeakKeyDictionary[Store, _Known] = WeakKeyDictionary()
"""What each store knows, read once: a table may hold thousands of names that are none."""


def _known(store: Store) -> _Known:
    if store not in _KNOWN:
        councils = {
            normalise(body.label): body.label
            for kind in kinds_with("local_authority")
            for body in store.entities(kind=kind)
        }
        councils |= {
            bare: name for name in councils.values() if (bare := without_style(name)) not in ("", *councils)
        }
        places = sorted(store.place_forms())
        _KNOWN[store] = _Known(places, councils, [*places, *councils])
    return _KNOWN[store]


def _beginning(known: _Known, start: str) -> list[str]:
    """The first forms that begin so, those of places first."""
    place = bisect_left(known.places, start)
    found = [one for one in known.places[place : place + LONGER] if one.startswith(start)]
    return [*found, *(one for one in known.councils if one.startswith(start))][:LONGER]


def _lying(store: Store, form: str, within: list[Qualifier]) -> list[Named]:
    """The places of a name that lie in all that was typed behind it."""
    places = [place for place in named_places(store, form) if place.sort != POSTAL]
    return [place for place in places if all(one.holds_for(place) for one in within)]


def _having(known: _Known, name: str) -> list[str]:
    """The longer forms of places that have a name in theirs, those that begin with it first; none for “East”."""
    if len(name) < SHORTEST or name in QUARTERS:
        return []
    found = [one for one in known.places if f" {name} " in f" {one} " and one != name]
    return sorted(found, key=lambda one: not one.startswith(name))


def _in_longer_names(store: Store, text: str) -> list[str]:
    """What has a name in its own: “North Tyneside Council” for “Tyneside”, “Ashford” for “near Ashford”, “Sheppey,
    Swale (place)” for “Isle of Sheppey”; and the trusts and voices of a name, which are no places.
    """
    form = place_form(text)
    bare = next((form.removeprefix(start) for start in _AROUND if form.startswith(start)), "")
    if bare and named_places(store, bare):
        return [bare.title()]
    wanted = bare or form
    if len(wanted) < SHORTEST:
        return []
    councils = [
        label
        for label in dict.fromkeys(_known(store).councils.values())
        if f" {wanted} " in f" {without_style(label)} "
    ]
    places = [place.typed for place in called_after(store, bare.title() or text)]
    pieces = [piece.strip() for piece in BETWEEN_PIECES.split(text)]
    joined = [piece for piece in pieces if "," not in text and len(pieces) > 1 and named_places(store, piece)]
    named = [match.body.label for match in matches(store, text) if has(match.body.kind, "no_place")]
    return [*councils, *places, *joined, *named]


def _near(store: Store, text: str, within: list[Qualifier]) -> list[str]:
    """The names of places and councils that come nearest to a mistyped one; those within come first."""
    from rapidfuzz import fuzz, process

    name = next(splits(text), (text, ()))[0].partition(",")[0]
    known = _known(store)
    councils = known.councils
    form = place_form(name)
    begun = _beginning(known, f"{form} ") if form else []
    if within and (having := [one for one in _having(known, form) if _lying(store, one, within)]):
        begun = having
    longer = [(one, 100.0, 0) for one in begun]
    found = longer or process.extract(form, known.forms, scorer=fuzz.ratio, limit=8, score_cutoff=NEAR)
    inside, outside = [], []
    for form, score, _ in found:
        if form in councils:
            outside.append((score, councils[form]))
            continue
        places = [place for place in named_places(store, form) if place.sort != POSTAL]
        lying = _lying(store, form, within)
        if within and lying:
            inside.append((score, lying[0].typed))
        elif places:
            typed = {place.called or place.name for place in places}
            outside.append((score, places[0].typed if len(places) == 1 else typed.pop()))
    offered = inside if within else outside
    best = max((score for score, _ in offered), default=0.0)
    return [name for score, name in sorted(offered, key=lambda pair: -pair[0]) if score > best - NEARLY]
