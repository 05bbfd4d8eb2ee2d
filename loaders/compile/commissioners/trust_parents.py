"""Which strategic health authority each primary care trust lay in, 2002 to 2013."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.shared.change_events import Handover
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.curated import lookup
from orgmap.loaders.published import read_table

BEGAN, ABOLISHED = "2006-07-01", "2013-04-01"
"""Ten authorities from SI 2006/1408 until section 33 of the Health and Social Care Act 2012."""

FIRST_BEGAN = "2002-10-01"
"""Twenty-eight authorities, set up in April 2002 as health authorities, became strategic ones."""

KENT = "sha:kent_and_medway"

KENT_TRUSTS = frozenset(("5QA", "5P9", "5L3"))
"""The trusts of Kent and Medway after October 2006; those that they followed lay there as well."""

OWN_AUTHORITY = lookup("primary_care_trusts/own_authority")
"""Trusts that the look-up lists under two authorities, because a few of their streets lie in a second:
Swindon, Tameside and Glossop, Lincolnshire, Berkshire East."""


def add_parents(dataset: Compiled, published: Path, trusts: dict[str, Period], lines: list[Handover]) -> None:
    """Adds which authority each trust lay in: as published for 2012, through its successors before."""
    table = "ons-pco12-sha12"
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
            source = "kent-list-2012"
            note = "Its area, or that of the trusts that followed it, is in Kent and Medway."
            _add_parent(dataset, code, KENT, life, "derived", source, note, Period(FIRST_BEGAN, BEGAN))


def _add_parent(
    dataset: Compiled,
    code: str,
    parent: str,
    life: Period,
    basis: str,
    source: str,
    note: str,
    within: Period = Period(BEGAN, ABOLISHED),  # noqa: B008 - a Period cannot be changed
) -> None:
    if period := life.clip(within):
        dataset.add_link(f"pct:{code}", "part_of", parent, basis, source, period, note=note)


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
