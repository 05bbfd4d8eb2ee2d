"""How many GP practices each group or location had on the eve of a change, to weigh who took over what."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from orgmap.loaders.compile.commissioners.commissioner_lives import group_successions
from orgmap.loaders.published import read_headless

EVE_OF_BOARDS, FIRST_DAY_OF_BOARDS = "20220630", "20220701"

GP_PRACTICE = {"ods-epraccur-2023-01": "4", "ods-epraccur-2026-02": "RO76"}
"""How two editions of the practice register mark a GP practice among other prescribing cost centres."""


def group_practices_2022(published: Path, transfers: dict[str, str]) -> Counter[tuple[str, str]]:
    """GP practices of 30 June 2022 by their group and by the location they were in on the next day.

    `transfers` names, for each group that lost part of its area, the location that got it. Where a
    single practice merely changed hands that day, it counts for the group that has it since: a move
    of a practice is no succession.
    """
    earlier = _commissioners_2019(published)
    merged = {code: handover.code for code, handover in group_successions(published).items()}
    counts: Counter[tuple[str, str]] = Counter()
    path = published / "data" / "ods" / "epraccur" / "epraccur_2023-01.csv.gz"
    for _, row in read_headless(path, 27):
        code, opened, closed, location, joined = row[0], row[10], row[11], row[14], row[15]
        if row[25] != GP_PRACTICE["ods-epraccur-2023-01"] or opened > EVE_OF_BOARDS:
            continue
        if (closed and closed < EVE_OF_BOARDS) or joined > FIRST_DAY_OF_BOARDS:
            continue
        before = merged.get(earlier.get(code, ""), earlier.get(code, ""))
        moved = joined == FIRST_DAY_OF_BOARDS and transfers.get(before) == location
        counts[before if moved else location, location] += 1
    return counts


def _commissioners_2019(published: Path) -> dict[str, str]:
    path = published / "data" / "ods" / "epraccur" / "epraccur_2019-08.csv.gz"
    return {row[0]: row[14] for _, row in read_headless(path, 27)}


def location_practices_2026(published: Path) -> Counter[str]:
    """Active GP practices by sub-ICB location in February 2026, the last edition before the changes of April."""
    path = published / "data" / "ods" / "epraccur" / "epraccur_2026-02.csv.gz"
    return Counter(
        row[14]
        for _, row in read_headless(path, 27)
        if row[12] == "ACTIVE" and row[25] == GP_PRACTICE["ods-epraccur-2026-02"]
    )
