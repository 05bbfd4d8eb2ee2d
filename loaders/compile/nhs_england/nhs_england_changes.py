"""How NHS England's teams and regions were joined, divided and ended, counted in commissioning groups."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.commissioner_lives import group_successions
from orgmap.loaders.compile.shared.change_events import add_beginning, add_changes, add_end, passing
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, Run
from orgmap.loaders.compile.shared.compiled import Compiled

COUNTS = "clinical_commissioning_groups"

TEAM_CHANGES = ("2015-04-01", "2016-04-01", "2018-04-01")
"""Days on which teams ended and others took over their groups."""

REGION_CHANGES = ("2018-04-01", "2019-04-01")
"""Days on which regions ended and others took over."""

BOUNDARY_CHANGES = ("2019-04-01",)
"""Days on which groups passed between local offices that went on."""

OFFICES_ENDED = "2020-04-01"

Runs = dict[str, list[Run]]


def add_team_changes(dataset: Compiled, published: Path, groups: Runs, regions: Runs) -> None:
    """Adds every change; a weight is the share of the predecessor's groups that passed to the successor."""
    teams = sorted(body for body in regions if body.startswith("at:"))
    begun = sorted({run.value for body in teams for run in regions[body]})
    taking_over = {group: handover.code for group, handover in group_successions(published).items()}
    by_region = {
        group: [
            part
            for team in runs
            for region in regions[team.value]
            for part in region.within(Period(team.valid_from, team.valid_until or None))
        ]
        for group, runs in groups.items()
    }
    add_beginning(dataset, "2013-04-01", "area-teams", teams, CODE_HISTORY)
    add_beginning(dataset, "2013-04-01", "nhs-regions", begun, CODE_HISTORY)
    for date in TEAM_CHANGES:
        ended = [pair for pair in passing(groups, taking_over, date) if _ends(groups, pair.predecessor, date)]
        add_changes(dataset, date, ended, CODE_HISTORY, counts=COUNTS)
    for date in REGION_CHANGES:
        ended = [p for p in passing(by_region, taking_over, date) if _ends(by_region, p.predecessor, date)]
        add_changes(dataset, date, ended, CODE_HISTORY, counts=COUNTS)
    for date in BOUNDARY_CHANGES:
        moved = [pair for pair in passing(groups, taking_over, date) if pair.predecessor != pair.successor]
        add_changes(dataset, date, moved, CODE_HISTORY, counts=COUNTS, kind="boundary_change")
    last = sorted({r.value for runs in groups.values() for r in runs if r.valid_until == OFFICES_ENDED})
    note = "the codes end; the work stayed with the regional teams"
    add_end(dataset, OFFICES_ENDED, "local-offices", last, CODE_HISTORY, note=note)


def _ends(groups: Runs, body: str, date: str) -> bool:
    return all(
        r.valid_until and r.valid_until <= date for runs in groups.values() for r in runs if r.value == body
    )
