"""A guide to a place for a day: who pays, plans, listens and oversees, how to reach them, what is to change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.listed import GuidePart, Purpose, guide_parts
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import has, kinds, kinds_reaching, roles
from orgmap.queries.guide.ahead import what_came, what_is_planned
from orgmap.queries.guide.history import PAYS, advised
from orgmap.queries.guide.lines import NOT_STATED, Line, body_line, once, sentence_line
from orgmap.queries.guide.paying import every_service, overseers, payers
from orgmap.queries.guide.sayings import FIELDS, Sayings
from orgmap.queries.guide.themes import ThemeAsked, theme_called, theme_of
from orgmap.queries.guide.words import BUYS_NOTHING
from orgmap.queries.place.context import Setting, setting_of
from orgmap.queries.place.find import find
from orgmap.queries.structure.hierarchy import Chains


def guide(
    store: Store,
    place: str,
    at: AnyDay,
    about: str = "",
    reader: str = "",
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Whom to speak to about health and care in a place on a day, and what each body is for.

    `about` names a theme or a service: without it who pays for what is told by groups of services. A `reader`
    (“charity”) is told what each body means for it, and what documents of the day's own time advised, as history.
    Returns `{"query", "at", "place", "theme", "reader", "parts", "notes"}`; a part has `part`, `heading`, `meaning` and
    `lines`; a line has a `body` (with `purpose`, `reach` and what it pays for) or is a sentence, and its `sources`; one
    without a source begins “Not stated”. Raises `NothingFound`, `Ambiguous` or `WrongUse`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = guide(store, "Thanet", "2026-06-01", about="carers")
    >>> [line["body"]["name"] for line in answer["parts"][0]["lines"]]
    ['NHS Kent and Medway Integrated Care Board', 'Kent County Council']
    """
    at = day_of(at)
    theme = theme_of(store, about) if about else None
    known = reader_of(store, reader) if reader else ""
    found = find(store, place, at, include)
    chains = Chains.of(store, include)
    made = _Guide(store, chains, found, setting_of(chains, place, at), theme, known)
    parts = [
        {"part": part.part, "heading": part.heading, "meaning": part.meaning, "lines": made.lines_of(part)}
        for part in guide_parts().values()
    ]
    notes = [
        *(theme.notes if theme else ()),
        *([theme.note] if theme and theme.note else ()),
        *found["notes"],
    ]
    return {
        "query": place,
        "at": at,
        "place": found["place"],
        "theme": theme
        and {
            "id": theme.id,
            "name": theme.name,
            "services": [{"id": one.id, "name": one.name} for one in theme.services],
        },
        "reader": known or None,
        "parts": [part for part in parts if part["lines"]],
        "notes": list(dict.fromkeys(notes)),
    }


def reader_of(store: Store, text: str) -> str:
    """The kind of reader that a word means. Raises `WrongUse` with those that there are for another."""
    known = sorted({row.reader for row in store.listed(Purpose)} - {""})
    if normalise(text) in known:
        return normalise(text)
    if not known:
        raise NothingFound("Not known: these tables say nothing to any kind of reader.")
    raise WrongUse(f"“{text}” is no kind of reader. Readers: {', '.join(known)}.")


class _Guide:
    """The parts of one guide, each made of the answers to other questions."""

    def __init__(
        self,
        store: Store,
        chains: Chains,
        found: dict[str, Any],
        setting: Setting,
        theme: ThemeAsked | None,
        reader: str,
    ) -> None:
        self._store, self._chains, self._found, self._setting = store, chains, found, setting
        self._theme, self._reader, self._at = theme, reader, found["at"]
        self._sayings = Sayings(store, self._at, reader)
        self._groups: dict[str, str] = {}
        self._told: dict[str, list[Line]] = {}
        self._silent: list[Line] = []
        self._seen_to: dict[str, Line] = {}

    def lines_of(self, part: GuidePart) -> list[Line]:
        """The lines of a part; what each body is for is added once, where it first stands."""
        make = getattr(self, f"_{part.part}", None)
        lines = make() if make else self._of_role(part.part)
        if part.theme and (asked := theme_called(self._store, part.theme)):
            services = self._store.entities(ids=asked.services.split())
            more, _, silent = payers(self._chains, self._setting, services, self._groups, named=True)
            there = {line["body"]["id"] for line in lines}
            lines += [line for line in more if line["body"]["id"] not in there]
            self._silent += silent
        self._told[part.part] = lines
        for line in lines:
            if line["body"]:
                line |= self._sayings.of(line["body"])
        return lines

    def _of_role(self, part: str) -> list[Line]:
        """A line for each body of the place whose role belongs to this part."""
        here = [body for body in self._found["bodies"] if roles()[body["role"]].guide == part]
        apart = ("role", "basis", "sources", "share", "share_of")
        lines = [
            body_line(
                {key: value for key, value in body.items() if key not in apart},
                body["sources"],
                **{key: body[key] for key in apart if key in body and key != "sources"},
                text=roles()[body["role"]].meaning,
            )
            for body in here
        ]
        for line in lines:
            if seen_to := self._seen_to.get(line["body"]["id"]):
                line["services"] = seen_to["services"]
                line["sources"] = once([*line["sources"], *seen_to["sources"]])
        return lines

    def _pays(self) -> list[Line]:
        if self._theme:
            lines, for_some, self._silent = payers(
                self._chains, self._setting, self._theme.services, self._groups, named=True
            )
            nobody = (
                f"{NOT_STATED}: these tables name nobody who pays for {self._theme.name}; why stands below."
            )
            buying, rest = self._buying(lines, named=True)
            return [*self._in_order(buying), *rest, *for_some] or [sentence_line(nobody)]
        services, self._groups = every_service(self._chains)
        lines = payers(self._chains, self._setting, services, self._groups, named=False).lines
        there = {line["body"]["id"] for line in lines}
        buying, rest = self._buying(lines, named=False)
        more = [one for one in self._of_role("pays") if one["body"]["id"] not in there]
        return [*self._in_order([*buying, *more]), *rest]

    def _buying(self, lines: list[Line], named: bool) -> tuple[list[Line], list[Line]]:
        """Those who buy, and a sentence for each other where its services were asked for or no other part tells it."""
        buying = [line for line in lines if not has(line["body"]["kind"], BUYS_NOTHING)]
        others = [line for line in lines if line not in buying]
        self._seen_to = {line["body"]["id"]: line for line in others}
        elsewhere = {body["id"] for body in self._found["bodies"] if roles()[body["role"]].guide}
        return buying, [
            sentence_line(
                f"{line['body']['name'] or line['body']['id']} sees to"
                f" {_listed([one['name'] for one in line['services']])}, and buys nothing.",
                line["sources"],
            )
            for line in others
            if named or line["body"]["id"] not in elsewhere
        ]

    def _in_order(self, lines: list[Line]) -> list[Line]:
        """The bodies of the place first, in the order of their roles; then those who pay for most, for all people."""
        here: dict[str, tuple[int, dict[str, Any]]] = {}
        for number, body in enumerate(self._found["bodies"]):
            here.setdefault(body["id"], (number, body))
        for line in lines:
            if line["body"]["id"] in here:
                body = here[line["body"]["id"]][1]
                line["role"] = body["role"]
                line |= {key: body[key] for key in ("share", "share_of") if key in body}
        last = len(here)
        return sorted(
            lines,
            key=lambda line: (
                here.get(line["body"]["id"], (last, {}))[0],
                -sum(not one["only_for"] for one in line["services"]),
                line["body"]["id"],
            ),
        )  # fmt: skip

    def _oversees(self) -> list[Line]:
        """Who questions or directs those of the place who pay; where nobody is named who does, its commissioner and
        council."""
        here = {body["id"] for body in self._found["bodies"]}
        asked = [line["body"]["id"] for line in self._told["pays"] if line["body"]]
        asked = [one for one in asked if one in here] or [
            line["body"]["id"] for line in self._of_role("pays")
        ]
        lines = overseers(self._chains, dict.fromkeys(asked), here, self._at, self._chains.include)
        there = {line["body"]["id"] for line in lines}
        return [*lines, *(one for one in self._of_role("oversees") if one["body"]["id"] not in there)]

    def _neighbourhood(self) -> list[Line]:
        lines = self._of_role("neighbourhood")
        there = {line["body"]["kind"] for line in lines}
        for kind in kinds_reaching("lists"):
            if (
                kind not in there
                and not self._setting.registered
                and self._store.entities(kind=kind, at=self._at)
            ):
                self._silent.append(
                    sentence_line(
                        f"{NOT_STATED}: a {kinds()[kind].label} has no area, only the lists of its practices; a"
                        " guide for a practice's code names it."
                    )
                )
        return lines

    def _ahead(self) -> list[Line]:
        bodies = {body["id"] for body in self._bodies()}
        services = {one.id for one in self._theme.services} if self._theme else set()
        place = self._found["place"].get("postcode") or self._found["query"]
        planned = what_is_planned(self._store, place, self._at, self._chains.include, bodies, services)
        return [*what_came(self._store, bodies, self._at), *planned]

    def _history(self) -> list[Line]:
        reader = theme_called(self._store, self._reader) if self._reader else None
        wanted = [
            *(reader.statements.split() if reader else ()),
            *(self._theme.statements if self._theme else ()),
        ]
        if not wanted:
            return []
        bodies = {body["id"] for body in self._found["bodies"]}
        paying = {body["id"] for body in self._found["bodies"] if body["role"] == PAYS}
        return advised(self._store, self._found["query"], self._at, wanted, paying, bodies)

    def _open(self) -> list[Line]:
        """Gaps: services of which nobody is named, bodies that no register tells how to reach."""
        lines = list({line["text"]: line for line in self._silent}.values())
        every = list(self._each_once())
        missing = {field: sum(not line["reach"][field] for line in every) for field in FIELDS}
        if any(missing.values()):
            counted = ", ".join(
                f"{_FIELD[field]} for {number}" for field, number in missing.items() if number
            )
            lines.append(
                sentence_line(f"{NOT_STATED}: of {len(every)} bodies, no register held here gives {counted}.")
            )
        unknown = [
            line["body"]["name"] or line["body"]["id"] for line in self._each_once() if not line["purpose"]
        ]
        if unknown:
            lines.append(
                sentence_line(f"{NOT_STATED}: these tables do not say what {_listed(unknown)} is for.")
            )
        return lines

    def _each_once(self) -> Iterable[Line]:
        """A line for each body that the guide names."""
        lines = [line for lines_of_part in self._told.values() for line in lines_of_part if line["body"]]
        return {line["body"]["id"]: line for line in lines}.values()

    def _bodies(self) -> list[dict[str, Any]]:
        return [line["body"] for line in self._each_once()]


_FIELD = {"address": "an address", "telephone": "a telephone number", "website": "a page"}


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
