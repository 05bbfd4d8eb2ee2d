"""What editions of a register said and later ones took back."""
