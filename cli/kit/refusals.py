"""What is refused whatever the command: words that are no text, options that are blank, given twice or not heeded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.dates import parse_day
from orgmap.graphmodel.errors import WrongUse

NO_DIFFERENCE = "It makes no difference here, and is refused."
"""What `--help` says of an option that other questions take."""

_FILES = ("path", "file", "directory")

_PLACES = frozenset({"PLACE", "PLACE|BODY"})
"""What stands in `--help` for the value of an option that says where."""

_OF_A_PLACE = frozenset({"--for", "--within", "--in", "--place", "--where", "--near"})
"""What people type where they mean such an option."""

_KNOWN = "as_known_on"

_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)")


def refuse_blanks_and_repeats(options: Iterable[tuple[Any, str | None]], words: Iterable[str]) -> None:
    """Refuses what says nothing: a blank value or word, and an option whose first value a second one would hide.

    `options` are those typed, each with its value as it was typed (None for one that has none), in their order.
    """
    seen: set[Any] = set()
    for option, value in options:
        name = (option.name, value.strip() if value and option.multiple else None)
        if value is not None and not value.strip():
            hint = (
                " Write a day such as 2013-04-01, or"
                if option.metavar == "DATE"
                else " Write what it takes, or"
            )
            raise WrongUse(f"{option.opts[0]} is blank.{hint} leave it out.")
        if name in seen:
            raise WrongUse(f"{option.opts[0]} is given twice: write it once.")
        seen.add(name)
    if any(not word.strip() for word in words):
        raise WrongUse("One of the words is blank. Leave it out, or write what you mean.")


def refuse_what_is_not_heeded(ctx: Any, option: Any) -> None:
    """Refuses a value that is no text, and an option that would change nothing.

    A file's name may be any bytes; words are looked for among words, which are UTF-8.
    """
    value = ctx.params.get(option.name)
    a_file = getattr(getattr(option, "type", None), "name", "") in _FILES
    for text in value if isinstance(value, list | tuple) else [value]:
        if not a_file and isinstance(text, str) and any("\ud800" <= letter <= "\udfff" for letter in text):
            # What may hold a password is not said again.
            shown = "The address of the store" if option.name == "store" else f"“{text}”"
            raise WrongUse(f"{shown} is not UTF-8 text. Type it in UTF-8.")
    if option.param_type_name == "argument" or not is_given(ctx, option.name):
        return
    if option.name == "explain" and str(ctx.params.get("store") or "").partition(":")[0] in ("", "networkx"):
        raise WrongUse("--explain shows the Cypher of a Neo4j store: name one with --store, or leave it out.")
    if getattr(option, "help", None) == NO_DIFFERENCE:
        raise WrongUse(f"{option.opts[0]} makes no difference to orgmap {ctx.info_name}: leave it out.")


def where_it_belongs(error: Any) -> str:
    """Of a place or a day that stands where the command takes none: how to write it. Blank for all else."""
    command = getattr(getattr(error, "ctx", None), "command", None)
    parameters = [one for one in getattr(command, "params", ()) if not getattr(one, "hidden", False)]
    where = next((one.opts[0] for one in parameters if one.metavar in _PLACES), "")
    when = next((one.opts[0] for one in parameters if one.metavar == "DATE" and one.name != _KNOWN), "")
    if getattr(error, "option_name", "") in _OF_A_PLACE:
        if where:
            return f"Here a place is said by {where}: {where} Woking."
        if any(one.name == "place" for one in parameters):
            return f"Here the place stands by itself: orgmap {error.ctx.info_name} Woking."
        return ""
    if not (found := _EXTRA.search(getattr(error, "message", "") or "")):
        return ""
    words = found["words"]
    what, option = ("day", when) if is_day(words) else ("place", where)
    return f"A {what} is said by {option}: {option} {words}." if option else ""


def is_day(text: str) -> bool:
    """Whether a text is a day.

    >>> is_day("1 April 2013"), is_day("Woking")
    (True, False)
    """
    try:
        return bool(parse_day(text))
    except WrongUse:
        return False


def is_given(ctx: Any, name: str) -> bool:
    """Whether a parameter was typed, even if what was typed is what holds without it."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
