"""Who commissions which service for whom, and who answers to whom."""
