"""Names of registers read like names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmap.loaders.names import readable_name


@pytest.mark.parametrize(
    ("shouted", "readable"),
    [
        ("NHS THANET CCG", "NHS Thanet CCG"),
        ("NHS HAMBLETON, RICHMONDSHIRE AND WHITBY CCG", "NHS Hambleton, Richmondshire and Whitby CCG"),
        ("NHS BATH AND NORTH EAST SOMERSET CCG", "NHS Bath and North East Somerset CCG"),
        ("NHS HARTLEPOOL AND STOCKTON-ON-TEES CCG", "NHS Hartlepool and Stockton-on-Tees CCG"),
        ("NHS DARTFORD, GRAVESHAM AND SWANLEY CCG", "NHS Dartford, Gravesham and Swanley CCG"),
        ("NHS KERNOW CCG", "NHS Kernow CCG"),
        (
            "NHS ENGLAND SOUTH EAST (KENT, SURREY AND SUSSEX)",
            "NHS England South East (Kent, Surrey and Sussex)",
        ),
        ("NHS NORTH EAST AND NORTH CUMBRIA ICB - 00L", "NHS North East and North Cumbria ICB - 00L"),
        ("ISLE OF WIGHT NHS TRUST", "Isle of Wight NHS Trust"),
        ("THE WALTON CENTRE NHS FOUNDATION TRUST", "The Walton Centre NHS Foundation Trust"),
        (
            "ST HELENS AND KNOWSLEY TEACHING HOSPITALS NHS TRUST",
            "St Helens and Knowsley Teaching Hospitals NHS Trust",
        ),
        ("GUY'S AND ST THOMAS' NHS FOUNDATION TRUST", "Guy's and St Thomas' NHS Foundation Trust"),
        ("SHEFFIELD CHILDREN'S NHS FOUNDATION TRUST", "Sheffield Children's NHS Foundation Trust"),
        ("CHESTER-LE-STREET SURGERY", "Chester-le-Street Surgery"),
        ("ASHBY-DE-LA-ZOUCH", "Ashby-de-la-Zouch"),
        ("DR I MUKHERJEE'S PRACTICE", "Dr I Mukherjee's Practice"),
        ("DR ARORA RK", "Dr Arora RK"),
        ("JOSHI NA", "Joshi NA"),
        ("DR P O'CONNOR", "Dr P O'Connor"),
        ("DRS MCHUGH & PARTNERS", "Drs McHugh & Partners"),
        ("CALDERDALE SYSTMONE GPS", "Calderdale SystmOne GPs"),
        ("HMP PRISON WINCHESTER", "HMP Prison Winchester"),
        ("WOKING COMMUNITY HOSPITAL WIC", "Woking Community Hospital WIC"),
        ("IC24 LTD (NORFOLK & WISBECH OOH)", "IC24 Ltd (Norfolk & Wisbech OOH)"),
        ("DERMATOLOGY SERVICE (THE PRACTICE)", "Dermatology Service (The Practice)"),
        ("PES@SPECSAVERS HEATON PK, MANCHESTER", "PES@Specsavers Heaton PK, Manchester"),
        ("INSPIRE SHARED CARE ELCCG", "Inspire Shared Care ELCCG"),
        ("CWM GWYRFAI SURGERY", "Cwm Gwyrfai Surgery"),
        ("M-WEB PCN", "M-Web PCN"),
        (
            "BRISTOL, NORTH SOMERSET AND SOUTH GLOUCESTERSHIRE (BNSSG)",
            "Bristol, North Somerset and South Gloucestershire (BNSSG)",
        ),
        ("1ST CHOICE SURGERY", "1st Choice Surgery"),
        ("SUB-ICB REPORTING ENTITY", "Sub-ICB Reporting Entity"),
        ("ARUN INTEGRATED CARE (AIC) PCN", "Arun Integrated Care (AIC) PCN"),
        ("SOUTH EAST OXFORD HEALTH ALLIANCE (SEOxHA) PCN", "South East Oxford Health Alliance (SEOxHA) PCN"),
        ("", ""),
    ],
)
def test_a_register_s_capitals_become_a_readable_name(shouted: str, readable: str) -> None:
    assert readable_name(shouted) == readable


def test_a_name_that_is_readable_already_stays_but_for_stray_blanks() -> None:
    assert readable_name("  Swale   and Medway NHS ") == "Swale and Medway NHS"
    assert readable_name("BMC Paston PCN") == "BMC Paston PCN"


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ '-&(),.@0123456789"))
def test_only_the_size_of_letters_changes_and_a_second_pass_changes_nothing(text: str) -> None:
    once = readable_name(text)
    assert once.upper() == " ".join(text.split()).upper()
    assert readable_name(once) == once
