"""Places that only wards and small areas are called after: Jesmond, of which North and South Jesmond are parts."""

from __future__ import annotations

from orgmap.graphmodel.store import PlaceName, Store
from orgmap.queries.place.names import CALLED_AFTER, Named
from orgmap.queries.place.part_names import parts_called_after


def called_after(store: Store, name: str) -> list[Named]:
    """For each council the place of that name that its wards and small areas have in their longer names.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [place.typed for place in called_after(store, "Jesmond")]
    ['Jesmond, Newcastle upon Tyne (place)']
    """
    by_council: dict[str, list[PlaceName]] = {}
    for row in parts_called_after(store, name):
        by_council.setdefault(row.within, []).append(row)
    return [_place(name, rows) for _, rows in sorted(by_council.items())]


def _place(name: str, rows: list[PlaceName]) -> Named:
    """All that is called after a place in one council, as one place by equal shares."""
    total = sum(row.share for row in rows)
    shares: dict[str, float] = {}
    for row in rows:
        shares[row.code] = shares.get(row.code, 0.0) + row.share / total
    kind = "place (extent estimated)" if len(shares) > 1 else "place"
    title = name.strip() if name.strip() != name.strip().lower() else name.strip().title()
    parts = tuple(sorted(shares.items()))
    return Named(title, kind, rows[0].within, "", rows[0].county, None, "", CALLED_AFTER, "", parts)
