"""The frame of every question: it opens the graph, asks the method of `Graph` that has the question's name, and
writes what came back in the form wanted. What all questions take and refuse alike is written here alone."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, get_type_hints

from orgmap.cli.kit.harmless import for_data, in_a_cell
from orgmap.cli.kit.options import (
    OWN,
    TAKEN,
    AnyAt,
    AnyExtra,
    Extra,
    Format,
    KnownOn,
    Shape,
    StoreUrl,
    day,
    included,
    shape,
)
from orgmap.cli.kit.output import Columns, print_rows, with_yours, write
from orgmap.cli.kit.session import with_store
from orgmap.graphmodel.dates import parse_day
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.store import Store

if TYPE_CHECKING:
    from orgmap import answer
    from orgmap.graph import Graph
    from orgmap.loaders.own.csvreading import Watch

    Answer = answer.Answer[Any, Any]

Asked = dict[str, Any]
"""What was typed, by the names that it has in `Graph`; days as 2013-04-01, words as one text."""

_DAYS = ("at", "and_", "before", "after", "from_day", "to_day")


def with_options(
    function: Callable[..., Any], run: Callable[..., None], more: dict[str, tuple[Any, Any]]
) -> Callable[..., None]:
    """`run` as a command that takes what a function says, and `more`: options by name, with annotation and default.

    These stand before the function's own `include`, or else after all; what the function has itself is not added.
    """
    hints = get_type_hints(function, include_extras=True)
    own = [one.replace(annotation=hints[one.name]) for one in inspect.signature(function).parameters.values()]
    place = next((number for number, one in enumerate(own) if one.name == "include"), len(own))
    added = [
        inspect.Parameter(name, own[0].kind if own else _EITHER, default=default, annotation=annotation)
        for name, (annotation, default) in more.items()
        if name not in hints
    ]
    signed: Any = run
    signed.__signature__ = inspect.Signature([*own[:place], *added, *own[place:]])
    signed.__annotations__ = {one.name: one.annotation for one in signed.__signature__.parameters.values()}
    signed.__name__, signed.__doc__ = function.__name__, function.__doc__
    return run


_EITHER = inspect.Parameter.POSITIONAL_OR_KEYWORD


class Declaration(NamedTuple):
    """What a question says of itself, once for the command line and for whoever else asks it; see `question`."""

    function: Callable[..., None]
    columns: Columns | Callable[[Asked], Columns]
    nothing: Callable[[Asked], Any]
    statuses: bool
    rows: Callable[[Any], list[Any]] | None
    found: Callable[[Any], Any] | None
    also: dict[str, Callable[[Any], str]] | None
    after: Callable[[Any], None] | None
    most_rows: int | None = None

    @property
    def days_taken(self) -> list[str]:
        """What it calls the days that it is asked for."""
        return [name for name in inspect.signature(self.function).parameters if name in _DAYS]

    def asked(self, typed: Asked) -> Asked:
        """What to ask the method of `Graph` with the question's name. Raises `WrongUse` for what makes no sense."""
        own = inspect.signature(self.function).parameters
        self.function(**{name: typed[name] for name in own})
        heeded = {*own, "as_known_on", *(("include",) if self.statuses else ())} - {"ctx", "output"}
        known = parse_day(typed["as_known_on"]) if typed["as_known_on"] else None
        typed = typed | {"include": included(typed["include"]).statuses, "as_known_on": known}
        return {name: _one_text(typed[name]) for name in heeded if typed[name] not in (None, "", [])}

    def days(self, typed: Asked, day: Callable[[str], str]) -> Asked:
        """The days that a question is asked for, each as `day` reads it."""
        return {name: day(typed[name]) for name in self.days_taken}

    def table(self, asked: Asked) -> Columns:
        """The columns of its table, with that of one's own tables where some are laid over ours."""
        return with_yours(self.columns if isinstance(self.columns, dict) else self.columns(asked))

    def ask(self, graph: Any, asked: Asked) -> Answer:
        """The answer of a graph."""
        answer: Answer = getattr(graph, self.function.__name__.rstrip("_"))(**asked)
        return answer

    def whole(self, answer: Answer) -> Any:
        """The answer as its JSON is, with what was said of one's own tables."""
        whole = answer.to_dict()
        if OWN and isinstance(whole, dict) and "notes" in whole:
            whole["notes"] = [*OWN, *whole["notes"]]
        return whole

    def listed(self, whole: Any, answer: Answer) -> list[Any]:
        """The rows of its table."""
        return self.rows(whole) if self.rows else list(answer)

    def refuse_nothing(self, whole: Any, listed: list[Any]) -> None:
        """Raises `NothingFound` where there is no answer."""
        if not (self.found(whole) if self.found else listed):
            raise NothingFound("Nothing found.")


class Copying(NamedTuple):
    """What a command says of itself that copies a table with what it adds to each row.

    `asked` reads what was typed, `copy` writes the copy of a table that was sent and gives how it went, `words` says
    that in a sentence.
    """

    asked: Callable[..., Asked]
    copy: Callable[[Graph, bytes, TextIO, Asked, Watch], Any]
    words: Callable[[Any], str]


def question(
    columns: Columns | Callable[[Asked], Columns],
    nothing: Callable[[Asked], Any],
    *,
    statuses: bool = True,
    rows: Callable[[Any], list[Any]] | None = None,
    found: Callable[[Any], Any] | None = None,
    heading: Callable[[Answer, Asked], str] | None = None,
    people: Callable[[Any], None] | None = None,
    after: Callable[[Any], None] | None = None,
    also: dict[str, Callable[[Any], str]] | None = None,
    most_rows: int | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a question of a function that says what may be typed, and refuses what makes no sense together.

    `columns` are those of its tables, or how they follow from what was asked; `rows` what these are made of (None: the
    answer's own rows); `nothing` is what a script gets where there is no answer; `statuses` says whether `--include`
    makes a difference; `found` whether there is something (None: whether there is a row); `heading`
    and `people` write the answer for people (None: the table); `after` may refuse what was written; `also` are formats
    that this question alone has, each with what makes the text; `most_rows` is how many rows a user's own table may
    have that is sent over the web, where each is a question of its own.
    """
    made: Any = Enum
    forms = made("Format", {one: one for one in (*(form.value for form in Format), *(also or {}))}, type=str)
    more: dict[str, tuple[Any, Any]] = {
        "form": (shape(forms), forms("table")) if also else (Shape, Format.table),
        "store": (StoreUrl, ""),
        "at": (AnyAt, ""),
        "include": (Extra if statuses else AnyExtra, None),
        "as_known_on": (KnownOn, ""),
    }

    def framed(function: Callable[..., None]) -> Callable[..., None]:
        declared = Declaration(function, columns, nothing, statuses, rows, found, also, after, most_rows)

        def run(**typed: Any) -> None:
            own_form, url, output = (also or {}).get(typed["form"].value), typed["store"], typed.get("output")
            if output:
                own_form = _to_file(also or {}, typed["form"].value, output)
            form = Format.ndjson if own_form else Format(typed["form"].value)  # no word for people in either
            asked = declared.asked(typed)
            days = declared.days(typed, day)
            shown_columns = declared.table(asked)

            def ask(opened: Store) -> Answer:
                from orgmap.graph import Graph

                return declared.ask(Graph(opened), asked)

            try:
                answer = with_store(url, ask)
            except (NothingFound, Ambiguous) as error:
                if isinstance(error, NothingFound) and typed["as_known_on"]:
                    error = NothingFound(f"{error} (As known on {asked['as_known_on']}.)")
                if form is Format.json:
                    empty = nothing({**asked, **days})
                    if isinstance(empty, dict):
                        empty |= {"notes": [*OWN, *TAKEN, str(error)]}
                        empty |= {"candidates": error.candidates} if isinstance(error, Ambiguous) else {}
                    write(empty, form, shown_columns)
                raise error from None
            if heading and form is Format.table and (line := heading(answer, asked)):
                print(line)
            for note in answer.notes[len(TAKEN) :]:
                print(f"note: {in_a_cell(note)}", file=sys.stderr)
            whole = declared.whole(answer)
            listed = declared.listed(whole, answer)
            if own_form and output and listed:
                _written(own_form(whole), output)
            elif own_form:
                print(own_form(whole) if listed else "", end="", file=for_data(sys.stdout))
            elif form is not Format.table:
                write(whole if form is Format.json else listed, form, shown_columns)
            declared.refuse_nothing(whole, listed)
            if form is Format.table:
                people(whole) if people else print_rows(shown_columns, listed)
            if after:
                after(whole)

        run.declaration = declared  # type: ignore[attr-defined]
        return with_options(function, run, more)

    return framed


def _to_file(also: dict[str, Callable[[Any], str]], form: str, output: Path) -> Callable[[Any], str]:
    """What `--output` writes, by the ending of the file: a page, or a table where the question writes one; another
    format, or another ending, is refused."""
    ending = output.suffix.lower()
    wanted = _ENDINGS.get(ending, "html" if not ending else "")
    if form not in (Format.table.value, *also) or (form in also and ending and form != wanted):
        raise WrongUse(f"--output writes a page: leave out --format {form}, or redirect the output.")
    if not ending and form in also:
        wanted = form
    if wanted not in also:
        table = ", or a table as .csv" if "csv" in also else ""
        raise WrongUse(f"A page is written as .html{table}, not as {output.suffix}: name the file so.")
    return also[wanted]


_ENDINGS = {".html": "html", ".htm": "html", ".csv": "csv"}


def _written(page: str, output: Path) -> None:
    from orgmap.loaders.outputs import STANDARD, writing

    with writing(output) as out:
        out.write(page)
    if output != STANDARD:
        print(f"Written: {in_a_cell(str(output))}", file=sys.stderr)


def _one_text(value: Any) -> Any:
    """Words that were typed one by one as the text that they make."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return " ".join(value)
    return value
