"""The compile step: published tables in, the project's own tables out; same input, same bytes."""

from functools import cache
from importlib import import_module
from pathlib import Path

from orgmap.loaders.compile.shared.compiled import Compiled, described_datasets

ORDER = {
    "national_bodies": "national",
    "primary_care_trusts": "commissioners",
    "clinical_commissioning_groups": "commissioners",
    "integrated_care": "integrated_care",
    "care_partnerships": "integrated_care",
    "nhs_england_teams": "nhs_england",
    "practices": "practices",
    "primary_care_networks": "practices",
    "trusts": "nhs_england",
    "councils": "councils",
    "public_voice": "councils",
    "places": "places",
    "responsibilities": "responsibilities",
    "short_names": "short_names",
    "reform_ahead": "reform",
    "contacts": "contacts",
}
"""The datasets with a module of their own, in the order in which they are compiled, each with its module's room."""


def datasets() -> list[str]:
    """The names of all datasets: first those with a module of their own, then those of rows alone."""
    return [*ORDER, *(name for name in described_datasets() if name not in ORDER)]


@cache
def compile_dataset(name: str, published: Path) -> Compiled:
    """One dataset, made once: what its module makes of the published tables, and the rows that people wrote for it.

    Raises `DataBroken` where these are not as expected.
    """
    if name not in ORDER:
        dataset = Compiled(name)
        dataset.add_rows(name)
        return dataset
    module = import_module(f"orgmap.loaders.compile.{ORDER[name]}.{name}")
    made: Compiled = module.compile_dataset(published)
    made.add_rows(f"{name}/rows")
    return made
