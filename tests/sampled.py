"""Of long rows of cases a part is tried in every run of the tests, and all of them in `make truth`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

Case = TypeVar("Case")


def some(cases: Iterable[Case], every: int = 3) -> list[Case]:
    """Every third of the cases, or what `every` says; all of them where ORGMAP_EVERY=1 asks for it."""
    return list(cases)[:: int(os.environ.get("ORGMAP_EVERY", every))]
