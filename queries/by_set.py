"""What a store says of many keys, asked by set: a key is read once, together with all that are expected beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 20_000
"""So many keys are remembered; then all are forgotten, so that memory stays small however much is asked."""


class BySet(Generic[T]):
    """What is known of keys; a key that is not known is read with all those that were said to be asked about next.

    >>> read = []
    >>> doubled = BySet(lambda keys: read.append(sorted(keys)) or {key: 2 * key for key in keys}, "")
    >>> doubled.expect(["b", "c"])
    >>> doubled["a"], doubled["b"], doubled["c"], read
    ('aa', 'bb', 'cc', [['a', 'b', 'c']])
    """

    def __init__(self, read: Callable[[set[str]], Mapping[str, T]], unknown: T, most: int = MOST) -> None:
        """`read` tells what it finds of a set of keys; of the others `unknown` is known."""
        self._read, self._unknown, self._most = read, unknown, most
        self._known: dict[str, T] = {}
        self._expected: set[str] = set()

    def expect(self, keys: Iterable[str]) -> None:
        """Says that these will be asked about; nothing is read yet."""
        self._expected.update(key for key in keys if key not in self._known)

    def __getitem__(self, key: str) -> T:
        known = self._known
        if key not in known:
            asked = {key, *self._expected}
            self._expected = set()
            if len(known) + len(asked) > self._most:
                known.clear()
            found = self._read(asked)
            known.update((one, found.get(one, self._unknown)) for one in asked)
        return known[key]

    def all_of(self, keys: Iterable[str]) -> Iterator[tuple[str, T]]:
        """Each of the keys with what is known of it, in their order; all of them are read together."""
        listed = list(keys)
        self.expect(listed)
        return ((key, self[key]) for key in listed)


def kept_with(store: object, what: str, make: Callable[[], T]) -> T:
    """Something that was worked out of a store (or of what is kept with it), made once and kept as long as that is.

    >>> class Empty: ...
    >>> store = Empty()
    >>> kept_with(store, "letters", lambda: ["a"]) is kept_with(store, "letters", lambda: ["a"])
    True
    """
    # In the store itself: what is kept mostly holds it, so that a table of stores would never let one go.
    kept: dict[str, T] = vars(store).setdefault("_kept_with_it", {})
    if what not in kept:
        kept[what] = make()
    return kept[what]
