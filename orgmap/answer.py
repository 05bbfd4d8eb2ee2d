"""Answers as objects: rows to go through, the JSON of the command line, a pandas table, words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from orgmap.graphmodel.dates import AnyDay, day_of, days_of, more_than_a_day, today

if TYPE_CHECKING:
    import pandas as pd

Told = TypeVar("Told", covariant=True)
Row = TypeVar("Row", bound=Mapping[str, Any], covariant=True)

SHOWN = 10
"""So many rows are shown for people; more are counted."""

_WIDEST = 60
"""A cell for people has so many letters at most."""

BODY = ("id", "name", "kind", "valid_from", "valid_until", "share", "status")
"""The columns that are shown of bodies."""

THING = (
    "what", "id", "name", "code", "kind", "body", "subject", "verb", "object", "date",
    "predecessors", "successors", "valid_from", "valid_until",
)  # fmt: skip
"""The columns that are shown of an answer of many parts."""

_DATES = ("valid_from", "valid_until", "stated_on", "date", "as_of")

Statuses = str | Iterable[str]
"""What else an answer may show, labelled: `"planned"`, `"shadow"`, `"disputed"` …, one or several."""


class Answer(Sequence[Row], Generic[Told, Row]):
    """What a question was answered: a sequence of rows, each a dictionary with the keys of the JSON.

    `rows` are bodies, relations, events …, `notes` what must be said of the answer, `title` what was taken. An answer
    without rows is false: nothing was found.

    >>> import orgmap
    >>> with orgmap.open() as g:
    ...     answer = g.list("ccg", "1 April 2013", within="Kent")
    >>> len(answer), answer[0]["name"]
    (7, 'NHS Ashford CCG')
    """

    def __init__(
        self,
        whole: Told,
        rows: Sequence[Row],
        title: str,
        columns: Sequence[str],
        notes: Sequence[str] = (),
    ) -> None:
        self._whole = whole
        self.rows: tuple[Row, ...] = tuple(rows)
        self.title = title
        self.notes: tuple[str, ...] = tuple(notes)
        self._columns = columns

    def noting(self, more: Sequence[str]) -> Answer[Told, Row]:
        """The same answer with more notes, also in its JSON."""
        if not more:
            return self
        whole: Any = self._whole
        notes = [*self.notes, *more]
        if isinstance(whole, dict) and "notes" in whole:
            whole = {**whole, "notes": notes}
        return Answer(whole, self.rows, self.title, self._columns, notes)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return self.rows[place]

    def to_dict(self) -> Told:
        """The whole answer as the command line gives it with `--format json`: for `list` and such a list of rows."""
        return self._whole

    def to_json(self) -> str:
        """The same as text, letter for letter what the command line writes."""
        import json

        return json.dumps(self._whole, ensure_ascii=False, indent=2)

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas table, days as dates (open ends are NaT); nested parts get dotted columns."""
        import pandas as pd

        table = pd.json_normalize([dict(row) for row in self.rows])
        for column in table.columns:
            if column.rpartition(".")[2] in _DATES:
                table[column] = pd.to_datetime(table[column])
        return table

    def __repr__(self) -> str:
        headings, cells = self._table()
        widths = [max(len(row[i]) for row in [headings, *cells]) for i in range(len(headings))]
        lines = [
            "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in [headings, *cells]
        ]
        return "\n".join([self._heading(), *(lines if cells else []), *self._below()])

    def _repr_html_(self) -> str:
        """The answer in a notebook; every word of it is escaped."""
        headings, cells = self._table()
        head = "".join(f"<th>{escape(one)}</th>" for one in headings)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if cells else ""
        below = "".join(f"<p>{escape(line)}</p>" for line in self._below())
        return f"<div><p><b>{escape(self._heading())}</b></p>{table}{below}</div>"

    def _heading(self) -> str:
        number = len(self.rows)
        return f"{_plain(self.title)}: {number:,} {'row' if number == 1 else 'rows'}"

    def _below(self) -> list[str]:
        rest = len(self.rows) - SHOWN
        more = [f"… and {rest:,} more; .rows, .to_frame() and .to_dict() have all"] if rest > 0 else []
        return [*more, *(f"note: {_plain(note)}" for note in self.notes)]

    def _table(self) -> tuple[list[str], list[list[str]]]:
        """The columns that have something in the first rows, as headings and cells."""
        shown = self.rows[:SHOWN]
        cells = [[_short(_cell(row.get(column))) for column in self._columns] for row in shown]
        kept = [i for i in range(len(self._columns)) if any(row[i] for row in cells)]
        headings = [self._columns[i].replace("_", " ") for i in kept]
        return headings, [[row[i] for i in kept] for row in cells]


def _cell(value: Any) -> str:
    """A part of a row in words: a body by its name and id, several divided by semicolons."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return f"{value.get('name') or '(name not known)'} ({value['id']})" if "id" in value else ""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_cell, value)))
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _short(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= _WIDEST else f"{plain[: _WIDEST - 1]}…"


def _plain(text: str) -> str:
    """A text in one line, its control characters spelled out."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def answer_of(
    whole: dict[str, Any],
    rows: str | Iterable[dict[str, Any]],
    title: str,
    columns: tuple[str, ...],
    said: Iterable[str] = (),
) -> Answer[Told, Row]:
    """An answer whose rows stand in it under a name, or are made of it; what was said of days stands first."""
    whole = {**whole, "notes": [*said, *whole["notes"]]} if "notes" in whole else whole
    listed = whole[rows] if isinstance(rows, str) else list(rows)
    return Answer(cast(Told, whole), listed, title, columns, whole.get("notes", ()))


def only_rows(
    rows: list[dict[str, Any]], title: str, columns: Sequence[str], notes: Iterable[str] = ()
) -> Answer[Told, Row]:
    """An answer that is nothing but its rows."""
    return Answer(cast(Told, rows), cast("list[Row]", rows), title, columns, list(notes))


def day_and_note(at: AnyDay | None) -> tuple[str, list[str]]:
    """The day that is meant, without one today, and what must be said of a month or year."""
    if at is None or (isinstance(at, str) and not at.strip()):
        return today(), []
    return day_of(at), [note] if (note := more_than_a_day(at)) else []


def over(
    at: AnyDay | None, ask: Callable[[str], dict[str, Any]], essence: Callable[[dict[str, Any]], Any]
) -> dict[str, Any]:
    """The answer for the first of the days that are meant, with what changes within them among its notes."""
    from orgmap.queries.place.months_and_years import first_day

    return first_day(days_of(at), ask, essence)


def name_of(body: dict[str, Any], day: str | None = None) -> str:
    """A body by its name and id, with the day if there is one."""
    name = f"{body['name'] or '(name not known)'} ({body['id']})" if body["id"] else str(body["name"])
    return f"{name}, on {day}" if day else name
