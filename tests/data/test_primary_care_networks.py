"""Primary care networks: their practices and commissioners on both sides of a date, and the register checked back."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile.practices.networks import NETWORK_EDITIONS, read_networks, read_partners
from orgmap.loaders.dataset import read_rows
from orgmap.loaders.releases.stays import Edition

FOLDER = data_folder() / "primary_care_networks"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)


def rows(table: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    return [dict(zip(TABLES[table].columns, row, strict=True)) for row in read_rows(folder, table)]


def holds(row: dict[str, str], at: str) -> bool:
    return row["valid_from"] <= at and (not row["valid_until"] or at < row["valid_until"])


ENTITIES = {row["id"]: row for row in rows("entities")}
RELATIONS: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
for relation in rows("relationships"):
    RELATIONS[relation["subject"], relation["verb"]].append(relation)


def networks(practice: str, at: str) -> list[str]:
    return [row["object"] for row in RELATIONS[f"practice:{practice}", "member_of"] if holds(row, at)]


def commissioners(network: str, at: str) -> list[str]:
    return [row["object"] for row in RELATIONS[f"pcn:{network}", "part_of"] if holds(row, at)]


def named(name: str) -> str:
    return next(row["id"].removeprefix("pcn:") for row in ENTITIES.values() if row["name"] == name)


def test_margate_has_a_network_since_the_register_opened() -> None:
    margate = ENTITIES[f"pcn:{named('Margate PCN')}"]
    assert margate["valid_from"] == "2019-10-01"
    assert "2019-07-01" in margate["note"]


@pytest.mark.parametrize(
    ("at", "body"),
    [
        ("2019-09-30", []),
        ("2019-10-01", ["ccg:10E"]),
        ("2020-03-31", ["ccg:10E"]),
        ("2020-04-01", ["ccg:91Q"]),
        ("2022-06-30", ["ccg:91Q"]),
        ("2022-07-01", ["sicbl:91Q"]),
    ],
)
def test_a_network_lies_under_the_commissioner_of_the_day(at: str, body: list[str]) -> None:
    assert commissioners(named("Margate PCN"), at) == body


@pytest.mark.parametrize(
    ("practice", "at", "network"),
    [
        ("M86032", "2019-09-30", None),
        ("M86032", "2019-12-01", "U07789"),
        ("M86032", "2021-06-30", "U33954"),
        ("M86032", "2021-07-01", "U30256"),
        ("E82017", "2024-03-31", "U59367"),
        ("E82017", "2024-04-01", "U41025"),
    ],
)
def test_a_practice_changes_its_network_on_the_day(practice: str, at: str, network: str | None) -> None:
    assert networks(practice, at) == ([f"pcn:{network}"] if network else [])


def test_no_practice_is_in_two_networks_on_one_day() -> None:
    for (subject, _), found in RELATIONS.items():
        for one, other in pairwise(sorted(found, key=lambda row: row["valid_from"])):
            assert "" < one["valid_until"] <= other["valid_from"], subject


def test_nothing_holds_outside_the_life_of_a_network() -> None:
    for found in RELATIONS.values():
        for row in found:
            side = row["object"] if row["verb"] == "member_of" else row["subject"]
            life = ENTITIES[side]
            assert life["valid_from"] <= row["valid_from"]
            assert not life["valid_until"] or "" < row["valid_until"] <= life["valid_until"]


def test_every_network_has_a_commissioner_all_its_life() -> None:
    for network, life in ENTITIES.items():
        found = sorted(RELATIONS[network, "part_of"], key=lambda row: row["valid_from"])
        assert found[0]["valid_from"] == life["valid_from"]
        assert all(one["valid_until"] == other["valid_from"] for one, other in pairwise(found))
        assert found[-1]["valid_until"] == life["valid_until"]


@pytest.mark.parametrize(
    ("network", "heir"),
    [("U03055", "D9Y0V"), ("U25405", "D9Y0V"), ("U17969", "92A"), ("U67032", "92A"), ("U14074", "U2G6B")],
)
def test_a_network_of_frimley_passes_on_with_the_split(network: str, heir: str) -> None:
    assert commissioners(network, "2026-03-31") == ["sicbl:D4U1Y"]
    assert commissioners(network, "2026-04-01") == [f"sicbl:{heir}"]


def test_all_16_networks_of_frimley_passed_on() -> None:
    heirs = Counter(
        commissioners(network.partition(":")[2], "2026-04-01")[0]
        for network in ENTITIES
        if commissioners(network.partition(":")[2], "2026-03-31") == ["sicbl:D4U1Y"]
    )
    assert heirs == {"sicbl:U2G6B": 10, "sicbl:D9Y0V": 4, "sicbl:92A": 2}


@needs_shared
@pytest.mark.parametrize("edition", NETWORK_EDITIONS, ids=lambda edition: edition.source)
def test_every_edition_is_answered_as_it_was(edition: Edition) -> None:
    at = edition.as_of
    told: dict[str, set[str]] = defaultdict(set)
    for partner in read_partners(SHARED, edition):
        if partner.period.holds(at):
            told[partner.practice].add(f"pcn:{partner.network}")
    wrong = {practice for practice, codes in told.items() if set(networks(practice, at)) != codes}
    # On 1 October 2024 the register has H84031 in two networks, in one of them for this day only.
    assert wrong == ({"H84031"} if at == "2024-10-01" else set())
    for code, listing in read_networks(SHARED, edition).items():
        if listing.opened <= at and (not listing.ends or at < listing.ends):
            assert [body.partition(":")[2] for body in commissioners(code, at)] == [listing.commissioner]


@needs_shared
@pytest.mark.parametrize("edition", NETWORK_EDITIONS, ids=lambda edition: edition.source)
def test_the_commissioners_of_practices_in_networks_agree_with_the_register_of_networks(
    edition: Edition,
) -> None:
    """A table that the practices' memberships were not made from, on days between their own editions."""
    members: dict[str, list[dict[str, str]]] = defaultdict(list)
    lives = {row["id"]: row for row in rows("entities", data_folder() / "practices")}
    for row in rows("relationships", data_folder() / "practices"):
        members[row["subject"]].append(row)
    for partner in read_partners(SHARED, edition):
        practice = f"practice:{partner.practice}"
        if not (ends := lives[practice]["valid_until"]) or edition.as_of < ends:
            found = [
                row["object"].partition(":")[2] for row in members[practice] if holds(row, edition.as_of)
            ]
            assert found == [partner.practice_commissioner], practice
