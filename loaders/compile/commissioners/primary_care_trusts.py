"""Primary care groups and trusts, strategic health authorities, and the clusters of both, 1999 to 2013."""

from __future__ import annotations

import re
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.memberships import (
    DIVIDED,
    DIVIDED_ON,
    DIVIDING_ORDER,
    Ending,
    Memberships,
    changes,
    kind_of_succession,
    partial_transfers,
    read_memberships,
)
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
from orgmap.loaders.compile.commissioners.trust_parents import add_parents
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays

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
    for code, life in register.lives.items():
        body = body_id(code) or ""
        if body.startswith("lhg:"):
            dataset.add_entity(body, "local_health_group", "", EPCMEM, life, note=WELSH_NOTE)
        elif body.startswith("pcg:"):
            dataset.add_entity(body, "primary_care_group", "", EPCMEM, life, note=GROUP_NOTE)
        else:
            continue
        dataset.add_code(body, "ods", code, EPCMEM)


def _add_trusts(dataset: Compiled, register: Memberships, published: Path) -> dict[str, Period]:
    names, areas = trust_names(published), area_names(published)
    older = older_areas(published)
    trusts = {code: life for code, life in register.lives.items() if _TRUST.fullmatch(code)}
    for code, life in trusts.items():
        body, named = f"pct:{code}", names.get(code, [])
        if (code in areas) != (life.valid_until == ABOLISHED):
            raise DataBroken(f"{code}: its end {life.valid_until} does not fit the list of 2012.")
        note = ("Care trust. " if is_care_trust(code) else "") + (TRUST_NOTE if code in areas else LIFE_NOTE)
        last = named[-1].name if named else ""
        dataset.add_entity(body, "primary_care_trust", last, EPCMEM, life, note=note)
        dataset.add_code(body, "ods", code, EPCMEM)
        for name in named:
            _add_name(dataset, body, name)
        if code in older:
            dataset.add_code(body, "gss", older[code].code, CODE_HISTORY, older[code])
        if code in areas:
            since = TwoDays(RECODED if code in RENAMED else "")
            dataset.add_code(body, "gss", areas[code]["PCO12CD"], LATE, since)
            trading, note = trading_name(areas[code]["PCO12NM"]), "Trading name by the common pattern."
            dataset.add_name(body, trading, "alias", "general-knowledge", note=note)
    return trusts


def _add_name(dataset: Compiled, body: str, name: TrustName) -> None:
    use = "former" if name.valid_until else "official"
    dataset.add_name(body, name.name, use, name.source, name, note=name.note)
    if name.name.endswith(" PCT"):
        full = name.name.replace(" PCT", " Primary Care Trust").replace(" NHS ", " National Health Service ")
        dataset.add_name(body, full, "alias", name.source)


def _add_changes(dataset: Compiled, register: Memberships) -> list[Handover]:
    """Adds what became of every group and trust before 2013; gives back the lines from trust to trust."""
    lines: list[Handover] = []
    ends = {register.lives[code].valid_until for code in register.lives if body_id(code)}
    for day in sorted(end for end in ends if end and end < ABOLISHED and end != "2009-10-01"):
        for change in changes(register, day):
            lines += _add_change(dataset, day, change)
        for pair in partial_transfers(register, day):
            note = "The predecessor went on; found in the practices that passed."
            kind = "partial_transfer"
            add_changes(dataset, day, _with_ids([pair]), EPCMEM, counts="practices", kind=kind, note=note)
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


def _add_change(dataset: Compiled, day: str, change: Ending) -> list[Handover]:
    pairs = _with_ids(change.handovers)
    going_on = [pair for pair in pairs if not pair.stray]
    note = "Found in the GP practices that passed on; weights are shares of them."
    if change.unsure:
        note += f" {change.unsure} more passed of which no register tells whether they were practices."
    divided = day == DIVIDED_ON and any(pair.predecessor in DIVIDED for pair in change.handovers)
    source, instrument = (DIVIDING_ORDER, "SI 2006/2072") if divided else (EPCMEM, "")
    cells = {"instrument": instrument, "note": note + _division(change) if divided else note}
    kind = kind_of_succession(going_on)
    add_changes(dataset, day, pairs, source, counts="practices", kind=kind, **cells)
    return going_on


def _division(change: Ending) -> str:
    """What the order says of the trusts that it divided, and what is not verified."""
    ended = sorted({pair.predecessor for pair in change.handovers} & DIVIDED.keys())
    note = f" The order divides {' and '.join(f'pct:{code}' for code in ended)}."
    for pair in change.handovers:
        if pair.number == 0:
            note += (
                f" No practice of pct:{pair.predecessor} passed to pct:{pair.successor}: that this was the other"
                " part is not verified against the order."
            )
    return note
