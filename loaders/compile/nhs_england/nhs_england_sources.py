"""Sources and code tables of NHS England's regions, area teams and local offices."""

from __future__ import annotations

REGION_OF_AREA = {
    "E40000001": "Y54",
    "E40000002": "Y55",
    "E40000003": "Y56",
    "E40000004": "Y57",
    "E40000005": "Y59",
    "E40000006": "Y58",
    "E40000007": "Y61",
    "E40000008": "Y60",
    "E40000009": "Y63",
    "E40000010": "Y62",
    "E40000011": "Y60",
    "E40000012": "Y63",
    "E40000013": "Y61",
    "E40000014": "Y62",
}
"""The register code of the region that each E40 code stands for.

The first ten stand side by side in ONS look-ups of 2013, 2018 and 2019; the last four are new codes
under the old names, given in 2022 and 2024 when boundaries moved.
"""

OFFICE_OF_AREA = {
    "E39000018": "Q71",
    "E39000025": "Q70",
    "E39000026": "Q75",
    "E39000027": "Q74",
    "E39000028": "Q73",
    "E39000029": "Q72",
    "E39000030": "Q78",
    "E39000031": "Q79",
    "E39000032": "Q76",
    "E39000033": "Q77",
    "E39000034": "Q82",
    "E39000035": "Q81",
    "E39000036": "Q80",
    "E39000037": "Q83",
    "E39000038": "Q84",
    "E39000039": "Q74",
    "E39000040": "Q84",
    "E39000041": "Q87",
    "E39000042": "Q88",
    "E39000043": "Q86",
    "E39000044": "Q85",
    "E39000045": "Q78",
    "E39000046": "Q79",
    "E39000047": "Q74",
    "E39000048": "Q72",
}
"""The register code of the local office that each E39 code stands for since 1 April 2015.

The look-up of April 2018 has both codes of fourteen; the others follow from the names.
"""

OFFICES_BEGAN = "2015-04-01"
"""The day on which the area teams ended and the local offices began."""
