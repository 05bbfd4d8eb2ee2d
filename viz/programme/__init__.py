"""The steps of a programme on a line of time."""
