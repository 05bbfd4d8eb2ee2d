"""Sources and code tables of NHS England's regions, area teams and local offices."""

from __future__ import annotations

from orgmap.loaders.curated import lookup

REGION_OF_AREA = lookup("nhs_england_teams/region_of_area")
"""The register code of the region that each E40 code stands for.

The first ten stand side by side in ONS look-ups of 2013, 2018 and 2019; the last four are new codes
under the old names, given in 2022 and 2024 when boundaries moved.
"""

OFFICE_OF_AREA = lookup("nhs_england_teams/office_of_area")
"""The register code of the local office that each E39 code stands for since 1 April 2015.

The look-up of April 2018 has both codes of fourteen; the others follow from the names.
"""

OFFICES_BEGAN = "2015-04-01"
"""The day on which the area teams ended and the local offices began."""
