"""What Health and Wellbeing Boards, Healthwatch and LINks have in common: bodies that go with councils."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.register import Council, ids_by_code, read_councils
from orgmap.loaders.compile.councils.reorganisations import Reorganisation, read_reorganisations
from orgmap.loaders.compile.shared.change_events import Handover
from orgmap.loaders.published import read_table

FOUNDED = "2013-04-01"
"""The day on which Health and Wellbeing Boards and local Healthwatch began."""

PATTERN_NAME = "called here by the usual pattern; what it calls itself was not looked up one by one"
UNSEEN_NAME = "the name is known in general; no source for it was seen"


class VoiceBody(NamedTuple):
    """A board, a Healthwatch or a LINk, with its own start and end; a blank end is open."""

    id: str
    kind: str
    name: str
    valid_from: str
    valid_until: str = ""
    from_precision: str = ""
    until_precision: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Tie(NamedTuple):
    """From when until when a body served a council."""

    body: str
    council: str
    valid_from: str
    valid_until: str = ""
    from_precision: str = ""
    until_precision: str = ""
    source: str = ""
    note: str = ""


class VoiceChange(NamedTuple):
    """A change of such bodies; weights are shares of residents."""

    id: str
    kind: str
    date: str
    pairs: tuple[Handover, ...]
    precision: str = ""
    instrument: str = ""
    source: str = ""
    note: str = ""


class OtherName(NamedTuple):
    """Another name that a body is found by."""

    body: str
    name: str
    source: str
    note: str = ""
    valid_from: str = ""
    from_precision: str = ""
    valid_until: str = ""


class Councils:
    """The councils of England with their reorganisations, asked for by code or by day."""

    def __init__(self, published: Path) -> None:
        self.all = read_councils(published)
        self.by_id = {council.id: council for council in self.all}
        self._ids = ids_by_code(self.all)
        self._reorganisations = read_reorganisations(published, self.all)

    def of_code(self, code: str) -> Council:
        """The council whose area ever had that code."""
        return self.by_id[self._ids[code]]

    def upper_tier_on(self, at: str) -> set[str]:
        """The ids of the upper-tier councils of that day."""
        return {council.id for council in self.all if council.is_upper_tier and council.holds(at)}

    def reorganised(self) -> Iterator[Reorganisation]:
        """The reorganisations since 2013 that changed upper-tier councils, without the districts in them."""
        for change in self._reorganisations:
            upper = tuple(p for p in change.passages if self.by_id[p.predecessor].is_upper_tier)
            if change.date > FOUNDED and upper:
                yield change._replace(passages=upper)


class VoiceBodies:
    """All bodies of a kind, which served which council when, how they changed, and what else they are called."""

    def __init__(self, councils: Councils) -> None:
        self.bodies: dict[str, VoiceBody] = {}
        self.ties: list[Tie] = []
        self.changes: list[VoiceChange] = []
        self.other_names: list[OtherName] = []
        self._councils = councils

    def _change(self, kind: str, date: str, about: str, pairs: Iterable[Handover], **said: str) -> None:
        """Adds a change; its id names the body that it is about."""
        event = f"{date}-{kind}-{about.replace(':', '-')}"
        self.changes.append(VoiceChange(event, kind, date, tuple(pairs), **said))

    def _call(self, body: str, names: Iterable[str], source: str, since: str = "", until: str = "") -> None:
        """Lets a body be found by other names, made by pattern."""
        made = "made by pattern, for look-up"
        for name in names:
            if name != self.bodies[body].name:
                self.other_names.append(OtherName(body, name, source, made, since, valid_until=until))


def read_list(
    published: Path, name: str, councils: Councils, *columns: str
) -> list[tuple[dict[str, str], Council]]:
    """The rows of a list of 2013, each with its council; it must name every council of that day once."""
    path = published / "facts" / "lists" / name
    rows = [(row, councils.of_code(row["utla_ons"])) for _, row in read_table(path, "utla_ons", *columns)]
    named = [council.id for _, council in rows]
    if sorted(named) != sorted(councils.upper_tier_on(FOUNDED)):
        raise DataBroken(f"{path}: does not name each upper-tier council of {FOUNDED} once.")
    return rows


def slug(words: str) -> str:
    """Words as part of an id.

    >>> slug("Central West London")
    'central_west_london'
    """
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
