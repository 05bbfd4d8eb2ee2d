"""Where practices go by a later release: their stays carried on, by the same rules as in the compile step."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.news.book import Cells
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

MEMBER = "member_of"


class StaysInTables:
    """The memberships in the tables while releases of the practice register are folded in."""

    def __init__(self, register: CodedBodies, above: Collection[str]) -> None:
        self._register, self._above = register, above

    @cached_property
    def _rules(self) -> Rules:
        lives: Lives = self._register.lives(self._above)
        # Where groups became others, the bundled tables tell; none has since.
        return Rules(lives, {}, lambda code, place: None, "", "", "")

    def follow(self, release: Release, body: str, listed: RegisterRow, cited: SaidBy, seen_to: str) -> str:
        """Carries the stays of a practice on by what a release says; gives what could not count, blank if all did."""
        listing = listed.listing
        if not listing.commissioner:
            return ""
        if listing.commissioner not in self._rules.lives:
            return f"its commissioner {listing.commissioner} is in no table: where it belongs since then is not known"
        rows = self._rows(body)
        stays = self._stays(rows)
        edition = Edition(release.source, release.file, release.as_of, release.horizon)
        if (
            stays
            and stays[-1].code == listing.commissioner
            and not (stays[-1].valid_until and not listing.ends)
        ):
            return ""
        ends = self._register.life(body).valid_until
        if ends and ends <= release.as_of and not seen_to < listing.joined < ends:
            return ""  # what the register changed after the end is a clerk's doing
        above = code_life(self._rules.lives, listing.commissioner)
        if above.valid_until and above.valid_until <= release.as_of:
            return (
                f"is under {listing.commissioner} here, which ended on {above.valid_until}: left where it was"
            )
        try:
            later = follow(stays, seen_to, edition, listing, self._rules)
            before, after = self._facts(stays, body), self._facts(later, body)
        except DataBroken as error:
            return str(error)
        self._change(body, rows, before, after, cited)
        return ""

    def _rows(self, body: str) -> list[Cells]:
        """The rows that say of whom a practice was a member, in order of time."""
        rows = [
            row
            for row in self._register.ties.get(body, ())
            if row["subject"] == body and row["verb"] == MEMBER and self._is_above(row["object"])
        ]
        return sorted(rows, key=lambda row: row["valid_from"])

    def _is_above(self, body: str) -> bool:
        bearers = self._rules.lives.get(self._register.code_of.get(body, ""), ())
        return any(one.id == body for one in bearers)

    def _stays(self, rows: list[Cells]) -> list[Stay]:
        """The rows as stays with codes, adjoining ones with the same code as one."""
        stays: list[Stay] = []
        for row in rows:
            code, until = self._register.code_of[row["object"]], row["valid_until"] or None
            last = stays[-1] if stays else None
            if last and last.code == code and last.valid_until == row["valid_from"]:
                stays[-1] = last._replace(valid_until=until)
            else:
                sources = ((row["valid_from"], row["source"]),)
                stays.append(Stay(code, row["valid_from"], until, sources, row["basis"] == "derived"))
        return stays

    def _facts(self, stays: list[Stay], body: str) -> dict[tuple[str, str], PracticeMembership]:
        life = self._register.life(body)
        return {(fact.body, fact.valid_from): fact for fact in facts(stays, life, self._rules)}

    def _change(
        self,
        body: str,
        rows: list[Cells],
        before: dict[tuple[str, str], PracticeMembership],
        after: dict[tuple[str, str], PracticeMembership],
        cited: SaidBy,
    ) -> None:
        """Changes the rows by what is otherwise after than before; what only the tables tell stays as it is."""
        there = {(row["object"], row["valid_from"]): row for row in rows}
        for key, fact in after.items():
            if (row := there.get(key)) is None:
                self._register.add(
                    "relationships",
                    cited,
                    subject=body,
                    verb=MEMBER,
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
                self._register.take_away(there[key])
