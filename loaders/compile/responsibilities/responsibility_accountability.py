"""Steps of accountability: who answers to, assures, regulates, inspects, scrutinises, advises or pays whom."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.responsibilities.responsibility_rules import (
    CHAINS,
    MATRIX,
    NOT_LAW,
    PLANNED,
    bodies_of,
    body_groups,
    cited_sources,
    listed_rows,
    row_of,
    stated_on,
    unverified_words,
    verified,
)
from orgmap.loaders.curated import lines
from orgmap.loaders.dataset import Dataset


def add_accountability(dataset: Dataset, published: Path) -> None:
    """Adds every step; raises `DataBroken` if a row of the list has none and no reason why not."""
    chains = listed_rows(published, CHAINS)
    rows = {**chains, **listed_rows(published, MATRIX)}
    steps = [row for _, row in lines("responsibilities/accountability")]
    groups = body_groups()
    told = {row_of(step["id"]) for step in steps} | {
        row["row"] for _, row in lines("responsibilities/left_out")
    }
    if missing := sorted(chains.keys() - told):
        raise DataBroken(f"{CHAINS}: no step says what is in {', '.join(missing)}.")
    for step in steps:
        row = rows[row_of(step["id"])]
        status = PLANNED[row["modality"]]
        cited = cited_sources(dataset, "", row)
        note = [step["note"], NOT_LAW if status == "planned" else "", unverified_words(row)]
        dataset.add(
            "accountability",
            **{key: step[key] for key in ("id", "subject", "verb", "object", "about", "basis")},
            coverage=step["coverage"] or "all",
            bodies=bodies_of(step["bodies"], groups),
            status=status,
            valid_from=step["valid_from"] or row["valid_from"],
            from_precision=step["from_precision"],
            valid_until=step["valid_until"] or row["valid_to"],
            until_precision=step["until_precision"],
            stated_on=stated_on(status, cited),
            instrument=row["instrument"],
            instrument_verified=step["instrument_verified"] or "no",
            verified=verified(row),
            source=" ".join(source for source, _ in cited),
            locator="; ".join(locator for _, locator in cited).rstrip("; "),
            note=" ".join(filter(None, note)),
        )
