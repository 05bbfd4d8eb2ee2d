"""The command line: a thin skin over `queries`, with the same words."""
