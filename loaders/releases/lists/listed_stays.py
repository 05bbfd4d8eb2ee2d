"""Folds lists of stays into the tables: who was of whose network, or a member of whom, from when to when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.model import Period
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.news.book import Cells
from orgmap.loaders.releases.formats import PublishedFormat
from orgmap.loaders.releases.kept import Loaded, Release
from orgmap.loaders.releases.listings import Listing, RegisterRow
from orgmap.loaders.releases.lists.network_stays import NetworkStay, carried_on, most_joined
from orgmap.loaders.releases.memberships import Stays, StaysInTables, change_stays
from orgmap.loaders.releases.register import CodedBodies, SaidBy
from orgmap.loaders.releases.stays import PracticeMembership
from orgmap.loaders.releases.taken_back import SaidBefore

LISTS = "lists"
"""How bodies reach people that are made of others with lists of patients."""

Known = tuple[str, str]
"""Up to when something is known: closures, and joins."""


class NoCount(NamedTuple):
    """A line of a list that did not count, and why."""

    line: int
    code: str
    said: str


class StaysFolding:
    """The stays that one format lists, while its releases are folded in; `known_already` rows are no news."""

    def __init__(
        self,
        register: CodedBodies,
        form: PublishedFormat,
        dataset: str,
        known: Known,
        bodies: dict[str, Known],
    ) -> None:
        """`known` says up to when the bundled tables know such stays, `bodies` up to when other releases know them."""
        self._register, self._form, self._dataset, self._bundled = register, form, dataset, known
        self._known: dict[str, Known] = {}
        self._bodies = bodies
        self._followed = StaysInTables(register, form.kinds_above, form.verb)
        self._of_networks = any(kinds()[kind].reach == LISTS for kind in form.kinds_above)
        self.known_already = 0

    def fold(self, loaded: Loaded) -> Iterator[NoCount]:
        """Folds one release in; gives what could not count."""
        release = loaded.release
        by_code: dict[str, list[RegisterRow]] = defaultdict(list)
        self.known_already = 0
        for listed in loaded.listed():
            by_code[listed.code.split()[0]].append(listed)
        for code, rows in by_code.items():
            body = self._register.body_of(code, self._form.kinds, release.as_of)
            if not body:
                yield NoCount(rows[0].line, code, "is in no table: with whom it was is not kept")
                continue
            known = self._known.get(body, self._bundled)
            if not self._of_networks:  # the register of practices tells the same, and is folded in before
                known = max(known, self._bodies.get(body, known))
            if release.order[:2] <= known:
                self.known_already += len(rows)
                continue
            rows.sort(key=lambda row: (row.listing.joined, row.listing.ends or "9"))
            follow = self._carry_on if self._of_networks else self._follow
            before = SaidBefore(self._register, body)
            yield from follow(release, body, rows, known[0])
            before.corrected(body, known[0], release.as_of, self._cited(release, rows[-1]))
            self._known[body] = release.order[:2]
            if not self._of_networks:
                self._bodies[body] = release.order[:2]

    def _cited(self, release: Release, row: RegisterRow) -> SaidBy:
        return SaidBy(release.source, Path(release.file), row.line, self._dataset)

    def _follow(
        self, release: Release, body: str, rows: list[RegisterRow], seen_to: str
    ) -> Iterator[NoCount]:
        """Stays with commissioners, each as an edition of its own would tell it."""
        for row in rows:
            if row.listing.ends and row.listing.ends <= seen_to:
                continue
            lasting = row._replace(listing=row.listing._replace(ends=""))
            if said := self._followed.follow(release, body, lasting, self._cited(release, row), seen_to):
                yield NoCount(row.line, row.code, said)
        last = rows[-1]
        if last.listing.ends > seen_to and self._register.life(body).holds(last.listing.ends):
            said = (
                f"left {last.listing.commissioner} on {last.listing.ends}, and the list does not say where to"
            )
            yield NoCount(last.line, last.code, said)

    def _carry_on(
        self, release: Release, body: str, rows: list[RegisterRow], seen_to: str
    ) -> Iterator[NoCount]:
        """Stays in networks: the newer list tells all of them anew."""
        newest, networks = [], {}
        for row in rows:
            code, listing = row.listing.commissioner, row.listing
            network = self._register.body_of(code, self._form.kinds_above, release.as_of)
            if not network:
                yield NoCount(row.line, row.code, f"its network {code} is in no table")
                continue
            networks[code] = network
            newest.append(NetworkStay(code, listing.joined, listing.ends or None, release.source))
        if not newest:
            return
        there = self._rows(body)
        known = [self._stay(row) for row in there]
        networks |= {stay.network: row["object"] for stay, row in zip(known, there, strict=True)}
        before = self._within(body, known, networks)
        after = self._within(body, carried_on(newest, known, seen_to), networks)
        stayer = body, self._form.verb
        change_stays(self._register, stayer, there, (before, after), self._cited(release, rows[-1]))

    def _rows(self, body: str) -> list[Cells]:
        """The rows that say in which networks a practice was, in order of time."""
        rows = [
            row
            for row in self._register.ties.get(body, ())
            if row["subject"] == body
            and row["verb"] == self._form.verb
            and row["object"] in self._register.code_of
            and self._register.bodies[row["object"]]["kind"] in self._form.kinds_above
        ]
        return sorted(rows, key=lambda row: row["valid_from"])

    def _stay(self, row: Cells) -> NetworkStay:
        days = row["valid_from"], row["valid_until"] or None
        precisions = row["from_precision"], row["until_precision"]
        return NetworkStay(
            self._register.code_of[row["object"]], *days, row["source"], *precisions, row["note"]
        )

    def _within(self, body: str, stays: list[NetworkStay], networks: dict[str, str]) -> Stays:
        """Stays within the lives of the practice and of the network."""
        found: Stays = {}
        for stay in stays:
            network = networks[stay.network]
            if whole := stay.within(self._register.life(body), self._register.life(network)):
                precisions = whole.from_precision, whole.until_precision
                days = whole.valid_from, whole.valid_until
                fact = PracticeMembership(network, *days, "published", stay.source, *precisions, whole.note)
                found[network, whole.valid_from] = fact
        return found


def follow_members(
    stays: StaysInTables, release: Release, body: str, listed: RegisterRow, cited: SaidBy, seen_to: str
) -> str:
    """Carries on under whom a body is; gives what could not count, blank if all did.

    The register of networks does not say since when: a network joined when most of its practices did.
    """
    register, listing, dated_by = stays.register, listed.listing, ""
    if not listing.joined and kinds()[register.bodies[body]["kind"]].reach == LISTS:
        joined = _members_joined(stays.of_members, body, listing, release.as_of)
        listed = listed._replace(listing=listing._replace(joined=joined))
        dated_by = "dated by the move of most of its practices"
    return stays.follow(release, body, listed, cited, seen_to, dated_by)


def _members_joined(of_members: StaysInTables, body: str, listing: Listing, day: str) -> str:
    """Since when most members of a body are under the one under which it is listed."""
    members = [
        tie["subject"]
        for tie in of_members.register.ties.get(body, ())
        if tie["object"] == body
        and tie["verb"] == of_members.verb
        and Period(tie["valid_from"] or None, tie["valid_until"] or None).holds(day)
    ]
    joined = (of_members.joined(member, listing.commissioner, day) for member in members)
    return most_joined(filter(None, joined), listing.opened)
