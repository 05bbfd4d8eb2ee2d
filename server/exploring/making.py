"""The explorer's page, put together in a process of its own: it takes some seconds, in which others are answered."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import orgmap
from orgmap.graphmodel.errors import DataBroken, OrgmapError, WrongUse
from orgmap.graphmodel.term_tables import laid_over

PATIENCE = 900.0
"""So many seconds it may take on a busy machine."""

_READ = 1 << 20


class MapWanted(NamedTuple):
    """Of which store, with which tables laid over ours, and what the page says that it was made with."""

    store: str
    over: tuple[str, ...]
    version: str


def wanted_of(store: str, version: str) -> MapWanted:
    """What another process must be told to answer as this one does."""
    return MapWanted(store, tuple(map(str, laid_over())), version)


async def made_apart(wanted: MapWanted) -> bytes:
    """The page, from a process that ends with this one. Raises `DataBroken` with the reason why there is none."""
    here = str(Path(orgmap.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), here)))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "orgmap.server.exploring.making", json.dumps(wanted)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"},
        start_new_session=True,  # Ctrl-C is for the server, which ends it
    )
    try:
        async with asyncio.timeout(PATIENCE):
            page = b"".join([part async for part in _parts(process)])
            code = await process.wait()
    except TimeoutError as error:
        raise DataBroken("The map could not be put together in time.") from error
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if code:
        raise DataBroken(page.decode("utf-8", "replace") or "The map cannot be put together.")
    return page


async def _parts(process: asyncio.subprocess.Process) -> AsyncIterator[bytes]:
    while process.stdout and (part := await process.stdout.read(_READ)):
        yield part


def main(said: str) -> int:
    """Writes the page, or in a sentence why there is none, to standard output; ends when nobody waits any more."""
    threading.Thread(target=_end_with_who_waits, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)  # who asks the server goes before
    try:
        page = _made(MapWanted(*json.loads(said)))
    except OrgmapError as error:
        sys.stdout.buffer.write(str(error).encode())
        return error.exit_code
    except Exception as error:
        from orgmap.server.problems import say_where

        say_where(error)
        return 6
    sys.stdout.buffer.write(page.encode())
    sys.stdout.buffer.flush()
    return 0


def _made(wanted: MapWanted) -> str:
    from orgmap.loaders.open import open_url
    from orgmap.loaders.own.words import use
    from orgmap.viz.explorer.page import explorer_html

    if not use(wanted.over) and wanted.over:
        raise WrongUse("The tables that were laid over are not there any more.")
    return explorer_html(open_url(wanted.store), wanted.version)


def _end_with_who_waits() -> None:
    """Who started this process holds its standard input open, and never writes to it.

    It is read past Python's own reader, whose lock an ending process would wait for.
    """
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
