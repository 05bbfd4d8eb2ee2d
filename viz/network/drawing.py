"""The first view of a network as plain SVG: for print, for readers without JavaScript, and as a file of its own."""

from __future__ import annotations

from collections.abc import Sequence

from orgmap.graphmodel.model import Relationship
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.structure.network import Network
from orgmap.viz.kit.icons import ICONS
from orgmap.viz.kit.links import Links
from orgmap.viz.kit.palette import tiers
from orgmap.viz.kit.plans import PLANNED_DASHES
from orgmap.viz.kit.svg import arrow_tip, el, esc, num, path
from orgmap.viz.kit.widths import FONTS, LINE, width
from orgmap.viz.kit.words import date_words, last_day_words
from orgmap.viz.network.scene import ICON, BodyBox, Label, Scene
from orgmap.viz.network.scenes import is_planned

MARGIN = 10.0
_BASELINE = 13.0

CSS = (
    f".network text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}"
    ".network .box rect{fill:#fff;stroke:#4d4d4d;stroke-width:1.3}"
    ".network .box.middle rect{stroke:#1a1a1a;stroke-width:3}"
    ".network .middle text{font-weight:700}"
    ".network .icon{stroke:#1a1a1a;stroke-width:1}"
    ".network .way{fill:none;stroke:#4d4d4d;stroke-width:1.3}"
    ".network .tip{fill:#4d4d4d}"
    ".network a{text-decoration:none}.network a:hover text{text-decoration:underline}"
    ".network a:focus{outline:3px solid #1a1a1a;outline-offset:1px}"
)
"""The looks of the picture; colours come from the vocabulary."""


def network_svg(network: Network, scene: Scene, label: str, rows: dict[int, str], links: Links) -> str:
    """Draws a scene; `rows` names for each relation the row of the table that tells it, `label` says what it shows.

    The same facts give the same bytes.
    """
    wide, high = scene.width + 2 * MARGIN, scene.height + 2 * MARGIN
    lines = [_line(network, number, scene, rows, links) for number in range(len(scene.labels))]
    boxes = [
        _box(network, box, links) for box in sorted(scene.boxes, key=lambda box: box.body != network.centre)
    ]
    parts = el("g", {"transform": f"translate({num(MARGIN)} {num(MARGIN)})"}, *lines, *boxes)
    attributes: dict[str, str | float | None] = {
        "class": "picture network",
        "viewBox": f"0 0 {num(wide)} {num(high)}",
        "width": wide,
        "height": high,
        "role": "group",
        "aria_label": label,
    }
    return el("svg", attributes, el("defs", {}, arrow_tip("network-tip", "tip")), parts)


def _line(network: Network, number: int, scene: Scene, rows: dict[int, str], links: Links) -> str:
    label = scene.labels[number]
    relations = [network.relations[one] for one in label.links]
    dashes = PLANNED_DASHES if all(one.status in PLANS for one in relations) else None
    ways = [_way(way.points, way.arrow, dashes) for way in scene.ways if way.label == number]
    for bracket in (one for one in scene.brackets if one.label == number):
        low, high = min(bracket.middles), max(bracket.middles)
        if low < high:
            ways.append(_way([(bracket.x, low), (bracket.x, high)], False, dashes))
        for y in bracket.middles[1:]:
            ways.append(_way([(bracket.x, y), (bracket.outer, y)], bracket.arrow, dashes))
    words = [_words(line, label.x, label.y + row * LINE + _BASELINE) for row, line in enumerate(label.lines)]
    attributes: dict[str, str | float | None] = {
        "class": "line relation",
        "data_name": label.name,
        "data_from": " ".join(sorted({relation.subject for relation in relations})),
        "data_to": " ".join(sorted({relation.object for relation in relations})),
        "data_facts": " ".join(str(one) for one in label.links),
    }
    sentence = line_sentence(network, label)
    title = links.either(sentence, f"{sentence}, {_days(relations)}")
    cited = [(source, relation.locator) for relation in relations for source in relation.source.split()]
    return links.wrap(f"#{rows.get(label.links[0], '')}", title, cited, attributes, *ways, *words)


def _days(relations: list[Relationship]) -> str:
    """From when to when relations hold; of many different periods only how many there are."""
    periods = dict.fromkeys(
        _life(one.valid_from, one.from_precision, one.valid_until, one.until_precision) for one in relations
    )
    return "; ".join(periods) if len(periods) <= 4 else f"{len(periods)} different periods"


def _life(first: str | None, first_precision: str, until: str | None, until_precision: str) -> str:
    return f"{date_words(first, first_precision)} to {last_day_words(until, until_precision)}"


def _way(points: Sequence[tuple[float, float]], arrow: bool, dashes: str | None) -> str:
    tip = "url(#network-tip)" if arrow else None
    drawn = {"class": "way" if arrow else "way join", "d": path(points), "stroke_dasharray": dashes}
    return el("path", {**drawn, "marker_end": tip})


def line_sentence(network: Network, label: Label) -> str:
    """A line in words: “24 GP practices: member of NHS Thanet CCG”."""
    relations = [network.relations[one] for one in label.links]

    def ends(ids: list[str]) -> str:
        ids = list(dict.fromkeys(ids))
        return " and ".join(network.name(one) for one in ids) if len(ids) <= 2 else f"{len(ids)} bodies"

    subjects = ends([relation.subject for relation in relations])
    return f"{subjects}: {label.name} {ends([relation.object for relation in relations])}"


def _words(text: str, x: float, y: float, bold: bool = False) -> str:
    attributes: dict[str, str | float | None] = {
        "x": x,
        "y": y,
        "textLength": width(text, bold),
        "lengthAdjust": "spacingAndGlyphs",
    }
    return el("text", attributes, esc(text))


def _box(network: Network, box: BodyBox, links: Links) -> str:
    body = network.bodies[box.body]
    kind = kinds()[body.kind]
    middle = box.body == network.centre
    place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 3.0}
    corners = [(box.x + 11 + 6 * x, box.y + box.height / 2 + 6 * y) for x, y in ICONS[kind.tier].corners]
    icon = el("path", {"class": "icon", "fill": tiers()[kind.tier].colour, "d": f"{path(corners)}z"})
    words = [
        _words(line, box.x + ICON + 3, box.y + 1 + row * LINE + _BASELINE, middle)
        for row, line in enumerate(box.lines)
    ]
    days = _life(body.valid_from, body.from_precision, body.valid_until, body.until_precision)
    title = f"{body.label}, {kind.label}, {days}"
    cited = [(body.source, body.locator)]
    link = links.wrap(f"#{box.body}", title, cited, {"data_id": box.body}, icon, *words)
    dashes = PLANNED_DASHES if is_planned(network, box.body, network.at) else None
    return el(
        "g",
        {"class": "box middle" if middle else "box", "data_box": box.body},
        el("rect", {**place, "stroke_dasharray": dashes}),
        link,
    )
