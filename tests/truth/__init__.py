"""Comparisons of everything that the tables hold with what the program answers."""
