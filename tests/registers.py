"""Registers as publishers publish them, drawn in the test: rows without a header, in the columns of the real files."""

from __future__ import annotations

import csv
import io

WORLD = """
entities
id              | kind             | name             | valid_from | valid_until | source
ccg:91Q         |  clinical_commissioning_group | NHS Kent CCG | 2020-04-01 | 2022-07-01 | drawn
sicbl:91Q       |  sub_icb_location | NHS Kent ICB - 91Q   | 2022-07-01 |             | ods-eccg-drawn
sicbl:92A       |  sub_icb_location | NHS Surrey ICB - 92A | 2022-07-01 |             | ods-eccg-drawn
icb:QKS         |  integrated_care_board | NHS Kent ICB   | 2022-07-01 |             | drawn
icb:QNX         |  integrated_care_board | NHS Sussex ICB | 2022-07-01 |             | drawn
practice:G82001 |  gp_practice | The Limes            | 2020-04-01 |             | ods-epraccur-drawn
practice:G82002 |  gp_practice | The Elms             | 2020-04-01 |             | ods-epraccur-drawn
practice:G82003 |  gp_practice | The Oaks             | 2020-04-01 | 2025-07-01  | ods-epraccur-drawn
trust:RVV       |  nhs_trust | East Kent NHS Trust  | 1999-04-01 |             | ods-etr-drawn

sources
id                 | title         | as_of      | verified
ods-epraccur-drawn | ODS epraccur  | 2025-10-01 | yes
ods-eccg-drawn     | ODS eccg      | 2025-10-01 | yes
ods-etr-drawn      | ODS etr       | 2025-10-01 | yes

identifiers
entity          | scheme | code
ccg:91Q         | ods    | 91Q
sicbl:91Q       | ods    | 91Q
sicbl:92A       | ods    | 92A
icb:QKS         | ods    | QKS
icb:QNX         | ods    | QNX
practice:G82001 | ods    | G82001
practice:G82002 | ods    | G82002
practice:G82003 | ods    | G82003
trust:RVV       | ods    | RVV

locations
entity          | postcode | valid_from | valid_until
practice:G82001 | CT9 1AA  |            |
practice:G82003 | CT9 1AA  |            | 2025-07-01

relationships
subject         | verb      | object    | basis     | valid_from | valid_until | source
sicbl:91Q       | part_of   | icb:QKS   | published | 2022-07-01 |             | ods-eccg-drawn
sicbl:92A       | part_of   | icb:QKS   | published | 2022-07-01 |             | ods-eccg-drawn
practice:G82001 | member_of | ccg:91Q   | published | 2020-04-01 | 2022-07-01  | ods-epraccur-drawn
practice:G82001 | member_of | sicbl:91Q | published | 2022-07-01 |             | ods-epraccur-drawn
practice:G82002 | member_of | sicbl:91Q | published | 2022-07-01 |             | ods-epraccur-drawn
practice:G82003 | member_of | sicbl:91Q | published | 2022-07-01 | 2025-07-01  | ods-epraccur-drawn
"""
"""Three practices, a trust and two locations as they were known on 1 October 2025."""

KNOWN = "2025-10-01"


def register(*rows: dict[int, str], width: int = 27, end: str = "\r\n") -> bytes:
    """Rows given by the places of their cells, as a file without a header, every cell between quotation marks."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([row.get(place, "") for place in range(width)] for row in rows)
    return text.getvalue().encode("cp1252")


def practice(
    code: str, name: str, under: str = "91Q", joined: str = "20220701", closed: str = "", **cells: str
) -> dict[int, str]:
    """A row of epraccur; `left`, `postcode`, `opened`, `status` and `setting` are as usual where they are not said."""
    row = {0: code, 1: name, 9: cells.get("postcode", "CT9 1AA"), 10: cells.get("opened", "20200401")}
    row |= {11: closed, 12: cells.get("status", "C" if closed else "A"), 13: "B", 14: under, 15: joined}
    return row | {16: cells.get("left", ""), 21: "0", 23: under, 25: cells.get("setting", "4")}


def commissioner(
    code: str, name: str, opened: str, closed: str = "", sort: str = "RO319", board: str = "QKS"
) -> dict[int, str]:
    """A row of eccg."""
    return {0: code, 1: name, 2: "Y59", 3: board, 9: "ME19 4YT", 10: opened, 11: closed, 13: sort, 21: "0"}


def trust(code: str, name: str, opened: str, closed: str = "", postcode: str = "CT1 3NG") -> dict[int, str]:
    """A row of etr."""
    return {0: code, 1: name, 2: "Y59", 3: "QKS", 9: postcode, 10: opened, 11: closed, 21: "0", 23: "J"}


def xml_body(
    code: str,
    name: str,
    roles: str,
    opened: str,
    closed: str = "",
    above: str = "",
    joined: str = "",
    postcode: str = "",
    more: tuple[str, ...] = (),
    after: str = "",
    legal: str = "",
) -> str:
    """A body as the register has it in XML; the first role is the primary one."""
    days = f'<Date><Type value="Legal"/><Start value="{legal}"/></Date>' if legal else ""
    days += f'<Date><Type value="Operational"/><Start value="{opened}"/>'
    days += f'<End value="{closed}"/></Date>' if closed else "</Date>"
    status = f'<Status value="{"Inactive" if closed else "Active"}"/>'
    first, *beside = roles.split()
    written = f'<Role id="{first}" uniqueRoleId="1" primaryRole="true">{days}{status}</Role>'
    written += "".join(f'<Role id="{role}" uniqueRoleId="2">{days}{status}</Role>' for role in beside)
    since = f'<Date><Type value="Operational"/><Start value="{joined or opened}"/></Date>'
    target = f'<Target><OrgId extension="{above}"/><PrimaryRoleId id="RO98"/></Target>'
    ties = [f'<Rel id="RE4" uniqueRelId="3">{since}{status}{target}</Rel>'] if above else []
    rels = f"<Rels>{''.join([*ties, *more])}</Rels>" if ties or more else ""
    rels += f"<Succs>{after}</Succs>" if after else ""
    place = f"<GeoLoc><Location><PostCode>{postcode}</PostCode><Country>ENGLAND</Country></Location></GeoLoc>"
    return (
        f'<Organisation orgRecordClass="RC1"><Name>{name}</Name>{days}<OrgId extension="{code}"/>{status}{place}'
        f"<Roles>{written}</Roles>{rels}</Organisation>"
    )


def xml_tie(
    relation: str, target: str, since: str, last: str = "", active: bool = True, role: str = "RO261"
) -> str:
    """A relation of a body in XML."""
    end = f'<End value="{last}"/>' if last else ""
    days = f'<Date><Type value="Operational"/><Start value="{since}"/>{end}</Date>'
    status = f'<Status value="{"Active" if active else "Inactive"}"/>'
    to = f'<Target><OrgId extension="{target}"/><PrimaryRoleId id="{role}"/></Target>'
    return f'<Rel id="{relation}" uniqueRelId="4">{days}{status}{to}</Rel>'


def xml_succession(way: str, target: str, day: str) -> str:
    """Who came before or after a body, in XML."""
    days = f'<Date><Type value="Legal"/><Start value="{day}"/></Date>'
    to = f'<Target><OrgId extension="{target}"/><PrimaryRoleId id="RO182"/></Target>'
    return f'<Succ uniqueSuccId="5">{days}<Type>{way}</Type>{to}</Succ>'


def xml_register(*bodies: str, published: str, sort: str = "") -> bytes:
    """The register in XML."""
    count = f'<RecordCount value="{len(bodies)}"/>'
    count += f'<PublicationType value="{sort}"/>' if sort else ""
    head = f'<Manifest><PublicationDate value="{published}"/>{count}</Manifest>'
    root = "HSCOrgRefData:OrgRefData"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns:HSCOrgRefData="x">{head}'
        f"<Organisations>{''.join(bodies)}</Organisations></{root}>"
    ).encode()
