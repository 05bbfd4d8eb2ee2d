"""National bodies and the reforms."""
