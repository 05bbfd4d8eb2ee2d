"""The rows of partnerships: bodies, names, codes, regions, member groups, and how they changed."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.commissioner_lives import group_successions
from orgmap.loaders.compile.integrated_care.integrated_care_sources import (
    GROUPS_IN_PARTNERSHIPS,
    PARTNERS,
    REGISTER,
)
from orgmap.loaders.compile.integrated_care.partnerships import (
    BOARDS_BEGAN,
    PARTNERSHIPS_BEGAN,
    SOUTH_CUMBRIA,
    Partnership,
    groups_of_partnerships,
    read_partnerships,
    regions_of_partnerships,
)
from orgmap.loaders.compile.shared.change_events import Handover, add_beginning, add_changes, passing
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, Run
from orgmap.loaders.dataset import Dataset

GROUPS = "clinical_commissioning_groups"
NOT_STATUTORY = "partnership without legal standing; ONS counts its area from this day"

BOUNDARY_CHANGES = ("2020-04-01",)
"""Days on which groups passed between partnerships that went on, because they joined a neighbour's group."""


def add_partnerships(dataset: Dataset, published: Path) -> None:
    """Adds every partnership with its regions, member groups and changes."""
    partnerships = read_partnerships(published)
    groups = groups_of_partnerships(published)
    for partnership in partnerships:
        _add_partnership(dataset, partnership)
    _add_regions(dataset, published)
    _add_groups(dataset, groups)
    _add_changes(dataset, published, partnerships, groups)


def _add_partnership(dataset: Dataset, partnership: Partnership) -> None:
    body, life = f"stp:{partnership.code}", partnership.life
    approx = "approx" if life.valid_from == PARTNERSHIPS_BEGAN else ""
    dataset.add(
        "entities",
        id=body,
        kind="sustainability_and_transformation_partnership",
        name=partnership.names[-1].value,
        valid_from=life.valid_from,
        from_precision=approx,
        valid_until=life.valid_until,
        source=cite(dataset, CODE_HISTORY),
        locator=partnership.areas[-1].value,
        note=NOT_STATUTORY if approx else "partnership without legal standing",
    )
    _add_names(dataset, body, partnership)
    dataset.add(
        "identifiers",
        entity=body,
        scheme="ods",
        code=partnership.code,
        valid_from=partnership.registered,
        valid_until=life.valid_until,
        source=cite(dataset, REGISTER),
    )
    for area in partnership.areas:
        dataset.add(
            "identifiers",
            entity=body,
            scheme="gss",
            code=area.value,
            valid_from=area.valid_from,
            valid_until=area.valid_until,
            source=cite(dataset, CODE_HISTORY),
        )


def _add_names(dataset: Dataset, body: str, partnership: Partnership) -> None:
    history = cite(dataset, CODE_HISTORY)
    for run in partnership.names if len(partnership.names) > 1 else ():
        dataset.add(
            "names",
            entity=body,
            name=run.value,
            use="official" if run == partnership.names[-1] else "former",
            valid_from=run.valid_from,
            valid_until=run.valid_until,
            source=history,
        )
    if partnership.listed_as not in ("", *(run.value for run in partnership.names)):
        dataset.add(
            "names",
            entity=body,
            name=partnership.listed_as,
            use="alias",
            source=cite(dataset, PARTNERS),
        )


def _add_regions(dataset: Dataset, published: Path) -> None:
    for code, runs in regions_of_partnerships(published).items():
        for run in runs:
            dataset.add(
                "relationships",
                subject=f"stp:{code}",
                verb="part_of",
                object=f"region:{run.value}",
                basis="published",
                valid_from=run.valid_from,
                from_precision=_precision(run),
                valid_until=run.valid_until,
                source=cite(dataset, PARTNERS),
            )


def _precision(run: Run) -> str:
    return "approx" if run.valid_from == PARTNERSHIPS_BEGAN else ""


def _add_groups(dataset: Dataset, groups: dict[str, list[Run]]) -> None:
    for group, runs in groups.items():
        for run in runs:
            divided = group == SOUTH_CUMBRIA[0] and run.valid_from == PARTNERSHIPS_BEGAN
            early = run.valid_until <= "2017-04-01"
            dataset.add(
                "relationships",
                subject=f"ccg:{group}",
                verb="member_of",
                object=f"stp:{run.value}",
                basis="published",
                valid_from=run.valid_from,
                from_precision=_precision(run),
                valid_until=run.valid_until,
                source=cite(dataset, PARTNERS if early else GROUPS_IN_PARTNERSHIPS),
                note=f"until April 2017 its south belonged to stp:{SOUTH_CUMBRIA[1]}" if divided else "",
            )


def _add_changes(
    dataset: Dataset, published: Path, partnerships: list[Partnership], groups: dict[str, list[Run]]
) -> None:
    history, register = cite(dataset, CODE_HISTORY), cite(dataset, REGISTER)
    begun = [f"stp:{p.code}" for p in partnerships if p.life.valid_from == PARTNERSHIPS_BEGAN]
    cells = {"precision": "approx", "note": NOT_STATUTORY}
    add_beginning(dataset, PARTNERSHIPS_BEGAN, "partnerships", begun, history, **cells)
    for partnership in partnerships:
        if partnership.followed_by:
            day, ended = str(partnership.life.valid_until), partnership.followed_by
            pairs = [
                Handover(f"stp:{p.code}", f"stp:{ended}", 1.0) for p in partnerships if p.followed_by == ended
            ]
            if pairs[0].predecessor == f"stp:{partnership.code}":
                add_changes(dataset, day, pairs, register, counts=GROUPS)
    taking_over = {code: handover.code for code, handover in group_successions(published).items()}
    lives = {f"stp:{p.code}": p.life for p in partnerships}
    members = {
        group: [run._replace(value=f"stp:{run.value}") for run in runs] for group, runs in groups.items()
    }
    for day in BOUNDARY_CHANGES:
        moved = [p for p in passing(members, taking_over, day) if p.predecessor != p.successor]
        going_on = [p for p in moved if _goes_on(lives[p.predecessor], day)]
        add_changes(dataset, day, going_on, history, counts=GROUPS, kind="boundary_change")
    for partnership in partnerships:
        if partnership.life.valid_until == BOARDS_BEGAN:
            pair = Handover(f"stp:{partnership.code}", f"icb:{partnership.code}")
            note = "a statutory board takes the place of a partnership without legal standing"
            act = "Health and Care Act 2022"
            kind = "replaced"
            add_changes(
                dataset,
                BOARDS_BEGAN,
                [pair],
                register,
                kind=kind,
                name="partnership",
                instrument=act,
                note=note,
            )


def _goes_on(life: Period, day: str) -> bool:
    return life.valid_until is None or life.valid_until > day
