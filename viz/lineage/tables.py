"""The tables below a lineage picture: every body with what came before and after it, and every change."""

from __future__ import annotations

from itertools import groupby

from orgmap.graphmodel.model import ChangeEvent, Entity, Succession
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import event_kinds, kinds
from orgmap.queries.change.changes import by_weight
from orgmap.queries.change.descent import Descent
from orgmap.queries.change.successors import GOES_ON
from orgmap.queries.coverage import is_plan, is_planned
from orgmap.queries.structure.structure import PLANNED
from orgmap.viz.kit.page import RowGroup, TableRow, row_of, table_html
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.words import date_words, last_day_words, listed, passing_words
from orgmap.viz.lineage.columns import Node

_BODY_HEADS = ("Body", "What came before", "What became of it", "First day", "Last day", "Sources")
_CHANGE_HEADS = ("Change", "Before", "After")

# The words that a narrow window shows before each cell stand here once, not in every cell: a region has 400 bodies.
TABLE_CSS = "@media screen and (max-width:999px){" + "".join(
    f'.{table} tr[id]>td:not(:empty):nth-child({place})::before{{content:"{words}: "}}'
    for table, heads in (("descent", _BODY_HEADS), ("happened", _CHANGE_HEADS))
    for place, words in enumerate(heads[1:], start=2)
)
TABLE_CSS += "}\n"


def descent_table(descent: Descent, bars: list[Node], references: References) -> str:
    """Every body of the picture by column, with its predecessors and successors in words."""
    touched: dict[str, Touched] = {one: [] for one in descent.bodies}
    for event, pairs in sorted(descent.events.values(), key=_by_date):
        for one in dict.fromkeys(end for pair in pairs for end in (pair.predecessor, pair.successor)):
            if one in touched:
                touched[one].append((event, pairs))
    groups = []
    for several, group in groupby(bars, key=lambda bar: bar.key if len(bar.ids) > 1 else ""):
        nodes = list(group)
        rows = [
            _body_row(descent, descent.bodies[one], touched[one], references)
            for bar in nodes
            for one in bar.ids
        ]
        heading, place = (esc(nodes[0].words), f"group-{several}") if several else ("", "")
        groups.append(RowGroup(rows, heading, place))
    return table_html("Every body in the picture", _BODY_HEADS, groups, "descent", short=True)


def change_numbers(descent: Descent) -> dict[str, str]:
    """The id of each change's row on the page, by event."""
    ordered = sorted(descent.events.values(), key=lambda pair: (*_shared(pair[0]), pair[0].id))
    return {event.id: f"e{number}" for number, (event, _) in enumerate(ordered, start=1)}


def change_table(descent: Descent, references: References) -> str:
    """Every change of these bodies by date: who became what; above those that share them the day and sources."""
    if not descent.events:
        return ""
    groups = []
    numbers = change_numbers(descent)
    for _, group in groupby(numbers, key=lambda one: _shared(descent.events[one][0])):
        ids = list(group)
        event = descent.events[ids[0]][0]
        said = [f"{event_day(event, descent.last_day)}{f': {event.instrument}' if event.instrument else ''}"]
        words = el("span", {}, esc(". ".join([*said, *([event.note] if event.note else [])])))
        heading = f"{words} {references.cite([(event.source, event.locator)])}"
        groups.append(RowGroup([_change_row(descent, one, numbers[one]) for one in ids], heading))
    return table_html("Every change", _CHANGE_HEADS, groups, "happened", short=True)


def _change_row(descent: Descent, event_id: str, number: str) -> TableRow:
    event, pairs = descent.events[event_id]
    # Strays of bodies that this page does not show are of no concern here.
    kept = [
        pair
        for pair in pairs
        if not pair.stray or {pair.predecessor, pair.successor} <= descent.bodies.keys()
    ]
    pairs = tuple(by_weight(kept or pairs))
    before = list(dict.fromkeys(pair.predecessor for pair in pairs if pair.predecessor))
    after = list(dict.fromkeys(pair.successor for pair in pairs if pair.successor))
    cells = (
        _few(descent, event, before, True) or "none",
        _few(descent, event, after, False) or "no successor named",
    )
    return TableRow(number, esc(_word(event).capitalize()), cells)


def _by_date(pair: tuple[ChangeEvent, tuple[Succession, ...]]) -> tuple[str, str]:
    return pair[0].date or "", pair[0].id


def _shared(event: ChangeEvent) -> tuple[str, ...]:
    """What stands above all changes that have it in common."""
    return event.date or "", event.precision, event.instrument, event.note, event.source, event.locator


def _few(descent: Descent, event: ChangeEvent, ids: list[str], before: bool) -> str:
    """Bodies by name; of many only those of the picture, and how many more there are."""
    own = [one for one in ids if one in descent.bodies]
    if len(ids) <= 12 or not own:
        return ", ".join(_named(descent, one, event, before) for one in ids[:12]) + (
            f" and {len(ids) - 12} more" if len(ids) > 12 else ""
        )
    more = len(ids) - len(own)
    return ", ".join(_named(descent, one, event, before) for one in own) + (
        f" and {more} elsewhere" if more else ""
    )


Touched = list[tuple[ChangeEvent, tuple[Succession, ...]]]


def _body_row(descent: Descent, body: Entity, touched: Touched, references: References) -> TableRow:
    cited = [(body.source, body.locator), *((event.source, event.locator) for event, _ in touched)]
    cells = (
        _before(descent, body.id, touched),
        _after(descent, body, touched),
        first_day(body, descent.last_day),
        last_day(body, descent.last_day),
        references.cite(cited),
    )
    return row_of(body.id, body.label, f"{kinds()[body.kind].label}, {body.id}", cells)


def first_day(body: Entity, known: str) -> str:
    """The first day of a body in words; one after the last day that the tables know is planned."""
    words = date_words(body.valid_from, body.from_precision)
    return f"{words} (planned)" if is_plan(body.valid_from, known) else words


def last_day(body: Entity, known: str) -> str:
    """The last day of a body in words; one that is to come when the tables end is planned."""
    words = last_day_words(body.valid_until, body.until_precision)
    return f"{words} (planned)" if is_plan(body.valid_until, known) else words


def event_day(event: ChangeEvent, known: str) -> str:
    """The day of a change in words; one after the last day that the tables know is planned."""
    words = date_words(event.date, event.precision)
    sure = f", {event.status}" if event.status in PLANS and event.status != PLANNED else ""
    return f"{words} (planned{sure})" if is_planned(event, known) else words


def _before(descent: Descent, body: str, touched: Touched) -> str:
    said = []
    for event, pairs in touched:
        found = [pair for pair in pairs if pair.successor == body and pair.predecessor not in ("", body)]
        found = [pair for pair in by_weight(found) if not pair.stray]
        if found:
            names = listed(_shared_out(descent, event, [(pair.predecessor, pair) for pair in found]))
            word = _word(event).capitalize()
            said.append(f"{word}{'' if word == 'Replaced' else ' from'} {names}{_day(descent, event)}")
        elif event.kind == "created":
            said.append(f"Created{_day(descent, event)}")
    return ". ".join(said) or "none recorded"


def _after(descent: Descent, body: Entity, touched: Touched) -> str:
    said = []
    for event, pairs in touched:
        found = [pair for pair in pairs if pair.predecessor == body.id and pair.successor != body.id]
        successors = [pair for pair in found if pair.successor]
        if successors:
            going = [pair for pair in by_weight(successors) if not pair.stray] or successors
            names = listed(_shared_out(descent, event, [(pair.successor, pair) for pair in going]))
            strays = [pair for pair in by_weight(successors) if pair not in going]
            if strays:
                few = ", ".join(_shared_out(descent, event, [(pair.successor, pair) for pair in strays]))
                names += f" and {len(strays)} stray{'' if len(strays) == 1 else 's'}: {few}"
            words = passing_words(event.kind)
            goes_on = "; it went on" if event.kind in GOES_ON else ""
            said.append(f"{words[0].upper()}{words[1:]} {names}{_day(descent, event)}{goes_on}")
        elif found:
            said.append(f"{_word(event).capitalize()}{_day(descent, event)}: no successor named")
    if not said and body.valid_until and not is_plan(body.valid_until, descent.last_day):
        said.append("Ended; no successor recorded")
    return ". ".join(said) or "none recorded"


def _word(event: ChangeEvent) -> str:
    return event_kinds()[event.kind].label


def _day(descent: Descent, event: ChangeEvent) -> str:
    """When a change was, as the end of a sentence."""
    words = event_day(event, descent.last_day)
    if event.date is None or event.precision in ("approx", "not_known"):
        return f", {words}"
    return f" {'in' if event.precision else 'on'} {words}"


def _shared_out(descent: Descent, event: ChangeEvent, pairs: list[tuple[str, Succession]]) -> list[str]:
    """Bodies with how much of the predecessor passed, if not all of it; what is counted is said once."""
    out: list[str] = []
    said = ""
    for one, pair in pairs:
        parts = [pair.about] if pair.about else []
        if pair.weight is not None and pair.weight < 0.995:
            what = f" of its {pair.counts or 'share'}"
            parts.append(f"{max(pair.weight, 0.01):.0%}{'' if what == said else what}")
            said = what
        name = _named(descent, one, event, one == pair.predecessor)
        # Only what stands on the page can be led to.
        name = el("a", {"href": f"#{one}"}, name) if one in descent.bodies else name
        out.append(f"{name} ({esc(', '.join(parts))})" if parts else name)
    return out


def _named(descent: Descent, body: str, event: ChangeEvent, before: bool) -> str:
    """A body by its name of the day of a change, or its code if that is not known; by both if it has no row here."""
    then = descent.names.of(body, event.date, before)
    if body in descent.bodies:
        return esc((then or descent.bodies[body]).name or body.partition(":")[2])
    return esc(f"{then.label if then else body} ({body})")
