"""The shapes of guides and of explanations, as their JSON is."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from orgmap.plan_shapes import NamedPart
from orgmap.row_shapes import BodyRow, Notes, PlaceTold, SourceRef


class SaidOf(TypedDict):
    """What a body is for, in two sentences, with who says so."""

    text: str
    sources: list[SourceRef]
    note: NotRequired[str]


class WayToReach(TypedDict):
    """An address, a telephone number or a page, as the register of that day has it; `of` names the part whose it is."""

    value: str
    seen_on: str
    of: NotRequired[NamedPart]
    note: NotRequired[str]
    sources: list[SourceRef]


class WaysToReach(TypedDict):
    """The ways to reach a body; None is “not held”."""

    address: WayToReach | None
    telephone: WayToReach | None
    website: WayToReach | None


class PaidService(TypedDict):
    """A service that a body commissions for the place, for whom, as what, and through whom.

    `only_for` names the people for whom alone it does so; empty where it is for everybody whom the service is for.
    """

    id: str
    name: str
    group: str | None
    population: str
    only_for: list[str]
    basis: str
    status: str
    through: list[NamedPart]
    sources: list[SourceRef]
    notes: NotRequired[list[str]]


class Sentence(TypedDict):
    """A sentence with who says so."""

    text: str
    sources: list[SourceRef]


class GuideLine(TypedDict):
    """A line of a guide: a `body` with why it stands there, its purpose and how to reach it, or a `text` alone, which
    begins “Not stated” where it has no source. Of a plan `said` tells how sure it is, `condition` on what it depends.
    """

    part: NotRequired[str]
    role: str | None
    body: BodyRow | None
    text: str | None
    services: list[PaidService]
    sources: list[SourceRef]
    share: NotRequired[float]
    share_of: NotRequired[str]
    basis: NotRequired[str]
    sentences: NotRequired[list[Sentence]]
    purpose: NotRequired[SaidOf | None]
    for_reader: NotRequired[SaidOf | None]
    reach: NotRequired[WaysToReach]
    about: NotRequired[str]
    date: NotRequired[str]
    status: NotRequired[str]
    said: NotRequired[str]
    stated_on: NotRequired[str]
    said_by: NotRequired[str]
    condition: NotRequired[str]
    note: NotRequired[str]
    plan: NotRequired[str]
    own: NotRequired[bool]
    event: NotRequired[str]
    where: NotRequired[str]
    statement: NotRequired[str]


class GuideSection(TypedDict):
    """A part of a guide: who pays, who plans …"""

    part: str
    heading: str
    meaning: str
    lines: list[GuideLine]


class ThemeTold(TypedDict):
    """What was asked about, with its services."""

    id: str
    name: str
    services: list[NamedPart]


class GuideTold(TypedDict):
    """The whole answer of `guide`."""

    query: str
    at: str
    place: PlaceTold
    theme: ThemeTold | None
    reader: str | None
    parts: list[GuideSection]
    notes: Notes


class PurposeOf(TypedDict):
    """What a kind of body is for."""

    about: str
    text: str
    sources: list[SourceRef]


class Meaning(TypedDict):
    """One meaning of a word; `what` is term, kind, body or service, `purposes` what the kinds that it means are for."""

    term: str
    what: str
    meaning: str
    text: str | None
    purposes: list[PurposeOf]
    about: list[NamedPart]
    valid_from: str | None
    valid_until: str | None
    sources: list[SourceRef]
    other: NotRequired[list[str]]
    note: NotRequired[str]


class ExplainTold(TypedDict):
    """The whole answer of `explain`."""

    query: str
    at: str | None
    meanings: list[Meaning]
    notes: Notes
