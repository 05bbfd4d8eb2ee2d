"""The explorer's page as the command line writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.cli.main import COMMANDS, run


def written(path: Path, *before: str) -> Path:
    """Has the command line write the page."""
    if "explore" not in COMMANDS:
        pytest.skip("there is no `orgmap explore` yet")
    with pytest.raises(SystemExit) as ended:
        run([*before, "explore", "-o", str(path)])
    assert not ended.value.code
    return path
