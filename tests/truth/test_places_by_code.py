"""A sample of the comparison of places by code: all rows are compared by `figures`."""

from __future__ import annotations

import pytest

from orgmap.loaders.open import open_store
from tests.truth.areas import COMPARED, SHARED, why

EVERY = 23
"""Every so many rows of a look-up are asked; none of the 440 of the split of 2026 is left out."""


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the published tables are not here")
@pytest.mark.parametrize("title", COMPARED)
def test_every_answer_is_that_of_the_look_up_or_the_difference_is_explained(title):
    with open_store() as store:
        found = list(COMPARED[title](store, 1 if "split" in title else EVERY))
    wrong = [(what, one) for what, one in found if one.published != one.ours and not why(one)]
    assert not wrong
    assert len(found) > 800
