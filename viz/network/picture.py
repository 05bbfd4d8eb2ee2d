"""The explorer: one body with all bodies around it, to be searched, filtered and moved through time, in one page."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from zlib import compress

from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.change.successors import GOES_ON
from orgmap.queries.structure.network import Network, listed_few, network
from orgmap.viz.kit.icons import ICONS
from orgmap.viz.kit.links import Links
from orgmap.viz.kit.page import ATTRIBUTION, asset, page_html, rendered
from orgmap.viz.kit.palette import tiers
from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import el, esc, num
from orgmap.viz.kit.widths import FONTS, LINE, width, wrap
from orgmap.viz.kit.words import date_words, listed, with_kind
from orgmap.viz.network.drawing import CSS, network_svg
from orgmap.viz.network.scene import Scene, box_width, label_lines
from orgmap.viz.network.scenes import (
    FIRST,
    Times,
    box_names,
    first_view,
    is_planned,
    line_name,
    scene_json,
    times_of,
    whole,
)
from orgmap.viz.network.tables import RelationRow, body_table, relation_table, rows_of
from orgmap.viz.network.visjs import notice, vis_network

LAST_DAY = "9999-12-31"
"""After every plan."""

LARGEST = 1_000_000
"""Bytes that a page may have."""

STILL = 300
"""So many bodies may stand in the picture that needs no script."""


def draw_network(
    store: Store,
    text: str,
    form: str = "html",
    hops: int = 1,
    at: str | None = None,
    everything: bool = False,
    include: Include = IN_FORCE,
    say: Callable[[str], object] | None = None,
    of_kinds: frozenset[str] | None = None,
) -> str:
    """Draws a body and all bodies within some steps of it, as a page to explore or as SVG.

    It begins with at most 60 bodies of the day; `everything` begins with all. Where the page would be too
    large, only the day is told. `say` gets what the picture leaves out. Raises `NothingFound`,
    `Ambiguous` or `WrongUse`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     picture = draw_network(store, "NHS Thanet CCG", "svg", 1, "2013-06-01")
    >>> "member of" in picture
    True
    """
    answer = network(store, text, hops, at, include, of_kinds=of_kinds)
    page = _svg_file(answer, everything) if form == "svg" else _page(answer, everything)
    if form != "svg" and len(page.encode()) > LARGEST and answer.over_time:
        answer = network(store, answer.centre, hops, answer.at, include, over_time=False)
        note = "Only this day is shown: with all other days the page would be too large."
        answer = answer._replace(notes=[*answer.notes, note])
        page = _page(answer, everything)
    if form != "svg" and len(page.encode()) > LARGEST:
        raise WrongUse(
            f"{len(answer.bodies):,} bodies are within {hops} steps, more than a page holds. Ask for fewer --hops."
        )
    near = len(answer.distances(answer.at))
    if say:
        for note in answer.notes:
            say(note)
        if not everything and (shown := len(first_view(answer, answer.at, box_names(answer)).boxes)) < near:
            say(f"{shown} of {near:,} bodies are drawn at first; --all draws all.")
    return page


def _title(network: Network) -> str:
    steps = "one step" if network.hops == 1 else f"{network.hops} steps"
    centre = network.bodies[network.centre]
    return f"{with_kind(centre.label, centre.kind)}: all within {steps}"


# On paper the picture cannot be asked for more: where it does not hold all, the tables of the day print below it.
_PRINT_ALL = "@media print{.tables{display:block!important;font-size:8pt}.other-days{display:none}}"


def _page(network: Network, everything: bool) -> str:
    times = times_of(network)
    asked = max(number for number, day in enumerate(times.starts) if day <= network.at)
    # For readers without the script, a thousand bodies are told by the tables, not by one endless picture.
    drawn = times.all[asked] if everything and times.near[asked] <= STILL else times.first[asked]
    assert drawn is not None
    scene = times.scenes[drawn]
    rows = rows_of(network)
    row_by_relation = {number: row.id for row in rows for number in row.numbers}
    references = References(network.sources)
    tables = (
        el("div", {"id": "bodies"}, body_table(network, references)),
        el("div", {"id": "facts"}, relation_table(network, rows, references)),
    )
    words = (
        f"{_title(network)}, on {date_words(network.at)}: {len(scene.boxes)} of {times.near[asked]} bodies"
    )
    picture = network_svg(network, scene, words, row_by_relation, Links(references, "html"))
    return page_html(
        _title(network),
        f"On {date_words(network.at)}. Open a body or the name of a line for its dates and sources;"
        " the tables below tell the same.",
        _stage(network, times, asked, words)
        + picture
        + _data(network, times, rows, everything)
        + _packed("network-library", vis_network()),
        _legend(network),
        _notes(network, len(scene.boxes), times.near[asked]),
        tables,
        references.listed(),
        CSS + asset("network.css") + (_PRINT_ALL if len(scene.boxes) < times.near[asked] else ""),
        "\n".join((notice(), asset("network_canvas.js").replace("FONTS", FONTS), asset("network.js"))),
        (vis_network(),),
    )


def _stage(network: Network, times: Times, asked: int, words: str) -> str:
    """The controls and the canvas."""
    filters = (
        ("Kinds of body", "kind", [kinds()[kind].plural for kind in _kinds(network)]),
        ("Relations", "name", _names(network)),
    )
    near = f"{times.near[asked]:,}"
    days = {"over_time": network.over_time, "at": network.at, "first": times.starts[0]}
    return rendered("network/templates/stage.html", filters=filters, near=near, words=words, **days)


def _kinds(network: Network) -> list[str]:
    found = {body.kind for body in network.bodies.values()}
    return [kind for kind in kinds() if kind in found]


def _names(network: Network) -> list[str]:
    return sorted({line_name(relation) for relation in network.relations})


def _data(network: Network, times: Times, rows: list[RelationRow], everything: bool) -> str:
    """What the script needs: everything else it reads from the tables."""
    kind_number = {kind: number for number, kind in enumerate(_kinds(network))}
    name_number = {name: number for number, name in enumerate(_names(network))}
    number = {one: position for position, one in enumerate(network.bodies)}
    names = box_names(network)
    row_of = {one: position for position, row in enumerate(rows, start=1) for one in row.numbers}
    icons = list(ICONS)
    life = network.bodies[network.centre].period
    data = {
        "centre": number[network.centre],
        "hops": network.hops,
        "most": FIRST,
        "at": network.at,
        "until": life.valid_until if network.over_time else None,
        "onward": _followers(network),
        "all": everything,
        "width": box_width(network.hops),
        "icons": [[value for corner in icon.corners for value in corner] for icon in ICONS.values()],
        "kinds": [
            [kinds()[kind].label, icons.index(kinds()[kind].tier), tiers()[kinds()[kind].tier].colour]
            for kind in kind_number
        ],
        # What only a plan knows is dashed: bodies from a day on (blank: always), and lines by their names.
        "planned": [
            [position, "" if body.status in PLANS else network.ends[one].date]
            for one, (position, body) in zip(number, enumerate(network.bodies.values()), strict=True)
            if is_planned(network, one, LAST_DAY)
        ],
        "dashed": sorted({name_number[line_name(one)] for one in network.relations if one.status in PLANS}),
        "names": [[name, list(label_lines(name))] for name in name_number],
        "bodies": [
            # A name that fits into one line is read from the table.
            [one, kind_number[body.kind], *([list(names[one])] if (body.label,) != names[one] else [])]
            for one, body in network.bodies.items()
        ],
        "facts": [
            [
                number[relation.subject],
                name_number[line_name(relation)],
                number[relation.object],
                row_of[position],
            ]
            for position, relation in enumerate(network.relations)
        ],
        "rows": [
            [
                network.relations[row.numbers[0]].valid_from or "",
                network.relations[row.numbers[0]].valid_until or "",
            ]
            for row in rows
        ],
        "times": [
            [day, times.first[position], times.all[position], times.near[position]]
            for position, day in enumerate(times.starts)
        ],
        "scenes": [scene_json(scene, number, name_number) for scene in times.scenes],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _packed("network-data", text)


def _followers(network: Network) -> str:
    """Who took over from the body in the middle, in words with ids; blank if nobody did."""
    found: dict[str, None] = {}
    for event, parts in network.events:
        for part in parts:
            passes = part.predecessor == network.centre and not part.stray and event.status == "in_force"
            if passes and event.kind not in GOES_ON and part.successor not in ("", network.centre):
                found[part.successor] = None
    return listed_few(sorted(f"{network.name(one)} ({one})" for one in found))


def _packed(key: str, text: str) -> str:
    """A text for the script, compressed: a page of a thousand bodies stays below a megabyte."""
    letters = b64encode(compress(text.encode(), 9)).decode()
    return f'<script type="application/octet-stream" id="{key}">{letters}</script>'


def _legend(network: Network) -> tuple[tuple[str, str], ...]:
    here = {kinds()[kind].tier for kind in _kinds(network)}
    signs = tuple(
        (f"{icon.name[0].upper()}{icon.name[1:]}:", tiers()[tier].label.lower())
        for tier, icon in ICONS.items()
        if tier in here
    )
    lines = ("Line:", "read from its beginning over its name to its arrow.")
    planned = any(is_planned(network, one, network.at) for one in network.bodies)
    planned = planned or any(one.status in PLANS for one in network.relations)
    dashes = (("Dashed:", "by a plan, as its words say."),) if planned else ()
    return (*signs, lines, *dashes)


def _notes(network: Network, shown: int, near: int) -> tuple[str, ...]:
    notes = list(network.notes)
    if shown < near:
        notes.append(f"The picture shows {shown} of {near:,} bodies of that day; the table lists all.")
    if near == 1:
        notes.append("Not stated: no source in the tables relates this body to another on that day.")
    notes.append(
        "Lines by rule hold for whole kinds of bodies; orgmap answers-to tells what holds for one on one day."
    )
    return tuple(notes)


def _svg_file(network: Network, everything: bool) -> str:
    """The picture alone, with its title above and whom to name below."""
    names = box_names(network)
    scene: Scene = whole(network, network.at, names) if everything else first_view(network, network.at, names)
    near = len(network.distances(network.at))
    title = f"{_title(network)}, on {date_words(network.at)}"
    references = References(network.sources)
    picture = network_svg(network, scene, title, {}, Links(references, "svg"))
    wide = max(scene.width + 20, 900.0)
    said = [f"{len(scene.boxes)} of {near:,} bodies.", listed([f"{a} {b}" for a, b in _legend(network)[:-1]])]
    rows = [line for words in (*said, *references.lines(), *ATTRIBUTION) for line in wrap(words, wide - 24)]
    top = 34.0
    bottom = top + scene.height + 38
    parts = [
        el("style", {}, CSS + ".network .half{font-size:17px;font-weight:700}"),
        el("rect", {"width": wide, "height": bottom + LINE * len(rows), "fill": "#fff"}),
        el("text", {"x": 12.0, "y": 23.0, "class": "half", "textLength": width(title, True, 17)}, esc(title)),
        picture.replace("<svg ", f'<svg y="{num(top)}" ', 1),
        *(el("text", {"x": 12.0, "y": bottom + row * LINE}, esc(line)) for row, line in enumerate(rows)),
    ]
    attributes: dict[str, str | float | None] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": "network",
        "viewBox": f"0 0 {num(wide)} {num(bottom + LINE * len(rows))}",
        "width": wide,
        "height": bottom + LINE * len(rows),
    }
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{el("svg", attributes, el("title", {}, esc(title)), *parts)}\n'
