"""Styles of councils: “County Council” and “London Borough” tell which council is meant, and which is not."""

from __future__ import annotations

import re

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

_COUNTY, _LOCAL, _LONDON = "county", "local", "london"
_COUNTIES = ("county", "traditional county", "former county", "postal county")
_LONDONS_CODE = "E09"

_TOLD = re.compile(r"(?P<name>.+?),? +(?P<kind>metropolitan county|county|region)", re.IGNORECASE)


def style_of(name: str) -> str:
    """Whose style a name is in: a county council's, that of a district, borough or city, a London borough's, or none.

    >>> style_of("Oxford County Council"), style_of("Leeds City Council"), style_of("LB Camden"), style_of("Kent CC")
    ('county', 'local', 'london', '')
    """
    form = normalise(name).removeprefix("the ")
    if form.startswith(("london borough", "lb ", "lbo ")) or " london boro" in form:
        return _LONDON
    if form.endswith(" county council"):
        return _COUNTY
    if form.endswith((" city council", " district council", " borough council")) or form.startswith(
        "city of "
    ):
        return "" if form.startswith("city of london") else _LOCAL
    return ""


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
    if style == _LOCAL:
        return "county council" in own
    county = any(place.sort in _COUNTIES for place in named_places(store, without_style(name)))
    return "county council" not in own and not county


def of_that_style(store: Store, name: str, councils: dict[Entity, frozenset[str]], at: AnyDay) -> None:
    """Raises `Ambiguous` with the councils that may be meant, or `NothingFound` with the one, if the style in which a
    council was typed is that of none of them.
    """
    at = day_of(at)
    if not councils or not all(contradicts(store, name, body) for body in councils):
        return
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
    above = store.relationships(subjects=[body.id for body in councils], verbs=["part_of"], at=at)
    parents = store.entities(ids={fact.object for fact in above}, at=at)
    found = [body for body in [*named, *parents] if has(body.kind, "social_care") and body.period.holds(at)]
    return [body for body in dict.fromkeys(found) if body not in councils]


def by_exact_name(store: Store, name: str, bodies: dict[Entity, frozenset[str]], at: AnyDay) -> bool:
    """Whether a council's whole official name was typed, and no other council in force bears it in its style.

    Durham City Council was none but the district of Durham, which ended in 2009; never Durham County Council.
    """
    at = day_of(at)
    exact = [body for body in bodies if _is_exact(body, name)]
    if any(body.period.holds(at) for body in exact):
        return True
    alive = [body for body in bodies if has(body.kind, "local_authority") and body.period.holds(at)]
    return bool(exact) and all(contradicts(store, name, body) for body in alive)


def only_exact(name: str, bodies: dict[Entity, frozenset[str]]) -> dict[Entity, frozenset[str]]:
    """The councils with just that official name."""
    return {body: areas for body, areas in bodies.items() if _is_exact(body, name)}


def _is_exact(body: Entity, name: str) -> bool:
    return has(body.kind, "local_authority") and normalise(body.label) == normalise(name)


def whole_of_kind(store: Store, text: str, at: AnyDay) -> list[Named]:
    """The county or region that “West Midlands county” means, unless a body in force is called so."""
    at = day_of(at)
    told = _TOLD.fullmatch(text.strip())
    if told is None or any(
        body.period.holds(at) and has(body.kind, "named_like_place") for body in bodies_called(store, text)
    ):
        return []
    sort = KIND_WORDS[told["kind"].lower()]
    return [place for place in named_places(store, told["name"]) if place.rank == 0 and place.sort == sort]
