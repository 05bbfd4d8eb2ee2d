"""News of plans: one row of the table `news` turns everything in the other tables that hangs on the plan.

Applied when tables are read, before they are checked, so that the check and every store see the same; the files
keep what was planned. `orgmap.loaders.news.turning` has the one rule by which rows turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgmap.loaders.reading import Tables

NEWS = "news"
"""The table with news of plans."""


def apply_news(tables: Tables) -> None:
    """Turns what hangs on the plans of which there is news; faults and what was turned come to the tables."""
    if any(file.size for file in tables.files[NEWS]) and not tables.wrong:
        from orgmap.loaders.news.turning import turn

        turn(tables)
