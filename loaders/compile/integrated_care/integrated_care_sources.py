"""Sources of partnerships, integrated care boards, sub-ICB locations and commissioning hubs."""

from __future__ import annotations

from orgmap.loaders.compile.practices.practice_register import SOURCES as PRACTICE_SOURCES
from orgmap.loaders.compile.shared.cited import ODS_ATTRIBUTION, OGL, ONS_ATTRIBUTION
from orgmap.loaders.compile.shared.nhs_sources import NHS_SOURCES

_COPY = "Read in a public copy."
_ODS = {"publisher": "NHS Organisation Data Service", "licence": OGL, "attribution": ODS_ATTRIBUTION}
_ONS = {"publisher": "Office for National Statistics", "licence": OGL, "attribution": ONS_ATTRIBUTION}

REGISTER = "ods-ord-2026-10"
"""The newest register read: partnerships, boards, and which location lies in which board."""

PARTNERS = "ods-stp-partners-2019-04"
"""The register's own list of partnerships and their members."""

GROUPS_IN_PARTNERSHIPS = "ons-ccg-stp"
"""Yearly look-ups from commissioning group to partnership."""

SOURCES = {
    **NHS_SOURCES,
    REGISTER: {
        "title": "ODS organisation records of partnerships, boards and sub-ICB locations, 9 October 2026",
        "as_of": "2026-10-09",
        "note": _COPY,
        **_ODS,
    },
    PARTNERS: {
        "title": "ODS STP partner relationships, last updated 3 April 2019",
        "as_of": "2019-04-03",
        "note": _COPY,
        **_ODS,
    },
    **{
        f"ods-epraccur-{one}": PRACTICE_SOURCES[f"ods-epraccur-{one}"]
        for one in ("2019-08", "2023-01", "2026-02")
    },
    GROUPS_IN_PARTNERSHIPS: {
        "title": "ONS clinical commissioning groups to STPs look-ups, England, April 2017 to April 2021",
        "as_of": "2021-04-01",
        "note": _COPY,
        **_ONS,
    },
    "ods-icb-mergers-2026-04": {
        "title": "ODS change summary, mergers of integrated care boards, phase 1, April 2026, version 1",
        "as_of": "2025-11-06",
        "note": "What was to be done on 1 April 2026, and was; codes not yet given in it are from ONS.",
        **_ODS,
    },
    "ons-icb-2026-04": {
        "title": "ONS integrated care boards and sub-ICB locations (April 2026) names and codes, England, and "
        "neighbourhoods to locations of 2024 and 2026 with the people of mid-2022",
        "as_of": "2026-04-01",
        "note": "Read in public copies.",
        **_ONS,
    },
    "ons-icb-2024-12": {
        "title": "ONS integrated care boards (December 2024) names and codes, England",
        "as_of": "2024-12-01",
        "note": _COPY,
        **_ONS,
    },
    "statement-icb-2025-09": {
        "title": "Written statement on integrated care boards, 9 September 2025",
        "publisher": "UK Parliament",
        "as_of": "2025-09-09",
        "note": "Names the boards of April 2026 and counts 26 leadership teams; read in public copies.",
    },
}
