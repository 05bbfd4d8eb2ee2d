"""Who commissions what for whom: services, rules and steps of accountability, each with its source."""

from __future__ import annotations

from pathlib import Path

from orgmap.loaders.compile.responsibilities.responsibility_rules import add_accountability, add_rules
from orgmap.loaders.compile.responsibilities.responsibility_services import add_bodies, add_services
from orgmap.loaders.dataset import About, Dataset

ABOUT = About(
    title="Responsibilities: who commissions which service for whom, and who answers to whom",
    description=(
        "The services that the NHS and councils commission in England, in two levels, with the words people "
        "use for them; one cited rule for each arrangement since October 2002 (which kind of body, for whom, "
        "as what, through whom, from when until when); and who is accountable to, assures, regulates, "
        "inspects, scrutinises, advises or funds whom."
    ),
    publisher="Compiled for this project from the Acts, instruments, reports and pages that each row names",
    licence="Open Government Licence v3.0 and others, see each source",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    ),
    coverage="England, October 2002 to June 2026, and plans for April 2027",
    as_of="2026-06-25",
    horizon="2026-06-25",
)


def compile_dataset(published: Path) -> Dataset:
    """Compiles services, rules and accountability from what people wrote; nothing published is needed for it."""
    dataset = Dataset("responsibilities", ABOUT)
    add_rules(dataset, add_services(dataset))
    add_bodies(dataset)
    add_accountability(dataset)
    return dataset
