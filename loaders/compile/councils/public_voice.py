"""The public's voice: Health and Wellbeing Boards, local Healthwatch, and LINks before them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.council_boards import (
    KENT_BOARD,
    SECTION,
    SHADOW_FROM,
    Boards,
)
from orgmap.loaders.compile.councils.council_changes import COUNTED
from orgmap.loaders.compile.councils.council_healthwatch import ACT, Healthwatches
from orgmap.loaders.compile.councils.council_healthwatch import SECTION as HEALTHWATCH_SECTION
from orgmap.loaders.compile.councils.council_links import SECTION as LINK_SECTION
from orgmap.loaders.compile.councils.council_links import Links
from orgmap.loaders.compile.councils.council_voice import (
    FOUNDED,
    Councils,
    OtherName,
    Tie,
    VoiceBody,
    VoiceChange,
)
from orgmap.loaders.compile.shared.compiled import Compiled, Span
from orgmap.loaders.curated import rows
from orgmap.loaders.published import read_table

LATER_CHANGES_HANDLED = {(date, about) for date, about, _ in rows("public_voice/later_changes")}
"""The rows of the list of later changes of which it is decided what became; another stops the compile step."""


def compile_dataset(published: Path) -> Compiled:
    """Boards, Healthwatch and LINks of every upper-tier council, from the lists and the councils' history."""
    dataset = Compiled("public_voice")
    _check_later_changes(published)
    councils = Councils(published)
    boards = Boards(published, councils)
    healthwatches = Healthwatches(published, councils)
    links = Links(published, councils)
    _add_bodies(dataset, [*boards.bodies.values(), *healthwatches.bodies.values(), *links.bodies.values()])
    _add_names(dataset, [*boards.other_names, *healthwatches.other_names, *links.other_names])
    link_changes = links.changes(healthwatches.first_of)
    _add_changes(dataset, [*boards.changes, *healthwatches.changes, *link_changes])
    for tie in boards.ties:
        _add_board_of_council(dataset, tie)
        if tie.valid_from == FOUNDED and tie.body != KENT_BOARD:
            _add_shadow_board(dataset, tie)
    for tie in (*healthwatches.ties, *links.ties):
        _add_contract(dataset, tie)
    return dataset


def _check_later_changes(published: Path) -> None:
    path = published / "facts" / "lists" / "hwb_healthwatch_later_changes.csv"
    for line, row in read_table(path, "date", "kind", "change"):
        if (row["date"], row["kind"]) not in LATER_CHANGES_HANDLED:
            raise DataBroken(f"{path}:{line}: nobody decided what becomes of “{row['change']}”.")


def _add_bodies(dataset: Compiled, bodies: Iterable[VoiceBody]) -> None:
    for body in bodies:
        dataset.add("entities", **body._asdict())


def _add_names(dataset: Compiled, names: Iterable[OtherName]) -> None:
    for other in names:
        dataset.add_name(other.body, other.name, "alias", other.source, other, note=other.note)


def _add_changes(dataset: Compiled, changes: Iterable[VoiceChange]) -> None:
    for change in changes:
        cells = change._asdict()
        cells.pop("pairs")
        dataset.add("events", **cells)
        for predecessor, successor, weight in change.pairs:
            counts = COUNTED if weight is not None else ""
            dataset.add(
                "successions",
                event=change.id,
                predecessor=predecessor,
                successor=successor,
                weight=weight,
                counts=counts,
            )


def _add_board_of_council(dataset: Compiled, tie: Tie) -> None:
    dataset.add_link(tie.body, "part_of", tie.council, "statutory", "hsca-2012", tie, locator=SECTION)


def _add_shadow_board(dataset: Compiled, tie: Tie) -> None:
    """Before 2013 the boards met in shadow form, and belonged to their councils already."""
    life, source = Span(SHADOW_FROM, FOUNDED, "approx"), "lga-shadow-boards"
    note = "said of all boards together; the day of each is not known, and not every council had one yet"
    dataset.add_phase(tie.body, "shadow", source, life, note=note)
    ends = (tie.body, "part_of", tie.council)
    dataset.add_link(*ends, "administrative", source, life, status="shadow", note=note)


def _add_contract(dataset: Compiled, tie: Tie) -> None:
    link = tie.body.startswith("link:")
    section = LINK_SECTION if link else HEALTHWATCH_SECTION
    dataset.add_link(
        tie.council,
        "holds_contract_with",
        tie.body,
        "derived" if tie.note else "statutory",
        tie.source,
        tie,
        locator=section if tie.source == ACT else "",
        note=tie.note or ("the contract was with the organisation that hosted the network" if link else ""),
    )
