"""The registers of practices, trusts and commissioners out of the one XML file that holds them all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from orgmap.loaders.releases.formats import PRIMARY, FormatWord, PublishedFormat, formats
from orgmap.loaders.releases.listings import Contents, Listing, RefusedRow, RegisterRow, mistyped
from orgmap.loaders.releases.ods_xml import XmlBody, XmlRelation
from orgmap.loaders.releases.texts import unseen

HEAD = 4_096
"""So many bytes tell whether a file is a register in XML."""

_CODE = re.compile(r"[A-Z0-9]{1,12}")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?OrgRefData[\s>]")

ORGREFDATA = "orgrefdata"
"""The format of the register in XML."""

ACTIVE = "Active"
COMMISSIONED = "commissioned_by"
STAY = "stay"
"""Under this they name a relation, and the role of those to whom it counts, that a register of its own lists."""

UNDER_BOARD = "lies_under"
"""Under this the words of a format name a relation, and the primary role of those to whom it counts."""

COUNTRY_OF_WALES = "WALES"


def is_register_xml(raw: bytes) -> bool:
    """Whether a file is the register in XML, by the name of its root.

    >>> is_register_xml(b'<?xml version="1.0"?><un:OrgRefData xmlns:un="x">'), is_register_xml(b"code,name")
    (True, False)
    """
    return bool(_ROOT.search(raw[:HEAD]))


class Sorting:
    """Bodies sorted into the registers whose bodies the graph has, while they come; all others are passed by."""

    def __init__(self, holding: PublishedFormat) -> None:
        self._holding = holding
        self._found: dict[str, dict[str, RegisterRow]] = {}
        self._refused: dict[str, list[RefusedRow]] = {}
        self._in: dict[str, list[tuple[str, str]]] = {}

    def take(self, body: XmlBody, roles: Mapping[str, str]) -> None:
        """Takes a body in place of what was said of its code until now; `roles` has the declared ids of those that
        this edition calls otherwise."""
        for register, key in self._in.pop(body.code, ()):
            del self._found[register][key]
        primary = next((role.role for role in body.roles if role.is_primary), "")
        primary = roles.get(primary, primary)
        register = self._holding.registers.get(primary, "")
        if not register:
            return
        kind = self._holding.words[PRIMARY, primary].kind
        said = _listing(body, formats()[register], self._holding, kind)
        if isinstance(said, str):
            refused = RefusedRow(body.line, body.code[:20], said)
            self._refused.setdefault(register, []).append(refused)
            return
        self._add(register, body, body.code, said)
        for tie in body.relations:
            word = self._holding.words.get(
                (STAY, f"{tie.relation} {roles.get(tie.target_role, tie.target_role)}")
            )
            days = tie.days
            if word and days.from_day and not ("" < days.until_day <= days.from_day):
                key = f"{body.code} {tie.target} {days.from_day}"
                stay = dict.fromkeys(Listing._fields, "") | {"commissioner": tie.target}
                self._add(
                    word.means, body, key, Listing(**stay | {"joined": days.from_day, "ends": days.until_day})
                )

    def _add(self, register: str, body: XmlBody, key: str, listing: Listing) -> None:
        self._found.setdefault(register, {})[key] = RegisterRow(body.line, key, listing)
        held = self._in.setdefault(body.code, [])
        if (register, key) not in held:
            held.append((register, key))

    @property
    def alone(self) -> dict[str, list[RefusedRow]]:
        """The rows refused of registers of which no row is left: `contents` has none of these."""
        return {register: rows for register, rows in self._refused.items() if not self._found.get(register)}

    def contents(self, published: str) -> list[Contents]:
        """What the registers list; they know what they know to the day of publication."""
        return [
            Contents(
                formats()[register],
                list(rows.values()),
                self._refused.get(register, []),
                published,
                max(published, *(row.listing.opened for row in rows.values())),
                self._holding.format,
            )
            for register, rows in self._found.items()
            if rows
        ]


def _listing(
    body: XmlBody, form: PublishedFormat, holding: PublishedFormat, of_kind: str = ""
) -> Listing | str:
    """A body as its own register would list it, or why it cannot be; `of_kind` is its kind where the first role says
    it."""
    beside = [role.role for role in body.roles if not role.is_primary and role.status == ACTIVE]
    beside = beside or [role.role for role in body.roles if not role.is_primary]
    cell = "|".join(sorted(set(beside), key=lambda role: (len(role), role)))
    known = [one for one in (cell, *beside) if ("sort", one) in form.words]
    word = form.words.get(("sort", known[0] if known else ""))
    if of_kind:
        word = FormatWord("", of_kind, "")
    elif not word or (cell and not known and any(column == "sort" and one for column, one in form.words)):
        return f"its roles {cell or '(none)'} are not understood"
    if not _CODE.fullmatch(body.code):
        return "its code is none of the register's"
    if not body.days.from_day:
        return "it has no opened"
    if unseen(body.name):
        return "its name holds letters that nobody can see"
    if odd := next(filter(None, map(mistyped, filter(None, body.days[2:]))), ""):
        return f"its life: {odd}"
    if body.days.until_day and body.days.until_day <= body.days.from_day:
        return f"it ends on {body.days.until_day} (not included), before it begins on {body.days.from_day}"
    above = _commissioner(body, holding) if form.kinds_above else None
    status = "active" if body.status == ACTIVE else "closed"
    of_wales = form.words.get(("region", "W"))
    kind = of_wales.kind if of_wales and body.country.upper() == COUNTRY_OF_WALES else word.kind
    return Listing(
        name=body.name,
        postcode=body.postcode if "postcode" in form.columns and form.fits("postcode", body.postcode) else "",
        opened=body.days.from_day,
        ends=body.days.until_day,
        status=status if form.kinds_above and not of_kind else "",
        commissioner=above.target if above else "",
        joined=above.days.from_day if above else "",
        setting=word.means,
        kind=kind,
        board=_board(body, holding) if form.board_of(kind) else "",
    )


def _board(body: XmlBody, holding: PublishedFormat) -> str:
    """The board under which a location lies: by a relation of that sort, to a body of that role, that lasts."""
    return next(
        (
            tie.target
            for tie in body.relations
            if tie.status == ACTIVE and (UNDER_BOARD, f"{tie.relation} {tie.target_role}") in holding.words
        ),
        "",
    )


def _commissioner(body: XmlBody, holding: PublishedFormat) -> XmlRelation | None:
    """Who commissions a body: the relation of that sort that lasts, or was the last to begin."""
    ties = [one for one in body.relations if (COMMISSIONED, one.relation) in holding.words]
    return max(ties, key=lambda one: (one.status == ACTIVE, one.days.from_day), default=None)
