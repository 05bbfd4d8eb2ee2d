"""`orgmap export`: the graph in files for other programs."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import Commands, Extra, KnownOn, included
from orgmap.cli.kit.session import Progress, store_at
from orgmap.graphmodel.dates import parse_day
from orgmap.graphmodel.errors import WrongUse


class ExportFormat(str, Enum):  # noqa: UP042 - the option parser shows the plain value
    """What the graph can be written as."""

    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"
    cypher = "cypher"
    parquet = "parquet"
    turtle = "turtle"
    jsonld = "jsonld"


def export(
    form: Annotated[
        ExportFormat, typer.Argument(metavar="FORMAT", help=", ".join(f.value for f in ExportFormat))
    ],
    out: Annotated[
        Path, typer.Option("-o", "--output", help="The file to write; for csv and parquet a folder.")
    ],
    at: Annotated[
        str,
        typer.Option(
            "--at", metavar="DATE", help="Only what was in force on that day (default: everything)."
        ),
    ] = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """Writes the graph for other programs: GraphML, GEXF with its days, CSV for neo4j-admin, Cypher, Parquet, RDF.

    Bodies that a loaded register alone has (ods:FAA01) are in none of them: orgmap list pharmacy --format csv.
    """
    if include and not at.strip():
        raise WrongUse("Without --at everything is written, plans with their status: leave out --include.")
    if as_known_on and form not in (ExportFormat.graphml, ExportFormat.gexf):
        raise WrongUse(
            f"--as-known-on makes no difference to {form.value}, which holds the tables as they are; graphml and gexf"
            " take it."
        )
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.graphmodel.known import known_then
    from orgmap.graphmodel.register.bodies import register_of
    from orgmap.loaders.exports.export import export as write
    from orgmap.loaders.reading import tables_of
    from orgmap.queries.coverage import check_day

    when = parse_day(at) if at.strip() else None
    left_out = ""
    progress = Progress("Writing", f"writing {in_a_cell(str(out))} …")
    with store_at("") as store:
        if when:
            check_day(store, when)
        register = register_of(store)
        if release := register.newest() if register else None:
            left_out = f"Bodies that the register of {release.as_of} alone has (ods:…) are not in it: orgmap list SORT."
        try:
            known = known_then(store, parse_day(as_known_on) if as_known_on else None)
            write(form.value, out, known, tables_of(data_folder()), when, progress.step, included(include))
        finally:
            progress.end()
    if left_out:
        print(f"note: {left_out}", file=sys.stderr)
    print(f"Wrote {in_a_cell(str(out))}", file=sys.stderr)


COMMANDS: Commands = {"export": export}
