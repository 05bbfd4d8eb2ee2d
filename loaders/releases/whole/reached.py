"""How a body of the register is reached and where it stands, as its files write it, read alike from all of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from orgmap.loaders.releases.texts import CONTROL

LONGEST_CONTACT = 300

UPRN = re.compile(r"0*[1-9][0-9]{0,11}")
"""The form of a UPRN: a number of at most twelve digits."""


class XmlContact(NamedTuple):
    """One way to reach a body: its sort in the register's word (tel, http, mailto, fax), and the number or address."""

    sort: str
    value: str


def contact_of(sort: str, value: str) -> XmlContact | None:
    """A way to reach a body; None for a blank one, or one with what nobody can see.

    >>> contact_of("tel", " 01227  000000 ")
    XmlContact(sort='tel', value='01227 000000')
    """
    value = " ".join(value.split())
    is_one = value and len(value) <= LONGEST_CONTACT and not CONTROL.search(value)
    return XmlContact(sort, value) if is_one else None


def uprn_of(text: str) -> str:
    """The number of an addressable place, as it was written; blank for what is none.

    >>> uprn_of("10000000001"), uprn_of("NOT KNOWN"), uprn_of("0")
    ('10000000001', '', '')
    """
    return text if UPRN.fullmatch(text) else ""
