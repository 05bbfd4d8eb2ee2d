"""Entry point: finds the command that was asked for, loads that one alone, and turns errors into exit codes."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import StringIO
from typing import Any

import typer
from typer.core import TyperGroup

from orgmap.cli.kit.ends import ended_in_order, settled, streams_for_people, unexpected
from orgmap.cli.kit.harmless import sentence, unfiltered
from orgmap.cli.kit.options import OWN, TAKEN, With, explainable
from orgmap.cli.kit.refusals import where_it_belongs
from orgmap.cli.kit.unquoted import WordsCommand
from orgmap.graphmodel.errors import Ambiguous, OrgmapError, Unexpected, WrongUse
from orgmap.graphmodel.term_tables import laid_over, lay_over

GROUPS = {
    "A place": {
        "find": "find",
        "guide": "guide",
        "who": "who",
        "walk": "walk",
    },
    "A body": {
        "search": "bodies",
        "show": "bodies",
        "list": "bodies",
        "population": "population",
        "prescribed": "population",
        "lineage": "bodies",
        "what": "who",
        "answers-to": "who",
        "board": "board",
    },
    "Reforms": {
        "diff": "change",
        "reforms": "change",
        "reform": "change",
        "crosswalk": "change",
    },
    "What is to come, and what came of it": {
        "plans": "plans",
        "outcome": "plans",
        "due": "due",
        "process": "case",
        "case": "case",
    },
    "Documents, words and sources": {
        "stated": "stated",
        "reconcile": "plans",
        "explain": "guide",
        "sources": "upkeep",
        "cite": "upkeep",
    },
    "Tables of your own": {
        "annotate": "tables",
        "handover": "registers",
        "rollup": "registers",
        "check-board": "board",
        "template": "registers",
        "new-tables": "upkeep",
    },
    "Pictures and pages": {
        "draw": "draw",
        "explore": "explore",
        "serve": "serve",
        "site": "serve",
    },
    "The graph itself": {
        "build": "upkeep",
        "load": "load",
        "export": "servers",
        "check": "upkeep",
    },
}
"""Every command with the module of `cli.commands` it lives in, in the groups and order in which `--help` tells them."""

COMMANDS = {
    name: f"orgmap.cli.commands.{module}" for group in GROUPS.values() for name, module in group.items()
}
"""Every command with the whole name of its module."""

SELDOM = 100_000
"""After so many new objects what nobody holds is looked for: a question ends before there is much of it, and looking
for it as often as usual takes a tenth of the time."""


class LazyGroup(TyperGroup):
    """Commands whose modules are imported only when one of them is asked for: a look-up must not wait for the rest."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, without importing anything."""
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """All commands with the first words of their help, group by group."""
        wide = max(map(len, COMMANDS))
        for heading, group in GROUPS.items():
            commands = {name: self.get_command(ctx, name) for name in group}
            with formatter.section(heading):
                room = formatter.width - wide - 6
                formatter.write_dl(
                    [(name.ljust(wide), one.get_short_help_str(room)) for name, one in commands.items()]
                )

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            made = import_module(COMMANDS[cmd_name]).COMMANDS[cmd_name]
            if not isinstance(made, typer.Typer):
                single = typer.Typer(add_completion=False, rich_markup_mode=None)
                single.command(cmd_name, cls=WordsCommand)(made)
                made = single
            command: Any = typer.main.get_command(made)
            command.name = cmd_name
            for one in getattr(command, "commands", {cmd_name: command}).values():
                explainable(one)
            self.commands[cmd_name] = command
        return self.commands[cmd_name]


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from orgmap.loaders.itself import version

        said = version()
        typer.echo("orgmap (not installed)" if said == "not installed" else f"orgmap {said}")
        raise typer.Exit


@app.callback()
def orgmap(
    context: typer.Context,
    own: With = None,
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    """Who commissions what for whom in England's health and care system: for bodies since 1999, for a place since 2010.

    Bodies and what they answered for are known since April 1999, who commissioned for a place since April 2010.

    Data go to standard output, words to standard error. Exit codes: 0 answered, 1 nothing found or not
    known, 2 wrong use, 3 ambiguous, 4 data missing or broken, 5 store out of reach, 6 unexpected: a fault of
    the program, a full disk or memory. Ctrl-C ends with 130.
    """
    begins = context.invoked_subcommand == "new-tables"
    if own and begins:
        raise WrongUse("--with makes no difference to orgmap new-tables: leave it out.")
    if own or laid_over() or (os.environ.get("ORGMAP_WITH") and not begins):
        from orgmap.loaders.own.words import use

        tell = print if context.invoked_subcommand == "check" else None
        if use(own or (() if begins else None), tell):
            from orgmap.loaders.itself import own_names

            note = f"Your own tables are laid over the bundled ones: {', '.join(own_names())}."
            print(f"note: {note}", file=sys.stderr)
            OWN.append(note)


def run(arguments: list[str] | None = None) -> None:
    """Runs one command and ends the process with the exit code of the contract; never with a traceback."""
    OWN.clear()
    TAKEN.clear()
    often = gc.get_threshold()
    gc.set_threshold(SELDOM, *often[1:])
    with streams_for_people(), ended_in_order():
        try:
            sys.exit(_code(sys.argv[1:] if arguments is None else arguments))
        finally:
            OWN.clear()
            TAKEN.clear()
            gc.set_threshold(*often)
            if laid_over():  # a program may run many commands, one after the other
                lay_over()


def _code(arguments: list[str]) -> int:
    """Runs one command: its exit code, with every error told in a sentence."""
    try:
        code = _answered(arguments)
    except OrgmapError as error:
        code = report(error)
    except BrokenPipeError:
        code = 0  # whoever read our output has had enough (`orgmap list … | head`): that is no error
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        code = report(unexpected(error))
    full = settled(sys.stdout)
    if full and code != Unexpected.exit_code and not isinstance(full, BrokenPipeError):
        code = report(unexpected(full))
    settled(unfiltered(sys.stderr))  # what stands between swallows that it is full
    return code


def _answered(arguments: list[str]) -> int:
    """Runs one command: 0, or the code that its options or the parser ended it with."""
    try:
        ended = app(args=arguments, prog_name="orgmap", standalone_mode=False)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # the parser's way of telling it
            return 0
        raise
    except Exception as error:
        if type(error).__name__ == "Abort":  # Ctrl-C while something was asked for
            return 130
        if hasattr(error, "show"):
            return _wrong_use(error)
        raise
    return ended if isinstance(ended, int) else 0


def _wrong_use(error: Any) -> int:
    """Says what the parser refused."""
    # What the parser says where nothing was typed is the help, of many lines.
    if isinstance(getattr(error, "message", None), str) and type(error).__name__ != "NoArgsIsHelpError":
        error.message = sentence(error.message)
    if getattr(error, "option_name", "") == "--with":
        error.message += " here. It stands before the command: orgmap --with FOLDER find …"
        error.possibilities = None
    if isinstance(getattr(error, "message", None), str) and (hint := where_it_belongs(error)):
        error.message = f"{error.message.rstrip('.')}. {sentence(hint)}"
        error.possibilities = None
    message = StringIO()  # the parser would open standard error anew where that knows ASCII alone
    error.show(file=message)
    print(message.getvalue(), end="", file=sys.stderr)
    return int(error.exit_code)


def report(error: OrgmapError) -> int:
    """Says on standard error what went wrong, with the candidates if there are several, and gives the exit code."""
    with suppress(OSError, ValueError):  # where nobody can be told the code still tells
        print(f"orgmap: {sentence(str(error))}", file=sys.stderr)
        if isinstance(error, Ambiguous):
            for candidate in error.candidates[:30]:
                print(f"  {sentence(candidate)}", file=sys.stderr)
            if len(error.candidates) > 30:
                print(f"  … and {len(error.candidates) - 30} more", file=sys.stderr)
    return error.exit_code


if __name__ == "__main__":
    run()
