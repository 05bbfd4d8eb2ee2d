"""Partnerships, integrated care boards, sub-ICB locations with their reporting entities, commissioning hubs."""

from __future__ import annotations

from pathlib import Path

from orgmap.loaders.compile.commissioners.boundary_changes import (
    ONS_LOOKUPS,
    add_boundary_change,
    add_boundary_changes,
    moved_areas,
    moved_since_2022,
    moved_systems,
)
from orgmap.loaders.compile.integrated_care.commissioning_hubs import add_hubs
from orgmap.loaders.compile.integrated_care.integrated_care_boards import add_boards
from orgmap.loaders.compile.integrated_care.partnership_partners import add_partners
from orgmap.loaders.compile.integrated_care.partnership_rows import add_partnerships
from orgmap.loaders.compile.integrated_care.sub_icb_locations import (
    add_locations,
    add_reporting_entities,
    read_locations,
)
from orgmap.loaders.compile.shared.change_events import Handover
from orgmap.loaders.compile.shared.cited import ODS_ATTRIBUTION, OGL, ONS_ATTRIBUTION, cite
from orgmap.loaders.dataset import About, Dataset

ABOUT = About(
    title="Partnerships, integrated care boards and sub-ICB locations",
    description=(
        "Sustainability and transformation partnerships from 2016, the integrated care boards that took over "
        "from them and from the commissioning groups in July 2022, the changes of April 2026, the sub-ICB "
        "locations and reporting entities kept for statistics, and NHS England's commissioning hubs."
    ),
    publisher="NHS Organisation Data Service; Office for National Statistics",
    licence=OGL,
    attribution=f"{ODS_ATTRIBUTION} {ONS_ATTRIBUTION}",
    coverage="England, from April 2013 (hubs) and April 2016 (partnerships) to October 2026",
    as_of="2026-10-09",
    horizon="2026-10-09",
)


def compile_dataset(published: Path) -> Dataset:
    """All bodies between commissioning groups and regions since 2016, and the hubs beside them."""
    dataset = Dataset("integrated_care", ABOUT)
    add_partnerships(dataset, published)
    add_partners(dataset, published)
    add_boards(dataset, published)
    add_locations(dataset, published)
    add_reporting_entities(dataset, published)
    add_hubs(dataset, published)
    _add_boundary_changes(dataset, published)
    return dataset


def _add_boundary_changes(dataset: Dataset, published: Path) -> None:
    """Places that came to another system as boards took over from partnerships, and later ones between locations."""
    lookups = cite(dataset, ONS_LOOKUPS)
    for move in moved_systems(published):
        pair = Handover(move.predecessor, move.successor, move.people / move.of, move.people)
        add_boundary_change(dataset, move.day, pair, move, lookups)
    lives = {f"sicbl:{location.code}": location.life for location in read_locations(published)}
    practices, register = moved_since_2022(published), cite(dataset, "ods-epraccur-2026-02")
    add_boundary_changes(dataset, lookups, register, moved_areas(published), lives, practices)
