"""What the documents of the time state."""
