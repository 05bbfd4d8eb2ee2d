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
from orgmap.loaders.compile.integrated_care.boards import add_boards
from orgmap.loaders.compile.integrated_care.hubs import add_hubs
from orgmap.loaders.compile.integrated_care.locations import (
    add_locations,
    add_reporting_entities,
    read_locations,
)
from orgmap.loaders.compile.integrated_care.partners import add_partners
from orgmap.loaders.compile.integrated_care.partnerships import add_partnerships
from orgmap.loaders.compile.shared.change_events import Handover
from orgmap.loaders.compile.shared.compiled import Compiled


def compile_dataset(published: Path) -> Compiled:
    """All bodies between commissioning groups and regions since 2016, and the hubs beside them."""
    dataset = Compiled("integrated_care")
    add_partnerships(dataset, published)
    add_partners(dataset, published)
    add_boards(dataset, published)
    add_locations(dataset, published)
    add_reporting_entities(dataset, published)
    add_hubs(dataset, published)
    _add_boundary_changes(dataset, published)
    return dataset


def _add_boundary_changes(dataset: Compiled, published: Path) -> None:
    """Places that came to another system as boards took over from partnerships, and later ones between locations."""
    for move in moved_systems(published):
        pair = Handover(move.predecessor, move.successor, move.people / move.of, move.people)
        add_boundary_change(dataset, move.day, pair, move, ONS_LOOKUPS)
    lives = {f"sicbl:{location.code}": location.life for location in read_locations(published)}
    practices, register = moved_since_2022(published), "ods-epraccur-2026-02"
    add_boundary_changes(dataset, ONS_LOOKUPS, register, moved_areas(published), lives, practices)
