"""`orgmap load`: newer files of publishers into the graph, and the graph into a server of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import Commands
from orgmap.cli.kit.session import Progress
from orgmap.graphmodel.errors import WrongUse

if TYPE_CHECKING:
    from orgmap.loaders.releases.fold import Remark
    from orgmap.loaders.releases.kept import Release
    from orgmap.loaders.releases.loading import Loading
    from orgmap.loaders.releases.postcodes.folding import PostcodeTally

LOAD_PATIENCE = 60.0
"""Seconds for which a batch is tried again when the server is away for a moment."""

TOLD = 5
"""So many refused rows and remarks are told in full."""

MANY_MISSING = 0.05
"""If a file lacks a larger part of what is open, that is told."""

_UNDONE = "What was on the server before stays in use; the same command goes on where this one stopped."


def load(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Published files as they come, zipped or not: epraccur, epcn, etr, eccg, the register in XML, NSPL."
        ),
    ] = None,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="DAY", help="Up to which day the file knows, if later than its last closure."
        ),
    ] = "",
    from_api: Annotated[
        bool,
        typer.Option(
            "--from-api", help="What the live register changed since the day to which it is known here."
        ),
    ] = False,
    since: Annotated[
        str,
        typer.Option("--since", metavar="DAY", help="Since when, with --from-api, if since an earlier day."),
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="What is loaded, in order of its days.")] = False,
    remove: Annotated[
        str, typer.Option("--remove", metavar="RELEASE", help="Take a loaded release away again.")
    ] = "",
    store: Annotated[
        str,
        typer.Option(
            "--store",
            metavar="URL",
            help="Load the graph into this server: neo4j://localhost:7687; neo4j+s:// for an encrypted line.",
        ),
    ] = "",
) -> None:
    """Loads publishers' newer files into the graph; with --store, the graph into a Neo4j server.

    What a file is, is told from its content. It is kept as a release in a folder of yours (ORGMAP_DATA_HOME), and
    stays when the program is upgraded. The order of loading makes no difference: the later release wins. --from-api
    asks the live register, which tells of the last half year; broken off, it goes on where it stopped.

    With --store the graph is put beside the one that is there, which stays in use until the new one is whole. User,
    password and database are read from ORGMAP_NEO4J_USER, ORGMAP_NEO4J_PASSWORD and ORGMAP_NEO4J_DATABASE, or asked
    for. A load that was broken off goes on where it stopped.
    """
    wanted = [bool(files), from_api, listing, bool(remove), bool(store)]
    if sum(wanted) != 1:
        raise WrongUse(
            "Name files to load, or one of --from-api, --list, --remove RELEASE, --store URL."
            if not any(wanted)
            else "Files, --from-api, --list, --remove and --store are each a load of its own: give one of them."
        )
    idle = {
        "--dry-run": dry_run and not (files or from_api),
        "--as-of": as_of and not files,
        "--since": since and not from_api,
    }
    for option in (one for one, is_idle in idle.items() if is_idle):
        without = "--from-api" if option == "--since" else "files"
        raise WrongUse(f"{option} makes no difference without {without}: leave it out.")
    if from_api:
        _from_api(since, dry_run)
    elif files:
        _load_files(files, as_of, dry_run)
    elif listing:
        _list()
    elif remove:
        _remove(remove)
    else:
        _into_server(store)


def _load_files(files: list[Path], as_of: str, dry_run: bool) -> None:
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.releases.loading import load_files

    progress = Progress("Loading", "reading the files …")
    if sys.stderr.isatty():  # before the first file is read, a minute may go by
        progress.step("reading the files", 0, 1)
    try:
        loading = load_files(data_folder(), files, as_of, dry_run, progress.step)
    finally:
        progress.end()
    _tell(loading, dry_run)


def _from_api(since: str, dry_run: bool) -> None:
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.releases.live_register.changes import load_live, since_when

    data = data_folder()
    wanted = since_when(data, since)
    for register in wanted.too_old:
        print(
            f"note: left out: {register}, which is known here to an earlier day than {wanted.day}; what changed in"
            " between would be missing. Load a newer file of it first.",
            file=sys.stderr,
        )
    progress = Progress("Asking the live register", f"asking the live register since {wanted.day} …")
    try:
        loading = load_live(data, wanted, progress.step, dry_run)
    except KeyboardInterrupt:
        progress.end()
        print(
            "Stopped. What is fetched is kept: the same command goes on where this one stopped.",
            file=sys.stderr,
        )
        raise
    finally:
        progress.end()
    _tell(loading, dry_run)
    if not (loading.new or loading.there):
        print(f"The live register changed nothing since {wanted.day} in {', '.join(wanted.registers)}.")


def _tell(loading: Loading, dry_run: bool) -> None:
    for label in loading.passed_over:
        print(
            f"note: {in_a_cell(label)} is none of the formats that can be loaded; passed over.",
            file=sys.stderr,
        )
    for release in loading.there:
        print(f"Loaded already: {release.release}")
    for one in loading.new:
        print(f"{'Would load' if dry_run else 'Loaded'} {_line(one.release)}")
        if one.note:
            print(f"  {in_a_cell(one.note)}")
        _tell_tally(loading, one.release)
        for refused in one.refused[:TOLD]:
            where = f"{one.release.file}:{refused.line}"
            print(f"  refused {in_a_cell(where)}: {in_a_cell(refused.code)}: {in_a_cell(refused.reason)}")
        if len(one.refused) > TOLD:
            print(f"  … and {len(one.refused) - TOLD:,} more rows refused")
    for changed in loading.changes:
        counts = f"{changed.new:,} new, {changed.changed:,} changed, {changed.gone:,} gone"
        examples = in_a_cell("; ".join(changed.examples))
        print(f"  {changed.table}: {counts} ({examples})")
    if loading.new and not loading.changes and not loading.of_postcodes:
        print("  Nothing changes: the tables know all of it already. It is cited as a source.")
    _tell_what_did_not_count(loading)


def _tell_what_did_not_count(loading: Loading) -> None:
    """The lines that told nothing, with the reason of each; those of one reason together, in the order of lines."""
    alike: dict[tuple[str, str], list[Remark]] = {}
    for remark in sorted(loading.remarks, key=lambda one: (one.release.file, one.line)):
        alike.setdefault((remark.release.release, remark.said), []).append(remark)
    groups = list(alike.values())
    for first, *others in groups[:TOLD]:
        where = f"{first.release.file}:{first.line}"
        also = f" (and {len(others):,} more like it)" if others else ""
        said = " ".join(filter(None, (first.code, first.said)))
        print(f"  did not count {in_a_cell(where)}: {in_a_cell(said)}{also}")
    if len(groups) > TOLD:
        print(f"  … and {sum(map(len, groups[TOLD:])):,} more that did not count")


def _tell_postcodes(tally: PostcodeTally) -> None:
    """What a list of postcodes told."""
    counted = (
        (tally.new, "new"),
        (tally.ended, "no longer in use"),
        (tally.again, "in use again"),
        (tally.moved, "in another area than before"),
        (tally.finer, "in a neighbourhood that is named otherwise or more exactly"),
    )
    said = [f"{count:,} {what}" for count, what in counted if count]
    examples = f" ({'; '.join(tally.examples)})" if tally.examples else ""
    print(f"  postcodes: {', '.join(said) or 'none that the tables do not have so'}{in_a_cell(examples)}")
    if tally.missing > MANY_MISSING * tally.in_all:
        print(
            f"  {tally.missing:,} of {tally.in_all:,} postcodes that are in use are not in it: they stay."
            " It may be cut off."
        )
    if tally.known_already:
        print(f"  {tally.known_already:,} are in newer lists, which stay; if the file is newer: --as-of DAY.")
    if tally.not_placed:
        print(f"  {tally.not_placed:,} lie in neighbourhoods that no table has: known, but not placed.")
    if tally.estimated:
        print(f"  {tally.estimated:,} lie in neighbourhoods that are placed by their postcodes (estimated).")


def _tell_tally(loading: Loading, release: Release) -> None:
    """What is odd about a release as a whole: it tells nothing new, or lacks much of what should be in it."""
    if listed := loading.of_postcodes.get(release.release):
        _tell_postcodes(listed)
    if look := loading.of_lookups.get(release.release):
        print(
            f"  says {sum(look):,} things: {look.agreed:,} as the tables have them, {look.differs:,} otherwise"
            f" (what the tables have stays), {look.new:,} that are newer, {look.not_known:,} of codes of no body"
        )
    if release.release not in loading.tallies:
        return
    tally = loading.tallies[release.release]
    if tally.known_already:
        rows = f"{tally.known_already:,} of {release.rows:,} rows"
        print(
            f"  {rows} are of bodies that the tables know to {release.as_of} or later, and tell nothing of these."
        )
        print("  If the file is newer than that: --as-of DAY.")
    if tally.missing > MANY_MISSING * tally.in_all and release.is_whole:
        print(
            f"  The release before it has {tally.in_all:,} bodies: it may be cut off, or no whole register."
        )
    elif tally.missing > MANY_MISSING * tally.in_all:
        print(
            f"  {tally.missing:,} of {tally.in_all:,} bodies that are open are not in it: they stay. It may be cut off."
        )


def _line(release: Release) -> str:
    known = f"knows closures to {release.as_of}, joins and openings to {release.horizon}"
    if release.as_of == release.horizon:
        known = f"of {release.as_of}"
    rows = f"{release.rows:,} rows, {release.refused:,} refused"
    return f"{release.release}: {rows}; {known}; from {in_a_cell(release.file)} (sha256 {release.file_hash[:16]})"


def _list() -> None:
    from orgmap.loaders.releases.kept import kept, refused_path

    releases = kept()
    for release in releases:
        where = f"; refused rows: {in_a_cell(str(refused_path(release)))}" if release.refused else ""
        print(f"{_line(release)}{where}")
    if not releases:
        print("Nothing is loaded: the graph is built from the bundled tables alone.", file=sys.stderr)


def _remove(name: str) -> None:
    from orgmap.loaders.releases.loading import remove_release

    print(f"Removed {remove_release(name).release}")


def _into_server(store: str) -> None:
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.check import checked_rows
    from orgmap.loaders.neo4j.load import content_fingerprint
    from orgmap.loaders.neo4j.load import load as fill
    from orgmap.loaders.neo4j.open import open_server

    data = data_folder()
    rows = checked_rows(data)
    server = open_server(store, LOAD_PATIENCE)
    progress = Progress("Loading the graph", "loading the graph into the server (a minute or two) …")
    try:
        changed = fill(server, rows, content_fingerprint(data), progress.step)
    except KeyboardInterrupt:
        progress.end()
        print(f"Stopped. {_UNDONE}", file=sys.stderr)
        raise
    finally:
        progress.end()
        server.close()
    said = "Loaded the graph into" if changed else "Nothing to do: just these tables are already at"
    print(f"{said} {server.address}")


COMMANDS: Commands = {"load": load}
