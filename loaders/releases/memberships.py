"""Where bodies go by a later release: their stays under others carried on, by the same rules as in the compile step."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.news.book import Cells
from orgmap.loaders.releases.formats import formats
from orgmap.loaders.releases.kept import Release
from orgmap.loaders.releases.listings import RegisterRow
from orgmap.loaders.releases.register import CodedBodies, SaidBy
from orgmap.loaders.releases.stays import (
    Edition,
    Lives,
    PracticeMembership,
    Rules,
    Stay,
    code_life,
    facts,
    follow,
)

LISTED_MEMBERS = "epraccur"
"""The register that tells under whom the members of networks are."""


class StaysInTables:
    """The stays of bodies under others (`above`: their kinds) while releases that tell them are folded in."""

    def __init__(self, register: CodedBodies, above: Collection[str], verb: str) -> None:
        self.register, self._above, self.verb = register, above, verb

    @cached_property
    def _rules(self) -> Rules:
        lives: Lives = self.register.lives(self._above)
        # Where groups became others, the bundled tables tell; none has since.
        return Rules(lives, {}, lambda code, place: None, "", "", "")

    @cached_property
    def of_members(self) -> StaysInTables:
        """The stays of those of whom these bodies are made."""
        form = formats()[LISTED_MEMBERS]
        return StaysInTables(self.register, form.kinds_above, form.verb)

    def joined(self, body: str, code: str, day: str) -> str:
        """Since when a body stays under the one with this code, if it does so on that day."""
        stays = [one for one in self._stays(self._rows(body)) if one.code == code]
        there = [one for one in stays if Period(one.valid_from, one.valid_until).holds(day)]
        return there[-1].valid_from if there else ""

    def follow(
        self,
        release: Release,
        body: str,
        listed: RegisterRow,
        cited: SaidBy,
        seen_to: str,
        dated_by: str = "",
    ) -> str:
        """Carries the stays of a body on by what a release says; gives what could not count, blank if all did.

        `dated_by` says what tells the day on which it joined, where the register itself does not.
        """
        listing = listed.listing
        if not listing.commissioner:
            return ""
        if listing.commissioner not in self._rules.lives:
            return f"its commissioner {listing.commissioner} is in no table: where it belongs since then is not known"
        rows = self._rows(body)
        stays = self._stays(rows)
        if not stays and not (listing.joined or listing.opened):
            return f"is under {listing.commissioner}, and nobody says since when"
        edition = Edition(release.source, release.file, release.as_of, release.horizon)
        if (
            stays
            and stays[-1].code == listing.commissioner
            and not (stays[-1].valid_until and not listing.ends)
        ):
            return ""
        ends = self.register.life(body).valid_until
        above = code_life(self._rules.lives, listing.commissioner)
        joined = max(listing.joined or listing.opened, above.valid_from or "")
        if ends and ends <= release.as_of and not seen_to < joined < ends:
            return ""  # what the register changed after the end is a clerk's doing
        if above.valid_until and above.valid_until <= min(release.as_of, ends or release.as_of):
            return (
                f"is under {listing.commissioner} here, which ended on {above.valid_until}: left where it was"
            )
        try:
            later = follow(stays, seen_to, edition, listing, self._rules)
            if dated_by and len(later) > 1 and later[-1].valid_from == listing.joined:
                later[-1] = later[-1]._replace(note=dated_by)
            before, after = self._facts(stays, body), self._facts(later, body)
        except DataBroken as error:
            return str(error)
        change_stays(self.register, (body, self.verb), rows, (before, after), cited)
        return ""

    def _rows(self, body: str) -> list[Cells]:
        """The rows that say under whom a body was, in order of time."""
        rows = [
            row
            for row in self.register.ties.get(body, ())
            if row["subject"] == body and row["verb"] == self.verb and self._is_above(row["object"])
        ]
        return sorted(rows, key=lambda row: row["valid_from"])

    def _is_above(self, body: str) -> bool:
        bearers = self._rules.lives.get(self.register.code_of.get(body, ""), ())
        return any(one.id == body for one in bearers)

    def _stays(self, rows: list[Cells]) -> list[Stay]:
        """The rows as stays with codes, adjoining ones with the same code as one."""
        stays: list[Stay] = []
        for row in rows:
            code, until = self.register.code_of[row["object"]], row["valid_until"] or None
            last = stays[-1] if stays else None
            if last and last.code == code and last.valid_until == row["valid_from"]:
                stays[-1] = last._replace(valid_until=until)
            else:
                sources = ((row["valid_from"], row["source"]),)
                stays.append(Stay(code, row["valid_from"], until, sources, row["basis"] == "derived"))
        return stays

    def _facts(self, stays: list[Stay], body: str) -> dict[tuple[str, str], PracticeMembership]:
        life = self.register.life(body)
        return {(fact.body, fact.valid_from): fact for fact in facts(stays, life, self._rules)}


Stays = dict[tuple[str, str], PracticeMembership]
"""Stays by the body with which they are and the day on which they begin."""


def change_stays(
    register: CodedBodies,
    stayer: tuple[str, str],
    rows: list[Cells],
    stays: tuple[Stays, Stays],
    cited: SaidBy,
) -> None:
    """Changes the rows of a body (with its verb) by what is otherwise after than before; what only the tables tell
    stays as it is."""
    (body, verb), (before, after) = stayer, stays
    there = {(row["object"], row["valid_from"]): row for row in rows}
    for key, fact in after.items():
        if (row := there.get(key)) is None:
            register.add(
                "relationships",
                cited,
                subject=body,
                verb=verb,
                object=fact.body,
                basis=fact.basis,
                valid_from=fact.valid_from,
                from_precision=fact.from_precision,
                valid_until=fact.valid_until,
                until_precision=fact.until_precision,
                note=fact.note,
            )
        elif key not in before or before[key].valid_until != fact.valid_until:
            row["valid_until"], row["until_precision"] = fact.valid_until or "", fact.until_precision
    for key in before.keys() - after.keys():
        if key in there:
            register.take_away(there[key])
