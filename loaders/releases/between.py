"""What a register changed between two of its releases: what happened, and what the later one corrects.

What the later release says of a day after that of the earlier one is an event. What it says of a day up to which the
earlier release knew, and which that told otherwise, is no event but a correction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.names import readable_name
from orgmap.loaders.releases.formats import PublishedFormat, formats
from orgmap.loaders.releases.kept import Release, kept, listed_of
from orgmap.loaders.releases.listings import Listing, RegisterRow

NEW, ENDED, RENAMED, MOVED, PASSED, BOARD, STATUS, SORT = (
    "new", "ended", "renamed", "moved", "re-commissioned", "other board", "status", "setting"
)  # fmt: skip
CORRECTED, GONE = "corrected", "gone"
ORDER = (NEW, ENDED, RENAMED, MOVED, PASSED, BOARD, STATUS, SORT, CORRECTED, GONE)
"""What may become of a body between two releases, in the order in which it is told: events, corrections, and what is
not listed any more, of which a register says nothing."""


class RegisterChange(NamedTuple):
    """What one release says otherwise of a body than an earlier one: what became of it, on which day, as far as that
    is said, which column says so, what that said before and says now, on which line."""

    change: str
    code: str
    id: str
    name: str
    day: str
    column: str
    was: str
    is_now: str
    line: int
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The change as scripts get it."""
        cells = self._asdict()
        cells["is"] = cells.pop("is_now")
        return {**cells, "day": self.day or None}


def release_called(name: str) -> Release:
    """The kept release of a name, or of the beginning of one. Raises `WrongUse` where there is none, or several."""
    releases = kept()
    found = [one for one in releases if one.release == name] or [
        one for one in releases if name and one.release.startswith(name)
    ]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.release for one in found or releases) or "none"
    said = f"“{name[:80]}” may be several" if found else f"There is no loaded release “{name[:80]}”"
    raise WrongUse(f"{said}. {'Which one?' if found else 'Loaded:'} {names}.")


def between(earlier: Release, later: Release) -> list[RegisterChange]:
    """All that one release of a register tells otherwise than an earlier one, by sort and code.

    Raises `WrongUse` for releases of two registers or in the wrong order, `DataBroken` for a damaged one.
    """
    if earlier.format != later.format:
        raise WrongUse(
            f"{earlier.release} is of the register {earlier.format}, {later.release} of {later.format}:"
            " nothing to compare."
        )
    form = formats()[earlier.format]
    if earlier.is_whole:
        parts = [one.release for one in kept() if one.file == earlier.file and not one.is_whole]
        named = f" ({', '.join(parts)})" if parts else ""
        raise WrongUse(
            f"{earlier.release} is the whole register, which is compared by its parts{named}; its other bodies are not"
            " compared."
        )
    if "code" not in form.columns or form.plans_changes:
        raise WrongUse(f"{earlier.format} is no register of bodies: its releases are not compared.")
    for one in (earlier, later):
        if one.family.holds_changes:
            raise WrongUse(
                f"{one.release} holds only what changed, and not the whole register: nothing to compare."
            )
    if earlier.order > later.order:
        raise WrongUse(f"{later.release} knows less than {earlier.release}: name the earlier one first.")
    before = {row.code: row for row in listed_of(earlier)}
    after = {row.code: row for row in listed_of(later)}
    comparing = _Comparing(form, earlier.as_of)
    found = [
        change
        for code in sorted(before.keys() | after.keys())
        for change in comparing.of(before.get(code), after.get(code))
    ]
    return sorted(found, key=lambda one: (ORDER.index(one.change), one.code))


class _Comparing:
    """Listings of one register side by side; the earlier ones know up to a day."""

    def __init__(self, form: PublishedFormat, knew_to: str) -> None:
        self._form, self._knew_to = form, knew_to

    def of(self, was: RegisterRow | None, now: RegisterRow | None) -> Iterator[RegisterChange]:
        """What became of one code."""
        if now is None:
            if was:
                yield self._change(GONE, was, "", "code", was.code, "")
        elif was is None:
            yield from self._stay(now) if self._form.lists_stays else self._come(now)
        else:
            yield from self._of_both(was.listing, now)

    def _change(
        self, change: str, row: RegisterRow, day: str, column: str, was: str, is_now: str, note: str = ""
    ) -> RegisterChange:
        prefix = kinds()[row.listing.kind or self._form.kinds[0]].prefix
        body, name = f"{prefix}:{row.code.split()[0]}", readable_name(row.listing.name.upper())
        return RegisterChange(change, row.code, body, name, day, column, was, is_now, row.line, note)

    def _stay(self, now: RegisterRow) -> Iterator[RegisterChange]:
        """What became of a stay that is listed now: somebody joined."""
        joined, under = now.listing.joined, now.listing.commissioner
        sort = PASSED if joined > self._knew_to else CORRECTED
        yield self._change(sort, now, joined, "commissioner", "", under)
        if now.listing.ends:
            yield self._change(ENDED, now, now.listing.ends, "ends", "", now.listing.ends)

    def _come(self, now: RegisterRow) -> Iterator[RegisterChange]:
        opened = now.listing.opened
        if opened > self._knew_to:
            yield self._change(NEW, now, opened, "opened", "", opened)
            if now.listing.ends:
                yield self._change(ENDED, now, now.listing.ends, "ends", "", now.listing.ends)
        else:
            note = f"opened {opened or 'on a day not stated'}, and was not listed"
            yield self._change(CORRECTED, now, opened, "code", "", now.code, note)

    def _of_both(self, was: Listing, now: RegisterRow) -> Iterator[RegisterChange]:
        said = now.listing
        over = bool(said.ends) and said.ends <= self._knew_to
        if was.opened != said.opened:
            yield self._change(CORRECTED, now, said.opened, "opened", was.opened, said.opened)
        yield from self._end(was, now)
        yield from self._name(was, now, over)
        for change, column in ((MOVED, "postcode"), (BOARD, "board"), (SORT, "setting"), (STATUS, "status")):
            before, after = getattr(was, column), getattr(said, column)
            follows = column == "status" and was.ends != said.ends
            if before != after and not follows:
                sort = CORRECTED if over or not before else change
                yield self._change(sort, now, "", column, before, after)
        yield from self._commissioner(was, now, over)

    def _end(self, was: Listing, now: RegisterRow) -> Iterator[RegisterChange]:
        ends = now.listing.ends
        if was.ends == ends:
            return
        is_event = ends > self._knew_to and not (was.ends and was.ends <= self._knew_to)
        yield self._change(ENDED if is_event else CORRECTED, now, ends, "ends", was.ends, ends)

    def _name(self, was: Listing, now: RegisterRow, over: bool) -> Iterator[RegisterChange]:
        names = [readable_name(one.name.upper()) for one in (was, now.listing)]
        if names[0] != names[1]:
            spelt = normalise(names[0]) == normalise(names[1])
            yield self._change(CORRECTED if over or spelt else RENAMED, now, "", "name", *names)

    def _commissioner(self, was: Listing, now: RegisterRow, over: bool) -> Iterator[RegisterChange]:
        said = now.listing
        if was.commissioner == said.commissioner:
            if was.joined != said.joined:
                yield self._change(CORRECTED, now, said.joined, "joined", was.joined, said.joined)
            return
        cells = ("commissioner", was.commissioner, said.commissioner)
        if over or not (was.commissioner and said.commissioner):
            yield self._change(CORRECTED, now, said.joined, *cells)
        elif said.joined > self._knew_to:
            yield self._change(PASSED, now, said.joined, *cells)
        else:
            joined = f"joined {said.joined or 'on a day not stated'} by the later release"
            note = f"{joined}; the earlier one saw it elsewhere after that"
            yield self._change(PASSED, now, "", *cells, note=note)
