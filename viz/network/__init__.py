"""One body with all bodies around it."""
