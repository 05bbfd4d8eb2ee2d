"""Clinical commissioning groups: counts on both sides of every change, names, codes, successions."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile.commissioners.memberships import read_memberships
from orgmap.loaders.dataset import read_rows
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless, read_table

FOLDER = data_folder() / "clinical_commissioning_groups"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ODS, ONS = SHARED / "data" / "ods", SHARED / "data" / "ons"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)
KENT = {f"ccg:{code}" for code in ("09C", "09E", "09J", "09W", "10A", "10D", "10E", "99J")}


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(TABLES[table].columns, row, strict=True)) for row in read_rows(FOLDER, table))


def holds(row: dict[str, str], at: str) -> bool:
    return row["valid_from"] <= at and (not row["valid_until"] or at < row["valid_until"])


def in_force(at: str) -> set[str]:
    return {row["id"] for row in rows("entities") if holds(row, at)}


def codes(scheme: str, at: str) -> dict[str, str]:
    alive = in_force(at)
    return {
        row["entity"]: row["code"]
        for row in rows("identifiers")
        if row["scheme"] == scheme and row["entity"] in alive and holds(row, at)
    }


def successions(event: str) -> dict[tuple[str, str], float]:
    lines = (row for row in rows("successions") if row["event"] == event)
    return {(row["predecessor"], row["successor"]): float(row["weight"]) for row in lines}


@pytest.mark.parametrize(
    ("at", "groups"),
    [
        ("2013-03-31", 0),
        ("2013-04-01", 211),
        ("2014-11-26", 211),
        ("2015-03-31", 211),
        ("2015-04-01", 209),
        ("2017-03-31", 209),
        ("2017-04-01", 207),
        ("2018-03-31", 207),
        ("2018-04-01", 195),
        ("2019-03-31", 195),
        ("2019-04-01", 191),
        ("2020-03-31", 191),
        ("2020-04-01", 135),
        ("2021-03-31", 135),
        ("2021-04-01", 106),
        ("2022-06-30", 106),
        ("2022-07-01", 0),
    ],
)
def test_as_many_groups_in_force_as_are_known_for_the_day(at: str, groups: int) -> None:
    assert len(in_force(at)) == groups


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("ccg:10E", "NHS Thanet CCG"),
        ("ccg:91Q", "NHS Kent and Medway CCG"),
        ("ccg:13P", "NHS Birmingham CrossCity CCG"),
        ("ccg:00F", "NHS Gateshead CCG"),
        ("ccg:11N", "NHS Kernow CCG"),
        ("ccg:10N", "NHS North and West Reading CCG"),
        ("ccg:D9Y0V", "NHS Hampshire, Southampton and Isle of Wight CCG"),
    ],
)
def test_a_group_has_its_own_name_and_not_that_of_the_board_after_it(body: str, name: str) -> None:
    assert {row["id"]: row["name"] for row in rows("entities")}[body] == name


def test_every_group_is_called_nhs_something_ccg() -> None:
    names = [row["name"] for row in rows("entities")]
    assert all(name.startswith("NHS ") and name.endswith(" CCG") for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("body", "at", "name"),
    [
        ("ccg:01H", "2017-03-31", "NHS Cumbria CCG"),
        ("ccg:01H", "2017-04-01", "NHS North Cumbria CCG"),
        ("ccg:01K", "2017-03-31", "NHS Lancashire North CCG"),
        ("ccg:01K", "2017-04-01", "NHS Morecambe Bay CCG"),
    ],
)
def test_a_group_that_changed_its_name_has_both_with_their_dates(body: str, at: str, name: str) -> None:
    dated = {
        row["name"] for row in rows("names") if row["entity"] == body and row["valid_from"] and holds(row, at)
    }
    assert dated == {name}


def test_a_group_is_found_without_its_legal_form_and_with_it_in_words() -> None:
    names = {(row["entity"], row["name"]) for row in rows("names")}
    assert ("ccg:10E", "NHS Thanet") in names
    assert ("ccg:10E", "NHS Thanet Clinical Commissioning Group") in names


@pytest.mark.parametrize(
    ("body", "at", "code"),
    [
        ("ccg:10E", "2013-04-01", "E38000184"),
        ("ccg:13T", "2015-04-01", "E38000212"),
        ("ccg:09G", "2015-07-02", "E38000036"),
        ("ccg:09G", "2015-07-03", "E38000213"),
        ("ccg:01K", "2017-03-31", "E38000093"),
        ("ccg:01K", "2017-04-01", "E38000216"),
        ("ccg:01K", "2018-04-01", "E38000228"),
        ("ccg:01K", "2022-06-30", "E38000228"),
    ],
)
def test_a_group_keeps_its_identity_when_its_area_code_changes(body: str, at: str, code: str) -> None:
    assert codes("gss", at)[body] == code


@pytest.mark.parametrize(
    "at", ["2013-04-01", "2015-07-03", "2017-04-01", "2018-04-01", "2021-04-01", "2022-06-30"]
)
def test_each_group_has_one_code_of_each_scheme_on_any_day(at: str) -> None:
    alive = in_force(at)
    for scheme in ("ods", "gss"):
        held = Counter(
            row["entity"]
            for row in rows("identifiers")
            if row["scheme"] == scheme and row["entity"] in alive and holds(row, at)
        )
        assert held == dict.fromkeys(alive, 1)


def test_all_first_groups_were_in_shadow_form_and_only_kent_s_start_is_known() -> None:
    shadows: dict[str, list[dict[str, str]]] = {}
    for row in rows("phases"):
        shadows.setdefault(row["entity"], []).append(row)
    assert set(shadows) == in_force("2013-04-01")
    assert {row["status"] for row in rows("phases")} == {"shadow"}
    assert {stages[-1]["valid_until"] for stages in shadows.values()} == {"2013-04-01"}
    dated = {
        body: [(row["valid_from"], row["valid_until"]) for row in stages]
        for body, stages in shadows.items()
        if stages[0]["valid_from"]
    }
    confirmed, committees = ("2011-12-01", "2012-04-01"), ("2012-04-01", "2013-04-01")
    assert dated == {body: [confirmed, committees] for body in KENT}
    assert all((row["from_precision"] == "not_known") != (row["entity"] in KENT) for row in rows("phases"))


def test_eastern_and_coastal_kent_s_practices_went_to_five_groups() -> None:
    went = successions("2013-04-01-replaced-pct-5QA")
    groups = {new: weight for (_, new), weight in went.items() if new.startswith("ccg:")}
    assert sorted(groups) == ["ccg:09C", "ccg:09E", "ccg:10A", "ccg:10D", "ccg:10E"]
    assert groups["ccg:10A"] == max(groups.values())
    assert {new for _, new in went} == set(groups)  # hubs of NHS England are no successors
    assert sum(went.values()) == pytest.approx(1, abs=1e-4)


def test_every_trust_of_2013_is_replaced_by_an_event_of_its_own() -> None:
    events = [row for row in rows("events") if row["date"] == "2013-04-01"]
    assert len(events) == 151
    assert {row["kind"] for row in events} == {"replaced"}
    assert {
        row["predecessor"] for row in rows("successions") if row["event"] in {e["id"] for e in events}
    } == {f"pct:{row['id'].rpartition('-')[2]}" for row in events}


def test_kent_and_medway_s_eight_groups_became_one() -> None:
    assert successions("2020-04-01-merged-ccg-91Q") == {(body, "ccg:91Q"): 1.0 for body in KENT}
    assert in_force("2020-03-31") & (KENT | {"ccg:91Q"}) == KENT
    assert in_force("2020-04-01") & (KENT | {"ccg:91Q"}) == {"ccg:91Q"}


BOUNDARY_CHANGES = [
    ("2015-06-03", "ccg:13P", "ccg:04X", "8", "practices"),
    ("2017-04-01", "ccg:01H", "ccg:01K", "32", "practices"),
    ("2017-04-01", "ccg:05L", "ccg:04X", "8", "practices"),
    ("2017-04-01", "ccg:06Y", "ccg:06W", "18690", "people"),
    ("2018-04-01", "ccg:01E", "ccg:02M", "1628", "people"),
    ("2018-04-01", "ccg:01K", "ccg:02M", "20434", "people"),
]


def test_what_passed_between_groups_that_both_went_on_is_a_boundary_change() -> None:
    kinds = {row["id"]: row["kind"] for row in rows("events")}
    found = [
        (row["event"][:10], row["predecessor"], row["successor"], row["number"], row["counts"])
        for row in rows("successions")
        if kinds[row["event"]] == "boundary_change"
    ]
    assert found == BOUNDARY_CHANGES
    for day, old, new, *_ in found:
        assert {old, new} <= in_force(day_before(day))
        assert {old, new} <= in_force(day)


def test_no_hub_or_welsh_board_took_over_from_a_trust() -> None:
    kinds = {row["successor"].partition(":")[0] for row in rows("successions")}
    assert kinds == {"ccg"}


def test_a_practice_or_two_that_strayed_from_a_trust_is_marked() -> None:
    strays = {(row["predecessor"], row["successor"]) for row in rows("successions") if row["stray"]}
    assert ("pct:5NV", "ccg:01H") in strays
    assert len(strays) == 15


@needs_shared
def test_checked_back_practices_from_trusts_to_groups_in_2013() -> None:
    # The published table counts cost centres, too: each pair of ours is in it, with all but a few of its practices.
    ours = {
        (row["predecessor"][4:], row["successor"].partition(":")[2]): int(row["number"])
        for row in rows("successions")
        if row["event"].startswith("2013-04-01")
    }
    path = ODS / "derived_pct_to_ccg_2013.csv"
    published = {
        (row["pct_code"], row["org_code_2013_04_01"]): float(row["share_of_pct_practices"])
        for _, row in read_table(path, "pct_code", "org_code_2013_04_01", "share_of_pct_practices")
    }
    assert ours.keys() <= published.keys()
    assert sum(ours.values()) == 8093
    left = {pair: share for pair, share in published.items() if pair not in ours}
    assert max(left.values()) < 0.4


@needs_shared
def test_checked_back_every_merger() -> None:
    path = ODS / "derived_ccg_succession.csv"
    published = {
        (compact_day(row["effective_date"]), f"ccg:{row['old_code']}", f"ccg:{row['new_code']}")
        for _, row in read_table(path, "old_code", "new_code", "effective_date")
    }
    ours = {
        (row["event"][:10], row["predecessor"], row["successor"])
        for row in rows("successions")
        if row["predecessor"].startswith("ccg:") and "boundary-change" not in row["event"]
    }
    assert ours == published
    assert len(ours) == 142


@needs_shared
@pytest.mark.parametrize(
    ("path", "vintage", "at"),
    [
        (ODS / "openprescribing/CCG_APR_2013.csv", "CCG13", "2013-04-01"),
        (ONS / "lookups/lsoa11_ccg15_lad15.csv.gz", "CCG15", "2015-07-03"),
        (ONS / "lookups/lsoa11_ccg16_lad16.csv.gz", "CCG16", "2016-04-01"),
        (ONS / "lookups/ccg17_names.csv", "CCG17", "2017-04-01"),
        (ONS / "lookups/ccg18_stp18.csv", "CCG18", "2018-04-01"),
        (ONS / "lookups/ccg19_names.csv", "CCG19", "2019-04-01"),
        (ONS / "lookups/ccg20_names.csv", "CCG20", "2020-04-01"),
        (ODS / "lookups/ref_ccg21.csv", "CCG21", "2021-04-01"),
    ],
)
def test_checked_back_the_codes_of_every_year(path: Path, vintage: str, at: str) -> None:
    encoding = "cp1252" if vintage == "CCG13" else "utf-8-sig"
    published = {
        f"ccg:{row[f'{vintage}CDH']}": row[f"{vintage}CD"]
        for _, row in read_table(path, f"{vintage}CD", f"{vintage}CDH", encoding=encoding)
    }
    assert codes("gss", at) == published


@needs_shared
def test_checked_back_the_code_history_on_every_snapshot() -> None:
    published = defaultdict(set)
    path = ONS / "chd" / "chd_snapshot_membership.csv.gz"
    for _, row in read_table(path, "snapshot", "entity", "code"):
        if row["entity"] == "E38" and "2013-04-01" <= row["snapshot"] < "2022-07-01":
            published[row["snapshot"]].add(row["code"])
    assert len(published) >= 8
    for at, area_codes in published.items():
        assert set(codes("gss", at).values()) == area_codes, at


@needs_shared
@pytest.mark.parametrize("name", ["eccg_2016-02.csv", "eccg_2018-11.csv", "eccg_2025.csv"])
def test_checked_back_lives_and_names_in_the_register(name: str) -> None:
    lives = {row["id"]: row for row in rows("entities")}
    spelled = {name_of(row) for row in rows("names")} | {name_of(row) for row in rows("entities")}
    seen = 0
    for _, row in read_headless(ODS / "eccg" / name, 27):
        body = f"ccg:{row[0]}"
        if body not in lives:
            continue
        seen += 1
        opened = compact_day(row[10])
        assert lives[body]["valid_from"] == ("2015-04-01" if row[0] == "13T" else opened)
        if row[11]:
            assert lives[body]["valid_until"] > compact_day(row[11])
        if "ICB" not in row[1]:
            assert (body, plain(readable_name(row[1]))) in spelled
    assert seen == {"eccg_2016-02.csv": 212, "eccg_2018-11.csv": 213, "eccg_2025.csv": 248}[name]


def name_of(row: dict[str, str]) -> tuple[str, str]:
    return row.get("entity") or row["id"], plain(row["name"])


def plain(name: str) -> str:
    return " ".join(name.replace("&", " and ").lower().split())


@needs_shared
def test_checked_back_practices_that_passed_between_groups_that_went_on() -> None:
    flows = read_memberships(SHARED).flows
    assert flows["2017-04-01", "01H", "01K"] == 32
    assert "32 practices" in {row["id"]: row["note"] for row in rows("entities")}["ccg:01H"]
