"""Who commissions what for whom: services in two levels, rules and steps of accountability, each with its source."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.shared.compiled import TIMELESS, Compiled
from orgmap.loaders.curated import lines, lookup, places_and_records

SERVICES = "services-2026"
"""The list of services itself, ours."""

SERVICE = ("service", "group", "matrix", "name", "description", "local", "nearest")
"""What stands of each service; `matrix` names the lines of the compiled list that the service was made from."""

LOCAL = "local_commissioning"
"""The service that stands for everything that local commissioners buy."""


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


def compile_dataset(published: Path) -> Compiled:
    """Services, the national bodies that only rules need, rules and accountability: all from what people wrote."""
    dataset = Compiled("responsibilities")
    add_rules(dataset, add_services(dataset))
    add_accountability(dataset)
    return dataset


def add_services(dataset: Compiled) -> set[str]:
    """Adds every service with its names, in its group, and gives them back; `local` ones are bought locally.

    What is marked gets the layers of 2012/13: the cluster that managed and the group in the making. A service
    without a rule of its own that the table marks as `local` has the rules of everything bought locally.
    """
    services = lines("responsibilities/services", *SERVICE)
    names = {row["service"]: row["name"] for _, row in services}
    for where, row in services:
        _known(where, names, *filter(None, [row["group"]]), *row["nearest"].split())
        service = f"service:{row['service']}"
        dataset.add_entity(service, "service", row["name"], SERVICES, TIMELESS, note=_description(row, names))
        if row["group"]:
            _inside(dataset, service, f"service:{row['group']}")
        if row["local"]:
            _inside(dataset, service, f"service:{LOCAL}")
    for where, row in lines("responsibilities/service_names", "service", "use", "name"):
        _known(where, names, row["service"])
        service = f"service:{row['service']}"
        dataset.add_name(service, row["name"], row["use"], SERVICES)
    return set(names)


def _known(where: str, names: dict[str, str], *services: str) -> None:
    if unknown := [service for service in services if service not in names]:
        raise DataBroken(
            f"{where}: {', '.join(unknown)} is no service. Add it to services.csv, or mend the word."
        )


def _description(row: dict[str, str], names: dict[str, str]) -> str:
    """What a service is; of what is not in the taxonomy also which services come nearest."""
    nearest = "; ".join(names[one] for one in row["nearest"].split())
    return f"{row['description']} Nearest here: {nearest}." if nearest else row["description"]


def _inside(dataset: Compiled, service: str, group: str) -> None:
    dataset.add_link(service, "part_of", group, "administrative", SERVICES, TIMELESS)


def add_rules(dataset: Compiled, services: set[str]) -> None:
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


def add_accountability(dataset: Compiled) -> None:
    """Adds every step of accountability."""
    groups = lookup("responsibilities/body_groups")
    for where, step in places_and_records("responsibilities/accountability", Step, key="id"):
        _add(dataset, "accountability", where, step._asdict(), groups)


def _add(dataset: Compiled, table: str, where: str, cells: dict[str, object], groups: dict[str, str]) -> None:
    """Adds a rule or a step with its sources, and with the bodies of the groups that it names."""
    named = [str(group) for group in cells["bodies"]]  # type: ignore[attr-defined]
    if unknown := [group for group in named if group not in groups]:
        raise DataBroken(
            f"{where}: {', '.join(unknown)} is no group. Add it to body_groups.csv, or mend the word."
        )
    bodies = " ".join(sorted(body for group in named for body in groups[group].split()))
    dataset.add(table, **{**cells, "bodies": bodies})
