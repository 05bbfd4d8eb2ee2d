"""The compile step: published tables in, the project's own tables out; same input, same bytes."""

from importlib import import_module
from pathlib import Path

from orgmap.loaders.dataset import Dataset

ORDER = {
    "national_bodies": "national",
    "primary_care_trusts": "commissioners",
    "clinical_commissioning_groups": "commissioners",
    "integrated_care": "integrated_care",
    "care_partnerships": "integrated_care",
    "kent_partnerships": "integrated_care",
    "nhs_england_teams": "nhs_england",
    "practices": "practices",
    "primary_care_networks": "practices",
    "trusts": "nhs_england",
    "commissioning_support": "nhs_england",
    "clinical_senates": "nhs_england",
    "councils": "councils",
    "combined_authorities": "councils",
    "public_voice": "councils",
    "places": "places",
    "responsibilities": "responsibilities",
    "documents": "documents",
    "short_names": "short_names",
}
"""The datasets in the order in which they are compiled, each with the room that its module stands in."""


def compile_dataset(name: str, published: Path) -> Dataset:
    """One dataset, made from the published tables. Raises `DataBroken` where these are not as expected."""
    made: Dataset = import_module(f"orgmap.loaders.compile.{ORDER[name]}.{name}").compile_dataset(published)
    return made
