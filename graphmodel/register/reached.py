"""How bodies of the register are reached: what its words for that mean, and what of it is shown.

The register publishes how bodies are reached, not people: an address or a number that may be a person's is not shown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MEANS = {"tel": "telephone", "http": "website", "mailto": "email", "fax": "fax"}
"""The register's words for ways to reach a body, and what people call them."""

OFFICES = frozenset(
    "accounts admin administration advice appointments bookings branch business care centre clinic commissioning"
    " communications complaints contact contactus council dental dentist desk directors email enquiries enquiry"
    " feedback finance foi gp head headoffice health hello help helpdesk home hospice hospital hq info information"
    " inquiries it mail mailbox main management manager medical nhs office opticians org pals patient patients"
    " pharmacist pharmacy practice prescriptions queries reception referrals reports school secretary"
    " secretaries services shop site store support surgery team trust ward welcome".split()
)
"""Words of which one at least stands before the “@” of an address that is an office's."""

AROUND_NUMBERS = frozenset(
    "tel telephone fax ext extn extension x option opt press then or and main direct".split()
)
"""Words that may stand beside a number."""

LETTERS = 4
"""So long is a word of a name that tells in an address whose it is."""


class RegisteredContact(NamedTuple):
    """One way to reach a body: its sort in the register's word, and the number or address."""

    sort: str
    value: str


def may_be_shown(contact: RegisteredContact, code: str, name: str) -> bool:
    """Whether a way to reach a body of this code and name is surely no person's.

    >>> mail = RegisteredContact("mailto", "jane.doe@example.org")
    >>> may_be_shown(mail, "FA1", "A PHARMACY"), may_be_shown(mail._replace(value="info@a.org"), "FA1", "A PHARMACY")
    (False, True)
    """
    words = set(re.findall(r"[a-z]+", contact.value.lower()))
    if contact.sort in ("tel", "fax"):
        return words <= AROUND_NUMBERS
    if contact.sort == "http":
        return "@" not in contact.value
    local = contact.value.lower().removeprefix("mailto:").partition("@")[0]
    own = {word for word in re.findall(r"[a-z]+", name.lower()) if len(word) >= LETTERS}
    parts = set(re.findall(r"[a-z]+", local))
    return bool(parts & OFFICES) or code.lower() in local or any(word in local for word in own)
