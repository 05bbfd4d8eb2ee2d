"""The layers of outlines: those that were published, and those joined from the outlines of parts."""

from __future__ import annotations

from typing import NamedTuple

_PCT = "estimated: made from areas of 2015 and shares of postcodes; no published outline could be had"
_NO_TRANSFER = "the few neighbourhoods that moved between two groups in July 2015 are not restored"


class Layer(NamedTuple):
    """One layer: the file's name, the kind of its bodies, on which days it holds, and how many areas it must have."""

    layer: str
    kind: str
    valid_from: str
    valid_until: str
    expected: int
    note: str = ""


class Joined(NamedTuple):
    """A layer for days without published outlines: every body's is that of its parts in other layers, joined.

    `parts` are layers; `told` is what the parts are called on a page.
    """

    layer: str
    kind: str
    valid_from: str
    valid_until: str
    expected: int
    parts: tuple[str, ...]
    told: str
    note: str = ""


class Extra(NamedTuple):
    """A published file of which only those outlines are taken whose ground no layer has."""

    file: str
    column: str
    kind: str
    day: str


_STP = "sustainability_and_transformation_partnership"

LAYERS = (
    Layer("SHA10", "strategic_health_authority", "2006-07-01", "2013-04-01", 10),
    Layer("PCT11_est", "primary_care_trust", "2011-04-15", "2013-04-01", 151, _PCT),
    Layer("CCG13", "clinical_commissioning_group", "2013-04-01", "2015-04-01", 211, _NO_TRANSFER),
    Layer("CCG15", "clinical_commissioning_group", "2015-04-01", "2016-04-01", 209),
    Layer("CCG16", "clinical_commissioning_group", "2016-04-01", "2017-04-01", 209),
    Layer("CCG17", "clinical_commissioning_group", "2017-04-01", "2018-04-01", 207),
    Layer("CCG18", "clinical_commissioning_group", "2018-04-01", "2019-04-01", 195),
    Layer("CCG19", "clinical_commissioning_group", "2019-04-01", "2020-04-01", 191),
    Layer("CCG20", "clinical_commissioning_group", "2020-04-01", "2021-04-01", 135),
    Layer("CCG21", "clinical_commissioning_group", "2021-04-01", "2022-07-01", 106),
    Layer("NHSAT13", "area_team", "2013-04-01", "2015-04-01", 25),
    Layer("NHSRLO15", "local_office", "2015-04-01", "2016-04-01", 13),
    Layer("NHSRLO17", "local_office", "2017-04-01", "2018-04-01", 14),
    Layer("NHSER13", "nhs_region", "2013-04-01", "2018-04-01", 4),
    Layer("STP17", _STP, "2017-04-01", "2018-04-01", 44),
    Layer("STP18", _STP, "2018-04-01", "2019-04-01", 42),
    Layer("STP19", _STP, "2019-04-01", "2020-04-01", 42),
    Layer("STP20", _STP, "2020-04-01", "2021-04-01", 42),
    Layer("STP21", _STP, "2021-04-01", "2022-07-01", 42),
    Layer("ICB22", "integrated_care_board", "2022-07-01", "2023-04-01", 42),
    Layer("SICBL22", "sub_icb_location", "2022-07-01", "2023-04-01", 106),
    Layer("UTLA11", "upper_tier_council", "2009-04-01", "2013-04-01", 152),
    Layer("UTLA13", "upper_tier_council", "2013-04-01", "2017-04-01", 152),
    Layer("UTLA17", "upper_tier_council", "2017-04-01", "2019-04-01", 152),
    Layer("UTLA19", "upper_tier_council", "2019-04-01", "2020-04-01", 151),
    Layer("UTLA20", "upper_tier_council", "2020-04-01", "2021-04-01", 151),
    Layer("UTLA21", "upper_tier_council", "2021-04-01", "2023-04-01", 152),
    Layer("UTLA23", "upper_tier_council", "2023-04-01", "", 153),
    Layer("LAD11", "district_council", "2009-04-01", "2019-04-01", 326),
    Layer("LAD23", "district_council", "2023-04-01", "", 296),
)
"""Every layer of which a file of outlines was published."""

EXTRAS = (
    Extra("data/ons/boundaries/icb23_bsc.geojson", "ICB23CD", "integrated_care_board", "2023-04-01"),
    Extra("data/ons/boundaries/sicbl23_bsc.geojson", "SICBL23CD", "sub_icb_location", "2023-04-01"),
)
"""Two boards and two locations changed in April 2023, at Chichester; these files have the new outlines."""

_FRIMLEY = (
    "NHS Frimley's area was divided among three locations by the neighbourhoods that the register names"
)
_GROUPS = "clinical commissioning groups of"
_PARTS = "sustainability and transformation partnerships of"
_DISTRICTS = ("LAD11", "LAD23")

JOINED = (
    Joined("PCT10_est", "primary_care_trust", "2010-04-01", "2011-04-15", 151, ("PCT11_est",), "", _PCT),
    Joined(
        "PCTC11",
        "primary_care_trust_cluster",
        "2011-06-01",
        "2012-04-01",
        50,
        ("PCT11_est",),
        "primary care trusts",
        _PCT,
    ),
    Joined(
        "PCTC12",
        "primary_care_trust_cluster",
        "2012-04-01",
        "2013-04-01",
        49,
        ("PCT11_est",),
        "primary care trusts",
        _PCT,
    ),
    Joined(
        "SHAC11",
        "strategic_health_authority_cluster",
        "2011-10-01",
        "2013-04-01",
        4,
        ("SHA10",),
        "strategic health authorities",
    ),
    Joined("NHSRLO16", "local_office", "2016-04-01", "2017-04-01", 14, ("CCG16",), f"{_GROUPS} 2016"),
    Joined("NHSRLO18", "local_office", "2018-04-01", "2019-04-01", 14, ("CCG18",), f"{_GROUPS} 2018"),
    Joined("NHSRLO19", "local_office", "2019-04-01", "2020-04-01", 14, ("CCG19",), f"{_GROUPS} 2019"),
    Joined("STP16", _STP, "2016-04-01", "2017-01-01", 44, ("CCG16",), f"{_GROUPS} 2016"),
    Joined("STP16_2", _STP, "2017-01-01", "2017-04-01", 44, ("CCG16",), f"{_GROUPS} 2016"),
    Joined("NHSER18", "nhs_region", "2018-04-01", "2019-04-01", 5, ("STP18",), f"{_PARTS} 2018"),
    Joined("NHSER19", "nhs_region", "2019-04-01", "2022-07-01", 7, ("STP19",), f"{_PARTS} 2019"),
    Joined("NHSER22", "nhs_region", "2022-07-01", "", 7, ("ICB22",), "integrated care boards of 2022"),
    Joined("SICBL23", "sub_icb_location", "2023-04-01", "2026-04-01", 106, ("SICBL22",), ""),
    Joined("ICB23", "integrated_care_board", "2023-04-01", "2026-04-01", 42, ("SICBL23",), ""),
    Joined(
        "SICBL26",
        "sub_icb_location",
        "2026-04-01",
        "",
        106,
        ("SICBL23",),
        "sub-ICB locations of 2023",
        _FRIMLEY,
    ),
    Joined(
        "ICB26",
        "integrated_care_board",
        "2026-04-01",
        "",
        36,
        ("SICBL23",),
        "sub-ICB locations of 2023",
        _FRIMLEY,
    ),
    Joined("LAD19", "district_council", "2019-04-01", "2020-04-01", 192, _DISTRICTS, "districts of 2011"),
    Joined("LAD20", "district_council", "2020-04-01", "2021-04-01", 188, _DISTRICTS, "districts of 2011"),
    Joined("LAD21", "district_council", "2021-04-01", "2023-04-01", 181, _DISTRICTS, "districts of 2011"),
)
"""Layers for other days; a body whose ground some published outline shows has that outline, not a joined one."""

CUT_ALONG = "UTLA23"
"""The layer along which a part is cut that went to several bodies."""
