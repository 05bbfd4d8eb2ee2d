"""Councils that are to be: what each takes over, and the board and the Healthwatch that it would have."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from orgmap.loaders.compile.reform.today import Today
from orgmap.loaders.compile.shared.change_events import Handover, add_event, kind_of_change
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import records

COUNTED = "residents mid-2020"
"""What the shares of whole districts in a county count."""

HAMPSHIRE_COUNTED = "residents 2021"
"""What the shares of divided districts count."""

BOARD_NOTE = "derived: the Act of 2012 (s. 194) gives each upper-tier council a board; no page names it"
VOICE_NOTE = (
    "derived: the Act of 2007 (s. 221) has each upper-tier council see to a Healthwatch; it begins only if the"
    " Health Bill has not ended Healthwatch first"
)
NOT_READ = "a decision was announced; which councils follow was not read"


class NewCouncil(NamedTuple):
    """A council that is to be: its id without `council:`, since when it is in shadow, and who said so and when."""

    council: str
    area: str
    name: str
    vesting: str
    status: str
    stated_on: str
    said_by: str
    source: str
    rows: str = ""
    shadow_from: str = ""
    instrument: str = ""
    other_names: tuple[str, ...] = ()
    depends_on: str = ""
    note: str = ""


class CouncilPart(NamedTuple):
    """A council of today, or a part of it, that is to pass to a new one; `part` says in words which part."""

    council: str
    old: str
    source: str
    rows: str
    share: str = ""
    part: str = ""


class NotRead(NamedTuple):
    """An area for which a decision was announced whose content was not read; `unsure` may go or stay."""

    area: str
    name: str
    counties: tuple[str, ...]
    vesting: str
    stated_on: str
    said_by: str
    source: str
    rows: str
    unsure: tuple[str, ...] = ()
    note: str = ""


class Enlarged(NamedTuple):
    """A council that goes on and takes in a part of another."""

    council: str
    old: str
    date: str
    status: str
    stated_on: str
    said_by: str
    source: str
    rows: str
    part: str
    note: str = ""


def add_councils(dataset: Compiled, today: Today) -> None:
    """Adds every council that is to be, with what it takes over, and what was decided and not read."""
    councils = records("reform_ahead/councils", NewCouncil, key="council")
    parts: dict[str, list[CouncilPart]] = defaultdict(list)
    for part in records("reform_ahead/council_parts", CouncilPart):
        today.there(part.old)
        parts[part.council].append(part)
    areas: dict[str, list[NewCouncil]] = defaultdict(list)
    for council in councils:
        areas[council.area].append(council)
        _add_council(dataset, council)
        for part in parts[council.council]:
            _add_ground(dataset, today, council, part)
    for area, group in areas.items():
        pairs = _handovers(today, group, parts)
        event = _add_change(dataset, area, group[0], pairs)
        _add_derived(dataset, today, area, group, pairs)
        for council in group:
            _add_plan(dataset, today, council, parts[council.council], event)
    for not_read in records("reform_ahead/councils_not_read", NotRead, key="area"):
        _add_not_read(dataset, today, not_read)
    for enlarged in records("reform_ahead/councils_enlarged", Enlarged):
        _add_enlarged(dataset, today, enlarged)


def _id(council: NewCouncil) -> str:
    return f"council:{council.council}"


def _add_council(dataset: Compiled, council: NewCouncil) -> None:
    body, source = _id(council), council.source
    life = TwoDays(council.vesting)
    dataset.add_entity(body, "upper_tier_council", council.name, source, life, note=council.note)
    for name in council.other_names:
        dataset.add_name(body, name, "alias", source)
    if council.shadow_from:
        note = "elected; prepares only, and has no function yet"
        dataset.add_phase(body, "shadow", source, TwoDays(council.shadow_from, council.vesting), note=note)
    dataset.add_phase(body, council.status, source, life, note=council.instrument)


def _add_ground(dataset: Compiled, today: Today, council: NewCouncil, part: CouncilPart) -> None:
    """The areas that the new council would cover; of a divided one nobody says which, so they are provisional."""
    name = today.names[part.old]
    note = f"derived: {name} passes whole"
    if part.part:
        note = f"derived: a part of {name} passes ({part.part}); which neighbourhoods these are was not worked out"
    # The county's own areas are those of its districts.
    for area in () if today.districts(part.old) else today.areas(part.old):
        dataset.add_link(
            _id(council),
            "covers",
            area,
            "derived",
            part.source,
            TwoDays(council.vesting),
            status="provisional" if part.part else council.status,
            stated_on=council.stated_on,
            note=note,
        )


def _handovers(today: Today, group: list[NewCouncil], parts: dict[str, list[CouncilPart]]) -> list[Handover]:
    """Each council of today with the new ones, by its share of residents where that is known."""
    pairs = []
    for council in group:
        for part in parts[council.council]:
            whole = not part.part and not today.districts(part.old)
            share = 1.0 if whole else float(part.share) if part.share else None
            if today.districts(part.old):
                share = _share_of_county(today, part.old, parts[council.council])
            pairs.append(Handover(part.old, _id(council), share))
    return pairs


def _share_of_county(today: Today, county: str, parts: list[CouncilPart]) -> float | None:
    """The share of a county's residents that pass with its districts; None where a district's share is not known."""
    inside = [part for part in parts if part.old in today.districts(county)]
    if any(part.part and not part.share for part in inside):
        return None
    people = sum(today.people(part.old) * float(part.share or 1) for part in inside)
    return round(people / sum(map(today.people, today.districts(county))), 4)


def _add_change(dataset: Compiled, area: str, first: NewCouncil, pairs: list[Handover]) -> str:
    """The change of an area's councils, as it is planned."""
    kind = kind_of_change(pairs)
    event = f"{first.vesting}-{kind}-councils-{area}"
    cells = {"status": first.status, "stated_on": first.stated_on, "instrument": first.instrument}
    dataset.add("events", id=event, kind=kind, date=first.vesting, source=first.source, **cells)
    for pair in pairs:
        counts = "" if pair.weight is None else HAMPSHIRE_COUNTED if area == "hampshire" else COUNTED
        cells = {"predecessor": pair.predecessor, "successor": pair.successor}
        dataset.add("successions", event=event, weight=pair.weight, counts=counts, **cells)
    return event


def _add_derived(
    dataset: Compiled, today: Today, area: str, group: list[NewCouncil], pairs: list[Handover]
) -> None:
    """The board and the Healthwatch of each new council, which follow those of the councils before."""
    upper = [pair for pair in pairs if pair.predecessor.startswith("council:")]
    for prefix, kind, label, held, note in (
        ("hwb", "health_and_wellbeing_board", "{} Health and Wellbeing Board", today.boards, BOARD_NOTE),
        ("healthwatch", "local_healthwatch", "Healthwatch {}", today.healthwatch, VOICE_NOTE),
    ):
        for council in group:
            _add_office(dataset, council, f"{prefix}:{council.council}", kind, label, note)
        first = group[0]
        following = sorted(
            {
                Handover(old, f"{prefix}:{pair.successor.partition(':')[2]}")
                for pair in upper
                for old in held(pair.predecessor)
            }
        )
        add_event(
            dataset,
            f"{first.vesting}-{kind_of_change(following)}-{prefix}-{area}",
            kind_of_change(following),
            first.vesting,
            following,
            _cited(first, prefix),
            status=_status(first, prefix),
            stated_on=first.stated_on,
            note=note,
        )


def _cited(council: NewCouncil, prefix: str) -> str:
    """Who says that the council is to be, and the Act from which the rest follows."""
    return f"{council.source} {'hsca-2012' if prefix == 'hwb' else 'lgpih-2007'}"


def _status(council: NewCouncil, prefix: str) -> str:
    return council.status if prefix == "hwb" else "conditional"


def _add_office(dataset: Compiled, council: NewCouncil, body: str, kind: str, label: str, note: str) -> None:
    prefix, life = body.partition(":")[0], TwoDays(council.vesting)
    name, source = label.format(council.name.partition(" Council")[0]), _cited(council, prefix)
    dataset.add_entity(body, kind, name, source, life, note=note)
    dataset.add_phase(body, _status(council, prefix), source, life, note=note)
    tie = (body, "part_of", _id(council)) if prefix == "hwb" else (_id(council), "holds_contract_with", body)
    cells = {"status": _status(council, prefix), "stated_on": council.stated_on, "note": note}
    dataset.add_link(*tie, "derived", source, life, **cells)


def _add_plan(
    dataset: Compiled, today: Today, council: NewCouncil, parts: list[CouncilPart], event: str
) -> None:
    rows = " ".join(dict.fromkeys(" ".join([council.rows, *(part.rows for part in parts)]).split()))
    source = " ".join(dict.fromkeys(" ".join([council.source, *(part.source for part in parts)]).split()))
    whole = [today.names[part.old] for part in parts if not part.part]
    some = [today.names[part.old] for part in parts if part.part]
    dataset.add(
        "plans",
        id=f"council-{council.council.replace('_', '-')}",
        plan=f"council-{council.council.replace('_', '-')}",
        text=f"{council.name} is to take over from {_listed(whole)}"
        + (f", and from parts of {_listed(some)}." if some else "."),
        about=_id(council),
        replaces=" ".join(part.old for part in parts),
        planned_for=council.vesting,
        status=council.status,
        stated_on=council.stated_on,
        said_by=council.said_by,
        depends_on=council.depends_on,
        facts=f"{event} {_id(council)}",
        source=source,
        row=rows,
        note=council.note,
    )


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _add_not_read(dataset: Compiled, today: Today, area: NotRead) -> None:
    """What ends by a decision that was not read; of what need not end the succession says that it is not sure."""
    bodies = [body for county in area.counties for body in (today.there(county), *today.districts(county))]
    event = f"{area.vesting}-abolished-councils-{area.area}"
    cells = {"status": "planned", "stated_on": area.stated_on, "note": area.note or NOT_READ}
    dataset.add("events", id=event, kind="abolished", date=area.vesting, source=area.source, **cells)
    for body in bodies:
        dataset.add("successions", event=event, predecessor=body)
    for body in area.unsure:
        cells = {"status": "provisional", "stated_on": area.stated_on}
        dataset.add("successions", event=event, predecessor=today.there(body), **cells)
    dataset.add(
        "plans",
        id=f"councils-{area.area.replace('_', '-')}",
        plan=f"councils-{area.area.replace('_', '-')}",
        text=f"New councils are to take the place of those of {area.name}; which ones was decided and not read here.",
        about=" ".join([*bodies, *area.unsure]),
        replaces=" ".join(bodies),
        planned_for=area.vesting,
        status="planned",
        stated_on=area.stated_on,
        said_by=area.said_by,
        facts=event,
        source=area.source,
        row=area.rows,
        note=area.note or NOT_READ,
    )


def _add_enlarged(dataset: Compiled, today: Today, change: Enlarged) -> None:
    council, old = today.there(change.council), today.there(change.old)
    slug = change.council.replace(":", "-")
    event = f"{change.date}-boundary-change-{slug}"
    cells = {"status": change.status, "stated_on": change.stated_on, "note": change.part}
    dataset.add("events", id=event, kind="boundary_change", date=change.date, source=change.source, **cells)
    dataset.add("successions", event=event, predecessor=old, successor=council)
    dataset.add(
        "plans",
        id=f"enlarged-{slug}",
        plan=f"enlarged-{slug}",
        text=f"{today.names[council]} is to take in a part of {today.names[old]}.",
        about=f"{council} {old}",
        planned_for=change.date,
        status=change.status,
        stated_on=change.stated_on,
        said_by=change.said_by,
        facts=event,
        source=change.source,
        row=change.rows,
        note=f"{change.part}; {change.note}" if change.note else change.part,
    )
