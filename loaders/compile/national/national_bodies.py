"""National bodies, what became of them, and the reforms as dates with a citation."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.national.national_exceptions import (
    APPROXIMATE_ENDS,
    ELSEWHERE,
    LAST_DAYS,
    LEGAL_START,
    REMARKS,
)
from orgmap.loaders.compile.national.national_list import BODIES, NO_BODY, UNVERIFIED, Body
from orgmap.loaders.compile.national.reforms import REFORM_SOURCES, add_reforms
from orgmap.loaders.compile.shared.change_events import Handover, add_changes, add_end
from orgmap.loaders.compile.shared.cited import LEGISLATION, OGL, cite
from orgmap.loaders.compile.shared.nhs_sources import NHS_SOURCES, instrument
from orgmap.loaders.dataset import About, Dataset
from orgmap.loaders.published import read_table

ABOUT = About(
    title="National bodies and reforms",
    description="Departments, regulators and agencies with their dates and names, and the reforms as dates.",
    publisher="Acts and statutory instruments; lists compiled from public pages",
    licence=OGL,
    attribution="Contains public sector information licensed under the Open Government Licence v3.0.",
    coverage="England 1988 to 2026; national bodies that commissioning and its oversight met",
    as_of="2026-10-09",
    horizon="2026-10-09",
)

SOURCES = {
    **NHS_SOURCES,
    **REFORM_SOURCES,
    "si-1999-220": instrument(1999, 220, "National Institute for Clinical Excellence"),
    "si-2005-497": instrument(2005, 497, "National Institute for Health and Clinical Excellence"),
    "si-2011-2237": instrument(2011, 2237, "NHS Commissioning Board Authority"),
    "si-2012-901": instrument(2012, 901, "NHS Trust Development Authority"),
    "si-2012-1273": instrument(2012, 1273, "Health Education England"),
    "si-2012-1641": instrument(2012, 1641, "NHS Commissioning Board, commencement and transfer"),
    "si-2023-368": instrument(2023, 368, "Health Education England, transfer to NHS England"),
    "care-act-2014": {
        "title": "Care Act 2014",
        "publisher": "UK Parliament",
        "url": f"{LEGISLATION}/ukpga/2014/23",
        "licence": OGL,
    },
    "nuffield-trust-2021": {
        "title": "Nuffield Trust, 2021 (the end of Public Health England)",
        "publisher": "Nuffield Trust",
        "licence": "not open",
        "note": "Facts only; nothing of the text is copied.",
    },
}


class Change(NamedTuple):
    """What became of national bodies on one day."""

    date: str
    kind: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    source: str
    instrument: str = ""
    note: str = ""
    precision: str = ""


ACT = "Health and Social Care Act 2012"

CHANGES = (
    Change(
        "2012-06-01",
        "replaced",
        ("national_patient_safety_agency",),
        ("nhs_commissioning_board_authority",),
        UNVERIFIED,
        f"{ACT}, s. 281",
        "The list names the NHS Commissioning Board, which began on 1 October 2012; until then its Authority.",
    ),
    Change(
        "2012-10-01",
        "replaced",
        ("nhs_commissioning_board_authority",),
        ("nhs_england",),
        "si-2012-1641",
        "SI 2012/1641",
    ),
    Change(
        "2013-04-01",
        "replaced",
        ("health_protection_agency", "national_treatment_agency_for_substance_misuse"),
        ("public_health_england",),
        UNVERIFIED,
        f"{ACT}, s. 56",
    ),
    Change(
        "2013-04-01",
        "replaced",
        ("health_and_social_care_information_centre_special_health_authority", "nhs_connecting_for_health"),
        ("health_and_social_care_information_centre",),
        UNVERIFIED,
        f"{ACT}, s. 252",
    ),
    Change(
        "2013-04-01",
        "renamed",
        ("national_institute_for_health_and_clinical_excellence",),
        ("national_institute_for_health_and_care_excellence",),
        "hsca-2012",
        f"{ACT}, s. 232",
        "A new legal person that took over the work.",
    ),
    Change(
        "2013-04-01",
        "replaced",
        ("nhs_institute_for_innovation_and_improvement",),
        ("nhs_improving_quality",),
        UNVERIFIED,
        f"{ACT}, s. 282",
    ),
    Change(
        "2015-01-01",
        "renamed",
        ("health_research_authority_special_health_authority",),
        ("health_research_authority",),
        UNVERIFIED,
        "Care Act 2014, s. 109",
        "A new legal person that took over the work.",
    ),
    Change(
        "2015-04-01",
        "renamed",
        ("health_education_england_special_health_authority",),
        ("health_education_england",),
        "care-act-2014",
        "Care Act 2014, s. 96",
        "A new legal person that took over the work.",
    ),
    Change(
        "2016-01-01",
        "replaced",
        ("nhs_improving_quality",),
        ("nhs_england",),
        UNVERIFIED,
        note="Its work went on in a team of NHS England.",
        precision="approx",
    ),
    Change(
        "2016-04-01",
        "clustered",
        ("monitor", "nhs_trust_development_authority"),
        ("nhs_improvement",),
        UNVERIFIED,
        note="One management under one name; both stayed legal bodies.",
    ),
    Change(
        "2021-10-01",
        "replaced",
        ("public_health_england",),
        ("nhs_england", "office_for_health_improvement_and_disparities", "uk_health_security_agency"),
        "nuffield-trust-2021",
    ),
    Change("2022-02-01", "replaced", ("nhsx",), ("nhs_england",), UNVERIFIED),
    Change(
        "2022-07-01",
        "replaced",
        ("monitor", "nhs_improvement", "nhs_trust_development_authority"),
        ("nhs_england",),
        "hca-2022",
        "Health and Care Act 2022, s. 33",
    ),
    Change(
        "2023-02-01",
        "replaced",
        ("health_and_social_care_information_centre",),
        ("nhs_england",),
        UNVERIFIED,
        "SI 2023/98",
    ),
    Change(
        "2023-04-01",
        "replaced",
        ("health_education_england",),
        ("nhs_england",),
        "si-2023-368",
        "SI 2023/368",
    ),
    Change(
        "2023-10-01",
        "replaced",
        ("healthcare_safety_investigation_branch",),
        ("health_services_safety_investigations_body",),
        UNVERIFIED,
        "Health and Care Act 2022, s. 109",
    ),
    Change("2012-11-01", "abolished", ("appointments_commission",), (), UNVERIFIED, f"{ACT}, s. 279"),
    Change("2014-04-01", "abolished", ("nhs_direct",), (), UNVERIFIED),
)
"""Changes that the list states in its columns of predecessors and successors."""

PARTS = (
    ("healthwatch_england", "part_of", "care_quality_commission", "statutory"),
    ("public_health_england", "part_of", "department_of_health_and_social_care", "administrative"),
    ("uk_health_security_agency", "part_of", "department_of_health_and_social_care", "administrative"),
    (
        "office_for_health_improvement_and_disparities",
        "part_of",
        "department_of_health_and_social_care",
        "administrative",
    ),
    ("nhs_connecting_for_health", "part_of", "department_of_health_and_social_care", "administrative"),
    ("nhs_england", "hosts", "nhs_improving_quality", "administrative"),
)
"""Bodies that are no legal person of their own, and what they belong to."""


def compile_dataset(published: Path) -> Dataset:
    """Compiles the national bodies, the changes among them, and the reforms."""
    dataset = Dataset("national_bodies", ABOUT)
    listed = _listed(published)
    lives = {body.slug: _add_body(dataset, body, [listed[row] for row in body.rows]) for body in BODIES}
    for change in CHANGES:
        _add_change(dataset, change)
    for subject, verb, whole, basis in PARTS:
        part = subject if verb == "part_of" else whole
        body = next(body for body in BODIES if body.slug == part)
        dataset.add(
            "relationships",
            subject=f"national:{subject}",
            verb=verb,
            object=f"national:{whole}",
            basis=basis,
            status="in_force",
            source=cite(dataset, body.source, SOURCES),
            locator=body.locator,
            **lives[part],
        )
    add_reforms(dataset, SOURCES)
    return dataset


def _listed(published: Path) -> dict[str, dict[str, str]]:
    """The list's rows by their id. Raises `DataBroken` for a row or a name that this module does not know."""
    path = published / "facts" / "lists" / "national_and_type_bodies_aliases.csv"
    known = {row: body for body in BODIES for row in body.rows}
    rows = {}
    for line, row in read_table(path, "id", "name", "aliases", "start", "end", "statutory_status"):
        rows[row["id"]] = row
        if row["id"] in NO_BODY | ELSEWHERE:
            continue
        if row["id"] not in known:
            raise DataBroken(f"{path}:{line}: “{row['id']}” is neither a body nor a kind of body known here.")
        names = {known[row["id"]].name, *(name.name for name in known[row["id"]].names)} | REMARKS
        for alias in (cell.strip(' "') for cell in row["aliases"].split(";")):
            if alias and alias not in names:
                raise DataBroken(f"{path}:{line}: the name “{alias}” is not in national_list.py.")
    if missing := set(known) - set(rows):
        raise DataBroken(f"{path}: the rows {', '.join(sorted(missing))} are missing.")
    return rows


def _add_body(dataset: Dataset, body: Body, rows: list[dict[str, str]]) -> dict[str, str]:
    source = cite(dataset, body.source, SOURCES)
    last = LAST_DAYS.get(rows[-1]["end"], rows[-1]["end"])
    life = {
        "valid_from": LEGAL_START.get(body.slug, rows[0]["start"]),
        "valid_until": day_after(last) if last else "",
        "until_precision": "approx" if body.slug in APPROXIMATE_ENDS else "",
    }
    status = rows[0]["statutory_status"]
    dataset.add(
        "entities",
        id=f"national:{body.slug}",
        kind="national_body",
        name=body.name,
        source=source,
        locator=body.locator,
        note=f"{status[0].upper()}{status[1:]}. {body.note}".strip(),
        **life,
    )
    for name in body.names:
        named_by = cite(dataset, name.source or body.source, SOURCES)
        dataset.add("names", **{**name._asdict(), "entity": f"national:{body.slug}", "source": named_by})
    return life


def _add_change(dataset: Dataset, change: Change) -> None:
    source = cite(dataset, change.source, SOURCES)
    cells = {"instrument": change.instrument, "note": change.note, "precision": change.precision}
    before = [f"national:{slug}" for slug in change.predecessors]
    if not change.successors:
        add_end(dataset, change.date, before[0].replace(":", "-"), before, source, **cells)
        return
    pairs = [Handover(old, f"national:{new}") for old in before for new in change.successors]
    add_changes(dataset, change.date, pairs, source, kind=change.kind, **cells)
