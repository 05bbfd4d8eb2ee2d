"""Sources on NHS commissioners that more than one dataset cites: registers, lists, Acts, press."""

from __future__ import annotations

from orgmap.loaders.compile.shared.cited import COMMON, LEGISLATION, ODS_ATTRIBUTION, OGL, ONS_ATTRIBUTION

_ODS = {"publisher": "NHS Organisation Data Service", "licence": OGL, "attribution": ODS_ATTRIBUTION}
_ONS = {"publisher": "Office for National Statistics", "licence": OGL, "attribution": ONS_ATTRIBUTION}
_LAW = {"publisher": "HM Government", "licence": OGL}
_FACTS_ONLY = "Facts only; nothing of the text is copied."
_PRESS = {"licence": "not open", "note": _FACTS_ONLY}


def instrument(year: int, number: int, about: str) -> dict[str, str]:
    """The cells of a source that is a statutory instrument; `about` says in our words what it deals with."""
    title = f"Statutory instrument {year}/{number} ({about})"
    return {"title": title, "url": f"{LEGISLATION}/uksi/{year}/{number}", **_LAW}


NHS_SOURCES: dict[str, dict[str, str]] = {
    "ods-epcmem-2019-08": COMMON["ods-epcmem-2019-08"],
    "ods-eccg-2016-02": {
        "title": "ODS eccg, clinical commissioning groups, February 2016",
        "as_of": "2016-02-01",
        "note": "Read in a public copy.",
        **_ODS,
    },
    "ods-eccg-2018-11": {
        "title": "ODS eccg, clinical commissioning groups, November 2018",
        "as_of": "2018-11-01",
        "note": "Read in a public copy.",
        **_ODS,
    },
    "ods-eccg-2025": {
        "title": "ODS eccg, clinical commissioning groups and sub-ICB locations, 2025",
        "as_of": "2025-01-01",
        "note": "Read in a public copy; the month is not stated. Closed groups keep their dates in it.",
        **_ODS,
    },
    "ons-pco-2012": {
        "title": "ONS primary care organisations (2012) names and codes, England",
        "as_of": "2012-04-01",
        **_ONS,
    },
    "pct-names-2002-2006": {
        "title": "Names of the 303 primary care trusts of 2002 to 2006, in the order of their codes",
        "note": "Names from a public copy; each code by its place in the order of those in force in April 2006. "
        "All names known from elsewhere agree, but for three changed since.",
        **_ODS,
    },
    "ons-pco12-sha12": {
        "title": "ONS primary care organisations to strategic health authorities (2012) look-up, England",
        "as_of": "2012-04-01",
        "note": "Four trusts stand under two authorities in it; only their own authority is kept.",
        **_ONS,
    },
    "ons-sha-2012": {
        "title": "ONS strategic health authorities (2012) names and codes, England",
        "as_of": "2012-04-01",
        **_ONS,
    },
    "ons-lsoa11-memberships": {
        "title": "ONS look-ups from neighbourhoods (LSOA) to commissioners, England, 2013 to 2024, and people mid-2020",
        "as_of": "2024-04-01",
        "note": "Compared edition by edition; a change between two of them is dated by the area's new code.",
        **_ONS,
    },
    "ons-ccg-2013": {
        "title": "ONS clinical commissioning groups (April 2013) names and codes, England",
        "as_of": "2013-04-01",
        **_ONS,
    },
    "ons-ccg-names": {
        "title": "ONS clinical commissioning groups names and codes and look-ups, England, 2015 to 2021",
        "as_of": "2021-04-01",
        "note": "Yearly editions: July 2015, April 2016 to April 2021.",
        **_ONS,
    },
    "ons-chd-2024": {
        "title": "ONS Code History Database, July 2024",
        "as_of": "2024-07-01",
        "note": "Dates, names and parents of area codes; read in a public copy.",
        **_ONS,
    },
    "kent-list-2012": {
        "title": "Commissioners of Kent and Medway since 2002, compiled from public pages and the register",
        "note": f"{_FACTS_ONLY} Wikipedia, Healthcare in Kent; kentonline.co.uk, 29 September 2006.",
    },
    "wikipedia-sha": {
        "title": "Wikipedia, Strategic health authority",
        "publisher": "Wikipedia",
        "licence": "CC BY-SA 4.0",
        "note": _FACTS_ONLY,
    },
    "wikipedia-pct-list": {
        "title": "Wikipedia, List of primary care trusts in England",
        "publisher": "Wikipedia",
        "licence": "CC BY-SA 4.0",
        "note": _FACTS_ONLY,
    },
    "health-policy-insight-2011-07": {
        "title": "Health Policy Insight, 14 July 2011 (clusters of strategic health authorities)",
        "publisher": "Health Policy Insight",
        "as_of": "2011-07-14",
        **_PRESS,
    },
    "ukwa-sha-tree": {
        "title": "UK Web Archive, collection tree “Strategic Health Authorities”",
        "publisher": "British Library",
        "note": _FACTS_ONLY,
    },
    "hsj-5024886": {
        "title": "Health Service Journal, article 5024886, 4 February 2011 (primary care trust clusters)",
        "publisher": "Health Service Journal",
        "as_of": "2011-02-04",
        **_PRESS,
    },
    "hsj-5027030": {
        "title": "Health Service Journal, article 5027030 (primary care trust clusters)",
        "publisher": "Health Service Journal",
        **_PRESS,
    },
    "hsj-5028980": {
        "title": "Health Service Journal, article 5028980, 28 April 2011 (primary care trust clusters)",
        "publisher": "Health Service Journal",
        "as_of": "2011-04-28",
        **_PRESS,
    },
    "guardian-2011-03-18": {
        "title": "The Guardian, 18 March 2011 (primary care trust clusters, West Midlands)",
        "publisher": "The Guardian",
        "as_of": "2011-03-18",
        **_PRESS,
    },
    "pulse-2011": {
        "title": "Pulse, 2011 (primary care trust clusters)",
        "publisher": "Pulse",
        **_PRESS,
    },
    "medway-annual-report-2012": {
        "title": "NHS Medway, annual report 2011/12",
        "publisher": "NHS Medway",
        "note": _FACTS_ONLY,
    },
    "kirklees-annual-report-2012": {
        "title": "NHS Kirklees, annual report 2011/12",
        "publisher": "NHS Kirklees",
        "note": _FACTS_ONLY,
    },
    "hsj-5073389": {
        "title": "Health Service Journal, article 5073389 (NHS England's area teams)",
        "publisher": "Health Service Journal",
        **_PRESS,
    },
    "si-2003-1066": instrument(2003, 1066, "dissolution of three primary care trusts in north-east London"),
    "si-2006-2072": instrument(2006, 2072, "primary care trusts of October 2006, and six that were divided"),
    "si-2006-1408": instrument(2006, 1408, "strategic health authorities, England"),
    "openprescribing-list-sizes": {
        "title": "NHS Prescription Services, patient list sizes by practice, quarters of 2013 to 2015",
        "publisher": "NHS Business Services Authority",
        "licence": OGL,
        "as_of": "2015-06-30",
        "note": "With the group and the area team of each practice as coded then; read in a public copy.",
    },
    "general-knowledge": COMMON["general-knowledge"],
}
"""id → the cells of the `sources` table."""
