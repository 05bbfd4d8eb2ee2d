"""The page of commands, from the program's own parser: what `--help` knows stands here too."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args

import typer

from docs.making.tables import table

PAGE = "reference/commands.md"


def pages() -> dict[str, str]:
    """The page with every command, what it takes, and all its options."""
    from orgmap.cli.main import COMMANDS, app

    group: Any = typer.main.get_command(app)
    parts = [
        "# Commands",
        "Every command with what it takes, as `orgmap COMMAND --help` tells it. This page is made from the program."
        " How places, bodies and days may be typed: [](typing.md). What comes out: [](output.md).",
        (group.help or "").partition("\n\n")[2].strip(),
    ]
    for name in COMMANDS:
        parts += _command(f"orgmap {name}", group.get_command(None, name), "##")
    return {PAGE: "\n\n".join(parts) + "\n"}


def _command(called: str, command: Any, level: str) -> Iterator[str]:
    """The section of a command; one that has commands of its own tells each of them below it."""
    yield f"{level} {called}"
    yield " ".join((command.help or "").split())
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    typed = " ".join(
        word if one.required else f"[{word}]"
        for one in arguments
        for word in [one.metavar or one.name.upper()]
    )
    below = getattr(command, "commands", {})
    yield (
        f"```text\n{called} {typed or ('COMMAND' if below else '')} {'[OPTIONS]' if options else ''}".rstrip()
        + "\n```"
    )
    if arguments:
        described = [[f"`{one.metavar or one.name.upper()}`", _help(one)] for one in arguments]
        yield table(["what to type", "meaning"], described)
    if options:
        yield table(["option", "meaning"], [[_spelt(one), _help(one)] for one in options])
    for name in below:
        yield from _command(f"{called} {name}", command.get_command(None, name), level + "#")


def _spelt(option: Any) -> str:
    """An option as it is typed, with what stands behind it."""
    names = ", ".join(
        f"`{name}`" for name in sorted([*option.opts, *option.secondary_opts], key=len, reverse=True)
    )
    if option.is_flag:
        return names
    choices = _choices(option.type_descriptor.annotation)
    if choices:
        return f"{names} " + " or ".join(f"`{one}`" for one in choices)
    return f"{names} `{option.metavar or option.name.upper().strip('_').replace('_', '-')}`"


def _choices(annotation: Any) -> list[str]:
    """The words among which an option chooses, if its type is an enumeration or a list of one."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, Enum):
            return [str(one.value) for one in kind]
    return []


def _help(parameter: Any) -> str:
    """What help says of it, with the default where there is one worth telling."""
    words = " ".join((parameter.help or "").split())
    default = getattr(parameter.default, "value", parameter.default)
    worth_saying = (
        default not in (None, "", False, (), [])
        and not callable(default)
        and "UNSET" not in repr(default).upper()
    )
    return f"{words} Default: `{default}`." if worth_saying else words
