"""Lists of postcodes as they come: with a header in the spelling of any year, or by the form of their rows.

They have up to a gigabyte, so they are read as streams and only as columns: by pyarrow where it is installed, row by
row otherwise, and always row by row to say on which line something is wrong.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.own.form import DIVIDERS, divided
from orgmap.loaders.releases.formats import LOOKED_AT, POSTCODE_COLUMN, PublishedFormat, recognised, titled
from orgmap.loaders.releases.listings import RefusedRow
from orgmap.loaders.releases.postcodes.streams import READ, Streamed, last_byte, streams_of
from orgmap.loaders.releases.texts import not_whole

if TYPE_CHECKING:
    from orgmap.loaders.releases.postcodes.columns import PostcodeList
    from orgmap.loaders.releases.postcodes.gathering import Gathering

HEAD = 256 * 1024
"""So many bytes tell what a file is."""

TOGETHER = 50_000
"""So many rows are read together where they are read one by one."""

POINTS = ("east", "north")
"""The columns that hold metres on the national grid."""

DIGITS = 7
"""So many digits has a place on the national grid at most."""

_BLOCK = 8 * 1024 * 1024
_PUBLISHED = re.compile(r"RM UPDATE DATE:?\s*(\d{4})-?(\d{2})-?(\d{2})", re.IGNORECASE)
"""How the file that goes with Code-Point Open says up to which day the mail's list was known."""


class ListLayout(NamedTuple):
    """What a file is: its format, where its columns stand, how many it has, and whether its first row is a header."""

    form: PublishedFormat
    places: Mapping[str, int]
    width: int
    header: bool
    divider: str = ","
    heading: str = ""
    """How the column of postcodes is called: the title stands again where files were put one behind the other."""


class ListContents(NamedTuple):
    """What stands in a list of postcodes; `as_of` is blank where it tells no day."""

    form: PublishedFormat
    listed: PostcodeList
    refused: tuple[RefusedRow, ...]
    as_of: str
    note: str
    passed_over: tuple[str, ...]


def is_list(path: Path) -> bool:
    """Whether a file is a list of postcodes, or a zip that holds one; told from its beginning."""
    with streams_of(path) as streams:
        return any(map(layout_of, streams))


def read_postcodes(path: Path) -> ListContents | None:
    """What a list of postcodes says; None if the file is none.

    A zip may hold one file with all rows, or one for each area, or both: then the one with all is read. Raises
    `DataBroken` with file and line if it is a list, but damaged: cut off, mixed up, or with too many odd rows.
    """
    with streams_of(path) as streams:
        found = [(one, layout) for one in streams if (layout := layout_of(one))]
        if not found:
            return None
        from orgmap.loaders.releases.postcodes.gathering import Gathering

        form = found[0][1].form
        read = _wholes([(one, layout) for one, layout in found if layout.form == form])
        others = [one for one, layout in found if layout.form != form]
        gathering = Gathering(form, several=len(read) > 1)
        for one, layout in read:
            _read(one, layout, gathering)
        beside = [one for one in streams if one not in [stream for stream, _ in found]]
        listed, refused, day, note = gathering.finished(str(path))
        published = next(filter(None, map(_day_published, beside)), "")
        unread = [*others, *(one for one in beside if one.name.lower().endswith(".csv"))]
        passed_over = tuple(one.label for one in unread)
    return ListContents(form, listed, refused, day or published, note, passed_over)


def layout_of(stream: Streamed) -> ListLayout | None:
    """What a file is, told from its beginning; None if it is no list of postcodes."""
    try:
        with stream.open() as file:
            raw = file.read(HEAD)
    except DataBroken:
        return None
    if b"\0" in raw or not any(divider.encode() in raw[:READ] for divider in DIVIDERS):
        return None
    text, divider = divided(raw.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))
    lines = text.splitlines(keepends=True)
    try:
        rows = [row for row in csv.reader(lines[: LOOKED_AT + 1], delimiter=divider) if row]
    except csv.Error:
        return None
    if len(raw) == HEAD and len(lines) <= LOOKED_AT:
        rows = rows[:-1]
    if not rows:
        return None
    form = titled(rows[0])
    if form and form.lists_postcodes:
        places = form.places_in(rows[0])
        heading = rows[0][places[POSTCODE_COLUMN]]
        return ListLayout(form, places, len(rows[0]), True, divider, heading)
    form = recognised([[cell.strip() for cell in row] for row in rows])
    if form is None or not form.lists_postcodes:
        return None
    places = {name: column.place for name, column in form.columns.items()}
    return ListLayout(form, places, len(rows[0]), False, divider)


def _wholes(found: list[tuple[Streamed, ListLayout]]) -> list[tuple[Streamed, ListLayout]]:
    """Without those that are parts of another: NSPL_UK_AB.csv is one of NSPL_UK.csv."""
    stems = [Path(one.name.lower()).stem for one, _ in found]
    return [
        pair
        for pair, stem in zip(found, stems, strict=True)
        if not any(stem != other and stem.startswith(f"{other}_") for other in stems)
    ]


def _day_published(stream: Streamed) -> str:
    if not stream.name.lower().endswith(".txt"):
        return ""
    with stream.open() as file:
        said = _PUBLISHED.search(file.read(HEAD).decode("latin-1"))
    return "-".join(said.groups()) if said else ""


def _read(stream: Streamed, layout: ListLayout, gathering: Gathering) -> None:
    gathering.heading = layout.heading
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
    except ImportError:
        _row_by_row(stream, layout, gathering)
        return
    mark = gathering.mark()
    try:
        _as_columns(stream, layout, gathering)
    except pa.ArrowException:
        gathering.back_to(mark)
        _row_by_row(stream, layout, gathering)


def _as_columns(stream: Streamed, layout: ListLayout, gathering: Gathering) -> None:
    """Reads a file by pyarrow, which raises for rows of another width and for what is no number."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = {name: f"column {place}" for name, place in layout.places.items() if name in gathering.wanted}
    sorts = dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))
    sorts |= {POSTCODE_COLUMN: pa.string(), **{point: pa.int32() for point in POINTS if point in names}}
    with stream.open() as file:
        table = arrow_csv.read_csv(
            file,
            arrow_csv.ReadOptions(
                column_names=[f"column {place}" for place in range(layout.width)],
                skip_rows=int(layout.header),
                block_size=_BLOCK,
            ),
            arrow_csv.ParseOptions(delimiter=layout.divider),
            arrow_csv.ConvertOptions(
                include_columns=list(names.values()),
                column_types={names[name]: sort for name, sort in sorts.items()},
            ),
        )
        _whole_to_its_end(file, stream, layout.header + table.num_rows)
    line, batches = 1 + layout.header, table.to_batches()
    del table
    while batches:
        batch = batches.pop(0)
        cells = dict(zip(names, batch.columns, strict=True))
        letters = cells[POSTCODE_COLUMN]
        _, offsets, data = letters.buffers()
        bounds = np.frombuffer(offsets, np.int32)[letters.offset : letters.offset + len(letters) + 1]
        raw = np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)
        texts = {
            name: (column.indices.to_numpy(zero_copy_only=False), column.dictionary.to_pylist())
            for name, column in cells.items()
            if pa.types.is_dictionary(column.type)
        }
        points = {
            name: cells[name].fill_null(-1).to_numpy(zero_copy_only=False) for name in POINTS if name in cells
        }
        gathering.add(
            stream.label,
            line,
            (raw, bounds[:-1].astype(np.int64), bounds[1:].astype(np.int64)),
            texts,
            points,
        )
        line += len(batch)
    pa.default_memory_pool().release_unused()


def _row_by_row(stream: Streamed, layout: ListLayout, gathering: Gathering) -> None:
    """Reads a file by Python alone. Raises `DataBroken` with the line for a row of another width."""
    import numpy as np

    from orgmap.loaders.releases.postcodes.columns import places_of, texts_as_letters

    places = {name: place for name, place in layout.places.items() if name in gathering.wanted}
    for line, rows in _blocks(stream, layout):
        cells = {name: [row[place].strip() for row in rows] for name, place in places.items()}
        texts = {
            name: places_of(column)
            for name, column in cells.items()
            if name not in (POSTCODE_COLUMN, *POINTS)
        }
        points = {
            name: np.array([_metres(cell) for cell in cells[name]], np.int64)
            for name in POINTS
            if name in cells
        }
        gathering.add(stream.label, line, texts_as_letters(cells[POSTCODE_COLUMN]), texts, points)


def _metres(cell: str) -> int:
    """How many metres a cell says; -1 for none, and for what lies on no grid."""
    return int(cell) if cell.isascii() and cell.isdecimal() and len(cell) <= DIGITS else -1


def _blocks(stream: Streamed, layout: ListLayout) -> Iterator[tuple[int, list[list[str]]]]:
    """Rows, some at a time, with the line of the first."""
    with stream.open() as file, io.TextIOWrapper(file, "utf-8-sig", "replace", newline="") as text:
        reader = csv.reader(text, delimiter=layout.divider, strict=True)
        try:
            for _ in range(layout.header):
                next(reader)
            line = reader.line_num + 1
            while rows := list(islice(reader, TOGETHER)):
                if odd := next(
                    (place for place, row in enumerate(rows) if row and len(row) != layout.width), None
                ):
                    raise DataBroken(
                        f"{stream.label}:{line + odd}: {len(rows[odd])} columns where {layout.width} are expected;"
                        " the file may be cut off. Fetch it again."
                    )
                yield line, [row for row in rows if len(row) == layout.width]
                line = reader.line_num + 1
            _whole_to_its_end(file, stream, reader.line_num)
        except csv.Error as error:
            raise DataBroken(
                f"{stream.label}:{reader.line_num}: cannot be read ({error}); the file may be cut off."
                " Fetch it again."
            ) from error


def _whole_to_its_end(file: IO[bytes], stream: Streamed, line: int) -> None:
    """Raises `DataBroken` if the last line has no end: its last cell may be half of one."""
    if odd := not_whole(last_byte(file), stream.label, line, is_closed=False):
        raise odd
