"""What is planned for health bodies and councils: all from rows that people wrote."""

from __future__ import annotations

from pathlib import Path

from orgmap.loaders.compile.shared.compiled import Compiled


def compile_dataset(published: Path) -> Compiled:
    """The reform ahead; nothing published is needed for it."""
    return Compiled("reform_ahead")
