"""Entry point: finds the command that was asked for, loads that one alone, and turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup

from cli.options import TAKEN, explainable
from cli.unquoted import Words
from graphmodel.errors import Ambiguous, OrgmapError

COMMANDS = {
    "find": "cli.find",
    "search": "cli.bodies",
    "show": "cli.bodies",
    "list": "cli.bodies",
    "lineage": "cli.bodies",
    "who": "cli.who",
    "what": "cli.who",
    "answers-to": "cli.who",
    "stated": "cli.stated",
    "diff": "cli.change",
    "reforms": "cli.change",
    "reform": "cli.change",
    "crosswalk": "cli.change",
    "annotate": "cli.tables",
    "draw": "cli.draw",
    "build": "cli.upkeep",
    "load": "cli.servers",
    "export": "cli.servers",
    "check": "cli.upkeep",
    "sources": "cli.upkeep",
    "cite": "cli.upkeep",
}
"""Every command with the module it lives in, in the order in which `--help` tells them."""


class LazyGroup(TyperGroup):
    """Commands whose modules are imported only when one of them is asked for: a look-up must not wait for the rest."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, without importing anything."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            function, context = import_module(COMMANDS[cmd_name]).COMMANDS[cmd_name]
            single = typer.Typer(add_completion=False, rich_markup_mode=None)
            single.command(cmd_name, cls=Words, **context)(function)
            command = typer.main.get_command(single)
            command.name = cmd_name
            explainable(command)
            self.commands[cmd_name] = command
        return self.commands[cmd_name]


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, add_completion=True, rich_markup_mode=None)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError
        from importlib.metadata import version as installed

        try:
            typer.echo(f"orgmap {installed('orgmap')}")
        except PackageNotFoundError:
            typer.echo("orgmap (not installed)")
        raise typer.Exit


@app.callback()
def orgmap(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say the version and stop."
    ),
) -> None:
    """Who commissions what for whom in England's health and care system, on any day since 1999.

    Data go to standard output, words to standard error. Exit codes: 0 answered, 1 nothing found or not
    known, 2 wrong use, 3 ambiguous, 4 data missing or broken, 5 store out of reach.
    """


def run(arguments: list[str] | None = None) -> None:
    """Runs one command and ends the process with the exit code of the contract; never with a traceback for a
    person's mistake."""
    TAKEN.clear()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a terminal that lacks a letter is no reason to fail
    try:
        try:
            app(args=arguments, prog_name="orgmap")
        finally:
            sys.stdout.flush()
    except OrgmapError as error:
        sys.exit(report(error))
    except BrokenPipeError:
        # Whoever read our output has had enough (`orgmap list … | head`): that is no error, nor is
        # the end of the process, which would write what is left once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


def report(error: OrgmapError) -> int:
    """Says on standard error what went wrong, with the candidates if there are several, and gives the exit code."""
    print(f"orgmap: {error}", file=sys.stderr)
    if isinstance(error, Ambiguous):
        for candidate in error.candidates[:30]:
            print(f"  {candidate}", file=sys.stderr)
        if len(error.candidates) > 30:
            print(f"  … and {len(error.candidates) - 30} more", file=sys.stderr)
    return error.exit_code


if __name__ == "__main__":
    run()
