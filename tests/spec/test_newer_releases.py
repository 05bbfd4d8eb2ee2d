"""What was so stays so: a newer release tells nothing else of the days before it, and was not known before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import kept_with_rows
from orgmap.loaders.releases.loading import load_files
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.resolve import resolve
from orgmap.queries.body.show import show
from orgmap.queries.change.diff import diff
from orgmap.queries.commissioning.who import who
from orgmap.queries.place.find import find
from orgmap.queries.registers.population import population
from tests.lists import DETAILS, PARTNERS, listed, network, partner, patients
from tests.postcode_files import NSPL_2026, unit
from tests.postcode_files import listed as postcode_list
from tests.registers import commissioner, practice, register, trust
from tests.worlds import STORES, World, write_data

KNOWN = "2025-10-01"
WORLD = """
sources
id                 | title         | as_of      | verified
ods-epraccur-drawn | ODS epraccur  | 2025-10-01 | yes
ods-eccg-drawn     | ODS eccg      | 2025-10-01 | yes
ods-etr-drawn      | ODS etr       | 2025-10-01 | yes
ods-epcn-drawn     | ODS epcn      | 2025-10-01 | yes
history            | Code history  | 2024-07-01 | yes

entities
id              | kind             | name             | valid_from | valid_until | source
ccg:91Q         | clinical_commissioning_group | NHS Kent CCG | 2020-04-01 | 2022-07-01 | ods-eccg-drawn
sicbl:91Q       | sub_icb_location | NHS Kent ICB - 91Q   | 2022-07-01 |     | ods-eccg-drawn
sicbl:92A       | sub_icb_location | NHS Surrey ICB - 92A | 2022-07-01 |     | ods-eccg-drawn
icb:QKS         | integrated_care_board | NHS Kent ICB   | 2022-07-01 |      | drawn
icb:QNX         | integrated_care_board | NHS Sussex ICB | 2022-07-01 |      | drawn
region:Y59      | nhs_region       | South East           | 2018-04-01 |     | history
region:Y60      | nhs_region       | Midlands             | 2019-04-01 |     | history
lo:Q88          | local_office     | NHS England South East (Kent) | 2018-04-01 | | history
practice:G82001 | gp_practice      | The Limes            | 2020-04-01 |     | ods-epraccur-drawn
practice:G82002 | gp_practice      | The Elms             | 2020-04-01 |     | ods-epraccur-drawn
practice:G82003 | gp_practice      | The Oaks             | 2020-04-01 | 2025-07-01 | ods-epraccur-drawn
practice:G82005 | gp_practice      | The Firs             | 2020-04-01 |     | ods-epraccur-drawn
pcn:U00001      | primary_care_network | Shore PCN        | 2019-10-01 |     | ods-epcn-drawn
pcn:U00002      | primary_care_network | Downs PCN        | 2019-10-01 |     | ods-epcn-drawn
trust:RVV       | nhs_trust        | East Kent NHS Trust  | 1999-04-01 |     | ods-etr-drawn
council:E06000001 | upper_tier_council | Eastport Council |            |     | drawn
council:E06000002 | upper_tier_council | Westport Council |            |     | drawn
area:E01000001  | area             | East                 |            |     | drawn
area:E01000002  | area             | West                 |            |     | drawn
service:gp      | service          | GP services          |            |     | drawn

names
entity | name                          | use      | valid_from | valid_until | source
lo:Q88 | NHS England South (Kent)      | former   | 2018-04-01 | 2019-04-01  | history
lo:Q88 | NHS England South East (Kent) | official | 2019-04-01 |             | history

identifiers
entity          | scheme | code
ccg:91Q         | ods    | 91Q
sicbl:91Q       | ods    | 91Q
sicbl:92A       | ods    | 92A
sicbl:91Q       | gss    | E38000237
sicbl:92A       | gss    | E38000246
icb:QKS         | ods    | QKS
icb:QNX         | ods    | QNX
region:Y59      | ods    | Y59
region:Y60      | ods    | Y60
lo:Q88          | ods    | Q88
practice:G82001 | ods    | G82001
practice:G82002 | ods    | G82002
practice:G82003 | ods    | G82003
practice:G82005 | ods    | G82005
pcn:U00001      | ods    | U00001
pcn:U00002      | ods    | U00002
trust:RVV       | ods    | RVV

locations
entity          | postcode | valid_from | valid_until | source
practice:G82001 | CT9 1AA  |            |             | ods-epraccur-drawn
practice:G82002 | CT9 2AA  |            |             | ods-epraccur-drawn
practice:G82003 | CT9 1AA  |            | 2025-07-01  | ods-epraccur-drawn
practice:G82005 | CT9 8AA  |            |             | ods-epraccur-drawn
trust:RVV       | CT9 1AB  |            |             | ods-etr-drawn

relationships
subject         | verb      | object         | basis     | valid_from | valid_until | source
ccg:91Q         | covers    | area:E01000001 | published | 2020-04-01 | 2022-07-01  | drawn
ccg:91Q         | covers    | area:E01000002 | published | 2020-04-01 | 2022-07-01  | drawn
sicbl:91Q       | covers    | area:E01000001 | published | 2022-07-01 |             | drawn
sicbl:92A       | covers    | area:E01000002 | published | 2022-07-01 |             | drawn
council:E06000001 | covers  | area:E01000001 | published |            |             | drawn
council:E06000002 | covers  | area:E01000002 | published |            |             | drawn
sicbl:91Q       | part_of   | icb:QKS        | published | 2022-07-01 |             | ods-eccg-drawn
sicbl:92A       | part_of   | icb:QKS        | published | 2022-07-01 |             | ods-eccg-drawn
icb:QKS         | part_of   | region:Y59     | published | 2022-07-01 |             | drawn
practice:G82001 | member_of | ccg:91Q        | published | 2020-04-01 | 2022-07-01  | ods-epraccur-drawn
practice:G82001 | member_of | sicbl:91Q      | published | 2022-07-01 |             | ods-epraccur-drawn
practice:G82002 | member_of | sicbl:91Q      | published | 2022-07-01 |             | ods-epraccur-drawn
practice:G82003 | member_of | sicbl:91Q      | published | 2022-07-01 | 2025-07-01  | ods-epraccur-drawn
practice:G82005 | member_of | sicbl:91Q      | published | 2022-07-01 |             | ods-epraccur-drawn
pcn:U00001      | part_of   | sicbl:91Q      | published | 2022-07-01 |             | ods-epcn-drawn
pcn:U00002      | part_of   | sicbl:91Q      | published | 2022-07-01 |             | ods-epcn-drawn
practice:G82001 | member_of | pcn:U00001     | published | 2020-04-01 |             | ods-epcn-drawn
practice:G82002 | member_of | pcn:U00002     | published | 2020-04-01 |             | ods-epcn-drawn

rules
id  | service    | commissioner          | basis     | population | coverage | verified | valid_from | source
gp1 | service:gp | integrated_care_board | statutory | present    | all      | yes      | 2022-07-01 | drawn

neighbourhoods
code      | name    | parent    | area           | population
E01000001 | East 1A | E02000001 | area:E01000001 | 100
E01000002 | West 1A | E02000002 | area:E01000002 | 300

place_codes
code      | name    | kind               | area           | population
E01039001 | East 1B | small area of 2021 | area:E01000001 | 50

postcodes
outcode | inward      | code      | seen
CT9     | 1AA 1AB     | E01000001 | both
CT9     | 2AA 2AB     | E01000002 | 2025
CT9     | 3AA         | E01000001 | terminated

place_names
name     | kind | within   | code           | share
Margate  | town | Eastport | area:E01000001 | 1
Westgate | town | Westport | area:E01000002 | 1
"""
PRACTICES = register(
    practice("G82001", "THE LIMES SURGERY", under="92A", joined="20251101", postcode="CT9 2AB"),
    practice("G82002", "THE ELMS", closed="20260131", postcode="CT9 2AA"),
    practice("G82003", "THE OAKS", closed="20250630"),
    practice("G82004", "THE ASHES", opened="20251201", joined="20251201", postcode="CT9 2BB"),
    practice("G82005", "THE FIRS", postcode="CT9 8AA"),
)
COMMISSIONERS = register(
    commissioner("91Q", "NHS KENT AND SUSSEX ICB - 91Q", "20130401", board="QNX"),
    commissioner("92A", "NHS SURREY ICB - 92A", "20130401", closed="20260131"),
    commissioner("A1A1A", "NHS SUSSEX ICB - A1A1A", "20251101", board="QNX"),
)
TRUSTS = register(
    trust("RVV", "EAST KENT HOSPITALS NHS FOUNDATION TRUST", "19990401", postcode="CT9 2AA"),
    trust("RXX", "WEST KENT NHS TRUST", "20251101", closed="20260131"),
    width=24,
)
TEAMS = register(
    {0: "Y59", 1: "SOUTH EAST COMMISSIONING REGION", 10: "20180401"},
    {0: "Y60", 1: "MIDLANDS AND NORTH COMMISSIONING REGION", 10: "20190401"},
    {0: "Y64", 1: "WESSEX COMMISSIONING REGION", 10: "20260101"},
    {0: "Q88", 1: "NHS ENGLAND SOUTH (KENT)", 10: "20180401", 13: "S"},
    {0: "Q89", 1: "NHS ENGLAND SOUTH EAST (SUSSEX)", 10: "20251101", 11: "20260131", 13: "S"},
)
NETWORKS = listed(
    DETAILS,
    network("U00001", "SHORE AND SEA PCN", under="92A"),
    network("U00002", "DOWNS PCN", closed="20260131"),
    network("U00003", "NEW PCN", opened="20260101"),
)
MEMBERS = listed(
    PARTNERS,
    partner("G82001", "U00001", "20200401", "20260131"),
    partner("G82001", "U00003", "20260201"),
    partner("G82002", "U00002", "20200401", "20260131"),
)
POSTCODES = postcode_list(
    NSPL_2026,
    unit("CT9 1AA", "E01000002"),
    unit("CT9 1AB", "E01000001", ended="202601"),
    unit("CT9 2AA", "E01000001"),
    unit("CT9 2AB", "E01000002"),
    unit("CT9 3AA", "E01039001", ended="199906"),
    unit("CT9 2BB", "E01000002", introduced="202602"),
    unit("CT8 1AA", "E01000001", introduced="202602"),
)
LOOK_UP = b"LSOA11CD,SICBL26CD\r\nE01000001,E38000246\r\nE01000002,E38000246\r\n"
LISTS = patients("01MAR2026", ("G82001", "ALL", "ALL", 100), ("G82002", "ALL", "ALL", 200))
RELEASES = {
    "practices": (PRACTICES,),
    "commissioners": (COMMISSIONERS,),
    "trusts": (TRUSTS,),
    "regions and offices": (TEAMS,),
    "networks": (NETWORKS, MEMBERS),
    "postcodes": (POSTCODES,),
    "a look-up": (LOOK_UP,),
    "lists of patients": (LISTS,),
    "all together": (PRACTICES, COMMISSIONERS, TRUSTS, TEAMS, NETWORKS, MEMBERS, POSTCODES, LOOK_UP, LISTS),
}
"""Releases that move, rename, close, open and merge, all of it after the day to which the tables know."""

DAYS = ("2021-06-01", "2024-01-01", KNOWN)
PLACES = (
    "CT9 1AA",
    "CT9 1AB",
    "CT9 2AA",
    "CT9",
    "CT9 1",
    "CT9 2",
    "Margate",
    "Eastport Council",
    "E01000001",
    "91Q",
    "G82001",
)
BODIES = (
    "91Q",
    "92A",
    "QKS",
    "QNX",
    "Y59",
    "Y60",
    "Q88",
    "G82001",
    "G82002",
    "G82003",
    "U00001",
    "U00002",
    "RVV",
    "The Limes",
)
KINDS = ("ccg", "sicbl", "icb", "region", "lo", "practice", "pcn", "trust")
NO_FACTS = ("sources", "source", "locator", "title", "as_of", "last_known")
"""What of an answer tells who says it, and up to when that knows."""

ABOUT_OTHER_DAYS = ("known to", "end on", "was not in force on", "also belongs to")
"""So speak notes on what is not so on the day: they tell names and ends of other days."""


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., World]:
    """Loads files onto the drawn tables, and gives the tables with them."""
    data = write_data(tmp_path / "data", WORLD, horizon=KNOWN)
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / "home"))

    def load(*files: bytes) -> World:
        for number, raw in enumerate(files):
            path = tmp_path / f"file{number}.csv"
            path.write_bytes(raw)
            load_files(data, [path])
        tables = Tables.of_folder(data, kept_with_rows())
        return {table: list(tables.rows(table)) for table in (*TABLES, "datasets")}

    return load


def answered(day: str, ask: Callable[[], Any]) -> Any:
    """What a question tells that is so on a day, without who says it and up to when that knows."""
    try:
        return facts(ask(), day)
    except OrgmapError as error:
        return f"{type(error).__name__}: {error}"


def facts(answer: Any, day: str) -> Any:
    """What of an answer is so on the day: no end that came later, and no name that is but the one it has anyway."""
    if isinstance(answer, dict):
        kept = {key: cell for key, cell in answer.items() if key not in NO_FACTS and cell}
        if "names" in kept and "body" in kept:
            kept["names"] = [one for one in kept["names"] if one["name"] != kept["body"]["name"]]
        if (kept.get("valid_until") or "") > day:
            kept = {key: cell for key, cell in kept.items() if key not in ("valid_until", "until_precision")}
        return {key: said for key, cell in kept.items() if (said := facts(cell, day))}
    if isinstance(answer, (list, tuple)):
        return [facts(one, day) for one in answer if not _is_later(one, day)]
    return answer


def _is_later(one: Any, day: str) -> bool:
    """Whether a fact began after the day, or is how far a table knows: both are told with what is so on the day."""
    if isinstance(one, dict):
        return (one.get("valid_from") or one.get("date") or "") > day
    return isinstance(one, str) and any(words in one for words in ABOUT_OTHER_DAYS)


def answers(store: Store, day: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What many questions tell of a day."""
    asked: dict[tuple[str, ...], Callable[[], Any]] = {}
    for place in PLACES:
        asked["find", place] = partial(find, store, place, day)
        asked["who", place] = partial(who, store, "GP services", place, day)
    for body in BODIES:
        asked["show", body] = partial(show, store, body, day)
        asked["resolve", body] = lambda body=body: resolve(store, body, day)._asdict()
    for kind in KINDS:
        asked["list", kind] = partial(list_bodies, store, kind, day)
        asked["population", kind] = partial(population, store, kind, day)
        for place in ("Eastport Council", "Westport Council"):
            asked["list", kind, place] = partial(list_bodies, store, kind, day, place)
    asked["diff",] = partial(diff, store, "2022-06-30", day)
    yield from (((*question, day), answered(day, ask)) for question, ask in asked.items())


def differences(one: Store, other: Store, day: str) -> list[str]:
    pairs = zip(answers(one, day), answers(other, day), strict=True)
    return [f"{question}\n  {was}\n  {now}" for (question, was), (_, now) in pairs if was != now]


CASES = [*((what, "sqlite") for what in RELEASES), ("all together", "networkx")]


@pytest.mark.parametrize(("what", "store"), CASES)
def test_a_newer_release_changes_no_answer_about_a_day_before_what_it_tells(
    loaded, what: str, store: str
) -> None:
    build = STORES[store]
    with build(loaded()) as before, build(loaded(*RELEASES[what])) as after:
        found = [one for day in DAYS for one in differences(before, after, day)]
        assert not found, "\n".join(found)


@pytest.mark.parametrize(("what", "store"), CASES)
def test_nothing_of_a_newer_release_was_known_before_its_day(loaded, what: str, store: str) -> None:
    build = STORES[store]
    with build(loaded()) as before, build(loaded(*RELEASES[what])) as after:
        for known in (KNOWN, "2025-10-31"):
            then = KnownStore(before, known), KnownStore(after, known)
            found = [one for day in ("2024-01-01", "2026-06-01") for one in differences(*then, day)]
            assert not found, f"as known on {known}\n" + "\n".join(found)


def test_from_its_day_on_what_a_newer_release_tells_is_so(loaded) -> None:
    day = "2026-02-01"
    with STORES["sqlite"](loaded(*RELEASES["all together"])) as store:
        assert resolve(store, "G82001", day).name == "The Limes Surgery"
        assert [body["id"] for body in list_bodies(store, "practice", day)["bodies"]] == [
            "practice:G82001", "practice:G82004", "practice:G82005"
        ]  # fmt: skip
        assert roles(store, "G82001", "2025-10-31", "commissioner") == ["icb:QKS"]
        assert roles(store, "CT9 1AA", "2026-01-31", "upper_tier_council") == ["council:E06000001"]
        assert roles(store, "CT9 1AA", day, "upper_tier_council") == ["council:E06000002"]
        assert [body["id"] for body in list_bodies(store, "pcn", day)["bodies"]] == [
            "pcn:U00001",
            "pcn:U00003",
        ]
        assert resolve(store, "RVV", day).name == "East Kent Hospitals NHS Foundation Trust"


def roles(store: Store, place: str, day: str, role: str) -> list[str]:
    return [body["id"] for body in find(store, place, day)["bodies"] if body["role"] == role]


def test_words_that_only_the_register_puts_behind_a_name_rename_no_region(loaded) -> None:
    with STORES["sqlite"](loaded(TEAMS)) as store:
        names = {body.id: body.name for body in store.entities(kind="nhs_region", at="2026-02-01")}
        assert names == {
            "region:Y59": "South East",
            "region:Y60": "Midlands and North",
            "region:Y64": "Wessex",
        }
        assert store.details("region:Y59").names == []
        renamed = {
            one.value: (one.valid_from, one.from_precision) for one in store.details("region:Y60").names
        }
        assert renamed["Midlands and North"] == ("2026-01-31", "approx")
        assert resolve(store, "Y60", "2026-01-30").name == "Midlands"


def test_a_name_that_a_body_gave_up_by_another_source_is_no_new_one_and_the_end_of_an_office_is_told(
    loaded,
) -> None:
    with STORES["sqlite"](loaded(TEAMS)) as store:
        assert resolve(store, "Q88", "2026-02-01").name == "NHS England South East (Kent)"
        assert resolve(store, "Q89").valid_until == "2026-02-01"


def test_what_was_told_of_a_practice_after_an_end_that_comes_to_light_later_is_known_until_then(
    loaded,
) -> None:
    later = register(
        practice("G82001", "THE LIMES SURGERY", closed="20251015", postcode="CT9 2AB"),
        practice("G82002", "THE ELMS", closed="20260131", postcode="CT9 2AA"),
        practice(
            "G82004", "THE ASHES", opened="20251201", joined="20251201", closed="20260430", postcode="CT9 2BB"
        ),
    )
    limes = "practice:G82001"
    with STORES["sqlite"](loaded(PRACTICES, later)) as store, STORES["sqlite"](loaded(later)) as alone:
        for one in (store, alone):
            assert [(body.name, body.valid_until) for body in one.entities(ids=[limes])] == [
                ("The Limes", "2025-10-16")
            ]
            assert resolve(one, "G82001", "2025-10-10").name == "The Limes"
            assert [word.value for word in one.details(limes).locations] == ["CT9 1AA"]
        then = KnownStore(store, "2026-03-01")
        assert resolve(then, "The Limes Surgery", "2026-03-01").id == limes
        assert [(body.name, body.valid_until) for body in then.entities(ids=[limes])] == [
            ("The Limes Surgery", None)
        ]
        assert [body.name for body in then.entities(ids=[limes], at="2025-12-01")] == ["The Limes"]
        places = {word.value: word.valid_until for word in then.details(limes).locations}
        assert places == {"CT9 1AA": "2026-01-31", "CT9 2AB": None}
        assert resolve(KnownStore(store, "2026-04-30"), "G82001").name == "The Limes"
