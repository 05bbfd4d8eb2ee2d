"""Primary care groups and trusts, strategic health authorities, and the clusters of both, 1999 to 2013."""

from __future__ import annotations

import re
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.commissioner_changes import (
    DIVIDED,
    DIVIDED_ON,
    DIVIDING_ORDER,
    Change,
    changes,
    kind_of_succession,
    partial_transfers,
)
from orgmap.loaders.compile.commissioners.health_authorities import add_parents
from orgmap.loaders.compile.commissioners.practice_memberships import Memberships, read_memberships
from orgmap.loaders.compile.commissioners.trust_names import (
    LATE,
    RENAMED,
    TrustName,
    area_names,
    is_care_trust,
    older_areas,
    trading_name,
    trust_names,
)
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, CodeVersion
from orgmap.loaders.compile.shared.compiled import Compiled

EPCMEM = "ods-epcmem-2019-08"
ABOLISHED = "2013-04-01"
"""From this day there is no primary care trust (Health and Social Care Act 2012, section 34)."""


RECODED = "2009-12-01"
"""Two trusts got a new area code with a new name on this day."""

_GROUP = re.compile(r"4[A-VX-Z0-9][A-Z0-9]{3}")
_WELSH_GROUP = re.compile(r"4W[A-Z0-9]{3}")
_TRUST = re.compile(r"5[A-Z0-9]{2}|T[A-Z]{2}")
_WELSH_BOARD = re.compile(r"6[A-C][0-9]")

LIFE_NOTE = "Dates are those of its practices' memberships."
GROUP_NOTE = f"Committee of a health authority; its name is in no table. {LIFE_NOTE}"
WELSH_NOTE = f"In Wales; the register lists it among England's groups, its name is in no table. {LIFE_NOTE}"
TRUST_NOTE = "Began when its practices joined; ended by the Health and Social Care Act 2012, section 34."


def compile_dataset(published: Path) -> Compiled:
    """Compiles every primary care group and trust, their authorities and clusters."""
    dataset = Compiled("primary_care_trusts")
    register = read_memberships(published)
    _add_groups(dataset, register)
    trusts = _add_trusts(dataset, register, published)
    lines = _add_changes(dataset, register)
    add_parents(dataset, published, trusts, lines)
    return dataset


def body_id(code: str) -> str | None:
    """The body that a code of the time before 2013 stands for, None for a later code.

    >>> body_id("4QP36"), body_id("4WC57"), body_id("TAL"), body_id("6A1"), body_id("10E")
    ('pcg:4QP36', 'lhg:4WC57', 'pct:TAL', 'lhb:6A1', None)
    """
    for pattern, prefix in ((_GROUP, "pcg"), (_WELSH_GROUP, "lhg"), (_TRUST, "pct"), (_WELSH_BOARD, "lhb")):
        if pattern.fullmatch(code):
            return f"{prefix}:{code}"
    return None


def _add_groups(dataset: Compiled, register: Memberships) -> None:
    source = EPCMEM
    for code, life in register.lives.items():
        welsh = bool(_WELSH_GROUP.fullmatch(code))
        if not welsh and not _GROUP.fullmatch(code):
            continue
        body = f"lhg:{code}" if welsh else f"pcg:{code}"
        dataset.add_entity(
            body,
            "local_health_group" if welsh else "primary_care_group",
            "",
            source,
            life,
            note=WELSH_NOTE if welsh else GROUP_NOTE,
        )
        dataset.add_code(body, "ods", code, source)


def _add_trusts(dataset: Compiled, register: Memberships, published: Path) -> dict[str, Period]:
    source = EPCMEM
    names, areas = trust_names(published), area_names(published)
    older_by_code = older_areas(published)
    trusts = {code: Period(*life) for code, life in register.lives.items() if _TRUST.fullmatch(code)}
    for code, (start, end) in trusts.items():
        body, named = f"pct:{code}", names.get(code, [])
        if (code in areas) != (end == ABOLISHED):
            raise DataBroken(f"{code}: its end {end} does not fit the list of 2012.")
        note = TRUST_NOTE if code in areas else LIFE_NOTE
        dataset.add_entity(
            body,
            "primary_care_trust",
            named[-1].name if named else "",
            source,
            valid_from=start,
            valid_until=end,
            note=f"Care trust. {note}" if is_care_trust(code) else note,
        )
        dataset.add_code(body, "ods", code, source)
        for told in named:
            _add_name(dataset, body, told)
        if older := older_by_code.get(code):
            _add_older_area(dataset, body, older)
        if code in areas:
            _add_names_of_2012(dataset, body, code, areas[code])
    return trusts


def _add_name(dataset: Compiled, body: str, told: TrustName) -> None:
    source = told.source
    dataset.add_name(
        body,
        told.name,
        "former" if told.until else "official",
        source,
        valid_from=told.since,
        from_precision="approx" if told.since and told.approx else "",
        valid_until=told.until,
        until_precision="approx" if told.until and told.approx else "",
        note=told.note,
    )
    if told.name.endswith(" PCT"):
        full = told.name.replace(" PCT", " Primary Care Trust").replace(" NHS ", " National Health Service ")
        dataset.add_name(body, full, "alias", source)


def _add_older_area(dataset: Compiled, body: str, area: CodeVersion) -> None:
    dataset.add_code(body, "gss", area.code, CODE_HISTORY, area)


def _add_names_of_2012(dataset: Compiled, body: str, code: str, row: dict[str, str]) -> None:
    ons, unverified = LATE, "general-knowledge"
    since = RECODED if code in RENAMED else ""
    dataset.add_code(body, "gss", row["PCO12CD"], ons, valid_from=since)
    dataset.add_name(
        body, trading_name(row["PCO12NM"]), "alias", unverified, note="Trading name by the common pattern."
    )


def _add_changes(dataset: Compiled, register: Memberships) -> list[Handover]:
    """Adds what became of every group and trust before 2013; gives back the lines from trust to trust."""
    lines: list[Handover] = []
    ends = {register.lives[code].valid_until for code in register.lives if body_id(code)}
    for day in sorted(end for end in ends if end and end < ABOLISHED and end != "2009-10-01"):
        for change in changes(register, day):
            lines += _add_change(dataset, day, change)
        for pair in partial_transfers(register, day):
            _add_partial_transfer(dataset, day, pair)
    return [pair for pair in lines if pair.predecessor.startswith("pct:")]


def _with_ids(pairs: list[Handover] | tuple[Handover, ...]) -> list[Handover]:
    named = []
    for pair in pairs:
        old, new = body_id(pair.predecessor), body_id(pair.successor)
        if old is None or new is None:
            raise DataBroken(
                f"{pair.predecessor} became {pair.successor}: not codes of the time before 2013."
            )
        named.append(pair._replace(predecessor=old, successor=new))
    return named


def _add_change(dataset: Compiled, day: str, change: Change) -> list[Handover]:
    pairs = _with_ids(change.handovers)
    going_on = [pair for pair in pairs if not pair.stray]
    note = "Found in the GP practices that passed on; weights are shares of them."
    if change.unsure:
        note += f" {change.unsure} more passed of which no register tells whether they were practices."
    divided = day == DIVIDED_ON and any(pair.predecessor in DIVIDED for pair in change.handovers)
    source = EPCMEM
    add_changes(
        dataset,
        day,
        pairs,
        DIVIDING_ORDER if divided else source,
        counts="practices",
        kind=kind_of_succession(going_on),
        instrument="SI 2006/2072" if divided else "",
        note=note + _division(change) if divided else note,
    )
    return going_on


def _division(change: Change) -> str:
    """What the order says of the trusts that it divided, and what is not verified."""
    ended = sorted({pair.predecessor for pair in change.handovers} & DIVIDED.keys())
    told = f" The order divides {' and '.join(f'pct:{code}' for code in ended)}."
    for pair in change.handovers:
        if pair.number == 0:
            told += (
                f" No practice of pct:{pair.predecessor} passed to pct:{pair.successor}: that this was the other"
                " part is not verified against the order."
            )
    return told


def _add_partial_transfer(dataset: Compiled, day: str, pair: Handover) -> None:
    add_changes(
        dataset,
        day,
        _with_ids([pair]),
        EPCMEM,
        counts="practices",
        kind="partial_transfer",
        note="The predecessor went on; found in the practices that passed.",
    )
