"""Who replaced whom, over the years."""
