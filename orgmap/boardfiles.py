"""Reading a list of a board's members: a CSV file with a column of roles and one of persons."""

from __future__ import annotations

from pathlib import Path

from orgmap.csvfiles import find_column
from orgmap.graphmodel.errors import WrongUse
from orgmap.loaders.own.csvreading import Readable, called, checked_blocks, reading
from orgmap.queries.boards.check import Member

MOST = 2_000
"""No board has so many members: a longer file is another one."""

ROLES = ("role", "seat", "post", "position")
PERSONS = ("name", "person", "member")
"""What the columns are called where nobody says which they are; the first that is there counts."""


def read_members(
    file: Readable, role: str | None = None, person: str | None = None, encoding: str = "utf-8-sig"
) -> list[Member]:
    """The members that stand in a file, in its order, each with its line.

    `role` and `person` are the names of the columns, else the first of `ROLES` and of `PERSONS` that is there, in
    whatever case. Raises `WrongUse` with file and line where it is no CSV table or lacks a column.
    """
    members: list[Member] = []
    source = called(file)
    with reading(file, source, encoding) as lines:
        header: list[str] = []
        of_role = of_person = 0
        for block in checked_blocks(lines, source, file):
            rows = block.rows
            if not header:
                header, *rows = rows
                of_role, of_person = (
                    _column(header, role, ROLES, source),
                    _column(header, person, PERSONS, source),
                )
            for row in rows:
                if any(map(str.strip, row)):
                    members.append(Member(block.line_of(row), row[of_role].strip(), row[of_person].strip()))
            if len(members) > MOST:
                raise WrongUse(f"{source}: more than {MOST:,} members: no board has so many.")
    if not header:
        raise WrongUse(f"{source} is empty: it needs a header and rows.")
    if not members:
        raise WrongUse(f"{source}: no member stands in it.")
    return members


def _column(header: list[str], named: str | None, usual: tuple[str, ...], source: Path) -> int:
    if named:
        return find_column(header, named, source)
    plain = [cell.strip().casefold() for cell in header]
    found = next((name for name in usual if name in plain), None)
    if found is None or plain.count(found) > 1:
        return find_column(header, found or usual[0], source)
    return plain.index(found)
