"""What could go on for ever: steps that reach nobody new, a body with very many forerunners."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from orgmap.graphmodel.term_tables import lay_over
from tests.cli.conftest import Orgmap
from tests.mine import MINE, write_mine
from tests.running import yardstick

SLOWEST = 120
"""So many times the yardstick of this machine may a call take of its processor."""


@pytest.fixture
def plain() -> Iterator[None]:
    """Own tables are laid over in a test alone."""
    yield
    lay_over()


@pytest.mark.parametrize("day", [(), ("--at", "2014-01-01"), ("--all",)], ids=["last", "day", "all"])
def test_steps_without_end_reach_as_far_as_there_is_anybody(orgmap: Orgmap, day: tuple[str, ...]) -> None:
    told = orgmap("draw", "network", "10E", "--hops", "40", *day)
    endless = orgmap("draw", "network", "10E", "--hops", "9" * 20, *day)
    assert (told.code, endless.code) == (0, 0), endless.err
    assert told.out.count("CCG") == endless.out.count("CCG")


def test_three_hundred_bodies_one_after_the_other_are_soon_drawn(
    orgmap: Orgmap, tmp_path: Path, plain: None
) -> None:
    days = [f"{1999 + month // 12}-{1 + month % 12:02}-01" for month in range(301)]
    pairs = list(pairwise(days))
    bodies = "".join(f"ct:a{at},Trust {at},{begin},{end}\n" for at, (begin, end) in enumerate(pairs))
    events = "".join(f"e{at},replaced,{day}\n" for at, day in enumerate(days[1:-1]))
    steps = "".join(f"e{at},ct:a{at},ct:a{at + 1}\n" for at in range(299))
    write_mine(
        tmp_path / "mine",
        **dict.fromkeys(MINE)
        | {
            "kinds": MINE["kinds"],
            "roles": MINE["roles"],
            "entities": f"id,name,valid_from,valid_until\n{bodies}",
            "events": f"id,kind,date\n{events}",
            "successions": f"event,predecessor,successor\n{steps}",
        },
    )
    assert orgmap("--with", str(tmp_path / "mine"), "show", "ct:a7").code == 0
    began = process_time()
    told = orgmap("--with", str(tmp_path / "mine"), "draw", "lineage", "ct:a0")
    assert (told.code, "Trust 299" in told.out) == (0, True), told.err
    assert process_time() - began < SLOWEST * yardstick()
