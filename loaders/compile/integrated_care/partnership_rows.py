"""The rows of partnerships: bodies, names, codes, regions, member groups, and how they changed."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.commissioner_lives import group_successions
from orgmap.loaders.compile.integrated_care.partnerships import (
    BOARDS_BEGAN,
    GROUPS_IN_PARTNERSHIPS,
    PARTNERS,
    PARTNERSHIPS_BEGAN,
    REGISTER,
    SOUTH_CUMBRIA,
    Partnership,
    groups_of_partnerships,
    read_partnerships,
    regions_of_partnerships,
)
from orgmap.loaders.compile.shared.change_events import Handover, add_beginning, add_changes, passing
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, Run
from orgmap.loaders.compile.shared.compiled import Compiled

GROUPS = "clinical_commissioning_groups"
NOT_STATUTORY = "partnership without legal standing; ONS counts its area from this day"

BOUNDARY_CHANGES = ("2020-04-01",)
"""Days on which groups passed between partnerships that went on, because they joined a neighbour's group."""


def add_partnerships(dataset: Compiled, published: Path) -> None:
    """Adds every partnership with its regions, member groups and changes."""
    partnerships = read_partnerships(published)
    groups = groups_of_partnerships(published)
    for partnership in partnerships:
        _add_partnership(dataset, partnership)
    _add_regions(dataset, published)
    _add_groups(dataset, groups)
    _add_changes(dataset, published, partnerships, groups)


def _add_partnership(dataset: Compiled, partnership: Partnership) -> None:
    body, life = f"stp:{partnership.code}", partnership.life
    approx = "approx" if life.valid_from == PARTNERSHIPS_BEGAN else ""
    dataset.add_entity(
        body,
        "sustainability_and_transformation_partnership",
        partnership.names[-1].value,
        CODE_HISTORY,
        life,
        from_precision=approx,
        locator=partnership.areas[-1].value,
        note=NOT_STATUTORY if approx else "partnership without legal standing",
    )
    _add_names(dataset, body, partnership)
    dataset.add_code(
        body,
        "ods",
        partnership.code,
        REGISTER,
        valid_from=partnership.registered,
        valid_until=life.valid_until,
    )
    for area in partnership.areas:
        dataset.add_code(body, "gss", area.value, CODE_HISTORY, area)


def _add_names(dataset: Compiled, body: str, partnership: Partnership) -> None:
    history = CODE_HISTORY
    for run in partnership.names if len(partnership.names) > 1 else ():
        dataset.add_name(
            body, run.value, "official" if run == partnership.names[-1] else "former", history, run
        )
    if partnership.listed_as not in ("", *(run.value for run in partnership.names)):
        dataset.add_name(body, partnership.listed_as, "alias", PARTNERS)


def _add_regions(dataset: Compiled, published: Path) -> None:
    for code, runs in regions_of_partnerships(published).items():
        for run in runs:
            dataset.add_link(
                f"stp:{code}",
                "part_of",
                f"region:{run.value}",
                "published",
                PARTNERS,
                run,
                from_precision=_precision(run),
            )


def _precision(run: Run) -> str:
    return "approx" if run.valid_from == PARTNERSHIPS_BEGAN else ""


def _add_groups(dataset: Compiled, groups: dict[str, list[Run]]) -> None:
    for group, runs in groups.items():
        for run in runs:
            divided = group == SOUTH_CUMBRIA[0] and run.valid_from == PARTNERSHIPS_BEGAN
            early = run.valid_until <= "2017-04-01"
            dataset.add_link(
                f"ccg:{group}",
                "member_of",
                f"stp:{run.value}",
                "published",
                PARTNERS if early else GROUPS_IN_PARTNERSHIPS,
                run,
                from_precision=_precision(run),
                note=f"until April 2017 its south belonged to stp:{SOUTH_CUMBRIA[1]}" if divided else "",
            )


def _add_changes(
    dataset: Compiled, published: Path, partnerships: list[Partnership], groups: dict[str, list[Run]]
) -> None:
    history, register = CODE_HISTORY, REGISTER
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
