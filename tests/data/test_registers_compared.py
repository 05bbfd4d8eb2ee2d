"""The published registers, compared again with the compiled ones; each difference is explained here."""

from __future__ import annotations

import pytest

from loaders.compile.nhs_england.trust_register import EDITIONS as TRUST_EDITIONS
from loaders.compile.practices.practice_register import EDITIONS
from tests.data.one_dataset import needs_shared
from tests.truth import registers

pytestmark = needs_shared


@pytest.mark.parametrize("source", [edition.source for edition in EDITIONS])
def test_practices_are_listed_under_whom_each_edition_lists_them(source: str) -> None:
    counts = registers.practices(source)
    # In 2015 the two registers date some thirty moves differently, most of them of prisons; epcmem has the day on which
    # a move was recorded. The rest are joins before the body existed, and entries withdrawn by a later edition.
    allowed = {"ods-epraccur-2015-05": 12, "ods-epraccur-2016-02": 23}.get(source, 6)
    assert counts.total() - counts[registers.AGREES] <= allowed


@pytest.mark.parametrize("quarter", sorted(registers.QUARTERS))
def test_every_practice_with_patients_stood_under_the_group_of_the_list_sizes(quarter: str) -> None:
    groups = {"ccg": 0, "other": 0}
    for practice, code, ours, patients in registers.list_sizes(quarter):
        if patients >= 100 and code == ours:
            groups["ccg"] += 1
        elif patients >= 100:
            # A hospital trust, a council or the area team itself, as whose cost centre the practice was coded.
            groups["other"] += 1
            assert ours, practice
    assert groups["other"] < groups["ccg"] * 0.002


@pytest.mark.parametrize("quarter", sorted(registers.QUARTERS))
def test_of_what_the_list_sizes_put_under_a_group_all_but_prisons_agree(quarter: str) -> None:
    counts = registers.list_sizes_of_groups(quarter)
    # Prisons and three clinics: the practice register has the prisons under NHS England's hubs.
    assert counts[registers.DIFFERS] <= 12
    assert counts[registers.NOT_KNOWN] == 0


@pytest.mark.parametrize("file", [edition.file for edition in TRUST_EDITIONS])
def test_trusts_are_open_named_and_placed_as_each_edition_has_them(file: str) -> None:
    told = registers.trusts(file)
    # Closures appear late: three trusts in 2018, six in 2020. See the tests of trusts.
    late = {"etr_2018-08-31.csv": 3, "etr_2020-21.csv": 6}.get(file, 0)
    assert told["open"][registers.DIFFERS] == late
    assert told["name"][registers.DIFFERS] == told["board"][registers.DIFFERS] == 0
