"""Primary care groups and trusts, health authorities and clusters: counts, boundaries, published tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.dates import day_after, day_before
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile.commissioners.memberships import Memberships, read_memberships
from orgmap.loaders.dataset import read_rows
from orgmap.loaders.published import read_headless, read_table

FOLDER = data_folder() / "primary_care_trusts"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ODS = SHARED / "data" / "ods"
LISTS = SHARED / "facts" / "lists"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)
KENT = {"pct:5QA", "pct:5P9", "pct:5L3"}


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(TABLES[table].columns, row, strict=True)) for row in read_rows(FOLDER, table))


@cache
def register() -> Memberships:
    return read_memberships(SHARED)


def holds(row: dict[str, str], at: str) -> bool:
    return row["valid_from"] <= at and (not row["valid_until"] or at < row["valid_until"])


def in_force(kind: str, at: str) -> set[str]:
    return {row["id"] for row in rows("entities") if row["kind"] == kind and holds(row, at)}


def related(verb: str, at: str, prefix: str = "") -> dict[str, set[str]]:
    found = defaultdict(set)
    for row in rows("relationships"):
        if row["verb"] == verb and holds(row, at) and row["object"].startswith(prefix):
            found[row["subject"]].add(row["object"])
    return found


def successions(event: str) -> dict[tuple[str, str], str]:
    lines = (row for row in rows("successions") if row["event"] == event)
    return {(row["predecessor"], row["successor"]): row["weight"] for row in lines}


@pytest.mark.parametrize(
    ("at", "trusts"),
    [
        ("2000-03-31", 0),
        ("2000-04-01", 17),
        ("2003-04-01", 303),
        ("2006-09-30", 303),
        ("2006-10-01", 152),
        ("2007-04-01", 152),
        ("2010-03-31", 152),
        ("2010-04-01", 151),
        ("2012-04-01", 151),
        ("2013-03-31", 151),
        ("2013-04-01", 0),
    ],
)
def test_as_many_primary_care_trusts_as_are_known_for_the_day(at: str, trusts: int) -> None:
    assert len(in_force("primary_care_trust", at)) == trusts


@pytest.mark.parametrize(
    ("at", "authorities"),
    [
        ("2002-09-30", 0),
        ("2002-10-01", 28),
        ("2006-06-30", 28),
        ("2006-07-01", 10),
        ("2012-04-01", 10),
        ("2013-03-31", 10),
        ("2013-04-01", 0),
    ],
)
def test_twenty_eight_strategic_health_authorities_become_ten_and_end_in_2013(
    at: str, authorities: int
) -> None:
    assert len(in_force("strategic_health_authority", at)) == authorities


def test_primary_care_groups_begin_in_1999_and_none_is_left_in_england_after_2002() -> None:
    assert in_force("primary_care_group", "1999-03-31") == set()
    assert len(in_force("primary_care_group", "1999-04-01")) == 481
    assert in_force("primary_care_group", "2002-09-30")
    assert in_force("primary_care_group", "2002-10-01") == set()
    assert len({row["id"] for row in rows("entities") if row["kind"] == "primary_care_group"}) == 506


def test_twenty_two_local_health_groups_of_wales_are_no_primary_care_groups_and_end_in_2003() -> None:
    assert in_force("local_health_group", "1999-03-31") == set()
    groups = in_force("local_health_group", "1999-04-01")
    assert len(groups) == 22
    assert {body[:6] for body in groups} == {"lhg:4W"}
    assert in_force("local_health_group", "2003-03-31") == groups
    assert in_force("local_health_group", "2003-04-01") == set()


@pytest.mark.parametrize(
    ("old", "new", "day"),
    [
        ("pct:5AN", "pct:TAN", "2007-09-01"),
        ("pct:5CC", "pct:TAP", "2010-04-01"),
        ("pct:TAM", "pct:5QW", "2011-04-15"),
        ("pct:5AX", "pct:TAK", "2003-10-01"),
        ("pct:5CW", "pct:TAL", "2005-10-01"),
    ],
)
def test_a_trust_that_changed_its_code_goes_on_under_the_new_one(old: str, new: str, day: str) -> None:
    before, after = day_before_and(day)
    assert old in in_force("primary_care_trust", before) - in_force("primary_care_trust", after)
    assert new in in_force("primary_care_trust", after) - in_force("primary_care_trust", before)
    assert successions(f"{day}-renamed-{new.replace(':', '-')}") == {(old, new): "1"}


def day_before_and(day: str) -> tuple[str, str]:
    return day_before(day), day


def test_five_trusts_made_eastern_and_coastal_kent_in_october_2006() -> None:
    made = successions("2006-10-01-merged-pct-5QA")
    assert made == {(f"pct:{code}", "pct:5QA"): "1" for code in ("5L4", "5LL", "5LM", "5LN", "5LP")}


def test_a_trust_that_was_divided_has_both_successors_with_their_shares() -> None:
    divided = successions("2003-04-01-reorganised-pct-5NA")
    # 11 and 8 practices; of 13 more no register tells whether they were practices.
    assert divided["pct:5C7", "pct:5NA"] == "0.578947"
    assert divided["pct:5C7", "pct:5NC"] == "0.421053"
    assert divided["pct:5C6", "pct:5NC"] == divided["pct:5C8", "pct:5NA"] == "1"


def test_a_trust_that_went_on_gave_only_a_part() -> None:
    assert list(successions("2006-10-01-partial-transfer-pct-5QR")) == [("pct:5KM", "pct:5QR")]
    assert {"pct:5KM", "pct:5QR"} <= in_force("primary_care_trust", "2012-04-01")


def test_every_group_and_trust_that_ended_before_2013_has_a_successor() -> None:
    followed = {row["predecessor"] for row in rows("successions")}
    ended = {
        row["id"]
        for row in rows("entities")
        if row["kind"] in ("primary_care_group", "primary_care_trust") and row["valid_until"] < "2013-04-01"
    }
    assert ended <= followed


def test_every_trust_after_1999_follows_a_body() -> None:
    following = {row["successor"] for row in rows("successions")}
    trusts = {row["id"] for row in rows("entities") if row["kind"] == "primary_care_trust"}
    assert trusts <= following


@pytest.mark.parametrize(
    "at", ["2006-07-01", "2006-09-30", "2006-10-01", "2010-04-01", "2012-04-01", "2013-03-31"]
)
def test_each_trust_is_part_of_one_health_authority(at: str) -> None:
    parents = related("part_of", at, "sha:")
    assert set(parents) == in_force("primary_care_trust", at)
    assert all(len(own) == 1 for own in parents.values())


def test_kent_s_trusts_change_their_health_authority_in_july_2006() -> None:
    before, after = related("part_of", "2006-06-30", "sha:"), related("part_of", "2006-07-01", "sha:")
    assert set(before) == {f"pct:{code}" for code in "5L3 5LL 5LM 5LN 5LP 5L4 5CM 5FF 5L2".split()}
    assert {next(iter(own)) for own in before.values()} == {"sha:kent_and_medway"}
    assert all(after[trust] == {"sha:Q37"} for trust in before)


@pytest.mark.parametrize(("at", "clusters"), [("2011-07-01", 50), ("2012-03-31", 50), ("2012-04-01", 49)])
def test_each_trust_is_in_one_cluster(at: str, clusters: int) -> None:
    members = related("member_of", at, "pctc:")
    assert set(members) == in_force("primary_care_trust", at)
    assert all(len(own) == 1 for own in members.values())
    assert len(in_force("primary_care_trust_cluster", at)) == clusters


def test_clusters_end_with_the_trusts() -> None:
    for kind in ("primary_care_trust_cluster", "strategic_health_authority_cluster"):
        assert in_force(kind, "2013-03-31")
        assert not in_force(kind, "2013-04-01")


def test_kent_and_medway_s_cluster_begins_on_a_known_day_and_its_trusts_stay() -> None:
    (kent,) = (row for row in rows("entities") if row["id"] == "pctc:kent_and_medway")
    assert (kent["valid_from"], kent["from_precision"]) == ("2011-06-01", "")
    members = {trust for trust, own in related("member_of", "2011-06-01").items() if kent["id"] in own}
    assert members == KENT
    assert in_force("primary_care_trust", "2011-06-01") >= KENT
    assert "pctc:kent_and_medway" not in in_force("primary_care_trust_cluster", "2011-05-31")


def test_other_clusters_say_that_their_start_is_not_exact() -> None:
    clusters = [row for row in rows("entities") if row["kind"].endswith("_cluster")]
    exact = {row["id"] for row in clusters if not row["from_precision"]}
    assert exact == {"pctc:kent_and_medway"}


def test_eight_trusts_stood_alone_and_shared_no_management() -> None:
    alone = {row["id"] for row in rows("entities") if row["note"].startswith("One trust that stood alone")}
    assert len(alone) == 8
    clustered = {row["successor"] for row in rows("successions") if "-clustered-" in row["event"]}
    assert not alone & clustered


def test_four_clusters_of_health_authorities_one_of_them_london_by_itself() -> None:
    members = Counter(next(iter(own)) for own in related("member_of", "2012-04-01", "shac:").values())
    assert members == {
        "shac:north_of_england": 3,
        "shac:midlands_and_east": 3,
        "shac:south_of_england": 3,
        "shac:london": 1,
    }


def test_a_membership_that_nobody_has_read_is_marked() -> None:
    unread = [row for row in rows("relationships") if row["source"] == "general-knowledge"]
    assert unread
    assert all("not verified" in row["note"] for row in unread)


@needs_shared
def test_checked_back_the_health_authorities_of_2012() -> None:
    path = ODS / "openprescribing" / "PCO12_SHA12_EN_LU.csv"
    published = defaultdict(set)
    for _, row in read_table(path, "PCO12CDO", "SHA12CDO"):
        published[f"pct:{row['PCO12CDO']}"].add(f"sha:{row['SHA12CDO']}")
    ours = related("part_of", "2012-04-01", "sha:")
    assert set(ours) == set(published)
    differ = {trust for trust in ours if ours[trust] != published[trust]}
    # Listed under two authorities; the list of clusters has their own.
    assert differ == {"pct:5K3", "pct:5LH", "pct:5N9", "pct:5QG"}
    for row in csv_rows(LISTS / "pct_cluster_members.csv"):
        assert ours[f"pct:{row['pct_ods']}"] == {f"sha:{row['pct_parent_sha_ods']}"}


def csv_rows(path: Path) -> list[dict[str, str]]:
    return [row for _, row in read_table(path)]


@needs_shared
def test_checked_back_the_members_of_every_cluster() -> None:
    ours = Counter(
        (row["subject"], row["valid_from"], row["valid_until"])
        for row in rows("relationships")
        if row["object"].startswith("pctc:")
    )
    published = Counter(
        (f"pct:{row['pct_ods']}", row["start"], day_after(row["end"]))
        for row in csv_rows(LISTS / "pct_cluster_members.csv")
    )
    assert ours == published


@needs_shared
def test_checked_back_no_practice_belongs_to_a_group_or_trust_outside_its_life() -> None:
    lives = {
        row["id"].partition(":")[2]: row
        for row in rows("entities")
        if row["id"][:4] in ("pcg:", "lhg:", "pct:")
    }
    seen = set()
    for _, (_, code, _, joined, left, _) in read_headless(ODS / "epcmem_2019-08.csv.gz", 6):
        if code in lives:
            seen.add(code)
            assert lives[code]["valid_from"].replace("-", "") <= joined
            assert left < lives[code]["valid_until"].replace("-", "")
    assert seen == set(lives)


@needs_shared
def test_checked_back_nearly_every_practice_that_passed_on_is_in_a_succession() -> None:
    told = {(row["event"][:10], row["predecessor"], row["successor"]) for row in rows("successions")}
    counts: Counter[str] = Counter()
    for (day, old, new), practices in register().flows.items():
        if day >= "2013-04-01" or not re.fullmatch("4....|5..|T..", old):
            continue
        pair = next(
            (pair for pair in told if pair[0] == day and pair[1][4:] == old and pair[2][4:] == new), None
        )
        kind = "told" if pair else "ended" if register().ended_on(old, day) else "moved"
        counts[kind] += practices
    assert counts == {"told": 13984, "moved": 49}


DIVIDED = {
    "pct:5AG": {"pct:5PN", "pct:5PP", "pct:5PD"},
    "pct:5DD": {"pct:5NE", "pct:5NF"},
    "pct:5DV": {"pct:5QE", "pct:5PD"},
    "pct:5HD": {"pct:5NG", "pct:5NH"},
    "pct:5JV": {"pct:5PR", "pct:5PT"},
    "pct:5KV": {"pct:5QN", "pct:5QM"},
}


@pytest.mark.parametrize(("trust", "heirs"), DIVIDED.items())
def test_what_an_order_divided_is_no_stray_however_few_practices_passed(trust: str, heirs: set[str]) -> None:
    parts = [row for row in rows("successions") if row["predecessor"] == trust]
    assert {row["successor"] for row in parts if not row["stray"]} == heirs
    [event] = {row["event"] for row in parts}
    told = next(row for row in rows("events") if row["id"] == event)
    assert (told["date"], told["instrument"], told["source"]) == (
        "2006-10-01",
        "SI 2006/2072",
        "si-2006-2072",
    )


def test_weights_count_practices_proper_and_sum_to_one_strays_among_them() -> None:
    by_body: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows("successions"):
        if row["counts"] == "practices" and "partial-transfer" not in row["event"]:
            by_body[row["event"], row["predecessor"]].append(row)
    for parts in by_body.values():
        assert sum(float(row["weight"]) for row in parts) == pytest.approx(1, abs=1e-4)
        most = max(int(row["number"]) for row in parts)
        for row in parts:
            few = int(row["number"]) <= 2 or float(row["weight"]) < 0.05
            if row["stray"]:
                assert few
                assert int(row["number"]) < most
    assert sum(bool(row["stray"]) for row in rows("successions")) > 20
