"""Approval processes, their stages, and the cases that went through them: what was decided, and on what terms."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.term_tables import remembered, term_rows


class ApprovalProcess(NamedTuple):
    """A way in which bodies are approved, authorised or merged, with the days between which it was in use.

    `whole_on` is the day on which every body of the kind `approves` had been through it: bodies of that day without a
    case are cases that nobody recorded.

    >>> ApprovalProcess("merger", "Merger", approves="clinical_commissioning_group").whole_on is None
    True
    """

    id: str
    name: str
    other: str = ""
    text: str = ""
    approves: str = ""
    whole_on: str | None = None
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    stated_on: str | None = None
    source: str = ""
    locator: str = ""
    note: str = ""


class ApprovalStage(NamedTuple):
    """One stage of a process: who does what, what has to be fulfilled, within which time of which other stage.

    `text` is blank where no source states what the stage is. `limit_unit` is “day” where a source does not say whether
    working or calendar days are meant, and “week” where weeks are.

    >>> ApprovalStage("a-report", "a", 2, "report", limit_from="a-visit", limit_most=13.0, limit_unit="day").limit_most
    13.0
    """

    id: str
    process: str
    number: float
    name: str
    other: str = ""
    text: str = ""
    role: str = ""
    actor: str = ""
    actor_words: str = ""
    gate: str = ""
    limit_words: str = ""
    limit_from: str = ""
    limit_least: float | None = None
    limit_most: float | None = None
    limit_unit: str = ""
    due_on: str | None = None
    due_precision: str = ""
    due_sense: str = ""
    due_until: str | None = None
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    status: str = ""
    stated_on: str | None = None
    source: str = ""
    locator: str = ""
    note: str = ""


class ApprovalCase(NamedTuple):
    """One application: of which bodies, to make which, in which process, and the changes that came of it.

    >>> ApprovalCase("m", "merger", "Kent", bodies="ccg:09C ccg:10E", makes="ccg:91Q").bodies.split()
    ['ccg:09C', 'ccg:10E']
    """

    id: str
    process: str
    name: str
    sort: str = ""
    bodies: str = ""
    makes: str = ""
    came: str = ""
    status: str = ""
    stated_on: str | None = None
    source: str = ""
    locator: str = ""
    note: str = ""


class CaseEvent(NamedTuple):
    """What happened in a case or was to happen, or a condition that was set, as one source tells it.

    `contradicts` names what another source tells otherwise. `number` counts conditions; `criterion` is that of one.

    >>> CaseEvent("e", "m", "decided", "Approved.", outcome="approved", confidence="high").step
    'decided'
    """

    id: str
    of_case: str
    step: str
    text: str = ""
    stage: str = ""
    actor: str = ""
    actor_words: str = ""
    wave: str = ""
    outcome: str = ""
    number: float | None = None
    criterion: str = ""
    support: str = ""
    review_on: str | None = None
    review_precision: str = ""
    discharged_on: str | None = None
    discharge: str = ""
    date: str | None = None
    precision: str = ""
    date_sense: str = ""
    status: str = ""
    basis: str = ""
    confidence: str = ""
    contradicts: str = ""
    stated_on: str | None = None
    row: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class CaseTotal(NamedTuple):
    """How many cases of a process were planned, applied or decided, as one source counts them, whoever they were.

    `part_of` names the total within which this one lies, so that nobody adds the two.

    >>> CaseTotal("t", "authorisation", "decided", outcome="clear", number=8.0, wave="1").part_of
    ''
    """

    id: str
    process: str
    step: str
    text: str = ""
    wave: str = ""
    outcome: str = ""
    number: float | None = None
    part_of: str = ""
    date: str | None = None
    precision: str = ""
    date_sense: str = ""
    status: str = ""
    basis: str = ""
    confidence: str = ""
    contradicts: str = ""
    stated_on: str | None = None
    row: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class OutcomeWord(NamedTuple):
    """A word for how a case was decided: its label, as what else it counts, whether it approves, its meaning.

    `counts_as` names the wider word: who is authorised with directions is authorised with conditions, too. What is
    `final` stays so in every later count.
    """

    outcome: str
    label: str
    counts_as: str
    approves: bool
    final: bool
    meaning: str


@remembered
def outcomes() -> dict[str, OutcomeWord]:
    """The words for how a case was decided.

    >>> outcomes()["directions"].counts_as
    'conditions'
    """
    return {
        row[0]: OutcomeWord(row[0], row[1], row[2], row[3] == "yes", row[4] == "yes", row[5])
        for row in term_rows("outcomes.csv")
    }


def counted_as(outcome: str) -> list[str]:
    """An outcome and, one after the other, all wider ones as which it counts.

    >>> counted_as("directions")
    ['directions', 'conditions', 'decided']
    """
    found: list[str] = []
    while outcome and outcome not in found:
        found.append(outcome)
        outcome = outcomes()[outcome].counts_as if outcome in outcomes() else ""
    return found
