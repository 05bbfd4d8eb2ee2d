"""Local involvement networks (LINks), 2008 to 2013: the public's voice before local Healthwatch."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.councils.council_voice import (
    FOUNDED,
    PATTERN_NAME,
    Councils,
    OtherName,
    Tie,
    VoiceBody,
    VoiceChange,
    created,
    read_list,
)
from orgmap.loaders.compile.shared.change_events import Handover

KIND = "local_involvement_network"
LINKS_FROM = "2008-04-01"
SECTION = "section 221"
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
            KIND,
            name,
            start,
            FOUNDED,
            from_precision=precision,
            source="lgpih-2007",
            locator=SECTION,
            note=f"{PATTERN_NAME}; {note}",
        )

    def changes(self, healthwatch_of: dict[str, str]) -> list[VoiceChange]:
        """How the LINks began, and which Healthwatch replaced them, given each council's Healthwatch."""
        act = f"Local Government and Public Involvement in Health Act 2007, {SECTION}"
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
