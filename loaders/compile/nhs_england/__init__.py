"""NHS England's own teams, NHS trusts and commissioning support."""
