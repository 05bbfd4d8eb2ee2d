"""What in the list of national bodies does not mean what it seems to."""

from __future__ import annotations

ELSEWHERE = frozenset(("KMCS", "KM-STP", "KMICB"))
"""Rows about bodies of Kent and Medway, which other datasets hold."""

LEGAL_START = {"care_quality_commission": "2008-10-01"}
"""Bodies that the law formed before the day on which the list lets them begin."""

LAST_DAYS = {
    "2022-06-30 (name)": "",
    "2015-12-31 (approx)": "2015-12-31",
    # NHSX was merged on this day, so the day before was its last.
    "2022-02-01": "2022-01-31",
}
"""Ends of the list that are no plain last day."""

APPROXIMATE_ENDS = frozenset(("nhs_improving_quality",))

REMARKS = frozenset(
    (
        "still called DH",
        "NHS England (operating name from 2013-03-26/04-01)",
        "NHSE/I and NHSEI (with NHS Improvement, 2019-2022)",
        "the body IS the NHS Commissioning Board renamed",
        "NIHP (National Institute for Health Protection, working name 2020)",
        "part of NHS Improvement from 2016",
        "operating name of Monitor and NHS TDA together",
        "NHS Digital (trading name from 2016-08-01)",
        "Prescription Pricing Division (PPD), formerly PPA",
        "NHS Resolution (operating name from 2017-04-03)",
        "operating name of NHSLA",
        "NHS Protect before",
    )
)
"""Cells of the list's alias column that say more than a name; what they say stands above."""
