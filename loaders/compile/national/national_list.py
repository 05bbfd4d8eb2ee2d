"""The national bodies: which rows of the list are one body, what each was called when, and what is no body."""

from __future__ import annotations

from typing import NamedTuple

NAME_OF_DH = "2018-01-08"
NAME_OF_NHSE = "2022-07-01"
UNVERIFIED = "general-knowledge"


class Name(NamedTuple):
    """One more name of a body, dated where that is known; a blank source is the body's own."""

    name: str
    use: str
    valid_from: str = ""
    valid_until: str = ""
    from_precision: str = ""
    until_precision: str = ""
    source: str = ""


class Body(NamedTuple):
    """One national body: its id's slug, the rows of the list that tell of it, its name and its source."""

    slug: str
    rows: tuple[str, ...]
    name: str
    source: str
    names: tuple[Name, ...] = ()
    locator: str = ""
    note: str = ""


def _short(*names: str) -> tuple[Name, ...]:
    return tuple(Name(name, "abbreviation") for name in names)


def _also(*names: str) -> tuple[Name, ...]:
    return tuple(Name(name, "alias") for name in names)


BODIES = (
    Body(
        "department_of_health_and_social_care",
        ("DH", "DHSC"),
        "Department of Health and Social Care",
        UNVERIFIED,
        (
            Name("Department of Health", "former", "1988-07-25", NAME_OF_DH),
            Name("Department of Health and Social Care", "official", NAME_OF_DH),
            *_short("DH", "DoH", "DHSC"),
            *_also("the Department"),
        ),
        note="One department under two names; social care was its work before 2018 as well.",
    ),
    Body(
        "nhs_commissioning_board_authority",
        ("NHSCBA",),
        "NHS Commissioning Board Authority",
        "si-2011-2237",
        (*_short("NHS CBA", "NHSCBA"), *_also("NHS Commissioning Board Special Health Authority")),
    ),
    Body(
        "nhs_england",
        ("NHSCB", "NHSE"),
        "NHS England",
        "hsca-2012",
        (
            Name("NHS Commissioning Board", "official", "2012-10-01", "2013-04-01"),
            Name("NHS England (legally the NHS Commissioning Board)", "official", "2013-04-01", NAME_OF_NHSE),
            Name("NHS England", "alias", "2013-03-26", NAME_OF_NHSE, source=UNVERIFIED),
            Name("NHS England", "official", NAME_OF_NHSE, source="hca-2022"),
            *_also("National Health Service Commissioning Board", "the Board", "Commissioning Board"),
            *_short("NHS CB", "NHSCB", "NHSE"),
            *(
                Name(name, "abbreviation", "2019-01-01", NAME_OF_NHSE, "year", "approx")
                for name in ("NHSE/I", "NHSEI")
            ),
        ),
        locator="s. 9",
        note="One legal person: the NHS Commissioning Board, known as NHS England since spring 2013 and so"
        " named by law since 1 July 2022. Full powers from 1 April 2013.",
    ),
    Body("public_health_england", ("PHE",), "Public Health England", UNVERIFIED, _short("PHE")),
    Body("health_protection_agency", ("HPA",), "Health Protection Agency", UNVERIFIED, _short("HPA")),
    Body(
        "uk_health_security_agency",
        ("UKHSA",),
        "UK Health Security Agency",
        "nuffield-trust-2021",
        (*_short("UKHSA", "NIHP"), *_also("National Institute for Health Protection")),
        note="Began on 1 April 2021 by general knowledge; at work in full from 1 October 2021.",
    ),
    Body(
        "office_for_health_improvement_and_disparities",
        ("OHID",),
        "Office for Health Improvement and Disparities",
        "nuffield-trust-2021",
        _short("OHID"),
    ),
    Body(
        "health_education_england_special_health_authority",
        ("HEE-SpHA",),
        "Health Education England (special health authority)",
        "si-2012-1273",
        (*_short("HEE"), *_also("Health Education England")),
    ),
    Body(
        "health_education_england",
        ("HEE",),
        "Health Education England",
        "care-act-2014",
        _short("HEE"),
        locator="s. 96",
    ),
    Body(
        "nhs_trust_development_authority",
        ("NTDA",),
        "National Health Service Trust Development Authority",
        "si-2012-901",
        (
            *_short("NHS TDA", "NTDA", "TDA"),
            *_also("NHS Trust Development Authority", "Trust Development Authority"),
        ),
        note="Worked as part of NHS Improvement from 2016. Its end is not verified against a source.",
    ),
    Body(
        "monitor",
        ("Monitor",),
        "Monitor",
        UNVERIFIED,
        _also("Independent Regulator of NHS Foundation Trusts"),
        note="Worked as part of NHS Improvement from 2016.",
    ),
    Body(
        "nhs_improvement",
        ("NHSI",),
        "NHS Improvement",
        UNVERIFIED,
        _short("NHSI"),
        note="Monitor and the NHS Trust Development Authority under one name.",
    ),
    Body(
        "care_quality_commission",
        ("CQC",),
        "Care Quality Commission",
        UNVERIFIED,
        _short("CQC"),
        note="Formed by law on 1 October 2008; took over its work on 1 April 2009.",
    ),
    Body(
        "healthwatch_england",
        ("HWE",),
        "Healthwatch England",
        "hsca-2012",
        _short("HWE"),
        locator="s. 181",
        note="Its abolition was announced in 2025.",
    ),
    Body(
        "national_institute_for_health_and_clinical_excellence",
        ("NICE-1", "NICE-2"),
        "National Institute for Health and Clinical Excellence",
        "si-1999-220",
        (
            Name("National Institute for Clinical Excellence", "former", "1999-02-26", "2005-04-01"),
            Name(
                "National Institute for Health and Clinical Excellence",
                "official",
                "2005-04-01",
                "2013-04-01",
                source="si-2005-497",
            ),
            *_short("NICE", "NIHCE"),
        ),
        note="SI 2005/497 changed its name; the legal person stayed.",
    ),
    Body(
        "national_institute_for_health_and_care_excellence",
        ("NICE",),
        "National Institute for Health and Care Excellence",
        "hsca-2012",
        _short("NICE"),
        locator="s. 232",
    ),
    Body(
        "health_and_social_care_information_centre_special_health_authority",
        ("HSCIC-1",),
        "Health and Social Care Information Centre (special health authority)",
        UNVERIFIED,
        (*_also("NHS Information Centre", "the IC"), *_short("NHS IC")),
    ),
    Body(
        "health_and_social_care_information_centre",
        ("HSCIC",),
        "Health and Social Care Information Centre",
        UNVERIFIED,
        (*_short("HSCIC", "NHSD"), Name("NHS Digital", "alias", "2016-08-01", "2023-02-01")),
    ),
    Body(
        "nhs_business_services_authority",
        ("NHSBSA",),
        "NHS Business Services Authority",
        UNVERIFIED,
        (*_short("NHSBSA", "BSA"), *_also("Prescription Pricing Division")),
        note="Has its functions since 1 April 2006.",
    ),
    Body(
        "nhs_litigation_authority",
        ("NHSLA", "NHSRes"),
        "NHS Litigation Authority",
        UNVERIFIED,
        (*_short("NHSLA"), Name("NHS Resolution", "alias", "2017-04-03")),
        note="Works as NHS Resolution since 2017.",
    ),
    Body("nhs_blood_and_transplant", ("NHSBT",), "NHS Blood and Transplant", UNVERIFIED, _short("NHSBT")),
    Body(
        "health_research_authority_special_health_authority",
        ("HRA-1",),
        "Health Research Authority (special health authority)",
        UNVERIFIED,
        (*_short("HRA"), *_also("Health Research Authority")),
    ),
    Body("health_research_authority", ("HRA",), "Health Research Authority", UNVERIFIED, _short("HRA")),
    Body(
        "nhs_counter_fraud_authority",
        ("NHSCFA",),
        "NHS Counter Fraud Authority",
        UNVERIFIED,
        _short("NHSCFA"),
    ),
    Body(
        "national_patient_safety_agency",
        ("NPSA",),
        "National Patient Safety Agency",
        UNVERIFIED,
        _short("NPSA"),
    ),
    Body(
        "nhs_institute_for_innovation_and_improvement",
        ("NHSIII",),
        "NHS Institute for Innovation and Improvement",
        UNVERIFIED,
        (*_short("NHSIII"), *_also("NHS Institute")),
    ),
    Body("nhs_improving_quality", ("NHSIQ",), "NHS Improving Quality", UNVERIFIED, _short("NHSIQ", "NHS IQ")),
    Body(
        "appointments_commission",
        ("AC",),
        "Appointments Commission",
        UNVERIFIED,
        _also("NHS Appointments Commission"),
    ),
    Body(
        "nhs_property_services",
        ("NHSPS",),
        "NHS Property Services Ltd",
        UNVERIFIED,
        (*_short("NHSPS"), *_also("PropCo")),
        note="Began work on 1 April 2013.",
    ),
    Body("nhsx", ("NHSX",), "NHSX", UNVERIFIED),
    Body("nhs_direct", ("NHSDirect",), "NHS Direct NHS Trust", UNVERIFIED, _also("NHS Direct")),
    Body(
        "national_treatment_agency_for_substance_misuse",
        ("NTA",),
        "National Treatment Agency for Substance Misuse",
        UNVERIFIED,
        _short("NTA"),
    ),
    Body(
        "nhs_connecting_for_health",
        ("CfH",),
        "NHS Connecting for Health",
        UNVERIFIED,
        (*_short("CfH", "NHS CFH"), *_also("NPfIT")),
    ),
    Body(
        "healthcare_safety_investigation_branch",
        ("HSIB",),
        "Healthcare Safety Investigation Branch",
        UNVERIFIED,
        _short("HSIB"),
    ),
    Body(
        "health_services_safety_investigations_body",
        ("HSSIB",),
        "Health Services Safety Investigations Body",
        UNVERIFIED,
        _short("HSSIB"),
    ),
)
"""Every national body, with the rows of the list that are about it."""

NO_BODY = frozenset("SHA PCT CCG ICB STP CSU LAT LETB LINk HWB".split())
"""Rows that explain a kind of body."""
