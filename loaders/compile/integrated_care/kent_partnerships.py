"""Kent's four partnerships of places, begun in April 2020, with the areas of the groups that they were made from."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.places.place_areas import areas_of
from orgmap.loaders.compile.places.place_layers import LAYERS, covers, read_lsoas
from orgmap.loaders.compile.places.place_lives import known_bodies
from orgmap.loaders.compile.shared.cited import ONS_ATTRIBUTION, cite
from orgmap.loaders.dataset import About, Dataset
from orgmap.loaders.published import read_table

NEWS = "isle-of-thanet-news-2019-06-27"
SOURCES = {
    NEWS: {
        "title": "The Isle of Thanet News, 27 June 2019: four integrated care partnerships from April 2020",
        "publisher": "The Isle of Thanet News",
        "as_of": "2019-06-27",
        "licence": "not open",
        "note": "Facts only; nothing of the text is copied.",
    }
}

GROUPS_ENDED = "2020-04-01"
"""The day on which Kent's groups merged, and their partnerships of places began."""

ABOUT = About(
    title="Partnerships of places in Kent and Medway",
    description=(
        "The four partnerships of NHS bodies and councils for places inside Kent and Medway that were planned in 2019"
        " and began in April 2020, with the areas of the groups that they were made from."
    ),
    publisher="Compiled from local news",
    licence="Facts; no text is copied",
    attribution=ONS_ATTRIBUTION,
    coverage="Kent and Medway from April 2020; what became of them is not known",
    as_of="2020-04-01",
    horizon=GROUPS_ENDED,
)


def compile_dataset(published: Path) -> Dataset:
    """The four partnerships, their earlier names and their areas."""
    dataset = Dataset("kent_partnerships", ABOUT)
    path = published / "facts" / "lists" / "kent_partnerships.csv"
    of_group: dict[str, str] = {}
    for line, row in read_table(path, "id", "name", "former_name", "start", "ccgs_2019"):
        if row["start"] != GROUPS_ENDED:
            raise DataBroken(f"{path}:{line}: begins on {row['start']}, expected {GROUPS_ENDED}.")
        body = f"hcp:{row['id'].removeprefix('HCP-').lower()}"
        of_group |= {f"ccg:{code}": body for code in row["ccgs_2019"].split()}
        begun = {"valid_from": row["start"], "until_precision": "not_known"}
        dataset.add(
            "entities",
            id=body,
            kind="health_and_care_partnership",
            name=row["name"],
            source=cite(dataset, NEWS, SOURCES),
            note="planned in 2019 for April 2020; its present name and whether it still meets are not verified",
            **begun,
        )
        former = row["former_name"].partition(" (")[0].partition(",")[0]
        former = former.replace("ICP", "Integrated Care Partnership")
        dataset.add("names", entity=body, name=former, use="former", source=cite(dataset, NEWS, SOURCES))
    _add_areas(dataset, published, of_group)
    return dataset


def _add_areas(dataset: Dataset, published: Path, of_group: dict[str, str]) -> None:
    [groups] = [layer for layer in LAYERS if layer.prefix == "ccg"]
    bodies = known_bodies(published)
    for area in areas_of(read_lsoas(published)):
        for cover in covers(published, bodies, area.first, groups):
            if cover.body in of_group and cover.period.valid_until == GROUPS_ENDED:
                dataset.add(
                    "relationships",
                    subject=of_group[cover.body],
                    verb="covers",
                    object=area.id,
                    basis="derived",
                    valid_from=GROUPS_ENDED,
                    until_precision="not_known",
                    source=cite(dataset, NEWS, SOURCES),
                    note=f"the area of {cover.body} until it merged",
                )
