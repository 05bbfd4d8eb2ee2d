"""The patterns of bodies in the register's XML, made for the dialect that an edition is written in.

A pattern takes a body only where it understands every letter of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.loaders.releases.listings import is_a_day
from orgmap.loaders.releases.ods_xml import (
    CODE,
    LONGEST_TEXT,
    XmlBody,
    XmlDays,
    XmlRelation,
    XmlRole,
    XmlSuccession,
)
from orgmap.loaders.releases.whole.reached import XmlContact, contact_of, uprn_of

MOST_WORDS = 1 << 17
"""So many words of attributes are kept in mind."""

USUAL = 0.96
"""What so large a part of the first bodies has is expected of all: a body without it goes to the slow reader."""

SAMPLE = 1 << 18
"""So many letters tell how an edition writes."""

_SPACE = r"[ \t\r\n]*"
_VALUE = rf'[^"<&\x00-\x1f]{{0,{LONGEST_TEXT}}}'
_LETTERS = rf"[^<&>\x00-\x1f]{{0,{LONGEST_TEXT}}}"
_TEXT = rf"{_LETTERS}(?:&(?:amp|lt|gt|quot|apos);{_LETTERS})*"
_NAME = r"[A-Za-z_][\w:.-]*"

_CODE = re.compile(CODE.pattern.encode())

_new = tuple.__new__
"""Makes a record of its cells several times quicker than its name does, and there are millions."""


class _OddDay(Exception):
    """A day that is none: the slow reader says so with its line."""


def dialect_of(prefix: str, text: bytes) -> Dialect:
    """How an edition writes what editions write otherwise, told from its first bodies."""
    first = text[:SAMPLE].decode("utf-8", "replace")
    lines = next((one for one in ("AddrLine", "AddressLine") if f"{one}1>" in first), "AddrLn")
    relation = "Relationship" if f"<{prefix}Relationship " in first else "Rel"
    succession = "Successor" if f"<{prefix}Successor" in first else "Succ"
    orders: dict[str, list[str]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for name, attributes in re.findall(rf'<{prefix}({_NAME})((?: {_NAME}="{_VALUE}")*) ?/?>', first):
        known = orders.setdefault(name, [])
        seen[name, ""] += 1
        place = 0
        for one in re.findall(rf' ({_NAME})="', attributes):
            seen[name, one] += 1
            if one in known:
                place = known.index(one) + 1
            else:
                known.insert(place, one)
                place += 1
    written = tuple(
        (name, tuple((one, seen[name, one] > USUAL * seen[name, ""]) for one in known))
        for name, known in sorted(orders.items())
    )
    with_status = sum(seen[name, ""] for name in ("Organisation", "Role", relation))
    return Dialect(
        prefix,
        lines,
        relation,
        succession,
        written,
        seen["Type", "value"] > USUAL * seen["Date", ""],
        seen["Status", ""] > USUAL * with_status,
        bool(re.search(r">[ \t\r\n]+<(?!/?\w*:?Organisation)", first)),
    )


class Dialect(NamedTuple):
    """How an edition writes: what stands before names, the elements that differ, the order of attributes with those
    that never lack, whether dates and statuses have their own elements, whether there is space between elements."""

    prefix: str
    lines: str
    relation: str
    succession: str
    orders: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    kinds_apart: bool
    with_status: bool
    spaced: bool


class BodyPatterns(NamedTuple):
    """The patterns of one dialect: a body up to its roles, a way to reach it, a role, a relation, a succession, and
    what divides them."""

    head: re.Pattern[bytes]
    contact: re.Pattern[bytes]
    role: re.Pattern[bytes]
    relation: re.Pattern[bytes]
    succession: re.Pattern[bytes]
    after_head: re.Pattern[bytes]
    after_roles: re.Pattern[bytes]
    after_relations: re.Pattern[bytes]
    after_successions: re.Pattern[bytes]
    begins: re.Pattern[bytes]
    limits: re.Pattern[bytes]

    def body(self, text: bytes, at: int, line_of: Callable[[int], int]) -> tuple[XmlBody, int] | None:
        """The body that begins at a place, and where it ends; None if these patterns do not take all of it."""
        head = self.head.match(text, at)
        if not head:
            return None
        (
            _, record_class, stub, name, *dates, code, status,
            line1, line2, line3, town, county, postcode, country, uprn, reached, has_roles,
        ) = head.groups()  # fmt: skip
        end = head.end()
        roles: list[XmlRole] = []
        relations: list[XmlRelation] = []
        successions: list[XmlSuccession] = []
        try:
            days = _days(dates)
            while has_roles and (found := self.role.match(text, end)):
                kind, first, *dates, held = found.groups()
                roles.append(_new(XmlRole, (_WORD[kind], first == b"true", _WORD[held], _days(dates))))
                end = found.end()
            if not (found := (self.after_roles if has_roles else self.after_head).match(text, end)):
                return None
            has_relations, has_successions, _ = found.groups()
            end = found.end()
            if has_relations:
                while found := self.relation.match(text, end):
                    kind, *dates, held, target, role = found.groups()
                    tie = (_WORD[kind], _WORD[target], _WORD[held], _days(dates), _WORD[role])
                    relations.append(_new(XmlRelation, tie))
                    end = found.end()
                if not (found := self.after_relations.match(text, end)):
                    return None
                has_successions, _ = found.groups()
                end = found.end()
            if has_successions:
                while found := self.succession.match(text, end):
                    *dates, way, target = found.groups()
                    since = _days(dates)
                    day = since.legal_from or since.from_day
                    successions.append(XmlSuccession(_text(way), _WORD[target], day))
                    end = found.end()
                if not (found := self.after_successions.match(text, end)):
                    return None
                end = found.end()
        except _OddDay:
            return None
        if not code or not _CODE.fullmatch(code) or len(name) > LONGEST_TEXT:
            return None
        lines = [_TEXT_OF[one] for one in (line1, line2, line3, town, county) if one]
        cells = (
            code.decode(), _text(name), _WORD[record_class], stub == b"true",
            _WORD[status] or next((role.status for role in roles if role.is_primary), ""),
            days, _TEXT_OF[postcode], _TEXT_OF[country], tuple(roles), tuple(relations), tuple(successions),
            line_of(head.start(1)), ", ".join(filter(None, lines)),
            uprn_of(uprn.decode()) if uprn else "", self._contacts(reached) if reached else (),
        )  # fmt: skip
        body: XmlBody = _new(XmlBody, cells)
        return body, end

    def _contacts(self, text: bytes) -> tuple[XmlContact, ...]:
        """The ways to reach a body."""
        found = (
            contact_of(_WORD[one[1]], one[2].decode() if one[2] else "")
            for one in self.contact.finditer(text)
        )
        return tuple(filter(None, found))

    def end_of(self, text: bytes, at: int) -> int:
        """Where the body ends that begins at a place, with those inside it; 0 if its end is not there yet, -1 if no
        body begins there."""
        if not self.begins.match(text, at):
            rest = text[at : at + 100].strip()
            return 0 if len(rest) < len("<Organisation ") + 40 and not rest.startswith(b"</") else -1
        depth = 0
        for found in self.limits.finditer(text, at):
            depth += -1 if found[1] else 1
            if depth == 0:
                return found.end()
        return 0


@lru_cache(maxsize=8)
def patterns_of(dialect: Dialect) -> BodyPatterns:
    """The patterns for an edition that writes in a dialect."""
    prefix, lines, relation, succession = dialect[:4]
    orders = dict(dialect.orders)
    space = _SPACE if dialect.spaced else ""

    def attributes(name: str, *wanted: str) -> str:
        """The attributes of an element in the order of this edition, of which some are caught, in the order named."""
        order = orders.get(name, ())
        missing = "(?:(?!)())?"
        left = list(wanted)
        found = ""
        for one, always in order:
            if one in left:
                while left[0] != one:
                    left.pop(0)
                    found += missing
                left.pop(0)
            elif one in wanted:
                return "(?!)" + "()" * len(
                    wanted
                )  # in another order than is caught here: for the slow reader
            written = f' {one}="({_VALUE})"' if one in wanted else f' {one}="{_VALUE}"'
            found += written if always else maybe(written)
        return found + missing * len(left)

    def opened(name: str, *wanted: str) -> str:
        return f"{space}<{prefix}{name}{attributes(name, *wanted)}>"

    def closed(name: str) -> str:
        return f"{space}</{prefix}{name}>"

    def empty(name: str, *wanted: str) -> str:
        return f"{space}<{prefix}{name}{attributes(name, *wanted)} ?/>"

    def text(name: str) -> str:
        return f"{space}<{prefix}{name}>({_TEXT})</{prefix}{name}>"

    def maybe(pattern: str) -> str:
        return f"(?:{pattern})?"

    kind = rf'{space}<{prefix}Type value="(Legal|Operational)" ?/>'
    start, end = (f'{space}<{prefix}{one} value="({_VALUE})" ?/>' for one in ("Start", "End"))
    own = kind if dialect.kinds_apart else maybe(kind)
    date = opened("Date", "Type") + own + start + maybe(end) + closed("Date")
    either = f'{space}<{prefix}Date(?: Type="({_VALUE})")?>{maybe(kind)}{start}{maybe(end)}{closed("Date")}'
    since = maybe(either) + maybe(either)
    dates, status = date + maybe(date), empty("Status", "value")
    status = status if dialect.with_status else maybe(status)
    target = (
        opened("Target")
        + empty("OrgId", "extension")
        + maybe(empty("PrimaryRoleId", "id"))
        + closed("Target")
    )
    plain_target = (
        opened("Target") + empty("OrgId", "extension") + maybe(empty("PrimaryRoleId")) + closed("Target")
    )
    address = "".join(
        maybe(text(one))
        for one in (*(f"{lines}{n}" for n in (1, 2, 3)), "Town", "County", "PostCode", "Country")
    )
    number = rf"{space}<{prefix}UPRN>([0-9]{{1,20}})</{prefix}UPRN>"
    place = opened("GeoLoc") + opened("Location") + address + maybe(number) + closed("Location")
    contact = empty("Contact", "type", "value")
    # Caught as one text, and divided afterwards: most bodies have none.
    contacts = opened("Contacts") + f"((?:{_uncaught(contact)})*)" + closed("Contacts")
    head = (
        f"{_SPACE}()<{prefix}Organisation{attributes('Organisation', 'orgRecordClass', 'refOnly')}>"
        + text("Name")
        + dates
        + empty("OrgId", "extension")
        + status
        + maybe(empty("LastChangeDate"))
        + maybe(place + closed("GeoLoc"))
        + maybe(contacts)
        + f"({maybe(opened('Roles'))})"
    )
    ending = closed("Organisation")
    after = f"(?:({opened('Rels')})|({opened('Succs')})|({ending}))"
    return BodyPatterns(
        *(
            re.compile(pattern.encode())
            for pattern in (
                head,
                contact,
                opened("Role", "id", "primaryRole") + dates + status + closed("Role"),
                opened(relation, "id") + dates + status + target + closed(relation),
                opened(succession) + since + text("Type") + plain_target + closed(succession),
                after,
                closed("Roles") + after,
                f"{closed('Rels')}(?:({opened('Succs')})|({ending}))",
                f"{closed('Succs')}{ending}",
                rf"{_SPACE}<{prefix}Organisation[ \t\r\n>]",
                rf"<(/?){prefix}Organisation(?=[ \t\r\n>])[^<>]*>",
            )
        )
    )


def _uncaught(pattern: str) -> str:
    """A pattern that catches nothing."""
    return re.sub(r"\((?!\?)", "(?:", pattern)


def _text(written: bytes | None) -> str:
    if not written:
        return ""
    text = written.decode()
    if "&" in text:
        for name, letter in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
            text = text.replace(f"&{name};", letter)
    return text.strip()


_OPERATIONAL, _LEGAL = b"Operational", b"Legal"


def _days(dates: list[bytes | None]) -> XmlDays:
    """The days of two dates, each with its kind as attribute or element, its start and its end."""
    attribute, kind, start, end, attribute2, kind2, start2, end2 = dates
    if start2 is None and (kind or attribute or _OPERATIONAL) == _OPERATIONAL:
        return _new(XmlDays, ("", "", _DAY[start], _AFTER[end]))
    found = {_LEGAL: ("", ""), _OPERATIONAL: ("", "")}
    for sort, begins, ends in ((kind or attribute, start, end), (kind2 or attribute2, start2, end2)):
        if begins is not None:
            found[sort or _OPERATIONAL] = (_DAY[begins], _AFTER[ends])
    return _new(XmlDays, found[_LEGAL] + found[_OPERATIONAL])


class _Days(dict[bytes | None, str]):
    """Days as they are written, each looked at once; those of the end are the last that are included."""

    def __init__(self, last: bool) -> None:
        super().__init__({None: ""})
        self._last = last

    def __missing__(self, written: bytes) -> str:
        day = written.decode()
        if day and not is_a_day(day):
            raise _OddDay
        found = self[written] = day_after(day) if day and self._last else day
        return found


_DAY, _AFTER = _Days(False), _Days(True)


class _Words(dict[bytes | None, str]):
    """What stands in attributes, each read once: the same words come again and again."""

    def __missing__(self, written: bytes) -> str:
        found = written.decode()
        if len(self) < MOST_WORDS:
            self[written] = found
        return found


_WORD = _Words({None: ""})


class _Texts(_Words):
    """What stands in elements that many bodies have alike, such as towns."""

    def __missing__(self, written: bytes) -> str:
        found = _text(written)
        if len(self) < MOST_WORDS:
            self[written] = found
        return found


_TEXT_OF = _Texts({None: ""})
