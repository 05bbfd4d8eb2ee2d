"""The register in XML, drawn from a seed in the shape of the real one, with its oddities; nothing in it is real."""

from __future__ import annotations

from random import Random
from xml.sax.saxutils import escape

_ROLES = ("RO177", "RO197", "RO98", "RO182", "RO198", "RO110")
_BESIDE = ("RO76", "RO57", "RO319", "RO280", "RO24", "RO65")


def drawn_register(bodies: int, seed: int = 1, archive: bool = False, stated: int | None = None) -> bytes:
    """A file with so many bodies; the archive writes some elements otherwise. `stated` is what it says it holds."""
    random = Random(seed)
    relation, succession = ("Relationship", "Successor") if archive else ("Rel", "Succ")
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<HSCOrgRefData:OrgRefData xmlns:HSCOrgRefData="http://refdata.hscic.gov.uk/org/v2-0-0">\n'
        '<Manifest><Version value="2-0-0"/><PublicationType value="Full"/><PublicationDate value="2026-08-28"/>'
        f'<RecordCount value="{bodies if stated is None else stated}"/></Manifest>\n<CodeSystems>'
        '<CodeSystem name="OrganisationRole"><concept id="RO76" code="76" displayName="GP PRACTICE"/></CodeSystem>'
        "</CodeSystems>\n<Organisations>\n"
    ]
    for number in range(bodies):
        parts.append(_body(random, number, relation, succession, archive))
    parts.append("</Organisations>\n</HSCOrgRefData:OrgRefData>\n")
    return "".join(parts).encode()


def _dates(random: Random, as_element: bool, legal: bool) -> str:
    start = f"{random.randint(1974, 2024)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    end = f"{random.randint(2024, 2026)}-03-31" if random.random() < 0.4 else ""
    written = ""
    for kind in ("Legal", "Operational") if legal else ("Operational",):
        last = f'<End value="{end}"/>' if end else ""
        said = f'<Type value="{kind}"/>' if as_element else ""
        attribute = "" if as_element else f' Type="{kind}"'
        written += f'<Date{attribute}>{said}<Start value="{start}"/>{last}</Date>'
    return written


def _body(random: Random, number: int, relation: str, succession: str, archive: bool) -> str:
    code, stub, region = f"X{number:05}", random.random() < 0.03, random.random() < 0.01
    role = random.randrange(len(_ROLES))
    status = "" if region else '<Status value="Active"/>'
    target = f'<OrgId root="2.16" assigningAuthorityName="HSCIC" extension="X{random.randrange(99999):05}"/>'
    nested = random.random() < 0.05
    if nested:
        inside = f'<Name>ANOTHER &amp; NOT THIS</Name>{target}<Status value="Inactive"/>'
        target = f'<Organisation orgRecordClass="RC1">{inside}</Organisation>'
    roles = "".join(
        f'<Role id="{one}" uniqueRoleId="{random.randrange(10**6)}"{first}>'
        f'{_dates(random, archive, False)}<Status value="Active"/></Role>'
        for one, first in ((_ROLES[role], ' primaryRole="true"'), (_BESIDE[role], ""))
    )
    rels = "".join(
        f'<{relation} id="{kind}" uniqueRelId="{random.randrange(10**6)}">{_dates(random, archive, False)}'
        f'<Status value="Active"/><Target>{target}<PrimaryRoleId id="RO98" uniqueRoleId="1"/></Target></{relation}>'
        for kind in random.sample(("RE4", "RE5", "RE6"), random.randint(0, 3))
    )
    succs = ""
    if random.random() < 0.07:
        own = "" if archive else ' uniqueSuccId="7"'
        succs = (
            f'<Succs><{succession}{own}><Date><Type value="Legal"/><Start value="2013-04-01"/></Date>'
            f"<Type>Successor</Type><Target>{target}</Target></{succession}></Succs>"
        )
    line = "AddressLine1" if archive else "AddrLn1"
    record = f' orgRecordClass="{random.choice(("RC1", "RC2"))}"' + (' refOnly="true"' if stub else "")
    changed = '<LastChangeDate value="2024-01-01"/>'
    postcode = f"<PostCode>CT{number % 20} {number % 10}AA</PostCode>"
    name = escape(f"BODY {number} & CO") + ("\u2019S" if number % 50 == 0 else "")
    return (
        f"<Organisation{record}>"
        f"<Name>{name}</Name>{_dates(random, archive, random.random() < 0.19)}"
        f'<OrgId root="2.16" assigningAuthorityName="HSCIC" extension="{code}"/>{status}{changed}'
        f"<GeoLoc><Location><{line}>1 HIGH STREET</{line}><Town>TOWN</Town>{postcode}"
        f"<Country>ENGLAND</Country></Location></GeoLoc>"
        f"<Roles>{roles}</Roles><Rels>{rels}</Rels>{succs}</Organisation>\n"
    )
