"""Strategic health authorities, and which primary care trust lay in which, 2002 to 2013."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.shared.change_events import Handover, add_changes, add_end
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.curated import lookup, words_of
from orgmap.loaders.dataset import Dataset
from orgmap.loaders.published import read_table

BEGAN, ABOLISHED = "2006-07-01", "2013-04-01"
"""Ten authorities from SI 2006/1408 until section 33 of the Health and Social Care Act 2012."""

FIRST_BEGAN = "2002-10-01"
"""Twenty-eight authorities, set up in April 2002 as health authorities, became strategic ones."""

FIRST = words_of("primary_care_trusts/first_authorities")
"""The 28 authorities of 2002 to 2006 by name, under the one of 2006 in whose area each lay."""

FORMER_NAMES = {
    "West Midlands South": ("Coventry, Warwickshire, Herefordshire and Worcestershire", "2004-01-01"),
}
"""An older name, and about the day on which it was given up."""

KENT = "sha:kent_and_medway"

KENT_TRUSTS = frozenset(("5QA", "5P9", "5L3"))
"""The trusts of Kent and Medway after October 2006; those that they followed lay there as well."""

OWN_AUTHORITY = lookup("primary_care_trusts/own_authority")
"""Trusts that the look-up lists under two authorities, because a few of their streets lie in a second:
Swindon, Tameside and Glossop, Lincolnshire, Berkshire East."""


def add_authorities(dataset: Dataset, published: Path) -> None:
    """Adds the ten authorities of 2006 to 2013, and the 28 before them."""
    law, ons = (cite(dataset, name) for name in ("si-2006-1408", "ons-sha-2012"))
    path = published / "facts" / "lists" / "shas.csv"
    codes = []
    for line, row in read_table(
        path, "sha_ods", "sha_ons", "legal_name_pattern", "operating_name", "start", "end"
    ):
        if (row["start"], row["end"]) != (BEGAN, "2013-03-31"):
            raise DataBroken(f"{path}:{line}: {row['sha_ods']} lasted from {row['start']} to {row['end']}.")
        body = f"sha:{row['sha_ods']}"
        codes.append(body)
        dataset.add(
            "entities",
            id=body,
            kind="strategic_health_authority",
            name=row["legal_name_pattern"],
            valid_from=BEGAN,
            valid_until=ABOLISHED,
            source=law,
        )
        short = row["legal_name_pattern"].replace("Strategic Health Authority", "SHA")
        for name in (row["operating_name"], short):
            dataset.add("names", entity=body, name=name, use="alias", source=law)
        dataset.add("identifiers", entity=body, scheme="ods", code=row["sha_ods"], source=ons)
        dataset.add("identifiers", entity=body, scheme="gss", code=row["sha_ons"], source=ons)
    _add_first(dataset)
    act = cite(dataset, "hsca-2012")
    name = "strategic-health-authorities"
    add_end(
        dataset,
        ABOLISHED,
        name,
        codes,
        act,
        instrument="Health and Social Care Act 2012, s. 33",
        locator="s. 33",
    )


def _add_first(dataset: Dataset) -> None:
    """Adds the 28 authorities of 2002 to 2006; the lists have their names and no more."""
    source, law = (cite(dataset, name) for name in ("wikipedia-sha", "si-2006-1408"))
    for code, names in FIRST.items():
        for name in names:
            body = first_id(name)
            dataset.add(
                "entities",
                id=body,
                kind="strategic_health_authority",
                name=f"{name} Strategic Health Authority",
                valid_from=FIRST_BEGAN,
                valid_until=BEGAN,
                source=source,
                note="One of 28, set up on 1 April 2002 as a health authority (SI 2002/553); its code is in no list.",
            )
            dataset.add("names", entity=body, name=f"{name} SHA", use="alias", source=source)
            _add_former_name(dataset, body, name, source)
        pairs = [Handover(first_id(name), f"sha:{code}") for name in names]
        note = "Who followed whom is told by their areas."
        add_changes(dataset, BEGAN, pairs, law, kind="replaced", instrument="SI 2006/1408", note=note)


def _add_former_name(dataset: Dataset, body: str, name: str, source: str) -> None:
    if name not in FORMER_NAMES:
        return
    before, day = FORMER_NAMES[name]
    about = {"entity": body, "source": source}
    old, new = f"{before} Strategic Health Authority", f"{name} Strategic Health Authority"
    dataset.add("names", name=old, use="former", valid_until=day, until_precision="year", **about)
    dataset.add("names", name=new, use="official", valid_from=day, from_precision="year", **about)


def first_id(name: str) -> str:
    """The id of an authority of 2002 to 2006, which has no code.

    >>> first_id("Northumberland, Tyne and Wear")
    'sha:northumberland_tyne_and_wear'
    """
    return "sha:" + name.lower().replace(",", "").replace(" ", "_")


def add_parents(dataset: Dataset, published: Path, trusts: dict[str, Period], lines: list[Handover]) -> None:
    """Adds which authority each trust lay in: as published for 2012, through its successors before."""
    table = cite(dataset, "ons-pco12-sha12")
    listed = _published_parents(published)
    followers = _followers(lines)
    for code in sorted(trusts):
        life = trusts[code]
        if code in listed:
            _add_parent(dataset, code, listed[code], life, "published", table, "")
        elif life.valid_until and life.valid_until > BEGAN:
            note = "The authority of the trusts that took over most of its practices."
            parent = _leading(followers, listed, code)
            _add_parent(dataset, code, parent, life, "derived", table, note)
        if all(last in KENT_TRUSTS for last in _shares(followers, code)):
            source = cite(dataset, "kent-list-2012")
            note = "Its area, or that of the trusts that followed it, is in Kent and Medway."
            _add_parent(dataset, code, KENT, life, "derived", source, note, Period(FIRST_BEGAN, BEGAN))


def _add_parent(
    dataset: Dataset,
    code: str,
    parent: str,
    life: Period,
    basis: str,
    source: str,
    note: str,
    within: Period = Period(BEGAN, ABOLISHED),  # noqa: B008 - a Period cannot be changed
) -> None:
    if period := life.clip(within):
        dataset.add(
            "relationships",
            subject=f"pct:{code}",
            verb="part_of",
            object=parent,
            basis=basis,
            status="in_force",
            valid_from=period.valid_from,
            valid_until=period.valid_until,
            source=source,
            note=note,
        )


def _published_parents(published: Path) -> dict[str, str]:
    path = published / "data" / "ods" / "openprescribing" / "PCO12_SHA12_EN_LU.csv"
    seen: dict[str, set[str]] = {}
    for _, row in read_table(path, "PCO12CDO", "SHA12CDO"):
        seen.setdefault(row["PCO12CDO"], set()).add(row["SHA12CDO"])
    if {code for code, parents in seen.items() if len(parents) > 1} != set(OWN_AUTHORITY):
        raise DataBroken(f"{path}: other trusts than {', '.join(OWN_AUTHORITY)} stand under two authorities.")
    if strangers := [code for code, own in OWN_AUTHORITY.items() if own not in seen[code]]:
        raise DataBroken(f"{path}: {', '.join(strangers)} does not stand under its own authority.")
    return {code: f"sha:{OWN_AUTHORITY.get(code) or min(parents)}" for code, parents in seen.items()}


def _followers(lines: list[Handover]) -> dict[str, list[Handover]]:
    followers: dict[str, list[Handover]] = {}
    for pair in lines:
        followers.setdefault(pair.predecessor.removeprefix("pct:"), []).append(pair)
    return followers


def _shares(followers: dict[str, list[Handover]], code: str) -> dict[str, float]:
    """How much of a trust went to each of the trusts of 2012, through any in between."""
    if code not in followers:
        return {code: 1.0}
    shares: dict[str, float] = {}
    for pair in followers[code]:
        for last, share in _shares(followers, pair.successor.removeprefix("pct:")).items():
            shares[last] = shares.get(last, 0.0) + share * (pair.weight or 0.0)
    return shares


def _leading(followers: dict[str, list[Handover]], listed: dict[str, str], code: str) -> str:
    parents: dict[str, float] = {}
    for last, share in _shares(followers, code).items():
        parents[listed[last]] = parents.get(listed[last], 0.0) + share
    return max(sorted(parents), key=lambda parent: parents[parent])
