"""What is planned for health bodies and councils: from rows that people wrote, and from who is there today."""

from __future__ import annotations

from pathlib import Path

from orgmap.loaders.compile.reform.boards_ahead import add_boards, add_ends
from orgmap.loaders.compile.reform.councils_ahead import add_councils
from orgmap.loaders.compile.reform.today import Today
from orgmap.loaders.compile.shared.compiled import Compiled


def compile_dataset(published: Path) -> Compiled:
    """The reform ahead: councils, boards and ends; what stands in its folder of rows comes to it as it is."""
    dataset = Compiled("reform_ahead")
    today = Today(published)
    add_councils(dataset, today)
    add_boards(dataset, today)
    add_ends(dataset, today)
    return dataset
