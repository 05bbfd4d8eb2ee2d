"""Programmes: the steps that were to be taken, by whom and until when."""
