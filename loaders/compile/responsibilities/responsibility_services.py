"""Services in two levels, the words people use for them, and the national bodies that only rules need."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.curated import curated_path, lines, places_and_records, records
from orgmap.loaders.dataset import Dataset

SERVICES = "services-2026"
"""The list of services itself, ours."""

SERVICE = ("service", "group", "matrix", "name", "description", "local", "nearest")
"""What stands of each service; `matrix` names the lines of the compiled list that the service was made from."""

LOCAL = "local_commissioning"
"""The service that stands for everything that local commissioners buy."""

PLANNED = "national:offices_for_pan_icb_commissioning"
"""The one body of these that does not exist yet."""

_TIMELESS = {"from_precision": "not_known"}


class Body(NamedTuple):
    """A national body that no other dataset has."""

    id: str
    name: str
    source: str
    valid_from: str = ""
    from_precision: str = ""
    valid_until: str = ""
    until_precision: str = ""
    note: str = ""


class BodyName(NamedTuple):
    """One more name of such a body."""

    body: str
    use: str
    name: str
    valid_from: str = ""
    valid_until: str = ""
    note: str = ""


def add_services(dataset: Dataset) -> set[str]:
    """Adds every service with its names, in its group, and gives them back; `local` ones are bought locally.

    What is marked gets the layers of 2012/13: the cluster that managed and the group in the making. A service
    without a rule of its own that the table marks as `local` has the rules of everything bought locally.
    """
    source = cite(dataset, SERVICES)
    services = lines("responsibilities/services", *SERVICE)
    names = {row["service"]: row["name"] for _, row in services}
    for where, row in services:
        _known(where, names, *filter(None, [row["group"]]), *row["nearest"].split())
        service = f"service:{row['service']}"
        dataset.add(
            "entities",
            id=service,
            kind="service",
            name=row["name"],
            source=source,
            note=_description(row, names),
            **_TIMELESS,
        )
        if row["group"]:
            _inside(dataset, service, f"service:{row['group']}", source)
        if row["local"]:
            _inside(dataset, service, f"service:{LOCAL}", source)
    for where, row in lines("responsibilities/service_names", "service", "use", "name"):
        _known(where, names, row["service"])
        service = f"service:{row['service']}"
        dataset.add("names", entity=service, name=row["name"], use=row["use"], source=source)
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


def _inside(dataset: Dataset, service: str, group: str, source: str) -> None:
    dataset.add(
        "relationships",
        subject=service,
        verb="part_of",
        object=group,
        basis="administrative",
        source=source,
        **_TIMELESS,
    )


def add_bodies(dataset: Dataset) -> None:
    """Adds the national bodies that no other dataset has: those that bought, ran or held to account before."""
    sources = {}
    for body in records("responsibilities/bodies", Body, key="id"):
        sources[body.id] = cite(dataset, body.source)
        dataset.add("entities", kind="national_body", **body._asdict())
    for where, name in places_and_records("responsibilities/body_names", BodyName):
        if name.body not in sources:
            raise DataBroken(f"{where}: “{name.body}” is no body. Add it to bodies.csv, or mend the word.")
        cells = name._asdict()
        dataset.add("names", entity=cells.pop("body"), source=sources[name.body], **cells)
    if PLANNED not in sources:
        raise DataBroken(f"{curated_path('responsibilities/bodies')}: {PLANNED} is missing. Restore its row.")
    dataset.add(
        "phases",
        entity=PLANNED,
        status="planned",
        from_precision="not_known",
        valid_until="2027-04-01",
        until_precision="month",
        source=sources[PLANNED],
    )
    _add_agency_change(dataset)


def _add_agency_change(dataset: Dataset) -> None:
    event = "2005-04-01-replaced-health-protection-agency"
    source = cite(dataset, "general-knowledge")
    dataset.add(
        "events",
        id=event,
        kind="replaced",
        date="2005-04-01",
        instrument="Health Protection Agency Act 2004",
        source=source,
        note="The agency became a body of its own.",
    )
    dataset.add(
        "successions",
        event=event,
        predecessor="national:health_protection_agency_special_health_authority",
        successor="national:health_protection_agency",
    )
