"""The whole registers that a user loaded, as look-ups beside the graph: opened when something is asked of them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.register.bodies import (
    FoundRecord,
    NamedBody,
    Pointing,
    RegisteredSuccession,
    RegisterRelease,
)
from orgmap.graphmodel.stores.registered import SHAPE, RegisterFile
from orgmap.graphmodel.term_tables import TERMS
from orgmap.loaders.releases.kept import Release, kept, rows_path
from orgmap.loaders.releases.whole.building import opened_register


class _Edition(NamedTuple):
    """A release with the file in which it is looked up."""

    release: RegisterRelease
    kept: Release
    file: Path


class KeptRegisters:
    """The releases of the whole register that are loaded, the newest first; see `RegisterLookUp`."""

    def __init__(
        self, cache: Path, until: str = "9999", opened: dict[Path, RegisterFile] | None = None
    ) -> None:
        self._cache, self._until = cache, until
        self._opened: dict[Path, RegisterFile] = {} if opened is None else opened
        self._found: list[_Edition] | None = None

    def known_on(self, day: str) -> KeptRegisters:
        """Those that were published by a day."""
        return KeptRegisters(self._cache, min(day, self._until), self._opened)

    def of_code(self, code: str) -> FoundRecord | None:
        """See `RegisterLookUp`."""
        gone: RegisterRelease | None = None
        for edition in self._editions():
            file = self._open(edition)
            if body := file.of_code(code):
                return FoundRecord(body, edition.release, file.words, gone)
            gone = edition.release
        return None

    def named(self, codes: Iterable[str]) -> dict[str, NamedBody]:
        """See `RegisterLookUp`."""
        newest = self._newest()
        return newest.named(codes) if newest else {}

    def newest(self) -> RegisterRelease | None:
        """See `RegisterLookUp`."""
        editions = self._editions()
        return editions[0].release if editions else None

    def of_sort(self, words: str, at: str) -> list[NamedBody]:
        """See `RegisterLookUp`."""
        newest = self._newest()
        return newest.of_sort(words, at) if newest else []

    def count_of_sort(self, words: str, at: str) -> int:
        """See `RegisterLookUp`."""
        newest = self._newest()
        return newest.count_of_sort(words, at) if newest else 0

    def sorts(self) -> dict[str, int]:
        """See `RegisterLookUp`."""
        newest = self._newest()
        return newest.sorts() if newest else {}

    def with_words(self, words: list[str], limit: int, sort: str = "") -> tuple[int, list[NamedBody]]:
        """See `RegisterLookUp`."""
        newest = self._newest()
        return newest.with_words(words, limit, sort) if newest else (0, [])

    def pointing_to(self, code: str, limit: int) -> list[Pointing]:
        """See `RegisterLookUp`."""
        newest = self._newest()
        return newest.pointing_to(code, limit) if newest else []

    def successions_to(self, code: str) -> list[tuple[NamedBody, RegisteredSuccession]]:
        """See `RegisterLookUp`."""
        newest = self._newest()
        return newest.successions_to(code) if newest else []

    def close(self) -> None:
        """Closes what was opened."""
        for file in self._opened.values():
            with suppress(Exception):
                file.close()
        self._opened.clear()

    def _newest(self) -> RegisterFile | None:
        editions = self._editions()
        return self._open(editions[0]) if editions else None

    def _editions(self) -> list[_Edition]:
        if self._found is None:
            whole = [one for one in kept() if one.is_whole and one.as_of <= self._until]
            self._found = [
                _Edition(_release(one), one, built_register(self._cache, one)) for one in reversed(whole)
            ]
        return self._found

    def _open(self, edition: _Edition) -> RegisterFile:
        if edition.file not in self._opened:
            self._opened[edition.file] = open_release(edition.file, edition.kept)
        return self._opened[edition.file]


def _release(release: Release) -> RegisterRelease:
    form = release.family
    said = (form.title, form.publisher, form.licence)
    return RegisterRelease(release.release, release.as_of, release.source, *said)


def built_register(cache: Path, release: Release) -> Path:
    """The file that a release is built into: another one for other rows, other words for roles, another shape."""
    words = crc32((TERMS / "register_roles.csv").read_bytes())
    return cache / f"register-{release.content[:16]}-{SHAPE}-{words:08x}.sqlite"


def open_release(file: Path, release: Release) -> RegisterFile:
    """The built file of a release, built first where that is due. Raises `DataBroken` as `opened_register` does."""
    mend = (
        f"the kept release is damaged. Run orgmap load --remove {release.release}, then load {release.file}"
        " again."
    )
    return opened_register(file, rows_path(release), release.content, mend)


def build_registers(releases: Iterable[Release]) -> None:
    """Builds those of these releases that are whole registers, so that the first question need not. What cannot be
    built now is built, or said, when something is asked of it."""
    from orgmap.loaders.open import cache_folder

    for release in releases:
        if release.is_whole:
            with suppress(DataBroken):
                open_release(built_register(cache_folder(), release), release).close()


def forget_register(release: Release) -> None:
    """Takes the built file of a release away that is kept no more."""
    from orgmap.loaders.open import cache_folder

    if release.is_whole:
        for beside in ("", ".lock"):
            with suppress(OSError):
                Path(f"{built_register(cache_folder(), release)}{beside}").unlink(missing_ok=True)
