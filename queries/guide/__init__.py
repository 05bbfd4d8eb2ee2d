"""A guide to a place: who pays, plans, listens and oversees, how to reach them, and what is to change."""
