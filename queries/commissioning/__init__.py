"""Who commissions what for whom, through whom, answerable to whom."""
