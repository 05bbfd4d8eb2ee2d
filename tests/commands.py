"""The commands as the parser has them; those of `draw` are named with the picture: “draw map”."""

from __future__ import annotations

from typing import Any

import typer

from orgmap.cli.main import COMMANDS, app

GROUP: Any = typer.main.get_command(app)


def every_command() -> dict[str, Any]:
    """Each command that can be asked, by what is typed for it."""
    found: dict[str, Any] = {}
    for name in COMMANDS:
        command = GROUP.get_command(None, name)
        below = getattr(command, "commands", {})
        found |= {f"{name} {one}": picture for one, picture in below.items()} or {name: command}
    return found


EVERY = every_command()
