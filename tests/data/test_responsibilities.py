"""Rules of responsibility: one cited row for each arrangement, right on both sides of every boundary."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from orgmap.graphmodel.model import BASES
from orgmap.graphmodel.vocabulary import kinds, populations, verbs
from orgmap.loaders.curated import lines
from tests.data.one_dataset import SHARED, Rows, holds, needs_shared, rows_of
from tests.data.responsibility_lists import BASES as ROLES
from tests.data.responsibility_lists import (
    CHAINS,
    COMMISSIONERS,
    MATRIX,
    cited_in,
    listed_rows,
    own_table,
    row_of,
    unverified_words,
    verified,
)

ME = "responsibilities"
RULES = rows_of(ME, "rules")
STEPS = rows_of(ME, "accountability")
ENTITIES = rows_of(ME, "entities")
NAMES = rows_of(ME, "names")
RELATIONSHIPS = rows_of(ME, "relationships")
DATES = ("2012-06-01", "2013-06-01", "2016-06-01", "2021-06-01", "2023-06-01", "2026-06-01")

SHORT = {
    "PCT": "primary_care_trust",
    "CCG": "clinical_commissioning_group",
    "ICB": "integrated_care_board",
    "SHA": "strategic_health_authority",
    "HWB": "health_and_wellbeing_board",
    "council": "upper_tier_council",
    "practice": "gp_practice",
    "NHSE": "national:nhs_england",
    "SoS": "national:secretary_of_state",
    "DH": "national:department_of_health_and_social_care",
    "PHE": "national:public_health_england",
    "UKHSA": "national:uk_health_security_agency",
    "HPA": "national:health_protection_agency",
    "prisons": "national:prison_service",
    "Home Office": "national:home_office",
    "patients' commission": "national:commission_for_patient_and_public_involvement_in_health",
}
"""Words of the tests below for kinds and bodies."""


def hand_table(name: str) -> Rows:
    return [row for _, row in lines(f"responsibilities/{name}")]


def services_by_code() -> dict[str, list[str]]:
    """The services of each of the codes that the compiled list counts, those about everything left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in hand_table("services"):
        for code in row["matrix"].split():
            if not code.startswith(("scope_", "*")):
                found[code].append(f"service:{row['service']}")
    return found


def told(service: str, at: str, status: str = "in_force") -> list[dict[str, str]]:
    """The rules of a service on a day."""
    found = [row for row in RULES if row["service"] == f"service:{service}" and row["status"] == status]
    return [row for row in found if holds(row, at)]


def commissioners(service: str, at: str) -> set[str]:
    """“CCG delegated” and the like: who commissions a service on a day, and as what."""
    words = {long: short for short, long in SHORT.items()}
    return {f"{words[row['commissioner']]} {row['basis']}" for row in told(service, at)}


# --- services ---


def test_there_are_87_services_in_the_compiled_list() -> None:
    codes = services_by_code()
    assert len(codes) == 87
    known = {row["id"] for row in ENTITIES}
    assert all(service in known for services in codes.values() for service in services)


def test_services_stand_in_two_levels() -> None:
    groups = {row["service"] for row in hand_table("services") if not row["group"]}
    part_of = defaultdict(set)
    for row in RELATIONSHIPS:
        part_of[row["subject"]].add(row["object"].removeprefix("service:"))
    for row in hand_table("services"):
        above = part_of[f"service:{row['service']}"]
        assert len(above & groups) == (1 if row["group"] else 0), row["service"]
        assert above <= groups | {"local_commissioning"}


def test_every_service_is_described_in_a_sentence() -> None:
    services = [row for row in ENTITIES if row["kind"] == "service"]
    assert [row["id"] for row in services if not (row["name"] and row["note"].endswith("."))] == []
    assert [row["id"] for row in services if re.search(r"\b(LA|NHSE|CYP|MDT)\b", row["name"])] == []


WORDS = {
    "health visitors": "health_visiting",
    "FNP": "health_visiting",
    "drug and alcohol": "drug_and_alcohol_treatment",
    "drugs": "drug_and_alcohol_treatment",
    "drug rehab": "residential_rehabilitation",
    "GP out of hours": "gp_out_of_hours",
    "hospital": "planned_hospital_care",
    "operations": "planned_hospital_care",
    "A&E": "accident_and_emergency",
    "casualty": "accident_and_emergency",
    "ambulance": "emergency_ambulance",
    "111": "nhs_111",
    "health checks": "nhs_health_checks",
    "stop smoking": "stop_smoking",
    "smoking cessation": "stop_smoking",
    "dentist": "dental_services",
    "optician": "sight_tests",
    "eye test": "sight_tests",
    "chemist": "community_pharmacy",
    "prison health": "prison_healthcare",
    "CHC": "nhs_continuing_healthcare",
    "carers": "carers_support",
    "Healthwatch": "patient_and_public_voice",
    "vaccination": "immunisation",
    "jabs": "immunisation",
    "midwives": "maternity",
    "school nurses": "school_nursing",
    "IAPT": "adult_mental_health",
    "talking therapies": "adult_mental_health",
    "abortion": "abortion",
    "vasectomy": "sterilisation_and_vasectomy",
    "bariatric": "bariatric_surgery",
    "GP": "gp_services",
    "doctor's surgery": "gp_services",
    "home care": "adult_social_care",
    "SEND": "special_educational_needs",
    "fluoridation": "water_fluoridation",
    "patient transport": "patient_transport",
    "neonatal": "neonatal_critical_care",
    "specialised": "specialised_services",
}
SEVERAL = {
    "sexual health": {
        "contraception",
        "sexually_transmitted_infections",
        "hiv_treatment",
        "abortion",
        "sterilisation_and_vasectomy",
    },
    "HIV": {"hiv_treatment", "sexually_transmitted_infections"},
    "screening": {"cancer_screening", "non_cancer_screening"},
    "CAMHS": {"childrens_mental_health", "childrens_mental_health_inpatient"},
    "obesity": {"weight_management", "specialist_weight_management", "bariatric_surgery"},
    "learning disability": {
        "learning_disability_health",
        "learning_disability_social_care",
        "learning_disability_secure",
    },
}


def named(word: str) -> set[str]:
    """The services themselves, no groups, that bear a name."""
    groups = {row["service"] for row in hand_table("services") if not row["group"]}
    names = [(row["id"], row["name"]) for row in ENTITIES] + [(row["entity"], row["name"]) for row in NAMES]
    return {id_.removeprefix("service:") for id_, name in names if name.lower() == word.lower()} - groups


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_people_use_means_one_service(word: str) -> None:
    assert named(word) == {WORDS[word]}


@pytest.mark.parametrize("word", SEVERAL)
def test_an_ambiguous_word_means_several_services_on_purpose(word: str) -> None:
    assert named(word) == SEVERAL[word]


# --- rules as a whole ---

NOT_STATED = {
    "af_ivf": "2012",
    "cm_pctprov": "2012 2013 2016 2021 2023 2026",
    "hj_ld": "2012",
    "hj_ph": "2012",
    "ld_sec": "2012",
    "mh_s117": "2012",
    "pc_eyeplus": "2012",
    "pc_pcn": "2012 2013 2016",
    "ph_68": "2012",
    "ph_adv": "2012",
    "ph_contra_gp": "2012",
    "ph_covid": "2012 2013 2016",
    "ph_hplocal": "2012",
    "ph_ipc": "2013 2016 2021 2023 2026",
    "ph_oral": "2012",
    "ph_vs2627": "2012 2013 2016 2021 2023",
    "sc_bcf": "2012 2013",
    "sc_send": "2012 2013",
    "sp_59": "2012",
    "sp_70": "2012",
    "sp_bari": "2012",
    "sp_ret": "2012",
}
"""Days on which no source seen says who commissioned a service, or on which it was not there: code → years."""


@pytest.mark.parametrize("at", DATES)
def test_each_of_the_87_services_has_a_rule_or_is_known_not_to_be_stated(at: str) -> None:
    without = {
        code
        for code, services in services_by_code().items()
        if not any(told(service.removeprefix("service:"), at) for service in services)
    }
    assert without == {code for code, years in NOT_STATED.items() if at[:4] in years}


def test_no_rule_or_step_lacks_a_source_or_cites_one_that_is_not_described() -> None:
    known = {row["id"] for row in rows_of(ME, "sources")}
    for row in [*RULES, *STEPS]:
        cited = row["source"].split()
        assert cited, row["id"]
        assert set(cited) <= known, row["id"]
        assert len([part for part in row["locator"].split("; ") if part]) <= len(cited), row["id"]


def test_lines_are_given_for_every_document_that_a_rule_cites() -> None:
    for row in [*RULES, *STEPS]:
        documents = [source for source in row["source"].split() if source.startswith("doc-")]
        lines = [part for part in row["locator"].split("; ") if part]
        assert len(lines) == len(documents), row["id"]
        assert row["source"].split()[: len(documents)] == documents, row["id"]


def test_rules_use_the_words_of_the_vocabulary() -> None:
    for row in RULES:
        assert row["basis"] in BASES, row["id"]
        assert row["population"] in populations(), row["id"]
        assert row["coverage"] in {"all", "only", "except", "not_known"}, row["id"]
        assert bool(row["bodies"]) or row["coverage"] in {"all", "not_known"}, row["id"]
        assert (row["basis"] == "on_behalf_of") == bool(row["on_behalf_of"]), row["id"]
        assert row["accountable"], row["id"]
    assert [row["id"] for row in STEPS if row["verb"] not in verbs() or row["basis"] not in BASES] == []


def alike(row: dict[str, str]) -> tuple[str, ...]:
    """Rules that may not hold on one day: partners in joint work, and those that may not hold, are apart."""
    several = row["basis"] == "joint" or row["coverage"] == "not_known"
    columns = ("service", "basis", "population", "coverage", "bodies", "status")
    return (*(row[column] for column in columns), row["commissioner"] if several else "")


def test_rules_of_one_basis_never_overlap_for_the_same_service_people_and_bodies() -> None:
    groups: dict[tuple[str, ...], Rows] = defaultdict(list)
    for row in RULES:
        groups[alike(row)].append(row)
    for rows in groups.values():
        for first, second in pairwise(sorted(rows, key=lambda row: row["valid_from"])):
            pair = f"{first['id']} and {second['id']}"
            assert first["valid_until"], pair
            assert first["valid_until"] <= second["valid_from"], pair


def test_a_rule_for_all_stands_beside_no_exception_of_its_basis() -> None:
    in_force = [row for row in RULES if row["status"] == "in_force" and row["basis"] != "joint"]
    for row in in_force:
        if row["coverage"] == "all":
            beside = [
                other["id"]
                for other in in_force
                if other["coverage"] != "all"
                and all(other[c] == row[c] for c in ("service", "basis", "population"))
                and other["valid_from"] < (row["valid_until"] or "9999")
                and row["valid_from"] < (other["valid_until"] or "9999")
            ]
            assert not beside, row["id"]


def test_bodies_named_in_a_rule_exist_as_long_as_it_holds(lives: dict[str, tuple[str, str]]) -> None:
    for row in RULES:
        words = f"{row['commissioner']} {row['accountable']} {row['on_behalf_of']} {row['acting_through']}"
        for word in [*words.split(), *row["bodies"].split()]:
            if ":" not in word:
                assert word in kinds(), (row["id"], word)
                continue
            start, end = lives[word]
            emerging = row["id"].startswith("RM001")  # groups in the making: in shadow form until 2013
            assert emerging or start <= row["valid_from"], (row["id"], word)
            assert not end or (row["valid_until"] and row["valid_until"] <= end), (row["id"], word)


def test_a_plan_is_never_in_force_and_says_what_became_of_it() -> None:
    plans = [row for row in RULES if row["status"] in ("conditional", "superseded")]
    assert not [row["id"] for row in RULES if row["status"] == "planned"]
    assert len(plans) == 22
    for row in plans:
        superseded = row["status"] == "superseded"
        words = "Superseded: this plan never took effect." if superseded else "not law at the last source"
        assert words in row["note"], row["id"]
        assert not row["valid_until"], row["id"]
    assert {row["id"] for row in plans if row["status"] == "superseded"} == {
        "RM067",
        "RM185",
        "RM190",
        "RM195",
    }
    assert all(row["valid_from"] < "2027" for row in RULES if row["status"] == "in_force")


def test_what_nobody_has_seen_in_a_source_says_so() -> None:
    for row in [*RULES, *STEPS]:
        if row["verified"] == "no":
            assert row["source"] == "general-knowledge", row["id"]
            assert "Not verified against a source" in row["note"], row["id"]
        assert not re.search(r"\bS\d\d|memory|seed", row["note"].replace("(memory)", "")), row["id"]
    assert sum(row["verified"] == "no" for row in RULES) == 37
    assert {row["instrument_verified"] for row in RULES} == {"yes", "partly", "no"}


def test_who_answers_in_law_is_told_apart_from_who_does_the_work() -> None:
    for row in RULES:
        if row["basis"] == "delegated":
            assert row["accountable"] in {SHORT["NHSE"], SHORT["PCT"]}, row["id"]
            assert row["accountable"] != row["commissioner"], row["id"]
        if row["basis"] == "on_behalf_of":
            assert (row["commissioner"], row["accountable"]) == (SHORT["NHSE"], SHORT["SoS"]), row["id"]
    sharing = {row["commissioner"] for row in RULES if row["basis"] == "acting_through"}
    assert sharing == {"primary_care_trust_cluster"}


# --- both sides of every boundary ---

BOUNDARIES = """
prison_healthcare               2003-04-01 prisons statutory                 > DH joint + prisons joint
prison_healthcare               2004-04-01 DH joint + prisons joint          > PCT statutory + prisons statutory
prison_healthcare               2006-04-01 PCT statutory + prisons statutory > PCT statutory
gp_out_of_hours                 2004-04-01 practice statutory                > practice statutory + PCT statutory
gp_out_of_hours                 2005-01-01 practice statutory + PCT statutory > PCT statutory
highly_specialised_services     2007-04-01 SoS statutory                     > PCT joint
patient_and_public_voice        2003-12-01 SoS statutory                     > patients' commission statutory
patient_and_public_voice        2008-04-01 patients' commission statutory    > council statutory
learning_disability_social_care 2009-04-01 PCT statutory                     > council statutory
scope_emerging_groups           2012-04-01                                   > CCG delegated
gp_services                     2013-04-01 PCT statutory                     > NHSE statutory
dental_services                 2013-04-01 PCT statutory                     > NHSE statutory
planned_hospital_care           2013-04-01 PCT statutory                     > CCG statutory
maternity                       2013-04-01 PCT statutory                     > CCG statutory
gp_out_of_hours                 2013-04-01 PCT statutory                     > CCG delegated
health_visiting                 2013-04-01 PCT statutory                     > NHSE on_behalf_of
school_nursing                  2013-04-01 PCT statutory                     > council statutory
contraception                   2013-04-01 PCT statutory                     > council statutory
drug_and_alcohol_treatment      2013-04-01 PCT joint + PCT statutory         > council statutory
immunisation                    2013-04-01 PCT statutory                     > NHSE on_behalf_of
prison_healthcare               2013-04-01 PCT statutory                     > NHSE statutory
hiv_treatment                   2013-04-01 PCT statutory                     > NHSE statutory
specialised_services            2013-04-01 PCT statutory                     > NHSE statutory
health_protection               2013-04-01 HPA statutory                     > PHE statutory
pharmaceutical_needs_assessment 2013-04-01 PCT statutory                     > HWB statutory
complaints_advocacy             2013-04-01 SoS statutory                     > council statutory
water_fluoridation              2013-04-01 SHA statutory                     > council statutory
residential_rehabilitation      2013-04-01 council statutory                 > council statutory
scope_emerging_groups           2013-04-01 CCG delegated                     >
detention_centre_healthcare     2014-04-01 Home Office statutory + NHSE statutory > NHSE statutory
gp_services                     2015-04-01 NHSE statutory > NHSE statutory + NHSE joint + CCG joint + CCG delegated
better_care_fund                2015-04-01                                   > CCG joint + council joint
health_visiting                 2015-10-01 NHSE on_behalf_of                 > council statutory
six_to_eight_week_check         2015-10-01 NHSE statutory                    > NHSE statutory
child_health_information        2015-10-01 NHSE on_behalf_of                 > NHSE on_behalf_of
bariatric_surgery               2016-04-01 NHSE statutory                    > NHSE statutory + CCG statutory
bariatric_surgery               2017-04-01 NHSE statutory + CCG statutory    > CCG statutory
primary_care_network_contract   2019-07-01                                   > CCG delegated
childrens_mental_health_inpatient 2020-10-01 NHSE statutory                  > NHSE statutory
gp_services                     2021-04-01 NHSE statutory + CCG delegated    > CCG delegated
health_protection               2021-10-01 PHE statutory                     > UKHSA statutory
planned_hospital_care           2022-07-01 CCG statutory                     > ICB statutory
gp_services                     2022-07-01 CCG delegated                     > ICB delegated
dental_services                 2022-07-01 NHSE statutory                    > NHSE statutory + ICB delegated
community_pharmacy              2022-07-01 NHSE statutory                    > NHSE statutory + ICB delegated
water_fluoridation              2022-11-01 council statutory                 > SoS statutory
dental_services                 2023-04-01 NHSE statutory + ICB delegated    > ICB delegated
sight_tests                     2023-04-01 NHSE statutory + ICB delegated    > ICB delegated
hospital_and_community_dental   2023-04-01 NHSE statutory                    > ICB delegated
specialised_services_first_59   2023-04-01 NHSE statutory                    > NHSE joint + ICB joint
specialised_services_kept_nationally 2023-04-01 NHSE statutory               > NHSE statutory
specialised_services_first_59   2024-04-01 NHSE joint + ICB joint > NHSE joint + ICB joint + ICB delegated
specialised_services_first_59   2025-04-01 NHSE joint + ICB joint + ICB delegated > ICB delegated
specialised_services_further_11 2025-04-01 NHSE statutory                    > ICB delegated
immunisation                    2026-04-01 NHSE on_behalf_of                 > NHSE on_behalf_of
child_health_information        2026-04-01 NHSE on_behalf_of                 > NHSE on_behalf_of
"""


def boundary_lines() -> list[tuple[str, str, str, str]]:
    found = []
    for line in BOUNDARIES.strip().splitlines():
        service, day, rest = line.split(None, 2)
        before, after = rest.split(">")
        found.append((service, day, before, after))
    return found


def day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(("service", "day", "before", "after"), boundary_lines())
def test_a_service_changed_hands_on_the_day_itself(service: str, day: str, before: str, after: str) -> None:
    def words(text: str) -> set[str]:
        return {word.strip() for word in text.split("+") if word.strip()}

    assert commissioners(service, day_before(day)) == words(before)
    assert commissioners(service, day) == words(after)


def test_health_visiting_changed_its_population_with_its_commissioner() -> None:
    (before,), (after,) = told("health_visiting", "2015-09-30"), told("health_visiting", "2015-10-01")
    assert (before["population"], after["population"]) == ("list_and_unregistered", "eligible_in_area")


@pytest.mark.parametrize("at", ["2012-06-01", "2013-06-01", "2026-06-01"])
def test_emergency_care_is_for_everyone_present(at: str) -> None:
    for service in ("accident_and_emergency", "emergency_ambulance"):
        assert {row["population"] for row in told(service, at)} == {"present"}


def test_the_year_2012_to_13_has_three_layers_for_what_local_commissioners_buy() -> None:
    layers = [row for row in RELATIONSHIPS if row["object"] == "service:local_commissioning"]
    inside = {row["subject"].removeprefix("service:") for row in layers}
    assert {"scope_emerging_groups", "scope_trust_clusters", "planned_hospital_care"} <= inside
    assert "gp_services" not in inside
    # Twelve for which the list says so, two layers, and eight that have no rule of their own.
    assert len(inside) == 22
    (trust,) = told("planned_hospital_care", "2012-06-01")
    (cluster,) = told("scope_trust_clusters", "2012-06-01")
    assert trust["acting_through"] == cluster["commissioner"] == "primary_care_trust_cluster"
    groups = told("scope_emerging_groups", "2012-06-01")
    assert {row["accountable"] for row in [cluster, *groups]} == {"primary_care_trust"}
    assert told("scope_trust_clusters", "2011-05-31") == []


def test_kent_delegated_a_percentage_where_others_could_delegate_everything() -> None:
    elsewhere, kent = sorted(told("scope_emerging_groups", "2012-06-01"), key=lambda row: row["id"])
    assert (elsewhere["coverage"], kent["coverage"]) == ("except", "only")
    assert elsewhere["bodies"] == kent["bodies"]
    assert len(kent["bodies"].split()) == 8
    assert "a percentage" in kent["note"]


def test_boards_that_took_dentistry_early_are_named_where_a_source_names_them() -> None:
    rules = told("dental_services", "2022-10-01")
    only = {row["commissioner"]: row["bodies"].split() for row in rules if row["coverage"] == "only"}
    early, late = only["integrated_care_board"], only["national:nhs_england"]
    assert early == ["icb:QKS", "icb:QNX", "icb:QOP", "icb:QRL", "icb:QU9"]
    assert "icb:QT6" in late
    assert not set(early) & set(late)
    unknown = [row for row in rules if row["coverage"] == "not_known"]
    assert {row["commissioner"] for row in unknown} == set(only)
    assert all(set(row["bodies"].split()) == {*early, *late} for row in unknown)


def test_specialised_care_was_delegated_in_three_regions_first() -> None:
    regions: dict[str, str] = {}
    for row in rows_of("integrated_care", "relationships"):
        ends = (row["subject"].startswith("icb:"), row["object"].startswith("region:"))
        if row["verb"] == "part_of" and all(ends) and holds(row, "2024-04-01"):
            regions[row["subject"]] = row["object"]
    assert len(regions) == 42
    first = {icb for icb, region in regions.items() if region in ("region:Y60", "region:Y61", "region:Y62")}
    for row in told("specialised_services_first_59", "2024-06-01"):
        expected = first if row["basis"] == "delegated" else regions.keys() - first
        assert set(row["bodies"].split()) == expected, row["id"]


def test_greater_manchester_is_an_exception_of_its_own() -> None:
    rules = told("scope_greater_manchester", "2018-06-01")
    assert {row["commissioner"] for row in rules} == {SHORT["NHSE"], SHORT["CCG"], SHORT["council"]}
    councils = {row["id"] for row in rows_of("councils", "entities")}
    for row in rules:
        assert len(row["bodies"].split()) == 10
        assert set(row["bodies"].split()) <= councils


def test_highly_specialised_services_never_went_to_boards() -> None:
    found = [row for row in RULES if row["service"] == "service:highly_specialised_services"]
    assert SHORT["ICB"] not in {row["commissioner"] for row in found}


# --- accountability ---


def steps(subject: str, verb: str, target: str, at: str) -> list[str]:
    """The ids of the steps that say this on a day."""
    return [
        row["id"]
        for row in STEPS
        if (row["subject"], row["verb"], row["object"]) == (subject, verb, target)
        and row["status"] == "in_force"
        and holds(row, at)
    ]


@pytest.mark.parametrize(
    ("subject", "verb", "target", "first", "last"),
    [
        (
            "strategic_health_authority",
            "performance_manages",
            "primary_care_trust",
            "2002-10-01",
            "2013-03-31",
        ),
        ("strategic_health_authority", "accountable_to", SHORT["DH"], "2002-10-01", "2013-03-31"),
        ("clinical_commissioning_group", "accountable_to", SHORT["NHSE"], "2013-04-01", "2022-06-30"),
        ("integrated_care_board", "accountable_to", SHORT["NHSE"], "2022-07-01", ""),
        (SHORT["NHSE"], "accountable_to", SHORT["SoS"], "2013-04-01", ""),
        ("upper_tier_council", "refers_to", SHORT["SoS"], "2003-01-01", "2024-01-30"),
        ("local_healthwatch", "member_of", "health_and_wellbeing_board", "2013-04-01", ""),
        (
            "clinical_commissioning_group",
            "member_of",
            "health_and_wellbeing_board",
            "2013-04-01",
            "2022-06-30",
        ),
    ],
)
def test_a_step_holds_from_its_first_day_to_its_last(
    subject: str, verb: str, target: str, first: str, last: str
) -> None:
    assert not steps(subject, verb, target, day_before(first))
    assert steps(subject, verb, target, first)
    assert steps(subject, verb, target, last or "2026-06-01")
    if last:
        assert not steps(subject, verb, target, day_after(last))


def test_advice_scrutiny_and_accountability_are_different_verbs() -> None:
    board = {row["verb"] for row in STEPS if row["subject"] == "health_and_wellbeing_board"}
    assert board == {"part_of", "advises"}
    found = {row["verb"] for row in STEPS}
    assert {
        "accountable_to",
        "assures",
        "regulates",
        "inspects",
        "scrutinises",
        "advises",
        "licenses",
    } <= found


def test_a_support_unit_supports_and_never_commissions() -> None:
    assert steps("commissioning_support_unit", "supports", "clinical_commissioning_group", "2014-06-01")
    assert "commissioning_support_unit" not in {row["commissioner"] for row in RULES}


# --- checked back ---


@needs_shared
def test_every_row_of_the_list_is_a_rule_or_has_a_reason_why_not() -> None:
    matrix = listed_rows(SHARED, MATRIX)
    assert len(matrix) == 237
    left_out = {row["row"]: row["reason"] for row in own_table("responsibility_list_left_out")}
    used = {row_of(row["id"]) for row in RULES}
    assert {row for row in matrix if row not in used} == {"RM074"}
    assert left_out["RM074"]
    assert {row for row in used if row.startswith("RM")} <= matrix.keys()
    counted = {row["service_id"] for row in matrix.values() if row["service_l1"] != "*scope"}
    assert counted == set(services_by_code())


@needs_shared
def test_every_row_of_the_chains_is_a_step_or_has_a_reason_why_not() -> None:
    chains = listed_rows(SHARED, CHAINS)
    assert len(chains) == 95
    used = {row_of(row["id"]) for row in STEPS}
    left_out = {row["row"] for row in own_table("responsibility_list_left_out") if row["reason"]}
    assert {row for row in chains if row not in used} == left_out - {"RM074"}


@needs_shared
def test_a_rule_says_what_its_row_says() -> None:
    matrix = listed_rows(SHARED, MATRIX)
    for rule in RULES:
        row = matrix.get(row_of(rule["id"]))
        if row is None:
            continue
        if not rule["id"].startswith(("RM001", "RM002")):
            assert rule["basis"] in ROLES[row["role"]], rule["id"]
        alone = rule["id"] == row["row_id"] != "RM005"  # RM006 goes on from it
        if alone and row["commissioner_kind"] in COMMISSIONERS:
            assert rule["commissioner"] == COMMISSIONERS[row["commissioner_kind"]], rule["id"]
        if row["modality"] != "superseded_plan" and alone and not rule["from_precision"]:
            until = rule["until_precision"] or (rule["valid_from"], rule["valid_until"])
            assert until in ("month", (row["valid_from"], row["valid_to"])), rule["id"]
        assert (rule["status"] == "in_force") == (row["modality"] == "actual"), rule["id"]
        assert rule["instrument"] == row["instrument"], rule["id"]


@needs_shared
def test_rules_of_one_row_cover_all_its_days() -> None:
    for row in listed_rows(SHARED, MATRIX).values():
        parts = [rule for rule in RULES if row_of(rule["id"]) == row["row_id"]]
        if not parts or row["modality"] == "superseded_plan":
            continue
        late = {"RM005", "RM009", "RM172", "RM174"}  # explained in data/README.md
        ends = {rule["valid_until"] for rule in parts}
        if row["row_id"] not in late:
            assert min(rule["valid_from"] for rule in parts) == row["valid_from"], row["row_id"]
            assert row["valid_to"] in ends, row["row_id"]


DERIVED = set(
    "RM003b RM006 RM022b RM026b RM028b RM029a RM032a RM035a RM069b RM108b RM108c RM108d RM113a RM113c RM131a"
    " RM164b AC054c AC054d AC055c AC055d".split()
)
"""Rules that rest on other sources than the row that they are made from."""


@needs_shared
def test_rows_from_memory_keep_their_mark_and_others_their_sources() -> None:
    rows = {**listed_rows(SHARED, MATRIX), **listed_rows(SHARED, CHAINS)}
    differing = set()
    for rule in [*RULES, *STEPS]:
        row = rows[row_of(rule["id"])]
        if verified(row) == "no":
            assert rule["verified"] == "no" or rule["id"] == "RM069b", rule["id"]
        elif rule["verified"] != verified(row):
            differing.add(rule["id"])
        if (words := unverified_words(row)) and words not in rule["note"]:
            differing.add(rule["id"])
        wanted = cited_in(row["source"])
        if not wanted <= set(rule["source"].split()):
            differing.add(rule["id"])
    assert differing <= DERIVED


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if "area team" in rule["note"].casefold()], ids=lambda r: r["id"]
)
def test_a_note_that_speaks_of_area_teams_says_until_when_if_its_rule_outlives_them(rule) -> None:
    assert (rule["valid_until"] and rule["valid_until"] <= "2015-04-01") or "2015" in rule["note"]
