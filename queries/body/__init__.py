"""From what a person typed to a body, and what is known of it."""
