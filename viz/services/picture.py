"""Who commissions what in a place, as a matrix: services down, commissioners across, before and after in the cells."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import today
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.commissioning.services_by_rule import services_by_rule
from orgmap.queries.commissioning.services_of_place import Offer, ServicesOfPlace, services_of_place
from orgmap.queries.coverage import last_horizon
from orgmap.viz.kit.page import RowGroup, asset, page_html, rendered, row_of, table_html
from orgmap.viz.kit.plans import precision_of
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.svg_file import svg_file
from orgmap.viz.kit.words import date_words, in_words, last_day_words, listed
from orgmap.viz.services.drawing import matrix_svg
from orgmap.viz.services.matrix import Matrix, ServiceRow, column_widths, matrix_of, unstated

_MOST_NAMES = 8
"""So many commissioners of a service are named in a cell; more are folded away."""

_SCREEN = (1232.0, 344.0, 15.0)
_PAPER = (1720.0, 378.0, 22.0)
"""How wide the table is, its services' names in it, and what surrounds the words of a cell, letters being 14 high."""


def draw_services(
    store: Store, place: str, days: list[str], form: str = "html", include: Include = IN_FORCE
) -> str:
    """Draws who commissions what in a place, on one day or on two side by side, as a page or as SVG.

    Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     page = draw_services(store, "Thanet", ["2015-09-30", "2015-10-01"])
    >>> "Health visiting" in page
    True
    """
    days = sorted(days or [today()])
    everywhere = normalise(place) == "england"
    answer = (
        services_by_rule(store, days, include)
        if everywhere
        else services_of_place(store, place, days, include)
    )
    matrix = matrix_of(answer)
    by_rule = ", by rule" if everywhere else ""
    title = f"{answer.place}: who commissions what{by_rule}, {listed([date_words(day) for day in days])}"
    references = References(store.sources({source for offer in answer.offers for source, _ in _cited(offer)}))
    if form == "svg":
        tips = {offer.service.id: _tip(offer, references) for offer in answer.offers}
        picture, height, css = matrix_svg(matrix, tips)
        shown = " ".join(f"{a} {b}" for a, b in _legend(days, matrix))
        below = [*_notes(answer), *references.lines()]
        return svg_file(picture, height, title, shown, css, "picture", below)
    tables = (_answers_table(answer, references), _bodies_table(matrix, last_horizon(store)))
    css = asset("matrix.css") + _widths(matrix)
    lead = "Open a service for its commissioners, for whom, and who says so; the tables below tell the same."
    return page_html(
        title,
        lead,
        rendered("services/templates/matrix.html", matrix=matrix, days=len(days)),
        _legend(days, matrix),
        _notes(answer),
        tables,
        references.listed(),
        css,
        asset("services.js"),
    )


def _widths(matrix: Matrix) -> str:
    """The looks of the columns: each as wide as its cells need, in hundredths of the table, on screen and on paper."""
    return f"{_columns(matrix, *_SCREEN)}@media print{{{_columns(matrix, *_PAPER)}}}"


def _columns(matrix: Matrix, whole: float, names: float, padding: float) -> str:
    found = [names, *column_widths(matrix, whole - names, padding)]
    return "".join(
        f".matrix thead th:nth-child({number}){{width:{100 * wide / whole:.1f}%}}"
        for number, wide in enumerate(found, start=1)
    )


def _cited(offer: Offer) -> list[tuple[str, str]]:
    """Who says who commissions a service: sources with where in them."""
    facts = [answer["fact"] for answers in offer.answers.values() for answer in answers]
    return [(source["source"], source["locator"] or "") for fact in facts for source in fact["sources"]]


def _tip(offer: Offer, references: References) -> str:
    """What a service offers where no table tells it: its commissioners on each day, and the numbers of its sources."""
    on_days = []
    for day, answers in offer.answers.items():
        names = sorted({str(one["commissioner"]["name"] or one["commissioner"]["id"]) for one in answers})
        on_days.append(f"{date_words(day)}: {listed(names) or 'not stated'}.")
    return f"{offer.service.name}. {' '.join(on_days)} Sources: {references.numbers(_cited(offer))}"


def _answers_table(services: ServicesOfPlace, references: References) -> str:
    """For each service and day its commissioners, for whom, since when, and who says so."""
    heads = ("Service", *(date_words(day) for day in services.days), "For whom", "Sources")
    rows = []
    for offer in services.offers:
        cells, people = [], []
        for day in services.days:
            lines: dict[str, list[str]] = {}
            for answer in offer.answers[day]:
                fact = answer["fact"]
                since = date_words(fact["valid_from"], fact.get("from_precision", ""))
                words = f"{str(answer['basis']).replace('_', ' ')}, since {since}"
                if answer["status"] != "in_force":
                    words = f"{answer['status']}: {words}"
                lines.setdefault(words, []).append(_linked(answer["commissioner"]))
                people.append(str(answer["population"]))
            said = [f"{_few(sorted(set(names)))} ({esc(words)})" for words, names in lines.items()]
            cells.append("; ".join(said) or "not stated")
        notes = el("small", {}, f"Note: {esc(' '.join(offer.notes))}") if offer.notes else ""
        cells += [esc("; ".join(dict.fromkeys(people))) + notes, references.cite(_cited(offer))]
        service = offer.service
        rows.append(row_of(service.id, service.name, service.note or offer.group, cells))
    return table_html(
        "Every service",
        heads,
        [RowGroup(rows)],
        look="answers",
        marked="data-id",
        labelled=True,
        heads_named=True,
    )


def _few(names: list[str]) -> str:
    """Names, or where they are many how many, which opens to all: London has a council for every borough."""
    if len(names) <= _MOST_NAMES:
        return listed(names)
    return el("details", {}, el("summary", {}, f"{len(names)} of them"), listed(names))


def _linked(body: dict[str, Any]) -> str:
    return el("a", {"href": f"#{body['id']}"}, esc(str(body["name"] or body["id"])))


def _bodies_table(matrix: Matrix, known: str) -> str:
    rows = []
    for column in matrix.columns:
        for one, body in sorted(column.bodies.items(), key=lambda item: str(item[1]["name"])):
            days = date_words(*_dated(body, "from", known)), last_day_words(*_dated(body, "until", known))
            small = f"{kinds()[body['kind']].label}, {one}"
            rows.append(row_of(one, str(body["name"] or one), small, days))
    return table_html(
        "Every commissioner",
        ("Commissioner", "First day", "Last day"),
        [RowGroup(rows)],
        marked="data-id",
        labelled=True,
        heads_named=True,
    )


def _dated(body: dict[str, Any], end: str, known: str) -> tuple[str | None, str]:
    """The first or last day of a body and how exactly it is known; a plan says so."""
    day = body[f"valid_{end}"]
    return day, precision_of(day, body.get(f"{end}_precision") or "", known)


def _legend(days: list[str], matrix: Matrix) -> tuple[tuple[str, str], ...]:
    if len(days) == 1:
        return (("● yes:", f"commissions the service on {date_words(days[0])}."), _BASIS)
    first, second = date_words(days[0]), date_words(days[-1])
    nobody = "no source in the tables says who commissioned it on"
    rows = {
        "× before": f"commissioned the service on {first} and no longer on {second}.",
        "+ after": f"commissions it on {second} and did not on {first}.",
        "= both": "on both days.",
        "× before: not stated after": f"commissioned it on {first}; {nobody} {second}.",
        "+ after: not stated before": f"commissions it on {second}; {nobody} {first}.",
    }
    found = {mark for row in matrix.rows for mark in rows if _says(row, mark)}
    return (*((f"{mark}:", rows[mark]) for mark in rows if mark in found), _BASIS)


def _says(row: ServiceRow, mark: str) -> bool:
    """Whether a row of the matrix has a mark; that of a day without a statement is one of its own."""
    return unstated(row.offer) == ("not stated" in mark) and any(
        mark in cell.words for cell in row.cells.values()
    )


_BASIS = ("joint, delegated, on behalf of …:", "as what; where nothing is said, by statute.")


def _notes(services: ServicesOfPlace) -> tuple[str, ...]:
    notes = tuple(in_words(note) for note in services.notes)
    if not services.silent:
        return notes
    names = listed([service.name for service in services.silent])
    return (*notes, f"Not stated for these days: {names}.")
