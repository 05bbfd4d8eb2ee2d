"""Pages, Turtle and reconciliation of bodies that the whole register alone knows."""
