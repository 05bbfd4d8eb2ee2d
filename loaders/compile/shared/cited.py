"""The one way to cite a source, and words that several datasets say of where they come from."""

from __future__ import annotations

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.curated import sources
from orgmap.loaders.dataset import Dataset

OGL = "Open Government Licence v3.0"
ODS_ATTRIBUTION = (
    "Contains NHS Organisation Data Service information licensed under the Open Government Licence v3.0."
)
ONS_ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right 2024."
)
POSTCODE_ATTRIBUTION = (
    f"{ONS_ATTRIBUTION} Contains Royal Mail data © Royal Mail copyright and database right 2024. "
    "Contains National Statistics data © Crown copyright and database right 2024."
)


def cite(dataset: Dataset, source: str, cells: dict[str, str] | None = None) -> str:
    """Makes the dataset carry that source, and gives its id back for the row that cites it.

    The source is one of `data/curated/sources.csv`, or the one whose `cells` a published list gives.
    Raises `DataBroken` for a source that nobody described.
    """
    described = sources().get(source, cells)
    if described is None:
        raise DataBroken(f"“{source}” is no source. Describe it in data/curated/sources.csv.")
    dataset.add("sources", **{"id": source, "verified": "yes", **described})
    return source
