"""NHS trusts and foundation trusts: from seven editions of the register and the list of care trusts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orgmap.loaders.compile.nhs_england.trust_acquisitions import add_acquisitions
from orgmap.loaders.compile.nhs_england.trust_boards import add_trust_boards
from orgmap.loaders.compile.nhs_england.trust_register import EDITIONS, Seen, Trust, read_trusts
from orgmap.loaders.compile.nhs_england.trust_reports import REPORTS
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.curated import rows
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import read_table

CARE_TRUSTS_AS_OF = "2019-04-03"

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
    register = newest.last.source
    later = newest.told_by if newest.since > newest.last.as_of else ""
    dataset.add_entity(
        body,
        "nhs_trust",
        newest.value,
        trust.ended_by or later or newest.last.source,
        trust.life,
        note=_note(trust),
    )
    dataset.add_code(body, "ods", trust.code, register)
    if len(trust.names) > 1:
        for name, cells in _spans(dataset, trust, trust.names):
            use = "official" if name == newest.value else "former"
            dataset.add("names", entity=body, name=name, use=use, **cells)
    for postcode, cells in _spans(dataset, trust, trust.postcodes):
        dataset.add("locations", entity=body, postcode=postcode, **cells)


def _note(trust: Trust) -> str:
    if trust.welsh:
        return "a Welsh trust, listed in the register beside the English ones"
    if trust.ended_by:
        return "its end is told by the list of acquisitions; the newest register read still has it open"
    if (trust.life.valid_from or "") > EDITIONS[-1].as_of:
        return f"its opening was still to come in the newest register read, of {EDITIONS[-1].as_of}"
    return ""


def _spans(dataset: Compiled, trust: Trust, values: tuple[Seen, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each value with its period: a change happened at some time before the edition that first shows it."""
    for number, seen in enumerate(values):
        following = values[number + 1] if number + 1 < len(values) else None
        approx = "approx" if number and not seen.since else ""
        yield (
            seen.value,
            {
                "valid_from": (seen.since or seen.first.as_of) if number else "",
                "from_precision": approx if number else "not_known",
                "valid_until": (following.since or following.first.as_of)
                if following
                else trust.life.valid_until or "",
                "until_precision": "approx" if following and not following.since else "",
                "source": (seen.told_by or seen.last.source),
                "note": "changed some time before this edition of the register" if approx else "",
            },
        )


def _add_care_trusts(dataset: Compiled, published: Path) -> None:
    """Care trusts that provide: the trust register leaves them out, the list of STP partners has them."""
    path = published / "data" / "ods" / "stp" / "stp_partners_caretrusts.csv"
    source = "ods-stp-partners-2019-04"
    for _, row in read_table(path, "ORG CODE", "ORG NAME"):
        code = row["ORG CODE"]
        merged, ended = MERGED_CARE_TRUSTS.get(code, ""), code == JOINED_NORTH_LONDON[0]
        note = f"care trust; in the list of {CARE_TRUSTS_AS_OF}, its dates are not in the tables"
        if merged:
            note = "care trust; merged into trust:RXV before this day"
        elif ended:
            note = "care trust; its end is told by pages on trusts, its beginning is not in the tables"
            dataset.cite(REPORTS)
        dataset.add_entity(
            f"trust:{code}",
            "nhs_trust",
            readable_name(row["ORG NAME"]),
            REPORTS if ended else source,
            from_precision="not_known",
            valid_until=merged or (JOINED_NORTH_LONDON[1] if ended else ""),
            until_precision="approx" if merged else "" if ended else "not_known",
            note=note,
        )
        dataset.add_code(f"trust:{code}", "ods", code, source)


def _add_changes(dataset: Compiled) -> None:
    """A trust that another took over, or trusts that became a new one; weights are not published."""
    source = "ods-stp-partners-2019-04"
    for date in sorted({change[0] for change in REPORTED_CHANGES}):
        rows = [change for change in REPORTED_CHANGES if change[0] == date]
        for successor in sorted({row[2] for row in rows}):
            pairs = [Handover(f"trust:{row[1]}", f"trust:{successor}") for row in rows if row[2] == successor]
            logged = next(row[3] for row in rows if row[2] == successor)
            taken_over = len(pairs) == 1
            add_changes(
                dataset,
                date,
                pairs,
                source,
                kind="function_transfer" if taken_over else "merged",
                locator=f"change log, {logged}",
                note="acquired; the successor went on" if taken_over else "",
            )
