"""The pages of what is promised: the sentences of the tests in tests/spec, with their cases and the worlds they ask."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docs.making.tables import table

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "tests" / "spec"

CAPITALS = (
    "CCG CCGs CSV DOCX England English GP GSS HTML ICB ICBs JSON Kent LINk LINks LSOA LSOAs London MSOA NHS NDJSON"
    " Neo4j ODS PCT PCTs Python SHA SQLite STP UPRN Wales Welsh"
)
"""Words that a sentence needs with their capitals; the names of tests have none."""


APOSTROPHES = (
    "another kind's",
    "board's practices",
    "body's name",
    "commissioner's area",
    "council's partnerships",
    "hub's office",
    "town's name",
    "trusts' areas",
)
"""Words that a sentence needs with their apostrophes."""


class SpecificationPart(NamedTuple):
    """A part of the specification: its file, its heading, what a reader finds in it, the chapters in their order."""

    page: str
    heading: str
    about: str
    chapters: tuple[str, ...]


PARTS = (
    SpecificationPart(
        "places",
        "The right place",
        "What is typed as a place leads to that place, or to the question which one is meant, or to a refusal that"
        " helps: never silently to another.",
        ("find", "places", "place_names", "place_codes", "place_hints", "areas"),
    ),
    SpecificationPart(
        "bodies",
        "The right body",
        "A name, an abbreviation or a code means the body that bore it on the day that is asked about.",
        ("resolve", "names", "names_of_ended_offices", "search", "show", "list", "vocabulary"),
    ),
    SpecificationPart(
        "commissioning",
        "Who commissions",
        "Who commissions a service, for whom, through whom and answerable to whom follows the relations of that body on"
        " that day; what no source states is “not stated”.",
        ("who", "guide", "board", "explain", "walk", "stated", "stated_record", "cite"),
    ),
    SpecificationPart(
        "change",
        "What changed",
        "What came before a body, what became of it, and what differs between two days: all of it, once, and with its"
        " weight.",
        ("lineage", "successors", "diff", "reforms", "crosswalk", "population", "prescribed", "snapshot"),
    ),
    SpecificationPart(
        "plans",
        "What is planned",
        "A plan is told as a plan, with who said so and when, and never as a fact; what came of it is told by the days"
        " of what happened.",
        (
            "what_is_to_change",
            "outcome",
            "reconcile",
            "plans",
            "planned_changes",
            "known_then",
            "due",
            "cases",
        ),
    ),
    SpecificationPart(
        "days",
        "The right day",
        "A day is read as it was meant; the first day of a period counts and the day after its last does not; what"
        " has two answers says both.",
        ("dates", "period", "days", "entrances"),
    ),
    SpecificationPart(
        "tables",
        "Whole tables",
        "The tables that come with the program, a table of your own, and the graph that is built from them: nothing is"
        " lost on the way, and every fault is told.",
        ("annotate", "handover", "rollup", "check", "build", "seal"),
    ),
)
"""The seven kinds of right answers. A chapter that none of them names stands at the end of the last."""


class Sentence(NamedTuple):
    """One promise: its words, what is said beside it, its cases as a table, the worlds drawn for it alone."""

    words: str
    beside: str
    cases: str
    worlds: list[str]
    stores: bool


def pages() -> dict[str, str]:
    """A page for each part, one with the worlds that many chapters share, and one that leads to them."""
    named = {name for part in PARTS for name in part.chapters}
    there = {path.stem.removeprefix("test_"): path for path in sorted(SPEC.glob("test_*.py"))}
    rest = tuple(name for name in there if name not in named)
    made, counted = {}, []
    for number, part in enumerate(PARTS):
        chapters = part.chapters + (rest if number == len(PARTS) - 1 else ())
        texts, sentences = [], 0
        for name in filter(there.__contains__, chapters):
            text, many = _chapter(there[name])
            texts.append(text)
            sentences += many
        made[f"specification/{part.page}.md"] = "\n\n".join([f"# {part.heading}", part.about, *texts]) + "\n"
        counted.append([f"[{part.heading}]({part.page}.md)", part.about, sentences])
    made["specification/worlds.md"] = _shared_worlds()
    made["specification/index.md"] = _front(counted)
    return made


def _front(counted: list[list[object]]) -> str:
    """The page that says what the specification is and leads to its parts."""
    inside = "\n".join([*(part.page for part in PARTS), "worlds"])
    return f"""# What is promised

Each sentence of these pages is the name of a test that is run before a change is taken up. It asks the question of a
small drawn world, some streets and bodies with their dates, and it holds only if the answer is right. Nobody writes
these pages: they are made from the tests, so they promise what is checked, neither more nor less. Most sentences
are checked three times: on the embedded file, on the graph in memory and on a Neo4j server, which must answer alike.

{table(["part", "what it promises", "sentences"], counted)}

Below a sentence stand its cases, where it has several. The world that a chapter asks stands at its end, to be unfolded;
[](worlds.md) has those that many chapters share. How often the answers agree with the tables that the NHS and
the Office for National Statistics publish is another matter: [](../explanation/accuracy.md).

```{{toctree}}
:hidden:

{inside}
```
"""


def _shared_worlds() -> str:
    """The page of the worlds that many chapters ask."""
    drawn = worlds(ast.parse((ROOT / "tests" / "kent.py").read_text(encoding="utf-8")), {})
    parts = [
        "# The worlds that many chapters share",
        "Drawn for the tests, after Kent: few bodies, so that anyone can tell the right answer by looking.",
    ]
    for name, text in drawn.items():
        parts += [f"## {title(name)}", _tables(text)]
    return "\n\n".join(parts) + "\n"


def _chapter(path: Path) -> tuple[str, int]:
    """A chapter as text, and how many sentences it has."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    drawn = worlds(tree, {})
    heading = re.sub(r"\s+", " ", (ast.get_docstring(tree) or path.stem).splitlines()[0]).strip()
    parts = [f"## {heading.rstrip('.')}", f"`tests/spec/{path.name}`"]
    sentences = list(_sentences(tree))
    on_all = sum(one.stores for one in sentences)
    if on_all:
        parts[-1] += (
            f"; {'all' if on_all == len(sentences) else on_all} of its {len(sentences)} sentences on every store"
        )
    for one in sentences:
        parts.append(f"**{one.words}.**" + (f" {one.beside}" if one.beside else ""))
        if one.cases:
            parts.append(one.cases)
        parts += [_unfolded("The world of this sentence", text) for text in one.worlds]
    parts += [_unfolded(f"The world “{title(name)}”", text) for name, text in drawn.items()]
    return "\n\n".join(parts), len(sentences)


def _sentences(tree: ast.Module) -> Iterator[Sentence]:
    """Every test of a chapter as a sentence, in the order in which they stand."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            beside = " ".join((ast.get_docstring(node) or "").split())
            asked = {argument.arg for argument in node.args.args}
            texts = [
                one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and is_world(one.value)
            ]
            yield Sentence(sentence(node.name), beside, _cases(node), texts, "build" in asked)


def sentence(name: str) -> str:
    """A test's name as a sentence.

    >>> sentence("test_in_2012_the_trust_commissions_and_the_ccg_emerges")
    'In 2012 the trust commissions and the CCG emerges'
    >>> sentence("test_a_hub_has_the_hubs_office")
    "A hub has the hub's office"
    """
    capitals = {word.lower(): word for word in CAPITALS.split()}
    words = [capitals.get(word, word) for word in name.removeprefix("test_").split("_")]
    text = " ".join(words)
    for phrase in APOSTROPHES:
        text = re.sub(rf"\b{phrase.replace(chr(39), '')}\b", phrase, text)
    return text[:1].upper() + text[1:]


def title(name: str) -> str:
    """A world's name in words.

    >>> title("KENT_THROUGH_TIME")
    'Kent through time'
    """
    return name.replace("_", " ").capitalize()


def _cases(node: ast.FunctionDef) -> str:
    """The cases of a test as a table, where they are plain values."""
    for mark in node.decorator_list:
        if not (isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.parametrize"):
            continue
        try:
            names, values = (ast.literal_eval(one) for one in mark.args[:2])
        except ValueError:
            continue
        headings = [one.strip() for one in names.split(",")] if isinstance(names, str) else list(names)
        rows = [value if len(headings) > 1 else (value,) for value in values]
        if any(is_world(cell) or len(str(cell)) > 300 for row in rows for cell in row):
            continue
        return table(
            [one.replace("_", " ") for one in headings], [[_value(cell) for cell in row] for row in rows]
        )
    return ""


def _value(value: object) -> str:
    """A value as a reader would write it."""
    if value is None or value == "" or value == [] or value == {}:
        return "(nothing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set):
        return ", ".join(map(_value, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_value(one)}" for key, one in value.items())
    text = str(value)
    plain = text if text.isprintable() else ascii(text)[1:-1]
    return f"`` {plain} ``" if re.search(r"[`*_<>\\\[\]$|{}&~#@]", plain) or plain != plain.strip() else plain


def worlds(tree: ast.Module, known: dict[str, str]) -> dict[str, str]:
    """The worlds that a file draws, by their names."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = _text(node.value, known)
            if text and is_world(text):
                known[node.targets[0].id] = text
    return known


def _text(node: ast.expr, known: dict[str, str]) -> str:
    """The text that an expression is: a text, a named one, or several one behind the other; else nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left, known) + _text(node.right, known)
    return ""


def is_world(text: object) -> bool:
    """Whether a text draws a world: a table's name, its columns, its rows."""
    return isinstance(text, str) and bool(re.match(r"\s*\w+ *\n\s*\w+ *(\|.*)?\n", text)) and "|" in text


def _unfolded(summary: str, drawing: str) -> str:
    """A world that is folded until somebody wants to see it."""
    return f"<details><summary>{summary}</summary>\n\n{_tables(drawing)}\n\n</details>"


def _tables(drawing: str) -> str:
    """A world as tables."""
    parts = []
    for block in re.split(r"\n\s*\n", drawing.strip()):
        name, *lines = (line.strip() for line in block.strip().splitlines())
        if not lines:
            continue
        header, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
        cells = [[_value(cell) if cell else "" for cell in row] for row in rows]
        parts.append(f"*{name.replace('_', ' ')}*\n\n{table([h.replace('_', ' ') for h in header], cells)}")
    return "\n\n".join(parts)
