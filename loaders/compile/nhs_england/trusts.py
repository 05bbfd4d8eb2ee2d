"""NHS trusts and foundation trusts: from seven editions of the register and the list of care trusts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orgmap.loaders.compile.nhs_england.trust_boards import add_trust_boards
from orgmap.loaders.compile.nhs_england.trust_register import EDITIONS, Seen, Trust, read_trusts
from orgmap.loaders.compile.nhs_england.trust_reports import REPORTS, add_acquisitions
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.compiled import Compiled, Held, TwoDays
from orgmap.loaders.curated import rows
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import read_table

LISTED = "ods-stp-partners-2019-04"
CARE_TRUST = "care trust; in the list of 2019-04-03, its dates are not in the tables"

SITE = "the hospital that its address in the register names; who runs it is not stated there"

MERGED_CARE_TRUSTS = {"TAE": "2018-06-15"}
"""Care trusts that the change log of that day calls merged; the day itself is not stated."""

JOINED_NORTH_LONDON = ("TAF", "2024-11-01")
"""Camden and Islington's trust, and the day on which it became a part of North London's (G6V2S)."""

REPORTED_CHANGES = rows("trusts/reported_changes")
"""Trust, successor and the day of the entry in the register's change log of partnerships.

The first day is the one after the trust's last in the register. One date looks odd and is kept: the
register closes Heart of England (RR1) on 1 April 2018, not 31 March.
"""


def compile_dataset(published: Path) -> Compiled:
    """Trusts with names, codes and postcodes, care trusts, and the changes that the register reports."""
    dataset = Compiled("trusts")
    trusts = read_trusts(published)
    for trust in trusts:
        _add_trust(dataset, trust)
    add_trust_boards(dataset, published, trusts)
    _add_care_trusts(dataset, published)
    _add_changes(dataset)
    add_acquisitions(dataset, published, {(old, new) for _, old, new, _ in REPORTED_CHANGES})
    return dataset


def _add_trust(dataset: Compiled, trust: Trust) -> None:
    body, newest = f"trust:{trust.code}", trust.names[-1]
    later = newest.told_by if newest.since > newest.last.as_of else ""
    told_by = trust.ended_by or later or newest.last.source
    kind = "welsh_trust" if trust.welsh else "nhs_trust"
    dataset.add_entity(body, kind, newest.value, told_by, trust.life, note=_note(trust))
    dataset.add_code(body, "ods", trust.code, newest.last.source)
    for name in _spans(trust, trust.names) if len(trust.names) > 1 else ():
        use = "official" if name.value == newest.value else "former"
        dataset.add_name(body, name.value, use, name.source, name, note=name.note)
    for site in {one.value: one for one in trust.sites}.values():
        dataset.add_name(body, site.value, "alias", site.last.source, note=SITE)
    for place in _spans(trust, trust.postcodes):
        dataset.add_location(body, place.value, place.source, place, note=place.note)


def _note(trust: Trust) -> str:
    if trust.welsh:
        return "a Welsh trust, listed in the register beside the English ones"
    if trust.ended_by:
        return "its end is told by the list of acquisitions; the newest register read still has it open"
    if (trust.life.valid_from or "") > EDITIONS[-1].as_of:
        return f"its opening was still to come in the newest register read, of {EDITIONS[-1].as_of}"
    return ""


def _spans(trust: Trust, values: tuple[Seen, ...]) -> Iterator[Held]:
    """Each value with its period: a change happened at some time before the edition that first shows it."""
    start, start_known = "", "not_known"
    for number, seen in enumerate(values):
        following = values[number + 1] if number + 1 < len(values) else None
        end, end_known = trust.life.valid_until or "", ""
        if following:
            end, end_known = following.since or following.first.as_of, "" if following.since else "approx"
        note = "changed some time before this edition of the register" if start_known == "approx" else ""
        source = seen.told_by or seen.last.source
        yield Held(seen.value, source, start, end, start_known, end_known, note)
        start, start_known = end, end_known


def _add_care_trusts(dataset: Compiled, published: Path) -> None:
    """Care trusts that provide: the trust register leaves them out, the list of STP partners has them."""
    path = published / "data" / "ods" / "stp" / "stp_partners_caretrusts.csv"
    for _, row in read_table(path, "ORG CODE", "ORG NAME"):
        code = row["ORG CODE"]
        until, source, note = TwoDays(None, None, "not_known", "not_known"), LISTED, CARE_TRUST
        if code in MERGED_CARE_TRUSTS:
            until = TwoDays(None, MERGED_CARE_TRUSTS[code], "not_known", "approx")
            note = "care trust; merged into trust:RXV before this day"
        elif code == JOINED_NORTH_LONDON[0]:
            until, source = TwoDays(None, JOINED_NORTH_LONDON[1], "not_known"), REPORTS
            note = "care trust; its end is told by pages on trusts, its beginning is not in the tables"
        name = readable_name(row["ORG NAME"])
        dataset.add_entity(f"trust:{code}", "nhs_trust", name, source, until, note=note)
        dataset.add_code(f"trust:{code}", "ods", code, LISTED)


def _add_changes(dataset: Compiled) -> None:
    """A trust that another took over, or trusts that became a new one; weights are not published."""
    logged: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for date, trust, successor, day in REPORTED_CHANGES:
        logged.setdefault((date, successor), []).append((trust, day))
    for (date, successor), entries in logged.items():
        pairs = [Handover(f"trust:{trust}", f"trust:{successor}") for trust, _ in entries]
        cells = {"kind": "merged", "locator": f"change log, {entries[0][1]}"}
        if len(pairs) == 1:
            cells |= {"kind": "function_transfer", "note": "acquired; the successor went on"}
        add_changes(dataset, date, pairs, LISTED, **cells)
