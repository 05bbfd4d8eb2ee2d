"""Folds releases into the tables, in order of the days up to which they know: the order of loading makes no difference.

The bundled tables are an edition like others: of a body that they have, only a release that knows more tells. The
later release wins over what the same register said before; where another source speaks, both stay as they are and the
difference is remarked. What a release does not list it does not end.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.cited import source_of
from orgmap.loaders.releases.formats import PublishedFormat, formats
from orgmap.loaders.releases.kept import Loaded, Release
from orgmap.loaders.releases.later_word import (
    APPROX,
    IN_FORCE_STATUS,
    NOT_KNOWN,
    LaterWord,
    kind_of_listing,
    name_of_listing,
)
from orgmap.loaders.releases.listings import Listing, RegisterRow
from orgmap.loaders.releases.lists.change_summaries import Comparing
from orgmap.loaders.releases.lists.counts import fold_counts
from orgmap.loaders.releases.lists.listed_stays import StaysFolding, follow_members
from orgmap.loaders.releases.lists.missing import (
    missing_bodies,
    missing_lists,
    missing_rows,
    missing_stays,
)
from orgmap.loaders.releases.memberships import StaysInTables
from orgmap.loaders.releases.register import ODS, CodedBodies, SaidBy
from orgmap.loaders.releases.taken_back import SaidBefore
from orgmap.loaders.releases.words import practice_note

PART = "part_of"

LAST = "9999"
"""Comes after every day: of one day, the bundled tables know all."""


class Folding:
    """The tables while releases are folded in: `remarks` says what a release told that did not count, and why."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.register = CodedBodies(tables)
        self.remarks: list[Remark] = []
        self.tallies: dict[str, Tally] = {}
        self._bundled = {name: (str(about.get("as_of", "")), LAST) for name, about in tables.about.items()}
        self._known: dict[str, tuple[str, str]] = {}
        self._dataset = ""

    def fold(self, releases: Iterable[Loaded]) -> None:
        """Folds releases in, format by format; those that others name come first."""
        ordered = sorted(releases, key=lambda one: one.release.order)
        counting: list[Loaded] = []
        for form in formats().values():
            mine = [one for one in ordered if one.release.format == form.format]
            if not mine:
                continue
            if form.registers:  # looked up beside the tables
                for one in mine:
                    self._cite(form, one, next(iter(self.tables.about), ""))
                    lacks = missing_rows([each.release for each in mine], one.release)
                    self.tallies[one.release.release] = Tally(0, *lacks)
                continue
            self._dataset = self._dataset_of(form)
            if form.counts:
                counting += mine
                continue
            if form.plans_changes:
                self._compare(form, mine)
                continue
            if form.lists_stays:
                self._fold_stays(form, mine)
                continue
            members = StaysInTables(self.register, form.kinds_above, form.verb) if form.kinds_above else None
            for one in mine:
                self._fold(form, one, members)
        self._fold_counts(sorted(counting, key=lambda one: one.release.order))
        self.register.finish()

    def _cite(self, form: PublishedFormat, loaded: Loaded, dataset: str) -> None:
        """A release that tells nothing of bodies is a source all the same."""
        self.register.add_source(Path(loaded.release.file), dataset, **source_of(form, loaded))
        self.tallies[loaded.release.release] = Tally(0, 0, 0)

    def _dataset_of(self, form: PublishedFormat) -> str:
        """The dataset that bodies of a format belong to: the declared one, or where such bodies are, or a new one."""
        if form.dataset in self.tables.about:
            return form.dataset
        bodies = self.register.bodies.items()
        found = {self.register.datasets[body] for body, row in bodies if row["kind"] in form.kinds}
        if there := sorted(found & self.tables.about.keys()):
            return there[0]
        self.tables.about[form.dataset] = {"title": form.title, "horizon": "", "as_of": ""}
        return form.dataset

    def _fold_counts(self, releases: list[Loaded]) -> None:
        """Adds what counts people or items: it tells nothing of bodies, and no horizon moves with it."""
        for one in releases:
            form = formats()[one.release.format]
            dataset = self._dataset_of(form)
            self._cite(form, one, dataset)
            self.tallies[one.release.release] = Tally(0, *missing_lists(self.register, form, one))
        if releases:
            odd = fold_counts(self.register, form.kinds, dataset, releases)
            self.remarks += [Remark(release, *each) for release, each in odd]

    def _compare(self, form: PublishedFormat, releases: list[Loaded]) -> None:
        """What is planned is compared with what the tables tell: it makes no fact, and moves no horizon."""
        known_to = max((str(about.get("as_of", "")) for about in self.tables.about.values()), default="")
        comparing = Comparing(self.register, form, known_to)
        for one in releases:
            self._cite(form, one, self._dataset)
            self.remarks += [Remark(one.release, *odd) for odd in comparing.compared(one)]

    def _fold_stays(self, form: PublishedFormat, releases: Iterable[Loaded]) -> None:
        bundled = self._bundled.get(self._dataset, ("", ""))
        stays = StaysFolding(self.register, form, self._dataset, bundled, self._known)
        for one in releases:
            release = one.release
            self.register.add_source(Path(release.file), self._dataset, **source_of(form, one))
            lacks = self._is_newer(release) and missing_stays(self.register, form, one)
            self.remarks += [Remark(release, *each) for each in stays.fold(one)]
            self.tallies[release.release] = Tally(stays.known_already, *(lacks or (0, 0)))
            self._reaches(release)

    def _fold(self, form: PublishedFormat, loaded: Loaded, members: StaysInTables | None) -> None:
        release, path = loaded.release, Path(loaded.release.file)
        self.register.add_source(path, self._dataset, **source_of(form, loaded))
        known_already, there = 0, set[str]()
        reached = str(self.tables.about[self._dataset]["as_of"])
        reached = reached if reached < release.as_of else ""
        for listed in loaded.listed():
            cited = SaidBy(release.source, path, listed.line, self._dataset)
            body = self.register.body_of(listed.code, form.kinds, release.as_of)
            seen_to, before = "", SaidBefore(self.register, body)
            if body:
                known = self._known.get(body) or self._bundled[self.register.datasets[body]]
                there.add(body)
                if release.order[:2] <= known:
                    known_already += 1
                    continue
                seen_to = knew_to = known[0]
                said = LaterWord(self.register, form, release, body, listed, cited)
                self.remarks += [Remark(release, listed.line, listed.code, one) for one in said.go_on()]
            elif odd := self.register.not_taken_in(listed):
                self.remarks.append(Remark(release, listed.line, listed.code, odd))
                continue
            else:
                body = _begin(self.register, form, release, listed, cited)
                knew_to = reached
            if odd := _under_board(self.register, form, release, body, listed.listing, cited):
                self.remarks.append(Remark(release, listed.line, listed.code, odd))
            if members and (odd := follow_members(members, release, body, listed, cited, seen_to)):
                self.remarks.append(Remark(release, listed.line, listed.code, odd))
            before.corrected(body, knew_to, release.as_of, cited)
            self._known[body] = release.order[:2]
            there.add(body)
        lacks = self._is_newer(release) and missing_bodies(self.register, form, self._dataset, release, there)
        self.tallies[release.release] = Tally(known_already, *(lacks or (0, 0)))
        self._reaches(release)

    def _is_newer(self, release: Release) -> bool:
        """Whether a release knows more than the bundled tables do."""
        return (release.as_of, LAST) > self._bundled.get(self._dataset, ("", ""))

    def _reaches(self, release: Release) -> None:
        """The horizon of the dataset moves with a release that reaches further."""
        about = self.tables.about[self._dataset]
        if release.as_of > str(about["as_of"]):
            horizon = max(str(about["horizon"]), release.horizon)
            self.tables.about[self._dataset] = {**about, "as_of": release.as_of, "horizon": horizon}


class Tally(NamedTuple):
    """What of a release did not tell anything: `known_already` rows are of bodies that the tables know to its day or a
    later one; of `in_all` open bodies so many are `missing` in it, and stay as they were."""

    known_already: int
    missing: int
    in_all: int


class Remark(NamedTuple):
    """What a line of a release tells that did not count, and why."""

    release: Release
    line: int
    code: str
    said: str


def _begin(
    register: CodedBodies, form: PublishedFormat, release: Release, listed: RegisterRow, cited: SaidBy
) -> str:
    """Adds a body that no table has yet: its id."""
    listing = listed.listing
    kind = kind_of_listing(register, form, listing, release)
    body = f"{kinds()[kind].prefix}:{listed.code}"
    opened = _opening(form, listing)
    days = {"valid_from": opened, "from_precision": "" if opened else NOT_KNOWN, "valid_until": listing.ends}
    note = practice_note(release.as_of, listing.status, listing.setting) if listing.status else ""
    register.add(
        "entities", cited, id=body, kind=kind, name=name_of_listing(form, listing), note=note, **days
    )
    register.add("identifiers", cited, entity=body, scheme=ODS, code=listed.code)
    if listing.postcode:
        days["valid_from"], days["from_precision"] = "", NOT_KNOWN
        register.add("locations", cited, entity=body, postcode=listing.postcode, **days)
    return body


def _under_board(
    register: CodedBodies, form: PublishedFormat, release: Release, body: str, listing: Listing, cited: SaidBy
) -> str:
    """Puts a location under the board that the register names; gives what could not count, blank if all did."""
    row, day = register.bodies[body], release.as_of
    kind = form.board_of(row["kind"])
    if not kind or not listing.board or not register.life(body).holds(day):
        return ""
    board = register.body_of(listing.board, [kind], day)
    if not board or not register.life(board).holds(day):
        return f"its board {listing.board} is in no table on that day: left where it was"
    here = [
        tie
        for tie in register.ties[body]
        if tie["subject"] == body
        and tie["verb"] == PART
        and tie["status"] == IN_FORCE_STATUS
        and tie["valid_until"] in ("", row["valid_until"])
        and register.bodies[tie["object"]]["kind"] == kind
    ]
    if board in {tie["object"] for tie in here}:
        return ""
    for tie in here:
        register.end_about(tie, day)
    began = max(row["valid_from"], register.bodies[board]["valid_from"])
    life = {"valid_from": day if here else began, "from_precision": APPROX if here else ""}
    life["valid_until"] = row["valid_until"] or register.bodies[board]["valid_until"]
    register.add("relationships", cited, subject=body, verb=PART, object=board, basis="published", **life)
    return ""


def _opening(form: PublishedFormat, listing: Listing) -> str:
    """The day on which it opened; blank for a day that the register writes where it does not know."""
    return "" if ("opened", listing.opened.replace("-", "")) in form.words else listing.opened
