"""The whole register as ODS publishes it in XML, read as a stream: one body after the other, never all at once.

The two files of a release and its editions write some elements otherwise (`Rel`, `Relationship`); a target may carry a
whole body of its own, whose name is not that of the body around it. What is not understood is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple
from xml.parsers import expat

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.listings import is_a_day
from orgmap.loaders.releases.texts import CONTROL
from orgmap.loaders.releases.whole.reached import XmlContact, contact_of, uprn_of

BLOCK = 1 << 20
"""So many bytes are read at a time."""

DEEPEST_ELEMENT = 40
"""So deep may elements lie in one another: in the register it is ten."""

LONGEST_TEXT = 2_000

LONGEST_PIECE = 1 << 24
"""So many bytes may a piece of a file have that is not at its end yet: an element, a comment, a text."""

MOST_PARTS = 5_000
"""So many roles, relations and successions has a body at most."""

DIGITS = 10
"""So many digits has no number of records."""

CODE = re.compile(r"[!-~]{1,30}")
"""The form of a code: no space, nothing that cannot be seen."""

MOST_CONCEPTS = 2_000
"""So many roles and relations may a file name: it has some 230."""


class XmlDays(NamedTuple):
    """From when until when something holds, in law and in operation; ends exclusive, unknown is blank."""

    legal_from: str = ""
    legal_until: str = ""
    from_day: str = ""
    until_day: str = ""


class XmlRole(NamedTuple):
    """One role of a body: what it is, whether first of all, whether it still is."""

    role: str
    is_primary: bool
    status: str
    days: XmlDays


class XmlRelation(NamedTuple):
    """One relation of a body to another, of which the primary role may be said."""

    relation: str
    target: str
    status: str
    days: XmlDays
    target_role: str = ""


class XmlSuccession(NamedTuple):
    """That another body came before or after this one."""

    way: str
    target: str
    day: str


class XmlBody(NamedTuple):
    """One body or site of the register; `is_stub` if the other file of the release has its record."""

    code: str
    name: str
    record_class: str
    is_stub: bool
    status: str
    days: XmlDays
    postcode: str
    country: str
    roles: tuple[XmlRole, ...]
    relations: tuple[XmlRelation, ...]
    successions: tuple[XmlSuccession, ...]
    line: int
    address: str = ""
    uprn: str = ""
    contacts: tuple[XmlContact, ...] = ()


class Manifest:
    """What a register file says of itself at its head, known once its first body is read: the day of publication,
    whether it is the archive of what closed long ago, and what it calls its roles and relations."""

    def __init__(self) -> None:
        self.published = self.sort = ""
        self.concepts: dict[str, str] = {}


def read_bodies(file: IO[bytes], label: str, manifest: Manifest | None = None) -> Iterator[XmlBody]:
    """Every body of a register file, in its order; `manifest` is filled in.

    Raises `DataBroken` with file and line for what is no such file, is cut off, declares entities of its own, has
    a body without a code or a day that is none, or has not as many bodies as it says.
    """
    reading = XmlReading(label, manifest or Manifest())
    while block := file.read(BLOCK):
        reading.feed(block)
        yield from reading.finished()
    reading.feed(b"", last=True)
    yield from reading.finished()
    reading.end()


class _Body:
    """A body while it is read; one inside a target is read into one of its own, and dropped but for its code."""

    __slots__ = (
        "address", "code", "contacts", "country", "dates", "line", "name", "postcode", "record_class", "relations",
        "roles", "status", "stub", "successions", "uprn",
    )  # fmt: skip

    def __init__(self, record_class: str, stub: bool, line: int) -> None:
        self.record_class, self.stub, self.line = record_class, stub, line
        self.code = self.name = self.status = self.postcode = self.country = self.uprn = ""
        self.contacts: list[XmlContact] = []
        self.address: list[str] = []
        self.dates: list[tuple[str, str, str]] = []
        self.roles: list[XmlRole] = []
        self.relations: list[XmlRelation] = []
        self.successions: list[XmlSuccession] = []


_PART_OF = {"Role": "role", "Rel": "rel", "Relationship": "rel", "Succ": "succ", "Successor": "succ"}
_PARTS = frozenset(_PART_OF)

ADDRESS = ("AddrLn1", "AddrLn2", "AddrLn3", "AddrLine1", "AddrLine2", "AddrLine3", "AddressLine1", "AddressLine2",
           "AddressLine3", "Town", "County")  # fmt: skip
"""The elements of an address but its postcode and country, as editions write them."""

_ADDRESS = frozenset(ADDRESS)


class XmlReading:
    """The state of reading: which body, which part of it, whether inside a target."""

    def __init__(self, label: str, manifest: Manifest) -> None:
        self.label, self._manifest = label, manifest
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._stop
        parser.EntityDeclHandler = self._entity
        parser.StartDoctypeDeclHandler = self._entity
        self._fed = 0
        self._done: list[XmlBody] = []
        self._found, self._stated = 0, -1
        self._body: _Body | None = None
        self._part = ""
        self._attributes: dict[str, str] = {}
        self._dates: list[tuple[str, str, str]] = []
        self._date = ["", "", ""]
        self._status = self._target = self._way = self._role = ""
        self._inside = 0
        self._depth = 0
        self._text: list[str] = []
        self._wanted: Callable[[str], None] | None = None

    def feed(self, block: bytes, last: bool = False) -> None:
        """Reads on."""
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError as error:
            raise self._broken(f"is no whole XML ({expat.ErrorString(error.code)})", error.lineno) from error
        except (LookupError, ValueError) as error:
            raise self._broken("is in an encoding that is not known") from error
        self._fed += len(block)
        if (
            self._fed - self._parser.CurrentByteIndex > LONGEST_PIECE
            or sum(map(len, self._text)) > LONGEST_PIECE
        ):
            raise self._broken("has a piece without end; refused")

    def finished(self) -> list[XmlBody]:
        """The bodies that are whole since this was last asked."""
        done, self._done = self._done, []
        return done

    def found_elsewhere(self) -> None:
        """Counts a body that somebody else read."""
        self._found += 1

    @property
    def is_between(self) -> bool:
        """Whether what was read ends between two bodies."""
        return self._body is None

    def end(self) -> None:
        """Compares what was read with what the file says it holds."""
        if not self._found and self._stated == 0:
            raise self._broken("holds no body at all", 1)
        if self._stated < 0:
            raise self._broken("does not say how many records it holds (RecordCount)", 1)
        if self._found != self._stated:
            raise self._broken(
                f"says that it holds {self._stated:,} records, and has {self._found:,}",
                self._parser.CurrentLineNumber,
            )

    def _broken(self, said: str, line: int = 0) -> DataBroken:
        return DataBroken(
            f"{self.label}:{line or self._parser.CurrentLineNumber}: {said}. Fetch the file again."
        )

    def _entity(self, *_: object) -> None:
        raise self._broken("declares entities or a form of its own; refused")

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST_ELEMENT:
            raise self._broken("has elements without end in one another; refused")
        for value in attributes.values():
            if len(value) > LONGEST_TEXT or CONTROL.search(value):
                raise self._broken("has an attribute without end, or of letters that nobody can see")
        name = qualified.rpartition(":")[2]
        if self._inside:
            # In a target only the code counts: whatever else stands there is another body's.
            self._inside += 1
            if name == "OrgId" and not self._target:
                self._target = attributes.get("extension", "")
            elif name == "PrimaryRoleId" and not self._role:
                self._role = attributes.get("id", "")
            return
        body = self._body
        if body is None:
            if name == "Organisation":
                stub = attributes.get("refOnly", "") == "true"
                self._body = _Body(attributes.get("orgRecordClass", ""), stub, self._parser.CurrentLineNumber)
            elif name == "RecordCount":
                self._count(attributes.get("value", ""))
            elif name == "PublicationDate":
                self._manifest.published = attributes.get("value", "")
            elif name == "PublicationType":
                self._manifest.sort = attributes.get("value", "")
            elif name == "concept" and len(self._manifest.concepts) < MOST_CONCEPTS:
                self._manifest.concepts[attributes.get("id", "")] = attributes.get("displayName", "")
            return
        if name == "Date":
            self._date = [attributes.get("Type", ""), attributes.get("Start", ""), attributes.get("End", "")]
        elif name == "Start":
            self._date[1] = attributes.get("value", "")
        elif name == "End":
            self._date[2] = attributes.get("value", "")
        elif name == "Type":
            if "value" in attributes:
                self._typed(attributes["value"])
            else:
                self._want(self._typed)
        elif name == "Status":
            if self._part:
                self._status = attributes.get("value", "")
            else:
                body.status = attributes.get("value", "")
        elif name == "Target":
            self._inside, self._target, self._role = 1, "", ""
        elif name in _PARTS:
            self._part, self._attributes = _PART_OF[name], attributes
            self._dates, self._status, self._target, self._way, self._role = [], "", "", "", ""
        elif name == "OrgId":
            body.code = attributes.get("extension", "")
        elif name == "Name":
            self._want(self._named)
        elif name == "PostCode":
            self._want(self._posted)
        elif name == "Country":
            self._want(self._of_country)
        elif name in _ADDRESS:
            self._want(body.address.append)
        elif name == "UPRN":
            self._want(self._numbered)
        elif name == "Contact":
            found = contact_of(attributes.get("type", ""), attributes.get("value", ""))
            body.contacts += [found] if found else []

    def _want(self, take: Callable[[str], None]) -> None:
        self._wanted, self._text = take, []
        self._parser.CharacterDataHandler = self._text.append

    def _stop(self, qualified: str) -> None:
        self._depth -= 1
        if self._inside:
            self._inside -= 1
            return
        body = self._body
        if body is None:
            return
        if self._wanted:
            text = "".join(self._text).strip()
            if len(text) > LONGEST_TEXT:
                raise self._broken(f"has a text of more than {LONGEST_TEXT:,} letters")
            if CONTROL.search(text):
                raise self._broken("holds letters that nobody can see (control characters)")
            self._parser.CharacterDataHandler = None
            wanted, self._wanted = self._wanted, None
            wanted(text)
            return
        name = qualified.rpartition(":")[2]
        if name == "Date":
            kind, start, end = self._date
            (self._dates if self._part else body.dates).append((kind, start, end))
        elif name in _PARTS:
            self._add_part(body)
            self._part = ""
            if len(body.roles) + len(body.relations) + len(body.successions) > MOST_PARTS:
                raise self._broken("has a body with roles or relations without end; refused", body.line)
        elif name == "Organisation":
            self._finish(body)
            self._body = None

    def _typed(self, text: str) -> None:
        """A type: of a date, or of a succession."""
        if text in ("Legal", "Operational"):
            self._date[0] = text
        elif self._part == "succ":
            self._way = text

    def _named(self, text: str) -> None:
        if self._body and not self._part:
            self._body.name = text

    def _posted(self, text: str) -> None:
        if self._body:
            self._body.postcode = text

    def _of_country(self, text: str) -> None:
        if self._body:
            self._body.country = text

    def _numbered(self, text: str) -> None:
        if self._body:
            self._body.uprn = uprn_of(text)

    def _count(self, text: str) -> None:
        if not (text.isascii() and text.isdigit() and len(text) < DIGITS):
            raise self._broken(f"its RecordCount “{text[:20]}” is no number")
        self._stated = int(text)

    def _add_part(self, body: _Body) -> None:
        kind, days = self._attributes.get("id", ""), self._days(self._dates)
        if self._part == "role":
            first = self._attributes.get("primaryRole", "") == "true"
            body.roles.append(XmlRole(kind, first, self._status, days))
        elif self._part == "rel":
            body.relations.append(XmlRelation(kind, self._target, self._status, days, self._role))
        else:
            body.successions.append(XmlSuccession(self._way, self._target, days.legal_from or days.from_day))

    def _days(self, dates: list[tuple[str, str, str]]) -> XmlDays:
        found = {"Legal": ("", ""), "Operational": ("", "")}
        for kind, start, end in dates:
            for day in (start, end):
                if day and not is_a_day(day):
                    raise self._broken(f"“{day[:20]}” is no day")
            found[kind or "Operational"] = (start, day_after(end) if end else "")
        return XmlDays(*found["Legal"], *found["Operational"])

    def _finish(self, body: _Body) -> None:
        if not CODE.fullmatch(body.code):
            odd = f"whose code “{ascii(body.code[:20])[1:-1]}” is none" if body.code else "without a code"
            raise self._broken(f"has a body {odd}", body.line)
        self._found += 1
        status = body.status or next((role.status for role in body.roles if role.is_primary), "")
        self._done.append(
            XmlBody(
                body.code,
                body.name,
                body.record_class,
                body.stub,
                status,
                self._days(body.dates),
                body.postcode,
                body.country,
                tuple(body.roles),
                tuple(body.relations),
                tuple(body.successions),
                body.line,
                ", ".join(filter(None, body.address)),
                body.uprn,
                tuple(body.contacts),
            )
        )
