"""All questions as the command line declares them, for whoever else asks them."""

from __future__ import annotations

from orgmap.cli.kit.sent import served_files
from orgmap.cli.kit.served import served_questions
from orgmap.server.questions import ServedFile, ServedQuestion


def everything() -> tuple[tuple[ServedQuestion, ...], tuple[ServedFile, ...]]:
    """The questions, and those about a table of one's own.

    >>> questions, files = everything()
    >>> questions[0].name, [one.name for one in files]
    ('find', ['annotate', 'handover', 'walk', 'due', 'rollup', 'check-board'])
    """
    import typer

    from orgmap.cli.main import COMMANDS, app

    group = typer.main.get_command(app)

    def command(name: str) -> object:
        return group.get_command(None, name)  # type: ignore[attr-defined]

    return served_questions(COMMANDS, command), served_files(COMMANDS, command)
