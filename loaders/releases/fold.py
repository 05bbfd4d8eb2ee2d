"""Folds releases into the tables, in order of the days up to which they know: the order of loading makes no difference.

The bundled tables are an edition like others: of a body that they have, only a release that knows more tells. The
later release wins over what the same register said before; where another source speaks, both stay as they are and the
difference is remarked. What a release does not list it does not end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.names import readable_name
from orgmap.loaders.news.book import Cells
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.cited import source_of
from orgmap.loaders.releases.formats import PublishedFormat, formats
from orgmap.loaders.releases.kept import Loaded, Release
from orgmap.loaders.releases.listings import Listing, RegisterRow
from orgmap.loaders.releases.lists.change_summaries import Comparing
from orgmap.loaders.releases.lists.listed_stays import StaysFolding, follow_members
from orgmap.loaders.releases.lists.missing import (
    missing_bodies,
    missing_lists,
    missing_rows,
    missing_stays,
)
from orgmap.loaders.releases.lists.registered import fold_sizes
from orgmap.loaders.releases.memberships import StaysInTables
from orgmap.loaders.releases.register import ODS, CodedBodies, SaidBy, of_trait
from orgmap.loaders.releases.taken_back import SaidBefore
from orgmap.loaders.releases.words import ASLEEP, practice_note

NOT_KNOWN, APPROX = "not_known", "approx"
OFFICIAL, FORMER = "official", "former"
IN_FORCE_STATUS = "in_force"
PART = "part_of"
OF_WALES = "of_wales"

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
            if form.counts_people:
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
        """Adds what counts people: it tells nothing of bodies, and no horizon moves with it."""
        for one in releases:
            form = formats()[one.release.format]
            dataset = self._dataset_of(form)
            self._cite(form, one, dataset)
            self.tallies[one.release.release] = Tally(0, *missing_lists(self.register, form, one))
        if releases:
            odd = fold_sizes(self.register, form.kinds, dataset, releases)
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
            elif listed.listing.commissioner and not (listed.listing.opened or listed.listing.joined):
                odd = "is in no table, and the file does not say since when it is there: not taken in"
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
    kind = _kind(register, form, listing, release)
    body = f"{kinds()[kind].prefix}:{listed.code}"
    opened = _opening(form, listing)
    days = {"valid_from": opened, "from_precision": "" if opened else NOT_KNOWN, "valid_until": listing.ends}
    note = practice_note(release.as_of, listing.status, listing.setting) if listing.status else ""
    register.add("entities", cited, id=body, kind=kind, name=_name(listing), note=note, **days)
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


def _kind(register: CodedBodies, form: PublishedFormat, listing: Listing, release: Release) -> str:
    kind = listing.kind or form.kinds[0]
    above = register.body_of(listing.commissioner, form.kinds_above, release.as_of)
    if above and OF_WALES in kinds()[register.bodies[above]["kind"]].traits:
        return of_trait(kind, OF_WALES) or kind
    return kind


def _opening(form: PublishedFormat, listing: Listing) -> str:
    """The day on which it opened; blank for a day that the register writes where it does not know."""
    return "" if ("opened", listing.opened.replace("-", "")) in form.words else listing.opened


def _name(listing: Listing) -> str:
    return readable_name(listing.name.upper())


class LaterWord:
    """What one line of a later release says of a body that the tables have, laid over what they say."""

    def __init__(
        self,
        register: CodedBodies,
        form: PublishedFormat,
        release: Release,
        body: str,
        listed: RegisterRow,
        cited: SaidBy,
    ) -> None:
        self._register, self._form, self._release = register, form, release
        self._body, self._row, self._cited = body, register.bodies[body], cited
        self._listing = listed.listing

    def go_on(self) -> Iterator[str]:
        """Lays it over; gives what could not count."""
        yield from self._life()
        self._sorted()
        if self._register.life(self._body).holds(self._release.as_of):
            self._renamed()
            self._moved()
        self._asleep()

    def _is_ours(self, row: Cells) -> bool:
        """Whether all that a row rests on are editions of this register."""
        return all(one.startswith(self._form.families) for one in row["source"].split())

    def _life(self) -> Iterator[str]:
        was, ends = self._row["valid_until"], self._listing.ends
        if was == ends:
            return
        by_change = self._register.ends_by_a_change(self._body)
        if was and (by_change or not self._is_ours(self._row)):
            other = "a change" if by_change else self._row["source"]
            yield f"ends on {ends or 'no day'} here, and on {was} by {other}, which stays"
            return
        opened = self._row["valid_from"]
        if ends and opened and ends <= opened:
            yield f"ends on {ends}, before it begins on {opened}: left as it was"
            return
        self._row["valid_until"], self._row["until_precision"] = ends, ""
        self._row["source"] = self._cited.source
        self._ends(was, ends)

    def _sorted(self) -> None:
        """What the register says that it is now, where both are sorts of one thing: a practice that became a hub's."""
        if not self._listing.setting:
            return
        was, now = self._row["kind"], _kind(self._register, self._form, self._listing, self._release)
        ours = self._form.kinds
        if was == now or was not in ours or now not in ours or kinds()[was].prefix != kinds()[now].prefix:
            return
        self._row["kind"] = now
        if self._listing.status:
            setting = self._listing.setting
            self._row["note"] = practice_note(self._release.as_of, self._listing.status, setting)

    def _ends(self, was: str, ends: str) -> None:
        """What hung on the body ends with it; what ended with it only because it was thought to end goes on."""
        hanging = [
            row
            for index in (self._register.names, self._register.places, self._register.ties)
            for row in index.get(self._body, ())
        ]
        for row in hanging:
            until = row["valid_until"]
            if "status" in row and row["status"] != IN_FORCE_STATUS:
                continue
            if was and until == was:
                row["valid_until"] = self._with_the_other(row, ends)
            elif ends and (not until or until > ends):
                row["valid_until"], row["until_precision"] = ends, ""
            if ends and row["valid_from"] >= ends:
                self._register.take_away(row)

    def _with_the_other(self, row: Cells, ends: str) -> str:
        """The end of a row that goes on: that of the body, or of the one at the other end where that comes sooner."""
        others = {row[end] for end in ("subject", "object") if end in row} - {self._body}
        known = [
            self._register.bodies[other]["valid_until"] for other in others if other in self._register.bodies
        ]
        return min(filter(None, [ends, *known]), default="")

    def _lasting(self, index: Mapping[str, list[Cells]]) -> list[Cells]:
        """The rows that last as long as the body does."""
        return [row for row in index[self._body] if row["valid_until"] in ("", self._row["valid_until"])]

    def _renamed(self) -> None:
        now, was = _name(self._listing), self._row["name"]
        borne = self._lasting(self._register.names)
        if normalise(now) in {normalise(was), *(normalise(row["name"]) for row in borne)}:
            return
        day = self._release.as_of
        official = [row for row in borne if row["use"] == OFFICIAL and row["name"] == was]
        for row in official:
            row["use"] = FORMER
            self._register.end_about(row, day)
        life = {"valid_from": day, "from_precision": APPROX, "valid_until": self._row["valid_until"]}
        if was and not official:
            began = self._row["valid_from"]
            ended = {"valid_until": day, "until_precision": APPROX}
            since = {"valid_from": began, "from_precision": self._row["from_precision"]}
            row = self._register.add(
                "names", self._cited, entity=self._body, name=was, use=FORMER, **since, **ended
            )
            row["source"] = self._row["source"]
        self._register.add("names", self._cited, entity=self._body, name=now, use=OFFICIAL, **life)
        self._row["name"] = now

    def _moved(self) -> None:
        now = self._listing.postcode
        here = self._lasting(self._register.places)
        if not now or now in {row["postcode"] for row in here}:
            return
        day = self._release.as_of
        for row in here:
            self._register.end_about(row, day)
        life = {"valid_from": day if here else "", "from_precision": APPROX if here else NOT_KNOWN}
        life["valid_until"] = self._row["valid_until"]
        self._register.add("locations", self._cited, entity=self._body, postcode=now, **life)

    def _asleep(self) -> None:
        """Whether a practice is dormant now stands in its note; that it has not changed is no news."""
        if not self._listing.status:
            return
        asleep = self._listing.status in ASLEEP
        if asleep != any(f"; {word} in the register" in self._row["note"] for word in ASLEEP):
            setting = self._listing.setting
            self._row["note"] = practice_note(self._release.as_of, self._listing.status, setting)
