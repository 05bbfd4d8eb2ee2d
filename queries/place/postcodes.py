"""Postcodes in which a letter was typed for a digit: taken only where one reading alone exists."""

from __future__ import annotations

from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_postcode, postcode_readings, with_space
from orgmap.queries.place.location import postcodes


def other_reading(store: Store, text: str) -> str:
    """The one known postcode that a text means if O and 0, or I and 1, were mixed up; blank if none or several.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     other_reading(store, "CT9 IAA"), other_reading(store, "CT9 1AA")
    ('CT91AA', '')
    """
    readings, typed = postcode_readings(text), as_postcode(text)
    asked = postcodes(store).all_of(readings) if readings != [typed] else ()
    known = [postcode for postcode, row in asked if row]
    return known[0] if len(known) == 1 and typed not in known else ""


def reading_note(text: str, postcode: str) -> str:
    """What an answer says that took a postcode for another than was typed.

    >>> reading_note("CT9 IAA", "CT91AA")
    '“CT9 IAA” is no postcode; CT9 1AA is, and was taken.'
    """
    return f"“{text.strip()}” is no postcode; {with_space(postcode)} is, and was taken."
