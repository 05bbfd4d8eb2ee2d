"""Integrated care partnerships since 2022: one for each board, derived from the Act."""

from __future__ import annotations

from pathlib import Path

from orgmap.loaders.compile.integrated_care.integrated_care_boards import Board, read_boards
from orgmap.loaders.compile.shared.cited import ODS_ATTRIBUTION, OGL, cite
from orgmap.loaders.dataset import About, Dataset

ACT, SECTION = "lgpih-2007", "s. 116ZA"

ABOUT = About(
    title="Integrated care partnerships",
    description=(
        "The joint committee that each integrated care board must have with the councils of its area since July 2022,"
        " derived from the Act: one for each board, as long as the board."
    ),
    publisher="Compiled from the Act and the boards' register",
    licence=OGL,
    attribution=ODS_ATTRIBUTION,
    coverage="England from July 2022; what the partnerships call themselves, and which boards share one, is not known",
    as_of="2026-10-09",
    horizon="2026-10-09",
)


def compile_dataset(published: Path) -> Dataset:
    """The partnership of every board, as long as the board."""
    dataset = Dataset("care_partnerships", ABOUT)
    for board in read_boards(published):
        _add_partnership(dataset, board)
    return dataset


def _add_partnership(dataset: Dataset, board: Board) -> None:
    cited = {"source": cite(dataset, ACT), "locator": SECTION}
    life = {"valid_from": board.life.valid_from, "valid_until": board.life.valid_until}
    name = board.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
    dataset.add(
        "entities",
        id=f"icp:{board.code}",
        kind="integrated_care_partnership",
        name=f"{name} Integrated Care Partnership",
        note=(
            "derived: the board and every council with social care whose area lies wholly or partly in the board's must"
            " have one; it is named here after the board, what it calls itself is not in the tables"
        ),
        **life,
        **cited,
    )
    ends = {"subject": f"icb:{board.code}", "verb": "member_of", "object": f"icp:{board.code}"}
    why = "the Act requires it of every board"
    dataset.add("relationships", basis="derived", note=why, **ends, **life, **cited)
