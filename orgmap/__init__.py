"""Who commissions what for whom in England's health and care, on any day since 1999."""
