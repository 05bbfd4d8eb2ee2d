"""Pictures as objects: a page or plain SVG that a notebook shows and that is saved to a file."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, as_text, day_of, today
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds


class Picture(NamedTuple):
    """A picture: its text (a page that needs no network, or SVG), which of the two it is, what must be said of it."""

    text: str
    form: str
    notes: tuple[str, ...] = ()

    def save(self, path: str | Path) -> Path:
        """Writes it to a file, whole or not at all, and gives the path back. Raises `WrongUse` for another ending."""
        from orgmap.loaders.outputs import writing

        target = Path(path)
        if target.suffix.lower() not in {"html": (".html", ".htm"), "svg": (".svg",)}[self.form]:
            raise WrongUse(f"{target} would hold {self.form}: name it .{self.form}, or draw with format=…")
        with writing(target) as out:
            out.write(self.text)
        return target

    def __repr__(self) -> str:
        return f"Picture ({self.form}, {len(self.text):,} letters): .save('picture.{self.form}') writes it"

    def _repr_html_(self) -> str:
        """The picture in a notebook, in a frame of its own."""
        style = "width:100%;height:40em;border:0"
        return f'<iframe sandbox="allow-scripts" style="{style}" srcdoc="{escape(self.text)}"></iframe>'


Asked = dict[str, Any]
"""The options of a picture that were asked for, by name."""


def draw(store: Store, picture: str, what: tuple[AnyDay, ...], form: str, asked: Asked) -> Picture:
    """Draws one of the pictures, from what was asked of it.

    Raises `WrongUse` for a picture or a form that there is not, and for an option that the picture does not take.
    """
    if picture not in PICTURES:
        raise WrongUse(f"“{picture}” is not a picture. Pictures: {', '.join(PICTURES)}.")
    if form not in ("html", "svg"):
        raise WrongUse(f"“{form}” is not a form of a picture. Forms: html, svg.")
    drawing = PICTURES[picture]
    taken = [
        name for name in inspect.signature(drawing).parameters if name not in ("store", "what", "form", "say")
    ]
    given = {name: value for name, value in asked.items() if value not in (None, "", False, IN_FORCE)}
    if other := sorted(given.keys() - taken):
        raise WrongUse(
            f"draw {picture} does not take {other[0]}; it takes {', '.join(taken) or 'nothing else'}."
        )
    notes: list[str] = []
    text = drawing(
        store, [one if isinstance(one, str) else as_text(one) for one in what], form, notes.append, **given
    )
    return Picture(text, form, tuple(notes))


Say = Callable[[str], object]


def _one(what: list[str], needed: str) -> str:
    """What the words name together; refuses none."""
    if not (named := " ".join(what).strip()):
        raise WrongUse(needed)
    return named


def _reform(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    within: str | None = None,
    view: str = "structure",
    service: str | None = None,
    include: Include = IN_FORCE,
) -> str:
    from orgmap.viz.before_after.picture import draw_reform

    name = _one(what, "Name a reform: g.draw('reform', '2013'). g.reforms() lists them.")
    return draw_reform(store, name, form, within=within, view=view, service=service, include=include)


def _diff(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    within: str | None = None,
    view: str = "structure",
    service: str | None = None,
    include: Include = IN_FORCE,
) -> str:
    from orgmap.viz.before_after.picture import draw_diff

    if len(what) != 2:
        raise WrongUse("Two days are needed: g.draw('diff', '2013-03-31', '2013-04-01').")
    before, after = map(day_of, what)
    return draw_diff(store, before, after, form, within, view, service, include)


def _services(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    at: AnyDay | None = None,
    and_: AnyDay | None = None,
    include: Include = IN_FORCE,
) -> str:
    from orgmap.viz.services.picture import draw_services

    place = _one(what, "Name a place: g.draw('services', 'Thanet', at='2015-09-30', and_='2015-10-01').")
    days = [day_of(at) if at else today(), *([day_of(and_)] if and_ else [])]
    return draw_services(store, place, days, form, include)


def _network(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    at: AnyDay | None = None,
    kind: Kinds = None,
    hops: int = 1,
    all: bool = False,
    include: Include = IN_FORCE,
) -> str:
    from orgmap.viz.network.picture import draw_network

    name = _one(what, "Name a body: g.draw('network', 'NHS Thanet CCG', at='2013-06-01').")
    day = day_of(at) if at else None
    return draw_network(store, name, form, hops, day, all, include, say, chosen_kinds(kind))


def _lineage(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    within: str | None = None,
    at: AnyDay | None = None,
    kind: Kinds = None,
    include: Include = IN_FORCE,
) -> str:
    from orgmap.viz.lineage.picture import draw_lineage

    if bool(what) == bool(within):
        raise WrongUse("Name a body or a place: g.draw('lineage', 'ccg:10E'), or within='Kent'.")
    if kind and within:
        raise WrongUse("A kind says which body is meant; it makes no difference to a place.")
    day = day_of(at) if at else None
    return draw_lineage(store, " ".join(what), form, within, day, include, chosen_kinds(kind))


def _timeline(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    at: AnyDay | None = None,
    kind: Kinds = None,
    within: str | None = None,
    include: Include = IN_FORCE,
) -> str:
    from orgmap.viz.timeline.picture import draw_timeline

    return draw_timeline(store, what, form, day_of(at) if at else None, include, chosen_kinds(kind), within)


def _plans(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    within: str | None = None,
    include: Include = IN_FORCE,
) -> str:
    from orgmap.viz.plans.picture import draw_plans

    return draw_plans(store, " ".join(what), form, within, include)


def _programme(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    at: AnyDay | None = None,
    file: str | Path | None = None,
) -> str:
    from orgmap.viz.programme.picture import draw_programme

    steps = None
    if file is not None:
        from orgmap.loaders.own.programme_file import read_programme

        steps = read_programme(Path(file))
    elif not what:
        raise WrongUse(
            "Name a programme: g.draw('programme', 'nhs-2012-13', at='2012-10-01'), or file='my.csv'."
        )
    return draw_programme(store, " ".join(what), form, day_of(at) if at else today(), steps)


def _map(
    store: Store,
    what: list[str],
    form: str,
    say: Say,
    *,
    within: str | None = None,
    kind: str | None = None,
    include: Include = IN_FORCE,
) -> str:
    from orgmap.viz.map.picture import draw_map

    if len(what) not in (1, 2):
        raise WrongUse("A map needs one day or two: g.draw('map', '2013-03-31', '2013-04-01').")
    return draw_map(store, [day_of(one) for one in what], form, kind, within, include)


PICTURES: dict[str, Callable[..., str]] = {
    "reform": _reform,
    "diff": _diff,
    "services": _services,
    "network": _network,
    "lineage": _lineage,
    "timeline": _timeline,
    "plans": _plans,
    "programme": _programme,
    "map": _map,
}
"""Every picture with what draws it; what stands behind the star in it are the options that it takes."""
