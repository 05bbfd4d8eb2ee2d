"""The compile step: published tables in, the project's own tables out; same input, same bytes."""

ORDER = (
    "national_bodies",
    "primary_care_trusts",
    "clinical_commissioning_groups",
    "integrated_care",
    "nhs_england_teams",
    "practices",
    "primary_care_networks",
    "trusts",
    "commissioning_support",
    "councils",
    "public_voice",
    "places",
    "responsibilities",
    "documents",
)
"""The datasets in the order in which they are compiled."""
