"""Answers added to a table, row by row."""
