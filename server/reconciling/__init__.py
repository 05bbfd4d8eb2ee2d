"""Names matched with bodies for OpenRefine and others."""
