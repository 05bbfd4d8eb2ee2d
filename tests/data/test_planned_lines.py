"""What the five documents planned: every listed line has a plan or a reason, and every plan one verdict."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from orgmap.graphmodel.dates import days_meant
from orgmap.graphmodel.statuses import PLANS, STATUSES, Include
from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.queries.plans.outcome import outcome
from orgmap.queries.plans.plans import plans
from orgmap.queries.plans.statements import threads
from orgmap.queries.plans.verdicts import Outcomes
from tests.data.one_dataset import SHARED, needs_shared, rows_of

VERDICTS = {"kept", "late", "early", "changed", "dropped", "open", "not_known"}


def listed() -> list[dict[str, str]]:
    with (Path(__file__).parent / "planned_lines.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def store():
    with open_store() as opened:
        yield opened


def test_every_listed_line_has_a_plan_or_a_reason():
    planned = {line for row in rows_of("documents", "plans") for line in row["row"].split()}
    for row in listed():
        assert bool(row["left_out"]) != (f"{row['document']}:{row['line']}" in planned), row


def test_about_a_hundred_plans_are_told_and_each_cites_a_line():
    rows = rows_of("documents", "plans")
    assert len(rows) >= 99
    for row in rows:
        assert row["row"], row["id"]
        assert re.findall(r"\d+", row["locator"]), row["id"]
        lines = {line.partition(":")[2] for line in row["row"].split()}
        assert lines == set(re.findall(r"\d+", row["locator"])), row["id"]
        assert all(line.startswith(f"{row['source'][4:]}:") for line in row["row"].split()), row["id"]


def test_every_statement_has_one_verdict_and_kept_only_within_its_own_precision(store: Store):
    stated = [plan for plan in store.plans() if plan.source.startswith("doc-")]
    found, outcomes = threads(store.plans()), Outcomes(store)
    counts = Counter()
    for plan in stated:
        verdict = outcomes.verdict(plan, found[plan.plan])
        assert verdict.word in VERDICTS - {"open"}, plan.id
        counts[verdict.word] += 1
        if verdict.word == "kept" and plan.planned_for and not plan.verdict:
            first, last = days_meant(plan.planned_for, plan.planned_precision)
            assert first <= verdict.day <= last, plan.id
        if plan.verdict:
            assert plan.note, f"{plan.id} has a verdict without a reason"
        assert verdict.word == "not_known" or verdict.day or plan.note, plan.id
    assert counts == {"kept": 62, "not_known": 25, "late": 6, "early": 3, "changed": 2, "dropped": 1}


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("001-017-2", "late by 6 months"),
        ("001-040-1", "kept"),
        ("001-152-1", "late by 6 months"),
        ("001-157-1", "late by 2 months"),
        ("000-081-2", "changed"),
        ("002-133-2", "kept"),
        ("004-113-1", "early by 1 month"),
        ("004-114-1", "kept"),
        ("000-123-2", "kept"),
        ("001-160-1", "early by about 6 months"),
    ],
)
def test_what_came_of_a_plan_is_told(store: Store, statement: str, words: str):
    [told] = outcome(store, statement)["statements"]
    assert told["verdict_words"] == words


def test_the_merger_of_kent_and_medway_is_told_step_by_step(store: Store):
    told = {one["id"]: one for one in outcome(store, "merger:kent_and_medway")["statements"]}
    assert (told["004-113-1"]["planned_for"], told["004-113-1"]["came_on"]) == ("2019-11-01", "2019-10-21")
    assert told["004-086-1"]["verdict"] == "kept"
    assert told["004-114-1"]["came"][0]["id"] == "2020-04-01-merged-ccg-91Q"


def test_the_reform_of_2013_within_kent_leaves_out_what_concerned_suffolk(store: Store):
    kent = {one["id"] for one in outcome(store, "reform:2013", within="Kent")["statements"]}
    england = {one["id"] for one in outcome(store, "reform:2013")["statements"]}
    assert england - kent >= {"002-133-2", "001-040-7"}
    assert {"000-054-1", "001-017-2"} <= kent


@needs_shared
def test_no_sentence_of_a_document_is_a_plan_of_ours():
    for row in rows_of("documents", "plans"):
        [path] = (SHARED / "seeds").glob(f"{row['source'][4:]}_*.txt")
        words = re.findall(r"[a-z0-9]+", path.read_text(encoding="utf-8").lower())
        text = f" {' '.join(words)} "
        own = re.findall(r"[a-z0-9]+", row["text"].lower())
        for start in range(max(1, len(own) - 12)):
            assert len(own) <= 12 or f" {' '.join(own[start : start + 13])} " not in text, row["id"]


def test_nothing_planned_in_the_tables_is_out_of_reach_of_plans(store: Store):
    everything = Include.of(STATUSES)
    rows = [row for one in plans(store, include=everything)["plans"] for row in (one, *one["earlier"])]
    facts = {fact for row in rows for fact in row["facts"]}
    planned = {event.id for event, _ in store.events(include=everything) if event.status in PLANS}
    planned |= {one.id for one in (*store.rules(), *store.accountability()) if one.status in PLANS}
    assert planned - facts == set()
    bodies = {part["id"] for row in rows for part in (*row["about"], *row["replaces"])}
    relations = [one for one in store.relationships(include=everything) if one.status in PLANS]
    assert [one for one in relations if not {one.subject, one.object} & bodies] == []
