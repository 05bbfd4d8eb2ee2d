"""Lifelines of bodies with their changes."""
