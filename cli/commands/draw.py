"""`orgmap draw`: pictures that open without a network, one HTML page each, or plain SVG."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import Commands, Extra, Kind, KnownOn, StoreUrl, Within, chosen, day, included
from orgmap.cli.kit.refusals import is_given
from orgmap.cli.kit.session import with_store
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.loaders.outputs import STANDARD, writing


class Picture(str, Enum):  # noqa: UP042 - the option parser shows the plain value
    """What can be drawn."""

    reform = "reform"
    diff = "diff"
    services = "services"
    network = "network"
    lineage = "lineage"
    timeline = "timeline"
    map = "map"


class View(str, Enum):  # noqa: UP042
    """Which relations the lines of a picture tell."""

    structure = "structure"
    accountability = "accountability"
    commissioning = "commissioning"
    membership = "membership"
    geography = "geography"
    money = "money"


class Form(str, Enum):  # noqa: UP042
    """How a picture is written."""

    html = "html"
    svg = "svg"


class Asked(NamedTuple):
    """Everything that was asked of a picture beside its name."""

    words: list[str]
    within: str = ""
    at: str = ""
    and_: str = ""
    view: View = View.structure
    service: str = ""
    include: Include = Include()
    form: str = "html"
    hops: int = 1
    everything: bool = False
    kind: str = ""


def draw(
    ctx: typer.Context,
    picture: Annotated[Picture, typer.Argument(help="What to draw.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHAT…",
            help="A reform's id or name; two days for diff; a place for services; a body for network and"
            " lineage (or --within); bodies for timeline; one day or two for map.",
        ),
    ] = None,
    within: Within = "",
    at: Annotated[
        str, typer.Option("--at", metavar="DATE", help="Day that services or a network are drawn for.")
    ] = "",
    and_: Annotated[str, typer.Option("--and", metavar="DATE", help="A second day for services.")] = "",
    view: Annotated[
        View, typer.Option("--view", help="Which relations the lines of reform and diff tell.")
    ] = View.structure,
    service: Annotated[
        str, typer.Option("--service", help="With --view commissioning: one service, e.g. health visiting.")
    ] = "",
    hops: Annotated[int, typer.Option("--hops", min=1, help="How many steps a network reaches.")] = 1,
    everything: Annotated[
        bool, typer.Option("--all", help="Begin a network with all its bodies, not with at most 60.")
    ] = False,
    kind: Kind = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; without it, standard output.")
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="A page or plain SVG; a file named .svg is SVG.")
    ] = None,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """Draws a picture: the structure before and after a reform or between two days, who commissions what here,
    a body with all around it, who replaced whom, lifelines, or maps."""
    shape = _form(form, output).value
    shown = included(include, as_known_on)
    named = [word for word in words or [] if word.strip()]
    asked = Asked(named, within, at, and_, view, service, shown, shape, hops, everything, kind)
    _only_taken(picture, asked, {option for field, option in _OPTIONS.items() if is_given(ctx, field)})

    def drawn(opened: Store) -> str:
        page = _PICTURES[picture](opened, asked)
        _say_place(opened, picture, asked)
        return page

    _write(with_store(store, drawn), output)


def _form(form: Form | None, output: Path | None) -> Form:
    """The form that was asked for, or that the ending of the file means; refuses what would be misnamed."""
    ending = output.suffix.lower() if output else ""
    if not ending:
        return form or Form.html
    meant = _ENDINGS.get(ending)
    if meant is None:
        raise WrongUse(f"Pictures are written as .html or .svg, not as {ending}: name the file so.")
    if form not in (None, meant):
        raise WrongUse(f"{output} would hold {form.value}: name it .{form.value}, or leave out --format.")
    return meant


def _only_taken(picture: Picture, asked: Asked, given: set[str]) -> None:
    """Refuses options that the picture would not heed, even where they say what holds without them."""
    taken = _TAKEN[picture]
    for option in _OPTIONS.values():
        if option in given and option not in taken:
            raise WrongUse(f"draw {picture.value} does not take {option}; it takes {', '.join(taken)}.")
    known = asked.include.as_known_on
    if known and "--as-known-on" in taken and asked.include == Include(as_known_on=known):
        _note(
            "--as-known-on leaves out only what bears the day on which it was stated: plans, which --include planned"
            " shows, and few lists. What registers tell bears none and is drawn whatever that day."
        )


def _say_place(store: Store, picture: Picture, asked: Asked) -> None:
    """Says which place was taken for what was typed, on the last day that was asked for."""
    place = " ".join(asked.words) if picture is Picture.services else asked.within
    if not place:
        return
    from orgmap.queries.place.places import place_of

    named = asked.words[-1] if picture in (Picture.diff, Picture.map) else ""
    with suppress(Ambiguous, NothingFound):  # what no picture was refused for is no reason to fail
        _note(f"Drawn for {place_of(store, place, day(asked.at or named)).described}.")


def _note(words: str) -> None:
    print(f"note: {in_a_cell(words)}", file=sys.stderr)


def _name(asked: Asked, needed: str) -> str:
    """The one name that the words are; refuses none, saying what is needed."""
    if not asked.words:
        raise WrongUse(needed)
    return " ".join(asked.words)


def _reform(store: Store, asked: Asked) -> str:
    from orgmap.viz.before_after.picture import draw_reform

    return draw_reform(
        store,
        _name(asked, "Name a reform: orgmap draw reform 2013. orgmap reforms lists them."),
        asked.form,
        within=asked.within or None,
        view=asked.view.value,
        service=asked.service or None,
        include=asked.include,
    )


def _diff(store: Store, asked: Asked) -> str:
    from orgmap.viz.before_after.picture import draw_diff

    if len(asked.words) != 2:
        raise WrongUse("Two days are needed: orgmap draw diff 2013-03-31 2013-04-01.")
    before, after = (day(word) for word in asked.words)
    return draw_diff(
        store,
        before,
        after,
        asked.form,
        within=asked.within or None,
        view=asked.view.value,
        service=asked.service or None,
        include=asked.include,
    )


def _services(store: Store, asked: Asked) -> str:
    from orgmap.viz.services.picture import draw_services

    place = _name(asked, "Name a place: orgmap draw services Thanet --at 2015-09-30 --and 2015-10-01.")
    days = [day(asked.at), *([day(asked.and_)] if asked.and_ else [])]
    return draw_services(store, place, days, asked.form, asked.include)


def _network(store: Store, asked: Asked) -> str:
    from orgmap.viz.network.picture import draw_network

    return draw_network(
        store,
        _name(asked, 'Name a body: orgmap draw network "NHS Thanet CCG" --at 2013-06-01.'),
        asked.form,
        asked.hops,
        day(asked.at) if asked.at else None,
        asked.everything,
        asked.include,
        _note,
        chosen(asked.kind),
    )


def _lineage(store: Store, asked: Asked) -> str:
    from orgmap.viz.lineage.picture import draw_lineage

    if bool(asked.words) == bool(asked.within):
        raise WrongUse("Name a body or a place: orgmap draw lineage ccg:10E, or --within Kent.")
    _only_plans(asked, "A lineage")
    at = day(asked.at) if asked.at else None
    for option, value in (("--kind", asked.kind), ("--at", asked.at)):
        if value and asked.within:
            raise WrongUse(f"{option} says which body is meant; it makes no difference to --within.")
    words, kinds = " ".join(asked.words), chosen(asked.kind)
    return draw_lineage(store, words, asked.form, asked.within or None, at, asked.include, kinds)


def _timeline(store: Store, asked: Asked) -> str:
    from orgmap.viz.timeline.picture import draw_timeline

    _only_plans(asked, "A timeline")
    at = day(asked.at) if asked.at else None
    return draw_timeline(store, asked.words, asked.form, at, asked.include, chosen(asked.kind))


def _only_plans(asked: Asked, picture: str) -> None:
    """Refuses options that would make no difference: of changes the tables do not say when they were stated."""
    if asked.include.as_known_on:
        raise WrongUse(
            f"{picture} does not take --as-known-on: the tables do not say on which day a change was stated."
            " orgmap stated does, for the documents."
        )
    if other := sorted(set(asked.include.statuses) - {"in_force", "planned"}):
        raise WrongUse(f"{picture} does not take --include {other[0]}: it can only add what is planned.")


def _map(store: Store, asked: Asked) -> str:
    from orgmap.viz.map.picture import draw_map

    if len(asked.words) not in (1, 2):
        raise WrongUse("A map needs one day or two: orgmap draw map 2013-03-31 2013-04-01.")
    if asked.include != Include():
        raise WrongUse("A map draws only what was in force: leave out --include and --as-known-on.")
    days = [day(word) for word in asked.words]
    return draw_map(store, days, asked.form, asked.kind or None, asked.within or None)


_PICTURES: dict[Picture, Callable[[Store, Asked], str]] = {
    Picture.reform: _reform,
    Picture.diff: _diff,
    Picture.services: _services,
    Picture.network: _network,
    Picture.lineage: _lineage,
    Picture.timeline: _timeline,
    Picture.map: _map,
}


_OPTIONS = {
    "within": "--within",
    "at": "--at",
    "and_": "--and",
    "view": "--view",
    "service": "--service",
    "hops": "--hops",
    "everything": "--all",
    "kind": "--kind",
}
"""Options that some pictures do not take, by their field in what was asked."""

_STATED = ("--include", "--as-known-on")
_TAKEN: dict[Picture, tuple[str, ...]] = {
    Picture.reform: ("--within", "--view", "--service", *_STATED),
    Picture.diff: ("--within", "--view", "--service", *_STATED),
    Picture.services: ("--at", "--and", *_STATED),
    Picture.network: ("--at", "--kind", "--hops", "--all", *_STATED),
    Picture.lineage: ("--within", "--at", "--kind", "--include"),
    Picture.timeline: ("--at", "--kind", "--include"),
    Picture.map: ("--within", "--kind"),
}
"""What each picture takes beside its words, a file, a form and a store."""

_ENDINGS = {".html": Form.html, ".htm": Form.html, ".svg": Form.svg}


def _write(picture: str, output: Path | None) -> None:
    """Writes a picture to a file, whole or not at all, or to standard output."""
    target = output or STANDARD
    with writing(target) as out:
        out.write(picture)
    if target != STANDARD:
        print(f"Drawn: {in_a_cell(str(output))}", file=sys.stderr)


COMMANDS: Commands = {"draw": (draw, {})}
