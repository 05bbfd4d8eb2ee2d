"""`orgmap draw`: pictures that open without a network, one HTML page each, or plain SVG."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import Commands, Extra, Kind, KnownOn, StoreUrl, Within, day, included
from orgmap.cli.kit.question import with_options
from orgmap.cli.kit.session import with_store
from orgmap.cli.kit.unquoted import WordsCommand, runs_of
from orgmap.graphmodel.dates import parse_day
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.store import Store
from orgmap.loaders.outputs import STANDARD, writing


class View(str, Enum):  # noqa: UP042 - the option parser shows the plain value
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


class Pictures(TyperGroup):
    """The pictures, each with options of its own, which may be typed before its name too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments with the name of the picture first."""
        if ctx.resilient_parsing or args[:1] == ["--help"]:
            return super().parse_args(ctx, args)
        known = SimpleNamespace(params=[one for picture in self.commands.values() for one in picture.params])
        runs, ended = runs_of(known, args)
        words = [word for run in runs for word in run.words] or ended
        named = next((word for word in words if word in self.commands), "")
        if not named or (runs[0].words and runs[0].words[0] != named):
            said = f"“{words[0]}” is not a picture" if words else "Name a picture"
            raise WrongUse(f"{said}. Pictures: {', '.join(self.commands)}.")
        next(listed for listed in (*(run.words for run in runs), ended) if named in listed).remove(named)
        rest = [word for run in runs for word in (*run.typed, *run.words)]
        return super().parse_args(ctx, [named, *rest, *(["--", *ended] if ended else [])])


class PictureCommand(WordsCommand):
    """A picture, which says what it takes if it is asked for what it does not."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments as the parser wants them."""
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if type(error).__name__ != "NoSuchOption":
                raise
            taken = ", ".join(one.opts[0] for one in self.params if one.name in _OWN)
            name = getattr(error, "option_name", "")
            raise WrongUse(f"draw {self.name} does not take {name}; it takes {taken}.") from error


_OWN = "within at and_ view service hops all kind file include as_known_on".split()
"""Options that only some pictures take."""

app = typer.Typer(
    cls=Pictures, add_completion=False, rich_markup_mode=None, subcommand_metavar="PICTURE [WHAT]..."
)


@app.callback()
def draw() -> None:
    """Draws a picture: the structure before and after a reform or between two days, who commissions what here,
    a body with all around it, who replaced whom, lifelines, plans beside what came of them, programmes, or maps."""


Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; without it, standard output.")
]
Shape = Annotated[
    Form | None, typer.Option("--format", help="A page or plain SVG; a file named .svg is SVG.")
]
At = Annotated[str, typer.Option("--at", metavar="DATE", help="Day that it is drawn for.")]
OfThatDay = Annotated[
    str,
    typer.Option("--at", metavar="DATE", help="Of bodies with the same name or code, the one of that day."),
]
Views = Annotated[View, typer.Option("--view", help="Which relations the lines tell.")]
Service = Annotated[
    str, typer.Option("--service", help="With --view commissioning: one service, e.g. health visiting.")
]
Name = Annotated[
    list[str] | None, typer.Argument(metavar="BODY", help="A body's id, code, name or abbreviation.")
]


def picture(
    needed: str = "", days: tuple[int, ...] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a picture of a function that says what may be typed, and refuses what makes no sense together.

    `needed` is told where no words are typed, or not as many days as `days` say.
    """
    more: dict[str, tuple[Any, Any]] = {
        "output": (Output, None),
        "form": (Shape, None),
        "store": (StoreUrl, ""),
        "include": (Extra, None),
        "as_known_on": (KnownOn, ""),
    }

    def framed(function: Callable[..., None]) -> Callable[..., None]:
        name = function.__name__.rstrip("_")
        own = inspect.signature(function).parameters

        def run(**typed: Any) -> None:
            what, output = typed["what"] or [], typed["output"]
            form = _form(typed["form"], output).value
            if (len(what) not in days) if days else (needed and not what):
                raise WrongUse(needed)
            function(**{one: typed[one] for one in own})
            what = [day(one) for one in what] if days else what
            asked = {one: value for one, value in typed.items() if one in own and one != "what"}
            asked |= {one: day(asked[one]) for one in ("at", "and_") if asked.get(one)}
            asked["include"] = included(typed.get("include"))
            known = parse_day(typed["as_known_on"]) if typed["as_known_on"] else None

            def drawn(opened: Store) -> str:
                from orgmap.drawing import draw
                from orgmap.graphmodel.known import known_then

                opened = known_then(opened, known)
                picture = draw(opened, name, tuple(what), form, asked)
                for note in picture.notes:
                    _note(note)
                place = " ".join(what) if name == "services" else asked.get("within", "")
                _say_place(opened, place, asked.get("at") or (what[-1] if days else ""))
                return picture.text

            _write(with_store(typed["store"], drawn), output)

        app.command(name, cls=PictureCommand)(with_options(function, run, more))
        return run

    return framed


def _form(form: Form | None, output: Path | None) -> Form:
    """The form that was asked for, or that the ending of the file means; refuses what would be misnamed."""
    ending = output.suffix.lower() if output else ""
    if not ending:
        return form or Form.html
    meant = {".html": Form.html, ".htm": Form.html, ".svg": Form.svg}.get(ending)
    if meant is None:
        raise WrongUse(f"Pictures are written as .html or .svg, not as {ending}: name the file so.")
    if form not in (None, meant):
        raise WrongUse(f"{output} would hold {form.value}: name it .{form.value}, or leave out --format.")
    return meant


def _say_place(store: Store, place: str, day: str) -> None:
    """Says which place was taken for what was typed, on the last day that was asked for."""
    if not place:
        return
    from orgmap.graphmodel.dates import today
    from orgmap.queries.place.places import place_of

    with suppress(Ambiguous, NothingFound, WrongUse):  # what no picture was refused for is no reason to fail
        _note(f"Drawn for {place_of(store, place, day or today()).described}.")


def _note(words: str) -> None:
    print(f"note: {in_a_cell(words)}", file=sys.stderr)


def _write(picture: str, output: Path | None) -> None:
    """Writes a picture to a file, whole or not at all, or to standard output."""
    target = output or STANDARD
    with writing(target) as out:
        out.write(picture)
    if target != STANDARD:
        print(f"Drawn: {in_a_cell(str(output))}", file=sys.stderr)


@picture("Name a reform: orgmap draw reform 2013. orgmap reforms lists them.")
def reform(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="REFORM", help="A reform's id or name, see orgmap reforms.")
    ] = None,
    within: Within = "",
    view: Views = View.structure,
    service: Service = "",
) -> None:
    """The structure before and after a reform."""


@picture("Two days are needed: orgmap draw diff 2013-03-31 2013-04-01.", days=(2,))
def diff(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="DAY", help="Two days: the earlier and the later.")
    ] = None,
    within: Within = "",
    view: Views = View.structure,
    service: Service = "",
) -> None:
    """The structure on two days, before and after."""


@picture("Name a place: orgmap draw services Thanet --at 2015-09-30 --and 2015-10-01.")
def services(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLACE", help="A postcode, council, town, practice code or body."),
    ] = None,
    at: At = "",
    and_: Annotated[str, typer.Option("--and", metavar="DATE", help="A second day, beside the first.")] = "",
) -> None:
    """Who commissions what for a place, on one day or two."""


@picture('Name a body: orgmap draw network "NHS Thanet CCG" --at 2013-06-01.')
def network(
    what: Name = None,
    at: At = "",
    kind: Kind = "",
    hops: Annotated[int, typer.Option("--hops", min=1, help="How many steps it reaches.")] = 1,
    all: Annotated[bool, typer.Option("--all", help="Begin with all bodies, not with at most 60.")] = False,
) -> None:
    """A body with all around it."""


@picture()
def lineage(what: Name = None, within: Within = "", at: OfThatDay = "", kind: Kind = "") -> None:
    """Who replaced whom, for a body or a place."""
    if bool(what) == bool(within):
        raise WrongUse("Name a body or a place: orgmap draw lineage ccg:10E, or --within Kent.")
    for option, value in (("--kind", kind), ("--at", at)):
        if value and within:
            raise WrongUse(f"{option} says which body is meant; it makes no difference to --within.")


@picture()
def timeline(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="BODY", help="Bodies, each by its id or code, or by a name in quotes."),
    ] = None,
    within: Within = "",
    at: OfThatDay = "",
    kind: Kind = "",
) -> None:
    """Lifelines of bodies, or of the commissioners of a place: from when until when."""
    if not what and not within:
        raise WrongUse("Name one body at least: orgmap draw timeline ccg:10E icb:QKS, or --within Cumbria.")
    for option, value in (("--kind", kind), ("--at", at)):
        if value and not what:
            raise WrongUse(f"{option} says which body is meant; it makes no difference to --within.")


@picture()
def plans(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="REFORM|PLAN", help="A reform or a plan; without it what is still to come."),
    ] = None,
    within: Within = "",
) -> None:
    """Plans on a line of time, each beside what came of it."""


@picture()
def programme(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="PROGRAMME", help="A programme, e.g. nhs-2012-13.")
    ] = None,
    at: At = "",
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="CSV", help="Your own steps, as for orgmap due.", exists=False),
    ] = None,
) -> None:
    """The steps of a programme on a line of time: what is done, open or ahead on a day."""
    if not what and file is None:
        raise WrongUse(
            "Name a programme: orgmap draw programme nhs-2012-13, or --file my.csv. orgmap due names those that there"
            " are."
        )


@picture("A map needs one day or two: orgmap draw map 2013-03-31 2013-04-01.", days=(1, 2))
def map_(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="DAY", help="One day, or two to compare.")
    ] = None,
    within: Within = "",
    kind: Kind = "",
) -> None:
    """A map of the areas of bodies, on one day or two; plans dashed, with --include planned."""


COMMANDS: Commands = {"draw": app}
