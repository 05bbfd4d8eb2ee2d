"""Sources of partnerships, integrated care boards, sub-ICB locations and commissioning hubs."""

from __future__ import annotations

from orgmap.loaders.compile.shared.cited import ODS_ATTRIBUTION, OGL, ONS_ATTRIBUTION

_COPY = "Read in a public copy."
_ODS = {"publisher": "NHS Organisation Data Service", "licence": OGL, "attribution": ODS_ATTRIBUTION}
_ONS = {"publisher": "Office for National Statistics", "licence": OGL, "attribution": ONS_ATTRIBUTION}

REGISTER = "ods-ord-2026-10"
"""The newest register read: partnerships, boards, and which location lies in which board."""

PARTNERS = "ods-stp-partners-2019-04"
"""The register's own list of partnerships and their members."""

GROUPS_IN_PARTNERSHIPS = "ons-ccg-stp"
"""Yearly look-ups from commissioning group to partnership."""
