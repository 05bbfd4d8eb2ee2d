"""The rows of partnerships: bodies, names, codes, regions, member groups, and how they changed."""

from __future__ import annotations

from pathlib import Path

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
from orgmap.loaders.compile.shared.compiled import Compiled, Dated, Span

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


def _since(life: Dated) -> Span:
    """A life; no law sets the day on which the first partnerships began."""
    approx = "approx" if life.valid_from == PARTNERSHIPS_BEGAN else ""
    return Span(life.valid_from, life.valid_until, approx)


def _add_partnership(dataset: Compiled, partnership: Partnership) -> None:
    body, life, names = f"stp:{partnership.code}", _since(partnership.life), partnership.names
    dataset.add_entity(
        body,
        "sustainability_and_transformation_partnership",
        names[-1].value,
        CODE_HISTORY,
        life,
        locator=partnership.areas[-1].value,
        note=NOT_STATUTORY if life.from_precision else "partnership without legal standing",
    )
    dataset.add_names(body, names, CODE_HISTORY)
    if partnership.listed_as not in ("", *(run.value for run in names)):
        dataset.add_name(body, partnership.listed_as, "alias", PARTNERS)
    registered = Span(partnership.registered, life.valid_until)
    dataset.add_code(body, "ods", partnership.code, REGISTER, registered)
    for area in partnership.areas:
        dataset.add_code(body, "gss", area.value, CODE_HISTORY, area)


def _add_regions(dataset: Compiled, published: Path) -> None:
    for code, runs in regions_of_partnerships(published).items():
        for run in runs:
            ends = (f"stp:{code}", "part_of", f"region:{run.value}")
            dataset.add_link(*ends, "published", PARTNERS, _since(run))


def _add_groups(dataset: Compiled, groups: dict[str, list[Run]]) -> None:
    for group, runs in groups.items():
        for run in runs:
            divided = group == SOUTH_CUMBRIA[0] and run.valid_from == PARTNERSHIPS_BEGAN
            note = f"until April 2017 its south belonged to stp:{SOUTH_CUMBRIA[1]}" if divided else ""
            source = PARTNERS if run.valid_until <= "2017-04-01" else GROUPS_IN_PARTNERSHIPS
            ends = (f"ccg:{group}", "member_of", f"stp:{run.value}")
            dataset.add_link(*ends, "published", source, _since(run), note=note)


def _add_changes(
    dataset: Compiled, published: Path, partnerships: list[Partnership], groups: dict[str, list[Run]]
) -> None:
    lives = {f"stp:{p.code}": p.life for p in partnerships}
    begun = [body for body, life in lives.items() if life.valid_from == PARTNERSHIPS_BEGAN]
    cells = {"precision": "approx", "note": NOT_STATUTORY}
    add_beginning(dataset, PARTNERSHIPS_BEGAN, "partnerships", begun, CODE_HISTORY, **cells)
    followed: dict[str, list[Handover]] = {}
    for p in partnerships:
        if p.followed_by:
            pair = Handover(f"stp:{p.code}", f"stp:{p.followed_by}", 1.0)
            followed.setdefault(str(p.life.valid_until), []).append(pair)
    for day, pairs in followed.items():
        add_changes(dataset, day, pairs, REGISTER, counts=GROUPS)
    taking_over = {code: handover.code for code, handover in group_successions(published).items()}
    members = {
        group: [run._replace(value=f"stp:{run.value}") for run in runs] for group, runs in groups.items()
    }
    for day in BOUNDARY_CHANGES:
        moved = [p for p in passing(members, taking_over, day) if p.predecessor != p.successor]
        going_on = [p for p in moved if lives[p.predecessor].holds(day)]
        add_changes(dataset, day, going_on, CODE_HISTORY, counts=GROUPS, kind="boundary_change")
    act = {
        "instrument": "Health and Care Act 2022",
        "note": "a statutory board takes the place of a partnership without legal standing",
    }
    boards = [
        Handover(f"stp:{p.code}", f"icb:{p.code}") for p in partnerships if p.life.valid_until == BOARDS_BEGAN
    ]
    add_changes(dataset, BOARDS_BEGAN, boards, REGISTER, kind="replaced", name="partnership", **act)
