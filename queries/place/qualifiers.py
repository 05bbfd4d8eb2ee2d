"""“Name, council”: what stands behind a place's name tells it from namesakes, by area and never by text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.place_words import has_words_cut_alike, place_form, spellings, without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.term_tables import term_rows
from orgmap.graphmodel.text import as_outcode, as_postcode, normalise
from orgmap.graphmodel.vocabulary import reach_of
from orgmap.queries.body.resolve import CORE, Match, matches, without_looser
from orgmap.queries.place.areas import areas_of, former_extent
from orgmap.queries.place.location import in_use_within, neighbourhoods, postcodes
from orgmap.queries.place.names import (
    CALLED_AFTER,
    NOT_KNOWN,
    PARISH,
    PART_PEOPLE,
    POSTAL,
    TOWN,
    Named,
    named_alike,
    named_places,
)
from orgmap.queries.place.refused.informal import informal_area

EVERYWHERE = {"england", "united kingdom", "uk", "great britain", "gb", "britain"}

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

LONDON = "London"
"""The county of places in Greater London."""

MOST = 0.5
"""A place lies in what covers so much of it."""

_DASH = re.compile(r"\s+[-–]\s+")
_BRACKETS = re.compile(r"(?P<name>[^()]+?)\s*\((?P<told>[^()]+)\)(?P<rest>.*)")


class Qualifier(NamedTuple):
    """What was typed behind a name: everywhere, a kind of place, or areas in one of several senses.

    `addressed` are the areas of a county that is only written in addresses, `listed` the places that lay in it in
    councils that did so only in part (each with its council), `divided` the areas of these councils.
    """

    text: str
    kind: str = ""
    senses: tuple[frozenset[str], ...] = ()
    towns: tuple[frozenset[str], ...] = ()
    addressed: frozenset[str] = frozenset()
    listed: frozenset[tuple[str, str]] = frozenset()
    divided: tuple[frozenset[str], ...] = ()

    @property
    def areas(self) -> frozenset[str]:
        """All that it covers in any sense."""
        return frozenset[str]().union(*self.senses, *self.towns, self.addressed, *self.divided)

    @property
    def _whole_counties(self) -> bool:
        return bool(self.senses or self.addressed or self.listed)

    def holds_for(self, place: Named, towns: bool = True) -> bool:
        """Whether a place lies within, or is of that kind. A town tells only what is smaller than a town, and that
        only if asked for `towns`.
        """
        if self.kind:
            return place.sort == self.kind
        alone = not towns or place.sort == "town" or place.rank == 0
        senses = self.senses if alone else (*self.senses, *self.towns)
        # Wards are of today; only in London, of which no towns are listed, do people write old counties behind them.
        # There what is only one of several names of a small area is none that people write with a county.
        shared = place.rank > PARISH if place.called else _is_shared(place)
        if (place.county != LONDON and place.rank <= PARISH) or (place.county == LONDON and not shared):
            senses = (*senses, self.addressed)
        least = 0.0 if NOT_KNOWN in place.kind else MOST
        council = place_form(place.council)
        return (
            any(_share(place.parts, sense) > least for sense in senses)
            or any((council, place_form(name)) in self.listed for name in (place.name, place.called))
            or not (self._whole_counties or self.towns)
        )

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
        if self.towns and not self._whole_counties:
            return False
        if areas in self.divided or not self._whole_counties:
            return True
        return any(len(areas & sense) > MOST * len(areas) for sense in (*self.senses, self.addressed))


def _is_shared(place: Named) -> bool:
    """Whether only small areas of several names are called after a place: Forster Park & Southend."""
    return place.basis == CALLED_AFTER and (place.people or PART_PEOPLE) < PART_PEOPLE


def _share(parts: tuple[tuple[str, float], ...], sense: frozenset[str]) -> float:
    return sum(share for area, share in parts if area in sense)


def narrowed(place: Named, qualifiers: tuple[Qualifier, ...]) -> Named:
    """A place whose extent is not known, cut down to what lies in its qualifiers.

    Its own council of today cuts nothing: before it began, another body may have its name (NHS West Suffolk CCG).
    """
    if NOT_KNOWN not in place.kind:
        return place
    for qualifier in qualifiers:
        if qualifier.names(place):
            continue
        senses = [sense for sense in (*qualifier.senses, qualifier.addressed) if sense]
        if any(place.areas <= sense for sense in senses):
            continue
        for sense in senses:
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
    if areas := _postal_areas(store, clean, at):
        return Qualifier(clean, "", (areas,))
    named = named_places(store, clean)
    named += [place for place in named_places(store, f"county {clean}") if place.rank == 0]
    wholes = [place for place in named if place.rank == 0 and place.sort != POSTAL]
    senses = [place.areas for place in wholes] + _areas(store, clean, at, bool(wholes))
    # “Stockton” is Stockton-on-Tees, after which a council is called, before it is a village.
    after = [place.called for place in named if place.called and named_alike(place.council, place.called)]
    senses += [sense for called in dict.fromkeys(after) for sense in _areas(store, called, at)]
    if not any(senses) and (bare := without_style(clean)):
        senses += _areas(store, bare, at)
    if not any(senses) and (informal := informal_area(clean)):
        senses.append(
            frozenset().union(*(areas for one in informal.councils for areas in _areas(store, one, at)))
        )
    towns = tuple(place.areas for place in named if place.rank == TOWN)
    found = tuple(dict.fromkeys(sense for sense in senses if sense))
    addressed = frozenset[str]().union(*(place.areas for place in named if place.sort == POSTAL))
    listed = county_parts().get(word, {})
    if not (found or towns or addressed or listed):
        return None
    divided = tuple(areas for council in listed for areas in _areas(store, council, at))
    places = frozenset((place_form(council), one) for council, names in listed.items() for one in names)
    return Qualifier(clean, "", found, towns, addressed, places, divided)


@cache
def county_parts() -> dict[str, dict[str, frozenset[str]]]:
    """For each county of addresses, by `place_form`, the councils that lay in it in part, and which places did."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for county, council, places, _ in term_rows("county_parts.csv"):
        names = frozenset(place_form(place) for place in places.split(";"))
        found.setdefault(place_form(county), {})[council] = names
    return found


def _areas(store: Store, text: str, at: str, otherwise: bool = False) -> list[frozenset[str]]:
    """The areas of each body of a name; a trust covers nothing, and is only where it stands.

    Bodies of other days count only if none in force has the name, and nothing else does (`otherwise`).
    """
    bodies = [body for body in bodies_called(store, text, at=at) if reach_of(body.kind) != "postcode"]
    alive = [areas for body in bodies if body.in_force_on(at) and (areas := _extent(store, body, at))]
    if alive or otherwise:
        return alive
    return [_extent(store, body, at) for body in bodies]


def _extent(store: Store, body: Entity, at: str) -> frozenset[str]:
    """The areas of a body; of a district that ended before the look-ups begin those in which its people lived."""
    areas = areas_of(store, body, at) or [area for area, _ in former_extent(store, body)]
    return frozenset(areas)


def _postal_areas(store: Store, text: str, at: str) -> frozenset[str]:
    if postcode := as_postcode(text):
        row = postcodes(store)[postcode]
        row = row and row.on(at)
        return (
            frozenset(area for area, _ in neighbourhoods(store)[row.code])
            if row and row.code
            else frozenset()
        )
    if outcode := as_outcode(text):
        return frozenset(area for area, _ in in_use_within(store, outcode, at).parts)
    return frozenset()


def bodies_called(
    store: Store, text: str, a_place_has_it: bool = False, at: AnyDay | None = None
) -> list[Entity]:
    """Every body of a name in any ordinary way of writing it; for a day `at` as `matches` says.

    One is meant by a code of letters only in capitals, and where no place has the name; nor is then “Newcastle” any
    city council's.
    """
    found: dict[str, Match] = {}
    for spelling in spellings(text):
        for match in matches(store, spelling, at):
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
        for match in without_looser(list(found.values()))
        if has_words_cut_alike(text, match.body.label)
        if not (match.level == CORE and a_place_has_it and match.body.kind.endswith("_council"))
        or _city_of(text, match.body.label)
    ]
    return sorted(bodies, key=lambda body: body.id)


def _city_of(text: str, council: str) -> bool:
    """Whether a council is the city council of “City of …”, which a parish of today may be called too."""
    return normalise(text).startswith("city of ") and " city council" in normalise(council)
