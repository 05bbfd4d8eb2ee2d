"""What is typed: commands with their options and, for each, words that fit, nearly fit, or are hostile."""

from __future__ import annotations

from random import Random

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
STATUSES = ["planned", "shadow", "disputed", "rumours", ""]
TARGETS = [
    "out.csv",
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

COMMON = {
    "--at": DAYS,
    "--format": FORMS,
    "--store": STORES,
    "--include": STATUSES,
    "--as-known-on": DAYS,
    "--explain": [],
}
COMMANDS: dict[str, tuple[list[list[str]], dict[str, list[str]]]] = {
    "find": ([PLACES], {**COMMON, "--kind": KINDS}),
    "search": ([WORDS + PLACES], {**COMMON, "--kind": KINDS, "--limit": ["1", "0", "-1", "9" * 30, "x"]}),
    "show": ([PLACES], {**COMMON, "--kind": KINDS}),
    "list": ([KINDS], {**COMMON, "--within": PLACES}),
    "lineage": ([PLACES], {**COMMON, "--back": [], "--forward": [], "--about": SERVICES, "--kind": KINDS}),
    "who": ([SERVICES], {**COMMON, "--for": PLACES, "--and": DAYS}),
    "what": ([PLACES], {**COMMON, "--kind": KINDS}),
    "answers-to": ([PLACES], {**COMMON, "--kind": KINDS}),
    "stated": (
        [WORDS],
        {
            "--in": ["000", "or", "1", "x"],
            "--about": PLACES + SERVICES,
            "--topic": ["date", "x"],
            "--where": ["subject=pctc", "subject=???", "due=2012", "x=y", "=", "part="],
            "--count-by": ["topic", "x"],
            "--limit": ["1", "-1"],
            "--format": FORMS,
            "--store": STORES,
            "--as-known-on": DAYS,
        },
    ),
    "diff": ([DAYS, DAYS], {**COMMON, "--within": PLACES, "--kind": KINDS}),
    "reforms": ([], COMMON),
    "reform": ([["2013", "reform:2013", "x"]], {**COMMON, "--within": PLACES}),
    "crosswalk": ([KINDS, DAYS, KINDS, DAYS], {**COMMON, "--by": ["population", "practices", "wealth"]}),
    "annotate": (
        [["in.csv", "bad.csv", "two.csv", "missing.csv", ".", "/dev/null"]],
        {
            "--column": ["place", "day", "none"],
            "-o": TARGETS,
            "--at": DAYS,
            "--at-column": ["day", "place", "x"],
            "--to-day": DAYS,
            "--kind": KINDS,
            "--encoding": ["utf-8", "cp1252", "utf-16", "utf-7", "hex", "x"],
        },
    ),
    "draw": (
        [["reform", "diff", "services", "network", "lineage", "timeline", "map", "x"], DAYS + PLACES],
        {
            "--within": PLACES,
            "--at": DAYS,
            "--and": DAYS,
            "--view": ["structure", "money", "x"],
            "--service": SERVICES,
            "--hops": ["1", "2", "0", "x"],
            "--all": [],
            "--kind": KINDS,
            "-o": TARGETS,
            "--format": ["html", "svg", "x"],
        },
    ),
    "export": ([["graphml", "cypher", "csv", "x"]], {"-o": TARGETS, "--at": DAYS}),
    "check": ([], {}),
    "sources": ([], COMMON),
    "cite": ([WORDS + PLACES], {**COMMON, "--kind": KINDS}),
    "frobnicate": ([WORDS], COMMON),
}
"""Each command with what its arguments and its options may be."""


def command(chance: Random) -> list[str]:
    """One command line by chance."""
    name = chance.choice(list(COMMANDS))
    arguments, options = COMMANDS[name]
    line = [name]
    for choices in arguments:
        if chance.random() < 0.95:
            line.append(_word(chance, choices))
    needed = [one for one in ("--for", "--column", "-o") if one in options and chance.random() < 0.9]
    for option in [
        *needed,
        *chance.sample(list(options), min(len(options), chance.choice((0, 0, 1, 1, 2, 3)))),
    ]:
        line.append(option)
        if options[option]:
            line.append(_word(chance, options[option]))
    if chance.random() < 0.02:
        line.append(chance.choice(["--help", "--version", *HOSTILE]))
    return line


def _word(chance: Random, choices: list[str]) -> str:
    throw = chance.random()
    if throw < 0.75:
        return chance.choice(choices)
    if throw < 0.9:
        return chance.choice(HOSTILE)
    word = list(chance.choice(choices) or "x")
    word[chance.randrange(len(word))] = chance.choice(
        [*"aZ0-: ,;", *[one for one in HOSTILE if len(one) == 1]]
    )
    return "".join(word)
