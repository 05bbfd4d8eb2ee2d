"""Sources that several datasets cite, and the one way to cite them."""

from __future__ import annotations

from orgmap.loaders.dataset import Dataset

OGL = "Open Government Licence v3.0"
ODS_ATTRIBUTION = (
    "Contains NHS Organisation Data Service information licensed under the Open Government Licence v3.0."
)
ONS_ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right 2024."
)
POSTCODE_ATTRIBUTION = (
    f"{ONS_ATTRIBUTION} Contains Royal Mail data © Royal Mail copyright and database right 2024. "
    "Contains National Statistics data © Crown copyright and database right 2024."
)
LEGISLATION = "https://www.legislation.gov.uk"

COMMON: dict[str, dict[str, str]] = {
    "hsca-2012": {
        "title": "Health and Social Care Act 2012",
        "publisher": "UK Parliament",
        "url": f"{LEGISLATION}/ukpga/2012/7",
        "licence": OGL,
    },
    "hca-2022": {
        "title": "Health and Care Act 2022",
        "publisher": "UK Parliament",
        "url": f"{LEGISLATION}/ukpga/2022/31",
        "licence": OGL,
    },
    "lgpih-2007": {
        "title": "Local Government and Public Involvement in Health Act 2007",
        "publisher": "UK Parliament",
        "url": f"{LEGISLATION}/ukpga/2007/28",
        "licence": OGL,
    },
    "ods-epcmem-2019-08": {
        "title": "ODS epcmem, which GP practice belonged to which commissioner, 1999 to August 2019",
        "publisher": "NHS Digital, Organisation Data Service",
        "licence": OGL,
        "attribution": ODS_ATTRIBUTION,
        "as_of": "2019-07-31",
        "note": "Read in a public copy; knows closures to 2019-07-31 and joins to 2019-10-01.",
    },
    "doc-000": {
        "title": "NHS Transition - update",
        "publisher": "Kent and Medway PCT cluster",
        "as_of": "2012-07-01",
        "note": "A paper to Kent's health scrutiny committee; undated, of about July 2012 by its content.",
    },
    "doc-001": {
        "title": "Clinical Commissioning and the Health Transition Period",
        "publisher": "Regional Voices",
        "as_of": "2011-08-01",
        "note": "A briefing for voluntary organisations, August 2011.",
    },
    "doc-002": {
        "title": "News and resources on clinical commissioning groups, a collection of 2012",
        "as_of": "2012-09-25",
        "note": "Undated; its items are of April to about September 2012, by several publishers.",
    },
    "doc-003": {
        "title": "The Integrated Approach to Planning and Assurance Between DH and the NHS for 2012/13",
        "publisher": "Department of Health",
        "licence": OGL,
        "as_of": "2011-12-19",
    },
    "doc-004": {
        "title": "Development of Single Kent and Medway Clinical Commissioning Group",
        "publisher": "Medway Council, Health and Wellbeing Board",
        "as_of": "2019-09-10",
    },
    "general-knowledge": {
        "title": "Not verified against a source",
        "verified": "no",
        "note": "Known to people of the field; nobody has yet looked it up in a text.",
    },
}
"""Acts and tables cited by more than one dataset: id → the cells of the `sources` table."""


def cite(dataset: Dataset, source: str, own: dict[str, dict[str, str]] | None = None) -> str:
    """Makes the dataset carry that source, and gives its id back for the row that cites it.

    `own` holds the sources of that dataset alone. Raises `KeyError` for a source nobody described.
    """
    cells = COMMON.get(source) or (own or {})[source]
    dataset.add("sources", **{"id": source, "verified": "yes", **cells})
    return source
