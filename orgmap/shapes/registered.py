"""The shapes of what the whole register says of a body, as its JSON is."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class RegisterPart(TypedDict, total=False):
    """A role, a relation or a succession: what it is in words (`is`, `verb`, `way`), with whom, its status and days;
    `pointing` rows count the bodies that have a relation to this one (`number`) and name some (`bodies`)."""

    role: str
    primary: bool
    relation: str
    verb: str
    way: str
    id: str
    code: str
    name: str | None
    date: str | None
    number: int
    bodies: list[RegisterPart]
    status: str | None
    valid_from: str | None
    valid_until: str | None
    legal_from: str | None
    legal_until: str | None


class RegisterContact(TypedDict):
    """A way to reach a body: `telephone`, `website`, `email`, `fax`; of what may be a person's no value is given."""

    means: str
    value: str | None


class RegisterRecord(TypedDict):
    """A record of the register: `valid_from` and `valid_until` are the days of operation, those in law stand beside
    them where the register has some; `status` may say otherwise than the days."""

    release: str
    source: str
    as_of: str
    record: str
    status: str | None
    valid_from: str | None
    valid_until: str | None
    legal_from: NotRequired[str | None]
    legal_until: NotRequired[str | None]
    address: str | None
    postcode: str | None
    country: str | None
    uprn: str | None
    contacts: list[RegisterContact]
    roles: list[RegisterPart]
    ties: list[RegisterPart]
    pointing: list[RegisterPart]
    successions: list[RegisterPart]
