"""The names that practices and networks had, as far as two editions of a register differ."""

from __future__ import annotations

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.practices.practice_register import Record, runs_of
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.names import readable_name


def add_names(dataset: Compiled, entity: str, record: Record, life: Period) -> str:
    """Adds the names that a body had in turn, and gives back the last one it had in its life.

    A name that the register gave it only after its end is kept as an alias, so that a search finds it.
    """
    runs = runs_of(record, life, lambda listing: readable_name(listing.name.upper()))
    for run in runs if len(runs) > 1 else []:
        dataset.add_name(entity, run.value, "official" if run is runs[-1] else "former", run.source, run)
    borne = {run.value for run in runs}
    for edition, listing in record:
        if (name := readable_name(listing.name.upper())) not in borne:
            borne.add(name)
            source = edition.source
            note = "in the register only after the end"
            dataset.add_name(entity, name, "alias", source, note=note)
    return runs[-1].value
