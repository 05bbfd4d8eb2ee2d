"""One question for each command that has an answer in Kent, and one that has none."""

from __future__ import annotations

AT = ("--at", "2013-12-01")

ANSWERED: dict[str, tuple[str, ...]] = {
    "find": ("find", "CT9 1AA", *AT),
    "search": ("search", "thanet"),
    "show": ("show", "ccg:10E", *AT),
    "list": ("list", "ccg", *AT),
    "lineage": ("lineage", "ccg:10E"),
    "diff": ("diff", "2013-03-31", "2013-12-01"),
    "reforms": ("reforms",),
    "reform": ("reform", "2013"),
    "crosswalk": ("crosswalk", "pct", "2013-03-31", "ccg", "2013-04-01"),
    "population": ("population", "ccg", *AT),
    "prescribed": ("prescribed", "ccg", "--at", "2013-06"),
    "sources": ("sources",),
    "cite": ("cite", "ccg:10E", "member_of", "stp:QKS"),
}
"""Commands that can write every format."""

NOTHING: dict[str, tuple[str, ...]] = {
    "find": ("find", "CT9 1AB", *AT),
    "find on a day before the tables": ("find", "CT9 1AA", "--at", "1999-03-31"),
    "find on a day to come": ("find", "CT9 1AA", "--at", "2999-01-01"),
    "find abroad": ("find", "BT1 1AA", *AT),
    "find where nothing is known": ("find", "Atlantis", *AT),
    "search": ("search", "qqqqq"),
    "show": ("show", "Atlantis", *AT),
    "list": ("list", "pcn", *AT),
    "list before its kind": ("list", "icb", *AT),
    "list within nowhere": ("list", "ccg", "--within", "Atlantis", *AT),
    "lineage": ("lineage", "Atlantis"),
    "lineage of what never changed": ("lineage", "district:E07000114"),
    "diff": ("diff", "2014-03-31", "2014-04-01"),
    "diff before the tables": ("diff", "1998-03-31", "2014-04-01"),
    "reform": ("reform", "1948"),
    "crosswalk": ("crosswalk", "ccg", "2010-01-01", "icb", "2010-01-01"),
    "population on no list": ("population", "ccg", "--basis", "registered", *AT),
    "prescribed in no table": ("prescribed", "ccg", *AT),
    "cite": ("cite", "ccg:10E", "funds", "stp:QKS"),
    "stated": ("stated", "plans"),
    "guide": ("guide", "Atlantis"),
    "guide on a theme that is none": ("guide", "CT9 1AA", "--about", "widgets", *AT),
    "explain": ("explain", "QIIP"),
    "walk": ("walk", "holiday", "--resident", "CT9 1AA", *AT),
}

AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "show": ("show", "91Q", "--at", "2010-06-01"),
    "lineage": ("lineage", "91Q"),
    "cite": ("cite", "QKS"),
}

FORMATS = ("table", "json", "ndjson", "csv")
