"""What a line of a later release says of a body that the tables have, laid over what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.names import readable_name
from orgmap.loaders.news.book import Cells
from orgmap.loaders.releases.formats import PublishedFormat
from orgmap.loaders.releases.kept import Release
from orgmap.loaders.releases.listings import Listing, RegisterRow
from orgmap.loaders.releases.register import CodedBodies, SaidBy, of_trait
from orgmap.loaders.releases.words import ASLEEP, practice_note

NOT_KNOWN, APPROX = "not_known", "approx"
OFFICIAL, FORMER = "official", "former"
IN_FORCE_STATUS = "in_force"
OF_WALES = "of_wales"


def kind_of_listing(register: CodedBodies, form: PublishedFormat, listing: Listing, release: Release) -> str:
    """The kind of body that a line is about: a practice of Wales is told by whom it is under."""
    kind = listing.kind or form.kinds[0]
    above = register.body_of(listing.commissioner, form.kinds_above, release.as_of)
    if above and OF_WALES in kinds()[register.bodies[above]["kind"]].traits:
        return of_trait(kind, OF_WALES) or kind
    return kind


def name_of_listing(form: PublishedFormat, listing: Listing) -> str:
    """The name of a body as people write it, without what its register alone puts behind such names."""
    return form.bare_name(readable_name(listing.name.upper()))


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
            yield from self._renamed()
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
        was, now = (
            self._row["kind"],
            kind_of_listing(self._register, self._form, self._listing, self._release),
        )
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
        self._called_as_before(ends)

    def _called_as_before(self, ends: str) -> None:
        """A name that it got only after its end was never its own: it is called as it was until then."""
        borne = self._register.names[self._body]
        if not ends or self._row["name"] in {row["name"] for row in borne} or not borne:
            return
        last = [row for row in borne if row["use"] == FORMER and row["valid_until"] == ends]
        if last:
            row = max(last, key=lambda one: one["valid_from"])
            row["use"], self._row["name"] = OFFICIAL, row["name"]

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

    def _renamed(self) -> Iterator[str]:
        now, was = name_of_listing(self._form, self._listing), self._row["name"]
        borne = self._lasting(self._register.names)
        if normalise(now) in {normalise(was), *(normalise(row["name"]) for row in borne)}:
            return
        if late := self._given_up(now):
            yield f"is called {now} here, a name that it gave up by {late['source']}: the name stays"
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

    def _given_up(self, name: str) -> Cells | None:
        """The row by which it had given up a name before, by another source: then its register is late."""
        before = (row for row in self._register.names[self._body] if row["use"] == FORMER)
        return next(
            (row for row in before if normalise(row["name"]) == normalise(name) and not self._is_ours(row)),
            None,
        )

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
