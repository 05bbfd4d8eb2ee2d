"""The questions as a server may ask them: read off the commands, so that nothing is declared a second time."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from enum import Enum
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

from orgmap.cli.kit.output import json_text, write_csv
from orgmap.cli.kit.question import Declaration
from orgmap.graph import Graph
from orgmap.graphmodel.dates import day_of, today
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.server.questions import Answered, Parameter, ServedQuestion, Typed, Wanted

LONGEST = 1000
"""So many letters a value in an address may have."""

MOST = 1_000_000
"""So many rows may be asked for."""

_EXIT_CODES = re.compile(r"\s*\bExit code\b[^.]*\.")
_OPTION = re.compile(r"--([a-z][a-z-]*)")

_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


def served_questions(
    commands: dict[str, str], command_of: Callable[[str], Any]
) -> tuple[ServedQuestion, ...]:
    """Every command that is a question, in order; `commands` name their modules, `command_of` gives the parser's."""
    found = []
    for name, module in commands.items():
        made = import_module(module).COMMANDS[name]
        declared = getattr(made, "declaration", None)
        if isinstance(declared, Declaration) and not needs_a_file(declared.function):
            found.append(_served(name, command_of(name), declared, made.__annotations__))
    return tuple(found)


def parameters_of(command: Any, taken: Sequence[str], hints: dict[str, Any]) -> dict[str, Any]:
    """The options and arguments of a command by their names in an address: those whose own names are `taken`.

    One that by its annotation in `hints` names a file is none of them: whoever asks has no files here.
    """
    return {
        _name(one): one
        for one in command.params
        if one.name in taken and not getattr(one, "hidden", False) and not names_a_file(hints[one.name])
    }


def names_a_file(annotation: Any) -> bool:
    """Whether what is annotated so is, or holds, the name of a file.

    >>> names_a_file(Path | None), names_a_file(list[str])
    (True, False)
    """
    return annotation is Path or any(map(names_a_file, get_args(annotation)))


def needs_a_file(function: Callable[..., None]) -> bool:
    """Whether a question cannot be asked without a file: then no server asks it."""
    hints = get_type_hints(function, include_extras=True)
    taken = inspect.signature(function).parameters.values()
    return any(one.default is inspect.Parameter.empty and names_a_file(hints[one.name]) for one in taken)


def for_the_web(text: str) -> str:
    """What a command says of itself, as it is said where there are no exit codes, and options are fields of a form.

    >>> for_the_web("Steps of a day. Exit code 1: there is none. With --format ics they go into a calendar.")
    'Steps of a day. With “format” ics they go into a calendar.'
    """
    return _OPTION.sub(r"“\1”", _EXIT_CODES.sub("", text)).strip()


def described(name: str, option: Any, annotation: Any) -> Parameter:
    """An option or argument, annotated as its command says, as a parameter of an address."""
    meant, *infos = get_args(annotation)
    said: Any = infos[0]
    inner = next((one for one in get_args(meant) if one is not NoneType), meant)
    inner = next(iter(get_args(inner)), inner)
    schema: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
    if inner is bool:
        schema = {"type": "boolean", "default": False}
    elif inner is int:
        schema = {"type": "integer", "minimum": said.min or 0, "maximum": MOST}
    elif isinstance(inner, type) and issubclass(inner, Enum):
        schema = {"type": "string", "enum": [one.value for one in inner]}
    if isinstance(option.default, int) and option.default:
        schema["default"] = option.default
    if repeated := bool(getattr(option, "multiple", False)):
        schema = {"type": "array", "items": schema}
    return Parameter(name, for_the_web(said.help or ""), bool(option.required), repeated, schema)


def words_of(parameters: dict[str, Any], typed: Typed, where: str) -> list[str]:
    """What stands in an address as the words of the command line, which reads them and refuses what it refuses.

    Raises `WrongUse` for a parameter that there is not, that is given twice, or that is missing.
    """
    options: list[str] = []
    arguments: dict[str, str] = {}
    seen: set[str] = set()
    for name, value in typed:
        if name not in parameters:
            raise WrongUse(f"“{name}” is no parameter of {where}. Parameters: {', '.join(parameters)}.")
        option = parameters[name]
        if name in seen and not getattr(option, "multiple", False):
            raise WrongUse(f"{name} is given twice: write it once.")
        seen.add(name)
        if len(value) > LONGEST:
            raise WrongUse(f"{name} has more than {LONGEST:,} letters.")
        if option.param_type_name == "argument":
            arguments[name] = value
        elif getattr(option, "is_flag", False):
            if value.lower() not in (*_YES, *_NO):
                raise WrongUse(f"“{value}” is not what {name} may be: write true or false.")
            options += [option.opts[0]] if value.lower() in _YES else []
        else:
            options.append(f"{option.opts[0]}={value}")
    if missing := [name for name, option in parameters.items() if option.required and name not in seen]:
        raise WrongUse(f"{' and '.join(missing)} must be given.")
    ordered = [arguments[name] for name in parameters if name in arguments]
    return [*options, *(["--", *ordered] if ordered else [])]


def read_by(command: Any, words: list[str]) -> Any:
    """The parser's reading of words. Raises `WrongUse` for what it refuses."""
    try:
        return command.make_context(command.name, words)
    except Exception as error:
        if hasattr(error, "format_message"):
            raise WrongUse(error.format_message()) from error
        raise


def values_of(context: Any) -> dict[str, Any]:
    """What was read, as a command gets it: what the parser calls a tuple is a list there."""
    return {name: list(one) if isinstance(one, tuple) else one for name, one in context.params.items()}


def _name(option: Any) -> str:
    """`--as-known-on` as as-known-on, an argument `from_kind` as from-kind."""
    long = option.opts[0] if option.param_type_name == "option" else option.name.rstrip("_").replace("_", "-")
    return str(long.lstrip("-"))


def _served(name: str, command: Any, declared: Declaration, hints: dict[str, Any]) -> ServedQuestion:
    method = declared.function.__name__.rstrip("_")
    taken = tuple(inspect.signature(getattr(Graph, method)).parameters)
    parameters = parameters_of(command, taken, hints)

    def read(typed: Typed) -> Wanted:
        context = read_by(command, words_of(parameters, typed, f"orgmap {name}"))
        with context.scope(cleanup=False):
            values = values_of(context)
            if "ctx" in inspect.signature(declared.function).parameters:
                values["ctx"] = context
            return declared.asked(values)

    def ask(graph: Graph, wanted: Wanted) -> Answered:
        answer = declared.ask(graph, wanted)
        whole = declared.whole(answer)
        listed = declared.listed(whole, answer)
        why = ""
        try:
            declared.refuse_nothing(whole, listed)
            if declared.after:
                declared.after(whole)
        except NothingFound as error:
            why = str(error)
        return Answered(whole, why, answer.title, listed, answer.notes)

    def text(answered: Answered, wanted: Wanted, form: str) -> str:
        return written(declared, answered.whole, answered.rows, wanted, form)

    def nothing(wanted: Wanted) -> Any:
        own = inspect.signature(declared.function).parameters
        days = {
            one: day_of(wanted[one]) if one in wanted else today()
            for one in declared.days_taken
            if one in own
        }
        return declared.nothing({**dict.fromkeys(own, ""), **wanted, **days})

    shown = tuple(described(key, one, hints[one.name]) for key, one in parameters.items())
    first, _, rest = map(for_the_web, inspect.cleandoc(declared.function.__doc__ or "").partition("\n\n"))
    return ServedQuestion(
        name, first, rest, method, shown, forms_of_answer(declared), read, ask, text, nothing
    )


def forms_of_answer(declared: Declaration) -> tuple[str, ...]:
    """The forms in which a question is answered over the web."""
    return tuple(dict.fromkeys(("json", "csv", "ndjson", *(declared.also or ()))))


def written(declared: Declaration, whole: Any, rows: list[Any], wanted: Wanted, form: str) -> str:
    """An answer in one of these forms."""
    if own := (declared.also or {}).get(form):
        return own(whole)
    if form == "csv":
        out = StringIO()
        write_csv(out, declared.table(wanted), rows)
        return out.getvalue()
    if form == "ndjson":
        return "".join(f"{json_text(row, indent=None)}\n" for row in rows)
    return f"{json_text(whole)}\n"
