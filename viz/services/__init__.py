"""Who commissions what in a place, as a matrix."""
