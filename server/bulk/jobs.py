"""Whole tables: sent, answered, and fetched as CSV or Excel; held in memory alone, and not for long."""

from __future__ import annotations

import asyncio
import csv
import io
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from orgmap.graph import Graph
from orgmap.graphmodel.errors import OrgmapError, Unexpected, WrongUse
from orgmap.graphmodel.text import csv_writer, guarded_cell
from orgmap.server.problems import say_where
from orgmap.server.questions import Made, ServedFile, Wanted
from orgmap.server.workers import Busy, Workers

SECONDS = 120.0
"""So long a table may take."""

KEPT_FOR = 900.0
"""A result is forgotten after so many seconds, if nobody forgets it before."""

JOBS = 12
"""So many tables are held at a time."""


@dataclass
class Job:
    """One table: how far it has come, and its result or what was wrong with it."""

    name: str
    size: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    begun: float = field(default_factory=time.monotonic)
    done: int = 0
    watched: bool = True
    forgotten: bool = False
    result: bytes = b""
    outcome: Made | None = None
    error: Exception | None = None

    @property
    def share(self) -> float:
        """How much of it was read."""
        return 1.0 if self.ended else min(0.99, self.done / max(self.size, 1))

    @property
    def since(self) -> float:
        """For how many seconds it has been here."""
        return time.monotonic() - self.begun

    @property
    def ended(self) -> bool:
        """Whether there is a result, or something wrong."""
        return self.outcome is not None or self.error is not None

    def to_json(self, base: str) -> dict[str, Any]:
        """How far it has come, for programs."""
        own = f"{base}/bulk/{self.token}"
        found: dict[str, Any] = {
            "table": self.name,
            "done": round(self.share, 3),
            "ended": self.ended,
            "at": own,
            "watched": self.watched,
            "seconds": round(self.since, 1),
            "at_most": int(SECONDS),
        }
        if self.outcome:
            found |= {**self.outcome.counts, "words": self.outcome.words, "notes": list(self.outcome.notes)}
            found |= {"csv": f"{own}.csv", "xlsx": f"{own}.xlsx"}
        if self.error:
            found["error"] = (
                str(self.error) if isinstance(self.error, OrgmapError | Busy) else "A fault of the program."
            )
        return found


class Jobs:
    """The tables that are held just now. What was forgotten is nowhere any more."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._held: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def get(self, token: str) -> Job | None:
        """A table that is held, by its token."""
        self._forget_old()
        return self._held.get(token)

    def forget(self, token: str) -> bool:
        """Forgets a table, done or not."""
        if job := self._held.pop(token, None):
            job.forgotten, job.result = True, b""
        return job is not None

    def begin(self, name: str, sent: bytes, file: ServedFile, asked: Wanted) -> Job:
        """Takes a table. Raises `Busy` if there are too many, `WrongUse` for one that is too large."""
        self._forget_old()
        if len(self._held) >= JOBS:
            raise Busy("Too many tables are held just now. Send it again in a few minutes.", 120)
        job = Job(name, len(sent), watched=file.watched)
        check_size(sent, file)
        self._held[job.token] = job
        task = asyncio.create_task(self._run(job, sent, file, asked))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def at_once(self, sent: bytes, file: ServedFile, asked: Wanted, form: str) -> Made:
        """The result of a table in a form, for who waits for it. Raises what the question does, and `Busy`."""
        check_size(sent, file)
        job = Job("", len(sent))
        try:
            return await self._workers.ask(
                lambda graph: _made(graph, job, sent, file, asked, form), SECONDS + 5
            )
        finally:
            job.forgotten = True

    async def _run(self, job: Job, sent: bytes, file: ServedFile, asked: Wanted) -> None:
        try:
            made = await self._workers.ask(
                lambda graph: _made(graph, job, sent, file, asked, "csv"), SECONDS * JOBS
            )
            if not job.forgotten:
                job.result, job.outcome = made.text.encode(), made._replace(text="")
        except (OrgmapError, Busy) as error:
            job.error = error
        except Exception as error:
            say_where(error)
            job.error = Unexpected("Something went wrong. This is a fault of the program, not yours.")

    def _forget_old(self) -> None:
        now = time.monotonic()
        for token, job in list(self._held.items()):
            if now - job.begun > KEPT_FOR:
                self.forget(token)


def check_size(sent: bytes, file: ServedFile) -> None:
    """Refuses a table with too many rows."""
    if not sent.strip():
        raise WrongUse("The table is empty: it needs a header and rows.")
    most = file.rows
    if sent.count(b"\n") + sent.count(b"\r") > 2 * most + 2 or sent.count(b"\n") > most + 1:
        raise WrongUse(f"The table has more than {most:,} rows. Send it in parts, or use orgmap {file.name}.")


def _made(graph: Graph, job: Job, sent: bytes, file: ServedFile, asked: Wanted, form: str) -> Made:
    """What is made of the table; in CSV every cell is safe for a spreadsheet."""
    ends = time.monotonic() + SECONDS

    @contextmanager
    def watched(raw: BinaryIO, _: Path) -> Iterator[BinaryIO]:
        yield _Watched(raw, job, ends)  # type: ignore[misc]

    made = file.make(graph, sent, asked, form, watched)
    return made._replace(text=guarded(made.text)) if form == "csv" else made


class _Watched:
    """A table as it is read: says how far, and ends when it was forgotten or takes too long."""

    def __init__(self, raw: BinaryIO, job: Job, ends: float) -> None:
        self._raw, self._job, self._ends = raw, job, ends

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        if self._job.forgotten:
            raise WrongUse("The table was forgotten.")
        if time.monotonic() > self._ends:
            raise Busy(f"The table takes more than {SECONDS:g} seconds. Send it in parts.", 60)
        read = self._raw.read(size)
        self._job.done = min(self._job.size, self._job.done + len(read))
        return read


def guarded(table: str) -> str:
    """A table as CSV, no cell of which a spreadsheet takes for a formula; plain numbers stay as they are.

    >>> guarded('a,b\\n-5,=1+1\\n')
    "a,b\\n-5,'=1+1\\n"
    """
    out = io.StringIO()
    csv_writer(out).writerows([guarded_cell(cell) for cell in row] for row in _rows(table))
    return out.getvalue()


def workbook(table: str) -> bytes:
    """The same as a workbook for Excel, every cell a text: nothing in it is worked out, nothing a link."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    quiet = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **quiet})
    sheet, bold = book.add_worksheet("orgmap"), book.add_format({"bold": True})
    for number, row in enumerate(_rows(table)):
        for place, cell in enumerate(row):
            if not cell:
                continue
            sheet.write_string(number, place, _drawable(cell)[:32_767], bold if not number else None)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _drawable(cell: str) -> str:
    """A cell without what no workbook may hold."""
    return "".join(letter for letter in cell if letter >= " " or letter in "\t\n\r")


def _rows(table: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(table, newline=""))
