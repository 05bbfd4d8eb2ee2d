"""From what a person typed to a place, and to the bodies there."""
