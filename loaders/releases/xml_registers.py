"""The registers of practices, trusts and commissioners out of the one XML file that holds them all."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.formats import PublishedFormat, formats
from orgmap.loaders.releases.listings import Contents, Listing, RefusedRow, RegisterRow, is_a_day
from orgmap.loaders.releases.ods_xml import Manifest, XmlBody, XmlRelation
from orgmap.loaders.releases.xml_quick import read_quickly

HEAD = 4_096
"""So many bytes tell whether a file is a register in XML."""

_ROOT = re.compile(rb"<(?:[\w.-]+:)?OrgRefData[\s>]")

MOST_ROLES = 5
"""So many roles that are passed over are named."""

ORGREFDATA = "orgrefdata"
"""The format of the register in XML."""

ACTIVE = "Active"
COMMISSIONED = "commissioned_by"
COUNTRY_OF_WALES = "WALES"


def is_register_xml(raw: bytes) -> bool:
    """Whether a file is the register in XML, by the name of its root.

    >>> is_register_xml(b'<?xml version="1.0"?><un:OrgRefData xmlns:un="x">'), is_register_xml(b"code,name")
    (True, False)
    """
    return bool(_ROOT.search(raw[:HEAD]))


def registers_of(raw: bytes, label: str) -> list[Contents]:
    """What a register file says, register by register; bodies of no register that can be loaded are passed over.

    Its day is that of its publication. Raises `DataBroken` with file and line as `read_quickly` does, and for a code
    that is there twice when nothing tells which is the later one.
    """
    manifest = Manifest()
    return sorted_out(read_quickly(io.BytesIO(raw), label, manifest), manifest, formats()[ORGREFDATA], label)


def sorted_out(
    bodies: Iterable[XmlBody], manifest: Manifest, holding: PublishedFormat, label: str
) -> list[Contents]:
    """Bodies of a file that holds several registers, register by register. Raises as `registers_of` does."""
    found: dict[str, dict[str, tuple[XmlBody, Listing]]] = {}
    refused: dict[str, list[RefusedRow]] = {}
    passed_over, stubs = Counter[str](), 0
    for body in bodies:
        primary = next((role.role for role in body.roles if role.is_primary), "")
        register = holding.registers.get(primary)
        if body.is_stub:
            stubs += 1
            continue
        if not register:
            passed_over[primary] += 1
            continue
        said = _listing(body, formats()[register], holding)
        rows = found.setdefault(register, {})
        if isinstance(said, str):
            refused.setdefault(register, []).append(RefusedRow(body.line, body.code[:20], said))
        elif body.code not in rows or _is_later(body, rows[body.code][0], label):
            rows[body.code] = (body, said)
    if not is_a_day(manifest.published):
        raise DataBroken(
            f"{label}:1: does not say when it was published (PublicationDate). Fetch the file again."
        )
    roles = ", ".join(f"{role or 'no role'} {count:,}" for role, count in passed_over.most_common(MOST_ROLES))
    note = (
        f"{passed_over.total():,} bodies of the file have roles that are not loaded ({roles}): passed over."
    )
    note += f" {stubs:,} have their record in the other file." if stubs else ""
    return [
        Contents(
            formats()[register],
            [RegisterRow(body.line, code, listing) for code, (body, listing) in rows.items()],
            refused.get(register, []),
            manifest.published,
            max(manifest.published, *(listing.opened for _, listing in rows.values())),
            holding.format,
            note if passed_over or stubs else "",
        )
        for register, rows in found.items()
        if rows
    ]


def _is_later(body: XmlBody, other: XmlBody, label: str) -> bool:
    """Which of two records of one code counts: the one that began later."""
    days = (body.days.from_day, other.days.from_day)
    if days[0] == days[1]:
        raise DataBroken(
            f"{label}:{body.line}: {body.code} stands there twice (line {other.line}), from the same day on:"
            " which record counts is not known."
        )
    return days[0] > days[1]


def _listing(body: XmlBody, form: PublishedFormat, holding: PublishedFormat) -> Listing | str:
    """A body as its own register would list it, or why it cannot be."""
    beside = [role.role for role in body.roles if not role.is_primary and role.status == ACTIVE]
    beside = beside or [role.role for role in body.roles if not role.is_primary]
    cell = "|".join(sorted(set(beside), key=lambda role: (len(role), role)))
    known = [one for one in (cell, *beside) if ("sort", one) in form.words]
    word = form.words.get(("sort", known[0] if known else ""))
    if not word or (cell and not known and any(column == "sort" and one for column, one in form.words)):
        return f"its roles {cell or '(none)'} are not understood"
    if not body.days.from_day:
        return "it has no opened"
    above = _commissioner(body, holding) if form.kinds_above else None
    status = "active" if body.status == ACTIVE else "closed"
    of_wales = form.words.get(("region", "W"))
    kind = of_wales.kind if of_wales and body.country.upper() == COUNTRY_OF_WALES else word.kind
    return Listing(
        name=body.name,
        postcode=body.postcode if "postcode" in form.columns and form.fits("postcode", body.postcode) else "",
        opened=body.days.from_day,
        ends=body.days.until_day,
        status=status if form.kinds_above else "",
        commissioner=above.target if above else "",
        joined=above.days.from_day if above else "",
        setting=word.means,
        kind=kind,
    )


def _commissioner(body: XmlBody, holding: PublishedFormat) -> XmlRelation | None:
    """Who commissions a body: the relation of that sort that lasts, or was the last to begin."""
    ties = [one for one in body.relations if (COMMISSIONED, one.relation) in holding.words]
    return max(ties, key=lambda one: (one.status == ACTIVE, one.days.from_day), default=None)
