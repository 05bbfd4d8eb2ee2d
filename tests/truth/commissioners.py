"""Commissioners and what stood above them: groups, trusts, partnerships, boards, teams and regions, by code."""

from __future__ import annotations

import json
from functools import partial

from tests.truth.common import belongs, codes_and_names, names, two_codes
from tests.truth.comparing import Comparison, Row, first_of, known, section
from tests.truth.published import text_of

TITLE = "Commissioners by code, and what they belonged to"

CCG, PCT, SHA, AT, LO, REGION, STP, ICB, SICBL = (
    (prefix,) for prefix in "ccg pct sha at lo region stp icb sicbl".split()
)
OP, LU, ONS = "ods/openprescribing/", "ods/lookups/", "ons/lookups/"


def from_json(table: str, name: str = "name") -> list[dict[str, str]]:
    """A table of codes and names that was published as JSON."""
    told = json.loads(text_of(table))
    return [
        {"code": code, "name": entry if isinstance(entry, str) else entry[name]}
        | ({} if isinstance(entry, str) else {"ods": entry["ccg19cdh"]})
        for code, entry in told.items()
    ]


def _json_names(table: str, at: str, prefixes: tuple[str, ...]) -> Comparison:
    rows = partial(from_json, LU + table)
    return Comparison(
        LU + table, f"name on {at}", 1.0, partial(names, rows, at, prefixes, "code", "name"), OF_NAMES
    )


def _json_codes(table: str, at: str, prefixes: tuple[str, ...]) -> Comparison:
    rows = partial(from_json, LU + table)
    return Comparison(
        LU + table, f"both codes on {at}", 1.0, partial(two_codes, rows, at, prefixes, "code", "ods")
    )


OF_NAMES = known(
    {
        "E38000030": "a longer name of the first list; the register and the group's own name are shorter",
        "E38000129": "the list shortens the group's name",
        "E38000153": "the list misspells the name: Peninsular",
        "E38000202": "the list adds the group's places to its name",
        "E54000053": "the list of April 2020 keeps the name of the partnership's wider area; renamed with its area",
        "E16000032": "the list cuts the name off at its first comma",
        "E16000096": "the list cuts the name off at its first comma",
        "E16000147": "the list writes National Health Service in full and leaves Primary Care Trust away",
        "E16000151": "a line of the list without a name",
        "5E1": "renamed Stockton-on-Tees Teaching; the day is not known",
        "5A8": "renamed a teaching trust; the day is not known",
    }
)


def not_there(row: Row) -> str:
    """Why the graph has no name or parent for a code."""
    return "" if row.ours else "not in the graph"


TWO_AUTHORITIES = known(
    dict.fromkeys(
        ("E16000044", "E16000062", "E16000082", "E16000137"),
        "the list has this trust under two authorities; the graph has the one to which the trust answered",
    )
)


TEAMS = [
    *codes_and_names(
        OP + "CCG_APR_2013.csv",
        "2013-04-01",
        CCG,
        "CCG13CD",
        "CCG13NM",
        "CCG13CDH",
        floor=0.98,
        explain=OF_NAMES,
    ),
    belongs(OP + "CCG13_NHSAT13_NHSCR13_EW_LU.csv", "2013-04-01", "CCG13CD", CCG, "NHSAT13CD", AT),
    belongs(OP + "CCG13_NHSAT13_NHSCR13_EW_LU.csv", "2013-04-01", "CCG13CD", CCG, "NHSCR13CD", REGION),
    *codes_and_names(
        OP + "NHSAT_APR_2013_EN_NC.csv", "2013-04-01", AT, "NHSAT13CD", "NHSAT13NM", explain=OF_NAMES
    ),
    *codes_and_names(OP + "at_lf.csv", "2013-04-01", AT, "ons_code", "name", "hscic_code", explain=OF_NAMES),
    belongs("ods/derived_ccg2013_areateam_region.csv", "2013-04-01", "ccg_ods", CCG, "area_team_ods", AT),
    belongs("ods/derived_ccg2013_areateam_region.csv", "2013-04-01", "ccg_ons", CCG, "region_ons", REGION),
    belongs(
        "ods/london_ccg_to_area_team_2014.csv",
        "2014-06-01",
        "ccg_code",
        CCG,
        "area_team_code",
        ("ato",),
        1.0,
        explain=not_there,
    ),
]

TRUSTS = [
    *codes_and_names(
        OP + "PCO_2012.csv", "2012-04-01", PCT, "PCO12CD", "PCO12NM", "PCO12CDO", explain=OF_NAMES
    ),
    belongs(
        OP + "PCO12_SHA12_EN_LU.csv",
        "2012-04-01",
        "PCO12CD",
        PCT,
        "SHA12CD",
        SHA,
        0.97,
        explain=TWO_AUTHORITIES,
    ),
    *codes_and_names(
        OP + "SHA_2012.csv", "2012-04-01", SHA, "SHA12CD", "SHA12NM", "SHA12CDO", explain=OF_NAMES
    ),
    *codes_and_names(
        "ods/pct_names_2002_2006.csv",
        "2006-04-01",
        PCT,
        "code",
        "name",
        floor=1.0,
        explain=first_of(OF_NAMES, not_there),
    ),
    *codes_and_names(
        "ons/pct/pco11_names_codes_2011-04.csv",
        "2011-04-15",
        PCT,
        "PCO11CD",
        "PCO11NM",
        "PCO11CDO",
        floor=0.986,
        explain=OF_NAMES,
    ),
    belongs("ons/pct/pct11_sha_derived.csv", "2011-04-15", "pct11cd", PCT, "sha10cd", SHA),
    _json_names("postcodesio_pcts.json", "2012-04-01", PCT),
    _json_names("postcodesio_nhsHa.json", "2012-04-01", SHA),
]

GROUPS = [
    *codes_and_names(
        ONS + "ccg17_names.csv", "2017-04-01", CCG, "CCG17CD", "CCG17NM", "CCG17CDH", explain=OF_NAMES
    ),
    *codes_and_names(
        ONS + "ccg19_names.csv", "2019-04-01", CCG, "CCG19CD", "CCG19NM", "CCG19CDH", explain=OF_NAMES
    ),
    *codes_and_names(
        ONS + "ccg20_names.csv", "2020-04-01", CCG, "CCG20CD", "CCG20NM", "CCG20CDH", explain=OF_NAMES
    ),
    *codes_and_names(
        ONS + "ccg20_codes.csv", "2020-04-01", CCG, "CCG20CD", "CCG20NM", "CCG20CDH", explain=OF_NAMES
    ),
    *codes_and_names(
        ONS + "ccg21_codes.csv", "2021-04-01", CCG, "CCG21CD", "CCG21NM", "CCG21CDH", explain=OF_NAMES
    ),
    *codes_and_names(
        LU + "ref_ccg20.csv", "2020-04-01", CCG, "CCG20CD", "CCG20NM", "CCG20CDH", explain=OF_NAMES
    ),
    *codes_and_names(
        LU + "ref_ccg21.csv", "2021-04-01", CCG, "CCG21CD", "CCG21NM", "CCG21CDH", explain=OF_NAMES
    ),
    *codes_and_names(
        ONS + "stp20_names.csv",
        "2020-04-01",
        STP,
        "STP20CD",
        "STP20NM",
        "STP20CDH",
        floor=0.97,
        explain=OF_NAMES,
    ),
    *codes_and_names(
        ONS + "nhser19_names.csv",
        "2019-04-01",
        REGION,
        "NHSER19CD",
        "NHSER19NM",
        "NHSER19CDH",
        explain=OF_NAMES,
    ),
    belongs(ONS + "ccg17_stp17.csv", "2017-04-01", "CCG17CD", CCG, "STP17CD", STP),
    belongs(ONS + "ccg18_stp18.csv", "2018-04-01", "CCG18CD", CCG, "STP18CD", STP),
    belongs(ONS + "ccg19_stp19.csv", "2019-04-01", "CCG19CD", CCG, "STP19CD", STP),
    belongs(ONS + "ccg19_stp19_cal19_jul.csv", "2019-07-01", "CCG19CD", CCG, "STP19CD", STP),
    belongs(ONS + "ccg20_stp20.csv", "2020-04-01", "CCG20CD", CCG, "STP20CD", STP),
    belongs(ONS + "ccg17_nhsrlo17_nhser17.csv", "2017-04-01", "CCG17CD", CCG, "NHSRLO17CD", LO),
    belongs(ONS + "ccg17_nhsrlo17_nhser17.csv", "2017-04-01", "CCG17CD", CCG, "NHSER17CD", REGION),
    belongs(ONS + "ccg18_nhsrlo18_nhser18.csv", "2018-04-01", "CCG18CD", CCG, "NHSRLO18CD", LO),
    belongs(ONS + "ccg18_nhsrlo18_nhser18.csv", "2018-04-01", "CCG18CD", CCG, "NHSER18CD", REGION),
    belongs(ONS + "nhsrlo17_nhser17.csv", "2017-04-01", "NHSRLO17CD", LO, "NHSER17CD", REGION),
    belongs(ONS + "nhsrlo18_nhser18.csv", "2018-04-01", "NHSRLO17CD", LO, "NHSER17CD", REGION),
    belongs(LU + "CCG21_STP21_NHSER21.csv", "2021-04-01", "CCG21CD", CCG, "STP21CD", STP),
    belongs(LU + "CCG21_STP21_NHSER21.csv", "2021-04-01", "CCG21CD", CCG, "NHSER21CD", REGION),
    belongs("ons/population/ccg21_population_mid2020.csv", "2021-04-01", "CCG Code", CCG, "STP21 Code", STP),
    belongs(
        "ons/population/ccg21_population_mid2020.csv", "2021-04-01", "CCG Code", CCG, "NHSER21 Code", REGION
    ),
]

BOARDS = [
    *codes_and_names(
        "ods/icb_names_codes_dec_2024.csv",
        "2024-12-01",
        ICB,
        "ICB24CD",
        "ICB24NM",
        "ICB24CDH",
        explain=OF_NAMES,
    ),
    belongs("ods/icb/sub_icb_to_icb_2026-04.csv", "2022-07-01", "sub_icb_ods", SICBL, "icb_2022_ods", ICB),
    belongs("ods/icb/sub_icb_to_icb_2026-04.csv", "2026-04-01", "sub_icb_ods", SICBL, "icb_2026_04_ods", ICB),
    _json_names("postcodesio_icb.json", "2026-02-01", ICB),
    _json_codes("postcodesio_ccgs.json", "2026-02-01", SICBL),
    _json_names("postcodesio_nhs_regions.json", "2026-02-01", REGION),
]

COMPARISONS = [*TRUSTS, *TEAMS, *GROUPS, *BOARDS]


def figures() -> str:
    """The section on commissioners."""
    return section(TITLE, COMPARISONS)
