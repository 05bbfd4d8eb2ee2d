"""“Name, council”: what stands behind a place's name tells it from namesakes, by area and never by text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.place_words import has_words_cut_alike, place_form, spellings, without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_outcode, as_postcode
from orgmap.queries.body.resolve import CORE, Match, matches
from orgmap.queries.place.areas import areas_of
from orgmap.queries.place.names import NOT_KNOWN, TOWN, Named, named_alike, named_places

EVERYWHERE = {"england", "united kingdom", "uk", "great britain", "gb", "britain"}
ABROAD = {
    "wales": "Wales",
    "scotland": "Scotland",
    "northern ireland": "Northern Ireland",
    "ireland": "Ireland",
}

KIND_WORDS = {
    **{
        word: word
        for word in ("region", "county", "town", "place", "parish", "ward", "neighbourhood", "council")
    },
    **{"traditional county": "traditional county", "former county": "former county"},
    **{"combined authority": "combined authority", "msoa": "neighbourhood", "region of government": "region"},
    **{"borough": "council", "district": "council", "metropolitan county": "county"},
}
"""Words that, behind a name, tell which kind of place is meant."""

MOST = 0.5
"""A place lies in what covers so much of it."""

_DASH = re.compile(r"\s+[-–]\s+")
_BRACKETS = re.compile(r"(?P<name>[^()]+?)\s*\((?P<told>[^()]+)\)(?P<rest>.*)")


class Qualifier(NamedTuple):
    """What was typed behind a name: everywhere, a kind of place, or areas in one of several senses."""

    text: str
    kind: str = ""
    senses: tuple[frozenset[str], ...] = ()
    towns: tuple[frozenset[str], ...] = ()

    def holds_for(self, place: Named, towns: bool = True) -> bool:
        """Whether a place lies within, or is of that kind. A town tells only what is smaller than a town, and that
        only if asked for `towns`.
        """
        if self.kind:
            return place.sort == self.kind
        alone = not towns or place.sort == "town" or place.rank == 0
        senses = self.senses if alone else (*self.senses, *self.towns)
        least = 0.0 if NOT_KNOWN in place.kind else MOST
        return any(_share(place.parts, sense) > least for sense in senses) or not (self.senses or self.towns)

    def names(self, place: Named) -> bool:
        """Whether just the council that tells a place from its namesakes was typed."""
        return place.rank > 0 and place_form(self.text) in (
            place_form(place.council),
            place_form(place.within),
        )

    def holds_for_areas(self, areas: frozenset[str]) -> bool:
        """Whether areas of a body lie within."""
        if self.kind:
            return self.kind == "council"
        if self.towns and not self.senses:
            return False
        return not self.senses or any(len(areas & sense) > MOST * len(areas) for sense in self.senses)


def _share(parts: tuple[tuple[str, float], ...], sense: frozenset[str]) -> float:
    return sum(share for area, share in parts if area in sense)


def narrowed(place: Named, qualifiers: tuple[Qualifier, ...]) -> Named:
    """A place whose extent is not known, cut down to what lies in its qualifiers."""
    if NOT_KNOWN not in place.kind:
        return place
    for qualifier in qualifiers:
        if any(place.areas <= sense for sense in qualifier.senses):
            continue
        for sense in qualifier.senses:
            inside = [(area, share) for area, share in place.parts if area in sense]
            if inside and len(inside) < len(place.parts):
                total = sum(share for _, share in inside)
                parts = tuple((area, share / total) for area, share in inside)
                return place._replace(parts=parts, within=f"{qualifier.text}, now {place.council}")
    return place


MOST_PARTS = 10
"""So many commas or brackets a place's name or an address may have; what has more is neither."""


def splits(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every way to read a text as a name and what tells it from namesakes; the longest name first.

    >>> list(splits("Yate, Bristol, England"))
    [('Yate, Bristol', ('England',)), ('Yate', ('Bristol, England',)), ('Yate', ('Bristol', 'England'))]
    >>> list(splits("Newport (Isle of Wight)"))
    [('Newport', ('Isle of Wight',))]
    >>> list(splits("Margate - Kent"))
    [('Margate', ('Kent',))]
    """
    brackets: tuple[str, ...] = ()
    text = _DASH.sub(", ", text)
    while len(brackets) < MOST_PARTS and (found := _BRACKETS.fullmatch(text.strip())):
        brackets = (found["told"].strip(), *brackets)
        text = found["name"] + found["rest"]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for cut in range(len(parts) if len(parts) <= MOST_PARTS else 0, 0, -1):
        name, rest = ", ".join(parts[:cut]), parts[cut:]
        if rest or brackets:
            whole = (", ".join(rest),) if rest else ()
            yield name, (*whole, *brackets)
            if len(rest) > 1:
                yield name, (*rest, *brackets)


def qualifier_of(store: Store, text: str, at: AnyDay) -> Qualifier | None:
    """What a text behind a name means: None if it is no place, body or kind of place that is known."""
    at = day_of(at)
    clean = text.strip().removeprefix("now ").strip()
    word = place_form(clean)
    if word in EVERYWHERE:
        return Qualifier(clean)
    if word.partition(" extent ")[0] in KIND_WORDS:
        return Qualifier(clean, KIND_WORDS[word.partition(" extent ")[0]])
    if areas := _postal_areas(store, clean):
        return Qualifier(clean, "", (areas,))
    named = named_places(store, clean)
    named += [place for place in named_places(store, f"county {clean}") if place.rank == 0]
    senses = [place.areas for place in named if place.rank == 0]
    senses += _areas(store, clean, at)
    # “Stockton” is Stockton-on-Tees, after which a council is called, before it is a village.
    after = [place.called for place in named if place.called and named_alike(place.council, place.called)]
    senses += [sense for called in dict.fromkeys(after) for sense in _areas(store, called, at)]
    if not any(senses) and (bare := without_style(clean)):
        senses += _areas(store, bare, at)
    towns = tuple(place.areas for place in named if place.rank == TOWN)
    found = tuple(dict.fromkeys(sense for sense in senses if sense))
    return Qualifier(clean, "", found, towns) if found or towns else None


def _areas(store: Store, text: str, at: str) -> list[frozenset[str]]:
    """The areas of each body of a name; a trust covers nothing, and is only where it stands."""
    bodies = [body for body in bodies_called(store, text) if body.kind != "nhs_trust"]
    return [frozenset(areas_of(store, body, at)) for body in bodies]


def _postal_areas(store: Store, text: str) -> frozenset[str]:
    if postcode := as_postcode(text):
        row = store.postcodes([postcode]).get(postcode)
        return (
            frozenset(area for area, _ in store.neighbourhood(row.code)) if row and row.code else frozenset()
        )
    if outcode := as_outcode(text):
        return frozenset(area for area, _ in store.outcode(outcode))
    return frozenset()


def bodies_called(store: Store, text: str, a_place_has_it: bool = False) -> list[Entity]:
    """Every body of a name in any ordinary way of writing it.

    One is meant by a code of letters only in capitals, and where no place has the name; nor is then “Newcastle” any
    city council's.
    """
    found: dict[str, Match] = {}
    for spelling in spellings(text):
        for match in matches(store, spelling):
            if match.body.id not in found or match.level > found[match.body.id].level:
                found[match.body.id] = match
    if ":" not in text and not any(letter.isdigit() for letter in text):
        coded = {one for spelling in spellings(text) for one in store.ids_of_code(spelling)}
        forms = {form for spelling in spellings(text) for form in name_forms(spelling)}
        coded -= {one for form in forms for one in store.ids_of_name(form)} if coded else set()
        if a_place_has_it or not text.isupper():
            found = {one: match for one, match in found.items() if one not in coded}
    bodies = [
        match.body
        for match in _without_looser(list(found.values()))
        if has_words_cut_alike(text, match.body.label)
        if not (match.level == CORE and a_place_has_it and match.body.kind.endswith("_council"))
    ]
    return sorted(bodies, key=lambda body: body.id)


def _without_looser(found: list[Match]) -> list[Match]:
    """The matches but those of a body beside which one of its kind has just that name: NHS Bradford City CCG is not
    NHS Bradford Districts CCG.
    """
    whole = [match.body for match in found if match.level > CORE]
    return [
        match
        for match in found
        if match.level > CORE or not any(_at_once(match.body, other) for other in whole)
    ]


def _at_once(one: Entity, other: Entity) -> bool:
    """Whether two bodies of one kind were in force at the same time."""
    starts = max(one.valid_from or "", other.valid_from or "")
    return one.kind == other.kind and starts < min(one.valid_until or "9999", other.valid_until or "9999")
