"""The whole register of one release put together out of its files: each code once, written down as it comes."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.listings import is_a_day
from orgmap.loaders.releases.ods_xml import Manifest, XmlBody

HEAD = "register"
"""Begins the first line of what is kept."""

MOST_BODIES = 600_000
"""So many bodies has a register at most: it has some 370,000."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Counting(NamedTuple):
    """Which record of a code counts so far: out of the archive or not, when it began, its number, where it stands."""

    of_archive: bool
    began: str
    number: int
    line: int
    label: str


class GatheredRegister(NamedTuple):
    """What was gathered: the file that has it, a digest of what is in it, its day, how many bodies, how many of each
    role, how many stubs have their record nowhere, how many codes stood there twice, what the files call roles."""

    file: Path
    content: str
    as_of: str
    bodies: int
    by_role: Counter[str]
    stubs: int
    twice: int
    concepts: dict[str, str]


class RegisterGathering:
    """Writes bodies down one by one; `take` says which of them count.

    What is kept is text: a line for each record as it came, and a last one that names those that do not count.
    """

    def __init__(self, file: Path) -> None:
        """Begins a file. Raises `OSError` if it cannot be written."""
        self.path = file
        self._file = gzip.GzipFile(file, "wb", compresslevel=1, mtime=0)
        self._digest = sha256()
        self._counting: dict[str, Counting] = {}
        self._stubs: dict[str, int] = {}
        self._left_out: list[int] = []
        self._number = self._twice = 0
        self._concepts: dict[str, str] = {}
        self.published = ""
        self._by_role: Counter[str] = Counter()
        self._pending: list[str] = []

    def close(self) -> None:
        """Gives the file up."""
        self._file.close()

    def take(self, body: XmlBody, of_archive: bool, label: str) -> bool:
        """Writes a body down, and says whether it counts before what was said of its code until now.

        Raises `DataBroken` if a file has two records of a code and nothing tells which is the later one.
        """
        if body.is_stub:
            self._write(body, label)
            self._stubs[body.code] = self._number
            return False
        other = self._counting.get(body.code)
        self._twice += other is not None
        if other and not _is_before(body, of_archive, other, label):
            return False
        self._write(body, label)
        if other:
            self._left_out.append(other.number)
        self._counting[body.code] = Counting(of_archive, body.days.from_day, self._number, body.line, label)
        for role in body.roles:
            self._by_role[role.role] += 1
        return True

    def _write(self, body: XmlBody, label: str) -> None:
        self._number += 1
        if self._number > MOST_BODIES:
            raise DataBroken(f"{label}:{body.line}: holds more than {MOST_BODIES:,} bodies; refused.")
        self._pending.append(
            _encode(
                (
                    body.code, body.name, body.record_class, body.is_stub, body.status, body.days, body.postcode,
                    body.country, body.address, body.roles, body.relations, body.successions, body.uprn,
                    body.contacts,
                )
            )
        )  # fmt: skip
        if len(self._pending) > 2_000:
            self._flush()

    def _flush(self) -> None:
        raw = "".join(f"{line}\n" for line in self._pending).encode("utf-8", "replace")
        self._pending.clear()
        self._digest.update(raw)
        self._file.write(raw)

    def begin(self, manifest: Manifest, label: str) -> None:
        """What a file says of itself, once its first body is read. Raises `DataBroken` for one of another day than
        those before, or of none."""
        if not is_a_day(manifest.published):
            raise DataBroken(
                f"{label}:1: does not say when it was published (PublicationDate). Fetch the file again."
            )
        if self.published and self.published != manifest.published:
            raise DataBroken(
                f"{label}:1: is of {manifest.published}, and the file before it of {self.published}."
                " Load the files of one release at a time. Nothing was changed."
            )
        self.published = manifest.published

    def end(self, manifest: Manifest) -> None:
        """What a file calls its roles, once it is read."""
        self._concepts |= manifest.concepts

    def finish(self) -> GatheredRegister:
        """Ends the file."""
        met = [number for code, number in self._stubs.items() if code in self._counting]
        left_out = sorted({*self._left_out, *met})
        last: dict[str, Any] = {"left_out": left_out, "roles": self._concepts, "published": self.published}
        self._pending.append(_encode(last))
        self._flush()
        self._file.close()
        stubs = len(self._stubs) - len(met)
        return GatheredRegister(
            self.path,
            self._digest.hexdigest(),
            self.published,
            len(self._counting) + stubs,
            self._by_role,
            stubs,
            self._twice,
            self._concepts,
        )


def _is_before(body: XmlBody, of_archive: bool, other: Counting, label: str) -> bool:
    """Whether a second record of a code counts: the full file before the archive, else the one that began later."""
    if of_archive != other.of_archive:
        return other.of_archive
    if body.days.from_day == other.began:
        raise DataBroken(
            f"{label}:{body.line}: {body.code} stands there twice ({other.label}:{other.line}), from the same day on:"
            " which record counts is not known. Fetch the file again. Nothing was changed."
        )
    return body.days.from_day > other.began


def is_of_archive(manifest: Manifest, label: str) -> bool:
    """Whether a file is the archive of what closed long ago, by what it says of itself or else by its name.

    >>> manifest = Manifest()
    >>> is_of_archive(manifest, "HSCOrgRefData_Archive_20260828.xml"), is_of_archive(manifest, "full.xml")
    (True, False)
    """
    said = manifest.sort.casefold()
    return "archive" in said or ("full" not in said and "archive" in label.casefold())


def kept_records(file: Path, content: str) -> tuple[Iterable[str], dict[str, Any]]:
    """The records that count of what was kept, as text, and the last line.

    Raises `ValueError` if it is not what was written, `OSError` and `EOFError` if it cannot be read.
    """
    digest = sha256()
    last = ""
    with gzip.open(file, "rb") as lines:
        for raw in lines:
            digest.update(raw)
            last_raw = raw
        last = last_raw.decode()
    if digest.hexdigest() != content:
        raise ValueError("it is not what was kept")
    ending: dict[str, Any] = json.loads(last)
    left_out = set(ending["left_out"])

    def records() -> Iterable[str]:
        with gzip.open(file, "rb") as lines:
            for number, raw in enumerate(lines, start=1):
                if number not in left_out and not raw.startswith(b"{"):
                    yield raw.decode().rstrip("\n")

    return records(), ending
