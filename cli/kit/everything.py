"""All questions as the command line declares them, for whoever else asks them."""

from __future__ import annotations

from orgmap.cli.kit.served import served_questions, served_table
from orgmap.server.questions import ServedQuestion


def everything() -> tuple[tuple[ServedQuestion, ...], ServedQuestion]:
    """The questions, and the one that takes a table.

    >>> questions, table = everything()
    >>> questions[0].name, table.name
    ('find', 'annotate')
    """
    import typer

    from orgmap.cli.main import COMMANDS, app

    group = typer.main.get_command(app)

    def command(name: str) -> object:
        return group.get_command(None, name)  # type: ignore[attr-defined]

    return served_questions(COMMANDS, command), served_table(command("annotate"))
