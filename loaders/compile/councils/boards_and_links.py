"""Health and Wellbeing Boards, one for each upper-tier council since 2013, and the LINks before them."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.reorganisations import Reorganisation
from orgmap.loaders.compile.councils.voice import (
    FOUNDED,
    PATTERN_NAME,
    UNSEEN_NAME,
    Councils,
    OtherName,
    Tie,
    VoiceBody,
    VoiceChange,
    created,
    read_list,
    slug,
)
from orgmap.loaders.compile.shared.change_events import Handover, kind_of_change

KIND = "health_and_wellbeing_board"
SUFFIX = " Health and Wellbeing Board"
SECTION = "section 194"

SHADOW_FROM = "2012-04-01"
"""The month from which boards are said to have met in shadow form."""

KENT_BOARD = "hwb:E10000016"
"""The one board that a document shows meeting in shadow form earlier; its rows were written by hand."""


class Boards:
    """All Health and Wellbeing Boards, whose council's each was when, and how they changed."""

    def __init__(self, published: Path, councils: Councils) -> None:
        self.bodies: dict[str, VoiceBody] = {}
        self.ties: list[Tie] = []
        self.changes: list[VoiceChange] = []
        self.other_names: list[OtherName] = []
        self._councils = councils
        self._of_council: dict[str, str] = {}
        self._found(published)
        for change in councils.reorganised():
            self._reorganise(change)

    def _found(self, published: Path) -> None:
        rows = read_list(
            published, "health_and_wellbeing_boards_2013.csv", self._councils, "hwb_id", "name", "basis"
        )
        for row, council in rows:
            own = row["hwb_id"] == f"HWB-{row['utla_ons']}"
            board = (
                f"hwb:{council.code_on(FOUNDED)}" if own else f"hwb:{slug(row['name'].removesuffix(SUFFIX))}"
            )
            if row["basis"] == "derived by pattern":
                note = PATTERN_NAME
            else:
                note = UNSEEN_NAME if "memory" in row["source"] else "one board for two councils"
            self._add(board, row["name"], FOUNDED, note, council.id)
        act = f"Health and Social Care Act 2012, {SECTION}"
        self.changes += [created(board, FOUNDED, act, "hsca-2012") for board in sorted(self.bodies)]

    def _add(self, board: str, name: str, start: str, note: str, council_id: str) -> None:
        council = self._councils.by_id[council_id]
        self.bodies[board] = VoiceBody(
            board, KIND, name, start, source="hsca-2012", locator=SECTION, note=note
        )
        self.ties.append(
            Tie(board, council_id, max(start, council.valid_from), council.valid_until, source="hsca-2012")
        )
        self._of_council[council_id] = board
        for alias in (f"{council.area} HWB", f"{council.area}{SUFFIX}"):
            if alias != name:
                self.other_names.append(OtherName(board, alias, "hsca-2012", "made by pattern, for look-up"))

    def _reorganise(self, change: Reorganisation) -> None:
        """New councils set up boards of their own; those of the old councils end."""
        for council_id in change.successors:
            council = self._councils.by_id[council_id]
            board = f"hwb:{council.code_on(change.date)}"
            self._add(board, council.area + SUFFIX, change.date, PATTERN_NAME, council_id)
        shares: dict[tuple[str, str], set[float | None]] = {}
        for passage in change.passages:
            pair = (self._of_council[passage.predecessor], self._of_council[passage.successor])
            shares.setdefault(pair, set()).add(passage.weight)
        if any(len(found) > 1 for found in shares.values()):
            raise DataBroken(
                f"{change.date}: a joint board's councils went different ways; its shares are unclear."
            )
        pairs = [Handover(*pair, found.pop()) for pair, found in sorted(shares.items())]
        for old, _ in shares:
            self.bodies[old] = self.bodies[old]._replace(valid_until=change.date)
        kind, first = kind_of_change(pairs), min(new for _, new in shares)
        self.changes.append(
            VoiceChange(
                f"{change.date}-{kind}-{first.replace(':', '-')}",
                kind,
                change.date,
                tuple(pairs),
                instrument=change.order,
                source="hsca-2012",
                note="derived: each upper-tier council has its own board, so the boards follow the councils",
            )
        )


LINK_KIND = "local_involvement_network"
LINKS_FROM = "2008-04-01"
LINK_SECTION = "section 221"
LAST_DAY = "2013-03-31"


class Links:
    """One LINk for each upper-tier council of 2013, from 2008 or from the council's own start."""

    def __init__(self, published: Path, councils: Councils) -> None:
        self.bodies: dict[str, VoiceBody] = {}
        self.ties: list[Tie] = []
        self.other_names: list[OtherName] = []
        for row, council in read_list(published, "links_2008_2013.csv", councils, "name", "start", "end"):
            # The list adds a remark to the start where the council of 2008 was another one.
            if row["start"][:10] != LINKS_FROM or row["end"] != LAST_DAY:
                raise DataBroken(
                    f"{row['name']} runs from {row['start']} to {row['end']}; 2008 to 2013 was expected."
                )
            start = max(LINKS_FROM, council.valid_from)
            body = f"link:{council.code_on(start)}"
            self._add(body, row["name"], start)
            precision = self.bodies[body].from_precision
            self.ties.append(Tie(body, council.id, start, FOUNDED, precision, source="lgpih-2007"))
            alias = f"{council.area} Local Involvement Network"
            self.other_names.append(OtherName(body, alias, "lgpih-2007", "made by pattern, for look-up"))

    def _add(self, body: str, name: str, start: str) -> None:
        if start == LINKS_FROM:
            precision, note = "approx", "the duty began on that day; the day of each network is not known"
        else:
            precision, note = (
                "",
                "shown from the council's own start; the old council's network is not in the list",
            )
        self.bodies[body] = VoiceBody(
            body,
            LINK_KIND,
            name,
            start,
            FOUNDED,
            from_precision=precision,
            source="lgpih-2007",
            locator=LINK_SECTION,
            note=f"{PATTERN_NAME}; {note}",
        )

    def changes(self, healthwatch_of: dict[str, str]) -> list[VoiceChange]:
        """How the LINks began, and which Healthwatch replaced them, given each council's Healthwatch."""
        act = f"Local Government and Public Involvement in Health Act 2007, {LINK_SECTION}"
        first = sorted(body.id for body in self.bodies.values() if body.valid_from == LINKS_FROM)
        began = [created(body, LINKS_FROM, act, "lgpih-2007", "approx") for body in first]
        replaced: dict[str, list[str]] = {}
        for tie in self.ties:
            replaced.setdefault(healthwatch_of[tie.council], []).append(tie.body)
        return [*began, *(_replaced(healthwatch, links) for healthwatch, links in sorted(replaced.items()))]


def _replaced(healthwatch: str, links: list[str]) -> VoiceChange:
    return VoiceChange(
        f"{FOUNDED}-replaced-{healthwatch.replace(':', '-')}",
        "replaced",
        FOUNDED,
        tuple(Handover(link, healthwatch) for link in sorted(links)),
        instrument="Health and Social Care Act 2012, sections 182 to 187",
        source="hsca-2012",
    )
