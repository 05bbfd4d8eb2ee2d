"""The public's voice: Health and Wellbeing Boards, local Healthwatch, and LINks before them."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils import healthwatch
from orgmap.loaders.compile.councils.boards import KENT_BOARD, SECTION, SHADOW_FROM, Boards
from orgmap.loaders.compile.councils.reorganisations import COUNTED
from orgmap.loaders.compile.councils.voice import FOUNDED, Councils, Tie
from orgmap.loaders.compile.shared.change_events import add_event
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import rows
from orgmap.loaders.published import read_table

LATER_CHANGES_HANDLED = {(date, about) for date, about, _ in rows("public_voice/later_changes")}
"""The rows of the list of later changes of which it is decided what became; another stops the compile step."""


def compile_dataset(published: Path) -> Compiled:
    """Boards and Healthwatch of every upper-tier council, from the lists and the councils' history.

    What went before them, the LINks of 2008 to 2013, are rows that people wrote.
    """
    dataset = Compiled("public_voice")
    _check_later_changes(published)
    councils = Councils(published)
    boards = Boards(published, councils)
    healthwatches = healthwatch.Healthwatches(published, councils)
    for body in (*boards.bodies.values(), *healthwatches.bodies.values()):
        dataset.add("entities", **body._asdict())
    for other in (*boards.other_names, *healthwatches.other_names):
        dataset.add_name(other.body, other.name, "alias", other.source, other, note=other.note)
    for change in (*boards.changes, *healthwatches.changes):
        cells = change._asdict()
        add_event(dataset, cells.pop("id"), counts=COUNTED, **cells)
    for tie in boards.ties:
        ends = (tie.body, "part_of", tie.council)
        dataset.add_link(*ends, "statutory", "hsca-2012", tie, locator=SECTION)
        if tie.valid_from == FOUNDED and tie.body != KENT_BOARD:
            _add_shadow_board(dataset, tie)
    for tie in healthwatches.ties:
        ends = (tie.council, "holds_contract_with", tie.body)
        basis = "derived" if tie.note else "statutory"
        locator = healthwatch.SECTION if tie.source == healthwatch.ACT else ""
        dataset.add_link(*ends, basis, tie.source, tie, locator=locator, note=tie.note)
    return dataset


def _check_later_changes(published: Path) -> None:
    path = published / "facts" / "lists" / "hwb_healthwatch_later_changes.csv"
    for line, row in read_table(path, "date", "kind", "change"):
        if (row["date"], row["kind"]) not in LATER_CHANGES_HANDLED:
            raise DataBroken(f"{path}:{line}: nobody decided what becomes of “{row['change']}”.")


def _add_shadow_board(dataset: Compiled, tie: Tie) -> None:
    """Before 2013 the boards met in shadow form, and belonged to their councils already."""
    life, source = TwoDays(SHADOW_FROM, FOUNDED, "approx"), "lga-shadow-boards"
    note = "said of all boards together; the day of each is not known, and not every council had one yet"
    dataset.add_phase(tie.body, "shadow", source, life, note=note)
    ends = (tie.body, "part_of", tie.council)
    dataset.add_link(*ends, "administrative", source, life, status="shadow", note=note)
