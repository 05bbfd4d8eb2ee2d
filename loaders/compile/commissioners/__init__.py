"""Primary care groups and trusts, health authorities, clusters, clinical commissioning groups."""
