"""The register in XML, drawn from a seed in the shape of the real one, with its oddities; nothing in it is real.

As large as the real one: 306,201 bodies in the full file and 86,705 in the archive, which writes some elements
otherwise.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import IO
from xml.sax.saxutils import escape

FULL, ARCHIVE = 306_201, 86_705
"""So many records have the two files of August 2026."""

_ROLES = ("RO177", "RO197", "RO98", "RO182", "RO198", "RO110", "RO176", "RO104", "RO167")
_BESIDE = ("RO76", "RO57", "RO319", "RO280", "RO24", "RO65", "RO29", "RO269", "")
_SHARES = (65, 2, 2, 150, 220, 130, 150, 200, 81)
"""How often each of these roles is the first, of a thousand."""

_WORDS = {
    "RO177": "PRESCRIBING COST CENTRE", "RO197": "NHS TRUST", "RO98": "CLINICAL COMMISSIONING GROUP",
    "RO182": "PHARMACY",
    "RO198": "NHS TRUST SITE", "RO110": "GENERAL DENTAL PRACTICE", "RO176": "INDEPENDENT SECTOR H/C PROVIDER SITE",
    "RO104": "SOCIAL CARE PROVIDER", "RO167": "OPTICAL SITE", "RO76": "GP PRACTICE", "RO57": "FOUNDATION TRUST",
    "RO319": "SUB ICB LOCATION", "RE4": "IS COMMISSIONED BY", "RE5": "IS LOCATED IN THE GEOGRAPHY OF",
    "RE6": "IS OPERATED BY",
}  # fmt: skip
_OID = 'root="2.16.840.1.113883.2.1.3.2.4.18.48" assigningAuthorityName="HSCIC"'
_KINDS_OF_TIE = ("RE4", "RE5", "RE5", "RE6", "RE6")


def drawn_register(bodies: int, seed: int = 1, archive: bool = False, stated: int | None = None) -> bytes:
    """A file with so many bodies; the archive writes some elements otherwise. `stated` is what it says it holds."""
    file = io.BytesIO()
    write_register(file, bodies, seed, archive, stated)
    return file.getvalue()


def write_register(
    file: IO[bytes],
    bodies: int,
    seed: int = 1,
    archive: bool = False,
    stated: int | None = None,
    first: int = 0,
    pretty: bool = False,
) -> None:
    """Writes the same, body by body; codes are numbered from `first`, and `pretty` has an element a line."""
    for part in _parts(Random(seed), bodies, archive, bodies if stated is None else stated, first):
        file.write((part.replace("><", ">\n<") if pretty else part).encode())


def write_release(path: Path, scale: float = 1.0, seed: int = 1, pretty: bool = False) -> None:
    """Writes a release as it is handed out: a zip of two zips, with the full file and the archive."""
    with zipfile.ZipFile(path, "w") as whole:
        for number, (name, count) in enumerate((("full", FULL), ("archive", ARCHIVE))):
            archive = name == "archive"
            with whole.open(f"{name}file.zip", "w", force_zip64=True) as file:
                inner = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
                with (
                    inner,
                    inner.open(f"HSCOrgRefData_{name.title()}_20260828.xml", "w", force_zip64=True) as xml,
                ):
                    write_register(
                        xml,
                        round(count * scale),
                        seed + number,
                        archive,
                        first=number * 500_000,
                        pretty=pretty,
                    )


def _parts(random: Random, bodies: int, archive: bool, stated: int, first: int) -> Iterator[str]:
    sort = "Archive" if archive else "Full"
    concepts = "".join(
        f'<concept id="{one}" code="{one[2:]}" displayName="{words}"/>' for one, words in _WORDS.items()
    )
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<HSCOrgRefData:OrgRefData xmlns:HSCOrgRefData="http://refdata.hscic.gov.uk/org/v2-0-0">\n'
        f'<Manifest><Version value="2-0-0"/><PublicationType value="{sort}"/><PublicationDate value="2026-08-28"/>'
        f'<PublicationSeqNum value="99"/><RecordCount value="{stated}"/></Manifest>\n<CodeSystems>'
        f'<CodeSystem name="OrganisationRole" oid="2.16">{concepts}</CodeSystem>'
        "</CodeSystems>\n<Organisations>\n"
    )
    for number in range(bodies):
        yield _body(random, first + number, archive)
    yield "</Organisations>\n</HSCOrgRefData:OrgRefData>\n"


def _dates(random: Random, as_element: bool, legal: bool) -> str:
    # One in a thousand ends before it begins.
    year = random.randint(1974, 2023) if random.random() < 0.999 else 2027
    start = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    end = f"{random.randint(2024, 2026)}-03-31" if random.random() < 0.4 else ""
    written = ""
    for kind in ("Legal", "Operational") if legal else ("Operational",):
        last = f'<End value="{end}"/>' if end else ""
        said = f'<Type value="{kind}"/>' if as_element else ""
        attribute = "" if as_element else f' Type="{kind}"'
        written += f'<Date{attribute}>{said}<Start value="{start}"/>{last}</Date>'
    return written


def _body(random: Random, number: int, archive: bool) -> str:
    relation, succession = ("Relationship", "Successor") if archive else ("Rel", "Succ")
    code, stub, region = f"X{number:05}", random.random() < 0.03, random.random() < 0.01
    [role] = random.choices(range(len(_ROLES)), _SHARES)
    status = "" if region else '<Status value="Active"/>'
    target = f'<OrgId {_OID} extension="X{random.randrange(99999):05}"/>'
    nested = random.random() < 0.02
    if nested:
        inside = f'<Name>ANOTHER &amp; NOT THIS</Name>{target}<Status value="Inactive"/>'
        target = f'<Organisation orgRecordClass="RC1">{inside}</Organisation>'
    roles = "".join(
        f'<Role id="{one}" uniqueRoleId="{random.randrange(10**6)}"{primary}>'
        f'{_dates(random, archive, False)}<Status value="Active"/></Role>'
        for one, primary in ((_ROLES[role], ' primaryRole="true"'), (_BESIDE[role], ""))
        if one
    )
    rels = "".join(
        f'<{relation} id="{kind}" uniqueRelId="{random.randrange(10**6)}">{_dates(random, archive, False)}'
        f'<Status value="Active"/><Target>{target}<PrimaryRoleId id="RO98" uniqueRoleId="{random.randrange(10**6)}"/>'
        f"</Target></{relation}>"
        for kind in random.sample(_KINDS_OF_TIE, random.choice((0, 1, 2, 3, 4)))
    )
    rels = f"<Rels>{rels}</Rels>" if rels or number % 2 else ""
    succs = ""
    if random.random() < 0.07:
        own = "" if archive else ' uniqueSuccId="7"'
        succs = (
            f'<Succs><{succession}{own}><Date><Type value="Legal"/><Start value="2013-04-01"/></Date>'
            f"<Type>Successor</Type><Target>{target}</Target></{succession}></Succs>"
        )
    line = "AddressLine" if archive else "AddrLn"
    record = f' orgRecordClass="{random.choice(("RC1", "RC2"))}"' + (' refOnly="true"' if stub else "")
    changed = '<LastChangeDate value="2024-01-01"/>'
    county = "<County>SOMERSET</County>" if number % 3 else ""
    second = f"<{line}2>{'NORTH ' * (number % 4)}PARK &amp; RIDE</{line}2>" if number % 5 == 0 else ""
    postcode = f"<PostCode>CT{number % 20} {number % 10}AA</PostCode>"
    name = escape(f"BODY {number} & CO") + ("\u2019S" if number % 50 == 0 else "")
    uprn = f"<UPRN>{random.randrange(10**11)}</UPRN>" if number % 2 else ""
    phone = f'<Contact type="tel" value="01227 {random.randrange(10**6):06}"/>'
    web = f'<Contact type="http" value="www.body{number}.nhs.uk"/>' if number % 4 == 0 else ""
    contacts = f"<Contacts>{phone}{web}</Contacts>" if number % 3 == 0 else ""
    return (
        f"<Organisation{record}>"
        f"<Name>{name}</Name>{_dates(random, archive, random.random() < 0.19)}"
        f'<OrgId {_OID} extension="{code}"/>{status}{changed}'
        f"<GeoLoc><Location><{line}1>{number % 90} HIGH STREET</{line}1>{second}<Town>TOWN</Town>{county}{postcode}"
        f"<Country>ENGLAND</Country>{uprn}</Location></GeoLoc>{contacts}"
        f"<Roles>{roles}</Roles>{rels}{succs}</Organisation>\n"
    )
