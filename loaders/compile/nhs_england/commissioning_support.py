"""Commissioning support units: offices that did commissioning work for the groups and boards."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.nhs_england.support_units import (
    BEGAN_LATER_THAN_REGISTERED,
    PRESS,
    REGISTER,
    UNVERIFIED,
    Following,
    Unit,
    Word,
    read_followings,
    read_units,
)
from orgmap.loaders.compile.shared.change_events import Handover, add_changes, components
from orgmap.loaders.compile.shared.cited import ODS_ATTRIBUTION, OGL, cite
from orgmap.loaders.compile.shared.group_register import group_periods
from orgmap.loaders.dataset import About, Dataset

SAMPLE = "ods-csu-codes"

ABOUT = About(
    title="Commissioning support units",
    description=(
        "The units that did commissioning work for clinical commissioning groups and integrated care boards "
        "since 2012: their names, codes, dates as far as they are known, and who followed whom."
    ),
    publisher="NHS Organisation Data Service; trade press",
    licence=OGL,
    attribution=ODS_ATTRIBUTION,
    coverage="England, from October 2012; ten of 37 units with dates from the register, whom they served only in Kent",
    as_of="2026-10-09",
    horizon="2026-10-09",
)

NOT_VERIFIED = "not verified against a source"
GROUPS_BEGAN = "2013-04-01"


def compile_dataset(published: Path) -> Dataset:
    """The units with their names and codes, whom they are known to have served, and their mergers."""
    dataset = Dataset("commissioning_support", ABOUT)
    units = read_units(published)
    groups = group_periods(published)
    for unit in units:
        _add_unit(dataset, unit)
        _add_names(dataset, unit)
        _add_supported(dataset, unit, groups)
    _add_changes(dataset, read_followings(published, units))
    return dataset


def _add_unit(dataset: Dataset, unit: Unit) -> None:
    ended = unit.ended
    known = REGISTER if REGISTER in (unit.begun.source, ended and ended.source) else PRESS
    dataset.add(
        "entities",
        id=unit.id,
        kind="commissioning_support_unit",
        name=unit.name,
        valid_from=unit.begun.day,
        from_precision="" if unit.begun.exact else "approx",
        valid_until=ended.day if ended else "",
        until_precision="not_known" if unit.end_unknown else "approx" if ended and not ended.exact else "",
        source=cite(dataset, SAMPLE if known == PRESS and unit.code else known),
        locator=unit.code or unit.name,
        note="; ".join(_remarks(unit)),
    )
    if unit.code:
        source = cite(dataset, REGISTER if known == REGISTER else SAMPLE)
        dataset.add("identifiers", entity=unit.id, scheme="ods", code=unit.code, source=source)


def _remarks(unit: Unit) -> list[str]:
    remarks = []
    if unit.code in BEGAN_LATER_THAN_REGISTERED:
        remarks.append("in the register from 2014-10-01, before it worked")
    if unit.id == "csu:0DG":
        remarks.append(
            "a private company on the list of approved providers, under a unit's role in the register"
        )
    dates = [("start", unit.begun), ("end", unit.ended)]
    unsure = [word for word, at in dates if at and at.source == UNVERIFIED]
    if unsure:
        remarks.append(f"{' and '.join(unsure)} {NOT_VERIFIED}")
    if not unit.code:
        remarks.append("its register code is not known")
    return remarks


def _add_names(dataset: Dataset, unit: Unit) -> None:
    source = cite(dataset, PRESS)
    for name in unit.aliases:
        if name != unit.name:
            use = "abbreviation" if " " not in name else "alias"
            dataset.add("names", entity=unit.id, name=name, use=use, source=source)
    for name in unit.former:
        cells = {"use": "former", "from_precision": "not_known", "until_precision": "not_known"}
        dataset.add("names", entity=unit.id, name=name, source=source, **cells)


def _add_supported(dataset: Dataset, unit: Unit, groups: dict[str, Period]) -> None:
    life = Period(unit.begun.day, unit.ended.day if unit.ended else None)
    for group in unit.groups:
        if period := life.clip(groups[group]):
            dataset.add(
                "relationships",
                subject=unit.id,
                verb="supports",
                object=f"ccg:{group}",
                basis="administrative",
                valid_from=period.valid_from,
                valid_until=period.valid_until,
                source=cite(dataset, UNVERIFIED),
                note=NOT_VERIFIED,
            )


def _add_changes(dataset: Dataset, followings: list[Following]) -> None:
    """One event for each day and connected group; what passed in part is told from what passed whole."""
    ordered = sorted(followings, key=lambda following: (following.date.day, following.partial))
    for (day, partial), group in groupby(
        ordered, key=lambda following: (following.date.day, following.partial)
    ):
        words = {(following.predecessor, following.successor): following.date for following in group}
        for pairs in components(Handover(old, new) for old, new in words):
            said = [words[pair.predecessor, pair.successor] for pair in pairs]
            weakest = _weakest(said)
            add_changes(
                dataset,
                day,
                pairs,
                cite(dataset, weakest),
                kind="partial_transfer" if partial else "",
                precision="" if all(word.exact for word in said) else "approx",
                note=NOT_VERIFIED if weakest == UNVERIFIED else "",
            )


def _weakest(words: list[Word]) -> str:
    order = (UNVERIFIED, PRESS, REGISTER)
    return min((word.source for word in words), key=order.index)
