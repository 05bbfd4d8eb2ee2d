"""One call of every question on the streets of Kent: as it stands in an address, and as Python asks it."""

from __future__ import annotations

from typing import Any

ASKED: list[tuple[str, dict[str, Any], str, tuple[Any, ...], dict[str, Any]]] = [
    ("find", {"place": "CT9 1AA", "at": "2013-06-01"}, "find", ("CT9 1AA", "2013-06-01"), {}),
    (
        "find",
        {"place": "Kent", "at": "June 2012", "include": ["shadow"]},
        "find",
        ("Kent", "June 2012"),
        {"include": ("in_force", "shadow")},
    ),
    ("search", {"text": "thannet", "limit": "3"}, "search", ("thannet",), {"limit": 3}),
    ("show", {"body": "ccg:10E", "at": "2014-01-01"}, "show", ("ccg:10E", "2014-01-01"), {}),
    ("list", {"kind": "ccg", "at": "2014-01-01"}, "list", ("ccg", "2014-01-01"), {}),
    (
        "list",
        {"kind": "ccg", "at": "2014-01-01", "within": "Kent"},
        "list",
        ("ccg", "2014-01-01"),
        {"within": "Kent"},
    ),
    ("lineage", {"body": "ccg:10E", "forward": "true"}, "lineage", ("ccg:10E",), {"forward": True}),
    (
        "who",
        {"service": "health visiting", "for": "Kent", "at": "2016-01-01"},
        "who",
        ("health visiting", "Kent", "2016-01-01"),
        {},
    ),
    (
        "what",
        {"body": "council:E10000016", "at": "2016-01-01"},
        "what",
        ("council:E10000016", "2016-01-01"),
        {},
    ),
    ("answers-to", {"body": "ccg:10E", "at": "2014-01-01"}, "answers_to", ("ccg:10E", "2014-01-01"), {}),
    ("stated", {}, "stated", (), {}),
    ("diff", {"before": "2013-03-31", "after": "2013-04-01"}, "diff", ("2013-03-31", "2013-04-01"), {}),
    (
        "diff",
        {"before": "2013-03-31", "after": "2013-04-01", "within": "Kent", "kind": "ccg"},
        "diff",
        ("2013-03-31", "2013-04-01"),
        {"within": "Kent", "kind": "ccg"},
    ),
    ("reforms", {}, "reforms", (), {}),
    ("reform", {"name": "2013"}, "reform", ("2013",), {}),
    (
        "crosswalk",
        {
            "from-kind": "pct",
            "from-day": "2013-03-31",
            "to-kind": "ccg",
            "to-day": "2013-04-01",
            "by": "practices",
        },
        "crosswalk",
        ("pct", "2013-03-31", "ccg", "2013-04-01"),
        {"by": "practices"},
    ),
    ("plans", {}, "plans", (), {}),
    ("outcome", {"name": "2013"}, "outcome", ("2013",), {}),
    ("reconcile", {}, "reconcile", (), {}),
    ("sources", {}, "sources", (), {}),
    ("cite", {"fact": "ccg:10E"}, "cite", ("ccg:10E",), {}),
    (
        "find",
        {"place": "CT9 1AA", "at": "2013-06-01", "as-known-on": "2013-06-01"},
        "find",
        ("CT9 1AA", "2013-06-01"),
        {"as_known_on": "2013-06-01"},
    ),
    ("guide", {"place": "CT9 1AA", "at": "2014-01-01"}, "guide", ("CT9 1AA",), {"at": "2014-01-01"}),
    ("explain", {"term": "ICB"}, "explain", ("ICB",), {}),
    ("due", {}, "due", (), {}),
    ("process", {"name": "ccg-authorisation"}, "process", ("ccg-authorisation",), {}),
    ("case", {"text": "ccg:10E"}, "case", ("ccg:10E",), {}),
]
