"""The statements of the five documents as they were listed: each with its lines, and the section each line is in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orgmap.graphmodel.errors import DataBroken

FILES = ("seed_facts_000_001_002.yaml", "seed_facts_003_004.yaml")

LISTS = frozenset(
    """
    people_roles coverage statistics relationships services milestones processes rules advice ambiguities
    gaps_not_in_documents cross_seed_links persons_and_roles indicators rag_and_assessment_methods
    assurance_questions checklists unreadable_or_missing_text not_in_documents statements
    """.split()
)
"""Lists whose every item is a statement: each must be told by a row of our tables that names it."""

BESIDE = frozenset("documents organisations geographies artefacts systems".split())
"""Lists of what the statements are about: an item is told where a statement cites one of its lines."""

NOT_STATED_THERE = frozenset({"outside_the_documents", "meta"})
"""What the lists add from elsewhere; it is in none of the documents and so in none of our tables."""


class Facts:
    """The listed items with their lines, and the sections of the documents."""

    def __init__(self) -> None:
        self.lines: dict[str, list[tuple[str, int]]] = {}
        self.list_of: dict[str, str] = {}
        self._sections: dict[str, dict[int, str]] = {}

    def add(self, name: str, item: dict[str, Any]) -> None:
        """Takes one item of one list; ids that two lists share are kept apart by the documents they are of."""
        places = list(_places(item))
        self.list_of.setdefault(item["id"], name)
        self.lines.setdefault(item["id"], []).extend((number, line) for number, line, _ in places)
        for number, line, section in places:
            if section and not section.startswith("("):
                self._sections.setdefault(number, {}).setdefault(line, section)

    def name_section(self, number: str, line: int, section: str) -> None:
        """Names the section of a line where no item does."""
        self._sections.setdefault(number, {})[line] = section

    def section(self, number: str, line: int) -> str:
        """The section that a line of a document stands in: the one named for it, or the last before it."""
        named = self._sections[number]
        return named[max((known for known in named if known <= line), default=min(named))]


def _places(item: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Every place that an item cites, as (document, line, section)."""
    for one in item.get("evidence") or ():
        yield one["file"][:3], int(one["line"]), one["section"]
    if item.get("lines") and item.get("loc"):
        yield item["source"][:3], int(item["lines"][0]), item["loc"]
    for part in ("transitions", "second_quote"):
        inner = item.get(part) or []
        for one in inner if isinstance(inner, list) else [inner]:
            yield from _places(one)


def read_facts(published: Path) -> Facts:
    """Reads both lists of statements. Raises `DataBroken` if one is missing, or has a list nobody knows."""
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise DataBroken("Compiling the documents needs PyYAML: pip install pyyaml.") from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    facts = Facts()
    for file in FILES:
        path = published / "facts" / file
        try:
            told = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        except (OSError, yaml.YAMLError) as error:
            raise DataBroken(f"{path}: cannot be read ({error}).") from error
        for name, items in told.items():
            if name in NOT_STATED_THERE:
                continue
            if name not in LISTS | BESIDE:
                raise DataBroken(f"{path}: “{name}” is no list that is known here.")
            for item in items:
                facts.add(name, item)
    return facts
