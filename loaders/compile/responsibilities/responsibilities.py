"""Who commissions what for whom: services in two levels, rules and steps of accountability, each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile.shared.compiled import TIMELESS, Compiled, TwoDays
from orgmap.loaders.curated import BETWEEN, WHY, lines, lookup

SERVICES = "services-2026"
"""The list of services itself, ours."""

SERVICE = ("service", "group", "matrix", "name", "description", "local", "nearest", "since")
"""What stands of each service; `matrix` names the lines of the compiled list that the service was made from,
`since` is the first day on which there was such a service, where that is known."""

LOCAL = "local_commissioning"
"""The service that stands for everything that local commissioners buy."""


USUAL = {"coverage": "all", "status": "in_force", "instrument_verified": "no", "verified": "yes"}
"""What a blank counts as in a rule or a step of accountability."""


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
        days = TwoDays(row["since"]) if row["since"] else TIMELESS
        dataset.add_entity(service, "service", row["name"], SERVICES, days, note=_description(row, names))
        if row["group"]:
            _inside(dataset, service, f"service:{row['group']}", days)
        if row["local"]:
            _inside(dataset, service, f"service:{LOCAL}", days)
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


def _inside(dataset: Compiled, service: str, group: str, days: TwoDays) -> None:
    dataset.add_link(service, "part_of", group, "administrative", SERVICES, days)


def add_rules(dataset: Compiled, services: set[str]) -> None:
    """Adds every rule; raises `DataBroken` with file and line for one about a service that nobody described.

    Where a rule does not say who is accountable, that is whom its basis says.
    """
    for where, cells in _written("responsibilities/rules", "on_behalf_of"):
        if cells["service"] not in services:
            raise DataBroken(
                f"{where}: “{cells['service']}” is no service. Add it to services.csv, or mend the word."
            )
        cells["service"] = f"service:{cells['service']}"
        for_minister = "national:secretary_of_state" if cells["basis"] == "on_behalf_of" else ""
        answers = for_minister or cells["commissioner"]
        if cells["basis"] == "delegated":
            answers = "national:nhs_england"
        cells["accountable"] = cells["accountable"] or answers
        dataset.add("rules", on_behalf_of=for_minister, **cells)


def add_accountability(dataset: Compiled) -> None:
    """Adds every step of accountability: who answers to, assures, regulates, scrutinises, advises or pays whom."""
    for _, cells in _written("responsibilities/accountability"):
        dataset.add("accountability", **cells)


def _written(name: str, *computed: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows that people wrote of one of the model's tables, with the bodies of the groups that they name."""
    groups = lookup("responsibilities/body_groups")
    columns = [column for column in TABLES[name.rpartition("/")[2]].declared if column.name not in computed]
    for where, cells in lines(name, *(column.name for column in columns)):
        cells.pop(WHY, None)
        cells |= {column: word for column, word in USUAL.items() if not cells[column]}
        if blank := [column.name for column in columns if column.required and not cells[column.name]]:
            raise DataBroken(f"{where}: the column {blank[0]} is blank. Fill it in.")
        named = [group.strip() for group in cells["bodies"].split(BETWEEN.strip()) if group.strip()]
        if unknown := [group for group in named if group not in groups]:
            raise DataBroken(
                f"{where}: {', '.join(unknown)} is no group. Add it to body_groups.csv, or mend the word."
            )
        cells["bodies"] = " ".join(sorted(body for group in named for body in groups[group].split()))
        yield where, cells
