"""How often the compiled registers agree with the published ones: practices, list sizes and trusts, by edition."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator
from functools import cache

from loaders.compile.nhs_england.trust_register import APPENDED_BY_HAND
from loaders.compile.nhs_england.trust_register import EDITIONS as TRUST_EDITIONS
from loaders.compile.practices.practice_register import EDITIONS, read_listings
from loaders.published import compact_day, read_headless
from tests.data.one_dataset import SHARED, Rows, holds, name_on, rows_of

QUARTERS = {"2013_04-06": "2013-06-30", "2015_04-06": "2015-06-30"}
"""The list sizes that are here, each with the last day of its quarter: they were coded then."""

AGREES, DIFFERS, NOT_KNOWN = "agrees", "differs", "not known here"


@cache
def _memberships() -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in rows_of("practices", "relationships"):
        if row["verb"] == "member_of":
            found.setdefault(row["subject"].partition(":")[2], []).append(row)
    return found


def commissioner(practice: str, at: str) -> str:
    """The code of the body that a practice was listed under on a day; blank if that is not known."""
    found = [row["object"].partition(":")[2] for row in _memberships().get(practice, []) if holds(row, at)]
    return found[0] if len(found) == 1 else ""


def _verdict(published: str, ours: str) -> str:
    return AGREES if published == ours else DIFFERS if ours else NOT_KNOWN


def practices(source: str) -> Counter[str]:
    """One edition of epraccur: every row open on its day, or joining later, with its commissioner of that day."""
    edition = next(edition for edition in EDITIONS if edition.source == source)
    counts: Counter[str] = Counter()
    for code, row in read_listings(SHARED, edition).items():
        day = max(edition.as_of, row.joined, row.opened)
        if row.commissioner and not (row.ends and row.ends <= day):
            counts[_verdict(row.commissioner, commissioner(code, day))] += 1
    return counts


def list_sizes(quarter: str) -> Iterator[tuple[str, str, str, int]]:
    """One quarter: each practice, the code it stood under, ours of the quarter's last day, and its patients."""
    path = SHARED / "data" / "ods" / "list_size" / f"list_size_{quarter}.csv.gz"
    text = gzip.decompress(path.read_bytes()).decode("cp1252")
    for row in csv.DictReader(io.StringIO(text)):
        code = row["PCO Code"].removesuffix("00")
        ours = commissioner(row["Practice Code"], QUARTERS[quarter])
        yield row["Practice Code"], code, ours, int(float(row["patients"] or 0))


def list_sizes_of_groups(quarter: str) -> Counter[str]:
    """The rows of a quarter that stand under a clinical commissioning group; others name councils or providers."""
    groups = {row["id"][4:] for row in rows_of("clinical_commissioning_groups", "entities")}
    return Counter(_verdict(code, ours) for _, code, ours, _ in list_sizes(quarter) if code in groups)


def trusts(file: str) -> dict[str, Counter[str]]:
    """One edition of the register of trusts: who was open, under what name, by address in which board."""
    edition = next(edition for edition in TRUST_EDITIONS if edition.file == file)
    at = edition.as_of
    entities = {row["id"][6:]: row for row in rows_of("trusts", "entities")}
    names, places = rows_of("trusts", "names"), rows_of("trusts", "relationships")
    boards = {row["subject"][6:]: row["object"].partition(":")[2] for row in places if holds(row, at)}
    told = {"open": Counter[str](), "name": Counter[str](), "board": Counter[str]()}
    for _, row in read_headless(SHARED / "data" / "ods" / "etr" / file, edition.columns):
        code, name, board = row[0], row[1], row[3]
        if (file, code) in APPENDED_BY_HAND:
            continue
        life = entities[code]
        open_then = compact_day(row[10]) <= at and not (row[11] and compact_day(row[11]) < at)
        told["open"][_verdict(str(open_then), str(holds(life, at)))] += 1
        if open_then and holds(life, at):
            called = (name_on(names, f"trust:{code}", at) or [life["name"]])[0]
            told["name"][_verdict(name.casefold(), called.casefold())] += 1
            if code in boards:
                told["board"][_verdict(board, boards[code])] += 1
    return told


def figures() -> str:
    """A section of a page: how often each published register is answered as it was.

    Raises `OSError` if the published tables are not here.
    """
    lines = ["## Registers of practices and trusts", ""]
    lines += ["| register | asked | agrees | differs | not known |", "|---|---|---|---|---|"]
    for edition in EDITIONS:
        lines.append(_line(edition.title, practices(edition.source)))
    for quarter in QUARTERS:
        lines.append(
            _line(f"list sizes of {quarter.replace('_', ', months ')}", list_sizes_of_groups(quarter))
        )
    for edition in TRUST_EDITIONS:
        for what, counts in trusts(edition.file).items():
            lines.append(_line(f"{edition.file}: {what}", counts))
    return "\n".join([*lines, ""])


def _line(what: str, counts: Counter[str]) -> str:
    numbers = (counts.total(), counts[AGREES], counts[DIFFERS], counts[NOT_KNOWN])
    return f"| {what} | {' | '.join(f'{number:,}' for number in numbers)} |"
