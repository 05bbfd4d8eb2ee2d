"""Rules: who commissions which service, for whom, as what, one cited row for each."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.responsibilities.responsibility_sources import cited_in
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.curated import OPEN, lines, lookup, rows, sources, words_of
from orgmap.loaders.dataset import Dataset
from orgmap.loaders.published import read_table

MATRIX = "responsibility_matrix.csv"
CHAINS = "accountability_chains.csv"

COMMISSIONERS = lookup("responsibilities/list_commissioners")
"""The list's words that name one kind or body; other words name several, and the rules divide them."""

BASES = words_of("responsibilities/list_bases")
"""The list's 13 kinds of role and the bases they may have; a provider does not commission."""

NOT_ALIKE = {"RM001": ("delegated",), "RM002": ("statutory", "acting_through")}
"""Rows about the layers of 2011 to 2013: each layer is a rule with a basis of its own."""

PLANNED = {"actual": "in_force", "planned": "planned", "superseded_plan": "planned"}

RECORD_BEGINS = "2002-10-01"
OLDER = "The record begins on 1 October 2002; the arrangement may be older."
NOT_LAW = "Planned, subject to Parliament: not law at the last source (25 June 2026)."
SUPERSEDED = "Superseded: this plan never took effect."

IN_OTHER_WORDS = rows("responsibilities/in_other_words")
"""Words of the lists that only their compilers understand, or that a rule says in its own columns."""


def listed_rows(published: Path, name: str) -> dict[str, dict[str, str]]:
    """The rows of a compiled list by their id, each with the place where it stands."""
    path = published / "facts" / name
    found = read_table(path, "row_id", "valid_from", "valid_to", "source", "memory_part")
    return {row["row_id"]: {**row, "where": f"{path}:{line}"} for line, row in found}


def row_of(rule: str) -> str:
    """The row of the list that a rule or step is made from: RM011a is part of RM011."""
    return rule.rstrip("abcdefgh")


def add_rules(dataset: Dataset, published: Path) -> set[str]:
    """Adds every rule; gives back the services that groups in the making bought in 2012/13.

    Raises `DataBroken` if a row of the list has no rule, or a rule says otherwise than its row.
    """
    matrix = listed_rows(published, MATRIX)
    chains = listed_rows(published, CHAINS)
    groups = body_groups()
    used = set()
    delegated = set()
    for _, rule in lines("responsibilities/rules"):
        row = {**matrix, **chains}.get(row_of(rule["id"]))
        if row is None:
            raise DataBroken(f"Rule {rule['id']} is made from no row of the lists.")
        if row_of(rule["id"]) in matrix:
            _compare(rule, row)
        used.add(row_of(rule["id"]))
        if "emerging CCG as" in row.get("acting_through", ""):
            delegated.add(f"service:{rule['service']}")
        dataset.add("rules", **_rule(dataset, rule, row, groups))
    left_out = {row["row"] for _, row in lines("responsibilities/left_out")}
    if missing := sorted(matrix.keys() - used - left_out):
        raise DataBroken(f"{MATRIX}: no rule says what is in {', '.join(missing)}.")
    return delegated


def body_groups() -> dict[str, str]:
    """The bodies of each group that a rule or step may name."""
    return {row["group"]: row["bodies"] for _, row in lines("responsibilities/body_groups")}


def bodies_of(names: str, groups: dict[str, str]) -> str:
    """The bodies of the groups that a cell names, sorted."""
    return " ".join(sorted(" ".join(groups[group] for group in names.split()).split()))


def _compare(rule: dict[str, str], row: dict[str, str]) -> None:
    """Stops if a rule names another commissioner or basis than the row it is made from."""
    allowed = NOT_ALIKE.get(row["row_id"], BASES.get(row["role"]))
    if allowed is None or rule["basis"] not in allowed:
        raise DataBroken(f"{row['where']}: the role “{row['role']}” is not that of rule {rule['id']}.")
    known = COMMISSIONERS.get(row["commissioner_kind"])
    # A letter after the number: the rule is a part of its row and may name who had the work before or beside.
    if known and rule["id"] == row["row_id"] and rule["commissioner"] != known:
        raise DataBroken(f"{row['where']}: rule {rule['id']} has another commissioner.")


def _rule(
    dataset: Dataset, rule: dict[str, str], row: dict[str, str], groups: dict[str, str]
) -> dict[str, str]:
    basis, superseded = rule["basis"], row["modality"] == "superseded_plan"
    status = PLANNED[row["modality"]]
    cited = cited_sources(dataset, rule["sources"], row)
    until = "" if superseded or rule["valid_until"] == OPEN else rule["valid_until"] or row["valid_to"]
    return {
        "id": rule["id"],
        "service": f"service:{rule['service']}",
        "commissioner": rule["commissioner"],
        "basis": basis,
        "accountable": rule["accountable"] or _accountable(rule),
        "on_behalf_of": "national:secretary_of_state" if basis == "on_behalf_of" else "",
        "acting_through": rule["acting_through"],
        "population": rule["population"],
        "coverage": rule["coverage"] or "all",
        "bodies": bodies_of(rule["bodies"], groups),
        "status": status,
        "valid_from": rule["valid_from"] or row["valid_from"],
        "from_precision": rule["from_precision"],
        "valid_until": until,
        "until_precision": "not_known" if superseded else rule["until_precision"],
        "stated_on": rule["stated_on"] or stated_on(status, cited),
        "instrument": row["instrument"],
        "instrument_verified": row.get("instrument_named_in_source_seen") or "no",
        "verified": rule["verified"] or verified(row),
        "source": " ".join(source for source, _ in cited),
        "locator": "; ".join(locator for _, locator in cited).rstrip("; "),
        "note": _note(rule, row, status, superseded),
    }


def _accountable(rule: dict[str, str]) -> str:
    if rule["basis"] == "delegated":
        return "national:nhs_england"
    return "national:secretary_of_state" if rule["basis"] == "on_behalf_of" else rule["commissioner"]


def stated_on(status: str, cited: list[tuple[str, str]]) -> str:
    """The day on which a plan was first told, where one of its sources has a day."""
    days = [day for source, _ in cited if (day := sources().get(source, {}).get("as_of"))]
    return min(days, default="") if status == "planned" else ""


def verified(row: dict[str, str]) -> str:
    """Whether a row's substance was seen in a source: yes, partly or no."""
    return {"seen": "yes", "part": "partly", "memory": "no"}[row["confidence"]]


def cited_sources(dataset: Dataset, own: str, row: dict[str, str]) -> list[tuple[str, str]]:
    """The sources of a rule or step: those of its row, those added after “+”, or others in their place."""
    cited = [] if own and not own.startswith("+") else cited_in(row["source"], row["where"])
    cited += [(source, "") for source in own.removeprefix("+").split()]
    return [(cite(dataset, source), locator) for source, locator in cited]


def unverified_words(row: dict[str, str]) -> str:
    """What nobody has seen in a source, as a sentence, or nothing."""
    words = row["memory_part"]
    for old, new in IN_OTHER_WORDS:
        words = words.replace(old, new)
    if row["source"].startswith("MEMORY ONLY") or words.startswith("whole"):
        return "Not verified against a source."
    return f"Not verified against a source: {words}." if words else ""


def _note(rule: dict[str, str], row: dict[str, str], status: str, superseded: bool) -> str:
    begins = rule["from_precision"] == "approx" and (rule["valid_from"] or row["valid_from"]) == RECORD_BEGINS
    plan = SUPERSEDED if superseded else NOT_LAW if status == "planned" else ""
    unseen = "" if rule["sources"] and not rule["sources"].startswith("+") else unverified_words(row)
    return " ".join(filter(None, [rule["note"], plan, OLDER if begins else "", unseen]))
