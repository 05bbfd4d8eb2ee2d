"""What the plans start from: who covers which areas, whose board and Healthwatch a council has, who lives where."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile import compile_dataset

HOLDERS = (
    "national_bodies",
    "integrated_care",
    "care_partnerships",
    "commissioning_support",
    "councils",
    "public_voice",
    "places",
    "nhs_england_teams",
)
"""The datasets whose bodies the plans change."""


class Today:
    """The bodies and relations that go on without an end, as the other datasets have them."""

    def __init__(self, published: Path) -> None:
        self.names: dict[str, str] = {}
        self.kind_of: dict[str, str] = {}
        self._open: set[str] = set()
        self._objects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._people: dict[str, float] = defaultdict(float)
        for holder in HOLDERS:
            rows = compile_dataset(holder, published).rows
            for row in rows.get("entities", ()):
                self._read_body(dict(zip(TABLES["entities"].columns, row, strict=True)))
            for row in rows.get("relationships", ()):
                self._read_tie(dict(zip(TABLES["relationships"].columns, row, strict=True)))
            for _, _, _, area, people in rows.get("neighbourhoods", ()):
                self._people[area] += float(people or 0)

    def _read_body(self, cells: dict[str, str]) -> None:
        self.names[cells["id"]] = cells["name"]
        self.kind_of[cells["id"]] = cells["kind"]
        if not cells["valid_until"] and cells["until_precision"] != "not_known":
            self._open.add(cells["id"])

    def _read_tie(self, cells: dict[str, str]) -> None:
        if cells["status"] == "in_force" and not cells["valid_until"] and not cells["until_precision"]:
            self._objects[cells["subject"], cells["verb"]].append(cells["object"])
            self._subjects[cells["object"], cells["verb"]].append(cells["subject"])

    def there(self, body: str) -> str:
        """The body, if it goes on today. Raises `DataBroken` for one that has ended or that no dataset has."""
        if body not in self._open:
            raise DataBroken(f"“{body}” is to change, and goes on in no dataset. Mend its id.")
        return body

    def all_of(self, kind: str) -> list[str]:
        """Every body of a kind that goes on."""
        return sorted(body for body in self._open if self.kind_of[body] == kind)

    def areas(self, body: str) -> list[str]:
        """The areas that a body covers, itself or through its parts."""
        own = self._objects[body, "covers"]
        parts = [] if own else self._subjects[body, "part_of"]
        return sorted({*own, *(area for part in parts for area in self.areas(part))})

    def districts(self, council: str) -> list[str]:
        """The district councils of a county that go on."""
        return sorted(
            one for one in self._subjects[council, "part_of"] if self.kind_of[one] == "district_council"
        )

    def boards(self, council: str) -> list[str]:
        """The Health and Wellbeing Board of a council."""
        return [
            one
            for one in self._subjects[council, "part_of"]
            if self.kind_of[one] == "health_and_wellbeing_board"
        ]

    def healthwatch(self, council: str) -> list[str]:
        """The local Healthwatch of a council."""
        held = self._objects[council, "holds_contract_with"]
        return [one for one in held if self.kind_of[one] == "local_healthwatch"]

    def people(self, body: str) -> float:
        """The people in the areas of a body, mid-2020."""
        return sum(self._people[area] for area in self.areas(body))

    def regions(self, board: str) -> list[str]:
        """The region that a board lies in."""
        return [one for one in self._objects[board, "part_of"] if self.kind_of[one] == "nhs_region"]
