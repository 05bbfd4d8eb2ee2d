"""Change events in words: who went where, the largest share first, a few strays folded at the end."""

from __future__ import annotations

from typing import Any


def event_lines(event: dict[str, Any]) -> list[str]:
    """A change event as lines: one sentence, and where several became several, one line for each that went.

    >>> event_lines({"date": "2006-10-01", "kind": "created", "predecessors": [],
    ...              "successors": [{"id": "pct:5QA", "name": "A PCT"}],
    ...              "pairs": [{"predecessor": "", "successor": "pct:5QA", "weight": None, "stray": False}]})
    ['2006-10-01 created: A PCT (pct:5QA)']
    """
    from orgmap.graphmodel.vocabulary import event_kinds

    words = _EventWords(event)
    start = f"{_day(event)} {event_kinds()[event['kind']].label}{_status(event)}: "
    counted = f" [weights: {_several(event['counts'])}]" if event.get("counts") and words.weighed else ""
    rest = event.get("pairs_elsewhere")
    counted += f" (and {rest:,} elsewhere)" if rest else ""
    going = [pair for pair in event["pairs"] if not pair["stray"]] or event["pairs"]
    before = list(dict.fromkeys(pair["predecessor"] for pair in going if pair["predecessor"]))
    after = list(dict.fromkeys(pair["successor"] for pair in going if pair["successor"]))
    if not before or not after:
        return [f"{start}{', '.join(words.named(one) for one in before or after)}{counted}"]
    strays = [pair for pair in event["pairs"] if pair["stray"] and pair not in going]
    if len(before) == 1:
        successors = ", ".join(words.successor(pair) for pair in going)
        return [f"{start}{words.named(before[0])} → {successors}{words.fold(strays)}{counted}"]
    if len(after) == 1:
        givers = ", ".join(
            words.predecessor(pair) for pair in sorted(going, key=lambda pair: -(pair["weight"] or 0))
        )
        return [f"{start}{givers} → {words.named(after[0])}{words.fold(strays, both=True)}{counted}"]
    lines = [f"{start}{len(before)} bodies became {len(after)}{counted}"]
    for one in before:
        successors = ", ".join(words.successor(pair) for pair in going if pair["predecessor"] == one)
        own = [pair for pair in strays if pair["predecessor"] == one]
        lines.append(f"    {words.named(one)} → {successors}{words.fold(own)}")
    return lines


def lines_of(events: list[dict[str, Any]]) -> list[str]:
    """Several events as lines; those of which nothing but strays is told are folded into one line at the end."""
    lines: list[str] = []
    strayed: list[str] = []
    for event in events:
        if event["pairs"] and all(pair["stray"] for pair in event["pairs"]):
            words = _EventWords(event)
            strayed += [f"{_day(event)} {words.both(pair)}" for pair in event["pairs"]]
        else:
            lines += event_lines(event)
    if strayed:
        lines.append(f"and {len(strayed)} stray{'' if len(strayed) == 1 else 's'}: {'; '.join(strayed)}")
    return lines


def pairs_cell(pairs: list[dict[str, Any]]) -> str:
    """The pairs of an event as one cell of a table, none left out.

    >>> pairs_cell([{"predecessor": "pct:A", "successor": "ccg:B", "weight": 0.25, "counts": "practices",
    ...              "about": "", "number": 3, "stray": False}])
    'pct:A > ccg:B 0.25 of practices (3)'
    """
    said = []
    for pair in pairs:
        words = [f"{pair['predecessor'] or '-'} > {pair['successor'] or '-'}"]
        if pair["weight"] is not None:
            words.append(f"{pair['weight']:g}")
        if pair["counts"]:
            words.append(f"of {pair['counts']}" if pair["weight"] is not None else pair["counts"])
        if pair["number"] is not None:
            words.append(f"({pair['number']})")
        if pair["about"]:
            words.append(f"for {pair['about']}")
        said.append(" ".join([*words, *(["stray"] if pair["stray"] else [])]))
    return "; ".join(said)


def print_memberships(memberships: list[dict[str, Any]]) -> None:
    """Under whom a practice was listed, one line each."""
    for one in memberships:
        start = one["valid_from"] or "a day not known"
        start = f"about {start}" if one.get("from_precision") == "approx" else start
        until = f"until {one['valid_until']} (not included)" if one["valid_until"] else "no end known"
        basis = "" if one["basis"] in (None, "published") else f" [{one['basis']}]"
        body = one["body"]
        print(
            f"listed under {body.get('name') or '(name not known)'} ({body['id']}) from {start}, {until}{basis}"
        )


class _EventWords:
    """The bodies of one event by name, and its pairs with their weights."""

    def __init__(self, event: dict[str, Any]) -> None:
        self.before = {body["id"]: body for body in event["predecessors"]}
        self.after = {body["id"]: body for body in event["successors"]}
        self.weighed = any(pair["weight"] is not None for pair in event["pairs"])

    def named(self, body_id: str, before: bool = True) -> str:
        order = (self.before, self.after) if before else (self.after, self.before)
        body = order[0].get(body_id) or order[1].get(body_id) or {}
        return f"{body.get('name') or '(name not known)'} ({body_id})"

    def predecessor(self, pair: dict[str, Any]) -> str:
        return f"{self.named(pair['predecessor'])}{_share(pair)}"

    def successor(self, pair: dict[str, Any]) -> str:
        return f"{self.named(pair['successor'], before=False)}{_share(pair)}"

    def both(self, pair: dict[str, Any]) -> str:
        return f"{self.named(pair['predecessor'])} → {self.successor(pair)}"

    def fold(self, strays: list[dict[str, Any]], both: bool = False) -> str:
        """What a few practices strayed to, after all else."""
        if not strays:
            return ""
        names = ", ".join(self.both(pair) if both else self.successor(pair) for pair in strays)
        return f" and {len(strays)} stray{'' if len(strays) == 1 else 's'}: {names}"


def _share(pair: dict[str, Any]) -> str:
    """The share of the predecessor that passed; a small one is never rounded to nothing, nor a large one to all."""
    weight, service = pair["weight"], (pair.get("about") or "").partition(":")[2].replace("_", " ")
    about = f" for {service}" if service else ""
    if weight is None:
        number = pair.get("number")
        return f" {number:,} {pair['counts']}{about}" if number else about
    if 0 < weight < 0.01:
        return f" under 1%{about}"
    if 0.995 <= weight < 1:
        return f" over 99%{about}"
    return f" {weight:.0%}{about}"


def _day(event: dict[str, Any]) -> str:
    said = {"month": "in ", "year": "in ", "approx": "about ", "quarter": "in "}.get(
        event.get("precision") or "", ""
    )
    day = event["date"] or "on a day not known"
    length = {"month": 7, "year": 4}.get(event.get("precision") or "", 10)
    return f"{said}{day[:length] if event['date'] else day}"


def _status(event: dict[str, Any]) -> str:
    """The word for a change that has not happened, and the day on which it was said."""
    if "status" not in event:
        return ""
    from orgmap.queries.plans.marks import plan_words

    return f" ({plan_words(event['status'], event.get('stated_on'))})"


def _several(counts: str | list[str]) -> str:
    return (counts if isinstance(counts, str) else ", ".join(counts)).replace("_", " ")
