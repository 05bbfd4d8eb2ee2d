"""Clinical senates: their names, dates and the area teams that were their hosts."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.shared.change_events import Handover, add_beginning, add_changes
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.dataset import About, Dataset
from orgmap.loaders.published import read_table

COUNTED, MERGED = "clinical-senates-count", "north-west-senate"
SOURCES = {
    COUNTED: {
        "title": "Twelve clinical senates: answer in the House of Lords of 24 February 2014, trade press",
        "publisher": "UK Parliament; Health Service Journal",
        "as_of": "2014-02-24",
        "note": "Says how many there are; most names are not verified.",
    },
    MERGED: {
        "title": "North West Clinical Senate, annual report: formally merged in March 2021",
        "publisher": "North West Clinical Senate",
        "as_of": "2021-03-31",
    },
}

ABOUT = About(
    title="Clinical senates",
    description="The panels of clinicians that advise commissioners since April 2013, and who hosted them at first.",
    publisher="Compiled from parliamentary answers, trade press and one annual report",
    licence="Facts; no text is copied",
    attribution="Contains Parliamentary information licensed under the Open Parliament Licence v3.0.",
    coverage="England, from April 2013; no table says which areas they cover, or who hosted them after March 2015",
    as_of="2021-03-31",
    horizon="2021-03-31",
)

BEGAN, TEAMS_ENDED = "2013-04-01", "2015-04-01"


def compile_dataset(published: Path) -> Dataset:
    """The twelve of 2013 and the one that two of them merged into."""
    dataset = Dataset("clinical_senates", ABOUT)
    path = published / "facts" / "lists" / "clinical_senates.csv"
    columns = ("senate_id", "name", "start", "end", "successor", "host_area_team_ods", "source")
    rows = list(read_table(path, *columns))
    merged_on = {row["name"]: row["start"] for _, row in rows}
    handovers, first = [], []
    for line, row in rows:
        body = _id_of(row)
        successor = row["successor"].partition(" (")[0]
        if bool(row["end"]) != bool(successor) or (successor and successor not in merged_on):
            raise DataBroken(
                f"{path}:{line}: {row['name']} ends without a known successor, or has one and goes on."
            )
        # The month of the merger is known; those that merged end on the day that stands for it.
        until = merged_on[successor] if successor else ""
        if until and day_after(row["end"])[:7] < until[:7]:
            raise DataBroken(f"{path}:{line}: {row['name']} ends before its successor begins.")
        new = row["start"] != BEGAN
        dataset.add(
            "entities",
            id=body,
            kind="clinical_senate",
            name=row["name"],
            valid_from=row["start"],
            from_precision="month" if new else "",
            valid_until=until,
            until_precision="month" if until else "",
            source=cite(dataset, MERGED if new or until else COUNTED, SOURCES),
            note="" if new or until else "the name is not verified",
        )
        if until:
            handovers.append(Handover(body, _id_of(next(row for _, row in rows if row["name"] == successor))))
        if not new:
            first.append(body)
            _add_host(dataset, body, row["host_area_team_ods"])
    add_beginning(dataset, BEGAN, "senates", first, cite(dataset, COUNTED, SOURCES))
    for day in {merged_on[row["successor"].partition(" (")[0]] for _, row in rows if row["end"]}:
        add_changes(dataset, day, handovers, cite(dataset, MERGED, SOURCES), kind="merged", precision="month")
    return dataset


def _id_of(row: dict[str, str]) -> str:
    return f"senate:{row['senate_id'].removeprefix('CS-').lower()}"


def _add_host(dataset: Dataset, body: str, team: str) -> None:
    dataset.add(
        "relationships",
        subject=f"at:{team}",
        verb="hosts",
        object=body,
        basis="hosted",
        valid_from=BEGAN,
        valid_until=TEAMS_ENDED,
        source=cite(dataset, COUNTED, SOURCES),
        note="which team hosted which senate is not verified",
    )
