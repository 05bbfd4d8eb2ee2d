"""The explorer's page and the command line read the same dates, from one table of cases that both are tested with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgmap.graphmodel import dates
from orgmap.graphmodel.errors import WrongUse

CASES: dict[str, str | None] = json.loads(
    (Path(__file__).parent / "explorer_dates.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("text", CASES)
def test_the_command_line_reads_a_date_as_the_page_does(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: "2026-11-27")
    try:
        first = dates.parse_span(text).first
    except WrongUse:
        first = None
    assert first == CASES[text]
