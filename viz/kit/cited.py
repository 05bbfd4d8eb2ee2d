"""A page of words: no script, no picture, its sources numbered in the order in which they are first cited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orgmap.viz.kit.page import ATTRIBUTION, hash_of, rendered
from orgmap.viz.kit.widths import FONTS

HTTP = ("https://", "http://")
"""How an address begins that leads somewhere on the web."""


class Cited:
    """Numbers sources as they are cited, and lists them at the end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._told: dict[str, dict[str, Any]] = {}

    def of(self, sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The numbers of some sources, each once, with the line in each."""
        found: dict[str, list[str]] = {}
        for one in sources:
            self._told.setdefault(one["source"], one)
            self._numbers.setdefault(one["source"], len(self._numbers) + 1)
            found.setdefault(one["source"], []).extend([one["locator"]] if one.get("locator") else [])
        return [
            {"number": self._numbers[one], "where": "; ".join(dict.fromkeys(where))}
            for one, where in found.items()
        ]

    def listed(self) -> list[dict[str, Any]]:
        """Every source with its number; its address only where that is one of the web."""
        return [
            {
                "number": number,
                "title": self._told[one]["title"],
                "url": url if (url := self._told[one].get("url") or "").startswith(HTTP) else "",
                "unseen": not self._told[one].get("verified", True),
                "yours": self._told[one].get("yours", ""),
            }
            for one, number in self._numbers.items()
        ]


def words_page(template: str, style: Path, cited: Cited, **said: Any) -> str:
    """A page of words that fills `kit/templates/words.html`, with its style and the sources that it cites."""
    look = style.read_text(encoding="utf-8").replace("FONTS", FONTS)
    policy = f"default-src 'none'; style-src '{hash_of(look)}'; base-uri 'none'; form-action 'none'"
    frame = {"style": look, "policy": policy, "attribution": ATTRIBUTION, "sources": cited.listed()}
    return rendered(template, **said, **frame) + "\n"
