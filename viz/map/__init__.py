"""Maps of bodies' areas."""
