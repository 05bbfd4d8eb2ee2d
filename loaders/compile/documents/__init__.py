"""What the five documents state."""
