"""Bodies where a place is asked for: which is meant, what became of it, and what is told of it."""
