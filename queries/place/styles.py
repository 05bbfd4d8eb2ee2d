"""Styles of councils: “County Council” and “London Borough” tell which council is meant, and which is not."""

from __future__ import annotations

import re
from datetime import date, timedelta

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.place_words import without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import has
from orgmap.queries.body.resolve import life
from orgmap.queries.place.commas import names_like
from orgmap.queries.place.names import Named, named_places
from orgmap.queries.place.qualifiers import KIND_WORDS, bodies_called

_COUNTY, _CITY, _DISTRICT, _BOROUGH, _LONDON, _ROYAL = (
    "county",
    "city",
    "district",
    "borough",
    "london",
    "royal",
)
_LOWER = frozenset("city borough district".split())
_COUNTIES = ("county", "traditional county", "former county", "postal county")
_LONDONS_CODE = "E09"

_TOLD = re.compile(r"(?P<name>.+?),? +(?P<kind>metropolitan county|county|region)", re.IGNORECASE)


def style_of(name: str) -> str:
    """Whose style a name is in: a county's, a city's, a district's, a borough's, a London or royal borough's, or none.

    >>> style_of("Oxford County Council"), style_of("Leeds City Council"), style_of("LB Camden"), style_of("Kent CC")
    ('county', 'city', 'london', '')
    """
    form = normalise(name).removeprefix("the ")
    if form.startswith(("london borough", "lb ", "lbo ")) or " london boro" in form:
        return _LONDON
    if form.endswith(" county council"):
        return _COUNTY
    if form.startswith("royal borough "):
        return _ROYAL
    if form.startswith("city of "):
        return "" if form.startswith("city of london") else _CITY
    return next((one for one in (_CITY, _DISTRICT, _BOROUGH) if form.endswith(f" {one} council")), "")


def contradicts(store: Store, name: str, council: Entity) -> bool:
    """Whether a council can't be called so: Oxford City Council is no county council, unless a list calls it so."""
    style = style_of(name)
    own = normalise(council.label)
    if not style or own == normalise(name):
        return False
    if any(normalise(one) == normalise(name) for one in names_like(store, name, council.id)):
        return False
    if style == _LONDON:
        return not any(scheme == "gss" and code.startswith(_LONDONS_CODE) for scheme, code in council.codes)
    words = frozenset(own.split())
    if style == _ROYAL:
        return "royal" not in words
    if style != _COUNTY:
        return "county council" in own or _other_rank(style, name, words, has(council.kind, "social_care"))
    county = any(place.sort in _COUNTIES for place in named_places(store, without_style(name)))
    return "county council" not in own and (not county or not words.isdisjoint(_LOWER))


def _other_rank(style: str, name: str, words: frozenset[str], whole: bool) -> bool:
    """Whether a council is no city, or is a city or borough with all the powers of a county and no district."""
    if style == _CITY:
        # The City of Ely is a town, and Wakefield, a metropolitan district, a city.
        return words.isdisjoint({"city", "metropolitan"}) and normalise(name).endswith(" council")
    return style == _DISTRICT and whole and "district" not in words and not words.isdisjoint(_LOWER)


def of_that_style(
    store: Store, name: str, councils: dict[Entity, frozenset[str]], at: AnyDay
) -> dict[Entity, frozenset[str]]:
    """The councils that the style allows in which a council was typed.

    Raises `Ambiguous` with those that may be meant, or `NothingFound` with the one, if it is the style of none of them.
    """
    at = day_of(at)
    allowed = {body: areas for body, areas in councils.items() if not contradicts(store, name, body)}
    if allowed or not councils:
        return allowed
    meant = [*councils, *_others(store, name, list(councils), at)]
    if len(meant) > 1:
        lines = [f"{body.id} — {body.label}, {life(body)}" for body in meant]
        raise Ambiguous(f"No council is called “{name}”; it could be {len(meant)} councils.", lines)
    raise NothingFound(
        f"No council is called “{name}”. Did you mean “{meant[0].label}”? An English postcode always works."
    )


def _others(store: Store, name: str, councils: list[Entity], at: str) -> list[Entity]:
    """The county council that was meant by the name of a city or district in it, by name or by what it is part of."""
    if style_of(name) != _COUNTY:
        return []
    named = bodies_called(store, f"{without_style(name)}shire")
    found = []
    for council in councils:
        day = last_day(council, at)
        above = store.relationships(subjects=[council.id], verbs=["part_of"], at=day)
        parents = store.entities(ids={relationship.object for relationship in above}, at=day)
        found += [
            body for body in [*named, *parents] if has(body.kind, "social_care") and body.in_force_on(day)
        ]
    return [body for body in dict.fromkeys(found) if body not in councils]


def last_day(body: Entity, at: AnyDay) -> str:
    """A day, or the last on which a body that ended before it was in force."""
    at = day_of(at)
    if not body.valid_until or body.valid_until > at:
        return at
    return (date.fromisoformat(body.valid_until) - timedelta(days=1)).isoformat()


def by_exact_name(store: Store, name: str, bodies: dict[Entity, frozenset[str]], at: AnyDay) -> bool:
    """Whether a council's whole official name was typed, and no other council in force bears it in its style.

    Durham City Council was none but the district of Durham, which ended in 2009; never Durham County Council.
    """
    at = day_of(at)
    exact = [body for body in bodies if _is_exact(body, name)]
    if any(body.in_force_on(at) for body in exact):
        return True
    alive = [body for body in bodies if has(body.kind, "local_authority") and body.in_force_on(at)]
    return bool(exact) and all(contradicts(store, name, body) for body in alive)


def only_exact(name: str, bodies: dict[Entity, frozenset[str]]) -> dict[Entity, frozenset[str]]:
    """The councils with just that official name."""
    return {body: areas for body, areas in bodies.items() if _is_exact(body, name)}


def _is_exact(body: Entity, name: str) -> bool:
    return has(body.kind, "local_authority") and normalise(body.label) == normalise(name)


def whole_of_kind(store: Store, text: str, at: AnyDay) -> list[Named]:
    """The county or region that “West Midlands county” means, unless a body in force is called so."""
    at = day_of(at)
    match = _TOLD.fullmatch(text.strip())
    if match is None or any(
        body.in_force_on(at) and has(body.kind, "named_like_place") for body in bodies_called(store, text)
    ):
        return []
    sort = KIND_WORDS[match["kind"].lower()]
    return [place for place in named_places(store, match["name"]) if place.rank == 0 and place.sort == sort]
