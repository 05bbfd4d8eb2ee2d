"""A release as the source that facts cite: its file with its hash, its rows, and those refused with their reasons."""

from __future__ import annotations

from orgmap.loaders.releases.formats import PublishedFormat
from orgmap.loaders.releases.home import LOADED_AS
from orgmap.loaders.releases.kept import Loaded

TOLD_REFUSED = 3
"""So many refused rows are told with the source."""


def source_of(form: PublishedFormat, loaded: Loaded) -> dict[str, str]:
    """The cells of the source that a release is."""
    release = loaded.release
    refused = [f"line {one.line}: {one.code} {one.reason}" for one in loaded.refused()]
    more = [f"and {len(refused) - TOLD_REFUSED:,} more"] if len(refused) > TOLD_REFUSED else []
    known_to = [f"knows joins and openings to {release.horizon}"] if release.horizon > release.as_of else []
    note = "; ".join(
        [
            f"{release.file} (sha256 {release.file_hash}): {release.rows:,} rows, {release.refused:,} refused",
            *refused[:TOLD_REFUSED],
            *more,
            *known_to,
        ]
    )
    return {
        "id": release.source,
        "title": f"{release.family.title} ({LOADED_AS} {release.release})",
        "publisher": form.publisher,
        "licence": form.licence,
        "attribution": form.attribution,
        "as_of": release.as_of,
        "verified": "yes",
        "note": note,
    }
