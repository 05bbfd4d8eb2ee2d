"""Outlines of areas for maps, kept small: every outline once, as steps on a grid."""
