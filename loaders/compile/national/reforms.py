"""Reforms as dates with a citation; what one changed is found by comparing the day before with the day."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.loaders.compile.integrated_care.integrated_care_sources import REGISTER as ICB_REGISTER
from orgmap.loaders.compile.integrated_care.integrated_care_sources import SOURCES as ICB_SOURCES
from orgmap.loaders.compile.practices.practice_networks import SOURCES as NETWORK_SOURCES
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.dataset import Dataset

MEMBERSHIPS = "ods-epcmem-2019-08"
CODE_HISTORY = "ons-chd-2024"
GROUP_REGISTER = "ods-eccg-2025"
NETWORK_REGISTER = "ods-epcn-2019-12"

REFORM_SOURCES = {
    ICB_REGISTER: ICB_SOURCES[ICB_REGISTER],
    NETWORK_REGISTER: NETWORK_SOURCES[NETWORK_REGISTER],
}


class Reform(NamedTuple):
    """A day on which the structure changed, what it is called, who says so, and what happened."""

    slug: str
    date: str
    name: str
    source: str
    note: str
    locator: str = ""
    precision: str = ""
    also: tuple[str, ...] = ()


REFORMS = (
    Reform(
        "1999_primary_care_groups",
        "1999-04-01",
        "Primary care groups",
        MEMBERSHIPS,
        "481 groups of practices begin in England, and 22 local health groups in Wales beside them.",
    ),
    Reform(
        "2000_first_primary_care_trusts",
        "2000-04-01",
        "First primary care trusts",
        MEMBERSHIPS,
        "The first 17 trusts begin; most of them follow one primary care group each.",
    ),
    Reform(
        "2002",
        "2002-04-01",
        "Primary care trusts everywhere",
        MEMBERSHIPS,
        "Almost all remaining primary care groups become trusts.",
        also=("Shifting the balance of power",),
    ),
    Reform(
        "2002_sha",
        "2002-10-01",
        "28 strategic health authorities",
        "wikipedia-sha",
        "28 authorities between the department and the trusts begin; who lay in which is known of Kent's alone.",
    ),
    Reform(
        "2006_sha",
        "2006-07-01",
        "Ten strategic health authorities",
        "si-2006-1408",
        "28 strategic health authorities become ten.",
    ),
    Reform(
        "2006_pct",
        "2006-10-01",
        "303 primary care trusts become 152",
        MEMBERSHIPS,
        "Most trusts merge; boundaries follow the councils' more closely.",
        also=("Commissioning a patient-led NHS",),
    ),
    Reform(
        "2008_links",
        "2008-04-01",
        "Local involvement networks (LINks)",
        "lgpih-2007",
        "A network for the public's voice in every upper-tier council's area.",
        "s. 221",
    ),
    Reform(
        "2009_councils",
        "2009-04-01",
        "Unitary councils of 2009",
        CODE_HISTORY,
        "Counties and districts in seven areas become unitary councils.",
    ),
    Reform(
        "2011_pct_clusters",
        "2011-06-01",
        "Primary care trusts cluster",
        "hsj-5028980",
        "Trusts share management and stay legal bodies; June 2011 was the deadline, London began in April.",
        precision="approx",
    ),
    Reform(
        "2011_sha_clusters",
        "2011-10-01",
        "Strategic health authorities cluster",
        "wikipedia-sha",
        "Ten authorities come under four boards and stay legal bodies.",
        precision="month",
    ),
    Reform(
        "2013",
        "2013-04-01",
        "Health and Social Care Act 2012 reforms",
        "hsca-2012",
        "Primary care trusts and strategic health authorities end. 211 clinical commissioning groups, NHS England's"
        " full powers, public health in councils, Health and Wellbeing Boards and local Healthwatch begin.",
        "ss. 9, 10, 33, 34, 194",
        also=("HSCA 2012", "2013 reforms"),
    ),
    Reform(
        "2015_area_teams",
        "2015-04-01",
        "Area teams become local offices",
        "hsj-5073389",
        "NHS England's area teams merge into 13 local offices beside London.",
    ),
    Reform(
        "2015_ccg_merger",
        "2015-04-01",
        "First merger of clinical commissioning groups",
        GROUP_REGISTER,
        "211 groups become 209.",
    ),
    Reform(
        "2016_stps",
        "2016-04-01",
        "Sustainability and transformation partnerships",
        CODE_HISTORY,
        "44 footprints of NHS bodies and councils that plan together; not statutory.",
    ),
    Reform(
        "2017_ccg_mergers",
        "2017-04-01",
        "Mergers of clinical commissioning groups, 2017",
        GROUP_REGISTER,
        "209 groups become 207.",
    ),
    Reform(
        "2018_ccg_mergers",
        "2018-04-01",
        "Mergers of clinical commissioning groups, 2018",
        GROUP_REGISTER,
        "207 groups become 195.",
    ),
    Reform(
        "2018_regions",
        "2018-04-01",
        "NHS England's South becomes two regions",
        CODE_HISTORY,
        "South West and South East follow the region South of England.",
    ),
    Reform(
        "2019_ccg_mergers",
        "2019-04-01",
        "Mergers of clinical commissioning groups, 2019",
        GROUP_REGISTER,
        "195 groups become 191.",
    ),
    Reform(
        "2019_regions",
        "2019-04-01",
        "Seven NHS regions",
        CODE_HISTORY,
        "NHS England and NHS Improvement work through seven shared regions.",
    ),
    Reform(
        "2019_councils",
        "2019-04-01",
        "Councils of 2019",
        CODE_HISTORY,
        "Dorset's councils become two unitaries; districts merge in Suffolk and Somerset.",
    ),
    Reform(
        "2019_pcns",
        "2019-10-01",
        "Primary care networks",
        NETWORK_REGISTER,
        "Practices work together under one network contract; it began on 1 July 2019, the register opens the"
        " first networks on 1 October.",
    ),
    Reform(
        "2020_ccg_mergers",
        "2020-04-01",
        "Mergers of clinical commissioning groups, 2020",
        GROUP_REGISTER,
        "191 groups become 135; Kent and Medway's eight become one. NHS England's local offices end.",
    ),
    Reform(
        "2020_councils",
        "2020-04-01",
        "Buckinghamshire Council",
        CODE_HISTORY,
        "County and districts become one unitary council.",
    ),
    Reform(
        "2021_ccg_mergers",
        "2021-04-01",
        "Mergers of clinical commissioning groups, 2021",
        GROUP_REGISTER,
        "135 groups become 106.",
    ),
    Reform(
        "2021_councils",
        "2021-04-01",
        "Councils of 2021",
        CODE_HISTORY,
        "Northamptonshire's councils become two unitaries.",
    ),
    Reform(
        "2021_public_health_england",
        "2021-10-01",
        "End of Public Health England",
        "nuffield-trust-2021",
        "Its work goes to the UK Health Security Agency, the Office for Health Improvement and Disparities"
        " and NHS England.",
    ),
    Reform(
        "2022",
        "2022-07-01",
        "Health and Care Act 2022 reforms",
        "hca-2022",
        "106 clinical commissioning groups end and 42 integrated care boards begin; Monitor and the NHS Trust"
        " Development Authority join NHS England.",
        "ss. 1, 33",
        also=("HCA 2022", "2022 reforms"),
    ),
    Reform(
        "2023_nhs_england",
        "2023-04-01",
        "Health Education England joins NHS England",
        "si-2023-368",
        "NHS Digital had joined it on 1 February 2023.",
    ),
    Reform(
        "2023_councils",
        "2023-04-01",
        "Councils of 2023",
        CODE_HISTORY,
        "Cumbria, North Yorkshire and Somerset get unitary councils.",
    ),
    Reform(
        "2026",
        "2026-04-01",
        "Integrated care board mergers of 2026",
        ICB_REGISTER,
        "12 of the 42 boards end and six begin, three of the 12 split between them; 36 boards remain.",
    ),
)
"""Every reform, in order of time."""


def add_reforms(dataset: Dataset, sources: dict[str, dict[str, str]]) -> None:
    """Adds every reform: a body of kind reform that begins on its day and never ends."""
    for reform in REFORMS:
        body = f"reform:{reform.slug}"
        source = cite(dataset, reform.source, sources)
        dataset.add(
            "entities",
            id=body,
            kind="reform",
            name=reform.name,
            valid_from=reform.date,
            from_precision=reform.precision,
            source=source,
            locator=reform.locator,
            note=reform.note,
        )
        for name in reform.also:
            dataset.add("names", entity=body, name=name, use="alias", source=source)
