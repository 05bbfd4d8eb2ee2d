"""Who says so, on a page: numbered references in the tables, and the list they lead to."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.model import Source
from orgmap.queries.answers import each_cited
from orgmap.queries.citing import reference
from orgmap.viz.kit.svg import el


class References:
    """The sources of a page, numbered in the order in which they are first cited."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def cite(self, cited: Iterable[tuple[str, str]]) -> str:
        """References to sources (source, locator), each source once, as links to the list.

        >>> References({"act": Source("act", "An Act")}).cite([("act", "s. 2"), ("none", "")])
        '<a href="#s1" title="s. 2">[1]</a>'
        """
        found: dict[str, list[str]] = {}
        for source, locator in each_cited(cited):
            if source in self._sources:
                found.setdefault(source, [])
                if locator and locator not in found[source]:
                    found[source].append(locator)
        links = []
        for source, locators in found.items():
            number = self._numbers.setdefault(source, len(self._numbers) + 1)
            attributes = {"href": f"#s{number}", "title": "; ".join(locators[:3]) or None}
            links.append(el("a", attributes, f"[{number}]"))
        return " ".join(links)

    def numbers(self, cited: Iterable[tuple[str, str]]) -> str:
        """The numbers of sources, where there can be no links.

        >>> References({"act": Source("act", "An Act")}).numbers([("act", "s. 2"), ("act", "s. 3")])
        '[1]'
        """
        known = dict.fromkeys(source for source, _ in each_cited(cited) if source in self._sources)
        return " ".join(f"[{self._numbers.setdefault(one, len(self._numbers) + 1)}]" for one in known)

    def lines(self) -> list[str]:
        """All sources cited so far as lines of text, for a picture without tables."""
        return [f"[{number}] {source}" for number, source in self.listed()]

    def listed(self) -> tuple[tuple[int, str], ...]:
        """All sources cited so far, with their numbers."""
        return tuple((number, reference(self._sources[one])) for one, number in self._numbers.items())
