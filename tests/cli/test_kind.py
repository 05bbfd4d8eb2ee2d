"""`--kind`: the same option wherever a body is named, and a kind that there is not is refused."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Orgmap

ASKED = {
    "find": ("find", "QKS", "--at", "2023-01-01"),
    "who": ("who", "public health", "--for", "QKS", "--at", "2023-01-01"),
    "what": ("what", "QKS", "--at", "2023-01-01"),
    "answers-to": ("answers-to", "QKS", "--at", "2023-01-01"),
    "show": ("show", "QKS", "--at", "2023-01-01"),
    "search": ("search", "QKS"),
    "lineage": ("lineage", "QKS"),
    "cite": ("cite", "QKS"),
    "draw network": ("draw", "network", "QKS"),
    "draw lineage": ("draw", "lineage", "QKS"),
    "draw timeline": ("draw", "timeline", "QKS"),
    "annotate": ("annotate", "no-such.csv", "--column", "x", "-o", "-"),
}


@pytest.mark.parametrize("command", sorted(ASKED))
def test_a_kind_that_there_is_not_is_refused_everywhere(orgmap: Orgmap, command: str) -> None:
    told = orgmap(*ASKED[command], "--kind", "ccgg")
    assert (told.code, told.out) == (2, "")
    assert "“ccgg” is not a kind of body. Did you mean ccg" in told.err


@pytest.mark.parametrize("command", ["lineage", "cite", "draw timeline"])
def test_a_code_of_two_bodies_is_told_apart_by_the_kind(orgmap: Orgmap, command: str) -> None:
    assert orgmap(*ASKED[command]).code == 3
    assert orgmap(*ASKED[command], "--kind", "icb").code == 0


def test_the_kind_may_be_written_as_people_do(orgmap: Orgmap) -> None:
    told = orgmap("show", "QKS", "--kind", "Integrated care board", "--at", "2018-01-01")
    assert told.out.startswith("NHS Kent ICB  (icb:QKS")
    assert "was not in force on 2018-01-01" in told.err
