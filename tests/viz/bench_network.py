"""Benchmark of the explorer, printed and never asserted: `python -m tests.viz.bench_network`."""

from __future__ import annotations

import time

from orgmap.loaders.open import open_store
from orgmap.viz.network.picture import draw_network
from tests.worlds import in_sqlite, world


def many(bodies: int) -> str:
    """A drawn world: a region, its groups, and practices that are members of them."""
    groups = [f"ccg:{number:03}" for number in range(max(1, bodies // 50))]
    practices = [f"practice:P{number:05}" for number in range(bodies - 1 - len(groups))]
    lines = ["entities", "id | name | valid_from | valid_until", "region:Y57 | South | 2013-04-01 |"]
    lines += [f"{one} | NHS Group {one[4:]} CCG | 2013-04-01 |" for one in groups]
    lines += [f"{one} | The Surgery at {one[9:]} | 2013-04-01 |" for one in practices]
    lines += ["", "relationships", "subject | verb | object | valid_from | valid_until"]
    lines += [f"{one} | part_of | region:Y57 | 2013-04-01 |" for one in groups]
    lines += [
        f"{one} | member_of | {groups[number % len(groups)]} | 2013-04-01 |"
        for number, one in enumerate(practices)
    ]
    return "\n".join(lines)


def main() -> None:
    """Draws 2,000 bodies that were made up, and real ones."""
    store = in_sqlite(world(many(2_000)))
    start = time.perf_counter()
    page = draw_network(store, "region:Y57", "html", 2, "2014-01-01")
    took = time.perf_counter() - start
    print(f"network of 2,000 bodies: {took:.2f} s, {len(page.encode()) / 1e6:.2f} MB; wanted ≤ 2 s, ≤ 1 MB")
    with open_store() as england:
        for body, hops, at in (("ccg:91Q", 1, "2021-06-01"), ("stp:QKS", 3, "2021-06-01")):
            start = time.perf_counter()
            page = draw_network(england, body, "html", hops, at)
            took = time.perf_counter() - start
            print(f"network of {body}, --hops {hops}: {took:.2f} s, {len(page.encode()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
