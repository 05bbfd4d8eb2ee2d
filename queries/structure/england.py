"""What belongs to England's structure, and what only stands in one of its registers: bodies of Wales."""

from __future__ import annotations

from collections import Counter

from orgmap.graphmodel.model import Relationship
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds, kinds_with, parse_kind


class England:
    """Keeps bodies of Wales out of an answer, and remembers which; who asks for a kind is told all of it.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     england = England(store)
    >>> england.has("icb:QKS"), england.has("practice:W92018", "lhb:7A7")
    (True, False)
    >>> england.notes()[0].partition(";")[0]
    "Left out, as not England's: 1 local health board and 1 GP practice in Wales"
    """

    def __init__(self, store: Store, kind: str | None = None) -> None:
        # Of practices no id tells that they are in Wales.
        kind = parse_kind(kind) if kind else None
        left_out = () if kind else sorted(kinds_with("of_wales"))
        self._wales = {one.id: other for other in left_out for one in store.entities(kind=other)}
        self._left: set[str] = set()

    def has(self, *bodies: str) -> bool:
        """Whether all these bodies, a statement's two ends for one, are no bodies of Wales."""
        if self._wales.keys().isdisjoint(bodies):
            return True
        self._left.update(self._wales.keys() & set(bodies))
        return False

    def relationships(self, relationships: list[Relationship]) -> list[Relationship]:
        """Those of these statements of which no end is a body of Wales."""
        wales = self._wales.keys()
        found = [one for one in relationships if one.subject not in wales and one.object not in wales]
        if len(found) < len(relationships):
            self._left |= wales & {end for one in relationships for end in (one.subject, one.object)}
        return found

    def notes(self) -> list[str]:
        """What must be said where bodies were left out: how many of each kind, and who tells them."""
        count = Counter(self._wales[body] for body in sorted(self._left)).most_common()
        if not count:
            return []
        numbers = [f"{n:,} {kinds()[kind].label if n == 1 else kinds()[kind].plural}" for kind, n in count]
        words = " and ".join(kind for kind, _ in count)
        elsewhere = f"orgmap list and diff --kind tell them, by {words}"
        return [f"Left out, as not England's: {' and '.join(numbers)}; {elsewhere}."]
