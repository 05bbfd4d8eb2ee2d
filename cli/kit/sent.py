"""The questions about a table of one's own as a server may ask them: the table is sent, and no file is named.

What takes a table on the command line takes it there, too; nothing is declared a second time.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from typing import Any, NamedTuple, get_type_hints

from orgmap.cli.kit.question import Copying, Declaration
from orgmap.cli.kit.served import (
    described,
    for_the_web,
    forms_of_answer,
    names_a_file,
    parameters_of,
    read_by,
    values_of,
    words_of,
    written,
)
from orgmap.graph import Graph
from orgmap.graphmodel.errors import NothingFound
from orgmap.loaders.own.csvreading import Watch
from orgmap.server.questions import Made, Parameter, ServedFile, Typed, Wanted

TABLE = "file"
"""What a command calls the table that it reads."""

ROWS = 50_000
"""So many rows a table that is sent may have: a workbook of more would fill the memory of a small machine."""

ELSEWHERE = ("store", "form")
"""What the server knows, or asks for itself."""


def served_files(commands: dict[str, str], command_of: Callable[[str], Any]) -> tuple[ServedFile, ...]:
    """Every command that takes a table, those first that copy one; `commands` name their modules, `command_of` gives
    the parser's."""
    copies: list[ServedFile] = []
    answers: list[ServedFile] = []
    for name, module in commands.items():
        made = import_module(module).COMMANDS[name]
        declared = getattr(made, "declaration", None) or getattr(made, "copying", None)
        if isinstance(declared, Copying):
            copies.append(_copied(name, command_of(name), declared, made))
        elif isinstance(declared, Declaration) and takes_a_table(declared.function):
            answers.append(_answered(name, command_of(name), declared, made))
    return (*copies, *answers)


def takes_a_table(function: Callable[..., None]) -> bool:
    """Whether a question may be about a table of one's own."""
    return TABLE in inspect.signature(function).parameters


class _Typed(NamedTuple):
    """What may be typed beside the table, and how it is read."""

    parameters: tuple[Parameter, ...]
    read: Callable[[Typed], dict[str, Any]]


def _typed(name: str, command: Any, function: Callable[..., None], hints: dict[str, Any]) -> _Typed:
    """The options of a command; those that name files are none, and the words before them stand for the table."""
    options = [one for one in command.params if one.param_type_name == "option"]
    taken = [one.name for one in options if one.name in hints and one.name not in ELSEWHERE]
    parameters = {key: one for key, one in parameters_of(command, taken, hints).items() if one in options}
    nowhere = _of_no_file(command, function)

    def read(typed: Typed) -> dict[str, Any]:
        context = read_by(command, [*words_of(parameters, typed, f"orgmap {name}"), *nowhere])
        with context.scope(cleanup=False):
            return values_of(context)

    shown = tuple(described(key, one, hints[one.name]) for key, one in parameters.items())
    return _Typed(shown, read)


def _of_no_file(command: Any, function: Callable[..., None]) -> list[str]:
    """Words for the files that the parser wants to be named; nobody opens them."""
    hints = get_type_hints(function, include_extras=True)
    files = [one for one in command.params if one.name in hints and names_a_file(hints[one.name])]
    needed = [one for one in files if one.required or one.name == TABLE]
    words = [f"{one.opts[0]}=-" for one in needed if one.param_type_name == "option"]
    return [*words, *(["--", "-"] if any(one.param_type_name == "argument" for one in needed) else [])]


def _words(function: Callable[..., None]) -> tuple[str, str]:
    first, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
    return for_the_web(first), for_the_web(rest)


def _answered(name: str, command: Any, declared: Declaration, made: Any) -> ServedFile:
    """A question that is asked about a table: the answer is the command's, in all its forms."""
    own = inspect.signature(declared.function).parameters
    typed = _typed(name, command, declared.function, made.__annotations__)

    def read(words: Typed) -> Wanted:
        found = typed.read(words)
        asked = declared.asked({key: found[key] for key in (*own, "as_known_on", "include") if key in found})
        return {key: value for key, value in asked.items() if key != TABLE}

    def make(graph: Graph, sent: bytes, wanted: Wanted, form: str, _: Watch) -> Made:
        answer = declared.ask(graph, {**wanted, TABLE: sent})
        whole = declared.whole(answer)
        rows, notes = declared.listed(whole, answer), list(answer.notes)
        if not rows:
            raise NothingFound("Nothing found.")
        try:
            if declared.after:
                declared.after(whole)
        except NothingFound as said:
            notes.append(str(said))  # the rows stand there, and tell it one by one
        counted = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
        text = written(declared, whole, rows, wanted, form)
        return Made(text, {"rows": len(rows)}, f"{counted} in the answer.", tuple(notes))

    method = declared.function.__name__.rstrip("_")
    forms = forms_of_answer(declared)
    rows = declared.most_rows or ROWS
    words = _words(declared.function)
    return ServedFile(name, *words, method, typed.parameters, forms, rows, read, make, watched=False)


def _copied(name: str, command: Any, copying: Copying, function: Any) -> ServedFile:
    """A command that copies a table: it reads what it is asked, the rest is done where the table is."""
    hints = get_type_hints(function, include_extras=True)
    typed = _typed(name, command, function, hints)
    asked = inspect.signature(copying.asked).parameters

    def read(words: Typed) -> Wanted:
        found = typed.read(words)
        return copying.asked(**{key: found[key] for key in asked})

    def make(graph: Graph, sent: bytes, wanted: Wanted, _: str, watch: Watch) -> Made:
        out = StringIO()
        outcome = copying.copy(graph, sent, out, wanted, watch)
        counts = {key: value for key, value in outcome._asdict().items() if isinstance(value, int)}
        return Made(out.getvalue(), counts, copying.words(outcome), tuple(outcome.notes))

    return ServedFile(
        name, *_words(function), function.__name__, typed.parameters, ("csv",), ROWS, read, make
    )
