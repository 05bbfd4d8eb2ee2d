"""The live register: which records changed since a day, asked one by one, slowly, and kept until all are there.

Only one host is asked, over an encrypted line; a broken fetch goes on where it stopped. What it says is as little
trusted as a file: answers have bounds, and what is no record is refused.
"""

from __future__ import annotations

import json
import os
import re
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from orgmap.graphmodel.dates import today
from orgmap.graphmodel.errors import StoreOutOfReach, WrongUse
from orgmap.loaders.releases.home import home
from orgmap.loaders.releases.live_register.records import known_by

ADDRESS = "https://directory.spineservices.nhs.uk/ORD/2-0-0"
"""Where the register is asked."""

SETTING = "ORGMAP_ORD_URL"
"""Names another address: https, or this machine itself, for tests."""

A_SECOND = 5
"""So many requests a second at most: so the register asks of everybody."""

PATIENCE = 30.0
"""Seconds for which one answer is waited for."""

TRIES = 6
"""So often is one thing asked before it is given up."""

LONGEST_WAIT = 60.0
"""Seconds between two tries, at most, whatever the server says."""

MONTHS_BACK = timedelta(days=182)
"""The register tells only what changed in the last half year."""

LARGEST_LIST, LARGEST_RECORD = 64 << 20, 2 << 20
MOST_CODES = 500_000

FOLDER, STATE, RECORDS = "live", "fetch.json", "records.jsonl"

_CODE = re.compile(r"[A-Z0-9]{1,12}")
_FAULTS = (URLError, HTTPException, OSError, ValueError)
_FOR_A_WHILE = (408, 425, 429, 500, 502, 503, 504)

T = TypeVar("T")


class Fetched(NamedTuple):
    """The records that changed since a day, as they were on the day of asking: one to a line, in order of codes."""

    since: str
    day: str
    raw: bytes
    missing: int


class _NoRedirects(HTTPRedirectHandler):
    """Nothing is asked elsewhere than where it was asked."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Refuses to go on to another address."""
        return


class LiveRegister:
    """The interface of the register: at most five requests a second, each with a bound and a limit of time."""

    def __init__(self, address: str = "", patience: float = PATIENCE, pause: float = 1.0) -> None:
        self.address = _allowed(address or os.environ.get(SETTING) or ADDRESS)
        self._patience, self._pause = patience, pause
        self._last = 0.0
        self._opener = build_opener(_NoRedirects, HTTPSHandler(context=ssl.create_default_context()))

    def changed_since(self, day: str) -> list[str]:
        """The codes of all records that changed since a day, in order."""
        found = self._asked(f"/sync?LastChangeDate={day}", LARGEST_LIST, _codes)
        if found is None:
            raise StoreOutOfReach(
                f"The register at {self.address} knows no list of changes (404): is {SETTING} the right address?"
            )
        return found

    def record(self, code: str) -> bytes | None:
        """A record as it stands there, in one line; None if the register has none (any more)."""
        return self._asked(f"/organisations/{code}", LARGEST_RECORD, lambda raw: _one_line(raw, code))

    def _asked(self, path: str, largest: int, read: Callable[[bytes], T]) -> T | None:
        """What an answer says; None if there is nothing of that name. Raises `StoreOutOfReach` when it gives up."""
        said = ""
        for attempt in range(TRIES):
            wait = min(self._pause * 2**attempt, LONGEST_WAIT)
            try:
                return read(_in_time(lambda: self._answer(path, largest), 4 * self._patience))
            except HTTPError as error:
                error.close()
                if error.code == 404:
                    return None
                said = f"answers {error.code}"
                if error.code not in _FOR_A_WHILE:
                    break
                asked = error.headers.get("Retry-After", "")
                if asked.isascii() and asked.isdigit():
                    wait = min(float(asked), LONGEST_WAIT)
            except _FAULTS as error:
                said = str(getattr(error, "reason", "") or error or "does not answer")[:120]
            if attempt + 1 < TRIES:
                time.sleep(wait)
        raise StoreOutOfReach(
            f"The register at {self.address} cannot be asked ({said}). What is fetched is kept:"
            " the same command goes on where this one stopped."
        )

    def _answer(self, path: str, largest: int) -> bytes:
        left = self._last + 1 / A_SECOND - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._last = time.monotonic()
        request = Request(
            f"{self.address}{path}", headers={"Accept": "application/json", "User-Agent": "orgmap"}
        )
        with self._opener.open(request, timeout=self._patience) as answer:
            parts, size = [], 0
            while part := answer.read(1 << 16):
                parts.append(part)
                size += len(part)
                if size > largest:
                    raise ValueError(f"an answer of more than {largest:,} bytes")
        return b"".join(parts)


def _in_time(work: Callable[[], T], seconds: float) -> T:
    """What work gives if it is done in time, however slowly a server sends. Raises `TimeoutError` if it is not."""
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # it is raised where it is waited for
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError("an answer without end")
    return done[0]


def _allowed(address: str) -> str:
    """An address that may be asked. Raises `WrongUse` for one without encryption that is not this machine itself."""
    parts = urlsplit(address)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not (here or (parts.scheme == "https" and parts.hostname)) or parts.query or parts.username:
        raise WrongUse(
            f"{SETTING} is no address that begins with https:// and ends with the interface's path."
        )
    return address.rstrip("/")


def _codes(raw: bytes) -> list[str]:
    """The codes in a list of changed records: of each link its last part. The hosts in the links are not asked."""
    try:
        listed = json.loads(raw)
    except RecursionError as error:
        raise ValueError("what it answers is no list of changed records") from error
    listed = listed.get("Organisations") if isinstance(listed, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_CODES:
        raise ValueError("what it answers is no list of changed records")
    links = [one.get("OrgLink") if isinstance(one, dict) else None for one in listed]
    codes = {urlsplit(link).path.rpartition("/")[2] for link in links if isinstance(link, str)}
    if len(links) and not (len(codes) and all(map(_CODE.fullmatch, codes)) and all(links)):
        raise ValueError("what it answers is no list of changed records")
    return sorted(codes)


def _one_line(raw: bytes, code: str) -> bytes:
    if known_by(raw).code != code:
        raise ValueError(f"asked for {code}, it answers with another record")
    return json.dumps(json.loads(raw), separators=(",", ":")).encode()


def fetch(register: LiveRegister, since: str, progress: Callable[[str, int, int], None]) -> Fetched:
    """All records that changed since a day; goes on with a fetch that was broken off, if it asked the same.

    Raises `StoreOutOfReach` if the register cannot be asked, `WrongUse` for a day of which it tells nothing.
    """
    from filelock import FileLock

    _refuse_other_days(since)
    folder = home() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        fetch = _begun(folder, register.address, since) or _begin(folder, register, since)
        there = _there(folder / RECORDS, fetch["codes"])
        with (folder / RECORDS).open("ab") as file:
            for number, code in enumerate(fetch["codes"][len(there) :], len(there) + 1):
                line = register.record(code) or b"null"
                file.write(line + b"\n")
                file.flush()
                there.append(line)
                progress(code, number, len(fetch["codes"]))
            os.fsync(file.fileno())
    found = [line for line in there if line != b"null"]
    return Fetched(since, fetch["day"], b"\n".join(found), len(there) - len(found))


def forget() -> None:
    """Takes away what was fetched, once it is kept as a release."""
    for name in (STATE, RECORDS):
        (home() / FOLDER / name).unlink(missing_ok=True)


def _refuse_other_days(since: str) -> None:
    first = (date.fromisoformat(today()) - MONTHS_BACK).isoformat()
    if not first <= since <= today():
        raise WrongUse(
            f"The register tells what changed from {first} to today, not since {since}."
            " Load a newer file of the register first."
        )


def _begun(folder: Path, address: str, since: str) -> dict[str, Any] | None:
    """A fetch of the same that was begun today or yesterday; what is older would lack what changed since."""
    try:
        begun = json.loads((folder / STATE).read_bytes())
        yesterday = (date.fromisoformat(today()) - timedelta(days=1)).isoformat()
        same = begun["address"] == address and begun["since"] == since and begun["day"] >= yesterday
        return begun if same and all(map(_CODE.fullmatch, begun["codes"])) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _begin(folder: Path, register: LiveRegister, since: str) -> dict[str, Any]:
    day = today()
    begun = {"address": register.address, "since": since, "day": day, "codes": register.changed_since(since)}
    (folder / RECORDS).unlink(missing_ok=True)
    part = folder / f"{STATE}.part"
    part.write_text(json.dumps(begun), encoding="utf-8")
    os.replace(part, folder / STATE)
    return begun


def _there(path: Path, codes: list[str]) -> list[bytes]:
    """The records that are there already; a line that was broken off is taken away."""
    lines = list(_whole_lines(path, codes))
    if path.exists():
        os.truncate(path, sum(len(line) + 1 for line in lines))
    return lines


def _whole_lines(path: Path, codes: list[str]) -> Iterator[bytes]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    *lines, _ = raw.split(b"\n")
    for code, line in zip(codes, lines, strict=False):
        if line != b"null":
            try:
                if known_by(line).code != code:
                    return
            except ValueError:
                return
        yield line
