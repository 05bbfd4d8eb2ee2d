"""What people ask about in a guide: a theme with its services, or a single service, by the words that people use."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.listed import Theme
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.queries.body.similar_names import LETTERS
from orgmap.queries.commissioning.services import service_of, services_named

NEAREST = 3
"""So many themes are offered where none is called as was typed."""


class ThemeAsked(NamedTuple):
    """What was asked about: its name, its services, what documents said of it, and how the words were taken."""

    id: str
    name: str
    services: list[Entity]
    statements: list[str]
    note: str
    notes: list[str]


def theme_of(store: Store, text: str) -> ThemeAsked:
    """The theme that words mean, or the one service; raises `NothingFound` with the nearest themes for other words.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     theme_of(store, "unpaid carers").name
    'Carers'
    """
    wanted = normalise(text)
    for theme in store.listed(Theme):
        if wanted and wanted in {normalise(one) for one in _words(theme)}:
            return _asked(store, theme, text)
    try:
        meant = service_of(store, text)
    except Ambiguous as several:
        raise _several(store, text, several) from None
    except NothingFound:
        # What is known and not covered by these tables is an answer: it says why, and where to look.
        if (found := services_named(store, text)) and len(found) == 1:
            return ThemeAsked(found[0].id, found[0].name, found, [], "", [])
        raise _unknown(store, text) from None
    return ThemeAsked(meant.service.id, meant.service.name, [meant.service], [], "", meant.notes)


def nearest_themes(store: Store, text: str) -> list[str]:
    """The names of the themes whose words are likest to a text, the likest first."""
    from rapidfuzz import fuzz

    wanted = normalise(text[:LETTERS])
    best = [
        (max(fuzz.WRatio(wanted, normalise(one)) for one in _words(theme)), theme.name)
        for theme in store.listed(Theme)
    ]
    return [name for _, name in sorted(best, key=lambda pair: (-pair[0], pair[1]))[:NEAREST]]


def theme_called(store: Store, theme: str) -> Theme | None:
    """A theme by its id."""
    return next((one for one in store.listed(Theme) if one.id == theme), None)


def _words(theme: Theme) -> list[str]:
    return [theme.id, theme.name, *theme.words.split("; ")]


def _asked(store: Store, theme: Theme, text: str) -> ThemeAsked:
    order = theme.services.split()
    services = sorted(store.entities(ids=order), key=lambda one: order.index(one.id))
    same = normalise(text) in (normalise(theme.name), normalise(theme.id))
    notes = [] if same else [f"“{text}” was taken as {theme.name}."]
    return ThemeAsked(theme.id, theme.name, services, theme.statements.split(), theme.note, notes)


def _unknown(store: Store, text: str) -> NothingFound:
    near = nearest_themes(store, text)
    hint = f" The nearest: {', '.join(f'“{one}”' for one in near)}." if near else ""
    return NothingFound(f"No theme and no service is called “{text}”.{hint}")


def _several(store: Store, text: str, several: Ambiguous) -> Ambiguous:
    near = nearest_themes(store, text)
    hint = f" Themes near it: {', '.join(f'“{one}”' for one in near)}." if near else ""
    return Ambiguous(f"{several}{hint}", several.candidates)
