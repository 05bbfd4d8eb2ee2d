"""What the tables say of a body in the words of its register: the remark beside a practice."""

from __future__ import annotations

from orgmap.loaders.releases.formats import formats

ASLEEP = ("dormant", "proposed")
"""What a practice may be in the register that is neither open nor closed."""


def practice_note(as_of: str, status: str, setting: str) -> str:
    """The prescribing setting last stated in a fixed form, and whether the practice is asleep.

    >>> practice_note("2026-01-31", "dormant", "4")
    'prescribing setting 4 (GP practice); dormant in the register of 2026-01-31'
    """
    words = {word.means: word.words for word in formats()["epraccur"].words.values() if word.words}
    note = f"prescribing setting {f'{setting} ({words[setting]})' if setting else 'not stated'}"
    return f"{note}; {status} in the register of {as_of}" if status in ASLEEP else note
