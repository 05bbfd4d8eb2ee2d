"""The boards of the page: who sits on each and what it may do, each row as a line of text with its days and sources."""

from __future__ import annotations

from orgmap.graphmodel.listed import BoardKind, Power, Seat, power_words, seat_sorts
from orgmap.queries.boards.rows import mark, number_words
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json, day_number


def boards_json(packed: Packed) -> list[Json]:
    """Every board with the kinds and bodies that it is or whose it is, its seats and its powers; not those of some
    bodies of a kind alone: the page cannot tell which."""
    store = packed.store
    seats, powers = store.listed(Seat), store.listed(Power)
    return [
        {
            "name": board.name,
            "itself": board.itself.split(),
            "parent": board.parent.split(),
            "form": board.form,
            "from": day_number(board.valid_from),
            "until": day_number(board.valid_until),
            "seats": [_row(packed, seat, seat_text(seat)) for seat in seats if seat.board == board.id],
            "powers": [_row(packed, power, power_text(power)) for power in powers if power.board == board.id],
        }
        for board in store.listed(BoardKind)
        if board.coverage in ("", "all")
    ]


def seat_text(seat: Seat) -> str:
    """A seat in one line.

    >>> seat_text(Seat("a", "b", "registered nurse", sort="required", number_min=1))
    'registered nurse: required, at least 1'
    """
    return f"{seat.role}: {', '.join(filter(None, (seat_sorts()[seat.sort].label, number_words(seat))))}"


def power_text(power: Power) -> str:
    """A power in one line.

    >>> power_text(Power("a", "b", "advises", "joint forward plan", detail="by its opinion"))
    'advises on: joint forward plan (by its opinion)'
    """
    return f"{power_words()[power.power].one}: {power.matter}{f' ({power.detail})' if power.detail else ''}"


def _row(packed: Packed, row: Seat | Power, text: str) -> Json:
    """A row with what is not usual of it: a status, the bodies of which alone it is told, how far it was read."""
    usual: Json = {
        "text": text,
        "from": day_number(row.valid_from),
        "until": day_number(row.valid_until),
        "cited": packed.cited.number([(row.source, row.locator)]),
    }
    if row.status != "in_force":
        usual |= {"status": row.status, "statedOn": day_number(row.stated_on)}
    if row.coverage != "all":
        usual["only"] = row.bodies.split()
    if said := mark(row):
        usual["mark"] = said
    return usual
