"""Everything that can go wrong for a person, each with the exit code that scripts rely on."""

from __future__ import annotations


class OrgmapError(Exception):
    """Something a person can mend; its text says what happened, where, and what to do."""

    exit_code = 2


class NothingFound(OrgmapError):
    """The question was understood and there is no answer, or the sources do not state one."""

    exit_code = 1


class WrongUse(OrgmapError):
    """The question itself cannot be asked that way: a bad date, a bad option, a broken input file."""

    exit_code = 2


def not_installed(what: str, package: str, extra: str) -> WrongUse:
    """What to say when a package that only some uses need is not here.

    >>> str(not_installed("This picture", "pyvis", "pictures")).partition(" (")[0]
    "This picture needs the package pyvis: pip install 'orgmap[pictures]'"
    """
    return WrongUse(
        f"{what} needs the package {package}: pip install 'orgmap[{extra}]'"
        f" (from a checkout: pip install -e '.[{extra}]')."
    )


class Ambiguous(OrgmapError):
    """Several things have that name; `candidates` lists them."""

    exit_code = 3

    def __init__(self, message: str, candidates: list[str]) -> None:
        super().__init__(message)
        self.candidates = candidates


class DataBroken(OrgmapError):
    """The project's own tables or the built store are missing, damaged or cannot be written."""

    exit_code = 4


class StoreDamaged(DataBroken):
    """The built store is not what was built: a changed bit, a lost block. Building it again mends it."""


class Unexpected(OrgmapError):
    """What no person did wrong: a fault of the program, too little memory, a full disk behind standard output."""

    exit_code = 6


class StoreOutOfReach(OrgmapError):
    """The store is on a server that does not answer, or refuses."""

    exit_code = 5
