"""What costs much is made once for all processes of a test run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The file of that name which `make` writes, in a folder of the whole run; whoever comes second waits for it."""
    folder = factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    file, half = folder / name, folder / f"half-{name}"
    with FileLock(folder / f"{name}.lock"):
        if not file.exists():
            make(half)
            half.replace(file)
    return file
