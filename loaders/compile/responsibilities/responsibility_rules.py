"""Rules and steps of accountability: who commissions what for whom, and who answers to whom, one cited row each."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.curated import lookup, places_and_records
from orgmap.loaders.dataset import Dataset


class Rule(NamedTuple):
    """Who commissions a service for whom, as what, from when until when.

    Blank, `accountable` is whom the basis says, `coverage` all; `bodies` names groups of bodies.
    """

    id: str
    service: str
    commissioner: str
    basis: str
    population: str
    valid_from: str
    source: str
    accountable: str = ""
    acting_through: str = ""
    coverage: str = "all"
    bodies: tuple[str, ...] = ()
    status: str = "in_force"
    from_precision: str = ""
    valid_until: str = ""
    until_precision: str = ""
    stated_on: str = ""
    instrument: str = ""
    instrument_verified: str = "no"
    verified: str = "yes"
    locator: str = ""
    note: str = ""


class Step(NamedTuple):
    """Who answers to, assures, regulates, inspects, scrutinises, advises or pays whom; blanks as in a rule."""

    id: str
    subject: str
    verb: str
    object: str
    basis: str
    valid_from: str
    source: str
    about: str = ""
    coverage: str = "all"
    bodies: tuple[str, ...] = ()
    status: str = "in_force"
    from_precision: str = ""
    valid_until: str = ""
    until_precision: str = ""
    stated_on: str = ""
    instrument: str = ""
    instrument_verified: str = "no"
    verified: str = "yes"
    locator: str = ""
    note: str = ""


def add_rules(dataset: Dataset, services: set[str]) -> None:
    """Adds every rule; raises `DataBroken` with file and line for one about a service that nobody described."""
    groups = lookup("responsibilities/body_groups")
    for where, rule in places_and_records("responsibilities/rules", Rule, key="id"):
        if rule.service not in services:
            raise DataBroken(
                f"{where}: “{rule.service}” is no service. Add it to services.csv, or mend the word."
            )
        for_minister = "national:secretary_of_state" if rule.basis == "on_behalf_of" else ""
        answers = "national:nhs_england" if rule.basis == "delegated" else for_minister or rule.commissioner
        cells = {
            **rule._asdict(),
            "service": f"service:{rule.service}",
            "accountable": rule.accountable or answers,
            "on_behalf_of": for_minister,
        }
        _add(dataset, "rules", where, cells, groups)


def add_accountability(dataset: Dataset) -> None:
    """Adds every step of accountability."""
    groups = lookup("responsibilities/body_groups")
    for where, step in places_and_records("responsibilities/accountability", Step, key="id"):
        _add(dataset, "accountability", where, step._asdict(), groups)


def _add(dataset: Dataset, table: str, where: str, cells: dict[str, object], groups: dict[str, str]) -> None:
    """Adds a rule or a step with its sources, and with the bodies of the groups that it names."""
    named = [str(group) for group in cells["bodies"]]  # type: ignore[attr-defined]
    if unknown := [group for group in named if group not in groups]:
        raise DataBroken(
            f"{where}: {', '.join(unknown)} is no group. Add it to body_groups.csv, or mend the word."
        )
    for source in str(cells["source"]).split():
        cite(dataset, source)
    bodies = " ".join(sorted(body for group in named for body in groups[group].split()))
    dataset.add(table, **{**cells, "bodies": bodies})
