"""Laws of tables of prescribing: whatever is in one, bodies and what is under none of them make it up to the penny."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmap.graphmodel.counted.practices import PARTS, Amounts
from orgmap.loaders.releases.lists import prescribing
from orgmap.loaders.releases.lists.counts import sums_of
from orgmap.queries.registers.prescribed import prescribed
from tests.prescribing_files import CHAPTERS, UNIDENTIFIED, Row, epd, pdpi, total
from tests.spec.test_prescribed import CCG, PRESCRIBING
from tests.worlds import STORES, world

CODES = ("G82001", "G82002", "G82003", "Y00001", UNIDENTIFIED)
EDITIONS = ("2014", "2019", "2022", "2025")


def pounds(decimals: int) -> st.SearchStrategy[str]:
    """Costs as they are written, with so many decimals."""
    return st.integers(0, 10 ** (decimals + 5)).map(lambda number: str(Decimal(number).scaleb(-decimals)))


def rows(decimals: int = 5) -> st.SearchStrategy[list[Row]]:
    """Rows of a table; many of one practice and chapter among them."""
    chapters = st.sampled_from((*CHAPTERS, "99"))
    one = st.builds(
        Row, st.sampled_from(CODES), chapters, st.integers(0, 90_000), pounds(2), pounds(decimals)
    )
    return st.lists(one, min_size=1, max_size=30)


@contextmanager
def written(raw: bytes) -> Iterator[Path]:
    """A file with these bytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        path.write_bytes(raw)
        yield path


def whole(raw: bytes) -> tuple[int, Decimal, Decimal]:
    """What is kept of a file, added up."""
    with written(raw) as path:
        [release], _ = prescribing.prescribing_coming(path) or ([], ())
    kept = [each.total for each in sums_of(release.rows)]
    items, *costs = map(sum, zip(*kept, strict=True))
    ingredients, actual = (Decimal(cost) / PARTS for cost in costs)
    return items, ingredients, actual


@given(table=rows(), edition=st.sampled_from(EDITIONS))
def test_nothing_of_a_file_is_lost_whichever_its_edition(table: list[Row], edition: str) -> None:
    assert whole(epd(table, edition=edition)) == total(table)


@given(table=rows(decimals=2))
def test_nothing_of_an_older_file_is_lost(table: list[Row]) -> None:
    assert whole(pdpi(table)) == total(table)


@given(table=rows(), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_size_of_blocks_change_no_sum(table: list[Row], order: Any) -> None:
    mixed = list(table)
    order.shuffle(mixed)
    found = []
    for one, read in ((table, "_as_columns"), (mixed, "_row_by_row")):
        with written(epd(one)) as path, prescribing.streams_of(path) as streams:
            layout = prescribing.layout_of(streams[0])
            assert layout
            found.append(getattr(prescribing, read)(streams[0], layout)["2025-10"].amounts)
    assert found[0] == found[1]


@given(table=rows(), cut=st.integers(1, 60))
def test_a_file_that_is_cut_off_in_its_last_line_is_refused(table: list[Row], cut: int) -> None:
    raw = epd(table)
    last = raw.rstrip(b"\n").rfind(b"\n") + 1
    with (
        written(raw[: max(last + 1, len(raw) - cut)]) as path,
        pytest.raises(prescribing.DataBroken, match=rf"table\.csv:{len(table) + 1}: .*cut off"),
    ):
        prescribing.prescribing_coming(path)


numbers = st.integers(0, 10**9)
placed = st.dictionaries(
    st.sampled_from(("practice:1", "practice:2", "practice:3", "practice:5", "unidentified", "unknown")),
    st.builds(Amounts, st.integers(0, 10**6), numbers, numbers),
    min_size=1,
)


@given(month=placed, day=st.sampled_from(("2019-01-01", "2019-01-15")))
def test_bodies_and_what_is_under_none_are_all_that_the_table_has(
    month: dict[str, Amounts], day: str
) -> None:
    drawn = PRESCRIBING.split("\nprescribing\n")[0] + "\nprescribing\n"
    drawn += (
        "id | code | entity | seen_on | unidentified | items | ingredient_cost | actual_cost | chapters\n"
    )
    for who, (items, *costs) in month.items():
        body, flag = (who if ":" in who else ""), ("yes" if who == "unidentified" else "")
        written_costs = " | ".join(str(Decimal(cost) / PARTS) for cost in costs)
        drawn += (
            f"{who} | {who.rpartition(':')[2]} | {body} | 2019-01-31 | {flag} | {items} | {written_costs} |\n"
        )
    store = STORES["sqlite"](world(drawn))
    try:
        answer = prescribed(store, CCG, day)
    finally:
        store.close()
    parts = [*answer["rows"], answer["elsewhere"], answer["unidentified"], answer["unknown"]]
    for place, column in enumerate(Amounts._fields):
        unit = 1 if column == "items" else PARTS
        found = sum(round((part[column] or 0) * unit) for part in parts)
        assert found == round(answer["total"][column] * unit) == sum(one[place] for one in month.values())
