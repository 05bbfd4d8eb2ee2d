"""The words of a body's page: its life, what it came from and became, whom it answers to, what it commissions."""

from __future__ import annotations

from typing import Any

from orgmap.graph import Graph
from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import NothingFound, OrgmapError
from orgmap.graphmodel.store import each_source
from orgmap.graphmodel.vocabulary import event_kinds, kinds, verbs
from orgmap.queries.answers import each_cited
from orgmap.queries.citing import reference

SHOWN = 60
"""So many rows stand in a list of a page; the JSON has all."""


def body_words(graph: Graph, body: str, at: str, include: tuple[str, ...]) -> dict[str, Any]:
    """What the template of a body's page takes. Raises what `Graph.show` does."""
    shown = graph.show(body, at or None, include=include)
    whole: dict[str, Any] = shown.to_dict()  # type: ignore[assignment]
    steps = _asked(graph.answers_to, body, at, include)
    doing = _asked(graph.what, body, at, include)
    return {
        "answer": whole,
        "kind": kinds()[whole["body"]["kind"]].label,
        "before": [
            one for event in whole["events"] for one in _pairs(event, body, "successor", "predecessor")
        ],
        "after": [
            one for event in whole["events"] for one in _pairs(event, body, "predecessor", "successor")
        ],
        "chains": steps["chains"] if steps else [],
        "others": steps["others"] if steps else [],
        "commissions": doing["commissions"] if doing else [],
        "relations": [{**one, "does": verbs()[one["verb"]].forward} for one in whole["relations"]],
        "last": _last_day(whole),
        "references": _references(graph, body),
        "most": SHOWN,
    }


def reform_told(graph: Graph, reform: str, include: tuple[str, ...] = ()) -> dict[str, Any] | None:
    """What a reform changed; None for one without a day, or of a day before all that is known."""
    try:
        whole: Any = graph.reform(reform, include=include).to_dict()
    except NothingFound:
        return None
    return dict(whole)


def _references(graph: Graph, body: str) -> list[str]:
    """The sources that know the body, each as a reference to put below a text."""
    cited = [(one.source, one.locator) for one in graph.store.entities(ids=[body])]
    sources = graph.store.sources(each_source(source for source, _ in cited))
    found = (reference(sources[one], locator) for one, locator in each_cited(cited) if one in sources)
    return list(dict.fromkeys(found))


def _last_day(whole: dict[str, Any]) -> str:
    """The last day of a body that is no more on the day that is asked for; blank for others."""
    end = whole["body"]["valid_until"]
    return day_before(end) if end and end <= whole["at"] else ""


def _asked(question: Any, body: str, at: str, include: tuple[str, ...]) -> dict[str, Any] | None:
    """What another question says of the same body; None where it says nothing."""
    try:
        whole: dict[str, Any] = question(body, at or None, include=include).to_dict()
    except OrgmapError:
        return None
    return whole


def _pairs(event: dict[str, Any], body: str, own: str, other: str) -> list[dict[str, Any]]:
    """Those on one side of a change whom a body came from or became, the weightiest first, strays last."""
    named = {one["id"]: one for one in (*event["predecessors"], *event["successors"])}
    found = [
        {
            "date": event["date"],
            "how": event_kinds()[event["kind"]].label,
            "ended": event_kinds()[event["kind"]].ends == "yes",
            "body": named.get(pair[other], {"id": pair[other], "name": None}),
            "weight": pair["weight"],
            "counts": pair["counts"],
            "stray": pair["stray"],
            "status": pair.get("status") or event.get("status", ""),
            "sources": event["sources"],
        }
        for pair in event["pairs"]
        if pair[own] == body and pair[other]
    ]
    return sorted(found, key=lambda one: (one["stray"], -(one["weight"] or 0)))
