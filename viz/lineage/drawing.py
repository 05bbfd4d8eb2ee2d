"""The lineage picture itself as SVG: bars, the bands between them, and what stands above each column."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from orgmap.graphmodel.vocabulary import event_kinds, kinds
from orgmap.queries.change.descent import Descent, Flow, transfers
from orgmap.queries.coverage import is_plan, is_planned
from orgmap.viz.kit.links import Cited, Links
from orgmap.viz.kit.palette import tiers
from orgmap.viz.kit.svg import Attributes, arrow_tip, el, num
from orgmap.viz.kit.svg_file import text_at
from orgmap.viz.kit.widths import FONTS, LINE, wrap
from orgmap.viz.kit.words import listed
from orgmap.viz.lineage.bands import BAR, LABEL, ROW, WIDTH, Bar, PlacedBands, Ribbon
from orgmap.viz.lineage.columns import Node, few_words, measure
from orgmap.viz.lineage.tables import change_numbers, event_day, first_day, last_day

CSS = f"""
.flow text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}
.flow .b{{font-weight:700}}
.flow .halo{{paint-order:stroke;stroke:#fff;stroke-width:5px;stroke-linejoin:round}}
.flow a{{text-decoration:none;cursor:pointer}}
.flow a:hover text{{text-decoration:underline}}
.flow a:focus{{outline:3px solid #1a1a1a;outline-offset:1px}}
.flow .bar{{stroke:#1a1a1a;stroke-width:.8}}
.flow .asked .bar{{stroke-width:3}}
.flow .band{{fill-opacity:.24;stroke:#fff;stroke-width:.7}}
.flow .band.odd{{fill-opacity:.36}}
.flow .band.unknown{{fill:none;stroke:#4d4d4d;stroke-width:1.2;stroke-dasharray:5 3}}
.flow .band.thin{{fill-opacity:.6;stroke:none}}
.flow .band.plan{{stroke:#1a1a1a;stroke-width:1.2;stroke-dasharray:2 3}}
.flow .bar.plan{{fill-opacity:.3;stroke-dasharray:2 2}}
.flow .transfer{{fill:none;stroke:#1a1a1a;stroke-width:1.8;stroke-dasharray:5 3}}
.flow .tip{{fill:#1a1a1a}}
.flow a:hover .band{{fill-opacity:.7}}
.flow .lit .bar{{stroke-width:3}}
.flow a:hover .transfer,.flow a:focus .transfer{{stroke-width:4}}
.flow a[href^="#e"]:focus{{outline:0}}
.flow a:focus .band{{fill-opacity:.7;stroke:#1a1a1a;stroke-width:3;stroke-dasharray:none}}
"""
"""The looks of the picture; colours come from the vocabulary."""


def alluvial_svg(descent: Descent, placed: PlacedBands, label: str, asked: str, links: Links) -> str:
    """Draws bars and bands in their places; after each body come the bands that leave it, then all words."""
    leaving: dict[str, list[tuple[int, Ribbon]]] = {}
    for number, ribbon in enumerate(placed.ribbons):
        leaving.setdefault(ribbon.band.source, []).append((number, ribbon))
    shapes, words = [], []
    nodes = {bar.node.key: bar.node for bar in placed.bars}
    numbers = change_numbers(descent)
    for bar in sorted(placed.bars, key=lambda bar: (bar.node.column, bar.top)):
        shapes.append(_bar(descent, bar, asked, links))
        ribbons = sorted(leaving.get(bar.node.key, []), key=lambda pair: pair[1].points[0][1])
        shapes += [_ribbon(descent, number, ribbon, nodes, numbers, links) for number, ribbon in ribbons]
        words.append(_words(bar, sum(ribbon.height for _, ribbon in ribbons), links))
    attributes: Attributes = {
        "class": "flow",
        "viewBox": f"0 0 {num(WIDTH)} {num(placed.height)}",
        "width": WIDTH,
        "height": placed.height,
        "role": "group",
        "aria_label": label,
    }
    shapes += [_transfer(descent, flow, placed, numbers, links) for flow in transfers(descent)]
    # Words lie over the bands that leave their bar, so they come last; the bars have said them already.
    said = el("g", {"aria_hidden": "true"}, *words)
    tips = el("defs", {}, arrow_tip("tip", "tip"))
    return el("svg", attributes, tips, _heads(descent, placed), *shapes, said)


def _transfer(
    descent: Descent, flow: Flow, placed: PlacedBands, numbers: dict[str, str], links: Links
) -> str:
    """An arrow from who gave a part to who got it while both went on; it opens that change."""
    bar_of = {one: bar for bar in placed.bars for one in bar.node.ids}
    source, target = bar_of[flow.predecessor], bar_of[flow.successor]
    if source is target:
        return ""
    event = descent.events[flow.event][0]
    start, end = source.y + source.height / 2, target.y + target.height / 2
    here, there = source.x, target.x
    bend = 46.0 if here >= 60 else 10.0
    way = f"M{num(here)} {num(start)}C{num(here - bend)} {num(start)} "
    way += f"{num(there - bend)} {num(end)} {num(there - 2)} {num(end)}"
    names = [descent.bodies[one].label for one in (flow.predecessor, flow.successor)]
    share = f", {flow.share:.0%} of its {flow.counts or 'share'}" if flow.share is not None else ""
    said = f"{names[0]} → {names[1]}: {event_kinds()[event.kind].label}, {event_day(event, descent.last_day)}{share}"
    attributes: Attributes = {
        "class": "flowing",
        "data_from": source.node.key,
        "data_to": target.node.key,
    }
    shape = el("path", {"class": "transfer way", "d": way, "marker_end": "url(#tip)"})
    cited: Cited = [(event.source, event.locator)]
    return links.wrap(f"#{numbers[event.id]}", said, cited, attributes, shape)


def heads(descent: Descent, bars: list[Node]) -> list[list[str]]:
    """What stands above each column: which bodies, from when to when, and how they came about."""
    came: dict[str, list[str]] = {}
    for flow in descent.flows:
        kind = descent.events[flow.event][0].kind
        before = few_words(2, descent.bodies[flow.predecessor].kind).removeprefix("2 ")
        came.setdefault(flow.successor, []).append(f"replaced {before}" if kind == "replaced" else kind)
    out = []
    for column in range(max(bar.column for bar in bars) + 1):
        ids = [one for bar in bars if bar.column == column for one in bar.ids]
        counted = Counter(descent.bodies[one].kind for one in ids)
        said = listed([few_words(number, kind) for kind, number in sorted(counted.items())])
        fates = Counter(_came_words(came[one]) for one in ids if one in came)
        how = listed(
            [f"{number} {word}" for word, number in sorted(fates.items(), key=lambda x: (-x[1], x[0]))]
        )
        if len(ids) == 1 or (len(fates) == 1 and sum(fates.values()) == len(ids)):
            how = next(iter(fates), "")
        out.append([part for part in (said, _years(descent, ids), how) if part])
    return out


_CAME = {
    "merged": "merged",
    "split": "split off",
    "reorganised": "reorganised",
    "renamed": "renamed",
    "partial_transfer": "took over a part",
    "function_transfer": "took over functions",
}


def _came_words(found: list[str]) -> str:
    """How a body came about, in the past tense; replacing others is the plainest."""
    if plain := [word for word in found if word.startswith("replaced ")]:
        return min(plain)
    for kind in _CAME:
        if kind in found:
            return _CAME[kind]
    return min(found)


def _years(descent: Descent, ids: list[str]) -> str:
    """From when to when the bodies of a column were there, in years; what is only planned says so."""
    bodies = [descent.bodies[one] for one in ids]
    starts = {body.valid_from for body in bodies if body.valid_from}
    ends = {body.valid_until for body in bodies if body.valid_until}
    first = min(starts, default=None)
    begin = "start not known" if first is None else first[:4]
    if is_plan(first, descent.last_day):
        return f"planned from {begin}"
    open_end = any(body.valid_until is None and not body.until_precision for body in bodies)
    if open_end or not ends or is_plan(max(ends), descent.last_day):
        return f"{begin} to now"
    return f"{begin} to {max(ends)[:4]}"


def _heads(descent: Descent, placed: PlacedBands) -> str:
    out = []
    for column, words in enumerate(heads(descent, [bar.node for bar in placed.bars])):
        y = 15.0
        for number, text in enumerate(words):
            for row in wrap(text, placed.above[column], number == 0):
                out.append(text_at(placed.xs[column], y, row, "b" if number == 0 else ""))
                y += LINE
    return el("g", {"class": "heads"}, *out)


def _bar(descent: Descent, bar: Bar, asked: str, links: Links) -> str:
    """A bar that leads to the row of its body, or to the list of the bodies that it counts."""
    node = bar.node
    plan = is_plan(min(descent.bodies[one].valid_from or "" for one in node.ids), descent.last_day)
    shape: Attributes = {
        "x": bar.x,
        "y": bar.y,
        "width": BAR,
        "height": bar.height,
        "fill": tiers()[kinds()[node.kind].tier].colour,
        "class": "bar plan" if plan else "bar",
    }
    rect = el("rect", shape)
    lives = [
        (_life(descent, one), (descent.bodies[one].source, descent.bodies[one].locator)) for one in node.ids
    ]
    if len(node.ids) > 1:
        title = links.either(f"{node.words}: list", f"{node.words}: {'; '.join(life for life, _ in lives)}")
        group: Attributes = {"data_group": node.key, "data_box": node.key}
        link = links.wrap(f"#group-{node.key}", title, [source for _, source in lives], group, rect)
        return el("g", {"data_ids": " ".join(node.ids)}, link)
    attributes: Attributes = {
        "data_id": node.key,
        "data_box": node.key,
        "class": "asked" if node.key == asked else None,
    }
    life, source = lives[0]
    return links.wrap(f"#{node.key}", life, [source], attributes, rect)


def _life(descent: Descent, body_id: str) -> str:
    """A body with its kind and its days."""
    body = descent.bodies[body_id]
    first, last = first_day(body, descent.last_day), last_day(body, descent.last_day)
    return f"{body.label}, {kinds()[body.kind].label}, {first} to {last}"


def _words(bar: Bar, leaving: float, links: Links) -> str:
    """The name beside a bar: over a thin band it stands on white, over a broad one on its tint."""
    look = "halo" if leaving < 10 * len(bar.lines) else ""
    middle = bar.top + bar.room / 2 - len(bar.lines) * ROW / 2
    rows = [
        text_at(bar.x + BAR + LABEL - 1, middle + number * ROW + 12.5, row, look)
        for number, row in enumerate(bar.lines)
    ]
    several = len(bar.node.ids) > 1
    return links.again(f"#{'group-' if several else ''}{bar.node.key}", *rows)


def _ribbon(
    descent: Descent,
    number: int,
    ribbon: Ribbon,
    nodes: dict[str, Node],
    numbers: dict[str, str],
    links: Links,
) -> str:
    """A band that opens what passed: from whom to whom, how much, when, and who says so."""
    band = ribbon.band
    source, target = nodes[band.source], nodes[band.target]
    events = [descent.events[one][0] for one in band.events]
    words = listed(list(dict.fromkeys(event_kinds()[event.kind].label for event in events)))
    days = listed(list(dict.fromkeys(event_day(event, descent.last_day) for event in events)))
    amount = ", how much is not known"
    if band.known:
        amount = f", {num(band.amount)} practices" if measure(descent) == "practices" else ""
    said = f"{_name(descent, source)} → {_name(descent, target)}: {words}, {days}{amount}"
    looks = {
        "odd": bool(number % 2),
        "unknown": not band.known,
        "thin": ribbon.height < 4 and band.known,
        "plan": any(is_planned(event, descent.last_day) for event in events),
    }
    shape: Attributes = {
        "d": _outline(ribbon),
        "class": " ".join(["band", *(look for look, has in looks.items() if has)]),
        "fill": tiers()[kinds()[source.kind].tier].colour,
    }
    rows = [numbers[event.id] for event in events]
    attributes: Attributes = {
        "class": "flowing",
        "data_changes": " ".join(rows) if rows[1:] else None,
        "data_from": source.key,
        "data_to": target.key,
    }
    cited: Cited = [(event.source, event.locator) for event in events]
    return links.wrap(f"#{rows[0]}", said, cited, attributes, el("path", shape))


def _name(descent: Descent, node: Node) -> str:
    """What a bar is called where its column does not stand above it."""
    return node.words if len(node.ids) > 1 else descent.bodies[node.key].name or node.words


def _outline(ribbon: Ribbon) -> str:
    """The outline of a band: its upper edge there, its lower edge back."""
    upper = list(ribbon.points)
    lower = [(x, y + ribbon.height) for x, y in reversed(upper)]
    return f"{_edge(upper, 'M')}{_edge(lower, 'L')}Z"


def _edge(points: list[tuple[float, float]], start: str) -> str:
    out = f"{start}{num(points[0][0])} {num(points[0][1])}"
    for (x, y), (to_x, to_y) in pairwise(points):
        if y == to_y:
            out += f"H{num(to_x)}"
        else:
            middle = num((x + to_x) / 2)
            out += f"C{middle} {num(y)} {middle} {num(to_y)} {num(to_x)} {num(to_y)}"
    return out
