"""NHS trusts and foundation trusts: from seven editions of the register and the list of care trusts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orgmap.loaders.compile.nhs_england.trust_acquisitions import add_acquisitions
from orgmap.loaders.compile.nhs_england.trust_boards import add_trust_boards
from orgmap.loaders.compile.nhs_england.trust_register import EDITIONS, Seen, Trust, read_trusts
from orgmap.loaders.compile.nhs_england.trust_reports import ACQUISITIONS, REPORTS
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.cited import ODS_ATTRIBUTION, OGL, cite
from orgmap.loaders.compile.shared.nhs_sources import NHS_SOURCES
from orgmap.loaders.dataset import About, Dataset
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import read_table

_ODS = {"publisher": "NHS Organisation Data Service", "licence": OGL, "attribution": ODS_ATTRIBUTION}
_COPY = "Read in a public copy."

SOURCES = {
    **NHS_SOURCES,
    "ods-etr-2015": {"title": "ODS etr, NHS trusts, 2015", "as_of": "2015-07-01", "note": _COPY, **_ODS},
    "ods-etr-2018-08": {
        "title": "ODS etr, NHS trusts, August 2018",
        "as_of": "2018-08-31",
        "note": _COPY,
        **_ODS,
    },
    "ods-etr-2020": {
        "title": "ODS etr, NHS trusts, 2020",
        "as_of": "2020-08-01",
        "note": "Read in a public copy; of about August 2020 by its content.",
        **_ODS,
    },
    "ods-etr-2022": {"title": "ODS etr, NHS trusts, 2022", "as_of": "2022-01-01", "note": _COPY, **_ODS},
    "ods-etr-2025-07": {
        "title": "ODS etr, NHS trusts, July 2025",
        "as_of": "2025-07-01",
        "note": _COPY,
        **_ODS,
    },
    "ods-etr-2025": {
        "title": "ODS etr, NHS trusts, late 2025",
        "as_of": "2025-11-01",
        "note": "Read in a public copy; the month is not stated. Has trusts that closed since 2006 as well.",
        **_ODS,
    },
    "ods-etr-2026-04": {
        "title": "ODS etr, NHS trusts, April 2026",
        "as_of": "2026-04-09",
        "note": "Read in a public copy. Has trusts that closed since 2006 as well.",
        **_ODS,
    },
    ACQUISITIONS: {
        "title": "RCPCH NHS Organisations documentation, known acquisitions of trusts (from ODS successions)",
        "publisher": "Royal College of Paediatrics and Child Health",
        "url": "https://github.com/rcpch/rcpch-nhs-organisations",
        "licence": "not open",
        "as_of": "2026-07-01",
        "note": "Facts only; read in a public copy, until July 2026.",
    },
    REPORTS: {
        "title": "Pages of 2025 and 2026 on new names of NHS trusts, gathered row by row",
        "as_of": "2026-09-04",
        "note": "Facts only; nothing of the texts is copied.",
    },
    "ods-stp-partners-2019-04": {
        "title": "ODS STP partner relationships, last updated 3 April 2019",
        "as_of": "2019-04-03",
        "note": _COPY,
        **_ODS,
    },
}

ABOUT = About(
    title="NHS trusts and foundation trusts",
    description=(
        "Every NHS trust that the register lists in seven editions between 2015 and 2026, with its dates, "
        "former names, postcode, the partnership or board in whose area its address lies, and mergers."
    ),
    publisher="NHS Organisation Data Service",
    licence=OGL,
    attribution=ODS_ATTRIBUTION,
    coverage="England, and three Welsh trusts that the register lists; trusts closed before 2006 are missing",
    as_of="2026-04-09",
    horizon="2026-07-01",
    names_from=SOURCES["ods-etr-2015"]["as_of"],
    changes_left_out=(
        "Mergers of NHS trusts are known from two lists only (the register's change log of 2018 and 2019, and"
        " acquisitions from 2014 to 2026); others are missing."
    ),
)

CARE_TRUSTS_AS_OF = "2019-04-03"

MERGED_CARE_TRUSTS = {"TAE": "2018-06-15"}
"""Care trusts that the change log of that day calls merged; the day itself is not stated."""

JOINED_NORTH_LONDON = ("TAF", "2024-11-01")
"""Camden and Islington's trust, and the day on which it became a part of North London's (G6V2S)."""

FORMER_NAMES = (
    ("RVV", "East Kent Hospitals NHS Trust", "", "2009-03-01"),
    ("RVV", "East Kent Hospitals University NHS Trust", "", "2009-03-01"),
    ("RPA", "Medway NHS Trust", "", "2008-04-01"),
    ("RYY", "Eastern and Coastal Kent Community Health NHS Trust", "2010-11-01", "2011-04-01"),
    ("RYY", "Kent Community Health NHS Trust", "2011-04-01", "2015-03-01"),
    ("RYD", "South East Coast Ambulance Service NHS Trust", "2006-07-01", "2011-03-01"),
)
"""Older names of Kent's trusts that no edition shows: generally known, not verified against a source."""

REPORTED_CHANGES = (
    ("2016-07-01", "RJX", "RW4", "2018-07-13"),
    ("2017-02-01", "RLU", "RQ3", "2018-07-13"),
    ("2017-04-01", "RRD", "R1L", "2018-07-13"),
    ("2017-04-01", "RWN", "R1L", "2018-07-13"),
    ("2018-04-01", "RY1", "RW4", "2018-06-22"),
    ("2018-04-02", "RR1", "RRK", "2018-06-22"),
    ("2018-06-01", "R1E", "RRE", "2018-06-22"),
    ("2018-07-01", "RJF", "RTG", "2018-07-16"),
    ("2018-07-01", "RGQ", "RDE", "2018-07-16"),
    ("2019-04-01", "RE9", "R0B", "2019-04-03"),
    ("2019-04-01", "RLN", "R0B", "2019-04-03"),
)
"""Trust, successor and the day of the entry in the register's change log of partnerships.

The first day is the one after the trust's last in the register. One date looks odd and is kept: the
register closes Heart of England (RR1) on 1 April 2018, not 31 March.
"""


def compile_dataset(published: Path) -> Dataset:
    """Trusts with names, codes and postcodes, care trusts, and the changes that the register reports."""
    dataset = Dataset("trusts", ABOUT)
    trusts = read_trusts(published)
    for trust in trusts:
        _add_trust(dataset, trust)
    add_trust_boards(dataset, published, trusts, SOURCES)
    _add_care_trusts(dataset, published)
    _add_former_names(dataset)
    _add_changes(dataset)
    add_acquisitions(dataset, published, {(old, new) for _, old, new, _ in REPORTED_CHANGES})
    return dataset


def _add_trust(dataset: Dataset, trust: Trust) -> None:
    body, newest = f"trust:{trust.code}", trust.names[-1]
    register = cite(dataset, newest.last.source, SOURCES)
    later = newest.told_by if newest.since > newest.last.as_of else ""
    dataset.add(
        "entities",
        id=body,
        kind="nhs_trust",
        name=newest.value,
        valid_from=trust.life.valid_from,
        valid_until=trust.life.valid_until,
        source=cite(dataset, trust.ended_by or later or newest.last.source, SOURCES),
        note=_note(trust),
    )
    dataset.add("identifiers", entity=body, scheme="ods", code=trust.code, source=register)
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


def _spans(dataset: Dataset, trust: Trust, values: tuple[Seen, ...]) -> Iterator[tuple[str, dict[str, str]]]:
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
                "source": cite(dataset, seen.told_by or seen.last.source, SOURCES),
                "note": "changed some time before this edition of the register" if approx else "",
            },
        )


def _add_care_trusts(dataset: Dataset, published: Path) -> None:
    """Care trusts that provide: the trust register leaves them out, the list of STP partners has them."""
    path = published / "data" / "ods" / "stp" / "stp_partners_caretrusts.csv"
    source = cite(dataset, "ods-stp-partners-2019-04", SOURCES)
    for _, row in read_table(path, "ORG CODE", "ORG NAME"):
        code = row["ORG CODE"]
        merged, ended = MERGED_CARE_TRUSTS.get(code, ""), code == JOINED_NORTH_LONDON[0]
        note = f"care trust; in the list of {CARE_TRUSTS_AS_OF}, its dates are not in the tables"
        if merged:
            note = "care trust; merged into trust:RXV before this day"
        elif ended:
            note = "care trust; its end is told by pages on trusts, its beginning is not in the tables"
            cite(dataset, REPORTS, SOURCES)
        dataset.add(
            "entities",
            id=f"trust:{code}",
            kind="nhs_trust",
            name=readable_name(row["ORG NAME"]),
            from_precision="not_known",
            valid_until=merged or (JOINED_NORTH_LONDON[1] if ended else ""),
            until_precision="approx" if merged else "" if ended else "not_known",
            source=REPORTS if ended else source,
            note=note,
        )
        dataset.add("identifiers", entity=f"trust:{code}", scheme="ods", code=code, source=source)


def _add_former_names(dataset: Dataset) -> None:
    source = cite(dataset, "general-knowledge", SOURCES)
    for code, name, start, end in FORMER_NAMES:
        dataset.add(
            "names",
            entity=f"trust:{code}",
            name=name,
            use="former",
            valid_from=start,
            from_precision="approx" if start else "not_known",
            valid_until=end,
            until_precision="approx",
            source=source,
            note="not verified against a source",
        )
    kmpt = "KMPT"
    cells = {"use": "abbreviation", "source": source, "note": "not verified against a source"}
    dataset.add("names", entity="trust:RXY", name=kmpt, **cells)


def _add_changes(dataset: Dataset) -> None:
    """A trust that another took over, or trusts that became a new one; weights are not published."""
    source = cite(dataset, "ods-stp-partners-2019-04", SOURCES)
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
