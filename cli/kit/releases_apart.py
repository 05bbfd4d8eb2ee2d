"""`orgmap diff --releases EARLIER LATER`: what a register changed between two of its loaded releases."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from orgmap.cli.kit.options import Format
from orgmap.cli.kit.output import Columns, print_rows, write
from orgmap.cli.kit.refusals import is_given
from orgmap.graphmodel.errors import NothingFound, WrongUse

if TYPE_CHECKING:
    from orgmap.loaders.releases.kept import Release

_MANY = 40

_COLUMNS: Columns = {
    "Change": lambda row: row["change"],
    "Id": lambda row: row["id"],
    "Name": lambda row: row["name"],
    "Day": lambda row: row["day"],
    "Column": lambda row: row["column"],
    "Was": lambda row: row["was"],
    "Is": lambda row: row["is"],
    "Line": lambda row: row["line"],
    "Note": lambda row: row["note"],
}

_NOT_WITH = ("within", "kind", "include", "store", "as_known_on", "at", "tables")


def print_releases_apart(ctx: Any, earlier: str, later: str) -> None:
    """Prints what a register changed between two loaded releases. Raises `NothingFound` where it changed nothing."""
    from orgmap.loaders.releases.between import ORDER, between, release_called

    if other := [name for name in _NOT_WITH if name in ctx.params and is_given(ctx, name)]:
        raise WrongUse(f"--releases compares two releases whole: leave out --{other[0].replace('_', '-')}.")
    form = Format(ctx.params["form"].value)
    releases = release_called(earlier), release_called(later)
    found = [one.to_json() for one in between(*releases)]
    counts = Counter(row["change"] for row in found)
    counted = {change: counts[change] for change in ORDER}
    if form is Format.json:
        before, after = (_told_of(one) for one in releases)
        write({"before": before, "after": after, "counts": counted, "changes": found}, form, _COLUMNS)
    elif form is not Format.table:
        write(found, form, _COLUMNS)
    if not found:
        raise NothingFound("The two releases tell the same.")
    if form is Format.table:
        _print_for_people(releases, found, counted)


def _told_of(release: Release) -> dict[str, Any]:
    wanted = ("release", "format", "as_of", "horizon", "file", "file_hash", "rows", "refused")
    return {name: getattr(release, name) for name in wanted}


def _print_for_people(
    releases: tuple[Release, Release], found: list[dict[str, Any]], counted: dict[str, int]
) -> None:
    earlier, later = releases
    print(
        f"{earlier.family.title}: from {earlier.as_of} ({earlier.release}) to {later.as_of} ({later.release})"
    )
    print(", ".join(f"{change}: {many:,}" for change, many in counted.items()))
    print("What is corrected is no event: the earlier release told it otherwise of days up to which it knew.")
    shown = [row for change in counted for row in [one for one in found if one["change"] == change][:_MANY]]
    people: Columns = {name: get for name, get in _COLUMNS.items() if name != "Line"}
    print_rows(people, shown)
    if more := len(found) - len(shown):
        print(f"… and {more:,} more; --format csv gives all, with their lines")
