"""Networks as ODS Data Search and Export gives them in JSON: their names, under whom they are, who is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.formats import PublishedFormat, formats
from orgmap.loaders.releases.listings import LONGEST, Contents, Listing, RefusedRow, RegisterRow, is_a_day
from orgmap.loaders.releases.opening import HEAD
from orgmap.loaders.releases.texts import decoded, unseen, whole_json

EXPORT = "odsexport"
"""The format of these files."""

NETWORKS, PARTNERS = "epcn", "epcnpartners"
"""The registers that they feed."""

NETWORK, PRACTICE = re.compile(r"U[0-9]{5}", re.ASCII), re.compile(r"[A-Z0-9]{6}", re.ASCII)
"""How codes of networks and of those in them are written."""

PARTNER = "partner"
COMMISSIONED = "RE4"


def contents_of_export(raw: bytes, label: str) -> list[Contents]:
    """What a file of networks in JSON says, networks and partners apart; nothing if it is no such file.

    It knows what it knows to the last day in it. Raises `DataBroken` with file and line for one that is cut off or has
    not the form of its like.
    """
    if raw[:HEAD].lstrip()[:1] != b"[":
        return []
    text = decoded(raw, label)
    bodies = whole_json(text, label)
    if not bodies or not all(
        isinstance(one, dict) and "primaryRole" in one and "id" in one for one in bodies
    ):
        return []
    return list(_Export(text, label).contents(bodies))


class _Export:
    """One file while it is read."""

    def __init__(self, text: str, label: str) -> None:
        self._text, self._label, self._at = text, label, 0
        self._refused: list[RefusedRow] = []

    def contents(self, bodies: list[dict[str, Any]]) -> Iterator[Contents]:
        holding = formats()[EXPORT]
        networks: dict[str, RegisterRow] = {}
        partners: dict[str, RegisterRow] = {}
        passed_over = 0
        for body in bodies:
            line = self._line(body["id"])
            if holding.registers.get(self._cell(body, "primaryRole")) != NETWORKS:
                passed_over += 1
                continue
            code = self._code(body, "id", NETWORK)
            if code in networks:
                raise self._odd(f"{code} stands there twice")
            name, above = self._cell(body, "name"), self._cell(body, COMMISSIONED)
            networks[code] = RegisterRow(line, code, Listing(name, "", "", "", "", above, "", ""))
            for row in self._partners(body, code, holding):
                partners[row.code] = row
        note = f"{passed_over:,} bodies of the file are no networks: passed over." if passed_over else ""
        stays = [row.listing for row in partners.values()]
        day = max((max(one.joined, one.ends) for one in stays), default="")
        if networks and not day:
            raise DataBroken(f"{self._label}:1: tells no day: up to when it knows is not known.")
        for form, rows, refused in (
            (formats()[NETWORKS], networks, []),
            (formats()[PARTNERS], partners, self._refused),
        ):
            if rows:
                yield Contents(form, list(rows.values()), refused, day, day, EXPORT, note)

    def _partners(
        self, body: dict[str, Any], network: str, holding: PublishedFormat
    ) -> Iterator[RegisterRow]:
        relations = body.get("relationships") or {}
        if not isinstance(relations, dict):
            raise self._odd("its relationships are not understood")
        for listed in relations.values():
            for one in listed if isinstance(listed, list) else [listed]:
                if not isinstance(one, dict):
                    raise self._odd("its relationships are not understood")
                sort, practice = self._cell(one, "relationshipTypeCode"), self._cell(one, "sourceOrgCode")
                if (PARTNER, sort) not in holding.words or self._cell(one, "targetOrgCode") != network:
                    continue
                line = self._line(practice)
                self._code(one, "sourceOrgCode", PRACTICE)
                joined = self._day(one, "opStartDate") or self._day(one, "legStartDate")
                last = self._day(one, "opEndDate") or self._day(one, "legEndDate")
                key = f"{practice} {network} {joined}"
                if not joined or (not last and self._cell(one, "status").lower() not in ("active", "")):
                    reason = (
                        "it does not say since when"
                        if not joined
                        else "it is no more, and since when is not said"
                    )
                    self._refused.append(RefusedRow(line, key, reason))
                    continue
                ends = day_after(last) if last else ""
                yield RegisterRow(line, key, Listing("", "", "", ends, "", network, joined, ""))

    def _line(self, code: Any) -> int:
        """The line on which a code stands next."""
        found = self._text.find(f'"{code}"', self._at)
        self._at = found if found >= 0 else self._at
        return self._text.count("\n", 0, self._at) + 1

    def _cell(self, body: dict[str, Any], name: str) -> str:
        cell = body.get(name)
        if cell is None:
            return ""
        if not isinstance(cell, str) or len(cell) > LONGEST or unseen(cell):
            raise self._odd(f"its {name} is not understood")
        return cell.strip()

    def _code(self, body: dict[str, Any], name: str, form: re.Pattern[str]) -> str:
        code = self._cell(body, name)
        if not form.fullmatch(code):
            raise self._odd(f"its {name} “{code[:40]}” is no code")
        return code

    def _day(self, body: dict[str, Any], name: str) -> str:
        day = self._cell(body, name)
        if day and not is_a_day(day):
            raise self._odd(f"its {name} “{day[:40]}” is no day")
        return day

    def _odd(self, said: str) -> DataBroken:
        line = self._text.count("\n", 0, self._at) + 1
        return DataBroken(f"{self._label}:{line}: {said}. Fetch the file again.")
