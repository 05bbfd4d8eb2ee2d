"""What is typed: commands with their options and, for each, words that fit, nearly fit, or are hostile."""

from __future__ import annotations

from random import Random
from typing import Any

from orgmap.cli.kit.refusals import NO_DIFFERENCE
from tests.commands import EVERY

PLACES = [
    "CT9 1AA",
    "ct91aa",
    "CT9",
    "CT9 1",
    "Thanet",
    "Kent",
    "10E",
    "ccg:10E",
    "hwb:E10000016",
    "G82064",
    "Kent, England",
    "Thanet (Kent)",
    "IM1 1AA",
    "ZZ9 9ZZ",
    "NHS Thannet CCG",
    "Q37",
    "E07000114",
]
DAYS = [
    "2013-06-01",
    "2013",
    "2013-04",
    "1 April 2013",
    "01/04/2013",
    "2012/13",
    "today",
    "1999-03-31",
    "2999-01-01",
    "2013-02-30",
    "31/31/2013",
    "0",
    "9999-12-31",
    "-1",
    "1e9",
    "٢٠١٣-٠٤-٠١",
]
KINDS = [
    "ccg",
    "pct",
    "icb",
    "practice",
    "clinical_commissioning_group",
    "service",
    "area",
    "clan",
    "CCG",
    "sicbl",
]
SERVICES = ["maternity", "health visiting", "wheelchairs", "jabs", "probation", "GP", "dentists", "zorkle"]
WORDS = [
    "ccg:10E member_of stp:QKS",
    "abolition",
    "who commissions",
    "%",
    "£",
    "?",
    "how much",
    "2013",
    "and",
    "or",
    "not",
    "NEAR(",
    "reform:2013",
    "Lansley",
    "kent ccg",
    "thanet*",
    '"',
    "'; DROP TABLE entities; --",
    "{}",
    "%s%n",
    "__class__",
]
HOSTILE = [
    "",
    " ",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x9b2J",
    "\u202eKent",
    "a\rb",
    "a\nb",
    "\t",
    "\x00",
    "\ud800",
    "\udcff",
    "x" * 5000,
    "ab " * 3000,
    "," * 3000,
    "(" * 3000,
    "é" * 300,
    "\U0001f600",
    "𝔎𝔢𝔫𝔱",
    "ﬃ",
    "İ",
    "ß",
    "-",
    "--",
    "---",
    "-x",
    "--at",
    "=",
    "a=b=c",
    "../../etc/passwd",
    "/",
    ".",
    "~",
    "$HOME",
    "`id`",
    "<b>",
    "&amp;",
    "]]>",
    "nan",
    "inf",
    "1" * 400,
    "\ufeff",
]
FORMS = ["table", "json", "ndjson", "csv", "xml", ""]
STORES = [
    "",
    "networkx:",
    "networkx",
    "mysql://x",
    "neo4j://",
    "neo4j://a b",
    "bolt://u:p@h",
    "bolt://x?y",
    "file:///etc/passwd",
]
STATUSES = ["planned", "shadow", "disputed", "proposed", "conditional", "provisional", "rumours", ""]
TARGETS = [
    "out.csv",
    "old.html",
    "old",
    "folder",
    "full",
    "shut",
    "out.html",
    "out.svg",
    "out",
    "-",
    "/dev/null",
    "missing/out",
    ".",
    "x" * 300,
    "in.csv",
    "link",
    "/dev/stdout",
]

COMMON_WORDS = [*PLACES, *DAYS, *KINDS, *SERVICES, *WORDS]
FILES = ["in.csv", "bad.csv", "two.csv", "missing.csv", "odd.csv", "-", ".", "/dev/null", "link", "shut.csv"]

ENDLESS = frozenset({"explore", "serve", "site"})
"""Commands that end when they are told to, or after more seconds than a call by chance may take: each has tests of its
own for what is hostile to it."""

ARGUMENTS: dict[str, list[list[str]]] = {
    "find": [PLACES],
    "search": [WORDS + PLACES],
    "show": [PLACES],
    "list": [KINDS],
    "population": [KINDS],
    "prescribed": [KINDS],
    "lineage": [PLACES],
    "who": [SERVICES],
    "what": [PLACES],
    "answers-to": [PLACES],
    "stated": [WORDS],
    "diff": [DAYS, DAYS],
    "guide": [PLACES],
    "due": [],
    "process": [["authority", "merging", "x", *WORDS]],
    "case": [["auth:thanet", "merger:kent", *PLACES]],
    "board": [["hwb", "ccg", "Wellbeing Board", "panel", *PLACES]],
    "check-board": [FILES],
    "explain": [WORDS],
    "walk": [["birth", "fall", "x", *FILES, *WORDS]],
    "plans": [],
    "outcome": [["2013", "reform:2013", "end", "merger:kent_and_medway", "x", *WORDS]],
    "reconcile": [],
    "reforms": [],
    "reform": [["2013", "reform:2013", "x"]],
    "crosswalk": [KINDS, DAYS, KINDS, DAYS],
    "annotate": [FILES],
    "handover": [FILES],
    "rollup": [FILES],
    "template": [["rag-domains", "agreements", "x", *WORDS]],
    "draw": [],
    "build": [],
    "load": [],
    "export": [["graphml", "gexf", "cypher", "csv", "parquet", "turtle", "jsonld", "x"]],
    "check": [],
    "sources": [],
    "cite": [WORDS + PLACES],
    "new-tables": [TARGETS],
}
"""What the arguments of each command may be."""

PICTURES: dict[str, list[list[str]]] = {
    "reform": [["2013", "reform:2013"]],
    "diff": [DAYS, DAYS],
    "services": [PLACES],
    "network": [PLACES],
    "lineage": [PLACES],
    "timeline": [PLACES, PLACES],
    "plans": [["2013", "reform:2013", "x"]],
    "programme": [["cluster-2012", "x", *WORDS]],
    "map": [DAYS],
}
"""What the words of each picture may be."""

_ODD = """x - . clan rumours xml hex undefined rot13 idna 0 -1 1e9 2013-02-30 31/31/2013 none wealth = x=y folder
missing.csv bad.csv two.csv shut.csv missing/out networkx mysql://x neo4j:// bolt://u:p@h bolt://x?y
file:///etc/passwd /dev/null"""
BAD = frozenset(["", "neo4j://a b", "x" * 300, "9" * 30, *_ODD.split()])
"""Values that are refused as they stand."""

VALUES: dict[str, list[str]] = {
    "--ages": ["65+", "0-4", "5-x", "-"],
    "--basis": ["registered", "residents", "x"],
    "--sex": ["female", "male", "x"],
    "--chapter": ["04", "skin", "99", "x"],
    "--as-of": DAYS,
    "--remove": WORDS,
    "--since": DAYS,
    "--about": PLACES + SERVICES,
    "--across": DAYS,
    "--body": ["place", "body", "none"],
    "--domain": ["day", "domain", "none"],
    "--party": ["place", "day", "none"],
    "--place": ["place", "day", "none"],
    "--rating": ["day", "rating", "none"],
    "--rule": ["worst", "most", "x"],
    "--scale": ["red,green", "red", "red,red", "", "x"],
    "--to": [*KINDS, "region"],
    "--as": ["charity", "complainant", "bishop", "hwb", "CCG governing body", "x"],
    "--and": DAYS,
    "--as-known-on": DAYS,
    "--at": DAYS,
    "--at-column": ["day", "place", "x"],
    "--by": ["population", "practices", "items", "cost", "wealth"],
    "--column": ["place", "day", "none"],
    "--count-by": ["topic", "about", "outcome", "wave", "x"],
    "--encoding": ["utf-8", "cp1252", "utf-16", "utf-7", "hex", "x", "idna", "rot13", "undefined"],
    "--file": FILES,
    "--for": PLACES,
    "--format": [*FORMS, "html", "svg", "ics"],
    "--from": ["visit=2012-10-10", "visit=31 June", "dance=2012-10-10", "=", "x"],
    "--hops": ["1", "2", "0", "x", "9" * 30],
    "--in": ["000", "or", "1", "x"],
    "--include": STATUSES,
    "--kind": KINDS,
    "--limit": ["1", "0", "-1", "9" * 30, "x"],
    "--may": ["CCG merger", "advise on needs", "x", *WORDS],
    "--output": TARGETS,
    "--owner": [*KINDS, *PLACES],
    "--process": ["authority", "merging", "x", *WORDS],
    "--person": ["place", "day", "none"],
    "--practice": [*PLACES, "G82064", "x"],
    "--programme": ["cluster-2012", "x", *WORDS],
    "--reports": ["2013-06..2013-08", "2013..2012", "..", "2013", "2013-06..", *DAYS],
    "--resident": PLACES,
    "--role": ["place", "day", "none"],
    "--service": SERVICES,
    "--store": STORES,
    "--stream": ["estates", "Estates", "x", *WORDS],
    "--to-day": DAYS,
    "--until": DAYS,
    "--topic": ["date", "x"],
    "--view": ["structure", "money", "commissioning", "x"],
    "--where": [
        "subject=pctc",
        "outcome=directions",
        "wave=2",
        "subject=???",
        "due=2012",
        "x=y",
        "=",
        "part=",
    ],
    "--within": PLACES,
}
"""What the value of each option may be."""

OWN = ["mine", "mine/", "faulty", "folder", "in.csv", "loop", ".", "", "x" * 300, *HOSTILE]
"""What people may lay over the tables."""

NEEDED = ("--for", "--column", "--party", "--across", "--to", "--output")


def options(name: str) -> dict[str, Any]:
    """The options of a command (“draw map”) as the program itself knows them, by their longest name."""
    return {max(one.opts, key=len): one for one in EVERY[name].params if one.param_type_name == "option"}


def command(chance: Random) -> list[str]:
    """One command line by chance: half of them mild, so that many are answered, the rest as odd as it gets."""
    mild = chance.random() < 0.5
    name = chance.choice([*ARGUMENTS, "frobnicate"])
    if name == "frobnicate":
        return [name, *(_word(chance, WORDS, mild) for _ in range(chance.randrange(3)))]
    line = [name]
    if name == "draw":
        picture = chance.choice(list(PICTURES))
        line.append(picture if mild else _word(chance, list(PICTURES), mild))
        arguments = PICTURES[picture]
        known = options(f"draw {picture if mild else chance.choice(list(PICTURES))}")
    else:
        arguments, known = ARGUMENTS[name], options(name)
    if mild:
        known = {option: one for option, one in known.items() if one.help != NO_DIFFERENCE}
    for choices in arguments:
        if mild or chance.random() < 0.95:
            line.append(_word(chance, choices, mild))
    needed = [
        one
        for one in known
        if (one in NEEDED or known[one].required) and chance.random() < (1 if mild else 0.9)
    ]
    more = chance.sample(list(known), min(len(known), chance.choice((0, 0, 1, 1, 2, 3))))
    for option in dict.fromkeys([*needed, *more]):
        line += _typed(chance, option, known[option], mild)
    if not mild and chance.random() < 0.06:
        line.insert(
            chance.randrange(len(line) + 1),
            chance.choice(["--help", "--version", "--", *HOSTILE, *COMMON_WORDS]),
        )
    if chance.random() < 0.1:
        line[:0] = ["--with", "mine" if mild else chance.choice(OWN)]
    return line


def _typed(chance: Random, option: str, known: Any, mild: bool) -> list[str]:
    """An option with its value, in one of the ways in which people type them."""
    name = chance.choice(known.opts)
    if known.is_flag:
        return [name]
    value = _word(chance, VALUES[option], mild)
    if chance.random() < 0.1:
        return [f"{name}={value}" if name.startswith("--") else f"{name}{value}"]
    return [name, *(value.split(" ") if chance.random() < 0.1 else [value])]


def _word(chance: Random, choices: list[str], mild: bool) -> str:
    if mild:
        return chance.choice([one for one in choices if one not in BAD] or choices)
    throw = chance.random()
    if throw < 0.75:
        return chance.choice(choices)
    if throw < 0.88:
        return chance.choice(HOSTILE)
    if throw < 0.92:
        return "".join(chr(_letter(chance)) for _ in range(chance.randrange(1, 30)))
    word = list(chance.choice(choices) or "x")
    word[chance.randrange(len(word))] = chance.choice(
        [*"aZ0-: ,;", *[one for one in HOSTILE if len(one) == 1]]
    )
    return "".join(word)


def _letter(chance: Random) -> int:
    """Any letter there is, those of the first pages more often."""
    return chance.randrange(chance.choice((0x80, 0x250, 0x2100, 0x110000)))
