"""A guide to a place as one page that prints on A4."""
