"""Who commissions what in a place, in columns and rows: services down, commissioners across, changes first."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import kind_of, kinds, reach_of
from orgmap.queries.commissioning.services_of_place import Offer, ServicesOfPlace
from orgmap.viz.before_after.rows import ORDER
from orgmap.viz.kit.palette import changes
from orgmap.viz.kit.widths import width
from orgmap.viz.kit.words import how_many, listed, with_kind

OTHERS = "others"
"""The last column: commissioners of only a few services, named in the cell."""

_FEW = 3
_MOST_COLUMNS = 7
_CHANGED, _PLANNED, _UNSTATED, _UNCHANGED = (
    "Changed",
    "Planned to change",
    "Not stated on one of the days",
    "Unchanged",
)
_OPEN = "whether these changed is not known"
"""Stands once above the services of all groups: a heading for each would not fit on the paper."""

_STATES = ("ended", "unchanged", "new")

Answers = dict[str, list[dict[str, Any]]]
"""Who commissions something, by day."""


class CommissionerColumn(NamedTuple):
    """Commissioners of one kind that are there on the same days (or one national body), by id."""

    key: str
    label: str
    bodies: dict[str, dict[str, Any]]


class Cell(NamedTuple):
    """What a column's commissioners do for a service: the change between the days, and the words for it.

    `moved` says that something about it is different on the second day.
    """

    change: str
    words: str
    moved: bool


class ServiceRow(NamedTuple):
    """A service under its heading, with a cell in each column whose commissioners commission it."""

    heading: str
    offer: Offer
    cells: dict[str, Cell]


class Matrix(NamedTuple):
    """The columns, and a row for each service: those whose commissioner changed come first."""

    columns: list[CommissionerColumn]
    rows: list[ServiceRow]


def unstated(offer: Offer) -> bool:
    """Whether no source says who commissions a service on one of the days: nobody can tell that it changed."""
    return not all(offer.answers.values())


def matrix_of(services: ServicesOfPlace) -> Matrix:
    """Sorts commissioners into columns and services into rows.

    Commissioners that came or went between two days have a column apart from those of their kind that stayed.
    """
    bodies = {one["commissioner"]["id"]: one["commissioner"] for one in _all_answers(services)}
    keys = _keys(services, bodies)
    many = {
        key: sum(any(keys[one] == key for one in _ids(offer)) for offer in services.offers)
        for key in set(keys.values())
    }
    own = [
        key
        for key in sorted(many, key=lambda key: (-many[key], _place(key)))[:_MOST_COLUMNS]
        if many[key] >= _FEW
    ]
    columns = []
    for key in sorted(own, key=_place):
        there = {one: body for one, body in bodies.items() if keys[one] == key}
        columns.append(CommissionerColumn(key, _label(key, there), there))
    if rest := {one: body for one, body in sorted(bodies.items()) if keys[one] not in own}:
        columns.append(CommissionerColumn(OTHERS, "Others", rest))
    rows = [_row(offer, columns, keys) for offer in services.offers]
    told_of = [_told_of(row) for row in rows]
    if set(told_of) <= {_UNCHANGED}:
        return Matrix(columns, rows)
    return Matrix(
        columns,
        [
            row._replace(heading=f"{words}: {_OPEN if words == _UNSTATED else row.heading}")
            for words in (_CHANGED, _PLANNED, _UNSTATED, _UNCHANGED)
            for row, said in zip(rows, told_of, strict=True)
            if said == words
        ],
    )


def _told_of(row: ServiceRow) -> str:
    """Whether a service changed, as the beginning of its heading."""
    if unstated(row.offer):
        return _UNSTATED
    moved = [cell for cell in row.cells.values() if cell.moved]
    if moved and all(any(f"{status}: " in cell.words for status in PLANS) for cell in moved):
        return _PLANNED
    return _CHANGED if moved else _UNCHANGED


def _all_answers(services: ServicesOfPlace) -> list[dict[str, Any]]:
    return [one for offer in services.offers for answers in offer.answers.values() for one in answers]


def _ids(offer: Offer) -> set[str]:
    return {one["commissioner"]["id"] for answers in offer.answers.values() for one in answers}


def _keys(services: ServicesOfPlace, bodies: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The column of each commissioner: its kind, and whether it is there on both days; a national body by itself."""
    days: dict[str, set[str]] = {one: set() for one in bodies}
    for offer in services.offers:
        for day, answers in offer.answers.items():
            for answer in answers:
                days[answer["commissioner"]["id"]].add(day)
    keys = {}
    for one in bodies:
        kind = str(bodies[one]["kind"])
        state = (
            "unchanged"
            if len(days[one]) == len(services.days)
            else "ended"
            if services.days[0] in days[one]
            else "new"
        )
        keys[one] = one if reach_of(kind) == "country" else f"{kind} {state}"
    return keys


def _place(key: str) -> tuple[int, int, int, str]:
    """Where a column stands: by tier, by kind, and those that went before those that came."""
    word, _, state = key.partition(" ")
    kind = kind_of(word) or word
    tier = kinds()[kind].tier
    order = ORDER.index("board" if tier == "voice" else tier)
    return order, list(kinds()).index(kind), _STATES.index(state or "unchanged"), key


def _label(key: str, bodies: dict[str, dict[str, Any]]) -> str:
    if len(bodies) <= 2:
        return listed(
            sorted(with_kind(str(body["name"] or body["id"]), body["kind"]) for body in bodies.values())
        )
    return how_many(len(bodies), key.partition(" ")[0])


def _row(offer: Offer, columns: list[CommissionerColumn], keys: dict[str, str]) -> ServiceRow:
    cells = {}
    for column in columns:
        by_day = {
            day: [one for one in answers if one["commissioner"]["id"] in column.bodies]
            for day, answers in offer.answers.items()
        }
        if any(by_day.values()):
            missing = unstated(offer)
            cells[column.key] = (
                _others(by_day, keys, missing) if column.key == OTHERS else _cell(by_day, missing)
            )
    return ServiceRow(offer.group, offer, cells)


def _cell(by_day: Answers, missing: bool) -> Cell:
    """“× before”, “+ after”, “= both” (or “● yes” for a single day), and as what where that is not plain.

    Where one of the days is `missing` for the whole service, it says so.
    """
    change, word = _change(by_day)
    bases, moved = _bases(by_day)
    if missing:
        other = "before" if change == "new" else "after"
        return Cell(change, f"{word}: {', '.join([f'not stated {other}', *filter(None, [bases])])}", False)
    return Cell(change, f"{word}: {bases}" if bases else word, moved or change != "unchanged")


def _others(by_day: Answers, keys: dict[str, str], missing: bool) -> Cell:
    """The same for commissioners that have no column of their own, each with its name."""
    cells = []
    first = {
        keys[one["commissioner"]["id"]]: one["commissioner"] for answers in by_day.values() for one in answers
    }
    for key, body in sorted(first.items()):
        own = {
            day: [one for one in answers if keys[one["commissioner"]["id"]] == key]
            for day, answers in by_day.items()
        }
        cell = _cell(own, missing)
        word, _, bases = cell.words.partition(": ")
        name = str(body["name"]) if key == body["id"] else kinds()[key.partition(" ")[0]].plural
        parts = (bases, name) if missing else (name, bases)
        cells.append(cell._replace(words=f"{word}: {', '.join(part for part in parts if part)}"))
    return Cell(cells[0].change, "; ".join(cell.words for cell in cells), any(cell.moved for cell in cells))


def _change(by_day: Answers) -> tuple[str, str]:
    answers = list(by_day.values())
    first, last = bool(answers[0]), bool(answers[-1])
    if len(by_day) == 1:
        return "unchanged", "● yes"
    change, word = (
        ("unchanged", "both") if first and last else ("ended", "before") if first else ("new", "after")
    )
    if change == "new" and all(answer["status"] in PLANS for answer in answers[-1]):
        change = "planned"
    return change, f"{changes()[change].symbol} {word}"


def _bases(by_day: Answers) -> tuple[str, bool]:
    """As what, where it is not simply by statute; where that changed, what it was first and then, and that it did."""
    in_words = []
    for answers in by_day.values():
        if answers:
            bases: dict[str, set[str]] = {}
            for answer in answers:
                status = str(answer["status"]) if answer["status"] in PLANS else ""
                bases.setdefault(status, set()).add(str(answer["basis"]).replace("_", " "))
            parts = [", ".join(sorted(bases.pop("", ())))]
            parts += [f"{status}: {', '.join(sorted(plans))}" for status, plans in sorted(bases.items())]
            in_words.append("; ".join(filter(None, parts)))
    if len(set(in_words)) > 1:
        return ", then ".join(in_words), True
    return ("" if in_words[0] == "statutory" else in_words[0]), False


_RARE = 3
"""So many cells of a column may break rather than make it wide."""


def column_widths(matrix: Matrix, room: float, padding: float) -> list[float]:
    """Shares `room` among the columns: the longest word fits into each, what is left goes to those with long cells."""
    least = [_least(matrix, column) + padding for column in matrix.columns]
    wanted = [
        max(0.0, _wanted(matrix, column) + padding - low)
        for column, low in zip(matrix.columns, least, strict=True)
    ]
    left = max(0.0, room - sum(least))
    # Where there is room for all, what is over makes every column wider alike.
    if sum(wanted) <= left:
        over = (left - sum(wanted)) / max(len(least), 1)
        found = [low + more + over for low, more in zip(least, wanted, strict=True)]
    else:
        found = [low + more * left / sum(wanted) for low, more in zip(least, wanted, strict=True)]
    return [one * room / sum(found) for one in found]


def _cells(matrix: Matrix, column: CommissionerColumn) -> list[str]:
    return [row.cells[column.key].words for row in matrix.rows if column.key in row.cells]


def _least(matrix: Matrix, column: CommissionerColumn) -> float:
    """The width of the longest word."""
    words = [width(word, True) for word in column.label.split()]
    return max([*words, *(width(word) for said in _cells(matrix, column) for word in said.split())])


def _wanted(matrix: Matrix, column: CommissionerColumn) -> float:
    """The width with which all cells but a few stand on one line."""
    # The change itself is set in bold letters.
    found = sorted((width(said) + 6 for said in _cells(matrix, column)), reverse=True)
    return found[min(_RARE, len(found) - 1)]
