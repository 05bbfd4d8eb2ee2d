"""The scripts in docs/examples run, and their results are right."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"


def script(name: str) -> ModuleType:
    """An example as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_charitys_list_counts_every_client_once(capsys: pytest.CaptureFixture[str]) -> None:
    counted = script("charity_list").main()
    assert counted.to_dict() == {
        "Eastern and Coastal Kent PCT": 1,
        "NHS Thanet CCG": 1,
        "NHS Kent and Medway CCG": 1,
        "(not known)": 1,
    }
    assert "postcode not known" in capsys.readouterr().out


def test_a_time_series_loses_nobody_at_a_reform(capsys: pytest.CaptureFixture[str]) -> None:
    series = script("time_series").main()
    assert series.sum(axis=1).round().to_dict() == {2018: 2130, 2021: 2215}
    assert series["NHS Kent and Medway Integrated Care Board"].round().to_dict() == {2018: 1830, 2021: 1905}
    assert len(series.columns) == 3  # Tameside and Glossop was divided between two boards


def test_a_network_analysis_sees_the_groups_take_over_from_the_trusts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = script("network_analysis").main()
    before, after = told["2013-03-31"], told["2013-04-01"]
    assert before["primary_care_trust"] > 50
    assert "primary_care_trust" not in after
    assert after["clinical_commissioning_group"] > 20
    assert after["upper_tier_council"] > before["upper_tier_council"]
    assert "belong to" in capsys.readouterr().out


def test_every_example_is_shown_on_a_page_and_tested_here() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in EXAMPLES.parent.rglob("*.md"))
    here = Path(__file__).read_text(encoding="utf-8")
    for example in EXAMPLES.glob("*.py"):
        assert f"examples/{example.name}" in pages
        assert f'script("{example.stem}")' in here
