"""Integrated care partnerships since 2022: one for each board, derived from the Act."""

from __future__ import annotations

from pathlib import Path

from orgmap.loaders.compile.integrated_care.boards import read_boards
from orgmap.loaders.compile.shared.compiled import Compiled


def compile_dataset(published: Path) -> Compiled:
    """The partnership of every board, as long as the board."""
    dataset = Compiled("care_partnerships")
    cited = {"source": "lgpih-2007", "locator": "s. 116ZA"}
    for board in read_boards(published):
        body = f"icp:{board.code}"
        area = board.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
        name = f"{area} Integrated Care Partnership"
        note = (
            "derived: the board and every council with social care whose area lies wholly or partly in the board's must"
            " have one; it is named here after the board, what it calls itself is not in the tables"
        )
        dataset.add_entity(body, "integrated_care_partnership", name, life=board.life, note=note, **cited)
        ends = (f"icb:{board.code}", "member_of", body)
        note = "the Act requires it of every board"
        dataset.add_link(*ends, "derived", life=board.life, note=note, **cited)
    return dataset
