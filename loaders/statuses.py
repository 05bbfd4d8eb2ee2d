"""What rows of the tables are plans by what other rows say: bodies by their phases, successions by their change."""

from __future__ import annotations

from orgmap.graphmodel.model import Period
from orgmap.graphmodel.plans.stages import in_force_life, lasting_stages
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.rows import Rows


def not_in_force(rows: Rows) -> dict[str, str]:
    """The bodies that are nothing but a plan or a shadow form in these tables, each with its status.

    So is a body whose lasting stage leaves it no day in force, and in the tables of one day one that is there for the
    days of a phase.
    """
    columns = TABLES["phases"].columns
    places = map(columns.index, ("entity", "status", "valid_from", "valid_until"))
    one, status, begins, ends = places
    phases = [(row[one], row[status], row[begins] or None, row[ends] or None) for row in rows("phases")]
    lasting = lasting_stages(phases)
    of_days = {(body, begin, end): stage for body, stage, begin, end in phases}
    columns = TABLES["entities"].columns
    begins, ends = columns.index("valid_from"), columns.index("valid_until")
    found = {}
    for row in rows("entities"):
        life = Period(row[begins] or None, row[ends] or None)
        stage = lasting.get(row[0])
        if stage and not in_force_life(life, stage):
            found[row[0]] = stage.status
        elif (row[0], *life) in of_days:
            found[row[0]] = of_days[row[0], *life]
    return found


def not_happened(rows: Rows) -> dict[str, dict[str, str]]:
    """Status and day of saying of each change that has not happened: its successions have them too."""
    columns = TABLES["events"].columns
    key, *named = map(columns.index, ("id", "status", "stated_on"))
    return {
        row[key]: {columns[place]: row[place] for place in named if row[place]}
        for row in rows("events")
        if row[named[0]] not in ("", "in_force")
    }
