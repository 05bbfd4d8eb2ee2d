"""The tables below a lineage picture: every body with what came before and after it, and every change."""

from __future__ import annotations

from collections.abc import Iterable

from graphmodel.model import ChangeEvent, Entity, Succession
from graphmodel.vocabulary import event_kinds, kinds
from queries.descent import BESIDE, Descent
from viz.eras import Node
from viz.references import References
from viz.svg import el, esc
from viz.words import date_words, last_day_words, listed, passing_words

_BODY_HEADS = ("Body", "What came before", "What became of it", "First day", "Last day", "Sources")
_CHANGE_HEADS = ("Change", "Before", "After", "Date and instrument", "Sources")


def descent_table(told: Descent, bars: list[Node], references: References) -> str:
    """Every body of the picture by column, with its predecessors and successors in words."""
    parts = [el("h2", {}, "Every body in the picture"), "<table>", _head(_BODY_HEADS)]
    for bar in bars:
        rows = "".join(_body_row(told, told.bodies[one], references) for one in bar.ids)
        if len(bar.ids) > 1:
            group = {"class": "group", "colspan": "6", "scope": "rowgroup"}
            rows = el("tr", {}, el("th", group, esc(bar.words))) + rows
            parts.append(el("tbody", {"id": f"group-{bar.key}"}, rows))
        else:
            parts.append(el("tbody", {}, rows))
    return "".join([*parts, "</table>"])


def change_table(told: Descent, references: References) -> str:
    """Every change of these bodies by date: who became what, with the shares and the instrument."""
    if not told.events:
        return ""
    parts = [el("h2", {}, "Every change"), "<table>", _head(_CHANGE_HEADS), "<tbody>"]
    for event, pairs in sorted(told.events.values(), key=lambda pair: (pair[0].date or "", pair[0].id)):
        kind = event_kinds()[event.kind]
        before = list(dict.fromkeys(pair.predecessor for pair in pairs if pair.predecessor))
        after = list(dict.fromkeys(pair.successor for pair in pairs if pair.successor))
        day = (
            f"{date_words(event.date, event.precision)}{f': {event.instrument}' if event.instrument else ''}"
        )
        cells = (
            _few(told, before) or "none",
            _few(told, after) or "no successor named",
            esc(f"{day}. {event.note}" if event.note else day),
            references.cite([(event.source, event.locator)]),
        )
        name = el("b", {}, esc(kind.label.capitalize()))
        parts.append(_row(name, _CHANGE_HEADS, cells, {"id": f"change-{event.id}"}))
    return "".join([*parts, "</tbody></table>"])


def _few(told: Descent, ids: list[str]) -> str:
    """Bodies by name; of many only those of the picture, and how many more there are."""
    own = [one for one in ids if one in told.bodies]
    if len(ids) <= 12 or not own:
        return ", ".join(linked(told, one) for one in ids[:12]) + (
            f" and {len(ids) - 12} more" if len(ids) > 12 else ""
        )
    more = len(ids) - len(own)
    return ", ".join(linked(told, one) for one in own) + (f" and {more} elsewhere" if more else "")


def _head(names: Iterable[str]) -> str:
    return el("thead", {}, el("tr", {}, *(el("th", {"scope": "col"}, name) for name in names)))


def _row(
    name: str, heads: tuple[str, ...], cells: Iterable[str], attributes: dict[str, str | float | None]
) -> str:
    told = [
        el("td", {"data_label": label, "class": "refs" if label == "Sources" else None}, cell)
        for label, cell in zip(heads[1:], cells, strict=True)
    ]
    return el("tr", attributes, el("th", {"scope": "row"}, name), *told)


def _body_row(told: Descent, body: Entity, references: References) -> str:
    name = el("a", {"class": "body", "href": f"#{body.id}"}, esc(body.label))
    small = el("small", {}, esc(f"{kinds()[body.kind].label}, {body.id}"))
    touched = [pair for pair in told.events.values() if any(body.id in part[1:3] for part in pair[1])]
    touched.sort(key=lambda pair: (pair[0].date or "", pair[0].id))
    cited = [(body.source, body.locator), *((event.source, event.locator) for event, _ in touched)]
    cells = (
        _before(told, body.id, touched),
        _after(told, body, touched),
        date_words(body.valid_from, body.from_precision),
        last_day_words(body.valid_until, body.until_precision),
        references.cite(cited),
    )
    return _row(name + small, _BODY_HEADS, cells, {"id": body.id, "data_id": body.id})


Touched = list[tuple[ChangeEvent, tuple[Succession, ...]]]


def _before(told: Descent, one: str, touched: Touched) -> str:
    said = []
    for event, pairs in touched:
        found = [pair for pair in pairs if pair.successor == one and pair.predecessor not in ("", one)]
        if found:
            names = listed([linked(told, pair.predecessor) + _share(pair) for pair in found])
            said.append(f"{_word(event).capitalize()} from {names} on {_day(event)}")
        elif event.kind == "created":
            said.append(f"Created on {_day(event)}")
    return ". ".join(said) or "none recorded"


def _after(told: Descent, body: Entity, touched: Touched) -> str:
    said = []
    for event, pairs in touched:
        found = [pair for pair in pairs if pair.predecessor == body.id and pair.successor != body.id]
        heirs = [pair for pair in found if pair.successor]
        if heirs:
            names = listed([linked(told, pair.successor) + _share(pair) for pair in heirs])
            words = passing_words(event.kind)
            goes_on = "; it went on" if event.kind in BESIDE else ""
            said.append(f"{words[0].upper()}{words[1:]} {names} on {_day(event)}{goes_on}")
        elif found:
            said.append(f"{_word(event).capitalize()} on {_day(event)}: no successor named")
    if not said and body.valid_until:
        said.append("Ended; no successor recorded")
    return ". ".join(said) or "none recorded"


def _word(event: ChangeEvent) -> str:
    return event_kinds()[event.kind].label


def _day(event: ChangeEvent) -> str:
    return date_words(event.date, event.precision)


def _share(pair: Succession) -> str:
    """How much of the predecessor passed, if not all of it."""
    about = f"{esc(pair.about)}, " if pair.about else ""
    if pair.weight is not None and pair.weight < 0.995:
        return f" ({about}{max(pair.weight, 0.01):.0%} of its {esc(pair.counts or 'share')})"
    return f" ({about.removesuffix(', ')})" if about else ""


def linked(told: Descent, one: str) -> str:
    """A body as a link to its row, or its name and id where it has none here."""
    if one in told.bodies:
        return el("a", {"href": f"#{one}", "class": "body"}, esc(told.bodies[one].label))
    name = told.beside[one].label if one in told.beside else one
    return f"{esc(name)} ({esc(one)})"
