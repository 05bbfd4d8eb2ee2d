"""Whole tables over the web: sent, annotated row by row, and fetched."""
