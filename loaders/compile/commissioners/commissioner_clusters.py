"""Clusters of primary care trusts and of strategic health authorities, 2011 to 2013: shared management."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.curated import rows
from orgmap.loaders.dataset import Dataset
from orgmap.loaders.published import read_table

PRECISION = {"day": "", "month": "month", "approx": "approx", "nominal": "approx"}
"""The list's words for how well a start is known; “low …” counts as approximate, too."""

NOT_VERIFIED = "general-knowledge"
SEEN_IN = rows("primary_care_trusts/clusters_seen_in")
"""Words in the list's source cell → the source that gives a cluster's members, best first."""

ABOLISHED = "2013-04-01"
"""The clusters ended with the trusts and authorities that they managed."""

MERGED = {"PCTC-NELC": ("PCTC-ELC", "PCTC-ONEL")}
"""The one cluster made of two others."""


class Cluster(NamedTuple):
    """A cluster of trusts as the list has it."""

    id: str
    name: str
    period: Period
    precision: str
    members: tuple[str, ...]
    said: str
    row: dict[str, str]

    @property
    def alone(self) -> bool:
        """Whether it is one trust that shared its management with none."""
        return len(self.members) == 1


def slug(name: str) -> str:
    """A cluster's name as the second half of an id.

    >>> slug("NHS Calderdale, Kirklees and Wakefield District"), slug("SHIP PCT Cluster")
    ('calderdale_kirklees_and_wakefield_district', 'ship')
    """
    words = re.sub(r"\bNHS\b|\bPCT Cluster\b", " ", name).lower()
    return re.sub(r"[^a-z0-9]+", "_", words).strip("_")


def add_authority_clusters(dataset: Dataset, published: Path) -> None:
    """Adds the four clusters of strategic health authorities; London's was one authority by itself."""
    path = published / "facts" / "lists" / "sha_clusters.csv"
    source = cite(dataset, "health-policy-insight-2011-07")
    for line, row in read_table(path, "name", "aliases", "member_sha_ods", "start", "start_precision", "end"):
        if (row["start"], row["end"]) != ("2011-10-03", "2013-03-31"):
            raise DataBroken(f"{path}:{line}: {row['name']} lasted from {row['start']} to {row['end']}.")
        body, members = f"shac:{slug(row['name'])}", row["member_sha_ods"].split()
        note = (
            "Only the month is sourced (3 October by general knowledge). Each authority stayed a legal body."
        )
        if len(members) == 1:
            note = (
                "No cluster in law or fact: London's authority stood alone and counts as the fourth of four."
            )
        # Only the month is sourced, so the period begins with its first day.
        cells = {"valid_from": "2011-10-01", "from_precision": "month", "valid_until": ABOLISHED}
        dataset.add(
            "entities",
            id=body,
            kind="strategic_health_authority_cluster",
            name=row["name"],
            source=source,
            note=note,
            **cells,
        )
        dataset.add("names", entity=body, name=row["aliases"], use="alias", source=source)
        dataset.add("names", entity=body, name=f"{row['name']} SHA cluster", use="alias", source=source)
        for code in members:
            _add_member(dataset, f"sha:{code}", body, source, "", **cells)
        if len(members) > 1:
            pairs = [Handover(f"sha:{code}", body) for code in members]
            _add_clustering(dataset, "2011-10-01", pairs, source, "month")


def add_trust_clusters(dataset: Dataset, published: Path, trusts: dict[str, Period]) -> None:
    """Adds the clusters of primary care trusts, with the eight trusts that stood alone, and their members."""
    clusters = {cluster.row["cluster_id"]: cluster for cluster in _clusters(published)}
    if len({cluster.id for cluster in clusters.values()}) != len(clusters):
        raise DataBroken("pct_clusters.csv: two clusters have the same name.")
    for key, cluster in clusters.items():
        source = cite(dataset, _source(cluster.said, cluster.row["name"]))
        _add_cluster(dataset, cluster, source)
        for code in cluster.members:
            if cluster.period.clip(trusts[code]) != cluster.period:
                raise DataBroken(f"pct_clusters.csv: {code} did not exist for all of {cluster.name}.")
            _add_member(dataset, f"pct:{code}", cluster.id, source, _doubt(source), **_cells(cluster))
        day = str(cluster.period.valid_from)
        if parts := MERGED.get(key):
            pairs = [Handover(clusters[part].id, cluster.id) for part in parts]
            add_changes(dataset, day, pairs, source, precision=cluster.precision)
        elif not cluster.alone:
            pairs = [Handover(f"pct:{code}", cluster.id) for code in cluster.members]
            _add_clustering(dataset, day, pairs, source, cluster.precision)


def _add_clustering(dataset: Dataset, day: str, pairs: list[Handover], source: str, precision: str) -> None:
    note = "Shared management only: each body stayed the legal and accountable one."
    add_changes(dataset, day, pairs, source, kind="clustered", precision=precision, note=note)


def _clusters(published: Path) -> list[Cluster]:
    lists = published / "facts" / "lists"
    members: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for _, row in read_table(lists / "pct_cluster_members.csv", "pct_ods", "cluster_id", "source"):
        members.setdefault(row["cluster_id"], []).append(row["pct_ods"])
        said[row["cluster_id"]] = row["source"]
    clusters = []
    for line, row in read_table(
        lists / "pct_clusters.csv", "cluster_id", "name", "start", "end", "member_pcts_ods"
    ):
        key, precision = row["cluster_id"], row["start_precision"]
        if sorted(row["member_pcts_ods"].split()) != sorted(members.get(key, ())):
            raise DataBroken(f"pct_clusters.csv:{line}: {key} has other members in pct_cluster_members.csv.")
        if precision not in PRECISION and not precision.startswith("low"):
            raise DataBroken(f"pct_clusters.csv:{line}: “{precision}” does not say how well a date is known.")
        clusters.append(
            Cluster(
                f"pctc:{slug(row['name'])}",
                row["name"],
                Period(row["start"], day_after(row["end"])),
                PRECISION.get(precision, "approx"),
                tuple(sorted(members[key])),
                said[key],
                row,
            )
        )
    return clusters


def _source(said: str, name: str) -> str:
    if "memory" in said:
        return NOT_VERIFIED
    for words, source in SEEN_IN:
        if words in said:
            return source
    raise DataBroken(f"pct_cluster_members.csv: the source of {name} is not known here: “{said}”.")


def _doubt(source: str) -> str:
    return "Membership not verified against a source." if source == NOT_VERIFIED else ""


def _cells(cluster: Cluster) -> dict[str, str]:
    return {
        "valid_from": str(cluster.period.valid_from),
        "from_precision": cluster.precision,
        "valid_until": str(cluster.period.valid_until),
        # A cluster that ended before the trusts did ended by a merger whose month alone is known.
        "until_precision": "" if cluster.period.valid_until == ABOLISHED else "month",
    }


def _add_cluster(dataset: Dataset, cluster: Cluster, source: str) -> None:
    named = "memory" not in cluster.row["source"].partition("; membership: memory")[0]
    entity_source = cite(dataset, "ukwa-sha-tree") if source == NOT_VERIFIED and named else source
    notes = {
        "nominal": "Start is the national deadline of June 2011; the day is not seen.",
        "approx": "Start about April 2011.",
        "low (late 2011 possible)": "May have begun late in 2011; one list shows Bradford and Leeds apart.",
    }
    note = notes.get(cluster.row["start_precision"], "")
    if cluster.alone:
        note = f"One trust that stood alone: no management was shared. {note}"
    dataset.add(
        "entities",
        id=cluster.id,
        kind="primary_care_trust_cluster",
        name=cluster.name,
        source=entity_source,
        note=note.strip(),
        **_cells(cluster),
    )
    for name, use in _other_names(cluster):
        dataset.add("names", entity=cluster.id, name=name, use=use, source=entity_source)


def _other_names(cluster: Cluster) -> list[tuple[str, str]]:
    names = [] if "cluster" in cluster.name.lower() else [(f"{cluster.name} PCT cluster", "alias")]
    for alias in filter(None, cluster.row["aliases"].split("; ")):
        if "(standalone)" in alias:
            continue
        plain, _, short = alias.replace(" (UKWA label)", "").removesuffix(")").partition(" (")
        for name in filter(None, (plain, short)):
            names.append((name, "abbreviation" if name.isupper() and " " not in name else "alias"))
    return names


def _add_member(dataset: Dataset, body: str, cluster: str, source: str, note: str, **period: str) -> None:
    dataset.add(
        "relationships",
        subject=body,
        verb="member_of",
        object=cluster,
        basis="administrative",
        status="in_force",
        source=source,
        note=note,
        **period,
    )
